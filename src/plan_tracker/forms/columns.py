"""The letters of a spreadsheet's columns."""

from __future__ import annotations

from functools import cache


@cache
def letters_of(column: int) -> str:
    """``A`` for column 0, ``AA`` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
