"""``plantrack`` alone, and the next step after each command: what is to be done, over all quarters and years."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from plan_tracker.cli import afterwards
from plan_tracker.cli.app import app
from tests.desk import Desk

LATE = date(2026, 1, 20)  # the returns of Q1 were due on the 15th


def now(desk: Desk) -> list[dict[str, Any]]:
    found = desk.run(expect=0)["next"]
    assert isinstance(found, list)
    return found


def commands(desk: Desk) -> list[str]:
    return [task["command"] for task in now(desk)]


def test_letters_without_a_number_are_told_once_per_quarter(desk: Desk) -> None:
    assert commands(desk) == ["plantrack letters list q1 --unnumbered"]
    task = now(desk)[0]
    assert (task["due"], task["days_late"]) == (None, 0)
    assert "L1 2" in task["why"]


def test_the_inbox_is_read_before_anybody_is_reminded(desk: Desk) -> None:
    desk.today = LATE
    assert commands(desk)[0] == "plantrack remind q1"
    desk.send_back("YS")
    assert commands(desk) == ["plantrack ingest", "plantrack letters list q1 --unnumbered"]
    (desk.inbox / "YS.xlsx").rename(desk.inbox / "~$YS.xlsx")  # what Excel leaves about is nothing to take in
    assert "plantrack ingest" not in commands(desk)


def test_a_late_unit_is_reminded_again_once_its_time_is_over(desk: Desk) -> None:
    desk.today = LATE
    first = now(desk)[0]
    assert (first["command"], first["due"], first["days_late"]) == ("plantrack remind q1", "2026-01-15", 5)
    desk.run("remind", "q1", expect=0)
    assert "plantrack remind q1" not in commands(desk)
    desk.today = date(2026, 1, 26)  # the last of the five days that it was given, and a Monday after them
    assert "plantrack remind q1" not in commands(desk)
    desk.today = date(2026, 1, 27)
    assert commands(desk)[0] == "plantrack remind q1"


def test_what_is_later_comes_first_and_of_which_year_it_is_is_typed(desk: Desk) -> None:
    desk.today = date(2026, 12, 20)
    tasks = now(desk)
    late = [task["days_late"] for task in tasks]
    assert late == sorted(late, reverse=True)
    assert {"plantrack remind q1", "plantrack report q1", "plantrack issue-forms q4", "plantrack new-year 2570"} <= set(
        commands(desk)
    )
    config = desk.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace("fiscal_year = 2569", "fiscal_year = 2570"), "utf-8")
    assert "plantrack remind q1 --year 2569" in commands(desk)
    assert "plantrack register check" in commands(desk)  # its plans are those of 2569


def test_a_report_is_wanted_when_all_has_come_and_then_goes_before_its_readers(desk: Desk) -> None:
    desk.send_back("YS")
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    assert "plantrack report q1" in commands(desk)
    desk.report("q1")
    assert "plantrack review submit q1" in commands(desk)
    desk.run("review", "submit", "q1", expect=0)
    assert "plantrack review approve q1" in commands(desk)
    desk.run("review", "comment", "q1", "ขอแก้", expect=0)
    assert "plantrack review resolve q1 1 --because TEXT" in commands(desk)


def test_orders_want_their_letters_and_then_an_answer(desk: Desk) -> None:
    desk.run("orders", "add", "เร่งรัด", "--date", "2569-01-05", "--due", "2569-01-10", "--unit", "YS", expect=0)
    assert "plantrack orders letters O01" in commands(desk)
    desk.run("orders", "letters", expect=0)
    desk.today = date(2026, 1, 12)
    told = next(task for task in now(desk) if task["command"] == "plantrack orders list")
    assert (told["due"], told["days_late"]) == ("2026-01-10", 2)


def test_where_there_is_nothing_to_do_it_is_said_and_what_comes_next(desk: Desk) -> None:
    for unit in ("YS", "ETDA"):
        desk.run("letters", "number", "L1", unit, "ดศ 1", "--date", "2569-01-05", expect=0)
    assert now(desk) == []
    said = desk.invoke().stdout
    assert "ไม่มีเรื่องที่ต้องทำ" in said
    assert "15 ม.ค. 69" in said


def test_what_comes_next_may_be_a_units_second_chance_or_a_step_of_the_quarter(desk: Desk) -> None:
    """After the returns' day: the day after a correction's, then the day after a reminder's."""
    desk.today = date(2026, 1, 12)
    desk.send_back("YS", {"P002/f14.stage": "ไม่รู้"})
    desk.send_back("ETDA")
    desk.run("ingest", expect=1)
    for kind in ("L1", "L3"):
        desk.run("letters", "number", kind, "all", f"ดศ {kind[1]}", "--date", "2569-01-12", expect=0)
    desk.today = date(2026, 1, 16)  # a correction of the 12th may come until the 19th
    assert coming(desk) == ("2026-01-20", "plantrack remind q1")
    desk.today = date(2026, 1, 20)
    desk.run("remind", "q1", expect=0)
    desk.run("letters", "number", "L2", "all", "ดศ 20", "--date", "2569-01-20", expect=0)
    assert coming(desk) == ("2026-01-27", "plantrack remind q1")
    desk.run("accept", "q1", "YS", "--because", "ทดสอบ", expect=0)
    desk.report("q1")
    desk.run("review", "submit", "q1", expect=0)
    desk.run("letters", "number", "L5", "all", "ดศ 30", "--date", "2569-01-20", expect=0)
    assert "plantrack review approve q1" in commands(desk)


def coming(desk: Desk) -> tuple[str, str]:
    found = desk.run(expect=0)
    assert found["next"] == []
    return found["coming"]["due"], found["coming"]["command"]


def test_without_a_workspace_help_is_shown_and_how_to_begin(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [], env={"PLANTRACK_WORKSPACE": str(tmp_path)})
    assert result.exit_code == 2
    assert "issue-forms" in result.stdout
    assert "plantrack init" in result.stderr
    asked = CliRunner().invoke(app, ["--json"], env={"PLANTRACK_WORKSPACE": str(tmp_path)})
    assert (asked.exit_code, set(json.loads(asked.stdout))) == (2, {"error", "advice"})


def test_json_before_a_command_is_put_right(desk: Desk) -> None:
    result = desk.invoke("--json", "status")
    assert result.exit_code == 2
    assert "plantrack status --json" in json.loads(result.stdout)["advice"]


@pytest.mark.parametrize("words", [("log",), ("calendar",), ("orders", "list"), ("report", "q1", "--list")])
def test_every_command_ends_with_the_next_step(desk: Desk, words: tuple[str, ...]) -> None:
    assert "ขั้นต่อไป: plantrack letters list q1" in desk.invoke(*words).stdout


def test_what_goes_wrong_in_looking_ahead_is_no_fault_of_the_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(afterwards, "_agenda", fail)
    result = desk.invoke("log")
    assert (result.exit_code, "ขั้นต่อไป" in result.stdout) == (0, False)
