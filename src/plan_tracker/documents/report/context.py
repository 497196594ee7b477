"""The report of one plan on a quarter or the year-end (R12, R13): figures put into words for its template.

The template holds the chapters and their prose; this module gives it texts, so that a tag never
has to compute. Reads the template, writes one ``.docx``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import count as counting
from pathlib import Path
from typing import Final

from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import NO_IMPRINT, Imprint, Kpis
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import rounding_notes
from plan_tracker.documents.report.charts.build import ChartTitles, build_charts
from plan_tracker.documents.report.project_sheets import Sheets, SheetText
from plan_tracker.documents.report.rows import (
    comparisons,
    figures,
    kpis,
    plan_changes,
    problems,
    projects,
    quarters,
    units,
)
from plan_tracker.documents.report.rows.about import (
    ImprintText,
    OfficeText,
    PeriodText,
    PlanText,
    ReturnsText,
    TrustText,
    period_text,
    plan_text,
    returns_text,
)
from plan_tracker.documents.report.rows.comparisons import ChangesText, TargetText, UnitTargetText
from plan_tracker.documents.report.rows.decisions import (
    DecisionText,
    FollowUpText,
    OrderText,
    decision_rows,
    follow_up_rows,
    order_rows,
)
from plan_tracker.documents.report.rows.figures import KindText, StageText, SummaryText
from plan_tracker.documents.report.rows.forecast import ForecastText, forecast_text
from plan_tracker.documents.report.rows.glances import GlanceText, glance_rows, has_close_glances, rest_of_glances
from plan_tracker.documents.report.rows.kpis import KpiText, KpiTrendText, OutcomesText
from plan_tracker.documents.report.rows.outcomes import (
    AchievedText,
    AreaText,
    IdleText,
    achieved_row,
    area_rows,
    idle_rows,
    idle_total,
)
from plan_tracker.documents.report.rows.plan_changes import PlanChangeText
from plan_tracker.documents.report.rows.problems import AttentionText, LessonText, ProblemText, StandingsText
from plan_tracker.documents.report.rows.projects import NextStepText
from plan_tracker.documents.report.rows.quarters import ProjectTrendText, QuarterText, UnitTrendText
from plan_tracker.documents.report.rows.units import ExceptionText, UnitText
from plan_tracker.documents.report.summary.paragraphs import Paragraph, build_summary
from plan_tracker.documents.report.summary.problems import problems as problem_summary
from plan_tracker.documents.word.charts.chart import Chart
from plan_tracker.documents.word.render import render_document
from plan_tracker.fiscal import Period, long_date
from plan_tracker.i18n import THAI, Message, Words
from plan_tracker.store.reporting.reports import Volume
from plan_tracker.workspace.folders import Workspace

_LONG_SUMMARY: Final = 3000  # characters; more of them have smaller ones, so as to stand on a page
_OF_UNITS: Final = ("units", "progress")  # charts that have a bar for each unit
TEMPLATE, YEAR_END, SHEETS = "report.docx", "report-year-end.docx", "report-sheets.docx"

_TITLES: Final[Mapping[Volume, Message]] = {
    Volume.REPORT: Message("report", "Report on {plan}, {period}"),
    Volume.SHEETS: Message("report", "Project sheets of {plan}, {period}"),
}


@dataclass(frozen=True, slots=True)
class TrendsText:
    """Units, projects and KPIs by quarter."""

    units: tuple[UnitTrendText, ...]
    projects: tuple[ProjectTrendText, ...]
    kpis: tuple[KpiTrendText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContext:
    """What the template's tags name: texts, rows, and conditions whose names start with ``has_``."""

    plan: PlanText
    plan_title: str
    office: OfficeText
    period: PeriodText
    next_period: PeriodText
    data_date: str
    returns: ReturnsText
    summary: tuple[Paragraph, ...]
    total: SummaryText
    stages: tuple[StageText, ...]
    money: tuple[KindText, ...]
    units: tuple[UnitText, ...]
    kpis: tuple[KpiText, ...]
    kpi: OutcomesText
    unrated_directions: str
    problems: tuple[ProblemText, ...]
    problem_summary: str
    standing: StandingsText
    attention: tuple[AttentionText, ...]
    glances: tuple[GlanceText, ...]
    glances_rest: str
    decisions: tuple[DecisionText, ...]
    follow_ups: tuple[FollowUpText, ...]
    orders: tuple[OrderText, ...]
    forecast: ForecastText
    coverage: str
    shared: str
    trust: TrustText
    targets: tuple[TargetText, ...]
    unit_targets: tuple[UnitTargetText, ...]
    targets_source: str
    changes: ChangesText
    plan_changes: tuple[PlanChangeText, ...]
    quarters: tuple[QuarterText, ...]
    same_projects: str
    trends: TrendsText
    achieved: tuple[AchievedText, ...]
    areas: tuple[AreaText, ...]
    idle: tuple[IdleText, ...]
    idle_total: str
    lessons: tuple[LessonText, ...]
    problem_projects: str
    steps: tuple[NextStepText, ...]
    sheets: Sequence[SheetText]
    exceptions: tuple[ExceptionText, ...]
    has_long_summary: bool
    has_close_glances: bool
    has_missing: bool
    has_returns: bool
    has_waived: bool
    has_missing_projects: bool
    has_reported: bool
    has_unstated_money: bool
    has_spent_before: bool
    has_rounded_stages: bool
    has_rounded_kinds: bool
    has_rounded_units: bool
    has_changes: bool
    has_progress_chart: bool
    has_unit_chart: bool
    has_kpi_chart: bool
    has_trend_chart: bool
    has_chosen_units: bool
    has_chosen_kpis: bool
    has_cut_kpis: bool
    imprint: ImprintText
    titles: ChartTitles
    table_number: Callable[[], int]
    figure_number: Callable[[], int]

    def by_tag(self) -> Mapping[str, object]:
        """The same as docxtpl takes it."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def template_name(period: Period, volume: Volume = Volume.REPORT) -> str:
    if volume is Volume.SHEETS:
        return SHEETS
    return YEAR_END if period.is_year_end else TEMPLATE


def write_report(
    report: ReportFigures,
    workspace: Workspace,
    path: Path,
    template: Path | None = None,
    words: Words = THAI,
    volume: Volume = Volume.REPORT,
    imprint: Imprint = NO_IMPRINT,
) -> None:
    """Writes a volume of the report on the plan and period of ``report`` to ``path``; errors as ``render_document``'s.

    ``template`` is the workspace's, unless another is named.
    """
    charts = build_charts(report, words)
    render_document(
        template or workspace.template("docx", template_name(report.period, volume)),
        _context(report, workspace, words, imprint, charts).by_tag(),
        path,
        thai_digits=workspace.config.report.thai_digits,
        charts=charts if volume is Volume.REPORT else None,
        title=words.of(_TITLES[volume], plan=report.now.dataset.plan.name, period=report.period.title_in(words)),
        author=workspace.config.office.name,
    )


def build_context(
    report: ReportFigures, workspace: Workspace, words: Words = THAI, imprint: Imprint = NO_IMPRINT
) -> ReportContext:
    """All that the template's tags name, as ``words`` say it."""
    return _context(report, workspace, words, imprint, build_charts(report, words))


