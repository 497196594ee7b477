"""The answers that units have returned, and how they stand: the rows that ``analysis.basis.returns`` decides on."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from plan_tracker.analysis.basis.returns import (
    EARLIER,
    AnswerPart,
    AnswerState,
    Received,
    States,
    UnitStanding,
    countable,
    is_undecided,
    owner_of,
    still_asked,
    unit_standing,
)
from plan_tracker.checking.findings import Finding
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.workbook.names import ISSUE
from plan_tracker.lineage import Lineage
from plan_tracker.store.database.connection import Database
from plan_tracker.store.finding_counts import FindingCounts
from plan_tracker.store.records import RECEIVED, Known, entries_from_rows, finding_from_row, received_from_row
from plan_tracker.values import Entry


class Answers:
    """The answers in the database. ``over_in`` gives the codes that a quarter's loads of the register have as over."""

    def __init__(
        self, database: Database, over_in: Callable[[Period], Collection[str]], lineage: Callable[[], Lineage]
    ) -> None:
        self._db, self._over_in, self._lineage = database, over_in, lineage

    def standings(self, period: Period, unit: str = "") -> dict[str, UnitStanding]:
        """How every unit (or one) stands that was issued a form for the quarter.

        What is over since its form went out is not asked for any more; what has been answered of it counts.
        """
        received: dict[str, dict[str, list[Received]]] = {}
        for owner, code, one in self._received(period, unit):
            received.setdefault(owner, {}).setdefault(code, []).append(one)
        all_asked = self.asked(period, orders=False) if self._has_loads(period) else {}
        left = self._left(period, all_asked) if all_asked else {}
        for owner, code, one in self._handed_over(all_asked, left) if left else ():
            received.setdefault(owner, {}).setdefault(code, []).append(one)
            received[owner][code].sort(key=lambda said: said.return_id)
        came, over = self.newest_returns(period, unit), self._over_in(period)
        found = {
            owner: unit_standing(owner, still_asked(codes, over, said), said, came=owner in came)
            for owner, codes in self.asked(period, unit).items()
            for said in [received.get(owner, {})]
        }
        codes = {code for codes in all_asked.values() for code in codes}
        unasked = {code: parts[-1] for code, parts in left.items() if code not in codes}
        return self._with_parts(period, found, unasked) if unasked else found

    def standing(self, unit: str, period: Period) -> UnitStanding:
        """How ``unit`` stands in the quarter."""
        found = self.standings(period, unit).get(unit)
        return found or unit_standing(unit, None, {}, came=False)

    def _received(self, period: Period, unit: str) -> Iterator[tuple[str, str, Received]]:
        """What every return of the quarter says of each code, the oldest return first."""
        rows = self._db.execute(
            f"SELECT {RECEIVED} FROM returns JOIN answer_states ON return_id = id"  # noqa: S608
            " WHERE fiscal_year = ? AND quarter = ? AND unit BETWEEN ? AND ? ORDER BY unit, version",
            _of(period, unit),
        )
        return map(received_from_row, rows)

    def _left(self, period: Period, asked: Mapping[str, Collection[str]]) -> dict[str, list[AnswerPart]]:
        """By code the answers that count and whose unit is not ``asked`` for it any more, the oldest return first."""
        left: dict[str, list[AnswerPart]] = {}
        for owner, code, one in self._received(period, ""):
            if one.state.counts and code not in asked.get(owner, ()):
                left.setdefault(code, []).append(AnswerPart(code, owner, one))
        for parts in left.values():
            parts.sort(key=lambda part: part.received.return_id)
        return left

    def _handed_over(
        self, asked: Mapping[str, Collection[str]], left: Mapping[str, Sequence[AnswerPart]]
    ) -> Iterator[tuple[str, str, Received]]:
        """What of ``left`` newer forms of the quarter ask for, by the unit and code that are asked now."""
        for owner, codes in asked.items():
            for code in codes:
                for own in self._lineage().renamed_from(code):
                    yield from ((owner, code, part.received) for part in left.get(own, ()))

    def _with_parts(
        self, period: Period, standings: Mapping[str, UnitStanding], left: Mapping[str, AnswerPart]
    ) -> dict[str, UnitStanding]:
        """The same, each answer with those of the projects that were merged into it after its form had gone out.

        ``left``: the newest answer to each code that no form asks for any more. Of KPIs there is no result that those
        of two are together.
        """
        versions, projects = self.return_register_versions(period), self._projects(period)
        found = {}
        for owner, standing in standings.items():
            parts = {
                code: self._parts(AnswerPart(code, owner, one), left, versions)
                for code, one in standing.counting.items()
                if code in projects
            }
            found[owner] = standing.with_parts({code: some for code, some in parts.items() if some})
        return found

    def _parts(self, own: AnswerPart, left: Mapping[str, AnswerPart], versions: Mapping[int, int]) -> list[AnswerPart]:
        lineage = self._lineage()
        names = lineage.renamed_from(own.code)

        def newest(line: Sequence[str]) -> tuple[AnswerPart, int] | None:
            part = own if line == names else next((left[one] for one in line if one in left), None)
            return (part, versions[part.received.return_id]) if part else None

        return lineage.told(own.code, newest)[1:]

    def newest_returns(self, period: Period, unit: str = "") -> dict[str, tuple[int, int]]:
        """Of every unit (or one) that has returned anything, its newest return's id and version."""
        rows = self._db.execute(
            "SELECT unit, id, max(version) FROM returns"
            " WHERE fiscal_year = ? AND quarter = ? AND unit BETWEEN ? AND ? GROUP BY unit",
            _of(period, unit),
        )
        return {owner: (number, version) for owner, number, version in rows}

    def asked(self, period: Period, unit: str = "", *, orders: bool = True) -> dict[str, list[str]]:
        """What every unit (or one) is asked for: the codes of projects, KPIs and orders, by unit.

        That is what its newest form asks for, but for what another unit's form has asked for since, made from a later
        load of the register, under that code or one that goes on from it.
        """
        has_loads = self._has_loads(period)
        forms = self._newest_forms(period, "" if has_loads else unit)
        since: dict[str, int] = {}
        for version, codes, _orders in forms.values() if has_loads else ():
            for own in dict.fromkeys(own for code in codes for own in self._lineage().back(code)):
                since[own] = max(since.get(own, 0), version)
        return {
            owner: list(
                dict.fromkeys(  # what is named twice is asked once
                    [code for code in codes if since.get(code, 0) <= version] + (its_orders if orders else [])
                )
            )
            for owner, (version, codes, its_orders) in forms.items()
            if unit in ("", owner)
        }

    def _has_loads(self, period: Period) -> bool:
        """Whether the quarter's forms were made from more than one load of the register."""
        of = "FROM forms WHERE fiscal_year = ?1 AND quarter = ?2 AND kind = ?3"
        ends = f"SELECT (SELECT min(register_version) {of}) < (SELECT max(register_version) {of})"
        return bool(self._db.execute(ends, (period.fiscal_year, period.quarter, ISSUE)).fetchone()[0])

    def _projects(self, period: Period) -> set[str]:
        """The codes of the projects that the quarter's forms ask for."""
        rows = self._db.execute(
            "SELECT DISTINCT value FROM forms, json_each(content, '$.projects')"
            " WHERE fiscal_year = ? AND quarter = ? AND withdrawn_at = ''",
            (period.fiscal_year, period.quarter),
        )
        return {row[0] for row in rows}

    def _newest_forms(self, period: Period, unit: str) -> dict[str, tuple[int, list[str], list[str]]]:
        """Of every unit's (or one's) newest form the register's version, its projects and KPIs, and its orders."""
        rows = self._db.execute(
            "SELECT unit, register_version, json_extract(content, '$.projects', '$.kpis', '$.orders') FROM forms"
            " WHERE fiscal_year = ? AND quarter = ? AND unit BETWEEN ? AND ? AND kind = ?"
            " AND withdrawn_at = '' ORDER BY rowid",
            (*_of(period, unit), ISSUE),
        )
        found: dict[str, tuple[int, list[str], list[str]]] = {}
        for owner, version, content in rows:
            projects, kpis, its_orders = json.loads(content)
            found[owner] = version, [*projects, *kpis], its_orders or []
        return found

    def waive(self, unit: str, answers: Mapping[str, Received], because: str) -> None:
        """Takes ``answers`` of ``unit``, by code, as they are: what is open in them is waived, and they count."""
        with self._db.transaction():
            for code, received in answers.items():
                self._db.execute(
                    "UPDATE answer_states SET state = ?, waived_because = ? WHERE return_id = ? AND code = ?",
                    (AnswerState.WAIVED, because, received.return_id, code),
                )
                self._db.execute(
                    "UPDATE findings SET status = 'waived' WHERE return_id = ? AND status = 'open'"
                    " AND severity IN ('error', 'warning') AND project IN (?, ?)",
                    (received.return_id, code, "" if code == unit else code),
                )

    def decline(self, return_id: int, codes: Iterable[str], because: str) -> None:
        """Puts the answers to ``codes`` that a return holds aside: they neither count nor wait any more."""
        with self._db.transaction():
            self._db.executemany(
                "UPDATE answer_states SET state = ?, waived_because = ? WHERE return_id = ? AND code = ?",
                [(AnswerState.DECLINED, because, return_id, code) for code in codes],
            )

    def undecided(self) -> list[tuple[int, str]]:
        """What came late or once more and waits for an officer: returns by id with each code, as they were found."""
        asking = self._db.execute(
            "SELECT return_id, project FROM findings WHERE code = ? AND status = 'open' ORDER BY return_id, number",
            (EARLIER,),
        )
        return [
            (number, code)
            for number, code in asking.fetchall()
            if is_undecided(number, code, self._beside(number, code))
        ]

    def _beside(self, return_id: int, code: str) -> list[Received]:
        """What a return and the others of its unit in its quarter say of ``code``, the oldest first."""
        rows = self._db.execute(
            f"SELECT {RECEIVED} FROM returns JOIN answer_states ON return_id = id WHERE code = ? AND"  # noqa: S608
            " (fiscal_year, quarter, unit) ="
            " (SELECT fiscal_year, quarter, unit FROM returns WHERE id = ?) ORDER BY version",
            (code, return_id),
        )
        return [one for _unit, _code, one in map(received_from_row, rows)]

    def set_clean(self, return_id: int, code: str) -> None:
        """Notes that nothing holds back an answer any more; one that was waived stays so."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE answer_states SET state = ? WHERE return_id = ? AND code = ? AND state = ?",
                (AnswerState.CLEAN, return_id, code, AnswerState.WAITING),
            )

    def newest_return(self) -> int:
        """The id of the newest return; 0 where none has been kept."""
        return int(self._db.execute("SELECT coalesce(max(id), 0) FROM returns").fetchone()[0])

    def return_register_versions(self, period: Period) -> dict[int, int]:
        """For each return, by its id, the register's version that its form was made from."""
        rows = self._db.execute(
            "SELECT returns.id, forms.register_version FROM returns JOIN forms USING (form_id)"
            " WHERE returns.fiscal_year = ? AND returns.quarter = ?",
            (period.fiscal_year, period.quarter),
        )
        return {row[0]: row[1] for row in rows}

    def entries(self, return_id: int) -> dict[str, Entry]:
        """A return's answers, by project and KPI code."""
        rows = self._db.execute("SELECT code, sheet, answers FROM answers WHERE return_id = ?", (return_id,))
        return entries_from_rows(rows)

    def entry(self, return_id: int, code: str) -> Entry | None:
        """A return's answer of one code, as it stands, also where it went under a former code."""
        sql = "SELECT code, sheet, answers FROM answers WHERE return_id = ? AND code = ?"
        line = self._lineage().renamed_from(code)
        found = (entries_from_rows(self._db.execute(sql, (return_id, own))).get(own) for own in line)
        return next((entry for entry in found if entry), None)

    def _told_as(self, code: str, entries: Mapping[str, Entry]) -> str | None:
        """What ``code`` goes under in a return; None where that holds no answer of it."""
        return next((own for own in self._lineage().renamed_from(code) if own in entries), None)

    def counting_entries(self, standing: UnitStanding) -> dict[str, Entry]:
        """A unit's answers that count, by code, without what can't be what it says."""
        from plan_tracker.analysis.basis.merged_answers import merge_entries  # it loads what forms ask

        apart = self.countable_entries({part.code: part.received.return_id for part in standing.counting_apart})
        return {
            code: merge_entries([apart[own] for own in (code, *(part.code for part in one.parts)) if own in apart])
            for code, one in standing.counting.items()
            if code in apart
        }

    def countable_entries(self, answers: Mapping[str, int]) -> dict[str, Entry]:
        """The answers of these codes, each of the return by its id, without what was waived and can't be."""
        found: dict[str, Entry] = {}
        for number in sorted(set(answers.values())):
            entries, findings = self.entries(number), self.findings(number)
            found |= {
                code: countable(entries[own], findings, own)
                for code, of in answers.items()
                if of == number and (own := self._told_as(code, entries))
            }
        return found

    def counting_answers(self, standing: UnitStanding) -> Known:
        """A unit's answers that count and could be read, by code and field key."""
        return {
            code: {key: answer.value for key, answer in entry.answers.items() if answer.value is not None}
            for code, entry in self.counting_entries(standing).items()
        }

    def open_findings(self, standing: UnitStanding) -> list[Finding]:
        """What a unit is still to mend or confirm, as the newest of what it sent of each code has it."""
        found: list[Finding] = []
        read: dict[int, list[Finding]] = {}
        for answer in standing.open:
            if answer.told_by:
                number = answer.told_by.return_id
                findings = read.setdefault(number, self.findings(number))
                found += [f for f in findings if f.holds_back and owner_of(f, standing.unit) == answer.code]
        return found

    def finding_counts(self, period: Period) -> FindingCounts:
        """How many of the quarter's findings weigh, of any unit."""
        return FindingCounts(self._db, period, self._lineage())

    def states(self, return_id: int) -> States:
        """What a return says of each code, and how that stands."""
        rows = self._db.execute("SELECT code, state FROM answer_states WHERE return_id = ?", (return_id,))
        return {code: AnswerState(state) for code, state in rows}

    def findings(self, return_id: int) -> list[Finding]:
        rows = self._db.execute(
            "SELECT code, severity, project, field, sheet, cell, value, status, params FROM findings"
            " WHERE return_id = ? ORDER BY number",
            (return_id,),
        )
        return [finding_from_row(row) for row in rows]

    def findings_on(self, return_id: int, codes: Iterable[str]) -> list[Finding]:
        """What was found in a return in its answers of ``codes``, under these, whatever they went under there."""
        now = {own: code for code in codes for own in reversed(self._lineage().renamed_from(code))}
        return [
            replace(finding, project=now[finding.project])
            for finding in self.findings(return_id)
            if finding.project in now
        ]


def _of(period: Period, unit: str) -> tuple[object, ...]:
    """Year, quarter, and the units from the one to the other: ``unit`` alone, or, where it is blank, all."""
    return period.fiscal_year, period.quarter, unit, unit or "\U0010ffff"
