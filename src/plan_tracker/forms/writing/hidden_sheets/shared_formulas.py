"""The long formulas of a sheet that say the same of their own rows, written once, as spreadsheet programs write them.

A formula is given with the rows that it names counted from its own: ``mark("B", -3)`` stands for the cell of column B
three rows above. Only formulas over cells of their own sheet may be shared: Excel takes a file with others for damaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from xml.sax.saxutils import escape

_CELL = re.compile("\x02([A-Z]+)(-?[0-9]+)\x03")
_SHARED = re.compile('<f t="shared" si="([0-9]+)"/>')
_SHORT = 45  # characters: what is shorter costs no more where it stands than the address that a shared one needs


def mark(column: str, down: int) -> str:
    """The cell of ``column``, ``down`` rows below the formula's own."""
    return f"\x02{column}{down}\x03"


class Gaps(NamedTuple):
    """XML with a gap (``%d``) for each row that it names, and how far below the first row of a block those are."""

    text: str
    rows: tuple[int, ...]

    def at(self, first: int) -> str:
        return self.text % tuple([first + row for row in self.rows])


def lines_of(cells: Iterable[Gaps]) -> Gaps:
    """The XML of several rows at once, a line each: filling all their gaps together costs a tenth."""
    listed = list(cells)
    return Gaps("\n".join(one.text for one in listed), tuple(row for one in listed for row in one.rows))


class Group(NamedTuple):
    """Cells that share a formula: the first and the last row, and how many they are."""

    first: int
    last: int
    cells: int


@lru_cache(maxsize=20_000)
def gaps_of(formula: str) -> Gaps:
    """The formula's text as XML; rows are counted from its own."""
    text = _CELL.sub(lambda cell: f"{cell[1]}%d", escape(formula).replace("%", "%%"))
    return Gaps(text, tuple(int(cell[1]) for cell in _CELL.findall(formula)))


class Formulas:
    """The long formulas of the blocks of many workbooks, each with its number; ``known`` are those of all of them."""

    def __init__(self, known: Formulas | None = None) -> None:
        self._numbers: dict[tuple[str, str], int] = dict(known._numbers) if known else {}
        self._listed: list[tuple[str, str]] = list(known._listed) if known else []
        self._groups: dict[int, Group] = {}

    def cell(self, column: str, place: int, formula: str, kind: str = "", *, apart: bool = False) -> Gaps:
        """The opening of a cell, in ``column`` and the row ``place`` of a block, with its formula.

        ``kind`` is its result's. A cell that stands ``apart`` from the one before needs an address, as does one whose
        formula is shared.
        """
        text, downs = gaps_of(formula)
        if len(text) <= _SHORT:
            rows = tuple(place + down for down in downs)
            if apart:
                return Gaps(f'<c r="{column}%d"{kind}><f>{text}</f>', (place, *rows))
            return Gaps(f"<c{kind}><f>{text}</f>", rows)
        if (column, formula) not in self._numbers:
            self._numbers[column, formula] = len(self._listed)
            self._listed.append((column, formula))
        return Gaps(f'<c r="{column}%d"{kind}>{_element(self._numbers[column, formula])}', (place,))

    def use(self, groups: Mapping[int, Group], first: int) -> None:
        """Notes that a block from the row ``first`` on holds ``groups``."""
        for number, group in groups.items():
            known = self._groups.get(number)
            if known is None:
                self._groups[number] = Group(first + group.first, first + group.last, group.cells)
            else:
                self._groups[number] = Group(known.first, first + group.last, known.cells + group.cells)

    def finish(self, rows: list[str], first: int) -> None:
        """Writes each formula itself where it first stands. ``rows`` begin with the row ``first``."""
        for number, group in self._groups.items():
            column, formula = self._listed[number]
            text = gaps_of(formula)
            said = text.text % tuple(group.first + down for down in text.rows)
            span = f"{column}{group.first}:{column}{group.last}"
            whole = f'<f t="shared" ref="{span}" si="{number}">{said}</f>' if group.cells > 1 else f"<f>{said}</f>"
            row = rows[group.first - first]
            rows[group.first - first] = row.replace(_element(number), whole, 1)


def _element(number: int) -> str:
    return f'<f t="shared" si="{number}"/>'


def groups_of(cells: Iterable[tuple[int, str]]) -> dict[int, Group]:
    """The shared formulas in rows of cells, each with its place, by their numbers."""
    found: dict[int, Group] = {}
    for place, text in cells:
        for number in map(int, _SHARED.findall(text)):
            known = found.get(number)
            found[number] = Group(known.first, place, known.cells + 1) if known else Group(place, place, 1)
    return found
