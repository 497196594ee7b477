"""R7, R8: every finding that comes of values, by a return that has it and returns that only just don't."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random
from string import Formatter
from typing import Any

import pytest

from plan_tracker.analysis.basis.returns import ACCEPTED, INCOMPLETE, file_outcome
from plan_tracker.checking.catalogue import CATALOGUE, words
from plan_tracker.checking.check import check_submissions
from plan_tracker.checking.computed import ComputedFrom
from plan_tracker.checking.findings import FindingStatus, Severity, count_open
from plan_tracker.checking.plan_changes import ApprovedValue
from plan_tracker.checking.rules import compared, rules_of
from plan_tracker.checking.schema import failing, validate
from plan_tracker.checking.submission import Checked, Submission
from plan_tracker.checking.table import UNREAD, Subject, build_table
from plan_tracker.demo.answers import answer_kpi, answer_project, answer_unit
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.spec import FieldKind, Form
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.reading.raw import FaultyCell, PercentCell, RawCell, RawEntry
from plan_tracker.i18n import LANGUAGES
from plan_tracker.register import Computation
from plan_tracker.values import Value

Raw = Mapping[str, object]
Found = set[tuple[str, str]]
QUARTER = 2
BUDGET = Decimal(4_500_000)
PROJECT, KPI, UNIT = "P001", "K01", "YS"
ISSUED: dict[str, Value] = {
    "f1.plan": "แผน (ตัวอย่าง)",
    "f1.project_code": PROJECT,
    "f1.project_name": "ระบบติดตามแผนงาน (ตัวอย่าง)",
    "f2.unit_name": "กองยุทธศาสตร์ (ตัวอย่าง)",
    "f3.source[1]": c.ANNUAL_BUDGET,
    "f8.start_date": date(2025, 10, 1),
    "f8.end_date": date(2026, 9, 30),
    "f9.recurrent.act_budget": BUDGET,
    "f9.recurrent.budget": BUDGET,
}
ISSUED_KPI: dict[str, Value] = {
    "k.code": KPI,
    "k.name": "ร้อยละความสำเร็จ (ตัวอย่าง)",
    "k.measure": "ร้อยละ",
    "k.direction": c.HIGHER,
    "k.target": Decimal(80),
}
FIXED: dict[str, Value] = {
    "f14.schedule": c.ON_TIME,
    "f14.progress_percent": Decimal(50),
    "f13.problems[1].problem": c.NONE,
    "f9.recurrent.committed": Decimal(1_000_000),
    "f9.recurrent.disbursed": Decimal(2_000_000),
}
GOOD: dict[str, Value] = {
    k: v for k, v in answer_project(PROJECT, "YS", QUARTER, ISSUED).items() if not k.startswith("f13.")
} | FIXED
GOOD_UNIT = answer_unit(UNIT, Period(2569, QUARTER))
GOOD_KPI: dict[str, Value] = answer_kpi(KPI, QUARTER, ISSUED_KPI) | {"k.result": Decimal(40)}

DISBURSED = ComputedFrom(Computation.DISBURSED_UNIT, (PROJECT,))

DONE: Raw = {
    "f14.stage": c.COMPLETED,
    "f14.progress_percent": 100,
    "f14.actual_end_date": date(2026, 3, 15),
    "f14.next_steps": "",
    "f12.benefits": "ประชาชนได้ใช้ระบบ",
    "f9.recurrent.disbursed": 4_400_000,
    "f9.recurrent.committed": 0,
}
LATE: Raw = {"f14.schedule": c.LATE, "f14.progress_percent": 49}
A_PROBLEM: Raw = {
    "f13.problems[1].problem": "ส่งมอบล่าช้า",
    "f13.problems[1].cause": "ขาดแคลนอุปกรณ์",
    "f13.problems[1].recommendation": "เร่งรัด",
}
WAITING: Raw = {
    "f14.stage": c.NOT_STARTED,
    "f14.progress_percent": 0,
    "f8.planned_q1": 0,
    "f8.planned_q2": 0,
    "f9.recurrent.disbursed": 0,
}
AMOUNTS = tuple(f"f9.recurrent.{name}" for name in ("act_budget", "budget", "committed", "disbursed"))
NO_MONEY: Raw = {"f3.source[1]": c.NO_BUDGET, **dict.fromkeys(AMOUNTS, "")}
BOTH_KINDS: Raw = {"f9.investment.budget": 1_000_000, "f9.investment.disbursed": 500_000, "f9.investment.committed": 0}


def as_cell(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else value


def raw_entry(form: Form, *layers: Mapping[str, object]) -> RawEntry:
    """Every cell of a sheet, blank but for ``layers``, the last one winning. Addresses are D1, D2 … in form order."""
    filled: dict[str, object] = {}
    for layer in layers:
        filled |= layer
    assert set(filled) <= set(form.fields), set(filled) - set(form.fields)
    cells = {key: RawCell(as_cell(filled.get(key, "")), "แผ่นงาน", f"D{n}") for n, key in enumerate(form.fields, 1)}
    return RawEntry("แผ่นงาน", cells)


def submission(
    project: Raw | None = None,
    kpi: Raw | None = None,
    *,
    unit: Raw | None = None,
    last: Mapping[str, Value] | None = None,
    register: Mapping[str, Value] | None = None,
    issued: Mapping[str, Value] | None = None,
    kpi_issued: Mapping[str, Value] | None = None,
    closed: bool = False,
    plan: Mapping[str, Value | None] | None = None,
    computed: ComputedFrom | None = None,
) -> Submission:
    """A good return of one project and one KPI, but for these changes."""
    facts, kpi_facts = ISSUED | dict(issued or {}), ISSUED_KPI | dict(kpi_issued or {})
    return Submission(
        QUARTER,
        {PROJECT: raw_entry(CURRENT.form1, facts, GOOD, project or {})},
        {KPI: raw_entry(CURRENT.form2, kpi_facts, GOOD_KPI, kpi or {})},
        [PROJECT],
        [KPI],
        {PROJECT: facts, KPI: kpi_facts},
        {PROJECT: dict(register or {})},
        frozenset({PROJECT} if closed else ()),
        {PROJECT: dict(last or {})},
        plan={PROJECT: {key: ApprovedValue(value) for key, value in (plan or {}).items()}},
        units={UNIT: raw_entry(CURRENT.unit, GOOD_UNIT, unit or {})},
        asked_units=[UNIT],
        computed={KPI: computed} if computed else {},
    )


def check(made: Submission) -> Checked:
    (result,) = check_submissions([made])
    return result


@cache
def results() -> dict[str, list[Checked]]:
    """Every case's returns, checked together as a day's returns are: the bad, the good, the confirmed ones."""
    made: dict[str, list[Submission]] = {"bad": [], "good": [], "confirmed": []}
    for case in CASES:
        made["bad"].append(case.submission(case.bad))
        made["confirmed"].append(case.submission({**case.bad, case.note: "ยืนยันตามหนังสือ"}))
    made["good"] = [case.submission(changes, bad=False) for case, changes in GOOD_CASES]
    return {name: check_submissions(submissions) for name, submissions in made.items()}


def found(result: Checked) -> Found:
    """(code, field) of every finding, notices too."""
    told = [(f.code, f.field) for f in result.findings]
    assert len(told) == len(set(told)), told
    return set(told)


@dataclass(frozen=True)
class Case:
    """Changes to a good return that make ``code`` at ``field`` and nothing else, and changes that make nothing."""

    code: str
    field: str
    bad: Raw
    good: Sequence[Raw] = ()
    last: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    register: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    last_when_good: Mapping[str, Value] | None = None
    facts: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    facts_when_good: Mapping[str, Value] | None = None
    plan: Mapping[str, Value | None] = dataclasses.field(default_factory=dict)
    computed: ComputedFrom | None = None

    def submission(self, changes: Raw, *, bad: bool = True) -> Submission:
        last = self.last if bad or self.last_when_good is None else self.last_when_good
        facts = self.facts if bad or self.facts_when_good is None else self.facts_when_good
        if self.field.startswith("k."):
            return submission(kpi=changes, kpi_issued=facts, computed=self.computed)
        if self.field.startswith("u."):
            return submission(unit={key: value for key, value in changes.items() if key != self.note})
        return submission(changes, last=last, register=self.register, issued=facts, plan=self.plan)

    @property
    def note(self) -> str:
        return self.field.partition(".")[0] + ".note"

    def __str__(self) -> str:
        return f"{'R7' if self.code in R7 else 'R8'} {self.code} {self.field}"


R7 = {"REQUIRED", "ROW-INCOMPLETE", "DONE-NO-DATE", "DONE-NO-BENEFIT", "KPI-REQUIRED", "KPI-NO-DETAILS"}  # completeness

CASES = [
    # -- one cell
    Case("REQUIRED", "f4.objectives", {"f4.objectives": ""}),
    Case("REQUIRED", "f4.objectives", {"f4.objectives": " \u200b"}),
    Case("REQUIRED", "f4.objectives", {"f4.objectives": "-"}),
    Case("REQUIRED", "f4.objectives", {"f4.objectives": "N/A"}),
    Case("REQUIRED", "f4.objectives", {"f4.objectives": "ไม่มี"}, [{"f4.objectives": "ไม่มีกระดาษในสำนักงาน"}]),
    Case("REQUIRED", "f3.other", {"f3.source[2]": c.OTHER_SOURCE}, [{"f3.source[2]": "งบกลาง"}]),
    Case("REQUIRED", "f10.provinces", {"f10.scope": c.IN_PROVINCES}, [{"f10.scope": "ทั่วประเทศ"}]),
    Case(
        "REQUIRED",
        "f13.problems[1].problem",
        {"f13.problems[1].problem": "-"},
        [{"f13.problems[1].problem": "ไม่มี"}],
    ),
    Case("REQUIRED", "f13.problems[1].cause", {**A_PROBLEM, "f13.problems[1].cause": ""}, [A_PROBLEM]),
    Case("REQUIRED", "f14.next_steps", {"f14.next_steps": ""}, [DONE]),
    Case(
        "REQUIRED", "f14.schedule", {"f14.schedule": ""}, [{"f14.stage": c.CANCELLED, "f14.schedule": "", **A_PROBLEM}]
    ),
    Case(
        "REQUIRED",
        "f9.recurrent.budget",
        {"f9.recurrent.budget": ""},
        [{**NO_MONEY, **BOTH_KINDS, "f3.source[1]": "งบกลาง"}, NO_MONEY],
    ),
    Case("REQUIRED", "f9.recurrent.disbursed", {"f9.recurrent.disbursed": ""}, [NO_MONEY]),
    Case(
        "REQUIRED",
        "f9.investment.disbursed",
        {**BOTH_KINDS, "f9.investment.disbursed": ""},
        [BOTH_KINDS, {"f9.investment.budget": 0}],
    ),
    Case("ROW-INCOMPLETE", "f5.outputs[2].unit", {"f5.outputs[2].output": "คู่มือ", "f5.outputs[2].quantity": 5}),
    Case(
        "ROW-INCOMPLETE",
        "f8.activities[1].end",
        {"f8.activities[1].activity": "ประชุม", "f8.activities[1].start": date(2025, 10, 1)},
    ),
    Case(
        "ROW-INCOMPLETE",
        "f13.problems[2].problem",
        {
            "f13.problems[2].owner": "กองกลาง",
            "f13.problems[2].cause": "งบล่าช้า",
            "f13.problems[2].recommendation": "เร่ง",
        },
        [{"f13.problems[2].problem": "ไม่มี"}],
    ),
    Case(
        "NOT-NUMBER",
        "f5.outputs[1].quantity",
        {"f5.outputs[1].quantity": "ประมาณ 50"},
        [{"f5.outputs[1].quantity": 50.0}],
    ),
    Case("NOT-NUMBER", "f9.recurrent.disbursed", {"f9.recurrent.disbursed": "1,2"}),
    Case("NOT-NUMBER", "f9.recurrent.budget", {"f9.recurrent.budget": "1.234.567"}),
    Case("NOT-NUMBER", "f14.progress_percent", {"f14.progress_percent": "50-60"}),
    Case(
        "NOT-NUMBER",
        "f7.indicators[1].target",
        {"f7.indicators[1].target": "ดีมาก"},
        [{"f7.indicators[1].target": "ดีมาก", "f7.indicators[1].direction": c.QUALITATIVE}],
    ),
    Case(
        "NOT-NUMBER", "k.result", {"k.result": "ดี"}, [{"k.result": "ดี"}], facts_when_good={"k.direction": c.QUALITATIVE}
    ),
    Case("NOT-NUMBER", "f9.recurrent.disbursed", {"f9.recurrent.disbursed": PercentCell(0.5)}),
    Case("NOT-NUMBER", "k.result", {"k.result": PercentCell(0.85)}, facts={"k.measure": "คน"}),
    Case(
        "UNCLEAR-PERCENT",
        "k.result",
        {"k.result": 0.85},
        [{"k.result": 85}, {"k.result": 0.85}],
        facts_when_good={"k.measure": "ล้านบาท"},
    ),
    Case("UNCLEAR-PERCENT", "f7.indicators[1].result", {"f7.indicators[1].result": 0.85}),
    Case("READ-AS", "k.result", {"k.result": PercentCell(0.85)}),
    Case("READ-AS", "k.result", {"k.result": "31.25 (ร้อยละ)"}),
    Case("READ-AS", "f7.indicators[1].target", {"f7.indicators[1].target": PercentCell(0.9)}),
    Case("READ-AS", "f13.problems[1].problem", {"f13.problems[1].problem": "ไม่มีปัญหา/อุปสรรค"}),
    Case(
        "REQUIRED",
        "f9.recurrent.committed",
        {"f9.recurrent.committed": "-"},
        [{f"f9.investment.{name}": "-" for name in ("act_budget", "budget", "committed", "disbursed")}],
    ),
    Case("UNCLEAR-DATE", "f12.benefits", {"f12.benefits": date(2569, 1, 1)}),
    Case("UNCLEAR-DATE", "f8.start_date", {"f8.start_date": 45931}),
    Case("NOT-DATE", "f8.end_date", {"f8.end_date": "กันยายน 2569"}),
    Case("NOT-DATE", "f8.end_date", {"f8.end_date": "29/2/2568"}, [{"f8.end_date": date(2026, 9, 30)}]),
    Case("NOT-DATE", "f14.actual_end_date", {**DONE, "f14.actual_end_date": "เดือนหน้า"}, [DONE]),
    Case("NOT-CHOICE", "f14.stage", {"f14.stage": "กำลังทำ"}, [{"f14.stage": c.UNDER_WAY}]),
    Case("NOT-CHOICE", "f3.source[1]", {"f3.source[1]": "งบประมาณ"}),
    Case("NOT-CHOICE", "k.not_due", {"k.not_due": "ยัง", "k.result": "", "k.details": ""}),
    Case("NOT-EMAIL", "u.contact_email", {"u.contact_email": "somjai"}, [{"u.contact_email": "a@example.go.th"}]),
    Case(
        "UNKNOWN-PROVINCE",
        "f10.provinces",
        {"f10.scope": c.IN_PROVINCES, "f10.provinces": "เชียงใหญ่"},
        [{"f10.scope": c.IN_PROVINCES, "f10.provinces": "เชียงใหม่"}],
    ),
    Case("OUT-OF-RANGE", "f14.progress_percent", {"f14.progress_percent": 101}, [{"f14.progress_percent": 60}]),
    Case("OUT-OF-RANGE", "f14.progress_percent", {"f14.progress_percent": -1}),
    Case("OUT-OF-RANGE", "f8.planned_q1", {"f8.planned_q1": 150}, [{"f8.planned_q1": 0}]),
    Case(
        "OUT-OF-RANGE",
        "f9.recurrent.disbursed",
        {"f9.recurrent.disbursed": -500},
        last={"f9.recurrent.disbursed": BUDGET},
    ),
    Case("OUT-OF-RANGE", "f9.recurrent.budget", {"f9.recurrent.budget": -500}),
    Case("OUT-OF-RANGE", "f5.outputs[1].quantity", {"f5.outputs[1].quantity": -1}, [{"f5.outputs[1].quantity": 0}]),
    Case("TOO-LONG", "f6.summary", {"f6.summary": "ก" * 3001}, [{"f6.summary": "ก" * 3000}]),
    Case("TOO-LONG", "f11.note", {"f11.note": "ก" * 1001}, [{"f11.note": "ก" * 1000}]),
    Case("TOO-LONG", "k.note", {"k.note": "ก" * 1001}, [{"k.note": "ก" * 1000}]),
    Case("FORMULA", "f9.recurrent.disbursed", {"f9.recurrent.disbursed": FaultyCell("#REF!")}),
    Case("FORMULA", "k.result", {"k.result": FaultyCell("=A1")}),
    Case("FORMULA", "f12.benefits", {"f12.benefits": FaultyCell("")}),  # a formula that shows nothing is no blank
    Case("UNCLEAR-PERCENT", "f14.progress_percent", {"f14.progress_percent": 0.5}, [{"f14.progress_percent": 50}]),
    Case("UNCLEAR-DATE", "f8.end_date", {"f8.end_date": "30/9/69"}),
    Case("UNCLEAR-DATE", "f8.start_date", {"f8.start_date": date(1968, 10, 1)}),
    Case("READ-AS", "f14.progress_percent", {"f14.progress_percent": PercentCell(0.5)}),
    Case("READ-AS", "f9.recurrent.disbursed", {"f9.recurrent.disbursed": "๒,๐๐๐,๐๐๐ บาท"}),
    Case("READ-AS", "f8.end_date", {"f8.end_date": "30 ก.ย. 69"}),
    Case("READ-AS", "f4.objectives", {"f4.objectives": "เพื่อติดตาม "}, [{"f4.objectives": "เพื่อติดตาม"}]),
    # -- dates and plan
    Case(
        "DATES-ORDER",
        "f8.end_date",
        {"f8.start_date": date(2026, 9, 30), "f8.end_date": date(2026, 9, 29)},
        [{"f8.start_date": date(2026, 9, 30), "f8.end_date": date(2026, 9, 30)}],
    ),
    Case(
        "DATES-ORDER",
        "f8.activities[8].end",
        {
            "f8.activities[8].activity": "ประชุม",
            "f8.activities[8].start": date(2026, 1, 2),
            "f8.activities[8].end": date(2026, 1, 1),
        },
    ),
    Case("PLAN-FALLS", "f8.planned_q4", {"f8.planned_q4": 74}, [{"f8.planned_q4": 75}]),
    Case("PLAN-FALLS", "f8.planned_q2", {"f8.planned_q2": 24}, [{"f8.planned_q2": 25}]),
    # -- money
    Case(
        "OVER-BUDGET",
        "f9.recurrent.disbursed",
        {**DONE, "f9.recurrent.disbursed": 4_500_000.01},
        [{**DONE, "f9.recurrent.disbursed": 4_500_000}],
    ),
    Case(
        "OVER-BUDGET",
        "f9.investment.disbursed",
        {"f9.investment.disbursed": 1},
        [{**BOTH_KINDS, "f9.investment.disbursed": 1_000_000}],
    ),
    Case(
        "OVER-COMMITTED",
        "f9.recurrent.committed",
        {"f9.recurrent.committed": 2_500_000.01},
        [{"f9.recurrent.committed": 2_500_000}],
    ),
    Case(
        "OVER-COMMITTED",
        "f9.investment.committed",
        {**BOTH_KINDS, "f9.investment.committed": 500_001},
        [{**BOTH_KINDS, "f9.investment.committed": 500_000}],
    ),
    Case("NO-BUDGET-SPENT", "f9.recurrent.budget", {"f3.source[1]": c.NO_BUDGET}, [NO_MONEY]),
    Case(
        "NO-BUDGET-SPENT",
        "f9.recurrent.budget",
        {**NO_MONEY, "f9.investment.committed": 1},
        [{**NO_MONEY, "f9.investment.budget": 0}],
    ),
    Case(
        "MILLION-BAHT",
        "f9.recurrent.act_budget",
        {"f9.recurrent.act_budget": 4.5},
        [{"f9.recurrent.act_budget": 45_000}, {"f9.recurrent.act_budget": 0}],
        register={"f9.recurrent.act_budget": BUDGET},
    ),
    Case(
        "MILLION-BAHT",
        "f9.recurrent.budget",
        {"f9.recurrent.budget": 4.5, "f9.recurrent.disbursed": 2, "f9.recurrent.committed": 0},
        [{"f9.recurrent.budget": 9_000_000, "f9.recurrent.disbursed": 4_000_000}],
        register={"f9.recurrent.act_budget": BUDGET},
    ),
    Case(
        "MILLION-BAHT",
        "f9.investment.act_budget",
        {"f9.investment.act_budget": 2_000_000_000_000},
        register={"f9.investment.act_budget": Decimal(2_000_000)},
    ),
    # -- stage, schedule, progress
    Case("DONE-NOT-100", "f14.progress_percent", {**DONE, "f14.progress_percent": 99.99}, [DONE]),
    Case("HUNDRED-NOT-DONE", "f14.stage", {**DONE, "f14.stage": c.UNDER_WAY, "f14.next_steps": "ตรวจรับ"}, [DONE]),
    Case("DONE-NO-DATE", "f14.actual_end_date", {**DONE, "f14.actual_end_date": ""}, [DONE]),
    Case("DONE-NO-BENEFIT", "f12.benefits", {**DONE, "f12.benefits": "-"}, [DONE]),
    Case(
        "LATE-NO-PROBLEM",
        "f13.problems[1].problem",
        LATE,
        [{**LATE, **A_PROBLEM}, {"f14.schedule": c.AHEAD}],
    ),
    Case(
        "STOPPED-NO-REASON",
        "f14.stage",
        {"f14.stage": c.SUSPENDED},
        [
            {"f14.stage": c.SUSPENDED, "f14.note": "รอมติคณะรัฐมนตรี"},
            {"f14.stage": c.SUSPENDED, "f13.note": "รอมติคณะรัฐมนตรี"},
            {"f14.stage": c.SUSPENDED, **A_PROBLEM},
        ],
    ),
    Case("STOPPED-NO-REASON", "f14.stage", {"f14.stage": c.CANCELLED}, [{"f14.stage": c.CANCELLED, **A_PROBLEM}]),
    Case("NOT-STARTED-SPENT", "f14.stage", {**WAITING, "f9.recurrent.disbursed": 1000}, [WAITING]),
    Case(
        "BEHIND-SAYS-ON-TIME",
        "f14.schedule",
        {"f14.progress_percent": 49.99},
        [{"f14.progress_percent": 49.99, "f14.schedule": c.LATE, **A_PROBLEM}, {"f14.progress_percent": 50}],
    ),
    Case("BEHIND-SAYS-ON-TIME", "f14.schedule", {"f14.progress_percent": 40, "f14.schedule": c.AHEAD}),
    Case(
        "AHEAD-SAYS-LATE",
        "f14.schedule",
        {"f14.progress_percent": 50, "f14.schedule": c.LATE, **A_PROBLEM},
        [{"f14.progress_percent": 49.99, "f14.schedule": c.LATE, **A_PROBLEM}],
    ),
    Case(
        "PLAN-CHANGED",
        "f8.end_date",
        {"f8.end_date": date(2026, 12, 31)},
        [{"f8.end_date": date(2026, 9, 30)}],
        plan={"f8.end_date": date(2026, 9, 30)},
    ),
    Case(
        "BUDGET-NOT-REGISTER",
        "f9.recurrent.budget",
        {"f9.recurrent.budget": 3_000_001},
        [{"f9.recurrent.budget": 3_000_000}],
        plan={"f9.recurrent.budget": Decimal(3_000_000)},
    ),
    Case(
        "SPEND-FAR-FROM-PROGRESS",
        "f14.progress_percent",
        {"f9.recurrent.disbursed": 899_999},
        [
            {"f9.recurrent.disbursed": 900_000},  # 30 points apart
            {"f9.recurrent.disbursed": 0, "f8.end_date": date(2027, 9, 30)},  # over more than one fiscal year
            NO_MONEY,
        ],
    ),
    Case(
        "SPEND-FAR-FROM-PROGRESS",
        "f14.progress_percent",
        {"f9.recurrent.disbursed": 4_500_000, "f9.recurrent.committed": 0},
    ),
    # -- against last quarter
    Case(
        "FELL",
        "f9.recurrent.disbursed",
        {},
        [{}],
        last={"f9.recurrent.disbursed": Decimal("2000000.01")},
        last_when_good={"f9.recurrent.disbursed": Decimal(2_000_000)},
    ),
    Case(
        "FELL",
        "f9.investment.disbursed",
        BOTH_KINDS,
        last={"f9.investment.disbursed": Decimal(500_001)},
    ),
    Case(
        "FELL",
        "f14.progress_percent",
        {},
        [{}],
        last={"f14.progress_percent": Decimal("50.01")},
        last_when_good={"f14.progress_percent": Decimal(50)},
    ),
    Case(
        "STAGE-WENT-BACK",
        "f14.stage",
        {},
        [{}, DONE],
        last={"f14.stage": c.COMPLETED},
        last_when_good={"f14.stage": c.UNDER_WAY},
    ),
    *(
        Case(
            "SAME-TEXT",
            key,
            {key: "ประชุมแล้ว 2 ครั้ง"},
            [{key: "ประชุมแล้ว 3 ครั้ง"}],
            last={key: "ประชุมแล้ว 2 ครั้ง"},
        )
        for key in ("f11.result_quarter", "f11.result_cumulative")
    ),
    # -- KPIs
    Case(
        "KPI-REQUIRED",
        "k.result",
        {"k.result": "", "k.details": ""},
        [{"k.result": "", "k.details": "", "k.not_due": c.NOT_DUE}, {"k.result": 0}],
    ),
    Case("KPI-REQUIRED", "k.result", {"k.result": "-"}),
    Case("KPI-BOTH", "k.result", {"k.not_due": c.NOT_DUE}),
    Case("KPI-NO-DETAILS", "k.details", {"k.details": ""}),
    Case(
        "KPI-LEVEL", "k.result", {"k.result": 5.5}, [{"k.result": 5}, {"k.result": 1}], facts={"k.direction": c.LEVELS}
    ),
    Case(
        "KPI-LEVEL", "k.result", {"k.result": 0}, [{"k.result": 0}], facts={"k.direction": c.LEVELS}, facts_when_good={}
    ),
    Case("KPI-OVER-100", "k.result", {"k.result": 100.01}, [{"k.result": 100}]),
    Case("KPI-OVER-100", "k.result", {"k.result": 101}, [{"k.result": 101}], facts_when_good={"k.measure": "คน"}),
    *(
        Case(
            "KPI-DIFFERS",
            "k.result",
            {"k.result": result},
            [{"k.result": right} for right in (44, 44.4, 44.44, 44.444)],  # 2 of 4.5 million baht
            computed=DISBURSED,
        )
        for result in (45, 43.9, 44.5, 44.45, 44.43)
    ),
]
GOOD_CASES = [(case, changes) for case in CASES for changes in case.good]
WARNINGS = [n for n, case in enumerate(CASES) if CATALOGUE[case.code].severity is Severity.WARNING]
OF_FILES = ("FILE-", "FORM-", "FIELD-", "FOREIGN-", "ORIGINAL-", "PART", "SHEET-MISSING", "STRAY", "LOCKED-CHANGED")


def test_the_good_return_has_no_findings() -> None:
    """R7, R8: what all the cases start from."""
    result = check(submission())
    assert found(result) == set()
    assert file_outcome(result.findings) == ACCEPTED
    assert result.touched == {PROJECT, KPI, UNIT}
    assert result.entries[PROJECT].number("f9.recurrent.disbursed") == 2_000_000


def test_every_code_that_comes_of_values_has_a_case() -> None:
    """R8: a new code can't be forgotten here."""
    assert {case.code for case in CASES} == {code for code in CATALOGUE if not code.startswith(OF_FILES)}


