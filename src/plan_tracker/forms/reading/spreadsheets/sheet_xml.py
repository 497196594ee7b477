"""A sheet's XML, to its cells as they are written there.

Spreadsheet programs write nearly all sheets in one plain shape (``<c r="B5" s="3" t="s"><v>7</v></c>``), which patterns
take apart several times as fast as XML is parsed. But XML allows much else (prefixes, other quotes and encodings,
comments, addresses left out): a sheet that isn't plain to the last sign is parsed. Either way only what stands where a
sheet's cells do is one, and neither what a comment or an extension says, nor another vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from plan_tracker.forms.reading.columns import index_of
from plan_tracker.forms.reading.spreadsheets.grid import Area, Spot

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)
_START, _END = b"<sheetData>", b"</sheetData>"
_HEAD = rb'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]+)")?>'
_INSIDE = (
    rb"(<f(?: [^<>]*+)?(?:/>|>([^<]*+)</f>))?(?:<v>([^<]*+)</v>|<v ?/>)?"
    rb'(?:<is><t(?: xml:space="preserve")?>([^<]*+)</t></is>)?</c>'
)
_CELL = re.compile(_HEAD + _INSIDE)
_BLANK = rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]{1,6}")?(?: t="[a-zA-Z]+")? ?/>'
_PLAIN = re.compile(rb'(?:(?:%b|%b%b)++|</row>|<row r="[0-9]+"[^<>]*+>)*+' % (_BLANK, _HEAD, _INSIDE))
_NO_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n")
_REFERENCE = re.compile("&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-z]+));")
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}
_SHORT = 1000  # bytes
_NO_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML


class WrittenCell(NamedTuple):
    """A filled cell as it is written: row and column from 0, number of its style, type, value, formula, inline text.

    ``value`` and ``inline`` are empty or None where there is none, ``formula`` is None; of one that has a result the
    text may be left out. ``is_odd``: the value has
    elements inside, or stands there more than once.
    """

    spot: Spot
    style: str
    kind: str
    value: str | None
    formula: str | None = None
    inline: str | None = None
    is_odd: bool = False


def read_sheet_xml(xml: bytes) -> tuple[list[Area], Iterator[WrittenCell]]:
    """The areas of merged cells, and the filled cells as they follow each other.

    Raises ``etree.XMLSyntaxError``, and ``ValueError`` where it declares a DOCTYPE or an address is none.
    """
    start, end = xml.find(_START), xml.rfind(_END)
    if 0 <= start < end:
        data = xml[start + len(_START) : end]
        shell = _shell(xml[:start] + b"<sheetData/>" + xml[end + len(_END) :])
        if shell is not None and _is_plain(data):
            try:
                return _merged_areas(shell), iter(_plain_cells(data))
            except ValueError:  # no text in XML: the parser says what is wrong with it
                pass
    root = parse_part(xml)
    return _merged_areas(root), _parsed_cells(root)


def parse_part(xml: bytes) -> etree._Element:
    """A part of a package, parsed without comments, entities or network; ``ValueError`` where it has a DOCTYPE."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("DOCTYPE")
    return root


def own_names(root: etree._Element) -> str:
    """How the names of a part's own elements begin: of the usual Open XML, or of the Strict kind."""
    return f"{{{STRICT}}}" if root.tag.startswith(f"{{{STRICT}}}") else f"{{{MAIN}}}"


def text_of(rich: etree._Element, own: str) -> str:
    """The text of a shared or inline string: of all its runs, without readings (phonetics) and extensions."""
    name, run = f"{own}t", f"{own}r"
    texts: list[str] = []
    for element in rich:
        if element.tag == name:
            texts.append(element.text or "")
        elif element.tag == run:
            texts.extend(inner.text or "" for inner in element.iterchildren(name))
    return "".join(texts)


def _merged_areas(root: etree._Element) -> list[Area]:
    own = own_names(root)
    found = []
    for element in root.iterfind(f"{own}mergeCells/{own}mergeCell"):
        corners = element.get("ref", "").split(":")
        if len(corners) == 2 and all(map(_ADDRESS.fullmatch, corners)):
            found.append((_spot(corners[0]), _spot(corners[1])))
    return found


