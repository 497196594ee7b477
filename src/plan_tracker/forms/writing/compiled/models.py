"""The template's sheets as XML, taken apart once, so that forms are put together from their pieces.

openpyxl reads the template and shapes its sheets; what it would write of each is kept here by row and cell. A form
then costs the cells that differ in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.comments.comment_sheet import CommentSheet
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from plan_tracker.forms.definition.spec import Columns
from plan_tracker.forms.writing.template.style import cell_lines
from plan_tracker.values import plain, writable

_DATA = re.compile(r"<sheetData\s*/>|<sheetData>.*</sheetData>", re.DOTALL)
_COLUMNS = re.compile(r"<cols>.*</cols>", re.DOTALL)
_ENCODED = re.compile("&#([0-9]{3,7});")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = date(1899, 12, 30)
BLANK = "/>"  # what follows the address and look of a cell that holds nothing


class SharedTexts:
    """The texts of a workbook, each held once. Those ``known`` have the same numbers in every workbook."""

    def __init__(self, known: SharedTexts | None = None) -> None:
        self.known = known.added if known else ""
        self._numbers: dict[str, int] = dict(known._numbers) if known else {}
        self._count: int = known._count if known else 0
        self._added: list[str] = []

    def number(self, text: str) -> int:
        number = self._numbers.get(text)
        if number is None:
            number = self._numbers[text] = self._count
            self._count += 1
            self._added.append(item_of(text))
        return number

    def add_names(self, code: str, items: str, count: int) -> int:
        """Takes up ``count`` texts that follow upon each other, ``items`` being their XML; gives the first's number.

        The first of them is ``code``.
        """
        first = self._count
        self._numbers.setdefault(code, first)
        self._count += count
        self._added.append(items)
        return first

    def content(self, text: str) -> str:
        """What follows the address and look of a cell that holds ``text``."""
        return f' t="s"><v>{self.number(text)}</v></c>'

    @property
    def added(self) -> str:
        """The texts besides those known, as XML, in the order of their numbers."""
        return "".join(self._added)


def item_of(text: str) -> str:
    """A text among those that a workbook shares. Programs drop spaces at its ends unless they are told not to."""
    kept = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<si><t{kept}>{escape(text)}</t></si>"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the result that it has as issued."""

    text: str
    result: str | int | Decimal

    @property
    def content(self) -> str:
        """What follows the address and look of its cell."""
        return with_result(f"<f>{escape(self.text)}</f>", self.result)


def day_number(day: date) -> int:
    """The number that stands for a day in a cell."""
    return (day - _EPOCH).days


def with_result(element: str, result: str | int | Decimal) -> str:
    """What follows a cell's address and look: a formula's ``element`` and its result."""
    if isinstance(result, str):
        return f' t="str">{element}<v>{escape(writable(result))}</v></c>'
    return f">{element}<v>{plain(result) if isinstance(result, Decimal) else result}</v></c>"


@dataclass(frozen=True, slots=True)
class ModelCell:
    """A cell of the template: its look by number, what follows in the XML, and its text where that may need lines."""

    look: int
    content: str
    text: str = ""
    wraps: bool = False

    def xml(self, address: str) -> str:
        if self.content == BLANK and not self.look:
            return ""
        return f'<c r="{address}" s="{self.look}"{self.content}' if self.look else f'<c r="{address}"{self.content}'


@lru_cache(maxsize=5_000)
def _row_start(number: int, hidden: bool, height: float | None) -> str:
    seen, high = ' hidden="1"' if hidden else "", "" if height is None else f' ht="{height:g}"'
    return f'<row r="{number}"{seen}{high}>'


@dataclass(frozen=True)
class ModelRow:
    """A row of the template: its cells by column, in order, those without anything included."""

    number: int
    hidden: bool
    height: float | None
    cells: Mapping[str, ModelCell]
    grows: bool = False  # it is as high as what stands in it needs

    def start(self, height: float | None) -> str:
        """Its opening tag. No height is said to be a person's, else the row would not grow with what is typed."""
        return _row_start(self.number, self.hidden, height)

    @cached_property
    def pieces(self) -> dict[str, str]:
        """Each cell as it stands in the template."""
        return {letter: cell.xml(f"{letter}{self.number}") for letter, cell in self.cells.items()}

    @cached_property
    def starts(self) -> dict[str, str]:
        """Each cell up to its look."""
        return {letter: f'<c r="{letter}{self.number}"' for letter in self.cells}

    @cached_property
    def content(self) -> str:
        """Its cells as they stand in the template."""
        return "".join(self.pieces.values())


