"""Which projects need attention, and why: the reasons as data, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from plan_tracker.analysis.concerns.at_risk import money_at_risk
from plan_tracker.analysis.figures.money import money_of_kind
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.forms.definition import choices as c

FAR_APART = Decimal(30)  # points, as in the check SPEND-FAR-FROM-PROGRESS


class Reason(Enum):
    """Why a project needs attention. Their order here is that of their weight, the heaviest first."""

    OVER_BUDGET = auto()  # ``value``: baht disbursed over the budget
    STOPPED = auto()  # suspended or cancelled
    NO_RETURN = auto()
    OVERDUE = auto()  # its end has passed, and it is not completed; ``value``: days
    FAR_BEHIND = auto()  # ``value``: points behind
    LATE = auto()  # says so itself
    SPEND_FAR = auto()  # ``value``: points, disbursement less progress
    UNSTATED = auto()
    WAIVED = auto()  # its return was taken as it is


_WEIGHT = {reason: len(Reason) - i for i, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class AttentionReason:
    """A reason, and the number that belongs to it, where one does; points are unrounded."""

    reason: Reason
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Attention:
    """A project with its reasons, the heaviest first."""

    project: ProjectFigures
    reasons: tuple[AttentionReason, ...]
    at_risk: Decimal = Decimal(0)  # baht

    @property
    def order(self) -> tuple[Decimal, int, int, Decimal]:
        """Sorts the worst first: by money at risk, then by the heaviest reason, by all, by how far it is behind."""
        weights = [_WEIGHT[why.reason] for why in self.reasons]
        return -self.at_risk, -max(weights), -sum(weights), -(self.project.behind or Decimal(0))


def projects_in_need(projects: Iterable[ProjectFigures], last_day: date) -> tuple[Attention, ...]:
    """The projects that need attention at the end of a quarter, the worst first."""
    found = [
        Attention(project, why, money_at_risk(project, last_day))
        for project in projects
        if (why := tuple(_reasons(project, last_day)))
    ]
    return tuple(sorted(found, key=lambda one: one.order))


def _reasons(project: ProjectFigures, last_day: date) -> Iterator[AttentionReason]:
    if not project.reported:
        if project.is_lacking:
            yield AttentionReason(Reason.NO_RETURN)
        return
    over = _over_budget(project)
    if over:
        yield AttentionReason(Reason.OVER_BUDGET, over)
    if project.stage in (c.SUSPENDED, c.CANCELLED):
        yield AttentionReason(Reason.STOPPED)
    if project.stage not in c.CLOSED_STAGES:
        yield from _lags(project, last_day)
    if project.spending and project.spending.unstated:
        yield AttentionReason(Reason.UNSTATED)
    if project.waived_because:
        yield AttentionReason(Reason.WAIVED)


def _lags(project: ProjectFigures, last_day: date) -> Iterator[AttentionReason]:
    """What an open project has to hurry up with."""
    end = project.ends
    if end and end < last_day:
        yield AttentionReason(Reason.OVERDUE, Decimal((last_day - end).days))
    if project.behind is not None and project.behind > FAR_APART:
        yield AttentionReason(Reason.FAR_BEHIND, project.behind)
    if project.is_late:
        yield AttentionReason(Reason.LATE)
    apart = _spending_from_progress(project)
    if apart is not None and abs(apart) > FAR_APART:
        yield AttentionReason(Reason.SPEND_FAR, apart)


def _over_budget(project: ProjectFigures) -> Decimal:
    """Baht over the budget, of each kind by itself: one kind's rest doesn't pay for the other."""
    assert project.source.entry is not None
    stated = [money_of_kind(project.source.entry, kind) for kind in ("recurrent", "investment")]
    return sum((max(Decimal(0), -money.remaining) for money in stated if money), Decimal(0))


def _spending_from_progress(project: ProjectFigures) -> Decimal | None:
    """Points from progress to disbursement. Only within one fiscal year: (9) speaks of the year, (14) of it all."""
    entry, money = project.source.entry, project.money
    assert entry is not None
    start, end = entry.day("f8.start_date"), entry.day("f8.end_date")
    if not (start and end and money and project.actual is not None) or _fiscal_year(start) != _fiscal_year(end):
        return None
    spent = money.disbursed_percent
    return None if spent is None else spent - project.actual


def _fiscal_year(day: date) -> int:
    return day.year + (day.month >= 10)
