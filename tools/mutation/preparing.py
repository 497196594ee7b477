"""What is done once for all mutants: libraries are loaded, and what tests have in common is prepared."""

from __future__ import annotations

import inspect
import os
import pickle
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tools.mutation.covering import ROOT, Covering, fixture_name

_OURS = ("plan_tracker", "tests", "conftest")


def load_libraries(tests: Sequence[str]) -> frozenset[str]:
    """Imports all that tests import, and forgets our own modules again: each mutant imports those anew.

    Gives the tests that there are still.
    """
    folders = sorted({test.split("::")[0] for test in tests if (ROOT / test.split("::")[0]).exists()})
    silent = Silent()
    pytest.main(["-q", "-n", "0", "--collect-only", "-p", "no:cacheprovider", *folders], plugins=[silent])
    for name in [name for name in sys.modules if name.split(".")[0] in _OURS]:
        del sys.modules[name]
    return frozenset(silent.collected)


class Silent:
    """pytest without a word; knows what it collected."""

    def __init__(self) -> None:
        self.collected: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.collected = [item.nodeid for item in session.items]

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        config.pluginmanager.unregister(reporter)


def reusable(covering: Covering, folder: Path) -> dict[str, bytes]:
    """What the fixtures of the whole session give on unchanged code, pickled, by their names; files go to ``folder``.

    Left out are those that clean up after themselves, and values of our own classes: mutants import those anew.
    """
    quickest = sorted(covering.seconds, key=covering.alone, reverse=True)
    chosen = {fixture: test for test in quickest for fixture in covering.shared[test] if fixture.startswith("tests::")}
    with tempfile.NamedTemporaryFile() as kept:
        child = os.fork()
        if not child:
            _prepare(sorted(set(chosen.values())), folder, Path(kept.name))
        os.waitpid(child, 0)
        values: dict[str, bytes] = pickle.load(kept)  # noqa: S301 - our own
    return values


def _prepare(tests: list[str], folder: Path, kept: Path) -> None:
    """In a child, which imports our modules: never returns."""
    try:
        keeping = _Keeping()
        words = ["-q", "-n", "0", "-p", "no:cacheprovider", f"--basetemp={folder}", *tests]
        pytest.main(words, plugins=[Silent(), keeping])
        kept.write_bytes(pickle.dumps(keeping.values))
    finally:
        os._exit(0)


class _Keeping:
    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:
        value = yield
        if fixturedef.scope == "session" and value is not None and not inspect.isgeneratorfunction(fixturedef.func):
            try:
                pickled = pickle.dumps(value)
            except Exception:  # whatever can't be carried over is prepared anew
                return value
            if not any(name.encode() in pickled for name in ("plan_tracker", "_pytest")):
                self.values[fixture_name(fixturedef)] = pickled
        return value


class Reusing:
    """Gives fixtures the values that are known already."""

    def __init__(self, values: Mapping[str, bytes]) -> None:
        self.values = values

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Any:
        if (pickled := self.values.get(fixture_name(fixturedef))) is None:
            return None
        value = pickle.loads(pickled)  # noqa: S301 - our own
        fixturedef.cached_result = value, fixturedef.cache_key(request), None
        return value
