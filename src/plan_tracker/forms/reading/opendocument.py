"""The content of an .ods: its tables cut to what is near their top left, and what the reader can't tell of their cells.

A row or a cell may stand for thousands of equal ones, and the fast reader lays them all out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from plan_tracker.forms.reading.canonical import NEAR_COLUMNS, parse_part
from plan_tracker.forms.reading.columns import letters_of

CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_FORMATTED = ("float", "percentage", "date", "currency")
_ROWS, _COLUMNS = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MANIFEST_NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"

Place = tuple[str, str]  # sheet and address


def is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the parts of an .ods are protected by a password."""
    return _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST)


def count_cells(tree: etree._Element) -> int:
    """How many cells hold something, each counted once however often it is repeated."""
    return sum(1 for cell in tree.iter(*_CELLS) if _is_filled(cell))


def cut_far_cells(tree: etree._Element, last_row: int) -> list[Place]:
    """Takes out of ``tree`` what lies beyond ``last_row`` or column GZ, and what is blank at the end.

    Gives the filled cells that were taken out.
    """
    return [place for table in tree.iter(f"{_TABLE}table") for place in _cut_table(table, last_row)]


def _cut_table(table: etree._Element, last_row: int) -> list[Place]:
    name, far, above = table.get(f"{_TABLE}name", ""), [], 0
    rows = list(table.iter(f"{_TABLE}table-row"))
    filled = [any(_is_filled(cell) for cell in row) for row in rows]
    while filled and not filled[-1]:
        filled.pop()
        _remove(rows.pop())
    for row, is_filled in zip(rows, filled, strict=True):
        room = last_row - above
        if room <= 0 and is_filled:
            far.append((name, f"A{above + 1}"))
        far += [(name, f"{letters_of(column)}{above + 1}") for column in _cut_row(row)]
        above += _cut_repeats(row, _ROWS, room)
    return far


def _cut_row(row: etree._Element) -> list[int]:
    """The columns, from 0, of the filled cells of ``row`` that were too far out."""
    far, before = [], 0
    cells = [cell for cell in row if cell.tag in _CELLS]
    while cells and not _is_filled(cells[-1]):
        _remove(cells.pop())
    for cell in cells:
        room = NEAR_COLUMNS - before
        if room <= 0 and _is_filled(cell):
            far.append(before)
        before += _cut_repeats(cell, _COLUMNS, room)
    return far


def _cut_repeats(element: etree._Element, name: str, room: int) -> int:
    """How often a row or cell stands in its table; it is taken out where there is no ``room``, or repeated less."""
    repeated = max(1, int(element.get(name, "1")))
    if room <= 0:
        _remove(element)
    elif repeated > room:
        element.set(name, str(room))
    return repeated


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _is_filled(cell: etree._Element) -> bool:
    return cell.get(f"{_OFFICE}value-type") is not None or cell.find(_TEXT) is not None


def write_content(xml: bytes) -> bytes:
    """An .ods that holds this content and nothing else."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr(CONTENT, xml)
        archive.writestr(_MANIFEST, f'<manifest:manifest xmlns:manifest="{_MANIFEST_NAMES}"/>')
    return packed.getvalue()


def read_sight(content: bytes) -> tuple[dict[Place, str], frozenset[Place], dict[Place, str]]:
    """What an .ods's faulty cells show, which cells are formatted as per cent, and what numbers and days show."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = parse_part(archive.read(CONTENT))
    faulty: dict[Place, str] = {}
    percents = set()
    shown: dict[Place, str] = {}
    for table in tree.iter(f"{_TABLE}table"):
        name = table.get(f"{_TABLE}name", "")
        for address, cell in _filled_cells(table):
            kind = cell.get(f"{_OFFICE}value-type")
            if cell.get(f"{_CALCEXT}value-type") == "error":
                faulty[name, address] = "".join(str(text) for text in cell.itertext())
            elif kind in _FORMATTED:
                shown[name, address] = "".join(
                    str(text) for part in cell.iterchildren(_TEXT) for text in part.itertext()
                )
                if kind == "percentage":
                    percents.add((name, address))
    return faulty, frozenset(percents), shown


def _filled_cells(table: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The cells of a table that hold something, each at its first address."""
    row = 1
    for line in table.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in line:
            if cell.get(f"{_OFFICE}value-type"):
                yield f"{letters_of(column)}{row}", cell
            column += int(cell.get(_COLUMNS, "1"))
        row += int(line.get(_ROWS, "1"))
