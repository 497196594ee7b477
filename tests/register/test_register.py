"""The register workbook (R1): the sample's round trip, and every problem told by sheet and cell."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.register import Register, Unit
from plan_tracker.registerbook import RegisterProblem, read_register, write_register
from plan_tracker.registerbook.layout import TABLES
from plan_tracker.sample import sample_tables
from plan_tracker.thai_text import mend
from plan_tracker.values import Value

YEAR = 2569
Tables = dict[str, list[dict[str, Value]]]
PLAN_SHEET, UNIT_SHEET, PROJECT_SHEET, KPI_SHEET = (table.sheet for table in TABLES.values())


def small_tables() -> Tables:
    """Two plans, two units, two projects and a KPI. In the sheets, plan and unit stand in C and D."""
    return {
        "plans": [
            {"code": "ops", "name": "แผนของสำนักงาน", "owner": "สำนักงาน", "fiscal_year": Decimal(YEAR)},
            {"code": "ministry", "name": "แผนของกระทรวง", "owner": "กระทรวง", "fiscal_year": Decimal(YEAR)},
        ],
        "units": [
            {
                "code": "YS",
                "name": "กองแผน",
                "short": "กผ.",
                "letter_type": "memo",
                "unit_type": "division",
                "addressee": "ผู้อำนวยการกองแผน",
            },
            {
                "code": "KM",
                "name": "กองกฎหมาย",
                "letter_type": "external",
                "addressee": "ผู้อำนวยการ",
                "email": "km@x.th",
            },
        ],
        "projects": [
            {
                "code": "P001",
                "name": "โครงการหนึ่ง",
                "plans": "ops, ministry",
                "unit": "YS",
                "f7.indicators[1].indicator": "ความพึงพอใจ",
                "f7.indicators[1].direction": c.HIGHER,
                "f7.indicators[1].target": Decimal(85),
                "f8.start_date": date(2025, 10, 1),
                "f8.end_date": date(2026, 9, 30),
                "f8.planned_q1": Decimal(10),
                "f8.planned_q2": Decimal(40),
                "f9.recurrent.budget": Decimal("1250000.25"),
                "f10.scope": c.IN_PROVINCES,
                "f10.provinces": "เชียงใหม่, ตาก",
            },
            {"code": "P002", "name": "โครงการสอง", "plans": "ops", "unit": "KM"},
        ],
        "kpis": [
            {
                "code": "K01",
                "name": "ตัวชี้วัดหนึ่ง",
                "plan": "ops",
                "unit": "YS",
                "measure": "ร้อยละ",
                "direction": c.HIGHER,
                "target": Decimal(80),
                "target_q2": Decimal(40),
            }
        ],
    }


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "register.xlsx"
    write_register(path, small_tables())
    return path


def edit(path: Path, sheet: str, key: str, row: int, value: object) -> str:
    """Types ``value`` into the column ``key``; gives the cell's address."""
    book = load_workbook(path)
    cell = next(cell for cell in book[sheet][2] if cell.value == key)
    address = f"{cell.column_letter}{row}"
    target = book[sheet][address]
    target.value = value
    book.save(path)
    return address


def problems_of(path: Path, year: int = YEAR) -> list[RegisterProblem]:
    register, problems, _cells = read_register(path, year)
    assert (register is None) == any(problem.level == "error" for problem in problems)
    return problems


def places(problems: Sequence[RegisterProblem]) -> list[tuple[str, str, str]]:
    return [(problem.sheet, problem.cell, problem.level) for problem in problems]


