"""What was answered in earlier quarters of a project, KPI or order, whatever unit and code it went under then (R23).

Reads the store, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plan_tracker.analysis.basis.returns import Received
from plan_tracker.fiscal import Period
from plan_tracker.lineage import Lineage
from plan_tracker.store import Store
from plan_tracker.values import Entry, Value


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer that counts: of which quarter, under which unit and code, and in which return it came.

    ``register_version``: the load of the register that its form was made from.
    """

    period: Period
    unit: str
    code: str
    received: Received
    register_version: int
    entry: Entry

    @property
    def values(self) -> dict[str, Value]:
        """What could be read, by field key."""
        return {key: answer.value for key, answer in self.entry.answers.items() if answer.value is not None}


class PastAnswers:
    """The answers that count, quarter by quarter; each quarter's standings are read once."""

    def __init__(self, store: Store, lineage: Lineage | None = None) -> None:
        self._store = store
        self.lineage = lineage or store.lineage()
        self._counting: dict[Period, dict[str, tuple[str, Received]]] = {}
        self._versions: dict[Period, dict[int, int]] = {}

    def of(self, codes: Iterable[str], period: Period) -> dict[str, PastAnswer]:
        """The quarter's answers by the codes that are asked for, each its own or of the nearest it goes on from."""
        counting = self._of_quarter(period)
        under = {code: own for code in codes if (own := self.lineage.past(code, counting))}
        entries = self._entries({own: counting[own] for own in under.values()})
        versions = self._register_versions(period)
        return {
            code: PastAnswer(period, unit, own, one, versions[one.return_id], entries[own])
            for code, own in under.items()
            if own in entries
            for unit, one in [counting[own]]
        }

    def newest(self, codes: Iterable[str], periods: Iterable[Period]) -> dict[str, PastAnswer]:
        """Of each code the answer of the last of ``periods`` that has one; ``periods`` the first one first."""
        wanted, found = list(codes), dict[str, PastAnswer]()
        for period in periods:
            found |= self.of(wanted, period)
        return found

    def all_of(self, period: Period) -> Mapping[str, Entry]:
        """All that counts in the quarter, by the codes of then."""
        return self._entries(self._of_quarter(period))

    def _entries(self, counting: Mapping[str, tuple[str, Received]]) -> dict[str, Entry]:
        return self._store.answers.countable_entries({code: one.return_id for code, (_unit, one) in counting.items()})

    def _of_quarter(self, period: Period) -> dict[str, tuple[str, Received]]:
        """The newest answer of each code, and whose: what changed hands within the quarter may have two tellers."""
        if period not in self._counting:
            found: dict[str, tuple[str, Received]] = {}
            for unit, standing in self._store.answers.standings(period).items():
                for code, one in standing.counting.items():
                    if code not in found or found[code][1].return_id < one.return_id:
                        found[code] = unit, one
            self._counting[period] = found
        return self._counting[period]

    def _register_versions(self, period: Period) -> dict[int, int]:
        if period not in self._versions:
            self._versions[period] = self._store.answers.return_register_versions(period)
        return self._versions[period]


def last_quarter(past: PastAnswers, codes: Iterable[str], period: Period) -> dict[str, dict[str, Value]]:
    """The answers of the quarter before that count, in the same fiscal year, whoever gave them under what code."""
    if period.quarter == 1:
        return {}
    before = past.of(codes, Period(period.fiscal_year, period.quarter - 1))
    return {code: answer.values for code, answer in before.items()}
