"""Units whose return is missing, late, lacks a project or KPI, or was taken by a recorded decision: as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.figures.plans import PlanFigures, UnitFigures
from plan_tracker.fiscal import Period


class ExceptionKind(Enum):
    """What a return wants."""

    NOT_RECEIVED = auto()
    WAIVED = auto()
    LATE = auto()
    INCOMPLETE = auto()  # lacks a project or KPI
    TOGETHER = auto()  # takes in what was answered of a project before it was merged


@dataclass(frozen=True, slots=True)
class ReturnException:
    """A unit and what its return for ``period`` wants; ``lacking``: the names of what an incomplete one lacks,
    else of what was merged, each with the codes of the answers that it is put together of.

    ``past``: a later quarter is reported on, so that nothing is to be expected any more.
    """

    period: Period
    unit: UnitFigures
    kind: ExceptionKind
    past: bool = False
    lacking: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        return self.unit.source.state


def return_exceptions(quarters: Sequence[PlanFigures]) -> Iterator[ReturnException]:
    """Of each of ``quarters``, the first one first; what the last of them lacks may still come."""
    for figures in quarters:
        for unit in figures.units:
            for kind, lacking in _exceptions(unit):
                yield ReturnException(figures.period, unit, kind, figures is not quarters[-1], lacking)


def _exceptions(unit: UnitFigures) -> Iterator[tuple[ExceptionKind, tuple[str, ...]]]:
    if not unit.source.asked:
        return
    if not unit.received:
        yield ExceptionKind.NOT_RECEIVED, ()
        return
    if unit.waived_because:
        yield ExceptionKind.WAIVED, ()
    if unit.source.days_late and unit.source.state.counts:
        yield ExceptionKind.LATE, ()
    projects = [project.source.project.name for project in unit.projects if project.is_lacking]
    kpis = [kpi.source.kpi.name for kpi in unit.kpis if kpi.outcome in (Outcome.MISSING, Outcome.WAITING)]
    if projects or kpis:
        yield ExceptionKind.INCOMPLETE, (*projects, *kpis)
    together = [project.source for project in unit.projects if project.source.parts]
    if together:
        codes = (" + ".join(part.code for part in one.parts) for one in together)
        names = (f"{one.project.name} ({said})" for one, said in zip(together, codes, strict=True))
        yield ExceptionKind.TOGETHER, tuple(names)
