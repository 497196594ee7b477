"""What comes of a plan whose projects go on at their pace: a forecast, and said to be one.

The pace is the share of the plan that has been done so far (result ÷ plan): a project ends after its planned duration ÷
that share; once its end has passed, after as many days as its result has taken. Money goes on by the day, from the
start of the year or project to the project's end or the year's; it comes to what is committed at least, and to the
budget at the most. KPIs go on by the share of the quarter's target that was reached, else by the quarters gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from plan_tracker.analysis.figures.kpis import KpiFigures
from plan_tracker.analysis.figures.money import ZERO, Money
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures, mean
from plan_tracker.analysis.figures.targets import KINDS, OVERALL, RECURRENT, held_to_targets
from plan_tracker.analysis.over_time.trends import Trends
from plan_tracker.config import Targets
from plan_tracker.fiscal import QUARTERS, Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.rounding import per_cent

START = "f8.start_date"
_STOPPED = (c.SUSPENDED, c.CANCELLED)
_FARTHEST = 3650  # days from a start; what would take longer has no end in sight


@dataclass(frozen=True, slots=True)
class ProjectForecast:
    """An open project and the day on which it ``ends`` at its pace; None where it has none that can be told."""

    project: ProjectFigures
    ends: date | None

    @property
    def days_late(self) -> int:
        """Days from the planned end, 0 where it ends by then or can't be told."""
        planned = self.project.ends
        return max(0, (self.ends - planned).days) if self.ends and planned else 0


@dataclass(frozen=True, slots=True)
class TargetForecast:
    """A year's target of disbursement that is out of reach, with the per cent that it comes to; both unrounded."""

    kind: str
    target: Decimal
    expected: Decimal


@dataclass(frozen=True, slots=True)
class KpiForecast:
    """A KPI whose target of the year is out of reach, with its result and what it comes to, unrounded."""

    kpi: KpiFigures
    target: Decimal
    result: Decimal
    expected: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """Of the open ``projects``, the latest against their plan first. ``money``: of the projects that told theirs, with
    ``spent`` of it by the end of the year, None once the year is over. ``error``: by how many points the same forecast
    of last quarter missed the result of this one on the average, over ``checked`` projects; None where there is none.
    """

    projects: tuple[ProjectForecast, ...]
    money: Money
    spent: Decimal | None
    targets: tuple[TargetForecast, ...]
    kpis: tuple[KpiForecast, ...]
    error: Decimal | None
    checked: int

    @property
    def spent_percent(self) -> Decimal | None:
        return None if self.spent is None else per_cent(self.spent, self.money.budget)

    @property
    def late(self) -> tuple[ProjectForecast, ...]:
        return tuple(one for one in self.projects if one.days_late)

    @property
    def unknown(self) -> tuple[ProjectForecast, ...]:
        """Those that show no pace: not begun though planned, suspended, or without a plan or result."""
        return tuple(one for one in self.projects if one.ends is None)


def forecast_of(now: PlanFigures, trends: Trends, targets: Targets) -> Forecast:
    """From the figures of a quarter; ``trends`` have the quarters before."""
    period, last_day = now.period, now.period.last_day
    is_open = [one for one in now.projects if one.reported and one.stage not in c.CLOSED_STAGES]
    projects = [ProjectForecast(one, expected_end(one, last_day)) for one in is_open]
    told = [one for one in now.projects if one.money is not None]
    errors = list(_errors(trends))
    goes_on = not period.ends_year
    return Forecast(
        projects=tuple(sorted(projects, key=lambda one: -one.days_late)),
        money=sum((one.money for one in told if one.money), Money()),
        spent=sum((expected_spending(one, period) for one in told), ZERO) if goes_on and told else None,
        targets=tuple(_targets(held_to_targets(told), targets, period)) if goes_on else (),
        kpis=tuple(_kpis(now.kpis, period)) if goes_on else (),
        error=mean(errors),
        checked=len(errors),
    )


def expected_end(project: ProjectFigures, last_day: date) -> date | None:
    """When an open project ends at the pace that it has had up to ``last_day``."""
    start, end = _start(project), project.ends
    if project.stage in _STOPPED or not project.actual or start is None or end is None or start > last_day:
        return None
    if end <= last_day:
        days = Decimal((last_day - start).days) * 100 / project.actual
    elif project.planned:
        days = Decimal((end - start).days) * project.planned / project.actual
    else:
        return None
    if days > _FARTHEST:
        return None
    reached = start + timedelta(days=int(days.to_integral_value(ROUND_CEILING)))
    return max(reached, last_day + timedelta(days=1))