def expected(tables: Tables) -> Register:
    """The register that ``tables`` mean, made without the code under test."""
    from plan_tracker.register import Kpi, Plan, Project

    def english(row: dict[str, Any]) -> dict[str, Any]:
        return {key: str(value) for key, value in row.items() if key.endswith("_en")}

    def kpi(row: dict[str, Any]) -> Kpi:
        targets = {q: row[f"target_q{q}"] for q in (1, 2, 3, 4) if f"target_q{q}" in row}
        named = {key: row[key] for key in ("code", "name", "plan", "unit", "measure", "direction", "target")}
        return Kpi(**named, targets=targets, computed=row.get("computed"), **english(row))

    def project(row: dict[str, Any]) -> Project:
        known = {key: value for key, value in row.items() if "." in key}
        return Project(row["code"], row["name"], tuple(row["plans"].split(", ")), row["unit"], known, **english(row))

    def unit(row: dict[str, Any]) -> Unit:
        short, email = row.get("short", row["name"]), row.get("email", "")
        kind = row.get("unit_type", "agency")
        return Unit(row["code"], row["name"], short, row["letter_type"], row["addressee"], email, kind, **english(row))

    return Register(
        YEAR,
        tuple(Plan(*(str(row[key]) for key in ("code", "name", "owner")), **english(row)) for row in tables["plans"]),
        tuple(unit(row) for row in tables["units"]),
        tuple(project(row) for row in tables["projects"]),
        tuple(kpi(row) for row in tables["kpis"]),
    )


# --- the sample -------------------------------------------------------------------------------


def test_sample_survives_writing_and_reading(tmp_path: Path) -> None:
    write_register(tmp_path / "register.xlsx", sample_tables())
    register, problems, _cells = read_register(tmp_path / "register.xlsx", YEAR)
    assert problems == []
    assert register == expected(sample_tables())


def test_sample_is_what_the_domain_asks_for() -> None:
    register = expected(sample_tables())
    assert (len(register.plans), len(register.units), len(register.projects)) == (2, 19, 41)
    assert {plan: sum(kpi.plan == plan for kpi in register.kpis) for plan in ("ops", "ministry")} == {
        "ops": 10,
        "ministry": 10,
    }
    names = [project.name for project in register.projects] + [kpi.name for kpi in register.kpis]
    assert all(name.endswith(" (ตัวอย่าง)") for name in names)
    reporting = {unit.code for unit in register.reporting_units()}
    assert {unit.code for unit in register.units} - reporting == {"TS"}
    assert reporting - set(register.projects_by_unit) == {"PR"}
    assert reporting - set(register.kpis_by_unit) == {"INNO", "KS"}
    directions = {project.known.get("f7.indicators[1].direction") for project in register.projects}
    directions |= {project.known.get("f7.indicators[2].direction") for project in register.projects}
    assert directions >= set(c.DIRECTIONS)
    assert {kpi.direction for kpi in register.kpis} == set(c.DIRECTIONS)


def test_sample_projects_are_complete_where_forms_ask() -> None:
    """What a form requires and the register can hold is there, so that a unit starts with few blanks."""
    for project in expected(sample_tables()).projects:
        for key in ("f3.source[1]", "f4.objectives", "f6.summary", "f8.start_date", "f8.planned_q4", "f10.scope"):
            assert key in project.known, (project.code, key)
        budgets = [key for key in project.known if key.startswith("f9.")]
        assert bool(budgets) == (project.known["f3.source[1]"] != c.NO_BUDGET), project.code
        assert ("f10.provinces" in project.known) == (project.known["f10.scope"] == c.IN_PROVINCES), project.code
        assert len(str(project.known["f6.summary"])) <= 3000


def test_workbook_is_made_for_its_keeper(book: Path) -> None:
    """The explanation comes first; headings stay in view and on paper; codes are chosen from lists."""
    workbook = load_workbook(book)
    assert workbook.sheetnames == ["คำอธิบาย", PLAN_SHEET, UNIT_SHEET, PROJECT_SHEET, KPI_SHEET]
    for name in workbook.sheetnames[1:]:
        sheet = workbook[name]
        assert sheet.freeze_panes == "C3"
        assert sheet.print_title_rows == "$1:$2"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
        assert sheet["A2"].value == "code"
        assert sheet["A2"].font.italic
    offers = {
        str(offer.sqref).split(":")[0]: offer.formula1 for offer in workbook[KPI_SHEET].data_validations.dataValidation
    }
    assert offers["D3"] == f"'{UNIT_SHEET}'!$A$3:$A$505"
    assert c.LEVELS in offers["F3"]


# --- one problem at a time --------------------------------------------------------------------

