"""What the register says was cancelled or ended stays in the reports of its year, and is asked for nothing (R23)."""

from __future__ import annotations

import csv
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from plan_tracker.values import Value
from tests.desk import Q2, Desk, codes
from tests.intake.test_answers import send_part
from tests.register.test_register_changes import reload, row, tables

WHY = "งบประมาณถูกโอนไปใช้กรณีฉุกเฉิน (ตัวอย่าง)"


@pytest.fixture
def cancelled(desk: Desk) -> Desk:
    """Q1 has come in full; P002 of YS, and the only project and KPI of ETDA, are over before Q2 is issued."""
    desk.send_back("YS")
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    content = tables()
    over: dict[str, Value] = {"state": "cancelled", "state_date": date(2026, 1, 20), "state_reason": WHY}
    row(content, "projects", "P002").update(over)
    row(content, "projects", "P003").update(over | {"state": "ended"})
    row(content, "kpis", "K02").update(over)
    reload(desk, content)
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    desk.send_back("YS", period=Q2)
    desk.run("ingest", expect=0)
    return desk


def said_in(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_is_asked_for_nothing_more(cancelled: Desk) -> None:
    told = cancelled.run("status", "q2", expect=0)
    assert [line["unit"] for line in told["units"]] == ["YS"]
    assert [one["project"] for one in told["units"][0]["answers"]] == ["P001", "K01"]
    assert told["units"][0]["state"] == "accepted"
    cancelled.today = date(2026, 6, 1)
    assert cancelled.run("remind", "q2", expect=0)["letters"] == []


def test_the_report_has_it_as_cancelled_with_day_and_reason_and_waits_for_nothing(cancelled: Desk) -> None:
    reports = cancelled.report("q2")["reports"]
    assert [report["missing"] for report in reports] == [[], []]
    ops, ministry = (said_in(cancelled.root / report["path"]) for report in reports)
    for said, name in ((ops, "จัดทำแผน (ตัวอย่าง)"), (ministry, "เอกสารอิเล็กทรอนิกส์ (ตัวอย่าง)")):
        assert name in said
        assert WHY in said
        assert "ไม่ได้รับรายงาน" not in said.replace("ยังไม่ได้รับรายงาน\n๐", "")
    assert re.search(r"ยกเลิกตั้งแต่วันที่\s*๒๐ มกราคม ๒๕๖๙", ops.replace("\xa0", " "))
    assert re.search(r"สิ้นสุดตั้งแต่วันที่\s*๒๐ มกราคม ๒๕๖๙", ministry.replace("\xa0", " "))


def test_it_counts_as_cancelled_and_neither_as_reported_nor_as_missing(cancelled: Desk) -> None:
    [totals] = cancelled.run("trace", "q2", "ops", expect=0)["totals"]
    figures = {total["figure"]: total for total in totals["figures"]}
    assert (figures["cancelled"]["total"], figures["cancelled"]["from_register"]) == ("1", ["P002"])
    assert totals["missing"] == []
    [totals] = cancelled.run("trace", "q2", "ministry", expect=0)["totals"]
    assert totals["missing"] == []
    refused = cancelled.run("trace", "q2", "P002", expect=2)
    assert WHY in refused["error"]


def test_workbook_and_publication_have_it_as_cancelled(cancelled: Desk) -> None:
    cancelled.report("q1")
    made = cancelled.report("q2", "--xlsx")
    assert "master" in made or made, made
    [book] = (cancelled.root / "outbox" / "2569-q2" / "reports").glob("*.xlsx")
    said = {str(cell.value) for sheet in load_workbook(book).worksheets for line in sheet for cell in line}
    assert any(WHY in text and "ยกเลิก" in text for text in said)
    cancelled.permit("q2")
    cancelled.run("publish", "q2", expect=0)
    [projects] = (cancelled.root / "outbox" / "2569-q2" / "publication").rglob("*projects*.csv")
    with projects.open(encoding="utf-8-sig") as lines:
        found = {line["project_code"]: line for line in csv.DictReader(lines)}
    assert found["P002"]["stage"] == "ยกเลิก"
    assert WHY in found["P002"]["cancelled"]
    assert found["P001"]["cancelled"] == ""
    [kpis] = (cancelled.root / "outbox" / "2569-q2" / "publication").rglob("*kpis*.csv")
    with kpis.open(encoding="utf-8-sig") as lines:
        assert {line["kpi_code"]: line["outcome"] for line in csv.DictReader(lines)}["K02"] == "ยกเลิก"
    pages = [page.read_text("utf-8") for page in (cancelled.root / "outbox").rglob("*.html") if "P002" in page.name]
    assert pages
    assert all(WHY in page for page in pages)


def test_the_reports_of_another_year_do_not_have_it(cancelled: Desk) -> None:
    """A row over since last year that still stands in the next year's workbook is no matter of that year's reports."""
    content = tables()
    for plan in content["plans"]:
        plan["fiscal_year"] = plan["fiscal_year"] + 1  # type: ignore[operator]
    row(content, "projects", "P002").update(state="cancelled", state_date=date(2026, 1, 20), state_reason=WHY)
    config = cancelled.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace("fiscal_year = 2569", "fiscal_year = 2570"), "utf-8")
    cancelled.today = date(2026, 10, 2)
    reload(cancelled, content)
    cancelled.run("issue-forms", "q1", expect=0)
    reports = cancelled.report("q1")["reports"]
    assert "จัดทำแผน (ตัวอย่าง)" not in said_in(cancelled.root / reports[0]["path"])


