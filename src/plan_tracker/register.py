"""The register: what is known of both plans before the first quarter (R1). Plain data, no files.

Names are Thai; ``…_en`` is what English pages call the same, blank where the register does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

Value = str | Decimal | date
DIVISION, AGENCY = "division", "agency"  # a unit's type


@dataclass(frozen=True, slots=True)
class Plan:
    """``code`` is ``ops`` or ``ministry``; ``name`` its full Thai name; ``owner`` whose plan it is."""

    code: str
    name: str
    owner: str
    name_en: str = ""
    owner_en: str = ""


class LifecycleState(StrEnum):
    """What has become of a unit, project or KPI. Only an active one is asked to report."""

    ACTIVE = "active"
    CANCELLED = "cancelled"
    MOVED = "moved"  # to somebody who does not report here
    MERGED = "merged"  # into another one, which names it as a former code
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What happened to a code: which ones it goes on from, and its state with the day and the reason of that."""

    former_codes: tuple[str, ...] = ()
    state: LifecycleState = LifecycleState.ACTIVE
    since: date | None = None
    reason: str = ""

    @property
    def is_active(self) -> bool:
        return self.state is LifecycleState.ACTIVE

    @property
    def is_over(self) -> bool:
        """Whether it is over without going on elsewhere: the reports of its year still have it, as cancelled."""
        return self.state in (LifecycleState.CANCELLED, LifecycleState.ENDED)


NEW = Lifecycle()


class Computation(StrEnum):
    """What of a KPI follows from projects' answers, so that it can be worked out: of all the plan's, or of the unit's.

    ``disbursed`` and ``investment``: per cent of the budget that is disbursed, of both kinds or of investment alone;
    ``completed``: how many projects are; ``completed-share``: per cent of the projects.
    """

    DISBURSED_PLAN = "disbursed-plan"
    DISBURSED_UNIT = "disbursed-unit"
    INVESTMENT_PLAN = "investment-plan"
    INVESTMENT_UNIT = "investment-unit"
    COMPLETED_PLAN = "completed-plan"
    COMPLETED_UNIT = "completed-unit"
    COMPLETED_SHARE_PLAN = "completed-share-plan"
    COMPLETED_SHARE_UNIT = "completed-share-unit"

    @property
    def of_unit(self) -> bool:
        """Whether of the projects of the KPI's own unit alone."""
        return self.endswith("-unit")

    @property
    def of_money(self) -> bool:
        return self.startswith(("disbursed", "investment"))

    @property
    def of_investment(self) -> bool:
        return self.startswith("investment")

    @property
    def is_share(self) -> bool:
        """Whether it is a per cent."""
        return self.of_money or self.startswith("completed-share")


@dataclass(frozen=True, slots=True)
class Unit:
    """A division of the Office or another agency, as ``unit_type`` says. ``letter_type``: ``memo`` or ``external``."""

    code: str
    name: str
    short: str
    letter_type: str
    addressee: str
    email: str = ""
    unit_type: str = AGENCY
    lifecycle: Lifecycle = NEW
    name_en: str = ""
    short_en: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """``known`` maps form field keys (``f9.recurrent.act_budget``) to what the register says of them."""

    code: str
    name: str
    plans: tuple[str, ...]
    unit: str
    known: Mapping[str, Value] = field(default_factory=dict)
    lifecycle: Lifecycle = NEW
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """A plan-level KPI. ``targets`` holds this year's quarterly targets by quarter number, where set.

    ``computed``: what its result follows from, None where plantrack can't know it.
    """

    code: str
    name: str
    plan: str
    unit: str
    measure: str
    direction: str
    target: Decimal | str
    targets: Mapping[int, Decimal | str] = field(default_factory=dict)
    lifecycle: Lifecycle = NEW
    computed: Computation | None = None
    name_en: str = ""
    measure_en: str = ""


@dataclass(frozen=True)
class Register:
    """One load of the register workbook. ``version`` counts the loads from 1."""

    fiscal_year: int
    plans: tuple[Plan, ...]
    units: tuple[Unit, ...]
    projects: tuple[Project, ...]
    kpis: tuple[Kpi, ...]
    version: int = 0

    @cached_property
    def unit_by_code(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.units}

    @cached_property
    def plan_by_code(self) -> dict[str, Plan]:
        return {plan.code: plan for plan in self.plans}

    @cached_property
    def project_by_code(self) -> dict[str, Project]:
        return {project.code: project for project in self.projects}

    @cached_property
    def kpi_by_code(self) -> dict[str, Kpi]:
        return {kpi.code: kpi for kpi in self.kpis}

    @cached_property
    def projects_by_unit(self) -> dict[str, list[Project]]:
        """The active projects of each unit: what it is asked to report on."""
        found: dict[str, list[Project]] = {}
        for project in self.projects:
            if project.lifecycle.is_active:
                found.setdefault(project.unit, []).append(project)
        return found

    @cached_property
    def kpis_by_unit(self) -> dict[str, list[Kpi]]:
        """The active KPIs of each unit."""
        found: dict[str, list[Kpi]] = {}
        for kpi in self.kpis:
            if kpi.lifecycle.is_active:
                found.setdefault(kpi.unit, []).append(kpi)
        return found

    @cached_property
    def over(self) -> dict[str, Lifecycle]:
        """What has become of the projects and KPIs that are over, by code: they are asked for nothing."""
        rows: tuple[Project | Kpi, ...] = (*self.projects, *self.kpis)
        return {row.code: row.lifecycle for row in rows if row.lifecycle.is_over}

    def reporting_units(self) -> list[Unit]:
        """The units that get a form: those with an active project or KPI, in the register's order."""
        return [u for u in self.units if u.code in self.projects_by_unit or u.code in self.kpis_by_unit]
