"""Fills the template for one unit after another and saves each workbook. Reads the template once."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.styles import Protection
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.atomic import replacing_file
from plan_tracker.errors import ConfigError
from plan_tracker.forms.definition.keys import SLOT, find_places
from plan_tracker.forms.definition.names import (
    CELLS_SHEET,
    CORRECTION,
    COUNT,
    COVER_SHEET,
    FORM1_SHEET,
    FORM2_SHEET,
    IDENTITY_SHEET,
    REMARK,
)
from plan_tracker.forms.definition.orders import DONE
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.definition.versions import CURRENT, FormVersion
from plan_tracker.forms.layout import Layout, layout_of
from plan_tracker.forms.reading.columns import index_of
from plan_tracker.forms.reading.loose import find_loose
from plan_tracker.forms.writing import style
from plan_tracker.forms.writing.content import Content, Part, heading_of, kpi_count
from plan_tracker.forms.writing.cover import LIST_SLOT, ORDERS_SLOT, TOTAL_SLOT
from plan_tracker.forms.writing.formulas import count_to_zero
from plan_tracker.forms.writing.marks import Look, Remarks, count_of_marks, mark, remarks_of, show_remarks
from plan_tracker.forms.writing.pages import Page, Slot, cell_at, copy_sheet, grid_of, make_room, put, repeat_row
from plan_tracker.forms.writing.template import build_template
from plan_tracker.i18n import _
from plan_tracker.values import Value, plain

_LIVE = {  # formulas that are written with a form: the cover's list and total, and the count of a correction form
    *((SLOT + LIST_SLOT, index_of(letter)) for letter in "BEFG"),
    (SLOT + TOTAL_SLOT, index_of("B")),
    *((SLOT + slot, index_of(letter)) for slot in ("name", "banner") for letter in REMARK.values()),
}
_SPARE = "~{}"  # the name of a page that is not in use; no code can be like it


def lost_fields(template: Path) -> list[str]:
    """The fields that an edited template no longer has, sheet by sheet; all of a sheet's where that is gone."""
    book = load_workbook(template)
    return [
        field
        for name, form in _asked(CURRENT)
        for field in (_lost(book[name], form) if name in book.sheetnames else form.fields)
    ]


def _asked(version: FormVersion) -> tuple[tuple[str, Form], ...]:
    """The form on each sheet."""
    return (COVER_SHEET, version.orders), (FORM1_SHEET, version.form1), (FORM2_SHEET, version.form2)


def _lost(sheet: Worksheet, form: Form) -> list[str]:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return sorted(set(form.fields) - {field for _code, field, _row, _column in find_places(rows, form)})


class CellRow(NamedTuple):
    """A row of ``_cells``: ``P001/f11.result_quarter``, and where that input was issued."""

    field: str
    sheet: str
    cell: str


