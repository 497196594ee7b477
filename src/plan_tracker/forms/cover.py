"""The cover sheet: what to do, by when, whom to ask, and a live list of what is still missing."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms import style
from plan_tracker.forms.keys import SLOT

WIDTHS = {"A": 4, "B": 6, "C": 16, "D": 62, "E": 15, "F": 42, "G": 12}
STEPS = (
    "กรอกเฉพาะช่องสีเหลืองในแผ่นงานที่มีรายชื่ออยู่ด้านล่าง ข้อมูลที่ทราบอยู่แล้วเติมไว้ให้แล้ว ขอให้ตรวจทานและแก้ไขให้เป็นปัจจุบัน",
    "คลิกที่ช่องใดก็ได้เพื่อดูคำแนะนำ ช่องที่มีลูกศรให้เลือกจากรายการ ช่องที่มีเครื่องหมาย * ต้องกรอก และ (*) ต้องกรอกตามเงื่อนไข",
    "จำนวนเงินกรอกเป็นบาท ร้อยละกรอกเป็นตัวเลข 0–100 วันที่กรอกเป็น พ.ศ. หรือ ค.ศ. ก็ได้ เช่น 1 ต.ค. 2568",
    "ตารางด้านล่างนับช่องที่ยังขาดให้ทันที เมื่อทุกแถวขึ้น “ครบ” แล้ว จึงบันทึกและส่งไฟล์นี้กลับ",
    "ใช้ Excel, LibreOffice, WPS หรือ Google Sheets ก็ได้ เปลี่ยนชื่อไฟล์ได้ แต่ขอให้ไม่ลบแผ่นงาน แถว หรือคอลัมน์",
    "หากข้อมูลที่กรอกถูกต้องแล้วแต่ต่างจากที่คาด ใช้ช่องหมายเหตุของข้อนั้นชี้แจงเหตุผล",
)
HEADS = ("ที่", "รหัส", "แผนงาน/โครงการ หรือตัวชี้วัด", "ยังขาด (ช่อง)", "ข้อที่ยังขาด", "ไปที่แบบ")
LIST_SLOT, TOTAL_SLOT = "list", "total"


def lay_out(sheet: Worksheet) -> None:
    """Lays out the template's cover. The row ``~list`` is repeated for each sheet of the issued workbook."""
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    sheet.column_dimensions["A"].hidden = True
    row = _slot(sheet, 1, "title", size=22, bold=True, height=36)
    row = _slot(sheet, row, "unit", size=18, bold=True, height=30)
    row = _slot(sheet, row, "banner", size=15, bold=True, height=26, colour=style.RED)
    row = _slot(sheet, row, "due", size=16, bold=True, height=28)
    row = _slot(sheet, row, "contact", size=15, height=26)
    sheet.cell(row, 1, "#cover")
    sheet.cell(row, 2, "=")
    sheet.row_dimensions[row].hidden = True
    row = _steps(sheet, row + 1)
    row = _slot(sheet, row, TOTAL_SLOT, size=16, bold=True, height=30)
    _list(sheet, row)
    _set_up(sheet)


def _slot(
    sheet: Worksheet, row: int, name: str, *, size: int, height: int, bold: bool = False, colour: str = ""
) -> int:
    sheet.merge_cells(f"B{row}:G{row}")
    sheet.cell(row, 1, SLOT + name)
    cell = sheet.cell(row, 2)
    cell.font = style.font(size=size, bold=bold, colour=colour or style.NAVY)
    cell.alignment = style.LEFT
    sheet.row_dimensions[row].height = height
    return row + 1


def _steps(sheet: Worksheet, row: int) -> int:
    sheet.row_dimensions[row].height = 30
    sheet.cell(row, 2, "วิธีกรอก").font = style.font(bold=True, size=16, colour=style.NAVY)
    for number, text in enumerate(STEPS, 1):
        row += 1
        sheet.cell(row, 2, number).font = style.font(bold=True)
        sheet.cell(row, 2).alignment = style.CENTRE
        sheet.merge_cells(f"C{row}:G{row}")
        sheet.cell(row, 3, text).font = style.font()
        sheet.cell(row, 3).alignment = style.LEFT
        lines = style.text_lines(text, sum(WIDTHS[letter] for letter in "CDEFG"))
        sheet.row_dimensions[row].height = lines * style.LINE_HEIGHT + 4
    return row + 2


def _list(sheet: Worksheet, row: int) -> None:
    for column, head in enumerate(HEADS, 2):
        cell = sheet.cell(row, column, head)
        cell.font, cell.fill = style.font(bold=True, colour="FFFFFF"), style.SECTION_FILL
        cell.alignment, cell.border = style.CENTRE, style.BOX
    sheet.row_dimensions[row].height = style.LINE_HEIGHT + 4
    row += 1
    sheet.cell(row, 1, SLOT + LIST_SLOT)
    for column in range(2, 8):
        entry = sheet.cell(row, column)
        entry.font, entry.border = style.font(), style.BOX
        entry.alignment = style.LEFT if column in (4, 6) else style.CENTRE
    sheet.cell(row, 7).font = style.font(colour="0B4F9E")
    style.light(sheet, f"E{row}:E{row}", f'$E{row}="ครบ"')


def _set_up(sheet: Worksheet) -> None:
    style.print_on_a4(sheet, landscape=True)
    sheet.protection.sheet = True
    sheet.protection.formatRows = sheet.protection.formatColumns = False  # False allows it
