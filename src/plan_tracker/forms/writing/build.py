"""Fills the template for one unit after another and saves each workbook. Reads the template once."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.styles import Protection
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.atomic import replacing_file
from plan_tracker.errors import ConfigError
from plan_tracker.forms.definition.keys import SLOT, find_places
from plan_tracker.forms.definition.names import (
    CELLS_SHEET,
    CHECKS_SHEET,
    CORRECTION,
    COVER_SHEET,
    FORM1_SHEET,
    FORM2_SHEET,
    IDENTITY_SHEET,
    LISTS_SHEET,
    SAYINGS_SHEET,
    VALUES_SHEET,
)
from plan_tracker.forms.definition.orders import DONE
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.definition.versions import CURRENT, FormVersion
from plan_tracker.forms.layout import Layout, layout_of
from plan_tracker.forms.reading.columns import index_of
from plan_tracker.forms.reading.loose import LooseCell, find_loose
from plan_tracker.forms.writing.content import OWN_ENTRY, Content, Part, heading_of, kpi_count
from plan_tracker.forms.writing.cover import LIST_SLOT, ORDERS_SLOT, TOTAL_SLOT
from plan_tracker.forms.writing.cover_list import list_entry, total
from plan_tracker.forms.writing.filling import CellRow, Filling, print_as_used
from plan_tracker.forms.writing.pages import Page, cell_at, copy_sheet, grid_of, make_room, put, repeat_row
from plan_tracker.forms.writing.saving import save_workbook
from plan_tracker.forms.writing.template import STATUS_SLOT, add_lists, build_template
from plan_tracker.i18n import _

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
    sheets = (COVER_SHEET, COVER_SHEET, FORM1_SHEET, FORM2_SHEET)
    return tuple(zip(sheets, version.forms_by_sheet, strict=True))


def _lost(sheet: Worksheet, form: Form) -> list[str]:
    found = {field for _code, field, _row, _column in find_places(grid_of(sheet), form.block_of_row)}
    return sorted(set(form.fields) - found)


class FormWriter:
    """Writes issued workbooks of one version from one template. Not for use by two threads.

    ``template`` is the officer's, of the current version; None: as plantrack itself lays out ``version``.
    """

    def __init__(self, template: Path | None, key: bytes, version: FormVersion = CURRENT) -> None:
        self._book = load_workbook(template) if template else build_template(version)
        self._key, self._version = key, version
        if template:
            self._check_template(template)
        if LISTS_SHEET not in self._book.sheetnames:
            add_lists(self._book)
        self._models = {name: self._book[name] for name in (COVER_SHEET, FORM1_SHEET, FORM2_SHEET)}
        self._covers: dict[tuple[int, int, bool], tuple[Page, list[Page]]] = {}
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
        self._check_age(template)
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

    def _check_age(self, template: Path) -> None:
        """An edited template of an earlier version lacks all that the cover asks of the unit: no key can mend it."""
        asked = self._version.unit.fields
        if asked and len(_lost(self._book[COVER_SHEET], self._version.unit)) == len(asked):
            raise ConfigError(
                _("The template {path} is of an earlier version of the form, which did not ask for “{label}”.").format(
                    path=template.name, label=next(iter(asked.values())).label
                ),
                _(
                    "Take plantrack's own and make your changes there; yours is kept beside it:"
                    " plantrack templates restore form"
                ),
            )

    def _layout(self) -> Layout:
        """What the template's sheets say by themselves, before anything is filled in."""
        cells: list[LooseCell] = []
        for name, form in dict(_asked(self._version)).items():
            rows = grid_of(self._models[name])
            cells += find_loose("", rows, form.columns, list(find_places(rows, self._version.block_of_row)))
        return layout_of(cells, _live(self._version))

    def write(self, content: Content, path: Path) -> list[CellRow]:
        """Writes ``content`` as an .xlsx at ``path``; a half-written file never stands there. Gives its inputs."""
        for index, name in enumerate(self._book.sheetnames):
            if name != LISTS_SHEET:
                self._book[name].title = _SPARE.format(index)
        filling = Filling(correcting=content.identity.kind == CORRECTION)
        front = self._fill_cover(content, filling)
        pages = [
            self._fill_project(page, part, content, filling)
            for page, part in zip(self._project_pages(len(content.projects)), content.projects, strict=True)
        ]
        pages += self._fill_kpis(content, filling) if content.kpis else []
        self._tell(front, pages, content, filling)
        hidden = [self._identity_sheet(content), self._cells_sheet(filling.cells), *self._check_sheets()]
        sheets = list(dict.fromkeys(page.sheet for page in (front, *pages)))
        self._save([*sheets, *hidden, self._book[LISTS_SHEET]], path, filling)
        for sheet in hidden:
            self._book.remove(sheet)
        filling.restore()
        return filling.cells

    def _project_pages(self, count: int) -> list[Page]:
        """``count`` pages for projects, each a copy of the template's sheet, made once."""
        while len(self._projects) < count:
            sheet = copy_sheet(self._book, self._models[FORM1_SHEET])
            self._projects.append(Page(sheet, self._version.form1))
        return self._projects[:count]

    @staticmethod
    def _fill_project(page: Page, part: Part, content: Content, filling: Filling) -> Page:
        """One project's sheet."""
        page.sheet.title = part.code
        put(page.texts["period"], content.texts["period"])
        put(page.texts["name"], heading_of(part))
        filling.fill(page, part)
        print_as_used(page, part)
        return page

    def _fill_kpis(self, content: Content, filling: Filling) -> list[Page]:
        """Form 2: a row per KPI."""
        rows = self._kpi_rows(len(content.kpis))
        rows[0].sheet.title = FORM2_SHEET
        put(rows[0].texts["period"], content.texts["period"])
        put(rows[0].texts["name"], content.texts["unit"])
        for page, part in zip(rows, content.kpis, strict=True):
            filling.fill(page, part)
        return rows

    def _kpi_rows(self, count: int) -> list[Page]:
        """A Form 2 sheet of ``count`` rows, as a page for each row; made once for each count."""
        if count not in self._kpis:
            sheet = copy_sheet(self._book, self._models[FORM2_SHEET])
            first = Page(sheet, self._version.form2)
            model = first.slots["k.result"].row
            repeat_row(sheet, model, count)
            sheet.print_area = f"B1:{first.form.columns.last}{model + count - 1}"
            self._kpis[count] = [first, *(_moved_page(first, offset) for offset in range(1, count))]
        return self._kpis[count]

    def _fill_cover(self, content: Content, filling: Filling) -> Page:
        """The cover's texts, and what it asks of the unit and on each open order; its list comes last."""
        own, rows = self._cover(content)
        page = rows[0]
        for name, cell in page.texts.items():
            if name in content.texts:
                put(cell, content.texts[name])
        if content.unit:
            filling.fill(own, content.unit)
        for order, part in zip(rows, content.orders, strict=False):
            filling.fill(order, part)
        return page

    def _tell(self, front: Page, pages: list[Page], content: Content, filling: Filling) -> None:
        """What is wrong, beside each row, and in the cover's list; how the whole stands."""
        own, orders = self._cover(content)
        for page in (own, *orders, *pages):
            filling.tell(page)
        names = [(part.code, part.name) for part in content.projects]
        if content.kpis:
            names.append((FORM2_SHEET, kpi_count(content)))
        titles = [COVER_SHEET, *dict.fromkeys(page.sheet.title for page in pages)]
        row = front.texts[LIST_SLOT].row
        for number, (title, (code, name)) in enumerate(zip(titles, [(COVER_SHEET, OWN_ENTRY), *names], strict=True)):
            list_entry(front.sheet, row + number, (number + 1, code, name), filling, title)
        marks = {title: self._marks_of(title) for title in titles}
        total(front.sheet, front.texts[TOTAL_SLOT].coordinate, filling, marks)

    def _marks_of(self, title: str) -> str:
        """The column in which a sheet counts its marked cells."""
        forms = {COVER_SHEET: self._version.orders, FORM2_SHEET: self._version.form2}
        return forms.get(title, self._version.form1).columns.marks

    def _cover(self, content: Content) -> tuple[Page, list[Page]]:
        """The cover for as many sheets and orders: a page for the unit's own answers, and one for each order.

        Made once for each such cover; there is a page for one order at least.
        """
        count, orders = 1 + len(content.projects) + bool(content.kpis), len(content.orders)
        made = count, orders, content.unit is not None
        if made not in self._covers:
            self._covers[made] = self._new_cover(*made)
        own, rows_of_orders = self._covers[made]
        own.sheet.title = COVER_SHEET
        return own, rows_of_orders

    def _new_cover(self, count: int, orders: int, asks_unit: bool) -> tuple[Page, list[Page]]:
        sheet = copy_sheet(self._book, self._models[COVER_SHEET])
        page = Page(sheet, self._version.orders)
        model = page.slots[DONE].row
        if orders:
            make_room(sheet, model + 1, orders - 1)
            repeat_row(sheet, model, orders)
        else:
            _close(sheet, range(page.texts[ORDERS_SLOT].row, model + 1))
        listed = page.texts[LIST_SLOT].row
        make_room(sheet, listed + 1, count - 1)
        repeat_row(sheet, listed, count)
        own = Page(sheet, self._version.unit)
        if not asks_unit:  # each group of its rows has a heading above
            rows = {cell.row for cell in own.slots.values()}
            _close(sheet, rows | {row - 1 for row in rows})
        sheet.print_area = f"B1:{page.form.columns.last}{sheet.max_row}"
        return own, [page, *(_moved_page(page, offset) for offset in range(1, orders))]

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

    def _check_sheets(self) -> list[Worksheet]:
        """Sheets in place of which the checks are written."""
        made: list[Worksheet] = []
        for name in (CHECKS_SHEET, VALUES_SHEET, SAYINGS_SHEET):
            made.append(self._book.create_sheet(name))
            made[-1].sheet_state = "hidden"
        return made

    def _save(self, sheets: list[Worksheet], path: Path, filling: Filling) -> None:
        """Saves just ``sheets``: openpyxl has no public way to leave some out for one saving."""
        book: Any = self._book
        everything = list(book.worksheets)
        book.security = WorkbookProtection(lockStructure=True)
        try:
            book._sheets = sheets
            book.active = 0
            with replacing_file(path) as unfinished:
                save_workbook(book, unfinished, filling.checks.sheets, filling.results)
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


