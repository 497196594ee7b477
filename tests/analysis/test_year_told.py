"""What is told alike wherever it stands: problems of what has left, in both plans; the day of the data; who is late."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from docx import Document

from plan_tracker.forms.definition import choices as c
from plan_tracker.values import Value
from tests.desk import Q2, Desk
from tests.register.test_cancelled import said_in
from tests.register.test_register_changes import reload, row, tables

STUCK = "ผู้รับจ้างส่งงานช้า (ตัวอย่าง)"
PROBLEM: dict[str, Value | int | float | None] = {
    "P002/f13.problems[1].problem": STUCK,
    "P002/f13.problems[1].cause": "ขาดบุคลากร (ตัวอย่าง)",
    "P002/f13.problems[1].recommendation": "เพิ่มบุคลากร (ตัวอย่าง)",
}


def next_quarter(desk: Desk) -> None:
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)


def problems(desk: Desk, *words: str) -> dict[str, str]:
    found = desk.run("problems", *words, expect=0)["problems"]
    return {one["problem"]: one["state"] for one in found}


def test_problems_of_what_left_the_register_are_not_forgotten(desk: Desk) -> None:
    desk.send_back("YS", PROBLEM)
    desk.run("ingest", expect=0)
    assert problems(desk)[STUCK] == "new"
    content = tables()
    content["projects"] = [one for one in content["projects"] if one["code"] != "P002"]
    reload(desk, content, "--because", "ลบโดยตั้งใจ (ตัวอย่าง)")
    assert problems(desk)[STUCK] == "new"
    next_quarter(desk)
    assert problems(desk)[STUCK] == "unknown"


def test_a_problem_is_as_old_in_the_one_plan_as_in_the_other(desk: Desk) -> None:
    """P002 comes into the second plan in Q2, and its problem is that of Q1."""
    desk.send_back("YS", PROBLEM)
    desk.run("ingest", expect=0)
    content = tables()
    row(content, "projects", "P002")["plans"] = "ops, ministry"
    reload(desk, content)
    next_quarter(desk)
    desk.send_back("YS", PROBLEM, period=Q2)
    desk.run("ingest", expect=0)
    for report in desk.report("q2")["reports"]:
        assert standing_in(desk, report).startswith("ต่อเนื่อง"), report["plan"]


def standing_in(desk: Desk, report: dict[str, Any]) -> str:
    """How the report's table of problems says that the problem stands."""
    rows = [line.cells for table in Document(str(desk.root / report["path"])).tables for line in table.rows]
    said = [str(cell.text) for cells in rows if any(STUCK in cell.text for cell in cells) for cell in cells]
    return next(text for text in said if text.startswith(("ใหม่", "ต่อเนื่อง")))


def test_the_data_are_as_of_the_day_of_the_count(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.today = date(2026, 1, 9)
    [report, _other] = desk.report("q1")["reports"]
    assert "ข้อมูล ณ วันที่ ๙ มกราคม ๒๕๖๙" in said_in(desk.root / report["path"]).replace("\xa0", " ")


def test_a_return_that_came_after_the_count_is_told_as_of_that_day(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.today = date(2026, 1, 8)
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    letters = desk.run("circulate", "q1", "--order", "ทราบ", "--date", "2569-01-08", expect=0)["letters"]
    [letter] = [desk.root / one["path"] for one in letters if one["unit"] == "ETDA"]
    said = said_in(letter).replace("\xa0", " ")
    assert "ณ วันที่ ๕ มกราคม ๒๕๖๙ ยังไม่ได้รับแบบรายงาน" in said
    assert "ส่งแบบรายงานซึ่งยังไม่ได้รับ" not in said


LATE = {"P001/f14.schedule": c.LATE, "P002/f14.schedule": c.LATE}
TROUBLE = {f"{code}/{key.partition('/')[2]}": value for code in ("P001", "P002") for key, value in PROBLEM.items()}
FINISHED: dict[str, Value | int | float | None] = {
    "P002/f14.stage": c.COMPLETED,
    "P002/f14.progress_percent": 100,
    "P002/f14.actual_end_date": date(2025, 12, 20),
    "P002/f14.next_steps": None,
    "P002/f12.benefits": "แผนที่ใช้งานได้ (ตัวอย่าง)",
}


@pytest.mark.parametrize(("changes", "late"), [({}, "2"), (FINISHED, "1")])
def test_late_is_one_thing_everywhere(desk: Desk, changes: dict[str, Any], late: str) -> None:
    """A project that was completed late can't be hurried, and counts as late nowhere."""
    notes = {f"{code}/f14.note": "ยืนยัน (ตัวอย่าง)" for code in ("P001", "P002")}
    desk.send_back("YS", {**LATE, **TROUBLE, **notes, **changes})
    assert desk.ingest_one()["outcome"] == "accepted"
    [totals] = desk.run("trace", "q1", "ops", "late", expect=0)["totals"]
    assert (totals["figures"][0]["total"], len(totals["figures"][0]["parts"])) == (late, int(late))
    report = desk.report("q1", "--xlsx")["reports"][0]
    said = said_in(desk.root / report["path"]).replace("\xa0", " ")
    thai = late.translate(str.maketrans("12", "๑๒"))
    assert f"ล่าช้ากว่าแผน {thai} โครงการ" in said
    assert ("แล้วเสร็จช้ากว่าแผน ๑ โครงการ" in said) is bool(changes)
    desk.permit("q1")
    desk.run("publish", "q1", expect=0)
    [plans] = (desk.root / "outbox" / "2569-q1" / "publication").rglob("*plans*.csv")
    import csv

    with plans.open(encoding="utf-8-sig") as lines:
        found = {line["plan"]: line["late"] for line in csv.DictReader(lines)}
    assert found["ops"] == late