def test_every_code_has_a_good_case() -> None:
    """R8: a rule that always strikes would pass the bad cases."""
    with_good = {case.code for case in CASES if case.good}
    assert {case.code for case in CASES} - with_good <= {"FORMULA", "UNCLEAR-DATE", "KPI-BOTH", "KPI-NO-DETAILS"}


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: str(CASES[n]))
def test_a_bad_return_has_its_one_finding(number: int) -> None:
    """R7, R8: one finding, at the field, of the catalogue's severity, with all that its words need."""
    case, result = CASES[number], results()["bad"][number]
    assert found(result) == {(case.code, case.field)}
    (finding,) = result.findings
    wording = CATALOGUE[case.code]
    assert finding.severity is wording.severity
    assert file_outcome(result.findings) == (ACCEPTED if finding.severity is Severity.NOTICE else INCOMPLETE)
    form = CURRENT.form_of[case.field]
    owner = {CURRENT.form1: PROJECT, CURRENT.form2: KPI, CURRENT.unit: UNIT}[form]
    assert (finding.project, finding.sheet) == (owner, "แผ่นงาน")
    assert finding.cell == f"D{list(form.fields).index(case.field) + 1}"
    needed = {name for text in (wording.what, wording.fix) for _t, name, _s, _c in Formatter().parse(text) if name}
    assert needed <= {"label", "value", *finding.params}
    for language in LANGUAGES:
        told = words(finding, language)
        assert told.message
        assert told.fix
        assert "{" not in told.message + told.fix


