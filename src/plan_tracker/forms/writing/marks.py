"""What sets a correction form apart: red cells, what is wrong beside each row, and a live count down to zero."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell

from plan_tracker.forms.definition.names import LAST, MARKS, REMARK
from plan_tracker.forms.layout import REMARK_SIGN
from plan_tracker.forms.writing import style
from plan_tracker.forms.writing.content import Part
from plan_tracker.forms.writing.pages import HIGHEST_ROW, Page, cell_at, put
from plan_tracker.values import Value, plain

REMARK_WIDTH = 44
_COMPARED = 100  # characters of a text that are enough to see whether it was changed


class Look(NamedTuple):
    """How a cell looked before it was marked, and the cells that the mark has filled."""

    cell: Cell
    fill: Any
    border: Any
    filled: tuple[Cell, ...]

    def restore(self) -> None:
        self.cell.fill, self.cell.border = self.fill, self.border
        for cell in self.filled:
            cell.value = None


def mark(page: Page, part: Part) -> list[Look]:
    """Marks the wrong cells of ``part``; gives how they looked before."""
    looks = []
    addresses = {field: slot.cell.coordinate for field, slot in page.slots.items()}
    for field, found in part.marks.items():
        slot = page.slots[field]
        row = slot.cell.row
        remark, count = (cell_at(page.sheet, f"{at[page.form.name]}{row}") for at in (REMARK, MARKS))
        looks.append(Look(slot.cell, copy(slot.cell.fill), copy(slot.cell.border), (remark, count)))
        slot.cell.fill, slot.cell.border = style.MARK_FILL, style.MARK_BOX
        text = f"{REMARK_SIGN} {found.message}"
        put(remark, f"{remark.value}\n{text}" if remark.value else text)
        unchanged = [_unchanged(addresses[field], part.values.get(field))]
        if found.note:
            unchanged.append(f"LEN(TRIM({addresses[found.note]}))=0")
        term = f"IF(AND({','.join(unchanged)}),1,0)"
        count.value = f"{count.value}+{term}" if count.value else f"={term}"
        height = style.text_lines(str(remark.value), REMARK_WIDTH) * style.LINE_HEIGHT * 0.9 + 6
        dimension = page.sheet.row_dimensions[row]
        dimension.height = min(max(dimension.height or 0.0, height), HIGHEST_ROW)
    return looks


def _unchanged(ref: str, value: Value | None) -> str:
    """True as long as the cell ``ref`` still holds ``value``."""
    if value is None:
        return f"LEN(TRIM({ref}))=0"
    if isinstance(value, Decimal):
        return f"{ref}={plain(value)}"
    if isinstance(value, date):
        return f"{ref}=DATE({value.year},{value.month},{value.day})"
    start = value.partition("\n")[0][:_COMPARED]
    quoted = start.replace('"', '""')
    return f'EXACT(LEFT({ref},{len(start)}),"{quoted}")'


def show_remarks(page: Page, *, correcting: bool) -> None:
    """Opens the remarks' column of a correction form, headed by the live count; closes it else."""
    sheet, name = page.sheet, page.form.name
    remark, count = REMARK[name], MARKS[name]
    sheet.column_dimensions[remark].hidden = not correcting
    sheet.print_area = f"B1:{remark if correcting else LAST[name]}{sheet.max_row}"
    head, total = cell_at(sheet, f"{remark}3"), cell_at(sheet, f"{count}2")
    total.value = f"=SUM({count}4:{count}{sheet.max_row})" if correcting else None
    head.value = f'="สิ่งที่ต้องแก้ไข เหลือ "&{count}2&" ช่อง"' if correcting else None
    head.font = style.font(bold=True, colour=style.RED)


def count_of_marks(sheets: Mapping[str, str]) -> str:
    """The formula that counts the red cells not yet mended; ``sheets`` maps sheets' names to their forms'."""
    return "SUM(" + ",".join(f"'{title}'!${MARKS[form]}$2" for title, form in sheets.items()) + ")"
