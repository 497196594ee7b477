"""What comes back (R6, R10): every outcome, versions, originals, corrections. None stops the batch, nothing is lost."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.identity import Identity
from plan_tracker.forms.definition.workbook.signing import signing_key
from plan_tracker.store import Store
from plan_tracker.values import Entry, Value
from tests.desk import Q1, UNITS, Desk, codes, issue_small_workspace

UNIT = str(UNITS[0]["name"])


def _edit(path: Path, change: Callable[[Workbook], object]) -> None:
    book = load_workbook(path)
    change(book)
    book.save(path)


def _cell_of(path: Path, field: str) -> tuple[str, str]:
    rows = load_workbook(path, read_only=True)["_cells"].iter_rows(min_row=2, values_only=True)
    return next((str(sheet), str(cell)) for name, sheet, cell in rows if name == field)


def _say(path: Path, desk: Desk, **said: str) -> None:
    """Rewrites the identity of a form and signs it anew, as only this workspace can."""
    book = load_workbook(path)
    sheet = book["_plantrack"]
    rows = {str(key): str(value) for key, value in sheet.iter_rows(values_only=True)} | said
    rows.pop("signature")
    for row, pair in enumerate(Identity(**rows).rows(signing_key(desk.root / "data")), 1):
        for column, value in enumerate(pair, 1):
            sheet.cell(row, column).value = value
    book.save(path)


def test_a_good_return_is_accepted_kept_and_gone_from_the_inbox(desk: Desk) -> None:
    returned = desk.send_back("YS", name="ชื่อไฟล์อะไรก็ได้ (2).xlsx")
    content = returned.read_bytes()
    result = desk.ingest_one()
    assert (result["outcome"], result["unit"], result["quarter"], result["version"]) == ("accepted", "YS", "q1", 1)
    assert result["file"] == "ชื่อไฟล์อะไรก็ได้ (2).xlsx"
    assert (desk.root / "data" / "originals" / "2569-q1" / "YS-v1.xlsx").read_bytes() == content
    assert not returned.exists()


def test_a_macro_workbook_is_read_as_a_workbook(desk: Desk) -> None:
    desk.send_back("YS", name="ys.xlsm")
    assert desk.ingest_one()["outcome"] == "accepted"


def test_findings_tell_the_cell_of_the_file_that_came_back(desk: Desk) -> None:
    """Rows and columns were inserted and the sheet renamed: places are those of the returned file."""
    returned = desk.send_back("YS", {"P001/f14.progress_percent": "ประมาณ 50"})

    def mangle(book: Workbook) -> None:
        sheet = book["P001"]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_rows(3, 4)
        sheet.insert_cols(2)
        sheet.title = "เปลี่ยนชื่อ"
        book.move_sheet(sheet, 2)

    issued_at = _cell_of(returned, "P001/f14.progress_percent")[1]
    column, row = issued_at[0], issued_at[1:]
    _edit(returned, mangle)
    result = desk.ingest_one()
    [finding] = [f for f in result["findings"] if f["severity"] == "error"]
    expected = f"{chr(ord(column) + 1)}{int(row) + 4}"
    assert (finding["code"], finding["sheet"], finding["cell"]) == ("NOT-NUMBER", "เปลี่ยนชื่อ", expected)
    assert (finding["project"], finding["field"], finding["value"]) == ("P001", "f14.progress_percent", "ประมาณ 50")
    assert finding["message"]
    assert finding["fix"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE-UNREADABLE"),
        ("ข้อความ".encode(), "FILE-TYPE"),
        (b"<html><table></table></html>", "FILE-TYPE"),
        (b"PK\x03\x04 truncated", "FILE-UNREADABLE"),
    ],
)
def test_a_file_that_is_no_workbook_is_rejected_with_its_reason(desk: Desk, content: bytes, code: str) -> None:
    (desk.inbox / "แปลก.xlsx").write_bytes(content)
    result = desk.ingest_one()
    assert (result["outcome"], [f["code"] for f in result["findings"]]) == ("rejected", [code])
    assert (desk.inbox / "rejected" / "แปลก.xlsx").read_bytes() == content
    assert code in (desk.inbox / "rejected" / "แปลก.xlsx.txt").read_text(encoding="utf-8-sig")
    assert desk.run("ingest", expect=0)["files"] == []  # not read again


def test_a_workbook_that_is_not_ours_is_rejected(desk: Desk) -> None:
    Workbook().save(desk.inbox / "งบ.xlsx")
    assert codes(desk.ingest_one()) == {("FORM-UNKNOWN", "", "")}


def test_why_a_file_waits_is_shown(desk: Desk) -> None:
    (desk.inbox / ".แบบ.xlsx.icloud").write_bytes(b"bplist00")
    said = desk.invoke("ingest")
    assert (said.exit_code, "FILE-BUSY" in said.output) == (1, True)


def _pasted(desk: Desk, *sheets: str, also: str = "") -> None:
    """What is seen of a filled-in form's ``sheets``, pasted as values into a new workbook."""
    returned = desk.send_back("YS")
    book, new = load_workbook(returned), Workbook()
    for name in sheets:
        page = new.create_sheet(name)
        for row in book[name].iter_rows(min_col=2, max_col=9):
            for cell in row:
                if cell.value is not None and not str(cell.value).startswith("="):
                    page[cell.coordinate].value = cell.value
    new.active["A1"] = also  # type: ignore[index]
    new.save(returned)


