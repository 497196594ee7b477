"""A return that says throughout what an earlier one said, though a later one has replaced it: an old file saved again?

It may as well be a change that was taken back, so that it counts, and is told. Reads the store.
"""

from __future__ import annotations

from collections.abc import Mapping

from plan_tracker.analysis.basis.returns import UnitStanding
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.store import IssuedForm, Store, StoredReturn
from plan_tracker.values import Entry, Value

Said = dict[str, dict[str, Value]]  # what the cells of each answer say that was touched, by code and field


def check_superseded(store: Store, form: IssuedForm, entries: Mapping[str, Entry]) -> list[Finding]:
    """A notice where ``entries`` say, cell by cell, what those did of an earlier version that counts no longer."""
    unit, period = form.identity.unit, form.identity.period
    if store.next_version(unit, period) == 1:
        return []  # the usual case: a unit's first return, for which no other's are gone through
    said = _said(entries)
    earlier = store.returns(period, unit)
    same = [kept for kept in earlier if _said(store.answers.entries(kept.id)) == said]
    if not same or _counts(store.answers.standing(unit, period), same, said):
        return []
    params = {"period": period.spoken, "before": str(same[-1].version)}
    return [Finding("FORM-SUPERSEDED", Severity.NOTICE, unit, params=params)]


def _said(entries: Mapping[str, Entry]) -> Said:
    return {code: entry.said for code, entry in entries.items() if entry.said}


def _counts(standing: UnitStanding, same: list[StoredReturn], said: Said) -> bool:
    """Whether every answer that counts came with one of the versions that said the ``same``."""
    ids = {kept.id for kept in same}
    return all(standing.counting[code].return_id in ids for code in said if code in standing.counting)
