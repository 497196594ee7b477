"""Central forms laid out from what counts: eMENSCR, สงป.301/302, and an office's own."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from plan_tracker.documents.central.layouts import BUNDLED, build_layout
from plan_tracker.registerbook import write_register
from plan_tracker.values import Value
from tests.desk import PROJECTS, Q2, TABLES, Desk

MONEY = {"P001/f9.recurrent.budget": 4500000, "P001/f9.recurrent.committed": 0, "P001/f9.recurrent.disbursed": 1000000}
PROBLEMS = {
    f"P001/f13.problems[{number}].{part}": f"{word} {number}"
    for number in (1, 2)
    for part, word in (("problem", "ปัญหา"), ("cause", "สาเหตุ"), ("recommendation", "แนวทาง"))
}


@pytest.fixture
def told(desk: Desk) -> Desk:
    """YS has returned Q1; ETDA has not."""
    desk.send_back("YS", {**MONEY, **PROBLEMS, "P001/f14.progress_percent": 25})
    desk.run("ingest", expect=0)
    return desk


def _add(desk: Desk, text: str) -> None:
    config = desk.root / "config.toml"
    config.write_text(config.read_text(encoding="utf-8") + text, encoding="utf-8")


def _rows(desk: Desk, made: dict[str, Any]) -> list[dict[str, Any]]:
    sheet = load_workbook(desk.root / made["path"]).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_a_project_is_a_row_of_emenscr(told: Desk) -> None:
    made = told.run("export", "emenscr", "q1", expect=1)
    assert made["path"] == "outbox/2569-q1/exports/2569-q1-emenscr.xlsx"
    assert made["missing"] == ["ETDA"]
    assert made["blank"] == ["รหัสโครงการในระบบ eMENSCR"]
    rows = {row["ชื่อโครงการ/การดำเนินงาน"]: row for row in _rows(told, made)}
    assert made["rows"] == len(rows) == 3
    row = rows["ระบบติดตามแผนงาน (ตัวอย่าง)"]
    assert row["ผลความก้าวหน้าสะสม (ร้อยละ)"] == 25
    assert row["ผลการเบิกจ่ายในไตรมาส (บาท)"] == row["ผลการเบิกจ่ายสะสม (บาท)"] == 1000000
    assert row["ปัญหา/อุปสรรค"] == "1. ปัญหา 1\n2. ปัญหา 2"
    assert row["วันที่เริ่มต้นโครงการ"].date() == date(2025, 10, 1)
    missing = rows["เอกสารอิเล็กทรอนิกส์ (ตัวอย่าง)"]
    assert missing["ผลความก้าวหน้าสะสม (ร้อยละ)"] is None


@pytest.mark.parametrize("name", ["สงป.302", "สงป. ๓๐๒", "302", "BB302"])
def test_a_form_goes_by_what_officers_call_it(told: Desk, name: str) -> None:
    assert told.run("export", name, "q1", "--unit", "ยศ.", "--dry-run", expect=0)["form"] == "bb302"
    assert not (told.root / "outbox" / "2569-q1" / "exports").exists()


def test_quarters_stand_side_by_side_and_those_to_come_are_blank(told: Desk) -> None:
    told.today = date(2026, 4, 2)
    told.run("issue-forms", "q2", expect=0)
    told.send_back("YS", {"P001/f9.recurrent.disbursed": 2500000.5, "P001/f9.recurrent.committed": 0}, period=Q2)
    told.run("ingest")
    made = told.run("export", "302", "q2", "--unit", "YS", expect=0)
    [row] = [row for row in _rows(told, made) if row["ชื่อโครงการ"].startswith("ระบบ")]
    spent = [row[f"ผลการใช้จ่าย ไตรมาสที่ {quarter} (บาท)"] for quarter in (1, 2, 3, 4)]
    assert spent == [1000000, 1500000.5, None, None]
    assert row["ประเภทรายจ่าย"] == "รายจ่ายประจำ"
    assert row["ผลการใช้จ่ายสะสม (บาท)"] == 2500000.5
    assert row["ร้อยละของผลการใช้จ่าย"] == 55.56
    assert row["คงเหลือ (บาท)"] == 1999999.5
    earlier = told.run("export", "302", "q1", "--unit", "YS", expect=0)
    assert _rows(told, earlier)[0]["ผลการใช้จ่าย ไตรมาสที่ 2 (บาท)"] is None


def test_before_any_return_the_register_is_what_is_known(desk: Desk) -> None:
    made = desk.run("export", "301", "q1", expect=1)
    assert made["missing"] == ["YS", "ETDA"]
    [row] = _rows(desk, made)
    assert (row["ชื่อโครงการ"], row["งบประมาณตาม พ.ร.บ. (บาท)"]) == ("ระบบติดตามแผนงาน (ตัวอย่าง)", 4500000)


def test_the_offices_own_columns_of_the_register_are_kept_and_carried_on(told: Desk) -> None:
    own: dict[str, Value] = {"x.emenscr": "ดศ 0201-69-0001", "x.budget_code": "16002"}
    projects = [{**PROJECTS[0], **own}, *PROJECTS[1:]]
    write_register(told.root / "register.xlsx", {**TABLES, "projects": projects})
    changes = told.run("register", "load", expect=0)["changes"]
    assert {change["field"] for change in changes} == set(own)
    made = told.run("export", "emenscr", "q1", "--unit", "YS", expect=0)
    assert made["blank"] == []
    assert _rows(told, made)[0]["รหัสโครงการในระบบ eMENSCR"] == "ดศ 0201-69-0001"
    told.today = date(2026, 10, 1)
    told.run("new-year", "2570")
    sheet = load_workbook(told.root / "register.xlsx")["โครงการ"]
    keys = [cell.value for cell in sheet[2]]
    assert [sheet.cell(3, keys.index(key) + 1).value for key in own] == list(own.values())


def test_an_office_maps_columns_once_in_its_settings(told: Desk) -> None:
    _add(
        told,
        """