@pytest.mark.parametrize("sheets", [("คำชี้แจง", "P001", "ตัวชี้วัด"), ("P002",)])
def test_what_was_pasted_into_a_new_workbook_is_known_by_what_it_shows(desk: Desk, sheets: tuple[str, ...]) -> None:
    _pasted(desk, *sheets)
    told = desk.run("ingest", expect=1)
    [file], [letter] = told["files"], told["letters"]
    assert (file["outcome"], file["unit"], file["quarter"]) == ("rejected", "YS", "q1")
    [finding] = file["findings"]
    assert finding["code"] == "FORM-UNKNOWN"
    assert UNIT in finding["message"]
    assert Q1.title in finding["message"]
    assert (letter["kind"], letter["unit"]) == ("L10", "YS")
    assert [(one["unit"], one["quarter"]) for one in desk.run("status")["rejected"]] == [("YS", "q1")]


@pytest.mark.parametrize(
    ("sheets", "also"),
    [(("P002",), "สพธอ. (ตัวอย่าง)"), (("P002",), "ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2569"), ((), f"{UNIT} {Q1.title}")],
    ids=["two units", "a quarter that nobody was asked for", "in a sentence"],
)
def test_of_two_units_or_of_none_nothing_is_guessed(desk: Desk, sheets: tuple[str, ...], also: str) -> None:
    _pasted(desk, *sheets, also=also)
    file = desk.ingest_one()
    known = "ไตรมาสที่ 3" in also  # no form of it went out, so that it can't be meant
    assert (file["unit"], codes(file)) == ("YS" if known else None, {("FORM-UNKNOWN", "", "")})


@pytest.mark.parametrize(
    ("cell", "value"),
    [("B1", "0" * 16), ("B2", "correction"), ("B5", "ETDA"), ("B6", "2570"), ("B7", "2"), ("B9", "0" * 64)],
    ids=["form", "kind", "unit", "year", "quarter", "signature"],
)
def test_a_changed_identity_is_rejected(desk: Desk, cell: str, value: str) -> None:
    """Another unit's name on it, another quarter's label, an edited signature."""
    returned = desk.send_back("YS")
    _edit(returned, lambda book: book["_plantrack"].__setitem__(cell, value))
    assert codes(desk.ingest_one()) == {("FORM-FORGED", "", "")}


