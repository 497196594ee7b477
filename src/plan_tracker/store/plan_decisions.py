"""The revisions of projects' plans that officers have approved (R25). They are only ever added to."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from plan_tracker.analysis.approved_plan import PlanDecision
from plan_tracker.fiscal import Period
from plan_tracker.store.database import Database
from plan_tracker.values import Value, decode, encode


class PlanDecisions:
    """The decisions in the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

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
