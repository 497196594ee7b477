"""The formulas of a sheet that say the same of their own rows, written once, as spreadsheet programs write them.

A formula is given with the rows that it names counted from its own: ``mark("B", -3)`` stands for the cell of column B
three rows above. Only formulas over cells of their own sheet may be shared: Excel takes a file with others for damaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape

_CELL = re.compile("\x02([A-Z]+)(-?[0-9]+)\x03")
_GROUP = re.compile("\x01([0-9]+)\x01")


def mark(column: str, down: int) -> str:
    """The cell of ``column``, ``down`` rows below the formula's own."""
    return f"\x02{column}{down}\x03"


def placed(formula: str, row: int) -> str:
    """``formula`` as it reads in ``row``."""
    return _CELL.sub(lambda cell: f"{cell[1]}{row + int(cell[2])}", formula)


@dataclass(slots=True)
class _Group:
    column: str
    formula: str
    first: int
    last: int


class _Again(NamedTuple):
    """A list of formulas, which is held on to, its elements from the second time on, the last place of each group."""

    formulas: list[str]
    elements: list[str]
    lasts: dict[int, int]


class SharedFormulas:
    """Gives each formula its element; the first of several alike is known only in the end, by ``finish``."""

    def __init__(self) -> None:
        self._groups: list[_Group] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._again: dict[tuple[str, int], _Again] = {}

    def element(self, column: str, row: int, formula: str) -> str:
        """What stands for ``formula`` in the cell of ``column`` and ``row``. Rows of a column come in order."""
        number = self._numbers.setdefault((column, formula), len(self._groups))
        if number == len(self._groups):
            self._groups.append(_Group(column, formula, row, row))
            return f"\x01{number}\x01"
        self._groups[number].last = row
        return f'<f t="shared" si="{number}"/>'

    def elements(self, column: str, row: int, formulas: list[str]) -> list[str]:
        """The elements of ``formulas`` from ``row`` on. A list that comes again is looked through only once."""
        known = self._again.get((column, id(formulas)))
        if known:
            self._moved(known, row)
            return list(known.elements)
        made = [self.element(column, at, formula) for at, formula in enumerate(formulas, row)]
        numbers = [self._numbers[column, formula] for formula in formulas]
        again = [f'<f t="shared" si="{number}"/>' for number in numbers]
        self._again[column, id(formulas)] = _Again(formulas, again, {number: at for at, number in enumerate(numbers)})
        return made

    def _moved(self, known: _Again, row: int) -> None:
        for number, place in known.lasts.items():
            self._groups[number].last = row + place

    def finish(self, xml: str) -> str:
        """``xml`` with the formulas themselves where they first stand."""

        def written(found: re.Match[str]) -> str:
            number = int(found[1])
            group = self._groups[number]
            text = escape(placed(group.formula, group.first))
            if group.last == group.first:
                return f"<f>{text}</f>"
            span = f"{group.column}{group.first}:{group.column}{group.last}"
            return f'<f t="shared" ref="{span}" si="{number}">{text}</f>'

        return _GROUP.sub(written, xml)
