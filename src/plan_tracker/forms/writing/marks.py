"""What is said beside the rows of a form, each with its cell marked.

A correction form tells what is wrong, with a live count down to zero; every form what the register has changed since
the unit last answered.
"""

from __future__ import annotations

from copy import copy
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, NamedTuple

from openpyxl.cell.cell import Cell

from plan_tracker.forms.layout import REMARK_SIGN
from plan_tracker.forms.writing import style
from plan_tracker.forms.writing.content import UPDATES_HEAD, Mark, Part, Update, update_message
from plan_tracker.forms.writing.pages import Page, cell_at, put
from plan_tracker.values import Value, plain

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


class Remarks(Enum):
    """What the remarks' column of a sheet is open for."""

    NONE = "none"
    FAULTS = "faults"
    UPDATES = "updates"


def mark(page: Page, part: Part) -> list[Look]:
    """Marks the wrong cells of ``part``, and what the register has changed; gives how they looked before."""
    looks = [_marked(page, part, field, found) for field, found in part.marks.items()]
    updates = [(field, update) for field, update in part.updates.items() if field in page.slots]
    return looks + [_updated(page, field, update, wrong=field in part.marks) for field, update in updates]


def _marked(page: Page, part: Part, field: str, found: Mark) -> Look:
    cell = page.slots[field]
    remark, count = _beside(page, cell.row)
    look = Look(cell, copy(cell.fill), copy(cell.border), (remark, count))
    cell.fill, cell.border = style.MARK_FILL, style.MARK_BOX
    unchanged = [_unchanged(cell.coordinate, part.values.get(field))]
    if found.note:
        unchanged.append(f"LEN(TRIM({page.slots[found.note].coordinate}))=0")
    term = f"IF(AND({','.join(unchanged)}),1,0)"
    count.value = f"{count.value}+{term}" if count.value else f"={term}"
    _say(remark, found.message)
    return look


def _updated(page: Page, field: str, update: Update, *, wrong: bool) -> Look:
    """What is ``wrong`` as well stays red."""
    cell = page.slots[field]
    remark, _count = _beside(page, cell.row)
    look = Look(cell, copy(cell.fill), copy(cell.border), (remark,))
    if not wrong:
        cell.fill, cell.border = style.UPDATE_FILL, style.UPDATE_BOX
    _say(remark, update_message(field, update))
    return look


def _beside(page: Page, row: int) -> tuple[Cell, Cell]:
    """The cells of a row that take its remark and its count."""
    columns = page.form.columns
    return cell_at(page.sheet, f"{columns.remark}{row}"), cell_at(page.sheet, f"{columns.marks}{row}")


def _say(remark: Cell, message: str) -> None:
    text = f"{REMARK_SIGN} {message}"
    put(remark, f"{remark.value}\n{text}" if remark.value else text)


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


def remarks_of(part: Part) -> Remarks:
    """What the remarks' column of a project's sheet is open for, in a first form."""
    return Remarks.UPDATES if part.updates else Remarks.NONE


def show_remarks(page: Page, remarks: Remarks) -> None:
    """Opens the remarks' column of a sheet under its heading, which in a correction form is the live count."""
    sheet = page.sheet
    columns = page.form.columns
    remark, count = columns.remark, columns.marks
    is_open, correcting = remarks is not Remarks.NONE, remarks is Remarks.FAULTS
    sheet.column_dimensions[remark].hidden = not is_open
    head, total = cell_at(sheet, f"{remark}3"), cell_at(sheet, f"{count}2")
    total.value = f"=SUM({count}4:{count}{sheet.max_row})" if correcting else None
    head.value = {
        Remarks.NONE: None,
        Remarks.FAULTS: f'="สิ่งที่ต้องแก้ไข เหลือ "&{count}2&" ช่อง"',
        Remarks.UPDATES: UPDATES_HEAD,
    }[remarks]
    head.font = style.font(bold=True, colour=style.RED if correcting else style.NAVY)
