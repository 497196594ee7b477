"""What a whole process costs: processor time of itself and all that it started, time on the clock, and memory.

Processor time hardly depends on what else a machine is doing, so that ratios of it can be compared from run to run.
Not for Windows, which does not tell it of processes that have ended.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import psutil

PYTHON = sys.executable
_LOOK = 0.05  # seconds between two looks at the memory


class Cost(NamedTuple):
    """Seconds of all processors together, seconds on the clock, and MB that all processes together held at most."""

    processor: float
    clock: float
    memory: float


def cost_of(*command: str | Path, cwd: Path | None = None) -> Cost:
    """Runs ``command``. Exit codes 0 and 1 are both success: 1 says that somebody is needed."""
    begun = perf_counter()
    with subprocess.Popen(
        [str(word) for word in command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as started:
        weighing = _Weighing(started.pid)
        said = started.stderr.read() if started.stderr else ""
        _pid, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode > 1:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{said}")
    return Cost(used.ru_utime + used.ru_stime, perf_counter() - begun, weighing.end())


@contextmanager
def as_installed() -> Iterator[None]:
    """Every process finds its modules compiled by those before it, also where this environment writes no bytecode.

    An installation has them compiled; else a third of a short command's time would be the compiler's.
    """
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def plantrack(*words: str | Path, cwd: Path) -> Cost:
    return cost_of(PYTHON, "-m", "plan_tracker", *words, cwd=cwd)


def in_turn(a: Callable[[], float], b: Callable[[], float], times: int) -> tuple[float, float]:
    """The medians of A and B, run A B A B …"""
    pairs = [(a(), b()) for _round in range(times)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


class _Weighing:
    """Looks at a process and its children until it is told to ``end``."""

    def __init__(self, number: int) -> None:
        self._number, self._most, self._ended = number, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            with suppress(psutil.Error):  # it has ended just now
                process = psutil.Process(self._number)
                held = [_held(one) for one in (process, *process.children(recursive=True))]
                self._most = max(self._most, sum(held))

    def end(self) -> float:
        """The most that was seen, in MB."""
        self._ended.set()
        self._thread.join()
        return self._most / 1e6


def _held(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0
