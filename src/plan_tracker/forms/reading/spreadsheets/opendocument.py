"""The sheets of an .ods or .fods, each cell as the program that wrote it showed it.

Beside a number or a day the file has the text that is seen of it; the text of words is put together as it is seen: of
paragraphs, line breaks, links and runs, without remarks.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from lxml import etree

from plan_tracker.forms.reading.raw import BrokenCell, FaultyCell
from plan_tracker.forms.reading.spreadsheets.grid import (
    NEAR_COLUMNS,
    Area,
    CellDisplay,
    Sheet,
    SheetBuilder,
    SheetLimits,
)
from plan_tracker.forms.reading.spreadsheets.openxml import is_error

CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = f"{{{_NAMES}table:1.0}}", f"{{{_NAMES}office:1.0}}", f"{{{_NAMES}text:1.0}}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ROW_HOLDERS = frozenset(f"{_TABLE}{name}" for name in ("table-rows", "table-header-rows", "table-row-group"))
_CELLS = frozenset((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"))
_UNSEEN = frozenset((f"{_TEXT}note", f"{_TEXT}ruby-text", f"{_OFFICE}annotation"))
_BLANKS = re.compile("[ \t\r\n]*[\t\r\n][ \t\r\n]*")  # LibreOffice leaves runs of spaces uncounted in several lines
_MOST_BLANKS = 1000  # at one place
_CLOCK = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S", re.ASCII)


def is_encrypted(archive: zipfile.ZipFile) -> bool:
    """Whether the parts of an .ods are protected by a password."""
    return _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST)


def read_tables(root: etree._Element, limits: SheetLimits) -> dict[str, Sheet] | None:
    """Every sheet by its name; None where the document is no spreadsheet. Raises ``TooManyCellsError``."""
    body = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if body is None:
        return None
    sheets: dict[str, Sheet] = {}
    room = limits.cells
    for table in body.iterchildren(f"{_TABLE}table"):
        filling = SheetBuilder(limits, room)
        merged = list(_fill(table, filling))
        room = filling.room
        sheets[table.get(f"{_TABLE}name", "")] = filling.sheet(merged)
    return sheets


def _fill(table: etree._Element, filling: SheetBuilder) -> Iterator[Area]:
    """Puts a table's cells in their places; gives the areas of merged ones."""
    above = 0
    for row in _rows(table):
        rows, before = _repeats(row, "rows"), 0
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            columns = _repeats(cell, "columns")
            value, look = _value(cell)
            if value != "":
                _put(filling, range(above, above + rows), range(before, before + columns), value, look)
            right, bottom = _spans(cell, "columns"), _spans(cell, "rows")
            if right > 1 or bottom > 1:
                yield (above, before), (above + bottom - 1, before + right - 1)
            before += columns
        above += rows


def _rows(holder: etree._Element) -> Iterator[etree._Element]:
    for child in holder:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_HOLDERS:
            yield from _rows(child)


def _put(filling: SheetBuilder, rows: range, columns: range, value: Any, look: CellDisplay | None) -> None:
    """The same cell many times over; of what lies far out, the first is named."""
    near_rows = range(rows.start, min(rows.stop, filling.last_row)) or rows[:1]
    near_columns = range(columns.start, min(columns.stop, NEAR_COLUMNS)) or columns[:1]
    for row in near_rows:
        for column in near_columns:
            filling.put(row, column, value, look)


def _repeats(element: etree._Element, name: str) -> int:
    return max(1, int(element.get(f"{_TABLE}number-{name}-repeated", "1")))


def _spans(cell: etree._Element, name: str) -> int:
    return int(cell.get(f"{_TABLE}number-{name}-spanned", "1"))


def _value(cell: etree._Element) -> tuple[Any, CellDisplay | None]:
    """What a cell holds, and how it is shown where it is a number or a day."""
    kind = cell.get(f"{_OFFICE}value-type") or ""
    paragraphs = ["".join(_pieces(paragraph)) for paragraph in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h")]
    text = "\n".join(paragraphs)
    if cell.get(f"{_CALCEXT}value-type") == "error" or is_error(text):
        return FaultyCell(text), None
    if not kind or kind == "string":
        return text if paragraphs else cell.get(f"{_OFFICE}string-value", ""), None
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true", None
    look = CellDisplay("0%" if kind == "percentage" else "", text if paragraphs else None)
    said = cell.get(f"{_OFFICE}{kind}-value" if kind in ("date", "time") else f"{_OFFICE}value", "")
    return _measured(kind, said), look


def _measured(kind: str, said: str) -> Any:
    try:
        if kind == "date":
            moment = datetime.fromisoformat(said)
            return moment if "T" in said and moment.time() != time() else moment.date()
        if kind == "time":
            clock = _CLOCK.fullmatch(said)
            return time(int(clock[1]), int(clock[2]), int(clock[3])) if clock else said
        number = float(said)
    except ValueError:
        return BrokenCell(said)
    return number if abs(number) < float("inf") else BrokenCell(said)


def _pieces(element: etree._Element) -> Iterator[str]:
    """What was typed into a paragraph; blanks of the file's own layout are one unless they are counted."""
    yield _BLANKS.sub(" ", element.text or "")
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1")), _MOST_BLANKS)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _UNSEEN:
            yield from _pieces(child)
        yield _BLANKS.sub(" ", child.tail or "")
