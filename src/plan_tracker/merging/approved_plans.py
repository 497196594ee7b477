"""The approved plans of a year's projects, by what the store has: loads of the register, first answers, decisions.

As of now, or as a snapshot has it. Reads the store, writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from plan_tracker.analysis.basis.approved_plan import (
    ApprovedPlan,
    Plan,
    PlanDecision,
    PlanLoad,
    approved_plan,
    stated_plan,
)
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.plan_fields import plan_of
from plan_tracker.forms.definition.versions import form_version
from plan_tracker.lineage import Lineage
from plan_tracker.register import Project
from plan_tracker.store import Store
from plan_tracker.store.snapshots import PlanBasis


def plan_basis(store: Store, period: Period) -> PlanBasis:
    """How far plans are known for the quarter as of now: a past quarter does not change."""
    newest = store.register_for(period).version
    last = store.quarter_loads.last(period)
    return PlanBasis(last or newest, store.plans.newest(), store.answers.newest_return())


class ApprovedPlans:
    """The plans that are approved in ``period``, by project; decisions for later quarters are not among them."""

    def __init__(self, store: Store, period: Period, basis: PlanBasis) -> None:
        self._store, self._period, self._basis = store, period, basis
        self.lineage: Lineage = store.lineage(basis.register_version)
        self._first_asked = store.plans.first_asked(period.fiscal_year)
        self._first_clean = store.plans.first_clean(period.fiscal_year, basis.return_id)
        self._decisions: dict[str, list[PlanDecision]] = {}
        for one in store.plans.of_year(period.fiscal_year):
            if one.number <= basis.decision and one.period.quarter <= period.quarter:
                self._decisions.setdefault(one.project, []).append(one)
        self._loads = [
            (load, register)
            for load in store.register_loads()
            if load.fiscal_year == period.fiscal_year and load.version <= basis.register_version
            if (register := store.register(load.version))
        ]
        self._found: dict[str, ApprovedPlan] = {}

    def of(self, code: str, asked_now: int | None = None) -> ApprovedPlan:
        """The plan of the project ``code``; with nothing in it where no form of the year has asked for it.

        ``asked_now``: the load of the register that the form at hand asks for it by, which may be its first.
        """
        if code not in self._found:
            decisions = (one for own in self.lineage.back(code) for one in self._decisions.get(own, ()))
            self._found[code] = approved_plan(self._loads_of(code, asked_now), self._first_answer(code), decisions)
        return self._found[code]

    def _loads_of(self, code: str, asked_now: int | None) -> list[PlanLoad]:
        asked = [self._first_asked[own] for own in self.lineage.back(code) if own in self._first_asked]
        if not asked and asked_now is not None:
            asked = [asked_now]
        if not asked:
            return []
        since = min(asked)
        return [
            PlanLoad(load.version, datetime.fromisoformat(load.loaded_at).date(), load.because, plan_of(project.known))
            for load, register in self._loads
            if load.version >= since and (project := self._project(code, register.project_by_code))
        ]

    def _project(self, code: str, known: Mapping[str, Project]) -> Project | None:
        return self.lineage.find(code, known)

    def _first_answer(self, code: str) -> Plan | None:
        own = self.lineage.past(code, self._first_clean)
        if own is None:
            return None
        number, version = self._first_clean[own]
        entry, form = self._store.answers.entry(number, own), form_version(version)
        return stated_plan(entry, form.form1.inputs) if entry and form else None
