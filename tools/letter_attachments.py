"""The tables that letters bring on pages of their own: a unit's results (L4), and every KPI of the year (L8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.section import Section

from tools.letter_words import listed
from tools.thai_docx import Writer, number_pages, style

_KEEP = "<w:keepNext/><w:keepLines/>"
_NUMBERED = "{{ row.number }}"
_NAME = "{{ row.name }}"


def define_table_styles(document: Document) -> None:
    cell = "<w:spacing w:before='20' w:after='20'/>"
    for name, side in (("Text", "left"), ("Centre", "center"), ("Number", "right")):
        style(document, f"Table {name}", 14, paragraph=f"{cell}<w:jc w:val='{side}'/>")
    style(document, "Table Head", 14, True, f"{_KEEP}{cell}<w:jc w:val='center'/>")
    style(document, "Attachment Side", paragraph="<w:keepNext/><w:jc w:val='right'/>")
    style(document, "Attachment Title", 18, True, f"{_KEEP}<w:jc w:val='center'/>")
    style(document, "Attachment Centre", paragraph="<w:keepNext/><w:jc w:val='center'/>")
    style(document, "Attachment Next", 18, True, f"{_KEEP}<w:pageBreakBefore/><w:jc w:val='center'/>")
    at = "<w:tabs><w:tab w:val='left' w:pos='454'/></w:tabs><w:ind w:left='454' w:hanging='454'/>"
    style(document, "Attachment Entry", paragraph=f"{at}<w:jc w:val='thaiDistribute'/>")
    style(document, "Table Title", 16, True, f"{_KEEP}<w:spacing w:before='240' w:after='60'/>")


def write_attachment(w: Writer, kind: str, label: str) -> None:
    """What the letter of ``kind`` encloses as pages of their own, if anything, under ``label``."""
    if kind in _ATTACHED:
        _ATTACHED[kind](w, label)


def _begin(w: Writer, label: str) -> Section:
    """An enclosure: pages that count anew, as the letter's own do, under ``label``.

    The same in all as the letter's pages, since a letter without the enclosure is left with its section.
    """
    section = w.section()
    letter = w.document.sections[0]
    section.top_margin, section.bottom_margin = letter.top_margin, letter.bottom_margin
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = True
    for reference in letter._sectPr.findall(qn("w:headerReference")):
        section._sectPr.insert(0, deepcopy(reference))  # else it would have none where the letter's section is gone
    number_pages(section, "thaiNumbers")
    w.text(label, "Attachment Side")
    return section


def _write_request(w: Writer, label: str) -> None:
    _write_asked(w, label, "รายการที่ต้องรายงาน")


def _write_reminder(w: Writer, label: str) -> None:
    asked = "{% if sent_back %}รายการที่ต้องแก้ไขหรือยืนยัน{% else %}รายการที่ยังไม่ได้รับรายงาน{% endif %}"
    _write_asked(w, label, asked)


def _write_asked(w: Writer, label: str, title: str) -> None:
    """What is too long for the letter: the projects and KPIs that are asked for."""
    w.tag("if apart")
    _begin(w, label)
    w.text(title, "Attachment Title")
    w.text("{{ to.name }}\n{{ period.title }}", "Attachment Title")
    for many, head in (("projects", "แผนงาน/โครงการ"), ("kpis", "ตัวชี้วัด")):
        w.tag(f"if {many}")
        w.table(
            ("ที่", "รหัส", head),
            (1.2, 2.4, 12.4),
            (f"for row in {many}", (_NUMBERED, "{{ row.code }}", _NAME), "endfor"),
            centred=(0, 1),
        )
        w.text("", "Normal")
        w.tag("endif")
    w.tag("endif")


def _write_faults(w: Writer, label: str) -> None:
    """What is too long for the letter: where each project and KPI is to be mended or confirmed."""
    w.tag("if apart")
    _begin(w, label)
    w.text("บัญชีแก้ไขโดยสรุป", "Attachment Title")
    w.text("{{ to.name }}\n{{ period.title }}", "Attachment Title")
    w.table(
        ("ที่", "รหัส", "แผนงาน/โครงการ ตัวชี้วัด", "แก้ไข", "ยืนยัน"),
        (1.2, 2.2, 6.0, 3.5, 3.1),
        (
            "for row in faults",
            (_NUMBERED, "{{ row.code }}", _NAME, "{{ row.mend or '-' }}", "{{ row.confirm or '-' }}"),
            "endfor",
        ),
        centred=(0, 1),
    )
    w.text("", "Normal")
    w.tag("endif")


def _write_results(w: Writer, label: str) -> None:
    w.tag("if projects or kpis or recommendations")
    _begin(w, label)
    w.text("ผลการดำเนินงาน{% if recommendations %}และข้อเสนอแนะ{% endif %}ของ{{ to.name }}", "Attachment Title")
    w.text("ตาม{{ plan }}\n{{ period.title }} ({{ period.span }})", "Attachment Title")
    w.text("ข้อมูล ณ วันที่ {{ as_of }}", "Attachment Centre")
    w.tag("if projects")
    w.text("แผนงาน/โครงการ", "Table Title")
    w.table(
        ("ที่", "แผนงาน/โครงการ", "สถานะ", "แผน (ร้อยละ)", "ผล (ร้อยละ)", "เบิกจ่าย (ร้อยละ)"),
        (1.2, 5.8, 3.6, 1.8, 1.8, 1.8),
        (
            "for row in projects",
            (
                _NUMBERED,
                _NAME,
                "{{ row.status }}",
                "{{ row.planned }}",
                "{{ row.actual }}",
                "{{ row.disbursed }}",
            ),
            "endfor",
        ),
        numeric=(3, 4, 5),
        centred=(0,),
    )
    w.tag("endif", "if kpis")
    w.text("ตัวชี้วัด", "Table Title")
    w.table(
        ("ที่", "ตัวชี้วัด", "หน่วยวัด", "เป้าหมาย", "ผล", "ผลสำเร็จ (ร้อยละ)", "ผลการประเมิน"),
        (1.0, 4.2, 1.7, 2.1, 2.1, 1.8, 3.1),
        (
            "for row in kpis",
            (
                _NUMBERED, _NAME, "{{ row.measure }}", "{{ row.target }}", "{{ row.result }}", "{{ row.percent }}",
                "{{ row.outcome }}",
            ),
            "endfor",
        ),
        numeric=(5,),
        centred=(0, 3, 4),
    )  # fmt: skip
    w.tag("endif", "if recommendations")
    w.text("ข้อเสนอแนะ", "Table Title")
    for text in listed("recommendations", "point", "{{ point.text }}"):
        if text.startswith("%p "):
            w.tag(text[3:])
        else:
            w.text(text[1:], "Attachment Entry")
    w.tag("endif", "endif")


def _write_kpis(w: Writer, label: str) -> None:
    section = _begin(w, label)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    w.tag("for plan in plans")
    title = "ผลการดำเนินงานตามตัวชี้วัดของ{{ plan.name }}\n{{ period.title }}"
    w.tag("if loop.first")
    w.text(title, "Attachment Title")
    w.tag("else")
    w.text(title, "Attachment Next")
    w.tag("endif")
    w.table(
        ("ที่", "ตัวชี้วัด", "หน่วยงาน", "หน่วยวัด", "เป้าหมาย", "ผลการดำเนินงาน", "ผลสำเร็จ (ร้อยละ)", "ผลการประเมิน"),
        (1.3, 8.6, 2.6, 2.4, 2.4, 2.6, 2.0, 2.8),
        (
            "for row in plan.rows",
            (
                _NUMBERED, _NAME, "{{ row.unit }}", "{{ row.measure }}", "{{ row.target }}", "{{ row.result }}",
                "{{ row.percent }}", "{{ row.outcome }}",
            ),
            "endfor",
        ),
        numeric=(6,),
        centred=(0, 2, 4, 5),
    )  # fmt: skip
    w.tag("endfor")


_ATTACHED: Mapping[str, Callable[[Writer, str], None]] = {
    "L1": _write_request,
    "L2": _write_reminder,
    "L3": _write_faults,
    "L4": _write_results,
    "L8": _write_kpis,
}
