"""The form of a quarter that is past, returned once more: a late correction, or the wrong form? (FORM-EARLIER, §4)"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.desk import Q2, Desk, codes
from tests.intake.test_answers import send_part, standing

LATE = "รายงานสรุปผลแก้ไขย้อนหลัง (ตัวอย่าง)"
EARLIER = {("FORM-EARLIER", "P001", "")}


@pytest.fixture
def running(desk: Desk) -> Desk:
    """Q1 of YS counts in full; Q2 is out."""
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    return desk


def send_late(desk: Desk, name: str = "ช้า 1.xlsx", **changes: str) -> dict[str, Any]:
    desk.send_back("YS", {"P001/f11.result_quarter": LATE, "P001/f11.note": "ยืนยัน", **changes}, name=name)
    return desk.ingest_one()


def result_of_q1(desk: Desk) -> str:
    [told] = desk.run("trace", "q1", "P001", "f11.result_quarter", expect=0)["values"]
    return str(told["value"])


def test_it_replaces_nothing_asks_the_unit_for_nothing_and_no_note_confirms_it(running: Desk) -> None:
    before = result_of_q1(running)
    running.send_back("YS", {"P001/f11.result_quarter": LATE, "P001/f11.note": "ยืนยัน"}, name="ช้า 1.xlsx")
    said = running.run("ingest", expect=1)
    [file] = said["files"]
    assert (file["outcome"], codes(file)) == ("incomplete", EARLIER)
    assert said["corrections"] == []
    assert result_of_q1(running) == before
    assert running.run("ingest", expect=0)["corrections"] == []
    told = standing(running, "YS")
    assert told["state"] == "accepted"
    [late] = [one for one in told["answers"] if one["project"] == "P001"]
    assert late == {"project": "P001", "state": "clean", "version": 1, "waiting_version": 2, "parts": []}


def test_every_board_shows_it_until_it_is_decided(running: Desk) -> None:
    send_late(running)
    waiting = {"file": "ช้า 1.xlsx", "unit": "YS", "quarter": "q1", "fiscal_year": 2569, "version": 2}
    for words in ((), ("q1",), ("q2",), ("year-end",)):
        assert running.run("status", *words, expect=0)["undecided"] == [{**waiting, "projects": ["P001"]}]
    assert "inbox decline" in running.invoke("status").stdout
    assert running.run("status", "--unit", "ETDA", expect=0)["undecided"] == []


def test_accepted_it_counts(running: Desk) -> None:
    send_late(running)
    made = running.run("accept", "q1", "YS", "--because", "แก้ไขจริง (ตัวอย่าง)", expect=0)
    assert made["accepted"] == [{"project": "P001", "version": 2}]
    assert result_of_q1(running) == LATE
    assert running.run("status", expect=0)["undecided"] == []


def test_declined_it_is_put_aside_on_the_record(running: Desk) -> None:
    before = result_of_q1(running)
    send_late(running)
    assert running.run("inbox", "decline", "ช้า 1.xlsx", "--because", " ", expect=2)["error"]
    planned = running.run("inbox", "decline", "ช้า 1.xlsx", "--because", "ผิดแบบ", "--dry-run", expect=0)
    assert running.run("status", expect=0)["undecided"] == planned["declined"]
    made = running.run("inbox", "decline", "ช้า 1.xlsx", "--because", "ผิดแบบ", expect=0)
    assert made == planned
    assert running.run("status", expect=0)["undecided"] == []
    assert result_of_q1(running) == before
    [late] = [one for one in standing(running, "YS")["answers"] if one["project"] == "P001"]
    assert late["waiting_version"] is None
    [entry] = [event for event in running.run("log")["events"] if event["what"] == "inbox decline"]
    assert (entry["file"], entry["projects"], entry["because"]) == ("ช้า 1.xlsx", "P001", "ผิดแบบ")
    assert (running.root / "data" / "originals" / "2569-q1" / "YS-v2.xlsx").is_file()
    assert "ช้า 1.xlsx" in running.run("inbox", "decline", "ช้า 1.xlsx", "--because", "อีก", expect=2)["error"]
    assert running.run("accept", "q1", "YS", "--because", "กลับใจ", expect=2)["error"]  # nothing waits any more


def test_the_newest_of_several_is_decided_on(running: Desk) -> None:
    send_late(running)
    send_late(running, "ช้า 2.xlsx", **{"P001/f11.result_quarter": LATE + " ครั้งที่ 2"})
    assert [one["file"] for one in running.run("status")["undecided"]] == ["ช้า 2.xlsx"]
    running.run("inbox", "decline", "YS-v3.xlsx", "--because", "ผิดแบบ", expect=0)
    assert [one["file"] for one in running.run("status")["undecided"]] == ["ช้า 1.xlsx"]


def test_what_does_not_count_yet_is_taken_and_its_faults_go_back_to_the_unit(desk: Desk) -> None:
    """Per project: P001 counts, P002 has never come, K01 came and is faulty."""
    good = desk.answers("YS")
    send_part(desk, "a.xlsx", "YS", "P001", "K01", changes={"K01/k.result": "มาก"})
    desk.run("ingest", expect=1)
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    typed = good | {"P001/f11.result_quarter": LATE, "P002/f14.stage": ""}
    desk.send_back("YS", typed, form=desk.form_path("YS"), name="b.xlsx")
    said = desk.run("ingest", expect=1)
    assert codes(said["files"][0]) == {*EARLIER, ("REQUIRED", "P002", "f14.stage")}
    assert [one["unit"] for one in said["corrections"]] == ["YS"]
    form = desk.newest_form("YS")
    assert (form.projects, form.kpis) == (("P002",), ())
    states = {one["project"]: one["state"] for one in standing(desk, "YS")["answers"]}
    assert states == {"P001": "clean", "P002": "waiting", "K01": "clean", "YS": "clean"}


def test_a_correction_that_was_asked_for_is_no_wrong_form(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.send_back("YS", {"P002/f14.stage": ""}, name="b.xlsx")
    desk.run("ingest", expect=1)
    correction = desk.root / desk.newest_form("YS").path
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    desk.send_back("YS", {"P002/f14.stage": "อยู่ระหว่างดำเนินการ"}, form=correction, name="c.xlsx")
    assert desk.ingest_one()["outcome"] == "accepted"


def test_the_same_answers_once_more_are_no_correction(running: Desk) -> None:
    typed = running.answers("YS")
    running.send_back("YS", typed, name="อีกครั้ง.xlsx")
    from openpyxl import load_workbook

    book = load_workbook(running.inbox / "อีกครั้ง.xlsx")
    book.properties.title = "อีกครั้ง"  # other bytes, the same answers
    book.save(running.inbox / "อีกครั้ง.xlsx")
    assert running.ingest_one()["outcome"] == "accepted"
    assert running.run("status", expect=0)["undecided"] == []


def test_before_the_next_form_is_out_a_correction_is_taken_as_ever(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    assert send_late(desk)["outcome"] == "accepted"
    assert result_of_q1(desk) == LATE


def test_last_year_s_form_is_told_with_its_year(running: Desk) -> None:
    """In the next year the advice says of which year it speaks, and leads where it says."""
    from tests.register.test_register_changes import reload, tables

    content = tables()
    for plan in content["plans"]:
        plan["fiscal_year"] = plan["fiscal_year"] + 1  # type: ignore[operator]
    config = running.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace("fiscal_year = 2569", "fiscal_year = 2570"), "utf-8")
    running.today = date(2026, 10, 2)
    reload(running, content)
    running.run("issue-forms", "q1", expect=0)
    running.send_back("YS", {"P001/f11.result_quarter": LATE})
    [found] = [one for one in running.ingest_one()["findings"] if one["code"] == "FORM-EARLIER"]
    assert "accept q1 --year 2569 YS" in found["fix"]
    running.run(*["accept", "q1", "--year", "2569", "YS", "--because", "แก้ไข"], expect=0)


def test_q2_goes_on_beside_it(running: Desk) -> None:
    send_late(running)
    running.send_back("YS", period=Q2, name="ไตรมาส 2.xlsx")
    assert running.ingest_one()["outcome"] == "accepted"
