"""The Thai fiscal year, its quarters, and how dates and digits are written.

Fiscal year 2569 (B.E.) runs from 1 October 2025 to 30 September 2026 (C.E.).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from plan_tracker.errors import UsageError
from plan_tracker.i18n import THAI, Message, Words, _, current_language

BUDDHIST_OFFSET = 543
QUARTERS = (1, 2, 3, 4)
YEAR_END = 5  # stands where a quarter's number does, for the fiscal year as a whole
# As whoever fills in a form may write them
MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
MONTH_NUMBERS = {name.replace(".", ""): i for names in (MONTHS, SHORT_MONTHS) for i, name in enumerate(names, 1)}
EARLIEST_BUDDHIST = 2400  # a year from here on is B.E., one before it C.E.
# The same as they are printed
_MONTHS: Final = (
    Message("month", "January"),
    Message("month", "February"),
    Message("month", "March"),
    Message("month", "April"),
    Message("month", "May"),
    Message("month", "June"),
    Message("month", "July"),
    Message("month", "August"),
    Message("month", "September"),
    Message("month", "October"),
    Message("month", "November"),
    Message("month", "December"),
)
_SHORT_MONTHS: Final = (
    Message("short month", "Jan"),
    Message("short month", "Feb"),
    Message("short month", "Mar"),
    Message("short month", "Apr"),
    Message("short month", "May"),
    Message("short month", "Jun"),
    Message("short month", "Jul"),
    Message("short month", "Aug"),
    Message("short month", "Sep"),
    Message("short month", "Oct"),
    Message("short month", "Nov"),
    Message("short month", "Dec"),
)
_DIGITS = tuple(zip("0123456789", "๐๑๒๓๔๕๖๗๘๙", strict=True))  # each Arabic one with its Thai one
_THAI_DIGIT = re.compile("[๐-๙]")


_configured = 0  # the fiscal year of the workspace at hand; 0 before one is opened


def use_year(fiscal_year: int) -> None:
    """From now on commands that are advised are typed in a workspace of ``fiscal_year``."""
    global _configured
    _configured = fiscal_year


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """What is reported on: one quarter of a fiscal year, ``Period(2569, 2)``, or the whole, ``Period(2569, YEAR_END)``.

    Forms are issued and returned by the quarter; the year-end comes after its fourth.
    """

    fiscal_year: int
    quarter: int

    def __str__(self) -> str:
        return f"{self.fiscal_year}-{self.name}"

    @property
    def name(self) -> str:
        """``q2`` or ``year-end``, as on the command line."""
        return "year-end" if self.is_year_end else f"q{self.quarter}"

    @property
    def typed(self) -> str:
        """How it is named after a command: ``q2``, and of which year where that is not the configured one."""
        return (
            self.name
            if self.fiscal_year == (_configured or self.fiscal_year)
            else f"{self.name} --year {self.fiscal_year}"
        )

    @property
    def following(self) -> Period:
        """The quarter after it, or after its last."""
        if self.quarter < len(QUARTERS):
            return Period(self.fiscal_year, self.quarter + 1)
        return Period(self.fiscal_year + 1, 1)

    @property
    def is_year_end(self) -> bool:
        return self.quarter == YEAR_END

    @property
    def ends_year(self) -> bool:
        """Whether the fiscal year is over with it: the fourth quarter, and the year-end."""
        return self.quarter in (QUARTERS[-1], YEAR_END)

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The quarters that it spans, the first one first."""
        spanned = QUARTERS if self.is_year_end else (self.quarter,)
        return tuple(Period(self.fiscal_year, quarter) for quarter in spanned)

    @property
    def first_day(self) -> date:
        year, quarter = self.fiscal_year - BUDDHIST_OFFSET, self.quarters[0].quarter
        return date(year - 1, 10, 1) if quarter == 1 else date(year, 3 * quarter - 5, 1)

    @property
    def last_day(self) -> date:
        quarter = self.quarters[-1].quarter
        following = Period(self.fiscal_year, quarter + 1) if quarter < 4 else Period(self.fiscal_year + 1, 1)
        return following.first_day - timedelta(days=1)

    @property
    def title(self) -> str:
        """``ไตรมาสที่ 2 ปีงบประมาณ พ.ศ. 2569`` or ``สิ้นปีงบประมาณ พ.ศ. 2569``, as documents have it."""
        return self.title_in(THAI)

    def title_in(self, words: Words) -> str:
        """The title as ``words`` say it: ``Quarter 2 of fiscal year 2026 (B.E. 2569)``."""
        years = {"year": self.fiscal_year, "common_year": self.fiscal_year - BUDDHIST_OFFSET}
        if self.is_year_end:
            return words.say("period", "End of fiscal year {common_year} (B.E. {year})", **years)
        years["quarter"] = self.quarter
        return words.say("period", "Quarter {quarter} of fiscal year {common_year} (B.E. {year})", **years)

    def quarter_in(self, words: Words) -> str:
        """``Quarter 2``."""
        return words.say("period", "Quarter {quarter}", quarter=self.quarter)

    @property
    def spoken(self) -> str:
        """The title in the language in use, for the screen: ``Q2 of fiscal year 2569``."""
        text = _("year-end of fiscal year {year}") if self.is_year_end else _("Q{quarter} of fiscal year {year}")
        return text.format(quarter=self.quarter, year=self.fiscal_year)

    @property
    def span(self) -> str:
        """``1 มกราคม 2569 – 31 มีนาคม 2569``."""
        return f"{long_date(self.first_day)} – {long_date(self.last_day)}"


