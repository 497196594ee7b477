"""The record of reports: each with the data and the settings that it was made from (R12, R13)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from plan_tracker.config import ReportSettings
from plan_tracker.fiscal import Period
from plan_tracker.store.database.connection import Database
from plan_tracker.store.reporting.snapshots import QuarterSnapshot, bases_from_json, bases_to_json


class Volume(StrEnum):
    """The volumes of a plan's report."""

    REPORT = "report"
    SHEETS = "sheets"  # the 14 fields of every project


@dataclass(frozen=True, slots=True)
class Document:
    """A plan's DOCX as plantrack wrote it: its path in the workspace, and the SHA-256 of its bytes then."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One making of a period's reports, counted from 1: its documents by plan code, and what they stand on.

    ``settings`` are those of then; ``template`` the SHA-256 of the Word template, blank where the
    making is older than that record. ``sheets`` are the second volumes, made with ``sheets_template``; a making of a
    release that had the sheets in the report itself has none.
    """

    period: Period
    number: int
    made_at: str
    documents: Mapping[str, Document]
    bases: tuple[QuarterSnapshot, ...]
    settings: ReportSettings
    template: str = ""
    sheets: Mapping[str, Document] = field(default_factory=dict)
    sheets_template: str = ""

    def volume(self, volume: Volume) -> Mapping[str, Document]:
        """The documents of one volume, by plan code."""
        return self.sheets if volume is Volume.SHEETS else self.documents


_COLUMNS = "number, made_at, bases, settings, template, sheets_template"


class Reports:
    """The record in the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, made: ReportRecord) -> ReportRecord:
        """Records a making of the period's reports, under the next number of the period."""
        where = made.period.fiscal_year, made.period.quarter
        with self._db.transaction():
            number = self._db.execute(
                "SELECT count(*) + 1 FROM reports WHERE fiscal_year = ? AND quarter = ?", where
            ).fetchone()[0]
            self._db.execute(
                "INSERT INTO reports (fiscal_year, quarter, number, made_at, bases, settings, template,"
                " sheets_template) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *where,
                    number,
                    made.made_at,
                    bases_to_json(made.bases),
                    made.settings.to_json(),
                    made.template,
                    made.sheets_template,
                ),
            )
            self._db.executemany(
                "INSERT INTO report_documents (fiscal_year, quarter, number, plan, volume, path, sha256)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (*where, number, plan, volume, document.path, document.sha256)
                    for volume in Volume
                    for plan, document in made.volume(volume).items()
                ],
            )
        return replace(made, number=number)

    def all(self, period: Period) -> list[ReportRecord]:
        """Every making of the period's reports, the first one first."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM reports WHERE fiscal_year = ? AND quarter = ?"  # noqa: S608 names of ours
            " ORDER BY number",
            (period.fiscal_year, period.quarter),
        ).fetchall()
        return [self._record(period, row) for row in rows]

    def newest(self, period: Period) -> ReportRecord | None:
        """The last making of the period's reports; None where none has been made."""
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM reports WHERE fiscal_year = ? AND quarter = ?"  # noqa: S608 names of ours
            " ORDER BY number DESC LIMIT 1",
            (period.fiscal_year, period.quarter),
        ).fetchone()
        return self._record(period, row) if row else None

    def find(self, period: Period, number: int) -> ReportRecord | None:
        return next((record for record in self.all(period) if record.number == number), None)

    def any_signed(self) -> bool:
        """Whether a making of any period bears the fingerprint of the key for what is published."""
        sql = (
            "SELECT 1 FROM reports WHERE json_valid(settings)"
            " AND coalesce(json_extract(settings, '$.imprint.fingerprint'), '') != '' LIMIT 1"
        )
        return self._db.execute(sql).fetchone() is not None

    def _record(self, period: Period, row: sqlite3.Row) -> ReportRecord:
        written = self._db.execute(
            "SELECT plan, volume, path, sha256 FROM report_documents"
            " WHERE fiscal_year = ? AND quarter = ? AND number = ?",
            (period.fiscal_year, period.quarter, row["number"]),
        )
        volumes: dict[str, dict[str, Document]] = {volume: {} for volume in Volume}
        for made in written:
            volumes[made["volume"]][made["plan"]] = Document(made["path"], made["sha256"])
        return ReportRecord(
            period,
            row["number"],
            row["made_at"],
            volumes[Volume.REPORT],
            bases_from_json(row["bases"]),
            ReportSettings.from_record(row["settings"]),
            row["template"],
            volumes[Volume.SHEETS],
            row["sheets_template"],
        )
