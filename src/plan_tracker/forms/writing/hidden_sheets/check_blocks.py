"""How the cells of one sheet (or row) are checked, worked out once for all that are checked alike.

A block is so many rows of ``_v`` (see ``check_sheets``). In each row stands one check; beside the first of them stand
the cells that have a say, and the rows of the form. Formulas name other rows of their block by their distance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from plan_tracker.forms.definition.workbook.names import VALUES_SHEET
from plan_tracker.forms.definition.workbook.signs import Sign
from plan_tracker.forms.writing.compiled.models import Formula, SharedTexts
from plan_tracker.forms.writing.compiled.pages import Page
from plan_tracker.forms.writing.content import LiveCheck
from plan_tracker.forms.writing.hidden_sheets.cell_values import value_formula
from plan_tracker.forms.writing.hidden_sheets.shared_formulas import Formulas, Gaps, Group, Lines, groups_of, mark

OPEN, WORDS, HELD, SAID, CONFIRMED, FIRST, MESSAGE, STATE, COMPARED = "ABCDEFGHI"  # the columns of a block
# Ranks: errors' are less, then come warnings', and those confirmed; further apart than a sheet's 1,048,576 rows
EXPLAIN, CONFIRM, WELL = 2_000_000, 8_000_000, 9_000_000
PREFIX = {0: "", 1: "✗ ต้องแก้: ", 2: "! ควรชี้แจง: "}
SHEET = "\x04"  # where a sheet's name is to stand in formulas
_TEXT = ' t="str"'
_NAME = re.compile(r"\{(#?)([^{}]+)\}")
OTHER = re.compile(r"\{([^{}/]+)/([^{}]+)\}")  # a field of another sheet, by its project's code
_RANK, _HERE = mark(FIRST, 0), mark(SAID, 0)
_WORDS_OF = f"INDEX(${WORDS}:${WORDS},{_RANK}"
_STATES = f"IF({_RANK}<{EXPLAIN},1,2*({_RANK}<{CONFIRM}))"
_MESSAGES = (
    f'IF({_RANK}<{EXPLAIN},"{PREFIX[1]}"&{_WORDS_OF}),IF({_RANK}<{CONFIRM},"{PREFIX[2]}"&{_WORDS_OF}-{EXPLAIN}),""))'
)
_CONFIRMS = f'IF(AND({_HERE}<>"",{_HERE}<>"{Sign.FAULTY}"),1,0)'


@dataclass(frozen=True, eq=False)
class CheckBlock:
    """The inputs of ``page`` and the ``checks`` that are the same for all that share the block.

    ``locked`` are the facts that other checks go by; there are never more cells than checks. ``formulas`` and ``texts``
    are those that all workbooks share.
    """

    page: Page
    checks: tuple[LiveCheck, ...]
    locked: frozenset[str]
    formulas: Formulas
    texts: SharedTexts

    @cached_property
    def fields(self) -> dict[str, int]:
        """By field the row that says what its cell holds."""
        named = self.locked.union(*(names_in(check) for check in self.checks))
        inputs = self.page.form.inputs
        return {key: place for place, key in enumerate(key for key in self.page.order if key in inputs or key in named)}

    @cached_property
    def notes(self) -> frozenset[str]:
        """The fields in which a unit explains itself."""
        return frozenset(key for key in self.fields if key.endswith(".note"))

    @cached_property
    def words(self) -> list[str]:
        """The cell with what each check says."""
        return [f"<c{self.texts.content(check.message)}" for check in self.checks]

    @cached_property
    def tells(self) -> list[Gaps]:
        """How each check stands while all is well, and what it says."""
        opens = [self.formulas.cell(OPEN, place, self.opens(check, place)) for place, check in enumerate(self.checks)]
        return [Gaps("<row>", ()).then(o).then(f"<v>{WELL}</v></c>{w}") for o, w in zip(opens, self.words, strict=True)]

    @cached_property
    def held(self) -> list[str]:
        """The formula for what each field's cell holds, on a sheet named ``SHEET``."""
        addresses = [self.page.slots[key].address for key in self.fields]
        return [f'<f>IF({SHEET}{at}="","",{SHEET}{at})</f>' for at in addresses]

    @cached_property
    def said(self) -> list[Gaps]:
        """What each of the fields' cells says, up to its result."""

        def near(column: str, own: int) -> dict[str, str]:
            return {key: mark(column, place - own) for key, place in self.fields.items()}

        made = []
        for key, place in self.fields.items():
            formula = value_formula(self.page.form, key, near(HELD, place), near(SAID, place))
            made.append(self.formulas.cell(SAID, place, formula, _TEXT))
        return made

    @cached_property
    def blank(self) -> Lines:
        """A line for each row of the block while nothing stands in its cells and all is well; rows are left open."""
        lines = list(self.tells)
        for place, (key, held, said) in enumerate(zip(self.fields, self.held, self.said, strict=True)):
            lines[place] = lines[place].then(f'<c t="str">{held}<v></v></c>').then(said).then("<v></v></c>")
            if key in self.notes:
                lines[place] = lines[place].then(self.confirms(place)).then("<v>0</v></c>")
        return Lines(lines)

    def confirms(self, place: int) -> Gaps:
        """Whether the note in the row ``place`` is filled in, up to its result."""
        return self.formulas.cell(CONFIRMED, place, _CONFIRMS)

    @cached_property
    def listed(self) -> str:
        """A line for each row of ``_checks`` while all is well, with gaps as in ``listed_row``."""
        return "\n".join(self.listed_row(self.texts, check) for check in self.checks)

    @cached_property
    def listed_places(self) -> list[tuple[int, int, int]]:
        """Of each check the places of its field among the names, of the check and of its note in the block."""
        names = self.page.names
        return [(names[check.field], place, self.fields.get(check.note, 0)) for place, check in enumerate(self.checks)]

    @cached_property
    def addresses(self) -> list[tuple[int, int]]:
        """Of each input its place among the names, and the number of the text that is its address."""
        return [(self.page.names[field], self.texts.number(address)) for field, address in self.page.inputs]

    def listed_row(self, texts: SharedTexts, check: LiveCheck) -> str:
        """A row of ``_checks``, left open, with gaps for the number of the field's name, the rows of check and note."""
        note = "%.0s<v>0</v>"  # which takes up the number and shows none
        if check.note in self.fields:
            note = f"<f>{VALUES_SHEET}!{CONFIRMED}%d</f><v>0</v>"
        opens = f"<f>SIGN({WELL}-{VALUES_SHEET}!{OPEN}%d)</f><v>0</v>"
        return f'<row><c{texts.content(check.code)}<c t="s"><v>%d</v></c><c>{opens}</c><c>{note}</c>'

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """Where each check stands, by its code and field."""
        return {(check.code, check.field): place for place, check in enumerate(self.checks)}

    @cached_property
    def groups(self) -> dict[int, Group]:
        """The formulas that the block shares between its checks and between its cells."""
        return groups_of([*enumerate(one.text for one in self.tells), *enumerate(one.text for one in self.said)])

    def own_opens(self, own: Sequence[LiveCheck]) -> list[str]:
        """The formulas of checks that stand behind those that many parts share."""
        made, compared, told = [], 0, dict[str, tuple[int, ...]]()
        for place, check in enumerate(own, len(self.checks)):
            before = told.get(check.field, ())
            if check.alone:
                before = (*self._told.get(check.field, ()), *before)
            made.append(_own_opens(self, check, place, before, compared))
            told[check.field] = (*told.get(check.field, ()), place)
            compared += len(check.texts)
        return made

    @cached_property
    def _told(self) -> dict[str, tuple[int, ...]]:
        told: dict[str, tuple[int, ...]] = {}
        for place, check in enumerate(self.checks):
            told[check.field] = (*told.get(check.field, ()), place)
        return told

    def opens(self, check: LiveCheck, place: int, told: Sequence[int] = (), compared: int = 0) -> str:
        """The formula of ``check`` in the row ``place``: its rank.

        ``told`` are the places of what may be told of the same field already, ``compared`` that of its first text.
        """

        def named(found: re.Match[str]) -> str:
            if found[1]:
                return mark(COMPARED, compared + int(found[2]) - place)
            if "/" in found[2]:
                return found[0]  # of another sheet
            return mark(SAID, self.fields[found[2]] - place)

        tells = "ROW()" if check.is_error else f"{EXPLAIN}+ROW()"
        if not check.is_error and check.note in self.fields:
            tells = f"IF({mark(CONFIRMED, self.fields[check.note] - place)}=1,{CONFIRM},{tells})"
        formula = f"IF({_NAME.sub(named, check.formula)},{tells},{WELL})"
        if check.alone and told:
            formula = f"IF(MIN({','.join(mark(OPEN, other - place) for other in told)})={WELL},{formula},{WELL})"
        return formula

    def prepare(self, own: Sequence[LiveCheck]) -> None:
        """Numbers all formulas and texts that the block shares with others."""
        _known: tuple[object, ...] = (self.addresses,)
        if self.checks:
            _known = self.blank, self.listed, self.groups, self.rows(own)

    def rows(self, own: Sequence[LiveCheck]) -> FormRows:
        """The rows of the form in which something is checked, ``own`` checks included, from the top; their cells."""
        return _rows(self, tuple(check.field for check in own))