class FormWriter:
    """Writes issued workbooks of one version from one template. Not for use by two threads.

    ``template`` is the officer's, of the current version; None: as plantrack itself lays out ``version``.
    """

    def __init__(self, template: Path | None, key: bytes, version: FormVersion = CURRENT) -> None:
        self._book = load_workbook(template) if template else build_template(version)
        self._key, self._version = key, version
        if template:
            self._check_template(template)
        self._covers: dict[tuple[int, int], list[Page]] = {}
        self._projects: list[Page] = []
        self._kpis: dict[int, list[Page]] = {}
        self.layout = self._layout()

    def _check_template(self, template: Path) -> None:
        """An edited template must still hold every sheet and every field."""
        for name in (COVER_SHEET, FORM1_SHEET, FORM2_SHEET):
            if name not in self._book.sheetnames:
                raise ConfigError(
                    _("The template {path} has no sheet '{sheet}'.").format(path=template.name, sheet=name),
                    _("Restore the sheet's name, or take plantrack's own: plantrack templates restore form"),
                )
        for name, form in _asked(self._version):
            lost = _lost(self._book[name], form)
            if lost:
                raise ConfigError(
                    _("The template {path}, sheet '{sheet}', has lost the field {field}.").format(
                        path=template.name, sheet=name, field=lost[0]
                    ),
                    _(
                        "Put its key back into the hidden column A, or take plantrack's own:"
                        " plantrack templates restore form"
                    ),
                )

    def _layout(self) -> Layout:
        """What the template's sheets say by themselves, before anything is filled in."""
        forms = [form for _name, form in _asked(self._version)]
        cells = [
            cell
            for form, sheet in zip(forms, self._book.worksheets, strict=False)
            for cell in find_loose("", grid_of(sheet), form)
        ]
        return layout_of(cells, _LIVE)

    def write(self, content: Content, path: Path) -> list[CellRow]:
        """Writes ``content`` as an .xlsx at ``path``; a half-written file never stands there. Gives its inputs."""
        for index, name in enumerate(self._book.sheetnames):
            self._book[name].title = _SPARE.format(index)
        undo: list[Look] = []
        sheets: list[Worksheet] = []
        cells: list[CellRow] = []
        correcting = content.identity.kind == CORRECTION
        remarks = Remarks.FAULTS if correcting else Remarks.NONE
        for page, part in zip(self._project_pages(len(content.projects)), content.projects, strict=True):
            page.sheet.title = part.code
            self._fill(page, part, content, undo, cells, remarks=remarks if correcting else remarks_of(part))
            sheets.append(page.sheet)
        if content.kpis:
            sheets.append(self._fill_kpis(content, undo, cells, remarks=remarks))
        front = self._fill_cover(content, sheets, undo, cells, correcting=correcting)
        hidden = [self._identity_sheet(content), self._cells_sheet(cells)]
        self._save([front, *sheets, *hidden], path)
        for sheet in hidden:
            self._book.remove(sheet)
        for look in reversed(undo):  # a cell may have been marked twice
            look.restore()
        return cells

    def _project_pages(self, count: int) -> list[Page]:
        """``count`` pages for projects, each a copy of the template's sheet, made once."""
        while len(self._projects) < count:
            sheet = copy_sheet(self._book, self._model(FORM1_SHEET))
            self._projects.append(Page(sheet, self._version.form1))
        return self._projects[:count]

    def _model(self, name: str) -> Worksheet:
        order = (COVER_SHEET, FORM1_SHEET, FORM2_SHEET)
        return self._book.worksheets[order.index(name)]

    def _fill(
        self,
        page: Page,
        part: Part,
        content: Content,
        undo: list[Look],
        cells: list[CellRow],
        *,
        remarks: Remarks,
    ) -> None:
        """One project's sheet: its keys, its values, its marks."""
        page.set_code(part.code)
        put(page.texts["period"], content.texts["period"])
        put(page.texts["name"], heading_of(part))
        cell_at(page.sheet, f"{COUNT['form1']}1").value = int(part.closed)
        page.fit_rows(_fill_values(page, part, cells))
        undo.extend(mark(page, part))
        show_remarks(page, remarks)

    def _fill_kpis(self, content: Content, undo: list[Look], cells: list[CellRow], *, remarks: Remarks) -> Worksheet:
        """Form 2: a row per KPI."""
        rows = self._kpi_rows(len(content.kpis))
        sheet = rows[0].sheet
        sheet.title = FORM2_SHEET
        put(rows[0].texts["period"], content.texts["period"])
        put(rows[0].texts["name"], content.texts["unit"])
        for page, part in zip(rows, content.kpis, strict=True):
            page.set_code(part.code)
            page.fit_rows(_fill_values(page, part, cells))
            undo.extend(mark(page, part))
        show_remarks(rows[0], remarks)
        return sheet

    def _kpi_rows(self, count: int) -> list[Page]:
        """A Form 2 sheet of ``count`` rows, as a page for each row; made once for each count."""
        if count not in self._kpis:
            sheet = copy_sheet(self._book, self._model(FORM2_SHEET))
            first = Page(sheet, self._version.form2)
            model = first.slots["k.result"].cell.row
            repeat_row(sheet, model, count)
            last = model + count - 1
            sheet[f"{COUNT['form2']}2"] = count_to_zero("form2", model, last)
            self._kpis[count] = [first, *(_moved_page(first, offset) for offset in range(1, count))]
        return self._kpis[count]

    def _fill_cover(
        self, content: Content, sheets: list[Worksheet], undo: list[Look], cells: list[CellRow], *, correcting: bool
    ) -> Worksheet:
        """The cover: the open orders, and the live list of the other sheets."""
        parts = [(sheet, part) for sheet, part in zip(sheets, content.projects, strict=False)]
        entries = [(sheet.title, part.code, part.name, COUNT["form1"]) for sheet, part in parts]
        if content.kpis:
            entries.append((sheets[-1].title, FORM2_SHEET, kpi_count(content), COUNT["form2"]))
        rows = self._cover(len(entries), len(content.orders))
        page = rows[0]
        for name, cell in page.texts.items():
            if name in content.texts:
                put(cell, content.texts[name])
        for order, part in zip(rows, content.orders, strict=False):
            order.set_code(part.code)
            order.fit_rows(_fill_values(order, part, cells))
            undo.extend(mark(order, part))
        if content.orders:
            show_remarks(page, Remarks.FAULTS if correcting else Remarks.NONE)
        row = page.texts[LIST_SLOT].row
        for offset, (title, code, name, count) in enumerate(entries):
            self._list_entry(page.sheet, row + offset, offset + 1, title, code, name, count)
        counted = {title: count for title, _code, _name, count in entries}
        if content.orders:
            counted[COVER_SHEET] = COUNT["orders"]
        page.texts[TOTAL_SLOT].value = "=" + _total(counted, correcting=correcting)
        return page.sheet

    @staticmethod
    def _list_entry(sheet: Worksheet, row: int, number: int, title: str, code: str, name: str, count: str) -> None:
        """One row of the live list."""
        ref = f"'{title}'!${count}$2"
        sheet.cell(row, 2).value = number
        put(cell_at(sheet, f"C{row}"), code)
        put(cell_at(sheet, f"D{row}"), name)
        sheet.cell(row, 5).value = f'=IF({ref}=0,"ครบ",{ref})'
        sheet.cell(row, 6).value = f"='{title}'!${count}$3" if count == COUNT["form1"] else None
        sheet.cell(row, 7).value = f'=HYPERLINK("#\'{title}\'!B1","เปิด ›")'
        lines = style.text_lines(name, sheet.column_dimensions["D"].width)
        sheet.row_dimensions[row].height = lines * style.LINE_HEIGHT + 6

    def _cover(self, count: int, orders: int) -> list[Page]:
        """The cover with a list of ``count`` entries, as a page for each order (one at least); made once for each."""
        if (count, orders) not in self._covers:
            sheet = copy_sheet(self._book, self._model(COVER_SHEET))
            page = Page(sheet, self._version.orders)
            model = page.slots[DONE].cell.row
            if orders:
                make_room(sheet, model + 1, orders - 1)
                repeat_row(sheet, model, orders)
                sheet[f"{COUNT['orders']}2"] = count_to_zero("orders", model, model + orders - 1)
            else:
                for row in range(page.texts[ORDERS_SLOT].row, model + 1):
                    sheet.row_dimensions[row].hidden = True
                for cell in sheet[model]:
                    cell.protection = Protection(locked=True)
            repeat_row(sheet, page.texts[LIST_SLOT].row, count)
            self._covers[count, orders] = [page, *(_moved_page(page, offset) for offset in range(1, orders))]
        rows = self._covers[count, orders]
        rows[0].sheet.title = COVER_SHEET
        return rows

    def _identity_sheet(self, content: Content) -> Worksheet:
        sheet: Worksheet = self._book.create_sheet(IDENTITY_SHEET)
        for row in content.identity.rows(self._key):
            sheet.append(row)
        sheet.sheet_state = "hidden"
        return sheet

    def _cells_sheet(self, cells: list[CellRow]) -> Worksheet:
        sheet: Worksheet = self._book.create_sheet(CELLS_SHEET)
        sheet.append(CellRow._fields)
        for row in cells:
            sheet.append(row)
        sheet.sheet_state = "hidden"
        return sheet

    def _save(self, sheets: list[Worksheet], path: Path) -> None:
        """Saves just ``sheets``: openpyxl has no public way to leave some out for one saving."""
        book: Any = self._book
        everything = list(book.worksheets)
        book.security = WorkbookProtection(lockStructure=True)
        try:
            book._sheets = sheets
            book.active = 0
            with replacing_file(path) as unfinished:
                book.save(unfinished)
        finally:
            book._sheets = everything


