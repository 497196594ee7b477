"""Every next step that a command prints leads somewhere: each is collected where it is said, and run there.

One that is refused says itself what has to be done before; that must lead on, and never round in a circle.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from plan_tracker.cli.app import app
from tests.desk import Q2, Desk
from tests.register.test_register_changes import reload, tables

DAY = "2569-01-05"
ADVICE = re.compile(r"plantrack((?: (?:[A-Za-z0-9_./-]+|\"[^\"]+\"))+)")
STANDS_FOR = {
    "TEXT": "เหตุผล (ตัวอย่าง)",
    "NAME": "form",
    "FOLDER": "ที่ใหม่",
    "FILE": "register.xlsx",
    "D": DAY,
    "NUMBER": "12",
}
ASKED: tuple[tuple[str, ...], ...] = (
    (),
    ("register", "check"),
    ("register", "load", "--dry-run"),
    ("register", "show"),
    ("issue-forms", "q1", "--dry-run"),
    ("issue-forms", "q1", "--withdraw", "--dry-run"),
    ("issue-forms", "q4", "--dry-run"),
    ("ingest", "--dry-run"),
    ("status",),
    ("status", "q1"),
    ("status", "q2"),
    ("status", "year-end"),
    ("remind", "q1", "--dry-run"),
    ("accept", "q1", "YS", "--because", "ทดสอบ", "--dry-run"),
    ("inbox", "decline", "YS.xlsx", "--because", "ทดสอบ", "--dry-run"),
    ("report", "q1", "--dry-run"),
    ("report", "year-end", "--dry-run"),
    ("circulate", "q1", "--order", "ทราบ", "--date", DAY, "--dry-run"),
    ("review", "submit", "q1", "--dry-run"),
    ("review", "approve", "q1", "--dry-run"),
    ("review", "permit", "q1", "--reference", "ดศ 1", "--date", DAY, "--dry-run"),
    ("review", "show", "q1"),
    ("publish", "q1", "--dry-run"),
    ("trace", "q1", "P001"),
    ("trace", "q1", "P009"),
    ("letters", "number", "L3", "YS", "ดศ 1", "--date", DAY, "--dry-run"),
    ("problems",),
)


def loaded(desk: Desk) -> None:
    """The register is there, and no form is out."""
    nothing_loaded(desk)
    desk.run("register", "load", expect=0)


def nothing_loaded(desk: Desk) -> None:
    """As ``init`` left it: with forms or originals about, a database that is gone would be told."""
    shutil.rmtree(desk.root / "data")
    shutil.rmtree(desk.root / "outbox")


def issued(desk: Desk) -> None:
    """Forms are out, one unit has returned a faulty one."""
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    desk.run("ingest", expect=1)


def under_review(desk: Desk) -> None:
    issued(desk)
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.run("review", "submit", "q1", expect=0)
    desk.run("review", "comment", "q1", "ขอแก้", expect=0)
    desk.send_back("ETDA", {"P003/f11.result_quarter": "แก้ไขแล้ว (ตัวอย่าง)"}, name="b.xlsx")
    desk.run("ingest", expect=0)  # what was submitted is out of date by now


def closed(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.permit("q1")
    desk.send_back("ETDA")


def undecided(desk: Desk) -> None:
    """Last quarter's form came back once more."""
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    desk.send_back("YS", {"P001/f11.result_quarter": "แก้ไขแล้ว (ตัวอย่าง)"}, name="ฉบับแก้ ไข.xlsx")
    desk.run("ingest", expect=1)
    assert desk.form_path("YS", Q2).is_file()


def new_year(desk: Desk) -> None:
    """The settings are of the next year, whose register is not loaded; the old year is under way."""
    issued(desk)
    config = desk.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace("fiscal_year = 2569", "fiscal_year = 2570"), "utf-8")
    content = tables()
    for plan in content["plans"]:
        plan["fiscal_year"] = plan["fiscal_year"] + 1  # type: ignore[operator]
    from plan_tracker.registerbook import write_register

    write_register(desk.root / "register.xlsx", content)
    desk.today = date(2026, 9, 1)


def newer_register(desk: Desk) -> None:
    """A project came since the forms went out."""
    content = tables()
    content["projects"].append({"code": "P009", "name": "โครงการใหม่ (ตัวอย่าง)", "plans": "ops", "unit": "TS"})
    reload(desk, content)


def autumn(desk: Desk) -> None:
    """The year is over: a unit is late, a file was rejected, and an order has gone to nobody."""
    issued(desk)
    shutil.copyfile(desk.form_path("ETDA"), desk.inbox / "ETDA.xlsx")  # as it went out
    desk.run("ingest", expect=1)
    desk.run("orders", "add", "เร่งรัด (ตัวอย่าง)", "--date", DAY, "--due", "2569-02-01", "--unit", "YS", expect=0)
    desk.report("q1")
    desk.today = date(2026, 10, 5)


STATES = (nothing_loaded, loaded, issued, under_review, closed, undecided, new_year, newer_register)


def advised(output: str) -> Iterator[tuple[str, ...]]:
    """The commands that ``output`` names, without what follows them in the sentence."""
    for found in ADVICE.finditer(output):
        words = shlex.split(found.group(1))
        words[-1] = words[-1].rstrip(".,")
        if words[-1] in ("--because", "--order"):
            words.append("TEXT")  # in Thai it is not in Latin letters
        yield tuple(STANDS_FOR.get(word, word) for word in words if word)


@pytest.mark.parametrize("state", STATES, ids=lambda state: str(state.__name__))
def test_no_advice_leads_into_a_trap(desk: Desk, tmp_path: Path, state: Callable[[Desk], None]) -> None:
    state(desk)
    said: dict[tuple[str, ...], tuple[str, ...]] = {}
    for asked in ASKED:
        for command in advised(_say(desk, desk.root, asked)[1]):
            said.setdefault(command, asked)
    assert said
    followed: dict[tuple[str, ...], bool] = {}
    traps = {command: asked for command, asked in said.items() if not _leads_on(desk, tmp_path, command, followed)}
    assert traps == {}


def test_each_kind_of_task_can_be_done_when_the_year_is_over(desk: Desk, tmp_path: Path) -> None:
    """Of quarters and years apart; reviews are followed in the states above, doubtful mails in tests/mail."""
    autumn(desk)
    said = [next(advised(f"{task['command']} .")) for task in desk.run(expect=0)["next"]]
    assert {words[0] for words in said} >= {
        *("new-year", "orders", "status", "letters", "remind", "review", "circulate", "issue-forms"),
    }
    assert [words for words in said if not _leads_on(desk, tmp_path, words, {})] == []


def _leads_on(desk: Desk, folder: Path, command: tuple[str, ...], followed: dict[tuple[str, ...], bool]) -> bool:
    """Whether ``command``, or what it says has to be done before, can be done in a copy of the desk."""
    if command not in followed:
        followed[command] = False  # round in a circle
        root = folder / str(len(followed)) / "งาน"
        shutil.copytree(desk.root, root)
        code, output = _say(desk, root, command)
        shutil.rmtree(root)
        before = [] if code in (0, 1) else [one for one in advised(output) if "--help" not in one]
        followed[command] = code in (0, 1) or any(_leads_on(desk, folder, one, followed) for one in before)
    return followed[command]


def _say(desk: Desk, root: Path, words: tuple[str, ...]) -> tuple[int, str]:
    environment = {"PLANTRACK_WORKSPACE": str(root), "PLANTRACK_TODAY": desk.today.isoformat(), "COLUMNS": "1000"}
    result = CliRunner().invoke(app, list(words), env=environment)
    return result.exit_code, result.output
