"""What an office goes through in a year, from the command line; the books agree with a list kept by hand.

Everything expected stands here as figures that somebody has written down: nothing of it is asked of the product.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.registerbook import write_register
from plan_tracker.values import Value
from tests.desk import PLANS, Desk, Typed, codes

Q1, Q2, Q3, Q4 = (Period(2569, quarter) for quarter in (1, 2, 3, 4))
Tables = dict[str, list[dict[str, Value]]]
UNTIL = date(2027, 9, 30)
SLOW = "ผู้รับจ้างส่งงานช้า (ตัวอย่าง)"
SHORT = "บุคลากรไม่พอ (ตัวอย่าง)"
SMALL = ("P08", "P09")  # two that become one


def unit(code: str, name: str) -> dict[str, Value]:
    return {
        "code": code,
        "name": f"{name} (ตัวอย่าง)",
        "letter_type": "memo",
        "unit_type": "division",
        "addressee": "ผอ.",
    }


def project(code: str, owner: str, baht: int, *, kind: str = "recurrent", until: int = 2027) -> dict[str, Value]:
    """A project of ``baht``, planned at a fifth each quarter, or, ``until`` 2026, at a quarter."""
    money: dict[str, Value] = {f"f9.{kind}.act_budget": Decimal(baht), f"f9.{kind}.budget": Decimal(baht)}
    step = 25 if until == 2026 else 20
    return {
        "code": code,
        "name": f"โครงการที่ {code[-1]} (ตัวอย่าง)",
        "plans": "ops",
        "unit": owner,
        "f3.source[1]": c.ANNUAL_BUDGET if baht else c.NO_BUDGET,
        "f8.start_date": date(2025, 10, 1),
        "f8.end_date": date(until, 9, 30),
        **{f"f8.planned_q{quarter}": Decimal(step * quarter) for quarter in (1, 2, 3, 4)},
        **(money if baht else {}),
    }


def kpi(code: str, owner: str) -> dict[str, Value]:
    said = {"code": code, "name": f"ตัวชี้วัดที่ {code[-1]} (ตัวอย่าง)", "plan": "ops", "unit": owner}
    return {**said, "measure": "ชุด", "direction": c.HIGHER, "target": Decimal(100)}


REGISTER: Tables = {
    "plans": [dict(PLANS[0])],
    "units": [unit("AA", "กองกลาง"), unit("BB", "กองกฎหมาย"), unit("CC", "กองดิจิทัล"), unit("DD", "กลุ่มข้อมูล")],
    "projects": [
        project("P01", "AA", 1_000_000),
        project("P02", "AA", 500_000),
        project("P03", "BB", 800_000),
        project("P04", "BB", 0),
        project("P05", "DD", 2_000_000, kind="investment"),
        project("P06", "CC", 200_000, until=2026),
    ],
    "kpis": [kpi("K01", "AA"), kpi("K02", "DD")],
}


@dataclass(frozen=True)
class Book:
    """What is written down of a quarter.

    ``paid``: baht by project, None where it has no money or has told nothing; of what was cancelled, its last.
    ``problems`` by project, with the quarters in which they were told; ``answers``: how each answer stands that a unit
    was asked for.
    """

    paid: Mapping[str, int | None]
    total: int
    budget: int
    answers: Mapping[str, Mapping[str, str]]
    problems: Mapping[str, tuple[str, str]]
    missing: tuple[str, ...] = ()


class Office:
    """The officer's desk, with the register as it is kept."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root, date(2026, 1, 5))
        self.register = deepcopy(REGISTER)

    def run(self, *words: str, expect: int = 0) -> dict[str, Any]:
        return self.desk.run(*words, expect=expect)

    def row(self, table: str, code: str) -> dict[str, Value]:
        return next(row for row in self.register[table] if row["code"] == code)

    def load(self, *words: str) -> set[tuple[str, str, str]]:
        """Loads the register; gives kind, code and field of each change."""
        write_register(self.desk.root / "register.xlsx", self.register)
        return {(one["kind"], one["code"], one["field"]) for one in self.run("register", "load", *words)["changes"]}

    def begin(self, quarter: Period, day: date) -> set[str]:
        """Issues the quarter's forms; gives the units that got one."""
        self.desk.today = day
        return {form["unit"] for form in self.run("issue-forms", quarter.name)["forms"]}

    def answers(self, owner: str, quarter: Period, paid: Mapping[str, int], **problems: str) -> Typed:
        """Good answers of a unit, with ``paid`` baht by project and a problem where ``problems`` names one."""
        typed = self.desk.answers(owner, quarter)
        for code in self.desk.newest_form(owner, quarter).projects:
            said = answered(quarter.quarter, problems.get(code, c.NONE), done=code == "P06" and quarter == Q4)
            if paid.get(code):
                kind = "investment" if code == "P05" else "recurrent"
                said |= {f"f9.{kind}.disbursed": paid[code], f"f9.{kind}.committed": 0}
            if code == "P06":
                said |= {"f14.progress_percent": 25 * quarter.quarter}
            typed |= {f"{code}/{key}": value for key, value in said.items()}
        return typed

    def send(
        self,
        owner: str,
        quarter: Period,
        paid: Mapping[str, int],
        name: str = "",
        changes: Typed | None = None,
        **problems: str,
    ) -> None:
        typed = {**self.answers(owner, quarter, paid, **problems), **(changes or {})}
        path = self.desk.form_path(owner, quarter)
        self.desk.send_back(owner, typed, form=path, name=name or f"{quarter}-{owner}.xlsx")

    def ingest(self, expect: int = 0) -> dict[str, tuple[str, set[tuple[str, str, str]]]]:
        """What became of each file, and what was found in it."""
        return {file["file"]: (file["outcome"], codes(file)) for file in self.run("ingest", expect=expect)["files"]}

    def agrees(self, quarter: Period, book: Book) -> None:
        """Board, report, master workbook, trace and problems say what the hand-kept book says."""
        name = quarter.name
        told = self.run("status", name, "--year", "2569")["units"]
        assert {u["unit"]: _without_cover(u) for u in told} == book.answers
        made = self.desk.report(name, "--xlsx", "--year", "2569")
        assert [report["missing"] for report in made["reports"]] == [list(book.missing)]
        rows = [row for row in self.rows(made["workbook"]) if row["quarter"] == quarter.quarter]
        asked = {(u, code) for u, codes in book.answers.items() for code in codes if code.startswith("P")}
        assert {row["project_code"]: row["disbursed"] for row in rows} == dict(book.paid)
        assert asked <= {(row["unit_code"], row["project_code"]) for row in rows}
        [totals] = self.run("trace", name, "ops", "--year", "2569")["totals"]
        figures = {one["figure"]: one for one in totals["figures"]}
        assert Decimal(figures["disbursed"]["total"]) == book.total
        assert Decimal(figures["budget"]["total"]) == book.budget
        assert sum(row["disbursed"] or 0 for row in rows) == book.total
        assert tuple(totals["missing"]) == book.missing
        problems = self.run("problems", name, "--year", "2569")["problems"]
        assert {one["project"]: (one["state"], " ".join(one["quarters"])) for one in problems} == book.problems

    def rows(self, workbook: str) -> list[dict[str, Any]]:
        """The projects' rows of the master workbook, by the columns' keys."""
        head, _titles, *rows = load_workbook(self.desk.root / workbook, read_only=True)["โครงการ"].values
        return [dict(zip(map(str, head), row, strict=True)) for row in rows if row[0]]

    def letters(self, quarter: Period) -> dict[str, str]:
        """The units that each kind of letter of the quarter stands ready for."""
        found: dict[str, list[str]] = {}
        for one in self.run("letters", "list", quarter.name)["letters"]:
            if one["state"] != "withdrawn":
                found.setdefault(one["kind"], []).append(one["unit"])
        return {kind: " ".join(sorted(units)) for kind, units in found.items()}

    def codes_of(self, code: str) -> list[str]:
        return list(self.run("register", "history", code)["codes"])


