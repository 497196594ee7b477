"""What became of what last quarter's figures called for: of returns, projects, disbursement and KPIs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from plan_tracker.analysis.concerns.needs import Need
from plan_tracker.analysis.figures.kpis import KpiFigures, Outcome
from plan_tracker.analysis.figures.plans import ProjectFigures, UnitFigures
from plan_tracker.analysis.figures.targets import TargetComparison
from plan_tracker.analysis.over_time.trends import Trends
from plan_tracker.forms.definition import choices as c

_JUDGED = (Outcome.MET, Outcome.NOT_MET, Outcome.ON_WAY)
Test = Callable[[ProjectFigures], bool]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A need of last quarter: of how many, and how many of those are ``settled``, still ``open``, or ``unknown``."""

    need: Need
    number: int
    settled: int
    open: int

    @property
    def unknown(self) -> int:
        return self.number - self.settled - self.open


def follow_ups(
    trends: Trends, targets_before: Sequence[TargetComparison], targets: Sequence[TargetComparison]
) -> tuple[FollowUp, ...]:
    """From the last quarter but one to the last; nothing in the first. Of each quarter disbursement by its targets."""
    units = [(one.figures[-2], one.figures[-1]) for one in trends.units if len(one.figures) > 1]
    projects = [(one.figures[-2], one.figures[-1]) for one in trends.projects if len(one.figures) > 1]
    kpis = [(one.figures[-2], one.figures[-1]) for one in trends.kpis if len(one.figures) > 1]
    found = (
        _of(Need.MISSING_RETURNS, _returns(units)),
        _of(Need.NOT_BEGUN, _projects(projects, lambda one: one.stage == c.NOT_STARTED and bool(one.planned))),
        _of(Need.LATE, _projects(projects, lambda one: one.is_late and one.stage != c.SUSPENDED)),
        _of(Need.SUSPENDED, _projects(projects, lambda one: one.stage == c.SUSPENDED)),
        _of(Need.BELOW_TARGET, _disbursement(targets_before, targets)),
        _of(Need.OVER_BUDGET, _projects(projects, _is_over_budget)),
        _of(Need.MONEY_UNSTATED, _projects(projects, lambda one: bool(one.spending and one.spending.unstated))),
        _of(Need.KPIS_NOT_MET, _kpis(kpis)),
        _of(Need.KPIS_APART, _apart(kpis)),
    )
    return tuple(one for one in found if one.number)


def _of(need: Need, settled: Iterable[bool | None]) -> FollowUp:
    told = list(settled)
    return FollowUp(need, len(told), told.count(True), told.count(False))


def _projects(pairs: Iterable[tuple[ProjectFigures | None, ProjectFigures | None]], has: Test) -> Iterator[bool | None]:
    """Of each that had it then, whether it has it no more; None where nobody said."""
    for before, now in pairs:
        if before is not None and before.reported and has(before):
            yield None if now is None or not now.stage else not has(now)


def _kpis(pairs: Iterable[tuple[KpiFigures | None, KpiFigures | None]]) -> Iterator[bool | None]:
    for before, now in pairs:
        if before is not None and before.outcome is Outcome.NOT_MET:
            known = now is not None and now.outcome in _JUDGED
            yield now.outcome is not Outcome.NOT_MET if known and now else None


def _returns(pairs: Iterable[tuple[UnitFigures | None, UnitFigures | None]]) -> Iterator[bool | None]:
    """Whether who sent nothing then has sent something now."""
    for before, now in pairs:
        if before is not None and before.source.asked and not before.received:
            yield now.received if now is not None and now.source.asked else None


def _disbursement(before: Sequence[TargetComparison], now: Sequence[TargetComparison]) -> Iterator[bool | None]:
    """Whether the kinds that fell short of their target then have come to that of now."""
    met = {one.kind: one.met for one in now}
    for one in before:
        if one.met is False:
            yield met.get(one.kind)


def _apart(pairs: Iterable[tuple[KpiFigures | None, KpiFigures | None]]) -> Iterator[bool | None]:
    """Whether KPIs that were another figure than what follows from the projects agree now, or are explained."""
    for before, now in pairs:
        if before is not None and before.differs and not before.explained:
            known = now is not None and now.difference is not None
            yield (not now.differs or bool(now.explained)) if known and now else None


def _is_over_budget(project: ProjectFigures) -> bool:
    spending = project.spending
    return spending is not None and any(money.remaining < 0 for money in (spending.recurrent, spending.investment))
