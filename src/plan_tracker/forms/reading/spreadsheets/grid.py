"""A sheet as it was read, whatever kind of file it stood in: its values in rows, and what its cells show.

What lies far out is left out and named: a sheet is kept as rows, so that one word in the last cell of a sheet would
take more memory than there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from plan_tracker.forms.reading.columns import letters_of
from plan_tracker.forms.reading.raw import DoubledCell

NEAR_COLUMNS = 208  # up to GZ
Spot = tuple[int, int]  # row and column, from 0
Area = tuple[Spot, Spot]  # the first and the last cell of a rectangle


@dataclass(frozen=True, slots=True)
class SheetLimits:
    """What a file may cost: bytes once unpacked, populated cells, digits of the farthest row's number.

    ``memory`` (bytes) and ``seconds`` (of processor time) are for reading one file in a process of its own (see
    ``intake.readers``).
    """

    unpacked: int = 300_000_000
    cells: int = 500_000
    row_digits: int = 4
    memory: int = 1_000_000_000
    seconds: int = 10


class TooManyCellsError(Exception):
    """A workbook has more populated cells than its limits let it have."""


class CellDisplay(NamedTuple):
    """How a cell shows its number or day: by a number format, or as the ``text`` that the file has beside it."""

    code: str
    text: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A sheet from A1, its rows no longer than they are filled.

    ``rows``: str, float, bool, date, time or ``FaultyCell``, and ``""`` where blank. ``looks``: of numbers and days
    that are not shown plainly. ``merged``: areas of which the first cell alone is seen. ``far``: addresses of what was
    filled and too far out to be kept.
    """

    rows: Sequence[Sequence[Any]]
    looks: Mapping[Spot, CellDisplay] = field(default_factory=dict)
    merged: Sequence[Area] = ()
    far: Sequence[str] = ()

    def is_covered(self, row: int, column: int) -> bool:
        """Whether a merge hides the cell, whatever stands in it."""
        return any(
            left <= column <= right and (row, column) != (top, left)
            for top, left, right in self._merged_in_row.get(row, ())
        )

    @cached_property
    def _merged_in_row(self) -> dict[int, list[tuple[int, int, int]]]:
        found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for (top, left), (bottom, right) in self.merged:
            for row in range(top, min(bottom + 1, len(self.rows))):
                found[row].append((top, left, right))
        return found


class SheetBuilder:
    """A sheet in the making: cells are put into it in any order, within ``limits``."""

    def __init__(self, limits: SheetLimits, room: int) -> None:
        self.last_row, self.room = 10**limits.row_digits - 1, room
        self.cells: dict[int, dict[int, Any]] = {}
        self.looks: dict[Spot, CellDisplay] = {}
        self.far: list[str] = []

    def put(self, row: int, column: int, value: Any, look: CellDisplay | None = None) -> None:
        """``row`` and ``column`` count from 0. A cell that is put twice holds neither. Raises ``TooManyCellsError``."""
        self.room -= 1
        if self.room < 0:
            raise TooManyCellsError
        if column >= NEAR_COLUMNS or row >= self.last_row:
            self.far.append(f"{letters_of(column)}{row + 1}")
            return
        cells = self.cells.setdefault(row, {})
        if column in cells and (cells[column], self.looks.get((row, column))) != (value, look):
            value, look = DoubledCell(f"{cells[column]} · {value}"), None
        cells[column] = value
        if look is not None:
            self.looks[row, column] = look

    def sheet(self, merged: Iterable[Area] = ()) -> Sheet:
        """The sheet as it is filled."""
        rows: list[list[Any]] = [[] for _row in range(max(self.cells, default=-1) + 1)]
        for number, cells in self.cells.items():
            line: list[Any] = [""] * (max(cells) + 1)
            for column, value in cells.items():
                line[column] = value
            rows[number] = line
        return Sheet(rows, self.looks, tuple(merged), self.far)