@pytest.mark.parametrize("number", range(len(GOOD_CASES)), ids=lambda n: str(GOOD_CASES[n][0]))
def test_a_return_that_only_just_holds_has_none(number: int) -> None:
    """R7, R8: the near misses."""
    result = results()["good"][number]
    assert found(result) == set()
    assert file_outcome(result.findings) == ACCEPTED


@pytest.mark.parametrize("number", WARNINGS, ids=lambda n: str(CASES[n]))
def test_a_warning_is_confirmed_by_the_note_of_its_section(number: int) -> None:
    """R8: confirmed, shown all the same, and the return is clean."""
    result = results()["confirmed"][number]
    assert [(f.code, f.status) for f in result.findings] == [(CASES[number].code, FindingStatus.CONFIRMED)]
    assert file_outcome(result.findings) == ACCEPTED
    assert count_open(result.findings, Severity.WARNING) == 0


@pytest.mark.parametrize(
    ("note", "text"),
    [("f14.note", ""), ("f14.note", "-"), ("f14.note", " "), ("f9.note", "ยืนยัน"), ("f13.note", "ยืนยัน")],
)
def test_a_warning_stays_open_without_its_own_note(note: str, text: str) -> None:
    """R8: a placeholder or another section's note confirms nothing."""
    result = check(submission({"f14.progress_percent": 40, note: text}))
    assert [(f.code, f.status) for f in result.findings] == [("BEHIND-SAYS-ON-TIME", FindingStatus.OPEN)]
    assert file_outcome(result.findings) == INCOMPLETE


