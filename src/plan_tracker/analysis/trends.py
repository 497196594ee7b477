"""The quarters of a year side by side: the plan's, and each unit's, project's and KPI's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from plan_tracker.analysis.figures import PlanFigures, ProjectFigures, UnitFigures
from plan_tracker.analysis.kpis import KpiFigures
from plan_tracker.fiscal import Period
from plan_tracker.lineage import NOTHING_RENAMED, Lineage

T = TypeVar("T", ProjectFigures, UnitFigures, KpiFigures)


@dataclass(frozen=True, slots=True)
class Trend(Generic[T]):
    """One unit, project or KPI over ``periods``, one of ``figures`` for each; None where the plan hadn't it then.

    Figures without a return are there, and say so themselves: missing is not 0.
    """

    code: str
    periods: tuple[Period, ...]
    figures: tuple[T | None, ...]

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
    """Every unit, project and KPI of any quarter; those of the last quarter first, in their order there."""

    units: tuple[Trend[UnitFigures], ...]
    projects: tuple[Trend[ProjectFigures], ...]
    kpis: tuple[Trend[KpiFigures], ...]


def has_come(found: ProjectFigures | UnitFigures | KpiFigures) -> bool:
    """Whether a return brought these figures."""
    if isinstance(found, UnitFigures):
        return found.received
    return found.source.entry is not None


def trends_of(quarters: Sequence[PlanFigures], lineage: Lineage = NOTHING_RENAMED) -> Trends:
    """The trends over ``quarters``, the first one first; what goes on under another code is one, by its newest."""
    periods = tuple(quarter.period for quarter in quarters)
    return Trends(
        _trends(periods, lineage, [quarter.units for quarter in quarters], lambda unit: unit.source.unit.code),
        _trends(periods, lineage, [quarter.projects for quarter in quarters], lambda project: project.code),
        _trends(periods, lineage, [quarter.kpis for quarter in quarters], lambda kpi: kpi.source.kpi.code),
    )


def _trends(
    periods: tuple[Period, ...], lineage: Lineage, quarters: Sequence[Iterable[T]], code_of: Callable[[T], str]
) -> tuple[Trend[T], ...]:
    by_code = [{code_of(found): found for found in quarter} for quarter in quarters]
    codes = dict.fromkeys(code for quarter in reversed(by_code) for code in quarter)
    found: list[Trend[T]] = []
    for code in codes:
        beside = {other for quarter in by_code if code in quarter for other in quarter}
        under = [lineage.past(code, quarter, beside) for quarter in by_code]
        figures = tuple(quarter.pop(own) if own else None for quarter, own in zip(by_code, under, strict=True))
        if any(figures):  # else all of it has gone on under another code
            found.append(Trend(code, periods, figures))
    return tuple(found)
