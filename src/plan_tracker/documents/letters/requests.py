"""Letters that collect returns: the request (L1), the reminder (L2), the correction (L3), the rejected file (L10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plan_tracker.documents.letters.faults import Fault
from plan_tracker.documents.letters.frame import plans_of, recipient_of, write_letter
from plan_tracker.documents.letters.kinds import EXTERNAL, MEMO
from plan_tracker.documents.letters.reference import BLANK, Reference
from plan_tracker.fiscal import Period
from plan_tracker.register import Register, Unit
from plan_tracker.workspace.folders import Workspace

_ROOM = {MEMO: 3, EXTERNAL: 1}  # entries that the letter itself has room for


@dataclass(frozen=True, slots=True)
class Item:
    """A project or KPI that is asked for."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """``files`` (names) that came on the day ``received`` and can't be taken in, all for one reason.

    ``code`` is that of the finding, ``details`` its parameters; ``reason`` its words, for a code that the template has
    none for.
    """

    files: tuple[str, ...]
    received: date
    code: str
    details: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a unit is asked to report by ``due``; ``apart``: it is too much for the letter's own page."""

    projects: tuple[Item, ...]
    kpis: tuple[Item, ...]
    apart: bool
    due: date

    @property
    def project_count(self) -> int:
        return len(self.projects)

    @property
    def kpi_count(self) -> int:
        return len(self.kpis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(_Asked):
    """L1: ``attachments`` are file names."""

    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(_Asked):
    """L2: the ``time``-th one; ``corrected`` is the letter by which a return was sent back, once it has its number.

    ``refused``: what came and could not be taken in, where nothing else did.
    """

    was_due: date
    days_late: int
    time: int
    sent_back: bool
    corrected: Reference | None
    refused: Refused | None


@dataclass(frozen=True, slots=True)
class Correction:
    """L3: ``faults`` to mend or confirm; ``apart``: they are too many for the letter's own page."""

    faults: tuple[Fault, ...]
    attachments: tuple[str, ...]
    due: date
    apart: bool

    @property
    def errors(self) -> int:
        return sum(len(fault.mend) for fault in self.faults)

    @property
    def warnings(self) -> int:
        return sum(len(fault.confirm) for fault in self.faults)

    @property
    def has_errors(self) -> bool:
        return self.errors > 0

    @property
    def has_warnings(self) -> bool:
        return self.warnings > 0


@dataclass(frozen=True, slots=True)
class Rejected(Refused):
    """L10: ``fix`` says what is to be done by ``due``.

    ``attachments``: a form (a file name) filled with what was understood, where there is one.
    """

    fix: str
    due: date
    attachments: tuple[str, ...] = ()


def write_request(
    workspace: Workspace, register: Register, unit: Unit, period: Period, due: date, attachment: str, path: Path
) -> None:
    """Writes L1 to ``path``: asks ``unit`` to return the form ``attachment`` (a file name) by ``due``.

    Lists the unit's projects and KPIs. Errors as ``write_letter``'s.
    """
    content = Request(attachments=(attachment,), due=due, **_asked(register, unit))
    write_letter("L1", workspace, recipient_of(unit), period, plans_of(register, unit), content, path)


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
    refused: Refused | None = None,
) -> None:
    """Writes L2 to ``path``: what was to come by ``was_due`` is ``days_late`` (> 0) days late; asked for by ``due``.

    ``time``: 1 for the first reminder, 2 for the second. ``refers``: the request (L1) where it is the first, else
    the reminder before it. ``missing``: codes of the projects and KPIs outstanding; None for all of the unit's.
    ``corrected``: the letter (L3) by which a return was sent back; None where none was. ``refused``: what came and
    could not be taken in. Errors as ``write_letter``'s.
    """
    content = Reminder(
        was_due=was_due,
        days_late=days_late,
        due=due,
        time=time,
        sent_back=corrected is not None,
        corrected=corrected if corrected and corrected.number else None,
        refused=refused,
        **_asked(register, unit, missing),
    )
    write_letter("L2", workspace, recipient_of(unit), period, plans_of(register, unit), content, path, refers)


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
) -> None:
    """Writes L3 to ``path``: ``faults``, at least one, to mend or confirm by ``due``.

    ``attachments`` are the file names of the correction list and of the correction form. ``refers``: the request
    (L1) that the return answers, if it is to be cited. Errors as ``write_letter``'s.
    """
    apart = unit.letter_type == EXTERNAL or len(faults) > _ROOM[MEMO]
    content = Correction(tuple(faults), tuple(attachments), due, apart)
    write_letter("L3", workspace, recipient_of(unit), period, plans_of(register, unit), content, path, refers)


def write_rejected(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    rejected: Rejected,
    path: Path,
    *,
    refers: Reference | None = None,
) -> None:
    """Writes L10 to ``path``: what ``unit`` sent could not be taken in, why, and what is to be sent in its place.

    ``refers``: the request (L1), if it is to be cited. Errors as ``write_letter``'s.
    """
    write_letter("L10", workspace, recipient_of(unit), period, plans_of(register, unit), rejected, path, refers)


def _asked(register: Register, unit: Unit, codes: Collection[str] | None = None) -> dict[str, Any]:
    """What ``unit`` is asked to report: its projects and KPIs, or those of ``codes``."""
    projects, kpis = (
        tuple(Item(one.name, one.code) for one in found if codes is None or one.code in codes)
        for found in (register.projects_by_unit.get(unit.code, ()), register.kpis_by_unit.get(unit.code, ()))
    )
    return {"projects": projects, "kpis": kpis, "apart": len(projects) + len(kpis) > _ROOM[unit.letter_type]}