[export.emenscr.columns]
"สาเหตุ" = "-"
"ชื่อโครงการ/การดำเนินงาน" = "code"
"รหัสกรม" = "= 16002"
"เบิกจ่ายไตรมาส 1" = "Disbursed@q1"
"ลายมือชื่อ" = ""

[export.monthly]
title = "แบบติดตามของสำนักตรวจ"
rows = "problems"
[export.monthly.columns]
"โครงการ" = "code"
"ปัญหา" = "row.problem"
""",
    )
    made = told.run("export", "emenscr", "q1", "--unit", "YS", expect=0)
    row = _rows(told, made)[0]
    assert "สาเหตุ" not in row
    assert (row["ชื่อโครงการ/การดำเนินงาน"], row["รหัสกรม"], row["ลายมือชื่อ"]) == ("P001", "16002", None)
    assert row["เบิกจ่ายไตรมาส 1"] == 1000000
    assert made["blank"] == ["รหัสโครงการในระบบ eMENSCR", "ลายมือชื่อ"]
    own = _rows(told, told.run("export", "สำนักตรวจ", "q1", "--unit", "YS", expect=0))
    assert [tuple(row.values()) for row in own][:2] == [("P001", "ปัญหา 1"), ("P001", "ปัญหา 2")]


def test_a_map_that_cannot_be_followed_is_told_with_the_likely_name(told: Desk) -> None:
    _add(told, '\n[export.emenscr.columns]\n"ความก้าวหน้า" = "f14.progres_percent"\n')
    wrong = told.run("export", "emenscr", "q1", expect=2)
    assert "ความก้าวหน้า" in wrong["error"]
    assert "f14.progress_percent" in wrong["advice"]
    notes = told.run("config", "check", expect=1)["notes"]
    said = [note["message"] for note in notes if note["setting"] == "export.emenscr"]
    assert said == [f"{wrong['error']} {wrong['advice']}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\n[export.emenscr.columns]\n"หัว" = 5\n', "export.emenscr.columns"),
        ('\n[export.emenscr]\nrow = "projects"\n', "rows"),
        ('\n[export.emenscr]\nrows = "project"\n', "projects"),
        ('\n[export]\nemenscr = "x"\n', "[export.emenscr]"),
    ],
)
def test_settings_of_exports_are_read_as_strictly_as_all_others(told: Desk, text: str, said: str) -> None:
    _add(told, text)
    assert said in told.run("status", expect=2)["error"]


def test_nothing_is_written_over(told: Desk, tmp_path: Path) -> None:
    first, second = (told.run("export", "emenscr", "q1")["path"] for _again in range(2))
    assert first != second
    table = tmp_path / "ส่วนกลาง.csv"
    told.run("export", "emenscr", "q1", "--to", str(table), expect=1)
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["ผลการเบิกจ่ายสะสม (บาท)"] == "1000000.00"
    assert "--to" in told.run("export", "emenscr", "q1", "--to", str(table), expect=2)["advice"]
    assert ".xlsx" in told.run("export", "emenscr", "q1", "--to", "x.doc", expect=2)["advice"]


def test_what_a_unit_types_is_no_formula(told: Desk) -> None:
    told.send_back("YS", {**MONEY, "P001/f11.result_quarter": "=1+1 ผลงาน"}, name="ใหม่.xlsx")
    told.run("ingest")
    made = told.run("export", "emenscr", "q1", "--unit", "YS")
    cells = [cell for row in load_workbook(told.root / made["path"]).worksheets[0].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1 ผลงาน"] == ["s"]


@pytest.mark.parametrize("name", BUNDLED)
def test_without_a_quarter_the_map_is_shown(told: Desk, name: str) -> None:
    shown = told.run("export", name, expect=0)
    assert [column["heading"] for column in shown["columns"]] == list(BUNDLED[name].columns)
    assert all(column["about"] for column in shown["columns"])
    lines = told.invoke("export", name).stdout.splitlines()
    assert any("config.toml" in line for line in lines)


def test_no_contact_is_in_any_map(told: Desk) -> None:
    _add(told, '\n[export.own.columns]\n"ผู้ประสานงาน" = "u.contact_name"\n')
    assert told.run("export", "own", "q1", expect=2)["error"]
    assert not [one for name in BUNDLED for one in build_layout(name, {}).columns if "contact" in one.said]


def test_amounts_are_exact(told: Desk, tmp_path: Path) -> None:
    told.send_back("YS", {**MONEY, "P001/f9.recurrent.disbursed": 1234567.89}, name="ใหม่.xlsx")
    told.run("ingest", expect=0)
    table = tmp_path / "302.csv"
    told.run("export", "302", "q1", "--unit", "YS", "--to", str(table), expect=0)
    with table.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert Decimal(row["คงเหลือ (บาท)"]) == Decimal("4500000") - Decimal("1234567.89")
