"""The quarters of a year side by side: the plan's, each unit's and each project's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures, Summary
from plan_tracker.analysis.over_time.trends import Trend, has_come, told_beside
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.fiscal import QUARTERS
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import Words
from plan_tracker.register import Unit


@dataclass(frozen=True, slots=True)
class QuarterText:
    """The plan in a quarter; ``same``: of the projects alone that reported in every quarter."""

    name: str
    received: str
    reported: str
    completed: str
    late: str
    planned: str
    actual: str
    disbursed: str
    percent: str
    met: str
    same_actual: str
    same_percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _FourQuarters:
    """Mean or own progress and disbursement, in per cent, of each quarter."""

    actual_q1: str
    actual_q2: str
    actual_q3: str
    actual_q4: str
    percent_q1: str
    percent_q2: str
    percent_q3: str
    percent_q4: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTrendText(_FourQuarters):
    """A unit by quarter."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTrendText(_FourQuarters):
    """A project by quarter, and its stage as last reported.

    ``label``: code and name on one line, and below it that the project has left the plan, where it has.
    """

    unit: str
    project: str
    label: str
    stage: str


def quarter_rows(report: ReportFigures) -> Iterator[QuarterText]:
    for found, same in zip(report.quarters, report.trends.like_for_like, strict=True):
        yield _quarter_row(found, same)


def _quarter_row(found: PlanFigures, same: Summary) -> QuarterText:
    summary, known = found.summary, found.summary.reported > 0
    money = summary.spending.overall if summary.has_spending else None
    answered = any(has_come(kpi) for kpi in found.kpis)
    return QuarterText(
        name=str(found.period.quarter),
        received=f"{w.count(len(found.asked_units) - len(found.missing_units))}/{w.count(len(found.asked_units))}",
        reported=f"{w.count(summary.reported)}/{w.count(summary.asked)}",
        completed=w.count(summary.in_stage(c.COMPLETED)) if known else w.DASH,
        late=w.count(summary.on_schedule(c.LATE)) if known else w.DASH,
        planned=w.percent(summary.planned),
        actual=w.percent(summary.actual),
        disbursed=w.million(money.disbursed) if money else w.DASH,
        percent=w.percent(money.disbursed_percent) if money else w.DASH,
        met=f"{w.count(found.outcomes.get(Outcome.MET, 0))}/{w.count(len(found.kpis))}" if answered else w.DASH,
        same_actual=w.percent(same.actual),
        same_percent=w.percent(same.spending.overall.disbursed_percent),
    )


def unit_trend_rows(report: ReportFigures, words: Words) -> Iterator[UnitTrendText]:
    """Each unit; below it the same projects alone, where others of it reported in some quarters."""
    for unit, number, row in unit_trends(report):
        yield row(unit_name(terms.short(unit), number, words))


def unit_trends(report: ReportFigures) -> Iterator[tuple[Unit, int, Callable[[str], UnitTrendText]]]:
    """The same rows: the unit, how many projects where they are the same ones, and its texts under a name."""
    for trend in report.trends.units:
        unit, whole = trend.newest.source.unit, [one.summary if one else None for one in trend.figures]
        yield unit, 0, partial(_unit_row, whole)
        same = report.trends.units_like_for_like.get(trend.code, ())
        number = told_beside(same, whole)
        if number:
            yield unit, number, partial(_unit_row, same)


def unit_name(name: str, same: int, words: Words) -> str:
    """What stands for a unit, or for so many of its projects that are the same ones in every quarter."""
    if not same:
        return name
    projects = words.counted(p.PROJECTS, same)
    return words.say("unit", "{unit}, the same {projects} in every quarter", unit=name, projects=projects)


def _unit_row(quarters: Sequence[Summary | None], name: str) -> UnitTrendText:
    shown = [one if one and one.has_spending else None for one in quarters]
    return UnitTrendText(
        name=name,
        **_by_quarter("actual", [one.actual if one else None for one in shown]),
        **_by_quarter("percent", [one.spending.overall.disbursed_percent if one else None for one in shown]),
    )


def project_trend_rows(report: ReportFigures, words: Words) -> Iterator[ProjectTrendText]:
    for trend in report.trends.projects:
        shown, source, stage = trend.figures, trend.newest.source, _stage(trend, words)
        label = terms.label_of(source.project)
        yield ProjectTrendText(
            unit=terms.short(source.unit),
            project=source.project.name,
            label=label if shown[-1] else f"{label}\n{stage}",
            stage=stage,
            **_by_quarter("actual", [one.actual if one else None for one in shown]),
            **_by_quarter("percent", [one.money.disbursed_percent if one and one.money else None for one in shown]),
        )


def _stage(trend: Trend[ProjectFigures], words: Words) -> str:
    """The stage as last reported; that the project has left the plan, where it has."""
    stage = terms.stage_of(trend.newest, words)
    if trend.figures[-1] is not None:
        return stage
    last = next(period for period, one in zip(reversed(trend.periods), reversed(trend.figures), strict=True) if one)
    quarter = last.quarter_in(words)
    return words.say("project", "no longer in the plan ({quarter}: {stage})", quarter=quarter, stage=stage)


def _by_quarter(name: str, values: Sequence[Decimal | None]) -> dict[str, str]:
    """``actual_q1`` … ``actual_q4``."""
    texts = [*map(w.percent, values), *[w.DASH] * (len(QUARTERS) - len(values))]
    return {f"{name}_q{quarter}": text for quarter, text in zip(QUARTERS, texts, strict=True)}
