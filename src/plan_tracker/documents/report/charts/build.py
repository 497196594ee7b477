"""The charts of a report by their tags, and what each of them leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self

from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents.report.charts.kpis import kpi_chart
from plan_tracker.documents.report.charts.stages import stages_chart
from plan_tracker.documents.report.charts.trend import trend_chart
from plan_tracker.documents.report.charts.units import disbursement_chart, progress_chart
from plan_tracker.documents.word.charts.chart import Chart
from plan_tracker.i18n import THAI, Words


def build_charts(report: ReportFigures, words: Words = THAI) -> dict[str, Chart]:
    """The charts by the names of their tags; one that would be empty is left out."""
    made = {
        "stages": stages_chart(report.now, words),
        "units": disbursement_chart(report, words),
        "progress": progress_chart(report.now, words),
        "trend": trend_chart(report, words),
        "kpis": kpi_chart(report.now, words),
    }
    return {name: chart for name, chart in made.items() if chart}


@dataclass(frozen=True, slots=True)
class ChartTitles:
    """What is to be seen in each chart, by their tags; blank where there is no such chart."""

    stages: str = ""
    units: str = ""
    progress: str = ""
    trend: str = ""
    kpis: str = ""

    @classmethod
    def of(cls, charts: Mapping[str, Chart]) -> Self:
        return cls(**{name: chart.title for name, chart in charts.items()})


CHARTS = tuple(field.name for field in fields(ChartTitles))  # by their tags
