"""The form checks itself as ``ingest`` checks it: what its ``_checks`` say after LibreOffice has recalculated.

FORMS=300 fills that many forms. Left out by the strategies, as docs/forms.md says: cells formatted as per cent,
e-mail's finer rules, names in a typed list of provinces, and texts that ``ingest`` reads as something (READ-AS).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from plan_tracker.demo.units import fill_form
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.definition.versions import CURRENT
from tests.desk import Q2, Desk, codes
from tests.office import need_office

FORMS = int(os.environ.get("FORMS", "24"))
Typed = dict[str, Any]
_NUMBERS = st.sampled_from([None, 0, 0.5, 1, 3, 50, 99.5, 100, 4_500_000, 4_500_000_000_000, -5, "มาก", "-", "ไม่มี"])
_PERCENTS = st.sampled_from([None, 0, 0.5, 1, 20, 25, 50, 75, 99, 100, 101, -1, "มาก", "N/A"])
_DATES = st.sampled_from(
    [None, date(2025, 10, 1), date(2026, 3, 31), date(2026, 9, 30), date(2027, 1, 5), date(1968, 10, 1), "มาก", "-"]
)
_TEXTS = st.sampled_from([None, "ดำเนินการแล้ว (ตัวอย่าง)", "-", "…", "ไม่มี", "N/A", "?", "ร้อยละ", "ย" * 1001, "ย" * 3001])
_PLACES = st.sampled_from([None, "เชียงใหม่", "ขอนแก่น", "เมืองทอง", "-"])
_EMAILS = st.sampled_from([None, "a@example.go.th", "somjai", "a@b", "สมใจ ที่ example.go.th"])
_OFTEN = (
    "f14.stage",
    "f14.schedule",
    "f14.progress_percent",
    "f13.problems[1].problem",
    "f9.recurrent.disbursed",
    "f9.recurrent.committed",
    "f9.recurrent.budget",
    "f3.source[1]",
    "f8.planned_q2",
    "f11.result_quarter",
    "f14.note",
)


def _answer(field: Field) -> st.SearchStrategy[Any]:
    if field.kind is FieldKind.CHOICE:
        return st.sampled_from([None, "ไม่รู้", *field.choices])
    by_kind = {
        FieldKind.PERCENT: _PERCENTS,
        FieldKind.DATE: _DATES,
        FieldKind.EMAIL: _EMAILS,
        FieldKind.TEXT: _TEXTS,
        FieldKind.PROVINCES: _PLACES if field.choices else st.sampled_from([None, "เชียงใหม่, ขอนแก่น"]),
    }
    return by_kind.get(field.kind, _NUMBERS)


def _inputs() -> dict[str, Field]:
    asked = {"P001": CURRENT.form1, "P002": CURRENT.form1, "K01": CURRENT.form2, "YS": CURRENT.unit}
    return {f"{code}/{key}": f for code, form in asked.items() for key, f in form.inputs.items()}


@st.composite
def _changes(draw: st.DrawFn) -> Typed:
    """Some cells of a good return typed otherwise: those that rules speak of more often."""
    inputs = _inputs()
    often = [name for name in inputs if name.partition("/")[2] in _OFTEN]
    named = draw(st.lists(st.sampled_from(often), max_size=8, unique=True))
    named += draw(st.lists(st.sampled_from(list(inputs)), max_size=12, unique=True))
    return {name: draw(_answer(inputs[name])) for name in dict.fromkeys(named)}


def _recalculated(forms: Sequence[Path], folder: Path) -> list[set[tuple[str, str, str]]]:
    """(code, project, field) of every open check of each form, after LibreOffice has reckoned it anew."""
    order = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    order += ["--convert-to", "xlsx", "--outdir", str(folder / "out"), *map(str, forms)]
    subprocess.run(order, capture_output=True, check=True, timeout=60 + 30 * len(forms))
    return [_open_checks(folder / "out" / path.name) for path in forms]


def _open_checks(path: Path) -> set[tuple[str, str, str]]:
    rows = load_workbook(path, data_only=True)["_checks"].iter_rows(values_only=True)
    assert next(rows) == ("code", "field", "open", "confirmed")
    found = set()
    for code, field, is_open, confirmed in rows:
        assert is_open in (0, 1), (path.name, code, field, is_open)
        assert confirmed in (0, 1), (path.name, code, field, confirmed)
        if is_open:
            project, _slash, key = str(field).partition("/")
            found.add((str(code), project, key))
    return found


def _second_quarter(root: Path, folder: Path) -> Desk:
    """A desk whose Q1 is in and whose Q2 is out, so that there is something to compare with."""
    shutil.copytree(root, folder / "งาน")
    desk = Desk(folder / "งาน")
    desk.send_back("YS")
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.today = date(2026, 4, 5)
    desk.run("issue-forms", "q2", expect=0)
    return desk


@settings(
    max_examples=1,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drawn=st.lists(_changes(), min_size=FORMS, max_size=FORMS))
def test_the_form_finds_what_ingest_finds(issued_root: Path, drawn: list[Typed]) -> None:
    need_office()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        desk = _second_quarter(issued_root, folder)
        good = desk.answers("YS", Q2)
        paths = [folder / f"f{number:03}.xlsx" for number in range(FORMS)]
        for path, changes in zip(paths, drawn, strict=True):
            fill_form(desk.form_path("YS", Q2), good | changes, path)
        live = _recalculated(paths, folder)
        for path in paths:
            shutil.copy(path, desk.inbox)
        files: Mapping[str, Any] = {file["file"]: file for file in desk.run("ingest")["files"]}
        for path, found, changes in zip(paths, live, drawn, strict=True):
            told = codes(files[path.name], "error", "warning")
            assert found == told, (sorted(found - told), sorted(told - found), changes)


def test_a_form_shows_its_counts_before_it_is_recalculated(desk: Desk) -> None:
    """Previews and Protected View reckon nothing: results are stored, of checks and of what units see."""
    book = load_workbook(desk.form_path("YS"), data_only=True)
    rows = list(book["_checks"].iter_rows(min_row=2, values_only=True))
    assert {row[2] for row in rows} == {0, 1}
    assert {row[3] for row in rows} == {0}
    due = {(str(row[0]), str(row[1])) for row in rows if row[2] == 1}
    assert ("REQUIRED", "P001/f14.stage") in due
    assert ("REQUIRED", "YS/u.reporter") in due
    assert ("KPI-REQUIRED", "K01/k.result") in due
    shown = {str(cell.value) for line in book.worksheets[0] for cell in line if cell.value}
    assert any(f"ต้องแก้ {len(due)} แห่ง" in text for text in shown)
    mine = sum(field.startswith("P001/") for _code, field in due)
    assert book["P001"]["I2"].value == f"ต้องแก้ {mine} ชี้แจง 0"
    with ZipFile(desk.form_path("YS")) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert [faulty_cells(package.read(name)) for name in sheets] == [{}] * len(sheets)


def test_every_rule_and_kind_is_checked_live(desk: Desk) -> None:
    """All that speaks of cells or of what was issued; the first quarter has no last one to compare with."""
    checked = {row[0] for row in load_workbook(desk.form_path("YS"))["_checks"].iter_rows(min_row=2, values_only=True)}
    compared = {"FELL", "STAGE-WENT-BACK", "SAME-TEXT"}
    assert checked >= {
        "REQUIRED", "ROW-INCOMPLETE", "NOT-NUMBER", "NOT-DATE", "NOT-CHOICE", "NOT-EMAIL", "UNKNOWN-PROVINCE",
        "FORMULA", "OUT-OF-RANGE", "TOO-LONG", "UNCLEAR-PERCENT", "UNCLEAR-DATE", "DATES-ORDER", "PLAN-FALLS",
        "OVER-BUDGET", "OVER-COMMITTED", "NO-BUDGET-SPENT", "DONE-NOT-100", "HUNDRED-NOT-DONE", "DONE-NO-DATE",
        "DONE-NO-BENEFIT", "LATE-NO-PROBLEM", "STOPPED-NO-REASON", "NOT-STARTED-SPENT", "BEHIND-SAYS-ON-TIME",
        "SPEND-FAR-FROM-PROGRESS", "MILLION-BAHT", "KPI-REQUIRED", "KPI-BOTH", "KPI-NO-DETAILS", "KPI-LEVEL",
        "KPI-OVER-100",
    }  # fmt: skip
    assert not checked & compared
