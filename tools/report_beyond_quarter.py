"""What goes beyond one quarter in the report templates: targets, changes, attention, and the year-end's own chapter."""

from __future__ import annotations

from plan_tracker.analysis.concerns.attention import FAR_APART
from tools.report_chapters import OF_TARGETS, chart
from tools.thai_docx import Across, Writer

_QUARTERS = (1, 2, 3, 4)


def targets(w: Writer) -> None:
    w.tag("if targets")
    w.caption("ตาราง", "table_number()", "การเบิกจ่ายเทียบกับเป้าหมาย")
    columns = ("kind", "projects", "budget", "disbursed", "target", "actual", "gap", "outcome")
    heads = ["ประเภท", "โครงการ", "งบประมาณ (ล้านบาท)", "เบิกจ่าย (ล้านบาท)", "เป้าหมาย (ร้อยละ)", "ผล (ร้อยละ)"]
    w.table(
        [*heads, "สูง/ต่ำกว่า (ร้อยละ)", "สรุป"],
        [2.1, 1.35, 2.35, 2.35, 1.75, 1.75, 1.85, 2.5],
        ["for t in targets", [f"{{{{ t.{column} }}}}" for column in columns], "endfor"],
        numeric=range(1, 7),
        kind="Dense",
        keep=True,
    )
    w.text(OF_TARGETS, "Note")
    w.tag("endif")


def changes(w: Writer) -> None:
    w.tag("if has_changes")
    w.heading("การเปลี่ยนแปลงจากไตรมาสก่อน", 2)
    w.text(
        "เมื่อเทียบกับ{{ changes.since }} เฉพาะโครงการที่ได้รับรายงานทั้งสองไตรมาส จำนวน {{ changes.compared }} โครงการ "
        "ความก้าวหน้าสะสมเฉลี่ย{{ changes.progress_points }} และร้อยละการเบิกจ่าย{{ changes.disbursed_points }}"
        "{% if changes.uncompared != '0' %} มีโครงการที่เทียบไม่ได้ {{ changes.uncompared }} โครงการ{% endif %}"
    )
    for name, title in (
        ("newly_completed", "โครงการที่แล้วเสร็จเพิ่มขึ้น"),
        ("newly_late", "โครงการที่ล่าช้าเพิ่มขึ้น"),
        ("no_longer_late", "โครงการที่พ้นจากความล่าช้า"),
    ):
        w.tag(f"if changes.{name}")
        w.text(f"**{title}** {{{{ changes.{name} }}}}")
        w.tag("endif")
    w.tag("endif")


def plan_changes(w: Writer, *, year_end: bool) -> None:
    when = "ในปีงบประมาณนี้" if year_end else "ในไตรมาสนี้"
    w.tag("if plan_changes")
    w.heading("การเปลี่ยนแปลงแผนของโครงการ", 2)
    w.caption("ตาราง", "table_number()", f"การเปลี่ยนแปลงแผนของโครงการ{when}เทียบกับแผนที่ได้รับอนุมัติ")
    columns = {"what": "รายการ", "before": "เดิม", "after": "ใหม่", "reason": "เหตุผลของหน่วยงาน", "approval": "การอนุมัติ"}
    heads = ["โครงการ", "หน่วยงาน", *(["ไตรมาส"] if year_end else []), *columns.values()]
    cells = ["{{ c.project }}", "{{ c.unit }}", *(["{{ c.quarter }}"] if year_end else [])]
    widths = [2.9, 1.4, 1.5, 2.5, 1.9, 1.9, 2.0, 1.9] if year_end else [3.2, 1.5, 2.7, 2.1, 2.1, 2.3, 2.1]
    w.table(
        heads,
        widths,
        ["for c in plan_changes", [*cells, *(f"{{{{ c.{name} }}}}" for name in columns)], "endfor"],
        kind="Dense",
    )
    w.text(
        "หมายเหตุ: แผนที่ได้รับอนุมัติหมายถึงแผนตามทะเบียนเมื่อออกแบบรายงานฉบับแรกของปีงบประมาณ "
        "และการปรับแผนที่ได้รับอนุมัติหลังจากนั้น ความก้าวหน้าในรายงานนี้เทียบกับแผนที่ได้รับอนุมัติ "
        "และแสดงแผนที่หน่วยงานแจ้งไว้ในวงเล็บเมื่อต่างกัน",
        "Note",
    )
    w.tag("endif")


