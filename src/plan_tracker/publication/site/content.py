"""What the web site says in one language: the reports' own figures, in the words of their rows.

The Word reports are filled with the same rows, so that both say the same to the digit. A unit has its full name, since
the public does not know the short ones. Nothing is read or written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from plan_tracker.analysis.basis.plan_changes import PlanChange
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures, Summary
from plan_tracker.analysis.over_time.trends import Trend
from plan_tracker.analysis.report import Lesson, ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases, terms
from plan_tracker.documents.report.charts.build import ChartTitles, build_charts
from plan_tracker.documents.report.project_sheets import SheetText, build_sheet
from plan_tracker.documents.report.rows.comparisons import TargetText, target_rows
from plan_tracker.documents.report.rows.figures import KindText, SummaryText, money_rows
from plan_tracker.documents.report.rows.kpis import (
    KpiText,
    KpiTrendText,
    OutcomesText,
    kpi_row,
    kpi_trend_rows,
    outcome_counts,
)
from plan_tracker.documents.report.rows.outcomes import AchievedText, achieved_row
from plan_tracker.documents.report.rows.plan_changes import PlanChangeText, plan_change_row
from plan_tracker.documents.report.rows.problems import (
    AttentionText,
    ProblemText,
    attention_row,
    problem_row,
    standing_counts,
)
from plan_tracker.documents.report.rows.projects import ProjectText, project_row
from plan_tracker.documents.report.rows.quarters import (
    QuarterText,
    UnitTrendText,
    quarter_rows,
    unit_name,
    unit_trends,
)
from plan_tracker.documents.report.rows.units import ExceptionText, UnitText, exception_rows, unit_row
from plan_tracker.fiscal import Period, long_date
from plan_tracker.i18n import Words
from plan_tracker.publication.site import drawn
from plan_tracker.publication.site.lead import LeadText, lead_of
from plan_tracker.publication.site.listings import ListingRow
from plan_tracker.publication.site.places import Places, places_of
from plan_tracker.publication.site.svg import Bar, Series
from plan_tracker.publication.site.timeline import Timeline, timeline_of
from plan_tracker.register import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SiteLessonText:
    """As the report's, but that the problem and its cause stand apart."""

    project: str
    kind: str
    text: str
    cause: str
    recommendation: str


@dataclass(frozen=True, slots=True)
class PlanContent:
    """One plan: figures as texts, rows of tables, and what its charts are drawn from."""

    code: str
    name: str
    owner: str
    data_date: str
    glance: SummaryText
    lead: LeadText
    all_projects: Decimal
    all_kpis: Decimal
    money_of: str
    money_of_units: Mapping[str, str]
    coverage: str
    shared: str
    kpi: OutcomesText
    open_problems: str
    money: list[KindText]
    targets: list[TargetText]
    targets_source: str
    quarters: list[QuarterText]
    same_projects: str
    units: list[ListingRow[UnitText]]
    kpis: list[ListingRow[KpiText]]
    problems: list[ListingRow[ProblemText]]
    attention: list[ListingRow[AttentionText]]
    plan_changes: list[ListingRow[PlanChangeText]]
    exceptions: list[ExceptionText]
    stage_bars: list[Bar]
    money_bars: list[Bar]
    outcome_bars: list[Bar]
    unit_bars: list[Bar]
    trend: list[Series]
    titles: ChartTitles
    year: YearContent | None


@dataclass(frozen=True, slots=True)
class YearContent:
    """What the year-end adds to a plan: its quarters side by side, what was achieved, what was learnt."""

    units: list[ListingRow[UnitTrendText]]
    kpis: list[ListingRow[KpiTrendText]]
    achieved: list[ListingRow[AchievedText]]
    lessons: list[ListingRow[SiteLessonText]]


