"""Issuing forms (R2–R5): the contract of the workbook, and what is carried forward."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from plan_tracker.analysis.basis.returns import AnswerState
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.versions import CURRENT, form_version
from plan_tracker.forms.definition.workbook.names import HIDDEN_SHEETS
from plan_tracker.forms.writing.template.sheets import build_template
from plan_tracker.store import Store, StoredReturn
from plan_tracker.store.records import form_row
from plan_tracker.values import Answer, Entry, Value
from tests.desk import Q2, Desk

IDENTITY = ["form_id", "kind", "based_on_version", "form_version", "unit", "fiscal_year", "quarter", "issued_at"]


@pytest.fixture
def book(desk: Desk) -> Workbook:
    return load_workbook(desk.form_path("YS"))


def _cells(book: Workbook) -> dict[str, tuple[str, str]]:
    rows = book["_cells"].iter_rows(min_row=2, values_only=True)
    return {str(field): (str(sheet), str(cell)) for field, sheet, cell in rows}


def test_every_reporting_unit_gets_a_form_and_a_letter(desk: Desk) -> None:
    forms = desk.run("issue-forms", "q1", expect=0)["forms"]
    assert [form["unit"] for form in forms] == ["YS", "ETDA"]  # TS has neither project nor KPI
    for form in forms:
        assert (desk.root / form["path"]).is_file()
        assert (desk.root / form["letter"]).is_file()


def test_the_screen_counts_the_projects_and_kpis_of_each_form(desk: Desk) -> None:
    told = desk.invoke("issue-forms", "q1").output
    counted = re.findall(r"^ (YS|ETDA) +(\d+) +(\d+) ", told, re.MULTILINE)
    assert counted == [("YS", "2", "1"), ("ETDA", "1", "1")]


def test_whose_request_has_gone_out_under_a_number_is_told_when_forms_are_issued_again(desk: Desk) -> None:
    assert desk.run("issue-forms", "q1", "--dry-run", expect=0)["asked_before"] == []
    desk.run("letters", "number", "L1", "YS", "ดศ 0205/7", "--date", "2569-01-05", expect=0)
    assert desk.run("issue-forms", "q1", "--dry-run", expect=0)["asked_before"] == ["YS"]


def test_a_unit_that_has_nothing_to_report_gets_no_form_and_those_that_have_are_named(desk: Desk) -> None:
    refused = desk.run("issue-forms", "q1", "--unit", "TS", expect=2)
    assert "TS" in refused["error"]
    assert refused["advice"].endswith(": ETDA YS")


def test_one_unit_can_be_chosen_and_a_wrong_one_is_named(desk: Desk) -> None:
    assert [f["unit"] for f in desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)["forms"]] == ["ETDA"]
    assert "XX" in desk.invoke("issue-forms", "q1", "--unit", "XX").stderr


def test_the_identity_is_signed_text(book: Workbook, desk: Desk) -> None:
    rows = [(str(key), value) for key, value in book["_plantrack"].iter_rows(values_only=True)]
    said = dict(rows)
    assert [key for key, _value in rows] == [*IDENTITY, "signature"]
    assert all(isinstance(value, str) for value in said.values())
    assert (said["unit"], said["fiscal_year"], said["quarter"], said["kind"]) == ("YS", "2569", "1", "issue")
    signature = said.pop("signature")
    key = bytes.fromhex((desk.root / "data" / "signing.key").read_text().strip())
    text = "\n".join(f"{name}={value}" for name, value in sorted(said.items()))
    assert signature == hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def test_cells_list_every_input_where_it_is(book: Workbook) -> None:
    assert [cell.value for cell in book["_cells"][1]] == ["field", "sheet", "cell"]
    expected = {f"{code}/{key}" for code in ("P001", "P002") for key in CURRENT.form1.inputs}
    expected |= {f"YS/{key}" for key in CURRENT.unit.inputs}
    assert set(_cells(book)) == expected | {f"K01/{key}" for key in CURRENT.form2.inputs}
    for sheet, cell in _cells(book).values():
        assert not book[sheet][cell].protection.locked


def test_everything_but_inputs_is_locked_without_a_password(book: Workbook) -> None:
    inputs = set(_cells(book).values())
    assert not any(sheet.merged_cells.ranges for sheet in book)
    for sheet in [sheet for sheet in book if sheet.title not in HIDDEN_SHEETS]:
        assert sheet.protection.sheet, sheet.title
        assert sheet.protection.password is None
        open_cells = {(sheet.title, c.coordinate) for row in sheet for c in row if not c.protection.locked}
        assert open_cells <= inputs
    assert {sheet.sheet_state for sheet in book if sheet.title in HIDDEN_SHEETS} == {"hidden"}


def test_the_sheets_print_on_a4_and_keep_their_heads_in_view(book: Workbook) -> None:
    for sheet in [sheet for sheet in book if sheet.title not in HIDDEN_SHEETS]:
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.page_setup.fitToWidth == 1
    assert book["P001"].freeze_panes == "C5"
    assert book["P001"].print_title_rows == "$1:$4"


def test_drop_downs_and_hints_are_in_place(book: Workbook) -> None:
    cells = _cells(book)
    rules = {
        str(cell): check
        for check in book["P001"].data_validations.dataValidation
        for area in check.sqref.ranges
        for row in area.rows
        for cell in [book["P001"].cell(*row[0]).coordinate]
    }
    stage = rules[cells["P001/f14.stage"][1]]
    assert stage.type == "list"
    assert "ดำเนินการแล้วเสร็จ" in str(stage.formula1)
    assert rules[cells["P001/f8.start_date"][1]].prompt


def test_first_quarter_is_prefilled_from_the_register(book: Workbook) -> None:
    cells = _cells(book)

    def stands(field: str) -> object:
        sheet, cell = cells[field]
        return book[sheet][cell].value

    assert stands("P001/f9.recurrent.budget") == 4500000
    assert stands("P001/f8.start_date").date() == date(2025, 10, 1)  # type: ignore[attr-defined]
    assert stands("P001/f4.objectives") == "1. เพื่อติดตามแผนงาน\n2. เพื่อลดงานซ้ำ"
    assert stands("P001/f11.result_quarter") is None
    assert stands("K01/k.result") is None


def test_a_unit_that_reports_nothing_is_refused_with_those_that_do(desk: Desk) -> None:
    refused = desk.run("issue-forms", "q1", "--unit", "ys", "--unit", "TS", expect=2)
    assert "TS" in refused["error"]
    assert refused["advice"].endswith(" ETDA YS")


def test_the_first_quarter_goes_on_from_the_fourth_of_the_year_before(opened: Store, desk: Desk) -> None:
    """And from no other quarter of it, nor of a year still to come."""
    form, register = desk.newest_form("YS"), opened.register()
    assert register is not None
    for year, quarter, said in ((2568, 3, "ไตรมาสก่อน"), (2568, 4, "สิ้นปีก่อน"), (2570, 4, "ปีหน้า")):
        period, code = Period(year, quarter), f"{year}{quarter}"
        of_year = replace(register, fiscal_year=year)
        version = opened.add_register(of_year, loaded_at="2025-01-05T09:00", source="register.xlsx", sha256=code)
        identity = form.identity._replace(form_id=code, fiscal_year=str(year), quarter=str(quarter))
        opened.add_forms([form_row(form._replace(identity=identity, register_version=version))])
        kept = StoredReturn(0, "YS", period, 1, code, code, "YS.xlsx", "x", "2025-01-05T09:00", "accepted", 0, 0)
        entry = Entry("P001", {"f6.summary": Answer(said, "D9")})
        opened.add_return(kept, {"P001": entry}, {"P001": AnswerState.CLEAN}, [])
    opened.close()
    desk.run("issue-forms", "q1", expect=0)
    assert desk.newest_form("YS").values["P001"]["f6.summary"] == "สิ้นปีก่อน"


def test_second_quarter_carries_the_newest_clean_return_and_asks_the_rest_anew(desk: Desk) -> None:
    """R5: carried fields come from the unit's newest clean return, notes and results never."""
    desk.send_back("YS", {"P001/f6.summary": "สรุปใหม่จากหน่วยงาน", "P001/f4.note": "หมายเหตุเดิม"})
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.run("issue-forms", "q2", expect=0)
    issued = desk.newest_form("YS", Q2).values["P001"]
    assert issued["f6.summary"] == "สรุปใหม่จากหน่วยงาน"
    own = desk.newest_form("YS", Q2).values["YS"]
    assert set(own) == {"u.contact_name", "u.contact_phone", "u.contact_email"}
    assert own["u.contact_email"] == "ys@example.go.th"
    assert not {"f4.note", "f11.result_quarter", "f14.stage", "f9.recurrent.disbursed"} & set(issued)
    assert desk.newest_form("ETDA", Q2).values["ETDA"] == {}


