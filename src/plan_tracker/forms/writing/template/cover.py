"""The cover sheet: what to do, by when, whom to ask, a live list of what is still missing.

The unit names its contact there, answers the open executive orders, and says last who reports and who vouches for it.
"""

from __future__ import annotations

from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from plan_tracker.forms import house_style
from plan_tracker.forms.definition.form1.shapes import LINES
from plan_tracker.forms.definition.orders import DONE
from plan_tracker.forms.definition.spec import ALWAYS, Columns, Field, Form, Section
from plan_tracker.forms.definition.versions import FormVersion
from plan_tracker.forms.definition.workbook.keys import BLOCK, SINGLE, SLOT
from plan_tracker.forms.definition.workbook.names import KEY
from plan_tracker.forms.writing.template import style
from plan_tracker.forms.writing.template.hints import validation

_WIDTHS = {"A": 4, "B": 6, "C": 24, "D": 62, "E": 15, "F": 42, "G": 12}
_BESIDE = {"says": 84, "remark": 44}
STEPS = (
    "กรอกเฉพาะช่องสีเหลืองในแผ่นงานนี้และแผ่นงานที่มีรายชื่ออยู่ด้านล่าง ข้อมูลที่ทราบอยู่แล้วเติมไว้ให้แล้ว ขอให้ตรวจทานและแก้ไขให้เป็นปัจจุบัน",
    "คลิกที่ช่องใดก็ได้เพื่อดูคำแนะนำ ช่องที่มีลูกศรให้เลือกจากรายการ ช่องที่มีเครื่องหมาย * ต้องกรอก และ (*) ต้องกรอกตามเงื่อนไข",
    "จำนวนเงินกรอกเป็นบาท ร้อยละกรอกเป็นตัวเลข 0–100 (85 ไม่ใช่ 85% หรือ 0.85) วันที่กรอกเป็น พ.ศ. หรือ ค.ศ. ก็ได้ เช่น 1 ต.ค. 2568",
    "คัดลอกจากที่อื่นมาวาง:  คลิกขวา ▸ วางแบบพิเศษ ▸ “ค่า” เท่านั้น (วางค่า 123)  เพื่อให้รายการเลือกและรูปแบบของช่องคงอยู่",
    "ตารางด้านล่างตรวจให้ทันทีว่ามีช่องที่ต้องแก้หรือควรชี้แจงกี่แห่ง คลิกตัวเลขเพื่อไปยังแห่งแรก เมื่อทุกแถวขึ้น “ครบ” แล้ว จึงบันทึกและส่งไฟล์นี้กลับ",
    "ใช้ Excel, LibreOffice, WPS หรือ Google Sheets ก็ได้ เปลี่ยนชื่อไฟล์ได้ แต่ขอให้ไม่ลบแผ่นงาน แถว หรือคอลัมน์",
    "หากข้อมูลที่กรอกถูกต้องแล้วแต่ต่างจากที่คาด ใช้ช่องหมายเหตุของข้อนั้นชี้แจงเหตุผล",
)
HEADS = ("ที่", "รหัส", "แผนงาน/โครงการ หรือตัวชี้วัด", "ครบ", "ต้องแก้", "ควรชี้แจง")
LIST_SLOT, TOTAL_SLOT, ORDERS_SLOT = "list", "total", "orders"
_HEADING = style.font(bold=True, size=16, colour=house_style.NAVY)


def lay_out(sheet: Worksheet, version: FormVersion) -> None:
    """Lays out the template's cover. The row ``~list`` is repeated for each sheet of the issued workbook, the last
    row of ``~orders`` for each order; without an order that part is hidden.
    """
    cover = _Cover(sheet, version.orders.columns)
    cover.set_up()
    for name, size, colour in (
        ("title", 22, house_style.NAVY),
        ("unit", 18, house_style.NAVY),
        ("banner", 15, house_style.RED),
        ("due", 16, house_style.NAVY),
        ("contact", 15, house_style.NAVY),
    ):
        cover.slot(name, style.font(bold=name != "contact", size=size, colour=colour))
    cover.key(BLOCK + (LINES if version.unit.fields else "cover"))
    sheet.cell(cover.row, 4, SINGLE)
    sheet.row_dimensions[cover.row].hidden = True
    cover.row += 1
    _steps(cover)
    contact, certification = version.unit.sections or (None, None)
    _lines(cover, contact)
    cover.slot(TOTAL_SLOT, style.font(bold=True, size=16, colour=house_style.NAVY))
    _orders(cover, version.orders)
    _list(cover)
    _lines(cover, certification)
    for line in range(1, sheet.max_row + 1):
        style.fit_row(sheet, line)
    style.print_on_a4(sheet, landscape=True)
    style.protect(sheet)