def test_the_form_of_another_workspace_is_none_of_ours(desk: Desk, tmp_path: Path) -> None:
    """The same register, the same unit, the same quarter: but another office has issued it, with its own key."""
    other = tmp_path / "อีกสำนักงาน"
    issue_small_workspace(other)
    returned = Desk(other).send_back("YS")
    returned.rename(desk.inbox / "ys.xlsx")
    file = desk.ingest_one()
    assert (file["outcome"], codes(file)) == ("rejected", {("FORM-FORGED", "", "")})
    assert desk.run("status", "q1")["units"][0]["form1"] == "issued"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"form_version": "9"}, "FORM-VERSION"),
        ({"unit": "GONE"}, "FORM-UNIT"),
        ({"quarter": "3", "form_id": "never-issued"}, "FORM-PERIOD"),
    ],
)
def test_a_form_that_does_not_fit_is_rejected(desk: Desk, said: dict[str, str], code: str) -> None:
    _say(desk.send_back("YS"), desk, **said)
    assert codes(desk.ingest_one()) == {(code, "", "")}


def test_a_form_that_nobody_has_filled_in_is_rejected(desk: Desk) -> None:
    shutil.copyfile(desk.form_path("YS"), desk.inbox / "ys.xlsx")
    assert codes(desk.ingest_one()) == {("FORM-BLANK", "", "")}


def test_another_units_form_counts_for_the_unit_that_it_was_issued_to(desk: Desk) -> None:
    desk.send_back("ETDA", name="แบบของ YS.xlsx")
    assert desk.ingest_one()["unit"] == "ETDA"


def test_a_changed_locked_fact_is_a_warning_and_the_issued_one_stands(desk: Desk) -> None:
    returned = desk.send_back("YS")

    def change(book: Workbook) -> None:
        sheet = book["P001"]
        cell = next(c for row in sheet for c in row if c.value == "ระบบติดตามแผนงาน (ตัวอย่าง)")
        cell.value = "ชื่อใหม่"

    _edit(returned, change)
    result = desk.ingest_one()
    [finding] = [f for f in result["findings"] if f["severity"] == "warning"]
    assert (finding["code"], finding["field"], finding["value"]) == ("LOCKED-CHANGED", "f1.project_name", "ชื่อใหม่")
    assert "ระบบติดตามแผนงาน (ตัวอย่าง)" in finding["message"]
    assert result["outcome"] == "incomplete"


def test_a_note_confirms_a_warning(desk: Desk) -> None:
    late: dict[str, Value | int | float | None] = {
        "P001/f14.schedule": "เร็วกว่าแผน",
        "P001/f14.progress_percent": 1,
        "P001/f8.planned_q1": 25,
    }
    desk.send_back("YS", late | {"P001/f9.recurrent.disbursed": 45_000, "P001/f14.note": "นับผลหลังตรวจรับ"})
    result = desk.ingest_one()
    assert {(f["code"], f["status"]) for f in result["findings"]} == {("BEHIND-SAYS-ON-TIME", "confirmed")}
    assert result["outcome"] == "accepted"


def test_a_missing_sheet_is_an_error(desk: Desk) -> None:
    _edit(desk.send_back("YS"), lambda book: book.remove(book["P002"]))
    assert codes(desk.ingest_one()) == {("SHEET-MISSING", "P002", "")}


def test_a_copied_sheet_is_named_once(desk: Desk) -> None:
    _edit(desk.send_back("YS"), lambda book: book.copy_worksheet(book["P001"]))
    found = [f for f in desk.ingest_one()["findings"] if f["code"] == "FIELD-TWICE"]
    assert len(found) == 1
    assert "P001 Copy" in found[0]["message"]


def test_a_lost_key_is_an_error(desk: Desk) -> None:
    returned = desk.send_back("YS")
    _sheet, cell = _cell_of(returned, "P001/f14.stage")

    def lose(book: Workbook) -> None:
        for column in ("A", CURRENT.form1.columns.mirror):
            book["P001"][f"{column}{cell[1:]}"] = None

    _edit(returned, lose)
    file = desk.ingest_one()
    assert codes(file) == {("FIELD-MISSING", "P001", "f14.stage")}
    [finding] = [f for f in file["findings"] if f["code"] == "FIELD-MISSING"]
    assert (finding["cell"], finding["value"]) == (cell, desk.answers("YS")["P001/f14.stage"])
    assert finding["value"] in finding["message"]


