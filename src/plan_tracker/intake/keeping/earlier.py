"""Answers on the form of a quarter that is past: a late correction, or last quarter's form filled in by mistake?

Nobody can tell but an officer, so that nothing is replaced until one has decided. Reads the store.
"""

from __future__ import annotations

from collections.abc import Mapping

from plan_tracker.analysis.basis.returns import EARLIER, UnitStanding
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.store import IssuedForm, Store
from plan_tracker.values import Entry


def check_earlier(store: Store, form: IssuedForm, entries: Mapping[str, Entry], file: str) -> list[Finding]:
    """What is put on each answer of ``entries`` that would replace one that counts, of a quarter that is past.

    What a correction form was sent out for is not among it: it was asked for.
    """
    unit, period = form.identity.unit, form.identity.period
    later = store.newest_issued_period(unit)
    if later is None or later <= period:
        return []
    standing = store.answers.standing(unit, period)
    params = {
        "period": period.spoken,
        "later": later.spoken,
        "typed": period.typed,
        "unit": unit,
        "file": file,
    }
    return [
        Finding(EARLIER, Severity.WARNING, code, sheet=entry.sheet, params=params)
        for code, entry in entries.items()
        if _replaces(store, standing, form, code, entry)
    ]


def _replaces(store: Store, standing: UnitStanding, form: IssuedForm, code: str, entry: Entry) -> bool:
    """Whether another answer to ``code`` counts already, and this one was not asked for."""
    counting = standing.counting.get(code)
    if counting is None or (form.corrects and standing.answers[code].waiting):
        return False
    before = store.answers.entry(counting.return_id, code)
    return before is None or before.said != entry.said
