"""What follows a command once its own work is done: the next step is told. It never makes the command fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plan_tracker.agenda.tasks import Agenda
    from plan_tracker.store import Store
    from plan_tracker.workspace.folders import Workspace


def afterwards(workspace: Workspace, store: Store, *, is_told: bool, has_written: bool) -> Callable[[], None]:
    """Looks ahead while the store is open; gives how to tell people the next step. Nothing where that can't be told."""
    del has_written
    if not is_told:
        return _silent
    try:
        found = _agenda(workspace, store)
    except Exception:  # what was asked for is done
        return _silent
    from plan_tracker.cli.screens.now import show_next

    return lambda: show_next(found)


def _agenda(workspace: Workspace, store: Store) -> Agenda:
    from plan_tracker.steps.keep.now import what_now

    return what_now(workspace, store)


def _silent() -> None:
    return
