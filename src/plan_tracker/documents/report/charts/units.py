"""Units against what they are held to: progress against the plan, disbursement against its target.

The worst come first. A bar shows the result, a frame around it the plan or target; what falls short has the accent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report.charts.labels import bars_told, chosen
from plan_tracker.documents.report.rows.comparisons import against_target
from plan_tracker.documents.report.terms import short
from plan_tracker.documents.word.charts.chart import Chart, Look
from plan_tracker.i18n import Message, Words
from plan_tracker.rounding import rounded_percent

_PLAN: Final = Message("chart", "Mean cumulative plan")
_BELOW_PLAN: Final = Message("chart", "Below the plan")
_UP_TO_PLAN: Final = Message("chart", "As planned or above")
_BELOW_TARGET: Final = Message("chart", "Below the target")
_UP_TO_TARGET: Final = Message("chart", "Up to the target")
_BELOW_WHOLE: Final = Message("chart", "Below the plan as a whole")
_UP_TO_WHOLE: Final = Message("chart", "As much as the plan as a whole or more")


@dataclass(frozen=True, slots=True)
class _Held:
    """A unit's per cent and the one that it is held against, unrounded."""

    unit: str
    actual: Decimal
    goal: Decimal

    @property
    def gap(self) -> Decimal:
        return self.actual - self.goal

    @property
    def is_below(self) -> bool:
        return self.gap < 0


def progress_chart(figures: PlanFigures, words: Words) -> Chart | None:
    """None where no unit states both plan and result."""
    held = sorted(
        (
            _Held(short(one.source.unit), one.summary.actual, one.summary.planned)
            for one in figures.units
            if one.summary.planned is not None and one.summary.actual is not None
        ),
        key=lambda one: one.gap,
    )
    if not held:
        return None
    name = words.say("chart", "Cumulative progress against plan by unit")
    return _bars(name, _progress_title(held, words), held, (_BELOW_PLAN, _UP_TO_PLAN, words.of(_PLAN)), words)


def _progress_title(held: Sequence[_Held], words: Words) -> str:
    below = [one for one in held if one.is_below]
    if not below:
        return words.say("chart", "No unit is behind its plan")
    far = words.say("chart", "{unit}, {points} points", unit=held[0].unit, points=w.percent(-held[0].gap))
    if len(held) == 1:
        return words.say("chart", "Progress is behind the plan: {farthest}", farthest=far)
    parts = {"below": len(below), "units": words.counted(p.UNITS, len(held)), "farthest": far}
    if len(below) == 1:
        return words.say("chart", "{below} of {units} behind plan: {farthest}", **parts)
    return words.say("chart", "{below} of {units} behind plan, the farthest {farthest}", **parts)


def disbursement_chart(report: ReportFigures, words: Words) -> Chart | None:
    """Against the overall target where one is set, of the projects to which it applies alone; else against the plan as
    a whole. None where no unit has a budget.
    """
    name = words.say("chart", "Disbursement by unit")
    by_target = [
        _Held(short(unit), found.actual, found.target)
        for unit, found in against_target(report)
        if found.actual is not None
    ]
    if by_target:
        held = sorted(by_target, key=lambda one: one.actual)
        goal = words.say("chart", "Target: {percent} per cent", percent=rounded_percent(held[0].goal))
        title = _target_title(held, words)
        return _bars(name, title, held, (_BELOW_TARGET, _UP_TO_TARGET, goal), words)
    held = sorted(_against_whole(report.now), key=lambda one: one.actual)
    if not held:
        return None
    goal = words.say("chart", "The plan as a whole: {percent} per cent", percent=rounded_percent(held[0].goal))
    return _bars(name, _whole_title(held, words), held, (_BELOW_WHOLE, _UP_TO_WHOLE, goal), words)


def _against_whole(figures: PlanFigures) -> list[_Held]:
    whole = figures.summary.spending.overall.disbursed_percent
    parts = [(one.source.unit, one.summary.spending.overall.disbursed_percent) for one in figures.units]
    return [_Held(short(unit), part, whole) for unit, part in parts if part is not None and whole is not None]


def _target_title(held: Sequence[_Held], words: Words) -> str:
    below, target = sum(one.is_below for one in held), rounded_percent(held[0].goal)
    if not below:
        return words.say("chart", "Every unit has disbursed as much as the target of {target} per cent", target=target)
    return words.say(
        "chart",
        "{below} of {units} below the target of {target} per cent, the lowest {lowest}",
        below=below,
        units=words.counted(p.UNITS, len(held)),
        target=target,
        lowest=_percent_of(held[0], words),
    )


def _whole_title(held: Sequence[_Held], words: Words) -> str:
    if len(held) == 1:
        return words.say("chart", "Disbursed: {unit}", unit=_percent_of(held[0], words))
    return words.say(
        "chart",
        "Units have disbursed from {lowest} to {highest}",
        lowest=_percent_of(held[0], words),
        highest=_percent_of(held[-1], words),
    )


def _percent_of(one: _Held, words: Words) -> str:
    return words.say("chart", "{percent} per cent ({unit})", percent=w.percent(one.actual), unit=one.unit)


def _bars(name: str, title: str, held: Sequence[_Held], series: tuple[Message, Message, str], words: Words) -> Chart:
    """``series``: what falls short is called, what doesn't, and what both are held against."""
    shown, left_out = chosen(held)
    below, up_to, goal = words.of(series[0]), words.of(series[1]), series[2]
    told = [
        words.say(
            "chart",
            "{name}: {actual} per cent, against {goal}",
            name=one.unit,
            actual=w.percent(one.actual),
            goal=w.percent(one.goal),
        )
        for one in shown
    ]
    values: dict[str, list[Decimal | None]] = {
        below: [rounded_percent(one.actual) if one.is_below else None for one in shown],
        up_to: [None if one.is_below else rounded_percent(one.actual) for one in shown],
        goal: [rounded_percent(one.goal) for one in shown],
    }
    return Chart(
        name,
        title,
        [f"{one.unit}  {w.percent(one.actual)} / {w.percent(one.goal)}" for one in shown],
        {key: found for key, found in values.items() if any(value is not None for value in found)},
        bars_told(title, told, words),
        looks={below: Look.ACCENT, up_to: Look.LIGHT, goal: Look.OUTLINE},
        decimals=2,
        left_out=left_out,
    )
