"""The letter ledger: every letter's kind, addressee, number, date and path."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import NamedTuple

from plan_tracker.fiscal import Period
from plan_tracker.store.database.connection import Database


class Letter(NamedTuple):
    """One letter. ``unit`` is a unit's code, or who else it goes to (``monitoring`` …); ``about`` tells letters
    of one kind to one unit apart (an order's code, a return's version). Without a ``number`` it is a draft;
    ``withdrawn_at``: since when it has been taken back, or nobody need send or answer it any more.
    """

    id: int
    kind: str
    unit: str
    period: Period
    about: str
    path: str
    drafted_at: str
    number: str = ""
    day: date | None = None
    withdrawn_at: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether it has its number: it is a record now, and never written again."""
        return bool(self.number)

    @property
    def file(self) -> str:
        """The file's name alone."""
        return self.path.rpartition("/")[2]

    @property
    def is_draft(self) -> bool:
        """Whether it is still to be sent."""
        return not self.is_sent and not self.withdrawn_at

    @property
    def state(self) -> str:
        return "withdrawn" if self.withdrawn_at else "sent" if self.is_sent else "draft"


class Ledger:
    """The letters in the database."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self.has_drafted = False  # in this run

    def draft(self, kind: str, unit: str, period: Period, about: str, path: str, at: str) -> Letter:
        """Notes a draft at ``path``; it takes the place of an earlier draft of the same."""
        self.has_drafted = True
        before = self.newest_draft(kind, unit, period, about)
        with self._db.transaction():
            if before:
                self._db.execute("UPDATE letters SET path = ?, drafted_at = ? WHERE id = ?", (path, at, before.id))
                return before._replace(path=path, drafted_at=at)
            cursor = self._db.execute(
                "INSERT INTO letters (kind, unit, fiscal_year, quarter, about, path, drafted_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (kind, unit, period.fiscal_year, period.quarter, about, path, at),
            )
        return Letter(int(cursor.lastrowid or 0), kind, unit, period, about, path, at)

    def number(self, letter: Letter, number: str, day: date) -> None:
        """Records what a letter was sent under."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE letters SET number = ?, day = ? WHERE id = ?", (number, day.isoformat(), letter.id)
            )

    def withdraw(self, letter: Letter, path: str, at: str) -> Letter:
        """Records that a letter, which lies at ``path`` now, need not be sent or answered any more."""
        with self._db.transaction():
            self._db.execute("UPDATE letters SET path = ?, withdrawn_at = ? WHERE id = ?", (path, at, letter.id))
        return letter._replace(path=path, withdrawn_at=at)

    def not_withdrawn(self, kind: str) -> list[Letter]:
        """The letters of one kind that stand, the oldest first."""
        return self._letters(None, " AND kind = ? AND withdrawn_at = ''", kind)

    def all(self, period: Period | None = None) -> list[Letter]:
        """Every letter, of one period where that is said, in the order of their drafting."""
        return self._letters(period)

    def to(self, kind: str, unit: str, period: Period | None = None) -> list[Letter]:
        """The letters of one kind to one unit that have not been withdrawn, the oldest first."""
        stands = " AND withdrawn_at = '' AND kind = ? AND unit = ? COLLATE NOCASE"
        return self._letters(period, stands, kind, unit)

    def newest_draft(self, kind: str, unit: str, period: Period, about: str) -> Letter | None:
        drafts = [found for found in self.to(kind, unit, period) if found.about == about and found.is_draft]
        return drafts[-1] if drafts else None

    def newest_sent(self, kind: str, unit: str, period: Period) -> Letter | None:
        """What a later letter refers to."""
        sent = [found for found in self.to(kind, unit, period) if found.is_sent]
        return sent[-1] if sent else None

    def last(self, kind: str, unit: str, period: Period, about: str = "") -> Letter | None:
        """The one written last, sent or not; on one matter where that is said."""
        return next((found for found in reversed(self.to(kind, unit, period)) if about in ("", found.about)), None)

    def newest(self, kind: str, unit: str, period: Period) -> Letter | None:
        """The same, but where none has been sent yet, the newest draft: its number is still to come."""
        return self.newest_sent(kind, unit, period) or self.last(kind, unit, period)

    def _letters(self, period: Period | None, and_where: str = "", *values: str) -> list[Letter]:
        numbers = (period.fiscal_year, period.quarter) if period else ()
        where = "fiscal_year = ? AND quarter = ?" if period else "1"
        rows = self._db.execute(f"SELECT * FROM letters WHERE {where}{and_where} ORDER BY id", (*numbers, *values))  # noqa: S608
        return [_letter(row) for row in rows]

    def is_sent(self, path: str) -> bool:
        """Whether a letter that has its number lies at ``path``."""
        return bool(self._db.execute("SELECT 1 FROM letters WHERE path = ? AND number != ''", (path,)).fetchone())


def _letter(row: sqlite3.Row) -> Letter:
    period = Period(row["fiscal_year"], row["quarter"])
    day = date.fromisoformat(row["day"]) if row["day"] else None
    addressee = row["id"], row["kind"], row["unit"], period, row["about"]
    return Letter(*addressee, row["path"], row["drafted_at"], row["number"], day, row["withdrawn_at"])
