"""A small year as it goes: a problem that goes on and is solved, a return missing, one waived, a project completed."""

from __future__ import annotations

from datetime import date, timedelta

from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.forms.definition import choices as c
from tests.desk import Desk, Typed

_PROBLEM: Typed = {
    "P001/f13.problems[1].problem": "ผู้รับจ้างส่งงานช้า (ตัวอย่าง)",
    "P001/f13.problems[1].cause": "ขาดแคลนอุปกรณ์",
    "P001/f13.problems[1].recommendation": "เร่งรัดผู้รับจ้าง",
}
_DONE: Typed = {
    "P001/f14.stage": c.COMPLETED,
    "P001/f14.schedule": c.ON_TIME,
    "P001/f14.progress_percent": 100,
    "P001/f14.actual_end_date": date(2026, 9, 1),
    "P001/f12.benefits": "ติดตามแผนงานได้รวดเร็วขึ้น (ตัวอย่าง)",
    "P001/f13.problems[1].problem": "ไม่มี",
    "P001/f13.problems[1].cause": None,
    "P001/f13.problems[1].recommendation": None,
}


_WHERE: Typed = {
    "P003/f10.scope": c.IN_PROVINCES,
    "P003/f10.provinces[1]": "ภูเก็ต",
    "P003/f10.provinces[2]": "เชียงใหม่",
}


def _late(progress: int) -> Typed:
    """Less than the 25 or 50 per cent that were planned."""
    return {**_PROBLEM, "P001/f14.schedule": c.LATE, "P001/f14.progress_percent": progress}


_ANSWERS = {1: _late(20), 2: _late(45), 3: _PROBLEM, 4: _DONE}


def publish_year(desk: Desk) -> None:
    """Plays and publishes every period, from a workspace whose Q1 has been issued."""
    for number, answers in _ANSWERS.items():
        quarter = Period(2569, number)
        desk.today = quarter.last_day + timedelta(days=2)
        if number > 1:
            desk.run("issue-forms", quarter.name, expect=0)
        desk.send_back("YS", answers, period=quarter)
        if number in (1, 4):
            desk.send_back("ETDA", _WHERE, period=quarter)
        if number == 3:
            desk.send_back("ETDA", {"P003/f14.progress_percent": "ประมาณ 50"}, period=quarter)
        desk.run("ingest")
        if number == 3:
            desk.run("accept", quarter.name, "ETDA", "--because", "ผู้บริหารต้องการใช้ข้อมูล")
        _publish(desk, quarter)
    _publish(desk, Period(2569, YEAR_END))


def _publish(desk: Desk, period: Period) -> None:
    desk.today = period.last_day + timedelta(days=30)
    desk.report(period.name)
    desk.permit(period.name)
    desk.run("publish", period.name, expect=0)
