"""What people call units, projects and plans leads to their codes; what is not found, to the likely one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.errors import UsageError
from plan_tracker.fiscal import thai_digits
from plan_tracker.naming import find_any, find_project, find_unit
from plan_tracker.register import Plan, Project, Register, Unit
from plan_tracker.registerbook import write_register
from tests.desk import PROJECTS, TABLES, Desk

_UNITS = (
    Unit("YS", "กองยุทธศาสตร์และแผนงาน", "ยศ.", "memo", "ผู้อำนวยการ"),
    Unit("TS1", "กลุ่มตรวจสอบภายใน", "ตสน.", "memo", "หัวหน้ากลุ่ม"),
    Unit("TS2", "กลุ่มตรวจสอบพิเศษ", "ตสพ.", "memo", "หัวหน้ากลุ่ม"),
)
_PROJECTS = (Project("P001", "ระบบติดตามแผนงาน", ("ops",), "YS"), Project("P002", "จัดทำแผน", ("ops",), "YS"))
_REGISTER = Register(2569, (Plan("ops", "แผนปฏิบัติราชการ", "สป."),), _UNITS, _PROJECTS, ())


@pytest.mark.parametrize("text", ["YS", "ys", "Ys ", "ยศ.", "ยศ", "กองยุทธศาสตร์และแผนงาน", "กองยุทธศาสตร์ และแผนงาน"])
def test_a_unit_is_found_by_what_people_call_it(text: str) -> None:
    assert find_unit(_REGISTER, text) == "YS"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("YSS", "YS (ยศ.)"),
        ("กองยุทธศาสตร์", "YS (ยศ.)"),
        ("ตส", "TS1 (ตสน.)"),
        ("กลุ่มตรวจสอบ", "TS2 (ตสพ.)"),
        ("โทร", "register show"),
    ],
)
def test_what_is_not_found_is_answered_with_the_likely_one(text: str, offered: str) -> None:
    with pytest.raises(UsageError) as refused:
        find_unit(_REGISTER, text)
    assert text in refused.value.what
    assert offered in refused.value.advice


def test_codes_come_before_names() -> None:
    named_as_another = Unit("A", "เก่า", "B", "memo", ""), Unit("B", "ใหม่", "A", "memo", "")
    register = Register(2569, (), named_as_another, (), ())
    assert [find_unit(register, text) for text in ("a", "b", "เก่า")] == ["A", "B", "A"]


def test_projects_and_plans_are_found_too() -> None:
    assert find_project(_REGISTER, "p๐๐๑") == find_any(_REGISTER, "ระบบติดตามแผนงาน") == "P001"
    assert (find_any(_REGISTER, "OPS"), find_any(_REGISTER, "ยศ.")) == ("ops", "YS")
    with pytest.raises(UsageError, match="P003"):
        find_project(_REGISTER, "P003")


@given(
    st.sampled_from([*_UNITS, *_PROJECTS]),
    st.sampled_from([str.upper, str.lower, str.title, thai_digits]),
    st.text(" ", max_size=2),
)
def test_a_code_is_found_in_any_case_and_digits(item: Unit | Project, written: object, spaces: str) -> None:
    assert callable(written)
    assert find_any(_REGISTER, spaces + written(item.code) + spaces) == item.code


@given(st.text(max_size=10))
def test_whatever_is_typed_is_a_code_or_refused(text: str) -> None:
    with suppress(UsageError):
        assert find_any(_REGISTER, text) in {"ops", "YS", "TS1", "TS2", "P001", "P002"}


def test_the_same_words_go_for_every_command(desk: Desk) -> None:
    """Periods, years, units and projects as people type them."""
    assert [
        form["unit"]
        for form in desk.run("issue-forms", "ไตรมาส ๒", "--unit", "ยศ", "--year", "69", "--dry-run")["forms"]
    ] == ["YS"]
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    for words in (
        ("status", "๑", "--unit", "ys"),
        ("trace", "1/2569", "p001"),
        ("trace", "q1", "กองยุทธศาสตร์ (ตัวอย่าง)"),
    ):
        assert "error" not in desk.run(*words, expect=0)
    assert [line["unit"] for line in desk.run("status", "1", "--unit", "ยศ.", "--year", "2026")["units"]] == ["YS"]
    desk.run("letters", "number", "l1", "ยศ.", "ดศ 1", "--date", "5 ม.ค. 2569", expect=0)
    (letter,) = [one for one in desk.run("letters", "list", "ไตรมาสที่ 1")["letters"] if one["unit"] == "YS"]
    assert letter["date"] == "2026-01-05"
    told = desk.run(
        "orders",
        "add",
        "เร่งรัด",
        "--date",
        "5/1/2569",
        "--due",
        "๖ มกราคม ๒๕๖๙",
        "--unit",
        "ยศ",
        "--period",
        "1",
        expect=0,
    )
    assert (told["order"]["due"], told["order"]["units"]) == ("2026-01-06", ["YS"])
    assert "YS (ยศ.)" in desk.run("status", "q1", "--unit", "yss", expect=2)["advice"]


def test_a_project_that_left_the_register_may_still_be_traced(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.report("q1")
    _without_p002(desk)
    assert desk.run("trace", "q1", "p002", "--report", "1", expect=0)["project"] == "P002"


def _without_p002(desk: Desk) -> None:
    kept = [project for project in PROJECTS if project["code"] != "P002"]
    write_register(desk.root / "register.xlsx", {**TABLES, "projects": kept})
    desk.run("register", "load", "--because", "ลงทะเบียนผิด (ตัวอย่าง)", expect=0)