def attention(w: Writer) -> None:
    columns = {
        "project": ("โครงการ", 4.6),
        "unit": ("หน่วยงาน", 1.9),
        "planned": ("แผน (ร้อยละ)", 1.35),
        "actual": ("ผล (ร้อยละ)", 1.35),
        "gap": ("ต่าง (จุด)", 1.35),
        "at_risk": ("เงินที่เสี่ยง (ล้านบาท)", 1.75),
        "reasons": ("เหตุที่ควรติดตาม", 2.8),
    }
    w.tag("if attention")
    w.heading("โครงการที่ควรติดตามเป็นพิเศษ", 2)
    w.caption("ตาราง", "table_number()", "โครงการที่ควรติดตามเป็นพิเศษ พร้อมเหตุผล")
    w.table(
        ["ที่", *(head for head, _width in columns.values())],
        [0.9, *(width for _head, width in columns.values())],
        ["for a in attention", ["{{ loop.index }}", *(f"{{{{ a.{name} }}}}" for name in columns)], "endfor"],
        numeric=range(3, 7),
        centred=[0],
        kind="Dense",
    )
    w.text(
        f"หมายเหตุ: ผลต่ำกว่าแผน และการเบิกจ่ายต่างจากความก้าวหน้า แสดงเมื่อเกิน {FAR_APART} จุดร้อยละ "
        "การเบิกจ่ายเทียบกับความก้าวหน้าเฉพาะโครงการที่เริ่มและสิ้นสุดในปีงบประมาณเดียวกัน",
        "Note",
    )
    w.tag("endif")


def quarters(w: Writer) -> None:
    """The plan's line and table, from the second quarter on."""
    w.tag("if quarters|length > 1")
    w.heading("แนวโน้มรายไตรมาส", 2)
    w.tag("if has_trend_chart")
    chart(w, "trend", "ความก้าวหน้าและการเบิกจ่ายสะสมเมื่อสิ้นแต่ละไตรมาส (ร้อยละ)")
    w.tag("endif")
    w.caption("ตาราง", "table_number()", "ผลการดำเนินงานของแผนรายไตรมาส")
    columns = (
        *("name", "received", "reported", "completed", "late", "planned", "actual", "same_actual"),
        *("disbursed", "percent", "same_percent", "met"),
    )
    w.table(
        [
            "ไตรมาส",
            "หน่วยงาน",
            "โครงการ",
            "แล้วเสร็จ",
            "ล่าช้า",
            "แผน (ร้อยละ)",
            "ผล (ร้อยละ)",
            "ผล\nชุดเดียวกัน",
            "เบิกจ่าย (ล้านบาท)",
            "เบิกจ่าย (ร้อยละ)",
            "เบิกจ่าย\nชุดเดียวกัน",
            "ตัวชี้วัดบรรลุ",
        ],
        [1.3, 1.25, 1.3, 0.95, 0.95, 1.3, 1.3, 1.65, 1.85, 1.3, 1.65, 1.2],
        ["for q in quarters", [f"{{{{ q.{column} }}}}" for column in columns], "endfor"],
        numeric=range(1, 12),
        kind="Dense",
        keep=True,
    )
    w.text(
        "{% if same_projects != '0' %}ชุดเดียวกัน หมายถึง {{ same_projects }} โครงการที่ได้รับรายงานครบทุกไตรมาสที่แสดง (ร้อยละ) "
        "ซึ่งเทียบกันระหว่างไตรมาสได้ ส่วนผลรวมของทุกโครงการที่ได้รับรายงานเปลี่ยนไปตามจำนวนโครงการด้วย{% else %}"
        "ไม่มีโครงการใดที่ได้รับรายงานครบทุกไตรมาสที่แสดง จึงไม่มีผลของโครงการชุดเดียวกัน{% endif %}",
        "Note",
    )
    w.text(
        "หมายเหตุ: หน่วยงานและโครงการแสดงจำนวนที่ได้รับรายงานต่อจำนวนทั้งหมด “–” หมายถึง ไม่มีรายงานให้แสดง "
        "ผลของแต่ละไตรมาสเป็นไปตามรายงานล่าสุดที่ได้รับสำหรับไตรมาสนั้น จึงอาจต่างจากรายงานฉบับก่อน",
        "Note",
    )
    w.tag("endif")


def year(w: Writer) -> None:
    """The year-end's chapter: trends of units, projects and KPIs, what was achieved, and lessons."""
    w.heading("แนวโน้มสี่ไตรมาส ผลสำเร็จ และบทเรียน")
    _trends(w, "units", "หน่วยงาน", "{{ t.name }}")
    _trends(w, "projects", "โครงการ", "{{ t.label }}")
    _kpi_trends(w)
    _achieved(w)


def _trends(w: Writer, name: str, of: str, cell: str) -> None:
    w.heading(f"แนวโน้มราย{of}", 2)
    w.caption("ตาราง", "table_number()", f"ความก้าวหน้าและการเบิกจ่ายสะสมราย{of} (ร้อยละ)")
    w.table(
        [of, *(f"ผล\nไตรมาส {q}" for q in _QUARTERS), *(f"เบิกจ่าย\nไตรมาส {q}" for q in _QUARTERS)],
        [6.0, *[1.25] * 8],
        [
            f"for t in trends.{name}",
            [cell, *(f"{{{{ t.{kind}_q{q} }}}}" for kind in ("actual", "percent") for q in _QUARTERS)],
            "endfor",
        ],
        numeric=range(1, 9),
        kind="Close",
    )


