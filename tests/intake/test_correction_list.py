"""The correction list tells a unit what to mend, cell by cell, and leads it to the cell (R10)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell

from plan_tracker.forms.definition.workbook.names import CELLS_SHEET
from tests.desk import Desk, Typed

FAULTY: Typed = {
    "P001/f14.progress_percent": "ประมาณ 50",
    "P001/f9.recurrent.disbursed": 99_000_000,
    "P002/f14.stage": "",
    "P002/f14.progress_percent": "=1+",
    "K01/k.result": "มาก",
}
DUTY = {"error": "แก้ไข", "warning": "แก้ไขหรือยืนยัน"}


@dataclass(frozen=True)
class Corrected:
    """The list (``table``) and the form that came of a faulty return, and what ``ingest`` said of it."""

    table: Path
    form: Path
    findings: list[dict[str, Any]]

    @property
    def rows(self) -> list[tuple[Cell | MergedCell, ...]]:
        """The rows of the findings."""
        rows = load_workbook(self.table)["บัญชีแก้ไข"].iter_rows(min_row=7)
        return [row for row in rows if isinstance(row[0].value, int)]


@pytest.fixture
def corrected(desk: Desk) -> Corrected:
    desk.send_back("YS", FAULTY, name="ยศ ไตรมาส 1.xlsx")
    told = desk.run("ingest", expect=1)
    (made,) = told["corrections"]
    findings = [found for found in told["files"][0]["findings"] if found["severity"] in DUTY]
    return Corrected(desk.root / made["list"], desk.root / made["form"], findings)


def test_each_finding_has_a_row_with_what_ingest_says_of_it(corrected: Corrected) -> None:
    rows = [tuple(cell.value for cell in row) for row in corrected.rows]
    assert [row[0] for row in rows] == list(range(1, len(corrected.findings) + 1))
    assert sorted((row[1], row[3], row[4], *row[5:8]) for row in rows) == sorted(
        (
            DUTY[found["severity"]],
            f"{found['sheet']}\n{found['cell']}",
            found["value"] or "(ว่าง)",
            *(found[key] for key in ("message", "fix", "example")),
        )
        for found in corrected.findings
    )


def test_each_row_leads_to_its_cell_in_the_correction_form(corrected: Corrected) -> None:
    cells = load_workbook(corrected.form)[CELLS_SHEET].iter_rows(min_row=2, values_only=True)
    places = {str(field): f"'{sheet}'!{cell}" for field, sheet, cell in cells}
    led = []
    for row in corrected.rows:
        link = row[8].hyperlink
        assert link is not None
        assert link.target == corrected.form.name
        led.append(str(link.location))
    assert sorted(led) == sorted(places[f"{found['project']}/{found['field']}"] for found in corrected.findings)


def test_findings_stand_below_what_they_are_about_and_errors_come_first(corrected: Corrected) -> None:
    sheet = load_workbook(corrected.table)["บัญชีแก้ไข"]
    about, told = "", list[tuple[str, str]]()
    for first, duty in sheet.iter_rows(min_row=7, max_col=2, values_only=True):
        if isinstance(first, str):
            about = first.split()[0]
        else:
            told.append((about, str(duty)))
    assert sorted(told) == sorted((found["project"], DUTY[found["severity"]]) for found in corrected.findings)
    for code in ("P001", "P002", "K01"):
        duties = [duty for project, duty in told if project == code]
        assert duties == sorted(duties)  # "แก้ไข" before "แก้ไขหรือยืนยัน"


def test_the_head_says_of_which_file_what_is_due_and_until_when(corrected: Corrected) -> None:
    sheet = load_workbook(corrected.table, data_only=True)["บัญชีแก้ไข"]
    lines = [str(sheet.cell(row, 1).value) for row in range(1, 6)]
    errors, warnings = (sum(1 for found in corrected.findings if found["severity"] == one) for one in DUTY)
    assert "ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2569" in lines[0]
    assert "ฉบับที่ 1" in lines[1]
    assert "ยศ ไตรมาส 1.xlsx" in lines[1]
    assert f"ต้องแก้ไข {errors} รายการ   ต้องแก้ไขหรือยืนยัน {warnings} รายการ" in lines[2]
    assert "ภายในวันที่ 12 มกราคม 2569" in lines[2]
    assert corrected.form.name in lines[3]
    assert lines[4].startswith(f"เหลืออีก {errors + warnings} รายการ")  # also in a preview, which reckons nothing


def test_what_a_unit_typed_stays_text(corrected: Corrected) -> None:
    (typed,) = [row[4] for row in corrected.rows if row[4].value == "=1+"]
    assert typed.data_type == "s"
    assert typed.quotePrefix