def test_keys_stand_twice_so_that_one_column_may_be_lost(desk: Desk) -> None:
    def delete(book: Workbook) -> None:
        sheet = book["P001"]
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.delete_cols(1)

    _edit(desk.send_back("YS"), delete)
    assert desk.ingest_one()["outcome"] == "accepted"


def test_a_sorted_key_column_misleads_nobody(desk: Desk) -> None:
    def sort_keys(book: Workbook) -> None:
        sheet = book["P001"]
        keys = sorted((sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)), key=lambda v: str(v or "~~~"))
        for row, key in enumerate(keys, 1):
            sheet.cell(row, 1).value = key

    good = desk.answers("YS")
    _edit(desk.send_back("YS"), sort_keys)
    result = desk.ingest_one()
    assert result["outcome"] == "incomplete"
    assert {code for code, _project, _field in codes(result)} <= {"FIELD-MISSING", "SHEET-MISSING"}
    answers = _entries(desk).get("P001", Entry("", {})).answers
    assert all(answer.value == good[f"P001/{key}"] for key, answer in answers.items())


def test_rows_whose_keys_contradict_each_other_are_not_read(desk: Desk) -> None:
    returned = desk.send_back("YS")
    fields = ("f14.stage", "f14.schedule")
    first, second = (_cell_of(returned, f"P001/{field}")[1][1:] for field in fields)

    def swap(book: Workbook) -> None:
        sheet = book["P001"]
        one, other = sheet[f"A{first}"], sheet[f"A{second}"]
        one.value, other.value = other.value, one.value

    _edit(returned, swap)
    assert codes(desk.ingest_one()) == {("FIELD-MISSING", "P001", field) for field in fields}


def test_a_stray_cell_far_out_is_no_reason_to_reject(desk: Desk) -> None:
    _edit(desk.send_back("YS"), lambda book: book["P001"].__setitem__("XFD1048576", "หลงมา"))
    assert desk.ingest_one()["outcome"] == "accepted"


def test_the_same_bytes_again_are_a_duplicate(desk: Desk) -> None:
    first = desk.send_back("YS")
    content = first.read_bytes()
    (desk.inbox / "อีกชุด.xlsx").write_bytes(content)
    outcomes = sorted(f["outcome"] for f in desk.run("ingest", expect=0)["files"])
    assert outcomes == ["accepted", "duplicate"]
    (desk.inbox / "อีกครั้ง.xlsx").write_bytes(content)
    result = desk.ingest_one()
    assert (result["outcome"], result["version"]) == ("duplicate", 1)


@pytest.mark.parametrize("name", ["~$ys.xlsx", ".DS_Store", "Thumbs.db", "ys.xlsx.crdownload"])
def test_what_programs_leave_about_is_ignored_and_stays(desk: Desk, name: str) -> None:
    (desk.inbox / name).write_bytes(b"x")
    assert desk.ingest_one()["outcome"] == "ignored"
    assert (desk.inbox / name).exists()


def test_one_bad_file_never_stops_the_others(desk: Desk) -> None:
    (desk.inbox / "a.xlsx").write_bytes(b"not a workbook")
    desk.send_back("YS")
    desk.send_back("ETDA", {"P003/f14.stage": None})
    result = desk.run("ingest", expect=1)
    assert sorted(f["outcome"] for f in result["files"]) == ["accepted", "incomplete", "rejected"]


def test_two_units_files_under_one_name_in_folders(desk: Desk) -> None:
    for unit in ("YS", "ETDA"):
        (desk.inbox / unit).mkdir()
        desk.send_back(unit, name=f"{unit}/แบบรายงาน.xlsx")
    assert {f["unit"] for f in desk.run("ingest", expect=0)["files"]} == {"YS", "ETDA"}


