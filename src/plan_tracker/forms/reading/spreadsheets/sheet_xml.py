"""The XML of a sheet and of a workbook's strings, to cells and texts as they are written there.

Spreadsheet programs write nearly all sheets in one plain shape (``<c r="B5" s="3" t="s"><v>7</v></c>``), which patterns
take apart several times as fast as XML is parsed. But XML allows much else (prefixes, other quotes and encodings,
comments, addresses left out): what isn't plain to the last sign is parsed. Either way only what stands where a
sheet's cells do is one, and neither what a comment or an extension says, nor another vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree

from plan_tracker.forms.reading.columns import index_of
from plan_tracker.forms.reading.spreadsheets.grid import Area, Spot

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})", re.IGNORECASE)
_SHEET_DATA = b"<sheetData>", b"</sheetData>"
_STRINGS = b"<si>", b"</si>"
_HERE = "."  # stands for what was taken out of a part
_HEAD = '<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]+)")?>'
_INSIDE = (
    "(<f(?: [^<>]*+)?(?:/>|>([^<]*+)</f>))?(?:<v>([^<]*+)</v>|<v ?/>)?"
    '(?:<is><t(?: xml:space="preserve")?>([^<]*+)</t></is>)?</c>'
)
_CELL = re.compile(_HEAD + _INSIDE)
_GROUPS = 7  # of a cell
_STRING = re.compile('<si><t(?: xml:space="preserve")?>([^<]*+)</t></si>|<si><t ?/></si>')
_BLANK = '<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]{1,6}")?(?: t="[a-zA-Z]+")? ?/>'
_BETWEEN = re.compile(f'(?:(?:{_BLANK})++|</row>|<row r="[0-9]+"[^<>]*+>)*+')
_NO_REFERENCE = re.compile(b"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n")
_REFERENCE = re.compile("&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-z]+));")
_NAMED = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}
_NO_CHARACTER = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML

# A filled cell as it is written: row and column from 0, number of its style, type, value, formula, inline text, whether
# the value is an odd one: it has elements inside, or stands there more than once. Value and inline text are empty or
# None where there is none, the formula is None; of one that has a result the text may be left out.
# A bare tuple, because there are thousands in each return.
WrittenCell = tuple[Spot, str, str, str | None, str | None, str | None, bool]


def read_sheet_xml(xml: bytes) -> tuple[list[Area], Iterable[WrittenCell]]:
    """The areas of merged cells, and the filled cells as they follow each other.

    Raises ``etree.XMLSyntaxError``, and ``ValueError`` where it declares a DOCTYPE or an address is none.
    """
    data, shell = _taken_out(xml, _SHEET_DATA)
    if shell is not None and _is_one(shell, "worksheet", "sheetData"):
        cells = _plain_cells(data.removeprefix(_SHEET_DATA[0]).removesuffix(_SHEET_DATA[1]))
        if cells is not None:
            return _merged_areas(shell), cells
    root = parse_part(xml)
    return _merged_areas(root), _parsed_cells(root)


def read_strings_xml(xml: bytes) -> list[str]:
    """The texts of a workbook's shared strings. Raises as ``read_sheet_xml`` does."""
    data, shell = _taken_out(xml, _STRINGS)
    if shell is not None and _is_one(shell, "sst", "si"):
        texts = _plain_strings(data)
        if texts is not None:
            return texts
    root = parse_part(xml)
    own = own_names(root)
    return [text_of(item, own) for item in root.iterchildren(f"{own}si")]


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


def _taken_out(xml: bytes, ends: tuple[bytes, bytes]) -> tuple[bytes, etree._Element | None]:
    """What stands from the first to the last of a part's ``ends``, these with it; and the part with one element there
    that holds ``_HERE``. None where that is no XML by itself, or in another encoding.
    """
    first, last = ends
    start, end = xml.find(first), xml.rfind(last) + len(last)
    if not 0 <= start < end:
        return b"", None
    try:
        root = parse_part(xml[:start] + first + _HERE.encode() + last + xml[end:])
    except (etree.XMLSyntaxError, ValueError):
        return b"", None
    said = root.getroottree().docinfo.encoding or "UTF-8"
    return xml[start:end], root if said.upper() in ("UTF-8", "ASCII", "US-ASCII") else None


def _is_one(root: etree._Element, name: str, inside: str) -> bool:
    """Whether an element is called ``name`` and has one ``inside``, in the usual namespace: what was taken out."""
    found = root.findall(f"{{{MAIN}}}{inside}")
    return root.tag == f"{{{MAIN}}}{name}" and [one.text for one in found] == [_HERE]


def _plain_cells(data: bytes) -> list[WrittenCell] | None:
    """The filled cells of a sheet's data; None where these aren't rows of cells in the plain shape and nothing else."""
    text = _plain_text(data)
    if text is None:
        return None
    pieces = _CELL.split(text)
    if not all(map(_BETWEEN.fullmatch, set(pieces[:: _GROUPS + 1]))):
        return None
    columns = [pieces[group :: _GROUPS + 1] for group in range(1, _GROUPS + 1)]
    try:
        if "&" in text:
            columns[4:] = [[piece and _referred(piece) for piece in column] for column in columns[4:]]
        return [
            (
                _spot(address),
                style or "",
                kind or "n",
                value,
                None if not formula else "" if value or inline else inside or "",  # not needed where it has a result
                inline,
                False,
            )
            for address, style, kind, formula, inside, value, inline in zip(*columns, strict=True)
            if value or inline or formula
        ]
    except ValueError:  # no text in XML: the parser says what is wrong with it
        return None


def _plain_strings(data: bytes) -> list[str] | None:
    """The texts of strings without runs; None where any of them is something else."""
    text = _plain_text(data)
    if text is None:
        return None
    pieces = _STRING.split(text)
    if any(pieces[::2]):
        return None
    try:
        return [_referred(piece) if piece else "" for piece in pieces[1::2]]
    except ValueError:
        return None


def _plain_text(data: bytes) -> str | None:
    """A piece of a part in UTF-8 as text; None where it holds what only a parser knows what to make of."""
    if b"xmlns" in data or _NO_REFERENCE.search(data) or len(data.translate(None, _CONTROLS)) != len(data):
        return None
    try:
        return data.decode()
    except ValueError:
        return None


def _referred(text: str) -> str:
    """``text`` with its references (``&lt;``) made characters. Raises ``ValueError`` for what is none in XML."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
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
            yield spot, cell.get("s", ""), cell.get("t", "n"), value, formula, inline, is_odd


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