ONE_CELL = {
    "project code twice, whatever its case": (PROJECT_SHEET, "code", 4, "p001"),
    "code with a space": (PROJECT_SHEET, "code", 4, "P 02"),
    "Thai code": (PROJECT_SHEET, "code", 4, "ป001"),
    "code of 21 characters": (PROJECT_SHEET, "code", 4, "P" * 21),
    "name of a device": (PROJECT_SHEET, "code", 4, "Con"),
    "name of a hidden sheet": (PROJECT_SHEET, "code", 4, "_cells"),
    "no code": (PROJECT_SHEET, "code", 4, None),
    "no name": (PROJECT_SHEET, "name", 3, None),
    "name of a dash": (PROJECT_SHEET, "name", 3, "-"),
    "no plan": (PROJECT_SHEET, "plans", 3, None),
    "unknown plan": (PROJECT_SHEET, "plans", 3, "ops, minister"),
    "only a comma for plans": (PROJECT_SHEET, "plans", 3, ","),
    "unknown unit": (PROJECT_SHEET, "unit", 4, "XX"),
    "two units": (PROJECT_SHEET, "unit", 4, "YS, KM"),
    "no unit": (PROJECT_SHEET, "unit", 4, None),
    "text for money": (PROJECT_SHEET, "f9.recurrent.budget", 3, "ประมาณ 50"),
    "money below zero": (PROJECT_SHEET, "f9.recurrent.budget", 3, -1),
    "text for a date": (PROJECT_SHEET, "f8.start_date", 3, "ตุลาคม"),
    "no such day": (PROJECT_SHEET, "f8.start_date", 3, "29/2/2568"),
    "year of two digits": (PROJECT_SHEET, "f8.start_date", 3, "1/10/68"),
    "end before start": (PROJECT_SHEET, "f8.end_date", 3, date(2025, 9, 30)),
    "choice not in the list": (PROJECT_SHEET, "f10.scope", 3, "ภาคเหนือ"),
    "unknown province": (PROJECT_SHEET, "f10.provinces", 3, "เชียงใหม่, เมืองทอง"),
    "per cent over 100": (PROJECT_SHEET, "f8.planned_q2", 3, 140),
    "per cent below 0": (PROJECT_SHEET, "f8.planned_q1", 3, -5),
    "per cent as a fraction": (PROJECT_SHEET, "f8.planned_q1", 3, 0.25),
    "planned falls": (PROJECT_SHEET, "f8.planned_q2", 3, 5),
    "text for an indicator's target": (PROJECT_SHEET, "f7.indicators[1].target", 3, "มาก"),
    "KPI with a project's code": (KPI_SHEET, "code", 3, "P001"),
    "KPI of two plans": (KPI_SHEET, "plan", 3, "ops, ministry"),
    "KPI without target": (KPI_SHEET, "target", 3, None),
    "text for a KPI's target": (KPI_SHEET, "target", 3, "มาก"),
    "unknown direction": (KPI_SHEET, "direction", 3, "มากขึ้น"),
    "plan of another year": (PLAN_SHEET, "fiscal_year", 3, 2568),
    "text for the year": (PLAN_SHEET, "fiscal_year", 3, "ปีนี้"),
    "unknown letter type": (UNIT_SHEET, "letter_type", 3, "letter"),
    "no addressee": (UNIT_SHEET, "addressee", 3, None),
    "not an e-mail address": (UNIT_SHEET, "email", 4, "km at x.th"),
}


@pytest.mark.parametrize(("sheet", "key", "row", "value"), ONE_CELL.values(), ids=ONE_CELL)
def test_problem_is_told_by_sheet_and_cell(book: Path, sheet: str, key: str, row: int, value: object) -> None:
    cell = edit(book, sheet, key, row, value)
    problems = problems_of(book)
    assert places(problems) == [(sheet, cell, "error")]
    assert problems[0].message
    if isinstance(value, str) and value != "-":
        assert problems[0].value == value


def test_duplicate_names_both_cells(book: Path) -> None:
    edit(book, PROJECT_SHEET, "code", 4, "P001")
    (problem,) = problems_of(book)
    assert problem.cell == "A4"
    assert f"{PROJECT_SHEET}!A3" in problem.message
    assert f"{PROJECT_SHEET}!A4" in problem.message


