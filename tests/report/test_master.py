"""Domain §7, R9: the master workbook, read as whoever will pivot it reads it."""

from __future__ import annotations

import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils import range_boundaries

from plan_tracker.documents.tables import Cell, Column, ColumnType, Table
from plan_tracker.documents.workbooks import master_columns
from plan_tracker.documents.workbooks.master_rows import MasterProjectRow
from plan_tracker.documents.workbooks.sheets import LINE, new_book
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.versions import CURRENT, private_fields
from plan_tracker.i18n import THAI, Message
from plan_tracker.workspace.folders import file_sha256
from tests.desk import Desk
from tests.office import need_office

HOSTILE = '=HYPERLINK("http://example.com","กด")'
Record = dict[str, Any]


def _records(path: Path) -> dict[str, list[Record]]:
    """Each table's rows by its name, as records with the keys of the first row; but for the overview's."""
    book = openpyxl.load_workbook(path)
    found = {}
    for sheet in (sheet for sheet in book.worksheets if len(sheet.tables) == 1):
        rows = list(sheet.iter_rows(values_only=True))
        (name,) = sheet.tables
        found[name] = [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[2:] if any(row)]
    return found


def _report(desk: Desk, period: str = "q1") -> Path:
    made = desk.report(period, "--xlsx")
    assert [Path(report["path"]).suffix for report in made["reports"]] == [".docx", ".docx"]
    return desk.root / str(made["workbook"])


@pytest.fixture
def returned(desk: Desk) -> Desk:
    desk.send_back("YS", {"P001/f11.result_quarter": HOSTILE, "YS/u.contact_name": "นางสาวลับ เฉพาะ"})
    desk.run("ingest")
    return desk


def test_each_answer_stands_in_the_very_cell_that_its_row_names(returned: Desk) -> None:
    tables = _records(_report(returned))
    checked = 0
    for row in (row for rows in tables.values() for row in rows if row.get("cells")):
        original = next(r["original"] for r in tables["returns"] if r["unit_code"] == row["unit_code"])
        assert file_sha256(returned.root / original) == row["sha256"]
        sheet = openpyxl.load_workbook(returned.root / original)[row["sheet"]]
        for key, cell in re.findall(r"(\S+) ([A-Z]+\d+)(?:; |$)", row["cells"]):
            assert sheet[cell].value == row[key], (key, cell)
            checked += 1
    assert checked > 50


def test_every_input_of_the_form_has_a_column_but_the_contact_persons(returned: Desk) -> None:
    tables = _records(_report(returned))
    children = {"outputs": "f5.outputs", "indicators": "f7.indicators", "activities": "f8.activities"}
    children |= {"money": "f9.money", "problems": "f13.problems"}
    book = openpyxl.load_workbook(_report(returned))
    heads = {name: [cell.value for cell in sheet[1]] for sheet in book.worksheets for name in sheet.tables}
    columns = set(heads["projects"])
    for name, key in children.items():
        block = CURRENT.form1.blocks[key]
        columns |= {row.key + f".{head}" for row in block.rows for head in heads[name] if not row.total}
    picked = {field.key for field in CURRENT.form1.inputs.values() if field.part_of}  # kept as one list
    assert set(CURRENT.form1.inputs) - columns == picked
    assert not set(private_fields()) & columns
    assert tables["projects"]


def test_what_was_not_received_is_blank_and_named_and_never_0(returned: Desk) -> None:
    tables = _records(_report(returned))
    (missing,) = [row for row in tables["projects"] if row["project_code"] == "P003"]
    assert missing["state"] == "ยังไม่ได้รับรายงาน"
    known = {"fiscal_year", "quarter", "project_code", "project_name", "unit_code", "unit_name", "plans", "state"}
    assert {key for key, value in missing.items() if value is not None} == known
    assert {(row["unit_code"], row["state"]) for row in tables["returns"]} == {
        ("YS", "ครบถ้วน"),
        ("ETDA", "ยังไม่ได้รับรายงาน"),
    }
    (kpi,) = [row for row in tables["kpis"] if row["kpi_code"] == "K02"]
    assert (kpi["k.result"], kpi["achievement_percent"], kpi["outcome"]) == (None, None, "ยังไม่ได้รับรายงาน")


