"""Lays out the template workbook from the form's definition: the sheets that ``forms.build`` fills.

``make templates`` writes it anew.
An officer may then restyle, reword and move things in it; fields are found by their keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms.definition.keys import BLOCK, SINGLE, SLOT
from plan_tracker.forms.definition.names import (
    COUNT,
    COVER_SHEET,
    FORM1_SHEET,
    FORM2_SHEET,
    KEY,
    LAST,
    MARKS,
    MIRROR,
    REMARK,
)
from plan_tracker.forms.definition.spec import ALWAYS, Block, Field, FieldColumn, FieldRow, Form, Section
from plan_tracker.forms.definition.versions import FormVersion
from plan_tracker.forms.writing import cover, style
from plan_tracker.forms.writing.formulas import count_to_zero, missing

HEAD_ROWS = 4
FORM1_WIDTHS: dict[str, float] = {"A": 4, "B": 5, "C": 23, **dict.fromkeys("DEFGH", 16.5), "I": 14, "J": 44, "K": 6}
_FORM2_COLUMNS = (4.0, 8.0, 34.0, 12.0, 13.0, 13.0, 13.0, 44.0, 18.0, 16.0, 26.0, 26.0, 44.0, 6.0)
FORM2_WIDTHS: dict[str, float] = dict(zip("ABCDEFGHIJKLMN", _FORM2_COLUMNS, strict=True))


class _Sheet:
    """A sheet being laid out from top to bottom. ``row`` is the next free row; ``cells`` maps fields to addresses."""

    def __init__(self, sheet: Worksheet, form: Form) -> None:
        self.sheet, self.form, self.first, self.last = sheet, form, "B", LAST[form.name]
        self.remark, self.count = REMARK[form.name], COUNT[form.name]
        self.row = 1
        self.cells: dict[str, str] = {}
        self.counters: list[tuple[Section, int]] = []

    def text(self, span: str, value: str, *, height: float | None = None, key: str = "", **styles: object) -> None:
        """Writes ``value`` over ``span`` (columns, such as ``B:I``) of the current row."""
        address = self.merge(span)
        cell = self.sheet[address]
        cell.value = value
        style.style_range(self.sheet, self.over(span), **styles)
        if key:
            self.key(SLOT + key)
        if height:
            self.sheet.row_dimensions[self.row].height = height

    def key(self, key: str) -> None:
        """Writes the current row's key into both key columns."""
        for letter in (KEY, MIRROR[self.form.name]):
            self.sheet[f"{letter}{self.row}"] = key

    def merge(self, span: str, depth: int = 1) -> str:
        """Merges ``span`` on the current row, and ``depth`` rows down; gives the top left address."""
        area = self.over(span, depth)
        first, last = area.split(":")
        if first != last:
            self.sheet.merge_cells(area)
        return first

    def height_for(self, texts: Iterable[tuple[str, str]], lines: int = 1) -> float:
        """Points that a row needs for texts, each with the columns that it stands in."""
        needed = (style.text_lines(text, self.width(span)) for text, span in texts)
        return max([lines, *needed]) * style.LINE_HEIGHT + 5

    def width(self, span: str) -> float:
        left, right = span.split(":")
        return sum(self.sheet.column_dimensions[chr(c)].width for c in range(ord(left), ord(right) + 1))

    def over(self, span: str, depth: int = 1) -> str:
        left, right = span.split(":")
        return f"{left}{self.row}:{right}{self.row + depth - 1}"


def build_template(version: FormVersion) -> Workbook:
    """The template workbook of ``version``: a cover, Form 1 for a project and Form 2 with one row for a KPI."""
    book = Workbook()
    front = book.worksheets[0]
    front.title = COVER_SHEET
    cover.lay_out(front, version)
    form1 = book.create_sheet(FORM1_SHEET)
    _lay_out_form1(_Sheet(form1, version.form1))
    form2 = book.create_sheet(FORM2_SHEET)
    _lay_out_form2(_Sheet(form2, version.form2))
    return book


