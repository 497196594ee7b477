"""Writes ``templates/docx/L*-memo.docx`` and ``L*-external.docx``: the letters' parts, prose and look (domain §6).

The files are what officers edit in Word; run this only to start them anew. Tags are named in
``plan_tracker.documents.letters``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

from docx.document import Document
from docx.oxml.xmlchemy import BaseOxmlElement

from tools.thai_docx import TEXT_WIDTH, Writer, new_document, style, style_id, xml

FOLDER = Path(__file__).parents[1] / "templates" / "docx"
_TWIPS = 567  # per cm
_MEMO_EMBLEM, _EXTERNAL_EMBLEM = 1.5, 3.0  # cm high
_SPACE = "<w:spacing w:before='120'/>"  # 6 points
_INDENT, _HANGING = round(2.5 * _TWIPS), round(0.8 * _TWIPS)
_LABEL = "<w:b/><w:bCs/><w:sz w:val='40'/><w:szCs w:val='40'/>"  # 20 points, bold
_DOTTED = "<w:u w:val='dotted'/>"
_RIGHT, _NUMBER_ENDS = round(TEXT_WIDTH * _TWIPS), round(7.6 * _TWIPS)
_HALF = round(7.5 * _TWIPS)  # where the signature's half of the page begins
_ENCLOSED = round(3.0 * _TWIPS)
_ASK_KINDLY = "ขอความอนุเคราะห์"


@dataclass(frozen=True, slots=True)
class Letter:
    """What one kind of letter says, in paragraphs with Jinja tags.

    A paragraph that begins with ``%`` is logic, with ``=`` the head of a list, with ``-`` an entry.
    ``enclosed`` is named by external letters only, which then refer to it by number.
    """

    kind: str
    subject: str
    enclosed: Sequence[str]
    memo: Sequence[str]
    external: Sequence[str]


_CONTACT = (
    "%p if contact",
    "ทั้งนี้ หากมีข้อขัดข้องหรือต้องการข้อมูลเพิ่มเติม โปรดประสาน{{ contact }}",
    "%p endif",
)
_PERIOD = "{{ period.title }} ({{ period.span }})"
_RETURN = "แล้วส่งไฟล์กลับทางไปรษณีย์อิเล็กทรอนิกส์ {{ office.email }} ภายในวันที่ {{ due }}"


def _request(form: str, ask: str, end: str) -> Sequence[str]:
    amount = (
        "{% if projects %}จำนวน {{ project_count }} โครงการ{% endif %}{% if projects and kpis %} และ{% endif %}"
        "{% if kpis %}จำนวน {{ kpi_count }} ตัวชี้วัด{% endif %}"
    )
    return (
        (
            f"ด้วยถึงรอบการรายงานผลการดำเนินงานตาม{{{{ plan }}}} {_PERIOD} ซึ่ง{{{{ office.name }}}} "
            "โดย{{ office.division }} ต้องรวบรวม ตรวจสอบ และประมวลผลเสนอผู้บริหาร "
            "เพื่อให้ทราบความก้าวหน้า ตลอดจนปัญหาและอุปสรรคที่ต้องเร่งแก้ไข"
        ),
        (
            f"ในการนี้ จึง{ask}{{{{ to.name }}}}รายงานผลการดำเนินงาน {amount} โดยกรอกข้อมูลลงใน{form} "
            f"ให้ครบถ้วนตามข้อเท็จจริง และคงโครงสร้างของแบบรายงานไว้ตามเดิม {_RETURN} ทั้งนี้ รายการที่ต้องรายงานมีดังนี้"
        ),
        *_entries("โครงการ", "project", "projects"),
        *_entries("ตัวชี้วัด", "kpi", "kpis"),
        *_CONTACT,
        end,
    )


def _entries(head: str, one: str, many: str) -> Sequence[str]:
    return (
        f"%p if {many}",
        f"={head}",
        f"%p for {one} in {many}",
        f"-{{{{ {one}.number }}}}.\t{{{{ {one}.name }}}} (รหัส {{{{ {one}.code }}}})",
        "%p endfor",
        "%p endif",
    )


def _correction(faults: str, form: str, ask: str, end: str) -> Sequence[str]:
    found = (
        "{% if has_errors %}ข้อมูลที่ต้องแก้ไขหรือเพิ่มเติม จำนวน {{ errors }} รายการ{% endif %}"
        "{% if has_errors and has_warnings %} และ{% endif %}"
        "{% if has_warnings %}ข้อมูลที่ต้องทบทวนและยืนยัน จำนวน {{ warnings }} รายการ{% endif %}"
    )
    confirm = "{% if has_warnings %} หากข้อมูลที่ให้ทบทวนนั้นถูกต้องอยู่แล้ว โปรดชี้แจงเหตุผลในช่องหมายเหตุของข้อดังกล่าว{% endif %}"
    return (
        (
            f"ตามที่{{{{ to.name }}}}ได้ส่งแบบรายงานผลการดำเนินงานตาม{{{{ plan }}}} {_PERIOD} "
            "ให้{{ office.name }}รวบรวม นั้น"
        ),
        (
            f"{{{{ office.division }}}}ได้ตรวจสอบความครบถ้วนและความถูกต้องแล้ว พบ{found} "
            f"รายละเอียดของแต่ละรายการและวิธีแก้ไขปรากฏตาม{faults}"
        ),
        (
            f"ในการนี้ จึง{ask}{{{{ to.name }}}}ดำเนินการใน{form} ซึ่งคงข้อมูลที่ส่งไว้เดิมทั้งหมด"
            f"และทำเครื่องหมายไว้ตรงช่องที่ต้องดำเนินการแล้ว{confirm} {_RETURN}"
        ),
        *_CONTACT,
        end,
    )


_HELP = "จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์ต่อไปด้วย จะขอบคุณยิ่ง"
LETTERS = (
    Letter(
        "L1",
        "{{ ask }}รายงานผลการดำเนินงานตาม{{ plan_title }} {{ period.title }}",
        ("แบบรายงานผลการดำเนินงาน (ไฟล์ {{ attachments[0] }})",),
        _request(
            "แบบรายงานที่แนบ (ไฟล์ {{ attachments[0] }})",
            "{{ ask }}",
            "{% if own %}จึงเรียนมาเพื่อโปรดดำเนินการภายในกำหนดเวลาดังกล่าวต่อไป{% else %}" + _HELP + "{% endif %}",
        ),
        _request("แบบรายงานตามสิ่งที่ส่งมาด้วย", _ASK_KINDLY, _HELP),
    ),
    Letter(
        "L3",
        "{{ ask }}แก้ไขข้อมูลในแบบรายงานผลการดำเนินงานตาม{{ plan_title }} {{ period.title }}",
        (
            "บัญชีรายการข้อมูลที่ต้องแก้ไขหรือยืนยัน (ไฟล์ {{ attachments[0] }})",
            "แบบแก้ไขข้อมูล (ไฟล์ {{ attachments[1] }})",
        ),
        _correction(
            "บัญชีรายการที่แนบ (ไฟล์ {{ attachments[0] }})",
            "แบบแก้ไขข้อมูลที่แนบ (ไฟล์ {{ attachments[1] }})",
            "{{ ask }}",
            "{% if own %}จึงเรียนมาเพื่อโปรดแก้ไขข้อมูลภายในกำหนดเวลาดังกล่าวต่อไป{% else %}" + _HELP + "{% endif %}",
        ),
        _correction("สิ่งที่ส่งมาด้วย 1", "แบบแก้ไขข้อมูลตามสิ่งที่ส่งมาด้วย 2", _ASK_KINDLY, _HELP),
    ),
)


def main() -> None:
    for letter in LETTERS:
        for kind, build in (("memo", _build_memo), ("external", _build_external)):
            document = build(letter)
            properties = document.core_properties
            properties.title, properties.author, properties.comments = f"{letter.kind} {kind}", "plantrack", ""
            properties.last_modified_by = "plantrack"
            properties.created = properties.modified = datetime(2025, 10, 1)  # the same file each time
            document.save(str(FOLDER / f"{letter.kind}-{kind}.docx"))


def _build_memo(letter: Letter) -> Document:
    w = _start(_MEMO_EMBLEM)
    w.add(_table(w, ((3.0, "Emblem", [""]), (10.0, "Memo Title", ["บันทึกข้อความ"]), (3.0, "Memo Title", [""]))))
    sender = "{{ office.name }} {{ office.division }}{% if office.phone %} โทร. {{ office.phone }}{% endif %}"
    for parts in ([("ส่วนราชการ", sender)], [("ที่", "{{ number }}"), ("วันที่", "{{ date }}")], [("เรื่อง", letter.subject)]):
        w.add(_memo_line(w, parts))
    _write_line(w, "เรียน\u2003{{ to.addressee }}", "Letter Part")
    _write_if(w, "reference", "อ้างถึง\u2003{{ reference }}")
    _write_body(w, letter.memo)
    _write_signature(w, "")
    _write_if(w, "copies", "สำเนาส่ง\u2003{{ copies }}")
    return w.document


def _build_external(letter: Letter) -> Document:
    w = _start(_EXTERNAL_EMBLEM)
    sender = ["{{ office.name }}", "{%p if office.address %}", "{{ office.address }}", "{%p endif %}"]
    _write_line(w, "", "Emblem")
    w.add(_table(w, ((8.5, "Normal", ["ที่\u2003{{ number }}"]), (7.5, "Normal", sender))))
    _write_line(w, "{{ date }}", "Letter Date")
    _write_line(w, f"เรื่อง\u2003{letter.subject}", "Letter Part")
    _write_line(w, "เรียน\u2003{{ to.addressee }}", "Letter Part")
    _write_if(w, "reference", "อ้างถึง\u2003{{ reference }}")
    for number, text in enumerate(letter.enclosed, 1):
        label = "สิ่งที่ส่งมาด้วย" if number == 1 else ""
        count = f"{number}. " if len(letter.enclosed) > 1 else ""
        _write_line(w, f"{label}\t{count}{text} จำนวน 1 ชุด", "Letter Enclosure" if number > 1 else "Letter Enclosures")
    _write_body(w, letter.external)
    _write_signature(w, "ขอแสดงความนับถือ")
    _write_line(w, "{{ office.division }}", "Letter Owner")
    _write_if(w, "office.phone", "โทร. {{ office.phone }}", "Normal")
    _write_line(w, "ไปรษณีย์อิเล็กทรอนิกส์ {{ office.email }}", "Normal")
    _write_if(w, "copies", "สำเนาส่ง\u2003{{ copies }}", "Normal")
    return w.document


def _start(emblem: float) -> Writer:
    """A document with the letters' styles, the speed of delivery at its top. ``emblem``: cm high."""
    document = new_document()
    _define_styles(document, emblem)
    w = Writer(document)
    _write_if(w, "urgency", "{{ urgency }}", "Letter Urgency")
    return w


