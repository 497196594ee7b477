"""The second look at cells that the fast reader can't tell.

The fast reader gives blank for a cell that holds an error value or a formula without a stored
result, and it keeps no number formats, so that 50 % and 0.5 look alike. Here just those cells are
looked up in the workbook's own XML: .xlsx and .xlsm only.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from html import unescape

from plan_tracker.forms.form1 import FORM1
from plan_tracker.forms.form2 import FORM2
from plan_tracker.forms.raw import FaultyCell, PercentCell, RawEntry
from plan_tracker.forms.spec import Kind

# Searched for by what is rare in a sheet, an error's type or a formula, and then back to the cell around it.
_ERROR = re.compile(rb't="e"')
_NO_RESULT = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_ADDRESS = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_PERCENTS = frozenset(f.key for f in FORM1.fields.values() if f.kind is Kind.PERCENT)
_INPUTS = FORM1.inputs | FORM2.inputs
LARGEST_FRACTION = 2  # 200 %; a per cent cell above this is surely typed as per cent


def look_again(content: bytes, sheets: Mapping[str, bytes], entries: Sequence[RawEntry]) -> None:
    """Puts a ``FaultyCell`` or ``PercentCell`` where the workbook shows one. Changes ``entries``.

    ``sheets`` maps the names of the sheets of ``content`` to their XML; empty for .xls and .ods.
    """
    for sheet, xml in sheets.items():
        faulty = _faulty_cells(xml)
        for entry in entries if faulty else ():
            for key, cell in entry.cells.items():
                if cell.value == "" and cell.sheet == sheet and cell.address in faulty and key in _INPUTS:
                    entry.cells[key] = cell._replace(value=FaultyCell(_shown(xml, faulty[cell.address])))
    doubtful = [(entry, key) for entry in entries for key in _fractions(entry)] if sheets else []
    if doubtful:
        _find_percents(content, doubtful)


def _faulty_cells(xml: bytes) -> dict[str, int]:
    """The addresses of cells that hold an error or a formula without a result, and where each begins."""
    found = {}
    for pattern in (_ERROR, _NO_RESULT):
        for match in pattern.finditer(xml):
            start = xml.rfind(b"<c ", 0, match.start())
            address = _ADDRESS.search(xml, start, match.end()) if start >= 0 else None
            if address:
                found[address[1].decode()] = start
    return found


def _shown(xml: bytes, start: int) -> str:
    """The error value or the formula that stands in the cell that begins at ``start``."""
    inside = xml[start : xml.find(b"</c>", start)]
    error = re.search(rb"<v>(.*?)</v>", inside)
    formula = re.search(rb"<f[^>]*>(.*?)</f>", inside)
    return unescape(error[1].decode() if error else "=" + formula[1].decode() if formula else "=")


def _fractions(entry: RawEntry) -> list[str]:
    """The per cent fields whose number may be a fraction of 1."""
    return [
        key
        for key in _PERCENTS & entry.cells.keys()
        if isinstance(entry.cells[key].value, int | float) and 0 < entry.cells[key].value <= LARGEST_FRACTION
    ]


def _find_percents(content: bytes, doubtful: Sequence[tuple[RawEntry, str]]) -> None:
    """Asks openpyxl for the number formats of the doubtful cells."""
    from openpyxl import load_workbook  # slow to load, and hardly ever needed

    book = load_workbook(io.BytesIO(content))
    for entry, key in doubtful:
        cell = entry.cells[key]
        if "%" in str(book[cell.sheet][cell.address].number_format):
            entry.cells[key] = cell._replace(value=PercentCell(cell.value))
