"""Whether the database's file is there and whole, and what SQLite's faults are in words.

Looks at the file before SQLite does: SQLite makes a missing one anew without a word, beside a year of originals.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from plan_tracker.errors import ConfigError
from plan_tracker.i18n import N_, _

_TRACES = ("signing.key", "log.seal", "originals/*/*", "submitted/*/*", "containers/*")
_ISSUED = "outbox/*/forms/*.xlsx"
_HEADER, _CHECKED_WHOLE = 100, 50_000_000  # bytes: of SQLite's header; of a file that is looked through at each opening

PUT_BACK = N_(
    "Make it again: plantrack rebuild. Or put the workspace back from a backup: plantrack restore FILE."
    " The originals in data/originals are untouched: leave them there."
)
_AGAIN = N_("Nothing was changed. Run the command again once it has ended; on a shared drive, see who works there.")
_FAULTS = {
    sqlite3.SQLITE_BUSY: (N_("data/plantrack.db is in use by another program."), _AGAIN),
    sqlite3.SQLITE_LOCKED: (N_("data/plantrack.db is in use by another program."), _AGAIN),
    sqlite3.SQLITE_READONLY: (
        N_("data/plantrack.db can only be read."),
        N_("Have the file and its folder made writable, or work in a copy of the workspace."),
    ),
    sqlite3.SQLITE_PERM: (
        N_("data/plantrack.db may not be read or written: permission denied."),
        N_("Have its owner give you the right to read and write it."),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        N_("data/plantrack.db can't be opened."),
        N_("See that its drive is connected and that you may read and write in data/, then run the command again."),
    ),
    sqlite3.SQLITE_IOERR: (
        N_("data/plantrack.db can't be read or written: its drive does not answer, or fails."),
        N_("See that the drive is connected, then run the command again. What was done before stands."),
    ),
    sqlite3.SQLITE_FULL: (
        N_("The disk is full: data/plantrack.db can't be written."),
        N_("Make room on that drive, then run the command again. What was done before stands."),
    ),
    sqlite3.SQLITE_CORRUPT: (N_("data/plantrack.db is damaged."), PUT_BACK),
    sqlite3.SQLITE_NOTADB: (N_("data/plantrack.db is damaged: it is no database."), PUT_BACK),
}


class StoreError(ConfigError):
    """The database is missing or damaged; nothing was made anew."""


def describe_fault(error: sqlite3.Error) -> tuple[str, str] | None:
    """What is wrong with the database and what to do; None for what is a fault of ours."""
    known = _FAULTS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return (_(known[0]), _(known[1])) if known else None


def check_file(path: Path) -> None:
    """``StoreError`` where the database ``path`` is gone from beside what it knew of, or shorter than it says."""
    size = path.stat().st_size if path.exists() else 0
    if size == 0:
        trace = next(_traces(path.parent), None)
        if trace:
            state = _("data/plantrack.db is empty") if path.exists() else _("data/plantrack.db is missing")
            what = _("{state}, though {trace} is there. Nothing was made anew.")
            raise StoreError(what.format(state=state, trace=trace), _(PUT_BACK))
    elif size < _said_size(path):
        raise StoreError(_("data/plantrack.db is damaged: a part of it is missing."), _(PUT_BACK))


def check_content(connection: sqlite3.Connection, path: Path) -> None:
    """``StoreError`` where something in the database is damaged, as far as that is told in a moment."""
    if path.stat().st_size <= _CHECKED_WHOLE and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise StoreError(_("data/plantrack.db is damaged."), _(PUT_BACK))


def _traces(data: Path) -> Iterator[str]:
    """What tells that there was a database, by path in the workspace."""
    root = data.parent
    for folder, patterns in ((data, _TRACES), (root, (_ISSUED,))):
        for pattern in patterns:
            yield from (path.relative_to(root).as_posix() for path in folder.glob(pattern) if path.is_file())


def _said_size(path: Path) -> int:
    """How long the file is by its own header; 0 where that can't be told, as after a run that was cut off."""
    journal = path.with_name(path.name + "-journal")
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if len(header) < _HEADER or header[24:28] != header[92:96] or journal.exists():
        return 0
    page = int.from_bytes(header[16:18], "big")
    return (65536 if page == 1 else page) * int.from_bytes(header[28:32], "big")