def test_a_note_does_not_confirm_an_error() -> None:
    """R8: errors must be mended."""
    result = check(submission({**LATE, "f13.note": "ไม่มีปัญหาจริง ๆ"}))
    assert [(f.code, f.status) for f in result.findings] == [("LATE-NO-PROBLEM", FindingStatus.OPEN)]


# --- one finding per cause -------------------------------------------------------------------------------------------

SCENES: dict[str, Raw] = {
    "under way": {},
    "both kinds": BOTH_KINDS,
    "done": DONE,
    "late": {**LATE, **A_PROBLEM},
    "suspended": {"f14.stage": c.SUSPENDED, "f14.note": "รอมติ"},
    "not started": WAITING,
    "far": {"f9.recurrent.disbursed": 1_400_000, "f14.progress_percent": 59, **BOTH_KINDS},
    "qualitative": {
        "f7.indicators[1].direction": c.QUALITATIVE,
        "f7.indicators[1].target": "ดีมาก",
        "f7.indicators[1].result": "ดี",
    },
}
EARLIER: dict[str, Value] = {
    "f9.recurrent.disbursed": Decimal(0),
    "f14.progress_percent": Decimal(0),
    "f14.stage": c.NOT_STARTED,
    "f11.result_quarter": "เดิม",
}