def quarter_of(day: date) -> Period:
    """The quarter that ``day`` lies in."""
    year = day.year + BUDDHIST_OFFSET + (1 if day.month >= 10 else 0)
    return Period(year, (day.month - 10) % 12 // 3 + 1)


def parse_quarter(text: str, fiscal_year: int) -> Period:
    """A quarter as people write it, of ``fiscal_year`` unless it says another; ``UsageError`` for anything else.

    ``q2``, ``2``, ``๒``, ``ไตรมาส 2``, ``2569-q2``, ``2/2569``, ``ไตรมาสที่ 2 ปีงบประมาณ พ.ศ. 2569``.
    """
    period = _read_period(text, fiscal_year)
    if period is None or period.is_year_end:
        raise UsageError(
            _("'{text}' is not a quarter.").format(text=text),
            _("Write q1, q2, q3 or q4."),
        )
    return period


def parse_period(text: str, fiscal_year: int) -> Period:
    """A quarter as ``parse_quarter`` reads it, or ``year-end``, ``สิ้นปี``; ``UsageError`` for anything else."""
    period = _read_period(text, fiscal_year)
    if period is None:
        raise UsageError(
            _("'{text}' is neither a quarter nor the year-end.").format(text=text),
            _("Write q1, q2, q3, q4 or year-end."),
        )
    return period


_PART = r"(?:(?:q|quarter|ไตรมาส(?:ที่)?) ?(?P<named>[1-4])|(?P<bare>[1-4])|(?P<end>year[- ]?end|สิ้นปี(?:งบประมาณ)?))"
_OF_YEAR = r"(?:(?:of )?(?:fiscal year|ปีงบประมาณ|ปี)? ?(?:พ\.ศ\.)? ?(?P<year>\d{4}|\d{2}))"
_PERIODS = [
    re.compile(form.format(part=_PART, year=_OF_YEAR), re.ASCII)
    for form in ("{part}", "{year}[-/ ]?{part}", "{part}[-/ ]?{year}")
]


def _read_period(text: str, fiscal_year: int) -> Period | None:
    bare = " ".join(arabic_digits(text).lower().split())
    match = next((found for form in _PERIODS if (found := form.fullmatch(bare))), None)
    if match is None:
        return None
    year = match.groupdict().get("year")
    if year and match["bare"] and not re.search(r"[-/ ]", bare):
        return None  # 269 is neither 2/69 nor anything else
    return Period(_buddhist(int(year)) if year else fiscal_year, int(match["named"] or match["bare"] or YEAR_END))


def parse_year(text: str) -> int:
    """A fiscal year, B.E., from ``2569``, ``69``, ``๒๕๖๙``, ``2026`` or ``ปีงบประมาณ พ.ศ. 2569``."""
    match = re.fullmatch(_OF_YEAR, " ".join(arabic_digits(text).lower().split()), re.ASCII)
    if match is None:
        raise UsageError(_("'{text}' is not a year.").format(text=text), _("Write it in four figures, such as 2569."))
    return _buddhist(int(match["year"]))


def _buddhist(year: int) -> int:
    """A year of either era, or the last two figures of a Buddhist one."""
    return 2500 + year if year < 100 else year if year >= EARLIEST_BUDDHIST else year + BUDDHIST_OFFSET


_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_IN_FIGURES = re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})", re.ASCII)
_WITH_NAME = re.compile(r"(?:วันที่ ?)?(?P<day>\d{1,2}) ?(?P<name>[ก-๙.]+?) ?(?:พ\.ศ\. ?)?(?P<year>\d{4}|\d{2})", re.ASCII)


