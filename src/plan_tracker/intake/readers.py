"""Readers in processes of their own: on every processor, and out of the way.

A hostile file may take all memory, never end, or bring the process down in a way that can't be caught. There it ends
its reader alone, which is replaced; the file is refused and the others are read. The memory limit holds where the
system can set one (not on Windows, nor on macOS).
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial

from pebble import ProcessExpired, ProcessPool

from plan_tracker.config import Config
from plan_tracker.forms.reading.package import Limits
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import RawBook, read_book

FEW = 8  # files; below, starting a second process takes longer than it saves

ReadAll = Callable[[Sequence[bytes], Limits], Iterable[RawBook | Refusal]]


def reading_limits(config: Config) -> Limits:
    """What reading one file may cost, from the settings."""
    said = config.limits
    return Limits(said.unpacked_mb * 10**6, said.cells, memory=said.memory_mb * 10**6, seconds=said.seconds)


@contextmanager
def readers(files: int, limits: Limits) -> Iterator[ReadAll]:
    """A function that reads the bytes of many files, in their order. The readers start at once, and get ready."""
    count = 1 if files < FEW else os.cpu_count() or 1
    pool = _pool(count, limits.memory)
    for _reader in range(count):
        pool.schedule(read_book, args=[b"", limits])
    yield partial(_read_all, pool)


@cache
def _pool(count: int, memory: int) -> ProcessPool:
    """The readers; they are kept, since starting one takes longer than reading many files."""
    context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
    pool = ProcessPool(count, initializer=_begin, initargs=(memory,), context=context)
    atexit.register(_end, pool)
    return pool


def _begin(memory: int) -> None:
    """In the reader's process: an interruption is the parent's business, and memory ends at ``memory`` bytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a reader cries out at its end is nothing for the screen
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):  # this system knows no such limit
        return


def _end_with_parent() -> None:
    """Ends the reader when its parent is gone, be it killed: nobody would stop it at its limit of time."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it untyped
    pool.join()


def _read_all(pool: ProcessPool, contents: Sequence[bytes], limits: Limits) -> Iterator[RawBook | Refusal]:
    read = partial(read_book, limits=limits)
    futures = [pool.schedule(read, args=[content], timeout=limits.seconds) for content in contents]
    for future in futures:
        try:
            yield future.result()
        except (MemoryError, TimeoutError, ProcessExpired):
            limit = f"{limits.memory // 10**6:,} MB · {limits.seconds} s"
            yield Refusal("FILE-TOO-LARGE", {"limit": limit})