def filled(scene: str) -> list[str]:
    """The inputs that a scene fills in."""
    return [
        k for k, value in (ISSUED | GOOD | dict(SCENES[scene])).items() if k in CURRENT.form1.inputs and value != ""
    ]


def with_each(scene: str, changes: Mapping[str, object]) -> dict[str, Found]:
    """What is found where just one answer of the scene is changed, by that answer's field."""
    made = [submission({**SCENES[scene], key: raw}, last=EARLIER, register=ISSUED) for key, raw in changes.items()]
    return {key: found(result) for key, result in zip(changes, check_submissions(made), strict=True)}


@pytest.mark.parametrize("scene", SCENES)
def test_an_unreadable_answer_raises_nothing_else(scene: str) -> None:
    """R8: whatever the answer is needed for, its own fault is all that is said."""
    keys = filled(scene)
    told = with_each(scene, dict.fromkeys(keys, FaultyCell("#N/A")))
    assert told == {key: {("FORMULA", key)} for key in keys}


# What is said besides, or instead, by the manual's own words.
FOLLOWS: dict[tuple[str, str], Found] = {
    **{
        (scene, "f3.source[1]"): {("REQUIRED", "f3.source[1]"), ("NO-BUDGET-SPENT", "f9.recurrent.budget")}
        for scene in SCENES
    },  # "an amount without a source"
    ("done", "f14.stage"): {("REQUIRED", "f14.stage"), ("REQUIRED", "f14.next_steps")},  # due unless completed
    ("suspended", "f14.note"): {("STOPPED-NO-REASON", "f14.stage")},
    **{
        (scene, f"f9.{kind}.budget"): {("OVER-BUDGET", f"f9.{kind}.disbursed")}  # the other kind has the budget
        for scene in ("both kinds", "far")
        for kind in ("recurrent", "investment")
    },
}