@pytest.mark.parametrize("code", ["-x", "--help"])
@pytest.mark.parametrize("sheet", [PLAN_SHEET, UNIT_SHEET, PROJECT_SHEET, KPI_SHEET])
def test_what_a_command_would_take_for_an_option_is_no_code(book: Path, sheet: str, code: str) -> None:
    row = len(small_tables()[next(name for name, table in TABLES.items() if table.sheet == sheet)]) + 2
    cell = edit(book, sheet, "code", row, code)
    [problem] = [problem for problem in problems_of(book) if (problem.sheet, problem.cell) == (sheet, cell)]
    assert "ไม่ขึ้นต้นด้วย -" in problem.message


def test_code_shared_by_project_and_kpi_names_both_sheets(book: Path) -> None:
    edit(book, KPI_SHEET, "code", 3, "P002")
    (problem,) = problems_of(book)
    assert f"{PROJECT_SHEET}!A4" in problem.message
    assert f"{KPI_SHEET}!A3" in problem.message


def test_level_outside_one_to_five(book: Path) -> None:
    edit(book, KPI_SHEET, "direction", 3, c.LEVELS)
    edit(book, KPI_SHEET, "target", 3, 5)
    cell = edit(book, KPI_SHEET, "target_q2", 3, 6)
    assert places(problems_of(book)) == [(KPI_SHEET, cell, "error")]


def test_a_last_target_that_is_not_the_years_is_questioned(book: Path) -> None:
    edit(book, KPI_SHEET, "target", 3, 93)
    cell = edit(book, KPI_SHEET, "target_q4", 3, 80)
    found = problems_of(book)
    assert places(found) == [(KPI_SHEET, cell, "warning")]
    assert "93" in found[0].message
    edit(book, KPI_SHEET, "target_q4", 3, 93)
    assert problems_of(book) == []


def test_qualitative_targets_may_be_text(book: Path) -> None:
    edit(book, KPI_SHEET, "direction", 3, c.QUALITATIVE)
    edit(book, KPI_SHEET, "target", 3, "ผู้บริหารเห็นชอบ")
    register, problems, _cells = read_register(book, YEAR)
    assert problems == []
    assert register
    assert register.kpi_by_code["K01"].target == "ผู้บริหารเห็นชอบ"


def test_activity_that_ends_before_it_starts(tmp_path: Path) -> None:
    tables = small_tables()
    tables["projects"][0] |= {
        "f8.activities[2].activity": "จัดหา",
        "f8.activities[2].start": date(2026, 2, 1),
        "f8.activities[2].end": date(2026, 1, 1),
    }
    write_register(tmp_path / "r.xlsx", tables)
    (problem,) = problems_of(tmp_path / "r.xlsx")
    sheet = load_workbook(tmp_path / "r.xlsx")[PROJECT_SHEET]
    column = next(cell.column_letter for cell in sheet[2] if cell.value == "f8.activities[2].end")
    assert (problem.sheet, problem.cell) == (PROJECT_SHEET, f"{column}3")


def test_too_long_a_summary(tmp_path: Path) -> None:
    tables = small_tables()
    tables["projects"][0]["f6.summary"] = "ก" * 3001
    write_register(tmp_path / "r.xlsx", tables)
    (problem,) = problems_of(tmp_path / "r.xlsx")
    assert "3001" in problem.message


def test_every_problem_at_once_from_the_top_down(book: Path) -> None:
    edit(book, PROJECT_SHEET, "unit", 4, "XX")
    edit(book, PROJECT_SHEET, "plans", 3, "none")
    edit(book, PLAN_SHEET, "owner", 4, None)
    edit(book, KPI_SHEET, "target", 3, "x")
    assert [problem.sheet for problem in problems_of(book)] == [PLAN_SHEET, PROJECT_SHEET, PROJECT_SHEET, KPI_SHEET]
    assert [problem.cell for problem in problems_of(book)] == ["C4", "C3", "D4", "G3"]


# --- sheets, rows and columns -----------------------------------------------------------------


def check_book(path: Path) -> tuple[Register | None, list[str]]:
    """What a register says, and its problems' words; where they stand is not compared."""
    register, problems, _cells = read_register(path, YEAR)
    return register, [problem.message for problem in problems]


