"""The log: who did what, when, with what. Entries are only ever added, each sealed over the one before.

The newest seal also stands outside the database, signed with the workspace's key, in ``log.seal``. So it is noticed
when entries at the end are gone, or when the whole chain has been written anew. What is added after that goes on
record as such (``EventName.LOG_BROKEN``), and is never signed over in silence.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.workbook.signing import has_key, known_keys, make_key, signing_key
from plan_tracker.store.database.connection import Database
from plan_tracker.store.database.schema import OUTER_SEAL_SINCE
from plan_tracker.store.event_names import EventName
from plan_tracker.store.records import Event, event_from_row, event_row
from plan_tracker.system import user_name

SEAL = "log.seal"
_LOGGED = ("forms", "letters", "review_acts")  # tables that nothing is put into without an entry


class Log:
    """The entries in the database, and their newest seal in ``folder``."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._db, self._folder = database, folder
        if database.found_version < OUTER_SEAL_SINCE and self._newest():
            self.require_key()
            self._drop_anchor()  # a log that is older than outer seals

    @property
    def _anchor(self) -> Path:
        return self._folder / SEAL

    def require_key(self) -> bytes:
        """The key that signs, made where none was ever used; ``ConfigError`` where one is missing that was, or damaged.

        Nothing is put into the store or written before that has been looked at.
        """
        if not has_key(self._folder) and not self._has_signed():
            make_key(self._folder)
        return signing_key(self._folder)

    def last_change(self) -> int:
        """A number that grows with whatever is committed, be it noted here or not."""
        return self._db.last_entry()

    def known_keys(self) -> list[bytes]:
        """Every key that a form may bear; none where none was ever used. ``ConfigError`` as ``require_key`` has it."""
        return known_keys(self._folder) if has_key(self._folder) or self._has_signed() else []

    def _has_signed(self) -> bool:
        return self._anchor.exists() or bool(self._db.execute("SELECT 1 FROM forms LIMIT 1").fetchone())

    def seal_anew(self) -> None:
        """Signs the newest entry with the key of now, once that has been renewed."""
        if self._newest():
            self._drop_anchor()

    def add(self, at: str, what: EventName, details: Mapping[str, str]) -> None:
        """Appends an entry; the outer seal follows once it is committed."""
        self.require_key()
        with self._db.transaction():
            number, seal = self._newest() or (0, "")
            if not self._holds():
                number, seal = self._append(at, EventName.LOG_BROKEN, {"from": str(number + 1)}, number, seal)
            self._append(at, what, details, number, seal)
            self._db.once_committed(self._drop_anchor)

    def _append(self, at: str, what: str, details: Mapping[str, str], number: int, seal: str) -> tuple[int, str]:
        """Adds the entry after ``number``, whose seal is ``seal``; gives its own."""
        row = event_row(Event(number + 1, at, user_name(), what, details), seal)
        self._db.execute("INSERT INTO events (number, at, who, what, details, seal) VALUES (?, ?, ?, ?, ?, ?)", row)
        return number + 1, str(row[-1])

    def events(self) -> list[Event]:
        return [event_from_row(row) for row in self._rows()]

    def newest_at(self) -> str:
        """When the newest entry was made; blank where there is none."""
        row = self._db.execute("SELECT at FROM events ORDER BY number DESC LIMIT 1").fetchone()
        return str(row["at"]) if row else ""

    def of(self, *names: EventName) -> list[Event]:
        """The entries of some kinds, the oldest first."""
        marks = ", ".join("?" * len(names))
        rows = self._db.execute(
            f"SELECT number, at, who, what, details FROM events WHERE what IN ({marks}) ORDER BY number",  # noqa: S608
            names,
        )
        return [event_from_row(row) for row in rows]

    def last(self, what: EventName, period: Period) -> Event | None:
        """The newest entry of the kind ``what`` about ``period``."""
        row = self._db.execute(
            "SELECT number, at, who, what, details FROM events WHERE what = ? AND json_extract(details, '$.period') = ?"
            " ORDER BY number DESC LIMIT 1",
            (what, str(period)),
        ).fetchone()
        return event_from_row(row) if row else None

    def days_of(self, period: Period) -> dict[str, date]:
        """The last day of each kind of entry about ``period``; the kinds of ``ingest: …`` are one."""
        rows = self._db.execute(
            "SELECT what, max(at) FROM events WHERE json_extract(details, '$.period') = ? GROUP BY what ORDER BY 2",
            (str(period),),
        )
        return {what.partition(":")[0]: datetime.fromisoformat(at).date() for what, at in rows}

    def first_broken(self) -> int | None:
        """The number of the first entry that is missing or not as it was written; None where all are."""
        seal, number = "", 0
        for number, row in enumerate(self._rows(), 1):
            event = event_from_row(row)
            if event.number != number or event_row(event, seal) != tuple(row):
                return number
            if event.what == EventName.LOG_BROKEN:
                return int(event.details["from"])
            seal = row["seal"]
        return None if self._holds() else number + 1

    def _holds(self) -> bool:
        """Whether the outer seal is one of the log's own. A run that was cut off may have left an older one."""
        if not self._anchor.exists():
            return self._newest() is None and not self._is_due()
        number, _space, signature = self._anchor.read_text(encoding="ascii", errors="replace").strip().partition(" ")
        found = self._db.execute("SELECT seal FROM events WHERE number = ?", (number,)).fetchone()
        return found is not None and any(
            hmac.compare_digest(signature.encode(), _signed(key, int(number), found["seal"]).encode())
            for key in known_keys(self._folder)
        )

    def _is_due(self) -> bool:
        """Whether anything has been done that an entry must tell of."""
        return any(self._db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in _LOGGED)  # noqa: S608

    def _drop_anchor(self) -> None:
        newest = self._newest()
        assert newest is not None
        atomic.write_text(self._anchor, f"{newest[0]} {_signed(signing_key(self._folder), *newest)}\n")

    def _newest(self) -> tuple[int, str] | None:
        row = self._db.execute("SELECT number, seal FROM events ORDER BY number DESC LIMIT 1").fetchone()
        return (int(row["number"]), str(row["seal"])) if row else None

    def _rows(self) -> list[sqlite3.Row]:
        return self._db.execute("SELECT number, at, who, what, details, seal FROM events ORDER BY number").fetchall()


def _signed(key: bytes, number: int, seal: str) -> str:
    return hmac.new(key, f"log {number} {seal}".encode(), hashlib.sha256).hexdigest()