@dataclass(frozen=True)
class SheetModel:
    """A sheet of the template: ``head`` and ``tail`` stand before and after its rows, ``columns`` within the head.

    ``links`` are the targets of its hyperlinks by their ids, ``notes`` the XML of notes on its cells and of their
    boxes; ``hidden`` says which columns are, ``widths`` are in characters; ``remarks`` is the column that some forms
    open. ``titles`` are the rows repeated on each printed page (``$1:$4``), ``area`` the cells that print.
    """

    head: str
    columns: str
    columns_with_remarks: str
    rows: Mapping[int, ModelRow]
    tail: str
    links: Mapping[str, str]
    notes: tuple[str, str] | None
    widths: Mapping[str, float]
    hidden: frozenset[str]
    remarks: str
    titles: str
    area: str

    @cached_property
    def lines(self) -> dict[int, dict[str, int]]:
        """Of each row the cells with a text that may be seen and breaks into lines, and how many those are."""
        seen = [letter for letter in self.widths if letter == self.remarks or letter not in self.hidden]
        return {number: self._lines(row, seen) for number, row in self.rows.items()}

    def _lines(self, row: ModelRow, letters: Iterable[str]) -> dict[str, int]:
        cells = {letter: row.cells[letter] for letter in letters}
        texts = {letter: cell.text for letter, cell in cells.items() if cell.text and cell.wraps}
        return {letter: cell_lines(text, self.widths[letter]) for letter, text in texts.items()}


def model_of(sheet: Worksheet, texts: SharedTexts, columns: Columns) -> SheetModel:
    """Takes ``sheet`` apart; its texts get numbers among ``texts``. ``columns`` say which cells forms may fill."""
    sheet.sheet_view.tabSelected = False
    sheet.legacy_drawing = None
    sheet.tables.clear()  # nothing of a form is one
    xml, links = _written(sheet)
    head, tail = _DATA.split(xml, maxsplit=1)
    before, after = _COLUMNS.split(head, maxsplit=1)
    remarks = sheet.column_dimensions[columns.remark]
    shut = remarks.hidden
    widths = []
    for remarks.hidden in (True, False):
        widths.append(_COLUMNS.findall(_written(sheet)[0])[0])
    remarks.hidden = shut
    last = max(sheet.max_column, column_index_from_string(columns.marks))
    letters = [get_column_letter(column) for column in range(1, last + 1)]
    return SheetModel(
        head=f"{_HEAD}{before}{{columns}}{after}",
        columns=widths[0],
        columns_with_remarks=widths[1],
        rows={row: _row_of(sheet, row, letters, texts) for row in range(1, sheet.max_row + 1)},
        tail=tail,
        links=links,
        notes=_notes_of(sheet),
        widths={letter: sheet.column_dimensions[letter].width for letter in letters},
        hidden=frozenset(letter for letter in letters if sheet.column_dimensions[letter].hidden),
        remarks=columns.remark,
        titles=sheet.print_title_rows or "",
        area=(sheet.print_area or "").rpartition("!")[2],
    )


def _written(sheet: Worksheet) -> tuple[str, dict[str, str]]:
    """The sheet as openpyxl writes it, and the targets of its hyperlinks."""
    out = BytesIO()
    writer: Any = WorksheetWriter(sheet, out)
    writer.write()
    text = out.getvalue().decode()
    found = {relation.Id: relation.Target for relation in writer._rels if relation.Type.endswith("/hyperlink")}
    return _ENCODED.sub(lambda one: chr(int(one[1])) if int(one[1]) > 127 else one[0], text), found


def _notes_of(sheet: Any) -> tuple[str, str] | None:
    """Notes on cells, which an officer may have put there; known once the sheet has been written."""
    if not sheet._comments:
        return None
    kind: Any = CommentSheet
    notes = kind.from_comments(sheet._comments)
    return tostring(notes.to_tree()).decode(), notes.write_shapes(None).decode()


def _row_of(sheet: Worksheet, row: int, letters: list[str], texts: SharedTexts) -> ModelRow:
    shape = sheet.row_dimensions[row]
    cells = {letter: _cell_of(sheet[f"{letter}{row}"], texts) for letter in letters}
    return ModelRow(row, bool(shape.hidden), shape.height, cells)


def _cell_of(cell: Any, texts: SharedTexts) -> ModelCell:
    value, wraps = cell.value, bool(cell.alignment.wrap_text)
    if value is None or value == "":
        return ModelCell(cell.style_id, BLANK, wraps=wraps)
    if cell.data_type == "f":
        text = value if isinstance(value, str) else f"={value.text}"
        return ModelCell(cell.style_id, f"><f>{escape(text[1:])}</f></c>", wraps=wraps)
    if cell.data_type in ("n", "b"):
        kind = ' t="b"' if cell.data_type == "b" else ""
        return ModelCell(cell.style_id, f"{kind}><v>{int(value) if kind else value}</v></c>", wraps=wraps)
    return ModelCell(cell.style_id, texts.content(writable(str(value))), str(value), wraps)
