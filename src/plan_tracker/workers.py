"""Who does work that needs nothing but what it is given: this process, others on this machine, or a cluster.

Each is an executor as ``concurrent.futures`` has them. What comes of the work doesn't depend on who does it, nor on how
many there are.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _

T = TypeVar("T")
R = TypeVar("R")
FEW = 40  # tasks; below, starting processes takes longer than it saves
_AHEAD = 4  # tasks under way for each worker: it never waits, and few results wait for their turn in memory
_MEANWHILE = 0.5  # seconds between two looks at the work of others
_PATIENCE = 10  # seconds for a cluster to answer


class Here(Executor):
    """Does each task in this process, when it is given."""

    def submit(self, fn: Callable[..., R], /, *args: object, **kwargs: object) -> Future[R]:
        done: Future[R] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


@dataclass(frozen=True, slots=True)
class Workers:
    """``count`` workers behind ``executor``; ``lost`` are its errors that say nothing of the task."""

    executor: Executor
    count: int
    lost: tuple[type[Exception], ...] = (BrokenExecutor, CancelledError)

    def each(
        self,
        function: Callable[[T], R],
        tasks: Iterable[T],
        instead: Callable[[T], R] | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> Iterator[tuple[T, R]]:
        """Each of ``tasks`` with what ``function`` makes of it, in their order. Tasks are asked for as they are needed.

        The first are begun at once: whoever asks may work beside them. What a worker leaves undone that is killed is
        done in this process, by ``instead`` if given. ``meanwhile`` is called twice a second while others are at work.
        Raises what ``function`` does.
        """
        here = instead or function
        begun = ((task, self._submitted(function, task, here)) for task in tasks)
        return self._each_ended(deque(islice(begun, self.count * _AHEAD + 1)), begun, here, meanwhile)

    def _each_ended(
        self,
        waiting: deque[tuple[T, Future[R]]],
        begun: Iterator[tuple[T, Future[R]]],
        here: Callable[[T], R],
        meanwhile: Callable[[], None] | None,
    ) -> Iterator[tuple[T, R]]:
        while waiting:
            yield self._ended(here, meanwhile, *waiting.popleft())
            waiting.extend(islice(begun, 1))

    def _submitted(self, function: Callable[[T], R], task: T, here: Callable[[T], R]) -> Future[R]:
        try:
            return self.executor.submit(function, task)
        except self.lost:
            return Here().submit(here, task)

    def _ended(
        self, here: Callable[[T], R], meanwhile: Callable[[], None] | None, task: T, future: Future[R]
    ) -> tuple[T, R]:
        try:
            while meanwhile and not wait([future], _MEANWHILE).done:
                meanwhile()
            return task, future.result()
        except self.lost:
            return task, here(task)


@contextmanager
def workers(tasks: int, cluster: str = "", *, beside: bool = False) -> Iterator[Workers]:
    """Workers for so many tasks: those of ``cluster``, the address of a Dask scheduler, or where that is blank, ours.

    Ours are as many as there are processors, but for one if this process works ``beside`` them.

    ``ConfigError`` for a cluster that can't be reached, and where ``distributed`` is not installed.
    """
    processors = os.cpu_count() or 1
    if cluster:
        with _on_cluster(cluster) as crew:
            yield crew
    elif tasks < FEW or processors == 1:
        yield Workers(Here(), 0)
    else:
        context = multiprocessing.get_context("spawn")  # the same on every system, and safe beside threads
        count = processors - beside
        pool = ProcessPoolExecutor(count, context, _begin, (gc.get_threshold(),))
        try:
            yield Workers(pool, count)
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _on_cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client  # an extra, and slow to load
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise ConfigError(
            _("work.cluster names a cluster, but what talks to it is not installed."),
            _("Install it: pip install 'plantrack[cluster]'; or leave work.cluster blank."),
        ) from error
    try:
        client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ConfigError(
            _("The cluster {address} can't be reached: {error}").format(address=address, error=error),
            _("Start its scheduler, or leave work.cluster blank."),
        ) from error
    with client:
        count = max(1, sum(client.nthreads().values()))
        yield Workers(client.get_executor(pure=False), count, (BrokenExecutor, CancelledError, KilledWorker))


def _begin(threshold: tuple[int, int, int]) -> None:
    """In a worker, which looks for cycles as seldom as its parent.

    An interruption is the parent's business, and no worker outlives it.
    """
    gc.set_threshold(*threshold)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


def end_with_parent() -> None:
    """Has this process end when its parent is gone, be it killed."""
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
