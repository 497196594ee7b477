"""The columns of the master workbook: an entry for each, so that a column more is an entry more.

What people use first comes first; details of the form and where a row comes from follow. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from plan_tracker.analysis.basis.returns import State
from plan_tracker.documents import shared_columns as common
from plan_tracker.documents.report.rows.plan_changes import approval_of, plan_field_name, plan_value
from plan_tracker.documents.tables import Cell, Column, ColumnType
from plan_tracker.documents.workbooks.answer_columns import (
    block_answers,
    cells_of,
    kpi_answers,
    single_answers,
    unread_of,
)
from plan_tracker.documents.workbooks.master_rows import (
    AnsweredRow,
    MasterKpiRow,
    MasterProjectRow,
    MasterRow,
    PlanChangeRow,
    ReturnRow,
)
from plan_tracker.forms.definition.spec import Block
from plan_tracker.i18n import THAI, Message
from plan_tracker.rounding import stated_percent

R = TypeVar("R", bound=MasterRow)
A = TypeVar("A", bound=AnsweredRow)
Columns = tuple[Column[R], ...]
STATES: Mapping[State, Message] = {
    State.NONE: Message("state of a return", "No form issued"),
    State.ISSUED: Message("state of a return", "Not received"),
    State.INCOMPLETE: Message("state of a return", "Being corrected"),
    State.ACCEPTED: Message("state of a return", "Complete"),
    State.WAIVED: Message("state of a return", "Accepted by waiver"),
}
_COUNTED, _LEFT_OUT = Message("in totals", "Counted"), Message("in totals", "Left out")
BLOCKS: Mapping[str, tuple[str, Message]] = {
    "f5.outputs": ("outputs", Message("table", "Outputs")),
    "f7.indicators": ("indicators", Message("table", "Indicators of the projects")),
    "f8.activities": ("activities", Message("table", "Activities")),
    "f9.money": ("money", Message("table", "Budget")),
    "f13.problems": ("problems", Message("table", "Problems and recommendations")),
}


def _in_totals(row: MasterProjectRow) -> Cell:
    """Whether the report's sums of money have the project in them; blank where no return came this year."""
    if not row.found.source.money_told:
        return None
    return THAI.of(_LEFT_OUT if row.found.money is None else _COUNTED)


def _details(*columns: Column[R]) -> Columns[R]:
    return tuple(replace(column, is_detail=True) for column in columns)


# Every row

_QUARTER: Column[MasterRow] = Column(
    "quarter", Message("column", "Quarter"), lambda row: row.period.quarter, ColumnType.WHOLE, width=8
)
_UNIT = common.UNIT_NAME
_STATE: Column[MasterRow] = Column(
    "state",
    Message("column", "State of the return"),
    lambda row: THAI.of(STATES[row.state]),
    width=15,
)
_WHOSE: Columns[MasterRow] = _details(
    common.UNIT_CODE,
    common.FISCAL_YEAR,
)
_FILE: Columns[MasterRow] = _details(
    Column(
        "waived_because",
        Message("column", "Reason of the waiver"),
        lambda row: row.source.waived_because if row.source else None,
        about=Message("column", "Why an officer took the return as it is"),
    ),
    Column(
        "version",
        Message("column", "Version"),
        lambda row: row.source.version if row.source else None,
        ColumnType.WHOLE,
    ),
    Column("file", Message("column", "Returned file"), lambda row: row.source.file if row.source else None),
    Column("sha256", Message("column", "SHA-256 of the file"), lambda row: row.source.sha256 if row.source else None),
)


def _traced(*columns: Column[A]) -> Columns[A]:
    """``columns``, and where a row's answers stand: file, sheet, and a cell for each."""
    origin: Columns[AnsweredRow] = _details(
        Column("sheet", Message("column", "Sheet in the file"), lambda row: row.entry.sheet if row.entry else None),
        Column(
            "cells",
            Message("column", "Cells in the file"),
            cells_of(columns),
            ColumnType.LONG,
            about=Message("column", "The key of each answer's column, and the cell that it was read from"),
        ),
        Column(
            "unread",
            Message("column", "Answers that can't be read"),
            unread_of(columns),
            ColumnType.LONG,
            about=Message("column", "What a return that was taken as it is says in place of a number, date or choice"),
        ),
    )
    return (*columns, *_WHOSE, *_FILE, *origin)


