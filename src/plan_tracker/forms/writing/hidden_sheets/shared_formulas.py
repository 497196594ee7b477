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

    def then(self, more: Gaps | str) -> Gaps:
        """The same with ``more`` behind it."""
        other = more if isinstance(more, Gaps) else Gaps(more.replace("%", "%%"), ())
        return Gaps(self.text + other.text, self.rows + other.rows)


class Lines:
    """The XML of several rows of a block, a line each."""

    def __init__(self, rows: Iterable[Gaps]) -> None:
        listed = list(rows)
        self._gaps = Gaps("\n".join(row.text for row in listed), tuple(gap for row in listed for gap in row.rows))

    def at(self, first: int) -> str:
        """Those of a block that begins in the row ``first``. Most forms have theirs in the same rows."""
        return _lines_at(self, first)

    def filled(self, first: int) -> str:
        return self._gaps.at(first)


@lru_cache(maxsize=200)
def _lines_at(lines: Lines, first: int) -> str:
    return lines.filled(first)


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


@lru_cache(maxsize=5_000)
def _formula_at(formula: str, row: int) -> str:
    """The formula's text as XML in a cell of ``row``."""
    return gaps_of(formula).at(row)


class Formulas:
    """The long formulas of the blocks of many workbooks, each with its number; ``known`` are those of all of them."""

    def __init__(self, known: Formulas | None = None) -> None:
        self._numbers: dict[tuple[str, str], int] = dict(known._numbers) if known else {}
        self._listed: list[tuple[str, str]] = list(known._listed) if known else []
        self._used: list[tuple[Mapping[int, Group], int, list[str]]] = []

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

    def use(self, groups: Mapping[int, Group], first: int, rows: list[str]) -> None:
        """Notes that a block from the row ``first`` on holds ``groups`` in its ``rows``."""
        self._used.append((groups, first, rows))

    def finish(self) -> None:
        """Writes each formula itself into the row in which it first stands."""
        begun: dict[int, tuple[int, int, list[str]]] = {}
        last, cells = dict[int, int](), dict[int, int]()
        for groups, first, rows in self._used:
            for number, group in groups.items():
                if number not in begun:
                    begun[number] = first + group.first, group.first, rows
                last[number] = first + group.last
                cells[number] = cells.get(number, 0) + group.cells
        for number, (row, place, rows) in begun.items():
            column, formula = self._listed[number]
            span = f"{column}{row}:{column}{last[number]}"
            kind = f' t="shared" ref="{span}" si="{number}"' if cells[number] > 1 else ""
            rows[place] = rows[place].replace(_element(number), f"<f{kind}>{_formula_at(formula, row)}</f>", 1)


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