def test_a_newer_form_is_noticed_and_the_older_one_read_all_the_same(desk: Desk) -> None:
    returned = desk.send_back("YS")
    desk.run("issue-forms", "q1", expect=0)
    assert returned.exists()
    result = desk.ingest_one()
    assert (result["outcome"], [f["code"] for f in result["findings"]]) == ("accepted", ["FORM-OLDER"])


def test_the_newest_clean_return_counts_and_a_newer_faulty_one_waits(desk: Desk) -> None:
    desk.send_back("YS")
    desk.ingest_one()
    desk.send_back("YS", {"P001/f11.result_quarter": None})
    assert (desk.ingest_one()["outcome"], _status(desk, "YS")["state"]) == ("incomplete", "accepted")
    assert _status(desk, "YS")["version"] == 2


def _status(desk: Desk, unit: str) -> dict[str, object]:
    units = desk.run("status", "q1", expect=0)["units"]
    return next(u for u in units if u["unit"] == unit)


def test_status_tells_each_state_and_the_days_late(desk: Desk) -> None:
    assert (_status(desk, "YS")["state"], _status(desk, "YS")["days_late"]) == ("issued", 0)
    desk.send_back("YS", {"P001/f11.result_quarter": "  "})
    desk.ingest_one()
    line = _status(desk, "YS")
    assert (line["state"], line["form1"], line["form2"], line["errors"]) == ("incomplete", "incomplete", "accepted", 1)
    desk.today = date(2026, 1, 25)  # due on 15 January
    assert _status(desk, "ETDA")["days_late"] == 10


FAULTS: dict[str, Value | int | float | None] = {
    "P001/f14.progress_percent": "ประมาณ 50",
    "P001/f11.result_quarter": "-",
    "P001/f8.end_date": "31/2/2569",
    "YS/u.contact_email": "ไม่มีอีเมล",
    "K01/k.details": None,
}


def test_a_faulty_return_gets_a_list_a_form_and_a_letter(desk: Desk) -> None:
    """R10: the list says where, what stands there, what is wrong, how to mend it, and links to the cell."""
    desk.send_back("YS", FAULTS)
    result = desk.run("ingest", expect=1)
    [correction] = result["corrections"]
    assert correction["unit"] == "YS"
    assert all((desk.root / correction[kind]).is_file() for kind in ("list", "form", "letter"))
    sheet = load_workbook(desk.root / correction["list"]).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7) if isinstance(row[0].value, int)]
    assert [row[0] for row in rows] == list(range(1, len(FAULTS) + 1))
    assert {row[4] for row in rows} == {"ประมาณ 50", "-", "31/2/2569", "ไม่มีอีเมล", "(ว่าง)"}
    links = {cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink}
    form = desk.root / correction["form"]
    expected = {_cell_of(form, field) for field in FAULTS}
    assert links == {f"'{name}'!{cell}" for name, cell in expected}


def test_the_correction_form_holds_what_was_typed_with_the_faults_marked(desk: Desk) -> None:
    desk.send_back("YS", FAULTS)
    [correction] = desk.run("ingest", expect=1)["corrections"]
    path = desk.root / correction["form"]
    book = load_workbook(path)
    said = {str(key): value for key, value in book["_plantrack"].iter_rows(values_only=True)}
    assert (said["kind"], said["based_on_version"]) == ("correction", "1")
    for field, typed in FAULTS.items():
        sheet, cell = _cell_of(path, field)
        assert book[sheet][cell].value == typed
        assert book[sheet][cell].fill.fgColor.rgb.endswith("FBD5D5")
        remark = CURRENT.form_of[field.partition("/")[2]].columns.remark
        assert str(book[sheet][f"{remark}{book[sheet][cell].row}"].value).startswith("◀")
        assert not book[sheet].column_dimensions[remark].hidden
    sheet, cell = _cell_of(path, "P001/f14.stage")
    assert not book[sheet][cell].fill.fgColor.rgb.endswith("FBD5D5")


