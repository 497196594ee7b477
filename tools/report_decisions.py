"""What a decision is made from: what is asked, how far the figures can be relied on, and the plan at a glance."""

from __future__ import annotations

from tools.report_chapters import turn
from tools.thai_docx import Across, Styled, Writer


def decisions(w: Writer) -> None:
    """Right after the summary: what is asked of the reader, and what became of what was asked before."""
    w.heading("สิ่งที่ขอให้พิจารณาและการติดตาม", numbering=0, new_page=True)
    w.tag("if decisions")
    w.caption("ตาราง", "table_number()", "สิ่งที่ขอให้พิจารณา ผู้รับผิดชอบ และกำหนดเวลา")
    w.table(
        ["ที่", "ข้อเสนอ", "ผู้รับผิดชอบ", "ภายในวันที่"],
        [0.9, 8.6, 4.4, 2.1],
        ["for d in decisions", ["{{ loop.index }}", "{{ d.text }}", "{{ d.owner }}", "{{ d.due }}"], "endfor"],
        centred=[0],
        kind="Dense",
    )
    w.tag("else")
    w.text("ผลการดำเนินงานในรอบนี้ไม่มีเรื่องที่ต้องขอให้พิจารณา")
    w.tag("endif", "if follow_ups")
    w.caption("ตาราง", "table_number()", "ผลการติดตามข้อเสนอของไตรมาสก่อน")
    w.table(
        ["เรื่องที่เสนอไว้", "จำนวน", "แก้ไขแล้ว", "คงค้าง", "ไม่ทราบผล"],
        [8.0, 2.0, 2.0, 2.0, 2.0],
        [
            "for f in follow_ups",
            ["{{ f.text }}", "{{ f.number }}", "{{ f.settled }}", "{{ f.open }}", "{{ f.unknown }}"],
            "endfor",
        ],
        numeric=range(1, 5),
        kind="Dense",
    )
    w.tag("endif", "if orders")
    w.caption("ตาราง", "table_number()", "สถานะการดำเนินการตามข้อสั่งการของผู้บริหาร")
    w.table(
        ["ข้อสั่งการ", "สั่งเมื่อ", "หน่วยงาน", "กำหนดแล้วเสร็จ", "สถานะ"],
        [6.0, 1.9, 2.5, 2.0, 3.6],
        ["for o in orders", [f"{{{{ o.{name} }}}}" for name in ("text", "day", "units", "due", "state")], "endfor"],
        kind="Dense",
    )
    w.tag("endif")
    _trust(w)


def _trust(w: Writer) -> None:
    counts = {
        "หน่วยงานที่ต้องรายงาน": "{{ trust.units }}",
        "หน่วยงานที่ส่งรายงานซึ่งนำมาประมวลผลได้": "{{ trust.returned }}",
        "หน่วยงานที่ยังขาดรายงาน": "{{ trust.missing }}",
        "หน่วยงานที่ส่งครบถ้วนหลังวันที่กำหนด": "{{ trust.late }}",
        "หน่วยงานที่ส่งฉบับแก้ไขหรือเพิ่มเติม": "{{ trust.corrected }}",
        "โครงการและตัวชี้วัดที่รับไว้โดยผ่อนผัน": "{{ trust.waived }}",
        "โครงการที่แผนต่างจากแผนที่ได้รับอนุมัติ": "{{ trust.changed }}",
        "โครงการที่รายงานขัดแย้งกันเอง (แจ้งว่าล่าช้าแต่ผลไม่ต่ำกว่าแผน หรือแจ้งว่าไม่ล่าช้าแต่ผลต่ำกว่าแผน)": "{{ trust.doubtful }}",
        "ตัวชี้วัดที่ผลต่างจากค่าที่คำนวณได้จากรายงานโครงการ": "{{ trust.kpis_apart }}",
    }
    w.caption("ตาราง", "table_number()", "ความครบถ้วนและความน่าเชื่อถือของข้อมูลในรายงานฉบับนี้")
    cells = [cell for row in counts.items() for cell in row]
    half = (len(counts) + 1) // 2 * 2
    halves = (cells[:half], [*cells[half:], *[""] * (half * 2 - len(cells))])
    w.table(
        ["รายการ", "จำนวน"] * 2,
        [6.6, 1.4] * 2,
        [[*halves[0][at : at + 2], *halves[1][at : at + 2]] for at in range(0, half, 2)],
        numeric=[1, 3],
        kind="Dense",
        keep=True,
    )
    w.text("{% if coverage %}ข้อมูลที่ได้รับ{{ coverage }} {% endif %}{% if shared %}ทั้งนี้ {{ shared }}{% endif %}", "Note")


def glance(w: Writer) -> None:
    """Pages on their side with a line for each project, three at the most."""
    turn(w, "thaiLetters", landscape=True)
    w.heading("แผนในหนึ่งหน้า: โครงการเรียงตามเงินที่เสี่ยง", numbering=0, tight=True)
    w.tag("if glances")
    w.text(
        "เงินที่เสี่ยง = งบประมาณปีนี้ที่ยังไม่เบิกจ่าย × ส่วนของแผนที่ยังทำไม่ได้ (แผน − ผล) ÷ แผน "
        "โดยนับทั้งจำนวนเมื่อไม่ได้รับรายงาน ชะลอ/พัก หรือเลยวันสิ้นสุดโครงการ และนับส่วนที่เบิกจ่ายเกินงบประมาณ "
        "โครงการที่แล้วเสร็จหรือยกเลิกไม่มีเงินที่เสี่ยง เมื่อเท่ากันเรียงตามส่วนต่างจากแผน จำนวนวันที่เลยกำหนด และงบประมาณ",
        "Glance Note",
    )
    columns = {
        "number": ("ที่", 0.8),
        "project": ("โครงการ", 6.0),
        "unit": ("หน่วยงาน", 2.75),
        "stage": ("สถานะ", 2.85),
        "planned": ("แผน\nร้อยละ", 1.2),
        "actual": ("ผล\nร้อยละ", 1.2),
        "gap": ("ต่าง\nจุด", 1.25),
        "budget": ("งบ\nล้านบาท", 1.45),
        "disbursed": ("เบิกจ่าย\nล้านบาท", 1.4),
        "percent": ("เบิกจ่าย\nร้อยละ", 1.2),
        "days_late": ("ช้า\nวัน", 0.9),
        "change": ("ไตรมาส\nก่อน จุด", 1.25),
        "at_risk": ("เสี่ยง\nล้านบาท", 1.45),
        "ask": ("ที่ขอ", 3.0),
    }
    cells = [f"{{{{ g.{name} }}}}" for name in columns]
    w.table(
        [head for head, _width in columns.values()],
        [width for _head, width in columns.values()],
        [
            "for g in glances",
            "if has_close_glances",
            Styled(cells, "Glance Close"),
            "else",
            cells,
            "endif",
            "endfor",
            "if glances_rest",
            Across("{{ glances_rest }}", "Glance Text"),
            "endif",
        ],
        numeric=range(4, 13),
        kind="Glance",
    )
    w.tag("else")
    w.text("แผนนี้ไม่มีโครงการในทะเบียน")
    w.tag("endif")