def test_a_faulty_return_is_not_carried(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f6.summary": "สรุปใหม่", "P001/f14.stage": "ไม่รู้"})
    assert desk.ingest_one()["outcome"] == "incomplete"
    desk.run("issue-forms", "q2", expect=0)
    assert "f6.summary" not in desk.newest_form("YS", Q2).values["P001"]


def test_a_completed_project_keeps_its_sheet_and_is_asked_for_its_money_alone(desk: Desk) -> None:
    done: dict[str, Value | int | float | None] = {
        "P001/f14.stage": "ดำเนินการแล้วเสร็จ",
        "P001/f14.progress_percent": 100,
        "P001/f14.actual_end_date": date(2025, 12, 15),
        "P001/f12.benefits": "เจ้าหน้าที่ใช้ระบบได้ (ตัวอย่าง)",
        "P001/f14.note": "เบิกจ่ายงวดสุดท้ายในไตรมาสถัดไป",
    }
    desk.send_back("YS", done)
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.run("issue-forms", "q2", expect=0)
    form = desk.newest_form("YS", Q2)
    assert form.closed == {"P001"}
    assert form.values["P001"]["f14.stage"] == "ดำเนินการแล้วเสร็จ"
    money: dict[str, Value | int | float | None] = {
        "P001/f9.recurrent.disbursed": 4_500_000,
        "P001/f9.recurrent.committed": 0,
    }
    others = {k: v for k, v in desk.answers("YS", Q2).items() if not k.startswith("P001/")}
    desk.send_back("YS", others | money, form=desk.form_path("YS", Q2))
    result = desk.ingest_one()
    assert result["outcome"] == "accepted", result["findings"]


def test_a_text_that_looks_like_a_formula_stays_text(desk: Desk) -> None:
    desk.send_back("YS", {"P001/f6.summary": "=1+1 เป็นเพียงข้อความ"})
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.run("issue-forms", "q2", expect=0)
    book = load_workbook(desk.form_path("YS", Q2))
    sheet, cell = _cells(book)["P001/f6.summary"]
    assert (book[sheet][cell].data_type, book[sheet][cell].value) == ("s", "=1+1 เป็นเพียงข้อความ")


def test_forms_need_a_register(desk: Desk, tmp_path: Path) -> None:
    desk.run("init", str(tmp_path / "ใหม่"), expect=0)
    result = Desk(tmp_path / "ใหม่").invoke("issue-forms", "q1")
    assert result.exit_code == 2
    assert "register load" in result.stderr


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    before = sorted(desk.root.rglob("*"))
    desk.run("issue-forms", "q3", "--early", "--dry-run", expect=0)
    assert sorted(desk.root.rglob("*")) == before


def test_a_template_without_a_field_is_named(desk: Desk) -> None:
    path = desk.root / "templates" / "xlsx" / "form.xlsx"
    book = load_workbook(path)
    sheet = book["แบบรายงาน"]
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "f14.stage")
    sheet.cell(row, 1).value = sheet.cell(row, 12).value = None
    book.save(path)
    result = desk.invoke("issue-forms", "q1")
    assert result.exit_code == 2
    assert "f14.stage" in result.stderr


