"""What commands say, to the figure: two quarters of a small office, its upkeep, odd answers, and the workbook's tables.

Each story's text stands in ``told``. After a change that is meant: ``TOLD=write pytest`` on this file, and read what
git shows of it.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plan_tracker import __version__
from plan_tracker.analysis.basis.approved_plan import Approver, Revision
from plan_tracker.analysis.basis.dataset import Dataset, Source
from plan_tracker.analysis.basis.plan_changes import PlanChange
from plan_tracker.analysis.basis.returns import State
from plan_tracker.documents.workbooks.master import build_master
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.spec import Field, FieldKind, Form
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.names import COVER_SHEET, FORM2_SHEET
from plan_tracker.i18n import THAI
from plan_tracker.publication.opendata.tables import build_tables
from plan_tracker.register import Lifecycle, LifecycleState
from plan_tracker.values import Value
from tests.desk import Q2, Desk, Typed
from tests.register.test_register_changes import reload, tables
from tests.register.test_register_changes import row as row_of
from tests.report.test_summary import GOOD, figures, quarter

TOLD = Path(__file__).parent / "told"
# What is another one each time: digests, names of forms and mails, times of the day, who ran it, sizes.
CHANGING = re.compile(
    r"\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|(?<=\d)T\d\d:\d\d[\d:.+]*"
    r'|(?<="who": )"[^"]*"|(?<=^bytes )\d+'
)

FIRST: Typed = {
    "P001/f14.schedule": c.LATE,
    "P001/f14.progress_percent": 20,
    "P001/f14.note": "งานในช่วงถัดไปเริ่มช้า (ตัวอย่าง)",
    "P001/f13.problems[1].problem": "ผู้รับจ้างส่งงานช้า (ตัวอย่าง)",
    "P001/f13.problems[1].cause": "ขาดแคลนอุปกรณ์",
    "P001/f13.problems[1].recommendation": "เร่งรัดผู้รับจ้าง",
    "P001/f9.recurrent.disbursed": 300000,
    "P001/f9.recurrent.committed": 120000,
}
SECOND: Typed = {
    **FIRST,
    "P001/f14.progress_percent": 41,
    "P001/f9.recurrent.disbursed": 900000,
    "P001/f9.recurrent.committed": 250000,
    "P001/f9.recurrent.budget": 4200000,
    "P001/f8.end_date": date(2026, 12, 31),
    "P002/f14.stage": c.COMPLETED,
    "P002/f14.schedule": c.ON_TIME,
    "P002/f14.progress_percent": 100,
    "P002/f14.actual_end_date": date(2026, 3, 15),
    "P002/f12.benefits": "มีแผนใช้ทันปี (ตัวอย่าง)",
}
UNREAD: Typed = {
    "P003/f14.progress_percent": "ประมาณ 50",
    "P003/f10.scope": c.IN_PROVINCES,
    "P003/f10.provinces[1]": "ภูเก็ต",
    "P003/f10.provinces[2]": "เชียงใหม่",
}


LONG = "ก" * 3001
# What people type that is not what was asked, or only nearly.
ODD: Mapping[FieldKind, Sequence[Value | int | float | None]] = {
    FieldKind.TEXT: (LONG, "-", "N/A", " ข้อความ\u200b  เดิม ", 12, None),
    FieldKind.CHOICE: ("ล่าช้า กว่าแผน", "อื่น ๆ", "อยู่ระหว่าง", "งบกลางฯ", 1, None),
    FieldKind.NUMBER: ("ประมาณ 5", "1,2", "๑๒ ชุด", -3, "5%", None),
    FieldKind.MEASURE: ("ดีมาก", "ร้อยละ 80", 0.5, "50%", "1 ล้าน", None),
    FieldKind.MONEY: ("2 แสน 3 หมื่น", "-", -500, "4,500,000.555 บาท", "หนึ่งล้าน", 99999999),
    FieldKind.PERCENT: (0.5, "ร้อยละ 50", 101, "ครึ่งหนึ่ง", "-5", None),
    FieldKind.DATE: ("31/2/2569", "1 ต.ค. 68", "ต.ค. 68", date(1999, 1, 1), "9/3/26", None),
    FieldKind.PHONE: ("02-123", "0 2141 6747 ต่อ 12", 21416747, "ไม่มี", "08-1234-5678", None),
    FieldKind.EMAIL: ("a@b", "a@office.go.th, b@office.go.th", "ไม่มี", "mailto:A@office.go.th", 5, None),
    FieldKind.PROVINCES: ("กทม.", "เชียงไหม่", "ภูเก็ต, กระบี่", "ทั่วประเทศ", "-", None),
}
# And what does not go together.
DISAGREEING: Sequence[Typed] = (
    {"P002/f9.recurrent.budget": 3, "P002/f9.recurrent.disbursed": 5, "K01/k.not_due": "ยังไม่ถึงรอบวัด"},
    {"P002/f14.stage": c.COMPLETED, "P002/f14.progress_percent": 90, "P002/f5.outputs[1].quantity": "๑๒ ชุด"},
    {"P002/f14.stage": c.UNDER_WAY, "P002/f14.progress_percent": 100, "K01/k.result": "45 ร้อยละ"},
    {"P002/f8.planned_q1": 50, "P002/f8.planned_q2": 40, "P002/f8.end_date": date(2024, 1, 1)},
    {"P002/f10.scope": c.IN_PROVINCES, "P002/f13.problems[1].problem": "ช้า", "P002/f14.note": "ตามนี้"},
    {"P002/f14.stage": c.NOT_STARTED, "P002/f14.progress_percent": 5, "P002/f11.result_quarter": None},
)


@pytest.mark.parametrize(
    "story",
    ["two quarters", "upkeep", "odd answers", "refusals", "next form", "the way", "tables"],
)
def test_what_is_told_is_what_was_told(story: str, desk: Desk) -> None:
    stories = {
        "two quarters": _two_quarters,
        "upkeep": _upkeep,
        "odd answers": _odd_answers,
        "refusals": _refusals,
        "next form": _next_form,
        "the way": _way,
        "tables": _tables,
    }
    told = "".join(f"{line}\n" for line in stories[story](desk))
    for changing in (str(desk.root), __version__):
        told = told.replace(changing, "…")
    path = TOLD / f"{story}.txt"
    if os.environ.get("TOLD") == "write":
        path.write_text(told, "utf-8")
    kept = path.read_text("utf-8")
    assert told == kept, "\n".join(difflib.unified_diff(kept.splitlines(), told.splitlines(), lineterm="", n=4))


def _two_quarters(desk: Desk) -> Iterator[str]:
    yield from _first_quarter(desk)
    yield from _decisions(desk)
    yield from _second_quarter(desk)
    for words in (
        *(("problems",), ("problems", "q2"), ("calendar",), ("register", "history", "P001"), ("register", "show")),
        *(("letters", "list"), ("orders", "list"), ("plan", "show", "q2", "P001"), ("trace", "q2", "P001")),
        *(("trace", "q2", "P001", "f9.recurrent.disbursed"), ("trace", "q1", "K01"), ("review", "show", "q1")),
        *(("trace", "q2", "ops"), ("trace", "q1", "ETDA"), ("doctor",)),
        ("query", "stage", "f9.recurrent.disbursed", "result", "--period", "q1", "--period", "q2"),
        ("log",),
    ):
        yield from _said(desk, *words)


def _upkeep(desk: Desk) -> Iterator[str]:
    """Letters, mails, files that can't be taken, extracts, templates, the key, backups, the next year."""
    desk.today = date(2026, 1, 9)
    (desk.root / "templates" / "docx" / "L2-memo.docx").unlink()
    (desk.inbox / "ปกติ.xlsx").write_bytes(b"not a workbook")
    desk.send_back("ETDA")
    for words in (
        *(("config", "check"), ("templates", "check"), ("templates", "restore", "L2-memo"), ("templates", "check")),
        *(("issue-forms", "q1", "--unit", "YS"), ("issue-forms", "q2", "--early", "--dry-run")),
        *(("letters", "number", "L1", "YS", "ดศ 0205/7", "--date", "2569-01-08"), ("letters", "list", "q1")),
        *(("mail", "draft", "q1"), ("mail", "list", "q1"), ("mail", "settle", "2569-q1-YS-L1.eml", "--sent")),
        *(("mail", "list"), ("ingest",), ("inbox", "retry", "--dry-run"), ("inbox", "retry"), ("status", "q1")),
        *(("status", "q1", "--unit", "ETDA"), ("remind", "q1"), ("issue-forms", "q1", "--withdraw", "--dry-run")),
        *(("report", "q1"), ("report", "q1", "--list"), ("report", "q1", "--again", "1")),
        *(("report", "q1", "--unit", "ETDA"), ("report", "q1", "--stage", c.UNDER_WAY), ("report", "q1", "--list")),
        *(
            ("review", "submit", "q1"),
            ("calendar", "q1"),
            ("orders", "add", "เร่งรัด", "--date", "2569-01-09", "--due", "2569-01-30"),
        ),
        *(("orders", "add", "เร่งรัด", "--date", "2569-01-09", "--due", "2569-01-30", "--unit", "YS"),),
        *(
            ("orders", "letters"),
            ("orders", "done", "1", "--because", "เสร็จ"),
            ("orders", "done", "9", "--because", "x"),
        ),
        *(("query", "14", "--to", str(desk.root / "ตาราง.csv")), ("query", "stag"), ("trace", "q1", "P003", "stage")),
        *(("key", "renew", "--because", "ครบปี"), ("backup",), ("verify",), ("rebuild",), ("doctor",)),
        *(("register", "check"), ("new-year", "2571"), ("new-year", "2570", "--dry-run"), ("new-year", "2570")),
        *(("calendar", "q1"), ("issue-forms", "q1", "--year", "2570"), ("log",)),
    ):
        yield from _said(desk, *words)
    yield (desk.root / "ตาราง.csv").read_text("utf-8-sig")


