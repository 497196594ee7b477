"""Draws mutants by a seed, and plays each in a process of its own, forked where all libraries are loaded already."""

from __future__ import annotations

import ast
import hashlib
import importlib.machinery
import os
import resource
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from tools.mutation.covering import ROOT, Covering
from tools.mutation.operators import mutations

SOURCE = "src/plan_tracker/"
SCOPE = ("checking", "analysis", "steps", "merging", "due", "documents/shared_columns.py")
SCOPE_OF_TABLES = ("documents/workbooks/master_columns.py", "documents/workbooks/master_rows.py")
BUT = ("checking/catalogue", "checking/parsing/none_words.py")  # words alone
_STAGES = (12, 60, 100_000)  # tests: to gather few takes less time
_ALLOWED, _FACTOR = 60, 4  # seconds of processor time beyond the tests' own: a mutant that takes more never ends


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


def load_libraries(tests: Sequence[str]) -> frozenset[str]:
    """Imports all that tests import, and forgets our own modules again: each mutant imports those anew.

    Gives the tests that there are still.
    """
    folders = sorted({test.split("::")[0] for test in tests if (ROOT / test.split("::")[0]).exists()})
    silent = _Silent()
    pytest.main(["-q", "-n", "0", "--collect-only", "-p", "no:cacheprovider", *folders], plugins=[silent])
    for name in [name for name in sys.modules if name.split(".")[0] in ("plan_tracker", "tests", "conftest")]:
        del sys.modules[name]
    return frozenset(silent.collected)


class _Silent:
    def __init__(self) -> None:
        self.collected: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.collected = [item.nodeid for item in session.items]

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        config.pluginmanager.unregister(reporter)


def play(mutant: Mutant, covering: Covering, budget: float) -> tuple[Fate, str]:
    """What became of it, and the test that noticed.

    Tests for ``budget`` seconds are played, the quickest first: what none of them notices counts as unnoticed.
    """
    tests = list(_affordable(covering.tests(mutant.file, mutant.line), covering, budget))
    if not tests:
        return Fate.UNTESTED, ""
    seconds = sum(covering.seconds[test] for test in tests)
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as told:
        child = os.fork()
        if not child:
            _play_here(mutant, tests, told.name, int(seconds * _FACTOR) + _ALLOWED)
        _pid, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        noticed = told.read()
    if os.WIFSIGNALED(status):
        return Fate.ENDLESS, ""
    return (Fate.CAUGHT if os.WEXITSTATUS(status) else Fate.UNNOTICED), noticed


def _affordable(tests: list[str], covering: Covering, budget: float) -> Iterator[str]:
    spent = 0.0
    for test in tests:
        spent += covering.seconds[test]
        if spent > budget:
            return
        yield test


def _play_here(mutant: Mutant, tests: list[str], told: str, limit: int) -> None:
    """In the child: never returns. Its exit code says whether a test failed."""
    failed = 1
    try:
        os.setpgid(0, 0)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        void = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(void, stream)
        _put_in(mutant)
        failed = any(_failed(stage, told) for stage in _stages(tests))
    finally:
        os._exit(int(failed))


def _stages(tests: list[str]) -> Iterator[list[str]]:
    begin = 0
    for size in _STAGES:
        if stage := tests[begin : begin + size]:
            yield stage
        begin += size


def _failed(tests: list[str], told: str) -> bool:
    words = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
    return pytest.main(words, plugins=[_Silent(), _Telling(Path(told))]) not in (0, 5)


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
