"""How figures and texts are written in documents and on pages, in Thai unless other words are given.

Figures are written in Arabic digits; ``word`` turns them into Thai ones with ``localise``.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Final

from plan_tracker.fiscal import MONTHS, long_date, short_date
from plan_tracker.fiscal import thai_digits as to_thai
from plan_tracker.i18n import THAI, Message, Words
from plan_tracker.rounding import half_up, rounded_percent
from plan_tracker.values import Value

DASH = "–"
NOT_STATED: Final = Message("answer", "Not stated")
NOT_RECEIVED: Final = Message("answer", "No report received")
NOT_IN_RETURN: Final = Message("answer", "Not in the report received")
# What XML forbids, what docxtpl takes for layout (\a, \f), other controls, and those that turn the direction of all
# that follows in a paragraph; \t and \n stay.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_MARK = "Mn"  # a sign above or below a letter
_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
_DIGIT = re.compile("[0-9]")
# With a letter in it: a code, an address, a name such as 5G, and a program's with its version
_ASCII_WORD = re.compile(r"[!-~]*[A-Za-z][!-~]*[ \u00a0]\d+(?:\.\d+){2,}|[!-~]+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_FIXED = "\u00a0"  # a space at which no line ends
HYPHEN = "\u2011"  # the same of a hyphen
# How Thai is set, in whichever words: where no line ends
_FIGURE = rf"\d|{'|'.join(MONTHS)}"
CLASSIFIERS = "ตัว|โครงการ|หน่วยงาน|รายการ|ประเด็น|วัน|จุดร้อยละ|ล้านบาท|บาท"  # what follows the number of it
_HELD = re.compile(rf"({_FIGURE}|พ\.ศ\.|โทร\.|ที่|ร้อยละ) (?={_FIGURE})|(\d) (?={CLASSIFIERS})")
MILLION, MILLION_PLACES = Decimal(1_000_000), 4
_LEAST = Decimal(1).scaleb(-MILLION_PLACES)  # that is printed


def count(number: int) -> str:
    """``1,234``."""
    return f"{number:,}"


def baht(amount: Decimal | None) -> str:
    """``1,250,000.00``; a dash for None."""
    return DASH if amount is None else f"{half_up(amount):,f}"


def million(amount: Decimal | None) -> str:
    """``amount`` (baht) in million baht, four decimals: ``38.2000``; a dash for None.

    An amount that would round to nothing is not told as nothing: ``<0.0001``, and below zero ``>-0.0001``.
    """
    if amount is None:
        return DASH
    rounded = half_up(amount / MILLION, MILLION_PLACES)
    if amount and not rounded:
        return f"<{_LEAST}" if amount > 0 else f">-{_LEAST}"
    return f"{rounded:,f}"


def in_million(amount: Decimal | None) -> str:
    """``amount`` (baht) in million baht, two decimals, for whoever reads rather than reckons: ``38.20``.

    As ``million`` where it would round to nothing; a dash for None.
    """
    if amount is None:
        return DASH
    rounded = half_up(amount / MILLION)
    if amount and not rounded:
        return "<0.01" if amount > 0 else ">-0.01"
    return f"{rounded:,f}"


def percent(value: Decimal | None) -> str:
    """``66.67``, half up, without the sign; a dash for None."""
    return DASH if value is None else f"{rounded_percent(value):,f}"


def signed(points: Decimal | None) -> str:
    """``+3.20`` or ``-1.00``, half up, and ``0.00`` without a sign; a dash for None."""
    if points is None:
        return DASH
    rounded_points = rounded_percent(points)
    return f"{rounded_points:+,f}" if rounded_points else percent(Decimal(0))


def number(value: Decimal) -> str:
    """``500,000`` or ``86.5``: no zeros that say nothing."""
    return f"{value.normalize():,f}" if value else "0"


def measure(value: Decimal | str | None) -> str:
    """A target or result, a number or words; a dash where there is none."""
    return number(value) if isinstance(value, Decimal) else value or DASH


def plain_text(value: Value, words: Words = THAI) -> str:
    """Any answer as it stands in a document: ``1 ตุลาคม 2568``, ``1,200``, or the text itself."""
    if isinstance(value, date):
        return long_date(value, words)
    return number(value) if isinstance(value, Decimal) else value.strip()


def day(value: date | None, words: Words = THAI) -> str:
    """``1 ต.ค. 68``; a dash for None."""
    return DASH if value is None else short_date(value, words)


def listed(names: list[str], words: Words = THAI) -> str:
    """``ก ข และค``."""
    return words.listed(names)


def bound(text: str) -> str:
    """``text`` with no line ending within its dates, numbers and titles of periods."""
    return _HELD.sub(rf"\1\2{_FIXED}", text)


def whole(text: str) -> str:
    """``text``, such as an e-mail address or a telephone number, with no line ending within it."""
    return text.replace(" ", _FIXED).replace("-", HYPHEN)


def grouped(digits: str) -> str:
    """A digest in groups that people can compare, and at which a line may end."""
    return "-".join(digits[i : i + 8] for i in range(0, len(digits), 8))


def clipped(text: str, most: int) -> str:
    """``text`` on one line, of ``most`` characters; ``…`` stands for the rest, after a whole phrase if there is one."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    phrase, _space, _cut = line[:most].rpartition(" ")
    return f"{phrase if len(phrase) > most // 2 else line[: most - 1]}…"


def fitted(text: str, letters: int) -> str:
    """``text``, or what of it has room for so many ``letters``: vowels and tones above or below theirs take none."""
    room = 0
    for end, sign in enumerate(text):
        room += unicodedata.category(sign) != _MARK
        if room > letters:
            return f"{text[:end].rstrip()}…"
    return text


def clean(text: str) -> str:
    """``text`` with line breaks as newlines, and without what a document can't hold."""
    if text.isprintable():
        return text  # nearly all are, and this is told ten times as fast
    return _CONTROLS.sub("", _NEWLINES.sub("\n", text))


def localise(text: str, thai_digits: bool) -> str:
    """``text`` with Thai digits if asked, but for words with an ASCII letter in them."""
    if not thai_digits or not _DIGIT.search(text):
        return text
    return _ASCII_WORD.sub(_thai_word, text) if _ASCII_LETTER.search(text) else to_thai(text)


def _thai_word(word: re.Match[str]) -> str:
    return word[0] if _ASCII_LETTER.search(word[0]) else to_thai(word[0])