def _define_styles(document: Document, emblem: float) -> None:
    stops = f"<w:tabs><w:tab w:val='left' w:pos='{_ENCLOSED}'/></w:tabs>"
    hang = f"<w:ind w:left='{_ENCLOSED}' w:hanging='{_ENCLOSED}'/>"
    at_half = f"<w:ind w:left='{_HALF}'/><w:jc w:val='center'/>"
    to_end = f"<w:tab w:val='right' w:pos='{_RIGHT}'/>"
    halves = f"<w:tab w:val='left' w:pos='{_NUMBER_ENDS}'/>{to_end}"
    entry = _INDENT + _HANGING
    side = "left" if emblem == _MEMO_EMBLEM else "center"
    style(document, "Normal")
    prose = f"{_SPACE}<w:ind w:firstLine='{_INDENT}'/><w:jc w:val='thaiDistribute'/>"
    style(document, "Body Text", paragraph=prose)
    style(document, "Letter End", paragraph=f"<w:keepNext/>{prose}")
    style(document, "Letter Part", paragraph=_SPACE)
    style(document, "Letter Enclosures", paragraph=f"{stops}{_SPACE}{hang}")
    style(document, "Letter Enclosure", paragraph=f"{stops}{hang}")
    style(document, "Letter Date", paragraph=f"{_SPACE}<w:ind w:left='{_HALF}'/>")
    style(document, "Letter Urgency", 32, True)
    style(document, "Letter Owner", paragraph="<w:spacing w:before='480'/>")
    style(document, "List Head", 16, True, f"<w:keepNext/>{_SPACE}<w:ind w:left='{_INDENT}'/>")
    style(document, "List Entry", paragraph=f"<w:tabs><w:tab w:val='left' w:pos='{entry}'/></w:tabs>"
                                            f"<w:ind w:left='{entry}' w:hanging='{_HANGING}'/>")  # fmt: skip
    style(document, "Letter Closing", paragraph=f"<w:keepNext/><w:spacing w:before='240' w:after='960'/>{at_half}")
    style(document, "Letter Signature", paragraph=f"<w:keepLines/>{at_half}")
    style(document, "Memo Title", 29, True, "<w:spacing w:line='700' w:lineRule='exact'/><w:jc w:val='center'/>")
    style(document, "Memo Line", paragraph=f"<w:tabs>{to_end}</w:tabs>")
    style(document, "Memo Halves", paragraph=f"<w:tabs>{halves}</w:tabs>")
    height = f"<w:spacing w:line='{round(emblem * _TWIPS)}' w:lineRule='exact'/>"
    style(document, "Emblem", paragraph=f"{height}<w:jc w:val='{side}'/>")


