"""``letters number`` for a whole batch: one circular number, a running series, a list as it is pasted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk
from tests.letterbox import lines

DAY = ("--date", "2569-01-05")


def numbers(desk: Desk) -> dict[str, tuple[str | None, str | None]]:
    letters = desk.run("letters", "list", "q1")["letters"]
    return {one["unit"]: (one["number"], one["date"]) for one in letters if one["kind"] == "L1"}


def left(desk: Desk) -> set[str]:
    return {one["unit"] for one in desk.run("letters", "list", "q1", "--unnumbered")["letters"]}


def test_one_circular_number_goes_to_every_unit(desk: Desk) -> None:
    config = desk.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace('number_prefix = ""', 'number_prefix = "ดศ 0205/"', 1), "utf-8")
    made = desk.run("letters", "number", "l1", "all", "ว 12", *DAY, expect=0)
    assert [(one["unit"], one["number"], one["printed"], one["same_number"]) for one in made["letters"]] == [
        ("YS", "ดศ 0205/ว 12", True, []),
        ("ETDA", "ดศ 0205/ว 12", True, []),
    ]
    assert (made["left"], left(desk)) == ([], set())
    for unit in ("YS", "ETDA"):
        assert any(
            "ดศ ๐๒๐๕/ว ๑๒" in line for line in lines(desk.root / f"outbox/2569-q1/letters/2569-q1-{unit}-L1.docx")
        )


def test_a_series_runs_on_from_its_first_number(desk: Desk) -> None:
    desk.run("letters", "number", "L1", "ทั้งหมด", "ดศ ๐๒๐๕/๐๙๙", "--series", *DAY, expect=0)
    assert numbers(desk) == {"YS": ("ดศ 0205/099", "2026-01-05"), "ETDA": ("ดศ 0205/100", "2026-01-05")}


@pytest.mark.parametrize(
    "text",
    [
        "YS\tดศ 0205/7\nETDA\tดศ 0205/8\t2 ม.ค. 2569\n",
        "# ทะเบียนหนังสือส่ง\n\nys, ดศ 0205/7\nสพธอ., ดศ 0205/8, 2569-01-02",
        "ยศ. ดศ 0205/7\r\nETDA  ดศ 0205/8  2/1/2569\r\n",
    ],
)
def test_a_pasted_list_is_read_as_people_write_it(text: str, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "เลขหนังสือ.txt"
    path.write_text(text, encoding="utf-8-sig", newline="")
    desk.run("letters", "number", "L1", "--list", str(path), *DAY, expect=0)
    assert numbers(desk) == {"YS": ("ดศ 0205/7", "2026-01-05"), "ETDA": ("ดศ 0205/8", "2026-01-02")}


def test_who_is_left_is_told(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("YS 7", encoding="utf-8")
    made = desk.run("letters", "number", "L1", "--list", str(path), *DAY, expect=1)
    assert [one["unit"] for one in made["left"]] == ["ETDA"]
    assert left(desk) == {"ETDA"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("YS 7\nXX 8", "XX"),
        ("YS 7\nYS 8", "2"),
        ("YS 7\nETDA", "ETDA"),
        ("\n", "ว่าง"),
        ("YS 7\nETDA, 8, 31 ก.พ. 2569", "31"),
    ],
)
def test_a_list_with_a_mistake_records_nothing(text: str, said: str, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    assert said in desk.run("letters", "number", "L1", "--list", str(path), *DAY, expect=2)["error"]
    assert left(desk) == {"YS", "ETDA"}


@pytest.mark.parametrize(
    "words",
    [("L1",), ("L1", "all"), ("L1", "YS"), ("L1", "all", "ว.", "--series"), ("L99", "all", "1"), ("L4", "all", "1")],
)
def test_what_is_wanting_is_told(words: tuple[str, ...], desk: Desk) -> None:
    assert desk.run("letters", "number", *words, *DAY, expect=2)["error"]
    assert left(desk) == {"YS", "ETDA"}


def test_a_dry_run_records_nothing(desk: Desk) -> None:
    made: dict[str, Any] = desk.run("letters", "number", "L1", "all", "5", "--series", "--dry-run", *DAY, expect=0)
    assert [one["number"] for one in made["letters"]] == ["5", "6"]
    assert left(desk) == {"YS", "ETDA"}