def _next_form(desk: Desk) -> Iterator[str]:
    """What the form of the quarter after holds of what was said in this one, and what it checks by itself."""
    desk.send_back("YS", FIRST)
    desk.run("ingest", expect=0)
    desk.run("orders", "add", "เร่งรัด", "--date", "2569-01-05", "--due", "2569-04-05", "--unit", "YS", expect=0)
    content = tables()
    row_of(content, "projects", "P001")["f9.recurrent.budget"] = Decimal(4300000)
    row_of(content, "kpis", "K01")["target_q2"] = Decimal(45)
    reload(desk, content)
    desk.today = date(2026, 4, 2)
    desk.run("issue-forms", "q2", expect=0)
    book = openpyxl.load_workbook(desk.form_path("YS", Q2))
    for name in (COVER_SHEET, "P001", FORM2_SHEET):
        for row in book[name].iter_rows():
            said = [f"{cell.coordinate} {cell.value}" for cell in row if cell.value and str(cell.value)[0] != "="]
            if said:
                yield f"{name} {' | '.join(said)}"
    yield from _checks_of(book)


def _two_quarters_of_figures() -> tuple[Dataset, Dataset]:
    """A project with all that can be told, one that was waived, one that is missing, one that was cancelled."""
    full = quarter([_distinct(1), GOOD, GOOD, GOOD], results=[Decimal(81), "ดีขึ้น", None])
    waived = Source(2, "U1.xlsx", "1" * 64, "ด่วน (ตัวอย่าง)", date(2026, 4, 20), 7, "data/originals/U1.xlsx")
    second = quarter([_distinct(2), GOOD, None, None], (State.WAIVED, State.WAIVED, State.ISSUED), [Decimal(60)], 2, 3)
    second = replace(second, projects=(*second.projects[:1], replace(second.projects[1], source=waived)))
    over = replace(full.projects[3].project, lifecycle=Lifecycle((), LifecycleState.CANCELLED, date(2026, 2, 1), "ยุบ"))
    gone = replace(full.projects[3], project=over, entry=None, source=None)
    second = replace(second, projects=(*second.projects, full.projects[2], gone))
    return full, second


