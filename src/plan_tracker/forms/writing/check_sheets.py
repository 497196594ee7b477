"""The hidden sheets by which a workbook checks itself, with the results that they have as issued.

``_checks``: ``code``, ``field``, ``open``, ``confirmed`` of each check. ``_v`` reckons them. At its top stand how many
places of each sheet are to be mended and to be explained, the provinces and the months' names (columns A to D); below,
in the order of ``_checks``, a block for each sheet or row that is checked. The columns of a block:

A, B  the check in the same row of ``_checks``: 0 while all is well, 1 an error, 2 a warning, 3 one that is confirmed;
      and what it says
C, D  what the cell of a field holds, and what that says; E for a note, whether it is filled in
F     of a row of the form: the rank of the first check that tells something (its row; warnings come behind all
      errors); G what it says, H how the row stands: 1 to be mended, 2 to be explained, 0 neither
I     texts that checks compare with
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import repeat, zip_longest
from xml.sax.saxutils import escape

from plan_tracker.forms.definition.names import CELLS_SHEET, CHECKS_SHEET, VALUES_SHEET
from plan_tracker.forms.definition.signs import Sign
from plan_tracker.forms.writing import check_blocks as blocks
from plan_tracker.forms.writing.cell_values import LISTS
from plan_tracker.forms.writing.check_blocks import EXPLAIN, PREFIX, WELL, Block, FormRow
from plan_tracker.forms.writing.content import Part
from plan_tracker.forms.writing.models import Formula, Texts, with_result
from plan_tracker.forms.writing.pages import Page
from plan_tracker.forms.writing.shared_formulas import SharedFormulas
from plan_tracker.values import Value, writable

HEADER = ("code", "field", "open", "confirmed")
_EPOCH = date(1899, 12, 30)
Blocks = dict[tuple[int, int, frozenset[str]], Block]  # by page, checks and what else they go by


@dataclass(slots=True)
class Counts:
    """How many places of one sheet are to be mended and to be explained.

    ``number`` is its row of ``_v`` with the counts, ``results`` are those as issued. ``first`` and ``last`` are the
    rows of its blocks (``last`` is less where it has none), ``above`` how many rows higher a check stands in
    ``_checks``.
    """

    sheet: str
    number: int
    above: int
    first: int
    last: int
    results: dict[int, int]

    def count(self, state: int) -> Formula:
        return Formula(f"{VALUES_SHEET}!${'AB'[state - 1]}${self.number}", self.results[state])

    def link(self, state: int) -> Formula:
        """The count, as a link to the first place."""
        counted = self.count(state)
        if self.last < self.first:
            return counted
        span = f"${self.first}:${{}}${self.last}"
        stands = f"MATCH({state},{VALUES_SHEET}!${blocks.STATE}{span.format(blocks.STATE)},0)"
        behind = self.above + (EXPLAIN if state == 2 else 0)
        rank = f"INDEX({VALUES_SHEET}!${blocks.FIRST}{span.format(blocks.FIRST)},{stands})-{behind}"
        cell = f"INDEX({CELLS_SHEET}!$C:$C,MATCH(INDEX({CHECKS_SHEET}!$B:$B,{rank}),{CELLS_SHEET}!$A:$A,0))"
        return Formula(f"IF({counted.text}=0,0,HYPERLINK(\"#'{self.sheet}'!\"&{cell},{counted.text}))", counted.result)

    def total(self, state: int) -> Formula:
        """The count as it is reckoned in ``_v``."""
        if self.last < self.first:
            return Formula("0", 0)
        return Formula(f"COUNTIF({blocks.OPEN}{self.first}:{blocks.OPEN}{self.last},{state})", self.results[state])


class CheckSheets:
    """Collects what is checked in a workbook of ``count`` sheets, block by block; ``sheets`` gives the XML of both."""

    def __init__(self, texts: Texts, made: Blocks, count: int) -> None:
        self._texts, self._blocks = texts, made
        self._formulas = SharedFormulas()
        self._checks = [f"<row>{''.join(f'<c{texts.content(name)}' for name in HEADER)}</row>"]
        self._rows: list[str] = []
        self._top = max(count, *map(len, LISTS))
        self._counts: dict[str, Counts] = {}

    def counts(self, sheet: str) -> Counts:
        """How a sheet stands; to be asked first of each sheet in their order."""
        if sheet not in self._counts:
            first = self._top + len(self._rows) + 1
            number = len(self._counts) + 1
            self._counts[sheet] = Counts(sheet, number, self._top - 1, first, first - 1, {1: 0, 2: 0})
        return self._counts[sheet]

    def add(self, sheet: str, page: Page, part: Part) -> dict[int, Formula]:
        """Takes up the cells of a sheet (or row) and their checks; gives what is said beside each of its rows."""
        counts = self.counts(sheet)
        if not part.checks and not part.own_checks:
            return {}
        block = self._block(page, part)
        first = self._top + len(self._rows) + 1
        opens = self._opens(block, part, first)
        states = _states(block, part)
        counts.results = {state: counts.results[state] + states.count(state) for state in (1, 2)}
        checks = (*block.checks, *part.own_checks)
        told = enumerate(zip(opens, states, checks, strict=True), first)
        tells = [
            f'<row r="{row}"><c r="A{row}">{element}<v>{state}</v></c><c r="B{row}"{self._texts.content(check.message)}'
            for row, (element, state, check) in told
        ]
        said = self._said(sheet, block, part, first)
        rows = block.rows(part.own_checks)
        beside, found = self._beside(rows, states, [check.message for check in checks], first)
        texts = enumerate((text for check in part.own_checks for text in check.texts), first)
        compared = [f'<c r="I{row}"{self._texts.content(writable(text))}' for row, text in texts]
        columns = zip_longest(tells, said, beside, compared, repeat("</row>", len(checks)), fillvalue="")
        self._rows += map("".join, columns)
        self._add_checks(block, part, first, states)
        counts.last = first + len(checks) - 1
        return found

    def _block(self, page: Page, part: Part) -> Block:
        """What is the same for all that are checked alike; it holds on to what it goes by."""
        inputs = page.form.inputs
        named = frozenset(n for check in part.own_checks for n in blocks.names_in(check) if n not in inputs)
        key = id(page), id(part.checks), named
        if key not in self._blocks:
            self._blocks[key] = Block(page, part.checks, named)
        return self._blocks[key]

    def _opens(self, block: Block, part: Part, first: int) -> list[str]:
        """The formula of each check."""
        elements = self._formulas.elements(blocks.OPEN, first, block.opens)
        told: dict[str, list[int]] = {}
        if any(check.alone for check in part.own_checks):
            for place, check in enumerate(block.checks):
                told.setdefault(check.field, []).append(place)
        compared = 0
        for place, check in enumerate(part.own_checks, len(block.checks)):
            formula = block.opens_at(check, place, told.get(check.field, ()), compared)
            elements.append(self._formulas.element(blocks.OPEN, first + place, formula))
            told.setdefault(check.field, []).append(place)
            compared += len(check.texts)
        return elements

    def _said(self, sheet: str, block: Block, part: Part, first: int) -> list[str]:
        """What the cell of each field holds and what that says; of notes also whether they are filled in."""
        elements = self._formulas.elements(blocks.SAID, first, block.values)
        quoted = escape("'" + sheet.replace("'", "''") + "'!")
        values, unread, slots, made = part.values, part.unread, block.page.slots, []
        for (key, place), element in zip(block.fields.items(), elements, strict=True):
            cell = quoted + slots[key].address
            held = f'<f>IF({cell}="","",{cell})</f>'
            row = first + place
            if key in values or key in unread:
                value = _result(values.get(key))
                said = Sign.UNREAD if key in unread else value
                xml = f'<c r="C{row}"{with_result(held, value)}<c r="D{row}"{with_result(element, said)}'
            else:
                xml = f'<c r="C{row}" t="str">{held}<v></v></c><c r="D{row}" t="str">{element}<v></v></c>'
            if key in block.notes:
                filled = self._formulas.element(blocks.CONFIRMED, row, blocks.CONFIRMS)
                xml += f'<c r="E{row}">{filled}<v>{int(key in values and key not in unread)}</v></c>'
            made.append(xml)
        return made

    def _beside(
        self, rows: Sequence[FormRow], states: Sequence[int], words: Sequence[str], first: int
    ) -> tuple[list[str], dict[int, Formula]]:
        """What comes first in each row of the form, and what is said of it there."""
        made, found = [], {}
        for place, row in enumerate(rows):
            at = next((one for one in row.checks if states[one] == 1), None)
            if at is None:
                at = next((one for one in row.checks if states[one] == 2), None)
            state = states[at] if at is not None else 0
            rank = WELL if at is None else first + at + (EXPLAIN if state == 2 else 0)
            said = f"{PREFIX[state]}{words[at]}" if at is not None else ""
            number, element = first + place, self._formulas.element
            made.append(
                f'<c r="F{number}"{with_result(element(blocks.FIRST, number, row.formula), rank)}'
                f'<c r="G{number}"{with_result(element(blocks.MESSAGE, number, blocks.MESSAGES), said)}'
                f'<c r="H{number}"{with_result(element(blocks.STATE, number, blocks.STATES), state)}'
            )
            found[row.number] = Formula(f"{VALUES_SHEET}!{blocks.MESSAGE}{number}", said)
        return made, found

    def _add_checks(self, block: Block, part: Part, first: int, states: Sequence[int]) -> None:
        """The rows of ``_checks``."""
        numbers = {key: self._texts.number(f"{part.code}/{key}") for key in block.page.order}
        content, notes, add = self._texts.content, block.fields, self._checks.append
        for row, (check, state) in enumerate(zip((*block.checks, *part.own_checks), states, strict=True), first):
            confirmed = "<v>0</v>"
            if check.note in notes:
                filled = int(check.note in part.values and check.note not in part.unread)
                confirmed = f"<f>{VALUES_SHEET}!{blocks.CONFIRMED}{first + notes[check.note]}</f><v>{filled}</v>"
            add(
                f'<row><c{content(check.code)}<c t="s"><v>{numbers[check.field]}</v></c>'
                f"<c><f>SIGN({VALUES_SHEET}!{blocks.OPEN}{row})</f><v>{int(state > 0)}</v></c><c>{confirmed}</c></row>"
            )

    def sheets(self) -> dict[str, str]:
        """The XML of the two sheets by their names."""
        top: list[list[str]] = [[] for _row in range(self._top)]
        for number, (one, cells) in enumerate(zip(self._counts.values(), top, strict=False), 1):
            cells += (f'<c r="A{number}"{one.total(1).content}', f'<c r="B{number}"{one.total(2).content}')
        for column, texts in zip("CD", LISTS, strict=True):
            for number, (text, cells) in enumerate(zip(texts, top, strict=False), 1):
                cells.append(f'<c r="{column}{number}"{self._texts.content(text)}')
        above = "".join(f'<row r="{number}">{"".join(cells)}</row>' for number, cells in enumerate(top, 1))
        rows = self._formulas.finish(above + "".join(self._rows))
        return {CHECKS_SHEET: sheet_xml("".join(self._checks)), VALUES_SHEET: sheet_xml(rows)}


def _states(block: Block, part: Part) -> list[int]:
    """How each check stands as issued."""
    if not part.open:
        return [0] * (len(block.checks) + len(part.own_checks))
    now, values, unread = part.open, part.values, part.unread
    made = []
    for check in (*block.checks, *part.own_checks):
        if (check.code, check.field) not in now:
            made.append(0)
        elif check.is_error:
            made.append(1)
        else:
            made.append(3 if check.note in values and check.note not in unread else 2)
    return made


def _result(value: Value | None) -> str | Decimal:
    """What a formula gives for a value: a day is a number."""
    if isinstance(value, date):
        return Decimal((value - _EPOCH).days)
    return "" if value is None else value


def sheet_xml(rows: str) -> str:
    """A sheet that holds nothing but ``rows``."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{head}{rows}</sheetData></worksheet>'
