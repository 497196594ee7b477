"""Saves a workbook so that previews show its figures, its rows grow with what is typed, and it stays light.

openpyxl writes formulas without results and each text where it stands: results are put in here, texts are shared
between cells, and sheets of checks are written whole. LibreOffice reckons no heights when it opens a file, and Excel
none where one is given; but openpyxl says of every height that a person has set it, and then rows would not grow: that
is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from plan_tracker.openxml_fonts import in_schema_order
from plan_tracker.values import plain, writable

Results = Mapping[tuple[str, str], str | int | Decimal]  # by sheet and cell
Sheets = Callable[[Callable[[str], int]], Mapping[str, str]]  # from where texts are shared to whole sheets by title

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHARED = "xl/sharedStrings.xml"
_RELATION = (
    '<Relationship Id="rIdTexts" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"'
    ' Target="sharedStrings.xml"/></Relationships>'
)
_OVERRIDE = (
    f'<Override PartName="/{_SHARED}"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_SET_BY_HAND = ' customHeight="1"'
_TEXT = re.compile(r't="inlineStr"><is><t(?: xml:space="preserve")?>([^<]*)</t></is>')
_FORMULA = re.compile(r'(<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?)(>\s*<f>[^<]*</f>)\s*<v\s*/?>(?:</v>)?\s*</c>')
_SHEET = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")


class _Texts:
    """The texts of a workbook, each held once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def xml(self) -> str:
        items = (f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self._numbers)
        return f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(self._numbers)}">{"".join(items)}</sst>'


class _Archive(ZipFile):
    """An archive that finishes what openpyxl lays into it."""

    book: Workbook
    whole: Sheets
    results: Results
    _made: Mapping[str, str] | None = None

    def write(self, filename: Any, arcname: Any = None, *rest: Any) -> None:
        found = _SHEET.fullmatch(str(arcname))
        if found is None:
            super().write(filename, arcname, *rest)
            return
        title = self.book.sheetnames[int(found[1]) - 1]
        xml = self._sheets().get(title) or self._finished(title, Path(filename).read_text(encoding="utf-8"))
        super().writestr(arcname, xml)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *rest: Any) -> None:
        text = data.decode() if isinstance(data, bytes) else data
        if zinfo_or_arcname == "xl/styles.xml":
            text = in_schema_order(text)
        elif zinfo_or_arcname == "xl/_rels/workbook.xml.rels":
            text = text.replace("</Relationships>", _RELATION)
        elif zinfo_or_arcname == "[Content_Types].xml":
            super().writestr(_SHARED, self._texts.xml())
            text = text.replace("</Types>", _OVERRIDE)
        super().writestr(zinfo_or_arcname, text, *rest)

    def _sheets(self) -> Mapping[str, str]:
        if self._made is None:
            self._texts = _Texts()
            self._made = self.whole(self._texts.number)
        return self._made

    def _finished(self, title: str, xml: str) -> str:
        def with_result(cell: re.Match[str]) -> str:
            result = self.results.get((title, cell[2]))
            if result is None:
                return cell[0]
            if isinstance(result, str):
                return f'{cell[1]} t="str"{cell[3]}<v>{escape(writable(result))}</v></c>'
            return f"{cell[1]}{cell[3]}<v>{plain(Decimal(result))}</v></c>"

        def shared(text: re.Match[str]) -> str:
            return f't="s"><v>{self._texts.number(unescape(text[1]))}</v>'

        return _TEXT.sub(shared, _FORMULA.sub(with_result, xml.replace(_SET_BY_HAND, "")))


def save_workbook(book: Workbook, path: Path, whole: Sheets, results: Results) -> None:
    """Writes ``book`` at ``path``; ``whole`` makes the XML of sheets by their titles, ``results`` are of formulas."""
    with _Archive(path, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=9) as archive:
        archive.book, archive.whole, archive.results = book, whole, results
        ExcelWriter(book, archive).save()
