"""An extract of a plan's data: only some units, budget sources or stages. Nothing is read or written.

The plan's name says that it is one, wherever the name stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plan_tracker.analysis.basis.dataset import Dataset, PlanYear, ProjectResult
from plan_tracker.i18n import THAI
from plan_tracker.values import plain

_SOURCES = ("f3.source[1]", "f3.source[2]", "f3.source[3]")


@dataclass(frozen=True, slots=True)
class Selection:
    """What an extract holds: projects of these ``units`` (codes), of a ``source`` of money, in a ``stage``; blank: any.

    KPIs have neither source nor stage, and are left out where one is named.
    """

    units: tuple[str, ...] = ()
    source: str = ""
    stage: str = ""

    @property
    def mark(self) -> str:
        """What stands behind the plan's name."""
        said = " · ".join(filter(None, (" ".join(self.units), self.source, self.stage)))
        return THAI.say("report", "(extract: {what})", what=said)

    def of(self, year: PlanYear) -> PlanYear:
        """The same year with nothing else in it. The last quarter chooses, for the earlier ones too."""
        chosen = {found.project.code for found in year.quarters[-1].projects if self._holds(found)}
        return replace(year, quarters=tuple(self._cut(quarter, chosen) for quarter in year.quarters))

    def _cut(self, quarter: Dataset, chosen: set[str]) -> Dataset:
        projects = tuple(found for found in quarter.projects if found.project.code in chosen)
        kpis = tuple(found for found in quarter.kpis if self._is_of_units(found.unit.code) and not self._is_by_project)
        units = {found.unit.code for found in projects} | {found.unit.code for found in kpis}
        return replace(
            quarter,
            plan=replace(quarter.plan, name=f"{quarter.plan.name} {self.mark}"),
            units=tuple(found for found in quarter.units if found.unit.code in units),
            projects=projects,
            kpis=kpis,
        )

    @property
    def _is_by_project(self) -> bool:
        return bool(self.source or self.stage)

    def _is_of_units(self, unit: str) -> bool:
        return not self.units or unit in self.units

    def _holds(self, found: ProjectResult) -> bool:
        stage = found.entry.text("f14.stage") if found.entry else ""
        return (
            self._is_of_units(found.unit.code)
            and (not self.source or self.source in _sources(found))
            and (not self.stage or self.stage == stage)
        )


def _sources(found: ProjectResult) -> Iterator[str]:
    """As the unit says, else the register."""
    for key in _SOURCES:
        known = found.project.known.get(key)
        yield found.entry.text(key) if found.entry else plain(known) if known is not None else ""
