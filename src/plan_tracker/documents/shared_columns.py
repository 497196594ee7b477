"""Columns that the master workbook and the open data both have, an entry for each. Nothing is read or written.

What only one of them has stands in ``workbooks.master_columns`` or ``publication.opendata.tables``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from plan_tracker.analysis.figures.kpis import KpiFigures
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.documents.report import terms
from plan_tracker.documents.tables import Cell, Column, ColumnType
from plan_tracker.fiscal import Period
from plan_tracker.i18n import THAI, Message
from plan_tracker.register import Unit
from plan_tracker.rounding import half_up, stated_percent


class OfPeriod(Protocol):
    """A row of a quarter, or of the year-end."""

    @property
    def period(self) -> Period: ...


class OfUnit(Protocol):
    """A row of one unit."""

    @property
    def unit(self) -> Unit: ...


class OfProject(Protocol):
    """A row of one project."""

    @property
    def found(self) -> ProjectFigures: ...


class OfKpi(OfPeriod, Protocol):
    """A row of one KPI in a period."""

    @property
    def found(self) -> KpiFigures: ...


class OfEither(Protocol):
    """A row of a project or of a KPI."""

    @property
    def found(self) -> ProjectFigures | KpiFigures: ...


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value)


def number_of(value: object) -> Cell:
    """``value`` where it is a number; what is words stands in a column of its own."""
    return value if isinstance(value, Decimal) else None


def words_of(value: object) -> Cell:
    """``value`` where it is words."""
    return value if isinstance(value, str) else None


FISCAL_YEAR: Column[OfPeriod] = Column(
    "fiscal_year", Message("column", "Fiscal year (B.E.)"), lambda row: row.period.fiscal_year, ColumnType.WHOLE
)
UNIT_CODE: Column[OfUnit] = Column(
    "unit_code", Message("column", "Unit code"), lambda row: row.unit.code, ColumnType.CODE
)
UNIT_NAME: Column[OfUnit] = Column("unit_name", Message("column", "Unit"), lambda row: row.unit.name)

PROJECT_CODE: Column[OfProject] = Column(
    "project_code", Message("column", "Project code"), lambda row: row.found.code, ColumnType.CODE, width=10
)
PROJECT_NAME: Column[OfProject] = Column(
    "project_name", Message("column", "Project"), lambda row: row.found.source.project.name, ColumnType.LONG, width=38
)
CANCELLED: Column[OfEither] = Column(
    "cancelled",
    Message("column", "Cancelled"),
    lambda row: terms.cancelled(row.found.source.cancelled, THAI) or None,
    ColumnType.LONG,
    about=Message("column", "Of what is not asked for reports any more: since when, and why"),
)
PLANNED: Column[OfProject] = Column(
    "planned_percent",
    Message("column", "Planned, cumulative (per cent)"),
    lambda row: row.found.planned,
    ColumnType.PERCENT,
    about=Message("column", "What the plan has the whole project be at by the end of the quarter"),
)
OWN_PLANNED: Column[OfProject] = Column(
    "own_planned_percent",
    Message("column", "Planned by the unit itself (per cent)"),
    lambda row: row.found.own.planned,
    ColumnType.PERCENT,
    about=Message("column", "Where the unit says something else than the approved plan"),
)

KPI_CODE: Column[OfKpi] = Column(
    "kpi_code", Message("column", "KPI code"), lambda row: row.found.source.kpi.code, ColumnType.CODE, width=10
)
KPI_NAME: Column[OfKpi] = Column(
    "kpi_name", Message("column", "KPI"), lambda row: row.found.source.kpi.name, ColumnType.LONG, width=38
)
MEASURE: Column[OfKpi] = Column(
    "measure", Message("column", "Unit of measure"), lambda row: row.found.source.kpi.measure, width=12
)
DIRECTION: Column[OfKpi] = Column(
    "direction", Message("column", "Direction"), lambda row: row.found.source.kpi.direction
)
TARGET: Column[OfKpi] = Column(
    "target",
    Message("column", "Target of the year"),
    lambda row: number_of(row.found.source.kpi.target),
    ColumnType.NUMBER,
)
TARGET_TEXT: Column[OfKpi] = Column(
    "target_text",
    Message("column", "Target of the year, in words"),
    lambda row: words_of(row.found.source.kpi.target),
)
ACHIEVEMENT: Column[OfKpi] = Column(
    "achievement_percent",
    Message("column", "Achievement (per cent)"),
    lambda row: stated_percent(row.found.percent),
    ColumnType.PERCENT,
    about=Message("column", "Result ÷ target × 100, by the quarter's target where there is one, else the year's"),
)
COMPUTED: Column[OfKpi] = Column(
    "computed_result",
    Message("column", "Result worked out"),
    lambda row: _rounded(row.found.computed.value if row.found.computed else None),
    ColumnType.NUMBER,
    about=Message("column", "What follows from the projects' answers, where the register says that the KPI does"),
)
DIFFERENCE: Column[OfKpi] = Column(
    "result_difference",
    Message("column", "Result less what was worked out"),
    lambda row: _rounded(row.found.difference),
    ColumnType.NUMBER,
)
OUTCOME: Column[OfKpi] = Column(
    "outcome",
    Message("column", "Against the target"),
    lambda row: terms.outcome_of(row.found.outcome, row.found.percent, row.period),
    width=18,
)
