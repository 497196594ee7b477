"""What is said beside the rows of a form, each with its cell marked.

A correction form tells what is wrong, with a live count down to zero; every form what the register has changed since
the unit last answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from plan_tracker.forms.layout import REMARK_SIGN
from plan_tracker.forms.writing.compiled.models import Formula
from plan_tracker.forms.writing.compiled.pages import COUNT_ROW, HEAD_ROW, Page
from plan_tracker.forms.writing.content import UPDATES_HEAD, Part, update_message
from plan_tracker.forms.writing.filling.filled_sheet import FilledSheet
from plan_tracker.values import Value, plain

_COMPARED = 100  # characters of a text that are enough to see whether it was changed


def mark(sheet: FilledSheet, page: Page, part: Part) -> None:
    """Marks the wrong cells of ``part`` and what the register has changed, and says beside each row why."""
    remarks: dict[int, list[str]] = {}
    counts: dict[int, list[str]] = {}
    for field, found in part.marks.items():
        spot = page.slots[field]
        _paint(sheet, page, part, field, page.looks.marked[sheet.look_of(*spot)])
        unchanged = [_unchanged(spot.address, part.values.get(field))]
        if found.note:
            unchanged.append(f"LEN(TRIM({page.slots[found.note].address}))=0")
        counts.setdefault(spot.row, []).append(f"IF(AND({','.join(unchanged)}),1,0)")
        remarks.setdefault(spot.row, []).append(f"{REMARK_SIGN} {found.message}")
    for field, update in part.updates.items():
        if field in page.slots:
            spot = page.slots[field]
            if field not in part.marks:  # what is wrong as well stays red
                _paint(sheet, page, part, field, page.looks.updated[sheet.look_of(*spot)])
            remarks.setdefault(spot.row, []).append(f"{REMARK_SIGN} {update_message(field, update)}")
    for row, said in remarks.items():
        sheet.put(row, page.form.columns.remark, "\n".join(said))
    for row, terms in counts.items():
        sheet.compute(row, page.form.columns.marks, Formula("+".join(terms), len(terms)))


def _paint(sheet: FilledSheet, page: Page, part: Part, field: str, look: int) -> None:
    sheet.put(*page.slots[field], part.values.get(field), look)


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


def head_remarks(sheet: FilledSheet, page: Page, parts: Iterable[Part], *, correcting: bool) -> None:
    """Opens the remarks' column of a sheet under its heading, which in a correction form is the live count."""
    columns, told = page.form.columns, list(parts)
    if correcting:
        sheet.with_remarks = True
        marked = sum(len(part.marks) for part in told)
        last = max(sheet.model.rows)
        count = Formula(f"SUM({columns.marks}{HEAD_ROW + 1}:{columns.marks}{last})", marked)
        sheet.compute(COUNT_ROW, columns.marks, count)
        head = f'"สิ่งที่ต้องแก้ไข เหลือ "&{columns.marks}{COUNT_ROW}&" ช่อง"'
        said = Formula(head, f"สิ่งที่ต้องแก้ไข เหลือ {marked} ช่อง")
        sheet.compute(HEAD_ROW, columns.remark, said, page.looks.faults_head)
    elif any(part.updates for part in told):
        sheet.with_remarks = True
        sheet.put(HEAD_ROW, columns.remark, UPDATES_HEAD, page.looks.updates_head)
