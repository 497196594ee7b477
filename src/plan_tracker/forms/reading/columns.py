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


def index_of(letters: str) -> int:
    """0 for column ``A``, 26 for ``AA``."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
