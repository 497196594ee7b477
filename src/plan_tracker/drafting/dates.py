"""Whether a day that people write down may be: not one still to come, nor one before what it follows."""

from __future__ import annotations

from datetime import date

from plan_tracker.errors import UsageError
from plan_tracker.fiscal import spoken_date
from plan_tracker.i18n import _
from plan_tracker.workspace.folders import Workspace


def check_day(workspace: Workspace, day: date, *, since: date | None = None, event: str = "") -> None:
    """``UsageError`` for a ``day`` after today, or before ``since``, the day of ``event`` (words that say so)."""
    told, today = spoken_date(day, in_full=True), spoken_date(workspace.today, in_full=True)
    if day > workspace.today:
        raise UsageError(
            _("{day} is still to come: today is {today}.").format(day=told, today=today),
            _("Write the day that stands on the document after --date, such as 2569-01-31."),
        )
    if since and day < since:
        raise UsageError(
            _("{day} is before {since}: {event}.").format(
                day=told, since=spoken_date(since, in_full=True), event=event
            ),
            _("Write the day that stands on the document after --date, such as 2569-01-31."),
        )
