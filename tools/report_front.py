"""What stands before the report's chapters: cover, preface, contents, summary; and the introduction."""

from __future__ import annotations

from plan_tracker.forms.definition.versions import CURRENT
from tools.report_chapters import turn
from tools.thai_docx import Writer, field


def cover(w: Writer, volume: str = "") -> None:
    w.document.element.body.remove_all("w:p")
    w.text("รายงานผลการดำเนินงาน", "Cover Title")
    w.text("ตาม{{ plan.title }}", "Title")
    if volume:
        w.text(volume, "Cover Text")
    w.text("{{ period.title }}", "Cover Text")
    w.text("(วันที่ {{ period.first_day }} ถึงวันที่ {{ period.last_day }})", "Cover Text")
    w.text("", "Cover Text")
    w.text("ข้อมูล ณ วันที่ {{ data_date }}", "Cover Text")
    w.text("{{ office.division }}", "Cover Office")
    w.text("{{ office.name }}", "Cover Text")


def front(w: Writer, *, year_end: bool) -> None:
    told = "แนวโน้ม ผลสำเร็จ และบทเรียนของปี" if year_end else "สิ่งที่จะดำเนินการในไตรมาสถัดไป"
    turn(w, "thaiLetters", anew=True)
    w.heading("คำนำ", numbering=0, new_page=True)
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
    w.tag("if imprint.program")
    w.text(
        "จัดทำด้วย {{ imprint.program }} จากข้อมูลที่มีค่า SHA-256 {{ imprint.data }} ตัวเลขที่เผยแพร่บนเว็บไซต์ตรวจสอบได้ด้วยกุญแจ"
        "สาธารณะของสำนักงาน ซึ่งมีลายนิ้วมือ {{ imprint.key }}",
        "Imprint",
    )
    w.tag("endif")
    contents(w, "สารบัญ", ' TOC \\o "1-2" \\h \\z \\u ', "(คลิกที่สารบัญแล้วกด F9 เพื่อแสดงเลขหน้า)", new_page=True)
    contents(w, "สารบัญตาราง", ' TOC \\h \\z \\c "ตาราง" ', new_page=True)
    w.tag("if charts")
    contents(w, "สารบัญแผนภูมิ", ' TOC \\h \\z \\c "แผนภูมิ" ')
    w.tag("endif")
    _summary(w)


def contents(w: Writer, title: str, code: str, hint: str = "", *, new_page: bool = False) -> None:
    """A field that lists headings or captions; it is filled when the report is made."""
    w.text(title, "Contents Title" if new_page else "List Title")
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
    w.heading("บทสรุปผู้บริหาร", numbering=0, new_page=True)
    said = "**{{ s.head }}** {{ s.text }}"
    w.tag("for s in summary", "if has_long_summary")
    w.text(said, "Long Summary")
    w.tag("elif loop.revindex == 2")
    w.text(said, "Summary Lead")  # a page holds the last two paragraphs at least
    w.tag("else")
    w.text(said, "Summary")
    w.tag("endif", "endfor")


def introduction(w: Writer) -> None:
    turn(w, anew=True)
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
