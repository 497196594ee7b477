"""Numbers as people type them: Thai digits, thousands separators, ฿, ล้านบาท, (500), 50 %."""

from __future__ import annotations

import re
from decimal import Decimal

from plan_tracker.checking.reading import Reading
from plan_tracker.fiscal import arabic_digits, half_up
from plan_tracker.forms.reading.raw import PercentCell
from plan_tracker.values import plain

_PLAIN = re.compile(r"[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_WORDS = re.compile(r"^(?:฿|บาท|THB)\s*|\s*(?:฿|บาท|THB)$")
_MILLION = re.compile(r"\s*ล้าน$")
_PERCENT = re.compile(r"^ร้อยละ\s*|\s*(?:%|เปอร์เซ็นต์)$")
NOT_NUMBER = "NOT-NUMBER"
TOO_LARGE = Decimal(10) ** 15  # a spreadsheet keeps 15 digits; more are no exact number


def read_number(raw: object) -> Reading:
    """A number of any size."""
    if isinstance(raw, str):
        return _from_text(raw)
    value = _from_cell(raw)
    return Reading(None, NOT_NUMBER) if value is None else Reading(value)


def read_money(raw: object) -> Reading:
    """Baht with two decimals; more decimals are rounded half up, and that is said."""
    reading = _from_text(raw, money=True) if isinstance(raw, str) else read_number(raw)
    if not isinstance(reading.value, Decimal):
        return reading
    rounded = half_up(reading.value) or Decimal("0.00")
    note = reading.note if rounded == reading.value else plain(rounded)
    return reading._replace(value=rounded, note=note)


def read_percent(raw: object) -> Reading:
    """A per cent, 50 for 50 %. A bare number between 0 and 1 is asked about, not guessed."""
    if isinstance(raw, PercentCell):
        value = _from_cell(float(raw) * 100)
        return Reading(None, NOT_NUMBER) if value is None else Reading(value, note=plain(value))
    if isinstance(raw, str):
        bare = _PERCENT.sub("", raw)
        reading = _from_text(bare)
        if bare != raw and isinstance(reading.value, Decimal):
            return reading._replace(note=plain(reading.value))
    else:
        reading = read_number(raw)
    if isinstance(reading.value, Decimal) and 0 < reading.value < 1:
        likely = plain((reading.value * 100).normalize())
        return Reading(None, "UNCLEAR-PERCENT", params={"reading": likely})
    return reading


def _from_cell(raw: object) -> Decimal | None:
    """A numeric cell, to the 15 digits that a spreadsheet keeps."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    return _exact(raw if isinstance(raw, Decimal) else Decimal(format(raw, ".15g")))


def _exact(value: Decimal) -> Decimal | None:
    """``value`` without a needless point or a sign on 0; None where it is too large to be kept exactly."""
    if not value.is_finite() or not -TOO_LARGE < value < TOO_LARGE:
        return None
    return (value.quantize(Decimal(1)) or Decimal(0)) if value == value.to_integral_value() else value


def _from_text(text: str, *, money: bool = False) -> Reading:
    """A number in words and digits; the note says what was read, unless it stands there just so."""
    bare = arabic_digits(text).strip()
    scale = Decimal(1)
    if money:
        bare = _WORDS.sub("", bare)
        if _MILLION.search(bare):
            bare, scale = _MILLION.sub("", bare), Decimal(1_000_000)
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1].strip()
    bare = bare.replace("−", "-")
    if not _PLAIN.fullmatch(bare) or (negative and bare[0] in "+-"):
        return Reading(None, NOT_NUMBER)
    value = _exact(Decimal(bare.replace(",", "")) * (-scale if negative else scale))
    if value is None:
        return Reading(None, NOT_NUMBER)
    return Reading(value, note="" if plain(value) == text else plain(value))
