"""From a dataset to the figures that reports, letters and the web page state. Nothing is read or written.

A return that has not come is counted as missing, and never as 0: sums and means are made from
what came back alone. Per cents are unrounded; whoever writes them rounds half up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from plan_tracker.analysis.basis.dataset import Dataset, ProjectResult, UnitReturn
from plan_tracker.analysis.basis.returns import AnswerState
from plan_tracker.analysis.figures.computed import computed_of
from plan_tracker.analysis.figures.coverage import Coverage, coverage_of
from plan_tracker.analysis.figures.kpis import KpiFigures, Outcome, count_outcomes, kpi_figures
from plan_tracker.analysis.figures.money import Money, Spending, spending_of, total
from plan_tracker.analysis.figures.problems import Problem, problems_of
from plan_tracker.analysis.figures.schedules import schedule_held
from plan_tracker.config import Kpis
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.plan_fields import END_DATE
from plan_tracker.rounding import per_cent
from plan_tracker.values import Entry

P = TypeVar("P", Decimal, date)


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """What a unit says of its plan where that is not what is approved; None where it is."""

    planned: Decimal | None = None
    planned_next: Decimal | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """A project this quarter. Without a return: texts blank, numbers and ``spending`` None; of one that has been
    cancelled ``spending`` is what it told before.

    ``planned`` and ``actual`` are cumulative per cent of the whole project at the quarter's end;
    ``planned_next`` at the end of the next, None after the fourth. What is planned, and ``ends``, is what is approved;
    ``own`` has what the unit itself says where that differs.
    """

    source: ProjectResult
    stage: str = ""
    schedule: str = ""
    planned: Decimal | None = None
    actual: Decimal | None = None
    planned_next: Decimal | None = None
    spending: Spending | None = None
    problems: tuple[Problem, ...] = ()
    next_steps: str = ""
    benefits: str = ""
    ends: date | None = None
    own: OwnPlan = OwnPlan()

    @property
    def code(self) -> str:
        return self.source.project.code

    @property
    def reported(self) -> bool:
        return self.source.entry is not None

    @property
    def schedule_held(self) -> str:
        """The schedule that the project is counted under."""
        return schedule_held(self.stage, self.schedule)

    @property
    def is_late(self) -> bool:
        return self.schedule_held == c.LATE

    @property
    def contradicts_itself(self) -> bool:
        """Whether an open project says that it is late and is not behind its plan, or is behind and says otherwise."""
        if self.behind is None or self.stage in c.CLOSED_STAGES or not self.schedule:
            return False
        return (self.schedule == c.LATE) != (self.behind > 0)

    @property
    def is_lacking(self) -> bool:
        """Whether an answer is to be waited for: none counts, and the project has not been cancelled."""
        return not self.reported and self.source.cancelled is None

    @property
    def waived_because(self) -> str:
        """Why an officer took the answer as it is; blank for a clean one."""
        return self.source.source.waived_because if self.source.source else ""

    @property
    def behind(self) -> Decimal | None:
        """Points by which progress lags the plan, negative where it leads; None where one of them is unknown."""
        return None if self.planned is None or self.actual is None else self.planned - self.actual

    @property
    def money(self) -> Money | None:
        """Both kinds together; None where either is not told in full."""
        return self.spending.overall if self.spending and not self.spending.unstated else None


@dataclass(frozen=True, slots=True)
class Summary:
    """Projects counted and summed. ``stages`` counts projects by (stage, schedule): the reported ones, and those
    ``cancelled`` in the register, of which no answer is asked any more. ``spending`` has both; ``spent_before`` that of
    the cancelled alone, ``have_spent`` of which had any money. Of the ``waiting`` an answer came that doesn't count.

    ``planned`` and ``actual`` are plain means, in per cent, over the ``compared`` projects that
    state both; None where there is none.
    """

    total: int
    reported: int
    stages: Mapping[tuple[str, str], int]
    spending: Spending
    compared: int
    planned: Decimal | None
    actual: Decimal | None
    cancelled: int = 0
    spent_before: Money = Money()  # noqa: RUF009 immutable
    have_spent: int = 0
    waiting: int = 0
    coverage: Coverage = Coverage()  # noqa: RUF009 immutable

    @property
    def has_spending(self) -> bool:
        """Whether anything has come that ``spending`` is the sum of."""
        return self.reported > 0 or self.have_spent > 0

    @property
    def asked(self) -> int:
        """The projects that were to report."""
        return self.total - self.cancelled

    @property
    def missing(self) -> int:
        return self.asked - self.reported

    @property
    def reported_percent(self) -> Decimal | None:
        return per_cent(Decimal(self.reported), Decimal(self.asked))

    def in_stage(self, stage: str) -> int:
        return sum(count for (found, _), count in self.stages.items() if found == stage)

    def on_schedule(self, schedule: str) -> int:
        """Late are those alone that have still to be finished; blank takes the rest."""
        return sum(count for found, count in self.stages.items() if schedule_held(*found) == schedule)

    def counted(self, stage: str, schedule: str) -> int:
        """How many of ``stage`` are counted under ``schedule``."""
        found = ((key, count) for key, count in self.stages.items() if key[0] == stage)
        return sum(count for key, count in found if schedule_held(*key) == schedule)

    @property
    def finished_late(self) -> int:
        """Those completed later than planned, which nobody can hurry any more."""
        return self.stages.get((c.COMPLETED, c.LATE), 0)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit of the plan with its projects and KPIs in this plan."""

    source: UnitReturn
    projects: tuple[ProjectFigures, ...]
    kpis: tuple[KpiFigures, ...]
    summary: Summary

    @property
    def received(self) -> bool:
        """Whether any answer of this unit goes into the figures."""
        return bool(self.source.sources)

    @property
    def waived_because(self) -> str:
        """Why answers of it were taken as they are; blank where none was."""
        return self.source.waived_because


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """Everything that is counted in one plan in one quarter."""

    dataset: Dataset
    projects: tuple[ProjectFigures, ...]
    kpis: tuple[KpiFigures, ...]
    units: tuple[UnitFigures, ...]
    summary: Summary
    outcomes: Mapping[Outcome, int]

    @property
    def period(self) -> Period:
        return self.dataset.period

    @property
    def asked_units(self) -> tuple[UnitFigures, ...]:
        """The units that were to report."""
        return tuple(unit for unit in self.units if unit.source.asked)

    @property
    def missing_units(self) -> tuple[UnitFigures, ...]:
        return tuple(unit for unit in self.asked_units if not unit.received)

    @property
    def waived_units(self) -> tuple[UnitFigures, ...]:
        return tuple(unit for unit in self.units if unit.waived_because)


