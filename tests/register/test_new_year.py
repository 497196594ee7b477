"""From one fiscal year into the next (R24): what is open, the next register, the settings, and whose year is told."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from plan_tracker.forms.definition import choices as c
from plan_tracker.values import Value
from tests.desk import Desk, issue_small_workspace
from tests.register.test_register_changes import reload, row, tables

DONE: dict[str, Value | int | float | None] = {
    "P002/f14.stage": c.COMPLETED,
    "P002/f14.progress_percent": 100,
    "P002/f14.actual_end_date": date(2025, 12, 20),
    "P002/f14.next_steps": None,
    "P002/f12.benefits": "แผนที่ใช้งานได้ (ตัวอย่าง)",
}


@pytest.fixture
def ending(desk: Desk) -> Desk:
    """P001 goes on, P002 is completed, P003 was cancelled; K01 has ended. ETDA owes K02. The year is nearly over."""
    desk.send_back("YS", DONE)
    assert desk.ingest_one()["outcome"] == "accepted"
    content = tables()
    over: dict[str, Value] = {"state": "cancelled", "state_date": date(2026, 1, 20), "state_reason": "ยกเลิก (ตัวอย่าง)"}
    row(content, "projects", "P003").update(over)
    row(content, "kpis", "K01").update(over)
    for plan in content["plans"]:
        plan["name"] = f"{plan['name']} พ.ศ. 2569"
    reload(desk, content)
    desk.today = date(2026, 9, 15)
    return desk


def cells(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """The workbook's rows by sheet, code and column key."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for sheet in load_workbook(path).worksheets:
        lines = list(sheet.iter_rows(min_row=2, values_only=True))
        if lines and lines[0] and lines[0][0] == "code":
            rows = [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:] if line[0]]
            found[sheet.title] = {str(one["code"]): one for one in rows}
    return found


def test_the_register_goes_on_with_definitions_and_blanks_for_the_years_own_facts(ending: Desk) -> None:
    old = (ending.root / "register.xlsx").read_bytes()
    begun = ending.run("new-year", "2570", expect=1)
    assert (begun["projects"], begun["kpis"], begun["left"]) == (["P001"], ["K02"], ["P002", "P003"])
    assert (ending.root / begun["kept"]).read_bytes() == old
    book = cells(ending.root / begun["register"])
    plans, projects, kpis = book["แผน"], book["โครงการ"], book["ตัวชี้วัด"]
    assert (plans["ops"]["fiscal_year"], plans["ops"]["name"][-4:]) == (2570, "2570")
    assert set(book["หน่วยงาน"]) == {"YS", "ETDA", "TS"}
    project = projects["P001"]
    assert project["f4.objectives"].startswith("1. เพื่อติดตามแผนงาน")
    assert project["f6.summary"]  # the register was silent, and the unit has said it
    assert str(project["f8.end_date"])[:10] == "2026-09-30"
    due = {key: project[key] for key in project if key.startswith(("f9.", "f8.planned_"))}
    assert {"f9.recurrent.act_budget", "f9.investment.budget", "f8.planned_q1", "f8.planned_q4"} <= due.keys()
    assert set(due.values()) == {None}
    assert [kpis["K02"][key] for key in ("direction", "target", "target_q1")] == [c.LEVELS, None, None]


def test_the_new_year_is_on_record_with_its_register_and_the_old_one(desk: Desk) -> None:
    begun = desk.run("new-year", "2570")
    told = desk.run("log")["events"][-1]
    assert (told["what"], told["year"], told["register"], told["kept"]) == (
        *("new-year", "2570", "register.xlsx", "register-2569.xlsx"),
    )
    assert (begun["register"], begun["kept"]) == (told["register"], told["kept"])


def test_the_plan_goes_on_as_it_was_approved(desk: Desk) -> None:
    """A revision that was approved is in the next register; what a unit changed without an approval is not."""
    desk.send_back("YS", {"P002/f5.outputs[1].quantity": 2})
    assert desk.ingest_one()["outcome"] == "accepted"
    revised: dict[str, Value | int | float | None] = {
        "P001/f8.end_date": date(2027, 9, 30),
        "P001/f8.note": "ขยายเวลา (ตัวอย่าง)",
        "P002/f8.end_date": date(2028, 9, 30),
        "P002/f8.note": "ขยายเวลา (ตัวอย่าง)",
        "P002/f5.outputs[1].quantity": 1,
        "P002/f5.outputs[2].output": "คู่มือ (ตัวอย่าง)",
        "P002/f5.outputs[2].quantity": 1,
        "P002/f5.outputs[2].unit": "เล่ม",
        "P002/f5.note": "ลดเป้าหมาย (ตัวอย่าง)",
        "P002/f6.summary": "สรุปใหม่ (ตัวอย่าง)",
    }
    desk.send_back("YS", revised, name="ปรับแผน.xlsx")
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.run("plan", "approve", "q1", "P001", "--because", "เห็นชอบ (ตัวอย่าง)", expect=0)
    desk.today = date(2026, 9, 15)
    begun = desk.run("new-year", "2570", expect=1)
    projects = cells(desk.root / begun["register"])["โครงการ"]
    assert str(projects["P001"]["f8.end_date"])[:10] == "2027-09-30"
    assert str(projects["P002"]["f8.end_date"])[:10] == "2026-09-30"
    assert projects["P002"]["f5.outputs[1].quantity"] == 2
    assert projects["P002"].get("f5.outputs[2].output") is None
    assert projects["P002"]["f6.summary"] == "สรุปใหม่ (ตัวอย่าง)"  # no matter of the plan: the newest answer


