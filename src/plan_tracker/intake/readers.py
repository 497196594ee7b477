"""Readers in processes of their own: on every processor, and out of the way.

A hostile file may take all memory, never end, or bring the process down in a way that can't be caught. There it ends
its reader alone, which is replaced, and the others are read. Limits are of memory, where the system can set one (not on
Windows, nor on macOS), and of processor time: a busy machine's slowness is no fault of a file. A reader that is ended
from outside (by the system out of memory, a virus scanner, somebody) says nothing about its file: that is read again,
alone, and stays in the inbox where even that comes to nothing. A reader that is there and does nothing, be it stopped
from outside, is ended, and its file stays too. Refused is only what by itself ends two readers, alone.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from enum import Enum, auto
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Protocol

import psutil
from pebble import ProcessExpired, ProcessPool

from plan_tracker.config import Config
from plan_tracker.forms.reading.copied import read_copied
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import RawBook, read_book
from plan_tracker.forms.reading.spreadsheets.grid import SheetLimits
from plan_tracker.i18n import _
from plan_tracker.workers import Workers, end_with_parent, workers

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from pebble import ProcessFuture

FEW = 8  # files; below, starting a second process takes longer than it saves
TRIES_ALONE = 2
_TURN = 5.0  # seconds of waiting, after which it is asked whether the readers are there still, and at work
_IDLE_TURNS, _AWAKE = 60, 0.1  # turns of waiting with less than these seconds of processor time: the reader hangs
_SELDOM = 100_000  # objects made, after which cycles are looked for: cells are many small objects, and make none
_SPENT = 77  # what a reader exits with that has spent its time
_OWN_SIGNALS = ("SIGXCPU", "SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP")
_OWN_ENDS = frozenset(
    {_SPENT, *(-getattr(signal, name) for name in _OWN_SIGNALS if hasattr(signal, name))}
    | {0xC0000005, 0xC00000FD, 0xC0000409}  # Windows: access violation, stack overflow, abort
)


class ReaderEnd(Enum):
    """How a reader ended that gave no result."""

    BY_ITSELF = auto()  # over our limits, or brought down by what it read
    FROM_OUTSIDE = auto()  # killed
    IDLE = auto()  # ended here, since it did nothing


class ReadAll(Protocol):
    """Reads the bytes of many files, in their order; ``passwords`` are tried on each that needs one.

    ``issued``: the form that they are copies of (see ``forms.reading.copied``).
    """

    def __call__(
        self, contents: Sequence[bytes], limits: SheetLimits, passwords: Sequence[str] = (), issued: bytes = b""
    ) -> Iterable[RawBook | Refusal]: ...


def reading_limits(config: Config) -> SheetLimits:
    """What reading one file may cost, from the settings."""
    said = config.limits
    return SheetLimits(said.unpacked_mb * 10**6, said.cells, memory=said.memory_mb * 10**6, seconds=said.seconds)


@contextmanager
def readers(files: int, limits: SheetLimits, cluster: str = "") -> Iterator[ReadAll]:
    """A function that reads the bytes of many files, in their order. The readers start at once, and get ready.

    A ``cluster`` reads them within its own limits; what a worker of it dies of is read here, within ``limits``.
    ``ConfigError`` for one that can't be reached.
    """
    if cluster:
        with workers(files, cluster) as crew:
            yield partial(_read_on_cluster, crew)
        return
    count = 1 if files < FEW else os.cpu_count() or 1
    for _reader in range(count):
        _schedule(count, b"", limits)
    yield partial(_read_all, count)


@cache
def _pool(count: int, memory: int) -> ProcessPool:
    """The readers; they are kept, since starting one takes longer than reading many files."""
    context: Any = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
    pool = ProcessPool(count, initializer=_begin, initargs=(memory,), context=context)
    atexit.register(_end, pool)
    return pool


def _begin(memory: int) -> None:
    """In the reader's process: an interruption is the parent's business, and memory ends at ``memory`` bytes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_SELDOM)
    end_with_parent()  # nobody else would stop it at its limit of time
    threading.Thread(target=_watch, daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a reader cries out at its end is nothing for the screen
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):  # this system knows no such limit
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it untyped
    pool.join()


def _read_all(
    count: int, contents: Sequence[bytes], limits: SheetLimits, passwords: Sequence[str] = (), issued: bytes = b""
) -> Iterator[RawBook | Refusal]:
    """As each is read; what ended its reader is read again once all the others are through."""
    waiting = [_schedule(count, content, limits, passwords, issued) for content in contents]
    idlers = _Idlers()
    ended: list[RawBook | Refusal | ReaderEnd] = []
    for number, content in enumerate(contents):
        if number == len(ended):
            ended.append(_result(*waiting[number], idlers))
        found = ended[number]
        if isinstance(found, ReaderEnd):
            ended += [_result(*one, idlers) for one in waiting[len(ended) :]]
            found = _settle(content, limits, passwords, issued, found)
        yield found


def _read_on_cluster(
    crew: Workers, contents: Sequence[bytes], limits: SheetLimits, passwords: Sequence[str] = (), issued: bytes = b""
) -> Iterator[RawBook | Refusal]:
    def settle(content: bytes) -> RawBook | Refusal:
        return _settle(content, limits, passwords, issued, ReaderEnd.FROM_OUTSIDE)

    read = partial(_read, limits=limits, passwords=passwords, issued=issued)
    yield from (book for _content, book in crew.each(read, contents, settle))


