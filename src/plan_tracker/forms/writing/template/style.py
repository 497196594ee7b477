"""The look of the template workbook as plantrack first makes it. An officer may change all of it in the template."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.house_style import (
    BAND,
    DATE_FORMAT,
    FONT,
    HIGHEST_ROW,
    LINE_HEIGHT,
    MARGINS,
    NAVY,
    RED,
    RULE,
    SIZE,
    text_lines,
)

_HAIR = Side(style="thin", color=RULE)
BOX = Border(left=_HAIR, right=_HAIR, top=_HAIR, bottom=_HAIR)
INPUT_FILL = PatternFill("solid", fgColor="FFF8DC")
LOCKED_FILL = PatternFill("solid", fgColor="EEF1F5")
HEAD_FILL = PatternFill("solid", fgColor=BAND)
SECTION_FILL = PatternFill("solid", fgColor=NAVY)
MARK_FILL = PatternFill("solid", fgColor="FBD5D5")
UPDATE_FILL = PatternFill("solid", fgColor="DCEBFA")
_MARK, _UPDATE = Side(style="medium", color=RED), Side(style="medium", color=NAVY)
MARK_BOX = Border(left=_MARK, right=_MARK, top=_MARK, bottom=_MARK)
UPDATE_BOX = Border(left=_UPDATE, right=_UPDATE, top=_UPDATE, bottom=_UPDATE)
WRAP = Alignment(wrap_text=True, vertical="top")
CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")
LEFT = Alignment(wrap_text=True, vertical="center")
MONEY_FORMAT, PERCENT_FORMAT = "#,##0.00", "0.00"
NUMBER_FORMATS = {
    FieldKind.MONEY: MONEY_FORMAT,
    FieldKind.NUMBER: "General",
    FieldKind.MEASURE: "General",
    FieldKind.PERCENT: PERCENT_FORMAT,
    FieldKind.DATE: DATE_FORMAT,
}


def font(*, bold: bool = False, size: float = SIZE, colour: str = "000000", italic: bool = False) -> Font:
    return Font(name=FONT, size=size, bold=bold, color=colour, italic=italic)


def style_range(sheet: Worksheet, span: str, **styles: object) -> None:
    """Sets ``font``, ``fill``, ``border``, ``alignment`` … on every cell of ``span``."""
    for row in sheet[span] if ":" in span else ((sheet[span],),):
        for cell in row:
            for name, value in styles.items():
                setattr(cell, name, value)


def style_answer(sheet: Worksheet, span: str, field: Field) -> None:
    """Dresses the cells of ``field``: an open input or a locked fact."""
    figures = field.kind in (FieldKind.MONEY, FieldKind.NUMBER)
    style_range(
        sheet,
        span,
        font=font(),
        fill=INPUT_FILL if field.is_input else LOCKED_FILL,
        border=BOX,
        number_format=NUMBER_FORMATS.get(field.kind, "@" if field.is_input else "General"),
        alignment=Alignment(
            wrap_text=not figures,
            shrink_to_fit=figures,  # where it would show ####
            vertical="top" if field.kind in (FieldKind.TEXT, FieldKind.PHONE) else "center",
            horizontal="right" if figures else "left",
            indent=0 if figures else 1,
        ),
        protection=Protection(locked=not field.is_input),
    )


def light(sheet: Worksheet, span: str, complete: str) -> None:
    """Green where the formula ``complete`` is true, amber where not; the cell's words must say it too."""
    for formula, colour in ((complete, "D7F0DB"), (f"NOT({complete})", "FFE3A8")):
        fill = PatternFill("solid", bgColor=colour)
        rule = FormulaRule(formula=[formula], fill=fill)  # type: ignore[no-untyped-call]  # openpyxl leaves it untyped
        sheet.conditional_formatting.add(span, rule)


def warn(sheet: Worksheet, cells: str, says: str) -> None:
    """Red or amber at ``cells`` while the cell ``says``, beside the first of them, tells of something, in words too."""
    for mark, colour in (("✗", "FBD5D5"), ("!", "FFE3A8")):
        fill = PatternFill("solid", bgColor=colour)
        rule = FormulaRule(formula=[f'LEFT({says},1)="{mark}"'], fill=fill)  # type: ignore[no-untyped-call]  # as above
        sheet.conditional_formatting.add(cells, rule)


def protect(sheet: Worksheet) -> None:
    """Locks what is no input, without a password; looks, heights and filters may be changed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatRows = protection.formatColumns = protection.formatCells = False  # False allows it
    protection.autoFilter = protection.sort = False


def print_on_a4(sheet: Worksheet, *, landscape: bool) -> None:
    """A4, as wide as the page, the sheet's name and the page number at its foot; no grid on the screen."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = MARGINS
    footer: Any = sheet.oddFooter
    footer.left.text, footer.right.text = "&A", "หน้า &P จาก &N"
    sheet.sheet_view.showGridLines = False


_INDENT = 1.5  # characters that a text keeps from its border
_ROOMY = 1.3  # the form's narrow letters, more of which fit
_LETTERS_IN_A_CHARACTER = 1.4  # Thai letters and marks, by the width of a column's character


def fit_row(sheet: Worksheet, row: int) -> None:
    """Makes ``row`` as high as the wrapped texts in it need, where they can be seen."""
    lines = 1
    for number, cell in enumerate(sheet[row], 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        if isinstance(cell.value, str) and cell.alignment.wrap_text and not column.hidden and cell.data_type != "f":
            lines = max(lines, cell_lines(cell.value, column.width))
    sheet.row_dimensions[row].height = row_height(lines)


@lru_cache(maxsize=10_000)  # labels are the same in every form
def cell_lines(text: str, width: float) -> int:
    """How many lines ``text`` needs in a cell of a column ``width`` characters wide."""
    return text_lines(text, _ROOMY * (width - _INDENT))


def row_height(lines: int) -> float:
    """The height of a row of so many lines, in points."""
    return min(lines * LINE_HEIGHT + 2, HIGHEST_ROW)


def overflows(sheet: Worksheet, address: str) -> str:
    """A formula's condition: the text at ``address`` may need more lines than the highest row has.

    A line break is taken to leave half a line empty.
    """
    column, _row = coordinate_from_string(address)
    in_a_line = round(sheet.column_dimensions[column].width * _LETTERS_IN_A_CHARACTER)
    broken = f'(LEN({address})-LEN(SUBSTITUTE({address},CHAR(10),"")))'
    return f"LEN({address})+{in_a_line // 2}*{broken}>{int(HIGHEST_ROW / LINE_HEIGHT) * in_a_line}"