def _context(
    report: ReportFigures, workspace: Workspace, words: Words, imprint: Imprint, charts: Mapping[str, Chart]
) -> ReportContext:
    now, config, office = report.now, workspace.config, workspace.config.office
    dataset, summary, missing = now.dataset, now.summary, now.missing_units
    summary_text = tuple(Paragraph(one.head, w.bound(one.text)) for one in build_summary(report, words))
    return ReportContext(
        plan=plan_text(dataset.plan, words),
        plan_title=config.report.plan_title,
        office=OfficeText(office.name, office.ministry, office.division),
        period=period_text(report.period, words),
        next_period=period_text(dataset.period.following, words),
        data_date=w.bound(long_date(dataset.data_date, words)),
        returns=returns_text(now, words),
        summary=summary_text,
        total=SummaryText.of(summary),
        stages=tuple(figures.stage_rows(summary, words)),
        money=tuple(figures.money_rows(summary, words)),
        units=tuple(units.unit_row(unit, words) for unit in now.units),
        kpis=tuple(kpis.kpi_row(kpi, number, now.period, words) for number, kpi in enumerate(now.kpis, 1)),
        kpi=kpis.outcome_counts(now, words),
        unrated_directions=_unrated(config.kpis, words),
        problems=tuple(problems.problem_row(told, words) for told in report.shown_problems),
        problem_summary=w.bound(problem_summary(report, words)),
        standing=problems.standing_counts(report.standings),
        attention=tuple(problems.attention_row(found, words) for found in report.attention),
        glances=tuple(glance_rows(report, words)),
        glances_rest=w.bound(rest_of_glances(report, words)),
        decisions=tuple(decision_rows(report, words)),
        follow_ups=tuple(follow_up_rows(report, words)),
        orders=tuple(order_rows(report, words)),
        forecast=forecast_text(report, words),
        coverage=w.bound(p.coverage(summary.coverage, words)),
        shared=w.bound(p.shared(summary.coverage, words)),
        trust=TrustText.of(report.trust),
        targets=tuple(comparisons.target_rows(report, words)),
        unit_targets=tuple(comparisons.unit_target_rows(report, words)),
        targets_source=config.targets.source,
        changes=comparisons.changes_text(report.changes, words),
        plan_changes=tuple(plan_changes.plan_change_row(one, words) for one in report.plan_changes),
        quarters=tuple(quarters.quarter_rows(report)),
        same_projects=w.count(report.trends.same_projects),
        trends=_trends(report, words),
        achieved=tuple(achieved_row(trend, words) for trend in report.completed),
        areas=tuple(area_rows(report, words)),
        idle=tuple(idle_rows(report, words)),
        idle_total=w.bound(idle_total(report, words)),
        lessons=tuple(problems.lesson_row(found, words) for found in report.lessons),
        problem_projects=w.count(sum(1 for project in now.projects if project.problems)),
        steps=tuple(projects.next_step_rows(now.projects, words)),
        sheets=Sheets(now.projects, dataset.plan.name, words),
        exceptions=tuple(units.exception_rows(report.quarters if report.period.is_year_end else [now], words)),
        has_long_summary=sum(len(one.head) + len(one.text) for one in summary_text) > _LONG_SUMMARY,
        has_close_glances=has_close_glances(report),
        has_missing=bool(missing),
        has_returns=len(missing) < len(now.asked_units),
        has_waived=bool(now.waived_units),
        has_missing_projects=bool(summary.missing),
        has_reported=bool(summary.reported),
        has_unstated_money=bool(summary.spending.unstated),
        has_spent_before=bool(summary.have_spent),
        has_rounded_stages=rounding_notes.stages_apart(summary),
        has_rounded_kinds=rounding_notes.kinds_apart(summary),
        has_rounded_units=rounding_notes.units_apart(now),
        has_changes=bool(report.changes and report.changes.compared),
        has_progress_chart="progress" in charts,
        has_unit_chart="units" in charts,
        has_kpi_chart="kpis" in charts,
        has_trend_chart="trend" in charts,
        has_chosen_units=any(charts[name].left_out for name in _OF_UNITS if name in charts),
        has_chosen_kpis="kpis" in charts and charts["kpis"].left_out > 0,
        has_cut_kpis="kpis" in charts and charts["kpis"].is_cut,
        imprint=ImprintText.of(imprint),
        titles=ChartTitles.of(charts),
        table_number=counting(1).__next__,
        figure_number=counting(1).__next__,
    )


def _trends(report: ReportFigures, words: Words) -> TrendsText:
    return TrendsText(
        units=tuple(quarters.unit_trend_rows(report, words)),
        projects=tuple(quarters.project_trend_rows(report, words)),
        kpis=tuple(kpis.kpi_trend_rows(report, words)),
    )


def _unrated(settings: Kpis, words: Words) -> str:
    """The directions of KPIs that get no per cent of achievement; blank where all do."""
    rated = {
        words.say("direction", "the lower the better"): settings.lower_proportional,
        words.say("direction", "levels"): settings.levels_proportional,
    }
    unrated = [name for name, is_rated in rated.items() if not is_rated]
    return words.say("direction", " and ").join(unrated)