@lru_cache(maxsize=50_000)
def _spot(address: str) -> Spot:
    """Row and column, from 0, of an address."""
    found = _ADDRESS.fullmatch(address)
    if not found or not int(found[2]):
        raise ValueError(f"cell {address}")
    return int(found[2]) - 1, index_of(found[1].upper())


# --- the plain shape --------------------------------------------------------------------------------------------------


def _shell(xml: bytes) -> etree._Element | None:
    """A sheet without its data, where those stand in their usual place, namespace and encoding."""
    try:
        root = parse_part(xml)
    except (etree.XMLSyntaxError, ValueError):
        return None
    said = root.getroottree().docinfo.encoding or "UTF-8"
    is_usual = root.tag == f"{{{MAIN}}}worksheet" and len(root.findall(f"{{{MAIN}}}sheetData")) == 1
    return root if is_usual and said.upper() in ("UTF-8", "ASCII", "US-ASCII") else None


def _is_plain(data: bytes) -> bool:
    """Whether a sheet's data are rows of cells in the plain shape and nothing else."""
    return (
        _PLAIN.fullmatch(data) is not None
        and b"xmlns" not in data
        and _NO_REFERENCE.search(data) is None
        and len(data.translate(None, _CONTROLS)) == len(data)
    )


def _plain_cells(data: bytes) -> list[WrittenCell]:
    return [
        WrittenCell(
            _spot_of(address),
            _word(style),
            _word(kind) or "n",
            _text(value) if value else "",
            None if not formula else "" if value or inline else _text(inside),  # not needed where it has a result
            _text(inline) if inline else None,
        )
        for address, style, kind, formula, inside, value, inline in _CELL.findall(data)
        if value or inline or formula
    ]


@lru_cache(maxsize=50_000)
def _spot_of(address: bytes) -> Spot:
    return _spot(address.decode())


@lru_cache(maxsize=1000)
def _word(raw: bytes) -> str:
    return raw.decode()


def _text(raw: bytes) -> str:
    """Raises ``ValueError`` for what is no text in XML."""
    return _short_text(raw) if len(raw) < _SHORT else _decoded(raw)


def _decoded(raw: bytes) -> str:
    text = raw.decode()
    return _REFERENCE.sub(_referred, text) if "&" in text else text


_short_text = lru_cache(maxsize=20_000)(_decoded)  # labels and formulas come again in every sheet of every form


def _referred(found: re.Match[str]) -> str:
    code, decimal, name = found.groups()
    sign = _NAMED[name] if name else chr(int(code, 16) if code else int(decimal))
    if _NO_CHARACTER.match(sign):
        raise ValueError("no character")
    return sign


# --- any other shape --------------------------------------------------------------------------------------------------


def _parsed_cells(root: etree._Element) -> Iterator[WrittenCell]:
    own = own_names(root)
    number = -1
    for data in root.iterchildren(f"{own}sheetData"):
        for row in data.iterchildren(f"{own}row"):
            said = row.get("r")
            number = int(said) - 1 if said else number + 1
            yield from _cells_of(row, number, own)


def _cells_of(row: etree._Element, number: int, own: str) -> Iterator[WrittenCell]:
    """A row's filled cells. One without an address follows the one before."""
    column = -1
    for cell in row.iterchildren(f"{own}c"):
        said = cell.get("r")
        spot = _spot(said) if said else (number, column + 1)
        column = spot[1]
        value, formula, inline, is_odd = _content(cell, own)
        if value or inline or formula is not None:
            yield WrittenCell(spot, cell.get("s", ""), cell.get("t", "n"), value, formula, inline, is_odd)


def _content(cell: etree._Element, own: str) -> tuple[str | None, str | None, str | None, bool]:
    """A cell's value, formula and inline text, and whether the value is an odd one."""
    said: dict[str, str] = {}
    is_odd = False
    for child in cell:
        name = child.tag
        if name in (f"{own}v", f"{own}f", f"{own}is"):
            is_odd = is_odd or name in said or (len(child) > 0 and name != f"{own}is")
            said[name] = text_of(child, own) if name == f"{own}is" else "".join(map(str, child.itertext()))
    return said.get(f"{own}v"), said.get(f"{own}f"), said.get(f"{own}is"), is_odd
