"""What people do to sheets, rows and columns."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Picture

from plan_tracker.forms.definition.versions import CURRENT
from tests.corpus.piece import Piece, full, sheet_names, with_merge

Step = Callable[[Piece], object]
__all__ = [
    "add_sheets",
    "beside_in_merge",
    "chart",
    "clear_keys",
    "copy",
    "delete_column_of",
    "delete_columns",
    "delete_row",
    "delete_sheet",
    "filter_on",
    "foreign_sheet",
    "hide",
    "insert_columns",
    "insert_rows",
    "lose_key",
    "merge_fields",
    "merge_with_label",
    "move_range",
    "name_cells",
    "no_dropdowns",
    "picture",
    "rename",
    "reorder",
    "shade",
    "show_all",
    "sort_keys",
    "stray",
    "swap_rows",
    "unprotect",
    "values_only",
]


def _unmerge(book: Workbook) -> None:
    """openpyxl leaves merged areas behind when it moves cells; spreadsheet programs don't."""
    for sheet in book.worksheets:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))


def insert_rows(sheet: str, at: int, count: int) -> Step:

    def step(piece: Piece) -> None:
        _unmerge(piece.book)
        piece.sheet(sheet).insert_rows(at, count)

    return step


def insert_columns(sheet: str, at: int, count: int) -> Step:

    def step(piece: Piece) -> None:
        _unmerge(piece.book)
        piece.sheet(sheet).insert_cols(at, count)

    return step


def delete_row(name: str) -> Step:
    """The row of a field deleted."""

    def step(piece: Piece) -> None:
        row = piece.cell(name).row
        _unmerge(piece.book)
        piece.sheet(piece.places[full(name)][0]).delete_rows(row)

    return step


def delete_columns(sheet: str, at: int, count: int = 1) -> Step:

    def step(piece: Piece) -> None:
        _unmerge(piece.book)
        piece.sheet(sheet).delete_cols(at, count)

    return step


def swap_rows(name: str, other: str) -> Step:
    """Two whole rows, keys and all, in each other's place."""

    def step(piece: Piece) -> None:
        sheet = piece.sheet()
        _unmerge(piece.book)
        first, second = piece.cell(name).row, piece.cell(other).row
        for one, another in zip(sheet[first], sheet[second], strict=True):
            one.value, another.value = another.value, one.value

    return step


def move_range(area: str, rows: int, columns: int) -> Step:
    """An area of cells dragged elsewhere."""

    def step(piece: Piece) -> None:
        _unmerge(piece.book)
        piece.sheet().move_range(area, rows, columns)

    return step


def rename(sheet: str, title: str) -> Step:
    return lambda piece: setattr(piece.sheet(sheet), "title", title)


def reorder() -> Step:
    def step(piece: Piece) -> None:
        for sheet in reversed(piece.book.worksheets):
            piece.book.move_sheet(sheet, offset=len(piece.book.worksheets))
        piece.book.active = 0

    return step


def copy(sheet: str, times: int = 1) -> Step:
    return lambda piece: [piece.book.copy_worksheet(piece.sheet(sheet)) for _ in range(times)]


def delete_sheet(*names: str) -> Step:

    def step(piece: Piece) -> None:
        for name in names:
            piece.book.remove(piece.sheet(name))

    return step


def foreign_sheet(sheet: str = "P003") -> Step:
    """A sheet of another unit's return, pasted into a new one."""

    def step(piece: Piece) -> None:
        theirs = load_workbook(io.BytesIO(piece.other_unit))[sheet]
        mine = piece.book.create_sheet(f"ของ {sheet}")
        for row in theirs.iter_rows():
            for cell in row:
                if cell.value is not None:
                    mine[cell.coordinate].value = cell.value

    return step


def add_sheets() -> Step:
    """Sheets of the unit's own, one of which looks a little like ours."""

    def step(piece: Piece) -> None:
        piece.book.create_sheet("ข้อมูลประกอบ", 0).append(["#", "P001/f14.stage", "ยกเลิก"])
        piece.book.create_sheet("ว่าง")
        piece.book.create_chartsheet("กราฟ")

    return step


def clear_keys(sheet: str, *columns: str) -> Step:
    """The hidden keys cleared in one column, or in both."""

    def step(piece: Piece) -> None:
        for column in columns:
            for cell in piece.sheet(sheet)[column]:
                cell.value = None

    return step


def lose_key(name: str) -> Step:
    """The keys of one row cleared."""

    def step(piece: Piece) -> None:
        row = piece.cell(name).row
        for column in ("A", CURRENT.form1.columns.mirror):
            piece.sheet()[f"{column}{row}"] = None

    return step


def sort_keys(*columns: str) -> Step:
    """Key columns sorted by themselves, apart from the rest of the sheet."""

    def step(piece: Piece) -> None:
        for column in columns:
            line = list(piece.sheet()[column])
            keys = sorted((cell.value for cell in line), key=lambda value: str(value or "~~~"))
            for cell, key in zip(line, keys, strict=True):
                cell.value = key

    return step


