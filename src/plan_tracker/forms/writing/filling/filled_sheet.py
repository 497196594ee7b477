"""A sheet of the template being filled: the cells that differ from it, and the heights that they need."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

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
from plan_tracker.forms.writing.compiled.pages import Page
from plan_tracker.forms.writing.filling.page_breaks import page_ends, room_on_page
from plan_tracker.forms.writing.hidden_sheets.check_blocks import message_at
from plan_tracker.forms.writing.packing import Piece, fixed
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
        self._rows = dict(model.rows)
        self._cells: dict[int, dict[str, tuple[int | None, str]]] = {}
        self._shown: dict[int, dict[str, str]] = {}
        self._wrapped: set[tuple[int, str]] = set()
        self._fitted: set[int] = set()
        self._headings: Collection[int] | None = None

    def lay(self, rows: Mapping[int, ModelRow]) -> None:
        """Puts ``rows`` in place of the template's."""
        self._rows |= rows

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
        """Ends pages where one of ``headings`` would else stand alone at a page's foot: for what the sheet holds."""
        self._headings = headings

    def _turned(self, heights: Mapping[int, float | None]) -> list[int]:
        """The rows after which pages end besides those of the template; ``heights`` are all rows'."""
        if self._headings is None:
            return []
        first, last = (int(row) for row in _ROWS.findall(self.area))
        left, right = (column_index_from_string(letter) for letter in _LETTERS.findall(self.area))
        repeated = range(*map(int, _ROWS.findall(self.model.titles))) if self.model.titles else range(first, first)
        printed = {
            row: 0 if self._rows[row].hidden else heights[row] or house_style.LINE_HEIGHT
            for row in range(first, last + 1)
        }
        head = sum(printed.pop(row) for row in (*repeated, repeated.stop) if row in printed)
        widths = [self.model.widths[get_column_letter(column)] for column in range(left, right + 1)]
        room = room_on_page(widths, landscape='orientation="landscape"' in self.model.tail) - head
        return page_ends(printed, self._headings, room, self._own_ends())

    def _own_ends(self) -> list[int]:
        return [int(row) for row in _BREAK.findall(self.model.tail)]

    def _tail(self, page_ends: Sequence[int]) -> list[Piece]:
        """What follows the rows, with the ends of pages."""
        breaks = _BREAKS.search(self.model.tail)
        if not page_ends or not breaks:
            return [fixed(self.model.tail)]
        ends = sorted({*self._own_ends(), *page_ends})
        listed = "".join(f'<brk id="{row}" max="16383" man="1"/>' for row in ends)
        made = f'<rowBreaks count="{len(ends)}" manualBreakCount="{len(ends)}">{listed}</rowBreaks>'
        before, after = self.model.tail[: breaks.start()], self.model.tail[breaks.end() :]
        return [fixed(before), made, after]

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

    def xml(self) -> list[Piece]:
        """The sheet as it is written."""
        model = self.model
        columns = model.columns_with_remarks if self.with_remarks else model.columns
        heights = {number: self._height(row) for number, row in self._rows.items()}
        rows = "".join([self._row(row, heights[number]) for number, row in self._rows.items()])
        head = f"{model.head.replace('{columns}', columns)}<sheetData>{rows}</sheetData>"
        return [head, *self._tail(self._turned(heights))]

    def _row(self, row: ModelRow, height: float | None) -> str:
        changed = self._cells.get(row.number)
        if not changed:
            return f"{row.start(height)}{row.content}</row>"
        made = dict(row.pieces)
        for letter, (look, content) in changed.items():
            number = row.cells[letter].look if look is None else look
            made[letter] = f'{row.starts[letter]} s="{number}"{content}' if number else row.starts[letter] + content
        return f"{row.start(height)}{''.join(made.values())}</row>"

    def _height(self, row: ModelRow) -> float | None:
        shown, lines = self._shown.get(row.number, {}), 1
        is_as_laid = row.grows and not shown and not self.with_remarks
        if is_as_laid or not (row.grows or row.number in self._fitted):
            return row.height
        for letter, count in self.model.lines[row.number].items():
            if count > lines and letter not in shown and self._is_seen(letter):
                lines = count
        for letter, text in shown.items():
            wraps = row.cells[letter].wraps or (row.number, letter) in self._wrapped
            if text and wraps and self._is_seen(letter):
                lines = max(lines, style.cell_lines(text, self.model.widths[letter]))
        return style.row_height(lines)

    def _is_seen(self, letter: str) -> bool:
        return self.with_remarks if letter == self.model.remarks else letter not in self.model.hidden


@lru_cache(maxsize=500)
def laid_rows(page: Page, checked: tuple[int, ...], first: int, names: int) -> dict[int, ModelRow]:
    """The rows of ``page`` as they stand in a form while nothing is answered in them and all is well.

    ``checked`` are those of which ``_v`` tells something, from its row ``first`` on; ``names`` is the number of the
    text that is the first of the page's names.
    """
    named = {row: f' t="s"><v>{names + page.names[key]}</v></c>' for row, key in page.keys}
    says = {row: message_at(place).content for place, row in enumerate(checked, first)}
    made = {}
    for number in {*page.rows, *named, *says}:
        row = page.sheet.rows[number]
        put = dict.fromkeys(page.key_letters, named[number]) if number in named else {}
        put |= {page.form.columns.says: says[number]} if number in says else {}
        cells = {letter: replace(cell, content=put.get(letter, cell.content)) for letter, cell in row.cells.items()}
        grows = number in page.rows
        lines = [count for letter, count in page.sheet.lines[number].items() if letter != page.sheet.remarks]
        height = style.row_height(max(lines, default=1)) if grows else row.height
        made[number] = replace(row, cells=cells, height=height, grows=grows)
    return made