def plan_figures(dataset: Dataset, measures: Kpis = Kpis()) -> PlanFigures:  # noqa: B008 immutable
    """All the figures of ``dataset``, its units, projects and KPIs in their order there."""
    quarter = dataset.period.quarter
    projects = tuple(project_figures(result, quarter) for result in dataset.projects)
    results = (kpi_figures(result, quarter, measures, on_way=dataset.tells_on_way) for result in dataset.kpis)
    kpis = tuple(_with_computed(kpi, projects) for kpi in results)
    return PlanFigures(
        dataset,
        projects,
        kpis,
        _by_unit(dataset.units, projects, kpis),
        summarise(projects),
        count_outcomes(kpis),
    )


def _with_computed(kpi: KpiFigures, projects: Iterable[ProjectFigures]) -> KpiFigures:
    """A KPI with what follows from ``projects``, those of its plan."""
    computation = kpi.source.kpi.computed
    if computation is None:
        return kpi
    own = [one for one in projects if not computation.of_unit or one.source.unit.code == kpi.source.unit.code]
    asked = [one for one in own if one.source.cancelled is None]
    told = [one for one in asked if (one.money is not None if computation.of_money else one.stage)]
    completed = sum(one.stage == c.COMPLETED for one in asked)
    spending = total(one.spending for one in own if one.spending)
    return replace(kpi, computed=computed_of(computation, spending, completed, len(told), len(asked)))


def project_figures(result: ProjectResult, quarter: int) -> ProjectFigures:
    """The figures of one project in ``quarter`` (1–4)."""
    entry = result.entry
    if entry is None:
        return ProjectFigures(result, stage=c.CANCELLED if result.cancelled else "", spending=_last_spent(result))
    own, plan = _own_plan(entry, quarter), result.plan
    approved = OwnPlan(
        plan.number(f"f8.planned_q{quarter}"),
        plan.number(f"f8.planned_q{quarter + 1}") if quarter < 4 else None,
        plan.day(END_DATE),
    )
    return ProjectFigures(
        result,
        stage=_choice(entry.text("f14.stage"), c.STAGES),
        schedule=_choice(entry.text("f14.schedule"), c.SCHEDULES),
        planned=_first(approved.planned, own.planned),
        actual=entry.number("f14.progress_percent"),
        planned_next=_first(approved.planned_next, own.planned_next),
        spending=spending_of(entry),
        problems=problems_of(entry),
        next_steps=entry.text("f14.next_steps").strip(),
        benefits=entry.text("f12.benefits").strip(),
        ends=_first(approved.ends, own.ends),
        own=OwnPlan(
            _other(own.planned, approved.planned),
            _other(own.planned_next, approved.planned_next),
            _other(own.ends, approved.ends),
        ),
    )


