"""Which units are to be reminded of a quarter's forms (R6). Reads the store, writes nothing."""

from __future__ import annotations

from datetime import datetime

from plan_tracker.analysis.basis.returns import State
from plan_tracker.due import correction_due, reminder_due
from plan_tracker.fiscal import Period
from plan_tracker.merging.standing import UnitStatus, unit_statuses
from plan_tracker.store import Letter, Store
from plan_tracker.workspace.folders import Workspace


def to_remind(workspace: Workspace, store: Store, period: Period) -> list[UnitStatus]:
    """The units whose return, or its correction, was due before today and does not count yet."""
    return [
        line
        for line in unit_statuses(workspace, store, period)
        if line.days_late and not line.state.counts and not _has_time(workspace, store, period, line)
    ]


def _has_time(workspace: Workspace, store: Store, period: Period, line: UnitStatus) -> bool:
    """Whether the unit has been given time to mend its return that is not over yet."""
    sent_back = store.letters.last("L3", line.unit.code, period)
    if line.state is not State.INCOMPLETE or sent_back is None:
        return False
    asked = datetime.fromisoformat(sent_back.drafted_at).date()
    return workspace.today <= correction_due(workspace.config, asked)


def was_reminded(workspace: Workspace, store: Store, period: Period, line: UnitStatus) -> bool:
    """Whether a reminder has been written to the unit, and its time is not over yet."""
    reminder: Letter | None = store.letters.last("L2", line.unit.code, period)
    if reminder is None:
        return False
    day = reminder.day or datetime.fromisoformat(reminder.drafted_at).date()
    return workspace.today <= reminder_due(workspace.config, day)
