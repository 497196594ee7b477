"""What the web site's charts are drawn from: the figures of a plan as bars and lines. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.figures.plans import PlanFigures, Summary, UnitFigures
from plan_tracker.analysis.over_time.trends import told_beside
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.documents.report.rows.figures import money_rows
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import Words
from plan_tracker.publication.site.svg import Bar, Series


def stage_bars(figures: PlanFigures, words: Words) -> list[Bar]:
    """Projects by stage, those behind their plan marked."""
    found = figures.summary
    bars = [_stage_bar(found, stage, choice_label(stage, words), words) for stage in c.STAGES]
    if found.in_stage(""):
        bars.append(_stage_bar(found, "", words.of(w.NOT_STATED), words))
    return bars + [Bar(words.of(name), Decimal(number), w.count(number)) for name, number in terms.lacking(found)]


def _stage_bar(found: Summary, stage: str, name: str, words: Words) -> Bar:
    number, late = found.in_stage(stage), found.counted(stage, c.LATE)
    told = words.say("chart", "{number} behind plan", number=late) if late else ""
    return Bar(name, Decimal(number), w.count(number), Decimal(late), told)


def outcome_bars(figures: PlanFigures, words: Words) -> list[Bar]:
    counted = [(outcome, figures.outcomes.get(outcome, 0)) for outcome in Outcome]
    names = terms.outcome_names(figures.dataset.period, words)
    return [Bar(names[outcome], Decimal(number), w.count(number)) for outcome, number in counted if number]


def money_bars(figures: PlanFigures, words: Words) -> list[Bar]:
    spending = figures.summary.spending
    percents = [money.disbursed_percent for money in (spending.recurrent, spending.investment, spending.overall)]
    kinds = [row.kind for row in money_rows(figures.summary, words)]
    return [Bar(kind, percent, w.percent(percent)) for kind, percent in zip(kinds, percents, strict=True)]


def unit_bars(figures: PlanFigures, words: Words) -> list[Bar]:
    return [_unit_bar(unit, words) for unit in figures.units]


def _unit_bar(unit: UnitFigures, words: Words) -> Bar:
    known = unit.summary.has_spending
    percent = unit.summary.spending.overall.disbursed_percent if known else None
    return Bar(unit.source.unit.name, percent, w.percent(percent) if known else terms.state_of(unit, words))


def trend(report: ReportFigures, words: Words) -> list[Series]:
    """Planned, actual and disbursed per cent by quarter; nothing where there is one quarter alone.

    What was reached and disbursed also of the projects that reported in every quarter, where they differ from all.
    """
    if len(report.quarters) < 2:
        return []
    whole = [quarter.summary for quarter in report.quarters]
    lines = [
        Series(words.say("chart", "Planned"), _line(whole, _planned)),
        Series(words.say("chart", "Actual"), _line(whole, _actual)),
        Series(words.say("chart", "Disbursed"), _line(whole, _disbursed)),
    ]
    same = report.trends.like_for_like
    number = told_beside(same, whole)
    if number:
        projects = words.counted(p.PROJECTS, number)
        lines += [
            Series(words.say("chart", "Result ({projects}, the same ones)", projects=projects), _line(same, _actual)),
            Series(
                words.say("chart", "Disbursed ({projects}, the same ones)", projects=projects), _line(same, _disbursed)
            ),
        ]
    return lines


def _line(quarters: Sequence[Summary], value: Callable[[Summary], Decimal | None]) -> tuple[Decimal | None, ...]:
    """A gap where nothing was reported."""
    return tuple(value(found) if found.has_spending else None for found in quarters)


def _planned(found: Summary) -> Decimal | None:
    return found.planned


def _actual(found: Summary) -> Decimal | None:
    return found.actual


def _disbursed(found: Summary) -> Decimal | None:
    return found.spending.overall.disbursed_percent