def test_a_mended_correction_form_is_the_next_version(desk: Desk) -> None:
    good = desk.answers("YS")
    desk.send_back("YS", FAULTS)
    [correction] = desk.run("ingest", expect=1)["corrections"]
    desk.send_back("YS", {field: good[field] for field in FAULTS}, form=desk.root / correction["form"])
    result = desk.ingest_one()
    assert (result["outcome"], result["version"], codes(result)) == ("accepted", 2, set())
    assert (desk.root / "data" / "originals" / "2569-q1" / "YS-v2.xlsx").is_file()


def test_an_untouched_correction_form_is_blank(desk: Desk) -> None:
    desk.send_back("YS", FAULTS)
    [correction] = desk.run("ingest", expect=1)["corrections"]
    shutil.copyfile(desk.root / correction["form"], desk.inbox / "ys.xlsx")
    assert codes(desk.ingest_one()) == {("FORM-BLANK", "", "")}


def test_corrections_are_written_once(desk: Desk) -> None:
    desk.send_back("YS", FAULTS)
    assert len(desk.run("ingest", expect=1)["corrections"]) == 1
    told = desk.run("ingest", expect=0)
    assert told == {"files": [], "corrections": [], "not_written": [], "letters": [], "offers": [], "withdrawn": []}


def test_marks_of_one_unit_do_not_show_in_the_next(desk: Desk) -> None:
    desk.send_back("YS", FAULTS)
    desk.send_back("ETDA", {"P003/f11.result_cumulative": None})
    corrections = {c["unit"]: c for c in desk.run("ingest", expect=1)["corrections"]}
    book = load_workbook(desk.root / corrections["ETDA"]["form"])
    marked = [c.coordinate for row in book["P003"] for c in row if str(c.fill.fgColor.rgb).endswith("FBD5D5")]
    assert marked == [_cell_of(desk.root / corrections["ETDA"]["form"], "P003/f11.result_cumulative")[1]]


def test_a_dry_run_tells_all_and_changes_nothing(desk: Desk) -> None:
    returned = desk.send_back("YS", FAULTS)
    (desk.inbox / "x.xlsx").write_bytes(b"x")
    before = sorted(path for path in desk.root.rglob("*") if path.is_file())
    result = desk.run("ingest", "--dry-run", expect=1)
    assert sorted(f["outcome"] for f in result["files"]) == ["incomplete", "rejected"]
    assert sorted(path for path in desk.root.rglob("*") if path.is_file()) == before
    assert returned.exists()


def _entries(desk: Desk) -> dict[str, Entry]:
    """What is stored of the last return."""
    store = Store(desk.root / "data" / "plantrack.db")
    entries = store.answers.entries(store.returns(Q1)[-1].id)
    store.close()
    return entries


def test_a_stored_value_knows_its_file_and_cell(desk: Desk) -> None:
    returned = desk.send_back("YS")
    sha256 = hashlib.sha256(returned.read_bytes()).hexdigest()
    place = _cell_of(returned, "P001/f9.recurrent.disbursed")
    desk.ingest_one()
    store = Store(desk.root / "data" / "plantrack.db")
    [kept] = store.returns(Q1)
    entry = store.answers.entries(kept.id)["P001"]
    store.close()
    assert (kept.file, kept.sha256) == ("YS.xlsx", sha256)
    assert (entry.sheet, entry.answers["f9.recurrent.disbursed"].cell) == place


def test_people_see_the_findings_on_the_screen(desk: Desk) -> None:
    desk.send_back("YS", FAULTS)
    result = desk.invoke("ingest", "--all")
    assert result.exit_code == 1
    shown = result.stdout
    for word in ("NOT-NUMBER", "NOT-DATE", "NOT-EMAIL", "REQUIRED", "KPI-NO-DETAILS", "P001"):
        assert word in shown