def change(path: Path, action: Callable[[Any], object]) -> None:
    """Lets ``action`` change the open workbook, and saves it."""
    book = load_workbook(path)
    action(book)
    book.save(path)


def test_missing_sheet(book: Path) -> None:
    change(book, lambda b: b.remove(b[KPI_SHEET]))
    assert places(problems_of(book)) == [(KPI_SHEET, "A1", "error")]


def test_a_misspelt_sheet_is_offered(book: Path) -> None:
    change(book, lambda b: setattr(b[PROJECT_SHEET], "title", "โครงกาน"))
    (problem,) = [found for found in problems_of(book) if found.sheet == PROJECT_SHEET]
    assert (problem.cell, problem.value, problem.level) == ("A1", "โครงกาน", "error")
    assert "โครงกาน" in problem.message


def test_a_sheet_whose_name_only_shows_otherwise_is_read_and_told(book: Path) -> None:
    """A vowel typed twice is no other word."""
    change(book, lambda b: setattr(b[PROJECT_SHEET], "title", "โครงกาาร"))
    register, problems, _cells = read_register(book, YEAR)
    assert register == expected(small_tables())
    assert [(found.value, found.level) for found in problems] == [("โครงกาาร", "warning")]


@pytest.mark.parametrize("said", ["กองกฎหมาย", "กอง กฏหมาย", "กองกฎหมาย "])
def test_a_units_name_in_place_of_its_code_is_answered_with_that_code(book: Path, said: str) -> None:
    cell = edit(book, PROJECT_SHEET, "unit", 3, said)
    (problem,) = problems_of(book)
    assert problem.cell == cell
    assert "KM" in problem.message
    assert "YS" not in problem.message


def test_merged_cells_are_told_as_merged_with_what_they_show(book: Path) -> None:
    """One unit's name merged down its rows is read in the first row only."""
    change(book, lambda b: b[PROJECT_SHEET].merge_cells("D3:D4"))
    (problem,) = problems_of(book)
    assert (problem.cell, problem.value, problem.level) == ("D3", "YS", "error")
    assert "D3:D4" in problem.message


def test_merged_headings_and_remarks_do_not_matter(book: Path) -> None:
    change(book, lambda b: b[PROJECT_SHEET].merge_cells("A1:B1"))
    assert problems_of(book) == []


def test_a_dash_in_place_of_an_amount_counts_as_blank_and_says_so(book: Path) -> None:
    cell = edit(book, PROJECT_SHEET, "f9.recurrent.budget", 3, "-")
    (problem,) = problems_of(book)
    assert (problem.cell, problem.level) == (cell, "warning")
    assert " 0" in problem.message


def test_a_nearly_right_name_and_a_day_that_is_none_are_offered_the_likely_one(book: Path) -> None:
    edit(book, PROJECT_SHEET, "f10.provinces", 3, "ลำพุน")
    edit(book, PROJECT_SHEET, "f8.end_date", 3, "31/2/2569")
    told = {problem.value: problem.message for problem in problems_of(book)}
    assert "ลำพูน" in told["ลำพุน"]
    assert "28 กุมภาพันธ์ 2569" in told["31/2/2569"]


def test_a_target_below_one_per_cent_is_written_so_that_it_is_read_again(tmp_path: Path) -> None:
    tables = small_tables()
    tables["kpis"][0] |= {"measure": "ร้อยละ", "target": Decimal("0.5"), "target_q4": Decimal("0.5")}
    path = tmp_path / "register.xlsx"
    write_register(path, tables)
    register, problems, _cells = read_register(path, YEAR)
    assert problems == []
    assert register is not None
    assert register.kpi_by_code["K01"].target == Decimal("0.5")


def test_missing_units_do_not_make_every_project_wrong(book: Path) -> None:
    change(book, lambda b: b.remove(b[UNIT_SHEET]))
    assert places(problems_of(book)) == [(UNIT_SHEET, "A1", "error")]


def test_missing_column(book: Path) -> None:
    change(book, lambda b: b[UNIT_SHEET].delete_cols(5))
    (problem,) = problems_of(book)
    assert (problem.sheet, problem.cell) == (UNIT_SHEET, "M2")
    assert "addressee" in problem.message


