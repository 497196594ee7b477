"""A sheet of the template being filled: the cells that differ from it, and the heights that they need."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from openpyxl.utils import column_index_from_string, get_column_letter

from plan_tracker.forms import house_style
from plan_tracker.forms.writing.compiled.models import (
    BLANK,
    Formula,
    ModelRow,
    SharedTexts,
    SheetModel,
    day_number,
    with_result,
)
from plan_tracker.forms.writing.filling.page_breaks import page_ends, room_on_page
from plan_tracker.forms.writing.template import style
from plan_tracker.values import Value, plain, writable

_BREAKS = re.compile("<rowBreaks.*?</rowBreaks>")
_BREAK = re.compile('<brk id="([0-9]+)"')
_ROWS, _LETTERS = re.compile("[0-9]+"), re.compile("[A-Z]+")


class FilledSheet:
    """One sheet of a form. ``area`` is what prints; the column of remarks opens ``with_remarks``."""

    def __init__(self, model: SheetModel, title: str, texts: SharedTexts) -> None:
        self.model, self.title, self._texts = model, title, texts
        self.area, self.with_remarks = model.area, False
        self._cells: dict[int, dict[str, tuple[int | None, str]]] = {}
        self._shown: dict[int, dict[str, str]] = {}
        self._wrapped: set[tuple[int, str]] = set()
        self._fitted: set[int] = set()
        self._page_ends: list[int] = []

    def put(
        self, row: int, letter: str, value: Value | int | None, look: int | None = None, *, wraps: bool = False
    ) -> None:
        """Sets a value that is data: text stays text, even where it begins with ``=``.

        ``look`` stands for the cell's own; one that ``wraps`` breaks lines where the cell's own does not.
        """
        text = writable(value) if isinstance(value, str) else ""
        self._set(row, letter, look, self._content(text if isinstance(value, str) else value))
        self._shown.setdefault(row, {})[letter] = text
        if wraps:
            self._wrapped.add((row, letter))

    def compute(self, row: int, letter: str, formula: Formula, look: int | None = None) -> None:
        """Sets a formula with its result."""
        self._set(row, letter, look, formula.content)

    def settle(self, row: int, letter: str, result: str | Decimal) -> None:
        """Gives the template's own formula in a cell its result."""
        formula = self.model.rows[row].cells[letter].content.removeprefix(">").removesuffix("</c>")
        self._set(row, letter, None, with_result(formula, result))

    def look_of(self, row: int, letter: str) -> int:
        """The look that a cell has in the template."""
        return self.model.rows[row].cells[letter].look

    def fit(self, rows: Iterable[int]) -> None:
        """Makes rows high enough for what stands in them."""
        self._fitted.update(rows)

    def turn_pages(self, headings: Collection[int]) -> None:
        """Ends pages where one of ``headings`` would else stand alone at a page's foot: for what stands here now."""
        first, last = (int(row) for row in _ROWS.findall(self.area))
        left, right = (column_index_from_string(letter) for letter in _LETTERS.findall(self.area))
        repeated = range(*map(int, _ROWS.findall(self.model.titles))) if self.model.titles else range(first, first)
        heights = {row: self._printed_height(row) for row in range(first, last + 1)}
        head = sum(heights.pop(row) for row in (*repeated, repeated.stop) if row in heights)
        widths = [self.model.widths[get_column_letter(column)] for column in range(left, right + 1)]
        room = room_on_page(widths, landscape='orientation="landscape"' in self.model.tail) - head
        self._page_ends = page_ends(heights, headings, room, self._own_ends())

    def _own_ends(self) -> list[int]:
        return [int(row) for row in _BREAK.findall(self.model.tail)]

    def _printed_height(self, number: int) -> float:
        row = self.model.rows[number]
        return 0 if row.hidden else self._height(row) or house_style.LINE_HEIGHT

    def _tail(self) -> str:
        """What follows the rows, with the ends of pages."""
        if not self._page_ends:
            return self.model.tail
        ends = sorted({*self._own_ends(), *self._page_ends})
        breaks = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in ends)
        made = f'<rowBreaks count="{len(ends)}" manualBreakCount="{len(ends)}">{breaks}</rowBreaks>'
        return _BREAKS.sub(made, self.model.tail)

    def _set(self, row: int, letter: str, look: int | None, content: str) -> None:
        self._cells.setdefault(row, {})[letter] = look, content

    def _content(self, value: Value | int | None) -> str:
        if isinstance(value, str):
            return self._texts.content(value) if value else BLANK
        if value is None:
            return BLANK
        if isinstance(value, date):
            return f"><v>{day_number(value)}</v></c>"
        return f"><v>{plain(value) if isinstance(value, Decimal) else value}</v></c>"

    def xml(self) -> str:
        """The sheet as it is written."""
        model = self.model
        columns = model.columns_with_remarks if self.with_remarks else model.columns
        rows = "".join(self._row(row) for row in model.rows.values())
        return f"{model.head.replace('{columns}', columns)}<sheetData>{rows}</sheetData>{self._tail()}"

    def _row(self, row: ModelRow) -> str:
        changed = self._cells.get(row.number)
        if changed is None and row.number not in self._fitted:
            return row.xml
        made = row.pieces
        if changed:
            made = dict(made)
            for letter, (look, content) in changed.items():
                number = row.cells[letter].look if look is None else look
                made[letter] = f'{row.starts[letter]} s="{number}"{content}' if number else row.starts[letter] + content
        return f"{row.start(self._height(row))}{''.join(made.values())}</row>"

    def _height(self, row: ModelRow) -> float | None:
        if row.number not in self._fitted:
            return row.height
        shown, lines = self._shown.get(row.number, {}), 1
        for letter, cell in row.cells.items():
            text = shown.get(letter, cell.text)
            if text and (cell.wraps or (row.number, letter) in self._wrapped) and self._is_seen(letter):
                lines = max(lines, style.cell_lines(text, self.model.widths[letter]))
        return style.row_height(lines)

    def _is_seen(self, letter: str) -> bool:
        return self.with_remarks if letter == self.model.remarks else letter not in self.model.hidden
