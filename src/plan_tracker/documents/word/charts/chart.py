"""What a chart shows, apart from any format. Nothing is read or written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Shape(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"  # horizontal, the first label on top; the series of one label lie over one another
    COLUMNS = "columns"  # small multiples: a row for each label, a column of bars for each series
    LINES = "lines"


class Look(StrEnum):
    """How a series of bars is drawn. Solid, patterned, light and framed ones differ in print without colour."""

    ACCENT = "accent"  # what is to be seen: the one colour
    LIGHT = "light"
    GREY = "grey"
    STRIPES = "stripes"
    DOTS = "dots"
    GRID = "grid"
    CROSSES = "crosses"
    LINES = "lines"
    OUTLINE = "outline"  # a frame around the others, such as their target


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: ``series`` of values by name, one value per label; None leaves a gap, which is not 0.

    ``title`` says what is to be seen, ``name`` what is shown; ``looks`` how each series of bars is drawn. ``decimals``
    are those of the values' labels. ``maximum`` fixes the end of the scale, unless a value lies beyond it; bars beyond
    ``limit`` are cut off there. Of a chart of columns ``beside`` is what the figure beside a bar and the room left of a
    column are called in the workbook, ``widest`` the longest bar of each column, where other charts go on with it.
    ``description`` is read out by screen readers in place of the picture. ``left_out``: how many labels there was no
    room for.
    """

    name: str
    title: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[Decimal | int | None]]
    description: str
    looks: Mapping[str, Look] = field(default_factory=dict)
    decimals: int = 0
    maximum: int | None = None
    limit: int | None = None
    shape: Shape = Shape.BARS
    beside: tuple[str, str] = ("", "")
    widest: Mapping[str, Decimal | int] = field(default_factory=dict)
    left_out: int = 0

    @property
    def values(self) -> list[Decimal | int]:
        """All that is known, of every series."""
        return [value for values in self.series.values() for value in values if value is not None]

    @property
    def is_cut(self) -> bool:
        """Whether a bar is longer than is drawn."""
        return self.limit is not None and max(self.values, default=0) > self.limit

    @property
    def lines_of_labels(self) -> int:
        """How many lines the tallest label takes."""
        return max((label.count("\n") + 1 for label in self.labels), default=1)

    @property
    def letters_of_labels(self) -> int:
        """How wide the widest line of a label is, in letters; vowels and tones above or below them take no room."""
        lines = (line for label in self.labels for line in label.split("\n"))
        return max((sum(unicodedata.category(sign) != "Mn" for sign in line) for line in lines), default=0)
