"""Which units are to be reminded of a quarter's forms (R6). Reads the store, writes nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

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


def was_reminded(workspace: Workspace, store: Store, period: Period, line: UnitStatus) -> bool:
    """Whether a reminder has been written to the unit, and its time is not over yet."""
    last_day = _reminded_until(workspace, store, period, line)
    return last_day is not None and workspace.today <= last_day


def days_to_remind(workspace: Workspace, store: Store, period: Period) -> list[date]:
    """The days, after the last of the time that it has been given, on which each unit is to be reminded again."""
    given = (
        _last_day(workspace, store, period, line)
        for line in unit_statuses(workspace, store, period)
        if not line.state.counts
    )
    return [day + timedelta(days=1) for day in given if day]


def _last_day(workspace: Workspace, store: Store, period: Period, line: UnitStatus) -> date | None:
    """Until when the unit has time, by its correction and its reminder; None where neither has been written."""
    given = (_mends_until(workspace, store, period, line), _reminded_until(workspace, store, period, line))
    return max((day for day in given if day), default=None)


def _has_time(workspace: Workspace, store: Store, period: Period, line: UnitStatus) -> bool:
    """Whether the unit has been given time to mend its return that is not over yet."""
    last_day = _mends_until(workspace, store, period, line)
    return last_day is not None and workspace.today <= last_day


def _mends_until(workspace: Workspace, store: Store, period: Period, line: UnitStatus) -> date | None:
    sent_back = store.letters.last("L3", line.unit.code, period)
    if line.state is not State.INCOMPLETE or sent_back is None:
        return None
    return correction_due(workspace.config, datetime.fromisoformat(sent_back.drafted_at).date())


def _reminded_until(workspace: Workspace, store: Store, period: Period, line: UnitStatus) -> date | None:
    reminder: Letter | None = store.letters.last("L2", line.unit.code, period)
    if reminder is None:
        return None
    return reminder_due(workspace.config, reminder.day or datetime.fromisoformat(reminder.drafted_at).date())
