"""The hidden sheets by which a workbook checks itself, with the results that they have as issued.

``_v``: what each keyed cell says, in column A; in column B texts that checks compare with.
``_checks``: ``code``, ``field``, ``open``, ``confirmed`` of each check.
``_says``: per check its words, how it stands (1: to be mended, 2: to be explained, 0), and its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from xml.sax.saxutils import escape

from plan_tracker.forms.definition.names import CHECKS_SHEET, SAYINGS_SHEET, VALUES_SHEET
from plan_tracker.forms.definition.signs import Sign
from plan_tracker.forms.writing.cell_values import value_formula
from plan_tracker.forms.writing.content import LiveCheck, Part
from plan_tracker.forms.writing.pages import Page
from plan_tracker.values import Value, plain, writable

HEADER = ("code", "field", "open", "confirmed")
_NAME = re.compile(r"\{(#?)([^{}]+)\}")
_EPOCH = date(1899, 12, 30)
MEND, EXPLAIN = 1, 2


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the result that it has as issued."""

    text: str
    result: str | int | Decimal


Cells = list[tuple[str | int | Formula | None, ...]]
Intern = Callable[[str], int]  # gives a text's number among the workbook's shared ones


@dataclass(frozen=True, slots=True)
class Listed:
    """A check's row in ``_checks`` and ``_says``, and the sheet and row that it stands on."""

    check: LiveCheck
    number: int
    sheet: str
    row: int

    @property
    def state(self) -> int:
        return (MEND if self.check.is_error else EXPLAIN) if self.check.is_open else 0


@dataclass
class CheckSheets:
    """Collects what is checked, sheet by sheet; ``sheets`` gives the three hidden sheets."""

    values: list[Formula] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    checks: Cells = field(default_factory=lambda: [HEADER])
    says: Cells = field(default_factory=lambda: [("message", "state", "cell")])
    listed: list[Listed] = field(default_factory=list)

    def add(self, page: Page, part: Part) -> None:
        """Takes up a sheet's (or row's) cells and their checks, from the top of the sheet to its end."""
        names = self._values_of(page, part)
        place = {key: (cell.row, cell.column) for key, cell in page.slots.items()}
        checks = sorted(part.checks, key=lambda check: (place[check.field], check.alone))
        for _field, told in groupby(checks, key=lambda check: check.field):
            first = len(self.checks) + 1
            for check in told:
                self._check(page, part, check, names, first)

    def _values_of(self, page: Page, part: Part) -> Mapping[str, str]:
        """Adds a row for each cell; gives for each field what it is called in formulas."""
        start = len(self.values) + 1
        names = {key: f"{VALUES_SHEET}!A{start + i}" for i, key in enumerate(page.slots)}
        places = {key: f"'{page.sheet.title}'!{cell.coordinate}" for key, cell in page.slots.items()}
        for key in page.slots:
            formula = value_formula(page.form, key, places, names)
            said = Sign.UNREAD if key in part.unread else _result(part.values.get(key))
            self.values.append(Formula(formula, said))
        return names

    def _check(self, page: Page, part: Part, check: LiveCheck, names: Mapping[str, str], first: int) -> None:
        def named(found: re.Match[str]) -> str:
            return self._text(check.texts[int(found[2])]) if found[1] else names[found[2]]

        number = len(self.checks) + 1
        condition = _NAME.sub(named, check.formula)
        if check.alone and number > first:
            condition = f"IF(SUM({CHECKS_SHEET}!C{first}:C{number - 1})=0,{condition},FALSE)"
        note = names.get(check.note)
        confirmed = Formula(f'IF(AND({note}<>"",{note}<>"{Sign.FAULTY}"),1,0)', 0) if note else 0
        self.checks.append((check.code, f"{part.code}/{check.field}", _truth(condition, check.is_open), confirmed))
        cell = page.slots[check.field]
        listed = Listed(check, number, page.sheet.title, cell.row)
        state = f"{CHECKS_SHEET}!C{number}"
        if not check.is_error:
            state = f"{EXPLAIN}*{state}*(1-{CHECKS_SHEET}!D{number})"
        self.says.append((check.message, Formula(state, listed.state), cell.coordinate))
        self.listed.append(listed)

    def _text(self, text: str) -> str:
        """The cell that holds a text to compare with."""
        return f"{VALUES_SHEET}!B{self.texts.setdefault(text, len(self.texts) + 1)}"

    def sheets(self, intern: Intern) -> dict[str, str]:
        """The XML of the three sheets by their names."""
        texts: list[str | None] = [*self.texts, *[None] * (len(self.values) - len(self.texts))]
        formulas: list[Formula | None] = [*self.values, *[None] * (len(texts) - len(self.values))]
        return {
            CHECKS_SHEET: sheet_xml(self.checks, intern),
            VALUES_SHEET: sheet_xml(list(zip(formulas, texts, strict=True)), intern),
            SAYINGS_SHEET: sheet_xml(self.says, intern),
        }


