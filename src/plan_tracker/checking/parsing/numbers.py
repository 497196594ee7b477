"""Numbers as offices type them: Thai digits, separators, ฿, ``50,000.-``, ``1.2 ล้านบาท``, (500), ร้อยละ 50.

Each is one number and no other to whoever reads it; what could be two, or only nearly one, is NOT-NUMBER.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from plan_tracker.checking.parsing.reading import CASE, Reading
from plan_tracker.fiscal import arabic_digits, half_up
from plan_tracker.forms.reading.raw import PercentCell
from plan_tracker.thai_text import plain_dashes
from plan_tracker.values import plain

_FIGURES = r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:\.\d+)?"
_PLAIN = re.compile(rf"[+-]?{_FIGURES}", re.ASCII)
_STOPPED = re.compile(r"(?<=\d)\.$", re.ASCII)  # a full stop after the number
_BAHT_DASH = re.compile(r"(?<=\d)\.[-=]$", re.ASCII)  # ``50,000.-``: no satang
_EQUALS = re.compile(r"^=\s*(?=[\d+(-])", re.ASCII)
_BAHT = r"(?:฿|บาท(?:ถ้วน)?|baht|THB)"
_MONEY = re.compile(rf"^{_BAHT}\s*|\s*\(?{_BAHT}\)?\.?$", re.IGNORECASE)
_SCALES: Mapping[str, Decimal] = MappingProxyType(
    {
        small + large: Decimal(10) ** (power + more)
        for small, power in (("", 0), ("ร้อย", 2), ("พัน", 3), ("หมื่น", 4), ("แสน", 5))
        for large, more in (("", 0), ("ล้าน", 6))
        if power or more
    }
)
_SCALED = re.compile(rf"\s*({'|'.join(sorted(_SCALES, key=len, reverse=True))})$")
_PERCENT = re.compile(r"^ร้อยละ\s*|\s*\(?(?:%|เปอร์เซ็นต์|เปอร์เซนต์|ร้อยละ|per ?cent)\)?\.?$", re.IGNORECASE)
_PERCENT_UNIT = re.compile(r"ร้อยละ|%|เปอร์เซ็?นต์|per ?cent", re.IGNORECASE)
_IS_WORD = re.compile(r"[^\W\d]\D*")  # figures in a unit could be taken for the number's own
NOT_NUMBER = "NOT-NUMBER"
_PER_CENT_IN_NO_PER_CENT = {CASE: "per-cent"}
TOO_LARGE = Decimal(10) ** 15  # a spreadsheet keeps 15 digits; more are no exact number


def is_percent_unit(unit: str) -> bool:
    """Whether a unit of measure, such as ``ร้อยละ`` or ``% ของแผน``, makes its figures per cents."""
    return bool(_PERCENT_UNIT.search(unit))


def read_number(raw: object, unit: str = "") -> Reading:
    """A number of any size, in ``unit``, which may stand beside it."""
    if isinstance(raw, str):
        return _from_text(raw, unit=unit)
    if isinstance(raw, PercentCell):
        return Reading(None, NOT_NUMBER, params=_PER_CENT_IN_NO_PER_CENT)
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
        reading = _from_text(bare, scaled=False)
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


def _from_text(text: str, *, unit: str = "", money: bool = False, scaled: bool = True) -> Reading:
    """A number in words and digits; the note says what was read, unless it stands there just so."""
    bare = _EQUALS.sub("", plain_dashes(arabic_digits(text)).strip())
    bare = _MONEY.sub("", bare) if money else _without_unit(bare, unit)
    scale = Decimal(1)
    if scaled and (found := _SCALED.search(bare)) and not _is_scaled(unit):
        bare, scale = bare[: found.start()], _SCALES[found[1]]
    if money:
        bare = _BAHT_DASH.sub("", bare)
    value = _figure(bare)
    exact = None if value is None else _exact(value * scale)
    if exact is None:
        is_percent = scaled and is_percent_unit(text)
        return Reading(None, NOT_NUMBER, params=_PER_CENT_IN_NO_PER_CENT if is_percent else {})
    return Reading(exact, note="" if plain(exact) == text else plain(exact))


def _figure(text: str) -> Decimal | None:
    """What figures alone say, with a sign or in brackets; None where they are no single number."""
    bare = _STOPPED.sub("", text)
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1].strip()
    if not _PLAIN.fullmatch(bare) or (negative and bare[0] in "+-"):
        return None
    value = Decimal(bare.replace(",", "").replace(" ", ""))
    return -value if negative else value


def _without_unit(text: str, unit: str) -> str:
    """``text`` without the unit of measure that stands before it, or behind it, bare or in brackets."""
    if not unit or not _IS_WORD.fullmatch(unit):
        return text
    known = re.escape(unit)
    return re.sub(rf"^{known}\s*(?=[\d(+-])|\s*(?:{known}|\(\s*{known}\s*\))\.?$", "", text)


def _is_scaled(unit: str) -> bool:
    """Whether a unit such as ``ล้านบาท`` counts in millions itself: what a second one would mean is unclear."""
    return unit.startswith(tuple(_SCALES))