def _tables(_desk: Desk) -> Iterator[str]:
    """The tables of the master workbook and of the open data: each column, and what it holds of two quarters."""
    full, second = _two_quarters_of_figures()
    report = figures(full, second)
    approved = Revision("f8.end_date", date(2026, 9, 30), None, Approver.OFFICER, date(2026, 4, 2), "เห็นชอบ", Q2)
    changes = [
        PlanChange(Q2, second.projects[0], "f8.end_date", date(2026, 9, 30), None, "ตามมติ", approved),
        PlanChange(Q2, second.projects[1], "f9.recurrent.budget", Decimal(5), Decimal(6)),
    ]
    for which, made in (("master", build_master(report.quarters, changes)), ("open data", build_tables([report]))):
        for table in made:
            yield f"\n{which}: {table.name} {THAI.of(table.title)}, {table.frozen}, {' '.join(table.identity)}"
            for column in table.columns:
                told = (column.title_in(THAI), column.about_in(THAI), column.type, column.field, column.is_detail)
                yield f"{column.key}: {' | '.join(map(str, told))}"
                yield f"  {' | '.join('·' if cell is None else str(cell) for cell in map(column.value, table.records))}"


def _distinct(turn: int) -> dict[str, Value]:
    """No two answers of a project alike, as far as can be."""
    made: dict[FieldKind, Callable[[int], Value]] = {
        FieldKind.NUMBER: Decimal,
        FieldKind.MEASURE: Decimal,
        FieldKind.MONEY: lambda number: Decimal(1_000_000 + number * 1000),
        FieldKind.PERCENT: lambda number: Decimal(number % 100),
        FieldKind.DATE: lambda number: date(2026, 1, 1) + timedelta(number),
    }
    fields = [(key, field) for key, field in CURRENT.form1.fields.items() if field.is_input]
    return {
        key: made[field.kind](number + turn)
        if field.kind in made
        else (field.choices[turn % len(field.choices)] if field.choices else f"{key} ({turn})")
        for number, (key, field) in enumerate(fields)
    }