@dataclass(frozen=True, slots=True)
class ProjectContent:
    """One project: its line, whose plans it is in, its problems, its quarters and its sheet."""

    listed: ListingRow[ProjectText]
    plans: list[PlanContent]
    problems: list[ListingRow[ProblemText]]
    quarters: list[ListingRow[ProjectText]]
    next_steps: str
    timeline: Timeline | None
    sheet: SheetText

    @property
    def plan_codes(self) -> list[str]:
        return [plan.code for plan in self.plans]


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit in one plan: its line there, and its projects, KPIs and problems."""

    code: str
    name: str
    line: UnitText
    money_of: str
    projects: list[ProjectContent]
    kpis: list[ListingRow[KpiText]]
    problems: list[ListingRow[ProblemText]]


@dataclass(frozen=True, slots=True)
class UnitContent:
    """One unit, and what it has in each of its plans."""

    code: str
    name: str
    plans: list[UnitPlan] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SiteContent:
    """The whole site: each plan, and every project and unit once, whichever of the plans it is in."""

    period: Period
    plans: tuple[PlanContent, ...]
    projects: tuple[ProjectContent, ...]
    units: tuple[UnitContent, ...]
    places: Places

    @property
    def plan_codes(self) -> dict[str, list[str]]:
        """Which plans each project is in, by its code."""
        return {project.listed.code: project.plan_codes for project in self.projects}


def build_content(reports: Sequence[ReportFigures], words: Words) -> SiteContent:
    """What the web site on ``reports`` (one per plan, all of one period) says in the language of ``words``."""
    plans = tuple(_plan(report, words) for report in reports)
    projects = tuple(_projects(reports, plans, words))
    units = tuple(_units(plans, projects))
    return SiteContent(reports[0].period, plans, projects, units, places_of(_each_once(reports), words))


def _each_once(reports: Sequence[ReportFigures]) -> list[ProjectFigures]:
    """Every project of the plans, as it last reported."""
    told = {trend.code: trend.reported or trend.newest for report in reports for trend in report.trends.projects}
    here = dict.fromkeys(project.code for report in reports for project in report.now.projects)
    return [told[code] for code in here]


def _plan(report: ReportFigures, words: Words) -> PlanContent:
    figures = report.now
    plan, found, is_year_end = figures.dataset.plan, report.targets, report.period.is_year_end
    return PlanContent(
        code=plan.code,
        name=plan.name,
        owner=plan.owner,
        data_date=long_date(figures.dataset.data_date, words),
        glance=SummaryText.of(figures.summary),
        lead=lead_of(report, words),
        all_projects=Decimal(figures.summary.total),
        all_kpis=Decimal(len(figures.kpis)),
        money_of=_money_of(figures.summary, words),
        money_of_units={unit.source.unit.code: _money_of(unit.summary, words) for unit in figures.units},
        coverage=phrases.coverage(figures.summary.coverage, words),
        shared=phrases.shared(figures.summary.coverage, words),
        kpi=outcome_counts(figures, words),
        open_problems=standing_counts(report.standings).open,
        money=money_rows(figures.summary, words),
        targets=list(target_rows(report, words)),
        targets_source=found[0].source if found else "",
        quarters=list(quarter_rows(report)),
        same_projects=w.count(report.trends.same_projects),
        units=[_of_unit(unit_row(unit, words), unit.source.unit) for unit in figures.units],
        kpis=_kpis(figures, words),
        problems=[_of_project(problem_row(told, words), told.project) for told in report.shown_problems],
        attention=[_of_project(attention_row(one, words), one.project) for one in report.attention],
        plan_changes=[_of_plan(one, words) for one in report.plan_changes],
        exceptions=exception_rows(report.quarters if is_year_end else [figures], words),
        stage_bars=drawn.stage_bars(figures, words),
        money_bars=drawn.money_bars(figures, words),
        outcome_bars=drawn.outcome_bars(figures, words),
        unit_bars=drawn.unit_bars(figures, words),
        trend=drawn.trend(report, words),
        titles=ChartTitles.of(build_charts(report, words)),
        year=_year(report, words) if is_year_end else None,
    )


def _kpis(figures: PlanFigures, words: Words) -> list[ListingRow[KpiText]]:
    return [
        _of_unit(kpi_row(kpi, number, figures.dataset.period, words), kpi.source.unit, kpi.source.kpi.code)
        for number, kpi in enumerate(figures.kpis, 1)
    ]


def _money_of(summary: Summary, words: Words) -> str:
    """``36.05 จาก 194.90 ล้านบาท``; a dash where nothing is stated."""
    money = summary.spending.overall
    if not summary.has_spending or not money.is_stated:
        return w.DASH
    told = {"disbursed": w.in_million(money.disbursed), "budget": w.in_million(money.budget)}
    return words.say("site", "{disbursed} of {budget} million baht", **told)


def _of_unit(texts: T, unit: Unit, code: str = "") -> ListingRow[T]:
    return ListingRow(texts, unit.name, unit.code, code)


def _of_project(texts: T, project: ProjectFigures) -> ListingRow[T]:
    return _of_unit(texts, project.source.unit, project.code)


def _year(report: ReportFigures, words: Words) -> YearContent:
    trends = report.trends
    return YearContent(
        units=[
            ListingRow(row(unit.name), unit_name(unit.name, same, words), unit.code)
            for unit, same, row in unit_trends(report)
        ],
        kpis=[
            _of_unit(row, trend.newest.source.unit)
            for row, trend in zip(kpi_trend_rows(report, words), trends.kpis, strict=True)
        ],
        achieved=[_of_project(achieved_row(trend, words), trend.newest) for trend in report.completed],
        lessons=[_of_project(_lesson(found, words), found.project) for found in report.lessons],
    )


def _lesson(found: Lesson, words: Words) -> SiteLessonText:
    problem = found.history.problem
    return SiteLessonText(
        project=found.project.source.project.name,
        kind=words.of(terms.LESSONS[found.kind]),
        text=problem.problem,
        cause=problem.cause or w.DASH,
        recommendation=problem.recommendation or w.DASH,
    )


def _projects(reports: Sequence[ReportFigures], plans: Sequence[PlanContent], words: Words) -> Iterator[ProjectContent]:
    """Every project of the plans, in their order; one of both plans once, with the problems of the first."""
    plans_of: dict[str, list[PlanContent]] = defaultdict(list)
    found: dict[str, tuple[ProjectFigures, Trend[ProjectFigures]]] = {}
    for report, plan in zip(reports, plans, strict=True):
        trends = {trend.code: trend for trend in report.trends.projects}
        for project in report.now.projects:
            plans_of[project.code].append(plan)
            found.setdefault(project.code, (project, trends[project.code]))
    told = {plan.code: _grouped((row.code, row) for row in plan.problems) for plan in plans}
    forecasts = [report.forecast for report in reports if report.forecast]
    expected = {one.project.code: one.ends for forecast in forecasts for one in forecast.projects}
    for code, (project, trend) in found.items():
        yield ProjectContent(
            listed=_listed(project, words),
            plans=plans_of[code],
            problems=told[plans_of[code][0].code][code],
            quarters=_quarters(trend, words),
            next_steps=project.next_steps,
            timeline=timeline_of(project, reports[0].now.period, expected.get(code), words),
            sheet=build_sheet(project, ", ".join(plan.name for plan in plans_of[code]), words),
        )


def _of_plan(found: PlanChange, words: Words) -> ListingRow[PlanChangeText]:
    texts = plan_change_row(found, words)
    return replace(_of_unit(texts, found.project.unit, found.project.project.code), quarter=texts.quarter)


def _listed(project: ProjectFigures, words: Words) -> ListingRow[ProjectText]:
    """A project's line in a list."""
    return _of_project(project_row(project, 0, words), project)