# Projects

_PROJECT: Columns[MasterProjectRow] = (
    _QUARTER,
    common.PROJECT_CODE,
    common.PROJECT_NAME,
)
_PLANS: Column[MasterProjectRow] = Column(
    "plans", Message("column", "Plans"), lambda row: " ".join(row.found.source.project.plans), width=11
)
_COUNTS: Column[MasterProjectRow] = Column(
    "in_totals",
    Message("column", "In the report's totals"),
    _in_totals,
    ColumnType.CODE,
    about=Message(
        "column",
        "Projects whose disbursement is not stated in full, or wrongly, are in none of the report's sums of money",
    ),
)
_SINGLE = {column.key: column for column in single_answers(BLOCKS)}
_WIDTHS = {"f14.stage": 16.0, "f14.schedule": 13.0, "f14.progress_percent": 10.0}
_TOLD_STAGE, _SCHEDULE, _PROGRESS = (replace(_SINGLE[key], width=width) for key, width in _WIDTHS.items())
_STAGE: Column[MasterProjectRow] = Column(
    _TOLD_STAGE.key,
    _TOLD_STAGE.title,
    lambda row: row.found.stage if row.found.source.cancelled else _TOLD_STAGE.value(row),
    field=_TOLD_STAGE.field,
    width=_TOLD_STAGE.width,
)
PROJECTS: Columns[MasterProjectRow] = _traced(
    *_PROJECT,
    _UNIT,
    _PLANS,
    _STAGE,
    _SCHEDULE,
    common.PLANNED,
    common.OWN_PLANNED,
    _PROGRESS,
    Column(
        "behind_points",
        Message("column", "Behind the plan (points)"),
        lambda row: row.found.behind,
        ColumnType.PERCENT,
        about=Message("column", "Planned less actual; below 0 the project is ahead"),
    ),
    Column(
        "budget",
        Message("column", "Budget after transfers (baht)"),
        lambda row: row.money.budget if row.money else None,
        ColumnType.MONEY,
    ),
    Column(
        "disbursed",
        Message("column", "Disbursed to date (baht)"),
        lambda row: row.money.disbursed if row.money else None,
        ColumnType.MONEY,
    ),
    Column(
        "remaining",
        Message("column", "Remaining (baht)"),
        lambda row: row.money.remaining if row.money else None,
        ColumnType.MONEY,
    ),
    Column(
        "disbursed_percent",
        Message("column", "Disbursed (per cent)"),
        lambda row: stated_percent(row.money.disbursed_percent) if row.money else None,
        ColumnType.PERCENT,
    ),
    _STATE,
    *_details(
        Column(
            "committed",
            Message("column", "Committed, not yet paid (baht)"),
            lambda row: row.money.committed if row.money else None,
            ColumnType.MONEY,
        ),
        _COUNTS,
        common.CANCELLED,
        *(column for key, column in _SINGLE.items() if key not in _WIDTHS),
    ),
)


def block_columns(block: Block) -> Columns[MasterProjectRow]:
    """The columns of a table with a row for each filled row of ``block``."""
    project = [replace(column, width=60) if column.key == "project_name" else column for column in _PROJECT]
    answers = block_answers(block)
    return _traced(*project, *_which(block), *answers, *_MONEY.get(block.key, ()), _UNIT, *_details(_PLANS))


def _which(block: Block) -> Columns[MasterProjectRow]:
    """Which of the block's rows it is: its number, or the kind of expenditure."""
    if block.key in _MONEY:
        return (Column("row", Message("column", "Kind of expenditure"), lambda row: row.place, width=16),)
    return (Column("row", Message("column", "No."), lambda row: int(row.place), ColumnType.WHOLE, width=6),)


