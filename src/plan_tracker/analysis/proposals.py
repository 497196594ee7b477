"""What a report's figures call for, each with its number: what it asks its reader to decide. As data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plan_tracker.analysis.concerns.attention import Reason
from plan_tracker.analysis.concerns.needs import Need
from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.analysis.over_time.outcomes import idle_money
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Unit


@dataclass(frozen=True, slots=True)
class Proposal:
    """A need and how many units, projects, KPIs or kinds of expenditure have it; ``kinds``: which are below target.

    ``units`` are those whose it is to do something about it.
    """

    need: Need
    number: int
    units: tuple[Unit, ...] = ()
    kinds: tuple[str, ...] = ()


def proposals_of(report: ReportFigures) -> tuple[Proposal, ...]:
    """What to do about how many; nothing where there are none."""
    return tuple(found for found in _proposals(report) if found.number)


def _proposals(report: ReportFigures) -> Iterator[Proposal]:
    now = report.now
    late = [one for one in now.projects if one.is_late and one.stage != c.SUSPENDED]  # those that can hurry
    all_late = len(late) == now.summary.on_schedule(c.LATE)
    below = tuple(one.kind for one in report.targets if one.met is False)
    over = [one.project for one in report.attention if any(why.reason is Reason.OVER_BUDGET for why in one.reasons)]
    unstated = [one for one in now.projects if one.spending and one.spending.unstated]
    apart = [kpi.source.unit for kpi in now.kpis if kpi.differs and not kpi.explained]
    not_met = [kpi.source.unit for kpi in now.kpis if kpi.outcome is Outcome.NOT_MET]
    missing = tuple(unit.source.unit for unit in now.missing_units)
    short = tuple(
        unit.source.unit
        for unit in now.units
        if any(one.met is False for one in report.unit_targets[unit.source.unit.code])
    )
    yield Proposal(Need.MISSING_RETURNS, len(missing), missing)
    yield _of(Need.NOT_BEGUN, (one for one in now.projects if one.stage == c.NOT_STARTED and one.planned))
    yield _of(Need.LATE if all_late else Need.LATE_AND_GOING_ON, late)
    yield _of(Need.SUSPENDED, (one for one in now.projects if one.stage == c.SUSPENDED))
    yield Proposal(Need.BELOW_TARGET, len(below), short, below)
    yield _of(Need.OVER_BUDGET, over)
    yield _of(Need.MONEY_UNSTATED, unstated)
    yield Proposal(Need.KPIS_NOT_MET, len(not_met), tuple(dict.fromkeys(not_met)))
    if report.period.is_year_end:
        yield _of(Need.IDLE_MONEY, (one.project for one in idle_money(now.projects)))
    yield Proposal(Need.KPIS_APART, len(apart), tuple(dict.fromkeys(apart)))


def _of(need: Need, projects: Iterable[ProjectFigures]) -> Proposal:
    found = list(projects)
    return Proposal(need, len(found), tuple(dict.fromkeys(one.source.unit for one in found)))
