"""By when each step of each period is due, and how it stands (R21). Reads the store, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plan_tracker.fiscal import Period
from plan_tracker.merging.progress.milestones import Progress, milestones
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Calendar:
    """The milestones of each period, as of ``today``."""

    periods: Sequence[tuple[Period, Sequence[Progress]]]
    today: date


def calendar(workspace: Workspace, store: Store, periods: Sequence[Period]) -> Calendar:
    """The milestones of ``periods``, in their order."""
    return Calendar([(period, milestones(workspace, store, period)) for period in periods], workspace.today)
