"""The database: its schema grows by steps, and a workspace made by an older plantrack goes on."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from plan_tracker.errors import ConfigError
from plan_tracker.store import Store
from plan_tracker.store.database.schema import STEPS
from tests.desk import Q1, Desk


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


def test_columns_that_come_later_change_nothing_of_what_is_read(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f14.progress_percent": "ครึ่งหนึ่ง"})
    desk.run("ingest")
    desk.run("orders", "add", "เร่งรัด", "--date", "2569-01-05", "--due", "2569-01-20", "--unit", "YS")
    desk.report("q1")
    before = _told(desk)
    with sqlite3.connect(desk.root / "data" / "plantrack.db") as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            db.execute(f"ALTER TABLE {table} ADD COLUMN later TEXT NOT NULL DEFAULT 'ใหม่'")
    assert _told(desk) == before
    desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)
    desk.send_back("ETDA")
    assert desk.ingest_one()["outcome"] == "accepted"


def _told(desk: Desk) -> list[object]:
    commands = ("status q1 --unit YS", "log", "letters list", "orders list", "report q1 --list", "register show")
    return [desk.run(*command.split(), expect=0) for command in commands]


def test_a_return_without_its_form_is_never_stored(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest")
    store = Store(desk.root / "data" / "plantrack.db")
    (kept,) = store.returns(Q1)
    with pytest.raises(sqlite3.IntegrityError):
        store.add_return(kept._replace(form_id="no such form", version=2), {}, {}, [])
    assert store.returns(Q1) == [kept]
    store.close()


def test_every_row_of_a_whole_year_has_what_it_refers_to(published_year: Path) -> None:
    with sqlite3.connect(published_year / "data" / "plantrack.db") as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