def _live(version: FormVersion) -> set[tuple[str, int]]:
    """Where formulas are written with a form: the cover's list and total, each sheet's status, the counts of marks."""
    heads = {(SLOT + LIST_SLOT, index_of(letter)) for letter in "BEFG"} | {(SLOT + TOTAL_SLOT, index_of("B"))}
    for form in version.forms:
        heads |= {(SLOT + STATUS_SLOT, index_of(form.columns.last))}
        heads |= {(SLOT + slot, index_of(form.columns.remark)) for slot in ("name", "banner")}
    return heads


def _close(sheet: Worksheet, rows: Iterable[int]) -> None:
    """Hides and locks rows of the cover in which nothing is asked."""
    for row in rows:
        sheet.row_dimensions[row].hidden = True
        for cell in sheet[row]:
            cell.protection = Protection(locked=True)


def _moved_page(first: Page, offset: int) -> Page:
    """The page of the row ``offset`` rows below ``first``'s."""
    page = copy(first)
    sheet = first.sheet
    page.slots = {
        field: cell_at(sheet, f"{cell.column_letter}{cell.row + offset}") for field, cell in first.slots.items()
    }
    page.key_cells = [
        (cell_at(sheet, f"{cell.column_letter}{cell.row + offset}"), key) for cell, key in first.key_cells
    ]
    return page