def _without_cover(told: Mapping[str, Any]) -> dict[str, str]:
    return {one["project"]: one["state"] for one in told["answers"] if one["project"] != told["unit"]}


def answered(quarter: int, problem: str, *, done: bool) -> dict[str, Value | int | None]:
    has_problem = problem != c.NONE
    return {
        "f7.indicators[1].result": 25 * quarter,
        "f12.benefits": "ใช้งานได้จริง (ตัวอย่าง)" if done else None,
        "f13.problems[1].problem": problem,
        "f13.problems[1].cause": "ขั้นตอนนาน (ตัวอย่าง)" if has_problem else None,
        "f13.problems[1].recommendation": "เร่งรัด (ตัวอย่าง)" if has_problem else None,
        "f13.problems[1].owner": None,
        "f14.stage": c.COMPLETED if done else c.UNDER_WAY,
        "f14.schedule": c.ON_TIME,
        "f14.progress_percent": 20 * quarter,
        "f14.actual_end_date": date(2026, 9, 30) if done else None,
        "f14.next_steps": None if done else f"ดำเนินการต่อจากไตรมาสที่ {quarter} (ตัวอย่าง)",
    }


def test_a_year_of_an_office(tmp_path: Path) -> None:
    """Quarter by quarter, so that each stands on what the ones before have left."""
    office = Office(tmp_path / "สำนักงาน")
    office.run("init", str(office.desk.root))
    first_quarter(office)
    second_quarter(office)
    third_quarter(office)
    fourth_quarter(office)
    next_year(office)


