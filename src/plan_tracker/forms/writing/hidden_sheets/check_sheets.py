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

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, repeat, zip_longest
from xml.sax.saxutils import escape

from plan_tracker.forms.definition.workbook.names import CELLS_SHEET, CHECKS_SHEET, VALUES_SHEET
from plan_tracker.forms.definition.workbook.signs import Sign
from plan_tracker.forms.writing.compiled.models import Formula, SharedTexts, day_number
from plan_tracker.forms.writing.compiled.pages import Page
from plan_tracker.forms.writing.content import Part
from plan_tracker.forms.writing.hidden_sheets.cell_values import LISTS
from plan_tracker.forms.writing.hidden_sheets.check_blocks import (
    COMPARED,
    EXPLAIN,
    FIRST,
    MESSAGE,
    OPEN,
    OTHER,
    PREFIX,
    SAID,
    SHEET,
    STATE,
    CheckBlock,
)
from plan_tracker.forms.writing.hidden_sheets.shared_formulas import Formulas, groups_of
from plan_tracker.values import Value, plain, writable

HEADER = ("code", "field", "open", "confirmed")


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
        stands = f"MATCH({state},{VALUES_SHEET}!${STATE}{span.format(STATE)},0)"
        rank = f"INDEX({VALUES_SHEET}!${FIRST}{span.format(FIRST)},{stands})"
        if state == 2:  # one may stand behind an error in its row
            hidden = f"{self.first - 1}+MATCH(2,{VALUES_SHEET}!${OPEN}{span.format(OPEN)},0)"
            rank = f"IFERROR({rank}-{EXPLAIN},{hidden})"
        rank = f"{rank}-{self.above}"
        cell = f"INDEX({CELLS_SHEET}!$C:$C,MATCH(INDEX({CHECKS_SHEET}!$B:$B,{rank}),{CELLS_SHEET}!$A:$A,0))"
        return Formula(f"IF({counted.text}=0,0,HYPERLINK(\"#'{self.sheet}'!\"&{cell},{counted.text}))", counted.result)

    def total(self, state: int) -> Formula:
        """The count as it is reckoned in ``_v``."""
        if self.last < self.first:
            return Formula("0", 0)
        return Formula(f"COUNTIF({OPEN}{self.first}:{OPEN}{self.last},{state})", self.results[state])