def _kpi_trends(w: Writer) -> None:
    w.tag("if trends.kpis")
    w.heading("แนวโน้มรายตัวชี้วัด", 2)
    w.caption("ตาราง", "table_number()", "ผลตามตัวชี้วัดรายไตรมาส")
    w.table(
        ["ตัวชี้วัด", "เป้าหมายทั้งปี", *(f"ไตรมาส {q}" for q in _QUARTERS), "สรุป"],
        [4.0, 2.0, 1.95, 1.95, 1.95, 1.95, 2.2],
        [
            "for t in trends.kpis",
            ["{{ t.name }}\n{{ t.unit }}, {{ t.measure }}", "{{ t.target }}"]
            + [f"{{{{ t.q{q} }}}}" for q in _QUARTERS]
            + ["{{ t.outcome }}{{ t.waived }}"],
            "endfor",
        ],
        centred=range(1, 6),
        kind="Close",
    )
    w.tag("endif")


def _achieved(w: Writer) -> None:
    w.heading("ผลสำเร็จของปี", 2)
    w.tag("if achieved")
    w.caption("ตาราง", "table_number()", "โครงการที่แล้วเสร็จ: ผลเทียบกับที่ตั้งไว้ และประโยชน์ต่อประชาชน")
    w.table(
        ["เป้าหมาย/ผลผลิต", "ตัวชี้วัด: ผลและเป้าหมาย", "ประโยชน์ที่ได้รับ/ผลลัพธ์"],
        [4.2, 6.0, 5.8],
        [
            "for a in achieved",
            Across("**{{ a.project }}** {{ a.unit }}, {{ a.area }}", "Close Text", keep=True),
            ["{{ a.outputs }}", "{{ a.indicators }}", "{{ a.benefits }}"],
            "endfor",
        ],
        kind="Close",
    )
    w.text("หมายเหตุ: จากแบบรายงานข้อ (5) ข้อ (7) และข้อ (12) ที่หน่วยงานรายงาน ท้ายชื่อโครงการคือหน่วยงานและพื้นที่", "Note")
    w.tag("else")
    w.text("ยังไม่มีโครงการที่รายงานว่าแล้วเสร็จในปีนี้")
    w.tag("endif", "if areas")
    w.caption("ตาราง", "table_number()", "โครงการและผลสำเร็จรายพื้นที่")
    w.table(
        ["พื้นที่", "โครงการ", "แล้วเสร็จ", "โครงการที่แล้วเสร็จ"],
        [3.4, 1.6, 1.6, 9.4],
        ["for a in areas", ["{{ a.name }}", "{{ a.projects }}", "{{ a.completed }}", "{{ a.names }}"], "endfor"],
        numeric=[1, 2],
        kind="Close",
    )
    w.text(
        "หมายเหตุ: บรรทัดที่มีหลายพื้นที่แสดงจำนวนโครงการของแต่ละพื้นที่ "
        "โครงการที่ดำเนินการหลายจังหวัดนับในทุกจังหวัด จึงรวมกันเป็นจำนวนโครงการทั้งหมดไม่ได้",
        "Note",
    )
    w.tag("endif", "if idle")
    w.heading("เงินเหลือของโครงการที่แล้วเสร็จ", 2)
    w.text("โครงการที่แล้วเสร็จและยังมีเงินที่ไม่ได้เบิกจ่ายและไม่ได้ก่อหนี้ผูกพัน {{ idle_total }}")
    w.caption("ตาราง", "table_number()", "เงินเหลือของโครงการที่แล้วเสร็จ (ล้านบาท)")
    columns = ("number", "label", "unit", "budget", "disbursed", "committed", "idle")
    w.table(
        ["ที่", "โครงการ", "หน่วยงาน", "งบประมาณ", "เบิกจ่าย", "ก่อหนี้ผูกพัน", "เหลือ"],
        [0.8, 5.8, 1.9, 1.9, 1.9, 1.85, 1.85],
        [
            "for m in idle",
            "if m.number",
            [f"{{{{ m.{name} }}}}" for name in columns],
            "else",
            [f"**{{{{ m.{name} }}}}**" for name in columns],
            "endif",
            "endfor",
        ],
        numeric=range(3, 7),
        centred=[0],
        kind="Close",
    )
    w.tag("endif")
    w.heading("บทเรียนที่ได้รับ", 2)
    w.tag("if lessons")
    w.caption("ตาราง", "table_number()", "บทเรียนที่ได้รับ")
    w.table(
        ["หน่วยงาน/โครงการ", "ที่มา", "สิ่งที่พบ", "ข้อเสนอแนะ/แนวทาง"],
        [3.8, 1.9, 5.4, 4.9],
        [
            "for x in lessons",
            ["**{{ x.unit }}** {{ x.project }}", "{{ x.kind }}", "{{ x.text }}", "{{ x.recommendation }}"],
            "endfor",
        ],
        kind="Close",
    )
    w.tag("else")
    w.text("ไม่มีบทเรียนจากรายงานของหน่วยงานในปีนี้")
    w.tag("endif")
