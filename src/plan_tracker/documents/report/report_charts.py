"""The report's charts: which figures each shows, and the words that stand in for it. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report.rows.comparisons import against_target
from plan_tracker.documents.report.terms import lacking, short
from plan_tracker.documents.word.charts import Chart, Shape
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import THAI, Words
from plan_tracker.rounding import rounded_percent, stated_percent

CHARTS = ("stages", "units", "progress", "trend", "kpis")  # by their tags
BARS = 25  # in one chart, to be legible on a page
_WHOLE, _ROOM = 100, 120  # ends of a scale of per cents; the second leaves room for the label of a whole bar
_CUT = 200  # where bars end that would leave no room for the others
_LABEL = 75  # characters of a name beside its bar; what stands in for the chart has all of it
Bar = tuple[str, Decimal]
Bars = tuple[str, Decimal, Decimal]  # a unit's plan and result
T = TypeVar("T", Bar, Bars)


def build_charts(report: ReportFigures, words: Words = THAI) -> dict[str, Chart]:
    """The charts by the names of their tags; one that would be empty is left out."""
    figures = report.now
    units = _lowest(_disbursement_bars(report), lambda bar: bar[1])
    progress = _lowest(_progress_bars(figures), lambda bar: bar[2] - bar[1])
    kpis = _lowest(_kpi_bars(figures), lambda bar: bar[1])
    charts = {}
    if figures.projects:
        charts["stages"] = _stages(figures, words)
    if units:
        charts["units"] = _disbursement(report, units, words)
    if progress:
        charts["progress"] = _progress(progress, words)
    if _has_trend(report):
        charts["trend"] = _trend(report, words)
    if kpis:
        name, series = words.say("chart", "Achievement of the KPIs"), words.say("chart", "Achievement (per cent)")
        charts["kpis"] = replace(_against(Decimal(_WHOLE), _per_cents(name, series, kpis, words), words), limit=_CUT)
    return charts


@dataclass(frozen=True, slots=True)
class Shown:
    """Which charts there are, and what each leaves out, for the template to say so only then."""

    progress: bool
    units: bool
    kpis: bool
    trend: bool
    chosen_units: bool
    chosen_kpis: bool
    cut_kpis: bool


def build_conditions(report: ReportFigures) -> Shown:
    progress, units, kpis = _progress_bars(report.now), _disbursement_bars(report), _kpi_bars(report.now)
    return Shown(
        progress=bool(progress),
        units=bool(units),
        kpis=bool(kpis),
        trend=_has_trend(report),
        chosen_units=max(len(progress), len(units)) > BARS,
        chosen_kpis=len(kpis) > BARS,
        cut_kpis=any(percent > _CUT for _, percent in _lowest(kpis, lambda bar: bar[1])),
    )


def _has_trend(report: ReportFigures) -> bool:
    """Whether there are two quarters or more to draw a line between, and anything to draw."""
    return len(report.quarters) > 1 and any(one.summary.has_spending for one in report.quarters)


def _disbursement_bars(report: ReportFigures) -> list[Bar]:
    """Units with a budget and their disbursement per cent, rounded.

    Where there is a target to hold them against, that of the projects to which it applies alone.
    """
    held = [(unit, found.actual) for unit, found in against_target(report)]
    parts = held or [(one.source.unit, one.summary.spending.overall.disbursed_percent) for one in report.now.units]
    return [(short(unit), rounded_percent(part)) for unit, part in parts if part is not None]


def _progress_bars(figures: PlanFigures) -> list[Bars]:
    """Units with their mean planned and actual progress, rounded."""
    return [
        (short(one.source.unit), rounded_percent(one.summary.planned), rounded_percent(one.summary.actual))
        for one in figures.units
        if one.summary.planned is not None and one.summary.actual is not None
    ]


def _kpi_bars(figures: PlanFigures) -> list[Bar]:
    """KPIs with a per cent of achievement, rounded."""
    return [(one.source.kpi.name, rounded_percent(one.percent)) for one in figures.kpis if one.percent is not None]


def _stages(figures: PlanFigures, words: Words) -> Chart:
    summary = figures.summary
    counted = [(choice_label(stage, words), summary.in_stage(stage)) for stage in c.STAGES]
    counted += [(words.of(name), number) for name, number in ((w.NOT_STATED, summary.in_stage("")), *lacking(summary))]
    shown = [(stage, number) for stage, number in counted if number]
    name = words.say("chart", "Projects by stage")
    told = ", ".join(f"{stage} {words.counted(p.PROJECTS, number)}" for stage, number in shown)
    return Chart(
        name,
        [stage for stage, _ in shown],
        {words.say("chart", "Projects"): [number for _, number in shown]},
        words.say("chart", "A ring chart of {what}: {figures}", what=name, figures=told),
        shape=Shape.DOUGHNUT,
    )


def _per_cents(name: str, series: str, bars: list[Bar], words: Words) -> Chart:
    told = [words.say("chart", "{name}: {percent} per cent", name=label, percent=part) for label, part in bars]
    return Chart(
        name,
        [_cut(label) for label, _ in bars],
        {series: [part for _, part in bars]},
        words.say("chart", "A bar chart of {what}: {figures}", what=name, figures=", ".join(told)),
        decimals=2,
        maximum=_ROOM,
    )


def _disbursement(report: ReportFigures, bars: list[Bar], words: Words) -> Chart:
    """Against the overall target, where one is set: every unit is held against the same."""
    name, series = words.say("chart", "Disbursement by unit"), words.say("chart", "Disbursed (per cent)")
    chart = _per_cents(name, series, bars, words)
    held = list(against_target(report))
    return _against(held[0][1].target, chart, words) if held else chart


def _against(target: Decimal, chart: Chart, words: Words) -> Chart:
    """With the same target, in per cent, around each bar."""
    name = words.say("chart", "Target: {percent} per cent", percent=rounded_percent(target))
    return replace(
        chart,
        series={**chart.series, name: [rounded_percent(target)] * len(chart.labels)},
        description=f"{chart.description} {name}",
        maximum=_WHOLE,
        outlined=name,
    )


def _trend(report: ReportFigures, words: Words) -> Chart:
    """The plan's progress and disbursement at the end of each quarter; a gap where nothing was reported."""
    found = [one.summary if one.summary.has_spending else None for one in report.quarters]
    series = {
        words.say("chart", "Mean cumulative plan"): [stated_percent(one.planned) if one else None for one in found],
        words.say("chart", "Mean cumulative result"): [stated_percent(one.actual) if one else None for one in found],
        words.say("chart", "Disbursed (per cent)"): [
            stated_percent(one.spending.overall.disbursed_percent) if one else None for one in found
        ],
    }
    told = ", ".join(f"{name} {' '.join(map(w.percent, values))}" for name, values in series.items())
    name = words.say("chart", "Trend by quarter")
    return Chart(
        name,
        [one.period.quarter_in(words) for one in report.quarters],
        series,
        words.say("chart", "A line chart of {what}: {figures}", what=name, figures=told),
        maximum=100,
        shape=Shape.LINES,
    )


def _progress(bars: list[Bars], words: Words) -> Chart:
    name = words.say("chart", "Cumulative progress against plan by unit")
    told = [
        words.say(
            "chart", "{name}: plan {planned}, result {actual} per cent", name=label, planned=planned, actual=actual
        )
        for label, planned, actual in bars
    ]
    return Chart(
        name,
        [label for label, _, _ in bars],
        {
            words.say("chart", "Mean cumulative result"): [actual for _, _, actual in bars],
            words.say("chart", "Mean cumulative plan"): [planned for _, planned, _ in bars],
        },
        words.say("chart", "A bar chart of {what}: {figures}", what=name, figures=", ".join(told)),
        decimals=2,
        maximum=_ROOM,
    )


def _lowest(bars: list[T], order: Callable[[T], Decimal]) -> list[T]:
    """All of them as they come; where they are many, the lowest by ``order``."""
    return bars if len(bars) <= BARS else sorted(bars, key=order)[:BARS]


def _cut(name: str) -> str:
    return name if len(name) <= _LABEL else f"{name[:_LABEL]}…"