Q1_BOOK = Book(
    {"P01": 200_000, "P02": 100_000, "P03": 150_000, "P04": None, "P05": None, "P06": 50_000},
    total=500_000,
    budget=2_500_000,
    answers={
        "AA": {"P01": "clean", "P02": "clean", "K01": "clean"},
        "BB": {"P03": "clean", "P04": "clean"},
        "CC": {"P06": "clean"},
        "DD": {"P05": "missing", "K02": "missing"},
    },
    problems={"P03": ("new", "q1"), "P04": ("new", "q1")},
    missing=("DD",),
)
Q1_WITH_DD = replace(
    Q1_BOOK,
    paid={**Q1_BOOK.paid, "P05": 400_000},
    total=900_000,
    budget=4_500_000,
    answers={**Q1_BOOK.answers, "DD": {"P05": "clean", "K02": "clean"}},
    missing=(),
)
Q1_FROM_Q2 = replace(Q1_WITH_DD, problems={"P03": ("new", "q1"), "P14": ("new", "q1")})  # by the codes of now
Q1_CORRECTED = replace(
    Q1_FROM_Q2,
    paid={**Q1_WITH_DD.paid, "P01": 250_000},
    total=950_000,
    answers={**Q1_WITH_DD.answers, "AA": {"P01": "waived", "P02": "clean", "K01": "clean"}},
)


def first_quarter(office: Office) -> None:
    """DD sends its return when the report may be published already."""
    assert office.load() == set()
    assert office.begin(Q1, date(2026, 1, 5)) == {"AA", "BB", "CC", "DD"}
    office.send("AA", Q1, {"P01": 200_000, "P02": 100_000})
    office.send("BB", Q1, {"P03": 150_000}, P03=SLOW, P04=SHORT)
    office.send("CC", Q1, {"P06": 50_000})
    assert {outcome for outcome, _found in office.ingest().values()} == {"accepted"}
    office.agrees(Q1, Q1_BOOK)
    office.desk.today = date(2026, 1, 20)
    assert [letter["unit"] for letter in office.run("remind", "q1")["letters"]] == ["DD"]
    office.desk.permit("q1")
    office.send("DD", Q1, {"P05": 400_000}, "หลังปิด.xlsx")
    assert office.ingest(expect=1) == {"หลังปิด.xlsx": ("rejected", {("FORM-PERIOD", "", "")})}
    office.agrees(Q1, Q1_BOOK)
    drafted = {"L1": "AA BB CC DD", "L5": "monitoring strategy", "L6": "executives"}
    assert office.letters(Q1) == drafted | {"L2": "DD", "L10": "DD"}
    office.run("review", "reopen", "q1", "--because", "รับรายงานของกลุ่มข้อมูล (ตัวอย่าง)")
    office.send("DD", Q1, {"P05": 400_000}, "เปิดอีกครั้ง.xlsx")
    assert office.ingest() == {"เปิดอีกครั้ง.xlsx": ("accepted", set())}
    office.agrees(Q1, Q1_WITH_DD)
    assert office.letters(Q1) == drafted  # what asked for the return is withdrawn, as is what refused it


