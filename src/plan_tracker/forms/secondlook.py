"""The second look at cells that the fast reader can't tell.

The fast reader gives blank for a cell that holds an error value or a formula without a stored result, and it
keeps no number formats, so that 50 % and 0.5 look alike. Here those cells are looked up in the file itself:
in the XML of .xlsx, .xlsm and .ods, and by xlrd in .xls.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from lxml import etree

from plan_tracker.forms.columns import letters_of
from plan_tracker.forms.form1 import FORM1
from plan_tracker.forms.form2 import FORM2
from plan_tracker.forms.orders import ORDERS
from plan_tracker.forms.raw import FaultyCell, PercentCell, RawCell, RawEntry
from plan_tracker.forms.spec import Kind

# Searched for by what is rare in a sheet, an error's type or a formula, and then back to the cell around it.
_ERROR = re.compile(rb't="e"')
_NO_RESULT = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_ADDRESS = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_PERCENTS = frozenset(f.key for f in FORM1.fields.values() if f.kind is Kind.PERCENT)
_INPUTS = FORM1.inputs | FORM2.inputs | ORDERS.inputs
LARGEST_FRACTION = 2  # 200 %; a per cent cell above this is surely typed as per cent
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

Place = tuple[str, str]  # sheet and address


class Sight(NamedTuple):
    """What a second look found: what faulty cells show, and which cells are formatted as per cent."""

    faulty: Mapping[Place, str]
    percents: frozenset[Place]


def look_again(content: bytes, sheets: Mapping[str, bytes], entries: Sequence[RawEntry]) -> None:
    """Puts a ``FaultyCell`` or ``PercentCell`` where the workbook shows one. Changes ``entries``.

    ``sheets`` maps the names of an .xlsx's sheets to their XML; it is empty for .xls and .ods.
    """
    doubtful = {(c.sheet, c.address) for entry in entries for key, c in entry.cells.items() if _is_fraction(key, c)}
    if sheets:
        sight = _look_at_xlsx(content, sheets, doubtful)
    else:
        sight = _look_at_ods(content) if content.startswith(b"PK") else _look_at_xls(content)
    if not sight.faulty and not sight.percents:
        return
    for entry in entries:
        for key, cell in entry.cells.items():
            place = (cell.sheet, cell.address)
            if place in sight.faulty and key in _INPUTS:
                entry.cells[key] = cell._replace(value=FaultyCell(sight.faulty[place]))
            elif place in doubtful & sight.percents:
                entry.cells[key] = cell._replace(value=PercentCell(cell.value))


def _is_fraction(key: str, cell: RawCell) -> bool:
    """Whether a number in a per cent field may be a fraction of 1."""
    return key in _PERCENTS and isinstance(cell.value, int | float) and 0 < cell.value <= LARGEST_FRACTION


def _look_at_xlsx(content: bytes, sheets: Mapping[str, bytes], doubtful: set[Place]) -> Sight:
    faulty = {(name, cell): shown for name, xml in sheets.items() for cell, shown in faulty_cells(xml).items()}
    if not doubtful:
        return Sight(faulty, frozenset())
    from openpyxl import load_workbook  # slow to load, and hardly ever needed

    book = load_workbook(io.BytesIO(content))
    return Sight(faulty, frozenset((s, a) for s, a in doubtful if "%" in str(book[s][a].number_format)))


def faulty_cells(xml: bytes) -> dict[str, str]:
    """The cells of an .xlsx sheet that hold an error or a formula without a result, by address; what each shows."""
    found = {}
    for pattern in (_ERROR, _NO_RESULT):
        for match in pattern.finditer(xml):
            start = xml.rfind(b"<c ", 0, match.start())
            address = _ADDRESS.search(xml, start, match.end()) if start >= 0 else None
            if address:
                found[address[1].decode()] = _shown(xml[start : xml.find(b"</c>", start)])
    return found


def _shown(cell: bytes) -> str:
    """The error value or the formula that stands in a faulty cell."""
    error = re.search(rb"<v>(.+?)</v>", cell)
    formula = re.search(rb"<f[^>]*>(.+?)</f>", cell)
    return unescape(error[1].decode() if error else "=" + formula[1].decode() if formula else "=")


def _look_at_ods(content: bytes) -> Sight:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read("content.xml"), parser)
    faulty: dict[Place, str] = {}
    percents = set()
    for table in tree.iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        for address, cell in _ods_cells(table):
            if cell.get(f"{_CALCEXT}value-type") == "error":
                faulty[name, address] = "".join(str(text) for text in cell.itertext())
            elif cell.get(f"{_OFFICE}value-type") == "percentage":
                percents.add((name, address))
    return Sight(faulty, frozenset(percents))


def _ods_cells(table: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The cells of a table that hold something, each at its first address."""
    row = 1
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line:
            if cell.get(f"{_OFFICE}value-type"):
                yield f"{letters_of(column)}{row}", cell
            column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        row += int(line.get(f"{_TABLE}number-rows-repeated", "1"))


def _look_at_xls(content: bytes) -> Sight:
    import xlrd  # for old workbooks alone

    book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    faulty: dict[Place, str] = {}
    percents = set()
    for sheet in book.sheets():
        for row in range(min(sheet.nrows, 5000)):
            for column, cell in enumerate(sheet.row(row)):
                place = (sheet.name, f"{letters_of(column)}{row + 1}")
                if cell.ctype == xlrd.XL_CELL_ERROR:
                    faulty[place] = xlrd.error_text_from_code.get(cell.value, "#ERR")
                elif cell.ctype == xlrd.XL_CELL_NUMBER:
                    shape = book.format_map.get(book.xf_list[cell.xf_index].format_key)
                    if shape is not None and "%" in shape.format_str:
                        percents.add(place)
    return Sight(faulty, frozenset(percents))
