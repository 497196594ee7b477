"""The English of what plantrack itself says in Thai: the forms' headings, labels and choices, states, dates.

What units and the register say is nobody's to translate: it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from plan_tracker.analysis.attention import Reason
from plan_tracker.documents import wording as w
from plan_tracker.documents.report.phrases import UNSTATED
from plan_tracker.documents.report.rows import (
    BARELY,
    DAYS_LATE,
    LACKING,
    NOT_MET,
    NOT_MET_YET,
    OUTCOMES_SO_FAR,
    YEAR_AND_LAST,
)
from plan_tracker.documents.report.storyrows import BY_QUARTER, REASONS, UNMENTIONED
from plan_tracker.fiscal import BUDDHIST_OFFSET, MONTHS, SHORT_MONTHS, YEAR_END, Period
from plan_tracker.forms.definition import choices as c

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_CHOICES: Final[Mapping[str, str]] = {
    c.NOT_STARTED: "Not started",
    c.UNDER_WAY: "Under way",
    c.SUSPENDED: "Suspended",
    c.COMPLETED: "Completed",
    c.CANCELLED: "Cancelled",
    c.AHEAD: "Ahead of plan",
    c.ON_TIME: "On plan",
    c.LATE: "Behind plan",
    c.HIGHER: "Higher is better",
    c.LOWER: "Lower is better",
    c.LEVELS: "Levels 1–5",
    c.QUALITATIVE: "Qualitative",
    c.NONE: "None",
    **dict(
        zip(
            c.SOURCES,
            (
                "Annual budget",
                "Central budget",
                "Digital Economy and Society Development Fund",
                "Own income or money outside the budget",
                "Money reserved from an earlier year",
                "Another source",
                "No budget needed",
            ),
            strict=True,
        )
    ),
    **dict(zip(c.SCOPES, ("Central administration", "The whole country", "Named provinces"), strict=True)),
}
_STATES: Final[Mapping[str, str]] = {
    w.NOT_STATED: "Not stated",
    w.NOT_RECEIVED: "No report received",
    w.BEING_MENDED: "Report being corrected",
    **dict(
        zip(
            OUTCOMES_SO_FAR.values(),
            ("Met", "Not met yet", "Not due yet", "Not rated", "Not stated", "No report received"),
            strict=True,
        )
    ),
    NOT_MET: "Not met",
    NOT_MET + BARELY: "Not met (very close to the target)",
    NOT_MET_YET + BARELY: "Not met yet (very close to the target)",
    "รวม": "Total",
    "รายจ่ายประจำ": "Recurrent",
    "รายจ่ายลงทุน": "Investment",
    "ภาพรวม": "Overall",
    "แผน": "Planned",
    "ผล": "Actual",
    "เบิกจ่าย": "Disbursed",
    "ใหม่": "New",
    "ต่อเนื่อง": "Continuing",
    "เกิดซ้ำ": "Recurring",
    "แก้ไขแล้ว": "Solved",
    "ไม่ทราบ (ยังไม่ได้รับรายงาน)": "Unknown (no report received)",
    UNMENTIONED: "Unknown (not mentioned in the report)",
    "ได้รับแล้ว": "Received",
    "ได้รับแล้ว (ผ่อนผัน)": "Received (by a recorded decision)",
    w.NOT_IN_RETURN: "Not in the report received",
    "ต่ำกว่าเป้าหมาย": "Below target",
    "ไม่อาจเปรียบเทียบได้": "Not comparable",
    "รับรายงานโดยผ่อนผัน": "Taken by a recorded decision",
    "ส่งรายงานล่าช้า": "Came late",
    "รายงานไม่ครบ": "Incomplete",
    "ยังไม่ได้ออกแบบรายงานให้หน่วยงาน": "No form has been issued to the unit",
    "ยังไม่ได้รับแบบรายงานจากหน่วยงาน": "No return has come from the unit",
    "ได้รับแบบรายงานแล้ว แต่ข้อมูลยังไม่ครบถ้วนหรือไม่ถูกต้อง อยู่ระหว่างหน่วยงานแก้ไข": (
        "A return has come, but it is incomplete or faulty; the unit is mending it"
    ),
    "ไม่ได้ออกแบบรายงานให้หน่วยงาน": "No form was issued to the unit",
    "ไม่ได้รับรายงาน": "No report received",
    "ไม่ได้รับแบบรายงานจากหน่วยงาน": "No return came from the unit",
    "ได้รับแบบรายงานแล้ว แต่ข้อมูลไม่ครบถ้วนหรือไม่ถูกต้อง และไม่ได้รับฉบับที่แก้ไข": (
        "A return came, but it was incomplete or faulty; no mended one did"
    ),
    UNSTATED: "Disbursement not stated in full",
    "ปัญหาที่แก้ไขแล้ว": "A problem that was solved",
    "ปัญหาที่ยังคงอยู่": "A problem that goes on",
    "ผลลัพธ์ที่ได้รับ": "A benefit",
    "หน่วยงาน": "Units",
    "โครงการ": "Projects",
    "ตัวชี้วัด": "KPIs",
    "ปัญหาและข้อเสนอแนะ": "Problems and recommendations",
}
_LABELS: Final[Mapping[str, str]] = {
    "(1) ชื่อแผน/โครงการ": "(1) Plan and project",
    "(2) ชื่อหน่วยงาน": "(2) Unit",
    "(3) แผนงาน/โครงการ เป็นการขับเคลื่อนภายใต้งบประมาณใด": "(3) Budget that the project runs under",
    "(4) วัตถุประสงค์": "(4) Objectives",
    "(5) เป้าหมาย/ผลผลิต ของโครงการ": "(5) Targets and outputs of the project",
    "(6) สรุปสาระสำคัญของโครงการ": "(6) Summary of the project",
    "(7) ตัวชี้วัด/ค่าเป้าหมาย": "(7) Indicators and targets",
    "(8) แผนระยะเวลาดำเนินงานทั้งโครงการ": "(8) Time plan of the whole project",
    "(9) โครงการใช้งบประมาณ": "(9) Budget of the project",
    "(10) พื้นที่ดำเนินการ": "(10) Area",
    "(11) สรุปผลการดำเนินงาน": "(11) Results",
    "(12) ประโยชน์ที่ได้รับ/ผลลัพธ์ของโครงการ": "(12) Benefits and outcomes",
    "(13) ปัญหา/อุปสรรค และข้อเสนอแนะของการดำเนินงาน": "(13) Problems, obstacles and recommendations",
    "(14) ความก้าวหน้าของการดำเนินการ": "(14) Progress",
    "แผน": "Plan",
    "รหัสโครงการ": "Project code",
    "ชื่อแผน/โครงการ": "Name of the project",
    "หน่วยงาน": "Unit",
    "แหล่งงบประมาณที่ 1": "Source 1",
    "แหล่งงบประมาณที่ 2": "Source 2",
    "แหล่งงบประมาณที่ 3": "Source 3",
    "ระบุแหล่งอื่น": "The other source",
    "เป้าหมาย/ผลผลิต": "Target or output",
    "จำนวน": "Quantity",
    "หน่วยนับ": "Unit of count",
    "ตัวชี้วัด": "Indicator",
    "หน่วยวัด": "Unit of measure",
    "ทิศทาง": "Direction",
    "ค่าเป้าหมาย": "Target",
    "ผลสะสมถึงปัจจุบัน": "Result to date",
    "วันเริ่มต้นโครงการ": "Start of the project",
    "วันสิ้นสุดโครงการ": "End of the project",
    "แผนความก้าวหน้าสะสมของทั้งโครงการ ณ สิ้นแต่ละไตรมาสของปีงบประมาณนี้": (
        "Planned cumulative progress of the whole project at the end of each quarter of this fiscal year"
    ),
    "ร้อยละ": "Per cent",
    "กิจกรรมหลัก": "Main activities",
    "กิจกรรม": "Activity",
    "เริ่มต้น": "Start",
    "สิ้นสุด": "End",
    "เฉพาะปีงบประมาณนี้ หน่วย: บาท": "This fiscal year only, in baht",
    "งบตาม พ.ร.บ.": "By the Budget Act",
    "งบหลังโอนเปลี่ยนแปลง": "After transfers",
    "ก่อหนี้ผูกพันคงค้าง (PO)": "Committed, not yet paid (PO)",
    "เบิกจ่ายสะสม": "Disbursed to date",
    "คงเหลือ": "Remaining",
    "เบิกจ่ายร้อยละ": "Disbursed, per cent",
    "พื้นที่": "Area",
    "จังหวัด": "Provinces",
    "ผลการดำเนินงานในไตรมาสนี้": "Results of this quarter",
    "ผลการดำเนินงานสะสมตั้งแต่เริ่มโครงการ": "Results since the project began",
    "ปัญหา/อุปสรรค": "Problem or obstacle",
    "สาเหตุ": "Cause",
    "ข้อเสนอแนะ/แนวทางแก้ไข": "Recommendation or remedy",
    "ผู้รับผิดชอบ": "Responsible",
    "ขั้นการดำเนินการ": "Stage",
    "เทียบกับแผน": "Against the plan",
    "ความก้าวหน้าสะสม (ร้อยละ)": "Cumulative progress (per cent)",
    "วันที่แล้วเสร็จจริง": "Completed on",
    "สิ่งที่จะดำเนินการต่อไป": "Next steps",
}
OURS: Final[Mapping[str, str]] = {**_LABELS, **_STATES, **_CHOICES}  # the last one of a text wins

_REASONS: Final[Mapping[Reason, str]] = {
    Reason.OVER_BUDGET: "{} baht disbursed over the budget",
    Reason.STOPPED: "{}",
    Reason.NO_RETURN: "No report received",
    Reason.OVERDUE: "{} days past the end of the project at the end of the period",
    Reason.FAR_BEHIND: "{} points behind the plan",
    Reason.LATE: "Behind plan",
    Reason.SPEND_FAR: "disbursement {} points away from progress",
    Reason.UNSTATED: "Disbursement not stated in full",
    Reason.WAIVED: "Taken by a recorded decision",
}
_NUMBER, _TEXT = r"([\d,.]+)", "(.+)"


def _pattern(template: str, kind: str) -> re.Pattern[str]:
    """What a sentence with one gap looks like, the gap filled with something of ``kind``."""
    return re.compile(kind.join(map(re.escape, re.split(r"\{\w*\}", template))))


_PATTERNS: Final[Mapping[re.Pattern[str], str]] = {
    **{_pattern(said, _NUMBER): _REASONS[reason] for reason, said in REASONS.items() if reason is not Reason.STOPPED},
    _pattern(DAYS_LATE, _NUMBER): "Complete {} days after the deadline",
    _pattern(LACKING, _TEXT): "Not in the return that came: {}",
    _pattern(YEAR_AND_LAST, _TEXT): "{}\n(quarter 4: {})",
    _pattern(BY_QUARTER.format(w.NOT_STATED, "{}"), _NUMBER): "Not stated (as reported for quarter {})",
    re.compile(rf"(?:สิ้น)?ไตรมาสที่ {_NUMBER}"): "Quarter {}",
}
_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(map(re.escape, (*MONTHS, *SHORT_MONTHS)))}) (\d\d(?:\d\d)?)")


def in_english(text: str) -> str | None:
    """What of ours says ``text``, whole; None for anything else. Names within stay as they are."""
    if text in OURS:
        return OURS[text]
    if day := _DATE.fullmatch(text):
        return _date(day)
    for pattern, english in _PATTERNS.items():
        if found := pattern.fullmatch(text):
            return english.format(*found.groups())
    return None


def label_in_english(text: str) -> str | None:
    """The English of a heading or a label of the form, where a word may mean something else than in a table of ours."""
    return _LABELS.get(text) or in_english(text)


def choice_in_english(text: str) -> str | None:
    """The English of an answer that a unit picked from a list, or of a date; None for what it typed itself."""
    if text in _CHOICES or text in (w.NOT_STATED, w.NOT_RECEIVED, w.NOT_IN_RETURN):
        return OURS[text]
    day = _DATE.fullmatch(text)
    return _date(day) if day else None


def _date(found: re.Match[str]) -> str:
    """``1 ต.ค. 68`` and ``1 ตุลาคม 2568`` as ``1 October 2025``."""
    day, month, year = found.groups()
    number = (MONTHS.index(month) if month in MONTHS else SHORT_MONTHS.index(month)) + 1
    full = int(year) if len(year) == 4 else 2500 + int(year)
    return f"{day} {_MONTHS[number - 1]} {full - BUDDHIST_OFFSET}"


def english_period(period: Period) -> str:
    year = f"fiscal year {period.fiscal_year - BUDDHIST_OFFSET} (B.E. {period.fiscal_year})"
    return f"End of {year}" if period.quarter == YEAR_END else f"Quarter {period.quarter} of {year}"
