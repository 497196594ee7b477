"""Two quarters of a small office, to the figure: what commands say of them, and the master workbook's rows.

What is told stands in ``two_quarters.txt``. After a change that is meant: ``TOLD=write pytest`` on this file, and read
what git shows of it.
"""

from __future__ import annotations

import difflib
import json
import os
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from plan_tracker.forms.definition import choices as c
from tests.desk import Q2, Desk, Typed
from tests.register.test_register_changes import reload, tables
from tests.register.test_register_changes import row as row_of

TOLD = Path(__file__).parent / "two_quarters.txt"
# What is another one each time: digests, names of forms, times of the day, who ran it.
CHANGING = re.compile(r'\b[0-9a-f]{64}\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|(?<=\d)T\d\d:\d\d[\d:.+]*|(?<="who": )"[^"]*"')

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


def test_two_quarters_are_told_to_the_figure(desk: Desk) -> None:
    told = "".join(f"{line}\n" for line in _story(desk))
    if os.environ.get("TOLD") == "write":
        TOLD.write_text(told, "utf-8")
    kept = TOLD.read_text("utf-8")
    assert told == kept, "\n".join(difflib.unified_diff(kept.splitlines(), told.splitlines(), lineterm="", n=4))


def _story(desk: Desk) -> Iterator[str]:
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
            yield f"{name}[{number}] {_fixed(part)}"
    else:
        yield f"{name} {_fixed(value)}"


def _fixed(value: Any) -> str:
    return CHANGING.sub("…", json.dumps(value, ensure_ascii=False))


def _workbook(desk: Desk, period: str) -> Iterator[str]:
    """The rows of each sheet but the dictionary, which has texts of the program alone."""
    made = desk.report(period, "--xlsx")
    yield f"\n$ plantrack report {period} --xlsx  # {desk.today}"
    yield from _plain(made)
    book = openpyxl.load_workbook(desk.root / str(made["workbook"]))
    for sheet in book.worksheets[:-1]:
        for row in sheet.iter_rows(values_only=True):
            if any(row):
                yield f"{sheet.title} {_fixed([None if cell is None else str(cell) for cell in row])}"
