"""The template's sheets shaped as a form needs them, with openpyxl: copied, with rows repeated, moved or closed."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy, deepcopy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.translate import Translator
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.values import Value, writable


def cell_at(sheet: Worksheet, address: str) -> Cell:
    cell = sheet[address]
    assert isinstance(cell, Cell)
    return cell


def put(cell: Cell, value: Value | int | None) -> None:
    """Sets a value that is data: text stays text, even where it begins with ``=``."""
    if isinstance(value, str):
        cell.value = writable(value)
        if cell.value:
            cell.data_type = "s"
    else:
        cell.value = value


def copy_sheet(book: Workbook, model: Worksheet) -> Worksheet:
    """A copy of ``model`` in ``book``, with what openpyxl's own copy leaves out."""
    sheet = book.copy_worksheet(model)
    for area in model.conditional_formatting:
        for rule in area.rules:
            sheet.conditional_formatting.add(str(area.sqref), rule)
    for check in model.data_validations.dataValidation:
        sheet.data_validations.append(deepcopy(check))  # its cells may move
    sheet.protection = copy(model.protection)
    sheet.freeze_panes = model.freeze_panes
    sheet.sheet_view.showGridLines = model.sheet_view.showGridLines
    sheet.print_title_rows = model.print_title_rows
    sheet.print_area = model.print_area
    sheet.row_breaks = copy(model.row_breaks)
    sheet.oddFooter = copy(model.oddFooter)
    sheet.oddHeader = copy(model.oddHeader)
    return sheet


def make_room(sheet: Worksheet, row: int, count: int) -> None:
    """Moves all from ``row`` on ``count`` rows down: cells, heights, merged cells, colours that follow values."""
    if not count or row > sheet.max_row:
        return
    last = sheet.max_row
    _move_cells(sheet, row, count)
    for index in range(last, row - 1, -1):
        sheet.row_dimensions[index + count].height = sheet.row_dimensions[index].height
        sheet.row_dimensions[index].height = None
    for check in sheet.data_validations.dataValidation:
        check.sqref = MultiCellRange([_shifted(span, row, count) for span in check.sqref.ranges])
    colours, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
    for area in colours:
        span = copy(next(iter(area.cells.ranges)))
        first, down = span.min_row, count if span.min_row >= row else 0
        span.shift(row_shift=down)
        for rule in area.rules:
            moved_rule = _moved(rule, get_column_letter(span.min_col), first, down)
            sheet.conditional_formatting.add(span.coord, moved_rule)


def _shifted(span: CellRange, row: int, count: int) -> CellRange:
    """``span``, ``count`` rows further down where it stands at ``row`` or below."""
    down = count if span.min_row >= row else 0
    return CellRange(None, span.min_col, span.min_row + down, span.max_col, span.max_row + down)


def _move_cells(sheet: Worksheet, row: int, count: int) -> None:
    merged = [area for area in sheet.merged_cells.ranges if area.min_row >= row]
    for area in merged:
        sheet.merged_cells.remove(area)
        area.shift(row_shift=count)
    sheet.move_range(f"A{row}:{get_column_letter(sheet.max_column)}{sheet.max_row}", rows=count, translate=True)
    for area in merged:
        sheet.merged_cells.add(area)


def repeat_row(sheet: Worksheet, row: int, count: int) -> None:
    """Repeats the model row ``row`` so that ``count`` of it stand below each other: looks, formulas, drop-downs."""
    width = sheet.max_column
    for offset in range(1, count):
        for column in range(1, width + 1):
            _copy_cell(sheet.cell(row, column), sheet.cell(row + offset, column))
    _repeat_merged(sheet, row, count)
    for check in sheet.data_validations.dataValidation:
        letters = [get_column_letter(area.min_col) for area in check.sqref.ranges if area.min_row == row]
        for letter in letters:
            check.add(f"{letter}{row}:{letter}{row + count - 1}")
    for area in list(sheet.conditional_formatting):
        span = next(iter(area.cells.ranges))
        if span.min_row == row and count > 1:
            letter = get_column_letter(span.min_col)
            for rule in area.rules:
                sheet.conditional_formatting.add(
                    f"{letter}{row + 1}:{letter}{row + count - 1}", _moved(rule, letter, row, 1)
                )


def _repeat_merged(sheet: Worksheet, row: int, count: int) -> None:
    for area in [area for area in sheet.merged_cells.ranges if area.min_row == area.max_row == row]:
        for below in range(row + 1, row + count):
            sheet.merge_cells(None, below, area.min_col, below, area.max_col)


def _moved(rule: Any, letter: str, row: int, down: int) -> Any:
    """``rule``, which speaks of ``row``, as it reads ``down`` rows further down."""
    rule = copy(rule)
    origin, target = f"{letter}{row}", f"{letter}{row + down}"
    rule.formula = [Translator("=" + f, origin).translate_formula(target)[1:] for f in rule.formula]
    return rule


def _copy_cell(model: Any, cell: Any) -> None:
    cell._style = copy(model._style)
    if isinstance(model.value, str) and model.value.startswith("="):
        cell.value = Translator(model.value, model.coordinate).translate_formula(cell.coordinate)
    else:
        cell.value = model.value


def grid_of(sheet: Worksheet) -> list[tuple[Any, ...]]:
    """The values of a sheet, row by row; formulas as such."""
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def close_rows(sheet: Worksheet, rows: Iterable[int]) -> None:
    """Hides and locks rows in which nothing is asked."""
    for row in rows:
        sheet.row_dimensions[row].hidden = True
        for cell in sheet[row]:
            cell.protection = Protection(locked=True)