def _lay_out_form1(page: _Sheet) -> None:
    _set_up(page, FORM1_WIDTHS, landscape=False)
    _head(page, status="H:I", legend="B:I")
    for section in page.form.sections:
        _heading(page, section)
        for block in section.blocks:
            _block(page, block)
    _count(page)
    _validate(page)
    _finish(page, freeze=f"B{HEAD_ROWS + 1}")


def _lay_out_form2(page: _Sheet) -> None:
    _set_up(page, FORM2_WIDTHS, landscape=True)
    _head(page, status="K:L", legend="B:L")
    section = page.form.sections[0]
    block = section.blocks[0]
    _key_row(page, block)
    _column_heads(page, block)
    _answers(page, block, block.rows[0])
    page.counters.append((section, page.row - 1))
    _count(page)
    _validate(page)
    _finish(page, freeze=f"D{page.row - 1}")


def _set_up(page: _Sheet, widths: dict[str, float], *, landscape: bool) -> None:
    sheet = page.sheet
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    for letter in (KEY, page.remark, page.count, MIRROR[page.form.name], MARKS[page.form.name]):
        sheet.column_dimensions[letter].hidden = True
    style.print_on_a4(sheet, landscape=landscape)


def _head(page: _Sheet, *, status: str, legend: str) -> None:
    """Title, period and live status, the project's state, and what the colours mean."""
    bold = style.font(bold=True, size=18, colour=style.NAVY)
    page.text(f"{page.first}:{page.last}", page.form.title, height=32, font=bold, alignment=style.CENTRE)
    page.row = 2
    before = chr(ord(status[0]) - 1)
    page.text(f"{page.first}:{before}", "", key="period", height=26, font=style.font(bold=True), alignment=style.LEFT)
    total = f"${page.count}$2"
    page.text(
        status,
        f'=IF({total}=0,"✓ กรอกครบแล้ว","ยังขาด "&{total}&" ช่อง")',
        font=style.font(bold=True),
        alignment=style.CENTRE,
        border=style.BOX,
    )
    style.light(page.sheet, page.over(status), f"{total}=0")
    page.row = 3
    page.text(legend, "", key="name", height=28, font=style.font(bold=True, colour=style.NAVY), alignment=style.LEFT)
    page.row = 4
    page.text(
        legend,
        "ช่องสีเหลือง: กรอกหรือเลือก   ช่องสีเทา: ข้อมูลจากทะเบียน ไม่ต้องแก้   * ต้องกรอก   (*) ต้องกรอกตามเงื่อนไข   "
        "คลิกที่ช่องเพื่อดูคำแนะนำ",
        key="legend",
        height=24,
        font=style.font(size=13, colour=style.GREY_TEXT),
        alignment=style.LEFT,
    )
    page.row = HEAD_ROWS + 1


def _heading(page: _Sheet, section: Section) -> None:
    """A numbered field's heading, with how much of it is still missing."""
    white = style.font(bold=True, colour="FFFFFF")
    page.text("B:G", section.heading, height=25, font=white, fill=style.SECTION_FILL, alignment=style.LEFT)
    count = f"${page.count}{page.row}"
    page.text(
        "H:I",
        f'=IF({count}=0,"","ยังขาด "&{count}&" ช่อง")',
        font=white,
        fill=style.SECTION_FILL,
        alignment=Alignment(horizontal="right", vertical="center"),
    )
    page.counters.append((section, page.row))
    page.row += 1


def _block(page: _Sheet, block: Block) -> None:
    _key_row(page, block)
    if block.caption:
        star = "" if block.header else _star(block, block.columns[0])
        look = style.font(bold=not block.header)
        page.text("B:I", block.caption + star, height=style.LINE_HEIGHT + 5, font=look, alignment=style.LEFT)
        page.row += 1
    if block.header:
        _column_heads(page, block)
    for row in block.rows:
        if row.total:
            _total(page, block, row)
        else:
            _answers(page, block, row)