Q2_BOOK = Book(
    {
        "P01": 500_000,
        "P02": 200_000,
        "P03": 300_000,
        "P14": None,
        "P05": 800_000,
        "P06": 100_000,
        "P07": 60_000,
        "P08": 10_000,
        "P09": 20_000,
    },
    total=1_990_000,
    budget=5_100_000,
    answers={
        "AA": {"P01": "clean", "P02": "clean", "K01": "clean"},
        "BB": {"P14": "clean"},
        "CC": {"P03": "clean", "P06": "clean", "P07": "clean", "P08": "clean", "P09": "clean"},
        "DD": {"P05": "clean", "K02": "clean"},
    },
    problems={"P03": ("continuing", "q1 q2"), "P14": ("solved", "q1")},
)


def second_quarter(office: Office) -> None:
    """P07, P08 and P09 are added, P03 moves to CC, P04 goes on as P14, 200,000 baht go from P02 to P01."""
    office.register["projects"] += [project("P07", "CC", 400_000), *(project(code, "CC", 100_000) for code in SMALL)]
    office.row("projects", "P03")["unit"] = "CC"
    office.row("projects", "P04").update(code="P14", former_code="P04")
    office.row("projects", "P01")["f9.recurrent.budget"] = Decimal(1_200_000)
    office.row("projects", "P02")["f9.recurrent.budget"] = Decimal(300_000)
    assert office.load() == {
        *(("added", code, "code") for code in ("P07", *SMALL)),
        ("moved", "P03", "unit"),
        ("renamed", "P14", "code"),
        ("changed", "P01", "f9.recurrent.budget"),
        ("changed", "P02", "f9.recurrent.budget"),
    }
    assert office.codes_of("P04") == ["P04", "P14"]
    assert office.begin(Q2, date(2026, 4, 2)) == {"AA", "BB", "CC", "DD"}
    office.agrees(Q1, Q1_FROM_Q2)
    issued = office.desk.newest_form("AA", Q2).values
    assert (issued["P01"]["f9.recurrent.budget"], issued["P02"]["f9.recurrent.budget"]) == (
        Decimal(1_200_000),
        Decimal(300_000),
    )
    two_hands(office)
    office.send("BB", Q2, {})
    paid = {"P03": 300_000, "P06": 100_000, "P07": 60_000, "P08": 10_000, "P09": 20_000}
    office.send("CC", Q2, paid, P03=SLOW)
    office.send("DD", Q2, {"P05": 800_000})
    assert {outcome for outcome, _found in office.ingest().values()} == {"accepted"}
    office.agrees(Q2, Q2_BOOK)
    earlier_forms(office)
    office.agrees(Q1, Q1_CORRECTED)
    office.agrees(Q2, Q2_BOOK)
    assert office.letters(Q2) == {"L1": "AA BB CC DD"}


def two_hands(office: Office) -> None:
    """AA's form comes back in two files, half of it in each."""
    answers = office.answers("AA", Q2, {"P01": 500_000, "P02": 200_000})
    form = office.desk.form_path("AA", Q2)
    for name, mine in (("มือหนึ่ง.xlsx", ("AA", "P01")), ("มือสอง.xlsx", ("AA", "P02", "K01"))):
        half = {key: value for key, value in answers.items() if key.partition("/")[0] in mine}
        office.desk.send_back("AA", half, form=form, name=name)
    assert office.ingest() == {"มือหนึ่ง.xlsx": ("accepted", set()), "มือสอง.xlsx": ("accepted", set())}
    came_in = {code: office.run("trace", "q2", code)["file"] for code in ("P01", "P02", "K01")}
    assert came_in == {"P01": "มือหนึ่ง.xlsx", "P02": "มือสอง.xlsx", "K01": "มือสอง.xlsx"}


