"""Due dates (R21). The manual gives none: they come from the configuration."""

from __future__ import annotations

from datetime import date, timedelta

from plan_tracker.config import Config
from plan_tracker.fiscal import Period


def return_due(config: Config, period: Period) -> date:
    """The day by which units return the quarter's forms."""
    return period.last_day + timedelta(days=config.due.days_after_quarter)


def correction_due(config: Config, today: date) -> date:
    """The day by which units return a correction form that goes out ``today``."""
    return today + timedelta(days=config.due.days_for_correction)


def reminder_due(config: Config, today: date) -> date:
    """The day by which a unit that is reminded ``today`` returns its forms."""
    return today + timedelta(days=config.due.days_for_reminder)


def comments_due(config: Config, today: date) -> date:
    """The day by which a unit answers comments that go out ``today``."""
    return today + timedelta(days=config.due.days_for_comments)


def step_due(config: Config, period: Period, step: str) -> date:
    """The calendar's day for ``step``, a setting of ``[due]`` such as ``circulation``."""
    return period.last_day + timedelta(days=int(getattr(config.due, step)))