def _last_spent(result: ProjectResult) -> Spending | None:
    """What a cancelled project had spent, with what was merged into it; None where none of it has answered."""
    if not result.last_told:
        return None
    spent = total(spending_of(one.entry) for one in result.last_told)
    return Spending(unstated=1) if spent.unstated else spent


def merged_figures(parts: Sequence[ProjectFigures]) -> ProjectFigures:
    """What projects that have been merged since had together: their money, and what all of them say alike.

    What a part has not told, nobody knows of the whole.
    """
    if len(parts) == 1:
        return parts[0]
    told = [part for part in parts if part.reported or part.source.cancelled] or parts
    spent = total(part.spending for part in told if part.spending)
    is_told = all(part.spending for part in parts) and not spent.unstated
    stages, schedules = {part.stage for part in told}, {part.schedule_held for part in told}
    return replace(
        next((part for part in told if part.reported), told[0]),
        stage=stages.pop() if len(stages) == 1 else c.UNDER_WAY,
        schedule=c.LATE if c.LATE in schedules else schedules.pop() if len(schedules) == 1 else "",
        planned=_alike(part.planned for part in parts),
        actual=_alike(part.actual for part in parts),
        planned_next=_alike(part.planned_next for part in parts),
        spending=spent if is_told else Spending(unstated=1),
        problems=tuple(problem for part in parts for problem in part.problems),
        ends=max((part.ends for part in parts if part.ends), default=None),
        own=OwnPlan(),
    )


def merged_units(parts: Sequence[UnitFigures]) -> UnitFigures:
    """What units that have been merged since had together."""
    if len(parts) == 1:
        return parts[0]
    projects = tuple(project for part in parts for project in part.projects)
    source = next((part for part in parts if part.received), parts[0]).source
    return UnitFigures(source, projects, tuple(kpi for part in parts for kpi in part.kpis), summarise(projects))


def _alike(said: Iterable[Decimal | None]) -> Decimal | None:
    """What all say; None where they differ, or one of them says nothing."""
    different = set(said)
    return different.pop() if len(different) == 1 else None


def _own_plan(entry: Entry, quarter: int) -> OwnPlan:
    return OwnPlan(
        entry.number(f"f8.planned_q{quarter}"),
        entry.number(f"f8.planned_q{quarter + 1}") if quarter < 4 else None,
        entry.day(END_DATE),
    )


def _first(approved: P | None, own: P | None) -> P | None:
    """What is approved, else what the unit says."""
    return own if approved is None else approved


def _other(own: P | None, approved: P | None) -> P | None:
    """The unit's own where it says something else than what is approved."""
    return None if approved is None or own == approved else own


def summarise(projects: Sequence[ProjectFigures]) -> Summary:
    """Counts, sums and means over ``projects``; of those without a return there is the money of the cancelled alone."""
    reported = [project for project in projects if project.reported]
    cancelled = [project for project in projects if project.source.cancelled]
    spent = [project.money for project in cancelled if project.money and project.money != Money()]
    both = [(p.planned, p.actual) for p in reported if p.planned is not None and p.actual is not None]
    return Summary(
        total=len(projects),
        reported=len(reported),
        stages=Counter((project.stage, project.schedule) for project in (*reported, *cancelled)),
        spending=total(project.spending for project in projects if project.spending),
        compared=len(both),
        planned=mean([planned for planned, _ in both]),
        actual=mean([actual for _, actual in both]),
        cancelled=len(cancelled),
        spent_before=sum(spent, Money()),
        have_spent=len(spent),
        waiting=sum(1 for project in projects if project.is_lacking and project.source.state is AnswerState.WAITING),
        coverage=coverage_of((project.source, project.money) for project in projects),
    )


def _by_unit(
    returns: Iterable[UnitReturn], projects: Iterable[ProjectFigures], kpis: Iterable[KpiFigures]
) -> tuple[UnitFigures, ...]:
    projects_of: dict[str, list[ProjectFigures]] = {}
    kpis_of: dict[str, list[KpiFigures]] = {}
    for project in projects:
        projects_of.setdefault(project.source.unit.code, []).append(project)
    for kpi in kpis:
        kpis_of.setdefault(kpi.source.unit.code, []).append(kpi)
    return tuple(
        UnitFigures(found, tuple(own), tuple(kpis_of.get(found.unit.code, ())), summarise(own))
        for found in returns
        for own in [projects_of.get(found.unit.code, [])]
    )


def _choice(text: str, offered: tuple[str, ...]) -> str:
    """``text`` if it is one of the choices, else blank (a waived return may say anything)."""
    return text if text in offered else ""


def mean(numbers: Sequence[Decimal]) -> Decimal | None:
    """The plain mean, unrounded; None of nothing."""
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None