def parse_date(text: str) -> date:
    """A day as people write it; ``UsageError`` for anything else.

    ``2026-01-31``, ``2569-01-31``, ``31/1/2569``, ``16 ธ.ค. 2568``, ``16 ธันวาคม 2568``, Thai digits too. A year of two
    figures is B.E., and is read beside a month's name alone: 1/2/69 may mean anything.
    """
    bare = " ".join(arabic_digits(text).split())
    match = _ISO.fullmatch(bare) or _IN_FIGURES.fullmatch(bare) or _WITH_NAME.fullmatch(bare)
    try:
        if not match:
            raise ValueError
        parts = match.groupdict()
        month = int(parts["month"]) if "month" in parts else MONTH_NUMBERS[parts["name"].replace(".", "")]
        return date(_buddhist(int(parts["year"])) - BUDDHIST_OFFSET, month, int(parts["day"]))
    except (KeyError, ValueError):
        raise UsageError(
            _("'{text}' is not a date.").format(text=text),
            _("Write year-month-day, such as 2026-01-31 or 2569-01-31."),
        ) from None


def long_date(day: date, words: Words = THAI) -> str:
    """``1 ตุลาคม 2568``, or as ``words`` say it: ``1 October 2025``."""
    return words.say("date", "{day} {month} {year}", **_parts(day, _MONTHS, words))


def short_date(day: date, words: Words = THAI) -> str:
    """``1 ต.ค. 68``, or as ``words`` say it."""
    return words.say("short date", "{day} {month} {year}", **_parts(day, _SHORT_MONTHS, words))


def _parts(day: date, months: Sequence[Message], words: Words) -> dict[str, object]:
    """Of a date; a language says how far its years are from the common era's."""
    year = day.year + int(words.say("calendar", "0"))
    return {"day": day.day, "month": words.of(months[day.month - 1]), "year": year, "short_year": f"{year % 100:02d}"}


def spoken_date(day: date, *, in_full: bool = False) -> str:
    """A day as the screen has it: ``1 ต.ค. 68``, or ``1 ตุลาคม 2568``; in English ``2025-10-01``."""
    if current_language() != "th":
        return day.isoformat()
    return long_date(day) if in_full else short_date(day)


def thai_digits(text: str) -> str:
    for arabic, thai in _DIGITS:  # many times as fast as str.translate, which looks at each character
        text = text.replace(arabic, thai)
    return text


def arabic_digits(text: str) -> str:
    if _THAI_DIGIT.search(text):
        for arabic, thai in _DIGITS:
            text = text.replace(thai, arabic)
    return text
