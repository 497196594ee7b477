"""Which days an office works: not Saturdays, Sundays, Thailand's public holidays, nor what the settings add.

Reads ``holidays.txt`` beside this module, which ``make holidays`` writes.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

from plan_tracker.config import Config

_SATURDAY = 5


def is_working_day(config: Config, day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _public() and day not in config.due.holidays


def working_day(config: Config, day: date) -> date:
    """``day``, or the first day after it that the office works: no deadline falls on a day off."""
    while not is_working_day(config, day):
        day += timedelta(days=1)
    return day


@cache
def _public() -> frozenset[date]:
    text = Path(__file__).with_name("holidays.txt").read_text(encoding="utf-8")
    return frozenset(date.fromisoformat(line.partition(" ")[0]) for line in text.splitlines())
