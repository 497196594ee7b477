"""Letters and dates: reminders, the circulation, the ledger (R6, R11), the calendar and the nine steps (R21)."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from rich.cells import cell_len

from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from tests.desk import Desk

ORDER = "ให้เร่งรัดการเบิกจ่ายให้เป็นไปตามเป้าหมาย (ตัวอย่าง)"
STEP_KEYS = {"step", "name", "state", "due", "done_on", "days_late", "detail", "command"}


def _text(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)
    return text.replace("\u00a0", " ")


def _steps(desk: Desk, period: str = "q1") -> dict[int, str]:
    return {step["step"]: step["state"] for step in desk.run("status", period, expect=0)["steps"]}


# Reminders


def test_only_late_units_are_reminded_and_told_for_how_many_days(desk: Desk) -> None:
    assert desk.run("remind", "q1", expect=0)["letters"] == []
    desk.send_back("YS")
    desk.ingest_one()
    desk.today = date(2026, 1, 25)
    [letter] = desk.run("remind", "q1", expect=0)["letters"]
    assert (letter["kind"], letter["unit"], letter["days_late"]) == ("L2", "ETDA", 10)
    assert "๑๐ วัน" in _text(desk.root / letter["path"])


def test_a_second_reminder_refers_to_the_first(desk: Desk) -> None:
    """R6: what was sent is never written over; the request is cited once it has its number."""
    desk.today = date(2026, 1, 25)
    desk.run("letters", "number", "L1", "ETDA", "ดศ 0205/11", "--date", "2568-12-20", expect=0)
    first = next(w for w in desk.run("remind", "q1", expect=0)["letters"] if w["unit"] == "ETDA")
    assert "ดศ ๐๒๐๕/๑๑" in _text(desk.root / first["path"])
    again = next(w for w in desk.run("remind", "q1", expect=0)["letters"] if w["unit"] == "ETDA")
    assert (again["path"], again["time"]) == (first["path"], 1)  # not sent yet: the draft is replaced
    desk.run("letters", "number", "L2", "etda", "ดศ 0205/55", "--date", "2569-01-25", expect=0)
    sent = (desk.root / first["path"]).read_bytes()
    desk.today = date(2026, 2, 5)
    second = next(w for w in desk.run("remind", "q1", expect=0)["letters"] if w["unit"] == "ETDA")
    assert (second["path"] != first["path"], second["time"]) == (True, 2)
    assert "ดศ ๐๒๐๕/๕๕" in _text(desk.root / second["path"])
    assert (desk.root / first["path"]).read_bytes() == sent


def test_a_reminder_to_a_unit_whose_return_was_sent_back_cites_the_correction(desk: Desk) -> None:
    """R6, R10: what is missing is the correction, and the letter that asked for it is named."""
    desk.send_back("YS", {"P001/f14.progress_percent": 250})
    desk.ingest_one()
    desk.run("letters", "number", "L3", "YS", "ดศ 0205/77", "--date", "2569-01-05", expect=0)
    desk.today = date(2026, 1, 25)
    reminder = next(w for w in desk.run("remind", "q1", expect=0)["letters"] if w["unit"] == "YS")
    text = _text(desk.root / reminder["path"])
    assert "ยังไม่ได้รับการแก้ไขหรือยืนยันข้อมูลตามบันทึกข้อความ" in text
    assert "ที่ ดศ ๐๒๐๕/๗๗ ลงวันที่ ๕ มกราคม ๒๕๖๙ จำนวน ๑ โครงการ" in text
    assert desk.invoke("letters", "number", "L2", "YS", "9", "--date", "2569-01-04").exit_code == 2


def test_a_unit_is_not_reminded_while_it_has_time_for_its_correction(desk: Desk) -> None:
    desk.today = date(2026, 1, 14)
    desk.send_back("YS", {"P001/f14.progress_percent": 250})
    desk.ingest_one()
    desk.today = date(2026, 1, 16)  # the return was due on the 15th, its correction later
    assert "YS" not in [w["unit"] for w in desk.run("remind", "q1", expect=0)["letters"]]
    desk.today = date(2026, 2, 1)
    assert "YS" in [w["unit"] for w in desk.run("remind", "q1", expect=0)["letters"]]


def test_a_closed_quarter_has_no_reminders_and_grows_no_later(desk: Desk) -> None:
    """R6, R18: with the permission to publish returns are no longer taken."""
    desk.send_back("YS")
    desk.ingest_one()
    desk.today = date(2026, 1, 20)
    desk.report("q1")
    desk.permit("q1")
    desk.today = date(2026, 3, 1)
    refused = desk.invoke("remind", "q1")
    assert (refused.exit_code, "plantrack review reopen q1" in refused.stderr) == (2, True)
    board = desk.run("status", "q1", expect=0)
    assert next(unit["days_late"] for unit in board["units"] if unit["unit"] == "ETDA") == 5
    circulated = desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-01-20", expect=0)["letters"]
    said = _text(desk.root / next(w["path"] for w in circulated if w["unit"] == "ETDA"))
    assert "ไม่ได้จัดส่งแบบรายงานผลการดำเนินงาน ควรจัดส่งให้ครบถ้วนภายในกำหนดในการรายงานครั้งต่อไป" in said
    step = next(step for step in desk.run("status", "q1", expect=0)["steps"] if step["step"] == 4)
    assert "ปิดรับแล้ว" in step["detail"]


def test_the_circulation_names_what_was_taken_as_it_is(desk: Desk) -> None:
    """R11: what a waiver let pass is to be right in the next report."""
    desk.send_back("YS", {"P001/f9.recurrent.disbursed": "สิบบาท", "K01/k.details": None})
    desk.ingest_one()
    desk.run("accept", "q1", "YS", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    circulated = desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-01-05", expect=0)["letters"]
    said = _text(desk.root / next(w["path"] for w in circulated if w["unit"] == "YS"))
    places = "ระบบติดตามแผนงาน (ตัวอย่าง) ข้อ (๙) ร้อยละโครงการที่บรรลุ (ตัวอย่าง) ข้อ (๑)"
    assert f"ให้ถูกต้องครบถ้วนในการรายงานครั้งต่อไป ได้แก่ {places}" in said


def test_no_figure_is_made_of_what_can_not_be(desk: Desk) -> None:
    """R9: a waived return says 250 per cent, spends less than nothing and reaches level 7 of 5."""
    desk.send_back("YS", {"P001/f14.progress_percent": 250, "P001/f9.recurrent.disbursed": -500_000})
    desk.send_back("ETDA", {"K02/k.result": 7})
    desk.run("ingest")
    for unit in ("YS", "ETDA"):
        desk.run("accept", "q1", unit, "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    ops, ministry = (desk.run("trace", "q1", plan, expect=0)["totals"][0]["figures"] for plan in ("ops", "ministry"))
    left_out = {one["figure"]: one["left_out"] for one in ops}
    assert left_out["progress"] == left_out["disbursed"] == ["P001"]
    assert {one["figure"]: one["total"] for one in ministry}["kpis-met"] == "0"
    (value,) = desk.run("trace", "q1", "P001", "f14.progress_percent", expect=0)["values"]
    assert value["value"] == "250"  # as it stands in the cell


def test_a_letter_is_not_of_a_day_before_what_it_is_written_on(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f14.progress_percent": 250})
    desk.ingest_one()
    assert desk.invoke("letters", "number", "L3", "YS", "ดศ 3", "--date", "2569-01-04").exit_code == 2
    assert desk.invoke("letters", "number", "L1", "YS", "ดศ 1", "--date", "2024-05-05").exit_code == 2
    desk.run("letters", "number", "L3", "YS", "ดศ 3", "--date", "2569-01-05", expect=0)


def test_a_number_that_another_letter_has_is_told(desk: Desk) -> None:
    """Copies of one circular share their number; other letters do not."""
    desk.run("letters", "number", "L1", "YS", "ดศ ว 1", "--date", "2569-01-05", expect=0)
    desk.run("letters", "number", "L1", "ETDA", "ดศ ว 1", "--date", "2569-01-05", expect=0)
    desk.today = date(2026, 1, 25)
    desk.run("remind", "q1", expect=0)
    told = desk.run("letters", "number", "L2", "YS", "ดศ ว 1", "--date", "2569-01-25", expect=1)
    assert [(twin["kind"], twin["unit"]) for twin in told["same_number"]] == [("L1", "YS"), ("L1", "ETDA")]
    earlier = desk.run("letters", "number", "L1", "ETDA", "ดศ ว 1", "--date", "2568-12-30", expect=0)
    assert earlier["same_number"] == []  # numbers begin anew with each year


def test_reminders_need_issued_forms(desk: Desk) -> None:
    assert desk.invoke("remind", "q2").exit_code == 2


# The ledger


def test_the_ledger_knows_every_letter(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f14.stage": None})
    desk.run("ingest", expect=1)
    listed = desk.run("letters", "list", "q1", expect=0)["letters"]
    assert {(le["kind"], le["unit"], le["state"]) for le in listed} == {
        ("L1", "YS", "draft"),
        ("L1", "ETDA", "draft"),
        ("L3", "YS", "draft"),
    }
    assert all((desk.root / le["path"]).is_file() for le in listed)
    assert desk.run("letters", "list", "q2", expect=0)["letters"] == []


def test_a_letters_number_is_recorded_and_may_be_mended(desk: Desk) -> None:
    desk.run("letters", "number", "l1", "ys", "ดศ 0205/1", "--date", "2568-12-20", expect=0)
    desk.run("letters", "number", "L1", "YS", "ดศ 0205/2", "--date", "2568-12-21", expect=0)
    letter = next(le for le in desk.run("letters", "list")["letters"] if le["unit"] == "YS")
    assert (letter["number"], letter["date"], letter["state"]) == ("ดศ 0205/2", "2025-12-21", "sent")
    assert desk.run("log")["events"][-1]["what"] == "letters number"


@pytest.mark.parametrize("words", [("L1", "NOPE", "1"), ("L11", "YS", "1"), ("L4", "YS", "1"), ("L1", "YS", " ")])
def test_a_number_needs_a_letter(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.invoke("letters", "number", *words, "--date", "2569-01-01").exit_code == 2


def test_a_letter_is_of_a_day_that_may_be(desk: Desk) -> None:
    """Not of one still to come, nor of one before the letter that it answers."""
    assert desk.invoke("letters", "number", "L1", "YS", "1", "--date", "2569-01-06").exit_code == 2
    desk.run("letters", "number", "L1", "YS", "1", "--date", "2568-12-20", expect=0)
    desk.today = date(2026, 1, 25)
    desk.run("remind", "q1", expect=0)
    assert desk.invoke("letters", "number", "L2", "YS", "2", "--date", "2568-12-19").exit_code == 2
    desk.run("letters", "number", "L2", "YS", "2", "--date", "2569-01-25", expect=0)


def test_a_second_reminder_is_not_of_a_day_before_the_first(desk: Desk) -> None:
    desk.today = date(2026, 1, 25)
    desk.run("remind", "q1", expect=0)
    desk.run("letters", "number", "L2", "YS", "1", "--date", "2569-01-25", expect=0)
    desk.today = date(2026, 2, 10)
    desk.run("remind", "q1", expect=0)
    assert desk.invoke("letters", "number", "L2", "YS", "2", "--date", "2569-01-24").exit_code == 2
    desk.run("letters", "number", "L2", "YS", "2", "--date", "2569-02-10", expect=0)


def test_a_letter_that_was_edited_or_sent_is_never_written_over(desk: Desk) -> None:
    path = desk.root / "outbox/2569-q1/letters/2569-q1-YS-L1.docx"
    document = Document(str(path))
    document.add_paragraph("แก้ไขโดยเจ้าหน้าที่")
    document.save(str(path))
    edited = path.read_bytes()
    issued = desk.run("issue-forms", "q1", "--unit", "YS", expect=0)["forms"][0]
    assert issued["letter"].endswith("2569-q1-YS-L1-2.docx")
    desk.run("letters", "number", "L1", "YS", "ดศ 0205/2", "--date", "2568-12-21", expect=0)
    third = desk.run("issue-forms", "q1", "--unit", "YS", expect=0)["forms"][0]
    assert third["letter"].endswith("2569-q1-YS-L1-3.docx")
    assert path.read_bytes() == edited


def test_a_draft_that_was_edited_is_told_and_one_that_was_sent_is_not(desk: Desk) -> None:
    path = "outbox/2569-q1/letters/2569-q1-YS-L1.docx"
    document = Document(str(desk.root / path))
    document.add_paragraph("แก้ไขโดยเจ้าหน้าที่")
    document.save(str(desk.root / path))
    told = desk.invoke("issue-forms", "q1", "--unit", "YS").stderr
    assert told.count(path) == 1
    desk.run("letters", "number", "L1", "YS", "1", "--date", "2568-12-21", expect=0)
    assert "L1-2.docx" not in desk.invoke("issue-forms", "q1", "--unit", "YS").stderr


def test_a_request_made_once_more_is_told_and_goes_by_itself_once_the_return_counts(desk: Desk) -> None:
    desk.run("letters", "number", "L1", "YS", "1", "--date", "2568-12-21", expect=0)
    issued = desk.run("issue-forms", "q1", expect=0)
    assert issued["asked_before"] == ["YS"]
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    left = desk.run("letters", "list", "q1", "--unnumbered", expect=0)["letters"]
    assert [(letter["kind"], letter["unit"]) for letter in left] == [("L1", "ETDA")]  # has had none under a number


# The circulation


def test_the_circulation_tells_each_unit_its_own_results(desk: Desk) -> None:
    """R11: the order with its date, and recommendations drawn from the unit's findings, delays and problems."""
    late = {
        "P001/f14.schedule": "ล่าช้ากว่าแผน",
        "P001/f13.problems[1].problem": "ผู้รับจ้างส่งงานช้า",
        "P001/f13.problems[1].cause": "ขาดบุคลากร",
        "P001/f13.problems[1].recommendation": "เพิ่มบุคลากรของผู้รับจ้าง",
        "P001/f14.note": "งานในช่วงถัดไปเริ่มช้า (ตัวอย่าง)",
    }
    desk.send_back("YS", late)
    desk.ingest_one()
    desk.today = date(2026, 1, 25)
    written = desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-01-20", expect=0)["letters"]
    assert {(w["kind"], w["unit"]) for w in written} == {("L4", "YS"), ("L4", "ETDA")}
    ys, etda = (_text(desk.root / next(w["path"] for w in written if w["unit"] == unit)) for unit in ("YS", "ETDA"))
    for said in ("เร่งรัดการเบิกจ่าย", "๒๐ มกราคม ๒๕๖๙", "เพิ่มบุคลากรของผู้รับจ้าง", "เร่งรัดการดำเนินงานให้เป็นไปตามแผน"):
        assert said in ys
    assert "เอกสารอิเล็กทรอนิกส์" not in ys
    assert "ควรจัดส่งแบบรายงาน" in etda
    assert "ผู้รับจ้าง" not in etda


