"""An answer that was replaced since, and comes once more: an old file saved again, or a change taken back?

Nobody can tell but an officer, so that the newer answer stands until one has decided. Reads the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plan_tracker.analysis.basis.returns import SUPERSEDED, UnitStanding
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.fiscal import Period
from plan_tracker.store import IssuedForm, Store
from plan_tracker.values import Entry


def check_superseded(store: Store, form: IssuedForm, entries: Mapping[str, Entry], file: str) -> Iterator[Finding]:
    """What is put on each answer of ``entries`` that says what an earlier return said, and no longer counts."""
    unit, period = form.identity.unit, form.identity.period
    standing = store.answers.standing(unit, period)
    for code, entry in entries.items():
        version = _replaced(store, standing, period, code, entry)
        if version:
            params = {"period": period.spoken, "typed": period.typed, "unit": unit, "file": file, "before": version}
            yield Finding(SUPERSEDED, Severity.WARNING, code, sheet=entry.sheet, params=params)


def _replaced(store: Store, standing: UnitStanding, period: Period, code: str, entry: Entry) -> str:
    """The earlier version that said just this of ``code``, where a later one with another answer counts; else blank."""
    counting = standing.counting.get(code)
    if counting is None or _says(store, counting.return_id, code, entry):
        return ""
    for kept in reversed(store.returns(period)):
        if kept.unit == standing.unit and kept.version < counting.version and _says(store, kept.id, code, entry):
            return str(kept.version)
    return ""


def _says(store: Store, return_id: int, code: str, entry: Entry) -> bool:
    before = store.answers.entries(return_id).get(code)
    return before is not None and before.said == entry.said
