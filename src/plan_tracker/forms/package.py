"""The sheets' own XML in an .xlsx or .xlsm package, for what the fast reader can't tell or can't hold.

The fast reader keeps whole rectangles: one word in the last cell that Excel has takes more memory than
there is. So cells that lie too far out are looked for first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from posixpath import join, normpath

from lxml import etree

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Cells far out, with something in them: beyond column GZ, or in a row of six or seven digits.
_ADDRESS = rb"(?:[A-Z]{3}|[H-Z][A-Z])[0-9]+|[A-Z]{1,2}[0-9]{6,7}"
_FAR = re.compile(rb'<c\s[^>]*?\br="(' + _ADDRESS + rb')"[^>/]*>.*?</c>', re.DOTALL)
_FAR_HINT = re.compile(rb'r="(?:' + _ADDRESS + rb')"')


def sheet_xml(content: bytes, but: Collection[str] = ()) -> dict[str, tuple[str, bytes]]:
    """The name of each sheet ``but`` these, with its part's name and XML; empty for what is no .xlsx or is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if not {_BOOK, _RELATIONS} <= names:
                return {}
            parts = _parts(archive)
            return {
                name: (part, archive.read(part)) for name, part in parts.items() if part in names and name not in but
            }
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError, RuntimeError):
        return {}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    relations = etree.fromstring(archive.read(_RELATIONS), parser)
    targets = {found.get("Id"): normpath(join("/xl", found.get("Target", ""))).lstrip("/") for found in relations}
    sheets = etree.fromstring(archive.read(_BOOK), parser).iter("{*}sheet")
    named = ((sheet.get("name", ""), targets.get(sheet.get(_RELATION))) for sheet in sheets)
    return {name: part for name, part in named if part}


def far_cells(xml: bytes) -> list[str]:
    """The addresses of the filled cells that lie beyond column GZ or row 99,999."""
    if not _FAR_HINT.search(xml):
        return []
    return [match[1].decode() for match in _FAR.finditer(xml)]


def without_far_cells(content: bytes, sheets: dict[str, tuple[str, bytes]]) -> bytes:
    """The package with those cells left out; ``content`` itself where there are none."""
    cut = {part: _FAR.sub(b"", xml) for part, xml in sheets.values() if far_cells(xml)}
    if not cut:
        return content
    trimmed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(trimmed, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, cut.get(item.filename) or old.read(item))
    return trimmed.getvalue()
