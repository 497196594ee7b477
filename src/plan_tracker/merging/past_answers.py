"""What was answered in earlier quarters of a project, KPI or order, whatever unit and code it went under then (R23).

Reads the store, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from plan_tracker.analysis.basis.merged_answers import merge_entries, merge_values
from plan_tracker.analysis.basis.returns import Received
from plan_tracker.fiscal import Period
from plan_tracker.lineage import Lineage
from plan_tracker.store import Store
from plan_tracker.values import Entry, Value


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer that counts: of which quarter, under which unit and code, and in which return it came.

    ``register_version``: the load of the register that its form was made from. ``parts``: of what was merged since, the
    answers that it is made of, each of its own quarter, unit and return; all else is then the first one's, but for the
    ``entry``, which stands in no cell.
    """

    period: Period
    unit: str
    code: str
    received: Received
    register_version: int
    entry: Entry
    parts: tuple[PastAnswer, ...] = ()

    @property
    def units(self) -> set[str]:
        """Whoever answered."""
        return {one.unit for one in self.parts or (self,)}

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
        """The quarter's answers by the codes that are asked for, each its own or of what it goes on from."""
        return self.newest(codes, (period,))

    def newest(self, codes: Iterable[str], periods: Iterable[Period]) -> dict[str, PastAnswer]:
        """Of each code the answer of the last of ``periods`` that has one, of what was merged that of each part."""
        latest_first = list(periods)[::-1]
        placed = {code: self._placed(code, latest_first) for code in codes}
        wanted: dict[Period, set[str]] = {}
        for places in placed.values():
            for period, own in places:
                wanted.setdefault(period, set()).add(own)
        read = {(period, own): one for period, owns in wanted.items() for own, one in self._read(period, owns).items()}
        found = {code: [read[place] for place in places if place in read] for code, places in placed.items()}
        return {code: _together(answers) for code, answers in found.items() if answers}

    def register_then(self, answer: PastAnswer) -> dict[str, Value]:
        """What the register said when the form of an answer went out, of all its parts together.

        Of what took others in under its own code that is its own row, which the officer has left as it was or changed.
        """
        parts = answer.parts or (answer,)
        own = [one for one in parts if one.code not in self.lineage.absorbed]
        return merge_values([self._known_then(one) for one in own or parts])

    def _known_then(self, answer: PastAnswer) -> Mapping[str, Value]:
        register = self._store.register(answer.register_version)
        project = self.lineage.find(answer.code, register.project_by_code) if register else None
        return project.known if project else {}

    def _placed(self, code: str, latest_first: Sequence[Period]) -> list[tuple[Period, str]]:
        """Where the newest answer of ``code`` is, and that of each part that it does not speak for yet."""

        def newest(line: Sequence[str]) -> tuple[tuple[Period, str], int] | None:
            at = ((period, own) for period in latest_first for own in line if own in self._of_quarter(period))
            return next(((place, self._register_version(*place)) for place in at), None)

        return self.lineage.told(code, newest)

    def _register_version(self, period: Period, own: str) -> int:
        return self._register_versions(period)[self._of_quarter(period)[own][1].return_id]

    def _read(self, period: Period, codes: Iterable[str]) -> dict[str, PastAnswer]:
        counting, versions = self._of_quarter(period), self._register_versions(period)
        entries = self._entries({own: counting[own] for own in codes})
        return {
            own: PastAnswer(period, unit, own, one, versions[one.return_id], entry)
            for own, entry in entries.items()
            for unit, one in [counting[own]]
        }

    def all_of(self, period: Period) -> Mapping[str, Entry]:
        """All that counts in the quarter, by the codes of then."""
        return self._entries(self._of_quarter(period))

    def _entries(self, counting: Mapping[str, tuple[str, Received]]) -> dict[str, Entry]:
        return self._store.answers.countable_entries({code: one.return_id for code, (_unit, one) in counting.items()})

    def _of_quarter(self, period: Period) -> dict[str, tuple[str, Received]]:
        """The newest answer of each code, and whose: what changed hands within the quarter may have two tellers."""
        if period not in self._counting:
            found: dict[str, tuple[str, Received]] = {}
            for standing in self._store.answers.standings(period).values():
                for code, unit, one in standing.counting_apart:
                    if code not in found or found[code][1].return_id < one.return_id:
                        found[code] = unit, one
            self._counting[period] = found
        return self._counting[period]

    def _register_versions(self, period: Period) -> dict[int, int]:
        if period not in self._versions:
            self._versions[period] = self._store.answers.return_register_versions(period)
        return self._versions[period]


def last_quarter(past: PastAnswers, codes: Iterable[str], period: Period) -> dict[str, dict[str, Value]]:
    """The answers of the quarter before that count, whoever gave them under what code.

    Of the fiscal year before, what speaks of the whole project: its money began anew.
    """
    first = period.quarter == 1
    then = Period(period.fiscal_year - 1, 4) if first else Period(period.fiscal_year, period.quarter - 1)
    return {
        code: {key: value for key, value in answer.values.items() if not (first and key.startswith("f9."))}
        for code, answer in past.of(codes, then).items()
    }


def _together(answers: Sequence[PastAnswer]) -> PastAnswer:
    """What was merged since, as one answer."""
    if len(answers) == 1:
        return answers[0]
    return replace(answers[0], entry=merge_entries([one.entry for one in answers]), parts=tuple(answers))
