"""The officer's guide is played: a quarter from its register to its web site by the very lines of docs/th/guide.md."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from plan_tracker.fiscal import Period
from tests.desk import Desk

GUIDE = Path(__file__).parents[2] / "docs" / "th" / "guide.md"
CONDITIONAL = {"plan approve"}  # where a unit has changed its plan


def lines(heading: str, until: str) -> Iterator[tuple[str, ...]]:
    """What is typed from ``heading`` on, without ``plantrack``."""
    chapter = GUIDE.read_text("utf-8").split(f"\n## {heading}")[1].split(f"\n## {until}")[0]
    for line in re.findall(r"^\$ plantrack(.*)$", chapter, re.MULTILINE):
        yield tuple(shlex.split(line))


def test_a_quarter_goes_by_the_guide(desk: Desk) -> None:
    played = 0
    for words in lines("ขั้นที่ ๑", "ไตรมาส ๒"):
        if words[0] == "ingest":
            desk.send_back("YS", {"P002/f14.stage": "ไม่รู้"})
            desk.send_back("ETDA")
        result = desk.invoke(*words)
        allowed = (0, 1, 2) if " ".join(words[:2]) in CONDITIONAL else (0, 1)
        assert result.exit_code in allowed, (words, result.output)
        played += 1
    assert played > 25
    assert (desk.root / "outbox" / "2569-q1" / "publication" / "index.html").is_file()
    desk.today = date(2026, 10, 1)
    for words in lines("ขึ้นปีงบประมาณใหม่", "อยากรู้ว่า"):
        assert desk.invoke(*words).exit_code in (0, 1)
    assert "fiscal_year = 2570" in (desk.root / "config.toml").read_text("utf-8")
    fill_in_the_new_year(desk)
    for words in lines("ขั้นที่ ๑", "ขั้นที่ ๒"):
        assert desk.invoke(*words).exit_code == 0, words
    desk.today = date(2026, 12, 16)
    assert "plantrack issue-forms q1\n" in desk.invoke().stdout
    desk.run("issue-forms", "q1", expect=0)
    assert desk.form_path("YS", Period(2570, 1)).is_file()


def fill_in_the_new_year(desk: Desk) -> None:
    """Puts a target where the register check says that one is to be filled in."""
    problems = desk.run("register", "check", expect=1)["problems"]
    book = load_workbook(desk.root / "register.xlsx")
    for problem in problems:
        book[problem["sheet"]][problem["cell"]] = 5
    book.save(desk.root / "register.xlsx")


def test_every_question_of_the_guide_is_answered(desk: Desk, tmp_path: Path) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    asked = re.findall(r"^\| [^|]+ \| `plantrack ?([^`]*)` \|$", GUIDE.read_text("utf-8"), re.MULTILINE)
    assert len(asked) > 9
    for line in asked:
        words = [str(tmp_path / word) if word.endswith(".xlsx") else word for word in shlex.split(line)]
        result = desk.invoke(*words)
        assert result.exit_code in (0, 1), (words, result.output)
