"""The form checks itself as ``ingest`` checks it: what its ``_checks`` say after LibreOffice has recalculated.

FORMS=300 fills that many forms (``make agreement``). What a formula can't tell, as docs/forms.md says, is not typed
here: cells formatted as per cent, days in cells for words and bare day numbers, e-mail's finer rules, the names in a
typed list of provinces, and texts that ``ingest`` reads as something (READ-AS).
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from plan_tracker.demo.units import fill_form
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.spec import Field, FieldKind
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.names import CHECKS_SHEET
from plan_tracker.forms.writing.hidden_sheets import check_sheets
from plan_tracker.registerbook import write_register
from plan_tracker.values import Value
from tests.desk import KPIS, Q2, TABLES, Desk, codes
from tests.office import need_office

FORMS = int(os.environ.get("FORMS", "40"))
Typed = dict[str, Any]
_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""  # else LibreOffice takes the results that are stored in the file
_AT_ONCE = 60  # files; of 300 given to it at once LibreOffice leaves some out, without a word
_NUMBERS = st.sampled_from([None, 0, 0.5, 1, 3, 50, 99.5, 100, 4_500_000, 4_500_000_000_000, -5, "มาก", "-", "ไม่มี"])
_PERCENTS = st.sampled_from([None, 0, 0.5, 1, 20, 25, 50, 75, 99, 100, 101, -1, "มาก", "N/A"])
_DAYS = (date(2025, 10, 1), date(2026, 3, 31), date(2026, 9, 30), date(2027, 1, 5), date(1968, 10, 1))
_DAYS_IN_WORDS = ("31 ธันวาคม 2568", " 1  ต.ค. 2568", "29 ก.พ. 2567", "30 ก.พ. 2569", "15 มีนาคม 2026", "ต.ค. 2568")
_DATES = st.sampled_from([None, *_DAYS, *_DAYS_IN_WORDS, "มาก", "-"])
_TEXTS = st.sampled_from([None, "ดำเนินการแล้ว (ตัวอย่าง)", "-", "…", "ไม่มี", "N/A", "?", "ร้อยละ", "ย" * 1001, "ย" * 3001])
_PLACES = st.sampled_from([None, "เชียงใหม่", "ขอนแก่น", "เมืองทอง", "-"])
_EMAILS = st.sampled_from([None, "a@example.go.th", "somjai", "a@b", "สมใจ ที่ example.go.th"])
_ERROR = "⚠"  # stands for a cell with an error value
_DONE: Typed = {"P001/f14.stage": c.COMPLETED, "P001/f14.progress_percent": 100, "P001/f14.next_steps": None}
_DAY: Typed = {"P001/f14.actual_end_date": date(2026, 3, 20), "P001/f12.benefits": "ใช้งานได้ (ตัวอย่าง)"}
_TROUBLE: Typed = {
    "P001/f13.problems[1].problem": "ส่งมอบช้า (ตัวอย่าง)",
    "P001/f13.problems[1].cause": "ฝนตก",
    "P001/f13.problems[1].recommendation": "เร่งรัด",
}
_NONE: Typed = {"P001/f13.problems[1].problem": c.NONE, **dict.fromkeys(list(_TROUBLE)[1:])}
_SPENT, _COMMITTED, _BUDGET = (f"P001/f9.recurrent.{name}" for name in ("disbursed", "committed", "budget"))
_LEVEL: Typed = {"P001/f7.indicators[1].direction": c.LEVELS, "P001/f7.indicators[1].unit": "ระดับ"}
_SCENES: tuple[Typed, ...] = (
    _DONE | _DAY,
    _DONE | _DAY | {"P001/f14.progress_percent": 35},
    _DONE | {"P001/f14.actual_end_date": None, "P001/f12.benefits": None},
    {"P001/f14.stage": c.UNDER_WAY, "P001/f14.progress_percent": 100},
    _NONE | {"P001/f14.schedule": c.LATE, "P001/f14.progress_percent": 30},
    _TROUBLE | {"P001/f14.schedule": c.LATE, "P001/f14.progress_percent": 80},
    _TROUBLE | {"P001/f13.problems[1].recommendation": None, "P001/f13.problems[2].cause": "ฝนตก"},
    {"P001/f14.schedule": c.ON_TIME, "P001/f14.progress_percent": 26},
    _NONE | {"P001/f14.stage": c.SUSPENDED},
    _NONE | {"P001/f14.stage": c.CANCELLED, "P001/f14.schedule": None, "P001/f14.note": "ยุบรวม (ตัวอย่าง)"},
    {"P001/f14.stage": c.NOT_STARTED, "P001/f14.note": "รอทำสัญญา (ตัวอย่าง)"},
    {_SPENT: 27_000_000},
    {_SPENT: 3_000_000, _COMMITTED: 2_000_000, "P001/f9.note": "ทำสัญญาแล้ว (ตัวอย่าง)"},
    {_SPENT: 4.5, _COMMITTED: 0},
    {_SPENT: None, _COMMITTED: None},
    {_SPENT: "-"},
    {_BUDGET: 4.5},
    {_BUDGET: 5_000_000},
    {_BUDGET: None, "P001/f9.recurrent.act_budget": None},
    {"P001/f3.source[1]": c.NO_BUDGET},
    {"P001/f3.source[1]": c.OTHER_SOURCE},
    {_SPENT: 1000, "P001/f14.progress_percent": 10},
    {"P001/f8.planned_q2": 20},
    {"P001/f8.planned_q3": 60, "P001/f8.note": "ปรับแผน (ตัวอย่าง)"},
    {"P001/f8.start_date": date(2026, 10, 1)},
    {"P001/f8.end_date": date(2027, 3, 31)},
    {"P001/f8.activities[2].activity": "อบรม", "P001/f8.activities[2].start": date(2026, 3, 1)},
    {"P001/f5.outputs[1].output": "ผลผลิตอื่น (ตัวอย่าง)"},
    {"P001/f5.outputs[2].output": "คู่มือ", "P001/f5.outputs[2].quantity": 1, "P001/f5.outputs[2].unit": "เล่ม"},
    {f"P001/f5.outputs[1].{name}": None for name in ("output", "quantity", "unit")},
    {"P001/f7.indicators[1].result": 0.5},
    _LEVEL | {"P001/f7.indicators[1].target": 5, "P001/f7.indicators[1].result": 6},
    {"P001/f10.scope": c.IN_PROVINCES},
    {"P001/f10.scope": c.IN_PROVINCES, "P001/f10.provinces[3]": "เชียงใหม่"},
    {"P001/f11.result_quarter": "เหมือนเดิม (ตัวอย่าง)", "P001/f11.result_cumulative": "ต่างไป (ตัวอย่าง)"},
    {"P001/f11.result_quarter": _ERROR, _COMMITTED: _ERROR, "P001/f14.note": _ERROR},
    {"P002/f14.stage": c.UNDER_WAY, "P002/f14.progress_percent": 80},
    {"P002/f9.recurrent.budget": 100_000},
    {"K01/k.result": 80, "K01/k.not_due": c.NOT_DUE},
    {"K01/k.result": None, "K01/k.not_due": c.NOT_DUE},
    {"K01/k.result": None, "K01/k.not_due": None},
    {"K01/k.result": 120, "K01/k.details": None},
    {"K01/k.result": 0.85},
    {"K01/k.result": 130, "K01/k.note": "ทำได้จริง (ตัวอย่าง)", "K01/k.not_due": None},
    {"YS/u.certifier": None, "YS/u.contact_email": "สมใจ"},
    _DONE | _DAY | {"K01/k.result": 100},
    {"K01/k.result": 50, "P002/f14.stage": None},
    *({_SPENT: 2_000_000, "K03/k.result": result, "K03/k.not_due": None} for result in (44, 44.4, 44.44, 44.45, 45)),
    {_SPENT: 2_047_500, "K03/k.result": 45, "K03/k.not_due": None},
)
_COMPUTED: dict[str, Value] = {"computed": "completed-share-unit"}
_MORE: dict[str, Value] = {"code": "K03", "name": "ร้อยละการเบิกจ่าย (ตัวอย่าง)", "computed": "disbursed-unit"}


def _answer(field: Field) -> st.SearchStrategy[Any]:
    if field.kind is FieldKind.CHOICE:
        return st.sampled_from([None, "ไม่รู้", *field.choices])
    by_kind = {
        FieldKind.PERCENT: _PERCENTS,
        FieldKind.DATE: _DATES,
        FieldKind.EMAIL: _EMAILS,
        FieldKind.TEXT: _TEXTS,
        FieldKind.PHONE: _TEXTS,
        FieldKind.PROVINCES: _PLACES if field.choices else st.sampled_from([None, "เชียงใหม่, ขอนแก่น"]),
    }
    return by_kind.get(field.kind, _NUMBERS)


def _inputs() -> dict[str, Field]:
    asked = {
        "P001": CURRENT.form1,
        "P002": CURRENT.form1,
        "K01": CURRENT.form2,
        "K03": CURRENT.form2,
        "YS": CURRENT.unit,
    }
    return {f"{code}/{key}": f for code, form in asked.items() for key, f in form.inputs.items()}


@st.composite
def _changes(draw: st.DrawFn) -> Typed:
    """A good return with some of its cells typed otherwise."""
    inputs = _inputs()
    changes: Typed = {}
    for scene in draw(st.lists(st.sampled_from(_SCENES), min_size=1, max_size=4)):
        changes |= scene
    named = draw(st.lists(st.sampled_from(list(inputs)), max_size=8, unique=True))
    return changes | {name: draw(_answer(inputs[name])) for name in named}


def _drawn(count: int) -> list[Typed]:
    """So many ways of filling a form, the same in every run."""
    drawn: list[Typed] = []

    @settings(
        max_examples=count, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(changes=_changes())
    def collect(changes: Typed) -> None:
        drawn.append(changes)

    collect()
    return drawn


def _recalculated(forms: Sequence[Path], folder: Path) -> list[set[tuple[str, str, str]]]:
    """(code, project, field) of every open check of each form, after LibreOffice has reckoned it anew."""
    settings_file = folder / "profile" / "user" / "registrymodifications.xcu"
    settings_file.parent.mkdir(parents=True)
    settings_file.write_text(_RECALCULATE, encoding="utf-8")
    order = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    number = load_workbook(forms[0], read_only=True).sheetnames.index(CHECKS_SHEET) + 1
    order += ["--convert-to", f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{number}"]
    order += ["--outdir", str(folder / "out")]
    for first in range(0, len(forms), _AT_ONCE):
        some = forms[first : first + _AT_ONCE]
        subprocess.run([*order, *map(str, some)], capture_output=True, check=True, timeout=60 + 30 * len(some))
    return [_open_checks(folder / "out" / f"{path.stem}-{CHECKS_SHEET}.csv") for path in forms]


def _open_checks(path: Path) -> set[tuple[str, str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["code", "field", "open", "confirmed"]
    found = set()
    for code, field, is_open, confirmed in rows:
        assert {is_open, confirmed} <= {"0", "1"}, (path.name, code, field, is_open, confirmed)
        if is_open == "1":
            project, _slash, key = field.partition("/")
            found.add((code, project, key))
    return found


def _second_quarter(root: Path, folder: Path) -> Desk:
    """A desk whose Q1 is in and whose Q2 is out: of P002, which ended in Q1, only money is asked."""
    shutil.copytree(root, folder / "งาน")
    desk = Desk(folder / "งาน")
    ended = {key.replace("P001", "P002"): value for key, value in (_DONE | _DAY).items()}
    ended |= {"P002/f14.actual_end_date": date(2025, 12, 20), "P002/f8.planned_q1": 100}
    ended |= {f"P002/f8.planned_q{quarter}": 100 for quarter in (2, 3, 4)}
    desk.send_back("YS", ended | {"P001/f11.result_quarter": "เหมือนเดิม (ตัวอย่าง)"})
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.today = date(2026, 4, 5)
    first, other = KPIS
    write_register(desk.root / "register.xlsx", TABLES | {"kpis": [first | _COMPUTED, first | _MORE, other]})
    desk.run("register", "load", expect=0)
    desk.run("issue-forms", "q2", expect=0)
    return desk


def _fill(form: Path, typed: Typed, path: Path) -> None:
    """Types into ``form``; ``_ERROR`` becomes an error value, as a formula leaves it."""
    fill_form(form, typed, path)
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, _ERROR_TYPED.sub(rb't="e"><v>#REF!</v>', content))


_ERROR_TYPED = re.compile(rb't="inlineStr"><is><t[^>]*>' + _ERROR.encode() + rb"</t></is>")


def compare(desk: Desk, drawn: Sequence[Typed], folder: Path) -> tuple[Counter[str], list[object]]:
    """How often each code was found by both, and where they differ: file, either's own, what was typed."""
    good = desk.answers("YS", Q2)
    paths = [folder / f"f{number:03}.xlsx" for number in range(len(drawn))]
    for path, changes in zip(paths, drawn, strict=True):
        _fill(desk.form_path("YS", Q2), good | changes, path)
    live = _recalculated(paths, folder)
    for path in paths:
        shutil.copy(path, desk.inbox)
    files = {file["file"]: file for file in desk.run("ingest")["files"]}
    agreed, differ = Counter[str](), list[object]()
    for path, found, changes in zip(paths, live, drawn, strict=True):
        found_by_ingest = codes(files[path.name], "error", "warning")
        told = {one for one in found_by_ingest if not one[0].startswith(("PART", "FORM-"))}  # of the file as such
        if files[path.name]["outcome"] in ("rejected", "duplicate"):
            continue  # nothing was typed, or the same as before
        agreed.update(code for code, _project, _field in found & told)
        differ += [(path.name, sorted(found - told), sorted(told - found), changes)] if found != told else []
    return agreed, differ