def _way(desk: Desk) -> Iterator[str]:
    """How far a quarter is from its forms to its publication: the lines of its steps that each day and act change."""
    day, because = "2569-02-20", ("q1", "--because", "x")
    order = ("orders", "add", "เร่งรัด", "--date", day, "--unit", "YS", "--period", "q1", "--due")
    review = [("review", act, "q1") for act in ("submit", "approve", "submit", "approve", "submit")]
    ways: Mapping[date, Sequence[Sequence[str]]] = {
        date(2026, 1, 15): ((),),
        date(2026, 1, 16): ((), ("ingest",), ("report", "q1")),
        date(2026, 2, 9): review[:2],
        date(2026, 2, 18): (review[2], (*review[3], "--date", "2569-02-18"), review[4]),
        date(2026, 2, 19): (("review", "refuse", *because), ("review", "reopen", *because)),
        date(2026, 2, 20): (*review, ("review", "permit", "q1", "--reference", "ดศ 0200/9", "--date", day)),
        date(2026, 2, 24): ((*order, "2569-03-31"), (*order, "2569-03-02")),
        date(2026, 3, 3): (
            (),
            ("orders", "done", "2", *because[1:]),
            ("circulate", "q1", "--order", "x", "--date", day),
        ),
        date(2026, 3, 5): (("orders", "done", "1", *because[1:]), ("publish", "q1")),
    }
    told: dict[str, str] = {}
    desk.send_back("YS")
    for desk.today, acts in ways.items():
        for words in acts:
            code = desk.invoke(*words).exit_code if words else 0
            yield f"\n# {desk.today} {' '.join(words)} {code}"
            for command in ("calendar q1", "status q1", *(("calendar q2", "calendar year-end") if not told else ())):
                for line in desk.run(*command.split())["steps"]:
                    step = f"{command} {line['step']} {line['name']}"
                    said = " | ".join(
                        str(line[key]) for key in line if key not in ("fiscal_year", "period", "step", "name")
                    )
                    if told.get(step) != said:
                        yield f"{step}: {said}"
                    told[step] = said