def _key_row(page: _Sheet, block: Block) -> None:
    """The hidden row that names the block's columns."""
    page.key(BLOCK + block.key)
    for column in block.columns:
        if not column.formula:
            page.sheet[f"{column.span[0]}{page.row}"] = column.suffix or SINGLE
    page.sheet.row_dimensions[page.row].hidden = True
    page.row += 1


def _column_heads(page: _Sheet, block: Block) -> None:
    height = page.height_for((f"{column.field.label} *", column.span) for column in block.columns)
    look: dict[str, Any] = {"fill": style.HEAD_FILL, "border": style.BOX, "alignment": style.CENTRE}
    look["font"] = style.font(bold=True)
    if block.label_span:
        page.text(block.label_span, "ที่" if block.label_span == "B:B" else "", **look)
    for column in block.columns:
        star = _star(block, column)
        page.text(column.span, column.field.label + star, height=height, **look)
    page.row += 1


def _answers(page: _Sheet, block: Block, row: FieldRow) -> None:
    """One row of a block: its label, its answers, its computed cells."""
    depth = 2 if block.tall else 1
    page.key(row.key)
    if block.label_span:
        _label(page, block, row)
    placed = {column.suffix: field for r, column, field in block.fields() if r.key == row.key}
    for column in block.columns:
        if column.formula:
            _computed(page, block, column)
            continue
        field = placed[column.suffix]
        page.cells[field.key] = page.merge(column.span, depth)
        style.style_answer(page.sheet, page.over(column.span, depth), field)
    _remark(page)
    labelled = [(f"{row.label} *", block.label_span)] if block.label_span else []
    for offset in range(depth):
        page.sheet.row_dimensions[page.row + offset].height = page.height_for(labelled, block.lines) / depth
    page.row += depth


def _label(page: _Sheet, block: Block, row: FieldRow) -> None:
    star = "" if block.header else _star(block, block.columns[0])
    centred = block.label_span == "B:B"
    page.text(
        block.label_span,
        row.label + star,
        font=style.font(),
        border=style.BOX,
        alignment=style.CENTRE if centred else style.LEFT,
    )


def _star(block: Block, column: FieldColumn) -> str:
    """What marks a column's head or a label: always due, due by what else is filled in, or optional."""
    dues = [field.due for _row, placed, field in block.fields() if placed is column and field.due]
    return " *" if ALWAYS in dues else " (*)" if dues else ""


def _remark(page: _Sheet) -> None:
    """Where a correction form says what is wrong in the row."""
    style.style_range(
        page.sheet,
        f"{page.remark}{page.row}",
        font=style.font(size=13, colour=style.RED),
        alignment=style.WRAP,
    )


def _computed(page: _Sheet, block: Block, column: FieldColumn) -> None:
    """A cell that the sheet computes for the unit; never read back."""
    formula, inputs = column.formula, []
    for other in block.columns:
        if not other.formula:
            address = f"{other.span[0]}{page.row}"
            if "{" + other.suffix + "}" in formula:
                inputs.append(address)
            formula = formula.replace("{" + other.suffix + "}", f"N({address})")
    whole = inputs[0]  # the budget: without one there is nothing left, and no per cent
    unknown = '"–"' if "/" in formula else '""'
    page.text(column.span, f"=IF(N({whole})=0,{unknown},{formula})")
    style.style_answer(page.sheet, page.over(column.span), column.field)
    style.style_range(
        page.sheet,
        page.over(column.span),
        fill=style.LOCKED_FILL,
        protection=Protection(locked=True),
        alignment=Alignment(horizontal="right", vertical="center"),
    )


def _total(page: _Sheet, block: Block, row: FieldRow) -> None:
    """The row of sums under a block of amounts."""
    first = page.row - sum(1 for r in block.rows if not r.total)
    page.text(block.label_span, row.label, font=style.font(bold=True), border=style.BOX, alignment=style.LEFT)
    for column in block.columns:
        if column.formula:
            _computed(page, block, column)
            continue
        letter = column.span[0]
        page.text(column.span, f"=SUM({letter}{first}:{letter}{page.row - 1})")
        style.style_answer(page.sheet, page.over(column.span), column.field)
        style.style_range(
            page.sheet,
            page.over(column.span),
            font=style.font(bold=True),
            fill=style.LOCKED_FILL,
            protection=Protection(locked=True),
        )
    page.sheet.row_dimensions[page.row].height = style.LINE_HEIGHT + 5
    page.row += 1


