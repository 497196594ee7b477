"""The hidden sheets by which a workbook checks itself, with the results that they have as issued.

``_v``: of each keyed cell what it holds and what that says; in column C texts that checks compare with.
``_checks``: ``code``, ``field``, ``open``, ``confirmed`` of each check.
``_says``: per check its words, and how it stands (1: to be mended, 2: to be explained, 0).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from xml.sax.saxutils import escape

from plan_tracker.forms.definition.names import CELLS_SHEET, CHECKS_SHEET, SAYINGS_SHEET, VALUES_SHEET
from plan_tracker.forms.definition.signs import Sign
from plan_tracker.forms.writing.cell_values import held_formula, value_formula
from plan_tracker.forms.writing.content import LiveCheck, Part
from plan_tracker.forms.writing.pages import Page
from plan_tracker.forms.writing.shared_formulas import share
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


Cells = list[tuple[str | int | Formula, ...]]
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
    """Collects what is checked, ``listed`` by sheet; ``sheets`` gives the three hidden sheets."""

    values: list[tuple[Formula, Formula]] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    checks: Cells = field(default_factory=lambda: [HEADER])
    says: Cells = field(default_factory=lambda: [("message", "state")])
    listed: dict[str, list[Listed]] = field(default_factory=dict)

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
        holds = {key: f"A{start + i}" for i, key in enumerate(page.slots)}
        says = {key: f"B{start + i}" for i, key in enumerate(page.slots)}
        for key, cell in page.slots.items():
            value = _result(part.values.get(key))
            said = Sign.UNREAD if key in part.unread else value
            held = held_formula(f"'{page.sheet.title}'!{cell.coordinate}")
            self.values.append((Formula(held, value), Formula(value_formula(page.form, key, holds, says), said)))
        names = {key: f"{VALUES_SHEET}!{name}" for key, name in says.items()}
        self.names |= {f"{part.code}/{key}": name for key, name in names.items()}
        return names

    def _check(self, page: Page, part: Part, check: LiveCheck, names: Mapping[str, str], first: int) -> None:
        def named(found: re.Match[str]) -> str:
            if found[1]:
                return self._text(check.texts[int(found[2])])
            return names.get(found[2]) or self.names[found[2]]  # of another sheet

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
        self.says.append((check.message, Formula(state, listed.state)))
        self.listed.setdefault(listed.sheet, []).append(listed)

    def _text(self, text: str) -> str:
        """The cell that holds a text to compare with."""
        return f"{VALUES_SHEET}!C{self.texts.setdefault(text, len(self.texts) + 1)}"

    def sheets(self, intern: Intern) -> dict[str, str]:
        """The XML of the three sheets by their names."""
        return {
            CHECKS_SHEET: sheet_xml(self.checks, intern),
            VALUES_SHEET: self._values_xml(intern),
            SAYINGS_SHEET: sheet_xml(self.says, intern),
        }

    def _values_xml(self, intern: Intern) -> str:
        """What cells hold and say, alike formulas shared, and the texts beside."""
        shared = share("B", [says.text for _holds, says in self.values])
        texts = [f'<c r="C{row}" t="s"><v>{intern(writable(text))}</v></c>' for row, text in enumerate(self.texts, 1)]
        lines = (
            f'<row r="{row}"><c r="A{row}"{_formula_xml(holds)}</c><c r="B{row}"{_formula_xml(says, formula)}</c>'
            f"{texts[row - 1] if row <= len(texts) else ''}</row>"
            for row, ((holds, says), formula) in enumerate(zip(self.values, shared, strict=True), 1)
        )
        more = (f'<row r="{row}">{texts[row - 1]}</row>' for row in range(len(self.values) + 1, len(texts) + 1))
        return _worksheet("".join((*lines, *more)))


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
        rows = f"{self.checks[0].number}:B{self.checks[-1].number}"
        field = f"INDEX({CHECKS_SHEET}!B{rows},MATCH({state},{self.states},0))"
        cell = f"INDEX({CELLS_SHEET}!$C:$C,MATCH({field},{CELLS_SHEET}!$A:$A,0))"
        place = f"\"#'{self.checks[0].sheet}'!\"&{cell}"
        return Formula(f"IF({counted.text}=0,0,HYPERLINK({place},{counted.text}))", counted.result)

    def message(self) -> Formula:
        """What is wrong here, the worst first; nothing where all is well."""
        said = {MEND: "✗ ต้องแก้: ", EXPLAIN: "! ควรชี้แจง: "}
        now = next((one for state in said for one in self.checks if one.state == state), None)
        found = [f'"{t}"&INDEX({self._column("A")},MATCH({state},{self.states},0))' for state, t in said.items()]
        formula = f'IFERROR({found[0]},IFERROR({found[1]},""))'
        return Formula(formula, said[now.state] + now.check.message if now else "")


def spans(listed: Iterable[Listed]) -> dict[int, Span]:
    """The checks of one sheet by row."""
    rows: dict[int, list[Listed]] = {}
    for one in listed:
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
    """A worksheet of texts, numbers, and formulas with their results, all from column A on without gaps.

    Addresses are left out, since they follow from the order: they would be a third of the file.
    """
    return _worksheet("".join(f"<row>{''.join(_cell_xml(cell, intern) for cell in row)}</row>" for row in rows))


def _worksheet(rows: str) -> str:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{head}{rows}</sheetData></worksheet>'


def _cell_xml(cell: str | int | Formula, intern: Intern) -> str:
    if isinstance(cell, str):
        return f'<c t="s"><v>{intern(writable(cell))}</v></c>'
    return f"<c><v>{cell}</v></c>" if isinstance(cell, int) else f"<c{_formula_xml(cell)}</c>"


def _formula_xml(formula: Formula, element: str = "") -> str:
    """What follows a cell's address: the kind of its result, the formula (or the ``element`` of a shared one), both."""
    written = element or f"<f>{escape(formula.text)}</f>"
    if isinstance(formula.result, str):
        return f' t="str">{written}<v>{escape(writable(formula.result))}</v>'
    shown = plain(formula.result) if isinstance(formula.result, Decimal) else formula.result
    return f">{written}<v>{shown}</v>"
