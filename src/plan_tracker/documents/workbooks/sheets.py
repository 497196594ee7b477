"""Tidy tables as sheets that can be sorted, filtered, pivoted, and printed on a few pages.

Each sheet holds an Excel table. Numbers and days are real ones; what a unit typed stays text, also where it begins
with ``=``. Writes one .xlsx.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from plan_tracker.atomic import replacing_file
from plan_tracker.documents.tables import CREATED, FORMULA_STARTS, Cell, Column, ColumnType, Table
from plan_tracker.documents.wording import clean
from plan_tracker.documents.workbooks.widths import A4, INDENT, NARROW, WRAPPED, is_wrapped, paper_for, widths_of
from plan_tracker.forms.house_style import DATE_FORMAT, FONT, text_lines
from plan_tracker.i18n import THAI, Words
from plan_tracker.rounding import PERCENT_PLACES

SIZE, LINE = 14, 21  # points: the font, and a line of Thai in it
_FORMATS = {
    ColumnType.WHOLE: "0",
    ColumnType.NUMBER: "#,##0.##########",
    ColumnType.MONEY: "#,##0.00",
    ColumnType.PERCENT: f"0.{'0' * PERCENT_PLACES}",
    ColumnType.DATE: DATE_FORMAT,
}
_STYLE = "Table Style Light 1"
_FIRST_YEAR = 1900  # of which workbooks have days
LONGEST = 32_767  # characters that a cell holds
_TALLEST = 409  # points, as a row goes
_TEXTS = (*WRAPPED, ColumnType.CODE)


class Looks:
    """The cell formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
        ruled = {**base, "bottom": 1, "bottom_color": "#D9D9D9"}  # not every program draws an Excel table's own lines
        text, quoted = (
            {**ruled, "align": "left", "indent": 1},
            {"quote_prefix": True},
        )  # still text after somebody has edited the cell
        self.blank = book.add_format(ruled)
        self.plain, self.wrapped = book.add_format(text), book.add_format({**text, "text_wrap": True})
        self.quoted = book.add_format({**text, **quoted})
        self.quoted_wrapped = book.add_format({**text, **quoted, "text_wrap": True})
        self.title = book.add_format({**base, "bold": True, "font_size": 22, "font_color": "#1F3864"})
        self.note = book.add_format({**base, "font_color": "#595959"})
        self.about = book.add_format({**base, "text_wrap": True})
        self.label = book.add_format({**base, "bold": True})
        self.key = book.add_format({**base, "font_size": 11, "font_color": "#595959", "italic": True})
        head = {**base, "bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 2}
        self.heading = book.add_format({**head, "align": "left", "indent": 1})
        self.heading_of_numbers = book.add_format({**head, "align": "right"})
        self.of: dict[ColumnType, Format] = {
            type_: book.add_format({**ruled, "num_format": code}) for type_, code in _FORMATS.items()
        }

    def of_text(self, text: str, *, wrapped: bool) -> Format:
        if is_like_formula(text):
            return self.quoted_wrapped if wrapped else self.quoted
        return self.wrapped if wrapped else self.plain


@dataclass(frozen=True, slots=True)
class Printed:
    """The first rows of a table, which alone are printed; ``told`` at the foot of the page."""

    rows: int
    told: str


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook in the making; sheets come in the order in which they are added."""

    book: Workbook
    looks: Looks

    def add_sheet(self, title: str) -> Worksheet:
        """A sheet that prints on A4, as wide as the page, its name and the page's number at the foot."""
        sheet = self.book.add_worksheet(title)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&R&P/&N")
        return sheet

    def add_table(
        self, table: Table[Any], words: Words | None = None, *, printed: Printed | None = None, hidden: bool = False
    ) -> None:
        """A sheet with ``table``, printed on A4 or A3, headed in ``words`` below a row of keys, or by the keys alone.

        Detail columns can be folded away, and are not printed; of the rows those of ``printed``, else all. What is
        ``hidden`` is not printed with the workbook.
        """
        sheet, top = self.add_sheet((words or THAI).of(table.title)), 1 if words else 0
        if words:
            sheet.write_row(0, 0, [column.key for column in table.columns], self.looks.key)
        rows = list(table.rows)
        widths = widths_of(table.columns, rows)
        for number, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
            sheet.set_column(number, number, width, None, {"level": int(column.is_detail)})
        sheet.set_paper(paper_for(table.columns, widths))
        last = self._place(sheet, top, table, words, rows, widths)
        if words and not rows:
            last = self._say_empty(sheet, last + 1, words)
        sheet.freeze_panes(top + 1, table.frozen)
        sheet.repeat_rows(top)
        if printed:
            last = top + printed.rows
            sheet.set_footer(f"&L&A {printed.told}&R&P/&N")
        if hidden:
            sheet.hide()
        sheet.print_area(top, 0, last, sum(1 for column in table.columns if not column.is_detail) - 1)

    def place_table(self, sheet: Worksheet, top: int, table: Table[Any], words: Words | None) -> int:
        """Writes ``table``, its headings in row ``top`` (from 0) in its columns' own widths; gives its last row."""
        return self._place(sheet, top, table, words, list(table.rows), [one.characters for one in table.columns])

    def _place(
        self,
        sheet: Worksheet,
        top: int,
        table: Table[Any],
        words: Words | None,
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
    ) -> int:
        heads = [column.title_in(words) if words else column.key for column in table.columns]
        last = top + max(len(rows), 1)  # an Excel table has a row, if it be empty
        shown = zip(heads, table.columns, strict=True)
        columns = [{"header": head, "header_format": self._heading(column)} for head, column in shown]
        sheet.add_table(top, 0, last, len(heads) - 1, {"name": table.name, "columns": columns, "style": _STYLE})
        sheet.set_row(top, LINE * max(map(_lines, heads, widths)))
        for row, values in enumerate(rows, top + 1):
            sheet.set_row(row, _height(table.columns, values, widths))
            for number, (column, value) in enumerate(zip(table.columns, values, strict=True)):
                self._write_cell(sheet, row, number, value, column)
        return last

    def _say_empty(self, sheet: Worksheet, row: int, words: Words) -> int:
        """That there is nothing, below the table as no row of it; gives the last row that is to be printed."""
        text, lines = words.say("table", "There is nothing to show in this period."), 2
        look = {"name": FONT, "size": SIZE}
        sheet.insert_textbox(row, 0, text, {"width": 500, "height": 30, "font": look, "line": {"none": True}})
        return row + lines

    def add_about(self, title: str, about: Mapping[str, str]) -> None:
        """A sheet that says what this is: label → text. It prints on one page."""
        sheet = self.add_sheet(title)
        sheet.fit_to_pages(1, 1)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 100)
        for row, (label, text) in enumerate(about.items()):
            sheet.set_row(row, LINE * text_lines(text, 100))
            sheet.write_string(row, 0, clean(label), self.looks.label)
            sheet.write_string(row, 1, clean(text)[:LONGEST], self.looks.about)

    def _heading(self, column: Column[Any]) -> Format:
        return self.looks.heading if column.type in _TEXTS else self.looks.heading_of_numbers

    def _write_cell(self, sheet: Worksheet, row: int, number: int, value: Cell, column: Column[Any]) -> None:
        if value is None or value == "":
            sheet.write_blank(row, number, None, self.looks.blank)
            return
        if isinstance(value, date):
            if value.year >= _FIRST_YEAR:
                sheet.write_datetime(row, number, value, self.looks.of[ColumnType.DATE])
                return
            value = value.isoformat()
        if isinstance(value, str):
            look = self.looks.of_text(value, wrapped=is_wrapped(column))
            sheet.write_string(row, number, clean(value)[:LONGEST], look)
        else:
            sheet.write_number(
                row, number, float(value), self.looks.of.get(column.type, self.looks.of[ColumnType.NUMBER])
            )


