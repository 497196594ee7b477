"""What stands on a keyed sheet outside its keyed cells: captions, labels, live texts, what was typed beside a field.

The same look at the sheets that are issued says which of it is ours (``forms.layout``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from plan_tracker.forms.definition.spec import Columns
from plan_tracker.forms.definition.workbook.keys import BLOCK, Place, key_columns, row_key
from plan_tracker.forms.reading.columns import index_of, letters_of
from plan_tracker.forms.reading.raw import FaultyCell


class LooseCell(NamedTuple):
    """A cell that belongs to no field: ``value`` as the reader gives it, never blank.

    ``column`` counts from 0, ``moved`` says by how many columns the sheet has grown (or shrunk) to the right of it.
    ``anchor`` names its row: its key without a code, else the first text in it. ``code`` and ``field`` are those of the
    keyed cell that is nearest; empty where the sheet has none. ``heads``: the key that a label here speaks of, the
    row's, or that of the column below a key row (``#f9.money.disbursed``); empty where there is none.
    """

    value: Any
    sheet: str
    address: str
    column: int
    moved: int
    anchor: str
    code: str
    field: str
    heads: str = ""


def find_loose(
    sheet: str, rows: Sequence[Sequence[Any]], columns: Columns, places: Sequence[Place]
) -> Iterator[LooseCell]:
    """The loose cells of a sheet, row by row, but for rows that nobody sees or whose keys contradict each other.

    Errors are none, nor formulas without a result: what a form calculates is nobody's input. ``columns`` are the
    sheet's as it was issued, ``places`` its keyed cells.
    """
    at = key_columns(rows)
    if not at:
        return
    mirror = at[-1] if at[-1] > index_of(columns.last) else None  # columns may have gone before it
    moved = mirror - index_of(columns.mirror) if mirror is not None else 0
    ours = {*at, *(index_of(letter) + moved for letter in (columns.says, columns.marks))}
    near, columns_of = _Neighbours(places), dict[int, str]()
    for index, row in enumerate(rows):
        key = row_key(row, at)
        if key is None or key.startswith(BLOCK):
            columns_of = _heads(key, row) if key else {}
            continue
        aside = near.columns(index) | ours
        found = [
            (column, value)
            for column, value in enumerate(row)
            if value and column not in aside and not isinstance(value, FaultyCell)
        ]
        if not found:
            continue
        anchor = key.rpartition("/")[2] or next((value for _column, value in found if isinstance(value, str)), "")
        keyed, number = near.row(index), str(index + 1)
        for column, value in found:
            _distance, code, field = min([(abs(beside - column), code, field) for beside, code, field in keyed])
            heads = anchor if key else columns_of.get(column, "")
            yield LooseCell(value, sheet, letters_of(column) + number, column, moved, anchor, code, field, heads)


def _heads(block: str, row: Sequence[Any]) -> dict[int, str]:
    """What the columns below a key row hold, by their keys."""
    return {column: block + name for column, name in enumerate(row) if isinstance(name, str) and name.startswith(".")}


class _Neighbours:
    """A sheet's keyed cells, to be found from any other."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._of_row: dict[int, list[tuple[int, str, str]]] = {}
        for code, field, row, column in places:
            self._of_row.setdefault(row, []).append((column, code, field))
        self._rows = sorted(self._of_row)

    def columns(self, row: int) -> set[int]:
        return {column for column, _code, _field in self._of_row.get(row, ())}

    def row(self, row: int) -> Sequence[tuple[int, str, str]]:
        """Column, code and field of those in the nearest row: the same, else the one before or after."""
        if not self._rows:
            return [(0, "", "")]
        after = bisect_left(self._rows, row)
        rows = self._rows[max(0, after - 1) : after + 1]
        return self._of_row[min(rows, key=lambda other: abs(other - row))]
