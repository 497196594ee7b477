"""What a load of the register changes, and that nothing leaves it without a word (R23)."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from plan_tracker.registerbook import write_register
from plan_tracker.registerbook.changes import RegisterChange, RegisterChangeKind
from plan_tracker.steps.prepare.register import RegisterCheck
from plan_tracker.store import Store
from plan_tracker.values import Value
from tests.desk import TABLES, Desk

Tables = dict[str, list[dict[str, Value]]]


def tables() -> Tables:
    return deepcopy({name: [dict(row) for row in rows] for name, rows in TABLES.items()})


def row(content: Tables, table: str, code: str) -> dict[str, Value]:
    return next(found for found in content[table] if found["code"] == code)


def reload(desk: Desk, content: Tables, *words: str, expect: int = 0) -> dict[str, Any]:
    write_register(desk.root / "register.xlsx", content)
    return desk.run("register", "load", *words, expect=expect)


def told(loaded: dict[str, Any]) -> set[tuple[str, str, str, str, str]]:
    return {(c["kind"], c["code"], c["field"], c["before"], c["after"]) for c in loaded["changes"]}


def test_every_changed_cell_is_told_before_and_after(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P001")["f9.recurrent.budget"] = Decimal("5000000")
    row(content, "projects", "P001")["name"] = "ระบบติดตามแผนงานระยะที่ 2 (ตัวอย่าง)"
    row(content, "kpis", "K01")["target_q1"] = Decimal(25)
    row(content, "projects", "P002")["unit"] = "ETDA"
    expected = {
        ("changed", "P001", "f9.recurrent.budget", "4500000.00", "5000000.00"),
        ("changed", "P001", "name", "ระบบติดตามแผนงาน (ตัวอย่าง)", "ระบบติดตามแผนงานระยะที่ 2 (ตัวอย่าง)"),
        ("changed", "K01", "target_q1", "20", "25"),
        ("moved", "P002", "unit", "YS", "ETDA"),
    }
    write_register(desk.root / "register.xlsx", content)
    for words in (("register", "check"), ("register", "load", "--dry-run")):
        assert told(desk.run(*words, expect=0)) == expected
    assert desk.run("register", "load", expect=0)["version"] == 2
    assert told(desk.run("register", "check", expect=0)) == set()


def test_a_change_is_told_by_its_sheet_and_cell(desk: Desk) -> None:
    from openpyxl import load_workbook

    content = tables()
    row(content, "kpis", "K02")["target"] = Decimal(4)
    [change] = reload(desk, content)["changes"]
    sheet, _separator, cell = change["cell"].partition("!")
    assert load_workbook(desk.root / "register.xlsx")[sheet][cell].value == 4
    assert (change["before"], change["after"]) == ("5", "4")


def test_the_first_load_changes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "new")
    desk.run("init", str(desk.root), expect=0)
    write_register(desk.root / "register.xlsx", TABLES)
    assert desk.run("register", "load", expect=0)["changes"] == []


@pytest.mark.parametrize(("table", "code"), [("projects", "P002"), ("kpis", "K02"), ("units", "TS")])
def test_a_code_that_is_simply_gone_is_refused_by_name(desk: Desk, table: str, code: str) -> None:
    content = tables()
    content[table] = [found for found in content[table] if found["code"] != code]
    refused = reload(desk, content, expect=2)
    assert code in refused["error"]
    assert "--because" in refused["advice"]
    assert desk.run("register", "load", "--dry-run", expect=2)["error"] == refused["error"]
    assert desk.run("register", "check", expect=1)["changes"][0]["kind"] == "removed"
    shown = desk.invoke("register", "check").output
    assert "--because" in shown
    assert "นำเข้าทะเบียนได้" not in shown
    store = Store(desk.root / "data" / "plantrack.db")
    assert [load.version for load in store.register_loads()] == [1]
    store.close()


def test_a_refusal_names_forty_codes_at_most() -> None:
    gone = [
        RegisterChange(RegisterChangeKind.REMOVED, "projects", f"P{n:03}", "code", f"P{n:03}", "") for n in range(41)
    ]
    added = RegisterChange(RegisterChangeKind.ADDED, "projects", "P999", "code", "", "P999")
    for number, end in ((2, "P000 P001"), (41, "P039 …")):
        refusal = RegisterCheck(Path("register.xlsx"), None, [], [*gone[:number], added]).refusal
        assert refusal is not None
        assert refusal.what.endswith(end)
        assert "P999" not in refusal.what
    assert RegisterCheck(Path("register.xlsx"), None, [], [added]).refusal is None


def test_a_check_tells_problems_that_stop_nothing_and_changes(desk: Desk) -> None:
    content = tables()
    del row(content, "units", "YS")["unit_type"]
    row(content, "projects", "P003")["name"] = "เอกสารใหม่ (ตัวอย่าง)"
    write_register(desk.root / "register.xlsx", content)
    checked = desk.run("register", "check")
    [problem] = checked["problems"]
    assert (problem["level"], "unit_type" in problem["message"]) == ("warning", True)
    assert ("changed", "P003", "name") in {(one["kind"], one["code"], one["field"]) for one in checked["changes"]}


def test_people_see_changes_in_the_words_of_their_workbook(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P002").update(unit="ETDA")
    row(content, "projects", "P003").update(state="cancelled", state_date=date(2026, 1, 5), state_reason="ยุติ (ตัวอย่าง)")
    write_register(desk.root / "register.xlsx", content)
    shown = desk.invoke("register", "check").output
    assert "ย้าย · หน่วยงาน" in shown
    assert re.search(r"P003 +แก้ไข · สถานะ +ยกเลิก", shown)
    assert "moved" not in shown


def test_with_a_reason_on_record_it_may_go(desk: Desk) -> None:
    content = tables()
    content["projects"] = [found for found in content["projects"] if found["code"] != "P002"]
    loaded = reload(desk, content, "--because", "ลงทะเบียนผิด (ตัวอย่าง)")
    assert told(loaded) == {("removed", "P002", "code", "P002", "")}
    first, entry = (event for event in desk.run("log")["events"] if event["what"] == "register load")
    assert first.keys().isdisjoint({"because", "removed"})
    assert (entry["because"], entry["removed"]) == ("ลงทะเบียนผิด (ตัวอย่าง)", "P002")
    told_life = desk.run("register", "history", "P002", expect=0)
    assert [event["changes"][0]["kind"] for event in told_life["events"]] == ["added", "removed"]
    assert told_life["events"][1]["because"] == "ลงทะเบียนผิด (ตัวอย่าง)"


def test_where_no_code_is_gone_a_load_needs_no_reason_and_the_log_has_no_codes(desk: Desk) -> None:
    content = tables()
    row(content, "kpis", "K02")["target"] = Decimal(4)
    assert reload(desk, content)["version"] == 2
    row(content, "kpis", "K02")["target"] = Decimal(3)
    reload(desk, content, "--because", "ปรับเป้า (ตัวอย่าง)")
    loads = [event for event in desk.run("log")["events"] if event["what"] == "register load"]
    assert [event["version"] for event in loads] == ["1", "2", "3"]
    assert not any({"removed", "because"} & event.keys() for event in loads)


def test_another_code_is_a_renaming_and_keeps_its_other_changes(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P002").update(code="P102", former_code="P002", name="จัดทำแผนใหม่ (ตัวอย่าง)")
    row(content, "kpis", "K02").update(code="K22", former_code="K02")
    assert told(reload(desk, content)) == {
        ("renamed", "P102", "code", "P002", "P102"),
        ("changed", "P102", "name", "จัดทำแผน (ตัวอย่าง)", "จัดทำแผนใหม่ (ตัวอย่าง)"),
        ("renamed", "K22", "code", "K02", "K22"),
    }
    assert reload(desk, content)["changes"] == []  # said once
    assert desk.run("register", "history", "p002")["codes"] == ["P002", "P102"]


def test_what_goes_on_from_several_is_merged(desk: Desk) -> None:
    content = tables()
    one = row(content, "projects", "P001")
    content["projects"] = [found for found in content["projects"] if found["code"] not in ("P001", "P002")]
    content["projects"].append({**one, "code": "P100", "former_code": "P001, P002"})
    assert ("merged", "P100", "code", "P001 P002", "P100") in told(reload(desk, content))
    assert desk.run("register", "history", "P100")["codes"] == ["P001", "P002", "P100"]


def test_a_merged_unit_keeps_its_row_and_reports_no_more(desk: Desk) -> None:
    content = tables()
    row(content, "units", "TS").update(state="merged", state_date=date(2026, 1, 1), state_reason="ยุบรวม (ตัวอย่าง)")
    row(content, "units", "YS")["former_code"] = "TS"
    loaded = told(reload(desk, content))
    assert ("merged", "YS", "code", "TS", "YS") in loaded
    assert ("changed", "TS", "state", "", "merged") in loaded


def test_what_is_cancelled_gets_no_sheet_any_more(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P002").update(
        state="ยกเลิก", state_date=date(2026, 1, 15), state_reason="ไม่ได้รับงบประมาณ (ตัวอย่าง)"
    )
    reload(desk, content)
    desk.run("issue-forms", "q1", "--unit", "YS", expect=0)
    assert desk.newest_form("YS").projects == ("P001",)


def _twice(content: Tables) -> None:
    for code in ("P001", "P003"):
        row(content, "projects", code)["former_code"] = "P999"


def _beside_its_old_row(content: Tables) -> None:
    row(content, "projects", "P003")["former_code"] = "P002"


def _without_reason(content: Tables) -> None:
    row(content, "projects", "P002").update(state="cancelled", state_date=date(2026, 1, 15))


def _without_day(content: Tables) -> None:
    row(content, "projects", "P002").update(state="cancelled", state_reason="เหตุ (ตัวอย่าง)")


def _of_a_closed_unit(content: Tables) -> None:
    row(content, "units", "ETDA").update(state="ended", state_date=date(2026, 1, 1), state_reason="ยุบเลิก (ตัวอย่าง)")


def _never_loaded(content: Tables) -> None:
    row(content, "projects", "P003")["former_code"] = "P0001"


@pytest.mark.parametrize(
    ("slip", "key", "says"),
    [
        (_twice, "former_code", "P999"),
        (_beside_its_old_row, "former_code", "รวม"),
        (_without_reason, "state_reason", "ยกเลิก"),
        (_without_day, "state_date", "ยกเลิก"),
        (_of_a_closed_unit, "unit", "สิ้นสุด"),
        (_never_loaded, "former_code", "P001"),
    ],
)
def test_what_can_not_have_happened_is_told_at_its_cell(
    desk: Desk, slip: Callable[[Tables], None], key: str, says: str
) -> None:
    from openpyxl import load_workbook

    content = tables()
    slip(content)
    problems = reload(desk, content, expect=2)["problems"]
    sheets = load_workbook(desk.root / "register.xlsx")
    at_key = [
        problem
        for problem in problems
        if sheets[problem["sheet"]][f"{problem['cell'].rstrip('0123456789')}2"].value == key
    ]
    assert at_key, problems
    assert any(says in problem["message"] for problem in at_key)


def test_register_show_lists_projects_and_kpis(desk: Desk) -> None:
    shown = desk.invoke("register", "show").stdout
    for code in ("P001", "P002", "P003", "K01", "K02"):
        assert code in shown