class FormWriters:
    """A writer for each version, made when it is first asked for. Only the current one has the officer's template."""

    def __init__(self, template: Path, key: bytes) -> None:
        self._template, self._key = template, key
        self._writers: dict[str, FormWriter] = {}

    def of(self, version: FormVersion) -> FormWriter:
        if version.number not in self._writers:
            template = self._template if version is CURRENT else None
            self._writers[version.number] = FormWriter(template, self._key, version)
        return self._writers[version.number]


def _total(counted: Mapping[str, str], *, correcting: bool) -> str:
    """The formula that says what is still missing on all sheets; ``counted`` has each sheet's column of counts."""
    total = "SUM(" + ",".join(f"'{title}'!${count}$2" for title, count in counted.items()) + ")"
    done, lacking = "✓ กรอกครบทุกแผ่นงานแล้ว ส่งไฟล์กลับได้", "รวมทั้งฉบับยังขาด "
    formula = f'IF({total}=0,"{done}","{lacking}"&{total}&" ช่อง")'
    if correcting:
        forms = {column: name for name, column in COUNT.items()}
        marks = count_of_marks({title: forms[count] for title, count in counted.items()})
        formula = f'IF({marks}>0,"ช่องสีแดงที่ยังไม่แก้ "&{marks}&" ช่อง   ","")&{formula}'
    return formula


def _fill_values(page: Page, part: Part, cells: list[CellRow]) -> list[tuple[Slot, str]]:
    """Sets every answer of ``part``, blank ones too; notes the inputs in ``cells``; gives the texts that wrap."""
    texts = []
    values = part.values
    for field, slot in page.slots.items():
        value: Value | None = values.get(field)
        put(slot.cell, value)
        if value is not None and slot.wraps:
            texts.append((slot, plain(value)))
        if page.form.fields[field].is_input:
            cells.append(CellRow(f"{part.code}/{field}", page.sheet.title, slot.cell.coordinate))
    return texts


def _moved_page(first: Page, offset: int) -> Page:
    """The page of the row ``offset`` rows below ``first``'s."""
    page = copy(first)
    sheet = first.sheet
    page.slots = {
        field: Slot(
            cell_at(sheet, f"{slot.cell.column_letter}{slot.cell.row + offset}"),
            slot.width,
            range(slot.rows.start + offset, slot.rows.stop + offset),
            slot.wraps,
        )
        for field, slot in first.slots.items()
    }
    page.key_cells = [
        (cell_at(sheet, f"{cell.column_letter}{cell.row + offset}"), key) for cell, key in first.key_cells
    ]
    page.heights = {row + offset: height for row, height in first.heights.items()}
    return page