def _write_line(w: Writer, text: str, style_name: str = "Body Text") -> None:
    w.add(xml(_paragraph(w, style_name, _runs(text))))


def _write_if(w: Writer, name: str, text: str, style_name: str = "Letter Part") -> None:
    """A line that is there only where ``name`` says something."""
    w.tag(f"if {name}")
    _write_line(w, text, style_name)
    w.tag("endif")


def _write_body(w: Writer, body: Sequence[str]) -> None:
    styles = {"=": "List Head", "-": "List Entry"}
    *paragraphs, end = body
    for text in paragraphs:
        if text.startswith("%p "):
            w.tag(text[3:])
        elif text[0] in styles:
            _write_line(w, text[1:], styles[text[0]])
        else:
            _write_line(w, text)
    _write_line(w, end, "Letter End")  # never alone on the page before the signature


def _write_signature(w: Writer, closing: str) -> None:
    _write_line(w, closing, "Letter Closing")
    _write_line(w, "({{ signatory.name }})", "Letter Signature")
    _write_line(w, "{{ signatory.position }}", "Letter Signature")


def _memo_line(w: Writer, parts: Sequence[tuple[str, str]]) -> BaseOxmlElement:
    """Labels, each with what follows it on a dotted line up to the next tab stop."""
    made = "".join(_runs(label, _LABEL) + _runs(" ") + _runs(f"{text}\t", _DOTTED) for label, text in parts)
    return xml(_paragraph(w, "Memo Halves" if len(parts) > 1 else "Memo Line", made))


