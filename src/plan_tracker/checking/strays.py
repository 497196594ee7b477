"""Nothing visible vanishes: what was typed beside a form's cells, and sheets of another unit or project.

Nor does an answer count as something else than it stands beside: a label at other keys than it was issued at is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.checking.parsing.normalise import typed
from plan_tracker.checking.parsing.reading import CASE
from plan_tracker.checking.submission import Submission
from plan_tracker.forms.reading.loose import LooseCell
from plan_tracker.thai_text import fold, mend


def check_strays(submission: Submission) -> Iterator[Finding]:
    """What stands beside the fields and was not issued (STRAY), and what belongs to another form (FOREIGN-SHEET).

    What is on the cover, or on no project's sheet, is said of the whole file.
    """
    foreign = dict(_foreign(submission))
    for code, sheet in foreign.items():
        owner, name = submission.owners.get(code, ("", ""))
        case = "offered" if code in submission.offered else "owner"
        params = {CASE: case, "owner": owner, "name": name} if owner else {}
        yield Finding("FOREIGN-SHEET", Severity.WARNING, sheet=sheet, value=code, params=params)
    layout = submission.layout
    if layout is None:
        return
    asked, own = {*submission.asked_projects, *submission.asked_kpis}, frozenset(map(fold, submission.texts))
    alien = set(foreign.values())
    for cell in submission.loose:
        if layout.is_in_place(cell) or (cell.code not in asked and cell.sheet in alien):
            continue
        if layout.heads_another(cell):
            yield _stray(cell, is_known=cell.code in asked, case="label")
        elif not layout.has(cell, own) and _is_seen(cell):
            yield _stray(cell, is_known=cell.code in asked)


def strays_joined(strays: Sequence[Finding], missing: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """One finding for one cause: where a project lacks one field, and one text of it is astray, that is the field's.

    Gives both, the strays and the fields that are missing, as they are to be told.
    """
    told: list[Finding] = []
    left = list(strays)
    for lost in missing:
        astray = [stray for stray in strays if stray.project == lost.project]
        if len(astray) == 1 == sum(other.project == lost.project for other in missing):
            found = astray[0]
            left.remove(found)
            lost = replace(
                lost, sheet=found.sheet, cell=found.cell, value=found.value, params={**lost.params, CASE: "there"}
            )
        told.append(lost)
    return left, told


def _foreign(submission: Submission) -> Iterator[tuple[str, str]]:
    """The codes that the form did not ask for, and the sheet that each stands on."""
    for form in submission.version.forms:
        came, asked = submission.of(form)
        yield from ((code, entry.sheet) for code, entry in came.items() if code not in asked)


def _is_seen(cell: LooseCell) -> bool:
    return bool(mend(typed(cell.value)))


def _stray(cell: LooseCell, *, is_known: bool, case: str = "") -> Finding:
    told = {CASE: case} if case else {}
    code, field, params = (cell.code, cell.field, told) if is_known else ("", "", {CASE: "cover"})
    return Finding("STRAY", Severity.WARNING, code, field, cell.sheet, cell.address, typed(cell.value), params=params)