def test_a_project_of_both_plans_stands_there_once(returned: Desk) -> None:
    rows = _records(_report(returned))["projects"]
    assert [row["project_code"] for row in rows] == ["P001", "P002", "P003"]
    assert rows[0]["plans"] == "ops ministry"


def test_numbers_and_days_are_real_ones_and_text_is_no_formula(returned: Desk) -> None:
    path = _report(returned)
    book = openpyxl.load_workbook(path)
    sheet = book["โครงการ"]
    first: dict[Any, Any] = {key.value: cell for key, cell in zip(sheet[1], sheet[3], strict=True)}
    typed = first["f11.result_quarter"]
    assert (typed.value, typed.data_type, typed.quotePrefix) == (HOSTILE, "s", True)
    start, planned = first["f8.start_date"], first["f8.planned_q1"]
    assert (start.value, start.is_date) == (datetime(2025, 10, 1), True)
    assert (type(planned.value), planned.number_format) == (int, "0.00")
    budget = first["budget"]
    assert (budget.value, budget.number_format) == (4_500_000, "#,##0.00")
    assert not [c for s in book.worksheets for row in s.iter_rows() for c in row if c.data_type == "f" or c.hyperlink]


def test_the_contact_persons_are_in_no_byte_of_it(returned: Desk) -> None:
    with zipfile.ZipFile(_report(returned)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    private = [value for key, value in returned.answers("YS").items() if ".contact_" in key]
    assert len(private) > 2
    assert not [value for value in (*private, "นางสาวลับ") if str(value) in whole]


def test_the_year_end_has_a_row_for_each_quarter(returned: Desk) -> None:
    returned.run("issue-forms", "q2")
    returned.send_back("YS", period=Period(2569, 2))
    returned.run("ingest")
    rows = _records(_report(returned, "year-end"))["projects"]
    reported = {(row["quarter"], row["project_code"]) for row in rows if row["f14.stage"]}
    assert reported == {(1, "P001"), (1, "P002"), (2, "P001"), (2, "P002")}
    assert {row["quarter"] for row in rows} == {1, 2, 3, 4}


def test_of_a_year_the_last_quarter_s_rows_stand_first_and_are_printed_alone(returned: Desk) -> None:
    for quarter in (2, 3, 4):
        returned.today = Period(2569, quarter).last_day
        returned.run("issue-forms", f"q{quarter}")
        returned.send_back("YS", period=Period(2569, quarter))
        returned.run("ingest")
    path = _report(returned, "year-end")
    sheet = openpyxl.load_workbook(path)["โครงการ"]
    quarters = [int(str(row[0].value)) for row in sheet.iter_rows(min_row=3)]
    assert quarters == sorted(quarters, reverse=True)
    assert sheet.print_area.endswith(f"${2 + quarters.count(4)}")
    foot = etree.fromstring(zipfile.ZipFile(path).read("xl/worksheets/sheet3.xml")).findtext(".//{*}oddFooter")
    assert "เฉพาะไตรมาสที่ 4" in str(foot)


def test_of_a_year_whose_last_quarter_is_missing_all_is_printed(returned: Desk) -> None:
    sheet = openpyxl.load_workbook(_report(returned, "year-end"))["โครงการ"]
    assert sheet.print_area.endswith(f"${sheet.max_row}")


def test_a_quarter_after_the_first_holds_its_own_rows_only(returned: Desk) -> None:
    returned.run("issue-forms", "q2")
    assert {row["quarter"] for row in _records(_report(returned, "q2"))["projects"]} == {2}


def test_what_somebody_changed_in_it_is_not_written_over(returned: Desk) -> None:
    first = _report(returned)
    assert _report(returned) == first
    book = openpyxl.load_workbook(first)
    book.worksheets[0]["A1"] = "แก้แล้ว"
    book.save(first)
    second = _report(returned)
    assert second != first
    assert openpyxl.load_workbook(first).worksheets[0]["A1"].value == "แก้แล้ว"


def test_it_is_made_again_from_the_record_byte_for_byte(returned: Desk) -> None:
    before = _report(returned).read_bytes()
    returned.send_back("ETDA")
    returned.run("ingest")
    again = returned.report("q1", "--xlsx", "--again", "1")["workbook"]
    assert (returned.root / again).read_bytes() == before


def test_without_the_option_and_in_a_dry_run_none_is_written(returned: Desk) -> None:
    assert returned.run("report", "q1")["workbook"] is None
    said = returned.run("report", "q1", "--xlsx", "--dry-run")["workbook"]
    assert not (returned.root / said).exists()


def test_what_a_waived_return_says_in_place_of_a_number_stands_beside_its_row(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f14.progress_percent": "ประมาณ 30"})
    desk.run("ingest")
    desk.run("accept", "q1", "YS", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    row = _records(_report(desk))["projects"][0]
    assert row["f14.progress_percent"] is None
    assert row["unread"] == "f14.progress_percent: ประมาณ 30"
    assert (row["state"], row["waived_because"]) == ("รับโดยผ่อนผัน", "รอเอกสาร (ตัวอย่าง)")


def test_a_table_without_rows_and_odd_values_can_be_written(tmp_path: Path) -> None:
    columns: tuple[Column[tuple[Cell, ...]], ...] = (
        Column("a", Message("t", "A"), lambda row: row[0], ColumnType.DATE),
        Column("b", Message("t", "B"), lambda row: row[1], ColumnType.MONEY),
        Column("c", Message("t", "C"), lambda row: row[2]),
    )
    rows = [(date(1899, 12, 31), Decimal("-0.05"), "\x00\ufffe" + "ก" * 40_000)]
    path = tmp_path / "odd.xlsx"
    with new_book(path, "ผู้ทำ") as book:
        book.add_about("คำอธิบาย", {"ก": "ข"})
        book.add_table(Table("none", Message("t", "None"), columns, []), THAI)
        book.add_table(Table("odd", Message("t", "Odd"), columns, rows), THAI)
    found = _records(path)
    assert found["none"] == []
    assert found["odd"] == [{"a": "1899-12-31", "b": -0.05, "c": "ก" * 32_767}]


def test_names_have_one_line_where_there_is_room_and_wide_sheets_are_printed_on_a3(tmp_path: Path) -> None:
    names = ["ก" * 50] * 30
    column: Column[str] = Column("name", Message("t", "Name"), str)
    few, many = (
        Table(f"t{n}", Message("t", f"T{n}"), [replace(column, key=f"n{i}") for i in range(n)], names) for n in (1, 5)
    )
    with new_book(tmp_path / "wide.xlsx", "ผู้ทำ") as book:
        for table in (few, many, Table("none", Message("t", "None"), [column], [])):
            book.add_table(table, THAI)
    narrow, wide, empty = openpyxl.load_workbook(tmp_path / "wide.xlsx").worksheets
    assert narrow.row_dimensions[3].height == wide.row_dimensions[3].height == LINE
    assert [str(sheet.page_setup.paperSize) for sheet in (narrow, wide)] == ["9", "8"]
    assert empty.print_area.endswith("$A$6")
    with zipfile.ZipFile(tmp_path / "wide.xlsx") as package:
        assert "ไม่มีรายการในงวดนี้" in package.read("xl/drawings/drawing1.xml").decode()


def test_a_column_more_is_an_entry_more(returned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    entry: Column[MasterProjectRow] = Column(
        "letters", Message("t", "Letters"), lambda row: len(row.found.code), ColumnType.WHOLE
    )
    monkeypatch.setattr(master_columns, "PROJECTS", (*master_columns.PROJECTS, entry))
    tables = _records(_report(returned))
    assert {row["letters"] for row in tables["projects"]} == {4}
    (defined,) = [row for row in tables["dictionary"] if row["column"] == "letters"]
    assert (defined["table"], defined["title_en"], defined["type"]) == ("projects", "Letters", "integer")


def test_the_dictionary_has_every_column_with_its_thai_heading(returned: Desk) -> None:
    path = _report(returned)
    defined = {(row["table"], row["column"]): row["title_th"] for row in _records(path)["dictionary"]}
    book = openpyxl.load_workbook(path)
    shown = {
        (name, key.value): head.value
        for sheet in book.worksheets
        for name in sheet.tables
        if len(sheet.tables) == 1 and name != "dictionary"
        for key, head in zip(sheet[1], sheet[2], strict=True)
    }
    assert shown == defined
    assert book["พจนานุกรมข้อมูล"].sheet_state == "hidden", "it would be printed with the workbook"
    assert all(re.search("[ก-๙]|SHA", title) for title in defined.values())


def test_what_is_used_first_comes_first_and_is_what_is_printed(returned: Desk) -> None:
    sheet = openpyxl.load_workbook(_report(returned))["โครงการ"]
    keys = [cell.value for cell in sheet[1]]
    first = ["quarter", "project_code", "project_name", "unit_name", "plans", "f14.stage", "f14.schedule"]
    assert keys[: len(first)] == first
    last = sheet.print_area.rpartition("$")[0].rpartition("$")[2]
    assert sheet[f"{last}1"].value == "state"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert str(sheet.page_setup.fitToHeight) == "0"
    assert sheet.print_title_rows == "$2:$2"
    assert [table.autoFilter is not None for table in sheet.tables.values()] == [True]


def test_the_first_sheet_has_the_report_s_totals_and_charts(returned: Desk) -> None:
    """P001 is in both plans, and counts once where they are together."""
    returned.send_back("ETDA")
    returned.run("ingest")
    path = _report(returned)
    book = openpyxl.load_workbook(path)
    sheet, tables = book.worksheets[0], _records(path)
    assert sheet.title == "ภาพรวม"
    assert len(sheet._charts) == 3  # type: ignore[attr-defined]
    head, *plans = sheet[sheet.tables["overview_plans"].ref]
    at = {cell.value: i for i, cell in enumerate(head)}
    totals = {
        row[0].value: [row[at[key]].value for key in ("โครงการ", "งบประมาณหลังโอนเปลี่ยนแปลง (บาท)")] for row in plans
    }
    whole = sum(row["budget"] or 0 for row in tables["projects"])
    assert totals["ทุกแผนรวมกัน"] == [3, whole]
    assert [counted for counted, _money in totals.values()] == [2, 2, 3]
    assert whole > 0
    stages = {row[0].value: row[1].value for row in sheet[sheet.tables["overview_stages"].ref]}
    assert stages[c.UNDER_WAY] == sum(row["f14.stage"] == c.UNDER_WAY for row in tables["projects"])


def test_a_year_s_quarters_stand_side_by_side_on_the_first_sheet(returned: Desk) -> None:
    returned.run("issue-forms", "q2")
    sheet = openpyxl.load_workbook(_report(returned, "year-end")).worksheets[0]
    quarters = sheet[sheet.tables["overview_quarters"].ref]
    assert [(row[0].value, row[2].value) for row in quarters[1:]] == [("1", 2), ("2", 0), ("3", 0), ("4", 0)]
    charts = sheet._charts  # type: ignore[attr-defined]
    assert len(charts) == 4
    first_table_below = range_boundaries(sheet.tables["overview_units"].ref)[1]
    assert all(chart.anchor.to.row < first_table_below for chart in charts)
    (after,) = [found.id for found in sheet.row_breaks.brk]
    assert (
        sheet.cell(after + 1, 1).value == "หน่วยงาน"
    )  # its table has a page of its own: no break where a sheet is fitted
    assert not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    assert 20 < int(sheet.page_setup.scale or 100) < 100


def test_a_stated_zero_is_zero_and_a_little_is_that_little(desk: Desk) -> None:
    amounts = {"budget": Decimal("49.99"), "act_budget": Decimal("49.99"), "committed": None, "disbursed": Decimal(0)}
    desk.send_back("YS", {f"P001/f9.recurrent.{key}": value for key, value in amounts.items()})
    desk.ingest_one()
    desk.run("accept", "q1", "YS", "--because", "ตรวจแล้ว (ตัวอย่าง)")
    by_code = {row["project_code"]: row for row in _records(_report(desk))["projects"]}
    assert [by_code["P001"][key] for key in ("budget", "disbursed", "disbursed_percent")] == [49.99, 0, 0]
    assert [by_code["P002"][key] for key in ("budget", "disbursed", "disbursed_percent")] == [None] * 3


def test_a_result_in_words_stands_beside_those_in_numbers(desk: Desk) -> None:
    """K01's target in the quarter is 20."""
    desk.send_back("YS", {"K01/k.result": Decimal("19.9995")})
    desk.ingest_one()
    (row,) = [row for row in _records(_report(desk))["kpis"] if row["kpi_code"] == "K01"]
    assert (row["k.result"], row["k.result_text"]) == (19.9995, None)
    assert (row["achievement_percent"], row["outcome"]) == (100, "ยังไม่บรรลุเป้าหมาย (ใกล้เคียงเป้าหมายมาก)")


@pytest.mark.office
def test_libreoffice_opens_it_with_every_row(returned: Desk, tmp_path: Path) -> None:
    need_office()
    path = _report(returned)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path)]
    subprocess.run([*order, str(path)], capture_output=True, timeout=180, check=True)
    ours, theirs = openpyxl.load_workbook(path), openpyxl.load_workbook(tmp_path / path.name)
    for mine, other in zip(ours.worksheets, theirs.worksheets, strict=True):
        assert [r[:3] for r in other.iter_rows(values_only=True)] == [r[:3] for r in mine.iter_rows(values_only=True)]


def test_days_late_stop_where_the_quarter_was_closed_as_on_the_board(returned: Desk) -> None:
    """R18: returns are taken until the permission is given on 20 January, five days after they were due."""
    returned.today = date(2026, 1, 20)
    returned.report("q1")
    returned.permit("q1")
    returned.today = date(2026, 3, 1)
    board = {unit["unit"]: unit["days_late"] for unit in returned.run("status", "q1", expect=0)["units"]}
    rows = _records(_report(returned))["returns"]
    assert {row["unit_code"]: row["days_late"] for row in rows} == board == {"YS": 0, "ETDA": 5}


def test_money_that_no_total_of_the_report_has_is_marked(desk: Desk) -> None:
    """P001's disbursement is in words, and waived: none of its rows is in the totals. P002 has no money at all."""
    desk.send_back("YS", {"P001/f9.recurrent.disbursed": "สิบบาท", "P001/f9.investment.budget": 100})
    desk.ingest_one()
    desk.run("accept", "q1", "YS", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    tables = _records(_report(desk))
    by_code = {row["project_code"]: row for row in tables["projects"]}
    assert {code: row["in_totals"] for code, row in by_code.items()} == {"P001": "ไม่รวม", "P002": "รวม", "P003": None}
    assert {row["in_totals"] for row in tables["money"] if row["project_code"] == "P001"} == {"ไม่รวม"}
    assert by_code["P002"]["budget"] is None
