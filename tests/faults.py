"""Makes the n-th file or database operation of a command fail, or the run end there as if it had been killed."""

from __future__ import annotations

import io
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from plan_tracker.store.database.connection import Database

_OF_FILES = ("replace", "rename", "unlink", "mkdir", "rmdir", "utime", "open")
KINDS = ("error", "kill")


class Killed(BaseException):
    """The run has ended here: nothing that it still tries does anything."""


class Faults:
    """Counts the operations under ``root``; at the ``at``-th (0: never) an error comes, or the kill."""

    def __init__(self, root: Path, at: int = 0, kind: str = "error") -> None:
        self.root, self.at, self.kind, self.count, self.is_over = str(root), at, kind, 0, False

    def step(self, error: Exception) -> None:
        if self.is_over:
            raise Killed
        self.count += 1
        if self.count == self.at:
            self.is_over = self.kind == "kill"
            raise Killed if self.is_over else error


@contextmanager
def injected(faults: Faults) -> Iterator[None]:
    """Every operation that changes files below the root, every sync and every statement passes ``faults``."""
    with pytest.MonkeyPatch.context() as patch:
        for name in _OF_FILES:
            patch.setattr(os, name, _watched(faults, getattr(os, name)))
        patch.setattr(os, "fsync", _watched(faults, os.fsync, always=True))
        patch.setattr(io, "open", _opened(faults, io.open))
        for name in ("execute", "executemany"):
            patch.setattr(Database, name, _stated(faults, getattr(Database, name)))
        yield


def _full(path: object) -> OSError:
    return OSError(28, os.strerror(28), str(path))


def _watched(faults: Faults, real: Any, *, always: bool = False) -> Any:
    def call(*words: Any, **more: Any) -> Any:
        if always or any(str(word).startswith(faults.root) for word in words[:2]):
            faults.step(_full(words[0]))
        return real(*words, **more)

    return call


def _opened(faults: Faults, real: Any) -> Any:
    def call(path: Any, mode: str = "r", *words: Any, **more: Any) -> Any:
        if str(path).startswith(faults.root) and set(mode) & set("wax+"):
            faults.step(_full(path))
        return real(path, mode, *words, **more)

    return call


def _stated(faults: Faults, real: Any) -> Any:
    def call(self: Database, *words: Any) -> Any:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        faults.step(error)
        return real(self, *words)

    return call
