"""Everything that a report of one plan states, for a quarter or the year-end. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from plan_tracker.analysis.basis.dataset import PlanYear
from plan_tracker.analysis.basis.plan_changes import PlanChange, plan_changes
from plan_tracker.analysis.concerns.at_risk import Glance, glances
from plan_tracker.analysis.concerns.attention import Attention, projects_in_need
from plan_tracker.analysis.concerns.trust import Trust, trust_of
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures, plan_figures
from plan_tracker.analysis.figures.problems import (
    Problem,
    ProblemHistory,
    ProblemStatus,
    count_standings,
    problem_histories,
    stated_in,
    stated_together,
)
from plan_tracker.analysis.figures.targets import TargetComparison, compare_with_targets
from plan_tracker.analysis.over_time.changes import Changes, project_changes
from plan_tracker.analysis.over_time.follow_up import FollowUp, follow_ups
from plan_tracker.analysis.over_time.forecast import Forecast, forecast_of
from plan_tracker.analysis.over_time.trends import Trend, Trends, trends_of
from plan_tracker.config import Config
from plan_tracker.due import comments_due, reminder_due, return_due
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.lineage import Lineage
from plan_tracker.register import Unit
from plan_tracker.values import Entry


@dataclass(frozen=True, slots=True)
class ProjectProblem:
    """A problem across quarters, and the project that it is a problem of, as last known.

    ``reported``: whether the project has a return for the last quarter.
    """

    project: ProjectFigures
    history: ProblemHistory
    reported: bool = True

    @property
    def is_unmentioned(self) -> bool:
        """Whether a return has come since, which has no word about any problem."""
        return self.history.standing is ProblemStatus.UNKNOWN and self.reported

    @property
    def is_open(self) -> bool:
        """Or unknown: whether it was solved, nobody said."""
        standing = self.history.standing
        return standing is not None and (standing.is_open or standing is ProblemStatus.UNKNOWN)


class LessonKind(Enum):
    """Where a lesson comes from."""

    SOLVED = auto()  # a problem that is over
    CONTINUED = auto()  # a problem that goes on at the end


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a year taught: a problem with its cause and recommendation, and what became of it."""

    kind: LessonKind
    project: ProjectFigures
    history: ProblemHistory


@dataclass(frozen=True, slots=True)
class DecisionsDue:
    """By when what is asked is to be done: ``returns`` that are missing, and all ``others``."""

    returns: date | None = None
    others: date | None = None


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What a report of one plan in ``period`` states.

    ``now`` are the period's own figures: the quarter's, or Q4's for the year-end (amounts are cumulative).
    ``quarters`` are those of each quarter so far, ``now`` the last of them. ``targets`` is empty where the
    configuration sets none; ``unit_targets`` has the same by unit code. ``changes`` is None in Q1, and where
    nothing was compared it says so by ``compared`` being empty. ``lessons`` come with the year-end alone;
    ``plan_changes`` are the quarter's, at the year-end those of all quarters.
    """

    period: Period
    quarters: tuple[PlanFigures, ...]
    targets: tuple[TargetComparison, ...]
    unit_targets: Mapping[str, tuple[TargetComparison, ...]]
    changes: Changes | None
    attention: tuple[Attention, ...]
    problems: tuple[ProjectProblem, ...]
    trends: Trends
    lessons: tuple[Lesson, ...]
    plan_changes: tuple[PlanChange, ...] = ()
    glances: tuple[Glance, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    orders: tuple[OrderStanding, ...] = ()
    due: DecisionsDue = DecisionsDue()
    forecast: Forecast | None = None

    @property
    def trust(self) -> Trust:
        return trust_of(self.now, self.plan_changes)

    @property
    def now(self) -> PlanFigures:
        return self.quarters[-1]

    @property
    def standings(self) -> Mapping[ProblemStatus, int]:
        """How many problems stand where."""
        return count_standings(told.history for told in self.problems)

    @property
    def shown_problems(self) -> tuple[ProjectProblem, ...]:
        """Those stated in the last quarter, or not any more since the one before; at the year-end all of the year."""
        return tuple(one for one in self.problems if one.history.standing is not None or self.period.is_year_end)

    @property
    def completed(self) -> tuple[Trend[ProjectFigures], ...]:
        """What was achieved: the projects completed by the last return of each, of whatever quarter that is."""
        last = ((trend, trend.reported) for trend in self.trends.projects)
        return tuple(trend for trend, project in last if project and project.stage == c.COMPLETED)

    @property
    def outdated(self) -> tuple[Trend[ProjectFigures], ...]:
        """Projects of the last quarter without a return for it; ``last_reported`` names the last that came."""
        known = {project.code for project in self.now.projects if project.source.cancelled is None}
        return tuple(trend for trend in self.trends.projects if trend.code in known and not trend.is_current)


@dataclass(frozen=True, slots=True)
class OrderStanding:
    """An executive order to units of the plan, and whether it has been carried out; ``because``: how."""

    text: str
    day: date
    due: date
    units: tuple[Unit, ...]
    is_done: bool
    because: str = ""


def report_figures(data: PlanYear, config: Config, orders: Sequence[OrderStanding] = ()) -> ReportFigures:
    """All that ``data``'s report states, by the targets and measures of ``config``; ``orders`` are of all plans."""
    quarters = tuple(plan_figures(dataset, config.kpis) for dataset in data.quarters)
    now, trends = quarters[-1], trends_of(quarters, data.lineage)
    quarter = now.period.quarter
    problems = tuple(_problems(trends.projects, data.entries, data.lineage))
    changes = project_changes(quarters[-2], now, data.lineage) if len(quarters) > 1 else None
    grown = {one.now.code: one.progress_points for one in changes.compared} if changes else {}
    here = {unit.source.unit.code for unit in now.units}
    targets = compare_with_targets(now.projects, config.targets, quarter)
    return ReportFigures(
        data.period,
        quarters,
        targets,
        {unit.source.unit.code: compare_with_targets(unit.projects, config.targets, quarter) for unit in now.units},
        changes,
        projects_in_need(now.projects, now.period.last_day),
        problems,
        trends,
        tuple(_lessons(problems)) if data.period.is_year_end else (),
        _plan_changes(data),
        glances(now.projects, now.period.last_day, grown),
        follow_ups(trends, _targets_before(quarters, config), targets),
        tuple(order for order in orders if here & {unit.code for unit in order.units}),
        _decisions_due(config, data.data_date, now.period),
        forecast_of(now, trends, config.targets),
    )


