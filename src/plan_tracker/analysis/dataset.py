"""What a report is made from: one plan in one quarter, every project and KPI of the register with its return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plan_tracker.fiscal import Period
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


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """A unit and its newest clean return; ``source`` is None where there is none."""

    unit: Unit
    state: State
    source: Source | None


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
