"""Lays out the template workbook from the form's definition: the sheets that ``forms.writing.build`` fills.

``make templates`` writes it anew. No answer stands in merged cells and no row of answers has a height of its own, so
that rows grow with what is typed. An officer may then restyle, reword and move things; fields are found by their keys.
"""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms import house_style
from plan_tracker.forms.definition.form1.shapes import ANSWER, BESIDE, LINES, NOTES
from plan_tracker.forms.definition.provinces import PROVINCES
from plan_tracker.forms.definition.spec import ALWAYS, Block, Field, FieldColumn, FieldKind, FieldRow, Form, Section
from plan_tracker.forms.definition.versions import FormVersion
from plan_tracker.forms.definition.workbook.keys import BLOCK, SINGLE, SLOT
from plan_tracker.forms.definition.workbook.names import COVER_SHEET, FORM1_SHEET, FORM2_SHEET, KEY, LISTS_SHEET
from plan_tracker.forms.writing.template import cover, style
from plan_tracker.forms.writing.template.hints import validation

HEAD_ROWS, STATUS_ROW, STATUS_SLOT = 4, 2, "period"
_SECOND_PAGE = 9  # the section that begins with what was done
BEFORE_HEAD = "ที่รายงานไว้ไตรมาสก่อน"
LABEL = "B"
MORE_SLOT = "more"  # where the rows begin that print only when they are used
_FORM1_WIDTHS = dict(zip("ABCDEFGHI", (4, 19, 54, 16, 16, 13, 13, 9, 18), strict=True))
_FORM2_WIDTHS = dict(zip("ABCDEFGHIJKL", (4, 8, 34, 12, 13, 13, 13, 44, 18, 16, 26, 30), strict=True))
_BESIDE_WIDTHS = {"says": 84, "before": 64, "remark": 44, "mirror": 4, "marks": 4}
_SHOWN_WHOLE = 1000  # characters that a row has room for in any column
_CUT_OFF = "✂ ข้อความยาวกว่าที่แถวหนึ่งแสดงได้ ในไฟล์มีครบ แต่บนจอและกระดาษอาจเห็นไม่หมด"
_LEGEND = "ช่องสีเหลือง: กรอกหรือเลือก   ช่องสีเทา: ไม่ต้องแก้   * ต้องกรอก   (*) ต้องกรอกตามเงื่อนไข   คลิกที่ช่องเพื่อดูคำแนะนำ"


class _TemplateSheet:
    """A sheet being laid out from top to bottom. ``row`` is the next free row; ``cells`` maps fields to addresses."""

    def __init__(self, sheet: Worksheet, form: Form) -> None:
        self.sheet, self.form, self.last = sheet, form, form.columns.last
        self.row = 1
        self.cells: dict[str, str] = {}

    def text(self, column: str, value: str, **styles: object) -> None:
        """Writes ``value`` into the current row."""
        self.sheet[f"{column}{self.row}"] = value
        style.style_range(self.sheet, f"{column}{self.row}", **styles)

    def band(self, **styles: object) -> None:
        """Styles the current row as far as it is printed."""
        style.style_range(self.sheet, f"{LABEL}{self.row}:{self.last}{self.row}", **styles)

    def key(self, key: str) -> None:
        """Writes the current row's key into both key columns."""
        for letter in (KEY, self.form.columns.mirror):
            self.sheet[f"{letter}{self.row}"] = key

    def key_row(self, key: str, columns: Iterable[tuple[str, str]]) -> None:
        """A hidden row that names columns."""
        self.key(BLOCK + key)
        for at, suffix in columns:
            self.sheet[f"{at}{self.row}"] = suffix or SINGLE
        self.sheet.row_dimensions[self.row].hidden = True
        self.row += 1

    def answer(self, at: str, field: Field) -> None:
        self.cells[field.key] = f"{at}{self.row}"
        style.style_answer(self.sheet, f"{at}{self.row}", field)

    def aside(self) -> None:
        """What stands beside a row of answers: last quarter's, what is wrong now, what was wrong."""
        columns = self.form.columns
        for column in (columns.says, columns.remark):
            self.text(column, "", font=style.font(size=house_style.SMALL, colour=house_style.RED), alignment=style.WRAP)


