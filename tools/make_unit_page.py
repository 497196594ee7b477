"""Writes ``templates/docx/unit-page.docx``: how a unit fills its form in, on one page with pictures of the form.

The file is what officers edit in Word; run this only to start it anew. The pictures are ``make_form_pictures``'. What
the form calls things comes from its definition; tags are named in ``plan_tracker.documents.unit_page``.
"""

from __future__ import annotations

import re
from pathlib import Path

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from plan_tracker.documents.unit_page import TEMPLATE
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.names import COVER_SHEET, FORM2_SHEET
from tools.make_form_pictures import COVER, SHEET
from tools.thai_docx import GREY, Writer, new_document, runs, save_document, style, style_id, xml

PAGE = Path(__file__).parents[1] / "templates" / "docx" / TEMPLATE
_WIDTH = 17.6  # cm between the margins
_TWIPS = 567  # per cm
_BUTTON = re.compile(r"(\[\[.*?\]\])")
_CONTACT, _CERTIFICATION = (section.title for section in CURRENT.unit.sections)
_BEFORE_SHEET = (
    (
        "**เปิดไฟล์ Excel ของหน่วยงาน** ถ้ามีแถบสีเหลืองด้านบน ให้กด “เปิดใช้งานการแก้ไข” (Enable Editing) ไม่ต้องใช้รหัสผ่าน "
        "ใช้ LibreOffice, WPS หรือ Google Sheets แทน Excel ก็ได้"
    ),
    f"**แผ่นงาน “{COVER_SHEET}”** กรอก{_CONTACT}ครั้งเดียว ใช้กับทุกโครงการและทุกตัวชี้วัด",
    (
        f"**แผ่นงานของแต่ละโครงการ และแผ่นงาน “{FORM2_SHEET}”** กรอกหรือเลือกเฉพาะ**ช่องสีเหลือง** ช่องสีเทาไม่ต้องแก้ "
        "ตัวหนังสือสีเทาด้านขวาคือที่รายงานไว้ไตรมาสก่อน ช่องร้อยละกรอก 85 ไม่ใช่ 85% หรือ 0.85"
    ),
    "**ดูเครื่องหมายใต้หัวข้อ “ข้อที่ควรตรวจ”** ซึ่งบอกทันทีว่าช่องใดผิดและแก้อย่างไร",
)
_MARKS = (
    ("✗ ต้องแก้", "ช่องแดง แก้ให้ถูกก่อนส่ง", "FBD5D5"),
    ("! ควรชี้แจง", "ช่องส้ม แก้ หรือถ้าถูกแล้ว พิมพ์เหตุผลในช่อง “หมายเหตุ” ของข้อนั้น", "FFE3A8"),
    ("✓ ครบ", "ไม่ต้องทำอะไรอีก", "D7F0DB"),
)
_BEFORE_COVER = (
    (
        "**คัดลอกจากที่อื่นมาวาง**  [[คลิกขวา]] ▸ [[วางแบบพิเศษ (Paste Special)]] ▸ [[ค่า (Values) 123]]  "
        "แล้วอย่าลบหรือย้ายแผ่นงาน แถว หรือคอลัมน์"
    ),
    (
        f"**กลับไปดูจำนวนที่แผ่นงาน “{COVER_SHEET}”** คลิกตัวเลขใต้ “ต้องแก้” หรือ “ควรชี้แจง” จะไปยังแห่งแรก แก้จนทุกแถวขึ้น “ครบ” "
        "ถ้ายังไม่ครบ {{ office.division }}จะต้องส่งคืนให้แก้"
    ),
)
_AFTER = (
    f"**{_CERTIFICATION}** กรอกท้ายแผ่นงาน “{COVER_SHEET}” ว่าใครเป็นผู้กรอก และใครรับรองว่าข้อมูลถูกต้อง",
    (
        "**บันทึก แล้วส่งไฟล์ Excel นี้กลับ** (ไม่ใช่ PDF หรือภาพถ่าย) ทางอีเมล **{{ office.email }}** "
        "**กำหนดส่ง {{ due }}** เปลี่ยนชื่อไฟล์ได้"
    ),
)


def main(page: Path = PAGE) -> None:
    save_document(build_unit_page(), page, "วิธีกรอกแบบรายงาน")


