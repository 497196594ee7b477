"""STRAY and FOREIGN-SHEET: nothing that can be seen on a returned form vanishes (R7)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.desk import Desk, codes

Place = tuple[Worksheet, str, int]  # sheet, column, row


def where(book: Workbook, field: str) -> Place:
    """The cell of ``CODE/field`` as issued."""
    for name, sheet, cell in book["_cells"].iter_rows(min_row=2, max_col=3, values_only=True):
        if name == field:
            found = book[str(sheet)][str(cell)]
            return book[str(sheet)], found.column_letter, found.row
    raise KeyError(field)


def edit(path: Path, change: Callable[[Workbook], None]) -> None:
    book = load_workbook(path)
    change(book)
    book.save(path)


def told(desk: Desk, change: Callable[[Workbook], None], unit: str = "YS", **typed: Any) -> dict[str, Any]:
    """What is said of the unit's good return after ``change``."""
    edit(desk.send_back(unit, typed), change)
    return desk.ingest_one()


def strays(file: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [(f["project"], f["field"], f["cell"], f["value"]) for f in file["findings"] if f["code"] == "STRAY"]


def test_an_answer_in_the_next_cell_after_a_merge_was_undone(desk: Desk) -> None:
    place: list[str] = []

    def unmerge(book: Workbook) -> None:
        sheet, column, row = where(book, "P001/f12.benefits")
        for area in [a.coord for a in sheet.merged_cells.ranges if f"{column}{row}" in a]:
            sheet.unmerge_cells(area)
        beside = f"{chr(ord(column) + 1)}{row}"
        sheet[beside], sheet[f"{column}{row}"] = "ลดเวลาลงครึ่งหนึ่ง (ตัวอย่าง)", None
        place.append(beside)

    file = told(desk, unmerge)
    assert file["outcome"] == "incomplete"
    assert strays(file) == [("P001", "f12.benefits", place[0], "ลดเวลาลงครึ่งหนึ่ง (ตัวอย่าง)")]
    [finding] = [f for f in file["findings"] if f["code"] == "STRAY"]
    assert (finding["severity"], finding["status"], finding["sheet"]) == ("warning", "open", "P001")
    assert "ลดเวลาลงครึ่งหนึ่ง" in finding["message"]
    assert "ลดเวลาลงครึ่งหนึ่ง" in finding["message_en"]


@pytest.mark.parametrize(
    ("one", "other", "fields"),
    [
        ("P001/f11.result_quarter", "P001/f11.result_cumulative", {"f11.result_quarter", "f11.result_cumulative"}),
        (".committed", ".disbursed", {"f9.recurrent.committed", "f9.recurrent.disbursed"}),
    ],
    ids=["of rows", "of columns"],
)
def test_keys_that_were_exchanged_are_told_at_the_labels_of_their_answers(
    one: str, other: str, fields: set[str], desk: Desk
) -> None:
    def exchange(book: Workbook) -> None:
        for row in book["P001"].iter_rows():
            for cell in row:
                if cell.value in (one, other):
                    cell.value = other if cell.value == one else one

    file = told(desk, exchange)
    assert file["outcome"] == "incomplete"
    found = [finding for finding in file["findings"] if finding["code"] == "STRAY"]
    assert {finding["field"] for finding in found} == fields
    assert all("hidden keys" in finding["message_en"] for finding in found)


def test_the_nearest_fields_note_confirms_it(desk: Desk) -> None:
    def beside(book: Workbook) -> None:
        sheet, column, row = where(book, "P001/f14.note")
        sheet[f"B{row}"] = "หมายเหตุ: ขอขยายเวลา 30 วัน (ตัวอย่าง)"
        sheet[f"{column}{row}"] = "ทราบแล้ว"

    file = told(desk, beside)
    assert file["outcome"] == "accepted"
    [finding] = [f for f in file["findings"] if f["code"] == "STRAY"]
    assert (finding["status"], finding["note"]) == ("confirmed", "ทราบแล้ว")
    assert finding["value"] == "หมายเหตุ: ขอขยายเวลา 30 วัน (ตัวอย่าง)"


def _row_inserted(book: Workbook) -> None:
    sheet, _column, row = where(book, "P001/f5.outputs[5].output")
    areas = [area.coord for area in sheet.merged_cells.ranges]
    for area in areas:
        sheet.unmerge_cells(area)
    sheet.insert_rows(row + 1)
    sheet[f"B{row + 1}"], sheet[f"C{row + 1}"], sheet[f"G{row + 1}"] = 6, "คู่มือ (ตัวอย่าง)", 12


def _in_a_caption(book: Workbook) -> None:
    sheet, _column, _row = where(book, "P001/f11.result_quarter")
    cell = next(c for row in sheet.iter_rows() for c in row if str(c.value).startswith("(11)"))
    cell.value = f"{cell.value} เสร็จแล้วสองงาน (ตัวอย่าง)"


def _a_kpi_more(book: Workbook) -> None:
    sheet, column, row = where(book, "K01/k.result")
    sheet[f"B{row + 1}"], sheet[f"C{row + 1}"], sheet[f"{column}{row + 1}"] = "K77", "ตัวชี้วัดใหม่ (ตัวอย่าง)", 37.5


def _far_right(book: Workbook) -> None:
    sheet, _column, row = where(book, "P002/f11.result_quarter")
    sheet[f"R{row}"] = 41.25


@pytest.mark.parametrize(
    ("change", "project", "field", "values"),
    [
        (_row_inserted, "P001", "f5.", ["คู่มือ (ตัวอย่าง)", "12"]),
        (_in_a_caption, "P001", "f1", ["เสร็จแล้วสองงาน (ตัวอย่าง)"]),
        (_a_kpi_more, "K01", "k.", ["K77", "ตัวชี้วัดใหม่ (ตัวอย่าง)", "37.5"]),
        (_far_right, "P002", "f11.", ["41.25"]),
    ],
)
def test_what_stands_elsewhere_on_a_sheet_is_shown(
    desk: Desk, change: Callable[[Workbook], None], project: str, field: str, values: list[str]
) -> None:
    file = told(desk, change)
    assert file["outcome"] == "incomplete"
    found = strays(file)
    assert {one[0] for one in found} == {project}
    assert all(one[1].startswith(field) for one in found)
    assert len(found) == len(values)
    assert all(value in one[3] for value, one in zip(values, found, strict=True))
    assert codes(file) == {("STRAY", project, one[1]) for one in found}


def test_on_the_cover_the_officer_waives_it_and_the_projects_count(desk: Desk) -> None:
    file = told(desk, lambda book: _scribble(book["คำชี้แจง"]))
    assert strays(file) == [("", "", "D40", "ส่งช้าเพราะรอข้อมูล (ตัวอย่าง)")]
    [line] = [one for one in desk.run("status", "q1")["units"] if one["unit"] == "YS"]
    states = {answer["project"]: answer["state"] for answer in line["answers"]}
    assert states == {"P001": "clean", "P002": "clean", "K01": "clean", "YS": "waiting"}
    assert not list(desk.root.glob("outbox/2569-q1/corrections/*"))
    desk.run("accept", "q1", "YS", "--because", "อ่านแล้ว", expect=0)
    assert [one["state"] for one in desk.run("status", "q1")["units"] if one["unit"] == "YS"] == ["waived"]


def test_beside_what_a_unit_has_to_mend_it_stands_in_its_list_and_is_settled_with_it(desk: Desk) -> None:
    good = {"P001/f14.progress_percent": desk.answers("YS")["P001/f14.progress_percent"]}
    edit(desk.send_back("YS", {"P001/f14.progress_percent": 900}), lambda book: _scribble(book["คำชี้แจง"]))
    [written] = desk.run("ingest", expect=1)["corrections"]
    rows = [
        [cell.value for cell in row] for row in load_workbook(desk.root / written["list"]).worksheets[0].iter_rows()
    ]
    heads = [row[0] for row in rows if str(row[0]).startswith(("P001", "แบบรายงานทั้งฉบับ"))]
    assert heads == ["P001  ระบบติดตามแผนงาน (ตัวอย่าง)", "แบบรายงานทั้งฉบับ"]
    desk.send_back("YS", good, form=desk.root / written["form"])
    assert desk.ingest_one()["outcome"] == "accepted"
    [line] = [one for one in desk.run("status", "q1")["units"] if one["unit"] == "YS"]
    assert line["state"] == "accepted"


def _scribble(sheet: Worksheet) -> None:
    sheet["D40"] = "ส่งช้าเพราะรอข้อมูล (ตัวอย่าง)"


def test_a_later_return_without_it_settles_what_was_on_the_cover(desk: Desk) -> None:
    told(desk, lambda book: _scribble(book["คำชี้แจง"]))
    desk.send_back("YS", {"P001/f14.next_steps": "ทำต่อ (ตัวอย่าง)"})
    assert desk.ingest_one()["outcome"] == "accepted"
    assert [one["state"] for one in desk.run("status", "q1")["units"] if one["unit"] == "YS"] == ["accepted"]


def test_a_sheet_of_another_unit_is_named_and_not_read(desk: Desk) -> None:
    other = load_workbook(desk.send_back("ETDA"))

    def add(book: Workbook) -> None:
        new = book.create_sheet("ของ สพธอ.")
        for row in other["P003"].iter_rows():
            for cell in row:
                if cell.value is not None:
                    new[cell.coordinate].value = cell.value

    (desk.inbox / "ETDA.xlsx").unlink()
    file = told(desk, add)
    assert file["outcome"] == "incomplete"
    [finding] = [f for f in file["findings"] if f["severity"] == "warning"]
    assert (finding["code"], finding["sheet"], finding["value"]) == ("FOREIGN-SHEET", "ของ สพธอ.", "P003")
    assert "P003 “เอกสารอิเล็กทรอนิกส์ (ตัวอย่าง)”" in finding["message"]
    assert finding["message"].count("สพธอ. (ตัวอย่าง)") == 1
    assert "สพธอ. (ตัวอย่าง)" in finding["fix"]
    assert desk.invoke("trace", "q1", "P003").exit_code != 0


def test_what_is_typed_beside_alone_is_not_a_blank_form(desk: Desk) -> None:
    path = desk.inbox / "YS.xlsx"
    book = load_workbook(desk.form_path("YS"))
    sheet, _column, row = where(book, "P001/f11.result_quarter")
    sheet[f"R{row}"] = "ผลอยู่ตรงนี้ (ตัวอย่าง)"
    book.save(path)
    file = desk.ingest_one()
    assert file["outcome"] == "incomplete"
    assert [one[3] for one in strays(file)] == ["ผลอยู่ตรงนี้ (ตัวอย่าง)"]
    assert {f["project"] for f in file["findings"] if f["code"] == "PART"} == {"P002", "K01"}


def test_a_correction_form_that_comes_back_has_no_strays_but_what_was_written_into_it(desk: Desk) -> None:
    good = desk.answers("YS")
    fixed = {field: good[field] for field in ("P001/f14.progress_percent", "P002/f14.stage")}
    desk.send_back("YS", {"P001/f14.progress_percent": 900, "P002/f14.stage": "อะไร"})
    [written] = desk.run("ingest", expect=1)["corrections"]
    form = desk.root / written["form"]
    desk.send_back("YS", fixed, form=form, name="แก้.xlsx")

    def reply(book: Workbook) -> None:
        sheet = book["P001"]
        remark = next(c for row in sheet.iter_rows() for c in row if str(c.value).startswith("◀"))
        remark.value = f"{remark.value}\nแก้แล้ว (ตัวอย่าง)"

    edit(desk.inbox / "แก้.xlsx", reply)
    assert [one[0] for one in strays(desk.ingest_one())] == ["P001"]
    desk.send_back("YS", fixed | {"P001/f14.next_steps": "ใหม่ (ตัวอย่าง)"}, form=form, name="แก้อีก.xlsx")
    file = desk.ingest_one()
    assert (file["outcome"], strays(file)) == ("accepted", [])


def test_labels_are_compared_with_what_was_issued_and_not_with_what_the_template_says_now(desk: Desk) -> None:
    template = desk.root / "templates" / "xlsx" / "form.xlsx"
    before = template.read_bytes()

    def reword(book: Workbook) -> None:
        sheet = book["แบบรายงาน"]
        cell = next(c for row in sheet.iter_rows() for c in row if str(c.value).startswith("(11)"))
        cell.value = "(11) เล่าผลงานของท่าน (ตัวอย่าง)"
        sheet["D1"].parent["R9"] = "คำแนะนำของกอง (ตัวอย่าง)"

    edit(template, reword)
    desk.run("issue-forms", "q1", "--unit", "YS", expect=0)
    template.write_bytes(before)
    desk.send_back("YS")
    file = desk.ingest_one()
    assert (file["outcome"], strays(file)) == ("accepted", [])


def test_a_form_without_a_recorded_layout_is_read_as_before(desk: Desk) -> None:
    import sqlite3

    with sqlite3.connect(desk.root / "data" / "plantrack.db") as database:
        database.execute("UPDATE forms SET content = json_remove(content, '$.layout', '$.texts')")
    file = told(desk, _far_right)
    assert (file["outcome"], strays(file)) == ("accepted", [])
