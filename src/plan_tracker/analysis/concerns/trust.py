"""How far the figures can be relied on: what came, how, and what speaks against itself. As counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.analysis.basis.plan_changes import PlanChange
from plan_tracker.analysis.figures.plans import PlanFigures


@dataclass(frozen=True, slots=True)
class Trust:
    """Counts of a plan in a quarter.

    ``corrected`` are units whose answers took more than one file, ``waived`` and ``changed`` projects and KPIs (of
    ``changed``: projects whose plan is not the approved one any more), ``doubtful`` projects that say they are late
    though they are not behind plan, or the other way about, ``kpis_apart`` KPIs whose result is not what follows from
    the projects.
    """

    units: int
    returned: int
    late: int
    corrected: int
    waived: int
    changed: int
    doubtful: int
    kpis_apart: int = 0

    @property
    def missing(self) -> int:
        return self.units - self.returned


def trust_of(figures: PlanFigures, changes: Sequence[PlanChange]) -> Trust:
    came = [unit for unit in figures.asked_units if unit.received]
    return Trust(
        units=len(figures.asked_units),
        returned=len(came),
        late=sum(1 for unit in came if unit.source.days_late and unit.source.state.counts),
        corrected=sum(1 for unit in came if any(source.version > 1 for source in unit.source.sources)),
        waived=sum(bool(one.waived_because) for one in figures.projects)
        + sum(bool(one.waived_because) for one in figures.kpis),
        changed=len({one.project.project.code for one in changes}),
        doubtful=sum(1 for one in figures.projects if one.contradicts_itself),
        kpis_apart=sum(1 for one in figures.kpis if one.differs),
    )
