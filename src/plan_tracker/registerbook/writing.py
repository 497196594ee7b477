"""Writes the register workbook: a sheet per table with headings, keys, drop-downs and print set-up (openpyxl)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.atomic import replacing_file
from plan_tracker.checking.parsing.numbers import is_percent_unit
from plan_tracker.forms import house_style
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.writing.template import style
from plan_tracker.i18n import _
from plan_tracker.openxml_fonts import save_book
from plan_tracker.registerbook.guide import HEAD, TEXT, write_guide
from plan_tracker.registerbook.layout import (
    FIRST_ROW,
    HEADING_ROW,
    KEY_ROW,
    PLANS,
    TABLES,
    UNITS,
    RegisterSheet,
    choice_of,
    is_own,
)
from plan_tracker.values import Value, plain

_SPARE_ROWS = 500  # below the last row, dressed for what the officer adds
_PAGE_WIDTH = 190.0  # characters across one printed A4 page, at a size that can still be read
_REFERENCES = {"plan": PLANS, "plans": PLANS, "unit": UNITS}
_WIDTHS = {"code": 12.0, "name": 46.0, "plans": 15.0, "unit": 13.0, "short": 12.0, "addressee": 40.0, "measure": 12.0}
_LONG_WIDTHS = {"f6.summary": 92.0, "f4.objectives": 56.0, "owner": 46.0}
_KIND_WIDTHS = {
    FieldKind.TEXT: 34.0,
    FieldKind.NUMBER: 12.0,
    FieldKind.MONEY: 17.0,
    FieldKind.PERCENT: 12.0,
    FieldKind.DATE: 14.0,
    FieldKind.CHOICE: 20.0,
    FieldKind.EMAIL: 28.0,
    FieldKind.PROVINCES: 30.0,
    FieldKind.MEASURE: 18.0,
}
_TALLEST = 409.0  # points, as a sheet row goes
_WHOLE, _WITH_DECIMALS = "#,##0", "#,##0.00##"
_KEY = "plantrack key"


def write_register_tables(
    path: Path, tables: Mapping[str, Sequence[Mapping[str, Value]]], blank: Collection[str] = ()
) -> None:
    """Writes ``tables`` (rows of values by column key, by table name) as a workbook at ``path``.

    ``blank``: columns to be written though no row fills them.
    """
    book = Workbook()
    _add_styles(book)
    guide = book.active
    assert isinstance(guide, Worksheet)
    write_guide(guide)
    _set_up_paper(guide)
    ends = {name: FIRST_ROW + len(tables.get(name, ())) + _SPARE_ROWS for name in TABLES}
    for table in TABLES.values():
        rows = tables.get(table.name, ())
        _write_table(book.create_sheet(table.sheet), _in_use(table, rows, blank), rows, ends)
    for sheet in book.worksheets:
        footer = sheet.oddFooter
        assert footer is not None
        footer.center.text = "&A – &P/&N"
    with replacing_file(path) as unfinished:
        save_book(book, unfinished)


def _add_styles(book: Workbook) -> None:
    """A named style per kind of column, so that an officer can restyle a kind at one place."""
    head = NamedStyle(HEAD, style.font(bold=True), style.HEAD_FILL, style.BOX, style.CENTRE)
    grey = style.font(size=10, italic=True, colour=house_style.GREY_TEXT)
    book.add_named_style(head)
    book.add_named_style(NamedStyle(_KEY, grey, style.LOCKED_FILL, style.BOX, style.CENTRE))
    book.add_named_style(NamedStyle(TEXT, style.font(), None, style.BOX, style.WRAP))
    for kind in FieldKind:
        look = NamedStyle(_style_name(kind), style.font(), None, style.BOX)
        look.alignment, look.number_format = _alignment(kind), _number_format(kind)
        book.add_named_style(look)


def _alignment(kind: FieldKind) -> Alignment:
    sides = {FieldKind.MEASURE: "general"} | dict.fromkeys(
        (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT, FieldKind.DATE), "right"
    )
    side = sides.get(kind, "left")
    return Alignment(wrap_text=True, vertical="top", horizontal=side, indent=0 if side == "general" else 1)


def _number_format(kind: FieldKind) -> str:
    return style.NUMBER_FORMATS.get(kind, "@")


def _style_name(kind: FieldKind) -> str:
    return f"plantrack {kind.value}"


def _in_use(table: RegisterSheet, rows: Sequence[Mapping[str, Value]], blank: Collection[str]) -> list[Field]:
    """The columns to write: the sheet's own, and those from the form that some row fills or somebody is to fill."""
    used = {key for row in rows for key in row} | set(blank)
    own = filter(None, (table.column(key) for key in sorted(used) if is_own(key)))
    return [*(field for key, field in table.columns.items() if "." not in key or key in used), *own]


