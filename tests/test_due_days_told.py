"""Each paper that asks for an answer names the day of its own setting, and the calendar each step's own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import pytest
from openpyxl import load_workbook

from plan_tracker.fiscal import MONTHS
from tests.desk import Desk, issue_small_workspace
from tests.letterbox import lines

SETTINGS: Final[Mapping[str, int]] = {  # no two alike, and none that leads to a day off on the days that are played
    "days_after_quarter": 20,
    "days_for_correction": 9,
    "days_for_reminder": 4,
    "days_for_comments": 14,
    "issue": -22,
    "circulation": 29,
    "report": 36,
    "monitoring": 41,
    "strategy": 47,
    "executives": 55,
    "publication": 61,
}
LAST_DAY = date(2025, 12, 31)
RETURN_DUE = LAST_DAY + timedelta(days=SETTINGS["days_after_quarter"])
_DUE = re.compile(r"ภายในวันที่ (\d+) (\S+) (25\d\d)")


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    root = tmp_path / "งาน"
    issue_small_workspace(root, forms=False)
    config = root / "config.toml"
    text = config.read_text("utf-8")
    for name, days in SETTINGS.items():
        text, changed = re.subn(rf"(?m)^{name} = -?\d+", f"{name} = {days}", text)
        assert changed == 1, name
    config.write_text(text, "utf-8")
    return Desk(root, date(2026, 1, 8))


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".docx":
        yield from lines(path)
    elif path.suffix == ".eml":
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        assert body is not None
        yield body.get_content()
    else:
        book = load_workbook(path, data_only=True)
        yield from (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
        book.close()


def due_days(path: Path) -> set[date]:
    """The days by which a letter, workbook or mail asks for something."""
    text = " ".join(_texts(path)).translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙\u00a0\t", "0123456789  "))
    return {date(int(year) - 543, MONTHS.index(month) + 1, int(day)) for day, month, year in _DUE.findall(text)}


def asked(desk: Desk, *paths: str) -> set[date]:
    """The days that the files name, which are the same in all of them."""
    first, *others = (due_days(desk.root / path) for path in paths)
    assert others == [first] * len(others), paths
    return first


def test_each_paper_names_the_day_of_its_own_setting(office: Desk) -> None:
    issued = office.run("issue-forms", "q1", expect=0)["forms"]
    assert asked(office, *(one["path"] for one in issued), *(one["letter"] for one in issued)) == {RETURN_DUE}
    mails = office.run("mail", "draft", "q1")["mails"]
    assert asked(office, *(mail["path"] for mail in mails)) == {RETURN_DUE}

    office.today = date(2026, 1, 12)
    office.send_back("YS", {"P001/f14.stage": ""})
    (corrected,) = office.run("ingest", expect=1)["corrections"]
    due = office.today + timedelta(days=SETTINGS["days_for_correction"])
    assert asked(office, *(corrected[one] for one in ("list", "form", "letter"))) == {due}
    (mail,) = office.run("mail", "draft", "q1", "--kind", "L3")["mails"]
    assert asked(office, mail["path"]) == {due}

    office.today = date(2026, 1, 26)
    late = {one["unit"]: one["days_late"] for one in office.run("status", "q1")["units"]}
    assert late["ETDA"] == (office.today - RETURN_DUE).days
    letters = office.run("remind", "q1", expect=0)["letters"]
    due = office.today + timedelta(days=SETTINGS["days_for_reminder"])
    assert {letter["unit"] for letter in letters} >= {"ETDA"}
    assert asked(office, *(letter["path"] for letter in letters)) == {RETURN_DUE, due}  # when it was, and when it is
    mails = office.run("mail", "draft", "q1", "--kind", "L2")["mails"]
    assert asked(office, *(mail["path"] for mail in mails)) == {due}

    office.today = date(2026, 2, 2)
    office.report("q1")
    office.run("review", "submit", "q1", expect=0)
    office.run("review", "comment", "q1", "ขอให้ชี้แจง (ตัวอย่าง)", "--unit", "YS", expect=0)
    due = office.today + timedelta(days=SETTINGS["days_for_comments"])
    letters = [one["path"] for one in office.run("letters", "list", expect=0)["letters"] if one["kind"] == "L9"]
    assert asked(office, *(path for path in letters if "YS" in path)) == {due}
    (mail,) = office.run("mail", "draft", "q1", "--kind", "L9", "--unit", "YS")["mails"]
    assert asked(office, mail["path"]) == {due}


def test_a_unit_is_reminded_the_day_after_its_time_is_over(office: Desk) -> None:
    """It has time to mend what it sent until 21 January, whatever the returns were due."""
    office.run("issue-forms", "q1", expect=0)
    office.today = date(2026, 1, 12)
    office.send_back("YS", {"P001/f14.stage": ""})
    office.run("ingest", expect=1)
    reminded = {}
    for day in (20, 21, 22):
        office.today = date(2026, 1, day)
        letters = office.run("remind", "q1", "--dry-run", expect=0)["letters"]
        reminded[day] = [letter["unit"] for letter in letters]
    assert reminded == {20: [], 21: ["ETDA"], 22: ["YS", "ETDA"]}


def test_a_rejected_file_is_asked_for_until_the_later_of_two_days(office: Desk) -> None:
    office.run("issue-forms", "q1", expect=0)
    for today, due in ((date(2026, 1, 8), RETURN_DUE), (date(2026, 1, 13), date(2026, 1, 22))):
        office.today = today
        shutil.copyfile(office.form_path("YS"), office.inbox / f"{today}.xlsx")
        (letter,) = office.run("ingest", expect=1)["letters"]
        assert asked(office, letter["path"]) == {due}


def test_each_step_of_the_calendar_is_due_by_its_own_setting(office: Desk) -> None:
    office.run("issue-forms", "q1", expect=0)
    steps = office.run("calendar", "q1", expect=0)["steps"]
    days = [date.fromisoformat(step["due"]) for step in steps if step["due"]]
    own = [name for name in SETTINGS if not name.startswith("days_for")]
    in_order = [own[1], own[0], *own[2:]]  # forms go out before they are due back
    assert days == [LAST_DAY + timedelta(days=SETTINGS[name]) for name in in_order]


def test_each_step_that_is_not_done_names_its_command(office: Desk) -> None:
    office.run("issue-forms", "q1", expect=0)
    steps = office.run("calendar", "q1", expect=0)["steps"]
    commands = {
        4: ["ingest", "circulate q1 --order TEXT --date D"],
        5: ["report q1"],
        6: ["review submit q1", "review submit q1"],
        7: ["review submit q1"],
        8: ["publish q1"],
    }
    expected = {number: [f"plantrack {words}" for words in found] for number, found in commands.items()}
    for number in range(1, 10):
        told = [step["command"] for step in steps if step["step"] == number]
        assert told == expected.get(number, [None]), number
