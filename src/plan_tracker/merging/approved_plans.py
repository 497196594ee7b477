"""The approved plans of a year's projects, by what the store has: loads of the register, first answers, decisions.

As of now, or as a snapshot has it. Reads the store, writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from plan_tracker.analysis.basis.approved_plan import (
    ApprovedPlan,
    Plan,
    PlanDecision,
    PlanLoad,
    approved_plan,
    stated_plan,
)
from plan_tracker.analysis.basis.merged_answers import merge_values
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.plan_fields import plan_of
from plan_tracker.forms.definition.versions import form_version
from plan_tracker.lineage import Lineage
from plan_tracker.register import LifecycleState, Project, Register
from plan_tracker.store import Store
from plan_tracker.store.reporting.snapshots import PlanBasis
from plan_tracker.values import Value


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
            self._found[code] = self._made(code, (code,), asked_now)
        return self._found[code]

    def _made(self, code: str, seen: tuple[str, ...], asked_now: int | None = None) -> ApprovedPlan:
        """A plan goes on from that of the code before; what was merged begins with what its parts had together."""
        line = [own for own in self.lineage.renamed_from(code) if own == code or own not in seen]
        loads, decisions = self._loads_of(line), (one for own in line for one in self._decisions.get(own, ()))
        parts = [old for old in self.lineage.former.get(line[-1], ()) if old not in (*seen, *line)]
        plans = [self._made(old, (*seen, *line)) for old in parts] if len(parts) > 1 else []
        if loads and any(plan.values for plan in plans):
            before = [own[-1].plan for old in parts if (own := self._loads_of(self.lineage.renamed_from(old)))]
            loads = [replace(loads[0], plan=merge_values(before)), *loads]
            return approved_plan(loads, self._first_answer(line), decisions, merge_values(list(map(_stated, plans))))
        asked = [self._first_asked[own] for own in line if own in self._first_asked]
        if not asked and asked_now is not None:
            asked = [asked_now]
        since = [load for load in loads if load.version >= min(asked)] if asked else []
        return approved_plan(since, self._first_answer(line), decisions)

    def _loads_of(self, line: Sequence[str]) -> list[PlanLoad]:
        """What each load says of a project by its names."""
        return [
            PlanLoad(load.version, datetime.fromisoformat(load.loaded_at).date(), load.because, plan_of(project.known))
            for load, register in self._loads
            if (project := _row(register, line))
        ]

    def _first_answer(self, line: Sequence[str]) -> Plan | None:
        own = next((own for own in line if own in self._first_clean), None)
        if own is None:
            return None
        number, version = self._first_clean[own]
        entry, form = self._store.answers.entry(number, own), form_version(version)
        return stated_plan(entry, form.form1.inputs) if entry and form else None


def _stated(plan: ApprovedPlan) -> dict[str, Value]:
    return {key: value for key, value in plan.values.items() if value is not None}


def _row(register: Register, line: Sequence[str]) -> Project | None:
    """What the register has under one of a project's names, while it is not merged into another."""
    own = next((own for own in line if own in register.project_by_code), None)
    project = register.project_by_code[own] if own else None
    return None if project is None or project.lifecycle.state is LifecycleState.MERGED else project