def build_unit_page() -> Document:
    """The page's template."""
    document = new_document()
    _set_up(document)
    w = Writer(document)
    w.text("วิธีกรอกแบบรายงานผลการดำเนินงาน", "Title")
    w.text("{{ period.title }} · ส่งคืนภายในวันที่\u00a0{{ due }}", "Subtitle")
    number = 1
    for texts, picture, shown in (
        (_BEFORE_SHEET, SHEET, "แผ่นงานของโครงการ: ช่องเลือกที่ควรชี้แจง และช่องว่างที่ต้องแก้"),
        (_BEFORE_COVER, COVER, f"แผ่นงาน {COVER_SHEET}: จำนวนที่ครบ ต้องแก้ และควรชี้แจงของแต่ละแผ่นงาน"),
        (_AFTER, None, ""),
    ):
        for text in texts:
            w.add(_step(document, f"{number}.\t{text}"))
            number += 1
        if picture is SHEET:
            w.add(_marks(document))
        if picture:
            _show(document, picture, shown)
    w.tag("if contact")
    w.text("สอบถาม {{ office.division }} {{ contact }}", "Ask")
    w.tag("endif")
    return document


def _set_up(document: Document) -> None:
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(1.4)
    hanging = round(0.7 * _TWIPS)
    style(document, "Normal", 15)
    style(document, "Title", 22, True, "<w:jc w:val='center'/>")
    style(document, "Subtitle", 18, True, "<w:spacing w:after='80'/><w:jc w:val='center'/>")
    tab = f"<w:tabs><w:tab w:val='left' w:pos='{hanging}'/></w:tabs>"
    left = f"<w:ind w:left='{hanging}' w:hanging='{hanging}'/>"
    style(document, "Step", 15, paragraph=f"{tab}<w:spacing w:before='60'/>{left}")
    style(document, "Mark", 14)
    style(document, "Picture", 15, paragraph="<w:spacing w:before='100' w:after='100'/><w:jc w:val='center'/>")
    style(document, "Ask", 15, True, "<w:spacing w:before='120'/><w:jc w:val='center'/>")


def _step(document: Document, text: str) -> BaseOxmlElement:
    """A step; what stands in ``[[…]]`` is drawn as a button."""
    made = "".join(
        f"<w:r><w:rPr><w:b/><w:bCs/><w:bdr w:val='single' w:sz='6' w:space='0' w:color='7F7F7F'/>"
        f"<w:shd w:val='clear' w:color='auto' w:fill='{GREY}'/></w:rPr>"
        f"<w:t xml:space='preserve'>\u00a0{part[2:-2]}\u00a0</w:t></w:r>"
        if part.startswith("[[")
        else runs(part)
        for part in _BUTTON.split(text)
    )
    looks = style_id(document, "Step")
    return xml(f"<w:p><w:pPr><w:pStyle w:val='{looks}'/></w:pPr>{made}</w:p>")


def _marks(document: Document) -> BaseOxmlElement:
    """The marks side by side, in their colours, each with what to do."""
    wide = round(_WIDTH * _TWIPS / len(_MARKS))
    looks = style_id(document, "Mark")
    cells = "".join(
        f"<w:tc><w:tcPr><w:tcW w:w='{wide}' w:type='dxa'/>"
        f"<w:shd w:val='clear' w:color='auto' w:fill='{fill}'/></w:tcPr>"
        f"<w:p><w:pPr><w:pStyle w:val='{looks}'/></w:pPr>{runs('**' + mark + '**  ' + what)}</w:p></w:tc>"
        for mark, what, fill in _MARKS
    )
    grid = f"<w:gridCol w:w='{wide}'/>" * len(_MARKS)
    return xml(
        f"<w:tbl><w:tblPr><w:tblW w:w='{wide * len(_MARKS)}' w:type='dxa'/><w:jc w:val='center'/>"
        f"<w:tblLayout w:type='fixed'/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _show(document: Document, picture: Path, shown: str) -> None:
    """A picture across the page; ``shown`` is read out to those who can't see it."""
    paragraph = document.add_paragraph(style="Picture")
    drawn = paragraph.add_run().add_picture(str(picture), width=Cm(_WIDTH))
    drawn._inline.docPr.set("descr", shown)
    line = f"<a:ln {nsdecls('a')} w='6350'><a:solidFill><a:srgbClr val='A6A6A6'/></a:solidFill></a:ln>"
    drawn._inline.graphic.graphicData.pic.spPr.append(parse_xml(line))


if __name__ == "__main__":
    main()
