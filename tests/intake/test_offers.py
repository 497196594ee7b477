"""What is understood of a file that can't be taken in is offered: a form filled with it, to be confirmed (R10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from plan_tracker.forms.definition.versions import CURRENT
from tests.desk import Desk
from tests.letterbox import lines

ALL = ("คำชี้แจง", "P001", "P002", "ตัวชี้วัด")


def copy_out(
    desk: Desk,
    sheets: Sequence[str] = ALL,
    typed: dict[str, Any] | None = None,
    *,
    first: int = 2,
    last: int | None = None,
    down: int = 0,
    right: int = 0,
    gap_at: int = 0,
    code: str = "",
) -> dict[str, Any]:
    """YS's good return in columns ``first`` to ``last``, pasted as values into a new workbook, then taken in.

    ``gap_at``: a row that one was put in before; ``code``: what stands there as P009.
    """
    returned = desk.send_back("YS", typed)
    book, new = load_workbook(returned), Workbook()
    for name in sheets:
        page = new.create_sheet(f"แผ่น {name}")
        for row in book[name].iter_rows(min_col=first, max_col=last):
            for cell in row:
                if cell.value is not None and cell.data_type != "f":
                    gap = int(bool(gap_at) and cell.row >= gap_at)
                    value = "P009" if cell.value == code else cell.value
                    page.cell(cell.row + down + gap, cell.column + right, value)
    new.save(returned)
    return desk.run("ingest", expect=1)


def text_of(desk: Desk, letter: dict[str, Any]) -> str:
    return "\n".join(lines(desk.root / letter["path"]))


def states(desk: Desk, unit: str = "YS") -> dict[str, str]:
    [found] = [one for one in desk.run("status", "q1")["units"] if one["unit"] == unit]
    return {answer["project"]: answer["state"] for answer in found["answers"]}


@pytest.mark.parametrize("moved", [{}, {"down": 3, "right": 1}, {"first": 1, "gap_at": 20}], ids=str)
def test_a_form_pasted_into_a_new_workbook_is_offered_filled_in(desk: Desk, moved: dict[str, Any]) -> None:
    told = copy_out(desk, **moved)
    [file], [offer], [letter] = told["files"], told["offers"], told["letters"]
    assert (file["outcome"], file["findings"][0]["code"]) == ("rejected", "FORM-UNKNOWN")
    assert (offer["unit"], offer["files"], letter["kind"]) == ("YS", [file["file"]], "L10")
    assert set(states(desk).values()) == {"missing"}
    assert "(ไฟล์ 2569-q1-YS-understood-form.xlsx) ซึ่งได้กรอกไว้ตามที่อ่านได้" in text_of(desk, letter)
    (desk.root / offer["form"]).rename(desk.inbox / "ตรวจแล้ว.xlsx")
    back = desk.run("ingest", expect=0)
    assert [(one["outcome"], one["version"]) for one in back["files"]] == [("accepted", 1)]
    assert set(states(desk).values()) == {"clean"}
    assert [one["kind"] for one in back["withdrawn"]] == ["L10"]


def test_what_it_says_is_the_answers_own_and_what_is_wrong_is_marked(desk: Desk) -> None:
    told = copy_out(desk, typed={"P001/f14.progress_percent": "ประมาณ 50"})
    form = desk.root / told["offers"][0]["form"]
    book = load_workbook(form)
    shown = {
        str(field): book[str(sheet)][str(cell)].value
        for field, sheet, cell in book["_cells"].iter_rows(min_row=2, values_only=True)
    }
    shown = {field: value.date() if isinstance(value, datetime) else value for field, value in shown.items()}
    wanted = desk.answers("YS") | {"P001/f14.progress_percent": "ประมาณ 50"}
    assert {field: shown[field] for field in wanted} == wanted
    assert any(
        "ประมาณ 50" in str(cell.value) and "◀" in str(cell.value) for row in book["P001"].iter_rows() for cell in row
    )
    for sheet in (
        book["P001"],
        load_workbook(desk.form_path("YS"))["P001"],
    ):  # what is said beside it stays on the screen
        assert sheet.print_area.rpartition("$")[0] == f"'P001'!$B$1:${CURRENT.form1.columns.last}"
    form.rename(desk.inbox / "ตรวจแล้ว.xlsx")
    [back] = desk.run("ingest", expect=1)["files"]
    assert [f["code"] for f in back["findings"] if f["severity"] == "error"] == ["NOT-NUMBER"]
    assert states(desk) == {"P001": "waiting", "P002": "clean", "K01": "clean", "YS": "clean"}


def test_what_was_not_among_it_is_asked_in_the_same_form(desk: Desk) -> None:
    [offer] = copy_out(desk, ["P002"])["offers"]
    (desk.root / offer["form"]).rename(desk.inbox / "ตรวจแล้ว.xlsx")
    [back] = desk.run("ingest", expect=1)["files"]
    assert {(f["code"], f["project"]) for f in back["findings"]} == {
        ("PART", "P001"),
        ("PART", "K01"),
        ("REQUIRED", "YS"),
    }
    assert states(desk) == {"P001": "missing", "P002": "clean", "K01": "missing", "YS": "missing"}


@pytest.mark.parametrize(
    "moved",
    [
        {"gap_at": 20, "last": 9, "sheets": ["P001"]},
        {"sheets": ["คำชี้แจง"], "typed": {f"YS/{key}": None for key in CURRENT.unit.inputs}},
        {"code": "P001", "sheets": ["P001"]},
    ],
    ids=["moved", "blank", "another code"],
)
def test_what_can_not_be_told_is_not_offered(desk: Desk, moved: dict[str, Any]) -> None:
    """Rows have moved and their keys were left behind; no answers are there; another project's code stands there."""
    told = copy_out(desk, **moved)
    [file] = told["files"]
    assert (file["unit"], file["findings"][0]["code"], told["offers"]) == ("YS", "FORM-UNKNOWN", [])
    assert "คัดลอกคำตอบลงในแบบรายงานฉบับที่ได้จัดส่งให้" in text_of(desk, told["letters"][0])
    assert "ช่องสีเหลือง" in file["findings"][0]["fix"] or "yellow" in file["findings"][0]["fix_en"]


