"""Puts the parts of a workbook's fonts into the order of the format's schema, which openpyxl does not keep.

Writes the workbooks that openpyxl builds.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_STYLE

_ORDER = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme".split()  # noqa: SIM905
_FONT = re.compile(r"<font>(.*?)</font>", re.DOTALL)
_PART = re.compile(r"<(\w+)(?:\s[^>]*)?/>|<(\w+)[^>]*>.*?</\2>", re.DOTALL)


class _Package(ZipFile):
    """The archive that openpyxl writes a workbook's parts to."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *more: Any, **named: Any) -> None:
        if zinfo_or_arcname == ARC_STYLE:
            data = in_schema_order(data if isinstance(data, str) else data.decode())
        super().writestr(zinfo_or_arcname, data, *more, **named)


def save_book(book: Workbook, target: Path | BytesIO) -> None:
    """Writes ``book`` to ``target`` as ``book.save`` does, with its fonts in order."""
    ExcelWriter(book, _Package(target, "w", ZIP_DEFLATED)).save()  # closes the package


def in_schema_order(styles: str) -> str:
    """``styles`` with the parts of each font in order; those of a conditional look are in it already."""
    return _FONT.sub(_ordered, styles)


def _ordered(font: re.Match[str]) -> str:
    parts = sorted(_PART.finditer(font[1]), key=lambda part: _ORDER.index(part[1] or part[2]))
    return f"<font>{''.join(part[0] for part in parts)}</font>"
