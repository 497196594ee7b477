"""Where a printed sheet turns its page, so that no heading stands alone at a page's foot. Nothing is read or written.

Spreadsheet programs turn a page wherever the next row does not fit; none keeps a heading with what follows it, and how
much fits goes by the fonts at hand. Where a sheet's rows are high already when it is issued, its pages are turned for
the least room that there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from plan_tracker.forms import house_style

_A4 = 595.0, 842.0  # points
_POINTS_IN_AN_INCH = 72
_POINTS_IN_A_CHARACTER = 5.25  # of a column's width
_SURE = 0.97  # programs round heights


def room_on_page(widths: Iterable[float], *, landscape: bool) -> float:
    """How many points of rows go onto an A4 page on which columns so many characters wide fill the width."""
    wide, high = reversed(_A4) if landscape else _A4
    left, right, top, bottom = (margin * _POINTS_IN_AN_INCH for margin in house_style.MARGINS)
    scale = min(1.0, (wide - left - right) / (sum(widths) * _POINTS_IN_A_CHARACTER))
    return (high - top - bottom) / scale * _SURE


def page_ends(
    heights: Mapping[int, float], headings: Iterable[int], room: float, ends: Sequence[int] = ()
) -> list[int]:
    """The rows after which a page is to end, besides those after which it does (``ends``).

    ``heights``: of the printed rows from the top, in points, 0 for hidden ones; what is repeated on each page is no
    row of its own. ``headings`` are the rows that belong to the next one. Every turn is given, so that programs with
    more room turn there too; none where all fits on a page.
    """
    belong, made, on_page, filled = set(headings), list[int](), list[int](), 0.0
    for row, height in heights.items():
        if on_page and filled + height > room:
            on_page, ended = _turned(on_page, belong)
            made += ended
            filled = sum(heights[one] for one in on_page)
        on_page.append(row)
        filled += height
        if row in ends:
            on_page, filled = [], 0
    return made


def _turned(on_page: Sequence[int], belong: set[int]) -> tuple[list[int], list[int]]:
    """The rows that go over to the next page, and the row after which this one ends; none where all are headings."""
    stay = len(on_page)
    while stay and on_page[stay - 1] in belong:
        stay -= 1
    return list(on_page[stay:]) if stay else [], [on_page[stay - 1]] if stay else []
