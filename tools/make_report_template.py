"""Writes ``templates/docx/report.docx`` and ``report-year-end.docx``: chapters, prose and tables (domain §7).

The files are what officers edit in Word; run this only to start them anew. Tags are named in
``plan_tracker.documents.report.context``.
"""

from __future__ import annotations

from pathlib import Path

from docx.document import Document

from plan_tracker.forms.definition.versions import CURRENT
from tools import report_beyond_quarter as beyond
from tools import report_chapters as chapters
from tools.thai_docx import TEXT_WIDTH, WIDE_WIDTH, Writer, field, new_document, number_headings, save_document, style

FOLDER = Path(__file__).parents[1] / "templates" / "docx"
_TAB, _WIDE_TAB = round(TEXT_WIDTH * 567), round(WIDE_WIDTH * 567)
_KEEP = "<w:keepNext/><w:keepLines/>"
_TABLE = "<w:spacing w:before='20' w:after='20'/>"


def main(folder: Path = FOLDER) -> None:
    for name, year_end in (("report.docx", False), ("report-year-end.docx", True)):
        save_document(_build(year_end=year_end), folder / name, "รายงานผลการดำเนินงาน")


def _build(*, year_end: bool) -> Document:
    document = new_document()
    _define_styles(Writer(document))
    writer = Writer(document)
    _cover(writer)
    _front(writer, year_end=year_end)
    _introduction(writer)
    chapters.overview(writer)
    chapters.money(writer)
    beyond.targets(writer)
    beyond.changes(writer)
    beyond.plan_changes(writer, year_end=year_end)
    beyond.quarters(writer)
    beyond.attention(writer)
    chapters.comparison(writer)
    chapters.kpis(writer, year_end=year_end)
    chapters.units(writer, year_end=year_end)
    chapters.problems(writer, year_end=year_end)
    chapters.next_quarter(writer, year_end=year_end)
    if year_end:
        beyond.year(writer)
        chapters.turn(writer)
    chapters.exceptions(writer, year_end=year_end)
    chapters.sheets(writer)
    return document


