"""The SQLite file itself: its schema brought up to date, and transactions.

A rollback journal, because workspaces live on shared drives. ``user_version`` numbers the schema. Rows know their
columns by name, and a row that refers to another one can't be without it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _
from plan_tracker.progress import counted
from plan_tracker.store.database.journal import JOURNAL, Done, Journal, is_change, rows_of, whole_of
from plan_tracker.store.database.packed_rows import PackedRows
from plan_tracker.store.database.schema import STEPS
from plan_tracker.store.database.soundness import check_content, check_file


class Database:
    """The file at ``path``, made at the first opening. ``ConfigError`` for one of a newer plantrack, one that is
    damaged, and one that is gone from beside what it knew of.

    ``found_version`` is its schema's version before it was brought up to date.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_file(path)
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self.execute("PRAGMA foreign_keys = ON")
        check_content(self._connection, path)
        self._committed: list[Callable[[], None]] = []
        self._journal, self._done = Journal(path.parent / JOURNAL), Done()
        self.found_version = self._version()
        if self.found_version > len(STEPS):
            self.close()
            raise _newer(path)
        if self.found_version < len(STEPS):
            self._upgrade()

    def _version(self) -> int:
        return int(self.execute("PRAGMA user_version").fetchone()[0])

    def _upgrade(self) -> None:
        """Takes the schema through the steps that it has not seen, all or none."""
        with self.transaction():
            for statement in "".join(STEPS[self._version() :]).split(";")[:-1]:  # another run may have been first
                self.execute(statement)
            self.execute(f"PRAGMA user_version = {len(STEPS)}")
            self._done.clear()  # the steps are known: whoever replays the journal takes them by itself

    def close(self) -> None:
        self._connection.close()

    def last_entry(self) -> int:
        """The number of the newest change that has been committed; 0 before any."""
        row = self._connection.execute("SELECT last FROM journal").fetchone()
        return int(row["last"]) if row else 0

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        if is_change(statement):
            self._done.append((statement, [rows_of(values)]))
        return self._connection.execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """``PackedRows`` are never in memory together."""
        kept = rows if isinstance(rows, PackedRows) else [rows_of(row) for row in rows]
        self._done.append((statement, kept))
        self._connection.executemany(statement, kept)

    def once_committed(self, action: Callable[[], None]) -> None:
        """Has ``action`` done when the transaction has been committed, and not at all if it is rolled back."""
        if action not in self._committed:
            self._committed.append(action)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside stands, or nothing of it. Inside another one, it is part of that."""
        if self._connection.in_transaction:
            yield
            return
        self.execute("BEGIN IMMEDIATE")
        self._done.clear()
        try:
            yield
            if self._done:
                self._write_ahead()
        except BaseException:
            self._committed.clear()
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")
        actions, self._committed = self._committed, []
        for action in actions:
            action()

    def _write_ahead(self) -> None:
        """Writes into the journal what is about to be committed, and here how far the journal goes."""
        row = self._connection.execute("SELECT last FROM journal").fetchone()
        last, written = row["last"] if row else None, self._journal.last()
        if written and last is not None and written == last + 1:
            self._journal.declare_void(written)
        number = max(written, last or 0) + 1
        if last is not None and written in (last, last + 1):
            self._journal.append(number, len(STEPS), self._done)
        else:  # the database is older than its journal's beginning, or the journal is lost, or of other days
            self._journal.append(number, len(STEPS), whole_of(self._connection), whole=True)
        self._connection.execute("INSERT OR REPLACE INTO journal (id, last) VALUES (1, ?)", (number,))
        self._done = Done()


def _newer(path: Path) -> ConfigError:
    return ConfigError(
        _("{path} was written by a newer version of plantrack.").format(path=path.name),
        _("Use the version of plantrack that last opened this workspace, or a newer one."),
    )


def replayed(journal: Journal, path: Path) -> int:
    """Makes the database at ``path``, which is new, from the journal; gives the number of its last entry.

    ``ValueError`` where the journal is damaged, ``ConfigError`` where a newer plantrack wrote it.
    """
    connection, last = sqlite3.connect(path, isolation_level=None), 0
    try:
        connection.execute("BEGIN")
        for entry in counted(_("Entries replayed"), journal.entries(), journal.last()):
            if entry.schema > len(STEPS):
                raise _newer(journal.path)
            if entry.is_whole:
                _clear(connection)
            _take_steps(connection, entry.schema)
            for statement, rows in entry.done:
                connection.executemany(statement, rows)
            last = entry.number
        connection.execute("INSERT OR REPLACE INTO journal (id, last) VALUES (1, ?)", (last,))
        connection.execute("COMMIT")
    finally:
        connection.close()
    return last


def _clear(connection: sqlite3.Connection) -> None:
    for kind in ("view", "table"):
        named = "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'"
        for (name,) in connection.execute(named, (kind,)).fetchall():
            connection.execute(f"DROP {kind} {name}")
    connection.execute("PRAGMA user_version = 0")


def _take_steps(connection: sqlite3.Connection, until: int) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for statement in "".join(STEPS[version:until]).split(";")[:-1]:
        connection.execute(statement)
    if version < until:
        connection.execute(f"PRAGMA user_version = {until}")
