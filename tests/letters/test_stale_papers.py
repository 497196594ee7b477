"""Papers that ask for what has come since are withdrawn, so that nobody sends them (R10)."""

from __future__ import annotations

import shutil
from datetime import date
from typing import Any

from docx import Document

from tests.desk import Desk, Typed

FAULTY = {"P001/f14.progress_percent": 900}


def correct(desk: Desk, more: Typed | None = None) -> dict[str, str]:
    """The papers of a faulty return."""
    desk.send_back("YS", {**FAULTY, **(more or {})})
    [written] = desk.run("ingest", expect=1)["corrections"]
    return {kind: written[kind] for kind in ("list", "form", "letter")}


def letters_of(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [one for one in desk.run("letters", "list", expect=0)["letters"] if one["kind"] == kind]


def test_a_clean_answer_withdraws_list_form_and_letter(desk: Desk) -> None:
    papers = correct(desk)
    assert [one["state"] for one in letters_of(desk, "L3")] == ["draft"]
    desk.send_back("YS")
    told = desk.run("ingest", expect=0)
    moved = {path.replace("corrections/", "withdrawn/") for path in papers.values()}
    assert all((desk.root / path).is_file() for path in moved)
    assert not any((desk.root / path).exists() for path in papers.values())
    [letter] = letters_of(desk, "L3")
    assert (letter["state"], letter["path"] in moved) == ("withdrawn", True)
    assert letter["withdrawn_at"].startswith("2026-01-05T")
    assert told["withdrawn"] == [letter]
    shown = desk.invoke("letters", "list").output
    assert "ยกเลิกแล้ว" in shown
    assert [one["kind"] for one in desk.run("log")["events"] if one["what"] == "letters withdraw"] == ["L3"]


def test_a_withdrawn_letter_gets_no_number(desk: Desk) -> None:
    correct(desk)
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    refused = desk.invoke("letters", "number", "L3", "YS", "9", "--date", "2569-01-05")
    assert refused.exit_code == 2
    assert "5 ม.ค. 69" in refused.output
    assert [one["number"] for one in letters_of(desk, "L3")] == [None]


def test_what_is_answered_in_part_or_faultily_is_not_withdrawn(desk: Desk) -> None:
    correct(desk, {"P002/f14.progress_percent": 800})
    desk.send_back("YS", {"P002/f14.progress_percent": 700})
    told = desk.run("ingest", expect=1)
    assert told["withdrawn"] == []
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    assert {one["state"] for one in letters_of(desk, "L3")} == {"draft"}


def test_a_correction_is_withdrawn_once_what_it_asked_for_has_come(desk: Desk) -> None:
    """The second return is faulty elsewhere: only the first correction is settled."""
    correct(desk)
    desk.send_back("YS", {"P002/f14.progress_percent": 700})
    desk.run("ingest", expect=1)
    assert {one["about"]: one["state"] for one in letters_of(desk, "L3")} == {"v1": "withdrawn", "v2": "draft"}
    desk.run("letters", "number", "L3", "YS", "9", "--date", "2569-01-05", expect=0)
    assert {one["about"]: one["state"] for one in letters_of(desk, "L3")} == {"v1": "withdrawn", "v2": "sent"}


def test_what_an_officer_edited_stays_where_it_is_and_is_marked(desk: Desk) -> None:
    papers = correct(desk)
    document = Document(str(desk.root / papers["letter"]))
    document.add_paragraph("เพิ่มเติม (ตัวอย่าง)")
    document.save(str(desk.root / papers["letter"]))
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    assert all((desk.root / path).is_file() for path in papers.values())
    assert [(one["state"], one["path"]) for one in letters_of(desk, "L3")] == [("withdrawn", papers["letter"])]


def test_what_went_out_under_a_number_stays_a_record_and_is_marked(desk: Desk) -> None:
    papers = correct(desk)
    desk.run("letters", "number", "L3", "YS", "ดศ 0201/9", "--date", "2569-01-05", expect=0)
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    assert all((desk.root / path).is_file() for path in papers.values())
    [letter] = letters_of(desk, "L3")
    assert (letter["state"], letter["number"], letter["path"]) == ("withdrawn", "ดศ 0201/9", papers["letter"])


def test_accepting_it_as_it_is_withdraws_too_and_a_dry_run_does_nothing(desk: Desk) -> None:
    correct(desk)
    desk.send_back("YS")
    desk.run("ingest", "--dry-run", expect=0)
    (desk.inbox / "YS.xlsx").unlink()
    assert [one["state"] for one in letters_of(desk, "L3")] == ["draft"]
    desk.run("accept", "q1", "YS", "--because", "ยืนยันทางโทรศัพท์", expect=0)
    assert [one["state"] for one in letters_of(desk, "L3")] == ["withdrawn"]


def test_the_letter_on_a_rejected_file_is_withdrawn_by_a_return_and_a_new_one_is_of_its_own(desk: Desk) -> None:
    shutil.copyfile(desk.form_path("YS"), desk.inbox / "ว่าง.xlsx")
    desk.run("ingest", expect=1)
    desk.send_back("YS")
    told = desk.run("ingest", expect=0)
    assert [(one["kind"], one["about"]) for one in told["withdrawn"]] == [("L10", "FORM-BLANK")]
    shutil.copyfile(desk.form_path("YS"), desk.inbox / "ว่างอีก.xlsx")
    desk.run("ingest", expect=1)
    assert [one["state"] for one in letters_of(desk, "L10")] == ["withdrawn", "draft"]


def test_a_reminder_that_was_never_sent_goes_once_all_has_come(desk: Desk) -> None:
    desk.today = date(2026, 1, 20)
    desk.run("remind", "q1", expect=0)
    desk.run("letters", "number", "L2", "ETDA", "9", "--date", "2569-01-20", expect=0)
    for unit in ("YS", "ETDA"):
        desk.send_back(unit)
    desk.run("ingest", expect=0)
    assert {one["unit"]: one["state"] for one in letters_of(desk, "L2")} == {"YS": "withdrawn", "ETDA": "sent"}
