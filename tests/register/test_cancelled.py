"""What the register says was cancelled or ended stays in the reports of its year, and is asked for nothing (R23)."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from plan_tracker.forms.definition import choices as c
from plan_tracker.values import Value
from tests.desk import Q2, Desk, Typed, codes
from tests.intake.test_answers import COVER, send_part
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
    assert [one["project"] for one in told["units"][0]["answers"]] == ["P001", "K01", "YS"]
    assert told["units"][0]["state"] == "accepted"
    cancelled.today = date(2026, 6, 1)
    assert cancelled.run("remind", "q2", expect=0)["letters"] == []


def test_the_report_has_it_as_cancelled_with_day_and_reason_and_waits_for_nothing(cancelled: Desk) -> None:
    reports = cancelled.report("q2")["reports"]
    assert [report["missing"] for report in reports] == [[], []]
    ops, ministry = (
        "\n".join(said_in(cancelled.root / report[volume]) for volume in ("path", "sheets")) for report in reports
    )
    for said, name in ((ops, "จัดทำแผน (ตัวอย่าง)"), (ministry, "เอกสารอิเล็กทรอนิกส์ (ตัวอย่าง)")):
        assert name in said
        assert WHY in said
        told = said.replace("ยังไม่ได้รับรายงาน\n๐", "").replace("เมื่อไม่ได้รับรายงาน", "")  # a row, and a rule
        assert "ไม่ได้รับรายงาน" not in told
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


SPENT: Typed = {
    "P001/f9.recurrent.disbursed": 1_000_000,
    "P001/f9.recurrent.committed": 250_000,
    "P001/f13.problems[1].problem": "จัดซื้อไม่ทัน (ตัวอย่าง)",
    "P001/f13.problems[1].cause": "ขั้นตอนนาน (ตัวอย่าง)",
    "P001/f13.problems[1].recommendation": "เร่งรัด (ตัวอย่าง)",
    "P003/f3.source[1]": c.ANNUAL_BUDGET,
    "P003/f9.investment.budget": 800_000,
    "P003/f9.investment.disbursed": 300_000,
    "P003/f9.investment.committed": 0,
}


@pytest.fixture(scope="module")
def spent_root(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """P001 of YS and all that ETDA has are over in Q2; both had spent in Q1, and what P001 had left has been moved."""
    desk = Desk(shutil.copytree(issued_root, tmp_path_factory.mktemp("spent") / "งาน"))
    desk.send_back("YS", {key: value for key, value in SPENT.items() if key.startswith("P001")})
    desk.send_back("ETDA", {key: value for key, value in SPENT.items() if key.startswith("P003")})
    desk.run("ingest", expect=0)
    content = tables()
    over: dict[str, Value] = {"state": "cancelled", "state_date": date(2026, 1, 20), "state_reason": WHY}
    for table, code in (("projects", "P001"), ("projects", "P003"), ("kpis", "K02")):
        row(content, table, code).update(over)
    row(content, "projects", "P001")["f9.recurrent.budget"] = Decimal(1_250_000)
    reload(desk, content)
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    desk.send_back("YS", period=Q2)
    desk.run("ingest", expect=0)
    return desk.root


@pytest.fixture
def spent(spent_root: Path, tmp_path: Path) -> Desk:
    return Desk(shutil.copytree(spent_root, tmp_path / "งาน"), date(2026, 4, 2))


def figure(desk: Desk, plan: str, name: str, *more: str) -> dict[str, Any]:
    [totals] = desk.run("trace", "q2", plan, name, *more, expect=0)["totals"]
    [found] = totals["figures"]
    assert isinstance(found, dict)
    return found


def test_what_it_had_spent_stays_in_the_totals_of_its_year(spent: Desk) -> None:
    found = figure(spent, "ministry", "disbursed")
    assert (found["total"], found["told_before"]) == ("1300000.00", ["P001", "P003"])
    assert {(part["code"], part["quarter"], part["value"]) for part in found["parts"]} == {
        ("P001", "q1", "1000000.00"),
        ("P003", "q1", "300000.00"),
    }
    budget = figure(spent, "ops", "budget")
    assert budget["total"] == "1250000.00"  # by the register, which has been loaded since
    assert [(part["value"], part["cell"]) for part in budget["parts"]] == [("1250000.00", "")]
    assert figure(spent, "ops", "committed")["total"] == "250000.00"
    assert figure(spent, "ETDA", "disbursed")["total"] == "300000.00"
    [ministry] = spent.run("trace", "q2", "ministry", "cancelled", expect=0)["totals"]
    assert (ministry["figures"][0]["total"], ministry["missing"]) == ("2", [])
    [problem] = spent.run("problems", "q2", expect=0)["problems"]
    assert (problem["project"], problem["state"]) == ("P001", "dropped")
    shown = spent.invoke("trace", "q2", "ministry", "disbursed").output
    assert "q1 YS v1" in shown
    assert "P001, P003" in shown


def test_reports_letters_and_open_data_say_what_the_cancelled_had_spent(spent: Desk) -> None:
    spent.run("report", "q1", expect=0)
    made = spent.run("report", "q2", "--xlsx", expect=0)
    ops, ministry = (said_in(spent.root / report["path"]) for report in made["reports"])
    said = ministry.replace("\xa0", " ")
    assert "๑.๓๐ ล้านบาท" in said
    assert re.search(r"จำนวนเงินดังกล่าวรวม.*๒ โครงการ เบิกจ่ายไว้ก่อนยกเลิก ๑\.๓๐ .*ก่อหนี้ผูกพันไว้ ๐\.๒๕ ล้านบาท", said)
    assert "๑.๐๐๐๐" in ops
    assert "มีปัญหา ๑ ประเด็น ที่ยังไม่ได้แก้ไขเมื่อโครงการถูกยกเลิก" in ops.replace("\xa0", " ")
    book = load_workbook(spent.root / made["workbook"], read_only=True)
    head, _titles, *rows = book["โครงการ"].values
    lines = [dict(zip(map(str, head), line, strict=True)) for line in rows if line[0] == 2]
    assert {line["project_code"]: (line["disbursed"], line["in_totals"]) for line in lines} == {
        "P001": (1_000_000, "รวม"),
        "P002": (None, "รวม"),
        "P003": (300_000, "รวม"),
    }
    head, _titles, *rows = book["งบประมาณ"].values
    lines = [dict(zip(map(str, head), line, strict=True)) for line in rows if line[0] == 2]
    assert {line["project_code"]: line["file"] for line in lines if line["disbursed"]} == {
        "P001": "YS.xlsx",
        "P003": "ETDA.xlsx",
    }
    spent.permit("q2")
    written = spent.run("publish", "q2", expect=0)["written"]
    [sums] = (spent.root / "outbox" / "2569-q2" / "publication").rglob("*units*.csv")
    with sums.open(encoding="utf-8-sig") as lines_of:
        found = {(line["plan"], line["unit_code"]): line["disbursed_baht"] for line in csv.DictReader(lines_of)}
    assert found == {
        ("ops", "YS"): "1000000.00",
        ("ministry", "YS"): "1000000.00",
        ("ministry", "ETDA"): "300000.00",
    }
    assert written
    for kind in ("L5", "L6"):
        memo = next(path for path in (spent.root / "outbox" / "2569-q2").rglob("*.docx") if kind in path.name)
        said = said_in(memo).replace("\xa0", " ")
        assert "ไม่มีหน่วยงานที่ต้องรายงาน" in said
        assert "ยกเลิกแล้ว ๒ โครงการ เบิกจ่ายไว้ก่อนยกเลิก ๑.๓๐ ล้านบาท" in said
        assert "มีตัวชี้วัด จำนวน ๑ ตัว ยังไม่มีตัวชี้วัดที่บรรลุเป้าหมาย ยกเลิก ๑ ตัว" in said
        assert "ยังไม่มีผล" not in said


def test_a_report_of_a_release_that_left_it_out_is_made_again_as_it_was(spent: Desk) -> None:
    spent.run("report", "q2", expect=0)
    assert figure(spent, "ministry", "disbursed", "--report", "1")["total"] == "1300000.00"
    with sqlite3.connect(spent.root / "data" / "plantrack.db") as store:
        store.execute("UPDATE reports SET bases = replace(bases, ',\"cancelled_in_full\":true', '')")
    assert figure(spent, "ministry", "disbursed", "--report", "1")["total"] is None
    assert figure(spent, "ministry", "disbursed")["total"] == "1300000.00"


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
    send_part(desk, "ก่อน.xlsx", COVER, "P001")
    assert len(desk.run("ingest", expect=1)["corrections"]) == 1
    cancel(desk)
    desk.today = date(2026, 1, 20)
    told = desk.run("status", "q1", expect=0)["units"]
    assert [(line["unit"], line["errors"]) for line in told] == [("YS", 1)]
    assert {one["project"]: one["state"] for one in told[0]["answers"]} == {
        "P001": "clean",
        "K01": "missing",
        COVER: "clean",
    }
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
    send_part(desk, "ก่อน.xlsx", COVER, "P001")
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
