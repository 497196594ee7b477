"""The fields that a report's template may name, and what they say in Thai: for the check and for docs/templates.md.

A test holds them to what ``report.build_context`` gives. ``[]`` marks a list: ``units[].name`` is ``u.name`` inside
``{% for u in units %}``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plan_tracker.fiscal import QUARTERS

Tree = Mapping[str, Any]  # a text for a field, a tree for a group

_MONEY: Tree = {
    "budget": "งบประมาณหลังโอนเปลี่ยนแปลง (ล้านบาท)",
    "committed": "ก่อหนี้ผูกพันที่ยังไม่ได้เบิกจ่าย (ล้านบาท)",
    "disbursed": "เบิกจ่ายสะสม (ล้านบาท)",
    "remaining": "งบประมาณคงเหลือ (ล้านบาท)",
    "percent": "ร้อยละการเบิกจ่าย",
    "used": "ร้อยละการเบิกจ่ายรวมก่อหนี้ผูกพัน",
}
_PERIOD: Tree = {
    "title": "ชื่อไตรมาสหรือสิ้นปี เช่น ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2569",
    "quarter": "เลขไตรมาส",
    "year": "ปีงบประมาณ พ.ศ.",
    "first_day": "วันแรกของช่วง",
    "last_day": "วันสุดท้ายของช่วง",
}
_SUMMARY: Tree = {
    "projects": "จำนวนโครงการ",
    "reported": "จำนวนโครงการที่ได้รับรายงาน",
    "missing": "จำนวนโครงการที่ยังไม่ได้รับรายงาน",
    "reported_percent": "ร้อยละของโครงการที่ได้รับรายงาน",
    "not_started": "จำนวนโครงการที่ยังไม่เริ่มดำเนินการ",
    "under_way": "จำนวนโครงการที่อยู่ระหว่างดำเนินการ",
    "suspended": "จำนวนโครงการที่ชะลอหรือพัก",
    "completed": "จำนวนโครงการที่แล้วเสร็จ",
    "cancelled": "จำนวนโครงการที่ยกเลิก",
    "ahead": "จำนวนโครงการที่เร็วกว่าแผน",
    "on_time": "จำนวนโครงการที่เป็นไปตามแผน",
    "late": "จำนวนโครงการที่ล่าช้ากว่าแผน",
    "compared": "จำนวนโครงการที่ระบุทั้งแผนและผล",
    "planned": "แผนสะสมเฉลี่ย (ร้อยละ)",
    "actual": "ผลสะสมเฉลี่ย (ร้อยละ)",
    "unstated_money": "จำนวนโครงการที่ไม่ได้ระบุผลการเบิกจ่าย",
    "money": _MONEY,
}
_WHOSE: Tree = {"unit": "หน่วยงาน (ชื่อย่อ)", "project": "โครงการ"}
_COMPARED: Tree = {
    "projects": "จำนวนโครงการที่นำมาเทียบ",
    "budget": "งบประมาณ (ล้านบาท)",
    "disbursed": "เบิกจ่าย (ล้านบาท)",
    "target": "เป้าหมาย (ร้อยละ)",
    "actual": "ผล (ร้อยละ)",
    "gap": "ผลต่าง (ร้อยละ)",
    "outcome": "สรุป",
}
_FOUR: Tree = {
    f"{name}_q{quarter}": f"{says} ไตรมาสที่ {quarter} (ร้อยละ)"
    for name, says in (("actual", "ผลสะสม"), ("percent", "เบิกจ่าย"))
    for quarter in QUARTERS
}
REPORT: Tree = {
    "plan": {"name": "ชื่อแผน", "owner": "เจ้าของแผน"},
    "plan_title": "คำเรียกแผนตาม config.toml",
    "office": {"name": "ชื่อส่วนราชการ", "ministry": "ชื่อกระทรวง", "division": "หน่วยงานเจ้าของเรื่อง"},
    "period": _PERIOD,
    "next_period": _PERIOD,
    "data_date": "ข้อมูล ณ วันที่",
    "returns": {
        "total": "จำนวนหน่วยงานทั้งหมด",
        "received": "จำนวนหน่วยงานที่ได้รับรายงาน",
        "missing": "จำนวนหน่วยงานที่ยังไม่ได้รับรายงาน",
        "missing_names": "ชื่อหน่วยงานที่ยังไม่ได้รับรายงาน",
        "waived": "จำนวนหน่วยงานที่รับรายงานโดยผ่อนผัน",
    },
    "summary[]": {"head": "คำนำย่อหน้าของบทสรุปผู้บริหาร", "text": "ย่อหน้าของบทสรุปผู้บริหาร เขียนจากตัวเลขของรายงาน"},
    "total": _SUMMARY,
    "stages[]": {
        "name": "ขั้นการดำเนินการ",
        "ahead": "เร็วกว่าแผน",
        "on_time": "เป็นไปตามแผน",
        "late": "ล่าช้ากว่าแผน",
        "other": "ไม่ได้ระบุ",
        "total": "รวม",
        "percent": "ร้อยละของโครงการทั้งหมด",
    },
    "money[]": {"kind": "ประเภทรายจ่าย", **_MONEY},
    "units[]": {
        "name": "ชื่อหน่วยงาน",
        "label": "ชื่อหน่วยงานและชื่อย่อ",
        "received": "เงื่อนไข: ได้รับรายงานแล้ว",
        "state": "สถานะการรายงาน",
        "reason": "เหตุที่ยังไม่ได้รับรายงาน",
        "waived_because": "เหตุผลที่ผ่อนผัน",
        "kpis": "จำนวนตัวชี้วัด",
        **_SUMMARY,
        "rows[]": {
            "number": "ลำดับ",
            "code": "รหัสโครงการ",
            "name": "ชื่อโครงการ",
            "reported": "เงื่อนไข: ได้รับรายงานแล้ว",
            "status": "ขั้นการดำเนินการและผลเทียบกับแผน",
            "planned": "แผนสะสม (ร้อยละ)",
            "actual": "ผลสะสม (ร้อยละ)",
            "money": _MONEY,
            "result": "ผลการดำเนินงานในไตรมาส",
        },
    },
    "kpis[]": {
        "number": "ลำดับ",
        "code": "รหัสตัวชี้วัด",
        "name": "ชื่อตัวชี้วัด",
        "unit": "หน่วยงาน (ชื่อย่อ)",
        "measure": "หน่วยวัด",
        "direction": "ทิศทางของตัวชี้วัด",
        "target": "เป้าหมายทั้งปี",
        "quarter_target": "เป้าหมายไตรมาสนี้",
        "result": "ผล",
        "percent": "ผลสำเร็จ (ร้อยละ)",
        "outcome": "สรุปผล",
        "reported": "เงื่อนไข: ได้รับรายงานแล้ว",
        "details": "รายละเอียดผลการดำเนินการ",
    },
    "kpi": {
        "total": "จำนวนตัวชี้วัดทั้งหมด",
        "met": "บรรลุเป้าหมาย",
        "not_met": "ยังไม่บรรลุเป้าหมาย",
        "not_due": "ยังไม่ถึงรอบวัด",
        "not_rated": "ไม่คำนวณผลสำเร็จ",
        "unstated": "ไม่ได้ระบุผล",
        "missing": "ยังไม่ได้รับรายงาน",
        "rows[]": {"name": "ผลการดำเนินงาน", "count": "จำนวนตัวชี้วัด"},
    },
    "problems[]": {
        "unit": "หน่วยงาน (ชื่อย่อ)",
        "project": "โครงการ",
        "problem": "ปัญหา/อุปสรรค",
        "cause": "สาเหตุ",
        "recommendation": "ข้อเสนอแนะ/แนวทางแก้ไข",
        "owner": "ผู้รับผิดชอบ",
        "standing": "สถานะ: ใหม่ ต่อเนื่อง เกิดซ้ำ แก้ไขแล้ว",
        "since": "ไตรมาสที่รายงานครั้งแรก",
    },
    "problem_summary": "ข้อความสรุปปัญหาและอุปสรรค เขียนจากตัวเลขของรายงาน",
    "standing": {
        "open": "จำนวนปัญหาที่ยังมีอยู่",
        "new": "ปัญหาใหม่",
        "continuing": "ปัญหาต่อเนื่อง",
        "recurring": "ปัญหาเกิดซ้ำ",
        "solved": "ปัญหาที่แก้ไขแล้ว",
        "unknown": "ไม่ทราบสถานะ",
    },
    "attention[]": {**_WHOSE, "reasons": "เหตุที่ควรติดตาม"},
    "targets[]": {"kind": "ประเภทรายจ่าย", **_COMPARED},
    "unit_targets[]": {"unit": "หน่วยงาน (ชื่อย่อ)", **_COMPARED},
    "targets_source": "ที่มาของเป้าหมายการเบิกจ่าย",
    "changes": {
        "since": "ไตรมาสก่อน",
        "compared": "จำนวนโครงการที่เทียบได้",
        "uncompared": "จำนวนโครงการที่เทียบไม่ได้",
        "progress_points": "ความก้าวหน้าเฉลี่ย เช่น เพิ่มขึ้น 3.20 จุดร้อยละ",
        "disbursed_points": "ร้อยละการเบิกจ่าย เช่น ลดลง 1.50 จุดร้อยละ",
        "newly_late": "โครงการที่ล่าช้าเพิ่มขึ้น",
        "no_longer_late": "โครงการที่พ้นจากความล่าช้า",
        "newly_completed": "โครงการที่แล้วเสร็จเพิ่มขึ้น",
    },
    "quarters[]": {
        "name": "ไตรมาส",
        "received": "หน่วยงานที่ได้รับรายงาน/ทั้งหมด",
        "reported": "โครงการที่ได้รับรายงาน/ทั้งหมด",
        "completed": "แล้วเสร็จ",
        "late": "ล่าช้า",
        "planned": "แผนสะสมเฉลี่ย (ร้อยละ)",
        "actual": "ผลสะสมเฉลี่ย (ร้อยละ)",
        "disbursed": "เบิกจ่าย (ล้านบาท)",
        "percent": "เบิกจ่าย (ร้อยละ)",
        "met": "ตัวชี้วัดที่บรรลุ/ทั้งหมด",
    },
    "trends": {
        "units[]": {"name": "หน่วยงาน", **_FOUR},
        "projects[]": {**_WHOSE, "stage": "ขั้นการดำเนินการ", **_FOUR},
        "kpis[]": {
            "name": "ตัวชี้วัด",
            "unit": "หน่วยงาน (ชื่อย่อ)",
            "measure": "หน่วยวัด",
            "target": "เป้าหมายทั้งปี",
            **{f"q{quarter}": f"ผลไตรมาสที่ {quarter}" for quarter in QUARTERS},
            "outcome": "สรุปผล",
        },
    },
    "achieved[]": {**_WHOSE, "benefits": "ประโยชน์ที่ได้รับ"},
    "lessons[]": {**_WHOSE, "kind": "ที่มาของบทเรียน", "text": "บทเรียน", "recommendation": "ข้อเสนอแนะ"},
    "problem_projects": "จำนวนโครงการที่รายงานปัญหา",
    "steps[]": {
        "unit": "หน่วยงาน (ชื่อย่อ)",
        "project": "โครงการ",
        "planned": "แผนสะสม ณ สิ้นไตรมาสถัดไป (ร้อยละ)",
        "text": "สิ่งที่จะดำเนินการ",
    },
    "sheets[]": {
        "title": "รหัสและชื่อโครงการ",
        "unit": "หน่วยงาน",
        "reported": "เงื่อนไข: ได้รับรายงานแล้ว",
        "waived_because": "เหตุผลที่ผ่อนผัน",
        "sections[]": {
            "heading": "หัวข้อตามแบบรายงาน 14 ข้อ",
            "blocks[]": {
                "kind": "ชนิด: line หรือคีย์ของตารางในแบบ เช่น f9.money",
                "label": "ป้าย (line)",
                "text": "คำตอบ (line)",
                "caption": "ชื่อตาราง",
                "heads[]": "หัวคอลัมน์",
                "rows[][]": "แถว ใช้ r[0] r[1] …",
            },
        },
    },
    "exceptions[]": {
        "unit": "หน่วยงาน",
        "kind": "สถานะ",
        "projects": "จำนวนโครงการ",
        "kpis": "จำนวนตัวชี้วัด",
        "reason": "เหตุผล",
    },
    "has_missing": "เงื่อนไข: มีหน่วยงานที่ยังไม่ได้รับรายงาน",
    "has_returns": "เงื่อนไข: มีหน่วยงานที่ได้รับรายงานแล้ว",
    "has_waived": "เงื่อนไข: มีหน่วยงานที่รับรายงานโดยผ่อนผัน",
    "has_missing_projects": "เงื่อนไข: มีโครงการที่ยังไม่ได้รับรายงาน",
    "has_reported": "เงื่อนไข: มีโครงการที่ได้รับรายงาน",
    "has_unstated_money": "เงื่อนไข: มีโครงการที่ไม่ได้ระบุผลการเบิกจ่าย",
    "has_unit_chart": "เงื่อนไข: มีแผนภูมิการเบิกจ่ายรายหน่วยงาน",
    "has_progress_chart": "เงื่อนไข: มีแผนภูมิความก้าวหน้ารายหน่วยงาน",
    "has_changes": "เงื่อนไข: มีโครงการที่เทียบกับไตรมาสก่อนได้",
    "has_trend_chart": "เงื่อนไข: มีแผนภูมิแนวโน้มรายไตรมาส",
    "has_kpi_chart": "เงื่อนไข: มีแผนภูมิผลสำเร็จของตัวชี้วัด",
    "table_number": "table_number() เลขตาราง",
    "figure_number": "figure_number() เลขแผนภูมิ",
    "charts": {
        "stages": "แผนภูมิขั้นการดำเนินการ",
        "units": "แผนภูมิการเบิกจ่ายรายหน่วยงาน",
        "progress": "แผนภูมิความก้าวหน้าเทียบกับแผน",
        "trend": "แผนภูมิแนวโน้มรายไตรมาส",
        "kpis": "แผนภูมิผลสำเร็จของตัวชี้วัด",
    },
}
# Without these a report hides what it has to tell, as said here; any other field may be left out
REQUIRED: Mapping[str, str] = {
    "data_date": "ผู้อ่านไม่ทราบว่าข้อมูลเป็นของวันใด",
    "period.title": "ผู้อ่านไม่ทราบว่าเป็นรายงานของช่วงใด",
    "plan.name": "ผู้อ่านไม่ทราบว่าเป็นรายงานของแผนใด",
    "summary[]": "ไม่มีบทสรุปผู้บริหาร ซึ่งบอกด้วยว่าตัวเลขยังขาดรายงานของหน่วยงานใด",
    "stages[]": "ไม่เห็นโครงการที่ล่าช้า ชะลอ ยกเลิก หรือยังไม่ได้รับรายงานในภาพรวม",
    "units[]": "ไม่เห็นผลของหน่วยงานและโครงการ",
    "kpis[]": "ไม่เห็นผลตามตัวชี้วัด",
    "problems[]": "ไม่เห็นปัญหาและอุปสรรค",
    "steps[]": "ไม่เห็นสิ่งที่จะดำเนินการต่อไป",
    "sheets[]": "ไม่มีผลการดำเนินงาน 14 ข้อของแต่ละโครงการ",
    "exceptions[]": "ไม่เห็นว่าหน่วยงานใดขาดรายงาน ส่งล่าช้า หรือได้รับการผ่อนผัน",
}
REQUIRED_AT_YEAR_END: Mapping[str, str] = {
    "quarters[]": "ไม่เห็นผลของแผนทั้งสี่ไตรมาส",
    "trends.units[]": "ไม่เห็นแนวโน้มรายหน่วยงาน",
    "trends.projects[]": "ไม่เห็นแนวโน้มรายโครงการ",
    "trends.kpis[]": "ไม่เห็นแนวโน้มรายตัวชี้วัด",
    "achieved[]": "ไม่เห็นผลสำเร็จของปี",
    "lessons[]": "ไม่เห็นบทเรียนของปี",
}


def flatten(tree: Tree, above: str = "") -> Iterator[tuple[str, str]]:
    """Every field's path with what it says."""
    for name, inside in tree.items():
        path = f"{above}{name}"
        if isinstance(inside, str):
            yield path, inside
        else:
            yield from flatten(inside, f"{path}.")
