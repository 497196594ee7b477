"""What is to be done now, over all quarters and years. Reads the store and looks into the inbox; writes nothing."""

from __future__ import annotations

from plan_tracker.agenda import agenda
from plan_tracker.agenda.tasks import Agenda
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


def what_now(workspace: Workspace, store: Store) -> Agenda:
    """All that waits for the officer today."""
    return agenda(workspace, store)