def build_template(version: FormVersion) -> Workbook:
    """The template workbook of ``version``: a cover, Form 1 for a project and Form 2 with one row for a KPI."""
    book = Workbook()
    front = book.worksheets[0]
    front.title = COVER_SHEET
    cover.lay_out(front, version)
    _lay_out_form1(_TemplateSheet(book.create_sheet(FORM1_SHEET), version.form1))
    _lay_out_form2(_TemplateSheet(book.create_sheet(FORM2_SHEET), version.form2))
    add_lists(book)
    return book


def add_lists(book: Workbook) -> None:
    """The hidden sheet of what drop-downs offer that is too long to stand in them: the provinces."""
    sheet = book.create_sheet(LISTS_SHEET)
    for province in PROVINCES:
        sheet.append([province])
    sheet.sheet_state = "hidden"


def _lay_out_form1(page: _TemplateSheet) -> None:
    _set_up(page, _FORM1_WIDTHS, landscape=False)
    _head(page)
    shared = {block.key_row for block in page.form.blocks.values()}
    for name, at in ((LINES, ANSWER), (NOTES, BESIDE)):
        if name in shared:
            page.key_row(name, [(at, SINGLE)])
    for section in page.form.sections:
        if section.number == _SECOND_PAGE:
            page.sheet.row_breaks.append(Break(id=page.row - 1))
        _heading(page, section)
        for block in section.blocks:
            if block.key_row != NOTES:
                _block(page, block)
    ends = page.row - 1
    _more(page)
    _validate(page)
    _warn(page, (key for key in page.form.inputs if not key.endswith(".note")))
    _finish(page, ends, freeze=f"{ANSWER}{HEAD_ROWS + 1}")


def _lay_out_form2(page: _TemplateSheet) -> None:
    _set_up(page, _FORM2_WIDTHS, landscape=True)
    _head(page)
    (section,) = page.form.sections
    (block,) = section.blocks
    page.key_row(block.key, [(column.at, column.suffix) for column in block.columns])
    _column_heads(page, block)
    _answers(page, block, block.rows[0])
    _validate(page)
    _warn(page, (key for key in page.form.inputs if key != "k.note"))
    _finish(page, page.row - 1, freeze=f"D{page.row - 1}")


def _warn(page: _TemplateSheet, keys: Iterable[str]) -> None:
    """Colours the answers of a row while something is said beside it; neighbours as one area."""
    rows: dict[int, list[str]] = {}
    for key in keys:
        cell = page.sheet[page.cells[key]]
        rows.setdefault(cell.row, []).append(cell.column_letter)
    alike: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for row, letters in sorted(rows.items()):
        areas = alike.setdefault((min(letters), max(letters)), [])
        if areas and areas[-1][1] == row - 1:
            areas[-1] = areas[-1][0], row
        else:
            areas.append((row, row))
    spans = sorted((first, last, left, right) for (left, right), each in alike.items() for first, last in each)
    cells = " ".join(f"{left}{first}:{right}{last}" for first, last, left, right in spans)
    style.warn(page.sheet, cells, f"${page.form.columns.says}{spans[0][0]}")


def _set_up(page: _TemplateSheet, widths: dict[str, int], *, landscape: bool) -> None:
    sheet, columns = page.sheet, page.form.columns
    beside = {getattr(columns, name): width for name, width in _BESIDE_WIDTHS.items() if getattr(columns, name)}
    for letter, width in (widths | beside).items():
        sheet.column_dimensions[letter].width = float(width)
    for letter in (KEY, columns.remark, columns.mirror, columns.marks):
        sheet.column_dimensions[letter].hidden = True
    style.print_on_a4(sheet, landscape=landscape)


