"""Writes ``templates/docx/L*-memo.docx`` and ``L*-external.docx``: the letters' parts, prose and look (domain §6).

The files are what officers edit in Word; run this only to start them anew. Their words are in ``letter_words`` and
``letter_memos``; tags are named in ``plan_tracker.documents.letters``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from plan_tracker.documents.letters.catchword import FOOT
from plan_tracker.documents.letters.kinds import EXTERNAL, KINDS, MEMO
from plan_tracker.documents.letters.numbering import DATE_BLANK, DATE_LINE, NUMBER_BLANK, NUMBER_LINE
from tools.letter_attachments import define_table_styles, write_attachment
from tools.letter_memos import UPWARDS
from tools.letter_words import CONTACT, TO_UNITS, Letter
from tools.thai_docx import (
    TEXT_WIDTH,
    Writer,
    counted,
    field,
    new_document,
    number_pages,
    save_document,
    style,
    style_id,
    xml,
)

FOLDER = Path(__file__).parents[1] / "templates" / "docx"
_TWIPS = 567  # per cm
_MEMO_EMBLEM, _EXTERNAL_EMBLEM = 1.5, 3.0  # cm high
_SPACE = "<w:spacing w:before='120'/>"  # 6 points
_INDENT, _HANGING = round(2.5 * _TWIPS), round(0.8 * _TWIPS)
_LABEL = "<w:b/><w:bCs/><w:sz w:val='40'/><w:szCs w:val='40'/>"  # 20 points, bold
_DOTTED = "<w:u w:val='dotted'/>"
_RIGHT, _NUMBER_ENDS = round(TEXT_WIDTH * _TWIPS), round(7.6 * _TWIPS)
_HALF = round(7.5 * _TWIPS)  # where the signature's half of the page begins
_NUMBER = round(5.2 * _TWIPS)  # where the dotted line for a number ends
_CONTACT = (
    "{% if office.phone %}โทร.\u00a0{{ office.phone }}{% if office.contact %} ({{ office.contact }}){% endif %}"
    "{% else %}ผู้ประสานงาน {{ office.contact }}{% endif %}"
)
_BLANKS = {"{{ number }}": NUMBER_BLANK, "{{ date }}": DATE_BLANK}
_LOOKS = {"=": "List Head", "-": "List Entry", ":": "List Lead"}


def main(folder: Path = FOLDER) -> None:
    build = {MEMO: _build_memo, EXTERNAL: _build_external}
    words = {letter.kind: letter for letter in (*TO_UNITS, *UPWARDS)}
    for kind in KINDS.values():
        for form in kind.forms:
            save_document(build[form](words[kind.code]), folder / kind.template(form), f"{kind.code} {form}")


def _build_memo(letter: Letter) -> Document:
    w = _start(_MEMO_EMBLEM)
    (subject,) = letter.words([letter.subject], memo=True)
    title = (_tag("if urgency"), ("Letter Urgency", "{{ urgency }}"), _tag("endif"), ("Normal", ""))
    w.add(_table(w, ((3.3, [("Emblem", "")]), (9.4, [("Memo Title", "บันทึกข้อความ")]), (3.3, title))))
    sender = "{{ office.name }} {{ owner }}{% if office.phone %} โทร.\u00a0{{ office.phone }}{% endif %}"
    w.add(_memo_line(w, "Memo Sender", [("ส่วนราชการ", sender, "")]))
    w.add(_memo_line(w, "Memo Halves", [("ที่", "{{ number }}", NUMBER_LINE), ("วันที่", "{{ date }}", DATE_LINE)]))
    w.add(_memo_line(w, "Memo Subject", [("เรื่อง", subject, "")]))
    _write_line(w, "เรียน\t{{ to.addressee }}", "Letter Part")
    _write_body(w, letter, memo=True)
    _write_signature(w, "Memo Name", "Letter Signature")
    _write_if(w, "copies", "สำเนาส่ง\t{{ copies }}", "Letter Copies")
    write_attachment(w, letter.kind, letter.page(memo=True))
    return w.document


def _build_external(letter: Letter) -> Document:
    w = _start(_EXTERNAL_EMBLEM)
    (subject,) = letter.words([letter.subject], memo=False)
    number = (
        _tag("if urgency"), ("Letter Urgency", "{{ urgency }}"), ("Letter Number", "ที่\t{{ number }}"),
        _tag("else"), ("Letter Foot", "ที่\t{{ number }}"), _tag("endif"), ("Letter Void", ""),
    )  # fmt: skip
    address = (_tag("if office.address"), ("Normal", "{{ office.address }}"), _tag("endif"))
    sender = (("Letter Sender", "{{ office.letterhead }}"), *address, ("Letter Void", ""))
    w.add(_table(w, ((6.0, number), (3.0, [("Emblem", "")]), (7.0, sender))))  # the emblem amid the page
    _write_line(w, "{{ date }}", "Letter Date")
    _write_line(w, f"เรื่อง\t{subject}", "Letter Part")
    _write_line(w, "เรียน\t{{ to.addressee }}", "Letter Part")
    _write_if(w, "reference", "อ้างถึง\t{{ reference }}", "Letter Reference")
    _write_enclosures(w, letter)
    _write_body(w, letter, memo=False)
    _write_line(w, "ขอแสดงความนับถือ", "Letter Closing")
    _write_signature(w, "Letter Name", "Letter Position")
    _write_line(w, "{{ owner }}", "Letter Owner")
    _write_if(w, "contact", _CONTACT, "Letter Contact")
    _write_line(w, "ไปรษณีย์อิเล็กทรอนิกส์ {{ office.email }}", "Normal")
    _write_if(w, "copies", "สำเนาส่ง\t{{ copies }}", "Letter Copies")
    write_attachment(w, letter.kind, letter.page(memo=False))
    return w.document


def _tag(code: str) -> tuple[str, str]:
    return "Normal", f"{{%p {code} %}}"


def _write_enclosures(w: Writer, letter: Letter) -> None:
    label, look = "สิ่งที่ส่งมาด้วย", "Letter Enclosures"
    for text in letter.words(letter.enclosed, memo=False):
        if text.startswith("%p "):
            w.tag(text[3:])
        else:
            _write_line(w, f"{label}\t{text} จำนวน 1 ชุด", look)
            label, look = "", "Letter Enclosure"


def _start(emblem: float) -> Writer:
    """A document with the letters' styles. ``emblem``: cm high."""
    document = new_document()
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Cm(1.5)  # the emblem stands so far from the edge
    _number_further_pages(document)
    _define_styles(document, emblem)
    return Writer(document)


