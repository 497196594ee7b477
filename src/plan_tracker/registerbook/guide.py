"""The register workbook's first sheet: tells the officer in Thai how to keep it. Text and look, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms import house_style
from plan_tracker.forms.definition.spec import ALWAYS, Field, FieldKind
from plan_tracker.forms.writing.template import style
from plan_tracker.registerbook.layout import TABLES

SHEET = "คำอธิบาย"
TITLE = "ทะเบียนแผน หน่วยงาน โครงการ และตัวชี้วัด"
_INTRODUCTION = (
    "สมุดงานนี้เป็นข้อมูลตั้งต้นของการติดตามแผนทั้งปีงบประมาณ ระบบใช้สร้างแบบรายงานและหนังสือถึงหน่วยงาน "
    "และใช้ตรวจสอบข้อมูลที่หน่วยงานส่งกลับมา ผู้ดูแลทะเบียนแก้ไขได้ทุกแผ่นงานยกเว้นรหัสคอลัมน์ในแถวที่ 2"
)
_STEPS = (
    "กรอกแผ่นงาน “แผน” และ “หน่วยงาน” ให้ครบก่อน เพราะแผ่นงาน “โครงการ” และ “ตัวชี้วัด” อ้างถึงรหัสในสองแผ่นงานนี้",
    "กรอก 1 รายการต่อ 1 แถว เริ่มที่แถวที่ 3 เว้นแถวว่างได้ แต่ไม่ต้องใส่แถวรวมหรือหัวข้อคั่นระหว่างรายการ",
    "โครงการต้องมีอย่างน้อยรหัส ชื่อ แผน และหน่วยงาน ข้อมูลอื่นกรอกเท่าที่ทราบ หน่วยงานจะเห็นข้อมูลนั้นในแบบรายงานและแก้ไขได้",
    "บันทึกและปิดไฟล์ แล้วสั่ง plantrack register check ระบบจะแจ้งข้อที่ต้องแก้ไขเป็นรายแผ่นงานและรายเซลล์",
    "เมื่อไม่มีข้อผิดพลาดแล้ว สั่ง plantrack register load เพื่อนำทะเบียนไปใช้ ทุกครั้งที่แก้ไขให้ทำสองขั้นตอนนี้ซ้ำ",
)
_RULES = (
    "แถวที่ 1 เป็นหัวตารางภาษาไทย ปรับถ้อยคำได้ แถวที่ 2 เป็นรหัสคอลัมน์ซึ่งระบบใช้จำแนกข้อมูล ห้ามแก้ไขหรือลบ",
    "สลับลำดับคอลัมน์ ซ่อนคอลัมน์ หรือเพิ่มคอลัมน์จากรายการด้านล่างได้ คอลัมน์อื่นที่เพิ่มเองระบบจะแจ้งเตือนและไม่อ่าน",
    "ในแผ่นงาน “โครงการ” คอลัมน์ที่มีรหัสขึ้นต้นด้วย x. เช่น x.emenscr คือข้อมูลที่สำนักงานเพิ่มเองสำหรับแบบของส่วนกลาง",
    "รหัสทุกชนิดใช้อักษรอังกฤษ ตัวเลข - และ _ ยาวไม่เกิน 20 ตัว ห้ามซ้ำกันแม้ต่างตัวพิมพ์เล็กใหญ่ และไม่ควรเปลี่ยนระหว่างปี",
    "จำนวนเงินเป็นบาท กรอกเป็นตัวเลข ร้อยละกรอก 0 ถึง 100 (เช่น 25 ไม่ใช่ 25%) วันที่กรอกเป็น พ.ศ. หรือ ค.ศ. เช่น 1 ต.ค. 2568",
    "แผนความก้าวหน้าเป็นร้อยละสะสมของทั้งโครงการ ต้องไม่ลดลงจากไตรมาสก่อน",
    "งบประมาณเป็นของปีงบประมาณนี้เท่านั้น แม้โครงการจะดำเนินการหลายปี",
    "ข้อมูลที่มีคำว่า (ตัวอย่าง) เป็นข้อมูลสมมติ ให้ลบออกก่อนใช้งานจริง",
)
_FORMATS = {
    FieldKind.NUMBER: "ตัวเลข",
    FieldKind.MONEY: "จำนวนเงิน (บาท)",
    FieldKind.PERCENT: "ร้อยละ 0–100",
    FieldKind.DATE: "วันที่",
    FieldKind.CHOICE: "เลือกจากรายการ",
    FieldKind.EMAIL: "อีเมล",
    FieldKind.PROVINCES: "ชื่อจังหวัด",
    FieldKind.MEASURE: "ตัวเลข",
}
_WIDTHS = {"A": 14, "B": 32, "C": 44, "D": 11, "E": 20, "F": 66}
HEAD, TEXT = "plantrack heading", "plantrack explanation"  # the named styles of the table of columns
_HEADINGS = ("แผ่นงาน", "รหัสคอลัมน์ (แถวที่ 2)", "ความหมาย", "ต้องกรอก", "ชนิดข้อมูล", "วิธีกรอก")


def write_guide(sheet: Worksheet) -> None:
    """Fills ``sheet`` with the explanation and the list of every column that can be used."""
    sheet.title = SHEET
    sheet.sheet_view.showGridLines = False
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    _across(sheet, 1, TITLE, bold=True, size=22)
    row = _across(sheet, 2, _INTRODUCTION)
    for heading, texts in (("ขั้นตอน", _STEPS), ("ข้อกำหนด", _RULES)):
        row = _across(sheet, row + 1, heading, bold=True, size=17)
        for number, text in enumerate(texts, 1):
            row = _across(sheet, row, f"{number}. {text}")
    row = _across(sheet, row + 1, "คอลัมน์ที่ใช้ได้", bold=True, size=17)
    _write_columns(sheet, row)


def _across(sheet: Worksheet, row: int, text: str, *, bold: bool = False, size: float = house_style.SIZE) -> int:
    """Writes ``text`` over the sheet's whole width; gives the next row."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
    cell = sheet.cell(row, 1, text)
    cell.font = style.font(bold=bold, size=size, colour=house_style.NAVY if bold else "000000")
    cell.alignment = style.LEFT if bold else style.WRAP
    lines = house_style.text_lines(text, sum(_WIDTHS.values()) * house_style.SIZE / size)
    sheet.row_dimensions[row].height = lines * house_style.LINE_HEIGHT * size / house_style.SIZE + 3
    return row + 1


