"""Letters that pass on what was said above: an executive order (L7), and a reader's comments on the report (L9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.frame import in_full, one_line, plan_of, points, quoted, recipient_of, write_letter
from plan_tracker.documents.letters.reference import BLANK, Reference
from plan_tracker.fiscal import Period
from plan_tracker.register import Register, Unit
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader said; ``about`` names the project, KPI or field it is on, blank for the return as a whole."""

    text: str
    about: str = ""


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
    own: Reference = BLANK,
) -> None:
    """Writes L7 to ``path``: ``executive``'s ``order`` of the day ``ordered``, to be done and answered by ``due``.

    ``executive`` is an office in full, blank for the Permanent Secretary. ``period``: the one whose report led
    to the order. ``others``: the other units that the same order went to. ``refers``: the circulation of the results
    to the unit, else, with ``circulated`` False, the memo that told the executives. Errors as ``write_letter``'s.
    """
    context = {
        "plan": plan_of(workspace, register, unit),
        "executive": executive.strip() or workspace.config.letters.permanent_secretary,
        "order": quoted(order),
        "ordered": in_full(ordered),
        "due": in_full(due),
        "circulated": circulated,
        "others": w.listed([other.name for other in others if other.code != unit.code]),
    }
    write_letter("L7", workspace, recipient_of(unit), period, context, path, own, refers)


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
    own: Reference = BLANK,
) -> None:
    """Writes L9 to ``path``: ``reviewer``'s ``comments`` (one or more) on ``unit``'s part, to be met by ``due``.

    ``reviewer`` is printed as it stands (``ผอ.กตจ.``). ``refers``: the unit's newest letter from us, if it is to be
    cited. Errors as ``write_letter``'s.
    """
    texts = [f"{one_line(remark.about)}: {remark.text}" if remark.about.strip() else remark.text for remark in comments]
    context = {
        "plan": plan_of(workspace, register, unit),
        "reviewer": reviewer.strip(),
        "comments": points(texts),
        "due": in_full(due),
    }
    write_letter("L9", workspace, recipient_of(unit), period, context, path, own, refers)
