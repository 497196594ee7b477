"""Number formats: what a cell shows of the number or the day that it holds, as far as reading needs it.

A format has up to four sections, for numbers above 0, below 0, 0, and text; or conditions, such as ``[<=1]0%;0``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from itertools import takewhile

from plan_tracker.fiscal import BUDDHIST_OFFSET, MONTHS, SHORT_MONTHS
from plan_tracker.forms.reading.spreadsheets.sheet_xml import own_names, parse_part

GENERAL = "General"
# What a format shows as it stands: quoted text, one escaped, padding or filling character, a colour or a condition.
_LITERAL = re.compile(r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?')
_CONDITION = re.compile(r"\[([<>=]{1,2})\s*(-?\d+(?:\.\d+)?)\]")
_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "<": float.__lt__,
    "<=": float.__le__,
    ">": float.__gt__,
    ">=": float.__ge__,
    "=": float.__eq__,
    "<>": float.__ne__,
}
_BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "d/m/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "d/m/yyyy h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    59: "0",  # from here on in Thai Excel
    60: "0.00",
    61: "#,##0",
    62: "#,##0.00",
    67: "0%",
    68: "0.00%",
    71: "d/m/bbbb",
    72: "d-mmm-bb",
    73: "d-mmm",
    74: "mmm-bb",
    75: "h:mm",
    76: "h:mm:ss",
    77: "d/m/bbbb h:mm",
    78: "mm:ss",
    79: "[h]:mm:ss",
    80: "mm:ss.0",
    81: "d/m/bb",
}
_PIECE = re.compile(r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[[^\]]*\]|(?P<slot>[0#?])|(?P<other>.)', re.DOTALL)
_DAY_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[[^\]]*\]|(?P<part>d{1,4}|m{1,5}|b{2,4}|e+|y{2,4})|(?P<other>.)',
    re.DOTALL | re.IGNORECASE,
)
_BEYOND = re.compile(r"[^\s.,%()+\-:฿$]")  # exponents, fractions, days: shown in ways that aren't followed here
_FIGURES_ALONE = re.compile(r"(?:#,##)?0(?:\.0+)?")
_INEXACT = 10**15  # a spreadsheet keeps 15 digits
_DAY = re.compile(r"[dmyhsb]|e(?![+-])", re.IGNORECASE)
_LAST_DAY = 2_958_465  # 31 December 9999
_TIME = re.compile(r"\s*(?:h+|\[h+\]).*$", re.IGNORECASE)


def section_for(code: str, number: float) -> str:
    """The section of a format that shows ``number``."""
    sections, conditions = _sections(code)
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _HOLDS[condition[1]](float(number), float(condition[2])):
                return section
        return ""
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if number == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[list[str], list[re.Match[str] | None]]:
    """The sections of a format, and the condition of each that has one."""
    found, start = [], 0
    for match in re.finditer(rf"{_LITERAL.pattern}|;", code):
        if match[0] == ";":
            found.append(code[start : match.start()])
            start = match.end()
    found.append(code[start:])
    return found, [_CONDITION.search(section) for section in found]


def is_percent(code: str, number: float) -> bool:
    """Whether a format such as ``0.00%`` shows ``number`` as per cent; ``0"%"`` only looks so."""
    return "%" in _LITERAL.sub("", section_for(code, number))


def shown_number(code: str, number: float) -> str:
    """What a cell shows of ``number``; empty where it is the number itself, or shown in a way that isn't known here."""
    if code.lower() in ("", "general", "@") or not abs(number) < _INEXACT:
        return ""
    pieces = _split(section_for(code, number))
    pieces, thousands = _without_thousands(pieces)
    kept = "".join(match["other"] or "" for match in pieces)
    if not any(match["slot"] for match in pieces) or _BEYOND.search(kept):
        return ""
    shown = _fill(pieces, Decimal(format(number, ".15g")).scaleb(-3 * thousands))
    return f"-{shown}" if number < 0 and len(_sections(code)[0]) == 1 else shown


def literal_text(section: str) -> str:
    """What a section shows that has no place for figures: its texts alone."""
    pieces = _split(section)
    return "".join(_around(pieces, range(len(pieces))))


def _split(section: str) -> list[re.Match[str]]:
    return [match for match in _PIECE.finditer(section) if any(match.groupdict().values())]


def _without_thousands(pieces: Sequence[re.Match[str]]) -> tuple[list[re.Match[str]], int]:
    """The pieces but for commas behind the figures, each of which leaves three of them out; and how many."""
    signs = [match["other"] or "" for match in pieces]
    slots = [place for place, match in enumerate(pieces) if match["slot"]]
    if not slots:
        return list(pieces), 0
    point = signs.index(".") if "." in signs else len(pieces)
    last_whole = max((place for place in slots if place < point), default=point)
    behind = [
        place for place, sign in enumerate(signs) if sign == "," and (last_whole < place < point or place > slots[-1])
    ]
    return [match for place, match in enumerate(pieces) if place not in behind], len(behind)