@contextmanager
def new_book(path: Path, creator: str) -> Iterator[Book]:
    """A workbook that is at ``path`` once the block is done."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with replacing_file(path) as unfinished, Workbook(str(unfinished), options) as book:
        book.set_properties({"author": clean(creator), "created": CREATED})
        book.formats[0].set_font_name(FONT)
        book.formats[0].set_font_size(SIZE)
        yield Book(book, Looks(book))


def write_data_tables(tables: Sequence[Table[Any]], creator: str, path: Path) -> None:
    """Writes a sheet per table to ``path``, headed by the columns' keys alone, as programs want it."""
    with new_book(path, creator) as book:
        for table in tables:
            book.add_table(table)


def is_like_formula(text: str) -> bool:
    """Whether a program would take it for a formula once somebody has edited its cell."""
    return text.lstrip().startswith(FORMULA_STARTS)


def _height(columns: Sequence[Column[Any]], values: Sequence[Cell], widths: Sequence[float]) -> float:
    """Points that the tallest text of a row needs, as far as a row goes."""
    shown = zip(columns, values, widths, strict=True)
    lines = [_lines(value, width) for c, value, width in shown if isinstance(value, str) and is_wrapped(c)]
    return min(_TALLEST, LINE * max(lines, default=1))


def _lines(text: str, width: float) -> int:
    return text_lines(text, NARROW * (width - INDENT))
