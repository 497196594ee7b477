"""Step 4: where every unit's return stands (R6). Reads the store, writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.analysis.dataset import State
from plan_tracker.checking.findings import Finding, Status
from plan_tracker.due import return_due
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.register import Unit
from plan_tracker.store import Store, StoredReturn, unit_state
from plan_tracker.store.records import days_late
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """One unit's line. ``form1`` and ``form2`` are states, blank where the unit has no such form.

    ``errors`` and ``warnings`` are the open ones of the newest return; ``days_late`` counts to the day of the
    return that counts, else to today, or to the day that the period was closed. ``counts_version`` is the return
    that counts, ``waiting_version`` a newer faulty one beside it; ``waived`` and ``confirmed`` are findings of the
    one that counts, else of the newest.
    """

    unit: Unit
    state: State
    form1: str
    form2: str
    errors: int
    warnings: int
    version: int | None
    days_late: int
    counts_version: int | None
    waiting_version: int | None
    waived: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Version:
    """One return of a unit, whether it is the one that counts, and all that was found in it."""

    kept: StoredReturn
    counts: bool
    findings: Sequence[Finding]


def unit_statuses(workspace: Workspace, store: Store, period: Period) -> list[UnitStatus]:
    """Every unit that reports, in the register's order."""
    register = store.register_for(period)
    issued = store.newest_form_ids(period)
    returns: dict[str, list[StoredReturn]] = {}
    for kept in store.returns(period):
        returns.setdefault(kept.unit, []).append(kept)
    due = return_due(workspace.config, period)
    until = store.reviews.closed_on(period) or workspace.today
    lines = []
    for unit in register.reporting_units():
        mine = returns.get(unit.code, [])
        state = unit_state(unit.code in issued, mine)
        has = unit.code in register.projects_by_unit, unit.code in register.kpis_by_unit
        form1, form2 = _forms(store, state, mine, *has)
        newest = mine[-1] if mine else None
        counting = _counting(mine)
        settled = _settled(store, counting or newest)
        lines.append(
            UnitStatus(
                unit,
                state,
                form1,
                form2,
                newest.errors if newest and not newest.waived_because else 0,
                newest.warnings if newest and not newest.waived_because else 0,
                newest.version if newest else None,
                days_late(state is not State.NONE, mine, due, until),
                counting.version if counting else None,
                newest.version if newest and counting and newest.version > counting.version else None,
                settled[Status.WAIVED],
                settled[Status.CONFIRMED],
            )
        )
    return lines


def unit_versions(store: Store, period: Period, unit: str) -> list[Version]:
    """What a unit has returned, the oldest first; ``UsageError`` where there is no such unit."""
    if unit not in store.register_for(period).unit_by_code:
        raise UsageError(
            _("There is no unit {unit} in the register.").format(unit=unit),
            _("See the units' codes with: plantrack register show"),
        )
    mine = [kept for kept in store.returns(period) if kept.unit == unit]
    counting = _counting(mine)
    return [Version(kept, kept == counting, store.findings(kept.id)) for kept in mine]


def _counting(returns: Sequence[StoredReturn]) -> StoredReturn | None:
    """The newest clean one."""
    clean = [kept for kept in returns if kept.is_clean]
    return clean[-1] if clean else None


def _settled(store: Store, kept: StoredReturn | None) -> Counter[Status]:
    return Counter(finding.status for finding in store.findings(kept.id)) if kept else Counter()


def current_period(workspace: Workspace, store: Store) -> Period:
    """The quarter that forms were last issued for, else the configured year's first."""
    return store.newest_issued_period() or Period(workspace.config.fiscal_year, 1)


def _forms(store: Store, state: State, returns: Sequence[StoredReturn], projects: bool, kpis: bool) -> tuple[str, str]:
    """The state of each form: one of an incomplete return's two forms may be in order."""
    if state is not State.INCOMPLETE:
        return str(state) if projects else "", str(state) if kpis else ""
    pending = [finding for finding in store.findings(returns[-1].id) if finding.holds_back]
    kpi_codes = set(store.form_codes(returns[-1].form_id)[1])
    faulty = {finding.project in kpi_codes for finding in pending}
    form1, form2 = (State.INCOMPLETE if of_kpis in faulty else State.ACCEPTED for of_kpis in (False, True))
    return str(form1) if projects else "", str(form2) if kpis else ""
