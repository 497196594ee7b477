"""Fills the template for one unit after another. Takes the template apart once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from openpyxl import Workbook

from plan_tracker.forms.definition.versions import CURRENT, FormVersion
from plan_tracker.forms.definition.workbook.keys import SLOT, find_places
from plan_tracker.forms.definition.workbook.names import (
    CELLS_SHEET,
    CORRECTION,
    COVER_SHEET,
    FORM2_SHEET,
    IDENTITY_SHEET,
    LISTS_SHEET,
)
from plan_tracker.forms.layout import Layout, layout_of
from plan_tracker.forms.reading.columns import index_of
from plan_tracker.forms.reading.loose import LooseCell, find_loose
from plan_tracker.forms.writing.compiled.models import SharedTexts
from plan_tracker.forms.writing.compiled.pages import Page
from plan_tracker.forms.writing.compiled.shapes import grid_of
from plan_tracker.forms.writing.compiled_template import CompiledTemplate, Cover
from plan_tracker.forms.writing.content import OWN_ENTRY, Content, Part, heading_of, kpi_count
from plan_tracker.forms.writing.filling.cover_list import list_entry, total
from plan_tracker.forms.writing.filling.filled_sheet import FilledSheet
from plan_tracker.forms.writing.filling.parts import Filling, print_as_used
from plan_tracker.forms.writing.hidden_sheets.check_blocks import CheckBlock
from plan_tracker.forms.writing.hidden_sheets.check_sheets import CheckSheets
from plan_tracker.forms.writing.hidden_sheets.shared_formulas import Formulas
from plan_tracker.forms.writing.office_template import OfficeTemplate, forms_on_sheets, open_template
from plan_tracker.forms.writing.packing import Piece
from plan_tracker.forms.writing.saving import SheetPart, packed_workbook, sheet_xml
from plan_tracker.forms.writing.template.cover import LIST_SLOT, TOTAL_SLOT
from plan_tracker.forms.writing.template.sheets import STATUS_SLOT, add_lists, build_template

Signed = Sequence[tuple[str, str]]


class FormTask(NamedTuple):
    """A form to be made by whoever has nothing but this: ``template`` is the officer's, of the current version."""

    template: OfficeTemplate
    content: Content
    signed: Signed


def made_form(task: FormTask) -> bytes:
    """The form as an .xlsx; errors as ``FormWriter``'s."""
    return writer_of(task.template).workbook(task.content, task.signed)


@lru_cache(maxsize=1)
def writer_of(template: OfficeTemplate) -> FormWriter:
    """The writer of current forms from ``template``; errors as ``FormWriter``'s."""
    return FormWriter(template)


class FormWriter:
    """Makes issued workbooks of one version from one template. Not for use by two threads.

    ``template`` is the officer's, of the current version; None: as plantrack itself lays out ``version``. Errors as
    ``open_template``'s.
    """

    def __init__(self, template: OfficeTemplate | None, version: FormVersion = CURRENT) -> None:
        book = open_template(template, version) if template else build_template(version)
        if LISTS_SHEET not in book.sheetnames:
            add_lists(book)
        self.layout = _layout(book, version)
        self._template = CompiledTemplate(book, version)

    def workbook(self, content: Content, signed: Signed) -> bytes:
        """``content`` as an .xlsx; ``signed`` are the rows of its identity.

        The same content gives the same cells, whatever was made before.
        """
        template = self._template
        cover = self._cover(content)
        own = [template.block(cover.unit, content.unit)] if content.unit else []
        orders = [template.block(*pair) for pair in zip(cover.orders, content.orders, strict=False)]
        projects = [template.block(template.project, part) for part in content.projects]
        kpis = [template.block(*pair) for pair in zip(template.kpis(len(content.kpis)), content.kpis, strict=True)]
        checks = CheckSheets(Formulas(template.formulas), SharedTexts(template.texts), _sheets(content))
        filling = Filling(checks, correcting=content.identity.kind == CORRECTION)
        named = *content.projects, *content.kpis, *_on_cover(content)
        for block, part in zip((*projects, *kpis, *own, *orders), named, strict=True):
            filling.name(block.page, part)
        front = _fill_cover(cover.orders[0], [*own, *orders], content, filling)
        for block, part in zip(projects, content.projects, strict=True):
            sheet = _open(filling, block.page, content, (part.code, heading_of(part)))
            filling.fill(sheet, block, part)
            filling.head(sheet, block.page, [part])
            print_as_used(sheet, block.page, part)
            sheet.turn_pages(block.page.headings)
        if content.kpis:
            sheet = _open(filling, kpis[0].page, content, (FORM2_SHEET, content.texts["unit"]))
            for block, part in zip(kpis, content.kpis, strict=True):
                filling.fill(sheet, block, part)
            filling.head(sheet, kpis[0].page, content.kpis)
        _list_sheets(front, cover.orders[0], content, filling)
        return packed_workbook(self._sheets(filling, signed), filling.texts, self._template.looks())

    def _cover(self, content: Content) -> Cover:
        return self._template.cover(_sheets(content), len(content.orders), asks_unit=content.unit is not None)

    def places(self, content: Content) -> dict[str, tuple[str, str]]:
        """The sheet and the cell of each input of a project or KPI, by ``P001/f11.result_quarter``."""
        template = self._template
        cover = self._cover(content)
        pages = [(COVER_SHEET, cover.unit, content.unit)] if content.unit else []
        pages += [(COVER_SHEET, *pair) for pair in zip(cover.orders, content.orders, strict=False)]
        pages += [(part.code, template.project, part) for part in content.projects]
        pages += [(FORM2_SHEET, *pair) for pair in zip(template.kpis(len(content.kpis)), content.kpis, strict=True)]
        return {
            f"{part.code}/{field}": (title, address) for title, page, part in pages for field, address in page.inputs
        }

    def _sheets(self, filling: Filling, signed: Signed) -> list[SheetPart]:
        """All sheets of the workbook, those that nobody sees last."""
        shown = [
            SheetPart(title, sheet.xml(), False, sheet.area, sheet.model.titles, sheet.model.links, sheet.model.notes)
            for title, sheet in filling.sheets.items()
        ]
        hidden: dict[str, Sequence[Piece]] = {
            IDENTITY_SHEET: _table(filling.texts, signed),
            CELLS_SHEET: filling.inputs,
            **filling.checks.sheets(),
            LISTS_SHEET: self._template.lists,
        }
        return shown + [SheetPart(title, xml, hidden=True) for title, xml in hidden.items()]