def _settle(
    content: bytes, limits: SheetLimits, passwords: Sequence[str], issued: bytes, end: ReaderEnd
) -> RawBook | Refusal:
    """Reads what ended a reader once more while nothing else is read; ``FILE-BUSY`` where that is no fault of it."""
    ends: list[ReaderEnd] = []
    while end is not ReaderEnd.IDLE and len(ends) < TRIES_ALONE:
        found = _result(*_schedule(1, content, limits, passwords, issued), _Idlers())
        if not isinstance(found, ReaderEnd):
            return found
        ends.append(end := found)
    if end is ReaderEnd.IDLE:
        return Refusal("FILE-BUSY", {"reason": _("the program that reads it did nothing for five minutes")})
    if ReaderEnd.FROM_OUTSIDE in ends:
        return Refusal("FILE-BUSY", {"reason": _("the program that reads it was ended from outside")})
    return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.memory // 10**6:,} MB · {limits.seconds} s"})


class _Idlers:
    """Readers that use no processor time while they are waited for; each is ended after ``_IDLE_TURNS``.

    They are watched from here: one that is stopped, or is waiting inside code that keeps Python out, can't do it. Turns
    are counted and not seconds, so that a machine that was asleep ends none.
    """

    def __init__(self) -> None:
        self.ended: set[int] = set()
        self._seen: dict[int, tuple[float, int]] = {}  # by process: what it had used, and since how many turns

    @property
    def end_of_all(self) -> ReaderEnd:
        """What became of a pool's readers when it has given up: they had been ended here, or by others."""
        return ReaderEnd.IDLE if self.ended else ReaderEnd.FROM_OUTSIDE

    def look(self) -> None:
        """Called once a turn."""
        for reader in multiprocessing.active_children():
            number = reader.pid or 0
            with suppress(psutil.Error):  # it has just ended
                times = psutil.Process(number).cpu_times()
                self._note(reader, number, times.user + times.system)

    def _note(self, reader: BaseProcess, number: int, used: float) -> None:
        before, turns = self._seen.get(number, (used, 0))
        self._seen[number] = (before, turns + 1) if used - before < _AWAKE else (used, 0)
        if self._seen[number][1] > _IDLE_TURNS:
            self.ended.add(number)
            reader.kill()


def _schedule(
    count: int, content: bytes, limits: SheetLimits, passwords: Sequence[str] = (), issued: bytes = b""
) -> tuple[ProcessPool, ProcessFuture[Any]]:
    """Has one of ``count`` readers read ``content``; where they can't be had any more, one of new ones."""
    pool = _pool(count, limits.memory)
    try:
        return pool, pool.schedule(_read_within, args=[content, limits, passwords, issued])
    except RuntimeError:  # the pool has given up
        _pool.cache_clear()
        pool = _pool(count, limits.memory)
        return pool, pool.schedule(_read_within, args=[content, limits, passwords, issued])


def _result(pool: ProcessPool, future: ProcessFuture[Any], idlers: _Idlers) -> RawBook | Refusal | ReaderEnd:
    """What came of it. A pool whose readers die faster than it starts them gives up, its tasks left unanswered."""
    while True:
        try:
            found: RawBook | Refusal = future.result(timeout=_TURN)
        except MemoryError:
            return ReaderEnd.BY_ITSELF
        except ProcessExpired as error:
            if error.pid in idlers.ended:
                return ReaderEnd.IDLE
            return ReaderEnd.BY_ITSELF if error.exitcode in _OWN_ENDS else ReaderEnd.FROM_OUTSIDE
        except (CancelledError, BrokenProcessPool):
            return idlers.end_of_all
        except TimeoutError:
            if not pool.active:
                return idlers.end_of_all
            idlers.look()
            continue
        return found


# In the reader's process


def _read(content: bytes, limits: SheetLimits, passwords: Sequence[str], issued: bytes) -> RawBook | Refusal:
    return read_copied(content, issued, limits) if issued else read_book(content, limits, passwords)


class _Task:
    """What the reader is at: since when by its processor time, and how much of that it may take; None: nothing."""

    begun: float | None = None
    seconds = 0.0


def _read_within(content: bytes, limits: SheetLimits, passwords: Sequence[str], issued: bytes) -> RawBook | Refusal:
    """``_read`` within the limit of processor time, which ends the process where it is exceeded."""
    _Task.seconds, _Task.begun = float(limits.seconds), time.process_time()
    _limit_processor_time(limits.seconds)
    try:
        return _read(content, limits, passwords, issued)
    finally:
        _Task.begun = None


def _limit_processor_time(seconds: int) -> None:
    """Has the system end the process once it has used ``seconds`` more, also within code that never lets Python in."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):  # the watch does it, where Python gets a turn
            _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, hard))


def _watch() -> None:
    """Ends the reader that has spent its time, where the system doesn't."""
    while True:
        time.sleep(1)
        if _Task.begun is not None and time.process_time() - _Task.begun > _Task.seconds:
            os._exit(_SPENT)
