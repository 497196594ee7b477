"""The second look at cells that the fast reader can't tell.

The fast reader gives blank for a cell that holds an error value or a formula without a stored result, and it
keeps no number formats, so that 50 % and 0.5 look alike. Here those cells are looked up in the file itself:
in the XML of .xlsx, .xlsm and .ods, and by xlrd in .xls.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from plan_tracker.forms.definition.spec import FieldKind
from plan_tracker.forms.definition.versions import FormVersion
from plan_tracker.forms.reading.columns import letters_of
from plan_tracker.forms.reading.number_formats import is_percent, percent_styles
from plan_tracker.forms.reading.opendocument import read_sight
from plan_tracker.forms.reading.package import WorkbookPackage
from plan_tracker.forms.reading.raw import FaultyCell, PercentCell, RawCell, RawEntry

# Searched for by what is rare in a sheet, an error's type or a formula, and then back to the cell around it.
_ERROR = re.compile(rb't="e"')
_NO_RESULT = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?')

Place = tuple[str, str]  # sheet and address
Entries = Sequence[RawEntry]


def look_again(package: WorkbookPackage, entries: Entries, version: FormVersion) -> None:
    """Puts a ``FaultyCell`` or ``PercentCell`` where the workbook shows one. Changes ``entries``."""
    look = _look_at_xlsx if package.sheets else _look_at_ods if package.content.startswith(b"PK") else _look_at_xls
    look(package, entries, version)


def _put(
    entries: Entries,
    version: FormVersion,
    shown: Callable[[Place], str | None],
    is_shown_as_percent: Callable[[Place], bool],
) -> None:
    """Changes the cells for which ``shown`` tells what stands there, and the numbers shown as per cent."""
    percents = {key for key, field in version.fields.items() if field.kind is FieldKind.PERCENT}
    for entry in entries:
        for key, cell in entry.cells.items():
            text = shown((cell.sheet, cell.address)) if key in version.inputs else None
            if text is not None:
                entry.cells[key] = cell._replace(value=FaultyCell(text))
            elif key in percents and _is_amount(cell) and is_shown_as_percent((cell.sheet, cell.address)):
                entry.cells[key] = cell._replace(value=PercentCell(cell.value))


def _is_amount(cell: RawCell) -> bool:
    """Whether there is a number other than 0, which means the same in every format."""
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and cell.value != 0


def _look_at_xlsx(package: WorkbookPackage, entries: Entries, version: FormVersion) -> None:
    faulty = {name: dict(_faulty_tags(xml)) for name, xml in package.sheets.items()}
    percents = percent_styles(package.styles) if package.styles else frozenset()

    def shown(place: Place) -> str | None:
        tag = faulty.get(place[0], {}).get(place[1])
        return None if tag is None else _shown(tag)

    def is_shown_as_percent(place: Place) -> bool:
        return bool(percents) and _style_of(package.sheets[place[0]], place[1]) in percents

    _put(entries, version, shown, is_shown_as_percent)


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


def _look_at_ods(package: WorkbookPackage, entries: Entries, version: FormVersion) -> None:
    faulty, percents = read_sight(package.content)
    _put(entries, version, faulty.get, percents.__contains__)


def _look_at_xls(package: WorkbookPackage, entries: Entries, version: FormVersion) -> None:
    import xlrd  # for old workbooks alone

    book = xlrd.open_workbook(file_contents=package.content, formatting_info=True, logfile=io.StringIO())
    faulty: dict[Place, str] = {}
    percents = set()
    for sheet in book.sheets():
        for row in range(min(sheet.nrows, 10_000)):
            for column, cell in enumerate(sheet.row(row)):
                place = (sheet.name, f"{letters_of(column)}{row + 1}")
                if cell.ctype == xlrd.XL_CELL_ERROR:
                    faulty[place] = xlrd.error_text_from_code.get(cell.value, "#ERR")
                elif cell.ctype == xlrd.XL_CELL_NUMBER:
                    shape = book.format_map.get(book.xf_list[cell.xf_index].format_key)
                    if shape is not None and is_percent(shape.format_str):
                        percents.add(place)
    _put(entries, version, faulty.get, percents.__contains__)
