"""The correction list: a workbook that tells a unit what to mend, cell by cell (R10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.atomic import replacing_file
from plan_tracker.checking.catalogue import heading, words
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.fiscal import Period, long_date
from plan_tracker.forms.writing.compiled.shapes import put
from plan_tracker.forms.writing.template import style
from plan_tracker.openxml_fonts import save_book
from plan_tracker.register import Unit

WIDTHS = (6, 12, 26, 11, 24, 44, 44, 26, 12, 10)
HEADS = ("ที่", "ต้องทำ", "ข้อ", "แผ่นงาน/ช่อง", "สิ่งที่กรอกไว้", "สิ่งที่พบ", "วิธีแก้ไข", "ตัวอย่าง", "ไปที่ช่อง", "แก้แล้ว")
DUTY = {Severity.ERROR: "แก้ไข", Severity.WARNING: "แก้ไขหรือยืนยัน"}
LAST = "J"
_TICK = "✓"
_HOW = (
    "ขอให้แก้ไขในไฟล์ {form} ซึ่งมีเฉพาะโครงการและตัวชี้วัดที่ต้องแก้ไข พร้อมข้อมูลที่กรอกไว้แล้ว และทำเครื่องหมายช่องที่ต้องแก้ไขไว้ให้ "
    "รายการที่ข้อมูลถูกต้องอยู่แล้ว ให้ชี้แจงในช่องหมายเหตุของข้อนั้น"
)


@dataclass(frozen=True, slots=True)
class CorrectionList:
    """What goes into one list. ``files`` has the file that the findings on each project or KPI (code) are of.

    ``places`` gives each field's sheet and cell in the correction form ``form``.
    """

    unit: Unit
    period: Period
    version: int
    files: Mapping[str, str]
    due: date
    findings: Sequence[Finding]
    names: Mapping[str, str]
    form: str
    places: Mapping[str, tuple[str, str]]


def write_correction_list(content: CorrectionList, path: Path) -> None:
    """Writes the list as an .xlsx, grouped by project, worst first."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "บัญชีแก้ไข"
    row = _head(sheet, content)
    number = 0
    for code, group in groupby(content.findings, key=lambda finding: finding.project):
        row = _group_head(sheet, row, _group_name(content, code))
        for finding in group:
            number += 1
            _entry(sheet, row, number, finding, content)
            row += 1
    _count_down(sheet, row - 1, number)
    _finish(sheet, row - 1)
    with replacing_file(path) as unfinished:
        save_book(book, unfinished)


def _group_name(content: CorrectionList, code: str) -> str:
    """A project or KPI, or the form itself; where findings are of several files, with the file."""
    name = f"{code}  {content.names.get(code, '')}" if code else "แบบรายงานทั้งฉบับ"
    several = len(set(content.files.values())) > 1
    return f"{name}   ไฟล์: {content.files[code]}" if several and code in content.files else name


def _head(sheet: Worksheet, content: CorrectionList) -> int:
    errors, warnings = (sum(1 for f in content.findings if f.severity is s) for s in DUTY)
    files = ", ".join(dict.fromkeys(content.files.values()))
    tally = f"ต้องแก้ไข {errors} รายการ   ต้องแก้ไขหรือยืนยัน {warnings} รายการ"
    lines = (
        (f"บัญชีแก้ไขแบบรายงานผลการดำเนินงาน {content.period.title}", 18, True),
        (f"{content.unit.name}   ฉบับที่ {content.version}   ไฟล์ที่ส่งมา: {files}", 15, False),
        (f"{tally}   ส่งคืนภายในวันที่ {long_date(content.due)}", 16, True),
        (_HOW.format(form=content.form), 14, False),
    )
    for row, (text, size, bold) in enumerate(lines, 1):
        sheet.merge_cells(f"A{row}:{LAST}{row}")
        cell = _cell(sheet, row, 1)
        put(cell, text)
        cell.font, cell.alignment = style.font(bold=bold, size=size, colour=style.NAVY), style.LEFT
        sheet.row_dimensions[row].height = style.text_lines(text, sum(WIDTHS)) * size * 1.7
    for column, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True), 1):
        cell = _cell(sheet, 6, column)
        cell.value = head
        cell.font, cell.fill = style.font(bold=True, colour="FFFFFF"), style.SECTION_FILL
        cell.alignment, cell.border = style.CENTRE, style.BOX
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.row_dimensions[6].height = 2 * style.LINE_HEIGHT + 4
    return 7


