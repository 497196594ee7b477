"""A sheet's XML in the one shape that is surely read: ``<c r="B5" s="3" t="s">`` and so on, near the sheet's top left.

Spreadsheet programs write cells so, but XML allows much else (prefixes, other quotes, other encodings, addresses left
out), and what one reader takes for a cell another may not see. A sheet in any other shape is parsed and written again.
Cells too far out are left out on the way: the fast reader keeps whole rectangles, so that one word in the last cell
of a sheet would take more memory than there is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from plan_tracker.forms.reading.columns import index_of, letters_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NEAR_COLUMNS = 208  # up to GZ
_UTF_8 = re.compile(
    rb"(?:\xef\xbb\xbf)?<(?:\?xml [^>]*encoding=[\"'][Uu][Tt][Ff]-8[\"'][^>]*>|\?xml (?![^>]*encoding)|[^?!\x00])"
)
_ADDRESS = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_TYPES = frozenset(("b", "d", "e", "inlineStr", "n", "s", "str"))
_HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
_FOOT = b"</sheetData></worksheet>"


class Canonical(NamedTuple):
    """A sheet written anew, and the addresses of filled cells that were too far out to be kept."""

    xml: bytes
    far: Sequence[str]


def is_plain(xml: bytes) -> bool:
    """Whether a part is UTF-8 without a DOCTYPE, comments and CDATA, so that it can be searched as it stands."""
    return bool(_UTF_8.match(xml)) and b"<!" not in xml


def is_canonical(xml: bytes, row_digits: int) -> bool:
    """Whether every cell of a sheet is in the shape that is surely read, in a row of at most ``row_digits`` digits."""
    start = xml.find(b"<sheetData")
    if start < 0 or not is_plain(xml) or xml.count(MAIN.encode()) != 1 or b"<worksheet" not in xml[:start]:
        return False
    return not _odd_cell(row_digits).search(xml, start, xml.rfind(b"</sheetData>"))


@cache
def _odd_cell(row_digits: int) -> re.Pattern[bytes]:
    """A tag that begins like a cell's and is not in the plain shape. Nothing else in a sheet's data begins so."""
    address = rb"[A-G]?[A-Z][1-9][0-9]{0,%d}" % (row_digits - 1)
    return re.compile(rb'<c(?! r="' + address + rb'"(?: s="[0-9]+")?(?: t="[a-zA-Z]+")?/?>)')


def make_canonical(xml: bytes, row_digits: int) -> Canonical:
    """Parses a sheet of any shape and writes it in the plain one. Raises ``etree.XMLSyntaxError``."""
    written, far = [_HEAD], []
    number = 0
    rows = etree.iterparse(io.BytesIO(xml), tag="{*}row", resolve_entities=False, no_network=True)
    for _event, row in rows:
        number = int(row.get("r") or number + 1)
        written.append(f'<row r="{number}">'.encode())
        for address, cell, is_near in _cells(row, number, row_digits):
            content = _content(cell)
            if is_near:
                written.append(_tag(address, cell, content))
            elif content:
                far.append(address)
        written.append(b"</row>")
        row.clear()
    _refuse_doctype(rows.root)
    return Canonical(b"".join((*written, _FOOT)), far)


def parse_part(xml: bytes) -> etree._Element:
    """A part of a package, parsed without entities or network; ``ValueError`` where it declares a DOCTYPE."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    _refuse_doctype(root)
    return root


def _refuse_doctype(root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("DOCTYPE")


def _cells(row: etree._Element, number: int, row_digits: int) -> Iterator[tuple[str, etree._Element, bool]]:
    """A row's cells with their addresses, and whether they are near. One without an address follows the one before."""
    column = -1
    for cell in row.iterchildren("{*}c"):
        said = cell.get("r")
        found = _ADDRESS.fullmatch(said or letters_of(column + 1) + str(number))
        if not found:
            raise ValueError(f"cell {said}")
        column, line = index_of(found[1].upper()), int(found[2])
        yield letters_of(column) + str(line), cell, column < NEAR_COLUMNS and 0 < line < 10**row_digits


def _content(cell: etree._Element) -> str:
    """What a cell holds, as XML: its formula, value or text; blank where it is merely formatted."""
    formula, value, inline = (cell.find("{*}" + name) for name in ("f", "v", "is"))
    if inline is not None:
        return f'<is><t xml:space="preserve">{escape(text_of(inline))}</t></is>'
    said = "" if formula is None else f"<f>{escape(formula.text or '')}</f>"
    return said if value is None or not value.text else f"{said}<v>{escape(value.text)}</v>"


def text_of(rich: etree._Element) -> str:
    """The text of a shared or inline string: of all its runs, without readings (phonetics)."""
    texts = (t.text or "" for t in rich.iter("{*}t") if not any(True for _ in t.iterancestors("{*}rPh")))
    return "".join(texts)


def _tag(address: str, cell: etree._Element, content: str) -> bytes:
    style, kind = cell.get("s", ""), cell.get("t", "")
    s = f' s="{style}"' if style.isascii() and style.isdigit() else ""
    t = f' t="{kind}"' if kind in _TYPES else ""
    return f'<c r="{address}"{s}{t}>{content}</c>'.encode()
