"""The quarters of a year side by side: the plan's, and each unit's, project's and KPI's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from plan_tracker.analysis.figures.kpis import KpiFigures, merged_kpis
from plan_tracker.analysis.figures.plans import (
    PlanFigures,
    ProjectFigures,
    Summary,
    UnitFigures,
    merged_figures,
    merged_units,
    summarise,
)
from plan_tracker.fiscal import Period
from plan_tracker.lineage import NOTHING_RENAMED, Lineage

T = TypeVar("T", ProjectFigures, UnitFigures, KpiFigures)


@dataclass(frozen=True, slots=True)
class Trend(Generic[T]):
    """One unit, project or KPI over ``periods``, one of ``figures`` for each; None where the plan hadn't it then.

    Figures without a return are there, and say so themselves: missing is not 0. ``parts``: what the figures of each
    period are those of, several where it has been merged since.
    """

    code: str
    periods: tuple[Period, ...]
    figures: tuple[T | None, ...]
    parts: tuple[tuple[T, ...], ...]

    @property
    def newest(self) -> T:
        """As last known to the plan, whether or not a return came."""
        return next(found for found in reversed(self.figures) if found is not None)

    @property
    def reported(self) -> T | None:
        """As the last return that came says; None where none did."""
        return next((found for found in reversed(self.figures) if found is not None and has_come(found)), None)

    @property
    def last_reported(self) -> Period | None:
        """The quarter of ``reported``; None where no return came."""
        both = zip(reversed(self.periods), reversed(self.figures), strict=True)
        return next((period for period, found in both if found is not None and has_come(found)), None)

    @property
    def is_current(self) -> bool:
        """Whether a return came for the last quarter."""
        return self.last_reported == self.periods[-1]


@dataclass(frozen=True, slots=True)
class Trends:
    """Every unit, project and KPI of any quarter; those of the last quarter first, in their order there.

    ``like_for_like``: for each quarter the same projects, those that reported in every quarter that anything came for;
    ``units_like_for_like``: those of each unit, by its code, for the quarters that anything of it came for.
    """

    units: tuple[Trend[UnitFigures], ...]
    projects: tuple[Trend[ProjectFigures], ...]
    kpis: tuple[Trend[KpiFigures], ...]
    like_for_like: tuple[Summary, ...]
    units_like_for_like: Mapping[str, tuple[Summary, ...]]

    @property
    def same_projects(self) -> int:
        """How many projects ``like_for_like`` is of."""
        return max((one.reported for one in self.like_for_like), default=0)


def told_beside(same: Sequence[Summary], whole: Sequence[Summary | None]) -> int:
    """How many projects ``same`` is of in each quarter, where they are not those of ``whole`` anyway; else 0."""
    number = max((one.reported for one in same), default=0)
    return number if any(one and one.reported not in (0, number) for one in whole) else 0


def has_come(found: ProjectFigures | UnitFigures | KpiFigures) -> bool:
    """Whether a return brought these figures."""
    if isinstance(found, UnitFigures):
        return found.received
    return found.source.entry is not None


def trends_of(quarters: Sequence[PlanFigures], lineage: Lineage = NOTHING_RENAMED) -> Trends:
    """The trends over ``quarters``, the first one first; what goes on under another code is one, by its newest."""
    projects = _trends(
        quarters, lineage, lambda quarter: quarter.projects, lambda project: project.code, merged_figures
    )
    of_units: dict[str, list[Trend[ProjectFigures]]] = {}
    for trend in projects:
        of_units.setdefault(trend.newest.source.unit.code, []).append(trend)
    places = range(len(quarters))
    return Trends(
        _trends(quarters, lineage, lambda quarter: quarter.units, lambda unit: unit.source.unit.code, merged_units),
        projects,
        _trends(quarters, lineage, lambda quarter: quarter.kpis, lambda kpi: kpi.source.kpi.code, merged_kpis),
        _like_for_like(projects, places),
        {code: _like_for_like(trends, places) for code, trends in of_units.items()},
    )


def _like_for_like(trends: Sequence[Trend[ProjectFigures]], places: range) -> tuple[Summary, ...]:
    """The same projects in each quarter: those whose returns came for every quarter that any return came for.

    A summary for each of ``places``, of no project where none came or no project is in all of them.
    """
    come = [place for place in places if any(_all_came(trend, place) for trend in trends)]
    same = [trend for trend in trends if all(_all_came(trend, place) for place in come)]
    return tuple(
        summarise([found for trend in same if place in come and (found := trend.figures[place])]) for place in places
    )


def _all_came(trend: Trend[ProjectFigures], place: int) -> bool:
    """Whether the returns of all that the project is made of came for the quarter at ``place``."""
    return bool(trend.parts[place]) and all(map(has_come, trend.parts[place]))


def _trends(
    quarters: Sequence[PlanFigures],
    lineage: Lineage,
    of_quarter: Callable[[PlanFigures], Sequence[T]],
    code_of: Callable[[T], str],
    together: Callable[[Sequence[T]], T],
) -> tuple[Trend[T], ...]:
    periods = tuple(quarter.period for quarter in quarters)
    by_code = [{code_of(found): found for found in of_quarter(quarter)} for quarter in quarters]
    found: list[Trend[T]] = []
    for code in dict.fromkeys(code for quarter in reversed(by_code) for code in quarter):
        beside = next((quarter.keys() for quarter in reversed(by_code) if code in quarter), ())
        under = [lineage.parts(code, quarter, beside) for quarter in by_code]
        parts = tuple(tuple(quarter.pop(own) for own in owns) for quarter, owns in zip(by_code, under, strict=True))
        if any(parts):  # else all of it has gone on under another code
            found.append(Trend(code, periods, tuple(together(own) if own else None for own in parts), parts))
    return tuple(found)
