"""The keyed cells of a sheet of the template, and the looks that they may take in a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms import house_style
from plan_tracker.forms.definition.form1.shapes import BESIDE
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.definition.workbook.keys import find_places, find_slots, key_columns
from plan_tracker.forms.writing.compiled.models import BLANK, SharedTexts, SheetModel, item_of, model_of
from plan_tracker.forms.writing.compiled.shapes import grid_of
from plan_tracker.forms.writing.template import style

_CODE = "\x05"  # where a code is to stand
HEAD_ROW, COUNT_ROW = 3, 2  # where the heading of the remarks stands, and the count of marked cells


class Spot(NamedTuple):
    """A cell of a sheet."""

    row: int
    letter: str

    @property
    def address(self) -> str:
        return f"{self.letter}{self.row}"


class LookVariants(NamedTuple):
    """What else the cells of a sheet may look like, by number: a look's own number leads to its variants."""

    marked: Mapping[int, int]
    updated: Mapping[int, int]
    beside: Mapping[int, int]
    faults_head: int
    updates_head: int


@dataclass(frozen=True, eq=False)
class Page:
    """A sheet, or a row of one, with the keyed cells of one form found.

    ``texts`` maps a slot to the row whose column B takes its text, ``slots`` a field to its cell; ``keys`` are each
    keyed row with its key, which stands in the columns ``key_letters``.
    """

    sheet: SheetModel
    form: Form
    texts: Mapping[str, int]
    slots: Mapping[str, Spot]
    keys: Sequence[tuple[int, str]]
    key_letters: Sequence[str]
    looks: LookVariants

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The rows of answers, from the top."""
        return tuple(sorted({spot.row for spot in self.slots.values()}))

    @cached_property
    def order(self) -> dict[str, int]:
        """Each field's place among the cells, table by table and column by column: alike ones stand together."""
        keys = [key for key in self.form.by_column if key in self.slots]
        return {key: place for place, key in enumerate(keys)}

    @cached_property
    def names(self) -> dict[str, int]:
        """What stands behind a code in what names its fields and its rows: each has its place; first "", the code."""
        listed = dict.fromkeys(("", *self.order, *(key for _row, key in self.keys)))
        return {name: place for place, name in enumerate(listed)}

    def named(self, code: str) -> str:
        """The ``names`` of a part as the texts of a workbook."""
        return self._named.replace(_CODE, escape(code))

    @cached_property
    def _named(self) -> str:
        return "".join(item_of(f"{_CODE}/{name}" if name else _CODE) for name in self.names)

    @cached_property
    def filled_in(self) -> frozenset[str]:
        """The fields in whose cells the template itself has something."""
        rows = self.sheet.rows
        return frozenset(f for f, spot in self.slots.items() if rows[spot.row].cells[spot.letter].content != BLANK)

    @cached_property
    def headings(self) -> frozenset[int]:
        """The rows that belong to the next one: all but those of answers and of their sums."""
        answers = {spot.row for spot in self.slots.values() if spot.letter != BESIDE}
        totals = {
            self.slots[f.key].row + 1
            for block in self.form.blocks.values()
            if block.rows[-1].total
            for _row, _column, f in list(block.fields())[-1:]
        }
        return frozenset(self.sheet.rows) - answers - totals

    @cached_property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Each input with the address of its cell."""
        fields = self.form.fields
        return tuple((field, spot.address) for field, spot in self.slots.items() if fields[field].is_input)

    def moved(self, offset: int) -> Page:
        """The page of the row ``offset`` rows below this one's."""
        slots = {field: Spot(spot.row + offset, spot.letter) for field, spot in self.slots.items()}
        return replace(self, slots=slots, keys=[(row + offset, key) for row, key in self.keys])


def pages_on(sheet: Worksheet, texts: SharedTexts, forms: Sequence[Form]) -> list[Page]:
    """The page of each of the ``forms`` on ``sheet``, which is taken apart; of repeated rows that of the first."""
    model = model_of(sheet, texts, forms[0].columns)
    grid = grid_of(sheet)
    return [_page(sheet, grid, model, form) for form in forms]


def spots_of(sheet: Worksheet, form: Form) -> dict[str, Spot]:
    """Where the fields of ``form`` stand on ``sheet``; in repeated rows, in the first."""
    return _spots(grid_of(sheet), form)


def slots_of(sheet: Worksheet) -> dict[str, int]:
    """The rows of the slots on ``sheet``."""
    return {name: row + 1 for name, row in find_slots(grid_of(sheet)).items()}


def _spots(grid: Sequence[Sequence[Any]], form: Form) -> dict[str, Spot]:
    spots: dict[str, Spot] = {}
    for _code, field, row, column in find_places(grid, form.block_of_row):
        spots.setdefault(field, Spot(row + 1, get_column_letter(column + 1)))
    return spots


def _page(sheet: Worksheet, grid: Sequence[Sequence[Any]], model: SheetModel, form: Form) -> Page:
    slots, at = _spots(grid, form), key_columns(grid)
    texts = {name: row + 1 for name, row in find_slots(grid).items()}
    keys = [(row, str(grid[row - 1][at[0]])) for row in sorted({spot.row for spot in slots.values()})]
    letters = [get_column_letter(column + 1) for column in at]
    return Page(model, form, texts, slots, keys, letters, _looks(sheet, form, slots.values()))


def _looks(sheet: Worksheet, form: Form, answers: Iterable[Spot]) -> LookVariants:
    cells = [sheet[spot.address] for spot in answers]
    beside = [sheet[f"{form.columns.before}{cell.row}"] for cell in cells] if form.columns.before else []
    head = sheet[f"{form.columns.remark}{HEAD_ROW}"]
    red, navy = (style.font(bold=True, colour=colour) for colour in (house_style.RED, house_style.NAVY))
    grey = style.font(size=house_style.SMALL, colour=house_style.GREY_TEXT)
    return LookVariants(
        {cell.style_id: _look(cell, fill=style.MARK_FILL, border=style.MARK_BOX) for cell in cells},
        {cell.style_id: _look(cell, fill=style.UPDATE_FILL, border=style.UPDATE_BOX) for cell in cells},
        {cell.style_id: _look(cell, font=grey, alignment=style.WRAP) for cell in beside},
        _look(head, font=red),
        _look(head, font=navy),
    )


def _look(cell: Any, **other: Any) -> int:
    """The number of the look that ``cell`` has but for what is ``other``."""
    probe: Any = Cell(cell.parent, 1, 1)  # not one of the sheet's
    probe._style = copy(cell._style)
    for name, value in other.items():
        setattr(probe, name, value)
    return int(probe.style_id)
