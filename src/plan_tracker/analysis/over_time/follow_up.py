"""What became of what last quarter's figures called for: late and stopped projects, and KPIs that were not met."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from plan_tracker.analysis.concerns.needs import Need
from plan_tracker.analysis.figures.kpis import KpiFigures, Outcome
from plan_tracker.analysis.figures.plans import ProjectFigures
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


def follow_ups(trends: Trends) -> tuple[FollowUp, ...]:
    """From the last quarter but one to the last; nothing in the first."""
    projects = [(one.figures[-2], one.figures[-1]) for one in trends.projects if len(one.figures) > 1]
    kpis = [(one.figures[-2], one.figures[-1]) for one in trends.kpis if len(one.figures) > 1]
    found = (
        _of(Need.NOT_BEGUN, _projects(projects, lambda one: one.stage == c.NOT_STARTED and bool(one.planned))),
        _of(Need.LATE, _projects(projects, lambda one: one.is_late and one.stage != c.SUSPENDED)),
        _of(Need.SUSPENDED, _projects(projects, lambda one: one.stage == c.SUSPENDED)),
        _of(Need.KPIS_NOT_MET, _kpis(kpis)),
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
