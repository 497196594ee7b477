"""What the web site's charts are drawn from: the figures of a plan as bars and lines. Nothing is read or written."""

from __future__ import annotations

from decimal import Decimal

from plan_tracker.analysis.figures import PlanFigures, UnitFigures
from plan_tracker.analysis.kpis import Outcome
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import rows
from plan_tracker.forms.definition import choices as c
from plan_tracker.publication.svg import Bar, Series


def stage_bars(figures: PlanFigures) -> list[Bar]:
    found = figures.summary
    counted = [(stage, found.in_stage(stage)) for stage in c.STAGES]
    if found.in_stage(""):
        counted.append((w.NOT_STATED, found.in_stage("")))
    if found.missing:
        counted.append((w.NOT_RECEIVED, found.missing))
    return [Bar(name, Decimal(number), w.count(number)) for name, number in counted]


def outcome_bars(figures: PlanFigures) -> list[Bar]:
    counted = [(outcome, figures.outcomes.get(outcome, 0)) for outcome in Outcome]
    names = rows.outcome_names(figures.dataset.period)
    return [Bar(names[outcome], Decimal(number), w.count(number)) for outcome, number in counted if number]


def money_bars(figures: PlanFigures) -> list[Bar]:
    spending = figures.summary.spending
    kinds = {"รายจ่ายประจำ": spending.recurrent, "รายจ่ายลงทุน": spending.investment, "รวม": spending.overall}
    return [Bar(kind, money.disbursed_percent, w.percent(money.disbursed_percent)) for kind, money in kinds.items()]


def unit_bars(figures: PlanFigures) -> list[Bar]:
    return [_unit_bar(unit) for unit in figures.units]


def _unit_bar(unit: UnitFigures) -> Bar:
    percent = unit.summary.spending.overall.disbursed_percent if unit.received else None
    return Bar(unit.source.unit.name, percent, w.percent(percent) if unit.received else w.NOT_RECEIVED)


def trend(report: ReportFigures) -> list[Series]:
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