def _head(page: _TemplateSheet) -> None:
    """Title, period and where the live status stands, the project's name, and what the colours mean."""
    columns = page.form.columns
    page.text(LABEL, page.form.title, font=style.font(bold=True, size=18, colour=house_style.NAVY))
    page.row = 2
    page.key(SLOT + STATUS_SLOT)
    page.text(LABEL, "", font=style.font(bold=True))
    page.row = 3
    page.key(SLOT + "name")
    page.text(LABEL, "", font=style.font(bold=True, colour=house_style.NAVY))
    page.row = 4
    page.key(SLOT + "legend")
    page.text(LABEL, _LEGEND, font=style.font(size=13, colour=house_style.GREY_TEXT))
    at = f"{page.last}{STATUS_ROW}"
    style.style_range(page.sheet, at, font=style.font(bold=True), alignment=style.CENTRE, border=style.BOX)
    style.light(page.sheet, at, f'LEFT({at},1)="✓"')
    heads = {columns.says: "ข้อที่ควรตรวจ", **({columns.before: BEFORE_HEAD} if columns.before else {})}
    if any(block.key_row == NOTES for block in page.form.blocks.values()):
        heads[BESIDE] = "หมายเหตุ/คำชี้แจง (ถ้ามี)"
    for column, head in heads.items():
        page.text(column, head, font=style.font(bold=True, size=13, colour=house_style.GREY_TEXT), alignment=style.LEFT)
    page.row = HEAD_ROWS + 1


def _heading(page: _TemplateSheet, section: Section) -> None:
    """A numbered field's heading, and the note beside it."""
    white = style.font(bold=True, colour="FFFFFF")
    page.band(fill=style.SECTION_FILL, font=white)
    page.text(LABEL, section.heading, font=white, alignment=Alignment(vertical="center"))
    note = next((block for block in section.blocks if block.key_row == NOTES), None)
    if note:
        (_row, column, field), *_none = note.fields()
        page.key(note.rows[0].key)
        page.answer(column.at, field)
    page.row += 1


def _block(page: _TemplateSheet, block: Block) -> None:
    if not block.key_row:
        page.key_row(block.key, [(column.at, column.suffix) for column in block.columns if not column.formula])
    if block.caption:
        page.text(LABEL, block.caption, font=style.font())
        page.row += 1
    if block.header:
        _column_heads(page, block)
    for row in block.rows[: block.at_hand or None]:
        if row.total:
            _total(page, block, row)
        else:
            _answers(page, block, row)


def _more(page: _TemplateSheet) -> None:
    """The rows of tables that don't stand in their place; they start a page of their own."""
    blocks = [(s, b) for s in page.form.sections for b in s.blocks if 0 < b.at_hand < len(b.rows)]
    if not blocks:
        return
    page.sheet.row_breaks.append(Break(id=page.row - 1))
    page.key(SLOT + MORE_SLOT)
    page.text(LABEL, "ตารางต่อ ใช้เมื่อแถวในตารางข้างต้นไม่พอ", font=style.font(bold=True, size=16, colour=house_style.NAVY))
    page.row += 1
    for section, block in blocks:
        page.text(LABEL, f"ต่อข้อ {section.heading}", font=style.font(bold=True))
        page.row += 1
        _column_heads(page, block)
        for row in block.rows[block.at_hand :]:
            _answers(page, block, row)


def _column_heads(page: _TemplateSheet, block: Block) -> None:
    look: dict[str, object] = {"fill": style.HEAD_FILL, "border": style.BOX, "alignment": style.CENTRE}
    look["font"] = style.font(bold=True)
    if page.form.name == "form1":
        page.text(LABEL, "ที่" if block.rows[0].label.isdigit() else "", **look)
    for column in block.columns:
        page.text(column.at, column.field.label + _star(block, column), **look)
    page.row += 1


def _answers(page: _TemplateSheet, block: Block, row: FieldRow) -> None:
    """One row of a block: its label, its answers, its computed cells."""
    page.key(row.key)
    if page.form.name == "form1":
        star = "" if block.header else _star(block, block.columns[0])
        page.text(LABEL, row.label + star, font=style.font(), border=style.BOX, alignment=_label_look(block, row))
    placed = {column.suffix: field for r, column, field in block.fields() if r.key == row.key}
    for column in block.columns:
        if column.formula:
            _computed(page, block, column)
        else:
            page.answer(column.at, placed[column.suffix])
    page.aside()
    if page.form.name == "form1" and row in block.rows[: block.at_hand or None]:
        _tell_overflow(page, placed.values())
    page.row += 1