def earlier_forms(office: Office) -> None:
    """BB fills in last quarter's form by mistake; AA corrects what it said of Q1."""
    office.send("BB", Q1, {"P03": 160_000}, "แบบเก่า.xlsx", P03=SLOW, P04=SHORT)
    office.send("AA", Q1, {"P01": 250_000, "P02": 100_000}, "แก้ไตรมาส 1.xlsx")
    assert office.ingest(expect=1) == {
        "แบบเก่า.xlsx": ("incomplete", {("FORM-EARLIER", "P03", "")}),
        "แก้ไตรมาส 1.xlsx": ("incomplete", {("FORM-EARLIER", "P01", "")}),
    }
    office.agrees(Q1, Q1_FROM_Q2)
    office.run("inbox", "decline", "แบบเก่า.xlsx", "--because", "แบบของไตรมาสก่อน (ตัวอย่าง)")
    office.run("accept", "q1", "AA", "--because", "ฎีกาลงบัญชีย้อนหลัง (ตัวอย่าง)")
    assert office.run("status")["undecided"] == []


Q3_BOOK = Book(
    {
        "P01": 750_000,
        "P02": 200_000,
        "P03": 450_000,
        "P14": None,
        "P05": 1_200_000,
        "P06": 150_000,
        "P07": 120_000,
        "P10": 45_000,
    },
    total=2_915_000,
    budget=5_100_000,
    answers={
        "AA": {"P01": "clean", "K01": "clean"},
        "BB": {"P14": "clean"},
        "CC": {"P03": "clean", "P05": "clean", "P06": "clean", "P07": "clean", "P10": "clean", "K02": "clean"},
    },
    problems={"P03": ("solved", "q1 q2"), "P05": ("new", "q3")},
)


def third_quarter(office: Office) -> None:
    """P02 is cancelled, P07 gets what it had left; P08 and P09 become P10, DD goes to CC; K01's target is raised."""
    office.register["projects"] = [row for row in office.register["projects"] if row["code"] not in SMALL]
    office.register["projects"].append({**project("P10", "CC", 200_000), "former_code": ", ".join(SMALL)})
    over: dict[str, Value] = {"state_date": date(2026, 5, 10), "state_reason": "ปรับแผน (ตัวอย่าง)"}
    office.row("projects", "P02").update(over, state="cancelled")
    office.row("projects", "P02")["f9.recurrent.budget"] = Decimal(200_000)
    office.row("projects", "P07")["f9.recurrent.budget"] = Decimal(500_000)
    office.row("units", "DD").update(over, state="merged")
    office.row("units", "CC")["former_code"] = "DD"
    office.row("projects", "P05")["unit"] = office.row("kpis", "K02")["unit"] = "CC"
    office.row("kpis", "K01")["target"] = Decimal(120)
    changes = office.load()
    assert {
        ("merged", "CC", "code"),
        ("merged", "P10", "code"),
        ("moved", "P05", "unit"),
        ("moved", "K02", "unit"),
    } <= changes
    assert {("changed", "K01", "target"), ("changed", "P02", "state"), ("changed", "DD", "state")} <= changes
    assert office.begin(Q3, date(2026, 7, 3)) == {"AA", "BB", "CC"}
    office.agrees(Q2, Q2_BOOK)
    office.send("AA", Q3, {"P01": 750_000})
    office.send("BB", Q3, {})
    paid = {"P03": 450_000, "P05": 1_200_000, "P06": 150_000, "P07": 120_000, "P10": 45_000}
    office.send("CC", Q3, paid, P05=SHORT)
    assert {outcome for outcome, _found in office.ingest().values()} == {"accepted"}
    office.agrees(Q3, Q3_BOOK)
    assert (office.codes_of("DD"), office.codes_of("P10")) == (["DD", "CC"], ["P08", "P09", "P10"])
    assert office.letters(Q3) == {"L1": "AA BB CC"}