class FormRows(NamedTuple):
    """The rows of a form in which something is checked, from the top, by their ``numbers``.

    ``of_check`` says of each check to which of them it belongs. ``well`` are their cells while all is well, a line for
    each: the rank of the first check that tells something, what that says, and how the row stands; ``groups`` are the
    formulas that those share.
    """

    numbers: tuple[int, ...]
    of_check: Sequence[int]
    well: Lines
    groups: dict[int, Group]


def message_at(row: int, said: str = "") -> Formula:
    """What stands beside a row of the form of which ``_v`` tells in its ``row``; ``said`` is what it says as issued."""
    return Formula(f"{VALUES_SHEET}!{MESSAGE}{row}", said)


@lru_cache(maxsize=500)
def listed_at(block: CheckBlock, first: int, names: int) -> str:
    """The rows of ``_checks`` while all is well, a line each, of a block that begins in the row ``first`` of ``_v``.

    ``names`` is the number of the first text that names one of its fields.
    """
    gaps = ((names + name, first + place, first + note) for name, place, note in block.listed_places)
    return block.listed % tuple(chain.from_iterable(gaps))


@lru_cache(maxsize=500)
def inputs_at(block: CheckBlock, names: int, sheet: int) -> str:
    """The rows of ``_cells``; ``names`` as in ``listed_at``, ``sheet`` is the number of the sheet's title."""
    return "".join(
        f'<row><c t="s"><v>{names + name}</v></c><c t="s"><v>{sheet}</v></c><c t="s"><v>{address}</v></c></row>'
        for name, address in block.addresses
    )


