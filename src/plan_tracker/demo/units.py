"""Plays the units: types into an issued form's cells as they would, and saves it.

Only the cells typed into change: everything else in the workbook stays byte for byte, and nothing is drawn anew.
Reads the issued form, writes the returned one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.datetime import to_excel

from plan_tracker.forms.definition.workbook.names import CELLS_SHEET, HIDDEN_SHEETS
from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.spreadsheets.grid import SheetLimits
from plan_tracker.forms.reading.spreadsheets.package import open_workbook
from plan_tracker.values import Value

Typed = Mapping[str, Value | int | float | None]  # by "P001/f11.result_quarter", as the unit types it

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _LINKS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_DATE_FORMATS = {*range(14, 23), *range(45, 48)}  # numbers of built-in formats
_SHORT_DATE = "14"


def fill_form(form: Path, typed: Typed, returned: Path) -> None:
    """Types ``typed`` into the input cells of ``form`` and saves it as ``returned``; None empties a cell."""
    with ZipFile(form) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    styles = _Styles(etree.fromstring(parts[_STYLES]))
    for name, cells in _by_part(form, parts, typed).items():
        sheet = etree.fromstring(parts[name])
        rows = {row.get("r"): row for row in sheet.iter(f"{_MAIN}row")}
        for address, value in cells.items():
            _type(_cell_at(rows, address), value, styles)
        parts[name] = etree.tostring(sheet, encoding="UTF-8", standalone=True)
    parts[_STYLES] = styles.written()
    with ZipFile(returned, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def _by_part(form: Path, parts: Mapping[str, bytes], typed: Typed) -> dict[str, dict[str, Value | int | float | None]]:
    """What to type by the name of a sheet's part and by the cell."""
    sheets = open_workbook(form.read_bytes(), SheetLimits(), HIDDEN_SHEETS - {CELLS_SHEET})
    assert not isinstance(sheets, Refusal)
    rows = sheets[CELLS_SHEET].rows[1:]
    by_sheet: dict[str, dict[str, Value | int | float | None]] = defaultdict(dict)
    for field, sheet, cell in rows:
        if str(field) in typed:
            by_sheet[str(sheet)][str(cell)] = typed[str(field)]
    return {name: by_sheet[title] for title, name in _sheet_parts(parts) if title in by_sheet}


def _sheet_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each sheet's title and the name of its part."""
    targets = {link.get("Id"): link.get("Target", "") for link in etree.fromstring(parts[_LINKS])}
    for sheet in etree.fromstring(parts[_BOOK]).iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_LINK)]
        yield sheet.get("name", ""), target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _cell_at(rows: Mapping[str | None, etree._Element], address: str) -> etree._Element:
    """The cell's element. Input cells are styled, so that each of them stands in the sheet, blank or not."""
    letters, row = coordinate_from_string(address)
    column = column_index_from_string(letters)
    for cell in rows[str(row)]:
        if column_index_from_string(coordinate_from_string(cell.get("r", ""))[0]) == column:
            return cell
    raise KeyError(address)


def _type(cell: etree._Element, value: Value | int | float | None, styles: _Styles) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", "")
    if value is None:
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = value
        return
    number: object = value
    if isinstance(value, date | datetime):
        cell.set("s", styles.dated(cell.get("s", "0")))
        number = to_excel(value)  # type: ignore[no-untyped-call]
    etree.SubElement(cell, f"{_MAIN}v").text = format(number, "f") if isinstance(number, Decimal) else str(number)


class _Styles:
    """The workbook's cell formats: a day typed into a cell of another format gets that of a date, as in Excel."""

    def __init__(self, sheet: etree._Element) -> None:
        self._sheet = sheet
        formats = sheet.find(f"{_MAIN}cellXfs")
        assert formats is not None
        self._formats = formats
        own = {form.get("numFmtId"): form.get("formatCode", "") for form in sheet.iter(f"{_MAIN}numFmt")}
        dates = {number for number, code in own.items() if "yy" in code.lower()}
        self._dates = {*map(str, _DATE_FORMATS), *dates}
        self._made: dict[str, str] = {}

    def dated(self, style: str) -> str:
        """The number of the cell format ``style``, or of one like it that shows days."""
        if self._formats[int(style)].get("numFmtId") in self._dates:
            return style
        if style not in self._made:
            like = deepcopy(self._formats[int(style)])
            like.set("numFmtId", _SHORT_DATE)
            like.set("applyNumberFormat", "1")
            self._formats.append(like)
            self._formats.set("count", str(len(self._formats)))
            self._made[style] = str(len(self._formats) - 1)
        return self._made[style]

    def written(self) -> bytes:
        return etree.tostring(self._sheet, encoding="UTF-8", standalone=True)