def _write_columns(sheet: Worksheet, row: int) -> None:
    """The table of columns, from ``row`` on."""
    _write_row(sheet, row, _HEADINGS, HEAD)
    for number, cells in enumerate(_describe(), row + 1):
        _write_row(sheet, number, cells, TEXT)


def _write_row(sheet: Worksheet, row: int, cells: tuple[str, ...], look: str) -> None:
    """Writes ``cells`` in ``row``, in the named style ``look``: to set a style's parts one by one takes far longer."""
    lines = 1
    for letter, text in zip(_WIDTHS, cells, strict=True):
        cell = sheet[f"{letter}{row}"]
        cell.value, cell.style = text, look
        lines = max(lines, house_style.text_lines(text, _WIDTHS[letter]))
    sheet.row_dimensions[row].height = lines * house_style.LINE_HEIGHT + 2


def _describe() -> Iterator[tuple[str, ...]]:
    """A row for every column, and one for all columns of a numbered family such as ``f5.outputs[1–5].unit``."""
    for table in TABLES.values():
        families: dict[str, list[Field]] = {}
        for key, field in table.columns.items():
            families.setdefault(re.sub(r"\[\d+\]", "[#]", key), []).append(field)
        for family, fields in families.items():
            first = fields[0]
            label = re.sub(r" 1$", "", first.label) if len(fields) > 1 else first.label
            required = "ต้องกรอก" if first.due is ALWAYS else ""
            hint = re.sub(r"^ข้อความ$", "", first.hint)
            yield (
                table.sheet,
                family.replace("#", f"1–{len(fields)}"),
                label,
                required,
                _FORMATS.get(first.kind, "ข้อความ"),
                hint,
            )