_MONEY: Mapping[str, Columns[MasterProjectRow]] = {
    "f9.money": (
        Column(
            "remaining",
            Message("column", "Remaining (baht)"),
            lambda row: row.kind.remaining if row.kind else None,
            ColumnType.MONEY,
        ),
        Column(
            "disbursed_percent",
            Message("column", "Disbursed (per cent)"),
            lambda row: stated_percent(row.kind.disbursed_percent) if row.kind else None,
            ColumnType.PERCENT,
        ),
        _COUNTS,
    )
}

# KPIs

_ANSWERS = {column.key: column for column in kpi_answers()}
_FIRST_ANSWERS = ("k.result", "k.result_text")
_KPI_DETAILS: Columns[MasterKpiRow] = _details(
    common.DIRECTION,
    common.TARGET_TEXT,
    Column(
        "target_quarter_text",
        Message("column", "Target of the quarter, in words"),
        lambda row: common.words_of(row.found.source.kpi.targets.get(row.period.quarter)),
    ),
    common.CANCELLED,
    *(column for key, column in _ANSWERS.items() if key not in _FIRST_ANSWERS),
)
KPIS: Columns[MasterKpiRow] = _traced(
    _QUARTER,
    common.KPI_CODE,
    common.KPI_NAME,
    _UNIT,
    Column("plan", Message("column", "Plan"), lambda row: row.found.source.kpi.plan, width=11),
    common.MEASURE,
    common.TARGET,
    Column(
        "target_quarter",
        Message("column", "Target of the quarter"),
        lambda row: common.number_of(row.found.source.kpi.targets.get(row.period.quarter)),
        ColumnType.NUMBER,
    ),
    _ANSWERS["k.result"],
    replace(_ANSWERS["k.result_text"], width=16),
    common.ACHIEVEMENT,
    common.OUTCOME,
    common.COMPUTED,
    common.DIFFERENCE,
    _STATE,
    *_KPI_DETAILS,
)


# Changes of plan

PLAN_CHANGES: Columns[PlanChangeRow] = (
    _QUARTER,
    Column(
        "project_code",
        Message("column", "Project code"),
        lambda row: row.found.project.project.code,
        ColumnType.CODE,
        width=10,
    ),
    Column(
        "project_name",
        Message("column", "Project"),
        lambda row: row.found.project.project.name,
        ColumnType.LONG,
        width=38,
    ),
    _UNIT,
    Column("what", Message("column", "What changed"), lambda row: plan_field_name(row.found.field, THAI), width=36),
    Column(
        "before",
        Message("column", "Before"),
        lambda row: plan_value(row.found.field, row.found.before, THAI),
        about=Message("column", "What was approved before"),
    ),
    Column("after", Message("column", "After"), lambda row: plan_value(row.found.field, row.found.after, THAI)),
    Column(
        "reason",
        Message("column", "Reason"),
        lambda row: row.found.reason or None,
        ColumnType.LONG,
        about=Message("column", "What the unit says in the note of the field"),
    ),
    Column("approval", Message("column", "Approval"), lambda row: approval_of(row.found.approval, THAI), width=36),
    Column("field", Message("column", "Field"), lambda row: row.found.field, ColumnType.CODE, is_detail=True),
    *_WHOSE,
)

# Returns

RETURNS: Columns[ReturnRow] = (
    _QUARTER,
    replace(_UNIT, width=44),
    _STATE,
    Column("days_late", Message("column", "Late (days)"), lambda row: row.found.days_late, ColumnType.WHOLE),
    Column(
        "received",
        Message("column", "Received"),
        lambda row: row.source.received if row.source else None,
        ColumnType.DATE,
        about=Message("column", "The day of the return that counts"),
    ),
    *(replace(column, is_detail=False) for column in _FILE if column.key in ("version", "waived_because", "file")),
    *_WHOSE,
    *(column for column in _FILE if column.key == "sha256"),
    Column(
        "original",
        Message("column", "Kept original"),
        lambda row: row.source.original if row.source else None,
        ColumnType.LONG,
        is_detail=True,
    ),
)
