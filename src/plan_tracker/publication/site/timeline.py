"""A project's timeline: how far it is along its planned time, its activities, and when it ends at its pace.

Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup, escape

from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.analysis.over_time.forecast import START
from plan_tracker.documents import wording as w
from plan_tracker.fiscal import Period, short_date
from plan_tracker.i18n import Words
from plan_tracker.publication.site.svg import WIDTH, drawing, room, shortened
from plan_tracker.publication.site.words import language_of

_ACTIVITIES = range(1, 31)  # in whatever version of the form
_ROW, _BAR, _TOP = 42, 12, 24
_END = WIDTH - 2
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Span:
    """A time in which something is done, both days included."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Timeline:
    """``whole`` is the planned time, ``activities`` what is done in it. ``planned`` and ``actual``: per cent of the
    project by ``now``, the quarter's last day. ``expected``: when it ends at its pace, where that is later.
    """

    whole: Span
    activities: tuple[Span, ...]
    planned: Decimal | None
    actual: Decimal | None
    now: date
    expected: date | None = None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last that are drawn."""
        spans = (self.whole, *self.activities)
        ends = [one.end for one in spans] + [day for day in (self.expected, self.now) if day]
        return min(one.start for one in spans), max(ends)


def timeline_of(project: ProjectFigures, period: Period, expected: date | None, words: Words) -> Timeline | None:
    """None where a day is not known. ``expected``: the forecast's end."""
    entry = project.source.entry
    start, end = entry.value(START) if entry else None, project.ends
    if not isinstance(start, date) or end is None or end < start:
        return None
    late = expected if expected and expected > end else None
    whole = Span(words.say("timeline", "The whole project"), start, end)
    return Timeline(whole, tuple(_activities(project)), project.planned, project.actual, period.last_day, late)


def _activities(project: ProjectFigures) -> Iterator[Span]:
    entry = project.source.entry
    assert entry is not None
    for number in _ACTIVITIES:
        row = f"f8.activities[{number}]"
        name, start, end = entry.text(f"{row}.activity").strip(), entry.value(f"{row}.start"), entry.value(f"{row}.end")
        if name and isinstance(start, date) and isinstance(end, date) and start <= end:
            yield Span(name, start, end)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        return round(1 + (day - self.first).days / days * (WIDTH - 2), 1)


def timeline_chart(found: Timeline, name: str, words: Words) -> Markup:
    """The planned time as a rail, filled as far as the project is; activities below; a line at the quarter's end."""
    scale = _Scale(*found.days)
    drawn = [_whole(found, scale, words)]
    drawn += [_activity(one, number, scale, words) for number, one in enumerate(found.activities, 1)]
    height = _TOP + _ROW * len(drawn) + 4
    return drawing("".join([_now(found.now, scale, height, words), *drawn]), name, height)


def _now(day: date, scale: _Scale, height: int, words: Words) -> str:
    x = scale.x(day)
    text = words.say("timeline", "By {day}", day=short_date(day, words))
    side, at = ("value", x - 3) if x + room(text) > WIDTH else ("start", x)
    line = f'<line class="now" x1="{x}" y1="16" x2="{x}" y2="{height - 2}"/>'
    return f'{line}<text class="{side}" x="{at}" y="12">{escape(text)}</text>'


def _whole(found: Timeline, scale: _Scale, words: Words) -> str:
    top = _TOP
    start, end = scale.x(found.whole.start), scale.x(found.whole.end)
    drawn = [_label(found.whole, top, words), _bar("rail", start, end, top)]
    if found.expected:
        drawn.append(_bar("late", end, scale.x(found.expected), top))
    if found.actual is not None:
        drawn.append(_bar("bar", start, start + (end - start) * _share(found.actual), top))
    if found.planned is not None:
        x = round(start + (end - start) * _share(found.planned), 1)
        drawn.append(f'<line class="mark" x1="{x}" y1="{top + 17}" x2="{x}" y2="{top + 23 + _BAR}"/>')
    return "".join(drawn)


def _activity(found: Span, number: int, scale: _Scale, words: Words) -> str:
    top = _TOP + _ROW * number
    rail = _bar("rail", scale.x(scale.first), _END, top)
    return _label(found, top, words) + rail + _bar("span", scale.x(found.start), scale.x(found.end), top)


def _label(found: Span, top: int, words: Words) -> str:
    days = f"{short_date(found.start, words)} – {short_date(found.end, words)}"
    name = escape(shortened(found.name, WIDTH - 14 - room(days)))
    lang, y = language_of(found.name, words.language), top + 14
    return f'<text x="1" y="{y}"{lang}>{name}</text><text class="value" x="{_END + 1}" y="{y}">{escape(days)}</text>'


def _bar(kind: str, start: float, end: float, top: int) -> str:
    width = round(max(end - start, 0), 1)
    return f'<rect class="{kind}" x="{round(start, 1)}" y="{top + 20}" width="{width}" height="{_BAR}"/>'


def _share(percent: Decimal) -> float:
    return float(min(max(percent, Decimal(0)), _HUNDRED) / _HUNDRED)


def timeline_words(found: Timeline, words: Words) -> str:
    """What the chart shows, in a sentence."""
    said = words.say(
        "timeline",
        "Planned from {start} to {end}; by {now} {planned} per cent were planned, and {actual} per cent are done.",
        start=short_date(found.whole.start, words),
        end=short_date(found.whole.end, words),
        now=short_date(found.now, words),
        planned=w.percent(found.planned),
        actual=w.percent(found.actual),
    )
    if not found.expected:
        return said
    late = words.say(
        "timeline",
        "A forecast: at this pace it ends on {day}, {days} days later.",
        day=short_date(found.expected, words),
        days=w.count((found.expected - found.whole.end).days),
    )
    return f"{said} {late}"
