"""The zip package of an .xlsx, .xlsm or .ods, looked through before the fast reader gets it.

That reader trusts what it is given: it unpacks whatever there is, and keeps whole rectangles, so that one word in
the last cell of a sheet takes more memory than there is. Here a package that lies about its size, is over the
limits or declares a DOCTYPE is refused, and cells that lie too far out are left out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import join, normpath

from lxml import etree

from plan_tracker.forms.raw import Refusal

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _RELATIONS, _ODS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "content.xml"
_READ = re.compile(r"xl/(?:workbook|styles|sharedStrings)\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/[^/]+\.xml")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
)
# Cells far out, with something in them: beyond column GZ, or in a row of six or seven digits.
_ADDRESS = rb"(?:[A-Z]{3}|[H-Z][A-Z])[0-9]+|[A-Z]{1,2}[0-9]{6,7}"
_FAR = re.compile(rb'<c\s[^>]*?\br="(' + _ADDRESS + rb')"[^>/]*>.*?</c>', re.DOTALL)
_FAR_HINT = re.compile(rb'r="(?:' + _ADDRESS + rb')"')
# In .ods, what is far is what comes after thousands of repeated rows or columns; repeated once, it is near.
_ODS_REPEATED = re.compile(rb'(table:number-)(rows-repeated="[0-9]{5,}"|columns-repeated="[0-9]{4,}")')


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may hold: bytes once unpacked, and populated cells."""

    unpacked: int = 300_000_000
    cells: int = 500_000


@dataclass(frozen=True, slots=True)
class Package:
    """``content`` is safe to read, without the cells that were ``far`` out, by sheet and address.

    ``sheets`` maps the names of an .xlsx's sheets to their XML; it is empty for other formats.
    """

    content: bytes
    sheets: Mapping[str, bytes] = field(default_factory=dict)
    far: Sequence[tuple[str, str]] = ()


def open_package(content: bytes, limits: Limits) -> Package | Refusal:
    """Looks through the zip package ``content``; a ``Refusal`` says why it is not to be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > limits.unpacked:
                return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.unpacked // 10**6} MB"})
            names = set(archive.namelist())
            if {_BOOK, _RELATIONS} <= names:
                return _open_xlsx(
                    content, {name: archive.read(name) for name in names if _READ.fullmatch(name)}, limits
                )
            if _ODS in names:
                return _open_ods(content, archive.read(_ODS), limits)
    except _BROKEN as error:
        return Refusal("FILE-UNREADABLE", {"reason": str(error)})
    except (RuntimeError, NotImplementedError):  # the standard library's words for a zip with a password
        return Refusal("FILE-ENCRYPTED")
    return Refusal("FILE-TYPE")


def _open_xlsx(content: bytes, parts: Mapping[str, bytes], limits: Limits) -> Package | Refusal:
    if any(b"<!DOCTYPE" in xml for xml in parts.values()):
        return Refusal("FILE-UNREADABLE", {"reason": "DOCTYPE"})
    if sum(xml.count(b"<c ") for xml in parts.values()) > limits.cells:
        return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.cells:,} cells"})
    named = {name: part for name, part in _sheet_parts(parts).items() if part in parts}
    far = [(name, cell) for name, part in named.items() for cell in _far_cells(parts[part])]
    cut = {named[name]: _FAR.sub(b"", parts[named[name]]) for name, _cell in far}
    sheets = {name: cut.get(part, parts[part]) for name, part in named.items()}
    return Package(_with_parts(content, cut), sheets, far)


def _open_ods(content: bytes, xml: bytes, limits: Limits) -> Package | Refusal:
    if b"<!DOCTYPE" in xml:
        return Refusal("FILE-UNREADABLE", {"reason": "DOCTYPE"})
    if xml.count(b"<text:p") > limits.cells:
        return Refusal("FILE-TOO-LARGE", {"limit": f"{limits.cells:,} cells"})
    near = _ODS_REPEATED.sub(lambda found: found[1] + found[2].split(b"=")[0] + b'="1"', xml)
    return Package(_with_parts(content, {} if near == xml else {_ODS: near}))


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The names of an .xlsx's sheets, and of their parts."""
    relations = etree.fromstring(parts[_RELATIONS], _PARSER)
    targets = {found.get("Id"): normpath(join("/xl", found.get("Target", ""))).lstrip("/") for found in relations}
    sheets = etree.fromstring(parts[_BOOK], _PARSER).iter("{*}sheet")
    return {sheet.get("name", ""): targets.get(sheet.get(_RELATION), "") for sheet in sheets}


def _far_cells(xml: bytes) -> list[str]:
    """The addresses of a sheet's filled cells that lie beyond column GZ or row 99,999."""
    if not _FAR_HINT.search(xml):
        return []
    return [match[1].decode() for match in _FAR.finditer(xml)]


def _with_parts(content: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with ``parts`` in place of its own."""
    if not parts:
        return content
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, parts.get(item.filename) or old.read(item))
    return changed.getvalue()
