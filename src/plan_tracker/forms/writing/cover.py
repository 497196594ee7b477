"""The cover sheet: what to do, by when, whom to ask, open executive orders, a live list of what is still missing."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms.definition.keys import BLOCK, SLOT
from plan_tracker.forms.definition.names import COUNT, KEY, MARKS, MIRROR, REMARK
from plan_tracker.forms.definition.orders import DONE
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.definition.versions import FormVersion
from plan_tracker.forms.writing import style
from plan_tracker.forms.writing.formulas import count_to_zero, missing

WIDTHS = {"A": 4, "B": 6, "C": 16, "D": 62, "E": 15, "F": 42, "G": 12, "H": 44}
STEPS = (
    "กรอกเฉพาะช่องสีเหลืองในแผ่นงานที่มีรายชื่ออยู่ด้านล่าง ข้อมูลที่ทราบอยู่แล้วเติมไว้ให้แล้ว ขอให้ตรวจทานและแก้ไขให้เป็นปัจจุบัน",
    "คลิกที่ช่องใดก็ได้เพื่อดูคำแนะนำ ช่องที่มีลูกศรให้เลือกจากรายการ ช่องที่มีเครื่องหมาย * ต้องกรอก และ (*) ต้องกรอกตามเงื่อนไข",
    "จำนวนเงินกรอกเป็นบาท ร้อยละกรอกเป็นตัวเลข 0–100 วันที่กรอกเป็น พ.ศ. หรือ ค.ศ. ก็ได้ เช่น 1 ต.ค. 2568",
    "ตารางด้านล่างนับช่องที่ยังขาดให้ทันที เมื่อทุกแถวขึ้น “ครบ” แล้ว จึงบันทึกและส่งไฟล์นี้กลับ",
    "ใช้ Excel, LibreOffice, WPS หรือ Google Sheets ก็ได้ เปลี่ยนชื่อไฟล์ได้ แต่ขอให้ไม่ลบแผ่นงาน แถว หรือคอลัมน์",
    "หากข้อมูลที่กรอกถูกต้องแล้วแต่ต่างจากที่คาด ใช้ช่องหมายเหตุของข้อนั้นชี้แจงเหตุผล",
)
HEADS = ("ที่", "รหัส", "แผนงาน/โครงการ หรือตัวชี้วัด", "ยังขาด (ช่อง)", "ข้อที่ยังขาด", "ไปที่แบบ")
FRONT = "orders"  # the cover's own form, by which its columns go
LIST_SLOT, TOTAL_SLOT, ORDERS_SLOT = "list", "total", "orders"


def lay_out(sheet: Worksheet, version: FormVersion) -> None:
    """Lays out the template's cover. The row ``~list`` is repeated for each sheet of the issued workbook, the last
    row of ``~orders`` for each order; without an order that part is hidden.
    """
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    for letter in (KEY, *(at[FRONT] for at in (REMARK, COUNT, MIRROR, MARKS))):
        sheet.column_dimensions[letter].hidden = True
    row = _slot(sheet, 1, "title", size=22, bold=True, height=36)
    row = _slot(sheet, row, "unit", size=18, bold=True, height=30)
    row = _slot(sheet, row, "banner", size=15, bold=True, height=26, colour=style.RED)
    row = _slot(sheet, row, "due", size=16, bold=True, height=28)
    row = _slot(sheet, row, "contact", size=15, height=26)
    _key(sheet, row, BLOCK + "cover")
    sheet.cell(row, 2, "=")
    sheet.row_dimensions[row].hidden = True
    row = _steps(sheet, row + 1)
    row = _slot(sheet, row, TOTAL_SLOT, size=16, bold=True, height=30)
    _list(sheet, _orders(sheet, row, version.orders))
    _set_up(sheet)


def _slot(
    sheet: Worksheet, row: int, name: str, *, size: int, height: int, bold: bool = False, colour: str = ""
) -> int:
    sheet.merge_cells(f"B{row}:G{row}")
    _key(sheet, row, SLOT + name)
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


def _key(sheet: Worksheet, row: int, key: str) -> None:
    """Writes a row's key into both key columns."""
    for letter in (KEY, MIRROR[FRONT]):
        sheet[f"{letter}{row}"] = key


def _orders(sheet: Worksheet, row: int, orders: Form) -> int:
    """A heading, the hidden row of keys, the columns' heads, and one order's row, which is repeated."""
    sheet.cell(row, 2, orders.title).font = style.font(bold=True, size=16, colour=style.NAVY)
    _key(sheet, row, SLOT + ORDERS_SLOT)
    sheet.row_dimensions[row].height = 30
    [block] = orders.blocks.values()
    keys, heads, answers = row + 1, row + 2, row + 3
    _key(sheet, keys, BLOCK + block.key)
    sheet.row_dimensions[keys].hidden = True
    _key(sheet, answers, block.rows[0].key)
    for _row, column, field in block.fields():
        first, last = column.span.split(":")
        sheet[f"{first}{keys}"] = column.suffix
        for line in (heads, answers) if first != last else ():
            sheet.merge_cells(f"{first}{line}:{last}{line}")
        sheet[f"{first}{heads}"] = field.label + (" *" if field.due else "")
        _head(sheet, f"{first}{heads}:{last}{heads}")
        style.style_answer(sheet, f"{first}{answers}:{last}{answers}", field)
    style.style_range(
        sheet, f"{REMARK[FRONT]}{answers}", font=style.font(size=13, colour=style.RED), alignment=style.WRAP
    )
    sheet.row_dimensions[heads].height = style.LINE_HEIGHT + 4
    sheet.row_dimensions[answers].height = block.lines * style.LINE_HEIGHT + 5
    _ask(sheet, answers, orders)
    return answers + 2


def _ask(sheet: Worksheet, row: int, orders: Form) -> None:
    """The hint and the live count of an order's answer."""
    field = orders.fields[DONE]
    hint = DataValidation(type="none", allow_blank=True, errorStyle="warning", showInputMessage=True)
    hint.prompt = field.hint[:255]
    hint.add(f"F{row}")
    sheet.add_data_validation(hint)
    sheet[f"{COUNT[FRONT]}{row}"] = "=" + missing(field, {DONE: f"F{row}"})
    sheet[f"{COUNT[FRONT]}2"] = count_to_zero(FRONT, row, row)


def _head(sheet: Worksheet, span: str) -> None:
    look = style.font(bold=True, colour="FFFFFF")
    style.style_range(sheet, span, font=look, fill=style.SECTION_FILL, alignment=style.CENTRE, border=style.BOX)


def _list(sheet: Worksheet, row: int) -> None:
    for column, head in enumerate(HEADS, 2):
        sheet.cell(row, column, head)
    _head(sheet, f"B{row}:G{row}")
    sheet.row_dimensions[row].height = style.LINE_HEIGHT + 4
    row += 1
    _key(sheet, row, SLOT + LIST_SLOT)
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