def _number_further_pages(document: Document) -> None:
    """``- ๒ -`` above every page but the first."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    number_pages(section, "thaiNumbers")
    line = section.header.paragraphs[0]
    line.style = document.styles["Header"]
    for run in (
        xml("<w:r><w:t xml:space='preserve'>- </w:t></w:r>"),
        *field(" PAGE ", "2"),
        xml("<w:r><w:t xml:space='preserve'> -</w:t></w:r>"),
    ):
        line._p.append(run)


def _define_styles(document: Document, emblem: float) -> None:
    style(document, "Normal")
    style(document, "Header", paragraph="<w:spacing w:after='120'/><w:jc w:val='center'/>")
    prose = f"{_SPACE}<w:ind w:firstLine='{_INDENT}'/><w:jc w:val='thaiDistribute'/>"
    style(document, "Body Text", paragraph=prose)
    style(document, FOOT, paragraph="<w:jc w:val='right'/>")
    for name in ("Letter End", "List Lead"):
        style(document, name, paragraph=f"<w:keepNext/>{prose}")
    entry = _INDENT + _HANGING
    hanging = f"<w:ind w:left='{entry}' w:hanging='{_HANGING}'/><w:jc w:val='thaiDistribute'/>"
    style(document, "List Head", 16, True, f"<w:keepNext/>{_SPACE}<w:ind w:left='{_INDENT}'/>")
    style(document, "List Entry", paragraph=f"{_tabs(('left', entry))}{hanging}")
    style(document, "End Entry", paragraph=f"<w:keepNext/>{_tabs(('left', entry))}{hanging}")
    for name in (NUMBER_BLANK, DATE_BLANK):
        _define_mark(document, name)
    for name in (NUMBER_LINE, DATE_LINE):
        _define_mark(document, name, _DOTTED)
    _define_heading(document, emblem)
    _define_foot(document)
    define_table_styles(document)


def _define_mark(document: Document, name: str, look: str = "") -> None:
    """A character style by which a blank is found again when the letter is numbered."""
    made = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    made.element.append(xml(f"<w:rPr>{look}</w:rPr>"))


def _define_heading(document: Document, emblem: float) -> None:
    for name, width in (("Part", 1.3), ("Reference", 1.6), ("Enclosures", 3.0), ("Enclosure", 3.0)):
        space = "" if name == "Enclosure" else _SPACE
        style(document, f"Letter {name}", paragraph=_labelled(width, space))
    foot = f"<w:spacing w:before='{round(2.3 * _TWIPS)}'/>"  # level with the emblem's feet
    leader = f"<w:tabs><w:tab w:val='left' w:pos='340'/><w:tab w:val='left' w:leader='dot' w:pos='{_NUMBER}'/></w:tabs>"
    style(document, "Letter Foot", paragraph=f"{leader}{foot}")
    style(document, "Letter Sender", paragraph=foot)
    style(document, "Letter Number", paragraph=f"{leader}<w:spacing w:before='380'/>")
    style(document, "Letter Void", 1, paragraph="<w:spacing w:line='20' w:lineRule='exact'/>")
    day = f"<w:tabs><w:tab w:val='left' w:leader='dot' w:pos='{_HALF + 2600}'/></w:tabs>"
    style(document, "Letter Date", paragraph=f"{day}{_SPACE}<w:ind w:left='{_HALF}'/>")
    style(document, "Letter Urgency", 32, True, "<w:spacing w:line='851' w:lineRule='exact'/>")
    colour = document.styles["Letter Urgency"].element.find(f".//{qn('w:color')}")
    colour.set(qn("w:val"), "C00000")
    style(
        document,
        "Memo Title",
        29,
        True,
        "<w:spacing w:before='100' w:line='700' w:lineRule='exact'/><w:jc w:val='center'/>",
    )
    end = ("right", _RIGHT)
    for name, width in (("Sender", 2.7), ("Subject", 1.5)):
        at = round(width * _TWIPS)
        style(document, f"Memo {name}", paragraph=f"{_tabs(('left', at), end)}<w:ind w:left='{at}' w:hanging='{at}'/>")
    style(document, "Memo Halves", paragraph=_tabs(("left", _NUMBER_ENDS), end))
    side = "left" if emblem == _MEMO_EMBLEM else "center"
    height = f"<w:spacing w:line='{round(emblem * _TWIPS)}' w:lineRule='exact'/>"
    style(document, "Emblem", paragraph=f"{height}<w:jc w:val='{side}'/>")


def _define_foot(document: Document) -> None:
    """The signature, which never parts from its name, and what stands below it."""
    at_half = f"<w:ind w:left='{_HALF}'/><w:jc w:val='center'/>"
    sign = "<w:spacing w:before='720'/>"  # room for the hand
    style(document, "Letter Closing", paragraph=f"<w:keepNext/><w:spacing w:before='240'/>{at_half}")
    style(document, "Letter Name", paragraph=f"<w:keepNext/><w:keepLines/>{sign}{at_half}")
    style(document, "Memo Name", paragraph=f"<w:keepNext/><w:keepLines/>{sign}{at_half}")
    style(document, "Letter Signature", paragraph=f"<w:keepLines/>{at_half}")
    style(document, "Letter Position", paragraph=f"<w:keepNext/><w:keepLines/>{at_half}")
    style(document, "Letter Owner", paragraph=f"<w:keepNext/>{_SPACE}")
    style(document, "Letter Contact", paragraph="<w:keepNext/>")
    style(document, "Letter Copies", paragraph=_labelled(1.8, ""))


def _tabs(*stops: tuple[str, int]) -> str:
    made = "".join(f"<w:tab w:val='{side}' w:pos='{place}'/>" for side, place in stops)
    return f"<w:tabs>{made}</w:tabs>"


def _labelled(width: float, space: str) -> str:
    """A label and, ``width`` cm from it, a text whose further lines begin below its first. ``space``: before it."""
    at = round(width * _TWIPS)
    return f"{_tabs(('left', at))}{space}<w:ind w:left='{at}' w:hanging='{at}'/>"


def _write_line(w: Writer, text: str, style_name: str = "Body Text") -> None:
    w.add(xml(_paragraph(w, style_name, _marked(w, text))))


def _write_if(w: Writer, name: str, text: str, style_name: str = "Letter Part") -> None:
    """A line that is there only where ``name`` says something."""
    w.tag(f"if {name}")
    _write_line(w, text, style_name)
    w.tag("endif")


def _write_body(w: Writer, letter: Letter, *, memo: bool) -> None:
    contact = CONTACT if memo and letter.contact else ()
    for text in (*letter.words(letter.body, memo=memo), *contact):
        if text.startswith("%p "):
            w.tag(text[3:])
        else:
            _write_line(w, text[1:] if text[0] in _LOOKS else text, _LOOKS.get(text[0], "Body Text"))
    first, *points = letter.words(letter.end, memo=memo)
    _write_line(w, first, "Letter End")  # never alone on the page before the signature
    for point in points:
        _write_line(w, point.replace(" ", "\t", 1), "End Entry")


def _write_signature(w: Writer, name: str, position: str) -> None:
    _write_line(w, "({{ signatory.name }})", name)
    _write_line(w, "{{ signatory.position }}", position)


def _memo_line(w: Writer, style_name: str, parts: Sequence[tuple[str, str, str]]) -> BaseOxmlElement:
    """Labels, each with what follows it on a dotted line up to the next tab stop, some in a character style."""
    gap = " " if len(parts) > 1 else "\t"
    made = "".join(
        _runs(label, _LABEL) + _runs(gap) + _runs(f"{text}\t", _in_style(w, mark) if mark else _DOTTED)
        for label, text, mark in parts
    )
    return xml(_paragraph(w, style_name, made))


def _paragraph(w: Writer, style_name: str, inside: str) -> str:
    return f"<w:p><w:pPr><w:pStyle w:val='{style_id(w.document, style_name)}'/></w:pPr>{inside}</w:p>"


def _runs(text: str, look: str = "") -> str:
    """``text`` as runs that look alike; tabs become Word's own."""
    made = "<w:tab/>".join(
        f"<w:t xml:space='preserve'>{escape(part)}</w:t>" if part else "" for part in counted(text).split("\t")
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{made}</w:r>" if text else ""


def _in_style(w: Writer, name: str) -> str:
    """A run's look: the character style ``name``, by which what stands there is found again."""
    return f"<w:rStyle w:val='{style_id(w.document, name)}'/>"


def _marked(w: Writer, text: str) -> str:
    """``text`` as runs, the blanks for number and date in it in their character styles."""
    parts = re.split("|".join(f"({re.escape(tag)})" for tag in _BLANKS), text)
    return "".join(_runs(part, _in_style(w, _BLANKS[part]) if part in _BLANKS else "") for part in parts if part)


def _table(w: Writer, cells: Sequence[tuple[float, Sequence[tuple[str, str]]]]) -> BaseOxmlElement:
    """One row without rules: each cell's width in cm, and its paragraphs with their styles."""
    grid = "".join(f"<w:gridCol w:w='{round(width * _TWIPS)}'/>" for width, _texts in cells)
    total = round(sum(width for width, _texts in cells) * _TWIPS)
    made = "".join(
        f"<w:tc><w:tcPr><w:tcW w:w='{round(width * _TWIPS)}' w:type='dxa'/></w:tcPr>"
        + "".join(_paragraph(w, style_name, _marked(w, text)) for style_name, text in texts)
        + "</w:tc>"
        for width, texts in cells
    )
    return xml(
        f"<w:tbl><w:tblPr><w:tblW w:w='{total}' w:type='dxa'/><w:tblLayout w:type='fixed'/>"
        "<w:tblCellMar><w:left w:w='0' w:type='dxa'/><w:right w:w='0' w:type='dxa'/></w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{made}</w:tr></w:tbl>"
    )


if __name__ == "__main__":
    main()
