"""Every project is held against its approved plan, and each change of plan is told (R25)."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI, Words
from plan_tracker.publication.site.content import build_content
from plan_tracker.values import Value
from tests.desk import Q1, Q2, Desk, codes
from tests.register.test_lineage import figures
from tests.register.test_register_changes import reload, row, tables

APRIL = date(2026, 4, 3)
Q3 = Period(2569, 3)
END, PLANNED, TARGET = "P001/f8.end_date", "P001/f8.planned_q2", "P001/f7.indicators[1].target"
Answers = dict[str, Value | int | float | None]
CHANGED: Answers = {END: date(2028, 9, 30), PLANNED: 40, TARGET: 25}
REASON: Answers = {
    "P001/f7.note": "ปรับลดกลุ่มเป้าหมาย (ตัวอย่าง)",
    "P001/f8.note": "ขยายเวลาตามมติคณะกรรมการ (ตัวอย่าง)",
}
FIELDS = {("PLAN-CHANGED", "P001", key.partition("/")[2]) for key in CHANGED}


@pytest.fixture
def second(desk: Desk) -> Desk:
    """YS has answered Q1, and has its form of Q2."""
    desk.send_back("YS")
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.today = APRIL
    desk.run("issue-forms", "q2", expect=0)
    return desk


def third(desk: Desk) -> None:
    desk.today = date(2026, 7, 3)
    desk.run("issue-forms", "q3", expect=0)


def test_a_plan_that_is_left_alone_is_never_asked_about(second: Desk) -> None:
    second.send_back("YS", period=Q2)
    assert codes(second.ingest_one()) == set()


def test_each_change_of_the_approved_plan_is_a_warning_at_its_field(second: Desk) -> None:
    second.send_back("YS", CHANGED, period=Q2)
    file = second.ingest_one()
    assert (file["outcome"], codes(file)) == ("incomplete", FIELDS)
    [end] = [found for found in file["findings"] if found["field"] == "f8.end_date"]
    assert end["cell"]
    assert "30 ก.ย. 69" in end["message"]


def test_the_note_of_its_numbered_field_confirms_it_and_it_is_not_raised_again(second: Desk) -> None:
    second.send_back("YS", CHANGED | REASON, period=Q2)
    file = second.ingest_one()
    assert file["outcome"] == "accepted"
    assert {found["status"] for found in file["findings"] if found["code"] == "PLAN-CHANGED"} == {"confirmed"}
    assert second.run("plan", "list", "q2", expect=0)["waiting"] == []
    second.send_back("YS", CHANGED, name="again.xlsx", period=Q2)
    assert codes(second.ingest_one()) == set()
    third(second)
    assert second.newest_form("YS", Q3).values["P001"]["f8.end_date"] == date(2028, 9, 30)
    second.send_back("YS", period=Q3)
    assert codes(second.ingest_one()) == set()
    second.send_back("YS", {END: date(2029, 9, 30)}, name="later.xlsx", period=Q3)
    assert codes(second.ingest_one()) == {("PLAN-CHANGED", "P001", "f8.end_date")}


def test_a_row_that_came_or_went_is_told_once(second: Desk) -> None:
    added: Answers = {
        "P001/f5.outputs[2].output": "คู่มือ (ตัวอย่าง)",
        "P001/f5.outputs[2].quantity": 1,
        "P001/f5.outputs[2].unit": "เล่ม",
    }
    second.send_back("YS", added, period=Q2)
    assert codes(second.ingest_one()) == {("PLAN-CHANGED", "P001", "f5.outputs[2].output")}


def test_where_the_register_is_silent_the_first_clean_answer_is_approved(desk: Desk) -> None:
    desk.send_back("YS", {"P002/f8.planned_q1": 10, "P002/f14.progress_percent": 10})
    assert codes(desk.ingest_one()) == set()
    desk.send_back("YS", {"P002/f8.planned_q1": 20, "P002/f14.progress_percent": 20}, name="again.xlsx")
    assert codes(desk.ingest_one()) == {("PLAN-CHANGED", "P002", "f8.planned_q1")}


def test_a_form_that_leaves_what_the_register_says_is_asked_in_the_first_quarter(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f8.end_date": date(2026, 12, 31)})
    assert codes(desk.ingest_one()) == {("PLAN-CHANGED", "P001", "f8.end_date")}


def test_a_later_load_is_a_revision_and_older_forms_stay_right(second: Desk) -> None:
    content = tables()
    row(content, "projects", "P001")["f8.end_date"] = date(2028, 9, 30)
    reload(second, content, "--because", "มติคณะกรรมการ (ตัวอย่าง)")
    second.send_back("YS", period=Q2)  # as its form has it
    assert codes(second.ingest_one()) == set()
    second.send_back("YS", {END: date(2028, 9, 30)}, name="again.xlsx", period=Q2)  # as the register has it now
    assert codes(second.ingest_one()) == set()
    second.run("issue-forms", "q2", expect=0)
    assert second.newest_form("YS", Q2).values["P001"]["f8.end_date"] == date(2028, 9, 30)
    second.send_back("YS", {END: date(2026, 9, 30)}, name="back.xlsx", period=Q2)
    assert codes(second.ingest_one()) == {("PLAN-CHANGED", "P001", "f8.end_date")}


def test_the_budget_is_the_registers(second: Desk) -> None:
    second.send_back("YS", {"P001/f9.recurrent.budget": 5_000_000}, period=Q2)
    file = second.ingest_one()
    assert codes(file) == {("BUDGET-NOT-REGISTER", "P001", "f9.recurrent.budget")}
    assert "4,500,000.00" in file["findings"][0]["message"]
    confirmed: Answers = {"P001/f9.recurrent.budget": 5_000_000, "P001/f9.note": "โอนเพิ่ม (ตัวอย่าง)"}
    second.send_back("YS", confirmed, name="again.xlsx", period=Q2)
    assert second.ingest_one()["outcome"] == "accepted"


def test_a_budget_that_the_register_leaves_blank_is_that_of_the_act(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P001")["f9.recurrent.budget"] = ""
    reload(desk, content)
    desk.run("issue-forms", "q1", expect=0)
    desk.send_back("YS", {"P001/f9.recurrent.budget": 4_500_000, "P001/f9.recurrent.disbursed": Decimal(900_000)})
    assert codes(desk.ingest_one()) == set()


@pytest.mark.parametrize(("progress", "is_asked"), [(24, False), (25, True), (30, True)])
def test_late_though_not_behind(desk: Desk, progress: int, is_asked: bool) -> None:
    problem: Answers = {
        f"P002/f13.problems[1].{key}": "เหตุ (ตัวอย่าง)" for key in ("problem", "cause", "recommendation")
    }  # fmt: skip
    late: Answers = {"P002/f14.schedule": c.LATE, "P002/f14.progress_percent": progress, **problem}
    desk.send_back("YS", late, period=Q1)
    assert (("AHEAD-SAYS-LATE", "P002", "f14.schedule") in codes(desk.ingest_one())) == is_asked


# Approval


def changes(desk: Desk, period: str = "q2") -> dict[str, tuple[str, str, str, bool]]:
    """The changes of plan by field: before, after, the unit's reason, whether approved."""
    told = desk.run("plan", "list", period, expect=0)["changes"]
    return {one["field"]: (one["before"], one["after"], one["reason"], one["approved"]) for one in told}


