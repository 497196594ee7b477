"""Which letter cites which: the last one of the correspondence, as the regulation has it. Reads the ledger."""

from __future__ import annotations

from datetime import date

from plan_tracker.documents.letters import Reference
from plan_tracker.documents.letters.kinds import KINDS, Citing, Which
from plan_tracker.fiscal import Period
from plan_tracker.store import Letter, Store


def cited(letter: Letter | None) -> Reference | None:
    """How a later letter refers to ``letter``; None where there is nothing to refer to."""
    return Reference(letter.number, letter.day) if letter else None


def precedent(store: Store, kind: str, unit: str, period: Period) -> Letter | None:
    """The letter that one of ``kind`` to ``unit`` cites; None where there is none."""
    for citing in KINDS[kind].cites:
        found = _found(store, citing, citing.to or unit, period)
        if found:
            return found
    return None


def _found(store: Store, citing: Citing, to: str, period: Period) -> Letter | None:
    ledger = store.letters
    find = {Which.SENT: ledger.newest_sent, Which.LAST: ledger.last, Which.NUMBERED: ledger.newest}
    return find[citing.which](citing.kind, to, period)


def newest_day_cited(store: Store, letter: Letter) -> date | None:
    """The newest day of what ``letter`` may speak of, which it can't precede; None where no day is recorded."""
    kind = KINDS[letter.kind]
    days = [
        sent.day
        for citing in (*kind.cites, *kind.mentions)
        for sent in store.letters.to(citing.kind, citing.to or letter.unit, letter.period)
        if sent.day and sent.id < letter.id
    ]
    return max(days, default=None)