def _fill(pieces: Sequence[re.Match[str]], number: Decimal) -> str:
    """The figures of ``number`` in the slots of a section, and between them what stands there."""
    signs = [match["other"] or "" for match in pieces]
    slots = [place for place, match in enumerate(pieces) if match["slot"]]
    point = next((place for place in range(slots[0], slots[-1]) if signs[place] == "."), len(pieces))
    decimals = [place for place in slots if place > point]
    amount = abs(number) * 100 ** signs.count("%")
    figures = format(amount.quantize(Decimal(1).scaleb(-len(decimals)), rounding=ROUND_HALF_UP), "f")
    whole, _point, fraction = figures.partition(".")
    before = [place for place in slots if place < point]
    optional = sum(1 for _place in takewhile(lambda place: pieces[place]["slot"] == "#", reversed(decimals)))
    fraction = fraction[: len(fraction) - optional] + fraction[len(fraction) - optional :].rstrip("0")
    filled = dict(zip(decimals, fraction, strict=False)) | _whole_figures(pieces, before, whole)
    grouped = any(signs[place] == "," for place in range(before[0], before[-1])) if before else False
    if grouped:
        return "".join(_around(pieces, range(before[0]))) + f"{int(whole):,}" + _tail(pieces, before[-1] + 1, filled)
    return _tail(pieces, 0, filled)


def _whole_figures(pieces: Sequence[re.Match[str]], slots: Sequence[int], whole: str) -> dict[int, str]:
    """The figures before the point, from the right; what there is no slot for goes before the first one."""
    left, filled = whole if int(whole) else "", {}
    for place in reversed(slots):
        figure, left = (left[-1:], left[:-1]) if place != slots[0] else (left, "")
        filled[place] = figure or ("0" if pieces[place]["slot"] == "0" else "")
    return filled


def _tail(pieces: Sequence[re.Match[str]], start: int, filled: Mapping[int, str]) -> str:
    return "".join(
        filled.get(place, "") if pieces[place]["slot"] else "".join(_around(pieces, range(place, place + 1)))
        for place in range(start, len(pieces))
    )


def _around(pieces: Sequence[re.Match[str]], places: range) -> Iterator[str]:
    for place in places:
        yield pieces[place]["quoted"] or pieces[place]["escaped"] or pieces[place]["other"] or ""


def shown_day(code: str, day: date) -> str:
    """What a cell shows of ``day``, its months in Thai; its time is left out. Empty where that isn't known here."""
    parts = []
    buddhist = bool(re.search(r"\[\$-[0-9A-F]*07[0-9A-F]{4}\]", code, re.IGNORECASE))
    for match in _DAY_PIECE.finditer(_TIME.sub("", _sections(code)[0][0])):
        text = _day_part(match["part"].lower(), day, buddhist) if match["part"] else ""
        other = match["other"] or ""
        if other.isalpha():
            return ""
        parts.append(text or match["quoted"] or match["escaped"] or other)
    return "".join(parts).strip()


def _day_part(part: str, day: date, buddhist: bool) -> str:
    if part[0] == "d":
        return f"{day.day:0{len(part)}}" if len(part) < 3 else ""
    if part[0] == "m":
        names = {3: SHORT_MONTHS, 4: MONTHS}
        return names[len(part)][day.month - 1] if len(part) in names else f"{day.month:0{len(part)}}"
    year = day.year + (BUDDHIST_OFFSET if (buddhist or part[0] == "b") and day.year < 2400 else 0)
    return f"{year % 100:02}" if len(part) == 2 else str(year)


def shown(code: str, value: object) -> str:
    """What a cell of this format shows of the number or the day in it; empty where that is its plain text."""
    if isinstance(value, datetime | date):
        return shown_day(code, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return shown_number(code, value)
    return ""


def is_plain_format(code: str) -> bool:
    """Whether a format shows a number as it is."""
    return code.lower() in ("", "general", "@")


def is_faithful(code: str) -> bool:
    """Whether a format shows any number as that number, rounded: ``#,##0.00`` and its kind, known by their shape."""
    return bool(_FIGURES_ALONE.fullmatch(code))


def as_day(code: str, number: float, *, since_1904: bool) -> float | date | time:
    """The day, with its time where it has one, that a format shows ``number`` as; the number where it shows no day."""
    if not _is_of_days(section_for(code, number)):
        return number
    serial = number + (1462 if since_1904 else 0)
    if not 0 <= serial <= _LAST_DAY:
        return number
    seconds = round(serial % 1 * 86_400)
    if serial < 1:
        return time() if seconds == 86_400 else (datetime.min + timedelta(seconds=seconds)).time()
    first = datetime(1899, 12, 30) if serial >= 60 else datetime(1899, 12, 31)  # a spreadsheet has 29 February 1900
    moment = first + timedelta(days=int(serial), seconds=seconds)
    return moment.date() if moment.time() == time() else moment


@lru_cache(maxsize=1000)
def _is_of_days(section: str) -> bool:
    """Whether a section shows numbers as days or times."""
    bare = _LITERAL.sub("", section)
    return "general" not in bare.lower() and bool(_DAY.search(bare)) and not re.search(r"(?<!\.)[0#?]", bare)


@cache
def cell_formats(styles: bytes) -> tuple[str, ...]:
    """The number formats of the cell styles in an .xlsx's ``styles.xml``, in their order."""
    root = parse_part(styles)
    codes, own = dict(_BUILT_IN), own_names(root)
    for shape in root.iterfind(f"{own}numFmts/{own}numFmt"):
        codes[int(shape.get("numFmtId", "0"))] = shape.get("formatCode", "")
    shapes = root.iterfind(f"{own}cellXfs/{own}xf")
    return tuple(codes.get(int(shape.get("numFmtId", "0")), GENERAL) for shape in shapes)
