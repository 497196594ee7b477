"""Plays the units: opens an issued form as they would, types into its cells and saves it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openpyxl import load_workbook

from plan_tracker.forms.definition.names import CELLS_SHEET
from plan_tracker.values import Value

Typed = Mapping[str, Value | int | float | None]  # by "P001/f11.result_quarter", as the unit types it


def fill_form(form: Path, typed: Typed, returned: Path) -> None:
    """Types ``typed`` into the input cells of ``form`` and saves it as ``returned``; None empties a cell."""
    book = load_workbook(form)
    for field, sheet, cell in list(book[CELLS_SHEET].iter_rows(min_row=2, values_only=True)):
        if field in typed:
            target = book[str(sheet)][str(cell)]
            target.value = typed[str(field)]
            if isinstance(target.value, str) and target.data_type == "f":
                target.data_type = "s"
    book.save(returned)
