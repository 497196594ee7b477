"""Whatever operation of a command fails, or is its last: the next run ends where an undisturbed one would (R27).

``make torture`` takes every operation; the tests a few, by a seed that they tell.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from plan_tracker.forms.reading.read import read_book
from plan_tracker.intake import readers
from tests.desk import Desk
from tests.faults import KINDS, Faults, Killed, injected

EVERY = os.environ.get("TORTURE") == "all"
SEED = int(os.environ.get("TORTURE_SEED") or 22)
FEW = 1
WORDS: dict[str, tuple[str, ...]] = {
    "issue-forms": ("issue-forms", "q1"),
    "ingest": ("ingest",),
    "accept": ("accept", "q1", "YS", "--because", "ทดสอบ"),
    "report": ("report", "q1"),
    "review submit": ("review", "submit", "q1"),
}
ROWS = (
    "SELECT unit, version, outcome, original, file FROM returns ORDER BY 1, 2",
    "SELECT kind, unit, replace(path, 'withdrawn/', 'corrections/'), withdrawn_at > '' FROM letters ORDER BY 1, 2, 3",
    "SELECT return_id, code, state FROM answer_states ORDER BY 1, 2",
    "SELECT act FROM review_acts ORDER BY id",
)


@pytest.fixture(scope="module")
def states(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workspace before each command: forms out, returns in the inbox, taken in, and reported on."""
    folder = tmp_path_factory.mktemp("faults")
    made = {name: folder / name for name in ("issued", "waiting", "taken", "reported")}
    shutil.copytree(issued_root, made["issued"])
    shutil.copytree(made["issued"], made["waiting"])
    desk = Desk(made["waiting"])
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    desk.send_back("ETDA")
    shutil.copytree(made["waiting"], made["taken"])
    with read_here():
        Desk(made["taken"]).run("ingest", expect=1)
    shutil.copytree(made["taken"], made["reported"])
    Desk(made["reported"]).run("report", "q1")
    before = ("issued", "waiting", "taken", "taken", "reported")
    return dict(zip(WORDS, map(made.__getitem__, before), strict=True))


@contextmanager
def read_here() -> Iterator[None]:
    """Files are read in this process: what readers of their own do is none of the command's operations."""

    @contextmanager
    def here(_files: int, _limits: Any) -> Iterator[Any]:
        yield lambda contents, limits, passwords=(): [read_book(content, limits, passwords) for content in contents]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "readers", here)
        yield


def run(root: Path, words: Sequence[str], faults: Faults | None = None) -> Any:
    with read_here(), injected(faults or Faults(root)):
        return Desk(root).invoke(*words, "--json")


def ended(root: Path) -> tuple[object, ...]:
    """Where a workspace stands: which files are where, what is kept of returns, letters and reviews.

    A withdrawn paper that can't be moved, as when it is open in Word, stays where it is, and is only marked.
    """
    folders = ("inbox", "outbox", "data/originals", "data/staged", "data/submitted")
    paths = (path for name in folders for path in (root / name).rglob("*") if path.is_file())
    files = {path.relative_to(root).as_posix().replace("/withdrawn/", "/corrections/") for path in paths}
    database = sqlite3.connect(root / "data" / "plantrack.db")
    rows = tuple(database.execute(sql).fetchall() for sql in ROWS)
    database.close()
    return sorted(files), *rows


def operations(root: Path, words: Sequence[str], scratch: Path) -> int:
    shutil.copytree(root, scratch)
    counted = Faults(scratch)
    result = run(scratch, words, counted)
    assert result.exit_code in (0, 1), result.output
    return counted.count


@pytest.mark.parametrize("name", WORDS)
def test_after_any_fault_the_next_run_ends_where_an_undisturbed_one_would(
    name: str, states: dict[str, Path], tmp_path: Path
) -> None:
    words, clean = WORDS[name], tmp_path / "งาน เดิม"
    count = operations(states[name], words, clean)
    expected = ended(clean)
    chosen = [(at, kind) for at in range(1, count + 1) for kind in KINDS]
    if not EVERY:
        chosen = random.Random(f"{SEED} {name}").sample(chosen, FEW)
    for at, kind in chosen:
        root = tmp_path / "งาน"
        shutil.copytree(states[name], root)
        with suppress(Killed):
            result = run(root, words, Faults(root, at, kind))
            assert result.exit_code in (0, 1, 2), (at, kind, result.output)
        run(root, words)
        assert ended(root) == expected, (name, at, kind)
        assert Desk(root).run("doctor", expect=0)["faults"] == [], (name, at, kind)
        shutil.rmtree(root)
    print(f"\n{name}: {len(chosen)} faults at {count} operations")  # noqa: T201