def test_missing_row_of_keys(book: Path) -> None:
    change(book, lambda b: b[UNIT_SHEET].delete_rows(2))
    assert (UNIT_SHEET, "A2", "error") in places(problems_of(book))


def test_unknown_column_is_only_a_warning(book: Path) -> None:
    change(book, lambda b: b[KPI_SHEET].__setitem__("L2", "remark"))
    register, problems, _cells = read_register(book, YEAR)
    assert places(problems) == [(KPI_SHEET, "L2", "warning")]
    assert register == expected(small_tables())


def test_column_twice(book: Path) -> None:
    change(book, lambda b: b[KPI_SHEET].__setitem__("L2", "unit"))
    assert places(problems_of(book)) == [(KPI_SHEET, "L2", "error")]


@pytest.mark.parametrize(("sheet", "level"), [(PLAN_SHEET, "error"), (UNIT_SHEET, "error"), (KPI_SHEET, "warning")])
def test_sheet_without_rows(book: Path, sheet: str, level: str) -> None:
    change(book, lambda b: b[sheet].delete_rows(3, 10))
    assert (sheet, "A3", level) in places(problems_of(book))


def test_nothing_to_report_on(book: Path) -> None:
    change(book, lambda b: (b[KPI_SHEET].delete_rows(3, 10), b[PROJECT_SHEET].delete_rows(3, 10)))
    assert places(problems_of(book)) == [(PROJECT_SHEET, "A3", "error"), (KPI_SHEET, "A3", "error")]


def test_order_of_columns_is_free(book: Path) -> None:
    change(book, lambda b: b[PROJECT_SHEET].move_range("A1:A4", cols=30))
    register, problems, _cells = read_register(book, YEAR)
    assert problems == []
    assert register == expected(small_tables())


def test_blank_rows_and_rows_above_are_passed_over(book: Path) -> None:
    change(book, lambda b: (b[PROJECT_SHEET].insert_rows(4, 3), b[PROJECT_SHEET].insert_rows(1, 2)))
    register, problems, _cells = read_register(book, YEAR)
    assert problems == []
    assert register == expected(small_tables())


def test_what_people_type_is_read_kindly(book: Path) -> None:
    """Thai digits, a Buddhist year, stray spaces, another case and a Thai letter type are no problems."""
    edit(book, PROJECT_SHEET, "f9.recurrent.budget", 3, "๑,๒๕๐,๐๐๐.๒๕ บาท")
    edit(book, PROJECT_SHEET, "f8.start_date", 3, "1-ต.ค.-68")
    edit(book, PROJECT_SHEET, "plans", 3, " OPS ;ministry")
    edit(book, PROJECT_SHEET, "unit", 3, "ys ")
    edit(book, UNIT_SHEET, "letter_type", 3, "บันทึกข้อความ")
    edit(book, UNIT_SHEET, "unit_type", 3, "กองในสำนักงาน")
    register, problems, _cells = read_register(book, YEAR)
    assert problems == []
    assert register == expected(small_tables())


def show(path: Path, sheet: str, key: str, value: object, shape: str) -> None:
    """Puts ``value`` into the first row's ``key``, in a number format."""
    address = edit(path, sheet, key, 3, value)
    change(path, lambda workbook: setattr(workbook[sheet][address], "number_format", shape))


@pytest.mark.parametrize(
    ("key", "value", "shape", "read"),
    [
        ("f8.planned_q2", 1, "0%", Decimal(100)),  # never 1 per cent
        ("f8.planned_q2", 0.985, "0.0%", Decimal("98.5")),
        ("f9.recurrent.budget", 7.25, '0.00" ล้านบาท"', Decimal("7250000.00")),
        ("f7.indicators[1].indicator", 7, "000", "007"),
    ],
)
def test_a_cell_of_the_register_is_read_as_it_is_shown(
    book: Path, key: str, value: object, shape: str, read: Value
) -> None:
    show(book, PROJECT_SHEET, key, value, shape)
    register, _problems, _cells = read_register(book, YEAR)
    assert register is not None
    assert register.projects[0].known[key] == read


