"""The open data: its tables, and their columns, an entry for each, so that a column more is an entry more.

Values are texts and exact numbers, rounded as in the report; what is words in place of a number stands in a column of
its own. Personal answers are not among the columns. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from plan_tracker.analysis.figures import Summary
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents.report import terms
from plan_tracker.documents.tables import Cell, Column, Shape, Table
from plan_tracker.fiscal import half_up, stated_percent
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI, Message
from plan_tracker.publication.opendata.table_rows import (
    DataRow,
    KpiRow,
    MoneyRow,
    PlanRow,
    ProblemRow,
    ProjectRow,
    SumRow,
    UnitRow,
    UnitsRow,
    kpi_rows,
    problem_rows,
    project_rows,
    unit_rows,
)


def build_tables(reports: Sequence[ReportFigures]) -> list[Table[Any]]:
    """Plans, units, projects, KPIs and problems of ``reports``, one per plan, all of one period."""
    return [
        Table("plans", Message("table", "The plans as a whole"), PLANS, [*map(PlanRow, reports)], identity=("plan",)),
        Table("units", Message("table", "Units"), UNITS, unit_rows(reports), identity=("plan", "unit_code")),
        Table("projects", Message("table", "Projects"), PROJECTS, project_rows(reports), identity=("project_code",)),
        Table("kpis", Message("table", "KPIs"), KPIS, kpi_rows(reports), identity=("kpi_code",)),
        Table("problems", Message("table", "Problems and recommendations"), PROBLEMS, problem_rows(reports)),
    ]


def _counted(summary: Summary, number: int) -> int | None:
    """``number`` of the reported projects; None where nothing came back."""
    return number if summary.reported else None


def _number(value: object) -> Cell:
    return value if isinstance(value, Decimal) else None


def _words(value: object) -> Cell:
    return value if isinstance(value, str) else None


# Every row

_WHEN: tuple[Column[DataRow], ...] = (
    Column(
        "fiscal_year", Message("column", "Fiscal year (B.E.)"), lambda row: row.report.period.fiscal_year, Shape.WHOLE
    ),
    Column(
        "period",
        Message("column", "Period"),
        lambda row: row.report.period.name,
        Shape.CODE,
        about=Message("column", "q1 to q4 for the quarters, year-end for the year as a whole"),
    ),
)
_PLAN: Column[DataRow] = Column(
    "plan", Message("column", "Plan"), lambda row: row.report.now.dataset.plan.code, Shape.CODE
)
_UNIT: tuple[Column[UnitsRow], ...] = (
    Column("unit_code", Message("column", "Unit code"), lambda row: row.unit.code, Shape.CODE),
    Column("unit_name", Message("column", "Unit"), lambda row: row.unit.name),
)
_AMOUNTS: tuple[Column[MoneyRow], ...] = (
    Column(
        "budget_baht",
        Message("column", "Budget after transfers (baht)"),
        lambda row: half_up(row.money.budget) if row.money else None,
        Shape.MONEY,
        about=Message(
            "column", "Of this fiscal year; blank where it is not known or not stated in full, 0 where 0 is stated"
        ),
    ),
    Column(
        "committed_baht",
        Message("column", "Committed, not yet paid (baht)"),
        lambda row: half_up(row.money.committed) if row.money else None,
        Shape.MONEY,
    ),
    Column(
        "disbursed_baht",
        Message("column", "Disbursed to date (baht)"),
        lambda row: half_up(row.money.disbursed) if row.money else None,
        Shape.MONEY,
    ),
    Column(
        "disbursed_percent",
        Message("column", "Disbursed (per cent)"),
        lambda row: stated_percent(row.money.disbursed_percent) if row.money else None,
        Shape.PERCENT,
        about=Message("column", "Of the budget after transfers, from unrounded sums; blank where there is no budget"),
    ),
)

# Plans and units

_SUMS: tuple[Column[SumRow], ...] = (
    Column("projects", Message("column", "Projects"), lambda row: row.summary.total, Shape.WHOLE),
    Column(
        "reported",
        Message("column", "Reported"),
        lambda row: row.summary.reported,
        Shape.WHOLE,
        about=Message(
            "column", "Projects of which a usable report has come; all counts and sums after it are of these"
        ),
    ),
    Column(
        "completed",
        Message("column", "Completed"),
        lambda row: _counted(row.summary, row.summary.in_stage(c.COMPLETED)),
        Shape.WHOLE,
    ),
    Column(
        "late",
        Message("column", "Behind plan"),
        lambda row: _counted(row.summary, row.summary.on_schedule(c.LATE)),
        Shape.WHOLE,
    ),
    Column(
        "planned_percent",
        Message("column", "Mean planned progress (per cent)"),
        lambda row: stated_percent(row.summary.planned),
        Shape.PERCENT,
    ),
    Column(
        "progress_percent",
        Message("column", "Mean progress (per cent)"),
        lambda row: stated_percent(row.summary.actual),
        Shape.PERCENT,
    ),
    *_AMOUNTS,
)
UNITS: tuple[Column[UnitRow], ...] = (*_WHEN, _PLAN, *_UNIT, *_SUMS)
PLANS: tuple[Column[PlanRow], ...] = (
    *_WHEN,
    _PLAN,
    Column(
        "plan_name", Message("column", "Name of the plan"), lambda row: row.report.now.dataset.plan.name, Shape.LONG
    ),
    *_SUMS,
)

# Projects

PROJECTS: tuple[Column[ProjectRow], ...] = (
    *_WHEN,
    Column("project_code", Message("column", "Project code"), lambda row: row.found.code, Shape.CODE),
    Column("project_name", Message("column", "Project"), lambda row: row.found.source.project.name, Shape.LONG),
    Column(
        "plans",
        Message("column", "Plans"),
        lambda row: " ".join(row.plans),
        Shape.CODE,
        about=Message("column", "Codes of all the plans that have the project, a blank between them"),
    ),
    *_UNIT,
    Column(
        "sources",
        Message("column", "Sources of money"),
        lambda row: "; ".join(filter(None, (row.text(f"f3.source[{i}]") for i in (1, 2, 3)))),
    ),
    Column(
        "stage",
        Message("column", "Stage"),
        lambda row: terms.stage_of(row.found, THAI),
    ),
    Column("schedule", Message("column", "Against the plan"), lambda row: row.found.schedule),
    Column(
        "cancelled",
        Message("column", "Cancelled"),
        lambda row: terms.cancelled(row.found.source.cancelled, THAI),
        Shape.LONG,
        about=Message("column", "Of a project that is not asked for reports any more: since when, and why"),
    ),
    Column(
        "planned_percent",
        Message("column", "Planned, cumulative (per cent)"),
        lambda row: stated_percent(row.found.planned),
        Shape.PERCENT,
        about=Message("column", "What the plan has the whole project be at by the end of the quarter"),
    ),
    Column(
        "own_planned_percent",
        Message("column", "Planned by the unit itself (per cent)"),
        lambda row: stated_percent(row.found.own.planned),
        Shape.PERCENT,
        about=Message("column", "Where the unit says something else than the approved plan"),
    ),
    Column(
        "progress_percent",
        Message("column", "Progress, cumulative (per cent)"),
        lambda row: stated_percent(row.found.actual),
        Shape.PERCENT,
        about=Message("column", "Of the whole project, by the end of the quarter"),
    ),
    *_AMOUNTS,
    Column(
        "result_quarter",
        Message("column", "Result of the quarter"),
        lambda row: row.text("f11.result_quarter"),
        Shape.LONG,
    ),
    Column(
        "result_cumulative",
        Message("column", "Result to date"),
        lambda row: row.text("f11.result_cumulative"),
        Shape.LONG,
    ),
    Column("benefits", Message("column", "Benefits and outcomes"), lambda row: row.found.benefits, Shape.LONG),
    Column("next_steps", Message("column", "Next steps"), lambda row: row.found.next_steps, Shape.LONG),
    Column(
        "waived_because",
        Message("column", "Reason of the waiver"),
        lambda row: row.found.waived_because,
        Shape.LONG,
        about=Message("column", "Why an officer took the return as it is"),
    ),
)

# KPIs

KPIS: tuple[Column[KpiRow], ...] = (
    *_WHEN,
    _PLAN,
    Column("kpi_code", Message("column", "KPI code"), lambda row: row.found.source.kpi.code, Shape.CODE),
    Column("kpi_name", Message("column", "KPI"), lambda row: row.found.source.kpi.name, Shape.LONG),
    *_UNIT,
    Column("measure", Message("column", "Unit of measure"), lambda row: row.found.source.kpi.measure),
    Column("direction", Message("column", "Direction"), lambda row: row.found.source.kpi.direction),
    Column(
        "target",
        Message("column", "Target of the year"),
        lambda row: _number(row.found.source.kpi.target),
        Shape.NUMBER,
    ),
    Column(
        "target_text",
        Message("column", "Target of the year, in words"),
        lambda row: _words(row.found.source.kpi.target),
    ),
    Column(
        "quarter_target",
        Message("column", "Target of the quarter"),
        lambda row: _number(row.found.target) if row.found.quarterly else None,
        Shape.NUMBER,
    ),
    Column(
        "quarter_target_text",
        Message("column", "Target of the quarter, in words"),
        lambda row: _words(row.found.target) if row.found.quarterly else None,
    ),
    Column("result", Message("column", "Result"), lambda row: _number(row.found.result), Shape.NUMBER),
    Column("result_text", Message("column", "Result, in words"), lambda row: _words(row.found.result), Shape.LONG),
    Column(
        "achievement_percent",
        Message("column", "Achievement (per cent)"),
        lambda row: stated_percent(row.found.percent),
        Shape.PERCENT,
        about=Message("column", "Result ÷ target × 100, by the quarter's target where there is one, else the year's"),
    ),
    Column(
        "outcome",
        Message("column", "Against the target"),
        lambda row: terms.outcome_of(row.found.outcome, row.found.percent, row.report.period),
    ),
    Column("details", Message("column", "What was done"), lambda row: row.details, Shape.LONG),
    Column(
        "cancelled",
        Message("column", "Cancelled"),
        lambda row: terms.cancelled(row.found.source.cancelled, THAI),
        Shape.LONG,
        about=Message("column", "Of a KPI that is not asked for reports any more: since when, and why"),
    ),
)

# Problems

PROBLEMS: tuple[Column[ProblemRow], ...] = (
    *_WHEN,
    _PLAN,
    Column("project_code", Message("column", "Project code"), lambda row: row.told.project.code, Shape.CODE),
    Column("project_name", Message("column", "Project"), lambda row: row.told.project.source.project.name, Shape.LONG),
    *_UNIT,
    Column("problem", Message("column", "Problem"), lambda row: row.told.history.problem.problem, Shape.LONG),
    Column("cause", Message("column", "Cause"), lambda row: row.told.history.problem.cause, Shape.LONG),
    Column(
        "recommendation",
        Message("column", "Recommendation"),
        lambda row: row.told.history.problem.recommendation,
        Shape.LONG,
    ),
    Column("standing", Message("column", "Where it stands"), lambda row: row.standing),
    Column(
        "since",
        Message("column", "First told"),
        lambda row: row.told.history.first.name,
        Shape.CODE,
        about=Message("column", "The first quarter whose report states the problem"),
    ),
)