def _paragraph(w: Writer, style_name: str, inside: str) -> str:
    return f"<w:p><w:pPr><w:pStyle w:val='{style_id(w.document, style_name)}'/></w:pPr>{inside}</w:p>"


def _runs(text: str, look: str = "") -> str:
    """``text`` as runs that look alike; tabs become Word's own."""
    made = "<w:tab/>".join(
        f"<w:t xml:space='preserve'>{escape(part)}</w:t>" if part else "" for part in text.split("\t")
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{made}</w:r>" if text else ""


def _table(w: Writer, cells: Sequence[tuple[float, str, Sequence[str]]]) -> BaseOxmlElement:
    """One row without rules: each cell's width in cm, its style and its paragraphs."""
    grid = "".join(f"<w:gridCol w:w='{round(width * _TWIPS)}'/>" for width, _style, _texts in cells)
    made = "".join(
        f"<w:tc><w:tcPr><w:tcW w:w='{round(width * _TWIPS)}' w:type='dxa'/></w:tcPr>"
        + "".join(_paragraph(w, style_name, _runs(text)) for text in texts)
        + "</w:tc>"
        for width, style_name, texts in cells
    )
    return xml(
        f"<w:tbl><w:tblPr><w:tblW w:w='{_RIGHT}' w:type='dxa'/><w:tblLayout w:type='fixed'/>"
        "<w:tblCellMar><w:left w:w='0' w:type='dxa'/><w:right w:w='0' w:type='dxa'/></w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{made}</w:tr></w:tbl>"
    )


if __name__ == "__main__":
    main()
