"""What charts have in common: the names beside bars, how many bars there are, and the words that stand in for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from plan_tracker.i18n import Words

BARS: Final = 32  # in one chart, to be legible on a page
FEW: Final = 8  # bars beside which a name may take two lines
T = TypeVar("T")


def chosen(bars: Sequence[T]) -> tuple[Sequence[T], int]:
    """The first of them, as many as a chart holds, and how many are left out."""
    return bars[:BARS], max(0, len(bars) - BARS)


def bars_told(title: str, figures: Iterable[str], words: Words) -> str:
    """What a screen reader says of a chart of bars."""
    return words.say("chart", "A bar chart. {title}: {figures}", title=title, figures=", ".join(figures))
