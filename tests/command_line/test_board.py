"""The board: one page of the whole office, renewed by whatever writes, and never with a contact's name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from plan_tracker.board import sections
from plan_tracker.cli import afterwards
from plan_tracker.forms.definition import choices as c
from tests.desk import Desk, Typed


@pytest.fixture
def board(desk: Desk) -> Path:
    """A board of a quarter in which one unit has returned clean answers, and the other has not."""
    desk.send_back(
        "YS",
        {
            "YS/u.contact_name": "นางสาวตัวอย่าง ใจดี",  # as form version 2 asks, and version 1
            "P001/f2.contact_name": "นางสาวตัวอย่าง ใจดี",
            "P001/f13.problems[1].problem": "นางสาวตัวอย่าง ใจดี ลาออก โทร 02 141 6747 ได้ที่ somjai@example.go.th",
            "P001/f13.problems[1].cause": "ตำแหน่งว่าง (ตัวอย่าง)",
            "P001/f13.problems[1].recommendation": "สรรหา (ตัวอย่าง)",
        },
    )
    desk.run("ingest", expect=0)
    assert desk.run("board", expect=0)["path"] == "outbox/board.html"
    return desk.root / "outbox" / "board.html"


def text(path: Path) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", path.read_text("utf-8"), flags=re.DOTALL).split())


def test_it_tells_units_money_problems_and_the_year(board: Path) -> None:
    said = text(board)
    assert "หน่วยงานที่ครบถ้วน 1/2" in said
    assert "100.00% (4.5 จาก 4.5 ล้านบาท)" in said  # the other unit's project has no budget in the register
    assert "YS · ยศ. รับแล้ว รับแล้ว" in said
    assert "ETDA · สพธอ. ยังไม่ส่ง" in said
    assert "16 เม.ย. 69" in said  # by when Q2 is to be returned: the 15th is a holiday
    assert "plantrack letters list q1" in said


def test_what_was_finished_late_is_late_no_more_as_in_reports(desk: Desk) -> None:
    finished: Typed = {
        "P001/f12.benefits": "ใช้งานได้จริง (ตัวอย่าง)",
        "P001/f13.problems[1].problem": "ผู้รับจ้างส่งงานช้า (ตัวอย่าง)",
        "P001/f13.problems[1].cause": "ขาดแรงงาน (ตัวอย่าง)",
        "P001/f13.problems[1].recommendation": "เร่งรัด (ตัวอย่าง)",
        "P001/f14.stage": c.COMPLETED,
        "P001/f14.schedule": c.LATE,
        "P001/f14.progress_percent": 100,
        "P001/f14.actual_end_date": date(2025, 12, 20),
        "P001/f14.next_steps": None,
        "P001/f14.note": "เบิกจ่ายงวดสุดท้ายไตรมาสถัดไป (ตัวอย่าง)",
    }
    desk.send_back("YS", finished)
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.run("board", expect=0)
    [late] = desk.run("trace", "q1", "ops", "late", expect=0)["totals"][0]["figures"]
    assert late["total"] == "0"
    assert "โครงการที่ล่าช้ากว่าแผน 0" in text(desk.root / "outbox" / "board.html")


def test_it_asks_for_nothing_from_elsewhere(board: Path) -> None:
    page = board.read_text("utf-8")
    assert not re.search(r"""(?:src|href|url)\s*[=(]|<script|<link|@import""", page)
    assert "prefers-color-scheme: dark" in page


def test_nobody_is_named_in_it(board: Path) -> None:
    said = text(board)
    assert "… ลาออก โทร … ได้ที่ …" in said
    assert "ใจดี" not in board.read_text("utf-8")


def test_what_units_write_is_no_markup(desk: Desk, board: Path) -> None:
    desk.run("orders", "add", "<b>เร่งรัด & ติดตาม</b>", "--date", "2569-01-05", "--due", "2569-01-09", "--unit", "YS")
    assert "&lt;b&gt;เร่งรัด &amp; ติดตาม&lt;/b&gt;" in board.read_text("utf-8")


def test_only_what_writes_renews_it_and_only_where_it_is(desk: Desk, board: Path) -> None:
    board.write_text("old", "utf-8")
    desk.run("status", expect=0)
    desk.run("ingest", "--dry-run", expect=0)
    assert board.read_text("utf-8") == "old"
    desk.run("ingest", expect=0)
    assert "<!doctype html>" in board.read_text("utf-8")
    board.unlink()
    desk.run("ingest", expect=0)
    assert not board.exists()


def test_after_every_command_that_writes_it_says_what_a_new_one_would(desk: Desk, board: Path) -> None:
    """Also of what is changed beside the commands: the settings, the inbox, the day."""
    due = ("--date", "2569-01-05", "--due", "2569-01-09", "--unit", "YS")
    for words in (
        ("orders", "add", "เร่งรัด (ตัวอย่าง)", *due),
        ("orders", "letters"),
        ("letters", "number", "L7", "YS", "ดศ 7", "--date", "2569-01-05"),
        ("orders", "done", "1", "--because", "เสร็จ (ตัวอย่าง)"),
        ("report", "q1"),
        ("review", "submit", "q1"),
        ("issue-forms", "q1", "--withdraw", "--unit", "ETDA"),
    ):
        assert desk.invoke(*words).exit_code in (0, 1), words
        assert without_time(board) == without_time(fresh(desk, board)), words
    (desk.inbox / "ETDA.xlsx").write_bytes(b"x")
    desk.run("remind", "q1", expect=0)
    assert "ETDA.xlsx" in text(board)
    desk.today = date(2026, 1, 6)
    desk.run("remind", "q1", expect=0)
    assert "6 มกราคม" in text(board)


def fresh(desk: Desk, board: Path) -> Path:
    shown = board.read_text("utf-8")
    board.unlink()
    desk.run("board", expect=0)
    written = board.rename(board.with_name("fresh.html"))
    board.write_text(shown, "utf-8")
    return written


def without_time(page: Path) -> str:
    return re.sub(r"\d\d:\d\d|plantrack-basis\" content=\"\w+", "", page.read_text("utf-8"))


def test_where_nothing_has_changed_it_is_left_alone(desk: Desk, board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(afterwards, "_renew", lambda *_given: pytest.fail("renewed"))
    desk.run("ingest", expect=0)
    desk.run("letters", "number", "L9", "YS", "1", "--date", "2569-01-05", expect=2)


def test_a_board_that_can_not_be_written_stops_nothing(
    desk: Desk, board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise PermissionError(13, "held open", str(board))

    monkeypatch.setattr(afterwards, "_renew", fail)
    desk.send_back("ETDA")
    assert desk.run("ingest", expect=0)["files"][0]["outcome"] == "accepted"
    assert "held open" in (desk.root / "data" / "errors.log").read_text("utf-8")


def test_of_a_thousand_units_those_that_are_not_done_come_first(
    desk: Desk, board: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "MOST_ROWS", 1)
    desk.run("board", expect=0)
    said = text(board)
    assert "ETDA · สพธอ." in said
    assert "YS · ยศ." not in said


def test_before_any_register_it_says_what_to_do(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.run("init", str(tmp_path), expect=0)
    desk.run("board", expect=0)
    assert "plantrack register load" in text(tmp_path / "outbox" / "board.html")
