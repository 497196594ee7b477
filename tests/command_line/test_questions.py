"""What an officer asks: who has not sent, what changed, a project's year, any fields as a table."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.desk import Q2, Desk


@pytest.fixture
def told(desk: Desk) -> Desk:
    """YS has returned Q1; the other unit has not."""
    desk.send_back("YS", {"P001/f14.progress_percent": 25, "P001/f9.recurrent.disbursed": 1000000})
    desk.run("ingest", expect=0)
    return desk


def test_who_has_not_sent(told: Desk) -> None:
    assert [line["unit"] for line in told.run("status", "q1", "--outstanding", expect=0)["units"]] == ["ETDA"]


@pytest.mark.parametrize("word", ["f14.progress_percent", "progress_percent", "PROGRESS_PERCENT"])
def test_fields_go_by_key_or_by_its_end(told: Desk, word: str) -> None:
    rows = told.run("query", word, "--unit", "ยศ.", expect=0)["rows"]
    assert {row["project"]: row["values"].get("f14.progress_percent") for row in rows}["P001"] == "25"
    assert {row["unit"] for row in rows} == {"YS"}


@pytest.mark.parametrize("word", ["9", "๙", "(9)", "f9"])
def test_a_section_is_all_its_fields(told: Desk, word: str) -> None:
    found = told.run("query", word, "--project", "p001", expect=0)
    assert all(field.startswith("f9.") for field in found["fields"])
    assert found["rows"][0]["values"]["f9.recurrent.disbursed"] == "1000000.00"


def test_a_field_that_is_mistyped_is_answered_with_the_likely_one(told: Desk) -> None:
    wrong = told.run("query", "dissbursed", expect=2)
    assert "disbursed" in wrong["advice"]


def test_one_projects_whole_year_stands_side_by_side(told: Desk) -> None:
    told.today = date(2026, 4, 2)
    told.run("issue-forms", "q2", expect=0)
    told.send_back("YS", {"P001/f14.progress_percent": 60}, period=Q2)
    told.run("ingest")
    shown = told.invoke("query", "--project", "P001").stdout
    assert "2569-q1" in shown
    assert "2569-q2" in shown
    rows = told.run("query", "progress_percent", "--project", "P001", expect=0)["rows"]
    assert [row["values"]["f14.progress_percent"] for row in rows] == ["25", "60"]


def test_contacts_are_in_no_table(told: Desk) -> None:
    fields = told.run("query", "all", expect=0)["fields"]
    assert not [field for field in fields if "contact" in field or field.startswith("u.")]
    assert told.run("query", "contact_phone", expect=2)["error"]


def test_files_hold_numbers_and_text_and_nothing_is_written_over(told: Desk, tmp_path: Path) -> None:
    book, sheet = tmp_path / "ปี.xlsx", tmp_path / "ปี.csv"
    told.run("query", "all", "--to", str(book), expect=0)
    told.run("query", "progress_percent", "--to", str(sheet), expect=0)
    table = load_workbook(book).worksheets[0]
    heads = [cell.value for cell in table[1]]
    row = next(
        row for row in table.iter_rows(min_row=2, values_only=True) if row[heads.index("project_code")] == "P001"
    )
    assert row[heads.index("f14.progress_percent")] == 25
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        assert {line["project_code"]: line["f14.progress_percent"] for line in csv.DictReader(file)}["P001"] == "25"
    before = book.read_bytes()
    assert "--to" in told.run("query", "--to", str(book), expect=2)["advice"]
    assert book.read_bytes() == before
    assert ".xlsx" in told.run("query", "--to", "x.txt", expect=2)["advice"]


def test_what_a_unit_says_anew(told: Desk) -> None:
    first = told.run("compare", "q1", "YS", expect=0)
    assert (first["changes"], set(first["new"])) == ([], {"P001", "P002", "K01", "YS"})
    told.today = date(2026, 4, 2)
    told.run("issue-forms", "q2", expect=0)
    told.send_back("YS", {"P001/f14.progress_percent": 60}, period=Q2)
    told.run("ingest")
    found = told.run("compare", "q2", "ยศ.", expect=0)["changes"]
    [change] = [one for one in found if (one["project"], one["field"]) == ("P001", "f14.progress_percent")]
    assert (change["before"], change["after"], change["since"]) == ("25", "60", "2569-q1")
    assert told.run("compare", "q1", "ETDA", expect=2)["error"]


def test_an_extract_is_marked_and_can_be_neither_submitted_nor_published(told: Desk) -> None:
    made = told.run("report", "q1", "--unit", "ยศ.", "--source", "งบประมาณรายจ่าย", expect=0)["reports"]
    assert [report["plan"] for report in made] == ["ops", "ministry"]
    assert all("-extract-YS-" in report["path"] for report in made)
    document = Document(str(told.root / made[0]["path"]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "(รายงานบางส่วน: YS · งบประมาณรายจ่ายประจำปี)" in text
    assert "P001" in document.part.blob.decode("utf-8")
    assert "P002" not in document.part.blob.decode("utf-8")
    assert told.run("report", "q1", "--list", expect=0)["records"] == []
    assert "plantrack report q1" in told.run("review", "submit", "q1", expect=2)["advice"]
    assert told.run("publish", "q1", expect=2)["error"]
    assert not (told.root / "outbox" / "2569-q1" / "publication").exists()


def test_an_extract_of_nothing_or_by_no_choice_is_refused(told: Desk) -> None:
    assert told.run("report", "q1", "--stage", "ยกเลิก", expect=2)["error"]
    assert "ชะลอ" in told.run("report", "q1", "--stage", "ชะลอโครงการ", expect=2)["advice"]
    assert told.run("report", "q1", "--unit", "YS", "--xlsx", expect=2)["error"]