def test_the_changes_of_a_quarter_are_told_with_the_units_reason(second: Desk) -> None:
    second.send_back("YS", CHANGED | REASON, period=Q2)
    second.ingest_one()
    because = REASON["P001/f8.note"]
    assert changes(second) == {
        "f7.indicators[1].target": ("100", "25", REASON["P001/f7.note"], False),
        "f8.end_date": ("2026-09-30", "2028-09-30", because, False),
        "f8.planned_q2": ("50", "40", because, False),
    }
    assert changes(second, "q1") == {}
    third(second)
    second.send_back("YS", period=Q3)
    second.ingest_one()
    assert changes(second, "q3") == {}
    assert set(changes(second)) == {"f7.indicators[1].target", "f8.end_date", "f8.planned_q2"}


def test_a_change_is_told_once_though_a_quarter_without_a_return_lies_between(second: Desk) -> None:
    second.send_back("YS", CHANGED | REASON, period=Q2)
    second.ingest_one()
    third(second)
    second.today = date(2026, 10, 3)
    second.run("issue-forms", "q4", expect=0)
    second.send_back("YS", period=Period(2569, 4))
    second.ingest_one()
    assert set(changes(second)) == {"f7.indicators[1].target", "f8.end_date", "f8.planned_q2"}
    assert changes(second, "q4") == {}


