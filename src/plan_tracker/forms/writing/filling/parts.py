"""Fills the sheets of one workbook: answers, last quarter's beside them, what is wrong, and how it counts.

Formulas that units see are set here together with the results that they have as issued.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from plan_tracker.forms.definition.spec import FieldKind
from plan_tracker.forms.writing.compiled.models import Formula, SheetModel
from plan_tracker.forms.writing.compiled.pages import Page
from plan_tracker.forms.writing.content import Part, told_before
from plan_tracker.forms.writing.filling.filled_sheet import FilledSheet, laid_rows
from plan_tracker.forms.writing.filling.marks import head_remarks, mark
from plan_tracker.forms.writing.hidden_sheets.check_blocks import CheckBlock, inputs_at
from plan_tracker.forms.writing.hidden_sheets.check_sheets import CheckSheets, Counts
from plan_tracker.forms.writing.packing import Piece, fixed
from plan_tracker.forms.writing.saving import sheet_xml
from plan_tracker.forms.writing.template.sheets import MORE_SLOT, STATUS_ROW
from plan_tracker.rounding import per_cent
from plan_tracker.values import Value

ALL_WELL = "✓ ครบ"


class Filling:
    """What one workbook comes to while its sheets are filled, from the first to the last."""

    def __init__(self, checks: CheckSheets, *, correcting: bool) -> None:
        self.texts, self.correcting = checks.texts, correcting
        self._cells: list[str] = []
        self._names: dict[tuple[str, Page], int] = {}
        self.sheets: dict[str, FilledSheet] = {}
        self.checks = checks
        self.marked: dict[str, tuple[str, int]] = {}  # by sheet: where it counts its red cells, and how many it has

    def name(self, page: Page, part: Part) -> None:
        """Numbers the names of the fields and rows of ``part``.

        To be called of each part before any is filled, of projects first: then theirs are the same in most forms.
        """
        self._names[part.code, page] = self.texts.add_names(part.code, page.named(part.code), len(page.names))

    def open(self, model: SheetModel, title: str) -> FilledSheet:
        """The next sheet of the workbook."""
        self.sheets[title] = FilledSheet(model, title, self.texts)
        self.checks.counts(title)
        return self.sheets[title]

    def fill(self, sheet: FilledSheet, block: CheckBlock, part: Part) -> None:
        """One project's sheet, one KPI's or order's row, or what the cover asks of the unit."""
        page, names = block.page, self._names[part.code, block.page]
        added = self.checks.add(sheet.title, block, part, names)
        sheet.lay(laid_rows(page, added.rows, added.first, names))
        for row, said in added.said.items():
            sheet.compute(row, page.form.columns.says, said)
        for field in (*part.values, *(page.filled_in - part.values.keys())):
            if field in page.slots:
                sheet.put(*page.slots[field], part.values.get(field))
        title = names if sheet.title == part.code else self.texts.number(sheet.title)
        self._cells.append(inputs_at(block, names, title))
        _show_before(sheet, page, part)
        mark(sheet, page, part)
        for table in page.form.blocks.values():
            if any(row.total for row in table.rows):
                _settle_block(sheet, page, part, table.key)

    @property
    def inputs(self) -> list[Piece]:
        """The sheet ``_cells``. Addresses, a third of it, are left out: they follow from the order."""
        head = "".join(f"<c{self.texts.content(name)}" for name in ("field", "sheet", "cell"))
        return sheet_xml([f"<row>{head}</row>", *map(fixed, self._cells)])

    def head(self, sheet: FilledSheet, page: Page, parts: Sequence[Part], *, status: bool = True) -> None:
        """What a filled sheet says at its head: how it stands, and what its remarks are; the cover has its list."""
        head_remarks(sheet, page, parts, correcting=self.correcting)
        if self.correcting:
            self.marked[sheet.title] = page.form.columns.marks, sum(len(part.marks) for part in parts)
        if status:
            sheet.compute(STATUS_ROW, page.form.columns.last, _status(self.checks.counts(sheet.title)))


def _settle_block(sheet: FilledSheet, page: Page, part: Part, key: str) -> None:
    """The results of what the sheet computes for the unit: what is left of a budget, and sums."""
    block = page.form.blocks[key]
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
    for row, known in enumerate((*by_row, sums), first):
        budget, disbursed = known[at[".budget"]], known[at[".disbursed"]]
        for column in block.columns:
            if column.formula:
                sheet.settle(row, column.at, _left(column.field.kind, budget, disbursed))
            elif known is sums:
                sheet.settle(row, column.at, known[column.at])


def _left(kind: FieldKind, budget: Decimal, disbursed: Decimal) -> str | Decimal:
    if budget == 0:
        return "–" if kind is FieldKind.PERCENT else ""
    share = per_cent(disbursed, budget)
    return budget - disbursed if kind is FieldKind.MONEY or share is None else share


def _amount(value: Value | None) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _status(counts: Counts) -> Formula:
    """How a sheet stands, in a word."""
    mend, explain = counts.count(1), counts.count(2)
    result = ALL_WELL if not mend.result and not explain.result else f"ต้องแก้ {mend.result} ชี้แจง {explain.result}"
    text = f'IF({mend.text}+{explain.text}=0,"{ALL_WELL}","ต้องแก้ "&{mend.text}&" ชี้แจง "&{explain.text})'
    return Formula(text, result)


def print_as_used(sheet: FilledSheet, page: Page, part: Part) -> None:
    """The rows further down are printed where one of them holds something as issued.

    What is said beside the rows is for the screen: printed along, it would make all else too small to read.
    """
    more = page.texts.get(MORE_SLOT)
    if more is None:
        return
    used = [page.slots[key].row for key, value in part.values.items() if key in page.slots and value != ""]
    last = max((row for row in used if row > more), default=more - 1)
    sheet.area = f"$B$1:${page.form.columns.last}${last}"


def _show_before(sheet: FilledSheet, page: Page, part: Part) -> None:
    """Puts last quarter's answers beside this quarter's questions: narratives, amounts, per cents, results."""
    column, told = page.form.columns.before, told_before(page.form, part)
    if not column or not told:
        return
    rows: dict[int, list[str]] = {}
    for key, spot in page.slots.items():
        if key in told:
            rows.setdefault(spot.row, []).append(told[key])
    for row, texts in rows.items():
        sheet.put(row, column, "\n".join(texts), page.looks.beside[sheet.look_of(row, column)], wraps=True)
