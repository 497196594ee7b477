"""What a return still lacks, as a letter tells it: by project, KPI and order. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.forms.definition.versions import field_of, section_of


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the form: the number of an ``item``, ``(9)``, or the head of a ``column``; neither for all of it."""

    item: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A project, KPI or order whose answers are to be looked at again; ``name`` and ``code`` blank for the form itself.

    ``mend`` and ``confirm`` say where, an entry for each error and each warning.
    """

    name: str
    code: str = ""
    mend: Sequence[Place] = ()
    confirm: Sequence[Place] = ()


def faults_of(findings: Iterable[Finding], names: Mapping[str, str]) -> list[Fault]:
    """``findings`` that hold a return back, gathered; ``names`` by the code of the project, KPI or order."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.project, []).append(finding)
    return [_fault(code, names.get(code, code), found) for code, found in by_code.items()]


def _fault(code: str, name: str, findings: Sequence[Finding]) -> Fault:
    def where(severity: Severity) -> list[Place]:
        return [_place(finding.field) for finding in findings if finding.severity is severity]

    return Fault(name, code, where(Severity.ERROR), where(Severity.WARNING))


def _place(key: str) -> Place:
    """The item for a numbered field of the forms, the name of its column for another."""
    section, column = section_of(key), field_of(key)
    if section and section.number:
        return Place(item=f"({section.number})")
    if column:
        number, numbered, _rest = column.label.partition(" ")
        return Place(item=number) if numbered and number.startswith("(") else Place(column=column.label)
    return Place()