def test_the_form_finds_what_ingest_finds(issued_root: Path) -> None:
    need_office()
    with tempfile.TemporaryDirectory() as place:
        drawn = [
            {_SPENT: None, _COMMITTED: _ERROR},
            *_drawn(FORMS),
        ]  # an error beside a blank, which is looked at for it
        agreed, differ = compare(_second_quarter(issued_root, Path(place)), drawn, Path(place))
    print(f"{len(drawn)} forms: {agreed.total()} findings in {len(agreed)} codes by both, {len(differ)} forms differ")  # noqa: T201
    assert differ == []
    assert agreed["KPI-DIFFERS"]
    assert len(agreed) >= (30 if FORMS >= 300 else 15), agreed


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


def test_a_unit_may_have_any_number_of_projects(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project takes some 700 rows of ``_v``. What is to be mended stays that, in whatever row of it."""
    shown = _as_issued(desk)
    monkeypatch.setattr(check_sheets, "_APART", 150_000)  # rows: in the third of these begins P002
    desk.run("issue-forms", "q1", expect=0)
    assert _as_issued(desk) == shown
    assert load_workbook(desk.form_path("YS"))["_v"].max_row > 450_000


def _as_issued(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """What units see of a form before it is recalculated."""
    book = load_workbook(desk.form_path("YS"), data_only=True)
    return {name: list(book[name].iter_rows(values_only=True)) for name in (book.sheetnames[0], "P001", "P002")}


def test_every_rule_and_kind_is_checked_live(desk: Desk) -> None:
    """All that speaks of cells or of what was issued; the first quarter has no last one to compare with."""
    checked = {row[0] for row in load_workbook(desk.form_path("YS"))["_checks"].iter_rows(min_row=2, values_only=True)}
    compared = {"FELL", "STAGE-WENT-BACK", "SAME-TEXT"}
    assert checked >= {
        "REQUIRED", "ROW-INCOMPLETE", "NOT-NUMBER", "NOT-DATE", "NOT-CHOICE", "NOT-EMAIL", "UNKNOWN-PROVINCE",
        "FORMULA", "OUT-OF-RANGE", "TOO-LONG", "UNCLEAR-PERCENT", "UNCLEAR-DATE", "DATES-ORDER", "PLAN-FALLS",
        "OVER-BUDGET", "OVER-COMMITTED", "NO-BUDGET-SPENT", "DONE-NOT-100", "HUNDRED-NOT-DONE", "DONE-NO-DATE",
        "DONE-NO-BENEFIT", "LATE-NO-PROBLEM", "STOPPED-NO-REASON", "NOT-STARTED-SPENT", "BEHIND-SAYS-ON-TIME",
        "AHEAD-SAYS-LATE", "PLAN-CHANGED", "BUDGET-NOT-REGISTER", "SPEND-FAR-FROM-PROGRESS", "MILLION-BAHT",
        "KPI-REQUIRED", "KPI-BOTH", "KPI-NO-DETAILS", "KPI-LEVEL", "KPI-OVER-100",
    }  # fmt: skip
    assert not checked & compared
