"""Which letter cites which: the last one of the correspondence, as the regulation has it. Reads the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from plan_tracker.documents.letters import Reference
from plan_tracker.fiscal import Period
from plan_tracker.review import Reader
from plan_tracker.store import Letter, Store

_CITES: Mapping[str, Sequence[str]] = {
    "L2": ("L2", "L1"),
    "L3": ("L1",),
    "L4": ("L1",),
    "L5": ("L5",),
    "L7": ("L4", "L6"),
    "L9": ("L1",),
}  # what a letter of a kind may cite, what is preferred first
_MENTIONS: Mapping[str, Sequence[str]] = {"L2": ("L3",)}  # and what it speaks of besides
_UPWARDS = {"L5": str(Reader.MONITORING), "L6": str(Reader.EXECUTIVES)}  # whom a memo that is cited went to


def cited(letter: Letter | None) -> Reference | None:
    """How a later letter refers to ``letter``; None where there is nothing to refer to."""
    return Reference(letter.number, letter.day) if letter else None


def precedent(store: Store, kind: str, unit: str, period: Period) -> Letter | None:
    """The letter that one of ``kind`` to ``unit`` cites; None where there is none.

    Of several it is the newest that has its number, else the newest draft, whose number is still to come: but a
    reminder cites the one before it only once that was sent, and a memo the one that was written last.
    """
    for before in _CITES.get(kind, ()):
        to = _UPWARDS.get(before, unit)
        if before == kind == "L2":
            found = store.letters.newest_sent(before, to, period)
        elif before in _UPWARDS:
            found = store.letters.last(before, to, period)
        else:
            found = store.letters.newest(before, to, period)
        if found:
            return found
    return None


def newest_day_cited(store: Store, letter: Letter) -> date | None:
    """The newest day of what ``letter`` may speak of, which it can't precede; None where no day is recorded."""
    days = [
        sent.day
        for kind in (*_CITES.get(letter.kind, ()), *_MENTIONS.get(letter.kind, ()))
        for sent in store.letters.to(kind, _UPWARDS.get(kind, letter.unit), letter.period)
        if sent.day and sent.id < letter.id
    ]
    return max(days, default=None)