@dataclass(frozen=True, slots=True)
class Span:
    """Some checks of one sheet that stand together: their cells in formulas, and what they come to as issued."""

    checks: tuple[Listed, ...]

    @property
    def states(self) -> str:
        return self._column("B")

    def _column(self, letter: str) -> str:
        return f"{SAYINGS_SHEET}!{letter}{self.checks[0].number}:{letter}{self.checks[-1].number}"

    def count(self, state: int) -> Formula:
        """How many stand so."""
        if not self.checks:
            return Formula("0", 0)
        return Formula(f"COUNTIF({self.states},{state})", sum(one.state == state for one in self.checks))

    def link(self, state: int) -> Formula:
        """The count, as a link to the first place."""
        counted = self.count(state)
        if not self.checks:
            return counted
        first = f"INDEX({self._column('C')},MATCH({state},{self.states},0))"
        place = f"\"#'{self.checks[0].sheet}'!\"&{first}"
        return Formula(f"IF({counted.text}=0,0,HYPERLINK({place},{counted.text}))", counted.result)

    def message(self) -> Formula:
        """What is wrong here, the worst first; nothing where all is well."""
        said = {MEND: "✗ ต้องแก้: ", EXPLAIN: "! ควรชี้แจง: "}
        now = next((one for state in said for one in self.checks if one.state == state), None)
        found = [f'"{t}"&INDEX({self._column("A")},MATCH({state},{self.states},0))' for state, t in said.items()]
        formula = f'IFERROR({found[0]},IFERROR({found[1]},""))'
        return Formula(formula, said[now.state] + now.check.message if now else "")


def spans(listed: Iterable[Listed], of: str) -> dict[int, Span]:
    """The checks of the sheet ``of``, by row."""
    rows: dict[int, list[Listed]] = {}
    for one in listed:
        if one.sheet == of:
            rows.setdefault(one.row, []).append(one)
    return {row: Span(tuple(checks)) for row, checks in rows.items()}


def _truth(condition: str, is_open: bool) -> Formula:
    return Formula(f"IF({condition},1,0)", int(is_open))


def _result(value: Value | None) -> str | Decimal:
    """A prefilled cell's value as its formula gives it."""
    if isinstance(value, date):
        return Decimal((value - _EPOCH).days)
    return value if isinstance(value, Decimal) else " ".join(value.split(" ")) if value else ""


def sheet_xml(rows: Cells, intern: Intern) -> str:
    """A worksheet of texts, numbers, and formulas with their results."""
    lines = (
        f'<row r="{number}">{"".join(_cell_xml(chr(65 + i), number, cell, intern) for i, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{head}{"".join(lines)}</sheetData></worksheet>'


def _cell_xml(letter: str, row: int, cell: str | int | Formula | None, intern: Intern) -> str:
    at = f'<c r="{letter}{row}"'
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f'{at} t="s"><v>{intern(writable(cell))}</v></c>'
    return f"{at}><v>{cell}</v></c>" if isinstance(cell, int) else f"{at}{_formula_xml(cell)}</c>"


def _formula_xml(formula: Formula) -> str:
    """What follows a cell's address: the kind of its result, the formula, the result."""
    if isinstance(formula.result, str):
        return f' t="str"><f>{escape(formula.text)}</f><v>{escape(writable(formula.result))}</v>'
    shown = plain(formula.result) if isinstance(formula.result, Decimal) else formula.result
    return f"><f>{escape(formula.text)}</f><v>{shown}</v>"
