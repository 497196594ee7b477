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
from plan_tracker.store.schema import STEPS
from plan_tracker.store.soundness import check_content, check_file


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
        self.found_version = self._version()
        if self.found_version > len(STEPS):
            self.close()
            raise ConfigError(
                _("{path} was written by a newer version of plantrack.").format(path=path.name),
                _("Use the version of plantrack that last opened this workspace, or a newer one."),
            )
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

    def close(self) -> None:
        self._connection.close()

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.executemany(statement, rows)

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
        try:
            yield
        except BaseException:
            self._committed.clear()
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")
        actions, self._committed = self._committed, []
        for action in actions:
            action()
