"""What a step has to tell people beside its result: whoever notices it says so here, and the command line shows it.

It is for what any of many steps may meet on its way, such as a draft that an officer has edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_REMARKS: ContextVar[list[str] | None] = ContextVar("remarks", default=None)


@contextmanager
def collecting_remarks() -> Iterator[list[str]]:
    """Within it, all remarks come into the list that is given, each once."""
    found: list[str] = []
    token = _REMARKS.set(found)
    try:
        yield found
    finally:
        _REMARKS.reset(token)


def remark(text: str) -> None:
    """Has ``text`` told, if anybody listens."""
    found = _REMARKS.get()
    if found is not None and text not in found:
        found.append(text)