@pytest.mark.parametrize(
    "words", [("--order", ORDER), ("--date", "2569-01-20"), ("--order", " ", "--date", "2569-01-20")]
)
def test_the_circulation_needs_the_order_and_its_date(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.invoke("circulate", "q1", *words).exit_code == 2
    assert desk.run("letters", "list")["letters"][-1]["kind"] == "L1"


@pytest.mark.parametrize("day", ["2569-01-06", "2568-09-30"], ids=["still to come", "before the quarter"])
def test_the_order_of_a_circulation_is_of_a_day_that_may_be(desk: Desk, day: str) -> None:
    assert desk.invoke("circulate", "q1", "--order", ORDER, "--date", day).exit_code == 2


def test_the_circulation_tells_what_was_reported(desk: Desk) -> None:
    """R11: after a report was made, its figures, whatever came in since; what is missing now is no longer asked for."""
    desk.send_back("YS")
    desk.ingest_one()
    desk.today = date(2026, 1, 21)
    now = desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-01-20", "--dry-run", expect=0)
    assert now["report"] is None
    desk.report("q1")
    desk.send_back("ETDA")
    desk.ingest_one()
    circulated = desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-01-20", expect=0)
    assert circulated["report"] == 1
    etda = _text(desk.root / next(w["path"] for w in circulated["letters"] if w["unit"] == "ETDA"))
    assert "ข้อมูล ณ วันที่ ๒๑ มกราคม ๒๕๖๙" in etda
    assert "ยังไม่ได้รับรายงาน" in etda
    assert "ควรจัดส่งแบบรายงาน" not in etda


def test_later_letters_cite_the_request(desk: Desk) -> None:
    """R6, R10, R11: by its number and day, by dots until it has them."""
    desk.send_back("YS", {"P001/f14.stage": None})
    desk.run("ingest", expect=1)
    correction = desk.root / "outbox/2569-q1/corrections/2569-q1-YS-v1-L3.docx"
    assert "ที่ .................... ลงวันที่ ......" in _text(correction)
    desk.run("letters", "number", "L1", "YS", "ดศ 0205/1", "--date", "2568-12-20", expect=0)
    written = desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-01-05", expect=0)["letters"]
    cited = "ที่ ดศ ๐๒๐๕/๑ ลงวันที่ ๒๐ ธันวาคม ๒๕๖๘"
    assert cited in _text(desk.root / next(w["path"] for w in written if w["unit"] == "YS"))


# The nine steps and the calendar


def test_the_board_shows_the_nine_steps(desk: Desk) -> None:
    steps = desk.run("status", "q1", expect=0)["steps"]
    assert all(set(step) == STEP_KEYS for step in steps)
    assert [step["step"] for step in steps] == list(range(1, 10))
    assert _steps(desk) == {
        1: "done",
        2: "done",
        3: "done",
        4: "waiting",
        5: "waiting",
        6: "waiting",
        7: "waiting",
        8: "waiting",
        9: "not asked",
    }
    desk.send_back("YS")
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    assert _steps(desk)[4] == "under way"
    desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-01-05", expect=0)
    desk.report("q1")
    desk.run("review", "submit", "q1", expect=0)
    assert {number: _steps(desk)[number] for number in (4, 5, 6)} == {4: "done", 5: "done", 6: "under way"}


def test_an_earlier_report_made_again_is_no_milestone(desk: Desk) -> None:
    desk.report("q1")
    desk.today = date(2026, 1, 9)
    desk.report("q1", "--again", "1")
    steps = {step["step"]: step for step in desk.run("calendar", "q1", expect=0)["steps"]}
    assert steps[5]["done_on"] == "2026-01-05"
    assert desk.run("log", expect=0)["events"][-1]["what"] == "report again"


def _add_project(desk: Desk, code: str, unit: str) -> None:
    book = load_workbook(desk.root / "register.xlsx")
    sheet = book["โครงการ"]
    keys = {cell.value: cell.column or 0 for cell in sheet[2]}
    row = 3 + sum(1 for line in sheet.iter_rows(min_row=3, values_only=True) if line[0])
    for key, value in {"code": code, "name": "โครงการใหม่ (ตัวอย่าง)", "plans": "ops", "unit": unit}.items():
        sheet.cell(row, keys[key]).value = value
    book.save(desk.root / "register.xlsx")
    desk.run("register", "load", expect=0)


def test_a_unit_that_came_with_a_newer_register_is_named(desk: Desk) -> None:
    """R6: no form has gone to it, so it is not late; but the running quarter's board and report miss it by name."""
    _add_project(desk, "P009", "TS")
    states = {line["unit"]: line["state"] for line in desk.run("status", "q1", expect=0)["units"]}
    assert states["TS"] == "none"
    desk.report("q1")
    [report] = (desk.root / "outbox/2569-q1/reports").glob("*ops.docx")
    assert "กลุ่มตรวจสอบ (ตัวอย่าง)" in _text(report)
    desk.today = date(2026, 1, 25)
    assert "TS" not in {w["unit"] for w in desk.run("remind", "q1", expect=0)["letters"]}
    written = desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-01-20", expect=0)["letters"]
    told = _text(desk.root / next(w["path"] for w in written if w["unit"] == "TS"))
    assert "ยังไม่ได้รับแบบรายงานที่นำมาประมวลผลได้ของหน่วยงาน" in told  # the report has it, as missing
    assert desk.invoke("trace", "q1", "P009").exit_code == 2


def test_a_late_correction_of_an_earlier_quarter_leaves_the_running_one_as_it_is(desk: Desk) -> None:
    """Which units a quarter misses hangs on the year's course, not on which form was written last."""
    desk.send_back("YS")
    desk.ingest_one()
    desk.today = date(2026, 4, 5)
    desk.run("issue-forms", "q2", expect=0)
    _add_project(desk, "P009", "TS")
    before = {quarter: _missing(desk, quarter) for quarter in ("q1", "q2")}
    assert "TS" in before["q2"]
    assert "TS" not in before["q1"]
    desk.send_back("YS", {"P001/f14.progress_percent": "ประมาณ 50"})
    desk.run("ingest")
    assert {quarter: _missing(desk, quarter) for quarter in ("q1", "q2")} == before


def _missing(desk: Desk, quarter: str) -> set[str]:
    made = desk.report(quarter, "--dry-run")
    return {unit for report in made["reports"] for unit in report["missing"]}


def test_the_calendar_tells_what_is_done_and_what_is_late(desk: Desk) -> None:
    """R21: due dates are settings."""
    config = desk.root / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace("circulation = 30", "circulation = 20"), "utf-8")
    desk.today = date(2026, 1, 25)
    steps = {step["name"]: step for step in desk.run("calendar", "q1", expect=0)["steps"]}
    circulation = next(step for step in steps.values() if step["due"] == "2026-01-20")
    assert (circulation["state"], circulation["days_late"]) == ("late", 5)
    issued = next(step for step in steps.values() if step["step"] == 3)
    assert (issued["state"], issued["done_on"]) == ("done", "2026-01-05")
    assert len(desk.run("calendar", expect=0)["steps"]) == 5 * 11


