"""From what stands in a cell to a value of the field's type.

What is read otherwise than it stands there is said in the reading's note; what could mean two
things is a problem, never a guess. Blank and mere placeholders ("-", "N/A") give no value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from plan_tracker.checking.dates import read_date
from plan_tracker.checking.numbers import read_money, read_number, read_percent
from plan_tracker.checking.reading import BLANK, Reading
from plan_tracker.fiscal import short_date
from plan_tracker.forms.definition.choices import NONE
from plan_tracker.forms.definition.provinces import PROVINCES
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.reading.raw import FaultyCell
from plan_tracker.values import plain

_STRAY = re.compile("[\t\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]|\u0e4d[\u0e48-\u0e4b]?\u0e32|\u000b")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_ODD_SPACES = str.maketrans({"\t": " ", "\u00a0": " ", "\u2028": "\n", "\u2029": "\n", "\u000b": "\n"})
_SPACES = re.compile(r"\s+")
_LONGEST_EMAIL = 254  # RFC 5321
_PLACEHOLDERS = frozenset({"", "n/a", "na", "n.a.", "?", "(ระบุ)", "ระบุ"})
_BLANKS = re.compile(r"[-–—._…\s]+")  # dots and dashes to be written over
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;/\n،、]|\sและ\s?)\s*")
_PROVINCE_PREFIX = re.compile(r"^(?:จังหวัด|จ\.)\s*")
_DASHES = str.maketrans({"-": "–", "—": "–", "−": "–"})


def tidy(text: str) -> str:
    """``text`` without what nobody sees: zero-width characters, odd spaces, ``ํา`` for ``ำ``, loose ends."""
    if _STRAY.search(text):
        text = _SPLIT_SARA_AM.sub("\\1\u0e33", _INVISIBLE.sub("", text))
        text = text.translate(_ODD_SPACES)
    return text.strip()


def read_value(field: Field, raw: object, *, qualitative: bool = False) -> Reading:
    """``raw``, a cell's content as the spreadsheet reader gives it, as an answer to ``field``.

    ``qualitative``: the row's direction lets a MEASURE be text. Problems are finding codes.
    """
    if isinstance(raw, FaultyCell):  # even one that shows nothing
        return Reading(None, "FORMULA", params={"shown": str(raw)})
    if raw is None or raw == "":
        return BLANK
    if isinstance(raw, str):
        clean = tidy(raw)
        if _is_placeholder(clean, field):
            return BLANK
        kind = _kind(field, qualitative)
        if kind is not FieldKind.TEXT:
            # Patterns take time with the square of a run of blanks, and a cell may hold thousands
            clean = _SPACES.sub(_as_one, clean)
        reading = _READERS[kind](field, clean)
        return reading if clean == raw or reading.problem or reading.note else reading._replace(note=_shown(reading))
    return _READERS[_kind(field, qualitative)](field, raw)


def _as_one(spaces: re.Match[str]) -> str:
    return "\n" if "\n" in spaces[0] else " "


def _kind(field: Field, qualitative: bool) -> FieldKind:
    if field.kind is not FieldKind.MEASURE:
        return field.kind
    return FieldKind.TEXT if qualitative else FieldKind.NUMBER


def _is_placeholder(text: str, field: Field) -> bool:
    if text == NONE:
        return not field.none_is_answer
    return bool(_BLANKS.fullmatch(text)) or (len(text) <= 6 and text.lower() in _PLACEHOLDERS)


def _shown(reading: Reading) -> str:
    return "" if reading.value is None else plain(reading.value)


def _text(_field: Field, raw: object) -> Reading:
    if isinstance(raw, str):
        return Reading(raw)
    if isinstance(raw, datetime | date):
        return Reading(short_date(raw))
    if isinstance(raw, bool):
        return Reading("TRUE" if raw else "FALSE")
    if isinstance(raw, int | float | Decimal):
        return Reading(plain(Decimal(format(raw, ".15g"))))
    return Reading(str(raw))


def _choice(field: Field, raw: object) -> Reading:
    """One of the field's choices, dashes and spaces aside."""
    text = _text(field, raw).value
    assert isinstance(text, str)
    if text in field.choices:
        return Reading(text)
    for choice in field.choices:
        if _loosely(choice) == _loosely(text):
            return Reading(choice, note=choice)
    return Reading(None, "NOT-CHOICE", params={"choices": " · ".join(field.choices)})


def _loosely(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).translate(_DASHES)


def _email(field: Field, raw: object) -> Reading:
    text = _text(field, raw).value
    assert isinstance(text, str)
    return Reading(text) if len(text) <= _LONGEST_EMAIL and _EMAIL.fullmatch(text) else Reading(None, "NOT-EMAIL")


def _provinces(field: Field, raw: object) -> Reading:
    """Names of provinces as ``เชียงใหม่, ขอนแก่น``, each known."""
    text = _text(field, raw).value
    assert isinstance(text, str)
    names = [_PROVINCE_PREFIX.sub("", name.strip()) for name in _BETWEEN_NAMES.split(text) if name.strip()]
    names = ["กรุงเทพมหานคร" if name in ("กทม.", "กทม", "กรุงเทพฯ") else name for name in names]
    unknown = [name for name in names if name not in PROVINCES]
    if unknown or not names:
        return Reading(None, "UNKNOWN-PROVINCE", params={"unknown": ", ".join(unknown) or text})
    listed = ", ".join(dict.fromkeys(names))
    return Reading(listed, note="" if listed == text else listed)


_READERS: dict[FieldKind, Callable[[Field, object], Reading]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: lambda _field, raw: read_number(raw),
    FieldKind.MONEY: lambda _field, raw: read_money(raw),
    FieldKind.PERCENT: lambda _field, raw: read_percent(raw),
    FieldKind.DATE: lambda _field, raw: read_date(raw),
    FieldKind.CHOICE: _choice,
    FieldKind.EMAIL: _email,
    FieldKind.PROVINCES: _provinces,
}
