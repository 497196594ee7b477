"""The database: its schema grows by steps, and a workspace made by an older plantrack goes on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from plan_tracker.errors import ConfigError
from plan_tracker.store import Store
from plan_tracker.store.schema import STEPS


def _version(path: Path) -> int:
    with sqlite3.connect(path) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def _schema(path: Path) -> set[tuple[str, str]]:
    with sqlite3.connect(path) as db:
        return set(db.execute("SELECT name, sql FROM sqlite_master"))


@pytest.mark.parametrize("seen", range(1, len(STEPS) + 1))
def test_an_older_database_is_taken_through_the_steps_it_has_not_seen(tmp_path: Path, seen: int) -> None:
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    Store(new).close()
    with sqlite3.connect(old) as db:
        db.executescript("".join(STEPS[:seen]) + f"PRAGMA user_version = {seen};")
        db.execute("INSERT INTO written VALUES ('a.docx', 'abc')")
    store = Store(old)
    assert store.is_as_written("a.docx", "abc")
    store.close()
    assert _version(old) == _version(new) == len(STEPS)
    assert _schema(old) == _schema(new)


def test_a_database_of_a_newer_plantrack_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "plantrack.db"
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(ConfigError, match=r"plantrack\.db"):
        Store(path)
    assert _version(path) == len(STEPS) + 1
