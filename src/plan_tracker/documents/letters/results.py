"""Letters that tell results: the circulation (L4) and the KPIs at the end of the year (L8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from plan_tracker.documents.letters.facts import KpiLine, PlanKpis, ProjectLine, UnitResults
from plan_tracker.documents.letters.frame import plans_of, recipient_at, recipient_of, write_letter
from plan_tracker.documents.letters.kinds import To
from plan_tracker.documents.letters.reference import Reference
from plan_tracker.documents.letters.words import Point, points, quoted
from plan_tracker.fiscal import Period
from plan_tracker.register import Register, Unit
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Circulation:
    """L4: the Permanent Secretary's ``order``, and the unit's own results as they were known ``as_of`` a day.

    ``received``: whether a return of the unit counts, so that there are results to tell.
    """

    order: str
    ordered: date
    projects: tuple[ProjectLine, ...]
    kpis: tuple[KpiLine, ...]
    received: bool
    as_of: date
    recommendations: tuple[Point, ...]

    @property
    def project_count(self) -> int:
        return len(self.projects)

    @property
    def kpi_count(self) -> int:
        return len(self.kpis)


@dataclass(frozen=True, slots=True)
class KpiResults:
    """L8: every KPI of the plans that have any."""

    plans: tuple[PlanKpis, ...]


def write_circulation(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    order: str,
    ordered: date,
    results: UnitResults,
    as_of: date,
    recommendations: Sequence[str],
    path: Path,
    *,
    refers: Reference | None = None,
) -> None:
    """Writes L4 to ``path``: the Permanent Secretary's ``order`` of the day ``ordered``, and ``unit``'s own results.

    ``results``, what was known ``as_of`` a day, come as a table on a page of their own, the ``recommendations`` (one
    sentence each; none is well) numbered below. ``refers``: the unit's request, if it is to be cited. Errors as
    ``write_letter``'s.
    """
    content = Circulation(
        quoted(order), ordered, results.projects, results.kpis, results.received, as_of, points(recommendations)
    )
    write_letter("L4", workspace, recipient_of(unit), period, plans_of(register, unit), content, path, refers)


def write_kpi_results(workspace: Workspace, period: Period, plans: Sequence[PlanKpis], path: Path) -> None:
    """Writes L8 to ``path``: how many KPIs of each plan were reached, with the table of every KPI.

    It goes to ``letters.kpi_addressee`` as ``letters.kpi_letter_type``. Errors as ``write_letter``'s.
    """
    of = [found.plan for found in plans]
    write_letter("L8", workspace, recipient_at(workspace, To.KPI), period, of, KpiResults(tuple(plans)), path)
