"""The plan by quarter: planned and actual progress, and disbursement, as lines."""

from __future__ import annotations

from decimal import Decimal

from plan_tracker.analysis.over_time.trends import told_beside
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.word.charts.chart import Chart, Shape
from plan_tracker.i18n import Words
from plan_tracker.rounding import stated_percent


def trend_chart(report: ReportFigures, words: Words) -> Chart | None:
    """A gap where nothing was reported; None of one quarter alone, or where there is nothing to draw."""
    found = [one.summary if one.summary.has_spending else None for one in report.quarters]
    if len(found) < 2 or not any(found):
        return None
    series = {
        words.say("chart", "Mean cumulative plan"): [stated_percent(one.planned) if one else None for one in found],
        words.say("chart", "Mean cumulative result"): [stated_percent(one.actual) if one else None for one in found],
        words.say("chart", "Disbursed (per cent)"): [
            stated_percent(one.spending.overall.disbursed_percent) if one else None for one in found
        ],
    }
    series |= _same(report, words)
    told = ", ".join(f"{name} {' '.join(map(w.percent, values))}" for name, values in series.items())
    title = _title(report, words)
    return Chart(
        words.say("chart", "Trend by quarter"),
        title,
        [one.period.quarter_in(words) for one in report.quarters],
        series,
        words.say("chart", "A line chart. {title}: {figures}", title=title, figures=told),
        maximum=100,
        shape=Shape.LINES,
    )


def _same(report: ReportFigures, words: Words) -> dict[str, list[Decimal | None]]:
    """Result and disbursement of the projects that reported in every quarter, where they differ from all that did."""
    found = report.trends.like_for_like
    number = told_beside(found, [one.summary for one in report.quarters])
    if not number:
        return {}
    projects = words.counted(p.PROJECTS, number)
    return {
        words.say("chart", "Result ({projects}, the same ones)", projects=projects): [
            stated_percent(one.actual) for one in found
        ],
        words.say("chart", "Disbursed ({projects}, the same ones)", projects=projects): [
            stated_percent(one.spending.overall.disbursed_percent) for one in found
        ],
    }


def _title(report: ReportFigures, words: Words) -> str:
    """Where the plan stands at the end of the last quarter that anything is known of."""
    last = next(one for one in reversed(report.quarters) if one.summary.has_spending)
    found, quarter = last.summary, last.period.quarter_in(words)
    if found.planned is None or found.actual is None:
        percent = w.percent(found.spending.overall.disbursed_percent)
        return words.say(
            "chart", "At the end of {quarter}: disbursed {percent} per cent", quarter=quarter, percent=percent
        )
    said = p.against(found.actual, found.planned, p.PLAN, words)
    return words.say("chart", "At the end of {quarter}: progress {said}", quarter=quarter, said=said)
