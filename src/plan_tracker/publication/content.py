"""What the web site says, from the reports' own figures and words.

Texts come from the rows that the Word reports are filled with, so that both say the same to the digit.
Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.analysis.figures import PlanFigures, ProjectFigures, UnitFigures
from plan_tracker.analysis.kpis import Outcome
from plan_tracker.analysis.problems import Standing
from plan_tracker.analysis.report import ProjectStory, ReportFigures
from plan_tracker.documents import rows
from plan_tracker.documents import storyrows as stories
from plan_tracker.documents import wording as w
from plan_tracker.documents.rows import Row
from plan_tracker.documents.sheets import build_sheet
from plan_tracker.fiscal import Period, long_date
from plan_tracker.forms import choices as c
from plan_tracker.publication.charts import Bar, Series
from plan_tracker.register import Plan

STANDINGS = tuple(Standing)


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
    stages: list[Row]
    money: list[Row]
    targets: list[Row]
    targets_source: str
    quarters: list[Row]
    units: list[Row]
    kpis: list[Row]
    problems: list[Row]
    exceptions: list[Row]
    stage_bars: list[Bar]
    money_bars: list[Bar]
    outcome_bars: list[Bar]
    unit_bars: list[Bar]
    trend: list[Series]


@dataclass(frozen=True, slots=True)
class Content:
    """The whole site: each plan, and every project once, whichever of the plans it is in."""

    period: Period
    plans: tuple[PlanContent, ...]
    projects: tuple[Row, ...]


def build_content(reports: Sequence[ReportFigures]) -> Content:
    """What the web site on ``reports`` (one per plan, all of one period) says."""
    return Content(reports[0].period, tuple(map(_plan, reports)), tuple(_projects(reports)))


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
        open_problems=w.count(sum(report.standings[standing] for standing in STANDINGS if standing.is_open)),
        changes=stories.changes(report.changes),
        stages=rows.stages(figures.summary),
        money=rows.money(figures.summary),
        targets=list(stories.targets(report)),
        targets_source=found[0].source if found else "",
        quarters=list(stories.quarters(report)),
        units=[{"code": unit.source.unit.code, **rows.unit(unit)} for unit in figures.units],
        kpis=[rows.kpi(kpi, number) for number, kpi in enumerate(figures.kpis, 1)],
        problems=_problems(report),
        exceptions=list(rows.exceptions(figures)),
        stage_bars=_stage_bars(figures),
        money_bars=_money_bars(figures),
        outcome_bars=_outcome_bars(figures),
        unit_bars=[_unit_bar(unit) for unit in figures.units],
        trend=_trend(report),
    )


def shown_stories(report: ReportFigures) -> list[ProjectStory]:
    """The problems that the report tells of, in its order."""
    return [told for told in report.problems if told.story.standing is not None or report.period.is_year_end]


def _problems(report: ReportFigures) -> list[Row]:
    told = zip(shown_stories(report), stories.problems(report), strict=True)
    return [{"code": story.project.code, **row} for story, row in told]


def _projects(reports: Sequence[ReportFigures]) -> Iterator[Row]:
    """Every project of the plans, in their order; one of both plans once."""
    plans_of: dict[str, list[Plan]] = {}
    found: dict[str, ProjectFigures] = {}
    for report in reports:
        for project in report.now.projects:
            plans_of.setdefault(project.code, []).append(report.now.dataset.plan)
            found.setdefault(project.code, project)
    told: dict[str, list[Row]] = {}
    for report in reports:
        for code, problems in _by_project(_problems(report)).items():
            told.setdefault(code, problems)
    for code, project in found.items():
        yield _project(project, plans_of[code], told.get(code, []))


def _by_project(problems: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in problems:
        found.setdefault(str(row["code"]), []).append(row)
    return found


def _project(project: ProjectFigures, plans: list[Plan], problems: list[Row]) -> Row:
    unit = project.source.unit
    return {
        **rows.project(project, 0),
        "unit": unit.name,
        "unit_short": rows.short(unit),
        "plans": [plan.name for plan in plans],
        "plan_codes": [plan.code for plan in plans],
        "stage": project.stage or (w.NOT_STATED if project.reported else w.NOT_RECEIVED),
        "schedule": project.schedule or w.DASH,
        "problems": problems,
        "sheet": build_sheet(project, ", ".join(plan.name for plan in plans)),
    }


def _stage_bars(figures: PlanFigures) -> list[Bar]:
    found = figures.summary
    counted = [(stage, found.in_stage(stage)) for stage in c.STAGES]
    if found.in_stage(""):
        counted.append((w.NOT_STATED, found.in_stage("")))
    if found.missing:
        counted.append((w.NOT_RECEIVED, found.missing))
    return [Bar(name, Decimal(number), w.count(number)) for name, number in counted]


def _outcome_bars(figures: PlanFigures) -> list[Bar]:
    counted = [(outcome, figures.outcomes.get(outcome, 0)) for outcome in Outcome]
    return [Bar(rows.OUTCOMES[outcome], Decimal(number), w.count(number)) for outcome, number in counted if number]


def _money_bars(figures: PlanFigures) -> list[Bar]:
    spending = figures.summary.spending
    kinds = {"รายจ่ายประจำ": spending.recurrent, "รายจ่ายลงทุน": spending.investment, "รวม": spending.overall}
    return [Bar(kind, money.disbursed_percent, w.percent(money.disbursed_percent)) for kind, money in kinds.items()]


def _unit_bar(unit: UnitFigures) -> Bar:
    percent = unit.summary.spending.overall.disbursed_percent if unit.received else None
    return Bar(unit.source.unit.name, percent, w.percent(percent) if unit.received else w.NOT_RECEIVED)


def _trend(report: ReportFigures) -> list[Series]:
    """Planned, actual and disbursed per cent by quarter; nothing where there is one quarter alone."""
    if len(report.quarters) < 2:
        return []
    known = [quarter.summary if quarter.summary.reported else None for quarter in report.quarters]
    money = [found.spending.overall.disbursed_percent if found else None for found in known]
    return [
        Series("แผน", tuple(found.planned if found else None for found in known)),
        Series("ผล", tuple(found.actual if found else None for found in known)),
        Series("เบิกจ่าย", tuple(money)),
    ]
