"""Memos up the chain: to the two directors (L5), then to the executives (L6). They stay within the Office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plan_tracker.documents.letters.facts import PlanFacts
from plan_tracker.documents.letters.frame import recipient_at, write_letter
from plan_tracker.documents.letters.reference import Reference
from plan_tracker.documents.letters.words import Point, one_line, points
from plan_tracker.documents.report.concerns import NO_CONCERNS, Concerns
from plan_tracker.fiscal import Period
from plan_tracker.review import Reader
from plan_tracker.workspace.folders import Workspace

_NAMED = 3  # projects and problems that a memo has room for


@dataclass(frozen=True, slots=True)
class Approval:
    """A reader's approval: ``comments`` recommendations, all of them carried out, and the day if it is known.

    ``amended``: the report has been mended since, and is not to the letter what was approved.
    """

    comments: int
    day: date | None = None
    amended: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """That a report is submitted for the ``round``-th time (from 2), and why."""

    round: int
    because: str


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report by its file's name."""

    name: str


@dataclass(frozen=True, slots=True)
class Foremost:
    """The ``first`` of some things, as many as a memo has room for, and of how many; ``absent`` ones are not named."""

    first: tuple[Point, ...]
    reported: int
    absent: int = 0

    @property
    def all(self) -> int:
        return self.reported + self.absent

    @property
    def more(self) -> int:
        """How many are named, where that is not all; else 0."""
        return _NAMED if self.reported > _NAMED else 0


@dataclass(frozen=True, slots=True)
class ApprovedOn:
    """The days on which the two directors approved, where known."""

    monitoring: date | None
    strategy: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memo:
    """What a memo upwards states; ``round`` is 0 in the first one. ``amended`` since the first director approved."""

    plans: tuple[PlanFacts, ...]
    reports: tuple[ReportFile, ...]
    round: int
    because: str
    amended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consideration(_Memo):
    """L5: to the ``second`` director it says when the first one ``approved``, and after how many ``comments``."""

    second: bool
    comments: int
    approved: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExecutives(_Memo):
    """L6: what needs ``attention``, the foremost ``problems``, and when the directors ``approved``."""

    attention: Foremost
    problems: Foremost
    approved: ApprovedOn


def write_consideration(
    workspace: Workspace,
    period: Period,
    plans: Sequence[PlanFacts],
    reports: Sequence[str],
    path: Path,
    *,
    approved: Approval | None = None,
    again: Again | None = None,
    refers: Reference | None = None,
) -> None:
    """Writes L5 to ``path``: submits the ``reports`` (file names, one per plan) for consideration.

    It goes to ``letters.monitoring_director``, or to ``letters.strategy_director`` once the former's approval
    is passed as ``approved``; then ``refers`` is the first memo. Errors as ``write_letter``'s.
    """
    to = recipient_at(workspace, Reader.STRATEGY if approved else Reader.MONITORING)
    content = Consideration(
        **_common(plans, reports, again),
        amended=approved is not None and approved.amended,
        second=approved is not None,
        comments=approved.comments if approved else 0,
        approved=approved.day if approved else None,
    )
    write_letter("L5", workspace, to, period, [facts.plan for facts in plans], content, path, refers)


def write_to_executives(
    workspace: Workspace,
    period: Period,
    plans: Sequence[PlanFacts],
    reports: Sequence[str],
    path: Path,
    *,
    concerns: Concerns = NO_CONCERNS,
    approved: Sequence[date | None] = (None, None),
    amended: bool = False,
    again: Again | None = None,
) -> None:
    """Writes L6 to ``path``: a summary, for information and for permission to publish the ``reports`` (file names).

    It goes to ``letters.executives``. ``approved``: the days on which the two directors approved, where known;
    ``amended``: the report has been mended since the first of them did.
    Errors as ``write_letter``'s.
    """
    content = ToExecutives(
        **_common(plans, reports, again),
        amended=amended,
        attention=_foremost(concerns.attention, concerns.absent),
        problems=_foremost(concerns.problems),
        approved=ApprovedOn(*approved),
    )
    to = recipient_at(workspace, Reader.EXECUTIVES)
    write_letter("L6", workspace, to, period, [facts.plan for facts in plans], content, path)


def _foremost(sentences: Sequence[str], absent: int = 0) -> Foremost:
    return Foremost(points(sentences[:_NAMED]), len(sentences), absent)


def _common(plans: Sequence[PlanFacts], reports: Sequence[str], again: Again | None) -> dict[str, Any]:
    return {
        "plans": tuple(plans),
        "reports": tuple(map(ReportFile, reports)),
        "round": again.round if again else 0,
        "because": one_line(again.because) if again else "",
    }
