"""Tidy tables as a workbook that can be sorted, filtered and pivoted: one record a row, one kind of value a column.

Each sheet holds an Excel table headed in Thai, below a row of its keys where these are wanted. Numbers and days are
real ones; what a unit typed stays text, also where it begins with ``=``. Writes one .xlsx.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from plan_tracker.atomic import replacing_file
from plan_tracker.documents.wording import clean
from plan_tracker.forms.writing.style import DATE_FORMAT, FONT

Cell = str | int | Decimal | date | None
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # what a spreadsheet program may calculate
_FIRST_YEAR = 1900  # of which workbooks have days
_LINE = 21  # points: a line of Thai in the font's size
_LONGEST = 32_767  # characters that a cell holds
CREATED: Final = datetime(2000, 1, 1)  # what files say of themselves, so that the same data gives the same bytes


class Shape(StrEnum):
    """What a column holds, which decides its number format and width."""

    CODE = "code"
    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"  # baht
    PERCENT = "percent"  # 50 means 50 %
    DATE = "date"


_FORMATS = {
    Shape.WHOLE: "0",
    Shape.NUMBER: "#,##0.##########",
    Shape.MONEY: "#,##0.00",
    Shape.PERCENT: "0.00",
    Shape.DATE: DATE_FORMAT,
}
_WIDTHS = {Shape.CODE: 12, Shape.TEXT: 28, Shape.LONG: 44, Shape.MONEY: 18, Shape.DATE: 14}


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` for programs, ``heading`` for people, neither used twice in a table."""

    key: str
    heading: str
    shape: Shape = Shape.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """``name`` is the Excel table's, ``title`` the sheet's; a row holds a value for each column.

    The first ``frozen`` columns stay in sight.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 0


def write_tables(
    tables: Sequence[Table], creator: str, path: Path, *, about: Mapping[str, str] | None = None, keys: bool = True
) -> None:
    """Writes a sheet per table to ``path``, after one that says what this is where ``about`` (label → text) is given.

    ``keys``: a row with the columns' keys stands above the headings.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with replacing_file(path) as unfinished, Workbook(str(unfinished), options) as book:
        book.set_properties({"author": clean(creator), "created": CREATED})
        book.formats[0].set_font_name(FONT)
        book.formats[0].set_font_size(14)
        looks = _Looks(book)
        if about:
            _write_about(book.add_worksheet("คำอธิบาย"), about, looks)
        for table in tables:
            sheet = book.add_worksheet(table.title)
            if keys:
                for number, column in enumerate(table.columns):
                    sheet.write_string(0, number, column.key, looks.key)
            _write_table(sheet, int(keys), table, looks)


class _Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": FONT, "font_size": 14, "valign": "top"}
        ruled = {**base, "bottom": 1, "bottom_color": "#D9D9D9"}  # not every program draws an Excel table's own lines
        self.plain = book.add_format(ruled)
        self.quoted = book.add_format({**ruled, "quote_prefix": True})  # still text after somebody has edited the cell
        self.wrapped = book.add_format({**base, "text_wrap": True})
        self.label = book.add_format({**base, "bold": True})
        self.key = book.add_format({**base, "font_size": 11, "font_color": "#595959", "italic": True})
        self.heading = book.add_format({**base, "bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 2})
        self.of: dict[Shape, Format] = {
            shape: book.add_format({**ruled, "num_format": code}) for shape, code in _FORMATS.items()
        }


def _write_about(sheet: Worksheet, about: Mapping[str, str], looks: _Looks) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    for row, (label, text) in enumerate(about.items()):
        sheet.set_row(row, _LINE * (text.count("\n") + 1))
        sheet.write_string(row, 0, clean(label), looks.label)
        sheet.write_string(row, 1, clean(text)[:_LONGEST], looks.wrapped)


def _write_table(sheet: Worksheet, top: int, table: Table, looks: _Looks) -> None:
    """The table, its headings in the row ``top``, counted from 0."""
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, _WIDTHS.get(column.shape, 13))
    sheet.set_default_row(_LINE)
    sheet.set_row(top, 2 * _LINE)
    sheet.freeze_panes(top + 1, table.frozen)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.repeat_rows(top)
    headings = [{"header": column.heading, "header_format": looks.heading} for column in table.columns]
    last = top + max(len(table.rows), 1)  # an Excel table has a row, if it be empty
    said = {"name": table.name, "columns": headings, "style": "Table Style Light 1"}
    sheet.add_table(top, 0, last, len(table.columns) - 1, said)
    for row, values in enumerate(table.rows, top + 1):
        for number, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            _write_cell(sheet, row, number, value, column.shape, looks)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Cell, shape: Shape, looks: _Looks) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        if value.year >= _FIRST_YEAR:
            sheet.write_datetime(row, column, value, looks.of[Shape.DATE])
            return
        value = value.isoformat()
    if isinstance(value, str):
        look = looks.quoted if value.lstrip().startswith(FORMULA_STARTS) else looks.plain
        sheet.write_string(row, column, clean(value)[:_LONGEST], look)
    else:
        sheet.write_number(row, column, float(value), looks.of.get(shape, looks.of[Shape.NUMBER]))