@pytest.mark.parametrize("scene", SCENES)
def test_a_blank_answer_raises_nothing_else(scene: str) -> None:
    """R7: a blank is REQUIRED (or its own code) where it is due, and nothing follows from it."""
    for key, told in with_each(scene, dict.fromkeys(filled(scene), "")).items():
        if (scene, key) in FOLLOWS:
            assert told == FOLLOWS[scene, key], key
        else:
            assert told in ({(CURRENT.form1.fields[key].due_code, key)}, set()), key


@pytest.mark.parametrize("scene", SCENES)
def test_a_value_out_of_range_raises_nothing_else(scene: str) -> None:
    """R8: FELL, PLAN-FALLS, OVER-BUDGET … don't follow from an amount below 0 or a per cent over 100."""
    wrong = {key: {FieldKind.MONEY: -1, FieldKind.PERCENT: 101}.get(f.kind) for key, f in CURRENT.form1.inputs.items()}
    told = with_each(scene, {key: raw for key, raw in wrong.items() if raw is not None})
    assert told == {key: {("OUT-OF-RANGE", key)} for key in told}


@pytest.mark.parametrize(
    ("kpi", "expected"),
    [
        ({"k.result": FaultyCell("#N/A")}, {("FORMULA", "k.result")}),
        ({"k.result": FaultyCell("#N/A"), "k.not_due": c.NOT_DUE}, {("FORMULA", "k.result")}),
        ({"k.not_due": FaultyCell("#N/A"), "k.result": "", "k.details": ""}, {("FORMULA", "k.not_due")}),
        ({"k.details": FaultyCell("#N/A")}, {("FORMULA", "k.details")}),
        ({"k.result": 500, "k.not_due": c.NOT_DUE}, {("KPI-BOTH", "k.result"), ("KPI-OVER-100", "k.result")}),
    ],
)
def test_an_unreadable_answer_of_a_kpi_raises_nothing_else(kpi: Raw, expected: Found) -> None:
    """R8: two causes in one cell are told both."""
    assert found(check(submission(kpi=kpi))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"f14.stage": "ยกเลิกแล้ว", "f14.schedule": "", "f14.next_steps": ""}, {("NOT-CHOICE", "f14.stage")}),
        ({"f14.stage": "เสร็จ", "f14.next_steps": ""}, {("NOT-CHOICE", "f14.stage")}),
        (
            {"f3.source[1]": "ไม่ใช้", **dict.fromkeys(AMOUNTS, "")},
            {("NOT-CHOICE", "f3.source[1]")},
        ),
        (
            {"f7.indicators[1].direction": "", "f7.indicators[1].target": "ดีมาก", "f7.indicators[1].result": "ดี"},
            {("REQUIRED", "f7.indicators[1].direction")},
        ),
        (
            {"f7.indicators[1].direction": "คุณภาพ", "f7.indicators[1].target": "ดีมาก", "f7.indicators[1].result": "ดี"},
            {("NOT-CHOICE", "f7.indicators[1].direction")},
        ),
        (
            {
                "f7.indicators[1].direction": "เชิง คุณภาพ",
                "f7.indicators[1].target": "ดีมาก",
                "f7.indicators[1].result": "ดี",
            },
            {("READ-AS", "f7.indicators[1].direction")},
        ),
        ({"f9.recurrent.budget": "", "f9.recurrent.disbursed": ""}, {("REQUIRED", "f9.recurrent.budget")}),
        (
            {"f8.planned_q4": "เต็ม", "f14.progress_percent": 40},
            {("NOT-NUMBER", "f8.planned_q4"), ("BEHIND-SAYS-ON-TIME", "f14.schedule")},
        ),
        (
            {"f3.source[1]": c.NO_BUDGET, "f9.recurrent.act_budget": "มาก"},
            {("NOT-NUMBER", "f9.recurrent.act_budget"), ("NO-BUDGET-SPENT", "f9.recurrent.budget")},
        ),
    ],
)
def test_what_follows_from_one_answer_and_what_does_not(changes: Raw, expected: Found) -> None:
    """R7, R8: consequences are left out, other causes are not."""
    assert found(check(submission(changes))) == expected