def _checks_of(book: Any) -> Iterator[str]:
    """What is checked of the cover, a project's first rows and a KPI; places are left out of formulas, texts put in."""
    formulas = book["_v"]
    for code, field, is_open, _confirmed in book["_checks"].iter_rows(min_row=2, values_only=True):
        found = re.search(r"_v!A(\d+)", str(is_open))
        if found and not re.search(r"P002|\[([2-9]|1\d)\]", str(field)):
            formula, words = (str(formulas[f"{column}{found[1]}"].value) for column in "AB")
            formula = re.sub(r"\bI(\d+)", lambda place: f"‘{formulas[place[0]].value}’", formula)
            yield f"{code} {field} {re.sub(r'(?<=[A-Z])[0-9]+', '', formula)} {words}"


def _refusals(desk: Desk) -> Iterator[str]:
    """What is asked for that can't be done: why, and what to do."""
    day = ("--date", "2569-01-05")
    for words in (
        *(("plan", "show", "q1", "P009"), ("plan", "approve", "q1", "P001", "--because", "x"), ("plan", "list", "q3")),
        *(("plan", "approve", "q1", "--because", "x"), ("plan", "approve", "q1", "--all", "--because", " ")),
        *(("report", "q2"), ("report", "q1", "--again", "9"), ("report", "q1", "--unit", "XX"), ("report", "year-end")),
        *(
            ("report", "q1", "--stage", "x"),
            ("report", "q1", "--source", "x"),
            ("report", "q1", "--again", "1", "--list"),
        ),
        *(("circulate", "q2", "--order", "x", *day), ("circulate", "q1", "--order", " ", *day), ("remind", "q2")),
        *(("compare", "q1", "YS"), ("compare", "q1", "XX"), ("trace", "q1", "P001"), ("trace", "q1", "P009")),
        *(
            ("trace", "q1", "P001", "f99"),
            ("query", "nosuch"),
            ("query", "stage", "--to", "x.pdf"),
        ),
        *(
            ("accept", "q1", "YS", "--because", "x"),
            ("accept", "q1", "XX", "--because", "x"),
        ),
        *(("accept", "q1", "YS", "--because", " "), ("accept", "q1", "YS", "--project", "P003", "--because", "x")),
        *(("inbox", "decline", "x.xlsx", "--because", "x"), ("inbox", "retry", "x.xlsx"), ("inbox", "retry")),
        *(("orders", "done", "1", "--because", "x"), ("orders", "letters")),
        *(
            ("orders", "add", "x", *day, "--due", "2569-01-04", "--unit", "YS"),
            ("orders", "done", "x", "--because", "x"),
        ),
        *(("orders", "add", "x", *day, "--due", "2569-01-09", "--unit", "XX"),),
        *(("orders", "add", " ", *day, "--due", "2569-01-09", "--unit", "YS"),),
        *(("letters", "number", "L1", "XX", "1", *day), ("letters", "number", "L99", "YS", "1", *day)),
        *(("letters", "number", "L2", "YS", "1", *day), ("letters", "number", "L1", "YS", "1", "--date", "2570-01-01")),
        *(("letters", "number", "L1", "YS", " ", *day), ("letters", "number", "L1", "all", "1", *day)),
        *(("mail", "draft", "q2"), ("mail", "send", "q1"), ("mail", "settle", "x.eml", "--sent"), ("mail", "fetch")),
        *(("restore", "x.zip"), ("verify", "x.zip"), ("key", "renew", "--because", " "), ("new-year", "2569")),
        *(("issue-forms", "q3"), ("issue-forms", "q1", "--unit", "XX"), ("issue-forms", "q2", "--withdraw")),
        *(("export", "nosuch", "q1"), ("export", "emenscr", "q2"), ("publish", "q1"), ("publish", "q2")),
        *(("templates", "restore", "nosuch"), ("register", "load", "x.xlsx"), ("register", "history", "P009")),
        *(("review", act, "q1") for act in ("submit", "approve")),
        *(("review", "reopen", "q1", "--because", "x"), ("review", "permit", "q1", "--reference", " ", *day)),
        *(("review", "comment", "q1", "x"), ("review", "resolve", "q1", "1", "--because", "x")),
        *(("status", "q1", "--year", "2570"), ("config", "check", "x")),
    ):
        yield from _said(desk, *words)
    content = tables()
    content["projects"].append({**content["projects"][1], "code": "P004", "name": "โครงการใหม่ (ตัวอย่าง)"})
    reload(desk, content)
    yield from _said(desk, "plan", "show", "q1", "P004")
    desk.send_back("YS")
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    desk.report("q1")
    _permit = ("permit", "q1", "--reference", "ดศ 1", *day)
    for words in (
        *(
            ("issue-forms", "q1", "--withdraw"),
            ("accept", "q1", "YS", "--because", "x"),
            ("trace", "q1", "P003", "f99"),
        ),
        *(("report", "q1", "--stage", c.COMPLETED), ("report", "q1", "--source", "งบกลาง"), ("register", "load")),
        *(("review", "approve", "q1"), ("review", *_permit), ("review", "refuse", "q1", "--because", " ")),
    ):
        yield from _said(desk, *words)
    desk.permit("q1")
    for words in (
        *(("plan", "approve", "q1", "P001", "--because", "x"), ("review", "submit", "q1"), ("review", *_permit)),
        *(("accept", "q1", "YS", "--because", "x"), ("issue-forms", "q1"), ("remind", "q1")),
    ):
        yield from _said(desk, *words)