def _quarters(trend: Trend[ProjectFigures], words: Words) -> list[ListingRow[ProjectText]]:
    """The project by quarter; nothing where there is one quarter alone."""
    known = [(period, found) for period, found in zip(trend.periods, trend.figures, strict=True) if found]
    if len(known) < 2:
        return []
    return [replace(_listed(found, words), quarter=str(period.quarter)) for period, found in known]


def _units(plans: Sequence[PlanContent], projects: Sequence[ProjectContent]) -> Iterator[UnitContent]:
    """Every unit of the plans, in their order, with what it has in each."""
    found: dict[str, UnitContent] = {}
    of_unit = _grouped((project.listed.unit_code, project) for project in projects)
    for plan in plans:
        kpis = _grouped((row.unit_code, row) for row in plan.kpis)
        problems = _grouped((row.unit_code, row) for row in plan.problems)
        for unit in plan.units:
            code = unit.unit_code
            own = [project for project in of_unit[code] if plan.code in project.plan_codes]
            page = found.setdefault(code, UnitContent(code, unit.unit))
            page.plans.append(
                UnitPlan(plan.code, plan.name, unit.texts, plan.money_of_units[code], own, kpis[code], problems[code])
            )
    yield from found.values()


def _grouped(listed: Iterable[tuple[str, T]]) -> defaultdict[str, list[T]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for key, row in listed:
        found[key].append(row)
    return found
