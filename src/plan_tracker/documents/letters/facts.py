"""What letters state of a plan or of a unit: plain data, made from the figures. Nothing is read or written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from plan_tracker.analysis.basis.returns import AnswerState
from plan_tracker.analysis.figures.coverage import Coverage
from plan_tracker.analysis.figures.kpis import KpiFigures, Outcome
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Plan


@dataclass(frozen=True, slots=True)
class KpiCounts:
    """How many KPIs came to what.

    ``without`` a result though one was due, ``not_rated`` where no per cent means much; of the ``cancelled`` none is
    waited for.
    """

    met: int = 0
    not_met: int = 0
    not_due: int = 0
    without: int = 0
    not_rated: int = 0
    cancelled: int = 0
    on_way: int = 0

    @property
    def without_result(self) -> int:
        """Those that there is no result of, be it due or not."""
        return self.not_due + self.without

    @property
    def total(self) -> int:
        told = self.met + self.not_met + self.on_way + self.without_result + self.not_rated
        return told + self.cancelled


def count_kpis(outcomes: Iterable[Outcome]) -> KpiCounts:
    found = Counter(outcomes)
    return KpiCounts(
        met=found[Outcome.MET],
        not_met=found[Outcome.NOT_MET],
        not_due=found[Outcome.NOT_DUE],
        without=found[Outcome.UNSTATED] + found[Outcome.MISSING] + found[Outcome.WAITING],
        not_rated=found[Outcome.NOT_RATED],
        cancelled=found[Outcome.CANCELLED],
        on_way=found[Outcome.ON_WAY],
    )


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan in a period: units that returned of all, projects and those reported, money in baht.

    ``disbursed_percent`` is unrounded; ``unstated`` counts the projects whose money no sum has; ``missing`` are the
    names of the units without a return; ``completed_before`` counts what was completed by reports of earlier quarters
    alone; ``cancelled`` counts the projects that the register has as cancelled, of which
    ``have_spent`` had disbursed ``spent_before`` until then, which is in the sums.
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
    kpis: KpiCounts = KpiCounts()
    unstated: int = 0
    missing: tuple[str, ...] = ()
    cancelled: int = 0
    completed_before: int = 0
    have_spent: int = 0
    spent_before: Decimal = Decimal(0)
    coverage: Coverage = Coverage()  # noqa: RUF009 immutable

    @property
    def received(self) -> int:
        return self.returned

    @property
    def outstanding(self) -> int:
        """Units without a return."""
        return self.units - self.returned

    @property
    def has_projects(self) -> bool:
        return self.projects > 0

    @property
    def unreported(self) -> int:
        """Projects that were to report and did not."""
        return self.projects - self.cancelled - self.reported


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project in a unit's table; per cents unrounded, None and blank where nothing was reported.

    Where nothing was, ``being_mended`` and ``unit_came`` say why: an answer that does not count, or others of the unit.
    """

    name: str
    stage: str
    schedule: str
    planned: Decimal | None
    actual: Decimal | None
    disbursed_percent: Decimal | None
    being_mended: bool = False
    unit_came: bool = False


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A KPI with its target, its result (None where there is none yet), per cent achieved and outcome.

    ``quarterly``: whether ``target`` is the quarter's, else the year's; None where only the year's are told.
    ``last_quarter`` is what the fourth quarter was judged by, where that is another than the year's ``target``.
    """

    name: str
    unit: str
    measure: str
    target: Decimal | str
    result: Decimal | str | None
    percent: Decimal | None
    outcome: Outcome
    waived_because: str = ""
    quarterly: bool | None = None
    last_quarter: Decimal | str | None = None


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

    @property
    def counts(self) -> KpiCounts:
        return count_kpis(kpi.outcome for kpi in self.kpis)


def plan_facts(figures: PlanFigures, completed_before: int = 0) -> PlanFacts:
    """``completed_before``: how many were completed by reports of earlier quarters alone."""
    summary, money = figures.summary, figures.summary.spending.overall
    return PlanFacts(
        figures.dataset.plan,
        units=len(figures.asked_units),
        returned=len(figures.asked_units) - len(figures.missing_units),
        projects=summary.total,
        reported=summary.reported,
        completed=summary.in_stage(c.COMPLETED),
        late=summary.on_schedule(c.LATE),
        budget=money.budget,
        disbursed=money.disbursed,
        disbursed_percent=money.disbursed_percent,
        kpis=count_kpis(kpi.outcome for kpi in figures.kpis),
        unstated=summary.spending.unstated,
        coverage=summary.coverage,
        missing=tuple(unit.source.unit.name for unit in figures.missing_units),
        cancelled=summary.cancelled,
        completed_before=completed_before,
        have_spent=summary.have_spent,
        spent_before=summary.spent_before.disbursed,
    )


def plan_kpis(figures: PlanFigures) -> PlanKpis:
    return PlanKpis(figures.dataset.plan, tuple(map(_year_line, figures.kpis)))


def unit_results(plans: Sequence[PlanFigures], code: str) -> UnitResults:
    """What the unit ``code`` has done in all of ``plans``."""
    units = [unit for figures in plans for unit in figures.units if unit.source.unit.code == code]
    return UnitResults(
        tuple(_projects(project for unit in units for project in unit.projects)),
        tuple(_kpi_line(kpi) for unit in units for kpi in unit.kpis),
        any(unit.received for unit in units),
    )


def _projects(found: Iterable[ProjectFigures]) -> Iterable[ProjectLine]:
    return ({p.source.project.code: _project_line(p) for p in found}).values()


def _project_line(project: ProjectFigures) -> ProjectLine:
    known = project.money.disbursed_percent if project.money else None
    name = project.source.project.name
    source = project.source
    mending, came = source.state is AnswerState.WAITING, source.unit_came
    return ProjectLine(name, project.stage, project.schedule, project.planned, project.actual, known, mending, came)


def _kpi_line(kpi: KpiFigures) -> KpiLine:
    source = kpi.source
    return KpiLine(
        source.kpi.name,
        source.unit.short or source.unit.name,
        source.kpi.measure,
        kpi.target,
        kpi.result,
        kpi.percent,
        kpi.outcome,
        kpi.waived_because,
        kpi.quarterly,
    )


def _year_line(kpi: KpiFigures) -> KpiLine:
    """Against the year's target, and the last quarter's beside it where that is another."""
    annual = kpi.source.kpi.target
    last = kpi.target if kpi.quarterly and kpi.target != annual else None
    return replace(_kpi_line(kpi), target=annual, quarterly=None, last_quarter=last)