def expected_progress(project: ProjectFigures, planned: Decimal) -> Decimal | None:
    """What per cent a project comes to when its plan comes to ``planned``; None where it shows no pace."""
    if not project.planned or project.actual is None:
        return None
    return min(Decimal(100), planned * project.actual / project.planned)


def expected_spending(project: ProjectFigures, period: Period) -> Decimal:
    """What is disbursed by the end of the year of a project that has told its money, in baht."""
    spending = project.spending
    assert spending, "asked of projects that have told their money"
    return sum((_kind(project, money, period) for money in (spending.recurrent, spending.investment)), ZERO)


def _kind(project: ProjectFigures, money: Money, period: Period) -> Decimal:
    if project.stage in _STOPPED:
        return money.disbursed
    bound = money.disbursed + money.committed
    if project.stage not in c.CLOSED_STAGES:
        gone, whole = _days(project, period)
        bound = max(bound, money.disbursed * whole / gone)
    return max(money.disbursed, min(bound, money.budget))


def _days(project: ProjectFigures, period: Period) -> tuple[int, int]:
    """The days of the project in the year: those gone by the end of the quarter, and all to its end or the year's."""
    year, last_day = Period(period.fiscal_year, QUARTERS[0]).first_day, period.last_day
    year_end = Period(period.fiscal_year, QUARTERS[-1]).last_day
    begins = max(year, _start(project) or year)
    end = project.ends
    ends = end if end and last_day < end < year_end else year_end
    gone = (last_day - begins).days + 1
    return (gone, (ends - begins).days + 1) if gone > 0 else (1, 1)


def _start(project: ProjectFigures) -> date | None:
    approved = project.source.plan.day(START)
    return approved or (project.source.entry.day(START) if project.source.entry else None)


def _targets(projects: Iterable[ProjectFigures], targets: Targets, period: Period) -> Iterator[TargetForecast]:
    held = list(projects)
    for kind in KINDS:
        target = targets.of(kind, QUARTERS[-1])
        spent = [_of_kind(one, kind, period) for one in held]
        expected = per_cent(sum((each for each, _ in spent), ZERO), sum((budget for _, budget in spent), ZERO))
        if target is not None and expected is not None and expected < target:
            yield TargetForecast(kind, target, expected)


def _of_kind(project: ProjectFigures, kind: str, period: Period) -> tuple[Decimal, Decimal]:
    """What is disbursed of a kind by the end of the year, and its budget."""
    spending = project.spending
    assert spending, "held to targets is who has told"
    if kind == OVERALL:
        return expected_spending(project, period), spending.overall.budget
    money = spending.recurrent if kind == RECURRENT else spending.investment
    return _kind(project, money, period), money.budget


def _kpis(kpis: Iterable[KpiFigures], period: Period) -> Iterator[KpiForecast]:
    """Those that are the better the higher they are, and are told in numbers."""
    for kpi in kpis:
        target, result = kpi.source.kpi.target, kpi.result
        is_number = isinstance(target, Decimal) and isinstance(result, Decimal)
        if kpi.source.kpi.direction != c.HIGHER or not is_number:
            continue
        assert isinstance(target, Decimal)
        assert isinstance(result, Decimal)
        expected = _expected_result(kpi, target, result, period)
        if expected is not None and expected < target:
            yield KpiForecast(kpi, target, result, expected)


def _expected_result(kpi: KpiFigures, target: Decimal, result: Decimal, period: Period) -> Decimal | None:
    if not kpi.quarterly:
        return result * len(QUARTERS) / period.quarter
    return target * result / kpi.target if isinstance(kpi.target, Decimal) and kpi.target else None


def _errors(trends: Trends) -> Iterator[Decimal]:
    """By how many points each project's result of the last quarter was missed by the forecast of the one before."""
    for trend in trends.projects:
        before, now = trend.figures[-2:] if len(trend.figures) > 1 else (None, None)
        if before is None or now is None or now.planned is None or now.actual is None:
            continue
        expected = expected_progress(before, now.planned)
        if expected is not None:
            yield abs(expected - now.actual)
