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
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True)
class Playing:
    """How mutants are played: against which tests, for how many seconds (``budget``), how many at a time.

    ``values`` are of fixtures (``reusable``): those that don't run a mutant's line are not prepared anew for it.
    ``noticed``: how many mutants of each file each test has noticed; such a test comes early. ``sound``: whether a test
    passes here where nothing is changed, as far as that is known: one that doesn't has noticed nothing.
    """

    covering: Covering
    values: Mapping[str, bytes]
    noticed: Mapping[str, Counter[str]]
    budget: float
    processes: int
    sound: dict[str, bool] = field(default_factory=dict)

    def play(self, mutants: Iterable[Mutant]) -> Iterator[tuple[Mutant, Fate, str]]:
        """What became of each, and the test that noticed, in the order in which they end."""
        due, running = deque(mutants), dict[int, _Run]()
        with tempfile.TemporaryDirectory() as folder:
            while due or running:
                if due and len(running) < self.processes:
                    run = self._run(due.popleft(), Path(folder))
                    if run.tests:
                        running[_forked(run)] = run
                    else:
                        yield run.mutant, Fate.UNTESTED, ""
                    continue
                run, fate, test = _ended(running)
                if fate is Fate.CAUGHT and test and not self._is_sound(test, run):
                    due.appendleft(run.mutant)
                else:
                    yield run.mutant, fate, test

    def _run(self, mutant: Mutant, folder: Path) -> _Run:
        own = self.covering.not_running(mutant.file, mutant.line, self.values)
        prepared = self.covering.with_prepared(own)
        tests = prepared.tests(mutant.file, mutant.line, self.noticed[mutant.file])
        tests = prepared.affordable([test for test in tests if self.sound.get(test, True)], self.budget)
        limit = int(prepared.together(tests) * _FACTOR) + _ALLOWED
        return _Run(mutant, tests, {name: self.values[name] for name in own}, folder / mutant.key, limit)

    def _is_sound(self, test: str, run: _Run) -> bool:
        """Whether ``test`` passes without the mutant that it is said to have noticed."""
        if test not in self.sound:
            child = _forked(replace(run, tests=[test], changed=False))
            self.sound[test] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        return self.sound[test]


@dataclass(frozen=True)
class _Run:
    """One mutant, or the code as it is, against ``tests``; which failed is written to ``told``."""

    mutant: Mutant
    tests: list[str]
    values: Mapping[str, bytes]
    told: Path
    limit: int
    changed: bool = True


def _ended(running: dict[int, _Run]) -> tuple[_Run, Fate, str]:
    """Waits for one of them."""
    child, status = os.wait()
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    run = running.pop(child)
    if os.WIFSIGNALED(status):
        return run, Fate.ENDLESS, ""
    fate = Fate.CAUGHT if os.WEXITSTATUS(status) else Fate.UNNOTICED
    return run, fate, run.told.read_text("utf-8") if run.told.exists() else ""


def _forked(run: _Run) -> int:
    """Plays it in a child, whose exit code says whether a test failed."""
    run.told.unlink(missing_ok=True)
    child = os.fork()
    if child:
        return child
    failed = 1
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (run.limit, run.limit))
        signal.alarm(run.limit * _SLOWER)
        random.seed(run.told.name)
        _be_silent()
        if run.changed:
            _put_in(run.mutant)
        failed = any(_failed(stage, [_Telling(run.told), Reusing(run.values)]) for stage in _stages(run.tests))
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
