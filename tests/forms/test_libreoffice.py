"""Units use LibreOffice: it opens issued forms, fills them in cell by cell, and saves .xlsx, .xls and .ods (R6)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plan_tracker.fiscal import long_date
from plan_tracker.store import Store
from plan_tracker.values import Entry, Value
from tests.desk import Desk
from tests.office import need_office, type_and_save

pytestmark = pytest.mark.office
FORMATS = ("xlsx", "xls", "ods")
LONG = "ดำเนินงานตามแผนและประสานทุกภาคส่วนที่เกี่ยวข้องอย่างต่อเนื่อง" * 40


def _keystrokes(value: Value | int | float | None) -> str:
    """What a person types for a value: dates in Thai words, numbers in figures."""
    if isinstance(value, date):
        return long_date(value)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _cells(form: Path) -> dict[str, tuple[str, str]]:
    sheet = load_workbook(form)["_cells"]
    return {str(field): (str(name), str(cell)) for field, name, cell in sheet.iter_rows(min_row=2, values_only=True)}


def _rows_told_to_be_cut_off(saved: Path) -> list[tuple[str, str]]:
    """By sheet and single answer: beside it stands that the row, at its highest, can't show all of it."""
    told = [cell for sheet in load_workbook(saved, data_only=True) for row in sheet for cell in row]
    return [(cell.parent.title, f"C{cell.row}") for cell in told if str(cell.value).startswith("✂")]


def _stored(desk: Desk, version: int) -> dict[str, Entry]:
    store = Store(desk.root / "data" / "plantrack.db")
    kept = next(k for k in store.returns(desk.newest_form("YS").identity.period) if k.version == version)
    entries = store.answers.entries(kept.id)
    store.close()
    return entries


def test_forms_filled_in_by_libreoffice_are_accepted_with_the_same_values(desk: Desk, tmp_path: Path) -> None:
    need_office()
    form = desk.form_path("YS")
    places = _cells(form)
    answers = desk.answers("YS") | {"P001/f11.result_quarter": LONG}
    saved = [tmp_path / f"ส่งกลับ.{ending}" for ending in FORMATS]
    typed = {places[field]: _keystrokes(value) for field, value in answers.items()}
    shown = type_and_save(form, typed, saved, tmp_path / "profile")

    assert "✓ กรอกครบทุกแผ่นงานแล้ว ส่งไฟล์กลับได้" in shown.values()
    assert _rows_told_to_be_cut_off(saved[0]) == [places["P001/f11.result_quarter"]]
    for version, path in enumerate(saved, 1):
        path.rename(desk.inbox / path.name)
        result = desk.ingest_one()
        problems = [(f["code"], f["field"], f["value"]) for f in result["findings"] if f["severity"] != "notice"]
        assert (result["outcome"], problems) == ("accepted", []), path.name
        entries = _stored(desk, version)
        for field, value in answers.items():
            code, _slash, key = field.partition("/")
            assert entries[code].value(key) == value, (path.suffix, field)


def test_the_cover_counts_what_is_still_missing(desk: Desk, tmp_path: Path) -> None:
    need_office()
    form = desk.form_path("YS")
    places = _cells(form)
    answers = desk.answers("YS")
    lacking = {"P001/f11.result_quarter", "P001/f14.stage", "K01/k.result", "K01/k.not_due"}
    typed = {places[field]: _keystrokes(value) for field, value in answers.items() if field not in lacking}
    shown = type_and_save(form, typed, [], tmp_path / "profile")

    rows = {text: address[1:] for address, text in shown.items() if address[0] == "C"}
    assert (shown[f"F{rows['P001']}"], shown[f"G{rows['P001']}"]) == ("2", "0")
    assert shown[f"F{rows['ตัวชี้วัด']}"] == "1"
    assert shown[f"E{rows['P002']}"] == "ครบ"
    assert "ครบ 2 แผ่นงาน   ต้องแก้ 3 แห่ง   ควรชี้แจง 0 แห่ง" in shown.values()


def test_a_return_saved_by_libreoffice_is_told_its_faults_at_its_own_cells(desk: Desk, tmp_path: Path) -> None:
    need_office()
    form = desk.form_path("ETDA")
    places = _cells(form)
    answers = desk.answers("ETDA") | {
        "P003/f14.progress_percent": "ประมาณ 50",
        "P003/f8.end_date": "31/2/2569",
        "P003/f12.benefits": "=1/0",
    }
    typed = {places[field]: _keystrokes(value) for field, value in answers.items()}
    saved = tmp_path / "etda.ods"
    type_and_save(form, typed, [saved], tmp_path / "profile")
    saved.rename(desk.inbox / saved.name)
    result = desk.ingest_one()

    told = {(f["code"], f["field"]): (f["sheet"], f["cell"]) for f in result["findings"] if f["severity"] == "error"}
    assert result["outcome"] == "incomplete"
    assert told["NOT-NUMBER", "f14.progress_percent"] == places["P003/f14.progress_percent"]
    assert told["NOT-DATE", "f8.end_date"] == places["P003/f8.end_date"]


def test_a_correction_form_counts_its_red_cells_down_to_zero(desk: Desk, tmp_path: Path) -> None:
    """R10: what is wrong is counted live, and mending it brings the count to zero."""
    need_office()
    faults: dict[str, Value | int | float | None] = {
        "P001/f14.progress_percent": "ประมาณ 50",
        "P001/f11.result_quarter": None,
        "P001/f9.recurrent.disbursed": 4.5,  # millions? beside what is no number
        "P001/f9.recurrent.committed": "มาก",
        "K01/k.result": None,
    }
    good = desk.answers("YS")
    desk.send_back("YS", faults)
    [correction] = desk.run("ingest", expect=1)["corrections"]
    form = desk.root / correction["form"]
    places = _cells(form)

    shown = type_and_save(form, {}, [], tmp_path / "profile")
    rows = {text: address[1:] for address, text in shown.items() if address[0] == "C"}
    assert (shown[f"F{rows['P001']}"], shown[f"F{rows['ตัวชี้วัด']}"]) == ("3", "1")
    assert shown[f"G{rows['P001']}"] == "1"  # behind an error in its row, and still counted and linked to
    assert any("ช่องสีแดงที่ยังไม่แก้ 5 ช่อง" in text for text in shown.values())

    saved = tmp_path / "แก้แล้ว.xlsx"
    mended = {places[field]: _keystrokes(good[field]) for field in faults}
    shown = type_and_save(form, mended, [saved], tmp_path / "profile")
    assert "✓ กรอกครบทุกแผ่นงานแล้ว ส่งไฟล์กลับได้" in shown.values()
    saved.rename(desk.inbox / saved.name)
    result = desk.ingest_one()
    assert (result["outcome"], result["version"]) == ("accepted", 2)
