"""A template workbook, taken apart once for all forms: its sheets in each shape that they need, looks and lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.theme import theme_xml
from openpyxl.xml.functions import tostring

from plan_tracker.forms.definition.orders import DONE
from plan_tracker.forms.definition.versions import FormVersion
from plan_tracker.forms.definition.workbook.names import COVER_SHEET, FORM1_SHEET, FORM2_SHEET, LISTS_SHEET
from plan_tracker.forms.writing.compiled.models import SharedTexts
from plan_tracker.forms.writing.compiled.pages import Page, pages_on, slots_of, spots_of
from plan_tracker.forms.writing.compiled.shapes import close_rows, copy_sheet, make_room, repeat_row
from plan_tracker.forms.writing.content import Part
from plan_tracker.forms.writing.hidden_sheets.check_blocks import CheckBlock, names_in
from plan_tracker.forms.writing.hidden_sheets.shared_formulas import Formulas
from plan_tracker.forms.writing.saving import BookLooks, sheet_xml
from plan_tracker.forms.writing.template.cover import LIST_SLOT, ORDERS_SLOT
from plan_tracker.openxml_fonts import in_schema_order

_LONG_LIST = 15  # sheets; with more, the list goes over a page of the cover, and its head is to be repeated
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Cover:
    """The cover of one shape: the page of what it asks of the unit, and one for each order; there is one at least."""

    unit: Page
    orders: list[Page]


class CompiledTemplate:
    """The sheets of ``book`` by their shapes, each made when it is first asked for. ``texts`` are those of the sheets.

    Ask for all shapes and blocks of a workbook before its texts and formulas are numbered after those that all share.
    """

    def __init__(self, book: Workbook, version: FormVersion) -> None:
        self._book, self._version = book, version
        self.texts = SharedTexts()
        self.lists = sheet_xml([_lists(book[LISTS_SHEET], self.texts)])
        self._covers: dict[tuple[int, int, bool], Cover] = {}
        self._kpis: dict[int, list[Page]] = {}
        [self.project] = pages_on(book[FORM1_SHEET], self.texts, [version.form1])
        self.formulas = Formulas()
        self._blocks: dict[tuple[int, int, frozenset[str]], CheckBlock] = {}
        self._looks: tuple[int, BookLooks] | None = None

    def cover(self, count: int, orders: int, *, asks_unit: bool) -> Cover:
        """The cover for as many sheets and orders."""
        shape = count, orders, asks_unit
        if shape not in self._covers:
            self._covers[shape] = self._new_cover(*shape)
        return self._covers[shape]

    def _new_cover(self, count: int, orders: int, asks_unit: bool) -> Cover:
        sheet = copy_sheet(self._book, self._book[COVER_SHEET])
        row = spots_of(sheet, self._version.orders)[DONE].row
        if orders:
            make_room(sheet, row + 1, orders - 1)
            repeat_row(sheet, row, orders)
        else:
            close_rows(sheet, range(slots_of(sheet)[ORDERS_SLOT], row + 1))
        listed = slots_of(sheet)[LIST_SLOT]
        make_room(sheet, listed + 1, count - 1)
        repeat_row(sheet, listed, count)
        if count > _LONG_LIST:
            sheet.print_title_rows = f"{listed - 1}:{listed - 1}"
        if not asks_unit:  # each group of its rows has a heading above
            rows = {spot.row for spot in spots_of(sheet, self._version.unit).values()}
            close_rows(sheet, rows | {row - 1 for row in rows})
        sheet.print_area = f"B1:{self._version.orders.columns.last}{sheet.max_row}"
        page, unit = pages_on(sheet, self.texts, [self._version.orders, self._version.unit])
        self._book.remove(sheet)
        return Cover(unit, [page, *(page.moved(offset) for offset in range(1, orders))])

    def kpis(self, count: int) -> list[Page]:
        """A Form 2 sheet of ``count`` rows, as a page for each row."""
        if count and count not in self._kpis:
            sheet = copy_sheet(self._book, self._book[FORM2_SHEET])
            form = self._version.form2
            row = spots_of(sheet, form)["k.result"].row
            repeat_row(sheet, row, count)
            sheet.print_area = f"B1:{form.columns.last}{row + count - 1}"
            [first] = pages_on(sheet, self.texts, [form])
            self._kpis[count] = [first, *(first.moved(offset) for offset in range(1, count))]
            self._book.remove(sheet)
        return self._kpis.get(count, [])

    def block(self, page: Page, part: Part) -> CheckBlock:
        """How ``part`` is checked on ``page``: what is the same for all that are checked alike."""
        inputs = page.form.inputs
        locked = frozenset(name for check in part.own_checks for name in names_in(check) if name not in inputs)
        key = id(page), id(part.checks), locked  # which the block holds on to
        if key not in self._blocks:
            self._blocks[key] = CheckBlock(page, part.checks, locked, self.formulas, self.texts)
        block = self._blocks[key]
        block.prepare(part.own_checks)
        return block

    def looks(self) -> BookLooks:
        """The stylesheet with the looks of all shapes so far, and the theme where it is not openpyxl's own."""
        book: Any = self._book
        known = len(book._cell_styles)
        if self._looks is None or self._looks[0] != known:
            stylesheet = in_schema_order(_HEAD + tostring(write_stylesheet(book)).decode())
            self._looks = known, BookLooks(stylesheet, _theme(book))
        return self._looks[1]


def _theme(book: Any) -> str:
    theme = (book.loaded_theme or b"").decode()
    return "" if theme.split() == theme_xml.split() else theme


def _lists(sheet: Worksheet, texts: SharedTexts) -> str:
    """The rows of the long lists."""
    made = []
    for row in sheet.iter_rows(values_only=True):
        cells = "".join(f"<c{texts.content(str(value))}" if value is not None else "<c/>" for value in row)
        made.append(f"<row>{cells}</row>")
    return "".join(made)