def test_what_is_blank_is_asked_for_and_then_the_year_begins(ending: Desk) -> None:
    ending.run("new-year", "2570", expect=1)
    [task] = [one for one in ending.run(expect=0)["next"] if "register" in one["command"]]
    assert (task["command"], "ตัวชี้วัด!G3" in task["why"]) == ("plantrack register check", True), task
    refused = ending.run("register", "load", expect=2)
    assert {problem["key"] if "key" in problem else problem["cell"][:1] for problem in refused["problems"]}
    assert all("เป้าหมาย" in problem["message"] for problem in refused["problems"] if problem["level"] == "error")
    book = load_workbook(ending.root / "register.xlsx")
    sheet = book["ตัวชี้วัด"]
    column = [cell.value for cell in sheet[2]].index("target") + 1
    sheet.cell(3, column, 4)
    book.save(ending.root / "register.xlsx")
    ending.run("register", "load", expect=0)
    ending.today = date(2026, 10, 1)
    ending.run("issue-forms", "q1", expect=0)
    assert (ending.root / "outbox" / "2570-q1" / "forms" / "2570-q1-YS.xlsx").is_file()


def test_the_settings_keep_every_comment(ending: Desk) -> None:
    config = ending.root / "config.toml"
    before = config.read_text("utf-8").replace("fiscal_year = 2569", "fiscal_year = 2569  # ปีนี้ (ตัวอย่าง)")
    config.write_bytes(b"\xef\xbb\xbf" + before.replace("\n", "\r\n").encode())
    ending.run("new-year", "๒๕๗๐", expect=1)
    after = config.read_bytes()
    assert after == b"\xef\xbb\xbf" + before.replace("= 2569  #", "= 2570  #").replace("\n", "\r\n").encode()
    assert tomllib.loads(after.decode("utf-8-sig"))["fiscal_year"] == 2570


def test_what_is_open_in_the_old_year_is_told_and_a_dry_run_changes_nothing(ending: Desk) -> None:
    files = {path: path.read_bytes() for path in ending.root.glob("*") if path.is_file()}
    planned = ending.run("new-year", "2570", "--dry-run", expect=1)
    assert {path: path.read_bytes() for path in ending.root.glob("*") if path.is_file()} == files
    assert planned == ending.run("new-year", "2570", expect=1)
    assert {(one["fiscal_year"], one["period"]) for one in planned["open"]} == {(2569, "q1"), (2569, "year-end")}
    returns = next(one for one in planned["open"] if (one["period"], one["step"]) == ("q1", 4))
    assert "1/2" in returns["detail"]
    [begun] = [event for event in ending.run("log")["events"] if event["what"] == "new-year"]
    assert (begun["year"], begun["register"], begun["kept"]) == ("2570", "register.xlsx", "register-2569.xlsx")
    said = ending.invoke("new-year", "2571", "--dry-run").output
    assert "2570" in said


def test_letters_without_a_number_are_open_though_no_step_is(tmp_path: Path) -> None:
    """With the command for them as it is typed once the year has turned. Nothing is open only where nothing is."""
    issue_small_workspace(tmp_path / "งาน", forms=False)
    office = Desk(tmp_path / "งาน", date(2026, 9, 15))
    nothing = "ไม่มีงานค้าง"
    assert nothing in office.invoke("new-year", "2570", "--dry-run").stdout
    office.run(
        "orders", "add", "เร่งรัด (ตัวอย่าง)", "--date", "2569-09-01", "--due", "2569-12-20", "--unit", "YS", expect=0
    )
    [letter] = office.run("orders", "letters", expect=0)["letters"]
    command = f"plantrack letters list {letter['period']} --year 2569 --unnumbered"
    told = office.run("new-year", "2570", "--dry-run", expect=1)
    assert (told["open"], [task["command"] for task in told["tasks"]]) == ([], [command])
    said = office.invoke("new-year", "2570").stdout
    assert nothing not in said
    assert f"→ {command}" in said
    assert office.run(*command.split()[1:], expect=0)["letters"]


@pytest.mark.parametrize("year", ["2569", "2571", "2568"])
def test_only_the_next_year_begins(ending: Desk, year: str) -> None:
    assert "plantrack new-year 2570" in ending.run("new-year", year, expect=2)["advice"]


def test_a_register_that_was_changed_and_not_loaded_does_not_go_on(ending: Desk) -> None:
    book = load_workbook(ending.root / "register.xlsx")
    book.properties.title = "แก้ไข"
    book.save(ending.root / "register.xlsx")
    assert "register load" in ending.run("new-year", "2570", expect=2)["advice"]


def test_each_says_of_which_year_it_speaks(ending: Desk) -> None:
    ending.run("new-year", "2570", expect=1)
    told = ending.run("status", expect=0)
    assert (told["fiscal_year"], told["period"]) == (2569, "q1")  # no form of the new year is out
    following = ending.invoke("status").output
    assert "2569" in following
    assert "remind q1 --year 2569" in following
    assert {one["fiscal_year"] for one in ending.run("letters", "list", "--year", "2569")["letters"]} == {2569}
    assert ending.run("letters", "list", "--year", "70", expect=0)["letters"] == []
    assert "2569-q1" in ending.invoke("letters", "list").output
    assert ending.run("problems", "--year", "2569", expect=0)["fiscal_year"] == 2569
    refused = ending.run("report", "q2", "--year", "2569", expect=2)
    assert "--year 2569" in refused["advice"]
    told = ending.run("status", "--year", "2569", expect=0)
    assert (told["fiscal_year"], told["period"]) == (2569, "q1")