def _define_styles(writer: Writer) -> None:
    d = writer.document
    number_headings(
        d,
        (
            (("thaiNumbers", "บทที่ %1"), ("thaiNumbers", "%1.%2"), ("thaiNumbers", "%3)")),
            (("thaiLetters", "ภาคผนวก %1"),),
        ),
    )
    style(d, "Normal")
    style(
        d, "Body Text", paragraph="<w:spacing w:before='60'/><w:ind w:firstLine='850'/><w:jc w:val='thaiDistribute'/>"
    )
    style(d, "Lead", paragraph=_KEEP, based_on="Body Text")
    centre = "<w:jc w:val='center'/>"
    style(d, "Title", 26, True, f"<w:spacing w:before='120'/>{centre}")
    style(d, "Cover Title", 30, True, f"<w:spacing w:before='1600' w:after='120'/>{centre}")
    style(d, "Cover Office", 20, True, f"<w:spacing w:before='2200'/>{centre}")
    style(d, "Cover Text", 20, bold=True, paragraph="<w:spacing w:before='120'/><w:jc w:val='center'/>")
    style(
        d,
        "Heading 1",
        20,
        True,
        f"{_KEEP}<w:pageBreakBefore/>{_numbered(0)}<w:spacing w:after='200'/>{centre}<w:outlineLvl w:val='0'/>",
    )
    for level, size, space in ((2, 18, "w:before='160' w:after='40'"), (3, 16, "w:before='160'")):
        outline = f"<w:outlineLvl w:val='{level - 1}'/>"
        style(d, f"Heading {level}", size, True, f"{_KEEP}{_numbered(level - 1)}<w:spacing {space}/>{outline}")
    style(d, "Contents Title", 20, True, f"{_KEEP}<w:pageBreakBefore/><w:spacing w:after='200'/><w:jc w:val='center'/>")
    style(d, "List Title", 18, True, f"{_KEEP}<w:spacing w:before='300' w:after='100'/><w:jc w:val='center'/>")
    style(d, "Contents Edge", 1, paragraph="<w:keepNext/><w:spacing w:line='20' w:lineRule='exact'/>")
    style(d, "Caption", 15, paragraph=f"{_KEEP}<w:spacing w:before='160' w:after='60'/>")
    style(d, "Figure", paragraph="<w:keepLines/><w:spacing w:before='60'/><w:jc w:val='center'/>")
    style(d, "Noted Figure", paragraph="<w:keepNext/>", based_on="Figure")
    style(d, "Note", 14, paragraph="<w:spacing w:before='60' w:after='60'/>")
    style(d, "Closing", paragraph="<w:spacing w:before='60'/><w:jc w:val='right'/>")
    for kind, size in (("Table", 14), ("Dense", 13)):
        style(d, f"{kind} Text", size, paragraph=_TABLE)
        style(d, f"{kind} Number", size, paragraph=f"{_TABLE}<w:jc w:val='right'/>")
        style(d, f"{kind} Centre", size, paragraph=f"{_TABLE}<w:jc w:val='center'/>")
        style(d, f"{kind} Head", size, True, f"{_KEEP}{_TABLE}<w:jc w:val='center'/>")
    style(d, "Sheet Title", 16, True, f"<w:pageBreakBefore/>{_numbered(2, 0)}", based_on="Heading 3")
    style(
        d,
        "Sheet Heading",
        15,
        True,
        f"{_KEEP}<w:shd w:val='clear' w:color='auto' w:fill='E7E6E6'/><w:spacing w:before='80' w:after='20'/>",
    )
    style(d, "Sheet Caption", 14, True, f"{_KEEP}<w:spacing w:before='40' w:after='20'/>")
    style(d, "Sheet Line", 15, paragraph="<w:ind w:left='284'/>")
    style(d, "Result", 15, paragraph="<w:spacing w:before='20' w:after='40'/><w:ind w:left='284'/>")
    dots = f"<w:tabs><w:tab w:val='right' w:leader='dot' w:pos='{_TAB}'/></w:tabs>"
    style(d, "TOC 1", 16, True, f"{dots}<w:spacing w:before='80'/>")
    style(d, "table of figures", 16, paragraph=f"{dots}<w:ind w:left='1134' w:hanging='1134'/>")
    style(d, "Contents Hint", 12)
    style(d, "TOC 2", 16, paragraph=f"{dots}<w:ind w:left='567'/>")
    tab = f"<w:tabs><w:tab w:val='right' w:pos='{_TAB}'/></w:tabs>"
    style(
        d,
        "Header",
        13,
        paragraph=f"<w:pBdr><w:bottom w:val='single' w:sz='4' w:space='1' w:color='7F7F7F'/></w:pBdr>{tab}",
    )
    wide = f"<w:tabs><w:tab w:val='clear' w:pos='{_TAB}'/><w:tab w:val='right' w:pos='{_WIDE_TAB}'/></w:tabs>"
    style(d, "Header Wide", 13, paragraph=wide, based_on="Header")
    style(d, "Footer", 14, paragraph="<w:jc w:val='center'/>")


def _numbered(level: int, numbering: int = 1) -> str:
    """Of a style: which list numbers its paragraphs (0 for none), on which level."""
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{numbering}'/></w:numPr>"


def _cover(w: Writer) -> None:
    w.document.element.body.remove_all("w:p")
    w.text("รายงานผลการดำเนินงาน", "Cover Title")
    w.text("ตาม{{ plan.title }}", "Title")
    w.text("{{ period.title }}", "Cover Text")
    w.text("(วันที่ {{ period.first_day }} ถึงวันที่ {{ period.last_day }})", "Cover Text")
    w.text("", "Cover Text")
    w.text("ข้อมูล ณ วันที่ {{ data_date }}", "Cover Text")
    w.text("{{ office.division }}", "Cover Office")
    w.text("{{ office.name }}", "Cover Text")


