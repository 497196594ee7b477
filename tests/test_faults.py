"""Whatever operation of a command fails, or is its last: the next run ends where an undisturbed one would (R27).

``make torture`` takes every operation (``TORTURE``: so many of each command's, by the seed), ``KILLS`` runs that are
killed at any moment, and ``FIU`` runs under libfiu; the tests one or two of each, by a seed that they tell.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from plan_tracker.forms.reading.read import read_book
from plan_tracker.intake import readers
from tests.desk import KPIS, PROJECTS, TABLES, UNITS, Desk, issue_small_workspace
from tests.faults import Faults, Killed, fiu_words, injected, played_in_a_process

SEED = int(os.environ.get("TORTURE_SEED") or 22)
SAID = os.environ.get("TORTURE") or "1"
KILLS, FIU = int(os.environ.get("KILLS") or 2), int(os.environ.get("FIU") or 1)
REASON = ("--because", "ทดสอบ")
# Two units with a project each and one KPI: the smallest register that runs each path.
SMALL = {**TABLES, "units": UNITS[:2], "projects": [PROJECTS[0], PROJECTS[2]], "kpis": KPIS[:1]}
ROWS = (
    "SELECT unit, version, outcome, original, file FROM returns ORDER BY 1, 2",
    "SELECT kind, unit, path, withdrawn_at > '', number FROM letters ORDER BY 1, 2, 3",
    "SELECT unit, version, code, state FROM answer_states JOIN returns ON id = return_id ORDER BY 1, 2, 3",
    "SELECT act FROM review_acts ORDER BY id",
    "SELECT number, reader, text, resolved_at > '' FROM comments ORDER BY 1",
    "SELECT version, because FROM registers ORDER BY 1",
    "SELECT text FROM orders ORDER BY 1",
    "SELECT state, path FROM mails ORDER BY 2",
)


@contextmanager
def read_here() -> Iterator[None]:
    """Files are read in this process: what readers of their own do is none of the command's operations."""

    @contextmanager
    def here(_files: int, _limits: Any, _cluster: str = "") -> Iterator[Any]:
        yield lambda contents, limits, passwords=(): [read_book(content, limits, passwords) for content in contents]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "readers", here)
        yield


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


def run(root: Path, words: Sequence[str], faults: Faults | None = None) -> Any:
    with read_here(), injected(faults or Faults(root)):
        return Desk(root).invoke(*words, "--json")


def ended(root: Path) -> tuple[object, ...]:
    """Where a workspace stands: which files are where, what is kept of returns, letters, reviews, orders and mails."""
    folders = ("inbox", "outbox", "data/originals", "data/staged", "data/submitted")
    paths = [path for name in folders for path in (root / name).rglob("*") if path.is_file()]
    paths += [path for path in root.iterdir() if path.is_file()]
    database = sqlite3.connect(root / "data" / "plantrack.db")
    rows = tuple(database.execute(sql).fetchall() for sql in ROWS)
    database.close()
    return sorted(path.relative_to(root).as_posix() for path in paths), *rows


def check(root: Path, words: Sequence[str], expected: object, said: object) -> None:
    """The command once more: all stands where an undisturbed run leaves it, and nothing is wrong with it."""
    run(root, words)
    assert ended(root) == expected, said
    assert Desk(root).run("doctor", expect=0)["faults"] == [], said


@pytest.mark.parametrize("name", CASES)
def test_after_any_fault_the_next_run_ends_where_an_undisturbed_one_would(
    name: str, before: Callable[[str], Path], tmp_path: Path
) -> None:
    words, clean, root = CASES[name].words, tmp_path / "เดิม", tmp_path / "งาน"
    shutil.copytree(before(name), clean)
    counted = Faults(clean)
    result = run(clean, words, counted)
    assert result.exit_code in (0, 1), result.output
    expected, chosen = ended(clean), list(counted.every)
    if SAID != "all":
        chosen = random.Random(f"{SEED} {name}").sample(chosen, min(int(SAID), len(chosen)))
    for at, kind in chosen:
        shutil.copytree(before(name), root)
        with suppress(Killed):
            result = run(root, words, Faults(root, at, kind))
            assert result.exit_code in (0, 1, 2), (at, kind, result.output)
        check(root, words, expected, (name, at, counted.operations[at - 1], kind))
        shutil.rmtree(root)
    every = len(list(counted.every))
    print(f"\n{name}: {len(chosen)} of {every} faults at {len(counted.operations)} operations")  # noqa: T201


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_after_a_kill_at_any_moment_too(before: Callable[[str], Path], tmp_path: Path) -> None:
    """Real ones, also in the midst of SQLite's own commits."""
    drawn, root, came, known = random.Random(SEED), tmp_path / "งาน", 0, dict[str, tuple[object, float]]()
    for _turn in range(KILLS):
        name = drawn.choice(["ingest", "issue-forms", "accept", "letters number", "register load"])
        words = CASES[name].words
        if name not in known:
            clean = tmp_path / name
            shutil.copytree(before(name), clean)
            began = time.monotonic()
            run(clean, words)
            known[name] = ended(clean), time.monotonic() - began
        expected, seconds = known[name]
        moment = drawn.uniform(0, seconds)
        shutil.copytree(before(name), root)
        came += played_in_a_process(lambda words=words: run(root, words), moment)
        check(root, words, expected, (name, moment))
        shutil.rmtree(root)
    print(f"\n{came} of {KILLS} runs were killed before their end")  # noqa: T201


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
        check(root, words, ended(clean), (name, turn, ended_with.returncode, ended_with.stderr[-300:]))
        shutil.rmtree(root)
    print(f"\n{failed} of {FIU} runs under libfiu failed")  # noqa: T201
