"""Which tests run which line, and how long each takes: played once, kept in ``.mutation/covering.json``.

A fixture of several tests is a context of its own, so that what it runs counts for all of its tests.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".mutation" / "covering.json"
LONG = 20.0  # seconds; a test that takes longer is none to hold hundreds of mutants against
_FIXTURE = "fixture "


@dataclass(frozen=True)
class Covering:
    """``lines``: by file and line, the tests that run it. ``seconds``: by test. Lines that importing runs have none."""

    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]

    def tests(self, file: str, line: int) -> list[str]:
        """The tests of a line, the quickest first, then those of its module.

        What importing runs has no tests of its own, and what is cached is run by the first test alone that asks for it.
        """
        of_file = self.lines.get(file, {})
        own = set(of_file.get(line, ()))
        others = {test for tests in of_file.values() for test in tests} - own
        return [*self._quickest(own), *self._quickest(others)]

    def _quickest(self, tests: set[str]) -> list[str]:
        short = (test for test in tests if self.seconds[test] < LONG)
        return sorted(short, key=lambda test: (self.seconds[test], test))


class _Contexts:
    """Tells coverage which test is running, and times it; ends the run once that has taken ``limit`` seconds."""

    def __init__(self, measured: coverage.Coverage, limit: float) -> None:
        self.measured, self.limit, self.stack = measured, limit, [""]
        self.fixtures: dict[str, set[str]] = defaultdict(set)
        self.seconds: dict[str, float] = {}

    @contextmanager
    def within(self, context: str) -> Iterator[None]:
        self.stack.append(context)
        self.measured.switch_context(context)
        try:
            yield
        finally:
            self.stack.pop()
            self.measured.switch_context(self.stack[-1])

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        for name in getattr(item, "fixturenames", ()):
            self.fixtures[_FIXTURE + name].add(item.nodeid)
        began = time.process_time()
        with self.within(item.nodeid):
            result = yield
        self.seconds[item.nodeid] = time.process_time() - began
        if sum(self.seconds.values()) > self.limit:
            item.session.shouldstop = "enough"
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        shared = fixturedef.scope in ("session", "package", "module")
        with self.within(_FIXTURE + fixturedef.argname if shared else self.stack[-1]):
            return (yield)


def measure(words: list[str], limit: float) -> None:
    """Plays the tests that ``words`` (pytest's own) choose, for ``limit`` seconds at most; keeps what ran what.

    What was kept of other tests stays, so that a long measurement may be taken in parts.
    """
    KEPT.parent.mkdir(exist_ok=True)
    measured = coverage.Coverage(data_file=None, source=[str(ROOT / "src")], config_file=False)
    contexts = _Contexts(measured, limit)
    measured.start()
    pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", *words], plugins=[contexts])
    measured.stop()
    made = Covering(dict(_lines(measured.get_data(), contexts.fixtures)), contexts.seconds)
    together = _added(read_covering(), made) if KEPT.exists() else made
    KEPT.write_text(json.dumps({"lines": together.lines, "seconds": together.seconds}), "utf-8")


def _added(kept: Covering, made: Covering) -> Covering:
    """What was ``made``, and of what was ``kept`` all but the same tests'."""
    kept = of_tests(kept, frozenset(kept.seconds) - frozenset(made.seconds))
    lines = {file: dict(by_line) for file, by_line in kept.lines.items()}
    for file, by_line in made.lines.items():
        of_file = lines.setdefault(file, {})
        for line, tests in by_line.items():
            of_file[line] = [*of_file.get(line, ()), *tests]
    return Covering(lines, kept.seconds | made.seconds)


def _lines(data: coverage.CoverageData, fixtures: dict[str, set[str]]) -> Iterator[tuple[str, dict[int, list[str]]]]:
    for file in sorted(data.measured_files()):
        by_line: dict[int, list[str]] = {}
        for line, contexts in sorted(data.contexts_by_lineno(file).items()):
            tests = {test for context in contexts for test in fixtures.get(context, {context})}
            if tests - {""}:
                by_line[line] = sorted(tests - {""})
        yield Path(file).relative_to(ROOT).as_posix(), by_line


def of_tests(covering: Covering, there: frozenset[str]) -> Covering:
    """What was kept of the tests that are ``there`` still: one that is not would be taken to fail."""
    lines = {
        file: {line: [test for test in tests if test in there] for line, tests in by_line.items()}
        for file, by_line in covering.lines.items()
    }
    return Covering(lines, {test: seconds for test, seconds in covering.seconds.items() if test in there})


def read_covering() -> Covering:
    """What ``measure`` kept."""
    kept = json.loads(KEPT.read_text("utf-8"))
    lines = {file: {int(line): tests for line, tests in by_line.items()} for file, by_line in kept["lines"].items()}
    return Covering(lines, kept["seconds"])
