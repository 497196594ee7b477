"""What a report is made from: one plan in one quarter, every project and KPI of the register with its answer.

``PlanYear`` strings the quarters of a fiscal year together, as far as the report's period goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plan_tracker.analysis.basis.approved_plan import ApprovedPlan
from plan_tracker.analysis.basis.returns import AnswerState, State
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.versions import CURRENT, FormVersion
from plan_tracker.lineage import NOTHING_RENAMED, Lineage
from plan_tracker.register import Kpi, Lifecycle, Plan, Project, Unit
from plan_tracker.values import Entry


@dataclass(frozen=True, slots=True)
class Source:
    """The return that an answer comes from: unit's version, the file as dropped, and its bytes' SHA-256."""

    version: int
    file: str
    sha256: str
    waived_because: str = ""
    received: date | None = None
    return_id: int = 0
    original: str = ""  # the kept file, by its path in the workspace
    form: FormVersion = CURRENT  # what was asked
    period: Period | None = None  # the quarter that it was for


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """A unit and the returns, by version, that its answers in the plan came in; none where nothing counts.

    ``state`` is that of all that the unit was asked for, in whatever plan. ``days_late`` counts from the due day until
    all of that counted, else to the day that the data was taken, or that returns were closed. Not ``asked`` is a unit
    all of whose projects and KPIs have been cancelled: there is no return to wait for. ``entry`` holds what the unit
    was asked of itself; it is never published.
    """

    unit: Unit
    state: State
    sources: tuple[Source, ...] = ()
    days_late: int = 0
    asked: bool = True
    entry: Entry | None = None

    @property
    def waived_because(self) -> str:
        """Why answers of it were taken as they are, each reason once; blank where none was."""
        return " · ".join(dict.fromkeys(source.waived_because for source in self.sources if source.waived_because))


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """An answer that a project's money is known from: of one that is over the last of the year, or of what it took in.

    ``code``: what it went under then; ``unit``: whose answer it is, where that isn't the project's of now. ``entry`` of
    one that is over has the budget that the register says since, where it says another; that stands in no cell.
    """

    code: str
    entry: Entry
    source: Source
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """A project of the plan. ``entry`` (Form 1 answers by field key) and its ``source`` are None where nothing counts.

    ``waiting``: an answer came that does not count; ``unit_came``: other answers of its unit count in the plan;
    ``plan``: what is approved of it, empty on the record of a release that knew of none. ``last_told``: of one that has
    been cancelled, what its money of the year is known from. ``parts``: of one that took others in after its form had
    gone out, the answers that ``entry`` puts together, its own the first.
    """

    project: Project
    unit: Unit
    entry: Entry | None
    source: Source | None
    waiting: bool = False
    unit_came: bool = False
    plan: ApprovedPlan = ApprovedPlan()  # noqa: RUF009 immutable
    last_told: tuple[LastAnswer, ...] = ()
    parts: tuple[LastAnswer, ...] = ()

    @property
    def state(self) -> AnswerState:
        return _state(self.entry, self.source, waiting=self.waiting)

    @property
    def cancelled(self) -> Lifecycle | None:
        """Since when and why it is over, where the register says so and no answer was asked any more."""
        return _cancelled(self.project, self.entry)

    @property
    def money_told(self) -> tuple[LastAnswer, ...]:
        """The answers that its money of the year is known from: its own, or what was told before it was cancelled."""
        if self.entry is None or self.source is None:
            return self.last_told
        if self.parts:
            return self.parts
        return (LastAnswer(self.project.code, self.entry, self.source),)


@dataclass(frozen=True, slots=True)
class KpiResult:
    """A KPI of the plan; ``entry`` holds Form 2 answers (``k.result`` …), all else is as in ``ProjectResult``."""

    kpi: Kpi
    unit: Unit
    entry: Entry | None
    source: Source | None
    waiting: bool = False
    unit_came: bool = False

    @property
    def state(self) -> AnswerState:
        return _state(self.entry, self.source, waiting=self.waiting)

    @property
    def cancelled(self) -> Lifecycle | None:
        """As of a project."""
        return _cancelled(self.kpi, self.entry)


def _cancelled(owned: Project | Kpi, entry: Entry | None) -> Lifecycle | None:
    return owned.lifecycle if entry is None and owned.lifecycle.is_over else None


def _state(entry: Entry | None, source: Source | None, *, waiting: bool) -> AnswerState:
    if entry is None:
        return AnswerState.WAITING if waiting else AnswerState.MISSING
    return AnswerState.WAIVED if source and source.waived_because else AnswerState.CLEAN


@dataclass(frozen=True, slots=True)
class Dataset:
    """One plan in one quarter. ``data_date`` ("ข้อมูล ณ วันที่") is the day of the count.

    ``tells_on_way``: see ``QuarterSnapshot``.
    """

    period: Period
    plan: Plan
    data_date: date
    units: tuple[UnitReturn, ...]
    projects: tuple[ProjectResult, ...]
    kpis: tuple[KpiResult, ...]
    register_version: int = 0
    tells_on_way: bool = True


@dataclass(frozen=True, slots=True)
class PlanYear:
    """One plan in a fiscal year as far as ``period`` goes: a dataset per quarter, the first quarter first.

    A quarterly report's last dataset is its own quarter's, the year-end's is that of Q4. Each is as its own forms
    asked and its own newest clean answers said; a quarter with no forms or returns is there too, its projects
    without entries. ``entries`` are each quarter's answers of all projects, also of those that were in another plan
    then: a problem is as old in the one report as in the other. ``lineage``: what has gone under other codes, as the
    newest register of them says.
    """

    period: Period
    quarters: tuple[Dataset, ...]
    entries: Mapping[Period, Mapping[str, Entry]] = field(default_factory=dict)
    lineage: Lineage = NOTHING_RENAMED

    @property
    def current(self) -> Dataset:
        """The quarter whose figures count as the period's."""
        return self.quarters[-1]

    @property
    def plan(self) -> Plan:
        return self.current.plan

    @property
    def data_date(self) -> date:
        return self.current.data_date


def alone(dataset: Dataset) -> PlanYear:
    """A quarter by itself, without what went before."""
    return PlanYear(dataset.period, (dataset,))
