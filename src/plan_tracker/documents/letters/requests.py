"""Letters that collect returns: the request (L1), the reminder (L2) and the correction (L3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.faults import Fault, numbered_faults
from plan_tracker.documents.letters.frame import EXTERNAL, MEMO, in_full, numbered, plan_of, recipient_of, write_letter
from plan_tracker.documents.letters.reference import BLANK, Reference
from plan_tracker.fiscal import Period
from plan_tracker.register import Register, Unit
from plan_tracker.workspace import Workspace


def write_request(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    due: date,
    attachment: str,
    path: Path,
    *,
    own: Reference = BLANK,
) -> None:
    """Writes L1 to ``path``: asks ``unit`` to return the form ``attachment`` (a file name) by ``due``.

    Lists the unit's projects and KPIs. Errors as ``write_letter``'s.
    """
    context = {**_asked(workspace, register, unit), "due": in_full(due), "attachments": [attachment]}
    write_letter("L1", workspace, recipient_of(unit), period, context, path, own, None)


def write_reminder(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    was_due: date,
    days_late: int,
    due: date,
    path: Path,
    *,
    refers: Reference = BLANK,
    time: int = 1,
    missing: Collection[str] | None = None,
    corrected: Reference | None = None,
    own: Reference = BLANK,
) -> None:
    """Writes L2 to ``path``: what was to come by ``was_due`` is ``days_late`` (> 0) days late; asked for by ``due``.

    ``time``: 1 for the first reminder, 2 for the second. ``refers``: the request (L1) where it is the first, else
    the reminder before it. ``missing``: codes of the projects and KPIs outstanding; None for all of the unit's.
    ``corrected``: the letter (L3) by which a return was sent back; None where nothing came. Errors as
    ``write_letter``'s.
    """
    memo = unit.letter_type == MEMO
    context = {
        **_asked(workspace, register, unit, missing),
        "was_due": in_full(was_due),
        "days_late": w.count(days_late),
        "due": in_full(due),
        "time": time,
        "sent_back": corrected is not None,
        "corrected": corrected.cited(workspace.config.office, memo=memo) if corrected and corrected.number else "",
    }
    write_letter("L2", workspace, recipient_of(unit), period, context, path, own, refers)


def write_correction(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    due: date,
    faults: Sequence[Fault],
    attachments: Sequence[str],
    path: Path,
    *,
    refers: Reference | None = None,
    own: Reference = BLANK,
) -> None:
    """Writes L3 to ``path``: ``faults``, at least one, to mend or confirm by ``due``.

    ``attachments`` are the file names of the correction list and of the correction form. ``refers``: the request
    (L1) that the return answers, if it is to be cited. Errors as ``write_letter``'s.
    """
    errors = sum(len(fault.mend) for fault in faults)
    warnings = sum(len(fault.confirm) for fault in faults)
    context: dict[str, object] = {
        "plan": plan_of(workspace, register, unit),
        "due": in_full(due),
        "attachments": list(attachments),
        "errors": w.count(errors),
        "warnings": w.count(warnings),
        "has_errors": bool(errors),
        "has_warnings": bool(warnings),
        "faults": numbered_faults(faults),
        "apart": unit.letter_type == EXTERNAL or len(faults) > _ROOM[MEMO],
    }
    write_letter("L3", workspace, recipient_of(unit), period, context, path, own, refers)


_ROOM = {MEMO: 3, EXTERNAL: 1}  # entries that the letter itself has room for


def _asked(
    workspace: Workspace, register: Register, unit: Unit, codes: Collection[str] | None = None
) -> dict[str, object]:
    """What ``unit`` is asked to report: its projects and KPIs, or those of ``codes``; many on a page of their own."""
    projects, kpis = register.projects_by_unit.get(unit.code, []), register.kpis_by_unit.get(unit.code, [])
    if codes is not None:
        projects = [project for project in projects if project.code in codes]
        kpis = [kpi for kpi in kpis if kpi.code in codes]
    return {
        "plan": plan_of(workspace, register, unit),
        "projects": numbered(projects),
        "kpis": numbered(kpis),
        "project_count": w.count(len(projects)),
        "kpi_count": w.count(len(kpis)),
        "apart": len(projects) + len(kpis) > _ROOM[unit.letter_type],
    }
