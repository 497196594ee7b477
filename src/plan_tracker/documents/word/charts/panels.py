"""Small multiples: a chart of many labels as a grid of small charts on one scale, so that they can be compared.

The names of the bars stand at the first of each row alone. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from plan_tracker.documents.word.charts.chart import Chart, Shape

IN_ROW: Final = 4


def panels_of(chart: Chart) -> list[Chart]:
    """``chart`` itself, but for one of small multiples: these, in their order."""
    return list(_panels(chart)) if chart.shape is Shape.PANELS else [chart]


def _panels(chart: Chart) -> Iterator[Chart]:
    highest = int(max(chart.values, default=1))
    for place, label in enumerate(chart.labels):
        values = [of_series[place] for of_series in chart.series.values()]
        bars = enumerate(zip(chart.series, values, strict=True))
        told = ", ".join(f"{name} {value}" for name, value in zip(chart.series, values, strict=True) if value)
        yield replace(
            chart,
            name=f"{chart.name}: {label}",
            title=label,
            labels=list(chart.series),
            series={
                name: [value if at == number else None for at in range(len(values))] for number, (name, value) in bars
            },
            description=f"{label}: {told}",
            maximum=highest,
            shape=Shape.PANEL,
            has_names=place % IN_ROW == 0,
            left_out=0,
        )
