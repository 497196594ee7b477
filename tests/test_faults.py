"""Whatever operation of a command fails, or is its last: the next run ends where an undisturbed one would (R27).

``make torture`` takes every operation (see ``tests/torture.py``), ``KILLS`` runs that are killed at any moment, and
``FIU`` runs under libfiu; the tests one or two of each, by a seed that they tell.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.desk import UNITS, Desk, issue_small_workspace
from tests.faults import fiu_words, played_in_a_process
from tests.torture import SEED, SMALL, Outside, Torture, check, ended, note, played, read_here, run

KILLS, FIU = int(os.environ.get("KILLS") or 2), int(os.environ.get("FIU") or 1)
REASON = ("--because", "ทดสอบ")


def _fill(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    desk.send_back("ETDA")


def _mend(desk: Desk) -> None:
    desk.send_back("YS", name="YS แก้.xlsx")


def _say_otherwise(desk: Desk) -> None:
    from plan_tracker.registerbook import write_register

    units = [UNITS[0] | {"addressee": "ผู้อำนวยการกองยุทธศาสตร์"}, UNITS[1]]
    write_register(desk.root / "register.xlsx", SMALL | {"units": units})


def _given(*words: str) -> Callable[[Desk], None]:
    def run(desk: Desk) -> None:
        code = desk.invoke(*words).exit_code
        assert code in (0, 1), words

    return run


_SUBMIT, _APPROVE = ("review", "submit", "q1"), ("review", "approve", "q1")
_PERMIT = ("review", "permit", "q1", "--reference", "ดศ 0200/9", "--date", "2569-01-05")
_COMMENT = ("review", "comment", "q1", "ขอให้ตรวจสอบงบประมาณ", "--unit", "YS")


@dataclass(frozen=True)
class Case:
    """A command, the state before it, and how that comes about from the one before."""

    words: Sequence[str]
    after: str = ""
    brought_about: Sequence[Callable[[Desk], None]] = field(default=())


CASES: dict[str, Case] = {
    "issue-forms": Case(("issue-forms", "q1")),
    "register load": Case(("register", "load"), "issue-forms", (_say_otherwise,)),
    "mail draft": Case(("mail", "draft", "q1"), "issue-forms"),
    "letters number": Case(("letters", "number", "L1", "all", "ดศ 0200/ว 1", "--date", "2569-01-05"), "issue-forms"),
    "issue-forms --withdraw": Case(("issue-forms", "q1", "--withdraw"), "issue-forms"),
    "ingest": Case(("ingest",), "issue-forms", (_fill,)),
    "ingest mended": Case(("ingest",), "ingest", (_given("ingest"), _mend)),
    "accept": Case(("accept", "q1", "YS", *REASON), "ingest", (_given("ingest"),)),
    "report": Case(("report", "q1"), "accept"),
    "review submit": Case(_SUBMIT, "report", (_given("report", "q1"),)),
    "review comment": Case(_COMMENT, "review submit", (_given(*_SUBMIT),)),
    "review resolve": Case(("review", "resolve", "q1", "1", *REASON), "review comment", (_given(*_COMMENT),)),
    "review approve": Case(_APPROVE, "review comment"),
    "review reopen": Case(("review", "reopen", "q1", *REASON), "review comment"),
    "review permit": Case(
        _PERMIT, "review approve", [_given(*words) for words in (_APPROVE, _SUBMIT, _APPROVE, _SUBMIT)]
    ),
    "review refuse": Case(("review", "refuse", "q1", *REASON), "review permit"),
    "publish": Case(("publish", "q1"), "review permit", (_given(*_PERMIT),)),
    "orders add": Case(
        ("orders", "add", "เร่งรัด", "--date", "2569-01-05", "--due", "2569-02-05", "--unit", "YS"), "review permit"
    ),
    "new-year": Case(("new-year", "2570"), "accept"),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The workspace as it stands before a command of ``CASES``, made when it is first asked for."""
    folder, made = tmp_path_factory.mktemp("faults"), dict[str, Path]()

    def state(name: str) -> Path:
        if name not in made:
            case, root = CASES[name], folder / name / "งาน"
            if case.after:
                shutil.copytree(state(case.after), root)
            else:
                issue_small_workspace(root, SMALL, forms=False)
            with read_here():
                for bring_about in (*_issue(case), *case.brought_about):
                    bring_about(Desk(root))
            made[name] = root
        return made[name]

    return state


def _issue(case: Case) -> list[Callable[[Desk], None]]:
    return [_given("issue-forms", "q1")] if case.after == "issue-forms" else []


@pytest.mark.parametrize("name", CASES)
def test_after_any_fault_the_next_run_ends_where_an_undisturbed_one_would(
    name: str, before: Callable[[str], Path], tmp_path: Path
) -> None:
    print(f"\n{Torture(name, CASES[name].words, before(name), tmp_path).play()}", flush=True)  # noqa: T201


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_after_a_kill_at_any_moment_too(before: Callable[[str], Path], tmp_path: Path) -> None:
    """Real ones, also in the midst of SQLite's own commits."""
    root, known = tmp_path / "งาน", dict[str, tuple[object, float]]()
    for turn in range(KILLS):
        if any(f"kill\t{SEED}\t{turn}\t{came}" in played() for came in (True, False)):
            continue
        drawn = random.Random(f"{SEED} {turn}")
        name = drawn.choice(["ingest", "issue-forms", "accept", "letters number", "register load"])
        words = CASES[name].words
        if name not in known:
            clean = tmp_path / name
            shutil.copytree(before(name), clean)
            began = time.monotonic()
            run(clean, words)
            known[name] = (ended(clean), None), time.monotonic() - began
        expected, seconds = known[name]
        moment = drawn.uniform(0, seconds)
        shutil.copytree(before(name), root)
        came = played_in_a_process(lambda words=words: run(root, words), moment)
        check(root, words, expected, Outside())
        note(f"kill\t{SEED}\t{turn}\t{came}")
        shutil.rmtree(root)


@pytest.mark.skipif(not shutil.which("fiu-run"), reason="libfiu (fiu-utils) is not installed")
def test_under_libfiu_too(before: Callable[[str], Path], tmp_path: Path) -> None:
    """The program as it is, whose calls to the system fail at random, those of SQLite and lxml too."""
    drawn, root, failed = random.Random(SEED), tmp_path / "งาน", 0
    for turn in range(FIU):
        name = ("ingest", "issue-forms", "accept", "report")[turn % 4]
        words, clean = CASES[name].words, tmp_path / name
        if not clean.exists():
            shutil.copytree(before(name), clean)
            run(clean, words)
        shutil.copytree(before(name), root)
        command = fiu_words([sys.executable, "-m", "plan_tracker", *words], drawn.choice((0.0005, 0.002, 0.01)))
        environment = {"PLANTRACK_WORKSPACE": str(root), "PLANTRACK_TODAY": "2026-01-05", "PLANTRACK_SOFFICE": "none"}
        ended_with = subprocess.run(command, env=os.environ | environment, capture_output=True, check=False)
        failed += ended_with.returncode not in (0, 1)
        check(root, words, (ended(clean), None), Outside())
        shutil.rmtree(root)
    print(f"\n{failed} of {FIU} runs under libfiu failed")  # noqa: T201
