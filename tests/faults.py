"""Makes the n-th file or database operation of a command fail, stop half-way, or the run end there as if killed."""

from __future__ import annotations

import builtins
import errno
import io
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from plan_tracker.store.database.connection import Database

_OF_FILES = ("replace", "rename", "unlink", "mkdir", "rmdir", "utime", "open")
_AT_WRITES, _AT_READS, _ELSEWHERE = ("error", "short", "kill"), ("error",), ("error", "kill")


class Killed(BaseException):
    """The run has ended here: nothing that it still tries does anything."""


class Faults:
    """Counts the operations under ``root`` by what they are; at the ``at``-th (0: never) comes a fault of ``kind``:
    the disk is full or can't be read, only half is written, or the run is killed, half of a write being on the disk.
    """

    def __init__(self, root: Path, at: int = 0, kind: str = "error") -> None:
        self.root, self.at, self.kind, self.is_over = str(root), at, kind, False
        self.operations: list[str] = []

    @property
    def every(self) -> Iterator[tuple[int, str]]:
        """Each fault that there can be at what was counted; a run that is killed before it reads leaves nothing new."""
        kinds = {"write": _AT_WRITES, "read": _AT_READS}
        for at, operation in enumerate(self.operations, 1):
            yield from ((at, kind) for kind in kinds.get(operation, _ELSEWHERE))

    def holds(self, path: object) -> bool:
        """Whether ``path`` lies under the root."""
        return isinstance(path, str | os.PathLike) and os.fspath(path).startswith(self.root)

    def step(self, operation: str, error: Exception) -> None:
        if self.is_over:
            raise Killed
        self.operations.append(operation)
        if len(self.operations) == self.at:
            self.is_over = self.kind == "kill"
            raise Killed if self.is_over else error

    def write(self, file: _File, data: Any) -> int:
        try:
            self.step("write", _full(file.name))
        except (Killed, OSError):
            if len(self.operations) == self.at and self.kind != "error" and not file.is_torn:
                file.is_torn = True
                io.FileIO.write(file, memoryview(data)[: len(data) // 2])
            raise
        return io.FileIO.write(file, data)


class _File(io.FileIO):
    """A file under the root; what is read from it and written into it passes ``faults``."""

    is_torn = False

    def __init__(self, faults: Faults, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self._faults = faults

    def write(self, data: Any) -> int:
        return self._faults.write(self, data)

    def readinto(self, buffer: Any) -> Any:
        self._faults.step("read", _unreadable(self.name))
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self._faults.step("read", _unreadable(self.name))
        return super().readall()


@contextmanager
def injected(faults: Faults) -> Iterator[None]:
    """Every operation on files below the root, every sync and every statement passes ``faults``."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _OF_FILES:
            patch.setattr(os, name, _watched(faults, getattr(os, name)))
        patch.setattr(os, "fsync", _watched(faults, os.fsync, always=True))
        opened = _opened(faults, io.open)
        for module in (io, builtins):
            patch.setattr(module, "open", opened)
        for name in ("execute", "executemany"):
            patch.setattr(Database, name, _stated(faults, getattr(Database, name)))
        yield


def _full(path: object) -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def _unreadable(path: object) -> OSError:
    return OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def _watched(faults: Faults, real: Any, *, always: bool = False) -> Any:
    def call(*words: Any, **more: Any) -> Any:
        if always or any(map(faults.holds, words[:2])):
            faults.step(real.__name__, _full(words[0]))
        return real(*words, **more)

    return call


def _opened(faults: Faults, real: Any) -> Any:
    def call(
        path: Any,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Any = None,
    ) -> Any:
        if not faults.holds(path):
            return real(path, mode, buffering, encoding, errors, newline, closefd, opener)
        if set(mode) & set("wax+"):
            faults.step("open", _full(path))
        raw = _File(faults, path, mode.replace("b", "").replace("t", ""), opener=opener)
        if buffering == 0:
            return raw
        buffered: Any = io.BufferedRandom if "+" in mode else io.BufferedReader if "r" in mode else io.BufferedWriter
        return buffered(raw) if "b" in mode else io.TextIOWrapper(buffered(raw), encoding, errors, newline)

    return call


def _stated(faults: Faults, real: Any) -> Any:
    def call(self: Database, *words: Any) -> Any:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        faults.step("statement", error)
        return real(self, *words)

    return call


def played_in_a_process(play: Any, seconds: float) -> bool:
    """Plays in a process of its own, killed after so long; whether that came before it had ended (POSIX)."""
    child = os.fork()
    if not child:
        with suppress(BaseException):
            play()
        os._exit(0)
    return _killed(child, seconds)


def _killed(child: int, seconds: float) -> bool:
    import signal
    import time

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def fiu_words(words: Sequence[str], probability: float) -> list[str]:
    """``words`` under libfiu, each of whose calls to the system fails at random."""
    points = ("posix/io/rw/*", "posix/io/sync/*", "posix/io/dir/*", "posix/io/oc/open")
    asked = [part for point in points for part in ("-c", f"enable_random name={point},probability={probability}")]
    return ["fiu-run", "-x", *asked, *words]