def test_approving_a_revision_makes_it_the_approved_plan_and_lets_the_answer_count(second: Desk) -> None:
    second.send_back("YS", CHANGED, period=Q2)
    assert second.ingest_one()["outcome"] == "incomplete"
    because = "มติที่ประชุม (ตัวอย่าง)"
    assert second.run("plan", "approve", "q2", "P001", "--because", because, "--dry-run", expect=0)["approved"]
    assert changes(second) == {}  # the answer waits, and nothing has been recorded
    told = second.run("plan", "list", "q2", expect=0)["waiting"]
    assert {(one["field"], one["before"], one["after"]) for one in told} == {
        ("f7.indicators[1].target", "100", "25"),
        ("f8.end_date", "2026-09-30", "2028-09-30"),
        ("f8.planned_q2", "50", "40"),
    }
    assert {(one["period"], one["project"], one["unit"]) for one in told} == {("q2", "P001", "YS")}
    assert second.run("plan", "list", "year-end", expect=0)["waiting"] == told
    assert second.run("plan", "list", "q2", "P002", expect=0)["waiting"] == []
    shown = second.invoke("plan", "list", "q2").output
    assert "plantrack plan approve q2 P001 --because TEXT" in shown
    [made] = second.run("plan", "approve", "q2", "P001", "--because", because, expect=0)["approved"]
    assert {one["field"] for one in made["changes"]} == {"f7.indicators[1].target", "f8.end_date", "f8.planned_q2"}
    [unit] = [unit for unit in second.run("status", "q2", expect=0)["units"] if unit["unit"] == "YS"]
    assert unit["state"] == "accepted"
    assert second.run("plan", "list", "q2", expect=0)["waiting"] == []
    told = second.run("plan", "list", "q2", expect=0)["changes"]
    assert {(one["approver"], one["because"], one["date"]) for one in told} == {("officer", because, "2026-04-03")}
    shown = second.run("plan", "show", "q2", "P001", expect=0)
    assert (shown["plan"]["f8.end_date"], len(shown["revisions"])) == ("2028-09-30", 3)
    assert second.run("plan", "show", "q1", "P001", expect=0)["plan"]["f8.end_date"] == "2026-09-30"
    [entry] = [event for event in second.run("log")["events"] if event["what"] == "plan approve"]
    assert (entry["because"], entry["projects"]) == (because, "P001")
    second.send_back("YS", {END: date(2026, 9, 30)}, name="back.xlsx", period=Q2)
    assert ("PLAN-CHANGED", "P001", "f8.end_date") in codes(second.ingest_one())


def test_what_has_a_reason_waits_for_none_though_its_answer_does(second: Desk) -> None:
    """The budget of P001 is still to be explained; its other changes are."""
    second.send_back("YS", CHANGED | REASON | {"P001/f9.recurrent.budget": 5_000_000}, period=Q2)
    second.ingest_one()
    told = second.run("plan", "list", "q2", expect=0)["waiting"]
    assert [(one["field"], one["after"]) for one in told] == [("f9.recurrent.budget", "5000000.00")]


def test_what_else_is_wrong_still_holds_the_answer_back(second: Desk) -> None:
    second.send_back("YS", CHANGED | {"P001/f14.progress_percent": 250}, period=Q2)
    second.ingest_one()
    second.run("plan", "approve", "q2", "--all", "--because", "มติ (ตัวอย่าง)", expect=0)
    [unit] = [unit for unit in second.run("status", "q2", expect=0)["units"] if unit["unit"] == "YS"]
    assert (unit["state"], unit["warnings"]) == ("incomplete", 0)


def test_a_value_with_an_error_of_its_own_is_nothing_to_approve(second: Desk) -> None:
    second.send_back("YS", CHANGED | {END: date(2024, 1, 1)}, period=Q2)
    assert ("DATES-ORDER", "P001", "f8.end_date") in codes(second.ingest_one())
    told = second.run("plan", "list", "q2", expect=0)["waiting"]
    [made] = second.run("plan", "approve", "q2", "P001", "--because", "มติ (ตัวอย่าง)", expect=0)["approved"]
    for changed in (told, made["changes"]):
        assert {one["field"] for one in changed} == {"f7.indicators[1].target", "f8.planned_q2"}
    assert second.run("plan", "show", "q2", "P001", expect=0)["plan"]["f8.end_date"] == "2026-09-30"


def test_there_must_be_something_to_approve(second: Desk) -> None:
    second.send_back("YS", period=Q2)
    second.ingest_one()
    refused = second.run("plan", "approve", "q2", "P001", "--because", "x", expect=2)
    assert "plantrack plan list q2" in refused["advice"]
    assert second.run("plan", "approve", "q2", "--all", "--because", "x", expect=0)["approved"] == []
    assert second.run("plan", "approve", "q2", "--because", "x", expect=2)["error"]
    assert second.run("plan", "approve", "q2", "P001", "--all", "--because", "x", expect=2)["error"]
    assert second.run("plan", "approve", "q2", "P001", "--because", " ", expect=2)["error"]


def test_a_register_load_is_told_in_the_quarter_that_it_falls_into(second: Desk) -> None:
    """A load after a quarter's report, and before the next forms, is told by the next report."""
    second.report("q1")
    content = tables()
    row(content, "projects", "P001")["f8.end_date"] = date(2028, 9, 30)
    reload(second, content)
    assert [(one["approver"], one["after"]) for one in second.run("plan", "list", "q2", expect=0)["changes"]] == [
        ("register", "2028-09-30")
    ]
    assert changes(second, "q1") == {}
    third(second)
    assert changes(second) == {}  # no report of q2 has told it
    assert set(changes(second, "q3")) == {"f8.end_date"}