@lru_cache(maxsize=20_000)
def _own_opens(block: CheckBlock, check: LiveCheck, place: int, told: tuple[int, ...], compared: int) -> str:
    return block.opens(check, place, told, compared)


@lru_cache(maxsize=20_000)
def names_in(check: LiveCheck) -> frozenset[str]:
    """The fields of its own sheet that the formula of ``check`` goes by."""
    return frozenset(name for sign, name in _NAME.findall(check.formula) if not sign and "/" not in name)


@lru_cache(maxsize=1000)
def _rows(block: CheckBlock, own: tuple[str, ...]) -> FormRows:
    rows: dict[int, list[int]] = {}
    fields = (*(check.field for check in block.checks), *own)
    for place, field in enumerate(fields):
        rows.setdefault(block.page.slots[field].row, []).append(place)
    of_check, cells = [0] * len(fields), []
    for place, (_number, found) in enumerate(sorted(rows.items())):
        for other in found:
            of_check[other] = place
        ranks = ",".join(mark(OPEN, other - place) for other in found)
        rank = block.formulas.cell(FIRST, place, f"MIN({ranks})", apart=True).then(f"<v>{WELL}</v></c>")
        words = block.formulas.cell(MESSAGE, place, _MESSAGES, _TEXT).then("<v></v></c>")
        cells.append(rank.then(words).then(block.formulas.cell(STATE, place, _STATES)).then("<v>0</v></c>"))
    groups = groups_of(enumerate(one.text for one in cells))
    return FormRows(tuple(sorted(rows)), of_check, Lines(cells), groups)
