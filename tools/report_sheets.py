"""The second volume of the report: the 14 fields of every project, a page each where their texts allow."""

from __future__ import annotations

from docx.document import Document

from plan_tracker.forms.definition.versions import CURRENT
from tools.report_front import contents, cover
from tools.report_styles import define_styles
from tools.thai_docx import Writer, field, new_document, number_pages, style

# Column widths in cm, the row's label first, and which columns are numbers
_TABLES: dict[str, tuple[list[float], list[int]]] = {
    "f5.outputs": ([0.8, 10.6, 2.8, 2.8], [2]),
    "f7.indicators": ([0.8, 6.6, 2.0, 2.6, 2.5, 2.5], [4, 5]),
    "f8.activities": ([0.8, 10.2, 3.0, 3.0], []),
    "f13.problems": ([0.8, 4.7, 4.3, 4.7, 2.5], []),
}
_AMOUNTS = range(6)  # of field (9): granted, after transfers, committed, disbursed, remaining, per cent
_KINDS = range(3)


def build_sheets() -> Document:
    """The template ``report-sheets.docx``."""
    document = new_document()
    writer = Writer(document)
    define_styles(writer)
    style(document, "Heading 1", 15, True, "<w:keepNext/><w:keepLines/><w:outlineLvl w:val='0'/>")
    cover(writer, "เล่มที่ ๒ ผลการดำเนินงานรายโครงการ (14 ข้อ)")
    _turn(writer)
    contents(writer, "สารบัญ", ' TOC \\o "1-1" \\h \\z \\u ', "(คลิกที่สารบัญแล้วกด F9 เพื่อแสดงเลขหน้า)")
    writer.text(f"{CURRENT.form1.title} ตาม{{{{ plan.name }}}}", "Note")
    writer.tag("if not sheets")
    writer.text("แผนนี้ไม่มีโครงการในทะเบียน")
    writer.tag("endif", "for sheet in sheets")
    writer.heading("{{ sheet.title }}", numbering=0, new_page=True)
    _sheet(writer)
    writer.tag("endfor")
    return document


def _turn(w: Writer) -> None:
    section = w.section(narrow=True)
    number_pages(section, "thaiNumbers", anew=True)
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    header.text = "{{ plan.owner }} {{ period.title }} เล่มที่ ๒\tข้อมูล ณ วันที่ {{ data_date }}"
    header.style = "Header Narrow"
    for run in field(" PAGE ", "๑"):
        footer._p.append(run)


def _sheet(w: Writer) -> None:
    w.tag("if not sheet.reported")
    w.text("**{{ sheet.untold }}** ข้อมูลที่แสดงเป็นข้อมูลตามทะเบียนแผน", "Sheet Line")
    w.tag("endif", "if sheet.waived_because")
    w.text("**รับรายงานโดยผ่อนผัน** เนื่องจาก{{ sheet.waived_because }}", "Sheet Line")
    w.tag("endif", "for s in sheet.sections")
    said = (
        "**{{ s.heading }}**{% for b in s.blocks %}{% if b.kind == 'line' %}"
        "{% if loop.first %} {% else %} · {% endif %}**{{ b.label }}**{{ b.text }}{% endif %}{% endfor %}"
    )
    w.tag("if s.blocks|rejectattr('kind', 'eq', 'line')|list")
    w.text(said, "Sheet Lead")  # on one page with the table that follows
    w.tag("else")
    w.text(said, "Sheet Line")
    w.tag("endif", "for b in s.blocks", "if b.kind == 'f9.money'")
    _money(w)
    w.tag("elif b.kind == 'f8.planned'")
    w.text(
        "**{{ b.caption }}:** " + " · ".join(f"{{{{ b.heads[{i}] }}}} {{{{ b.rows[0][{i + 1}] }}}}" for i in range(4)),
        "Sheet Line",
    )
    for key, (widths, numeric) in _TABLES.items():
        w.tag(f"elif b.kind == '{key}'", "if b.caption")
        w.text("{{ b.caption }}", "Sheet Caption")
        w.tag("endif")
        first, columns = "ที่" if widths[0] < 1 else "รายการ", range(len(widths) - 1)
        w.table(
            [first, *(f"{{{{ b.heads[{i}] }}}}" for i in columns)],
            widths,
            ["for r in b.rows", [f"{{{{ r[{i}] }}}}" for i in range(len(widths))], "endfor"],
            numeric=numeric,
            kind="Sheet",
        )
    w.tag("endif", "endfor", "endfor")


def _money(w: Writer) -> None:
    """A row per kind of expenditure: a page this wide has room for its amounts."""
    w.table(
        ["รายการ", *(f"{{{{ b.rows[{amount}][0] }}}}" for amount in _AMOUNTS)],
        [2.6, 2.5, 2.5, 2.5, 2.5, 2.5, 1.9],
        [
            [f"{{{{ b.heads[{kind}] }}}}", *(f"{{{{ b.rows[{amount}][{kind + 1}] }}}}" for amount in _AMOUNTS)]
            for kind in _KINDS
        ],
        numeric=range(1, 7),
        kind="Sheet",
    )
