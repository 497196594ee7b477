"""Number formats: which ones show a number as per cent, so that 0.5 means 50."""

from __future__ import annotations

import re
from functools import cache

from plan_tracker.forms.reading.canonical import parse_part

# What a format shows as it stands: quoted text, one escaped, padding or filling character, a colour or a condition.
_LITERAL = re.compile(r'"[^"]*"?|\\.?|[_*].?|\[[^\]]*\]?')
_BUILT_IN = frozenset((9, 10))  # 0% and 0.00%


@cache
def is_percent(code: str) -> bool:
    """Whether a format such as ``0.00%`` shows positive numbers as per cent; ``0"%"`` only looks so."""
    return "%" in _LITERAL.sub("", code).partition(";")[0]


@cache
def percent_styles(styles: bytes) -> frozenset[str]:
    """The numbers of the cell styles in an .xlsx's ``styles.xml`` that show numbers as per cent."""
    root = parse_part(styles)
    numbers = set(_BUILT_IN)
    for shape in root.iterfind("{*}numFmts/{*}numFmt"):
        number = int(shape.get("numFmtId", "0"))
        numbers.discard(number)
        if is_percent(shape.get("formatCode", "")):
            numbers.add(number)
    shapes = root.iterfind("{*}cellXfs/{*}xf")
    return frozenset(str(i) for i, shape in enumerate(shapes) if int(shape.get("numFmtId", "0")) in numbers)
