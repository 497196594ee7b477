"""How large a chart is, and where in it the bars begin: what its labels need."""

from __future__ import annotations

from typing import Final

from plan_tracker.documents.word.charts.chart import Chart, Shape

WIDTH_CM: Final = 16.0
_PICTURE_CM, _PAGE_CM, _AROUND_CM = 4.2, 18.5, 0.4
_FEW_LINES, _MORE_LINES_CM = 3, 1.3  # each more takes a line of the legend, and room to be told from the others
_BAR_CM, _NARROW_BAR_CM, _LINE_CM = 0.68, 0.54, 0.56
_LEGEND_CM, _LEGEND_LETTERS = 0.75, 75  # a line of it, and how many letters with their keys go on one
_KEY_LETTERS = 5
_FEW = 12  # labels, beside which there is room for large ones
_LETTER_CM = {13: 0.185, 11: 0.16, 10: 0.15}
_MOST_OF_WIDTH = 0.62


def font_size_of(chart: Chart) -> int:
    """In points: smaller where the labels are many or long."""
    return 11 if len(chart.labels) > _FEW or chart.lines_of_labels > 1 else 13


def legend_cm(chart: Chart) -> float:
    if len(chart.series) < 2:
        return 0
    letters = sum(len(name) + _KEY_LETTERS for name in chart.series)
    return _LEGEND_CM * (1 + letters // _LEGEND_LETTERS)


def height_of(chart: Chart) -> float:
    """In cm: what the bars need, up to a page; of lines a quarter of one, more where the legend has more lines."""
    if chart.shape is Shape.LINES:
        return _PICTURE_CM + _MORE_LINES_CM * max(0, len(chart.series) - _FEW_LINES)
    row = max(_BAR_CM if len(chart.labels) <= _FEW else _NARROW_BAR_CM, _LINE_CM * chart.lines_of_labels)
    return min(_PAGE_CM, _AROUND_CM + legend_cm(chart) + row * len(chart.labels))


def bars_from(chart: Chart) -> float:
    """At which part of the width the bars begin, right of their labels."""
    return min(_MOST_OF_WIDTH, (0.6 + chart.letters_of_labels * _LETTER_CM[font_size_of(chart)]) / WIDTH_CM)
