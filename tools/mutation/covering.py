"""Which tests run which line, and how long each takes: played once, kept in ``.mutation/covering.json``.

A fixture of several tests is a context of its own, so that what it runs counts for all of its tests.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import coverage
import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".mutation" / "covering.json"
LONG = 20.0  # seconds; a test that takes longer is none to hold hundreds of mutants against
_FIXTURE = "fixture "


@dataclass(frozen=True)
class Covering:
    """``lines``: by file and line, the tests that run it. ``seconds``: by test. Lines that importing runs have none.

    ``shared``: by test, the fixtures that it has in common with others; ``preparing``: the seconds that each takes.
    """

    lines: dict[str, dict[int, list[str]]]
    seconds: dict[str, float]
    shared: dict[str, list[str]]
    preparing: dict[str, float]

    def tests(self, file: str, line: int, noticed: Mapping[str, int]) -> list[str]:
        """The tests of a line, then those of its module, in the order in which they are likely to pay.

        The quickest comes first, but one that has ``noticed`` many mutants of the module counts for quicker by that.
        What importing runs has no tests of its own, and what is cached is run by the first test alone that asks for it.
        """
        of_file = self.lines.get(file, {})
        own = set(of_file.get(line, ()))
        others = {test for tests in of_file.values() for test in tests} - own
        return [*self._likely(own, noticed), *self._likely(others, noticed)]

    def _likely(self, tests: set[str], noticed: Mapping[str, int]) -> list[str]:
        short = (test for test in tests if self.alone(test) < LONG)
        return sorted(short, key=lambda test: (self.alone(test) / (1 + noticed.get(test, 0)), test))

    def alone(self, test: str) -> float:
        """Seconds of a test that is played by itself."""
        return self.seconds[test] + sum(self.preparing[fixture] for fixture in self.shared[test])

    def not_running(self, file: str, line: int, fixtures: Collection[str]) -> list[str]:
        """Those of ``fixtures`` that can't run the line: not all tests that use one do. Importing runs it for all."""
        own = set(self.lines.get(file, {}).get(line, ()))
        doubtful = set(fixtures) if not own else set(fixtures) - self._used(set(self.seconds) - own)
        return [fixture for fixture in fixtures if fixture not in doubtful]

    def _used(self, tests: Collection[str]) -> set[str]:
        return {fixture for test in tests for fixture in self.shared[test]}

    def with_prepared(self, fixtures: Collection[str]) -> Covering:
        """The same where ``fixtures`` need no preparation."""
        return replace(self, preparing=self.preparing | dict.fromkeys(fixtures, 0.0))

    def affordable(self, tests: Sequence[str], budget: float) -> list[str]:
        """As many of ``tests`` as take ``budget`` seconds, in their order."""
        spent, prepared = 0.0, set[str]()
        for number, test in enumerate(tests):
            needed = set(self.shared[test]) - prepared
            spent += self.seconds[test] + sum(self.preparing[fixture] for fixture in needed)
            if spent > budget:
                return list(tests[:number])
            prepared |= needed
        return list(tests)

    def together(self, tests: Collection[str]) -> float:
        """Seconds of tests that are played in one go: what they share is prepared once."""
        return sum(self.seconds[test] for test in tests) + sum(self.preparing[name] for name in self._used(tests))


class _Contexts:
    """Tells coverage which test is running, and times it; ends the run once that has taken ``limit`` seconds."""

    def __init__(self, measured: coverage.Coverage, limit: float) -> None:
        self.measured, self.limit, self.stack = measured, limit, [""]
        self.shared: dict[str, list[str]] = {}
        self.seconds: dict[str, float] = {}
        self.preparing: dict[str, float] = defaultdict(float)

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
        fixtures = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009 - pytest's own
        self.shared[item.nodeid] = [fixture_name(found[-1]) for found in fixtures.values() if _is_shared(found[-1])]
        began, prepared = _clock(), sum(self.preparing.values())
        with self.within(item.nodeid):
            result = yield
        self.seconds[item.nodeid] = _clock() - began - sum(self.preparing.values()) + prepared
        if sum(self.seconds.values()) > self.limit:
            item.session.shouldstop = "enough"
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        if not _is_shared(fixturedef):
            return (yield)
        began = _clock()
        with self.within(_FIXTURE + fixture_name(fixturedef)):
            made = yield
        self.preparing[fixture_name(fixturedef)] += _clock() - began
        return made

    def tests(self, context: str) -> list[str]:
        """The tests that a context counts for."""
        name = context.removeprefix(_FIXTURE)
        return [context] if name == context else [test for test, names in self.shared.items() if name in names]


