"""What a report is made from: one plan in one quarter, every project and KPI of the register with its return.

``PlanYear`` strings the quarters of a fiscal year together, as far as the report's period goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.versions import CURRENT, FormVersion
from plan_tracker.register import Kpi, Plan, Project, Unit
from plan_tracker.values import Entry


class State(StrEnum):
    """Where a unit's return for the quarter stands."""

    NONE = "none"  # no form issued
    ISSUED = "issued"  # nothing usable has come back
    INCOMPLETE = "incomplete"  # came back, not clean
    ACCEPTED = "accepted"
    WAIVED = "waived"  # taken as it is, by an officer's recorded decision

    @property
    def counts(self) -> bool:
        """Whether the return's figures go into reports."""
        return self in (State.ACCEPTED, State.WAIVED)


@dataclass(frozen=True, slots=True)
class Source:
    """The return that figures come from: unit's version, the file as dropped, and its bytes' SHA-256."""

    version: int
    file: str
    sha256: str
    waived_because: str = ""
    received: date | None = None
    return_id: int = 0
    original: str = ""  # the kept file, by its path in the workspace
    form: FormVersion = CURRENT  # what was asked


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """A unit and its newest clean return; ``source`` is None where there is none.

    ``days_late`` counts from the due day to the unit's first clean return, else to the day that the data was taken, or
    that returns were closed.
    """

    unit: Unit
    state: State
    source: Source | None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """A project of the plan. ``entry`` (Form 1 answers by field key) is None where nothing clean came back."""

    project: Project
    unit: Unit
    entry: Entry | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class KpiResult:
    """A KPI of the plan. ``entry`` (Form 2 answers: ``k.result`` …) is None where nothing clean came back."""

    kpi: Kpi
    unit: Unit
    entry: Entry | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """One plan in one quarter. ``data_date`` is the day of the newest return in it ("ข้อมูล ณ วันที่")."""

    period: Period
    plan: Plan
    data_date: date
    units: tuple[UnitReturn, ...]
    projects: tuple[ProjectResult, ...]
    kpis: tuple[KpiResult, ...]
    register_version: int = 0


@dataclass(frozen=True, slots=True)
class PlanYear:
    """One plan in a fiscal year as far as ``period`` goes: a dataset per quarter, the first quarter first.

    A quarterly report's last dataset is its own quarter's, the year-end's is that of Q4. Each is as its own forms
    asked and its own newest clean returns said; a quarter with no forms or returns is there too, its projects
    without entries.
    """

    period: Period
    quarters: tuple[Dataset, ...]

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
