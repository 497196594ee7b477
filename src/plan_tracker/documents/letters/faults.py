"""What a return still lacks, as a letter tells it: by project, KPI and order. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.documents import wording as w
from plan_tracker.forms.definition.versions import field_of, section_of

_WHOLE = "แบบรายงานทั้งฉบับ"


@dataclass(frozen=True, slots=True)
class Fault:
    """A project, KPI or order (``name``; ``code``, blank for the form itself) whose answers are to be looked at again.

    ``mend`` and ``confirm`` say where, an entry for each error and each warning: ``ข้อ (9)``, blank for all of it.
    """

    name: str
    code: str = ""
    mend: Sequence[str] = field(default=())
    confirm: Sequence[str] = field(default=())


def faults_of(findings: Iterable[Finding], names: Mapping[str, str]) -> list[Fault]:
    """``findings`` that hold a return back, gathered; ``names`` by the code of the project, KPI or order."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.project, []).append(finding)
    return [_fault(code, names.get(code, code) or _WHOLE, found) for code, found in by_code.items()]


def _fault(code: str, name: str, findings: Sequence[Finding]) -> Fault:
    def where(severity: Severity) -> list[str]:
        return [_place(finding.field) for finding in findings if finding.severity is severity]

    return Fault(name, code, where(Severity.ERROR), where(Severity.WARNING))


def _place(key: str) -> str:
    """``ข้อ (9)`` for a numbered field of the forms, the name of its column for another."""
    section, column = section_of(key), field_of(key)
    if section and section.number:
        return f"ข้อ ({section.number})"
    if column:
        number, numbered, _rest = column.label.partition(" ")
        return f"ข้อ {number}" if numbered and number.startswith("(") else f"ช่อง{column.label}"
    return ""


def numbered_faults(faults: Sequence[Fault]) -> list[dict[str, str]]:
    """``faults`` as the tags of a letter's list name them."""
    return [
        {
            "number": w.count(i),
            "name": fault.name,
            "code": fault.code,
            "mend": _told(fault.mend),
            "confirm": _told(fault.confirm),
        }
        for i, fault in enumerate(faults, 1)
    ]


def places_of(faults: Iterable[Fault]) -> str:
    """``โครงการหนึ่ง ข้อ (9) และข้อ (14) โครงการสอง ข้อ (11)``: each by name with the places that were faulty."""
    return " ".join(f"{fault.name} {_places((*fault.mend, *fault.confirm))}".rstrip() for fault in faults)


def _told(places: Sequence[str]) -> str:
    """``2 รายการ ข้อ (9) และข้อ (14)``; blank where there are none."""
    if not places:
        return ""
    return f"{w.count(len(places))} รายการ {_places(places)}".rstrip()


def _places(places: Sequence[str]) -> str:
    return w.listed(list(dict.fromkeys(filter(None, places))))