def _front(w: Writer, *, year_end: bool) -> None:
    told = "แนวโน้ม ผลสำเร็จ และบทเรียนของปี" if year_end else "สิ่งที่จะดำเนินการในไตรมาสถัดไป"
    chapters.turn(w, "thaiLetters", anew=True)
    w.heading("คำนำ", numbering=0)
    w.text(
        "รายงานฉบับนี้จัดทำขึ้นเพื่อเสนอผลการดำเนินงานตาม{{ plan.name }} {{ period.title }} "
        "ซึ่งครอบคลุมการดำเนินงานตั้งแต่วันที่ {{ period.first_day }} ถึงวันที่ {{ period.last_day }} "
        "{% if has_returns %}โดยประมวลจากแบบรายงานที่หน่วยงานเจ้าของโครงการและตัวชี้วัดจัดส่ง และผ่านการตรวจสอบความครบถ้วนถูกต้องแล้ว"
        "{% if has_waived %} เว้นแต่รายงานที่รับไว้โดยผ่อนผันตามภาคผนวก ก{% endif %}"
        "{% else %}แต่ยังไม่มีแบบรายงานที่นำมาประมวลผลได้{% endif %} ข้อมูล ณ วันที่ {{ data_date }}"
    )
    w.text(
        "เนื้อหาของรายงานแสดงภาพรวมของแผน ผลตามตัวชี้วัด ผลการดำเนินงานและการใช้จ่ายงบประมาณของแต่ละหน่วยงานและโครงการ "
        f"ปัญหา อุปสรรค และข้อเสนอแนะ ตลอดจน{told} "
        "เพื่อให้ผู้บริหารใช้ประกอบการกำกับ เร่งรัด และตัดสินใจแก้ไขปัญหาได้อย่างเหมาะสมและทันเวลา"
    )
    w.tag("if has_returns")
    w.text(
        "{{ office.division }} ขอขอบคุณทุกหน่วยงานที่ให้ความร่วมมือรายงานผล "
        "และหวังว่ารายงานฉบับนี้จะเป็นประโยชน์ต่อการขับเคลื่อนแผนให้บรรลุเป้าหมายที่กำหนดไว้"
    )
    w.tag("endif")
    w.text("", "Closing")
    w.text("{{ office.division }}", "Closing")
    w.text("{{ office.name }}", "Closing")
    _contents(w, "สารบัญ", ' TOC \\o "1-2" \\h \\z \\u ', "(คลิกที่สารบัญแล้วกด F9 เพื่อแสดงเลขหน้า)")
    _contents(w, "สารบัญตาราง", ' TOC \\h \\z \\c "ตาราง" ')
    w.tag("if charts")
    _contents(w, "สารบัญแผนภูมิ", ' TOC \\h \\z \\c "แผนภูมิ" ')
    w.tag("endif")
    _summary(w)


def _contents(w: Writer, title: str, code: str, hint: str = "") -> None:
    """A field that lists headings or captions; it is filled when the report is made."""
    w.text(title, "Contents Title" if hint else "List Title")
    if hint:
        w.text(hint, "Contents Hint")
    first, last = w.paragraph("", "Contents Edge"), w.paragraph("", "Contents Edge")
    begin, instruction, separate, _shown, end = field(code, "")
    for run in (begin, instruction, separate):
        first.append(run)
    last.append(end)
    w.add(first, last)


def _summary(w: Writer) -> None:
    """Its paragraphs are written from the figures: ``plan_tracker.documents.report.summary``."""
    w.heading("บทสรุปผู้บริหาร", numbering=0)
    said = "**{{ s.head }}** {{ s.text }}"
    w.tag("for s in summary", "if loop.revindex == 2")
    w.text(said, "Lead")  # a page holds the last two paragraphs at least
    w.tag("else")
    w.text(said)
    w.tag("endif", "endfor")


