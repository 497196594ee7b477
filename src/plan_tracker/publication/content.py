"""What the web site says, from the reports' own figures and words.

Texts come from the rows that the Word reports are filled with, so that both say the same to the digit. A unit has its
full name, since the public does not know the short ones. Nothing is read or written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from plan_tracker.analysis.changes import Changes
from plan_tracker.analysis.figures import ProjectFigures
from plan_tracker.analysis.problems import Standing
from plan_tracker.analysis.report import Lesson, ProjectProblem, ReportFigures
from plan_tracker.analysis.trends import Trend
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import rows
from plan_tracker.documents.report import storyrows as stories
from plan_tracker.documents.report.project_sheets import build_sheet
from plan_tracker.documents.report.rows import Row
from plan_tracker.fiscal import Period, long_date
from plan_tracker.publication import drawn
from plan_tracker.publication.svg import Bar, Series
from plan_tracker.register import Unit


@dataclass(frozen=True, slots=True)
class PlanContent:
    """One plan: figures as texts, rows of tables, and what its charts are drawn from."""

    code: str
    name: str
    owner: str
    data_date: str
    glance: Row
    kpi: Row
    open_problems: str
    changes: Row
    money: list[Row]
    targets: list[Row]
    targets_source: str
    quarters: list[Row]
    units: list[Row]
    kpis: list[Row]
    problems: list[Row]
    attention: list[Row]
    exceptions: list[Row]
    stage_bars: list[Bar]
    money_bars: list[Bar]
    outcome_bars: list[Bar]
    unit_bars: list[Bar]
    trend: list[Series]
    year: YearContent | None


@dataclass(frozen=True, slots=True)
class YearContent:
    """What the year-end adds to a plan: its quarters side by side, what was achieved, what was learnt."""

    units: list[Row]
    kpis: list[Row]
    achieved: list[Row]
    lessons: list[Row]


@dataclass(slots=True)
class UnitContent:
    """One unit: of each of its plans the code, the name, its line there, and its projects, KPIs and problems."""

    code: str
    name: str
    plans: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Content:
    """The whole site: each plan, and every project and unit once, whichever of the plans it is in."""

    period: Period
    plans: tuple[PlanContent, ...]
    projects: tuple[Row, ...]
    units: tuple[UnitContent, ...]


def build_content(reports: Sequence[ReportFigures]) -> Content:
    """What the web site on ``reports`` (one per plan, all of one period) says."""
    plans = tuple(map(_plan, reports))
    projects = tuple(_projects(reports, plans))
    return Content(reports[0].period, plans, projects, tuple(_units(plans, projects)))


def _plan(report: ReportFigures) -> PlanContent:
    figures = report.now
    plan, found = figures.dataset.plan, report.targets
    return PlanContent(
        code=plan.code,
        name=plan.name,
        owner=plan.owner,
        data_date=long_date(figures.dataset.data_date),
        glance=rows.summary(figures.summary),
        kpi=rows.outcomes(figures),
        open_problems=w.count(sum(report.standings[standing] for standing in Standing if standing.is_open)),
        changes={} if report.period.is_year_end or not report.changes else _changes(report.changes),
        money=rows.money(figures.summary),
        targets=list(stories.targets(report)),
        targets_source=found[0].source if found else "",
        quarters=list(stories.quarters(report)),
        units=[
            {**rows.unit(unit), **_of_unit(unit.source.unit), "unit": unit.source.unit.name} for unit in figures.units
        ],
        kpis=[
            {**rows.kpi(kpi, number, figures.dataset.period), **_of_unit(kpi.source.unit)}
            for number, kpi in enumerate(figures.kpis, 1)
        ],
        problems=_problems(report),
        attention=[{**stories.attention(one), **_of_project(one.project)} for one in report.attention],
        exceptions=list(rows.exceptions(report.quarters if report.period.is_year_end else [figures])),
        stage_bars=drawn.stage_bars(figures),
        money_bars=drawn.money_bars(figures),
        outcome_bars=drawn.outcome_bars(figures),
        unit_bars=drawn.unit_bars(figures),
        trend=drawn.trend(report),
        year=_year(report) if report.period.is_year_end else None,
    )


def _changes(found: Changes) -> Row:
    """Points with their signs: the report has words around them, which the English frame could not say."""
    points = {"progress_points": w.signed(found.progress_points), "disbursed_points": w.signed(found.disbursed_points)}
    return {**stories.changes(found), **points}


def _of_unit(unit: Unit) -> Row:
    return {"unit": unit.name, "unit_code": unit.code}


def _of_project(project: ProjectFigures) -> Row:
    return {"code": project.code, **_of_unit(project.source.unit)}


def _year(report: ReportFigures) -> YearContent:
    trends = report.trends
    return YearContent(
        units=[
            {**row, **_of_unit(trend.newest.source.unit)}
            for row, trend in zip(stories.unit_trends(report), trends.units, strict=True)
        ],
        kpis=[
            {**row, **_of_unit(trend.newest.source.unit)}
            for row, trend in zip(stories.kpi_trends(report), trends.kpis, strict=True)
        ],
        achieved=[{**stories.achieved(trend), **_of_project(trend.newest)} for trend in report.completed],
        lessons=list(map(_lesson, report.lessons)),
    )


def _lesson(found: Lesson) -> Row:
    """As the report's, but that the problem and its cause stand apart."""
    problem = found.story.problem
    apart = {"text": problem.problem, "cause": problem.cause or w.DASH}
    return {**stories.lesson(found), **_of_project(found.project), **apart}