def _sheets(content: Content) -> int:
    """How many sheets units see: the cover, one for each project, one for all KPIs."""
    return 1 + len(content.projects) + bool(content.kpis)


def _on_cover(content: Content) -> list[Part]:
    """What is asked on the cover: of the unit itself, and on each order."""
    return [*([content.unit] if content.unit else []), *content.orders]


def _open(filling: Filling, page: Page, content: Content, named: tuple[str, str]) -> FilledSheet:
    """A sheet under its title, with the quarter and the name at its head."""
    title, name = named
    sheet = filling.open(page.sheet, title)
    sheet.put(page.texts["period"], "B", content.texts["period"])
    sheet.put(page.texts["name"], "B", name)
    return sheet


def _fill_cover(page: Page, blocks: Sequence[CheckBlock], content: Content, filling: Filling) -> FilledSheet:
    """The cover's texts, and what it asks of the unit and on each open order; its list comes last."""
    sheet = filling.open(page.sheet, COVER_SHEET)
    for name, row in page.texts.items():
        if name in content.texts:
            sheet.put(row, "B", content.texts[name])
    parts = _on_cover(content)
    for block, part in zip(blocks, parts, strict=True):
        filling.fill(sheet, block, part)
    filling.head(sheet, page, parts, status=False)
    return sheet


def _list_sheets(front: FilledSheet, page: Page, content: Content, filling: Filling) -> None:
    """The cover's list of the sheets, and how the whole stands."""
    names = [(COVER_SHEET, OWN_ENTRY), *((part.code, part.name) for part in content.projects)]
    if content.kpis:
        names.append((FORM2_SHEET, kpi_count(content)))
    counts = {title: filling.checks.counts(title) for title in filling.sheets}
    for number, (title, (code, name)) in enumerate(zip(filling.sheets, names, strict=True)):
        list_entry(front, page.texts[LIST_SLOT] + number, (number + 1, code, name), counts[title])
    total(front, page.texts[TOTAL_SLOT], counts, filling.marked)


def _table(texts: SharedTexts, rows: Iterable[tuple[str, ...]]) -> list[Piece]:
    """A sheet of texts. Addresses are left out, since they follow from the order: they would be a third of it."""
    return sheet_xml([f"<row>{''.join(f'<c{texts.content(text)}' for text in row)}</row>" for row in rows])


def _layout(book: Workbook, version: FormVersion) -> Layout:
    """What the template's sheets say by themselves, before anything is filled in."""
    cells: list[LooseCell] = []
    for name, form in dict(forms_on_sheets(version)).items():
        rows = grid_of(book[name])
        cells += find_loose("", rows, form.columns, list(find_places(rows, version.block_of_row)))
    return layout_of(cells, _live(version))


class FormWriters:
    """A writer for each version, made when it is first asked for. Only the current one has the officer's template."""

    def __init__(self, template: OfficeTemplate) -> None:
        self._template = template
        self._writers: dict[str, FormWriter] = {}

    def of(self, version: FormVersion) -> FormWriter:
        if version.number not in self._writers:
            template = self._template if version is CURRENT else None
            self._writers[version.number] = FormWriter(template, version)
        return self._writers[version.number]


def _live(version: FormVersion) -> set[tuple[str, int]]:
    """Where formulas are written with a form: the cover's list and total, each sheet's status, the counts of marks."""
    heads = {(SLOT + LIST_SLOT, index_of(letter)) for letter in "BEFG"} | {(SLOT + TOTAL_SLOT, index_of("B"))}
    for form in version.forms:
        heads |= {(SLOT + STATUS_SLOT, index_of(form.columns.last))}
        heads |= {(SLOT + slot, index_of(form.columns.remark)) for slot in ("name", "banner")}
    return heads
