"""What approved plans are made of (R25): a year's first forms and answers, and the revisions that officers approved.

Decisions are only ever added to.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from plan_tracker.analysis.basis.approved_plan import PlanDecision
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.workbook.names import ISSUE
from plan_tracker.store.database.connection import Database
from plan_tracker.values import Value, decode, encode


class PlanDecisions:
    """The decisions in the database, and what they revise."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._first_asked: dict[tuple[int, int], dict[str, int]] = {}

    def newest(self) -> int:
        """The number of the last one; 0 where there is none."""
        return int(self._db.execute("SELECT coalesce(max(number), 0) FROM plan_decisions").fetchone()[0])

    def of_year(self, fiscal_year: int) -> list[PlanDecision]:
        """Every decision of the year, the oldest first."""
        rows = self._db.execute(
            "SELECT number, fiscal_year, quarter, project, field, before, after, at, because, register_version"
            " FROM plan_decisions WHERE fiscal_year = ? ORDER BY number",
            (fiscal_year,),
        )
        return [_decision(row) for row in rows]

    def add(self, decisions: Iterable[PlanDecision], at: str) -> None:
        """Keeps ``decisions``; their numbers and days are the database's."""
        with self._db.transaction():
            self._db.executemany(
                "INSERT INTO plan_decisions (fiscal_year, quarter, project, field, before, after, at, because,"
                " register_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        one.period.fiscal_year,
                        one.period.quarter,
                        one.project,
                        one.field,
                        _coded(one.before),
                        _coded(one.after),
                        at,
                        one.because,
                        one.register_version,
                    )
                    for one in decisions
                ],
            )

    def first_asked(self, fiscal_year: int) -> dict[str, int]:
        """For each project, the register's version that the first form of the year that asked for it was made from."""
        newest = self._db.execute("SELECT coalesce(max(rowid), 0) FROM forms").fetchone()[0]
        if (fiscal_year, newest) not in self._first_asked:
            self._first_asked[fiscal_year, newest] = self._read_first_asked(fiscal_year)
        return self._first_asked[fiscal_year, newest]

    def _read_first_asked(self, fiscal_year: int) -> dict[str, int]:
        rows = self._db.execute(
            "SELECT register_version, json_extract(content, '$.projects') FROM forms"
            " WHERE fiscal_year = ? AND kind = ? AND withdrawn_at = '' ORDER BY rowid",
            (fiscal_year, ISSUE),
        )
        found: dict[str, int] = {}
        for version, projects in rows:
            for code in json.loads(projects):
                found.setdefault(code, version)
        return found

    def first_clean(self, fiscal_year: int, last_return: int) -> dict[str, tuple[int, str]]:
        """For each code, the first return of the year that answered it cleanly, and the version of its form.

        Returns after ``last_return`` are not looked at.
        """
        rows = self._db.execute(
            "SELECT code, min(return_id), form_version FROM answer_states JOIN returns ON return_id = id"
            " JOIN forms USING (form_id)"
            " WHERE returns.fiscal_year = ? AND state = 'clean' AND return_id <= ? GROUP BY code",
            (fiscal_year, last_return),
        )
        return {row[0]: (row[1], row[2]) for row in rows}


def _decision(row: sqlite3.Row) -> PlanDecision:
    return PlanDecision(
        row["number"],
        Period(row["fiscal_year"], row["quarter"]),
        row["project"],
        row["field"],
        _decoded(row["before"]),
        _decoded(row["after"]),
        datetime.fromisoformat(row["at"]).date(),
        row["because"],
        row["register_version"],
    )


def _coded(value: Value | None) -> str:
    return "" if value is None else json.dumps(encode(value), ensure_ascii=False)


def _decoded(text: str) -> Value | None:
    return decode(*json.loads(text)) if text else None