def shown_stories(report: ReportFigures) -> list[ProjectProblem]:
    """The problems that the report tells of, in its order."""
    return [told for told in report.problems if told.story.standing is not None or report.period.is_year_end]


def _problems(report: ReportFigures) -> list[Row]:
    told = zip(shown_stories(report), stories.problems(report), strict=True)
    return [{**row, **_of_project(story.project)} for story, row in told]


def _projects(reports: Sequence[ReportFigures], plans: Sequence[PlanContent]) -> Iterator[Row]:
    """Every project of the plans, in their order; one of both plans once, with the problems of the first."""
    plans_of: dict[str, list[PlanContent]] = defaultdict(list)
    found: dict[str, tuple[ProjectFigures, Trend[ProjectFigures]]] = {}
    for report, plan in zip(reports, plans, strict=True):
        trends = {trend.code: trend for trend in report.trends.projects}
        for project in report.now.projects:
            plans_of[project.code].append(plan)
            found.setdefault(project.code, (project, trends[project.code]))
    told = {plan.code: _grouped(plan.problems, "code") for plan in plans}
    for code, (project, trend) in found.items():
        yield {
            **_listed(project),
            "plans": [plan.name for plan in plans_of[code]],
            "plan_codes": [plan.code for plan in plans_of[code]],
            "problems": told[plans_of[code][0].code][code],
            "quarters": _quarters(trend),
            "next_steps": project.next_steps,
            "sheet": build_sheet(project, ", ".join(plan.name for plan in plans_of[code])),
        }


def _listed(project: ProjectFigures) -> Row:
    """A project's line in a list."""
    return {
        **rows.project(project, 0),
        **_of_project(project),
        "stage": project.stage or (w.NOT_STATED if project.reported else w.NOT_RECEIVED),
        "schedule": project.schedule or w.DASH,
    }


def _quarters(trend: Trend[ProjectFigures]) -> list[Row]:
    """The project by quarter; nothing where there is one quarter alone."""
    known = [(period, found) for period, found in zip(trend.periods, trend.figures, strict=True) if found]
    return [{**_listed(found), "quarter": str(period.quarter)} for period, found in known] if len(known) > 1 else []


def _units(plans: Sequence[PlanContent], projects: Sequence[Row]) -> Iterator[UnitContent]:
    """Every unit of the plans, in their order, with what it has in each."""
    found: dict[str, UnitContent] = {}
    of_unit = _grouped(projects, "unit_code")
    for plan in plans:
        kpis, problems = _grouped(plan.kpis, "unit_code"), _grouped(plan.problems, "unit_code")
        for unit in plan.units:
            code = str(unit["unit_code"])
            listed = [row for row in of_unit[code] if plan.code in _codes(row)]
            page = found.setdefault(code, UnitContent(code, str(unit["name"])))
            page.plans.append(
                {
                    "code": plan.code,
                    "name": plan.name,
                    "line": unit,
                    "projects": listed,
                    "kpis": kpis[code],
                    "problems": problems[code],
                }
            )
    yield from found.values()


def _codes(project: Row) -> Sequence[object]:
    codes = project["plan_codes"]
    assert isinstance(codes, list)
    return codes


def _grouped(listed: Iterable[Row], key: str) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in listed:
        found[str(row[key])].append(row)
    return found