def _group_head(sheet: Worksheet, row: int, text: str) -> int:
    sheet.merge_cells(f"A{row}:{LAST}{row}")
    put(_cell(sheet, row, 1), text)
    style.style_range(
        sheet, f"A{row}:{LAST}{row}", font=style.font(bold=True), fill=style.HEAD_FILL, alignment=style.LEFT
    )
    sheet.row_dimensions[row].height = style.text_lines(text, sum(WIDTHS)) * style.LINE_HEIGHT + 4
    return row + 1


def _entry(sheet: Worksheet, row: int, number: int, finding: Finding, content: CorrectionList) -> None:
    """One finding: where, what stands there, what is wrong, how to mend it, an example, a link."""
    said = words(finding, "th")
    place = f"{finding.sheet}\n{finding.cell}" if finding.cell else finding.sheet or "–"
    where = "\n".join(dict.fromkeys(part for part in (heading(finding), said.label) if part)) or "–"
    texts = (DUTY[finding.severity], where, place, finding.value or "(ว่าง)")
    for column, text in enumerate((*texts, said.message, said.fix, said.example), 2):
        put(_cell(sheet, row, column), text)
    _cell(sheet, row, 1).value = number
    style.style_range(sheet, f"A{row}:{LAST}{row}", font=style.font(size=14), border=style.BOX, alignment=style.WRAP)
    severe = finding.severity is Severity.ERROR
    _cell(sheet, row, 2).font = style.font(size=14, bold=severe, colour=style.RED if severe else "8A5A00")
    _link(_cell(sheet, row, 9), finding, content)
    lines = [style.text_lines(str(_cell(sheet, row, c).value or ""), WIDTHS[c - 1]) for c in range(2, 9)]
    sheet.row_dimensions[row].height = min(max(lines) * style.LINE_HEIGHT * 0.95 + 5, 409)


def _link(cell: Cell, finding: Finding, content: CorrectionList) -> None:
    """A link to the cell in the correction form, which lies in the same folder."""
    place = content.places.get(f"{finding.project}/{finding.field}") or _first_place(content, finding.project)
    if place is None:
        return
    sheet, address = place
    cell.value = "เปิดช่อง ›"
    cell.font = style.font(size=14, colour="0B4F9E")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=content.form, location=f"'{sheet}'!{address}")


def _first_place(content: CorrectionList, code: str) -> tuple[str, str] | None:
    """Where the answers to ``code`` begin, for what is said of all of them."""
    return next((place for field, place in content.places.items() if field.startswith(f"{code}/")), None)


def _count_down(sheet: Worksheet, last: int, count: int) -> None:
    """Ticks for what has been mended, and a count of what is left that goes to zero."""
    ticks = f"{LAST}7:{LAST}{last}"
    left = f'{count}-COUNTIF({ticks},"{_TICK}")'
    sheet.merge_cells(f"A5:{LAST}5")
    cell = _cell(sheet, 5, 1)
    cell.value = (
        f'=IF({left}=0,"✓ ทำครบทุกรายการแล้ว","เหลืออีก "&({left})&" รายการ  (เลือก {_TICK} ในช่อง “แก้แล้ว” เมื่อแก้เสร็จ)")'
    )
    cell.font = style.font(bold=True, size=15, colour=style.RED)
    sheet.row_dimensions[5].height = 26
    check = DataValidation(type="list", formula1=f'"{_TICK}"', allow_blank=True)
    check.add(ticks)
    sheet.add_data_validation(check)


def _finish(sheet: Worksheet, last: int) -> None:
    sheet.freeze_panes = "A7"
    sheet.print_title_rows = "6:6"
    sheet.print_area = f"A1:{LAST}{last}"
    style.print_on_a4(sheet, landscape=True)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell
