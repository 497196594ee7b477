"""From what stands in a cell to a value of the field's type.

What is read otherwise than it stands there is said in the reading's note; what could mean two
things is a problem, never a guess. Blank and mere placeholders ("-", "N/A") give no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from plan_tracker.checking.parsing.dates import UNCLEAR_DATE, read_date
from plan_tracker.checking.parsing.names import read_choice, read_provinces
from plan_tracker.checking.parsing.none_words import says_none
from plan_tracker.checking.parsing.numbers import is_percent_unit, read_money, read_number, read_percent
from plan_tracker.checking.parsing.reading import BLANK, CASE, Reading
from plan_tracker.fiscal import long_date
from plan_tracker.forms.definition.choices import NONE
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.reading.raw import FaultyCell, PercentCell
from plan_tracker.thai_text import DASHES, mend
from plan_tracker.values import plain, writable

_SPACES = re.compile(r"\s+")
_LONGEST_EMAIL = 254  # RFC 5321
_PLACEHOLDERS = frozenset({"", "n/a", "na", "n.a.", "?", "(ระบุ)", "ระบุ"})
_ERROR_VALUE = re.compile(r"#(?:N/A|[A-Z][A-Z0-9/_]*[!?]|GETTING_DATA)|ERR:[0-9]{3}", re.IGNORECASE)
_BLANKS = re.compile(rf"[{DASHES}._…\s]+")  # dots and dashes to be written over
_LOCAL = r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*"
_EMAIL = re.compile(rf"{_LOCAL}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{{2,}}")
_AROUND_EMAIL = re.compile(r"^(?:mailto:|<)\s*|>$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellContext:
    """What a cell's meaning takes from around it.

    ``qualitative``: the row's direction lets a MEASURE be text. ``unit``: its unit of measure. ``shown``: what the
    cell shows by its number format, where that is known.
    """

    qualitative: bool = False
    unit: str = ""
    shown: str = ""


ALONE = CellContext()


def read_value(field: Field, raw: object, setting: CellContext = ALONE) -> Reading:
    """``raw``, a cell's content as the spreadsheet reader gives it, as an answer to ``field``.

    Problems are finding codes.
    """
    if isinstance(raw, FaultyCell):  # even one that shows nothing
        return Reading(None, "FORMULA", params={"shown": str(raw), CASE: raw.case})
    if raw is None or raw == "":
        return BLANK
    kind = _kind(field, setting)
    if not isinstance(raw, str):
        return _READERS[kind](field, raw, setting)
    clean = mend(raw)
    if _ERROR_VALUE.fullmatch(clean):  # pasted as a value, so that the cell holds it as text
        return Reading(None, "FORMULA", params={"shown": clean})
    if _is_placeholder(clean, field):
        return BLANK
    if kind is not FieldKind.TEXT:
        # Patterns take time with the square of a run of blanks, and a cell may hold thousands
        clean = _SPACES.sub(_as_one, clean)
    reading = _READERS[kind](field, clean, setting)
    is_same = clean == raw.replace("\r\n", "\n")
    return reading if is_same or reading.problem or reading.note else reading._replace(note=_shown(reading))


def _as_one(spaces: re.Match[str]) -> str:
    return "\n" if "\n" in spaces[0] else " "


def _kind(field: Field, setting: CellContext) -> FieldKind:
    """How the cell is read: a MEASURE by its row's direction and unit."""
    if field.kind is not FieldKind.MEASURE:
        return field.kind
    if setting.qualitative:
        return FieldKind.TEXT
    return FieldKind.PERCENT if is_percent_unit(setting.unit) else FieldKind.NUMBER


def _is_placeholder(text: str, field: Field) -> bool:
    if _BLANKS.fullmatch(text) or (len(text) <= 6 and text.lower() in _PLACEHOLDERS):
        return True
    return not field.none_is_answer and says_none(text, of_problems=False)


def is_dash(raw: object) -> bool:
    """Whether a cell holds nothing but a dash or dots."""
    return isinstance(raw, str) and bool(_BLANKS.fullmatch(mend(raw)))


def _shown(reading: Reading) -> str:
    return "" if reading.value is None else plain(reading.value)


def _text(field: Field, raw: object, setting: CellContext) -> Reading:
    """Words. A number is kept as it was shown; a day is asked about, since a program may have made it of words."""
    if isinstance(raw, str):
        if field.none_is_answer and raw != NONE and says_none(raw, of_problems=True):
            return Reading(NONE, note=NONE)
        return Reading(raw)
    if isinstance(raw, datetime | date):
        return Reading(None, UNCLEAR_DATE, params={CASE: "words", "reading": setting.shown or long_date(raw)})
    if isinstance(raw, bool):
        return Reading("TRUE" if raw else "FALSE")
    shown = setting.shown or _figures(raw)
    if field.kind is FieldKind.PHONE and re.fullmatch("[1-9][0-9]{7,8}", shown):
        shown = f"0{shown}"  # every Thai number begins with 0, and a spreadsheet drops it
    is_asked_for = field.kind is FieldKind.MEASURE and not setting.shown and not isinstance(raw, PercentCell)
    return Reading(shown, note="" if is_asked_for else shown)


def _figures(raw: object) -> str:
    if isinstance(raw, PercentCell):
        return f"{plain(decimal_of(float(raw) * 100))}%"
    if isinstance(raw, int | float | Decimal):
        return plain(decimal_of(raw))
    return str(raw)


def decimal_of(number: float | Decimal) -> Decimal:
    """A cell's number, to the 15 digits that a spreadsheet keeps."""
    return Decimal(format(number, ".15g"))


def _choice(field: Field, raw: object, setting: CellContext) -> Reading:
    return read_choice(field.choices, raw if isinstance(raw, str) else setting.shown or _figures(raw))


def _email(_field: Field, raw: object, _setting: CellContext) -> Reading:
    if not isinstance(raw, str) or len(raw) > _LONGEST_EMAIL:
        return Reading(None, "NOT-EMAIL")
    bare = _AROUND_EMAIL.sub("", raw)
    return Reading(bare, note="" if bare == raw else bare) if _EMAIL.fullmatch(bare) else Reading(None, "NOT-EMAIL")


def _provinces(_field: Field, raw: object, _setting: CellContext) -> Reading:
    return read_provinces(raw if isinstance(raw, str) else _figures(raw))


def typed(raw: object) -> str:
    """A cell's content as a person would have typed it."""
    if isinstance(raw, str):
        return writable(raw)
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, PercentCell):
        return f"{plain(decimal_of(raw * 100))}%"
    if isinstance(raw, int | float):
        return plain(decimal_of(raw))
    if isinstance(raw, datetime) and (raw.hour or raw.minute or raw.second):
        return raw.isoformat(sep=" ")
    return f"{raw.day}/{raw.month}/{raw.year}" if isinstance(raw, date) else "" if raw is None else str(raw)


_READERS: dict[FieldKind, Callable[[Field, object, CellContext], Reading]] = {
    FieldKind.TEXT: _text,
    FieldKind.PHONE: _text,
    FieldKind.NUMBER: lambda _field, raw, setting: read_number(raw, mend(setting.unit)),
    FieldKind.MONEY: lambda _field, raw, _setting: read_money(raw),
    FieldKind.PERCENT: lambda _field, raw, _setting: read_percent(raw),
    FieldKind.DATE: lambda _field, raw, _setting: read_date(raw),
    FieldKind.CHOICE: _choice,
    FieldKind.EMAIL: _email,
    FieldKind.PROVINCES: _provinces,
}
