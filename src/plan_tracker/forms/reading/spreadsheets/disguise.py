"""Numbers that a cell shows as other numbers or not at all, and what a cell shows of numbers and days in general."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from plan_tracker.fiscal import arabic_digits
from plan_tracker.forms.reading.raw import DisguisedCell
from plan_tracker.forms.reading.spreadsheets.grid import CellDisplay
from plan_tracker.forms.reading.spreadsheets.number_formats import (
    is_faithful,
    is_percent,
    is_plain_format,
    literal_text,
    section_for,
    shown,
    shown_number,
)

_SCALE_WORDS = re.compile("ร้อย|พัน|หมื่น|แสน|ล้าน")
_OTHER_WAYS = re.compile(r"\d[eE][+-]?\d|\d\s*/\s*\d|\d\D*:\s*\d")  # exponents, fractions, times
_FIGURES = re.compile(r"\d(?:[\d., ]*\d)?", re.ASCII)
_LITERAL_AND_SLOTS = re.compile(r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?')
_PERCENT_WORD = "ร้อยละ"


def seen(look: CellDisplay, value: object) -> str:
    """What a cell shows of the number or the day in it; empty where that is its plain text, or isn't known."""
    return shown(look.code, value) if look.text is None else look.text


def shows_percent(look: CellDisplay, number: float) -> bool:
    """Whether a cell shows its number as per cent. 0 means the same in every format."""
    return number != 0 and is_percent(look.code, number)


def read_disguise(look: CellDisplay, number: float) -> str | None:
    """What is to be read in the stead of a number that its cell shows otherwise; None where it shows this number.

    A format that puts thousands or millions behind the figures says what a person would have typed: that is read.
    """
    if number == 0 or (look.text is None and is_faithful(look.code)):
        return None
    text = _shown_by_format(look.code, number) if look.text is None else look.text
    if text is None or _OTHER_WAYS.search(text):
        return None
    if not _shows(text, abs(number) * 100 if shows_percent(look, number) else abs(number)):
        return DisguisedCell(f"“{text.strip()}” ≠ {number:.15g}")
    return text if _SCALE_WORDS.search(text.replace(_PERCENT_WORD, "")) else None


def _shown_by_format(code: str, number: float) -> str | None:
    """What a format shows; None where that is the number itself, or isn't followed here."""
    if is_plain_format(code):
        return None
    section = section_for(code, number)
    bare = _LITERAL_AND_SLOTS.sub("", section)
    if "general" in bare.lower():
        return literal_text(re.sub("general", f'"{number:.15g}"', section, flags=re.IGNORECASE))
    if not re.search("[0#?]", bare):
        return literal_text(section)
    return shown_number(code, number) or None


def _shows(text: str, amount: float) -> bool:
    """Whether the only figures in a text are those of ``amount``, as exact as they stand there."""
    found = _FIGURES.findall(arabic_digits(text))
    return len(found) == 1 and any(_is_near(figures, amount) for figures in (found[0], _other_marks(found[0])))


def _other_marks(figures: str) -> str:
    """Figures whose comma is the decimal one."""
    return figures.translate(str.maketrans(",.", ".,"))


def _is_near(figures: str, amount: float) -> bool:
    try:
        said = Decimal(figures.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return False
    exponent = said.as_tuple().exponent
    return isinstance(exponent, int) and abs(said - Decimal(format(amount, ".15g"))) <= Decimal(1).scaleb(exponent)