def cancel(desk: Desk) -> None:
    """P002 of YS, and all that ETDA is asked for, are over."""
    content = tables()
    over: dict[str, Value] = {"state": "cancelled", "state_date": date(2026, 1, 8), "state_reason": WHY}
    for table, code in (("projects", "P002"), ("projects", "P003"), ("kpis", "K02")):
        row(content, table, code).update(over)
    reload(desk, content)


def test_while_its_form_is_out_it_is_asked_for_no_more(desk: Desk) -> None:
    send_part(desk, "ก่อน.xlsx", "P001")
    assert len(desk.run("ingest", expect=1)["corrections"]) == 1
    cancel(desk)
    desk.today = date(2026, 1, 20)
    told = desk.run("status", "q1", expect=0)["units"]
    assert [(line["unit"], line["errors"]) for line in told] == [("YS", 1)]
    assert {one["project"]: one["state"] for one in told[0]["answers"]} == {"P001": "clean", "K01": "missing"}
    assert [letter["unit"] for letter in desk.run("remind", "q1", expect=0)["letters"]] == ["YS"]
    send_part(desk, "หลัง.xlsx", "K01")  # P002 is as untouched as before
    file = desk.ingest_one()
    assert (file["outcome"], codes(file)) == ("accepted", set())
    assert [line["state"] for line in desk.run("status", "q1", expect=0)["units"]] == ["accepted"]
    assert desk.run("remind", "q1", expect=0)["letters"] == []
    assert all(one["state"] == "withdrawn" for one in desk.run("letters", "list")["letters"] if one["kind"] == "L3")


def test_the_report_of_a_quarter_whose_form_was_out_has_it_as_cancelled(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    cancel(desk)
    reports = desk.report("q1")["reports"]
    assert [report["missing"] for report in reports] == [[], []]
    ops, ministry = (said_in(desk.root / report["path"]) for report in reports)
    assert WHY not in ops  # P002 was answered before, and its answer counts
    assert WHY in ministry
    [totals] = desk.run("trace", "q1", "ops", "cancelled", expect=0)["totals"]
    assert totals["figures"][0]["total"] == "0"
    [totals] = desk.run("trace", "q1", "ministry", "cancelled", expect=0)["totals"]
    assert totals["figures"][0]["from_register"] == ["P003"]
    assert (totals["figures"][0]["total"], totals["missing"]) == ("1", [])
    assert desk.run("trace", "q1", "P002", expect=0)["version"] == 1


def test_a_quarter_that_is_past_goes_on_asking_what_it_asked(desk: Desk) -> None:
    """What was missing when the quarter was reported on has not come since."""
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    reports = desk.report("q1")["reports"]
    assert [report["missing"] for report in reports] == [[], ["ETDA"]]
    content = tables()
    row(content, "projects", "P003").update(state="cancelled", state_date=date(2026, 1, 20), state_reason=WHY)
    reload(desk, content)
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    [told] = [line for line in desk.run("status", "q1", expect=0)["units"] if line["unit"] == "ETDA"]
    assert {one["project"]: one["state"] for one in told["answers"]} == {"P003": "missing", "K02": "missing"}
    assert [report["missing"] for report in desk.report("q1")["reports"]] == [[], ["ETDA"]]


def test_a_report_of_a_release_that_had_it_as_missing_is_traced_as_it_was(desk: Desk) -> None:
    send_part(desk, "ก่อน.xlsx", "P001")
    desk.run("ingest", expect=1)
    cancel(desk)
    desk.report("q1")

    def counted() -> list[str]:
        totals = desk.run("trace", "q1", "ops", "cancelled", "--report", "1", expect=0)["totals"]
        return list(totals[0]["figures"][0]["from_register"])

    assert counted() == ["P002"]
    with sqlite3.connect(desk.root / "data" / "plantrack.db") as store:
        store.execute("UPDATE reports SET bases = replace(bases, ',\"told_over\":true', '')")
    assert counted() == []
