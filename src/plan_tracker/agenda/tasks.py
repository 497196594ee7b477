"""A task: what is to be done, why, by when, and the command to type for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. ``command`` is as it is typed; ``days_late`` counts from ``due`` to today, 0 where not late."""

    what: str
    why: str
    command: str
    due: date | None = None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Agenda:
    """The tasks of ``today``, the most urgent first; where there is none, what ``coming`` day brings the next one."""

    tasks: Sequence[Task]
    coming: Task | None
    today: date


def days_late(due: date | None, today: date) -> int:
    """By how many days ``today`` is past ``due``."""
    return max(0, (today - due).days) if due else 0


def by_urgency(tasks: Iterable[Task]) -> list[Task]:
    """The latest first; then what has no day of its own, since it holds up the rest; then by the day it is due."""
    return sorted(tasks, key=lambda task: (-task.days_late, task.due or date.min))
