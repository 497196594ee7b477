"""The journal beside the database: what is lost can be made again, equal in every table (R27)."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plan_tracker.store import Store
from plan_tracker.store.database import journal
from plan_tracker.store.database.connection import replayed
from plan_tracker.store.database.journal import JOURNAL, Journal
from plan_tracker.store.database.packed_rows import PackedRows
from plan_tracker.store.event_names import EventName
from tests.desk import Desk

Rows = dict[str, list[tuple[object, ...]]]


def rows_of(path: Path) -> Rows:
    """Every row of every table, with the number that SQLite knows it by."""
    database = sqlite3.connect(path)
    tables = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    found = {
        name: database.execute(f"SELECT {'*' if 'WITHOUT ROWID' in sql else 'rowid, *'} FROM {name}").fetchall()
        for name, sql in tables
    }
    database.close()
    return found


def made_again(data: Path) -> Rows:
    target = data / "again.db"
    target.unlink(missing_ok=True)
    replayed(Journal(data / JOURNAL), target)
    found = rows_of(target)
    target.unlink()
    return found


def add(path: Path, text: str) -> None:
    store = Store(path)
    store.add_event("2026-01-05T10:00:00+07:00", EventName.REPORT, files=text)
    store.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for text in ("หนึ่ง", "สอง", "สาม"):
        add(tmp_path / "plantrack.db", text)
    return tmp_path


def test_what_follows_a_journal_that_could_not_be_read_for_once_is_sealed_over_it_all_the_same(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(_path: Path) -> Iterator[bytes]:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    store = Store(data / "plantrack.db")
    with monkeypatch.context() as broken:
        broken.setattr(journal, "_lines_from_end", unreadable)
        with pytest.raises(OSError, match=os.strerror(errno.EIO)):
            store.add_event("2026-01-05T10:00:00+07:00", EventName.REPORT, files="ไม่ทัน")
    store.add_event("2026-01-05T10:00:00+07:00", EventName.REPORT, files="สี่")
    store.close()
    assert made_again(data) == rows_of(data / "plantrack.db")


def test_no_text_of_others_drives_a_terminal_that_shows_the_journal(data: Path) -> None:
    add(data / "plantrack.db", "\x1b]0;\x9b\u202e")
    assert not {"\x1b", "\x9b", "\u202e"} & {*(data / JOURNAL).read_text("utf-8")}
    assert made_again(data) == rows_of(data / "plantrack.db")


def test_a_workspace_at_work_is_made_again_row_for_row(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    desk.send_back("ETDA")
    desk.run("ingest", expect=1)
    desk.run("accept", "q1", "YS", "--because", "ทดสอบ")
    desk.run("orders", "add", "เร่งรัด", "--date", "2569-01-05", "--due", "2569-01-05", "--unit", "YS", expect=0)
    desk.run("letters", "number", "L1", "YS", "ดศ 1", "--date", "2569-01-05", expect=0)
    desk.run("report", "q1")
    desk.run("review", "submit", "q1", expect=0)
    desk.run("review", "comment", "q1", "ขอแก้", "--unit", "YS", expect=0)
    now = rows_of(desk.root / "data" / "plantrack.db")
    assert all(now[name] for name in ("returns", "answers", "findings", "reports", "comments", "letters", "orders"))
    assert made_again(desk.root / "data") == now


def test_what_was_not_committed_is_void(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = data / "plantrack.db"
    store = Store(path)
    journal = Journal(data / JOURNAL)
    journal.append(journal.last() + 1, 1, [("DELETE FROM events", [[]])])  # killed before its commit
    store.close()
    add(path, "สี่")
    assert len(rows_of(path)["events"]) == 4
    assert made_again(data) == rows_of(path)


@pytest.mark.parametrize("size", [1, 30, 100])
def test_a_line_that_was_not_written_to_its_end_is_passed_over(data: Path, size: int) -> None:
    path = data / JOURNAL
    with path.open("ab") as file:
        file.write(path.read_bytes().splitlines()[-1][:size])
    assert made_again(data)["events"] == rows_of(data / "plantrack.db")["events"]
    add(data / "plantrack.db", "สี่")
    assert made_again(data) == rows_of(data / "plantrack.db")


def _of_other_days(data: Path) -> None:
    """The database is put back from an older backup than the journal."""
    shutil.copy(data / "plantrack.db", data / "old.db")
    for text in ("หาย 1", "หาย 2", "หาย 3"):
        add(data / "plantrack.db", text)
    shutil.move(data / "old.db", data / "plantrack.db")


LOSSES: dict[str, Callable[[Path], object]] = {
    "gone": lambda data: (data / JOURNAL).unlink(),
    "empty": lambda data: (data / JOURNAL).write_bytes(b""),
    "of other days": _of_other_days,
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_journal_that_is_behind_begins_anew_with_all_there_is(data: Path, loss: str) -> None:
    LOSSES[loss](data)
    add(data / "plantrack.db", "สี่")
    assert len(rows_of(data / "plantrack.db")["events"]) > 3
    assert made_again(data) == rows_of(data / "plantrack.db")


def test_a_journal_that_was_edited_is_not_followed(data: Path) -> None:
    path = data / JOURNAL
    path.write_bytes(path.read_bytes().replace("สอง".encode(), "ปลอม".encode()))
    with pytest.raises(ValueError, match=JOURNAL):
        replayed(Journal(path), data / "again.db")


def test_rows_that_are_kept_packed_make_the_same_line(tmp_path: Path) -> None:
    """Longer than what is written at once."""
    rows = [[number, "ข้อความยาว\u200e" * 3_000, None] for number in range(40)]
    packed = PackedRows()
    for row in rows:
        packed.append(row)
    plain, other = Journal(tmp_path / "plain.jsonl"), Journal(tmp_path / "other.jsonl")
    for number in (1, 2):
        plain.append(number, 1, [("INSERT", rows), ("DELETE", [[]])])
        other.append(number, 1, [("INSERT", packed), ("DELETE", [[]])])
    assert other.path.read_bytes() == plain.path.read_bytes()
    assert [entry.done[0][1] for entry in other.entries()] == [rows, rows]


def test_a_transaction_that_the_journal_cannot_take_is_not_committed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(data / "plantrack.db")

    def full(*_words: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Journal, "append", full)
        with pytest.raises(OSError, match="No space"):
            add(data / "plantrack.db", "สี่")
    assert rows_of(data / "plantrack.db") == before