def _label_look(block: Block, row: FieldRow) -> Alignment:
    """A number amid its row; a label beside a text level with its first line, any other amid."""
    if row.label.isdigit():
        return style.CENTRE
    is_text = any(column.field.kind is FieldKind.TEXT for column in block.columns)
    return style.WRAP if is_text else style.LEFT


def _tell_overflow(page: _TemplateSheet, fields: Iterable[Field]) -> None:
    """Says at the end of the row, on paper too, when a text in it may need more lines than a row can have."""
    texts = [page.cells[f.key] for f in fields if f.kind is FieldKind.TEXT and f.is_input and not _is_short(f)]
    if texts:
        too_long = ",".join(style.overflows(page.sheet, address) for address in texts)
        look = style.font(size=house_style.SMALL, colour=house_style.RED)
        page.text(page.last, f'=IFERROR(IF(OR({too_long}),"{_CUT_OFF}",""),"")', font=look, alignment=style.WRAP)


def _is_short(field: Field) -> bool:
    """Whether a text can't be longer than its row shows."""
    return field.max_length is not None and field.max_length <= _SHOWN_WHOLE


def _star(block: Block, column: FieldColumn) -> str:
    """What marks a column's head or a label: always due, due by what else is filled in, or optional."""
    dues = [field.due for _row, placed, field in block.fields() if placed is column and field.due]
    return " *" if ALWAYS in dues else " (*)" if dues else ""


def _computed(page: _TemplateSheet, block: Block, column: FieldColumn) -> None:
    """A cell that the sheet computes for the unit; never read back."""
    formula, inputs = column.formula, []
    for other in block.columns:
        if not other.formula:
            address = f"{other.at}{page.row}"
            if "{" + other.suffix + "}" in formula:
                inputs.append(address)
            formula = formula.replace("{" + other.suffix + "}", f"N({address})")
    whole = inputs[0]  # the budget: without one there is nothing left, and no per cent
    unknown = '"–"' if "/" in formula else '""'
    page.text(column.at, f"=IF(N({whole})=0,{unknown},{formula})")
    style.style_answer(page.sheet, f"{column.at}{page.row}", column.field)
    style.style_range(
        page.sheet,
        f"{column.at}{page.row}",
        fill=style.LOCKED_FILL,
        protection=Protection(locked=True),
        alignment=Alignment(horizontal="right", vertical="center"),
    )


def _total(page: _TemplateSheet, block: Block, row: FieldRow) -> None:
    """The row of sums under a block of amounts."""
    first = page.row - sum(1 for r in block.rows if not r.total)
    page.text(LABEL, row.label, font=style.font(bold=True), border=style.BOX, alignment=style.LEFT)
    for column in block.columns:
        if column.formula:
            _computed(page, block, column)
            continue
        page.text(column.at, f"=SUM({column.at}{first}:{column.at}{page.row - 1})")
        style.style_answer(page.sheet, f"{column.at}{page.row}", column.field)
        look = {"font": style.font(bold=True), "fill": style.LOCKED_FILL, "protection": Protection(locked=True)}
        style.style_range(page.sheet, f"{column.at}{page.row}", **look)
    page.row += 1


def _validate(page: _TemplateSheet) -> None:
    """Drop-downs and input hints. Wrong values are warned of, not refused: ingest explains them better."""
    groups: dict[tuple[str, tuple[str, ...], bool, bool], tuple[Field, list[str]]] = {}
    for key, address in page.cells.items():
        field = page.form.fields[key]
        if field.is_input:
            group = (field.hint, field.choices, field.low is None, field.high is None)
            groups.setdefault(group, (field, []))[1].append(address)
    for field, addresses in groups.values():
        check = validation(field)
        for address in addresses:
            check.add(address)
        page.sheet.add_data_validation(check)


def _finish(page: _TemplateSheet, ends: int, *, freeze: str) -> None:
    sheet = page.sheet
    for row in range(1, page.row):
        style.fit_row(sheet, row)
    sheet.freeze_panes = freeze
    sheet.print_title_rows = f"1:{HEAD_ROWS}"
    sheet.print_area = f"{LABEL}1:{page.last}{ends}"
    style.protect(sheet)