def _odd_answers(desk: Desk) -> Iterator[str]:
    """Every kind of field with what is not what was asked: each finding with its place and words."""
    fields = [(owner, field) for form in CURRENT.forms for owner, field in _asked(form)]
    for turn, disagreeing in enumerate(DISAGREEING):
        odd = {f"{owner}/{field.key}": ODD[field.kind][(n + turn) % 6] for n, (owner, field) in enumerate(fields)}
        desk.send_back("YS", odd | dict(disagreeing), name=f"{turn}.xlsx")
    result = json.loads(desk.invoke("ingest", "--dry-run", "--json").stdout)
    for file in result["files"]:
        yield f"\n{file['file']}: {file['outcome']}"
        for found in file["findings"]:
            about = f"{found['severity']} {found['code']} {found['project']}/{found['field']}"
            said = f"{about} {found['sheet']}!{found['cell']} {found['value']!r} {found['message']} → {found['fix']}"
            yield said.replace(LONG, "…")


def _asked(form: Form) -> Iterator[tuple[str, Field]]:
    """The first row of what a form asks, with the code that it is answered for."""
    for key, field in form.fields.items():
        if field.is_input and not re.search(r"\[([2-9]|1\d)\]", key):
            yield {"u": "YS", "k": "K01", "f": "P001"}.get(key[0], ""), field


