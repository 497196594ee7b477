"""What charts have in common: the names beside bars, how many bars there are, and the words that stand in for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from plan_tracker.i18n import Words

BARS: Final = 25  # in one chart, to be legible on a page
FEW: Final = 12  # bars beside which a name may take two lines
_MARK = "Mn"  # a vowel or tone above or below its letter
T = TypeVar("T")


def chosen(bars: Sequence[T]) -> tuple[Sequence[T], int]:
    """The first of them, as many as a chart holds, and how many are left out."""
    return bars[:BARS], max(0, len(bars) - BARS)


def cut(name: str, most: int) -> str:
    """``name``, or its beginning with ``…``: about ``most`` letters, none without its vowel or tone."""
    letters = 0
    for end, sign in enumerate(name):
        letters += unicodedata.category(sign) != _MARK
        if letters > most:
            return f"{name[:end].rstrip()}…"
    return name


def bars_told(title: str, figures: Iterable[str], words: Words) -> str:
    """What a screen reader says of a chart of bars."""
    return words.say("chart", "A bar chart. {title}: {figures}", title=title, figures=", ".join(figures))