# --- closed projects, blank forms ------------------------------------------------------------------------------------

ENDED: dict[str, Value] = {
    "f14.stage": c.COMPLETED,
    "f14.schedule": c.ON_TIME,
    "f14.progress_percent": Decimal(100),
    "f14.actual_end_date": date(2025, 12, 15),
}
ALL_BLANK: Raw = dict.fromkeys(CURRENT.form1.inputs, "")
ENDED_AND_BLANK: Raw = {
    **ALL_BLANK,
    **ENDED,
    "f3.source[1]": c.ANNUAL_BUDGET,
    "f9.recurrent.budget": BUDGET,
    "f9.recurrent.disbursed": 4_400_000,
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({"f9.recurrent.disbursed": ""}, {("REQUIRED", "f9.recurrent.disbursed")}),
        ({"f9.recurrent.budget": ""}, {("REQUIRED", "f9.recurrent.budget")}),
        ({"f9.recurrent.disbursed": 9_000_000}, {("OVER-BUDGET", "f9.recurrent.disbursed")}),
        ({"f9.recurrent.disbursed": 4_000_000}, {("FELL", "f9.recurrent.disbursed")}),
        ({"f11.result_quarter": "เสร็จแล้ว"}, set()),  # may be said again
        ({"f14.stage": c.CANCELLED, "f13.problems[1].problem": c.NONE}, {("STAGE-WENT-BACK", "f14.stage")}),
        ({"f14.progress_percent": "เสร็จ"}, {("NOT-NUMBER", "f14.progress_percent")}),  # what is there must be right
    ],
)
def test_of_a_project_that_ended_earlier_only_the_money_is_asked(changes: Raw, expected: Found) -> None:
    """R7, domain §3: its sheet comes with (14) carried; the rest is optional."""
    last = {**ENDED, "f9.recurrent.disbursed": Decimal(4_400_000), "f11.result_quarter": "เสร็จแล้ว"}
    made = submission({**ENDED_AND_BLANK, **changes}, last=last, issued=ENDED, closed=True)
    assert found(check(made)) == expected


def test_a_project_that_goes_on_is_asked_for_everything_that_is_due() -> None:
    """R7: an empty sheet lists each answer that is always due, once."""
    told = found(check(submission(ALL_BLANK)))
    due = {("REQUIRED", key) for key, f in CURRENT.form1.inputs.items() if f.due is not None and f.due.test == "always"}
    assert told == due | {("REQUIRED", "f14.schedule"), ("REQUIRED", "f14.next_steps")}


def as_issued(**more: Value) -> Submission:
    """A return of a form in which nobody has typed anything."""
    facts = ISSUED | {key.replace("__", "."): value for key, value in more.items()}
    cells = raw_entry(CURRENT.form1, facts)
    return Submission(QUARTER, {PROJECT: cells}, {}, [PROJECT], [], {PROJECT: facts})


@pytest.mark.parametrize(
    ("key", "raw", "blank"),
    [
        ("f4.objectives", "", True),
        ("f4.objectives", " ", True),
        ("f9.recurrent.budget", 4_500_000.0, True),
        ("f8.start_date", date(2025, 10, 1), True),
        ("f4.objectives", "เพื่อติดตาม", False),
        ("f9.recurrent.budget", "", False),  # emptied is changed
        ("f9.recurrent.budget", 4_500_001.0, False),
        ("f14.progress_percent", "ประมาณ 50", False),  # what can't be read has been typed all the same
        ("f14.progress_percent", 0.5, False),
        ("f14.stage", "กำลังทำ", False),
        ("f9.recurrent.disbursed", FaultyCell("#REF!"), False),
    ],
)
def test_a_form_is_blank_where_no_input_differs_from_what_was_issued(key: str, raw: object, blank: bool) -> None:
    """R7, FORM-BLANK."""
    made = as_issued()
    cells = made.projects[PROJECT].cells
    cells[key] = cells[key]._replace(value=raw)
    assert check(made).touched == (set() if blank else {PROJECT})


def test_a_carried_fraction_of_a_per_cent_is_not_asked_about_again() -> None:
    """R5, R8: 0.5 % was typed with its sign once; carried into the next form it is a bare 0.5."""
    result = check(as_issued(f8__planned_q1=Decimal("0.5")))
    assert ("UNCLEAR-PERCENT", "f8.planned_q1") not in found(result)
    assert PROJECT not in result.entries  # untouched is no answer
    assert not result.touched
    changed = submission({"f8.planned_q1": 0.4}, issued={"f8.planned_q1": Decimal("0.5")})
    assert found(check(changed)) == {("UNCLEAR-PERCENT", "f8.planned_q1")}


# --- many at a time --------------------------------------------------------------------------------------------------


def test_returns_that_are_checked_together_get_each_their_own_findings() -> None:
    """R7, R8: two failures in one row and in one column come back at the right rows of the right returns."""
    expected: list[Found] = []
    made: list[Submission] = []
    for case in [case for case in CASES for _twice in range(2)]:
        made += [submission(), case.submission(case.bad)]
        expected += [set(), {(case.code, case.field)}]
    two = submission(
        {"f14.progress_percent": 101, "f6.summary": "ก" * 3001, "f9.recurrent.committed": 2_600_000},
        {"k.details": "", "k.result": 101},
    )
    made.append(two)
    expected.append(
        {
            ("OUT-OF-RANGE", "f14.progress_percent"),
            ("TOO-LONG", "f6.summary"),
            ("OVER-COMMITTED", "f9.recurrent.committed"),
            ("KPI-NO-DETAILS", "k.details"),
            ("KPI-OVER-100", "k.result"),
        }
    )
    assert [found(result) for result in check_submissions(made)] == expected


HALF: Mapping[str, Value] = {"f9.recurrent.budget": BUDGET, "f9.recurrent.disbursed": BUDGET / 2}
DONE_ELSEWHERE: Mapping[str, Value] = {"f14.stage": c.COMPLETED}


