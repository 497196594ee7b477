"""How wide a table's columns are, and on which paper it is printed, so that it takes few pages and can be read.

A sheet is printed as wide as its paper: its pages are the fewer the more rows have one line. Nothing is read or
written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from plan_tracker.documents.tables import Cell, Column, ColumnType
from plan_tracker.forms.house_style import OF_A_LINE, letters

NARROW = 1.1  # the font's characters are that much narrower than those that widths are counted in
INDENT = 1.5  # characters
WRAPPED = (ColumnType.TEXT, ColumnType.LONG)
A3, A4 = 8, 9  # as workbooks number them
_WIDEST: Final = 60  # characters; longer texts go on in a second line
_MOST_FITTING: Final = 0.95  # of a column's texts; a few long ones may wrap
_FILLS_A4: Final = 210  # characters; more of them are too small to read there


def is_wrapped(column: Column[Any]) -> bool:
    """Whether its texts go on in a second line: those of details stay on one."""
    return column.type in WRAPPED and not column.is_detail


def widths_of(columns: Sequence[Column[Any]], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """In characters: as the column says, or wider where its texts would wrap and need not."""
    return [_width(column, [row[place] for row in rows]) for place, column in enumerate(columns)]


def paper_for(columns: Sequence[Column[Any]], widths: Sequence[float]) -> int:
    """A4, or A3 where what is printed is too wide to be read on it."""
    printed = sum(width for column, width in zip(columns, widths, strict=True) if not column.is_detail)
    return A3 if printed > _FILLS_A4 else A4


def _width(column: Column[Any], cells: Sequence[Cell]) -> float:
    usual = column.characters
    if not is_wrapped(column) or usual >= _WIDEST:
        return usual
    longest = sorted(max(map(letters, cell.split("\n"))) for cell in cells if isinstance(cell, str) and cell)
    if not longest:
        return usual
    fitting = longest[min(len(longest) - 1, int(len(longest) * _MOST_FITTING))]
    return min(max(usual, round(fitting / OF_A_LINE / NARROW + INDENT + 0.5)), _WIDEST)
