"""A clock that runs backwards: noticed before anything is dated by it. Reads the log."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta

from plan_tracker.errors import OrderError
from plan_tracker.i18n import _
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace

_TOLERANCE = timedelta(days=1)  # between time zones


def check_clock(workspace: Workspace, store: Store) -> str:
    """What to tell of a day that is being played before the log's newest entry; else blank.

    ``OrderError`` where it is the computer's own clock that is behind: returns would be dated years ago.
    """
    newest = store.log.newest_at()
    before = datetime.fromisoformat(newest).date() if newest else date.min
    if before == date.min or workspace.today >= before - _TOLERANCE:
        return ""
    said = {"today": workspace.today.isoformat(), "before": before.isoformat()}
    if os.environ.get("PLANTRACK_TODAY"):
        return _("The day that is played, {today}, is before the log's newest entry, of {before}.").format(**said)
    raise OrderError(
        _("The computer's clock says {today}, but the log's newest entry is of {before}. Nothing was done.").format(
            **said
        ),
        _("Set the clock. If it is right, say so for this once: PLANTRACK_TODAY={today} plantrack …").format(**said),
    )
