"""Charts as plain SVG: bars with their labels above them, so that they read well on a narrow screen, and lines.

Every chart has a name and says its figures in text; colours are never the only difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from plan_tracker.publication.site.words import is_thai

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
    drawn = Markup("").join(_bar(bar, number, scale, unit, language) for number, bar in enumerate(bars))
    return drawing(drawn, name, _ROW * len(bars) + 4)


def _bar(bar: Bar, number: int, scale: Decimal, unit: str, language: str) -> Markup:
    top = number * _ROW
    length, part = _length(bar.value or Decimal(0), scale), _length(bar.part, scale)
    said = f"{bar.text} {unit}".rstrip() if bar.value is not None else bar.text
    said = f"{said} ({bar.part_text})" if bar.part_text else said
    shape = Markup('<rect class="bar" x="1" y="{y}" width="{w}" height="{h}"/>').format(y=top + 22, w=length, h=_BAR)
    if part:
        # lower than its bar, so that it is told without colours
        marked = Markup('<rect class="part" x="1" y="{y}" width="{w}" height="{h}"/>')
        shape += marked.format(y=top + 22 + _BAR / 2, w=part, h=_BAR / 2)
    return Markup(
        '<rect class="rail" x="1" y="{y}" width="{full}" height="{h}"/>{shape}'
        '<text x="1" y="{base}"{lang}>{label}</text><text class="value" x="{end}" y="{base}">{said}</text>'
    ).format(
        y=top + 22,
        full=WIDTH - 2,
        h=_BAR,
        shape=shape if length else "",
        base=top + 16,
        lang=Markup(' lang="th"') if language != "th" and is_thai(bar.label) else "",
        label=shortened(bar.label, WIDTH - 10 - room(said)),
        end=WIDTH - 1,
        said=said,
    )


def _length(value: Decimal, scale: Decimal) -> float:
    return round(float(min(max(value, Decimal(0)), scale) / scale) * (WIDTH - 2), 1)


def line_chart(series: Sequence[Series], quarters: Sequence[str], name: str) -> Markup:
    """Lines over ``quarters`` on a scale from 0 to 100 per cent, told apart by dashes and by their names."""
    drawn = [_grid(percent) for percent in (0, 50, 100)]
    drawn += [
        Markup('<text class="middle" x="{x}" y="{y}">{text}</text>').format(x=_x(i, quarters), y=198, text=quarter)
        for i, quarter in enumerate(quarters)
    ]
    for number, line in enumerate(series):
        drawn.append(_line(line, number, quarters))
        drawn.append(_legend(line.name, number))
    return drawing(Markup("").join(drawn), name, 226 + _LEGEND_ROW * max(0, len(series) - _BESIDE))


def _grid(percent: int) -> Markup:
    y = _y(Decimal(percent))
    return Markup(
        '<line class="rail" x1="{x}" y1="{y}" x2="{end}" y2="{y}"/><text class="value" x="{at}" y="{base}">{p}</text>'
    ).format(x=_LEFT, y=y, end=WIDTH - _RIGHT, at=_LEFT - 5, base=y + 4, p=percent)


def _line(line: Series, number: int, quarters: Sequence[str]) -> Markup:
    points = [(_x(i, quarters), _y(value)) for i, value in enumerate(line.values) if value is not None]
    path = " ".join(f"{x},{y}" for x, y in points)
    dots = Markup("").join(
        Markup('<circle class="dot s{n}" cx="{x}" cy="{y}" r="4"/>').format(n=number, x=x, y=y) for x, y in points
    )
    return (
        Markup('<polyline class="line s{n}" stroke-dasharray="{d}" points="{p}"/>').format(
            n=number, d=_DASHES[number], p=path
        )
        + dots
    )


def _legend(name: str, number: int) -> Markup:
    x = 6 + number * 112 if number < _BESIDE else 6
    y = 216 + _LEGEND_ROW * max(0, number - _BESIDE + 1)
    return Markup(
        '<line class="line s{n}" stroke-dasharray="{d}" x1="{x}" y1="{y}" x2="{end}" y2="{y}"/>'
        '<circle class="dot s{n}" cx="{middle}" cy="{y}" r="4"/><text x="{at}" y="{base}">{name}</text>'
    ).format(n=number, d=_DASHES[number], x=x, y=y, end=x + 28, middle=x + 14, at=x + 34, base=y + 4, name=name)


def _x(i: int, quarters: Sequence[str]) -> float:
    step = (WIDTH - _LEFT - _RIGHT) / max(len(quarters) - 1, 1)
    return round(_LEFT + i * step, 1)


def _y(percent: Decimal) -> float:
    share = float(min(max(percent, Decimal(0)), _HUNDRED) / _HUNDRED)
    return round(10 + (1 - share) * (_PLOT_HEIGHT - 10), 1)


def drawing(drawn: Markup, name: str, height: int) -> Markup:
    return Markup(
        '<svg class="chart" role="img" aria-label="{name}" viewBox="0 0 {width} {height}">{drawn}</svg>'
    ).format(name=name, width=WIDTH, height=height, drawn=drawn)


def shortened(text: str, most: int) -> str:
    """The text, or as much of its beginning as fits into ``most``; no letter loses its vowels or tone marks."""
    if room(text) <= most:
        return text
    ends = (end for end in range(len(text) - 1, 0, -1) if room(text[end]) and room(text[:end] + "…") <= most)
    return text[: next(ends, 0)].rstrip() + "…"


def room(text: str) -> int:
    """About how wide a text is at most, in the drawing's units; vowels and marks above or below a letter take none."""
    return sum(0 if unicodedata.category(letter) == "Mn" else 7 if letter.isascii() else 8 for letter in text)
