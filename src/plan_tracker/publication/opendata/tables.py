"""The open data: its tables, and their columns, an entry for each, so that a column more is an entry more.

Values are texts and exact numbers, rounded as in the report; what is words in place of a number stands in a column of
its own. Personal answers are not among the columns. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from plan_tracker.analysis.figures.plans import Summary
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import shared_columns as common
from plan_tracker.documents.report import terms
from plan_tracker.documents.tables import Column, ColumnType, Table
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
from plan_tracker.rounding import half_up, stated_percent


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


# Every row

_WHEN: tuple[Column[DataRow], ...] = (
    common.FISCAL_YEAR,
    Column(
        "period",
        Message("column", "Period"),
        lambda row: row.period.name,
        ColumnType.CODE,
        about=Message("column", "q1 to q4 for the quarters, year-end for the year as a whole"),
    ),
)
_PLAN: Column[DataRow] = Column(
    "plan", Message("column", "Plan"), lambda row: row.report.now.dataset.plan.code, ColumnType.CODE
)
_UNIT: tuple[Column[UnitsRow], ...] = (common.UNIT_CODE, common.UNIT_NAME)
_AMOUNTS: tuple[Column[MoneyRow], ...] = (
    Column(
        "budget_baht",
        Message("column", "Budget after transfers (baht)"),
        lambda row: half_up(row.money.budget) if row.money else None,
        ColumnType.MONEY,
        about=Message(
            "column", "Of this fiscal year; blank where it is not known or not stated in full, 0 where 0 is stated"
        ),
    ),
    Column(
        "committed_baht",
        Message("column", "Committed, not yet paid (baht)"),
        lambda row: half_up(row.money.committed) if row.money else None,
        ColumnType.MONEY,
    ),
    Column(
        "disbursed_baht",
        Message("column", "Disbursed to date (baht)"),
        lambda row: half_up(row.money.disbursed) if row.money else None,
        ColumnType.MONEY,
    ),
    Column(
        "disbursed_percent",
        Message("column", "Disbursed (per cent)"),
        lambda row: stated_percent(row.money.disbursed_percent) if row.money else None,
        ColumnType.PERCENT,
        about=Message("column", "Of the budget after transfers, from unrounded sums; blank where there is no budget"),
    ),
)

# Plans and units

_SUMS: tuple[Column[SumRow], ...] = (
    Column("projects", Message("column", "Projects"), lambda row: row.summary.total, ColumnType.WHOLE),
    Column(
        "reported",
        Message("column", "Reported"),
        lambda row: row.summary.reported,
        ColumnType.WHOLE,
        about=Message(
            "column", "Projects of which a usable report has come; all counts and sums after it are of these"
        ),
    ),
    Column(
        "completed",
        Message("column", "Completed"),
        lambda row: _counted(row.summary, row.summary.in_stage(c.COMPLETED)),
        ColumnType.WHOLE,
    ),
    Column(
        "late",
        Message("column", "Behind plan"),
        lambda row: _counted(row.summary, row.summary.on_schedule(c.LATE)),
        ColumnType.WHOLE,
    ),
    Column(
        "planned_percent",
        Message("column", "Mean planned progress (per cent)"),
        lambda row: stated_percent(row.summary.planned),
        ColumnType.PERCENT,
    ),
    Column(
        "progress_percent",
        Message("column", "Mean progress (per cent)"),
        lambda row: stated_percent(row.summary.actual),
        ColumnType.PERCENT,
    ),
    *_AMOUNTS,
)
UNITS: tuple[Column[UnitRow], ...] = (*_WHEN, _PLAN, *_UNIT, *_SUMS)
PLANS: tuple[Column[PlanRow], ...] = (
    *_WHEN,
    _PLAN,
    Column(
        "plan_name",
        Message("column", "Name of the plan"),
        lambda row: row.report.now.dataset.plan.name,
        ColumnType.LONG,
    ),
    *_SUMS,
)

# Projects

PROJECTS: tuple[Column[ProjectRow], ...] = (
    *_WHEN,
    common.PROJECT_CODE,
    common.PROJECT_NAME,
    Column(
        "plans",
        Message("column", "Plans"),
        lambda row: " ".join(row.plans),
        ColumnType.CODE,
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
    common.CANCELLED,
    replace(common.PLANNED, value=lambda row: stated_percent(row.found.planned)),
    replace(common.OWN_PLANNED, value=lambda row: stated_percent(row.found.own.planned)),
    Column(
        "progress_percent",
        Message("column", "Progress, cumulative (per cent)"),
        lambda row: stated_percent(row.found.actual),
        ColumnType.PERCENT,
        about=Message("column", "Of the whole project, by the end of the quarter"),
    ),
    *_AMOUNTS,
    Column(
        "result_quarter",
        Message("column", "Result of the quarter"),
        lambda row: row.text("f11.result_quarter"),
        ColumnType.LONG,
    ),
    Column(
        "result_cumulative",
        Message("column", "Result to date"),
        lambda row: row.text("f11.result_cumulative"),
        ColumnType.LONG,
    ),
    Column("benefits", Message("column", "Benefits and outcomes"), lambda row: row.found.benefits, ColumnType.LONG),
    Column("next_steps", Message("column", "Next steps"), lambda row: row.found.next_steps, ColumnType.LONG),
    Column(
        "waived_because",
        Message("column", "Reason of the waiver"),
        lambda row: row.found.waived_because,
        ColumnType.LONG,
        about=Message("column", "Why an officer took the return as it is"),
    ),
)

# KPIs

KPIS: tuple[Column[KpiRow], ...] = (
    *_WHEN,
    _PLAN,
    common.KPI_CODE,
    common.KPI_NAME,
    *_UNIT,
    common.MEASURE,
    common.DIRECTION,
    common.TARGET,
    common.TARGET_TEXT,
    Column(
        "quarter_target",
        Message("column", "Target of the quarter"),
        lambda row: common.number_of(row.found.target) if row.found.quarterly else None,
        ColumnType.NUMBER,
    ),
    Column(
        "quarter_target_text",
        Message("column", "Target of the quarter, in words"),
        lambda row: common.words_of(row.found.target) if row.found.quarterly else None,
    ),
    Column("result", Message("column", "Result"), lambda row: common.number_of(row.found.result), ColumnType.NUMBER),
    Column(
        "result_text",
        Message("column", "Result, in words"),
        lambda row: common.words_of(row.found.result),
        ColumnType.LONG,
    ),
    common.ACHIEVEMENT,
    common.OUTCOME,
    common.COMPUTED,
    common.DIFFERENCE,
    Column("details", Message("column", "What was done"), lambda row: row.details, ColumnType.LONG),
    common.CANCELLED,
)

# Problems

PROBLEMS: tuple[Column[ProblemRow], ...] = (
    *_WHEN,
    _PLAN,
    Column("project_code", Message("column", "Project code"), lambda row: row.told.project.code, ColumnType.CODE),
    Column(
        "project_name", Message("column", "Project"), lambda row: row.told.project.source.project.name, ColumnType.LONG
    ),
    *_UNIT,
    Column("problem", Message("column", "Problem"), lambda row: row.told.history.problem.problem, ColumnType.LONG),
    Column("cause", Message("column", "Cause"), lambda row: row.told.history.problem.cause, ColumnType.LONG),
    Column(
        "recommendation",
        Message("column", "Recommendation"),
        lambda row: row.told.history.problem.recommendation,
        ColumnType.LONG,
    ),
    Column("standing", Message("column", "Where it stands"), lambda row: row.standing),
    Column(
        "since",
        Message("column", "First told"),
        lambda row: row.told.history.first.name,
        ColumnType.CODE,
        about=Message("column", "The first quarter whose report states the problem"),
    ),
)