def test_a_target_in_per_cent_is_a_per_cent(book: Path) -> None:
    show(book, KPI_SHEET, "measure", "ร้อยละ", "General")
    show(book, KPI_SHEET, "target", 0.8, "0%")
    register, _problems, _cells = read_register(book, YEAR)
    assert register is not None
    assert register.kpis[0].target == Decimal(80)


def test_a_number_that_its_format_hides_is_asked_about(book: Path) -> None:
    show(book, PROJECT_SHEET, "f9.recurrent.budget", 1_250_000, "#,##0,")
    [message] = [problem.message for problem in problems_of(book)]
    assert "“1,250”" in message


def test_choices_are_offered_in_thai_and_codes_are_taken_too(book: Path) -> None:
    sheet = load_workbook(book)[UNIT_SHEET]
    offered = {rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert {'"บันทึกข้อความ,หนังสือภายนอก"', '"กองในสำนักงาน,หน่วยงานอื่น"'} <= offered
    words = {cell.value for row in sheet.iter_rows(min_row=3) for cell in row}
    assert {"บันทึกข้อความ", "หนังสือภายนอก", "กองในสำนักงาน"} <= words
    assert not {"memo", "external", "division", "agency"} & words
    for typed in ("External", "หนังสือภายนอก"):
        edit(book, UNIT_SHEET, "letter_type", 3, typed)
        register, problems, _cells = read_register(book, YEAR)
        assert register is not None, problems
        assert register.units[0].letter_type == "external"


def test_a_register_that_is_older_than_unit_types_loads_and_says_what_follows(book: Path) -> None:
    """Who is told (ขอให้) and who is asked (ขอความอนุเคราะห์) is said, not guessed: blank is asked."""
    change(book, lambda b: b[UNIT_SHEET].delete_cols(7))
    register, [problem], _cells = read_register(book, YEAR)
    assert register is not None
    assert {unit.unit_type for unit in register.units} == {"agency"}
    assert (problem.level, problem.sheet) == ("warning", UNIT_SHEET)
    assert "unit_type" in problem.message


# --- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 half a file", b"\xd0\xcf\x11\xe0" + bytes(700)])
def test_file_that_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert (problem.sheet, problem.cell, problem.value) == ("", "", "register.xlsx")


def test_half_copied_workbook(book: Path) -> None:
    book.write_bytes(book.read_bytes()[:4000])
    assert len(problems_of(book)) == 1


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ60000"])
def test_stray_cell_far_out_is_named(book: Path, cell: str) -> None:
    change(book, lambda b: b[UNIT_SHEET].__setitem__(cell, "x"))
    assert places(problems_of(book)) == [(UNIT_SHEET, cell, "error")]


def test_a_country_s_register_reaches_beyond_row_10000(book: Path) -> None:
    """R1: 40,000 projects are rows like any others."""
    before = check_book(book)
    change(book, lambda opened: opened[PROJECT_SHEET].insert_rows(3, 39_000))
    assert check_book(book) == before


def test_a_register_in_xml_of_another_shape_is_read_the_same(book: Path) -> None:
    before = check_book(book)
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(book, "w") as archive:
        for name, content in parts.items():
            text = content.decode("utf-8", "replace")
            declared = re.sub(r"^<\?xml[^>]*\?>\s*", "", text)
            odd = f'<?xml version="1.0" encoding="UTF-16"?>{declared}'.encode("utf-16")
            archive.writestr(name, odd if name.startswith("xl/worksheets/") else content)
    assert check_book(book) == before


def test_file_that_is_not_there(tmp_path: Path) -> None:
    assert len(problems_of(tmp_path / "none.xlsx")) == 1


def test_workbook_of_something_else(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    assert [problem.cell for problem in problems_of(tmp_path / "other.xlsx")] == ["A1"] * 4


@pytest.mark.office
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_register_kept_in_another_program(tmp_path: Path, kind: str) -> None:
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice is not installed")
    write_register(tmp_path / "register.xlsx", sample_tables())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "register.xlsx")], check=True, capture_output=True, timeout=120)
    register, problems, _cells = read_register(tmp_path / f"register.{kind}", YEAR)
    assert problems == []
    assert register == expected(sample_tables())