def _targets_before(quarters: Sequence[PlanFigures], config: Config) -> tuple[TargetComparison, ...]:
    """Disbursement of the last quarter but one by its own targets."""
    if len(quarters) < 2:
        return ()
    return compare_with_targets(quarters[-2].projects, config.targets, quarters[-2].period.quarter)


def _decisions_due(config: Config, today: date, period: Period) -> DecisionsDue:
    """What is missing at once, all else by the next returns, or soon where they are past."""
    following = return_due(config, period.following)
    others = following if following > today else comments_due(config, today)
    return DecisionsDue(reminder_due(config, today), others)


def _plan_changes(data: PlanYear) -> tuple[PlanChange, ...]:
    quarters = [(quarter.period, quarter.projects) for quarter in data.quarters]
    return tuple(one for one in plan_changes(quarters, data.lineage) if one.period in data.period.quarters)


def _problems(
    projects: Sequence[Trend[ProjectFigures]], entries: Mapping[Period, Mapping[str, Entry]], lineage: Lineage
) -> Iterator[ProjectProblem]:
    """Each project's problems, with those of what was merged into it.

    ``entries``: also of quarters in which a project was not in the plan.
    """
    known = {trend.code: trend for trend in projects}
    outside = {period: {lineage.now(code): one for code, one in said.items()} for period, said in entries.items()}
    parts: dict[str, list[Trend[ProjectFigures]]] = {trend.code: [] for trend in projects}
    for trend in projects:
        heir = lineage.now(trend.code)
        parts[heir if heir in known else trend.code].append(trend)
    for code, trends in parts.items():
        stated = [
            (period, stated_together(one for trend in trends for one in _stated(trend, place, outside.get(period, {}))))
            for place, period in enumerate(known[code].periods)
        ]
        if any(problems for _, problems in stated):
            cancelled_in = _cancelled_in(known[code])
            for history in problem_histories(stated, cancelled_in):
                yield ProjectProblem(known[code].newest, history, known[code].is_current)


def _cancelled_in(trend: Trend[ProjectFigures]) -> Period | None:
    """The first of the quarters to the last in which the project is told as cancelled; None where it goes on."""
    found: Period | None = None
    for period, figures in zip(trend.periods, trend.figures, strict=True):
        if figures is not None and figures.stage != c.CANCELLED and figures.stage:
            found = None
        elif figures is not None and figures.stage == c.CANCELLED:
            found = found or period
    return found


def _stated(
    trend: Trend[ProjectFigures], place: int, outside: Mapping[str, Entry]
) -> Iterator[tuple[Problem, ...] | None]:
    """What each part of a project states in the quarter at ``place``."""
    for part in trend.parts[place]:
        yield stated_in(part.source.entry)
    if not trend.parts[place]:
        yield stated_in(outside.get(trend.code))


def _lessons(problems: Sequence[ProjectProblem]) -> Iterator[Lesson]:
    """Problems that were solved or that go on, with what was said of them."""
    for told in problems:
        over = told.history.standing in (None, ProblemStatus.SOLVED)
        goes_on = told.history.standing in (ProblemStatus.CONTINUING, ProblemStatus.RECURRING)
        if over or goes_on:
            yield Lesson(LessonKind.SOLVED if over else LessonKind.CONTINUED, told.project, told.history)
