"""Charts as plain SVG: bars with their labels above them, so that they read well on a narrow screen, and lines.

Every chart has a name and says its figures in text; colours are never the only difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from plan_tracker.publication.site.words import as_html, language_of

WIDTH = 340  # of the drawing's own units; about as many as a phone has pixels
_ROW, _BAR, _LEGEND_ROW = 44, 14, 20
_PLOT_HEIGHT, _LEFT, _RIGHT = 170, 34, 16
_DASHES = ("6 4", "", "2 4", "10 3", "8 3 2 3")  # the last two of the same projects alone
_BESIDE = 3  # names of lines beside one another; each further one has a row of its own
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: None is drawn as no bar, its ``text`` says why. ``part`` of it is marked, and told by ``part_text``."""

    label: str
    value: Decimal | None
    text: str
    part: Decimal = Decimal(0)
    part_text: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One line through the quarters, in per cent; None leaves a gap."""

    name: str
    values: tuple[Decimal | None, ...]


def bar_chart(bars: Sequence[Bar], name: str, unit: str, whole: Decimal, *, language: str) -> Markup:
    """Horizontal bars on rails that are the ``whole``; longer ones are cut there, their text is not.

    ``language`` is the page's: a label that is not in it says so.
    """
    scale = whole or Decimal(1)
    drawn = "".join(_bar(bar, number, scale, unit, language) for number, bar in enumerate(bars))
    return drawing(drawn, name, _ROW * len(bars) + 4)


def _bar(bar: Bar, number: int, scale: Decimal, unit: str, language: str) -> str:
    top = number * _ROW
    y, base = top + 22, top + 16
    length, part = _length(bar.value or Decimal(0), scale), _length(bar.part, scale)
    said = f"{bar.text} {unit}".rstrip() if bar.value is not None else bar.text
    said = f"{said} ({bar.part_text})" if bar.part_text else said
    drawn = [f'<rect class="rail" x="1" y="{y}" width="{WIDTH - 2}" height="{_BAR}"/>']
    if length:
        drawn.append(f'<rect class="bar" x="1" y="{y}" width="{length}" height="{_BAR}"/>')
    if length and part:  # lower than its bar, so that it is told without colours
        drawn.append(f'<rect class="part" x="1" y="{y + _BAR / 2}" width="{part}" height="{_BAR / 2}"/>')
    label = escape(shortened(bar.label, WIDTH - 10 - room(said)))
    drawn.append(f'<text x="1" y="{base}"{language_of(bar.label, language)}>{label}</text>')
    drawn.append(f'<text class="value" x="{WIDTH - 1}" y="{base}">{escape(said)}</text>')
    return "".join(drawn)


def _length(value: Decimal, scale: Decimal) -> float:
    return round(float(min(max(value, Decimal(0)), scale) / scale) * (WIDTH - 2), 1)


def line_chart(series: Sequence[Series], quarters: Sequence[str], name: str) -> Markup:
    """Lines over ``quarters`` on a scale from 0 to 100 per cent, told apart by dashes and by their names."""
    drawn = [_grid(percent) for percent in (0, 50, 100)]
    drawn += [
        f'<text class="middle" x="{_x(i, quarters)}" y="198">{escape(quarter)}</text>'
        for i, quarter in enumerate(quarters)
    ]
    for number, line in enumerate(series):
        drawn.append(_line(line, number, quarters))
        drawn.append(_legend(line.name, number))
    return drawing("".join(drawn), name, 226 + _LEGEND_ROW * max(0, len(series) - _BESIDE))


def _grid(percent: int) -> str:
    y = _y(Decimal(percent))
    line = f'<line class="rail" x1="{_LEFT}" y1="{y}" x2="{WIDTH - _RIGHT}" y2="{y}"/>'
    return f'{line}<text class="value" x="{_LEFT - 5}" y="{y + 4}">{percent}</text>'


def _line(line: Series, number: int, quarters: Sequence[str]) -> str:
    points = [(_x(i, quarters), _y(value)) for i, value in enumerate(line.values) if value is not None]
    path = " ".join(f"{x},{y}" for x, y in points)
    dots = [f'<circle class="dot s{number}" cx="{x}" cy="{y}" r="4"/>' for x, y in points]
    return f'<polyline class="line s{number}" stroke-dasharray="{_DASHES[number]}" points="{path}"/>' + "".join(dots)


def _legend(name: str, number: int) -> str:
    x = 6 + number * 112 if number < _BESIDE else 6
    y = 216 + _LEGEND_ROW * max(0, number - _BESIDE + 1)
    dashes = f'stroke-dasharray="{_DASHES[number]}"'
    line = f'<line class="line s{number}" {dashes} x1="{x}" y1="{y}" x2="{x + 28}" y2="{y}"/>'
    dot = f'<circle class="dot s{number}" cx="{x + 14}" cy="{y}" r="4"/>'
    return f'{line}{dot}<text x="{x + 34}" y="{y + 4}">{escape(name)}</text>'


def _x(i: int, quarters: Sequence[str]) -> float:
    step = (WIDTH - _LEFT - _RIGHT) / max(len(quarters) - 1, 1)
    return round(_LEFT + i * step, 1)


def _y(percent: Decimal) -> float:
    share = float(min(max(percent, Decimal(0)), _HUNDRED) / _HUNDRED)
    return round(10 + (1 - share) * (_PLOT_HEIGHT - 10), 1)


def drawing(drawn: str, name: str, height: int) -> Markup:
    """What is ``drawn``, in which all texts are escaped, as a picture of that name."""
    view = f"0 0 {WIDTH} {height}"
    return as_html(f'<svg class="chart" role="img" aria-label="{escape(name)}" viewBox="{view}">{drawn}</svg>')


def shortened(text: str, most: int) -> str:
    """The text, or as much of its beginning as fits into ``most``; no letter loses its vowels or tone marks."""
    if room(text) <= most:
        return text
    ends = (end for end in range(len(text) - 1, 0, -1) if room(text[end]) and room(text[:end] + "…") <= most)
    return text[: next(ends, 0)].rstrip() + "…"


def room(text: str) -> int:
    """About how wide a text is at most, in the drawing's units; vowels and marks above or below a letter take none."""
    return sum(0 if unicodedata.category(letter) == "Mn" else 7 if letter.isascii() else 8 for letter in text)