def _mail(attachments: dict[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ys@example.go.th", "plan@example.go.th", "ส่งแบบรายงาน"
    message.set_content("เรียนมาเพื่อโปรดทราบ (ตัวอย่าง)")
    message.add_attachment(b"logo", maintype="image", subtype="png", filename="logo.png")
    for name, content in attachments.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_returns_in_archives_and_mails_are_taken_out_and_the_container_is_kept(desk: Desk) -> None:
    ys, etda = desk.send_back("YS"), desk.send_back("ETDA")
    with zipfile.ZipFile(desk.inbox / "รวม.zip", "w") as archive:
        archive.write(ys, "../../โฟลเดอร์/แบบ ยศ.xlsx")
        archive.writestr("__MACOSX/._แบบ.xlsx", b"x")
    (desk.inbox / "จดหมาย.eml").write_bytes(_mail({"แบบรายงาน สพธอ.xlsx": etda.read_bytes()}))
    ys.unlink()
    etda.unlink()
    files = desk.run("ingest", expect=0)["files"]
    assert {(f["file"], f["unit"], f["outcome"]) for f in files} == {
        ("แบบ ยศ.xlsx", "YS", "accepted"),
        ("แบบรายงาน สพธอ.xlsx", "ETDA", "accepted"),
        ("logo.png", None, "ignored"),
    }
    assert {path.name for path in (desk.root / "data" / "containers").iterdir()} == {"รวม.zip", "จดหมาย.eml"}
    assert list(desk.inbox.glob("*.*")) == []


def test_containers_that_hold_nothing_usable_are_rejected(desk: Desk) -> None:
    (desk.inbox / "ขาด.zip").write_bytes(b"PK\x03\x04")
    (desk.inbox / "ไม่มีแนบ.eml").write_bytes(_mail({}))
    with zipfile.ZipFile(desk.inbox / "ใหญ่.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", b"0" * 400_000_000)
    files = desk.run("ingest", expect=1)["files"]
    assert {(f["file"], f["findings"][0]["code"]) for f in files} == {
        ("ขาด.zip", "FILE-UNREADABLE"),
        ("ไม่มีแนบ.eml", "FILE-TYPE"),
        ("ใหญ่.zip", "FILE-TOO-LARGE"),
    }


def test_a_dry_run_looks_into_containers_and_leaves_them(desk: Desk) -> None:
    ys = desk.send_back("YS")
    with zipfile.ZipFile(desk.inbox / "รวม.zip", "w") as archive:
        archive.write(ys, "ys.xlsx")
    ys.unlink()
    assert [f["outcome"] for f in desk.run("ingest", "--dry-run", expect=0)["files"]] == ["accepted"]
    assert [path.name for path in desk.inbox.iterdir()] == ["รวม.zip"]


def test_what_was_taken_in_is_told_though_the_form_template_has_lost_a_field(desk: Desk) -> None:
    """Whatever goes wrong once returns are kept: that they are, and how they stand, is told all the same."""
    _lose_a_field(desk.root / "templates" / "xlsx" / "form.xlsx")
    desk.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    desk.send_back("ETDA")
    told = desk.run("ingest", expect=1)
    assert {file["unit"]: file["outcome"] for file in told["files"]} == {"YS": "incomplete", "ETDA": "accepted"}
    assert told["corrections"] == []
    (unwritten,) = told["not_written"]
    assert unwritten["unit"] == "YS"
    assert "f14.stage" in unwritten["reason"]
    assert unwritten["advice"]
    shown = desk.invoke("ingest")  # tries again, and tells people, too
    assert shown.exit_code == 1
    assert "YS" in shown.stdout
    assert unwritten["advice"] in shown.stdout
    (desk.root / "templates" / "xlsx" / "form.xlsx").unlink()  # the one that plantrack brings
    assert [made["unit"] for made in desk.run("ingest", expect=0)["corrections"]] == ["YS"]


def _lose_a_field(template: Path) -> None:
    book = load_workbook(template)
    for sheet in book:
        for (cell,) in sheet.iter_rows(max_col=1):
            if cell.value == "f14.stage":
                cell.value = None
    book.save(template)
