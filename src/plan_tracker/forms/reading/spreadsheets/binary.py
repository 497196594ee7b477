"""The sheets of an .xls, by xlrd, which is loaded for such old workbooks alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from plan_tracker.forms.reading.raw import FaultyCell, Refusal
from plan_tracker.forms.reading.spreadsheets.grid import CellDisplay, Sheet, SheetBuilder, SheetLimits
from plan_tracker.forms.reading.spreadsheets.number_formats import GENERAL, as_day, is_plain_format
from plan_tracker.forms.reading.spreadsheets.openxml import is_error

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell


def read_xls(content: bytes, limits: SheetLimits) -> dict[str, Sheet] | Refusal:
    """Every sheet by its name. Raises ``TooManyCellsError``, and of xlrd's errors whatever comes of a damaged file."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            return Refusal("FILE-ENCRYPTED")
        raise
    sheets: dict[str, Sheet] = {}
    room = limits.cells
    for number, name in enumerate(book.sheet_names()):
        filling = SheetBuilder(limits, room)
        sheet = book.sheet_by_index(number)
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row)):
                if cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                    filling.put(row, column, *_value(book, cell))
        room = filling.room
        merged = [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in sheet.merged_cells]
        sheets[name] = filling.sheet(merged)
        book.unload_sheet(number)
    return sheets


def _value(book: Book, cell: Cell) -> tuple[Any, CellDisplay | None]:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return FaultyCell(xlrd.error_text_from_code.get(cell.value, "#ERR")), None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value), None
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return FaultyCell(cell.value) if is_error(cell.value) else cell.value, None
    shape = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    code = GENERAL if shape is None else shape.format_str
    if is_plain_format(code):
        return cell.value, None
    return as_day(code, cell.value, since_1904=bool(book.datemode)), CellDisplay(code)