def _first_quarter(desk: Desk) -> Iterator[str]:
    desk.today = date(2026, 1, 8)
    desk.send_back("YS", FIRST)
    yield from _said(desk, "ingest")
    desk.today = date(2026, 1, 19)
    yield from _said(desk, "remind", "q1")
    desk.today = date(2026, 1, 21)
    desk.send_back("ETDA", UNREAD)
    yield from _said(desk, "ingest")
    yield from _said(desk, "accept", "q1", "ETDA", "--because", "ต้องใช้ข้อมูล (ตัวอย่าง)")
    yield from _said(desk, "status", "q1")
    yield from _said(desk, "compare", "q1", "YS")
    yield from _workbook(desk, "q1")


def _decisions(desk: Desk) -> Iterator[str]:
    desk.today = date(2026, 1, 28)
    yield from _said(desk, "review", "submit", "q1")
    yield from _said(desk, "review", "comment", "q1", "ขอให้ชี้แจง", "--project", "P003", "--field", "f14.stage")
    yield from _said(desk, "review", "resolve", "q1", "1", "--because", "ชี้แจงแล้ว")
    for act in ("approve", "submit", "approve", "submit"):
        desk.run("review", act, "q1", expect=0)
    yield from _said(desk, "review", "permit", "q1", "--reference", "ดศ 0200/9", "--date", "2569-01-28")
    order = ("เร่งรัดการเบิกจ่าย", "--date", "2569-01-28", "--due", "2569-03-31")
    yield from _said(desk, "orders", "add", *order, "--unit", "YS", "--unit", "ETDA", "--period", "q1")
    yield from _said(desk, "circulate", "q1", "--order", "ให้เร่งรัด", "--date", "2569-01-28")
    for form in ("emenscr", "bb302"):
        yield from _said(desk, "export", form, "q1")


def _second_quarter(desk: Desk) -> Iterator[str]:
    desk.today = date(2026, 4, 2)
    content = tables()
    row_of(content, "projects", "P001")["name"] = "ระบบติดตามแผนงานและโครงการ (ตัวอย่าง)"
    row_of(content, "kpis", "K01")["target_q2"] = Decimal(45)
    reload(desk, content, "--because", "ปรับชื่อ (ตัวอย่าง)")
    yield from _said(desk, "issue-forms", "q2")
    desk.today = date(2026, 4, 9)
    desk.send_back("YS", SECOND, period=Q2)
    yield from _said(desk, "ingest")
    yield from _said(desk, "plan", "list", "q2")
    yield from _said(desk, "plan", "approve", "q2", "P001", "--because", "มติที่ประชุม (ตัวอย่าง)")
    yield from _said(desk, "orders", "done", "1", "--because", "ดำเนินการแล้ว (ตัวอย่าง)")
    desk.today = date(2026, 4, 22)
    yield from _said(desk, "status", "q2")
    yield from _said(desk, "compare", "q2", "YS")
    yield from _workbook(desk, "q2")


def _said(desk: Desk, *words: str) -> Iterator[str]:
    result = desk.invoke(*words, "--json")
    yield f"\n$ plantrack {' '.join(words)}  # {desk.today}, {result.exit_code}"
    yield from _plain(json.loads(result.stdout))


def _plain(value: Any, name: str = "") -> Iterator[str]:
    """A line for each value by its path; one for each entry of a list."""
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from _plain(part, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and value:
        for number, part in enumerate(value):
            yield _fixed(part, f"{name}[{number}] ")
    else:
        yield _fixed(value, f"{name} ")


def _fixed(value: Any, name: str = "") -> str:
    return CHANGING.sub("…", name + json.dumps(value, ensure_ascii=False))


def _workbook(desk: Desk, period: str) -> Iterator[str]:
    """The rows of each sheet but the dictionary, which has texts of the program alone."""
    made = desk.report(period, "--xlsx")
    yield f"\n$ plantrack report {period} --xlsx  # {desk.today}"
    yield from _plain(made)
    book = openpyxl.load_workbook(desk.root / str(made["workbook"]))
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows(values_only=True):
            if any(row):
                yield _fixed([None if cell is None else str(cell) for cell in row], f"{sheet.title} ")
