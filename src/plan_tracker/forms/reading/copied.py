"""Reads what was copied out of a form into another workbook, by the shape of that form: a pure function of bytes.

A sheet is taken for the one of the issued form whose texts it shows. Where all of them are in the same distance from
where they were issued, the issued sheet's keys say what its cells are, else its own, if those were copied as well.
Where neither tells, or a code is another, nothing is understood.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plan_tracker.forms.definition.versions import FormVersion, form_version
from plan_tracker.forms.definition.workbook.keys import Place, find_places, key_columns
from plan_tracker.forms.definition.workbook.names import HIDDEN_SHEETS, IDENTITY_SHEET
from plan_tracker.forms.reading.columns import index_of
from plan_tracker.forms.reading.raw import FaultyCell, RawEntry, Refusal
from plan_tracker.forms.reading.read import RawBook, collect_cells, columns_on, read_identity_sheet
from plan_tracker.forms.reading.spreadsheets.grid import Sheet, SheetLimits, Spot
from plan_tracker.forms.reading.spreadsheets.package import open_workbook
from plan_tracker.thai_text import fold

_CODES = ("f1.project_code", "k.code")  # what a sheet or a row says of itself
_ENOUGH = 0.6  # of an issued sheet's texts


@dataclass(frozen=True)
class _Page:
    """A sheet of the issued form: its keyed cells, and where it shows each text of its own that stands there once."""

    sheet: Sheet
    version: FormVersion

    @cached_property
    def places(self) -> list[Place]:
        return list(find_places(self.sheet.rows, self.version.block_of_row))

    @cached_property
    def texts(self) -> dict[str, Spot]:
        typed = {(row, column) for _code, key, row, column in self.places if key in self.version.inputs}
        columns = columns_on(self.sheet.rows, self.version)
        changing = {index_of(letter) for letter in (columns.says, columns.remark, columns.marks) if letter}
        aside = changing | set(key_columns(self.sheet.rows))
        found = _texts_once(self.sheet)
        return {text: spot for text, spot in found.items() if spot not in typed and spot[1] not in aside}

    def shown_in(self, texts: Mapping[str, Spot]) -> Counter[Spot]:
        """How many of its texts are among ``texts``, by their distance in rows and columns."""
        return Counter(
            (texts[text][0] - row, texts[text][1] - column)
            for text, (row, column) in self.texts.items()
            if text in texts
        )

    def places_in(self, sheet: Sheet, shown: Counter[Spot]) -> list[Place]:
        """Where its keyed cells are on a ``sheet`` that shows its texts."""
        if shown.total() < _ENOUGH * len(self.texts):
            return []
        if len(shown) > 1:
            return list(find_places(sheet.rows, self.version.block_of_row))
        [(down, right)] = shown
        moved = [(code, key, row + down, column + right) for code, key, row, column in self.places]
        return [place for place in moved if 0 <= place[2] < len(sheet.rows) and place[3] >= 0]


def read_copied(content: bytes, issued: bytes, limits: SheetLimits) -> RawBook | Refusal:
    """What the workbook ``content`` shows of the form ``issued``; ``FORM-UNKNOWN`` where that can't be told."""
    try:
        return _read(content, issued, limits)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception:  # a trap for each file
        return Refusal("FORM-UNKNOWN")


def _read(content: bytes, issued: bytes, limits: SheetLimits) -> RawBook | Refusal:
    sheets, pages = open_workbook(content, limits), open_workbook(issued, limits)
    if isinstance(sheets, Refusal) or isinstance(pages, Refusal):
        return Refusal("FORM-UNKNOWN")
    said = read_identity_sheet(pages[IDENTITY_SHEET].rows) if IDENTITY_SHEET in pages else {}
    version = form_version(said.get("form_version", ""))
    if version is None:
        return Refusal("FORM-UNKNOWN")
    models = [_Page(sheet, version) for name, sheet in pages.items() if name not in HIDDEN_SHEETS]
    found: dict[str, dict[str, RawEntry]] = {form.name: {} for form in version.forms}
    for name, sheet, places in _pairs(sheets, models):
        entries: dict[str, dict[str, RawEntry]] = {form: {} for form in found}
        collect_cells(name, sheet, version, places, entries)
        for form, of_form in entries.items():
            found[form] |= {code: entry for code, entry in of_form.items() if _is_of(code, entry)}
    units, projects, kpis, orders = (found[form.name] for form in version.forms)
    return RawBook({}, units, projects, kpis, orders)


def _pairs(sheets: Mapping[str, Sheet], models: Sequence[_Page]) -> Iterator[tuple[str, Sheet, Sequence[Place]]]:
    """Each sheet that shows one of the form's, with its keyed cells."""
    for name, sheet in sheets.items():
        texts = _texts_once(sheet)
        page = max(models, key=lambda model: model.shown_in(texts).total())
        places = page.places_in(sheet, page.shown_in(texts))
        if places:
            yield name, sheet, places


def _is_of(code: str, entry: RawEntry) -> bool:
    """Whether an entry says of itself that it is ``code``, where it says anything."""
    said = [entry.cells[key].value for key in _CODES if key in entry.cells]
    return all(isinstance(value, str) and fold(value) == fold(code) for value in said)


def _texts_once(sheet: Sheet) -> dict[str, Spot]:
    """Where each text stands that a sheet has once, folded."""
    spots: dict[str, list[Spot]] = {}
    for row, line in enumerate(sheet.rows):
        for column, value in enumerate(line):
            if isinstance(value, str) and value and not isinstance(value, FaultyCell):
                spots.setdefault(fold(value), []).append((row, column))
    return {text: found[0] for text, found in spots.items() if text and len(found) == 1}