Q4_BOOK = Book(
    {
        "P01": 1_000_000,
        "P02": 200_000,
        "P03": 600_000,
        "P14": None,
        "P05": 1_600_000,
        "P06": 200_000,
        "P07": 180_000,
        "P10": 90_000,
    },
    total=3_870_000,
    budget=5_100_000,
    answers={
        "AA": {"P01": "clean", "K01": "clean"},
        "CC": {"P03": "clean", "P05": "clean", "P06": "clean", "P07": "clean", "P10": "clean", "K02": "clean"},
    },
    problems={"P05": ("solved", "q3")},
)
Q4_TAKEN_IN = replace(
    Q4_BOOK,
    paid={**{code: paid for code, paid in Q4_BOOK.paid.items() if code != "P07"}, "P03": 780_000},
    answers={
        "AA": {"P01": "clean", "K01": "clean"},
        "CC": {"P03": "clean", "P05": "clean", "P06": "clean", "P10": "clean", "K02": "clean"},
    },
)


def fourth_quarter(office: Office) -> None:
    """P14 is cancelled while its form is out; P03's end is put off, which is approved, and P01's, which is not.

    When all has come P03 takes P07 in; CC does not answer anew.
    """
    assert office.begin(Q4, date(2026, 10, 2)) == {"AA", "BB", "CC"}
    over: dict[str, Value] = {"state_date": date(2026, 9, 30), "state_reason": "ยุติ (ตัวอย่าง)"}
    office.row("projects", "P14").update(over, state="cancelled")
    office.load()
    later: Typed = {"f8.end_date": date(2028, 9, 30), "f8.note": "ขยายเวลา (ตัวอย่าง)"}
    office.send("AA", Q4, {"P01": 1_000_000}, changes={f"P01/{key}": value for key, value in later.items()})
    paid = {"P03": 600_000, "P05": 1_600_000, "P06": 200_000, "P07": 180_000, "P10": 90_000}
    office.send("CC", Q4, paid, changes={f"P03/{key}": value for key, value in later.items()})
    assert {outcome for outcome, _found in office.ingest().values()} == {"accepted"}
    office.run("plan", "approve", "q4", "P03", "--because", "คณะกรรมการเห็นชอบ (ตัวอย่าง)")
    office.agrees(Q4, Q4_BOOK)
    office.row("projects", "P07").update(over, state="merged")
    office.row("projects", "P03").update({"former_code": "P07", "f9.recurrent.budget": Decimal(1_300_000)})
    assert ("merged", "P03", "code") in office.load()
    office.run("issue-forms", "q4", "--unit", "CC")
    office.agrees(Q4, Q4_TAKEN_IN)
    [made] = office.run("report", "year-end")["reports"]
    assert made["missing"] == []
    told = office.run("problems", "year-end")["problems"]  # as in its report, also those that are long over
    assert {one["project"]: " ".join(one["quarters"]) for one in told} == {"P03": "q1 q2", "P14": "q1", "P05": "q3"}


def next_year(office: Office) -> None:
    """P06 is done, P02 and P14 are cancelled; P07 is in P03; the others go on, to the ends that are approved."""
    begun = office.run("new-year", "2570", expect=1)  # reports of the old year are still to be approved
    assert begun["projects"] == ["P01", "P03", "P05", "P10"]
    assert (begun["kpis"], begun["left"]) == (["K01", "K02"], ["P02", "P14", "P06", "P07"])
    book = load_workbook(office.desk.root / "register.xlsx")
    sheet = book["ตัวชี้วัด"]
    place = [cell.value for cell in sheet[2]].index("target") + 1
    assert sheet.cell(3, place).value is None
    for line in (3, 4):
        sheet.cell(line, place, 130)
    book.save(office.desk.root / "register.xlsx")
    office.run("register", "load")
    first = Period(2570, 1)
    assert office.begin(first, date(2026, 11, 2)) == {"AA", "CC"}
    known = {**office.desk.newest_form("AA", first).values, **office.desk.newest_form("CC", first).values}
    ends = {code: known[code]["f8.end_date"] for code in ("P01", "P03", "P05", "P10")}
    assert ends == {"P01": UNTIL, "P03": date(2028, 9, 30), "P05": UNTIL, "P10": UNTIL}
    assert all("f9.recurrent.budget" not in known[code] and "f8.planned_q1" not in known[code] for code in ends)
    office.agrees(Q4, Q4_TAKEN_IN)