def test_a_dry_run_offers_nothing_and_a_return_in_the_same_run_makes_it_needless(desk: Desk) -> None:
    returned = desk.send_back("YS", name="ถูกต้อง.xlsx")
    aside = returned.rename(desk.root / "aside.xlsx")
    copy_out(desk)
    desk.run("inbox", "retry", "--dry-run")
    assert len(list((desk.root / "outbox/2569-q1/corrections").glob("*.xlsx"))) == 1
    aside.rename(desk.inbox / "ถูกต้อง.xlsx")
    told = desk.run("inbox", "retry", expect=1)
    again = desk.run("ingest", expect=0)
    assert ([one["unit"] for one in told["offers"]], again["offers"]) == (["YS"], [])
    assert [one["outcome"] for one in again["files"]] == ["accepted"]


def with_sheet_of_other(desk: Desk) -> None:
    """YS's return, and in it the sheet of ETDA's project."""
    other = desk.send_back("ETDA")
    mine = desk.send_back("YS")
    book, theirs = load_workbook(mine), load_workbook(other)
    page = book.create_sheet("ของ สพธอ.")
    for row in theirs["P003"].iter_rows():
        for cell in row:
            if cell.value is not None:
                page[cell.coordinate].value = cell.value
    book.save(mine)


def test_sheets_of_another_unit_are_offered_to_that_unit(desk: Desk) -> None:
    with_sheet_of_other(desk)
    (desk.inbox / "ETDA.xlsx").unlink()
    told = desk.run("ingest", expect=1)
    [offer] = told["offers"]
    assert (offer["unit"], offer["files"]) == ("ETDA", ["YS.xlsx"])
    [finding] = [f for f in told["files"][0]["findings"] if f["code"] == "FOREIGN-SHEET"]
    assert "สพธอ. (ตัวอย่าง)" in finding["fix"]
    assert "has not been taken in" in finding["message_en"]
    assert states(desk, "ETDA") == {"P003": "missing", "K02": "missing"}
    (desk.root / offer["form"]).rename(desk.inbox / "ยืนยัน.xlsx")
    desk.run("ingest", expect=1)
    assert states(desk, "ETDA") == {"P003": "clean", "K02": "missing", "ETDA": "missing"}


def test_what_the_other_unit_has_sent_itself_is_not_offered(desk: Desk) -> None:
    with_sheet_of_other(desk)
    assert desk.run("ingest", expect=1)["offers"] == []
    assert states(desk, "ETDA") == {"P003": "clean", "K02": "clean", "ETDA": "clean"}
