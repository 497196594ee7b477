"""The sheets of an .xlsx or .xlsm: its package by its own relations, and each cell's value by its type and style."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from plan_tracker.forms.reading.raw import BrokenCell, FaultyCell
from plan_tracker.forms.reading.spreadsheets.grid import CellDisplay, Sheet, SheetBuilder, SheetLimits
from plan_tracker.forms.reading.spreadsheets.number_formats import GENERAL, as_day, cell_formats, is_plain_format
from plan_tracker.forms.reading.spreadsheets.sheet_xml import (
    own_names,
    parse_part,
    read_sheet_xml,
    read_strings_xml,
)

ROOT = "_rels/.rels"
_BOOK = "xl/workbook.xml"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*", re.ASCII)
_ERRORS = "NULL! DIV/0! VALUE! REF! NAME? NUM! N/A GETTING_DATA SPILL! CALC! FIELD! BLOCKED! CONNECT! UNKNOWN! BUSY!"
_ERROR = re.compile(
    "#(?:" + "|".join(map(re.escape, f"{_ERRORS} PYTHON! EXTERNAL! TIMEOUT! ERROR!".split())) + r")|Err:\d{3}|#{3,}"
)


@dataclass(frozen=True, slots=True)
class _Book:
    """The parts of a workbook that matter, by their names in the package; blank where it has none."""

    sheets: Mapping[str, str]
    strings: str
    styles: str
    since_1904: bool


def is_error(text: str) -> bool:
    """Whether a text is one that spreadsheet programs show for an error."""
    return bool(_ERROR.fullmatch(text.strip()))


def read_xlsx(archive: zipfile.ZipFile, limits: SheetLimits, aside: Collection[str] = ()) -> dict[str, Sheet] | None:
    """Every sheet but those ``aside`` by its name; None where the package holds no workbook.

    Raises ``TooManyCellsError``.
    """
    book = _find_book(archive)
    if book is None:
        return None
    strings = _shared_strings(archive.read(book.strings)) if book.strings else ()
    formats = cell_formats(archive.read(book.styles)) if book.styles else ()
    values = _Values(strings, formats, book.since_1904)
    sheets: dict[str, Sheet] = {}
    room = limits.cells
    for name, part in book.sheets.items():
        if name in aside:
            continue
        filling = SheetBuilder(limits, room)
        merged, cells = read_sheet_xml(archive.read(part))
        for (row, column), style, kind, value, formula, inline, is_odd in cells:
            filling.put(row, column, *values.of(style, kind, value, formula, inline, is_odd))
        room = filling.room
        sheets[name] = filling.sheet(merged)
    return sheets


class _Values:
    """What cells hold, by the strings, number formats and calendar of their workbook."""

    def __init__(self, strings: Sequence[str], formats: Sequence[str], since_1904: bool) -> None:
        self.strings, self.formats, self.since_1904 = strings, formats, since_1904

    def of(
        self, style: str, kind: str, value: str | None, formula: str | None, inline: str | None, is_odd: bool
    ) -> tuple[Any, CellDisplay | None]:
        """What a cell holds that is written so (see ``sheet_xml``), and how it is shown where that isn't plain."""
        if is_odd:
            return BrokenCell(" · ".join(filter(None, (value, inline)))), None
        if value:
            if kind == "s":
                return self._shared(value), None
            if kind == "n":
                return self._figure(value, self._format(style))
            if kind == "d":
                return _iso_day(value), CellDisplay(self._format(style))
        return _other(kind, value, formula, inline), None

    def _figure(self, said: str, code: str) -> tuple[Any, CellDisplay | None]:
        number = float(said) if _NUMBER.fullmatch(said) else float("inf")
        if abs(number) == float("inf"):
            return BrokenCell(said), None
        if is_plain_format(code):
            return number, None
        return as_day(code, number, since_1904=self.since_1904), CellDisplay(code)

    def _format(self, style: str) -> str:
        number = int(style) if style.isascii() and style.isdigit() else 0
        return self.formats[number] if number < len(self.formats) else GENERAL

    def _shared(self, number: str) -> str:
        index = int(number) if number.strip().isascii() and number.strip().isdigit() else len(self.strings)
        return self.strings[index] if index < len(self.strings) else BrokenCell(number)


def _other(kind: str, value: str | None, formula: str | None, inline: str | None) -> Any:
    """What is neither a number, a day nor one of the workbook's strings."""
    if kind == "e":
        return FaultyCell(value or formula or "")
    if kind == "b" and value:
        return value.strip() in ("1", "true")
    text = inline or value or ""
    if not text and formula is not None and kind != "str":  # a text of no letters is a result
        return FaultyCell(f"={formula}")
    return as_text(text)


def as_text(text: str) -> str:
    """A cell's text with its escapes (``_x0E01_``) made letters; a ``FaultyCell`` where it is what an error shows."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return FaultyCell(text) if text.startswith(("#", "Err:")) and is_error(text) else text


def _iso_day(said: str) -> Any:
    """A day written as ISO 8601; the text itself where it is none."""
    try:
        moment = datetime.fromisoformat(said.strip())
    except ValueError:
        return said
    return moment.date() if moment.time() == datetime.min.time() else moment


@lru_cache(maxsize=4)
def _shared_strings(xml: bytes) -> tuple[str, ...]:
    return tuple(map(as_text, read_strings_xml(xml)))


def _find_book(archive: zipfile.ZipFile) -> _Book | None:
    """The workbook in a package, by the package's own relations."""
    names = {name.lower(): name for name in archive.namelist()}
    roots = _relations(archive, "", names) if ROOT in names else {}
    part = next((target for kind, target in roots.values() if kind == "officeDocument"), names.get(_BOOK, ""))
    if not part.endswith(".xml"):
        return None
    book = parse_part(archive.read(part))
    if etree.QName(book).localname != "workbook":
        return None
    relations, sheets, own = _relations(archive, part, names), {}, own_names(book)
    for sheet in book.iterfind(f"{own}sheets/{own}sheet"):
        number = next((str(value) for name, value in sheet.items() if str(name).endswith("}id")), "")
        kind, target = relations.get(number, ("", ""))
        if kind == "worksheet" and target:
            sheets[sheet.get("name", "")] = target
    by_kind = {kind: target for kind, target in relations.values() if target}
    since_1904 = any(p.get("date1904") in ("1", "true") for p in book.iterchildren(f"{own}workbookPr"))
    return _Book(sheets, by_kind.get("sharedStrings", ""), by_kind.get("styles", ""), since_1904)


def _relations(archive: zipfile.ZipFile, part: str, names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The relations of a part (of the whole package where blank), by id: the last word of their type, the target.

    The target is the part's name as the package has it, which may differ in its capitals; blank where there is none.
    """
    folder = dirname(part)
    file = names.get(join(folder, "_rels", part.rpartition("/")[2] + ".rels").lower())
    tree = parse_part(archive.read(file)) if file else ()
    return {
        found.get("Id", ""): (
            found.get("Type", "").rpartition("/")[2],
            names.get(normpath(join("/" + folder, found.get("Target", ""))).lstrip("/").lower(), ""),
        )
        for found in tree
        if etree.QName(found).localname == "Relationship"
    }
