"""L10: a unit whose file could not be taken in is told why, and what to send (R10)."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from tests.desk import Desk
from tests.letterbox import lines


def reject(desk: Desk, unit: str = "YS", name: str = "ส่งแล้ว.xlsx") -> dict[str, Any]:
    """The unit's form comes back as it went out."""
    shutil.copyfile(desk.form_path(unit), desk.inbox / name)
    return desk.run("ingest", expect=1)


def text_of(desk: Desk, letter: dict[str, Any]) -> str:
    return "\n".join(lines(desk.root / letter["path"])).replace("\t", " ")


@pytest.mark.parametrize(("unit", "ask"), [("YS", "จึงขอให้"), ("ETDA", "จึงขอความอนุเคราะห์")])
def test_a_unit_is_told_what_was_wrong_and_what_to_send(desk: Desk, unit: str, ask: str) -> None:
    [letter] = reject(desk, unit)["letters"]
    assert (letter["kind"], letter["unit"], letter["about"]) == ("L10", unit, "FORM-BLANK")
    assert letter["path"] == f"outbox/2569-q1/corrections/2569-q1-{unit}-FORM-BLANK-L10.docx"
    text = text_of(desk, letter)
    for said in ("ตามที่ได้จัดส่งไฟล์ “ส่งแล้ว.xlsx”", "เมื่อวันที่ ๕ มกราคม ๒๕๖๙ นั้น", "ไม่สามารถนำเข้าได้ เนื่องจาก", ask):
        assert said in text
    assert "กรอกข้อมูลลงในแบบรายงานให้ครบถ้วน และส่งอีกครั้ง" in text
    assert "ภายในวันที่ ๑๕ มกราคม ๒๕๖๙" in text  # the quarter's own day is later than a week from now
    assert letter in desk.run("letters", "list", expect=0)["letters"]


def test_after_the_quarters_day_a_week_is_given(desk: Desk) -> None:
    desk.today = desk.today.replace(day=20)
    [letter] = reject(desk)["letters"]
    assert "ภายในวันที่ ๒๗ มกราคม ๒๕๖๙" in text_of(desk, letter)


def test_it_cites_the_request_and_can_not_precede_the_file(desk: Desk) -> None:
    desk.run("letters", "number", "L1", "ETDA", "ดศ 0201/7", "--date", "2569-01-03", expect=0)
    [letter] = reject(desk, "ETDA")["letters"]
    assert "ที่ ดศ ๐๒๐๑/๗ ลงวันที่ ๓ มกราคม ๒๕๖๙" in text_of(desk, letter)
    assert "ตามหนังสือที่อ้างถึง" in text_of(desk, letter)
    assert desk.invoke("letters", "number", "L10", "ETDA", "8", "--date", "2569-01-04").exit_code == 2
    desk.run("letters", "number", "L10", "ETDA", "8", "--date", "2569-01-05", expect=0)


def test_a_form_of_an_old_version_is_said_to_be_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.send_back("YS")
    monkeypatch.setattr("plan_tracker.intake.recognising.identity.form_version", lambda _version: None)
    told = desk.run("ingest", expect=1)
    [letter] = told["letters"]
    assert told["files"][0]["findings"][0]["code"] == letter["about"] == "FORM-VERSION"
    assert "เนื่องจากเป็นแบบรายงานรุ่นที่ไม่ได้ใช้แล้ว" in text_of(desk, letter)


def test_a_quarter_that_is_closed_is_told(desk: Desk) -> None:
    for unit in ("YS", "ETDA"):
        desk.send_back(unit)
    desk.run("ingest", expect=0)
    desk.report("q1")
    desk.permit("q1")
    desk.send_back("YS", {"P001/f11.result_quarter": "ผลใหม่ (ตัวอย่าง)"})
    [letter] = desk.run("ingest", expect=1)["letters"]
    assert "ได้ปิดรับรายงานไตรมาสที่ ๑ ปีงบประมาณ พ.ศ. ๒๕๖๙ แล้ว" in text_of(desk, letter).replace("\u00a0", " ")


def test_a_reminder_says_that_the_file_could_not_be_taken_in(desk: Desk) -> None:
    """Nothing came, not all of it counts, or a file was rejected: each unit is told its own, with the reason (R6)."""
    reject(desk)
    desk.today = desk.today.replace(day=20)
    told = {one["unit"]: text_of(desk, one) for one in desk.run("remind", "q1", expect=0)["letters"]}
    said = "ได้รับไฟล์ “ส่งแล้ว.xlsx” เมื่อวันที่ ๕ มกราคม ๒๕๖๙ แล้ว แต่ไม่สามารถนำเข้าได้ เนื่องจากแบบรายงานยังไม่ได้กรอกข้อมูล"
    assert said in told["YS"].replace("\u00a0", " ")
    assert "ไม่สามารถนำเข้าได้" not in told["ETDA"]
    assert "ยังไม่ได้รับแบบรายงานของ" in told["ETDA"]


def test_files_of_one_fault_share_a_letter_and_a_later_one_takes_its_place(desk: Desk) -> None:
    shutil.copyfile(desk.form_path("YS"), desk.inbox / "หนึ่ง.xlsx")
    [letter] = reject(desk, name="สอง.xlsx")["letters"]
    assert "“หนึ่ง.xlsx” และ “สอง.xlsx”" in text_of(desk, letter)
    [again] = reject(desk, name="สาม.xlsx")["letters"]
    assert again["path"] == letter["path"]
    desk.run("letters", "number", "L10", "YS", "1", "--date", "2569-01-05", expect=0)
    [after] = reject(desk, name="สี่.xlsx")["letters"]
    assert after["path"] != letter["path"]


def test_a_unit_whose_return_came_too_or_that_the_file_does_not_tell_gets_none(desk: Desk) -> None:
    desk.send_back("YS", name="กรอกแล้ว.xlsx")
    (desk.inbox / "รูป.xlsx").write_bytes(b"x")
    assert reject(desk, name="ว่าง.xlsx")["letters"] == []


def test_a_letter_that_can_not_be_written_is_told_and_the_run_is_done(desk: Desk) -> None:
    (desk.root / "templates" / "docx" / "L10-memo.docx").write_bytes(b"x")
    told = reject(desk)
    assert told["files"][0]["outcome"] == "rejected"
    assert (told["letters"], told["not_written"][0]["unit"]) == ([], "YS")
    assert "L10-memo.docx" in told["not_written"][0]["reason"]
