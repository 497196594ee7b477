"""Plays the faults of one command: of every operation, or of as many as are drawn by the seed (R27).

``TORTURE`` says how many (``all``, or a number for each command), ``TORTURE_SEED`` which. ``TORTURE_LOG`` names a file
in which each that has been played to its good end is noted, so that a run that was cut off goes on where it stopped:
by the command, the operations that it has, and the fault, so that other operations are played anew.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from plan_tracker.forms.reading.read import read_book
from plan_tracker.intake import readers
from tests.desk import KPIS, PROJECTS, TABLES, UNITS, Desk
from tests.faults import Faults, Moments, content_of, copy_workspace, injected

SEED = int(os.environ.get("TORTURE_SEED") or 22)
SAID = os.environ.get("TORTURE") or "1"
LOG = Path(os.environ["TORTURE_LOG"]) if os.environ.get("TORTURE_LOG") else None
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
    "SELECT uid, sha256, file FROM fetched_mails ORDER BY 1",
)


@dataclass(frozen=True)
class Outside:
    """What a command changes beside the workspace: how it stands, how it is put back, and what an officer does after
    a run that was cut off, before and after the next one.
    """

    stands: Callable[[], Any] = lambda: None
    put_back: Callable[[Any], object] = lambda _state: None
    after: Callable[[Desk], object] = lambda _desk: None


@contextmanager
def read_here() -> Iterator[None]:
    """Files are read in this process: what readers of their own do is none of the command's operations."""

    @contextmanager
    def here(_files: int, _limits: Any, _cluster: str = "") -> Iterator[Any]:
        yield lambda contents, limits, passwords=(): [read_book(content, limits, passwords) for content in contents]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "readers", here)
        yield


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


class Torture:
    """The command ``words``, from the workspace ``before`` on, again and again in ``folder``."""

    def __init__(
        self, name: str, words: Sequence[str], before: Path, folder: Path, outside: Outside | None = None
    ) -> None:
        self.name, self.words, self.before, self.outside = name, words, before, outside or Outside()
        self.root, self._kills = folder / "งาน", folder / "kills"
        self._began, self._good = self.outside.stands(), set[object]()
        self.counted = Faults(self.root)
        self._anew()
        result = run(self.root, words, self.counted)
        assert result.exit_code in (0, 1), result.output
        self.expected = ended(self.root), self.outside.stands()

    def play(self) -> str:
        """All that are chosen and have not been played; says how many. Fails once all have been, with each that did."""
        every = list(self.counted.every)
        chosen = every
        if SAID != "all":
            chosen = random.Random(f"{SEED} {self.name}").sample(every, min(int(SAID), len(every)))
        operations = hashlib.sha256(" ".join(self.counted.operations).encode()).hexdigest()[:12]
        known, failed = played(), list[str]()
        left = [fault for fault in chosen if _line(self.name, operations, fault) not in known]
        for at, kind, trouble in chain(self._killed(left), self._failing(left)):
            if trouble:
                failed.append(f"{self.name}: {kind} at {at}, {self.counted.operations[at - 1]}\n{trouble}")
                print(failed[-1], flush=True)  # noqa: T201
            else:
                note(_line(self.name, operations, (at, kind)))
        assert not failed, "\n".join(failed)
        of = f"{len(every)} faults at {len(self.counted.operations)} operations"
        return f"{self.name}: {len(chosen)} of {of}, {len(self._good)} ways to end"

    def _killed(self, chosen: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
        """The runs that are killed: one run leaves what each of them would."""
        self._anew()
        wanted = {at for at, kind in chosen if kind == "kill"}
        if not wanted:
            return
        moments = Moments(self.root, self._kills, wanted, self.outside.stands)
        run(self.root, self.words, moments)
        told = dict[Path, str]()
        for at, left in sorted(moments.left.items()):
            if left not in told:
                shutil.rmtree(self.root)
                left.rename(self.root)
                self.outside.put_back(moments.beside[left])
                told[left] = self._trouble()
            yield at, "kill", told[left]
        assert set(moments.left) == wanted, "not the same operations in each run"

    def _failing(self, chosen: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
        for at, kind in chosen:
            if kind == "kill":
                continue
            self._anew()
            result = run(self.root, self.words, Faults(self.root, at, kind))
            said = "" if result.exit_code in (0, 1, 2) else f"{result.exit_code} {result.output}"
            yield at, kind, said or self._trouble()

    def _anew(self) -> None:
        if self.root.exists():
            shutil.rmtree(self.root)
        copy_workspace(self.before, self.root)
        self.outside.put_back(self._began)

    def _trouble(self) -> str:
        """The command once more: what is wrong then; nothing where all stands as an undisturbed run leaves it.

        From equal states it is given once.
        """
        state = content_of(self.root), self.outside.stands()
        if state not in self._good:
            try:
                check(self.root, self.words, self.expected, self.outside)
            except AssertionError:
                return traceback.format_exc(limit=-1)
            self._good.add(state)
        return ""


def check(root: Path, words: Sequence[str], expected: object, outside: Outside) -> None:
    """The command once more: all stands where an undisturbed run leaves it, and nothing is wrong with it."""
    with read_here():
        Desk(root).invoke(*words, "--json")
        outside.after(Desk(root))
    assert (ended(root), outside.stands()) == expected
    assert Desk(root).run("doctor", expect=0)["faults"] == []


def _line(name: str, operations: str, fault: tuple[int, str]) -> str:
    return f"{name}\t{operations}\t{fault[0]}\t{fault[1]}"


def played() -> frozenset[str]:
    """The lines of the log."""
    return frozenset(LOG.read_text("utf-8").splitlines()) if LOG and LOG.exists() else frozenset()


def note(line: str) -> None:
    """Adds a line to the log, where there is one."""
    if LOG:
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("a", encoding="utf-8") as log:
            log.write(line + "\n")
