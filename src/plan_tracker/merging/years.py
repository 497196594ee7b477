"""The quarters of a year as the data of a report: each merged by itself, with what goes on from one to the next.

What a project had spent before it was cancelled goes on: it stays in the sums of its year. Reads the store, writes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plan_tracker.analysis.basis.dataset import Dataset, LastAnswer, PlanYear, ProjectResult
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.form1.build import BUDGETS
from plan_tracker.lineage import Lineage
from plan_tracker.merging.datasets import QuarterData
from plan_tracker.register import Plan
from plan_tracker.store import Store
from plan_tracker.store.reporting.snapshots import QuarterSnapshot
from plan_tracker.thai_text import is_same
from plan_tracker.values import Answer


def merge_year(store: Store, bases: Iterable[QuarterSnapshot], period: Period) -> YearData:
    """The quarters of ``bases``, the first one first, as the data of a report on ``period``."""
    quarters = tuple(QuarterData(store, basis) for basis in bases)
    newest = max((quarter.newest_load for quarter in quarters), default=0)
    return YearData(period, quarters, store.lineage(newest))


@dataclass(frozen=True)
class YearData:
    """The quarters that a report on ``period`` is made from; each is read from the store once, for all plans."""

    period: Period
    quarters: tuple[QuarterData, ...]
    lineage: Lineage

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plans of the last quarter's register."""
        return self.quarters[-1].register.plans

    def current(self, plan: Plan) -> Dataset:
        """The last quarter's data of one plan."""
        return self._dataset(len(self.quarters) - 1, plan)

    def plan_year(self, plan: Plan) -> PlanYear:
        """What one plan's report is made from."""
        quarters = tuple(self._dataset(place, plan) for place in range(len(self.quarters)))
        entries = {quarter.basis.period: quarter.entries for quarter in self.quarters}
        return PlanYear(self.period, quarters, entries, self.lineage)

    def _dataset(self, place: int, plan: Plan) -> Dataset:
        quarter = self.quarters[place]
        found = quarter.dataset(plan)
        if not quarter.basis.cancelled_in_full or not any(one.cancelled for one in found.projects):
            return found
        here = quarter.project_codes
        told = (replace(one, last_told=self._last_told(place, one, here)) for one in found.projects)
        return replace(found, projects=tuple(told))

    def _last_told(self, place: int, project: ProjectResult, here: set[str]) -> tuple[LastAnswer, ...]:
        """What a project that is over told last before the quarter at ``place``; ``here``: what that quarter has."""
        if not project.cancelled:
            return ()
        own = project.project.code
        return tuple(self._newest_answers(place, own, own, here - {own}))

    def _newest_answers(self, place: int, heir: str, code: str, others: set[str]) -> Iterator[LastAnswer]:
        """The newest answer of ``code``, else those of all that it goes on from; not of what goes on by itself."""
        for quarter in reversed(self.quarters[:place]):
            found = quarter.result(code)
            if isinstance(found, ProjectResult) and found.entry:
                yield self._told(place, quarter, found, heir)
                return
        for old in self.lineage.former.get(code, ()):
            if old not in others:
                yield from self._newest_answers(place, heir, old, others | {code})

    def _told(self, place: int, then: QuarterData, found: ProjectResult, heir: str) -> LastAnswer:
        """An answer with the budget that the register has changed since the form of that answer went out."""
        assert found.entry, "only what was answered is told"
        assert found.source
        own = found.project.code
        now = self.quarters[place].known_now(heir if own in self.lineage.renamed_from(heir) else own)
        before = then.known_then(found.project)
        since = {key: now[key] for key in BUDGETS if key in now and not is_same(now[key], before.get(key))}
        answers = {**found.entry.answers, **{key: Answer(value, "") for key, value in since.items()}}
        return LastAnswer(own, found.entry._replace(answers=answers), found.source)