def test_an_edited_template_of_an_earlier_version_is_told_what_to_do(desk: Desk) -> None:
    path = desk.root / "templates" / "xlsx" / "form.xlsx"
    first = form_version("1")
    assert first is not None
    build_template(first).save(path)
    refused = desk.run("issue-forms", "q1", expect=2)
    assert "form.xlsx" in refused["error"]
    assert "plantrack templates restore form" in refused["advice"]
    desk.run("templates", "restore", "form", expect=0)
    assert len(list(path.parent.glob("form (*).xlsx"))) == 1
    desk.run("issue-forms", "q1", "--dry-run", expect=0)


def test_forms_of_a_quarter_that_has_not_begun_are_refused_until_its_first_day(desk: Desk) -> None:
    desk.today = date(2026, 3, 31)
    refused = desk.run("issue-forms", "q3", expect=2)
    assert "--early" in refused["advice"]
    assert not (desk.root / "outbox" / "2569-q3").exists()
    assert desk.run("issue-forms", "q3", "--early", "--dry-run", expect=0)["forms"]
    desk.today = date(2026, 4, 1)
    assert desk.run("issue-forms", "q3", "--dry-run", expect=0)["forms"]


def test_forms_of_a_closed_quarter_are_refused_until_it_is_reopened(desk: Desk) -> None:
    for unit in ("YS", "ETDA"):
        desk.send_back(unit)
    desk.run("ingest", expect=0)
    desk.run("report", "q1")
    desk.permit("q1")
    refused = desk.run("issue-forms", "q1", expect=2)
    assert "plantrack review reopen q1" in refused["advice"]
    desk.run("review", "reopen", "q1", "--because", "ข้อมูลผิด (ตัวอย่าง)", expect=0)
    assert desk.run("issue-forms", "q1", "--dry-run", expect=0)["forms"]


