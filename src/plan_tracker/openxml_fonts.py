"""Puts the parts of a workbook's fonts into the order of the format's schema, which openpyxl does not keep.

Pure functions of a stylesheet's XML, as openpyxl writes it.
"""

from __future__ import annotations

import re

_ORDER = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme".split()  # noqa: SIM905
_FONT = re.compile(r"<font>(.*?)</font>", re.DOTALL)
_PART = re.compile(r"<(\w+)(?:\s[^>]*)?/>|<(\w+)[^>]*>.*?</\2>", re.DOTALL)


def in_schema_order(styles: str) -> str:
    """``styles`` with the parts of each font in order; those of a conditional look are in it already."""
    return _FONT.sub(_ordered, styles)


def _ordered(font: re.Match[str]) -> str:
    parts = sorted(_PART.finditer(font[1]), key=lambda part: _ORDER.index(part[1] or part[2]))
    return f"<font>{''.join(part[0] for part in parts)}</font>"