# --- any register -----------------------------------------------------------------------------

_TEXT = st.text("กขคงจฉชซญดตถทธนบปผพฟมยรลวศสหอะาิีึุูเแโใไ่้ABCxyz=&<>{}'\",%", min_size=7, max_size=40).map(mend).filter(bool)
_MONEY = st.decimals(0, 10**12, places=2)
_DAYS = st.dates(date(2015, 1, 1), date(2040, 12, 31))
_CODES = st.from_regex(r"[A-HKMNP-Z0-9][A-HKMNP-Z0-9-]{4,19}", fullmatch=True)
_KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "f3.source[1]": st.sampled_from(c.SOURCES),
    "f4.objectives": st.lists(_TEXT, min_size=1, max_size=3).map("\n".join),
    "f5.outputs[5].quantity": _MONEY.map(Decimal.normalize),
    "f6.summary": _TEXT,
    "f8.start_date": _DAYS,
    "f8.activities[8].start": _DAYS,
    "f9.investment.act_budget": _MONEY,
    "f10.scope": st.sampled_from(c.SCOPES),
}


_COMPUTED: st.SearchStrategy[dict[str, Value]] = st.sampled_from(
    [{}, *({"measure": "โครงการ", "computed": said} for said in ("completed-plan", "completed-unit"))]
)


@st.composite
def any_tables(draw: st.DrawFn) -> Tables:
    """Tables of a register without a fault."""
    codes = draw(st.lists(_CODES, min_size=3, max_size=8, unique_by=str.lower))
    units, things = codes[: len(codes) // 2], codes[len(codes) // 2 :]
    plans = draw(st.lists(st.sampled_from(["ops", "ministry"]), min_size=1, max_size=2, unique=True))
    plan, unit = st.sampled_from(plans), st.sampled_from(units)

    def project(code: str) -> dict[str, Value]:
        known: dict[str, Value] = draw(st.fixed_dictionaries({}, optional=_KNOWN))
        return {"code": code, "name": draw(_TEXT), "plans": ", ".join(plans), "unit": draw(unit), **known}

    def kpi(code: str) -> dict[str, Value]:
        qualitative = draw(st.booleans())
        target: st.SearchStrategy[Any] = _TEXT if qualitative else _MONEY
        targets: dict[str, Value] = draw(st.fixed_dictionaries({}, optional={"target_q1": target, "target_q4": target}))
        return {
            "code": code,
            "name": draw(_TEXT),
            "plan": draw(plan),
            "unit": draw(unit),
            "measure": draw(_TEXT),
            "direction": c.QUALITATIVE if qualitative else draw(st.sampled_from([c.HIGHER, c.LOWER])),
            "target": draw(target),
            **targets,
            **({} if qualitative else draw(_COMPUTED)),
        }

    return {
        "plans": [
            {"code": code, "name": draw(_TEXT), "owner": draw(_TEXT), "fiscal_year": Decimal(YEAR)} for code in plans
        ],
        "units": [
            {
                "code": code,
                "name": draw(_TEXT),
                "letter_type": draw(st.sampled_from(["memo", "external"])),
                "addressee": draw(_TEXT),
            }
            for code in units
        ],
        "projects": [project(code) for code in things[:-1]],
        "kpis": [kpi(things[-1])],
    }


@given(tables=any_tables())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_register_survives_writing_and_reading(tmp_path: Path, tables: Tables) -> None:
    write_register(tmp_path / "register.xlsx", tables)
    register, problems, _cells = read_register(tmp_path / "register.xlsx", YEAR)
    assert [problem for problem in problems if problem.level == "error"] == []
    assert register == expected(tables)


def test_every_carried_field_has_its_column() -> None:
    """The register holds all that a form takes over from it, but no contact persons and no results."""
    columns = TABLES["projects"].columns
    carried = {key for key, field in CURRENT.form1.fields.items() if field.prefill == "carried" and not field.part_of}
    assert carried == {key for key in columns if "." in key}
    assert "f2.contact_name" not in columns
    assert "f7.indicators[1].result" not in columns
