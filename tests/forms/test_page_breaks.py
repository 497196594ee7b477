"""No heading stands alone at the foot of a printed page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.forms.writing.filling.page_breaks import page_ends, room_on_page

ROOM = 1000.0
_ROWS = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 22.0, 42.0, 200.0, 409.0])), max_size=40)


def _pages(heights: Mapping[int, float], ends: Collection[int], room: float) -> Iterator[list[int]]:
    """The rows of each page as a spreadsheet program prints them."""
    page: list[int] = []
    for row, height in heights.items():
        if page and (sum(heights[one] for one in page) + height > room or page[-1] in ends):
            yield page
            page = []
        page.append(row)
    yield page


def _printed(rows: Sequence[tuple[bool, float]]) -> tuple[dict[int, float], set[int]]:
    heights = {number: min(height, 42) if heads else height for number, (heads, height) in enumerate(rows, 5)}
    return heights, {number for number, (heads, _height) in enumerate(rows, 5) if heads}


@given(_ROWS, st.sets(st.integers(5, 45), max_size=2), st.sampled_from([1.0, 1.2, 1.5]))
def test_no_page_but_the_last_ends_with_a_heading_in_any_program(
    rows: Sequence[tuple[bool, float]], ends: set[int], more: float
) -> None:
    """How much goes onto a page depends on the fonts at hand."""
    heights, headings = _printed(rows)
    ends -= headings
    made = page_ends(heights, headings, ROOM, sorted(ends))
    *whole, _last = _pages(heights, {*made, *ends}, ROOM * more)
    assert [page for page in whole if page[-1] in headings and not headings.issuperset(page)] == []


@given(_ROWS)
def test_what_fits_on_a_page_is_not_turned(rows: Sequence[tuple[bool, float]]) -> None:
    heights, headings = _printed(rows)
    assert page_ends(heights, headings, sum(heights.values())) == []


def test_a_page_has_room_for_more_where_columns_are_wider() -> None:
    assert room_on_page([158], landscape=False) > room_on_page([110], landscape=False) > 700
    assert room_on_page([110], landscape=True) < 600
