"""Dates as people type them: Thai and English months, Thai digits, years of either era, with what stands around them.

One way of writing is one day. A year of two digits in figures, a serial number and a day that depends on the time
zone are asked about (UNCLEAR-DATE); what can't be read and what no calendar has are NOT-DATE, each in its own words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from difflib import get_close_matches

from plan_tracker.checking.parsing.reading import CASE, LIKELY, Reading
from plan_tracker.fiscal import BUDDHIST_OFFSET, MONTHS, SHORT_MONTHS, arabic_digits, long_date
from plan_tracker.thai_text import plain_dashes

_ENGLISH = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_THAI_NAMES: Mapping[str, int] = {
    name.replace(".", ""): number
    for names in (MONTHS, SHORT_MONTHS, [re.sub("(ยน|คม|พันธ์)$", "", name) for name in MONTHS])
    for number, name in enumerate(names, 1)
}
_ENGLISH_NAMES: Mapping[str, int] = {
    short: number for number, name in enumerate(_ENGLISH, 1) for short in (name, name[:3], name[:4])
}
_NAMES = {**_THAI_NAMES, **_ENGLISH_NAMES}
_NAME = r"[ก-๙](?:[ก-๙. ]*[ก-๙])?\.?|[A-Za-z]{3,9}\.?"
_YEAR = r"(\d{4}|\d{2})"
_BETWEEN = r"[\s,./-]*"
_WITH_NAME = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?{_BETWEEN}({_NAME}){_BETWEEN}{_YEAR}", re.ASCII)
_NAME_FIRST = re.compile(rf"([A-Za-z]{{3,9}})\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+{_YEAR}", re.ASCII)
_IN_FIGURES = re.compile(rf"(\d{{1,2}})\s?([/.-])\s?(\d{{1,2}})\s?\2\s?{_YEAR}", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{1,2})", re.ASCII)
_MONTH_ONLY = re.compile(rf"(?:(\d{{1,2}})\s?[/-]\s?(\d{{4}})|({_NAME}){_BETWEEN}{_YEAR})", re.ASCII)
_SERIAL = re.compile(r"\d{5,6}(?:\.\d+)?", re.ASCII)
_ERA = re.compile(r"(พ\.? ?ศ\.?|ค\.? ?ศ\.?|B\.?E\.?|A\.?D\.?)\s*(?=\d)", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^(?:(?:วัน)?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์)(?:ที่)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b)"
    r"[\s,.]*",
    re.IGNORECASE,
)
_WORDS = re.compile(r"^(?:วันที่|วัน|ที่)\s*(?=\d)|(?<=[\d\s])เดือน\s*|(?<=[ก-๙.\s])ปี\s*(?=พ\.?\s?ศ|ค\.?\s?ศ|\d)")
_TIME = re.compile(
    r"(?:[T\s,]|\s*เวลา)\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(?:น\.?|นาฬิกา)?\s*(Z|[+-]\d{2}:?\d{2})?$",
    re.ASCII | re.IGNORECASE,
)
NOT_DATE, UNCLEAR_DATE = "NOT-DATE", "UNCLEAR-DATE"
EARLIEST, LATEST = 2000, 2156  # years that a project can sensibly have; B.E. years begin above
_LONGEST = 80  # characters; patterns take time with the square of a long text
_BANGKOK = timezone(timedelta(hours=7))
_FIRST_DAY = date(1899, 12, 30)  # a spreadsheet's day 0


def read_date(raw: object) -> Reading:
    """A day, from a date cell or from text; the era is told by the year (2400 and above is B.E.)."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _from_cell(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _from_serial(raw)
    return _from_text(raw) if isinstance(raw, str) else Reading(None, NOT_DATE)


def _from_cell(day: date) -> Reading:
    if 1930 <= day.year < EARLIEST:
        return _unclear(day.day, day.month, day.year % 100)
    if day.year > LATEST + BUDDHIST_OFFSET:  # a program has added 543 twice
        likely = _of_year(day.day, day.month, day.year - BUDDHIST_OFFSET)
        return _ask(likely) if likely.value else Reading(None, NOT_DATE)
    reading = _of_year(day.day, day.month, day.year)
    return reading if day.year >= 2400 else reading._replace(note="")


def _from_serial(number: float) -> Reading:
    """The number that a spreadsheet keeps for a day: what a date cell becomes when only values are pasted."""
    if not 36526 <= number < 300_000:  # 1 January 2000; numbers below are years, amounts, days
        return Reading(None, NOT_DATE)
    reading = _from_cell(_FIRST_DAY + timedelta(days=int(number)))
    return _ask(_named(reading.value), "serial") if isinstance(reading.value, date) else reading


def _from_text(text: str) -> Reading:
    if len(text) > _LONGEST:
        return Reading(None, NOT_DATE)
    bare = plain_dashes(arabic_digits(text)).strip()
    time = _TIME.search(bare)
    if time and time[5]:
        return _in_zone(bare, time)
    if time:
        bare = bare[: time.start()]
    bare, era = _without_words(bare)
    if _SERIAL.fullmatch(bare):
        return _from_serial(float(bare))
    reading = _read_parts(bare)
    if era and isinstance(reading.value, date) and era != _era_of(bare):
        return Reading(None, NOT_DATE)  # the era that is named and the year contradict each other
    return reading


