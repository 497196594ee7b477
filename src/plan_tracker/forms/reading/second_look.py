"""The second look at cells that the fast reader can't tell.

The fast reader gives blank for a cell that holds an error value or a formula without a stored result, and it keeps
no number formats, so that 50 % and 0.5 look alike, and 0812345678 is 812345678. Here those cells are looked up in the
file itself: in the XML of .xlsx, .xlsm and .ods, and by xlrd in .xls.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from html import unescape
from typing import NamedTuple

from plan_tracker.forms.definition.spec import FieldKind
from plan_tracker.forms.definition.versions import FormVersion
from plan_tracker.forms.reading.columns import letters_of
from plan_tracker.forms.reading.number_formats import GENERAL, cell_formats, is_percent, shown
from plan_tracker.forms.reading.opendocument import read_sight
from plan_tracker.forms.reading.package import WorkbookPackage
from plan_tracker.forms.reading.raw import FaultyCell, PercentCell, RawCell, RawEntry

# Searched for by what is rare in a sheet, an error's type or a formula, and then back to the cell around it.
_ERROR = re.compile(rb't="e"')
_NO_RESULT = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?')
_FIGURES = (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT)

Place = tuple[str, str]  # sheet and address
Entries = Sequence[RawEntry]


class Sight(NamedTuple):
    """What can be seen of a file's cells.

    ``faulty``: what those show that hold an error or a formula without a result. ``is_percent``: whether a cell shows
    its number as per cent. ``shown``: what a cell shows of its number or day; empty where that is its plain text.
    """

    faulty: Mapping[Place, str]
    is_percent: Callable[[Place, float], bool]
    shown: Callable[[Place, object], str]


def look_again(package: WorkbookPackage, entries: Entries, version: FormVersion) -> None:
    """Puts a ``FaultyCell`` or ``PercentCell`` where the workbook shows one, and what cells of words show.

    Changes ``entries``.
    """
    see = _see_xlsx if package.sheets else _see_ods if package.content.startswith(b"PK") else _see_xls
    sight = see(package)
    for entry in entries:
        for key, cell in entry.cells.items():
            if key in version.inputs:
                entry.cells[key] = _seen(cell, version.inputs[key].kind, sight)


def _seen(cell: RawCell, kind: FieldKind, sight: Sight) -> RawCell:
    place, value = (cell.sheet, cell.address), cell.value
    faulty = sight.faulty.get(place)
    if faulty is not None:
        return cell._replace(value=FaultyCell(faulty))
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is FieldKind.DATE or not (is_number or isinstance(value, date)):
        return cell
    if is_number and value != 0 and sight.is_percent(place, value):  # 0 means the same in every format
        cell = cell._replace(value=PercentCell(value))
    return cell if kind in _FIGURES else cell._replace(shown=sight.shown(place, value))


def _by_format(faulty: Mapping[Place, str], code_at: Callable[[Place], str]) -> Sight:
    """The sight of a file that keeps number formats."""
    return Sight(
        faulty,
        lambda place, number: is_percent(code_at(place), number),
        lambda place, value: shown(code_at(place), value),
    )


def _see_xlsx(package: WorkbookPackage) -> Sight:
    faulty = {
        (name, address): text for name, xml in package.sheets.items() for address, text in faulty_cells(xml).items()
    }
    codes = cell_formats(package.styles) if package.styles else ()

    def code_at(place: Place) -> str:
        style = int(_style_of(package.sheets[place[0]], place[1]))
        return codes[style] if style < len(codes) else GENERAL

    return _by_format(faulty, code_at)


def faulty_cells(xml: bytes) -> dict[str, str]:
    """The cells of an .xlsx sheet that hold an error or a formula without a result, by address; what each shows."""
    return {address: _shown(tag) for address, tag in _faulty_tags(xml)}


def _faulty_tags(xml: bytes) -> Iterator[tuple[str, bytes]]:
    """The same cells as they stand in ``xml``, which is in the plain shape (see ``forms.canonical``)."""
    for pattern in (_ERROR, _NO_RESULT):
        for match in pattern.finditer(xml):
            start = xml.rfind(b"<c ", 0, match.start())
            cell = _CELL.match(xml, start) if start >= 0 else None
            if cell and (pattern is _ERROR or cell[3] != b"str"):  # a text of no letters is a result
                yield cell[1].decode(), xml[start : xml.find(b"</c>", start)]


def _style_of(xml: bytes, address: str) -> str:
    """The number of a cell's style; the first one's where it names none."""
    cell = _CELL.match(xml, max(0, xml.find(f'<c r="{address}"'.encode())))
    return cell[2].decode() if cell and cell[2] else "0"


def _shown(cell: bytes) -> str:
    """The error value or the formula that stands in a faulty cell."""
    error = re.search(rb"<v>(.+?)</v>", cell)
    formula = re.search(rb"<f[^>]*>(.+?)</f>", cell)
    return unescape((error[1] if error else b"=" + (formula[1] if formula else b"")).decode("utf-8", "replace"))


def _see_ods(package: WorkbookPackage) -> Sight:
    faulty, percents, texts = read_sight(package.content)
    return Sight(faulty, lambda place, _number: place in percents, lambda place, _value: texts.get(place, ""))


def _see_xls(package: WorkbookPackage) -> Sight:
    import xlrd  # for old workbooks alone

    book = xlrd.open_workbook(file_contents=package.content, formatting_info=True, logfile=io.StringIO())
    faulty: dict[Place, str] = {}
    codes: dict[Place, str] = {}
    for sheet in book.sheets():
        for row in range(min(sheet.nrows, 10_000)):
            for column, cell in enumerate(sheet.row(row)):
                place = (sheet.name, f"{letters_of(column)}{row + 1}")
                if cell.ctype == xlrd.XL_CELL_ERROR:
                    faulty[place] = xlrd.error_text_from_code.get(cell.value, "#ERR")
                elif cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    shape = book.format_map.get(book.xf_list[cell.xf_index].format_key)
                    codes[place] = GENERAL if shape is None else shape.format_str
    return _by_format(faulty, lambda place: codes.get(place, GENERAL))