def _introduction(w: Writer) -> None:
    chapters.turn(w, anew=True)
    w.heading("บทนำ")
    w.heading("แผนที่ติดตาม", 2)
    w.text(
        "{{ plan.name }} เป็นกรอบการดำเนินงานและการใช้จ่ายงบประมาณประจำปีของ{{ plan.owner }} "
        "ในปีงบประมาณ พ.ศ. {{ period.year }} {% if sheets or kpis %}ประกอบด้วย"
        "{% if sheets %}โครงการ {{ total.projects }} โครงการ{% if kpis %} และ{% endif %}{% endif %}"
        "{% if kpis %}ตัวชี้วัด {{ kpi.total }} ตัวชี้วัด{% endif %} ซึ่งมีหน่วยงานรับผิดชอบ {{ returns.total }} หน่วยงาน"
        "{% else %}ทะเบียนยังไม่มีโครงการและตัวชี้วัดของแผนนี้{% endif %}"
    )
    w.heading("วัตถุประสงค์ของการติดตาม", 2)
    w.text("1) เพื่อให้ทราบความก้าวหน้าของโครงการและผลตามตัวชี้วัดเมื่อเทียบกับแผนและค่าเป้าหมาย")
    w.text("2) เพื่อให้ทราบการใช้จ่ายงบประมาณของโครงการเมื่อเทียบกับงบประมาณที่ได้รับ")
    w.text("3) เพื่อรวบรวมปัญหา อุปสรรค และเสนอแนวทางแก้ไขให้การดำเนินงานบรรลุเป้าหมาย")
    w.heading("วิธีการติดตาม", 2)
    w.text(
        f"{{{{ office.division }}}} จัดส่ง{CURRENT.form1.title} ซึ่งมี 14 ข้อ และแบบรายงานผลการดำเนินงานตามตัวชี้วัด "
        "ให้หน่วยงานรายงานเป็นรายไตรมาส แล้วตรวจสอบความครบถ้วน ความถูกต้อง ความสอดคล้องกับทะเบียนแผน "
        "และความต่อเนื่องกับไตรมาสก่อน หากพบข้อบกพร่องจะส่งบัญชีแก้ไขให้หน่วยงานปรับปรุงก่อนนำมาประมวลผล"
    )
    w.text(
        "ร้อยละการเบิกจ่ายคิดจากยอดเบิกจ่ายสะสมต่องบประมาณหลังโอนเปลี่ยนแปลงในปีงบประมาณนี้ โดยคำนวณก่อนปัดเศษ "
        "เครื่องหมาย “–” หมายถึง ไม่มีค่าให้แสดงหรือไม่อาจคำนวณได้ ซึ่งไม่ใช่ศูนย์"
    )
    w.heading("ข้อมูลที่ใช้", 2)
    w.text(
        "{% if not sheets and not kpis %}ยังไม่มีข้อมูลที่ต้องรายงานตามแผนนี้{% else %}"
        "ข้อมูลในรายงานเป็นผลการดำเนินงานสะสมถึงวันที่ {{ period.last_day }} "
        "จากแบบรายงานที่นำมาประมวลผลได้ "
        "ณ วันที่ {{ data_date }} จำนวน {{ returns.received }} หน่วยงาน จากทั้งหมด {{ returns.total }} หน่วยงาน"
        "{% if exceptions %} รายชื่อหน่วยงานที่ขาดรายงาน ส่งล่าช้า หรือรับรายงานโดยผ่อนผันแสดงไว้ในภาคผนวก ก{% endif %}{% endif %}"
    )
    w.heading("กฎหมายและระเบียบที่เกี่ยวข้อง", 2)
    w.text(
        "1) พระราชกฤษฎีกาว่าด้วยหลักเกณฑ์และวิธีการบริหารกิจการบ้านเมืองที่ดี พ.ศ. 2546 และ (ฉบับที่ 2) พ.ศ. 2562 "
        "ซึ่งกำหนดให้ส่วนราชการจัดทำแผนปฏิบัติการและติดตามประเมินผลสัมฤทธิ์ของงานอย่างเป็นระบบ"
    )
    w.text(
        "2) ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการบริหารงานเชิงยุทธศาสตร์ พ.ศ. 2561 "
        "ซึ่งกำหนดขั้นตอนการติดตามและประเมินผลโครงการให้สอดคล้องกับยุทธศาสตร์ชาติ"
    )
    w.text("3) พระราชบัญญัติวินัยการเงินการคลังของรัฐ พ.ศ. 2561 ซึ่งเกี่ยวข้องกับการใช้จ่ายงบประมาณของโครงการให้คุ้มค่าและมีประสิทธิภาพ")


if __name__ == "__main__":
    main()