class CheckSheets:
    """Collects what is checked in a workbook of ``count`` sheets, block by block; ``sheets`` gives the XML of both.

    ``formulas`` and ``texts`` are the workbook's, after those that its blocks share with others.
    """

    def __init__(self, formulas: Formulas, texts: SharedTexts, count: int) -> None:
        self._formulas, self.texts = formulas, texts
        self._checks = [f"<row>{''.join(f'<c{texts.content(name)}' for name in HEADER)}</row>"]
        self._rows: list[str] = []
        self._top = max(count, *map(len, LISTS))
        self._counts: dict[str, Counts] = {}
        self._added: dict[str, tuple[int, CheckBlock]] = {}  # by code: the first row, and how it is checked
        self._names: dict[tuple[str, int], dict[str, int]] = {}

    def counts(self, sheet: str) -> Counts:
        """How a sheet stands; to be asked first of each sheet in their order."""
        if sheet not in self._counts:
            first = self._top + len(self._rows) + 1
            number = len(self._counts) + 1
            self._counts[sheet] = Counts(sheet, number, self._top - 1, first, first - 1, {1: 0, 2: 0})
        return self._counts[sheet]

    def add(self, sheet: str, block: CheckBlock, part: Part) -> dict[int, Formula]:
        """Takes up the cells of a sheet (or row) and their checks; gives what is said beside each of its rows."""
        counts = self.counts(sheet)
        states = _states(block, part)
        if not states:  # nothing is asked there
            return {}
        counts.results = {state: counts.results[state] + states.count(state) for state in (1, 2)}
        first = self._top + len(self._rows) + 1
        counts.last = first + len(states) - 1
        self._added[part.code] = first, block
        beside, found = self._beside(block, part, states, first)
        texts = enumerate((text for check in part.own_checks for text in check.texts), first)
        compared = [f'<c r="{COMPARED}{row}"{self.texts.content(writable(text))}' for row, text in texts]
        tells, said = self._tells(block, part, states, first), _said(sheet, block, part, first)
        starts, ends = repeat("<row>", len(states)), repeat("</row>", len(states))
        columns = zip_longest(starts, tells, said, beside, compared, ends, fillvalue="")
        self._rows += map("".join, columns)
        self._formulas.use(block.groups, first)
        self._add_checks(block, part, states, first)
        return found

    def _tells(self, block: CheckBlock, part: Part, states: Sequence[int], first: int) -> list[str]:
        """How each check stands, and what it says."""
        made = block.tells_well.at(first).split("\n")
        for place in _told(states[: len(made)]):
            made[place] = f"{block.tells[place].start.at(first)}<v>{states[place]}</v></c>{block.words[place]}"
        own = zip(part.own_checks, block.own_opens(part.own_checks), strict=True)
        for place, (check, formula) in enumerate(own, len(made)):
            cell = self._formulas.cell(OPEN, place, OTHER.sub(self._elsewhere, formula))
            self._formulas.use(groups_of([(place, cell.text)]), first)
            made.append(f"{cell.at(first)}<v>{states[place]}</v></c><c{self.texts.content(check.message)}")
        return made

    def _elsewhere(self, name: re.Match[str]) -> str:
        """What a cell of a sheet filled earlier says."""
        first, block = self._added[name[1]]
        return f"${SAID}${first + block.fields[name[2]]}"

    def _beside(
        self, block: CheckBlock, part: Part, states: Sequence[int], first: int
    ) -> tuple[list[str], dict[int, Formula]]:
        """What comes first in each row of the form, and what is said of it there."""
        rows, cells, well, groups = block.rows(part.own_checks)
        self._formulas.use(groups, first)
        checks, made, found = (*block.checks, *part.own_checks), well.at(first).split("\n"), {}
        for place, row in enumerate(rows):
            at = next((one for state in (1, 2) for one in row.checks if states[one] == state), None)
            said = ""
            if at is not None:
                state, beside = states[at], cells[place]
                said = PREFIX[state] + checks[at].message
                rank = first + at + (EXPLAIN if state == 2 else 0)
                made[place] = (
                    f"{beside.rank.at(first)}<v>{rank}</v></c>{beside.words.at(first)}<v>{escape(said)}</v></c>"
                    f"{beside.state.at(first)}<v>{state}</v></c>"
                )
            found[row.number] = Formula(f"{VALUES_SHEET}!{MESSAGE}{first + place}", said)
        return made, found

    def _add_checks(self, block: CheckBlock, part: Part, states: Sequence[int], first: int) -> None:
        """The rows of ``_checks``."""
        names = self.names(part.code, block.page)
        gaps = [(names[field], first + place, first + note) for field, place, note in block.listed_places]
        rows = (block.listed % tuple(chain.from_iterable(gaps))).split("\n")
        filled = {note for note in block.notes if _is_filled(part, note)}
        checks = (*block.checks, *part.own_checks)
        other = {*_told(states), *range(len(rows), len(checks))}
        if filled:
            other |= {place for place, check in enumerate(checks) if check.note in filled}
        for place in sorted(other):
            check = checks[place]
            row = block.listed_row(self.texts, check, states[place], confirmed=check.note in filled)
            row %= names[check.field], first + place, first + block.fields.get(check.note, 0)
            rows[place : place + 1] = [row]
        self._checks += rows

    def names(self, code: str, page: Page) -> dict[str, int]:
        """The numbers of the texts that name the fields of a project or KPI."""
        key = code, id(page)
        if key not in self._names:
            numbers = self.texts.numbers([f"{code}/{field}" for field in page.order])
            self._names[key] = dict(zip(page.order, numbers, strict=True))
        return self._names[key]

    def sheets(self) -> dict[str, str]:
        """The XML of the two sheets by their names."""
        top: list[list[str]] = [[] for _row in range(self._top)]
        for number, (one, cells) in enumerate(zip(self._counts.values(), top, strict=False), 1):
            cells += (f'<c r="A{number}"{one.total(1).content}', f'<c r="B{number}"{one.total(2).content}')
        for column, texts in zip("CD", LISTS, strict=True):
            for number, (text, cells) in enumerate(zip(texts, top, strict=False), 1):
                cells.append(f'<c r="{column}{number}"{self.texts.content(text)}')
        above = (f"<row>{''.join(cells)}</row>" for cells in top)
        self._formulas.finish(self._rows, self._top + 1)
        return {CHECKS_SHEET: sheet_xml("".join(self._checks)), VALUES_SHEET: sheet_xml("".join((*above, *self._rows)))}


def _said(sheet: str, block: CheckBlock, part: Part, first: int) -> list[str]:
    """What the cell of each field holds and what that says; of notes also whether they are filled in."""
    quoted = escape("'" + sheet.replace("'", "''") + "'!")
    values, unread, fields = part.values, part.unread, block.fields
    made = block.said_blank.at(first).replace(SHEET, quoted).split("\n")
    for key in {*values, *unread}.intersection(fields):
        place = fields[key]
        value = _result(values.get(key))
        start, kind = block.said[place].start.at(first), "" if isinstance(value, Decimal) else ' t="str"'
        says = escape(Sign.UNREAD) if key in unread else _shown(value)
        if key not in unread and not kind:
            start = start.replace(' t="str"', "", 1)
        xml = f"<c{kind}>{block.held[place].replace(SHEET, quoted)}<v>{_shown(value)}</v></c>{start}<v>{says}</v></c>"
        if key in block.notes:
            xml += f"{block.confirms(place).at(first)}<v>{int(_is_filled(part, key))}</v></c>"
        made[place] = xml
    return made


def _shown(value: str | Decimal) -> str:
    return escape(writable(value)) if isinstance(value, str) else plain(value)


def _states(block: CheckBlock, part: Part) -> list[int]:
    """How each check stands as issued."""
    checks = (*block.checks, *part.own_checks)
    made = [0] * len(checks)
    own = {(check.code, check.field): place for place, check in enumerate(part.own_checks, len(block.checks))}
    for found in part.open:
        place = own.get(found, block.places.get(found))
        if place is not None:
            check = checks[place]
            made[place] = 1 if check.is_error else 3 if _is_filled(part, check.note) else 2
    return made


def _is_filled(part: Part, note: str) -> bool:
    return note in part.values and note not in part.unread


def _told(states: Sequence[int]) -> list[int]:
    """The places where something is told."""
    return [place for place, state in enumerate(states) if state]


def _result(value: Value | None) -> str | Decimal:
    """What a formula gives for a value: a day is a number."""
    if isinstance(value, date):
        return Decimal(day_number(value))
    return "" if value is None else value


def sheet_xml(rows: str) -> str:
    """A sheet that holds nothing but ``rows``."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{head}{rows}</sheetData></worksheet>'
