"""The record of reports: each with the data and the settings that it was made from (R12, R13)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.config import ReportSettings
from plan_tracker.fiscal import Period
from plan_tracker.store.database import Database
from plan_tracker.store.snapshots import QuarterSnapshot, bases_from_json, bases_to_json


@dataclass(frozen=True, slots=True)
class Document:
    """A plan's DOCX as plantrack wrote it: its path in the workspace, and the SHA-256 of its bytes then."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One making of a period's reports, counted from 1: its documents by plan code, and what they stand on.

    ``settings`` are those of then; ``template`` the SHA-256 of the Word template, blank where the
    making is older than that record.
    """

    period: Period
    number: int
    made_at: str
    documents: Mapping[str, Document]
    bases: tuple[QuarterSnapshot, ...]
    settings: ReportSettings
    template: str = ""


class Reports:
    """The record in the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(
        self,
        period: Period,
        made_at: str,
        documents: Mapping[str, Document],
        bases: Sequence[QuarterSnapshot],
        settings: ReportSettings,
        template: str,
    ) -> ReportRecord:
        """Records a making of the period's reports."""
        where = period.fiscal_year, period.quarter
        with self._db.transaction():
            number = self._db.execute(
                "SELECT count(*) + 1 FROM reports WHERE fiscal_year = ? AND quarter = ?", where
            ).fetchone()[0]
            self._db.execute(
                "INSERT INTO reports (fiscal_year, quarter, number, made_at, bases, settings, template)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*where, number, made_at, bases_to_json(bases), settings.to_json(), template),
            )
            self._db.executemany(
                "INSERT INTO report_documents (fiscal_year, quarter, number, plan, path, sha256)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [(*where, number, plan, made.path, made.sha256) for plan, made in documents.items()],
            )
        return ReportRecord(period, number, made_at, documents, tuple(bases), settings, template)

    def all(self, period: Period) -> list[ReportRecord]:
        """Every making of the period's reports, the first one first."""
        rows = self._db.execute(
            "SELECT number, made_at, bases, settings, template FROM reports WHERE fiscal_year = ? AND quarter = ?"
            " ORDER BY number",
            (period.fiscal_year, period.quarter),
        ).fetchall()
        return [self._record(period, row) for row in rows]

    def newest(self, period: Period) -> ReportRecord | None:
        """The last making of the period's reports; None where none has been made."""
        row = self._db.execute(
            "SELECT number, made_at, bases, settings, template FROM reports WHERE fiscal_year = ? AND quarter = ?"
            " ORDER BY number DESC LIMIT 1",
            (period.fiscal_year, period.quarter),
        ).fetchone()
        return self._record(period, row) if row else None

    def find(self, period: Period, number: int) -> ReportRecord | None:
        return next((record for record in self.all(period) if record.number == number), None)

    def _record(self, period: Period, row: sqlite3.Row) -> ReportRecord:
        written = self._db.execute(
            "SELECT plan, path, sha256 FROM report_documents WHERE fiscal_year = ? AND quarter = ? AND number = ?",
            (period.fiscal_year, period.quarter, row["number"]),
        )
        documents = {made["plan"]: Document(made["path"], made["sha256"]) for made in written}
        bases = bases_from_json(row["bases"])
        settings = ReportSettings.from_record(row["settings"])
        return ReportRecord(period, row["number"], row["made_at"], documents, bases, settings, row["template"])
