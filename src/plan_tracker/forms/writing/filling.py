"""Fills the pages of one workbook: answers, last quarter's beside them, what is wrong, and how it counts.

Formulas that units see are set here together with the results that they have as issued.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms.definition.spec import FieldKind
from plan_tracker.forms.writing import style
from plan_tracker.forms.writing.check_sheets import EXPLAIN, MEND, CheckSheets, Formula, Span, spans
from plan_tracker.forms.writing.content import Part, told_before
from plan_tracker.forms.writing.marks import Look, Remarks, mark, remarks_of, show_remarks
from plan_tracker.forms.writing.pages import Page, cell_at, put
from plan_tracker.forms.writing.template import MORE_SLOT, STATUS_ROW, STATUS_SLOT
from plan_tracker.rounding import per_cent
from plan_tracker.values import Value

ALL_WELL = "✓ ครบ"


class CellRow(NamedTuple):
    """A row of ``_cells``: ``P001/f11.result_quarter``, and where that input was issued."""

    field: str
    sheet: str
    cell: str


class Filling:
    """What one workbook comes to while its pages are filled; ``restore`` makes the pages as they were."""

    def __init__(self, *, correcting: bool) -> None:
        self.correcting = correcting
        self.cells: list[CellRow] = []
        self.checks = CheckSheets()
        self.results: dict[tuple[str, str], str | int | Decimal] = {}
        self._looks: list[Look] = []

    def fill(self, page: Page, part: Part) -> None:
        """One project's sheet, one KPI's or order's row, or what the cover asks of the unit."""
        page.set_code(part.code)
        for field, cell in page.slots.items():
            put(cell, part.values.get(field))
            if page.form.fields[field].is_input:
                self.cells.append(CellRow(f"{part.code}/{field}", page.sheet.title, cell.coordinate))
        _show_before(page, part)
        self._looks += mark(page, part)
        show_remarks(page, Remarks.FAULTS if self.correcting else remarks_of(part))
        self.checks.add(page, part)
        page.fit_rows()
        self._compute(page, part)

    def set(self, sheet: Worksheet, address: str, formula: Formula | None) -> None:
        """Puts a formula, or nothing, into a cell."""
        cell_at(sheet, address).value = "=" + formula.text if formula else None
        if formula:
            self.results[sheet.title, address] = formula.result

    def tell(self, page: Page) -> None:
        """Says beside each row of a filled sheet what is wrong there, and at its head how much."""
        columns, sheet = page.form.columns, page.sheet
        rows = spans(self.checks.listed.get(sheet.title, ()))
        told = {row for row in {cell.row for cell in page.slots.values()} if row in rows}
        for row in told:
            self.set(sheet, f"{columns.says}{row}", rows[row].message())
        if STATUS_SLOT in page.texts:  # the cover has its list
            self.set(sheet, f"{columns.last}{STATUS_ROW}", _status(self.span(sheet.title)))

    def span(self, sheet: str) -> Span:
        """All checks of a sheet."""
        return Span(tuple(self.checks.listed.get(sheet, ())))

    def restore(self) -> None:
        for look in reversed(self._looks):  # a cell may have been marked twice
            look.restore()

    def _compute(self, page: Page, part: Part) -> None:
        """The results of what the sheet computes for the unit: what is left of a budget, and sums."""
        for block in page.form.blocks.values():
            if any(row.total for row in block.rows):
                _compute_block(self, page, part, block.key)


def _compute_block(filling: Filling, page: Page, part: Part, key: str) -> None:
    block, title = page.form.blocks[key], page.sheet.title
    keyed = [row for row in block.rows if not row.total]
    amounts = {
        (row.key, column.at): _amount(part.values.get(row.key + column.suffix))
        for row in keyed
        for column in block.columns
    }
    first = page.slots[keyed[0].key + block.columns[0].suffix].row
    sums = {column.at: sum((amounts[row.key, column.at] for row in keyed), Decimal(0)) for column in block.columns}
    by_row = [{column.at: amounts[row.key, column.at] for column in block.columns} for row in keyed]
    at = {column.suffix: column.at for column in block.columns if not column.formula}
    for offset, known in enumerate((*by_row, sums)):
        budget, disbursed = known[at[".budget"]], known[at[".disbursed"]]
        for column in block.columns:
            address = f"{column.at}{first + offset}"
            if column.formula:
                filling.results[title, address] = _left(column.field.kind, budget, disbursed)
            elif known is sums:
                filling.results[title, address] = known[column.at]


def _left(kind: FieldKind, budget: Decimal, disbursed: Decimal) -> str | Decimal:
    if budget == 0:
        return "–" if kind is FieldKind.PERCENT else ""
    share = per_cent(disbursed, budget)
    return budget - disbursed if kind is FieldKind.MONEY or share is None else share


def _amount(value: Value | None) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _status(span: Span) -> Formula:
    """How a sheet stands, in a word."""
    mend, explain = span.count(MEND), span.count(EXPLAIN)
    result = ALL_WELL if not mend.result and not explain.result else f"ต้องแก้ {mend.result} ชี้แจง {explain.result}"
    text = f'IF({mend.text}+{explain.text}=0,"{ALL_WELL}","ต้องแก้ "&{mend.text}&" ชี้แจง "&{explain.text})'
    return Formula(text, result)


def print_as_used(page: Page, part: Part) -> None:
    """The rows further down are printed where one of them holds something as issued.

    What is said beside the rows is for the screen: printed along, it would make all else too small to read.
    """
    more = page.texts.get(MORE_SLOT)
    if more is None:
        return
    used = [page.slots[key].row for key, value in part.values.items() if key in page.slots and value != ""]
    last = max((row for row in used if row > more.row), default=more.row - 1)
    page.sheet.print_area = f"B1:{page.form.columns.last}{last}"


def _show_before(page: Page, part: Part) -> None:
    """Puts last quarter's answers beside this quarter's questions: narratives, amounts, per cents, results."""
    if not page.form.columns.before:
        return
    told = told_before(page.form, part)
    rows: dict[int, list[str]] = {}
    for key, cell in page.slots.items():
        if key in told:
            rows.setdefault(cell.row, []).append(told[key])
    for row in {cell.row for cell in page.slots.values()}:
        beside = cell_at(page.sheet, f"{page.form.columns.before}{row}")
        if row in rows or beside.value is not None:
            beside.font, beside.alignment = style.font(size=style.SMALL, colour=style.GREY_TEXT), style.WRAP
            put(beside, "\n".join(rows.get(row, ())) or None)
