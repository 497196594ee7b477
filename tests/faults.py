"""Makes the n-th file or database operation of a command fail or stop half-way, and keeps what a kill there leaves."""

from __future__ import annotations

import builtins
import errno
import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from plan_tracker.store.database.connection import Database

_LISTS = ("listdir", "scandir")
_OF_FILES = ("replace", "rename", "unlink", "mkdir", "rmdir", "utime", "open", "chmod", *_LISTS)
_AT_WRITES, _AT_READS, _ELSEWHERE = ("error", "short", "kill"), ("error",), ("error", "kill")
_WHO = "plantrack.lock.txt"
Half = tuple[Path, int, bytes]  # a file, the place in it, and the first half of what is written there


class Faults:
    """Counts the operations under ``root`` by what they are; at the ``at``-th (0: never) comes a fault of ``kind``:
    ``error``, the disk is full or can't be read; ``short``, only half is written.
    """

    def __init__(self, root: Path, at: int = 0, kind: str = "error") -> None:
        self.root, self.at, self.kind = str(root), at, kind
        self.operations: list[str] = []

    @property
    def every(self) -> Iterator[tuple[int, str]]:
        """Each fault that there can be at what was counted; a run that is killed before it reads leaves nothing new."""
        kinds = {"write": _AT_WRITES} | dict.fromkeys(("read", *_LISTS), _AT_READS)
        for at, operation in enumerate(self.operations, 1):
            yield from ((at, kind) for kind in kinds.get(operation, _ELSEWHERE))

    def place(self, path: object, folder: object = None) -> Path | None:
        """Where ``path`` is, a name in an open ``folder`` and an open file too; None for what is not below the root."""
        if isinstance(path, int):
            found = _opened_path(path)
        elif isinstance(path, str | os.PathLike):
            found = str(Path(_opened_path(folder)) / path) if isinstance(folder, int) else str(path)
        else:
            return None
        return Path(found) if found.startswith(self.root) else None

    def step(self, operation: str, error: Exception, half: Half | None = None) -> None:
        """An operation is about to be done; a write tells its ``half``."""
        self.operations.append(operation)
        if len(self.operations) != self.at:
            return
        if half and self.kind == "short":
            _write_half(half)
        raise error


class Moments(Faults):
    """Nothing fails, but before each of the operations ``wanted`` the workspace is copied into ``folder`` as a run that
    is killed there leaves it, half of a write being on the disk. Equal ones are kept once.

    ``left`` has the copy by operation; ``outside`` tells what else there is that a run changes, ``beside`` has that by
    copy.
    """

    def __init__(
        self, root: Path, folder: Path, wanted: Collection[int], outside: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(root)
        self.folder, self.wanted, self.outside = folder, wanted, outside
        self.left: dict[int, Path] = {}
        self.beside: dict[Path, object] = {}
        self._known: dict[object, Path] = {}

    def step(self, operation: str, error: Exception, half: Half | None = None) -> None:
        super().step(operation, error)
        at = len(self.operations)
        if at in self.wanted:
            state = (content_of(Path(self.root)), half, self.outside())
            if state not in self._known:
                self._known[state] = self.folder / str(at)
                self.beside[self.folder / str(at)] = self.outside()
                copy_workspace(Path(self.root), self.folder / str(at))
                if half:
                    _write_half((self.folder / str(at) / half[0].relative_to(self.root), *half[1:]))
            self.left[at] = self._known[state]


_copytree = shutil.copytree


def copy_workspace(root: Path, target: Path) -> None:
    """Copies a workspace, its files' times too, past all faults."""
    with real_files():
        _copytree(root, target)


def content_of(root: Path) -> object:
    """All that a workspace is, so that equal ones are equal: names, times, contents; but not who had it last."""
    found = []
    with real_files():
        for folder, _folders, names in os.walk(root):
            found.append((folder, 0, b""))
            for path in (Path(folder) / name for name in names if name != _WHO):
                found.append((str(path), path.stat().st_mtime_ns, path.read_bytes()))
    return hash(tuple(sorted(found))), len(found)


class _File(io.FileIO):
    """A file under the root; what is read from it and written into it passes ``faults``."""

    def __init__(self, faults: Faults, path: Path, *words: Any, **more: Any) -> None:
        super().__init__(*words, **more)
        self._faults, self._path = faults, path

    def write(self, data: Any) -> int:
        half = bytes(memoryview(data)[: len(data) // 2])
        self._faults.step("write", _full(self._path), (self._path, self.tell(), half))
        return super().write(data)

    def readinto(self, buffer: Any) -> Any:
        self._faults.step("read", _unreadable(self._path))
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self._faults.step("read", _unreadable(self._path))
        return super().readall()


_REAL = {name: getattr(os, name) for name in (*_OF_FILES, "fsync")}
_REAL_OPEN = io.open


@contextmanager
def injected(faults: Faults) -> Iterator[None]:
    """Every operation on files below the root, every sync and every statement passes ``faults``."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _OF_FILES:
            patch.setattr(os, name, _watched(faults, _REAL[name]))
        patch.setattr(os, "fsync", _watched(faults, _REAL["fsync"], always=True))
        patch.setattr(shutil, "_USE_CP_SENDFILE", False, raising=False)  # copies are reads and writes like others
        for module in (io, builtins):
            patch.setattr(module, "open", _opened(faults))
        for name in ("execute", "executemany"):
            patch.setattr(Database, name, _stated(faults, getattr(Database, name)))
        yield


@contextmanager
def real_files() -> Iterator[None]:
    """The system's own operations, in the midst of ``injected`` ones."""
    with pytest.MonkeyPatch.context() as patch:
        for name, real in _REAL.items():
            patch.setattr(os, name, real)
        for module in (io, builtins):
            patch.setattr(module, "open", _REAL_OPEN)
        yield


def _write_half(half: Half) -> None:
    path, place, content = half
    with real_files(), path.open("r+b") as file:
        file.seek(place)
        file.write(content)


def _opened_path(handle: int) -> str:
    """The path of what is open; nothing where the system does not tell."""
    with suppress(OSError):
        return str(Path(f"/proc/self/fd/{handle}").readlink())
    return ""


def _full(path: object) -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def _unreadable(path: object) -> OSError:
    return OSError(errno.EIO, os.strerror(errno.EIO), str(path))


def _watched(faults: Faults, real: Any, *, always: bool = False) -> Any:
    def call(*words: Any, **more: Any) -> Any:
        folder = more.get("dir_fd", more.get("src_dir_fd"))
        if always or any(faults.place(word, folder) for word in words[:2]):
            faults.step(real.__name__, (_unreadable if real.__name__ in _LISTS else _full)(words[0]))
        return real(*words, **more)

    return call


def _opened(faults: Faults) -> Any:
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
        place = faults.place(path)
        if place is None:
            return _REAL_OPEN(path, mode, buffering, encoding, errors, newline, closefd, opener)
        if not isinstance(path, int) and set(mode) & set("wax+"):
            faults.step("open", _full(path))
        raw = _File(faults, place, path, mode.replace("b", "").replace("t", ""), closefd, opener)
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