def fixture_name(fixture: Any) -> str:
    """The name of one of pytest's fixtures, with where it is defined."""
    return f"{fixture.baseid}::{fixture.argname}"


def _is_shared(fixture: Any) -> bool:
    return fixture.scope in ("session", "package", "module")


def _clock() -> float:
    """Seconds of processor time, with those of programs that were called."""
    return sum(os.times()[:4])


def measure(files: list[str], words: list[str], limit: float) -> None:
    """Plays the tests that ``words`` (pytest's own) choose, for ``limit`` seconds at most; keeps what of ``files`` ran.

    What was kept of other tests stays, so that a long measurement may be taken in parts, also at the same time.
    """
    KEPT.parent.mkdir(exist_ok=True)
    measured = coverage.Coverage(data_file=None, include=[str(ROOT / file) for file in files], config_file=False)
    contexts = _Contexts(measured, limit)
    measured.start()
    pytest.main(["-q", "-n", "0", "-p", "no:cacheprovider", *words], plugins=[contexts])
    measured.stop()
    lines = dict(_lines(measured.get_data(), contexts))
    made = Covering(lines, contexts.seconds, contexts.shared, contexts.preparing)
    with FileLock(KEPT.with_suffix(".lock")):
        _keep(_added(read_covering(), made) if KEPT.exists() else made)


def _added(kept: Covering, made: Covering) -> Covering:
    """What was ``made``, and of what was ``kept`` all but the same tests'."""
    kept = of_tests(kept, frozenset(kept.seconds) - frozenset(made.seconds))
    lines = {file: dict(by_line) for file, by_line in kept.lines.items()}
    for file, by_line in made.lines.items():
        of_file = lines.setdefault(file, {})
        for line, tests in by_line.items():
            of_file[line] = [*of_file.get(line, ()), *tests]
    return Covering(lines, kept.seconds | made.seconds, kept.shared | made.shared, {**kept.preparing, **made.preparing})


def _lines(data: coverage.CoverageData, played: _Contexts) -> Iterator[tuple[str, dict[int, list[str]]]]:
    counted = cache(played.tests)
    for file in sorted(data.measured_files()):
        by_line: dict[int, list[str]] = {}
        for line, contexts in sorted(data.contexts_by_lineno(file).items()):
            if tests := {test for context in contexts if context for test in counted(context)}:
                by_line[line] = sorted(tests)
        yield Path(file).relative_to(ROOT).as_posix(), by_line


def of_tests(covering: Covering, there: frozenset[str]) -> Covering:
    """What was kept of the tests that are ``there`` still: one that is not would be taken to fail."""
    lines = {
        file: {line: [test for test in tests if test in there] for line, tests in by_line.items()}
        for file, by_line in covering.lines.items()
    }
    return replace(covering, lines=lines, seconds={test: s for test, s in covering.seconds.items() if test in there})


def _keep(covering: Covering) -> None:
    """Lines have the numbers of tests: their names would take hundreds of megabytes."""
    tests = list(covering.seconds)
    numbers = {test: number for number, test in enumerate(tests)}
    lines = {
        file: {line: [numbers[test] for test in found] for line, found in by_line.items()}
        for file, by_line in covering.lines.items()
    }
    KEPT.write_text(json.dumps(vars(covering) | {"lines": lines}), "utf-8")


def read_covering() -> Covering:
    """What ``measure`` kept."""
    kept = json.loads(KEPT.read_text("utf-8"))
    tests = list(kept["seconds"])
    lines = {
        file: {int(line): [tests[number] for number in found] for line, found in by_line.items()}
        for file, by_line in kept["lines"].items()
    }
    return Covering(lines, kept["seconds"], kept["shared"], kept["preparing"])
