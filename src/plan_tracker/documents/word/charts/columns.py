"""Small multiples in one chart: a row for each label and a column for each series, all bars on one scale.

Each column has its own base, so that its bars can be compared from above to below. Word knows no such chart; a stacked
one draws it: beside each bar stand its figure and the room that is left of the column, both without a colour. Nothing
is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import Final

from plan_tracker.documents.word.charts.chart import Chart, Shape

ROWS: Final = 30  # in one chart, which has to stand on a page
_BETWEEN: Final = Decimal("0.05")  # of all columns together, between two of them


class Role(StrEnum):
    """What a series is there for."""

    BAR = "bar"
    FIGURE = "figure"  # as long as the bar, beyond which it tells its value
    ROOM = "room"  # that the column before has left


@dataclass(frozen=True, slots=True)
class Laid:
    """A series as it is drawn; ``name`` as the chart's workbook has it.

    ``width``: of room, that of the column whose rest it is; 0 before the first one.
    """

    name: str
    role: Role
    values: Sequence[Decimal | int | None]
    width: Decimal = Decimal(0)


def parts_of(chart: Chart) -> list[Chart]:
    """``chart`` itself, but for one of columns that has too many rows for a page: its rows as several, evenly."""
    if chart.shape is not Shape.COLUMNS:
        return [chart]
    widest = {name: max((value for value in values if value), default=0) for name, values in chart.series.items()}
    whole = replace(chart, widest=widest)
    count = ceil(len(chart.labels) / ROWS)
    size = ceil(len(chart.labels) / count)
    return [_rows(whole, slice(at, at + size)) for at in range(0, len(chart.labels), size)]


def _rows(chart: Chart, rows: slice) -> Chart:
    return replace(
        chart, labels=chart.labels[rows], series={name: values[rows] for name, values in chart.series.items()}
    )


def series_of(chart: Chart) -> Iterator[Laid]:
    """The chart's series, of one of columns with what is laid beside their bars, in this order.

    Each bar has one before it and one behind: LibreOffice counts the entries of such a legend from its end.
    """
    if chart.shape is not Shape.COLUMNS:
        yield from (Laid(name, Role.BAR, values) for name, values in chart.series.items())
        return
    figure, room = chart.beside
    width, left = Decimal(0), [Decimal(0)] * len(chart.labels)
    for name, values in chart.series.items():
        yield Laid(f"{name} ({room})", Role.ROOM, left, width)
        yield Laid(name, Role.BAR, values)
        yield Laid(f"{name} ({figure})", Role.FIGURE, values)
        width = _width(chart, name)
        left = [width - 2 * (value or 0) for value in values]


def width_of_all(chart: Chart) -> Decimal:
    """Where the last column ends, on the scale of the values."""
    return sum((_width(chart, name) for name in chart.series), Decimal(0))


def _width(chart: Chart, name: str) -> Decimal:
    between = _BETWEEN * 2 * sum(map(Decimal, chart.widest.values()))
    return 2 * Decimal(chart.widest[name]) + between
