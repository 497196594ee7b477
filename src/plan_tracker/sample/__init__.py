"""Sample data to try plantrack with: both plans, 19 units, invented projects and KPIs, each marked "(ตัวอย่าง)".

Reads the CSV files beside this module: the first row holds the register's column keys, dates are 2025-10-01.
"""

from __future__ import annotations

import csv
from importlib.resources import files
from io import StringIO

from plan_tracker.checking.parsing.normalise import CellContext
from plan_tracker.forms.definition.choices import QUALITATIVE
from plan_tracker.registerbook.layout import TABLES, RegisterSheet
from plan_tracker.registerbook.rows import read_content
from plan_tracker.values import Value


def sample_tables() -> dict[str, list[dict[str, Value]]]:
    """The sample register's rows by table (``plans``, ``units``, ``projects``, ``kpis``), for ``write_register``."""
    return {table.name: _read_rows(table) for table in TABLES.values()}


def _read_rows(table: RegisterSheet) -> list[dict[str, Value]]:
    text = (files(__package__) / f"{table.name}.csv").read_text(encoding="utf-8")
    return [_read_row(table, row) for row in csv.DictReader(StringIO(text, newline=""))]


def _read_row(table: RegisterSheet, row: dict[str, str]) -> dict[str, Value]:
    """One row's values by column key, blanks left out."""
    values: dict[str, Value] = {}
    for key, text in row.items():
        column = table.columns[key]
        reading = read_content(column, text, CellContext(row.get(column.direction) == QUALITATIVE))
        assert not reading.problem, f"{table.name}.csv, {row['code']}, {key}: {reading.problem}"
        if reading.value is not None:
            values[key] = reading.value
    return values