def _write_table(
    sheet: Worksheet, columns: Sequence[Field], rows: Sequence[Mapping[str, Value]], ends: Mapping[str, int]
) -> None:
    end = FIRST_ROW + len(rows) + _SPARE_ROWS
    for index, field in enumerate(columns, 1):
        letter = get_column_letter(index)
        _write_head(sheet, index, field)
        dimension = sheet.column_dimensions[letter]
        dimension.width = _width(field)
        dimension.font, dimension.alignment = style.font(), _alignment(field.kind)
        dimension.number_format = _number_format(field.kind)
        _offer_choices(sheet, f"{letter}{FIRST_ROW}:{letter}{end}", field, ends)
    for number, row in enumerate(rows, FIRST_ROW):
        for index, field in enumerate(columns, 1):
            _write_value(sheet.cell(number, index), _as_typed(row.get(field.key), field, row), field)
        sheet.row_dimensions[number].height = _height(columns, row)
    _set_up_pages(sheet, columns, FIRST_ROW + max(len(rows), 1) - 1)


def _write_head(sheet: Worksheet, index: int, field: Field) -> None:
    """The Thai heading and, below it, the key that tells the column."""
    heading = sheet.cell(HEADING_ROW, index, field.label)
    heading.style = HEAD
    key = sheet.cell(KEY_ROW, index, field.key)
    key.style = _KEY


def _as_typed(value: Value | None, field: Field, row: Mapping[str, Value]) -> Value | None:
    """``value``; one below 1 per cent with its sign, since a bare fraction would be asked about when it is read."""
    if not isinstance(value, Decimal) or not 0 < value < 1:
        return value
    unit = row.get(field.unit)
    is_percent = field.kind is FieldKind.PERCENT or (isinstance(unit, str) and is_percent_unit(unit))
    return f"{plain(value)}%" if is_percent else value


def _write_value(cell: Cell | MergedCell, value: Value | None, field: Field) -> None:
    assert isinstance(cell, Cell)
    cell.value = choice_of(field.key, value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # a text that begins with "=" is no formula
    cell.style = _style_name(field.kind)
    if (
        isinstance(value, Decimal)
        and field.kind in (FieldKind.NUMBER, FieldKind.MEASURE)
        and field.key != "fiscal_year"
    ):
        cell.number_format = _WHOLE if value == value.to_integral_value() else _WITH_DECIMALS


def _width(field: Field) -> float:
    if field.key.endswith(".unit"):
        return 13.0
    return _LONG_WIDTHS.get(field.key) or _WIDTHS.get(field.key) or _KIND_WIDTHS[field.kind]


def _height(columns: Sequence[Field], row: Mapping[str, Value]) -> float:
    """Points that the tallest text of ``row`` needs, as far as a sheet row goes."""
    return _room((row.get(field.key), _width(field)) for field in columns)


def _room(texts: Iterable[tuple[Value | None, float]]) -> float:
    """Points that the tallest of ``texts`` needs in a column of the width beside it."""
    lines = (house_style.text_lines(text, 0.93 * width) for text, width in texts if isinstance(text, str))
    return min(_TALLEST, max(lines, default=1) * house_style.LINE_HEIGHT + 3)


def _offer_choices(sheet: Worksheet, area: str, field: Field, ends: Mapping[str, int]) -> None:
    """A drop-down for ``area``: the field's choices, or the codes in the sheet that it refers to."""
    if field.choices:
        source = '"' + ",".join(field.choices) + '"'
    elif field.key in _REFERENCES:
        target = _REFERENCES[field.key]
        source = f"'{TABLES[target].sheet}'!$A${FIRST_ROW}:$A${ends[target]}"
    else:
        return
    offer = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=field.key != "plans")
    offer.errorTitle, offer.error = field.label[:32], _("Choose from the list.")
    if field.hint:
        offer.promptTitle, offer.prompt, offer.showInputMessage = field.label[:32], field.hint[:255], True
    offer.add(area)
    sheet.add_data_validation(offer)


def _set_up_pages(sheet: Worksheet, columns: Sequence[Field], last_row: int) -> None:
    """A4 landscape, headings on every page. A wide table takes several pages across, with code and name on each."""
    width = sum(_width(field) for field in columns)
    sheet.freeze_panes = f"C{FIRST_ROW}"
    last = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A{KEY_ROW}:{last}{last_row}"
    sheet.print_area = f"A{HEADING_ROW}:{last}{last_row}"
    sheet.print_title_rows = f"{HEADING_ROW}:{KEY_ROW}"
    across = 1 if width <= _PAGE_WIDTH else 1 + round((width - _PAGE_WIDTH) / (_PAGE_WIDTH - 58))
    if across > 1:
        sheet.print_title_cols = "A:B"
    _set_up_paper(sheet, across)
    sheet.row_dimensions[HEADING_ROW].height = _room((field.label, 0.8 * _width(field)) for field in columns)
    sheet.row_dimensions[KEY_ROW].height = 30


def _set_up_paper(sheet: Worksheet, across: int = 1) -> None:
    """A4 landscape, ``across`` pages wide and as long as need be."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.4
    margins.bottom, margins.footer = 0.6, 0.3