def test_the_year_end_has_no_forms_of_its_own(desk: Desk) -> None:
    steps = _steps(desk, "year-end")
    assert (steps[3], steps[4], steps[5]) == ("not asked", "not asked", "waiting")


@pytest.mark.parametrize("words", [("status", "q1"), ("calendar",), ("letters", "list"), ("orders", "list")])
def test_screens_fit_eighty_columns(desk: Desk, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    desk.run("orders", "add", ORDER, "--date", "2569-01-05", "--due", "2569-03-31", "--unit", "YS", expect=0)
    desk.run("letters", "number", "L1", "YS", "ดศ 0205/1", "--date", "2568-12-20", expect=0)
    assert max(cell_len(line) for line in desk.invoke(*words).stdout.splitlines()) <= 80


# The log


@pytest.mark.parametrize("last", ["DELETE FROM events WHERE number = (SELECT max(number) FROM events)", "rewritten"])
def test_an_end_that_was_cut_off_or_a_chain_written_anew_is_noticed(desk: Desk, last: str) -> None:
    """What the chain of seals alone would not show."""
    count = len(desk.run("log", expect=0)["events"])
    with sqlite3.connect(desk.root / "data" / "plantrack.db") as database:
        if last == "rewritten":
            database.execute("DELETE FROM events")
        else:
            database.execute(last)
    if last == "rewritten":
        anchor = desk.root / "data" / "log.seal"
        kept = anchor.read_text(encoding="ascii")
        store = Store(desk.root / "data" / "plantrack.db")
        for number in range(count):
            store.add_event("2026-01-05T09:00:00+07:00", EventName.REPORT, forged=str(number))
        store.close()
        anchor.write_text(kept, encoding="ascii")
    assert desk.run("log", expect=1)["tampered_from"] is not None


def test_a_missing_outer_seal_is_noticed(desk: Desk) -> None:
    (desk.root / "data" / "log.seal").unlink()
    assert desk.run("log", expect=1)["tampered_from"] is not None


def test_what_was_rolled_back_leaves_no_seal(opened: Store) -> None:
    def fail() -> None:
        with opened.transaction():
            opened.add_event("2026-01-05T09:00:00+07:00", EventName.REPORT)
            raise RuntimeError

    before = opened.events()
    with pytest.raises(RuntimeError):
        fail()
    assert opened.events() == before
    assert opened.first_broken_event() is None