def test_progress_and_lateness_are_held_against_the_approved_plan(second: Desk) -> None:
    second.today = date(2026, 10, 5)
    q4 = Period(2569, 4)
    second.run("issue-forms", "q4", expect=0)
    moved: Answers = {END: date(2028, 9, 30), "P001/f8.planned_q4": 80, "P001/f14.progress_percent": 80}
    second.send_back(
        "YS", moved | REASON | {"P001/f14.next_steps": "ส่งมอบ (ตัวอย่าง)", "P001/f14.stage": c.UNDER_WAY}, period=q4
    )
    file = second.ingest_one()
    assert file["outcome"] == "accepted", codes(file)
    [project] = [one for one in figures(second, q4)["ops"].now.projects if one.code == "P001"]
    assert [project.planned, project.own.planned, project.behind] == [100, 80, 20]
    assert (project.ends, project.own.ends) == (date(2026, 9, 30), date(2028, 9, 30))
    second.run("plan", "approve", "q4", "P001", "--because", "มติ (ตัวอย่าง)", expect=0)
    [project] = [one for one in figures(second, q4)["ops"].now.projects if one.code == "P001"]
    assert [project.planned, project.own.planned, project.behind] == [80, None, 0]
    traced = second.run("trace", "q4", "ops", "planned", expect=0)["totals"][0]["figures"][0]
    assert traced["total"]


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells).replace("\u00a0", " ")


def test_reports_and_the_workbook_have_the_table_and_old_reports_stay_what_they_were(second: Desk) -> None:
    second.send_back("YS", CHANGED | REASON, period=Q2)
    second.ingest_one()
    [made] = [one for one in second.report("q2", "--xlsx")["reports"] if one["plan"] == "ops"]
    said = words_of(second.root / made["path"])
    assert "การเปลี่ยนแปลงแผนของโครงการในไตรมาสนี้" in said
    assert "๓๐ ก.ย. ๗๑" in said
    assert "ขยายเวลาตามมติคณะกรรมการ (ตัวอย่าง)" in said
    assert "๕๐.๐๐ (หน่วยงานแจ้ง ๔๐.๐๐)" in said
    assert "ยังไม่อนุมัติ" in said
    book = load_workbook(second.root / "outbox" / "2569-q2" / "reports" / "2569-q2-data.xlsx")
    sheet = book["การเปลี่ยนแปลงแผน"]
    assert sorted(str(cell.value) for cell in sheet["E"][2:]) == [
        "(7) ค่าเป้าหมาย แถวที่ 1", "(8) วันสิ้นสุดโครงการ", "(8) แผนความก้าวหน้าสะสมสิ้นไตรมาสที่ 2 (ร้อยละ)"
    ]  # fmt: skip
    second.run("plan", "approve", "q2", "P001", "--because", "มติ (ตัวอย่าง)", expect=0)
    now = second.report("q2")["reports"]
    assert "อนุมัติเมื่อ ๓ เม.ย. ๖๙: มติ (ตัวอย่าง)" in words_of(second.root / now[0]["path"])
    again = second.report("q2", "--again", "1")["reports"]
    assert words_of(second.root / again[0]["path"]) == said


def test_the_web_page_has_the_table(second: Desk) -> None:
    second.send_back("YS", CHANGED | REASON, period=Q2)
    second.ingest_one()
    [plan] = [
        plan for plan in build_content(list(figures(second, Q2).values()), Words("en")).plans if plan.code == "ops"
    ]
    told = {
        (one.code, one.texts.what, one.texts.before, one.texts.after, one.texts.approval) for one in plan.plan_changes
    }
    assert ("P001", "(8) planned per cent at the end of quarter 2", "50", "40", "Not approved") in told
    assert len(told) == 3
    [project] = [
        one for one in build_content(list(figures(second, Q2).values()), THAI).projects if one.listed.code == "P001"
    ]
    assert project.listed.texts.planned == "50.00 (หน่วยงานแจ้ง 40.00)"


def test_a_report_of_before_there_were_approved_plans_is_made_again_as_it_was(second: Desk) -> None:
    second.send_back("YS", CHANGED | REASON, period=Q2)
    second.ingest_one()
    second.report("q2")
    database = sqlite3.connect(second.root / "data" / "plantrack.db")
    [(bases,)] = database.execute("SELECT bases FROM reports").fetchall()
    before = [{key: value for key, value in basis.items() if key != "plans"} for basis in json.loads(bases)]
    database.execute("UPDATE reports SET bases = ?", (json.dumps(before),))
    database.commit()
    database.close()
    [again, _ministry] = second.report("q2", "--again", "1")["reports"]
    said = words_of(second.root / again["path"])
    assert "หน่วยงานแจ้ง" not in said
    assert "การเปลี่ยนแปลงแผนของโครงการ" not in said
