"""Letters that pass on what was said above: an executive order (L7), and a reader's comments on the report (L9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.frame import plans_of, recipient_of, write_letter
from plan_tracker.documents.letters.reference import Reference
from plan_tracker.documents.letters.words import Remark, one_line, quoted
from plan_tracker.fiscal import Period
from plan_tracker.register import Register, Unit
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class ExecutiveOrder:
    """L7: ``executive`` is an office in full; ``others`` are the names of the other units that the order went to."""

    executive: str
    order: str
    ordered: date
    due: date
    others: str
    circulated: bool


@dataclass(frozen=True, slots=True)
class Comments:
    """L9: ``comments``, on one line each, are those of ``reviewer``."""

    reviewer: str
    comments: tuple[Remark, ...]
    due: date


def write_order(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    executive: str,
    order: str,
    ordered: date,
    due: date,
    path: Path,
    *,
    others: Sequence[Unit] = (),
    refers: Reference | None = None,
    circulated: bool = True,
) -> None:
    """Writes L7 to ``path``: ``executive``'s ``order`` of the day ``ordered``, to be done and answered by ``due``.

    ``executive`` is an office in full, blank for the Permanent Secretary. ``period``: the one whose report led
    to the order. ``others``: the other units that the same order went to. ``refers``: the circulation of the results
    to the unit, else, with ``circulated`` False, the memo that told the executives. Errors as ``write_letter``'s.
    """
    content = ExecutiveOrder(
        executive.strip() or workspace.config.letters.permanent_secretary,
        quoted(order),
        ordered,
        due,
        w.listed([other.name for other in others if other.code != unit.code]),
        circulated,
    )
    write_letter("L7", workspace, recipient_of(unit), period, plans_of(register, unit), content, path, refers)


def write_comments(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    reviewer: str,
    comments: Sequence[Remark],
    due: date,
    path: Path,
    *,
    refers: Reference | None = None,
) -> None:
    """Writes L9 to ``path``: ``reviewer``'s ``comments`` (one or more) on ``unit``'s part, to be met by ``due``.

    The office makes them its own; a template may name ``reviewer`` as it stands (``ผอ.กตจ.``). ``refers``: the unit's
    newest letter from us, if it is to be cited. Errors as ``write_letter``'s.
    """
    remarks = (Remark(one_line(remark.text), one_line(remark.about)) for remark in comments)
    content = Comments(reviewer.strip(), tuple(remark for remark in remarks if remark.text), due)
    write_letter("L9", workspace, recipient_of(unit), period, plans_of(register, unit), content, path, refers)
