"""Who did what, when, with which file; and whether the log is as it was written. Reads the store, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.store import Event, Store


@dataclass(frozen=True, slots=True)
class LogExtract:
    """Every entry, the oldest first; ``broken_at``: the number of the first that does not fit, None where all do."""

    events: Sequence[Event]
    broken_at: int | None


def read_log(store: Store) -> LogExtract:
    """The whole log."""
    return LogExtract(store.events(), store.first_broken_event())