class _Cover:
    """The cover being laid out from top to bottom. ``row`` is the next free row."""

    def __init__(self, sheet: Worksheet, columns: Columns) -> None:
        self.sheet, self.columns, self.row = sheet, columns, 1

    def set_up(self) -> None:
        columns = self.columns
        beside = {getattr(columns, name): width for name, width in _BESIDE.items()}
        for letter, width in (_WIDTHS | beside).items():
            self.sheet.column_dimensions[letter].width = float(width)
        for letter in (KEY, columns.remark, columns.mirror, columns.marks):
            self.sheet.column_dimensions[letter].hidden = True

    def key(self, key: str, row: int = 0) -> None:
        """Writes a row's key into both key columns."""
        for letter in (KEY, self.columns.mirror):
            self.sheet[f"{letter}{row or self.row}"] = key

    def slot(self, name: str, font: object) -> None:
        """A row for a text that is filled in."""
        self.key(SLOT + name)
        style.style_range(self.sheet, f"B{self.row}", font=font, alignment=Alignment(vertical="center"))
        self.row += 1

    def heading(self, text: str) -> None:
        self.sheet.cell(self.row, 2, text).font = _HEADING
        self.row += 1

    def heads(self, span: str) -> None:
        """Dresses the heads of a table's columns."""
        look = style.font(bold=True, colour="FFFFFF")
        style.style_range(
            self.sheet, span, font=look, fill=style.SECTION_FILL, alignment=style.CENTRE, border=style.BOX
        )

    def ask(self, at: str, field: Field) -> None:
        """An answer in the current row, with its hint, its colours and what is said beside it."""
        address = f"{at}{self.row}"
        style.style_answer(self.sheet, address, field)
        hint = validation(field)
        hint.add(address)
        self.sheet.add_data_validation(hint)
        style.warn(self.sheet, address, f"${self.columns.says}{self.row}")
        for column in (self.columns.says, self.columns.remark):
            look = style.font(size=house_style.SMALL, colour=house_style.RED)
            style.style_range(self.sheet, f"{column}{self.row}", font=look, alignment=style.WRAP)


def _steps(cover: _Cover) -> None:
    cover.heading("วิธีกรอก")
    for number, text in enumerate(STEPS, 1):
        counted = cover.sheet.cell(cover.row, 2, number)
        counted.font, counted.alignment = style.font(bold=True), style.CENTRE
        cover.sheet.cell(cover.row, 3, text).font = style.font()
        cover.row += 1
    cover.row += 1


def _lines(cover: _Cover, section: Section | None) -> None:
    """A heading, and the unit's own answers below each other."""
    if section is None:
        return
    cover.heading(section.title)
    for block in section.blocks:
        ((_row, column, field),) = block.fields()
        cover.key(field.key)
        label = cover.sheet.cell(cover.row, 3, field.label + (" *" if field.due == ALWAYS else ""))
        label.font, label.border, label.alignment = style.font(), style.BOX, style.LEFT
        cover.ask(column.at, field)
        cover.row += 1
    cover.row += 1


def _orders(cover: _Cover, orders: Form) -> None:
    """A heading, the hidden row of keys, the columns' heads, and one order's row, which is repeated."""
    cover.key(SLOT + ORDERS_SLOT)
    cover.heading(orders.title)
    [block] = orders.blocks.values()
    keys, heads = cover.row, cover.row + 1
    cover.key(BLOCK + block.key)
    cover.sheet.row_dimensions[keys].hidden = True
    cover.row += 2
    cover.key(block.rows[0].key)
    for _row, column, field in block.fields():
        cover.sheet[f"{column.at}{keys}"] = column.suffix
        cover.sheet[f"{column.at}{heads}"] = field.label + (" *" if field.due else "")
        cover.heads(f"{column.at}{heads}")
        style.style_answer(cover.sheet, f"{column.at}{cover.row}", field)
    cover.ask(block.columns[-1].at, orders.fields[DONE])
    cover.row += 2


def _list(cover: _Cover) -> None:
    for column, head in enumerate(HEADS, 2):
        cover.sheet.cell(cover.row, column, head)
    cover.heads(f"B{cover.row}:G{cover.row}")
    cover.row += 1
    cover.key(SLOT + LIST_SLOT)
    for column in range(2, 8):
        entry = cover.sheet.cell(cover.row, column)
        entry.font, entry.border = style.font(), style.BOX
        entry.alignment = style.LEFT if column == 4 else style.CENTRE
    for column in (5, 6, 7):
        cover.sheet.cell(cover.row, column).font = style.font(colour="0B4F9E")
    style.light(cover.sheet, f"E{cover.row}", f'$E{cover.row}="ครบ"')
    cover.row += 2