def merge_fields(name: str, other: str) -> Step:
    """Two cells side by side merged by hand: what stood in the second is lost."""

    def step(piece: Piece) -> None:
        sheet, first = piece.places[full(name)]
        _unmerge(piece.book)
        piece.sheet(sheet).merge_cells(f"{first}:{piece.places[full(other)][1]}")

    return step


def merge_with_label(name: str) -> Step:
    """An answer's cell merged with the label before it: the answer is lost."""

    def step(piece: Piece) -> None:
        row = piece.cell(name).row
        _unmerge(piece.book)
        piece.sheet().merge_cells(f"B{row}:C{row}")

    return step


def beside_in_merge(name: str) -> Step:
    """An answer in the second of merged cells, where a program can write it and nobody sees it."""

    def step(piece: Piece) -> None:
        cell, sheet = piece.cell(name), piece.sheet()
        answer, cell.value = cell.value, None
        for area in [area for area in sheet.merged_cells.ranges if cell.coordinate in area]:
            sheet.unmerge_cells(str(area))
        beside = sheet.cell(cell.row, cell.column + 1)
        beside.value = answer
        piece.content = piece.content  # saved as it is: openpyxl would empty the cell when it merges
        area = f"{cell.coordinate}:{beside.coordinate}"
        part = f"xl/worksheets/sheet{sheet_names(piece.form).index(sheet.title) + 1}.xml"
        piece.edit_part(part, lambda xml: with_merge(xml, area))

    return step


def values_only() -> Step:
    """Every sheet's values pasted into a new workbook: no formats, no merges, no protection, no formulas."""

    def step(piece: Piece) -> None:
        made = Workbook()
        made.remove(made.worksheets[0])
        for old in piece.book.worksheets:
            new = made.create_sheet(old.title)
            for row in old.iter_rows():
                for cell in row:
                    if cell.value is not None and (cell.value == "=" or not str(cell.value).startswith("=")):
                        new[cell.coordinate].value = cell.value
        file = io.BytesIO()
        made.save(file)
        piece.content = file.getvalue()

    return step


def delete_column_of(name: str) -> Step:
    """The cells of one column of a table deleted, its hidden key too."""

    def step(piece: Piece) -> None:
        column, block = piece.cell(name).column, name.partition("[")[0]
        _unmerge(piece.book)
        for key in piece.sheet()["A"]:
            if block in str(key.value):
                piece.sheet().cell(key.row, column).value = None

    return step


def hide(sheet: str, rows: tuple[int, int], columns: str = "") -> Step:
    def step(piece: Piece) -> None:
        for row in range(*rows):
            piece.sheet(sheet).row_dimensions[row].hidden = True
        for column in columns:
            piece.sheet(sheet).column_dimensions[column].hidden = True

    return step


def filter_on(area: str, rows: tuple[int, int]) -> Step:
    """A filter that hides rows, left on."""

    def step(piece: Piece) -> None:
        piece.sheet().auto_filter.ref = area
        hide("P001", rows)(piece)

    return step


def stray(sheet: str, address: str, value: Any = "หลงมา") -> Step:
    """Something written into a cell that is no field's."""
    return lambda piece: piece.sheet(sheet).__setitem__(address, value)


def show_all() -> Step:
    """Everything hidden made visible, ``_plantrack`` too."""

    def step(piece: Piece) -> None:
        for sheet in piece.book.worksheets:
            sheet.sheet_state = "visible"
            for dimension in (*sheet.column_dimensions.values(), *sheet.row_dimensions.values()):
                dimension.hidden = False

    return step


def unprotect() -> Step:

    def step(piece: Piece) -> None:
        for sheet in piece.book.worksheets:
            sheet.protection.sheet = False

    return step


def no_dropdowns() -> Step:
    """Validations gone, as when values are pasted over drop-downs."""

    def step(piece: Piece) -> None:
        for sheet in piece.book.worksheets:
            sheet.data_validations.dataValidation = []

    return step


def name_cells() -> Step:
    def step(piece: Piece) -> None:
        piece.book.defined_names["งบ"] = DefinedName("งบ", attr_text="P001!$D$10")
        piece.book.defined_names["เสีย"] = DefinedName("เสีย", attr_text="#REF!")

    return step


def shade() -> Step:
    """Conditional formats of the unit's own."""

    def step(piece: Piece) -> None:
        rule = Rule("expression", formula=["1>0"], dxf=DifferentialStyle(fill=PatternFill("solid", "FFFF0000")))
        piece.sheet().conditional_formatting.add("A1:Z200", rule)

    return step


def picture() -> Step:
    def step(piece: Piece) -> None:
        file = io.BytesIO()
        Picture.new("RGB", (40, 20), "navy").save(file, "PNG")
        piece.sheet().add_image(Image(file), "D20")

    return step


def chart() -> Step:
    def step(piece: Piece) -> None:
        made = BarChart()
        made.add_data(Reference(piece.sheet(), min_col=4, min_row=40, max_row=45))
        piece.sheet().add_chart(made, "N5")

    return step
