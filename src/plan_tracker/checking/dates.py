"""Dates as people type them: Thai months, Thai digits, years of either era."""

from __future__ import annotations

import re
from datetime import date, datetime

from plan_tracker.checking.reading import Reading
from plan_tracker.fiscal import BUDDHIST_OFFSET, MONTHS, SHORT_MONTHS, arabic_digits, long_date

_NAMES = {name: i for names in (MONTHS, SHORT_MONTHS) for i, name in enumerate(names, 1)}
_NAMES |= {name.replace(".", ""): i for i, name in enumerate(SHORT_MONTHS, 1)}
_WITH_NAME = re.compile(r"(?:วันที่\s*)?(\d{1,2})\s*([ก-๙.]+?)\s*(พ\.ศ\.|ค\.ศ\.)?\s*(\d{4}|\d{2})", re.ASCII)
_IN_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
NOT_DATE = "NOT-DATE"
EARLIEST, LATEST = 2000, 2156  # years that a project can sensibly have; B.E. years begin above


def read_date(raw: object) -> Reading:
    """A day, from a date cell or from text; the era is told by the year (2400 and above is B.E.)."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _from_cell(raw)
    return _from_text(raw) if isinstance(raw, str) else Reading(None, NOT_DATE)


def _from_cell(day: date) -> Reading:
    if 1930 <= day.year < EARLIEST:
        return _unclear(day.day, day.month, day.year % 100)
    reading = _of_year(day.day, day.month, day.year)
    return reading if day.year >= 2400 else reading._replace(note="")


def _from_text(text: str) -> Reading:
    bare = arabic_digits(text).strip()
    if match := _ISO.fullmatch(bare):
        return _of_year(int(match[3]), int(match[2]), int(match[1]))
    if match := _IN_FIGURES.fullmatch(bare):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        return _unclear(day, month, year) if len(match[4]) == 2 else _of_year(day, month, year)
    match = _WITH_NAME.fullmatch(bare)
    if not match or match[2] not in _NAMES:
        return Reading(None, NOT_DATE)
    year = int(match[4]) + (2500 if len(match[4]) == 2 else 0)
    if match[3] and (match[3] == "พ.ศ.") != (year >= 2400):
        return Reading(None, NOT_DATE)  # the era that is named and the year contradict each other
    return _of_year(int(match[1]), _NAMES[match[2]], year)


def _of_year(day: int, month: int, year: int) -> Reading:
    """The day in a four-digit year of either era; NOT-DATE where that year has no such day."""
    year = year - BUDDHIST_OFFSET if year >= 2400 else year
    try:
        value = date(year, month, day)
    except ValueError:
        return Reading(None, NOT_DATE)
    if not EARLIEST <= year <= LATEST:
        return Reading(None, NOT_DATE)
    return Reading(value, note=long_date(value))


def _unclear(day: int, month: int, year: int) -> Reading:
    """A two-digit year in figures: the likely reading, B.E. where it can be, is offered and not taken."""
    likely = _of_year(day, month, (2500 if 2500 + year >= EARLIEST + BUDDHIST_OFFSET else 2000) + year)
    if likely.problem:
        return likely
    return Reading(None, "UNCLEAR-DATE", params={"reading": likely.note})
