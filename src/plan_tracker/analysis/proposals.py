"""What a report's figures call for, each with its number: what the executive summary proposes. As data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plan_tracker.analysis.attention import Reason
from plan_tracker.analysis.kpis import Outcome
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.forms.definition import choices as c


class Need(StrEnum):
    """What there is to be done about. In the order in which it is proposed."""

    MISSING_RETURNS = "missing returns"
    NOT_BEGUN = "not begun"  # though the plan says that it should have been
    LATE = "late"
    LATE_AND_GOING_ON = "late and going on"  # where others are late that are closed or suspended
    SUSPENDED = "suspended"
    BELOW_TARGET = "below target"
    OVER_BUDGET = "over budget"
    MONEY_UNSTATED = "money unstated"
    KPIS_NOT_MET = "KPIs not met"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A need and how many units, projects, KPIs or kinds of expenditure have it; ``kinds``: which are below target."""

    need: Need
    number: int
    kinds: tuple[str, ...] = ()


def proposals_of(report: ReportFigures) -> tuple[Proposal, ...]:
    """What to do about how many; nothing where there are none."""
    return tuple(found for found in _proposals(report) if found.number)


def _proposals(report: ReportFigures) -> Iterator[Proposal]:
    now, summary = report.now, report.now.summary
    late = _can_hurry(report)
    below = tuple(one.kind for one in report.targets if one.met is False)
    over = sum(1 for one in report.attention for why in one.reasons if why.reason is Reason.OVER_BUDGET)
    all_late = late == summary.on_schedule(c.LATE)
    yield Proposal(Need.MISSING_RETURNS, len(now.missing_units))
    yield Proposal(Need.NOT_BEGUN, sum(1 for one in now.projects if one.stage == c.NOT_STARTED and one.planned))
    yield Proposal(Need.LATE if all_late else Need.LATE_AND_GOING_ON, late)
    yield Proposal(Need.SUSPENDED, summary.in_stage(c.SUSPENDED))
    yield Proposal(Need.BELOW_TARGET, len(below), below)
    yield Proposal(Need.OVER_BUDGET, over)
    yield Proposal(Need.MONEY_UNSTATED, summary.spending.unstated)
    yield Proposal(Need.KPIS_NOT_MET, now.outcomes.get(Outcome.NOT_MET, 0))


def _can_hurry(report: ReportFigures) -> int:
    """How many late projects can: none that is suspended."""
    return sum(1 for one in report.now.projects if one.is_late and one.stage != c.SUSPENDED)