def _count(page: _Sheet) -> None:
    """The hidden count column: missing answers per row, per section and on the whole sheet.

    In Form 1, K1 is 1 for a project that ended in an earlier quarter: only its money is asked then.
    """
    rows: dict[int, list[str]] = {}
    for key, address in page.cells.items():
        field = page.form.fields[key]
        if field.due:
            rows.setdefault(page.sheet[address].row, []).append(missing(field, page.cells))
    for row, terms in rows.items():
        page.sheet[f"{page.count}{row}"] = "=" + "+".join(terms)
    if page.form.name == "form2":
        page.sheet[f"{page.count}2"] = count_to_zero(page.form.name, page.row - 1, page.row - 1)
        return
    page.sheet[f"{page.count}1"] = 0
    starts = [row for _section, row in page.counters]
    for (section, row), following in zip(page.counters, [*starts[1:], page.row], strict=True):
        inside = f"SUM({page.count}{row + 1}:{page.count}{following - 1})"
        page.sheet[f"{page.count}{row}"] = f"={inside}" if section.number == 9 else f"=IF(${page.count}$1=1,0,{inside})"
    page.sheet[f"{page.count}2"] = f"=MAX({'+'.join(f'{page.count}{row}' for row in starts)},{MARKS[page.form.name]}2)"
    listed = "&".join(f'IF({page.count}{row}>0,"({section.number}) ","")' for section, row in page.counters)
    page.sheet[f"{page.count}3"] = "=" + listed


def _validate(page: _Sheet) -> None:
    """Drop-downs and input hints. Wrong values are warned of, not refused: ingest explains them better."""
    groups: dict[tuple[str, tuple[str, ...], bool, bool], tuple[Field, list[str]]] = {}
    for key, address in page.cells.items():
        field = page.form.fields[key]
        if field.is_input:
            group = (field.hint, field.choices, field.low is None, field.high is None)
            groups.setdefault(group, (field, []))[1].append(address)
    for field, addresses in groups.values():
        check = _validation(field)
        for address in addresses:
            check.add(address)
        page.sheet.add_data_validation(check)


def _validation(field: Field) -> DataValidation:
    """The drop-down, bounds and hint of a field."""
    check = DataValidation(type="none", allow_blank=True, errorStyle="warning", showInputMessage=True)
    check.prompt = field.hint[:255]
    if field.choices:
        check.type, check.formula1 = "list", '"' + ",".join(field.choices) + '"'
        check.errorTitle, check.error = "เลือกจากรายการ", "ขอให้เลือกคำตอบจากรายการในช่องนี้"
    elif field.low is not None and field.high is not None:
        check.type, check.operator = "decimal", "between"
        check.formula1, check.formula2 = str(field.low), str(field.high)
        check.errorTitle, check.error = "ตัวเลขเท่านั้น", f"ช่องนี้รับตัวเลขตั้งแต่ {field.low} ถึง {field.high}"
    elif field.low is not None:
        check.type, check.operator, check.formula1 = "decimal", "greaterThanOrEqual", str(field.low)
        check.errorTitle, check.error = "ตัวเลขเท่านั้น", f"ช่องนี้รับตัวเลขตั้งแต่ {field.low} ขึ้นไป"
    check.showErrorMessage = bool(check.error)
    return check


def _finish(page: _Sheet, *, freeze: str) -> None:
    sheet = page.sheet
    sheet.freeze_panes = freeze
    sheet.print_title_rows = f"1:{HEAD_ROWS}"
    sheet.print_area = f"{page.first}1:{page.last}{page.row - 1}"
    protection = sheet.protection
    protection.sheet = True
    protection.formatRows = protection.formatColumns = protection.formatCells = False  # False allows it
