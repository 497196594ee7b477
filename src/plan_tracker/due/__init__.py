"""Due dates (R21). The manual gives none: they come from the configuration, and fall on working days alone."""

from __future__ import annotations

from datetime import date, timedelta

from plan_tracker.config import Config
from plan_tracker.due.working_days import working_day
from plan_tracker.fiscal import Period


def return_due(config: Config, period: Period) -> date:
    """The day by which units return the quarter's forms."""
    return working_day(config, period.last_day + timedelta(days=config.due.days_after_quarter))


def correction_due(config: Config, today: date) -> date:
    """The day by which units return a correction form that goes out ``today``."""
    return working_day(config, today + timedelta(days=config.due.days_for_correction))


def reminder_due(config: Config, today: date) -> date:
    """The day by which a unit that is reminded ``today`` returns its forms."""
    return working_day(config, today + timedelta(days=config.due.days_for_reminder))


def comments_due(config: Config, today: date) -> date:
    """The day by which a unit answers comments that go out ``today``."""
    return working_day(config, today + timedelta(days=config.due.days_for_comments))


def answer_due(config: Config, kind: str, period: Period, drafted: date) -> date | None:
    """The day by which a letter of ``kind`` that was drafted on a day asks for an answer; None where it asks for none
    or, as an order does, has a day of its own.
    """
    days = {
        "L1": return_due(config, period),
        "L2": reminder_due(config, drafted),
        "L3": correction_due(config, drafted),
        "L9": comments_due(config, drafted),
        "L10": max(correction_due(config, drafted), return_due(config, period)),
    }
    return days.get(kind)


def step_due(config: Config, period: Period, step: str) -> date:
    """The calendar's day for ``step``, a setting of ``[due]`` such as ``circulation``."""
    return working_day(config, period.last_day + timedelta(days=int(getattr(config.due, step))))
