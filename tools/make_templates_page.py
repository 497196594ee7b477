"""Writes docs/templates.md from the fields that templates may name: ``python -m tools.make_templates_page``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from plan_tracker.documents.report.template_check import fields_of
from plan_tracker.documents.report.template_fields import REQUIRED, REQUIRED_AT_YEAR_END, described, required_fields
from plan_tracker.documents.unit_page import TEMPLATE as UNIT_PAGE
from plan_tracker.i18n import THAI

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "templates.md"
PAGES = ROOT / "templates" / "docx"
_HEAD = """# แม่แบบ Word · Word templates

แม่แบบอยู่ใน `templates/docx/` ของพื้นที่ทำงาน เปิดแก้ใน Word ได้ตามปกติ ทั้งถ้อยคำ แบบอักษร ตาราง และลำดับบท
ส่วนที่อยู่ในวงเล็บปีกกาคือ *แท็ก* โปรแกรมจะแทนที่ด้วยข้อมูล แก้แล้วสั่ง `plantrack templates check` เพื่อตรวจก่อนใช้
คำสั่งนี้บอกข้อผิดพลาดเป็นรายย่อหน้า หากแก้แล้วเสียหาย สั่ง `plantrack templates restore ชื่อแม่แบบ` จะได้แม่แบบเดิมของโปรแกรม
ส่วนแม่แบบที่แก้ไขไว้จะเก็บไว้ข้างกันในชื่อ "(ของเดิม)" เมื่อใช้โปรแกรมรุ่นใหม่ แม่แบบที่ยังไม่ได้แก้ไขจะเปลี่ยนเป็นของรุ่นใหม่เอง
แม่แบบที่แก้ไขแล้วจะคงเดิม สั่ง `plantrack templates update` เพื่อดูว่าขาดแท็กใด

The templates in `templates/docx/` belong to you. What stands in braces is a *tag* and is replaced. `plantrack
templates check` says by paragraph what is wrong. After an upgrade, templates that you have not
edited become the new release's; `plantrack templates update` says what edited ones lack, and
`plantrack templates restore NAME` puts plantrack's own back, yours kept beside it.
`python -m tools.make_templates_page` writes this page from `documents/report/context.py` and the catalogue.

| แท็ก | ความหมาย |
|---|---|
| `{{ plan.name }}` | แสดงค่า |
| `{% if has_missing %}` … `{% else %}` … `{% endif %}` | แสดงเมื่อเงื่อนไขเป็นจริง |
| `{% for u in units %}` … `{{ u.name }}` … `{% endfor %}` | ทำซ้ำทุกรายการ รายการของ `units[]` เรียกว่า `u` |
| `{%p … %}` | แท็กที่อยู่ในย่อหน้าเดี่ยว ย่อหน้านั้นจะหายไป |
| `{%tr … %}` | แท็กที่อยู่ในแถวของตาราง แถวนั้นจะหายไป |
| `{{ charts.stages }}` | แผนภูมิ วางไว้ในย่อหน้าของตัวเอง |

แท็กต้องอยู่ในย่อหน้าเดียวกันทั้งหมด และไม่มีการติดตามการเปลี่ยนแปลง (Track Changes) ค้างอยู่
แท็ก `{%p … %}` และ `{%tr … %}` ต้องไม่มีข้อความอื่นอยู่ด้วย เพราะจะหายไปพร้อมกัน ส่วนตัวแบ่งส่วน (Section Break) ที่อยู่ข้างแท็กจะยังคงอยู่
สิ่งที่หน่วยงานพิมพ์มาจะเป็นข้อความธรรมดาเสมอ แม้จะมีวงเล็บปีกกาหรือเครื่องหมายพิเศษ