def test_what_a_form_says_live_leaves_no_blank_and_names_what_may_be_typed(book: Workbook) -> None:
    """A form knows no reading of what was typed: its words do without."""
    said = {str(cell.value) for sheet in book for row in sheet for cell in row if "พิมพ์" in str(cell.value)}
    said |= {str(cell.value) for sheet in book for row in sheet for cell in row if "โปรด" in str(cell.value)}
    assert [text for text in said if re.search(r" –( |$)", text)] == []
    for told in ("ให้พิมพ์ 85 ไม่ใช่ 0.85 หรือ 85%", "เร็วกว่าแผน · เป็นไปตามแผน · ล่าช้ากว่าแผน", "รับเฉพาะ 0–100"):
        assert any(told in text for text in said), told


def test_cells_for_per_cents_say_how_to_type_them(book: Workbook) -> None:
    cells = _cells(book)
    for field in ("P001/f14.progress_percent", "P001/f8.planned_q1", "P001/f7.indicators[1].result", "K01/k.result"):
        sheet, cell = cells[field]
        [hint] = [c.prompt for c in book[sheet].data_validations.dataValidation if cell in c.sqref]
        assert re.search(r"พิมพ์ [0-9]+ ไม่ใช่ [0-9]+% หรือ 0\.[0-9]+", str(hint)), field


def test_shared_formulas_name_no_other_sheet_and_are_written_where_they_first_stand(desk: Desk) -> None:
    """Excel takes a workbook for damaged in which cells share a formula over another sheet."""
    shared = re.compile(
        r'<c r="([A-Z]+)(\d+)"[^>]*><f t="shared"(?: ref="\1(\d+):\1(\d+)")? si="(\d+)"(?:/>|>([^<]+)</f>)'
    )
    kept = 0
    with ZipFile(desk.form_path("YS")) as package:
        for name in package.namelist():
            sheet = package.read(name).decode()
            found = shared.findall(sheet)
            assert len(found) == sheet.count('t="shared"'), name
            first = {}
            for _column, row, begins, ends, number, formula in found:
                if formula:
                    assert "!" not in re.sub('"[^"]*"', "", formula)
                    first[number] = int(begins), int(ends)
                    assert int(row) == first[number][0]
                assert first[number][0] <= int(row) <= first[number][1]
                kept += not formula
    assert kept > 500


def test_a_link_and_a_note_that_an_officer_put_into_the_template_reach_every_form(desk: Desk) -> None:
    """The template's look is the officer's."""
    path = desk.root / "templates" / "xlsx" / "form.xlsx"
    book = load_workbook(path)
    book["คำชี้แจง"]["C9"].hyperlink = "https://example.go.th/help"
    book["แบบรายงาน"]["B1"].comment = Comment("ดูคู่มือหน้า 4 (ตัวอย่าง)", "กองแผน")
    book.save(path)
    desk.run("issue-forms", "q1", "--unit", "YS", expect=0)
    form = load_workbook(desk.form_path("YS"))
    assert form["คำชี้แจง"]["C9"].hyperlink.target == "https://example.go.th/help"
    assert [form[code]["B1"].comment.text for code in ("P001", "P002")] == ["ดูคู่มือหน้า 4 (ตัวอย่าง)"] * 2
