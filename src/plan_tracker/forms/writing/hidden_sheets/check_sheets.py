"""The hidden sheets by which a workbook checks itself, with the results that they have as issued.

``_checks``: ``code``, ``field``, ``open``, ``confirmed`` of each check. ``_v`` reckons them. At its top stand how many
places of each sheet are to be mended and to be explained, the provinces and the months' names (columns A to D); below,
in the order of ``_checks``, a block for each sheet or row that is checked. Those of each sheet begin in a row of a
hundred, so that they stand in most forms where they stood in others. The columns of a block:

A, B  the rank of a check: of one that tells something its row, of a warning with ``EXPLAIN`` on top, so that they come
      behind all errors; ``CONFIRM`` of a warning that is confirmed, ``WELL`` while all is well. And what it says
C, D  what the cell of a field holds, and what that says; E for a note, whether it is filled in
F     of a row of the form the least rank; G what that check says, H how the row stands: 1 to be mended, 2 to be
      explained, 0 neither
I     texts that checks compare with
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape

from plan_tracker.forms.definition.workbook.names import CELLS_SHEET, CHECKS_SHEET, VALUES_SHEET
from plan_tracker.forms.definition.workbook.signs import Sign
from plan_tracker.forms.writing.compiled.models import Formula, SharedTexts, day_number
from plan_tracker.forms.writing.content import Part
from plan_tracker.forms.writing.hidden_sheets.cell_values import LISTS
from plan_tracker.forms.writing.hidden_sheets.check_blocks import (
    COMPARED,
    CONFIRM,
    EXPLAIN,
    FIRST,
    OPEN,
    OTHER,
    PREFIX,
    SAID,
    SHEET,
    STATE,
    WELL,
    CheckBlock,
    listed_at,
    message_at,
)
from plan_tracker.forms.writing.hidden_sheets.shared_formulas import Formulas, groups_of
from plan_tracker.forms.writing.packing import Piece, fixed
from plan_tracker.forms.writing.saving import sheet_xml
from plan_tracker.values import Value, plain, writable

_APART = 100  # rows: the blocks of each sheet begin in a row that can be divided by that
_TOGETHER = 100  # rows that are deflated once for many workbooks, where they are the same in those
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

    def take(self, ranks: Iterable[int]) -> None:
        """Counts checks that are open as issued."""
        for state in filter(None, map(_state, ranks)):
            self.results[state] += 1

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
            ranks = f"{VALUES_SHEET}!${OPEN}{span.format(OPEN)}"
            rank = f"IFERROR({rank},SMALL({ranks},{self.count(1).text}+1))-{EXPLAIN}"
        rank = f"{rank}-{self.above}"
        cell = f"INDEX({CELLS_SHEET}!$C:$C,MATCH(INDEX({CHECKS_SHEET}!$B:$B,{rank}),{CELLS_SHEET}!$A:$A,0))"
        return Formula(f"IF({counted.text}=0,0,HYPERLINK(\"#'{self.sheet}'!\"&{cell},{counted.text}))", counted.result)

    def total(self, state: int) -> Formula:
        """The count as it is reckoned in ``_v``."""
        if self.last < self.first:
            return Formula("0", 0)
        ranks = f"{OPEN}{self.first}:{OPEN}{self.last}"
        errors = f'COUNTIF({ranks},"<{EXPLAIN}")'
        text = errors if state == 1 else f'COUNTIF({ranks},"<{CONFIRM}")-A{self.number}'
        return Formula(text, self.results[state])


class Added(NamedTuple):
    """The rows of a form of which ``_v`` tells how they stand, from its row ``first`` on.

    ``said``: what stands beside those of which it tells something as issued.
    """

    rows: tuple[int, ...]
    first: int
    said: dict[int, Formula]


class Rows:
    """Rows of a hidden sheet, each without its end; ``same``: runs of them that many workbooks have alike."""

    def __init__(self, rows: list[str], same: Iterable[range] = ()) -> None:
        self.rows, self._same = rows, list(same)

    def add(self, rows: Sequence[str], same: Iterable[range]) -> None:
        above = len(self.rows)
        self.rows += rows
        self._same += (range(run.start + above, run.stop + above) for run in same)

    def pieces(self) -> Iterator[Piece]:
        """Their XML."""
        done = 0
        for run in self._same:
            yield _closed(self.rows[done : run.start])
            yield fixed(_closed(self.rows[run.start : run.stop]))
            done = run.stop
        yield _closed(self.rows[done:])


def _closed(rows: Sequence[str]) -> str:
    return "</row>".join((*rows, ""))


class CheckSheets:
    """Collects what is checked in a workbook of ``count`` sheets, block by block; ``sheets`` gives the XML of both.

    ``formulas`` and ``texts`` are the workbook's, after those that its blocks share with others.
    """

    def __init__(self, formulas: Formulas, texts: SharedTexts, count: int) -> None:
        self._formulas, self.texts = formulas, texts
        self._checks = Rows([f"<row>{''.join(f'<c{texts.content(name)}' for name in HEADER)}"])
        self._blocks: list[Rows] = []
        self._top = max(count, *map(len, LISTS))
        self._next = self._top + 1
        self._counts: dict[str, Counts] = {}
        self._added: dict[str, tuple[int, CheckBlock]] = {}  # by code: the first row, and how it is checked

    def counts(self, sheet: str) -> Counts:
        """How a sheet stands; to be asked first of each sheet in their order."""
        if sheet not in self._counts:
            first = self._next = -(-self._next // _APART) * _APART
            number, above = len(self._counts) + 1, first - len(self._checks.rows) - 1
            self._counts[sheet] = Counts(sheet, number, above, first, first - 1, {1: 0, 2: 0})
        return self._counts[sheet]

    def add(self, sheet: str, block: CheckBlock, part: Part, names: int) -> Added:
        """Takes up the cells of a sheet (or row) and their checks; ``names`` is the number of its first name."""
        counts, size = self.counts(sheet), len(block.checks) + len(part.own_checks)
        if not size:  # nothing is asked there
            return Added((), 0, {})
        first = self._next
        self._next += size
        counts.last = self._next - 1
        self._added[part.code] = first, block
        ranks = _ranks(block, part, first)
        counts.take(ranks.values())
        rows = _cells(sheet, block, part, first)
        for place, rank in ranks.items():
            if place < len(rows):
                rows[place] = rows[place].replace(f"<v>{WELL}</v>", f"<v>{rank}</v>", 1)
        same = _runs(len(block.fields), len(rows), ranks)
        self._formulas.use(block.groups, first, rows)
        self._add_own(block, part, ranks, first, rows)
        added = self._add_beside(block, part, ranks, first, rows)
        rows[0] = rows[0].replace("<row>", f'<row r="{first}">', 1)
        self._blocks.append(Rows(rows, same))
        self._add_checks(block, part, ranks, first, names)
        return added

    def _add_own(self, block: CheckBlock, part: Part, ranks: Mapping[int, int], first: int, rows: list[str]) -> None:
        """A row for each check of the part alone."""
        own = zip(part.own_checks, block.own_opens(part.own_checks), strict=True)
        for place, (check, formula) in enumerate(own, len(rows)):
            cell = self._formulas.cell(OPEN, place, OTHER.sub(self._elsewhere, formula))
            rank = ranks.get(place, WELL)
            rows.append(f"<row>{cell.at(first)}<v>{rank}</v></c><c{self.texts.content(check.message)}")
            self._formulas.use(groups_of([(place, cell.text)]), first, rows)

    def _elsewhere(self, name: re.Match[str]) -> str:
        """What a cell of a sheet filled earlier says."""
        first, block = self._added[name[1]]
        return f"${SAID}${first + block.fields[name[2]]}"

    def _add_beside(
        self, block: CheckBlock, part: Part, ranks: Mapping[int, int], first: int, rows: list[str]
    ) -> Added:
        """What comes first in each row of the form; behind it stand the texts that are compared."""
        form = block.rows(part.own_checks)
        self._formulas.use(form.groups, first, rows)
        for place, cells in enumerate(form.well.at(first).split("\n")):
            rows[place] += cells
        least: dict[int, int] = {}
        for check, rank in ranks.items():
            place = form.of_check[check]
            least[place] = min(rank, least.get(place, WELL))
        checks, said = (*block.checks, *part.own_checks), {}
        for place, rank in least.items():
            state = _state(rank)
            if state:
                words = PREFIX[state] + checks[rank % EXPLAIN - first].message
                said[form.numbers[place]] = message_at(first + place, words)
                before, _well, after = rows[place].rpartition(f"<v>{WELL}</v>")
                after = after.replace("<v></v>", f"<v>{escape(words)}</v>").replace("<v>0</v>", f"<v>{state}</v>")
                rows[place] = f"{before}<v>{rank}</v>{after}"
        texts = (text for check in part.own_checks for text in check.texts)
        for place, text in enumerate(texts):
            rows[place] += f'<c r="{COMPARED}{first + place}"{self.texts.content(writable(text))}'
        return Added(form.numbers, first, said)

    def _add_checks(self, block: CheckBlock, part: Part, told: Collection[int], first: int, names: int) -> None:
        """The rows of ``_checks``; ``told`` are the places of those that are open."""
        rows = listed_at(block, first, names).split("\n")
        shared = len(rows)
        for place, check in enumerate(part.own_checks, shared):
            name, note = names + block.page.names[check.field], first + block.fields.get(check.note, 0)
            rows.append(block.listed_row(self.texts, check) % (name, first + place, note))
        for place in told:
            rows[place] = rows[place].replace("</f><v>0</v>", "</f><v>1</v>", 1)
        filled = {note for note in block.notes if _is_filled(part, note)}
        checks = (*block.checks, *part.own_checks) if filled else ()
        explained = [place for place, check in enumerate(checks) if check.note in filled]
        for place in explained:
            rows[place] = rows[place].removesuffix("<v>0</v></c>") + "<v>1</v></c>"
        self._checks.add(rows, _runs(0, shared, (*told, *explained)))

    def sheets(self) -> dict[str, Sequence[Piece]]:
        """The XML of the two sheets by their names."""
        top: list[list[str]] = [[] for _row in range(self._top)]
        for number, (one, cells) in enumerate(zip(self._counts.values(), top, strict=False), 1):
            cells += (f'<c r="A{number}"{one.total(1).content}', f'<c r="B{number}"{one.total(2).content}')
        for column, texts in zip("CD", LISTS, strict=True):
            for number, (text, cells) in enumerate(zip(texts, top, strict=False), 1):
                cells.append(f'<c r="{column}{number}"{self.texts.content(text)}')
        above = Rows([f"<row>{''.join(cells)}" for cells in top])
        self._formulas.finish()
        values = [piece for rows in (above, *self._blocks) for piece in rows.pieces()]
        return {CHECKS_SHEET: sheet_xml(self._checks.pieces()), VALUES_SHEET: sheet_xml(values)}


def _cells(sheet: str, block: CheckBlock, part: Part, first: int) -> list[str]:
    """The rows of a block while all is well, with what its cells hold and say, and which notes are filled in."""
    quoted = escape("'" + sheet.replace("'", "''") + "'!")
    values, unread, fields = part.values, part.unread, block.fields
    rows = block.blank.at(first).replace(SHEET, quoted).split("\n")
    for key in {*values, *unread}.intersection(fields):
        place = fields[key]
        value = _result(values.get(key))
        start, kind = block.said[place].at(first), "" if isinstance(value, Decimal) else ' t="str"'
        says = escape(Sign.UNREAD) if key in unread else _shown(value)
        if key not in unread and not kind:
            start = start.replace(' t="str"', "", 1)
        held = f"<c{kind}>{block.held[place].replace(SHEET, quoted)}<v>{_shown(value)}</v></c>"
        rows[place] = f"{block.tells[place].at(first)}{held}{start}<v>{says}</v></c>"
        if key in block.notes:
            rows[place] += f"{block.confirms(place).at(first)}<v>{int(_is_filled(part, key))}</v></c>"
    return rows


def _runs(first: int, end: int, other: Iterable[int]) -> list[range]:
    """Runs of rows between ``first`` and ``end`` that hold none of the ``other`` ones, nor what stands around those."""
    differing, made = {place // _TOGETHER for place in other}, list[range]()
    for at in range(first // _TOGETHER, -(-end // _TOGETHER)):
        run = range(max(first, at * _TOGETHER), min(end, (at + 1) * _TOGETHER))
        if at in differing:
            continue
        if made and made[-1].stop == run.start:
            run = range(made.pop().start, run.stop)
        made.append(run)
    return made


def _shown(value: str | Decimal) -> str:
    return escape(writable(value)) if isinstance(value, str) else plain(value)


def _ranks(block: CheckBlock, part: Part, first: int) -> dict[int, int]:
    """The ranks of the checks that are open as issued, by their places."""
    checks = (*block.checks, *part.own_checks)
    own = {(check.code, check.field): place for place, check in enumerate(part.own_checks, len(block.checks))}
    made = {}
    for found in part.open:
        place = own.get(found, block.places.get(found))
        if place is not None:
            check, row = checks[place], first + place
            made[place] = row if check.is_error else CONFIRM if _is_filled(part, check.note) else EXPLAIN + row
    return made


def _state(rank: int) -> int:
    """How a check of this rank stands: 1 is to be mended, 2 to be explained, 0 neither."""
    return 1 if rank < EXPLAIN else 2 if rank < CONFIRM else 0


def _is_filled(part: Part, note: str) -> bool:
    return note in part.values and note not in part.unread


def _result(value: Value | None) -> str | Decimal:
    """What a formula gives for a value: a day is a number."""
    if isinstance(value, date):
        return Decimal(day_number(value))
    return "" if value is None else value
