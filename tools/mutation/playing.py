"""Draws mutants by a seed, and plays each in a process of its own, forked where all libraries are loaded already."""

from __future__ import annotations

import ast
import hashlib
import importlib.machinery
import os
import random
import resource
import signal
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from tools.mutation.covering import ROOT, Covering
from tools.mutation.operators import mutations
from tools.mutation.preparing import Reusing, Silent

SOURCE = "src/plan_tracker/"
SCOPE = ("checking", "analysis", "steps", "merging", "due", "documents/shared_columns.py")
SCOPE_OF_TABLES = ("documents/workbooks/master_columns.py", "documents/workbooks/master_rows.py")
BUT = ("checking/catalogue", "checking/parsing/none_words.py")  # words alone
_STAGES = (12, 60, 100_000)  # tests: to gather few takes less time
_ALLOWED, _FACTOR = 60, 4  # seconds of processor time beyond the tests' own: a mutant that takes more never ends
_SLOWER = 8  # so much longer by the clock, where the machine has other work: one that waits for ever


class Fate(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    ENDLESS = "endless"
    UNNOTICED = "unnoticed"
    UNTESTED = "untested"  # no test runs its line


@dataclass(frozen=True)
class Mutant:
    """The ``at``-th change of a file; its ``key`` is made of what it changes, and stays when the rest changes."""

    file: str
    at: int
    line: int
    what: str
    key: str

    @property
    def name(self) -> str:
        return f"{self.file.removeprefix(SOURCE)}:{self.line} {self.what}"


def files() -> list[str]:
    """The modules whose bugs would change what is found, counted or told."""
    found = []
    for name in (*SCOPE, *SCOPE_OF_TABLES):
        place = ROOT / SOURCE / name
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    names = (path.relative_to(ROOT).as_posix() for path in found)
    return [name for name in names if not name.removeprefix(SOURCE).startswith(BUT)]


def draw(number: int, seed: int) -> list[Mutant]:
    """``number`` of all mutants, each as likely as another; what changes in the code changes its own alone."""
    every = [mutant for file in files() for mutant in _mutants(file)]
    return sorted(every, key=lambda mutant: _digest(f"{seed} {mutant.key}"))[:number]


def _mutants(file: str) -> Iterator[Mutant]:
    """Every mutant of a file, by the statement at the module's level that it is in and what it changes there."""
    tree, met = ast.parse((ROOT / file).read_text("utf-8")), Counter[tuple[str, str]]()
    around = {line: ast.unparse(one) for one in tree.body for line in _lines(one)}
    for at, found in enumerate(mutations(tree)):
        met[around[found.line], found.what] += 1
        said = f"{file} {found.what} {met[around[found.line], found.what]} {around[found.line]}"
        yield Mutant(file, at, found.line, found.what, _digest(said)[:16])


def _lines(statement: ast.stmt) -> range:
    return range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def play(
    mutants: Iterable[Mutant],
    covering: Covering,
    values: Mapping[str, bytes],
    noticed: Mapping[str, Counter[str]],
    budget: float,
    processes: int,
) -> Iterator[tuple[Mutant, Fate, str]]:
    """What became of each, and the test that noticed, in the order in which they end; ``processes`` play at a time.

    Tests for ``budget`` seconds are played: what none of them notices counts as unnoticed. ``noticed``: how many
    mutants of each file each test has noticed; such a test comes early.
    ``values`` are of fixtures (``reusable``): those that don't run a mutant's line are not prepared anew for it.
    """
    running: dict[int, tuple[Mutant, Path]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for mutant in mutants:
            own = covering.not_running(mutant.file, mutant.line, values)
            prepared = covering.with_prepared(own)
            tests = prepared.affordable(prepared.tests(mutant.file, mutant.line, noticed[mutant.file]), budget)
            if not tests:
                yield mutant, Fate.UNTESTED, ""
                continue
            if len(running) == processes:
                yield _ended(running)
            told = Path(folder) / mutant.key
            limit = int(prepared.together(tests) * _FACTOR) + _ALLOWED
            child = os.fork()
            if not child:
                _play_here(mutant, tests, {name: values[name] for name in own}, told, limit)
            running[child] = mutant, told
        while running:
            yield _ended(running)


def _ended(running: dict[int, tuple[Mutant, Path]]) -> tuple[Mutant, Fate, str]:
    """Waits for one of them."""
    child, status = os.wait()
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    mutant, told = running.pop(child)
    if os.WIFSIGNALED(status):
        return mutant, Fate.ENDLESS, ""
    fate = Fate.CAUGHT if os.WEXITSTATUS(status) else Fate.UNNOTICED
    return mutant, fate, told.read_text("utf-8") if told.exists() else ""


def _play_here(mutant: Mutant, tests: list[str], values: Mapping[str, bytes], told: Path, limit: int) -> None:
    """In the child: never returns. Its exit code says whether a test failed."""
    failed = 1
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        signal.alarm(limit * _SLOWER)
        random.seed(mutant.key)
        _be_silent()
        _put_in(mutant)
        failed = any(_failed(stage, [_Telling(told), Reusing(values)]) for stage in _stages(tests))
    finally:
        os._exit(int(failed))


def _be_silent() -> None:
    void = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(void, stream)


def _stages(tests: list[str]) -> Iterator[list[str]]:
    begin = 0
    for size in _STAGES:
        if stage := tests[begin : begin + size]:
            yield stage
        begin += size


def _failed(tests: list[str], plugins: Sequence[object]) -> bool:
    words = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
    return pytest.main(words, plugins=[Silent(), *plugins]) not in (0, 5)


class _Telling:
    def __init__(self, path: Path) -> None:
        self.path = path

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.path.write_text(report.nodeid, "utf-8")


def _put_in(mutant: Mutant) -> None:
    """From now on importing the mutant's module gives the mutant."""
    real = importlib.machinery.SourceFileLoader.get_code
    place = str(ROOT / mutant.file)

    def get_code(loader: Any, name: str) -> CodeType | None:
        if loader.get_filename(name) != place:
            return real(loader, name)
        tree = ast.parse(Path(place).read_text("utf-8"))
        list(mutations(tree))[mutant.at].make()
        return compile(ast.fix_missing_locations(tree), place, "exec")

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]