@pytest.mark.parametrize(
    ("computation", "elsewhere", "right", "wrong"),
    [
        (Computation.DISBURSED_PLAN, HALF, ["47.22", "47.2", "47"], ["47.23", "47.3", "48"]),  # 4.25 of 9 million
        (Computation.COMPLETED_PLAN, DONE_ELSEWHERE, ["1"], ["0", "2"]),
        (Computation.COMPLETED_SHARE_PLAN, DONE_ELSEWHERE, ["50"], ["49", "51", "50.1", "50.01"]),
    ],
)
def test_what_counts_of_other_units_goes_into_the_figure_of_a_plan(
    computation: Computation, elsewhere: Mapping[str, Value], right: list[str], wrong: list[str]
) -> None:
    """R8: the file's own answers and those that count already; while any is unknown, nothing is said."""
    source = ComputedFrom(computation, (PROJECT, "P900"), {"P900": elsewhere})
    for texts, expected in ((right, set()), (wrong, {("KPI-DIFFERS", "k.result")})):
        for text in texts:
            assert found(check(submission(kpi={"k.result": float(text)}, computed=source))) == expected, text
    unknown = [dataclasses.replace(source, known={}), dataclasses.replace(source, known={"P900": {}})]
    for source in unknown if computation is not Computation.DISBURSED_PLAN else unknown[:1]:
        assert found(check(submission(kpi={"k.result": float(wrong[0])}, computed=source))) == set()


@pytest.mark.parametrize(
    ("disbursed", "result", "differs"),
    [
        (Decimal("2047500"), 45, False),  # 45.5 per cent
        (Decimal("2047505"), 45, True),
        (Decimal("2022750"), 45, False),  # 44.95
        (Decimal("2022750"), 44.9, False),
        (Decimal("2022755"), 44.9, True),
        (Decimal("2025225"), 45, False),  # 45.005
        (Decimal("2025225"), 45.01, False),
        (Decimal("2025765"), 45.01, True),  # 45.017
    ],
)
def test_a_result_differs_by_more_than_half_of_its_last_decimal(
    disbursed: Decimal, result: float, differs: bool
) -> None:
    """R8: whichever way the half is rounded; and while (9) is told in part, nothing is said."""
    changed = {"f9.recurrent.disbursed": disbursed}
    made = submission(changed, {"k.result": result}, computed=DISBURSED)
    assert found(check(made)) == ({("KPI-DIFFERS", "k.result")} if differs else set())
    untold = submission({"f9.recurrent.disbursed": ""}, {"k.result": result}, computed=DISBURSED)
    assert ("KPI-DIFFERS", "k.result") not in found(check(untold))


def test_what_a_file_leaves_untouched_is_taken_from_the_one_that_has_it() -> None:
    """R8: a unit's project and its KPI may come in two files."""
    source = dataclasses.replace(DISBURSED, known={PROJECT: HALF})
    blank = dict.fromkeys(GOOD.keys() - ISSUED.keys(), "")
    for result, expected in ((50, set()), (44.44, {("KPI-DIFFERS", "k.result")})):
        assert found(check(submission(blank, {"k.result": result}, computed=source))) - {("PART", "")} == expected


def test_projects_of_one_return_get_each_their_own_findings() -> None:
    """R7, R8: projects as they are asked for; in each the worst first, then as the form goes."""
    facts = dict.fromkeys(("P1", "P2", "P3"), ISSUED)
    entries = {
        "P1": raw_entry(
            CURRENT.form1, ISSUED, GOOD, {"f14.progress_percent": 40, "f4.objectives": "", "f6.summary": "-"}
        ),
        "P2": raw_entry(CURRENT.form1, ISSUED, GOOD),
        "P3": raw_entry(CURRENT.form1, ISSUED, GOOD, {"f9.recurrent.disbursed": "2,000,000", "f14.stage": ""}),
    }
    result = check(Submission(QUARTER, entries, {}, ["P3", "P1", "P2"], [], facts))
    assert [(f.project, f.code, f.field) for f in result.findings] == [
        ("P3", "REQUIRED", "f14.stage"),
        ("P3", "READ-AS", "f9.recurrent.disbursed"),
        ("P1", "REQUIRED", "f4.objectives"),
        ("P1", "REQUIRED", "f6.summary"),
        ("P1", "BEHIND-SAYS-ON-TIME", "f14.schedule"),
    ]


def test_nothing_to_check_gives_nothing() -> None:
    """R6: an empty inbox."""
    assert check_submissions([]) == []
    (result,) = check_submissions([Submission(1, {}, {}, [], [], {})])
    assert (result.findings, result.touched) == ([], set())


def test_a_lost_column_is_said_cell_by_cell_and_fills_no_row() -> None:
    """R7: one finding per cause; rows that are blank are not incomplete because a column is gone."""
    whole = submission()
    entry = whole.projects[PROJECT]
    lost = {key for key in entry.cells if key.startswith("f5.outputs[") and key.endswith(".quantity")}
    cells = {key: cell for key, cell in entry.cells.items() if key not in lost}
    broken = dataclasses.replace(whole, projects={PROJECT: RawEntry(entry.sheet, cells)})
    (checked,) = check_submissions([broken])
    found = {(f.code, f.field) for f in checked.findings if f.field.startswith("f5.")}
    assert found == {("FIELD-MISSING", key) for key in lost}


@pytest.mark.parametrize("form", CURRENT.forms, ids=lambda form: form.name)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_form_is_written_by_the_failures_that_ingest_reports(form: Form, seed: int) -> None:
    draw = Random(seed)
    amounts = [Decimal(-1), Decimal(20), Decimal(101), Decimal(5_000_000)]
    words: list[Any] = [None, UNREAD, "ย" * 4000, c.NONE, c.COMPLETED, c.LATE, c.OTHER_SOURCE, "85"]
    by_kind: dict[FieldKind, list[Any]] = {FieldKind.DATE: [None, UNREAD, date(2025, 10, 1), date(2026, 9, 30)]}
    by_kind |= {kind: [None, UNREAD, *amounts] for kind in (FieldKind.MONEY, FieldKind.PERCENT, FieldKind.NUMBER)}
    subjects = [
        Subject(
            {key: draw.choice([*by_kind.get(f.kind, words), *f.choices[:2]]) for key, f in form.inputs.items()},
            draw.randint(1, 4),
            draw.random() < 0.2,
        )
        for _number in range(25)
    ]
    rules = rules_of(form)
    table = build_table(form, subjects, compared(rules))
    reported = {(one.row, one.code, one.field) for one in validate(form, rules, table)}
    assert failing(form, rules, table) == reported
    assert len({code for _row, code, _field in reported}) >= (4 if form is CURRENT.form1 else 1)
