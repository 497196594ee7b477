"""What letters state of a plan or of a unit: plain data, made from the figures. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.analysis.figures import PlanFigures, ProjectFigures
from plan_tracker.analysis.kpis import KpiFigures, Outcome
from plan_tracker.documents import wording as w
from plan_tracker.documents.report.terms import year_target
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Plan


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan in a period: units that returned of all, projects and those reported, money in baht.

    ``disbursed_percent`` is unrounded; ``unstated`` counts the projects whose money no sum has; ``missing`` are the
    names of the units without a return.
    """

    plan: Plan
    units: int
    returned: int
    projects: int
    reported: int
    completed: int
    late: int
    budget: Decimal
    disbursed: Decimal
    disbursed_percent: Decimal | None
    kpis: int
    kpis_met: int
    unstated: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project in a unit's table; per cents unrounded, None and blank where nothing was reported."""

    name: str
    stage: str
    schedule: str
    planned: Decimal | None
    actual: Decimal | None
    disbursed_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A KPI with its target, its result (None where there is none yet), per cent achieved and outcome.

    ``target`` says which it is: the quarter's or the year's.
    """

    name: str
    unit: str
    measure: str
    target: str
    result: Decimal | str | None
    percent: Decimal | None
    outcome: Outcome
    waived_because: str = ""


@dataclass(frozen=True, slots=True)
class UnitResults:
    """A unit's own projects and KPIs in a period, each once though it may stand in two plans.

    ``received``: whether a return of the unit counts, so that there are results to tell.
    """

    projects: tuple[ProjectLine, ...] = ()
    kpis: tuple[KpiLine, ...] = ()
    received: bool = True


@dataclass(frozen=True, slots=True)
class PlanKpis:
    """Every KPI of a plan at the end of the year."""

    plan: Plan
    kpis: tuple[KpiLine, ...]

    def count(self, *outcomes: Outcome) -> int:
        return sum(kpi.outcome in outcomes for kpi in self.kpis)


def plan_facts(figures: PlanFigures) -> PlanFacts:
    summary, money = figures.summary, figures.summary.spending.overall
    return PlanFacts(
        figures.dataset.plan,
        units=len(figures.units),
        returned=len(figures.units) - len(figures.missing_units),
        projects=summary.total,
        reported=summary.reported,
        completed=summary.in_stage(c.COMPLETED),
        late=summary.on_schedule(c.LATE),
        budget=money.budget,
        disbursed=money.disbursed,
        disbursed_percent=money.disbursed_percent,
        kpis=len(figures.kpis),
        kpis_met=figures.outcomes.get(Outcome.MET, 0),
        unstated=summary.spending.unstated,
        missing=tuple(unit.source.unit.name for unit in figures.missing_units),
    )


def plan_kpis(figures: PlanFigures) -> PlanKpis:
    lines = (_kpi_line(kpi, year_target(kpi.source.kpi.target, kpi)) for kpi in figures.kpis)
    return PlanKpis(figures.dataset.plan, tuple(lines))


def unit_results(plans: Sequence[PlanFigures], code: str) -> UnitResults:
    """What the unit ``code`` has done in all of ``plans``."""
    units = [unit for figures in plans for unit in figures.units if unit.source.unit.code == code]
    return UnitResults(
        tuple(_projects(project for unit in units for project in unit.projects)),
        tuple(_kpi_line(kpi, _labelled(kpi)) for unit in units for kpi in unit.kpis),
        any(unit.received for unit in units),
    )


def _projects(found: Iterable[ProjectFigures]) -> Iterable[ProjectLine]:
    return ({p.source.project.code: _project_line(p) for p in found}).values()


def _project_line(project: ProjectFigures) -> ProjectLine:
    known = project.money.disbursed_percent if project.money else None
    name = project.source.project.name
    return ProjectLine(name, project.stage, project.schedule, project.planned, project.actual, known)


def _labelled(kpi: KpiFigures) -> str:
    """The target that the result was held against, and of what it is one."""
    if kpi.target == "":
        return w.DASH
    return f"{w.measure(kpi.target)}\n({'ไตรมาสนี้' if kpi.quarterly else 'ทั้งปี'})"


def _kpi_line(kpi: KpiFigures, target: str) -> KpiLine:
    source = kpi.source
    unit = source.unit.short or source.unit.name
    return KpiLine(
        source.kpi.name, unit, source.kpi.measure, target, kpi.result, kpi.percent, kpi.outcome, kpi.waived_because
    )