**สารบัญ** ถ้าเครื่องมี LibreOffice โปรแกรมจะเติมเลขหน้าให้ ถ้าไม่มี หรือรายงานมีเกินประมาณ 500 โครงการ ให้คลิกที่สารบัญใน Word แล้วกด F9
สารบัญในแม่แบบจะกด F9 ไว้แล้วหรือไม่ก็ได้ รายการเดิมจะถูกแทนที่เสมอ · Entries that a template's contents hold are replaced.
หากแก้แม่แบบด้วย LibreOffice ชื่อลำดับของตารางและแผนภูมิจะหายไป สารบัญตารางและสารบัญแผนภูมิจึงว่าง ควรแก้ใน Word ·
LibreOffice drops the Thai names of captions' sequences, so the lists of tables and figures stay empty; the check tells.
เลขบท เลขตาราง และเลขแผนภูมิเป็นเลขอัตโนมัติของ Word หลังแก้รายงานให้กด Ctrl+A แล้ว F9 เพื่อปรับเลขทั้งหมด
เลขหน้าคำนวณด้วยแบบอักษรที่มีในเครื่อง หากเครื่องไม่มี TH SarabunPSK แบบอักษรที่ใช้แทนมักใหญ่กว่า
เลขหน้าจะคลาดเคลื่อนเมื่อเปิดใน Word จนกว่าจะกด F9 ·
Page numbers in the contents are counted with the fonts at hand. A stand-in for TH SarabunPSK is usually half as large
again: install the font where reports are made, or press F9 in Word.

**เลขไทย** Word แสดงเลขบทและเลขหน้าเป็นเลขไทย ส่วน LibreOffice เปลี่ยนเป็นเลขอารบิกเมื่อเปิดไฟล์ .docx
PDF ที่โปรแกรมเผยแพร่มีเลขไทย เพราะโปรแกรมสั่ง LibreOffice ให้ใช้เลขไทย ส่วน PDF ที่แปลงเองด้วย LibreOffice มีเลขอารบิก ·
Word shows the numbers of headings and pages in Thai digits (`thaiNumbers`); LibreOffice makes Arabic ones of them on
opening a .docx. The published PDF has Thai ones all the same: plantrack tells LibreOffice to use its own.

## รายงาน · `report.docx`

ทุกฟิลด์เป็นข้อความที่จัดรูปแล้ว ฟิลด์ใดไม่ใช้ก็ตัดออกได้ เว้นแต่ที่มี \\* (\\*\\* เฉพาะสิ้นปี) ซึ่งหากขาดไป รายงานจะปิดบังเรื่องที่ต้องบอก
Any may be left out but those marked \\* (\\*\\* at the year-end): without these a report hides what it has to tell.

{hidden}

| ฟิลด์ | ความหมาย |
|---|---|
"""
_LETTERS = """
## หนังสือ · `L*-memo.docx`, `L*-external.docx`

ทุกหนังสือใช้ฟิลด์เหล่านี้ได้ · Any letter may name these:

"""

_UNIT_PAGE = f"""
## วิธีกรอก · `{UNIT_PAGE}`

หน้าเดียวที่บอกหน่วยงานว่ากรอกแบบและส่งคืนอย่างไร วางไว้ข้างแบบใน `outbox/…/forms/` ภาพในแม่แบบเปลี่ยนได้ตามปกติใน Word ·
The page for units that lies beside the forms; its pictures may be replaced in Word.

"""


def templates_page() -> str:
    """The whole page, as Markdown."""
    rows = "".join(f"| `{path}`{_star(path)} | {says} |\n" for path, says in described(THAI))
    letters = sorted(path for path in PAGES.glob("L*.docx"))
    fields = sorted({field for path in letters for field in fields_of(path)})
    hidden = "".join(f"- หากไม่มี `{path}`: {why}\n" for path, why in required_fields(THAI, year_end=True).items())
    report = _HEAD.replace("{hidden}\n", hidden) + rows
    return report + _LETTERS + _named(fields) + _UNIT_PAGE + _named(sorted(fields_of(PAGES / UNIT_PAGE)))


def _named(fields: Iterable[str]) -> str:
    return " · ".join(f"`{field}`" for field in fields) + "\n"


def _star(path: str) -> str:
    def within(names: Iterable[str]) -> bool:
        return any(path == name or path.startswith(f"{name}.") for name in names)

    return " \\*" if within(REQUIRED) else " \\*\\*" if within(REQUIRED_AT_YEAR_END) else ""


if __name__ == "__main__":
    PAGE.write_text(templates_page(), encoding="utf-8")