def _without_words(text: str) -> tuple[str, str]:
    """``text`` without weekday, "วันที่", "เดือน" and era; and the era that was named: ``B``, ``A`` or none."""
    bare = _WORDS.sub("", _WEEKDAY.sub("", text))
    era = ""
    if named := _ERA.search(bare):
        era = "B" if named[1][0] in "พBb" else "A"
        bare = bare[: named.start()] + bare[named.end() :]
    return bare.strip(), era


def _era_of(text: str) -> str:
    """The era that the year in ``text`` is of; of two digits it is B.E."""
    years = re.findall(r"\d{4}", text)
    return "B" if not years or int(years[0]) >= 2400 else "A"


def _read_parts(text: str) -> Reading:
    """Day, month and year in one of the ways of writing them."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _of_year(int(match[4]), int(match[3]), int(match[1]))
    if match := _IN_FIGURES.fullmatch(text):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        return _unclear(day, month, year) if len(match[4]) == 2 else _of_year(day, month, year)
    if match := _NAME_FIRST.fullmatch(text):
        return _with_name(match[2], match[1], match[3])
    if match := _WITH_NAME.fullmatch(text):
        return _with_name(match[1], match[2], match[3])
    if match := _MONTH_ONLY.fullmatch(text):
        return _month_only(int(match[1]) if match[1] else _month_of(match[3]))
    return Reading(None, NOT_DATE)


def _with_name(day: str, name: str, year: str) -> Reading:
    month = _month_of(name)
    if not month:
        return _misspelt(day, name, year)
    if len(year) == 4:
        return _of_year(int(day), month, int(year))
    if _key(name) in _ENGLISH_NAMES:
        return _unclear(int(day), month, int(year))
    reading = _of_year(int(day), month, 2500 + int(year))
    if reading.params.get(CASE) == "no-such-year":
        likely = _of_year(int(day), month, 2000 + int(year))
        return _offering(reading, likely.note)
    return reading


def _key(name: str) -> str:
    return re.sub(r"[.\s]", "", name).lower()


def _month_of(name: str) -> int:
    return _NAMES.get(_key(name), 0)


def _misspelt(day: str, name: str, year: str) -> Reading:
    """A month that there is not; the one that is written nearly so is offered."""
    near = get_close_matches(_key(name), _NAMES, 1, 0.75)
    meant = _with_name(day, near[0], year) if near else Reading(None)
    return _offering(Reading(None, NOT_DATE), meant.note or meant.params.get("reading", ""))


def _month_only(month: int) -> Reading:
    return Reading(None, NOT_DATE, params={CASE: "month-only"} if 1 <= month <= 12 else {})


def _of_year(day: int, month: int, year: int) -> Reading:
    """The day in a four-digit year of either era; NOT-DATE where that year has no such day."""
    year = year - BUDDHIST_OFFSET if year >= 2400 else year
    if not EARLIEST <= year <= LATEST:
        return Reading(None, NOT_DATE, params={CASE: "no-such-year"})
    try:
        return _named(date(year, month, day))
    except ValueError:
        return _offering(Reading(None, NOT_DATE, params={CASE: "no-such-day"}), _nearest(day, month, year))


def _nearest(day: int, month: int, year: int) -> str:
    """What was meant by a day that there is not: the month's last one, or day and month in their other order."""
    if 1 <= month <= 12 and day > 28:
        return long_date(date(year, month, monthrange(year, month)[1]))
    if 12 < month <= 31 and 1 <= day <= 12 and month <= monthrange(year, day)[1]:
        return long_date(date(year, day, month))
    return ""


def _named(day: date) -> Reading:
    return Reading(day, note=long_date(day))


def _offering(reading: Reading, likely: str) -> Reading:
    return reading._replace(params={**reading.params, LIKELY: likely}) if likely else reading


def _unclear(day: int, month: int, year: int) -> Reading:
    """A two-digit year in figures: the likely reading, B.E. where it can be, is offered and not taken."""
    likely = _of_year(day, month, (2500 if 2500 + year >= EARLIEST + BUDDHIST_OFFSET else 2000) + year)
    return likely if likely.problem else _ask(likely)


def _ask(likely: Reading, case: str = "") -> Reading:
    return Reading(None, UNCLEAR_DATE, params={"reading": likely.note, **({CASE: case} if case else {})})


def _in_zone(text: str, time: re.Match[str]) -> Reading:
    """A day whose time is told with its zone: asked about where it is another day in Thailand."""
    reading = _read_parts(text[: time.start()])
    if not isinstance(reading.value, date):
        return reading
    zone = "+0000" if time[5] in "Zz" else time[5].replace(":", "")
    try:
        moment = datetime.strptime(f"{reading.value} {time[1]}:{time[2]} {zone}", "%Y-%m-%d %H:%M %z")
    except ValueError:
        return Reading(None, NOT_DATE)
    here = moment.astimezone(_BANGKOK).date()
    return reading if here == reading.value else _ask(_named(here), "zone")
