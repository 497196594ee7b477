"""What is on record: waivers, the sealed log, and the way from a figure back to its file."""

from __future__ import annotations

import hashlib
import sqlite3

import pytest
from docx import Document

from tests.desk import Desk

FAULTY = {"P001/f11.result_quarter": None, "YS/u.contact_email": "ไม่มีอีเมล"}


def test_an_officer_waives_what_is_left_and_the_report_marks_it(desk: Desk) -> None:
    """R10: accepted with a recorded reason; R12: the report names it."""
    desk.send_back("YS", FAULTY)
    desk.run("ingest", expect=1)
    waived = desk.run("accept", "q1", "YS", "--because", "ผู้อำนวยการเห็นชอบ", expect=0)
    assert {f["code"] for f in waived["waived"]} == {"REQUIRED", "NOT-EMAIL"}
    [line] = [u for u in desk.run("status", "q1")["units"] if u["unit"] == "YS"]
    assert (line["state"], line["errors"]) == ("waived", 0)
    report = desk.report("q1")["reports"][0]
    document = Document(str(desk.root / report["path"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "ผู้อำนวยการเห็นชอบ" in "\n".join(cells)


def test_a_waiver_needs_a_return_a_fault_and_a_reason(desk: Desk) -> None:
    assert desk.invoke("accept", "q1", "YS", "--because", "เห็นชอบ").exit_code == 2
    desk.send_back("YS")
    desk.ingest_one()
    assert desk.invoke("accept", "q1", "YS", "--because", "เห็นชอบ").exit_code == 2
    desk.send_back("ETDA", {"P003/f14.stage": None})
    desk.ingest_one()
    assert desk.invoke("accept", "q1", "ETDA", "--because", "  ").exit_code == 2
    assert desk.invoke("accept", "q1", "ETDA").exit_code == 2


def test_a_later_clean_return_takes_the_place_of_a_waived_one(desk: Desk) -> None:
    desk.send_back("YS", FAULTY)
    desk.run("ingest")
    desk.run("accept", "q1", "YS", "--because", "เห็นชอบ", expect=0)
    desk.send_back("YS")
    desk.ingest_one()
    assert desk.run("status", "q1")["units"][0]["state"] == "accepted"


def test_a_figure_leads_back_to_its_file_sheet_and_cell(desk: Desk) -> None:
    returned = desk.send_back("YS", {"P001/f9.recurrent.disbursed": 900_000}, name="ส่งแล้ว.xlsx")
    sha256 = hashlib.sha256(returned.read_bytes()).hexdigest()
    desk.ingest_one()
    found = desk.run("trace", "q1", "P001", "f9.recurrent.disbursed", expect=0)
    assert (found["file"], found["sha256"], found["version"]) == ("ส่งแล้ว.xlsx", sha256, 1)
    [value] = found["values"]
    assert (value["value"], value["sheet"]) == ("900000.00", "P001")
    assert hashlib.sha256((desk.root / found["original"]).read_bytes()).hexdigest() == sha256
    assert len(desk.run("trace", "q1", "K01", expect=0)["values"]) >= 2


def test_an_original_that_was_changed_is_told(desk: Desk) -> None:
    desk.send_back("YS")
    desk.ingest_one()
    (desk.root / "data" / "originals" / "2569-q1" / "YS-v1.xlsx").write_bytes(b"changed")
    assert desk.run("trace", "q1", "P001", expect=1)["original_is_whole"] is False


@pytest.mark.parametrize("words", [("NOPE",), ("P001", "f99.nothing"), ("P003",)])
def test_what_can_not_be_traced_is_said(desk: Desk, words: tuple[str, ...]) -> None:
    desk.send_back("YS")
    desk.ingest_one()
    assert desk.invoke("trace", "q1", *words).exit_code == 2


def test_the_log_tells_who_did_what_with_which_file(desk: Desk) -> None:
    desk.send_back("YS", FAULTY)
    (desk.inbox / "x.xlsx").write_bytes(b"x")
    desk.run("ingest")
    desk.run("accept", "q1", "YS", "--because", "เห็นชอบ")
    desk.run("report", "q1")
    events = desk.run("log", expect=0)["events"]
    told = [event["what"] for event in events]
    expected = [
        "register load",
        "issue-forms",
        "ingest: rejected",
        "ingest: incomplete",
        "correction",
        "accept",
        "report",
    ]
    assert [what for what in expected if what in told] == expected
    assert all(event["who"] and event["at"].startswith("2026-01-05") for event in events)
    assert next(e for e in events if e["what"] == "ingest: incomplete")["file"] == "YS.xlsx"


TAMPERINGS = {
    "the newest entry": ["DELETE FROM events WHERE number = (SELECT max(number) FROM events)"],
    "every entry": ["DELETE FROM events"],
}


@pytest.mark.parametrize("gone", [*TAMPERINGS, "the outer seal", "every entry and the outer seal"])
def test_tampering_stays_noticed_whatever_is_done_afterwards(desk: Desk, gone: str) -> None:
    """The next entry is not signed over the gap in silence: it stands in the log that there was one."""
    with sqlite3.connect(desk.root / "data" / "plantrack.db") as database:
        for statement in TAMPERINGS.get(gone, TAMPERINGS["every entry"] if gone.startswith("every") else []):
            database.execute(statement)
    if "seal" in gone:
        (desk.root / "data" / "log.seal").unlink()
    noticed = desk.run("log", expect=1)["tampered_from"]
    assert noticed is not None
    desk.run("orders", "add", "ให้เร่งรัด", "--date", "2569-01-03", "--due", "2569-02-01", "--unit", "YS", expect=0)
    desk.run("orders", "done", "1", "--because", "แล้วเสร็จ", expect=0)
    told = desk.run("log", expect=1)
    assert told["tampered_from"] == noticed
    assert [event["what"] for event in told["events"]].count("log broken") == 1


def test_an_entry_keeps_its_number_beside_what_it_is_about(desk: Desk) -> None:
    desk.run("letters", "number", "L1", "YS", "ดศ 0205/1", "--date", "2569-01-05", expect=0)
    events = desk.run("log", expect=0)["events"]
    assert [event["number"] for event in events] == list(range(1, len(events) + 1))
    assert events[-1]["letter_number"] == "ดศ 0205/1"


@pytest.mark.parametrize(
    ("tampering", "number"),
    [
        ("UPDATE events SET who = 'ผู้อื่น' WHERE number = 2", 2),
        ("DELETE FROM events WHERE number = 1", 1),
        ("""UPDATE events SET details = '{"unit": "X"}' WHERE number = 1""", 1),
    ],
)
def test_tampering_with_the_log_is_noticed(desk: Desk, tampering: str, number: int) -> None:
    with sqlite3.connect(desk.root / "data" / "plantrack.db") as database:
        database.execute(tampering)
    assert desk.run("log", expect=1)["tampered_from"] == number
