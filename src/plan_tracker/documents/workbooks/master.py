"""The master workbook: a period's totals and charts, then its merged data as tidy tables.

Each row names the file and the cells that it came from. ``master_columns`` says which columns there are; contact
persons are not among them. Nothing is read; one .xlsx is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from plan_tracker.analysis.basis.plan_changes import PlanChange
from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.config import Config
from plan_tracker.documents.tables import Table, dictionary_of
from plan_tracker.documents.workbooks import master_columns as columns
from plan_tracker.documents.workbooks.master_rows import (
    block_rows,
    kpi_rows,
    plan_change_rows,
    project_rows,
    return_rows,
)
from plan_tracker.documents.workbooks.overview import write_overview
from plan_tracker.documents.workbooks.sheets import Printed, new_book
from plan_tracker.fiscal import Period, long_date
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.i18n import THAI, Message

_IN_SIGHT = 3  # columns that stay when the sheet is moved sideways: when, and of what
_HOW = (
    Message(
        "about",
        "The first row of a sheet holds keys for programs, the second the headings to filter, sort and pivot by.",
    ),
    Message("about", "Columns behind the first ones are folded by the signs above them, and not printed."),
    Message("about", "Of a year the last quarter's rows stand first, and are printed alone."),
    Message(
        "about", "The data dictionary is a hidden sheet, so that it is not printed: right-click a sheet's name, Unhide."
    ),
    Message("about", "Amounts are in baht. Per cents are numbers from 0 to 100. Days are real days, shown in B.E."),
    Message(
        "about",
        "A blank cell is unknown, and not zero; what was stated as zero is 0. Units without a usable return have rows.",
    ),
    Message(
        "about",
        "A project whose disbursement is not stated in full, or wrongly, is in none of the report's totals: “ไม่รวม” in"
        " in_totals.",
    ),
    Message(
        "about", "A row ends with the returned file, its SHA-256, the sheet, and the cells that the answers came from."
    ),
)


def write_master(
    reports: Sequence[PlanFigures], period: Period, config: Config, path: Path, changes: Iterable[PlanChange] = ()
) -> None:
    """Writes ``path`` with what ``reports`` hold: each plan's figures, one for each of the period's quarters.

    ``changes``: the plans' changes of plan in the period.
    """
    tables = build_master(reports, changes)
    title = f"ผลการดำเนินงานตาม{config.report.plan_title} {period.title}"
    data_date = long_date(max(found.dataset.data_date for found in reports))
    with new_book(path, config.office.name) as book:
        write_overview(book, reports, title, data_date)
        book.add_about(THAI.say("about", "About"), _about(reports, tables, title, data_date))
        for table in tables:
            book.add_table(table, THAI, printed=_printed(table, period))
        book.add_table(dictionary_of(tables), THAI, hidden=True)


def _printed(table: Table[Any], period: Period) -> Printed | None:
    """Of a year the last quarter's rows, where anything came for it: the others are for the screen."""
    newest = max((row.period.quarter for row in table.records), default=0)
    rows = [row for row in table.records if row.period.quarter == newest]
    if not period.is_year_end or len(rows) == len(table.records) or not any(row.source for row in rows):
        return None
    told = THAI.say("print", "(quarter {quarter} alone; earlier ones stand below it on the screen)", quarter=newest)
    return Printed(len(rows), told)


def build_master(reports: Sequence[PlanFigures], changes: Iterable[PlanChange] = ()) -> list[Table[Any]]:
    """The tables, the newest quarter's rows first; what belongs to both plans stands in each once."""
    projects = project_rows(reports)
    blocks = [(CURRENT.form1.blocks[key], name, title) for key, (name, title) in columns.BLOCKS.items()]
    identity = ("fiscal_year", "quarter", "project_code")
    tables: list[Table[Any]] = [
        Table("projects", Message("table", "Projects"), columns.PROJECTS, projects, _IN_SIGHT, identity),
        Table("kpis", Message("table", "KPIs of the plans"), columns.KPIS, kpi_rows(reports), _IN_SIGHT),
        *(
            Table(
                name, title, columns.block_columns(block), [*block_rows(block, projects)], _IN_SIGHT, (*identity, "row")
            )
            for block, name, title in blocks
        ),
        Table(
            "plan_changes",
            Message("table", "Changes of plan"),
            columns.PLAN_CHANGES,
            plan_change_rows(reports, changes),
            _IN_SIGHT,
            (*identity, "field"),
        ),
        Table("returns", Message("table", "Returns of the units"), columns.RETURNS, return_rows(reports), 2),
    ]
    return [replace(table, records=sorted(table.records, key=lambda row: -row.period.quarter)) for table in tables]


def _about(reports: Sequence[PlanFigures], tables: Sequence[Table[Any]], title: str, data_date: str) -> dict[str, str]:
    plans = {found.dataset.plan.code: found.dataset.plan.name for found in reports}

    return {
        THAI.say("about", "Data"): title,
        THAI.say("about", "Plans"): "\n".join(f"{code} = {name}" for code, name in plans.items()),
        THAI.say("about", "Data as of"): data_date,
        **{THAI.of(table.title): THAI.say("about", "{n} rows", n=f"{len(table.records):,}") for table in tables},
        THAI.say("about", "How to read it"): "\n".join(map(THAI.of, _HOW)),
    }
