"""How far a long command is: whoever does things one by one counts them here, and a listener is told.

Nobody listens unless ``told_to`` says so; then counting costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
Listener = Callable[[str, int, int], None]  # what is counted, how many are done, of how many
_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Within it, ``listener`` is told of all that is counted."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell(what: str, done: int, of: int) -> None:
    """Tells who listens, if anybody does: for work that is counted elsewhere."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(what, done, of)


def counted(what: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
    """The ``items``, counted as ``what``; one is done when the next is asked for.

    ``total``: how many there are, where ``items`` can't tell; 0 where nobody can.
    """
    listener = _LISTENER.get()
    if listener is None:
        yield from items
        return
    known = len(items) if isinstance(items, Collection) else 0
    of, done = known if total is None else total, 0
    for item in items:
        listener(what, done, of)
        yield item
        done += 1
    listener(what, done, of)
