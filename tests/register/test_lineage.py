"""History follows what is renamed, moved or merged (R23): forms, comparisons, problems, trends, trace, orders."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from plan_tracker.analysis.report import ReportFigures, report_figures
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.writing.template.style import UPDATE_FILL
from plan_tracker.lineage import Lineage, lineage_of
from plan_tracker.merging.datasets import take_bases
from plan_tracker.merging.years import merge_year
from plan_tracker.register import Lifecycle, Project, Register
from plan_tracker.store import Store
from plan_tracker.values import Value
from plan_tracker.workspace.folders import open_workspace
from tests.desk import Q1, Q2, Desk, Typed, codes
from tests.intake.test_answers import COVER, send_part
from tests.register.test_register_changes import Tables, reload, row, tables

APRIL = date(2026, 4, 3)
PROBLEM = {
    "P002/f13.problems[1].problem": "ขาดแคลนบุคลากร (ตัวอย่าง)",
    "P002/f13.problems[1].cause": "โยกย้าย (ตัวอย่าง)",
    "P002/f13.problems[1].recommendation": "ขอคนเพิ่ม (ตัวอย่าง)",
}


def renamed_and_moved() -> Tables:
    """P002 goes on as P102, at another unit."""
    content = tables()
    row(content, "projects", "P002").update(code="P102", former_code="P002", unit="ETDA")
    return content


def second_quarter(desk: Desk, content: Tables) -> None:
    """What the register says now is loaded, and Q2 begins."""
    reload(desk, content)
    desk.today = APRIL
    desk.run("issue-forms", "q2", expect=0)


@pytest.fixture
def moved(desk: Desk) -> Desk:
    """YS has answered Q1; P002 has gone on as P102 at ETDA, which has its form of Q2."""
    desk.send_back("YS", PROBLEM)
    assert desk.ingest_one()["outcome"] == "accepted"
    second_quarter(desk, renamed_and_moved())
    return desk


def figures(desk: Desk, period: Period) -> dict[str, ReportFigures]:
    place = replace(open_workspace(desk.root), today=desk.today)
    store = Store(place.database)
    merged = merge_year(store, take_bases(store, place.config, period, place.today), period)
    found = {plan.code: report_figures(merged.plan_year(plan), place.config) for plan in merged.plans}
    store.close()
    return found


def register_of(*projects: tuple[str, tuple[str, ...]]) -> Register:
    rows = (Project(code, code, ("ops",), "YS", lifecycle=Lifecycle(former)) for code, former in projects)
    return Register(2569, (), (), tuple(rows), ())


def test_a_life_is_told_from_the_oldest_code_on() -> None:
    line = lineage_of([register_of(("B", ("A",))), register_of(("D", ("B", "C"))), register_of(("D", ()))])
    assert line.life("A") == line.life("D") == ["A", "B", "C", "D"]
    assert line.back("D") == ["D", "B", "C", "A"]
    assert (line.now("A"), line.now("X")) == ("D", "X")
    assert line.whole("B") == ["B", "A", "D", "C"]


def test_codes_that_were_swapped_end() -> None:
    line = Lineage({"A": ("B",), "B": ("A",)}, {"A": "B", "B": "A"})
    assert line.back("A") == ["A", "B"]
    assert line.now("A") == "B"
    assert set(line.life("A")) == {"A", "B"}


def test_the_next_form_holds_what_was_known_under_the_other_code_and_unit(moved: Desk) -> None:
    before, after = moved.newest_form("YS", Q1).values["P002"], moved.newest_form("ETDA", Q2).values["P102"]
    assert "f6.summary" not in before
    answered = moved.answers("YS", Q1)
    assert after["f6.summary"] == answered["P002/f6.summary"]
    assert after["f8.planned_q2"] == 50
    contact = answered["YS/u.contact_name"]
    assert moved.newest_form("YS", Q2).values["YS"]["u.contact_name"] == contact
    assert contact not in moved.newest_form("ETDA", Q2).values["ETDA"].values()  # who is to be asked at YS


def test_a_return_is_compared_with_last_quarters_of_the_other_unit(moved: Desk) -> None:
    answered = moved.answers("YS", Q1)
    moved.send_back(
        "ETDA",
        {
            "P102/f14.progress_percent": 1,
            "P102/f11.result_quarter": answered["P002/f11.result_quarter"],
            "P102/f14.schedule": c.LATE,
            **{key.replace("P002", "P102"): value for key, value in PROBLEM.items()},
        },
        period=Q2,
    )
    found = codes(moved.ingest_one())
    assert ("FELL", "P102", "f14.progress_percent") in found
    assert ("SAME-TEXT", "P102", "f11.result_quarter") in found


def test_problems_trends_and_changes_go_on_under_the_new_code(moved: Desk) -> None:
    moved.send_back("ETDA", {key.replace("P002", "P102"): value for key, value in PROBLEM.items()}, period=Q2)
    assert moved.ingest_one()["outcome"] == "accepted"
    [problem] = [one for one in moved.run("problems", "q2", expect=0)["problems"] if one["project"] == "P102"]
    assert (problem["state"], problem["quarters"]) == ("continuing", ["q1", "q2"])
    report = figures(moved, Q2)["ops"]
    [trend] = [
        trend for trend in report.trends.projects if "P002" in (trend.code, *(f.code for f in trend.figures if f))
    ]
    assert [found.code for found in trend.figures if found] == ["P002", "P102"]
    assert report.changes is not None
    assert ("P002", "P102") in {(one.before.code, one.now.code) for one in report.changes.compared}
    assert [one.history.quarters for one in report.problems if one.project.code == "P102"] == [(Q1, Q2)]


def test_trace_finds_what_was_answered_under_the_old_code(moved: Desk) -> None:
    for code in ("P102", "P002"):
        traced = moved.run("trace", "q1", code, "f14.stage", expect=0)
        assert (traced["project"], traced["unit"]) == ("P002", "YS")


def parts_of_trends(report: ReportFigures) -> dict[str, list[list[str]]]:
    return {trend.code: [[part.code for part in parts] for parts in trend.parts] for trend in report.trends.projects}


def merged() -> Tables:
    """P001 and P002 go on as P100."""
    content = tables()
    one = row(content, "projects", "P001")
    content["projects"] = [found for found in content["projects"] if found["code"] not in ("P001", "P002")]
    content["projects"].append({**one, "code": "P100", "former_code": "P001, P002"})
    return content


def test_what_was_merged_has_the_problems_of_all_and_the_plan_of_the_first(desk: Desk) -> None:
    desk.send_back("YS", PROBLEM)
    assert desk.ingest_one()["outcome"] == "accepted"
    second_quarter(desk, merged())
    assert desk.newest_form("YS", Q2).values["P100"]["f6.summary"] == desk.answers("YS", Q1)["P001/f6.summary"]
    desk.send_back("YS", {key.replace("P002", "P100"): value for key, value in PROBLEM.items()}, period=Q2)
    assert desk.ingest_one()["outcome"] == "accepted"
    [problem] = desk.run("problems", "q2", expect=0)["problems"]
    assert (problem["project"], problem["state"]) == ("P100", "continuing")
    report = figures(desk, Q2)["ops"]
    assert [(one.project.code, one.history.quarters) for one in report.problems] == [("P100", (Q1, Q2))]
    traced = [desk.run("trace", "q1", code, "f14.stage", expect=0) for code in ("P100", "P002")]
    assert [(one["project"], one["other_parts"]) for one in traced] == [("P001", ["P002"]), ("P002", [])]
    assert "P001, P002 → P100" in desk.invoke("register", "history", "P100").output
    assert parts_of_trends(report)["P100"] == [["P001", "P002"], ["P100"]]
    assert "P002" not in parts_of_trends(report)


APART: Typed = {
    "P001/f9.recurrent.disbursed": 1_000_000,
    "P002/f3.source[1]": c.ANNUAL_BUDGET,
    "P002/f8.start_date": date(2025, 1, 1),
    "P002/f8.end_date": date(2027, 3, 31),
    "P002/f8.planned_q1": 24,
    "P002/f9.recurrent.budget": 500_000,
    "P002/f9.recurrent.disbursed": 200_000,
    "P002/f14.progress_percent": 24,
}


def test_what_was_merged_goes_on_from_all_that_was_merged_in(desk: Desk) -> None:
    desk.send_back("YS", APART)
    assert desk.ingest_one()["outcome"] == "accepted"
    second_quarter(desk, merged())
    issued = desk.newest_form("YS", Q2).values["P100"]
    assert (issued["f9.recurrent.budget"], issued["f8.start_date"], issued["f8.end_date"]) == (
        Decimal(5_000_000),
        date(2025, 1, 1),
        date(2027, 3, 31),
    )
    assert "f8.planned_q1" not in issued
    told: dict[str, Any] = {
        "P100/f8.planned_q1": 25,
        "P100/f14.schedule": c.ON_TIME,
        "P100/f13.problems[1].problem": c.NONE,
    }
    less = {"P100/f14.progress_percent": 23, "P100/f9.recurrent.disbursed": 1_100_000}
    desk.send_back("YS", {**told, **less}, period=Q2)
    found = codes(desk.ingest_one())
    assert {("FELL", "P100", "f14.progress_percent"), ("FELL", "P100", "f9.recurrent.disbursed")} <= found
    assert not {"PLAN-CHANGED", "BUDGET-NOT-REGISTER"} & {one[0] for one in found}
    told |= {"P100/f9.recurrent.disbursed": 2_200_000, "P100/f8.end_date": date(2026, 9, 30)}
    desk.send_back("YS", told, period=Q2)
    assert codes(desk.ingest_one(), "error", "warning") >= {("PLAN-CHANGED", "P100", "f8.end_date")}
    desk.run("accept", "q2", "YS", "--because", "รวมโครงการ (ตัวอย่าง)", expect=0)
    assert desk.run("plan", "show", "q2", "P100", expect=0)["plan"]["f8.end_date"] == "2027-03-31"
    changes = figures(desk, Q2)["ops"].changes
    assert changes is not None
    [change] = [one for one in changes.compared if one.now.code == "P100"]
    assert change.before.money is not None
    assert (change.before.money.budget, change.before.money.disbursed) == (Decimal(5_000_000), Decimal(1_200_000))
    assert (change.progress_points, change.disbursed_points) == (None, Decimal(20))
    then = next(trend for trend in figures(desk, Q2)["ops"].trends.projects if trend.code == "P100").figures[0]
    assert then is not None
    assert then.money is not None
    assert (then.money.disbursed, then.actual, then.planned) == (Decimal(1_200_000), None, None)


def taken_in() -> Tables:
    """P002 has been merged into P001, which goes on by its own code."""
    content = tables()
    over: dict[str, Value] = {"state": "merged", "state_date": date(2026, 2, 1), "state_reason": "รวม (ตัวอย่าง)"}
    row(content, "projects", "P002").update(over)
    row(content, "projects", "P001").update({"former_code": "P002", "f9.recurrent.budget": Decimal(5_000_000)})
    return content


def test_what_has_been_taken_in_goes_on_with_what_took_it_in(desk: Desk) -> None:
    desk.send_back("YS", {**APART, **PROBLEM})
    assert desk.ingest_one()["outcome"] == "accepted"
    second_quarter(desk, taken_in())
    issued = desk.newest_form("YS", Q2).values["P001"]
    assert (issued["f9.recurrent.budget"], issued["f8.start_date"]) == (Decimal(5_000_000), date(2025, 1, 1))
    less = {"P001/f8.planned_q1": 25, "P001/f9.recurrent.disbursed": 1_100_000, "P001/f14.progress_percent": 50}
    desk.send_back("YS", less, period=Q2)
    assert ("FELL", "P001", "f9.recurrent.disbursed") in codes(desk.ingest_one())
    desk.run("accept", "q2", "YS", "--because", "รวมโครงการ (ตัวอย่าง)", expect=0)
    report = figures(desk, Q2)["ops"]
    assert parts_of_trends(report)["P001"] == [["P001", "P002"], ["P001"]]
    assert report.changes is not None
    [change] = [one for one in report.changes.compared if one.now.code == "P001"]
    assert change.before.money is not None
    assert change.before.money.disbursed == Decimal(1_200_000)
    assert [one["project"] for one in desk.run("problems", "q2", expect=0)["problems"]] == ["P001"]
    desk.today = date(2026, 7, 3)
    desk.run("issue-forms", "q3", expect=0)
    desk.send_back("YS", {"P001/f9.recurrent.disbursed": 1_150_000}, period=Period(2569, 3))
    assert ("FELL", "P001", "f9.recurrent.disbursed") not in codes(desk.ingest_one())  # Q2 spoke for both


def test_the_register_has_the_last_word_on_the_budget_of_what_took_another_in(desk: Desk) -> None:
    """P001 has confirmed more money than the register knew of; the register has since been told the sum."""
    content = tables()
    row(content, "projects", "P002").update({"f3.source[1]": c.ANNUAL_BUDGET, "f9.recurrent.budget": Decimal(500_000)})
    reload(desk, content)
    desk.run("issue-forms", "q1", expect=0)
    more: Typed = {"P001/f9.recurrent.budget": 4_600_000, "P001/f9.note": "โอนเพิ่ม (ตัวอย่าง)"}
    desk.send_back("YS", {**more, "P002/f9.recurrent.disbursed": 200_000})
    assert desk.ingest_one()["outcome"] == "accepted"
    second_quarter(desk, taken_in())
    assert desk.newest_form("YS", Q2).values["P001"]["f9.recurrent.budget"] == Decimal(5_000_000)
    desk.send_back("YS", {"P001/f9.recurrent.disbursed": 2_500_000}, period=Q2)
    assert "BUDGET-NOT-REGISTER" not in {code for code, _project, _field in codes(desk.ingest_one())}


def test_an_answer_of_what_has_been_taken_in_is_none_of_what_took_it_in(desk: Desk) -> None:
    send_part(desk, "YS.xlsx", COVER, "P002")
    desk.run("ingest", expect=1)
    reload(desk, taken_in())
    desk.run("issue-forms", "q1", expect=0)
    [told] = [line for line in desk.run("status", "q1", expect=0)["units"] if line["unit"] == "YS"]
    assert {one["project"]: one["state"] for one in told["answers"]} == {
        "P001": "missing",
        "K01": "missing",
        COVER: "clean",
    }


def merged_units() -> Tables:
    """The unit TS has been merged into YS."""
    content = tables()
    row(content, "units", "TS").update(state="merged", state_date=date(2026, 2, 1), state_reason="ยุบรวม (ตัวอย่าง)")
    row(content, "units", "YS")["former_code"] = "TS"
    return content


def test_orders_go_on_to_the_unit_that_took_over(desk: Desk) -> None:
    desk.run(
        *("orders", "add", "เร่งรัด (ตัวอย่าง)", "--date", "2569-01-05", "--due", "2569-06-30", "--unit", "TS"), expect=0
    )
    second_quarter(desk, merged_units())
    assert desk.newest_form("YS", Q2).orders == ("O01",)
    assert [letter["unit"] for letter in desk.run("orders", "letters", expect=0)["letters"]] == ["YS"]


def test_a_form_that_is_out_is_taken_when_its_unit_has_another_name(desk: Desk) -> None:
    desk.send_back("ETDA")
    content: Any = tables()
    row(content, "units", "ETDA").update(code="ETDO", former_code="ETDA")
    for table in ("projects", "kpis"):
        for found in content[table]:
            found["unit"] = "ETDO" if found["unit"] == "ETDA" else found["unit"]
    reload(desk, content)
    assert desk.ingest_one()["outcome"] == "accepted"
    report = figures(desk, Q1)["ministry"]
    assert [unit.source.unit.code for unit in report.now.units] == ["YS", "ETDA"]
    desk.today = APRIL
    desk.run("issue-forms", "q2", expect=0)
    assert desk.newest_form("ETDO", Q2).values["ETDO"]["u.contact_name"]
    [trend] = [trend for trend in figures(desk, Q2)["ministry"].trends.units if trend.code == "ETDO"]
    assert [found and found.source.unit.code for found in trend.figures] == ["ETDA", "ETDO"]


def test_what_the_register_has_changed_is_marked_on_the_form(desk: Desk) -> None:
    """R23, 'the newest fact wins': old value, new value, and that the register says so."""
    desk.send_back("YS", {"P001/f4.objectives": "วัตถุประสงค์ของหน่วยงาน (ตัวอย่าง)", "P001/f9.recurrent.budget": 4_000_000})
    file = desk.ingest_one()
    if file["outcome"] != "accepted":
        desk.run("accept", "q1", "YS", "--because", "โอนจริง (ตัวอย่าง)", expect=0)
    content = tables()
    row(content, "projects", "P001")["f9.recurrent.budget"] = Decimal(5_000_000)
    second_quarter(desk, content)
    issued = desk.newest_form("YS", Q2).values["P001"]
    assert issued["f9.recurrent.budget"] == Decimal(5_000_000)
    assert issued["f4.objectives"] == "วัตถุประสงค์ของหน่วยงาน (ตัวอย่าง)"
    sheet = load_workbook(desk.form_path("YS", Q2))["P001"]
    remark = CURRENT.form1.columns.remark
    said = [str(cell.value) for cell in sheet[remark] if cell.value]
    assert any("ทะเบียน" in text and "4,000,000" in text and "5,000,000" in text for text in said)
    assert not sheet.column_dimensions[remark].hidden
    assert load_workbook(desk.form_path("YS", Q2))["P002"].column_dimensions[remark].hidden
    desk.send_back("YS", {"P001/f14.progress_percent": 200}, period=Q2)
    [correction] = desk.run("ingest", expect=1)["corrections"]
    again = load_workbook(desk.root / correction["form"])["P001"]
    beside = {cell.row: str(cell.value) for cell in again[remark] if cell.value}
    [place] = [
        line for line, text in beside.items() if "ทะเบียน" in text and "4,000,000" in text and "5,000,000" in text
    ]
    assert again.cell(place, sheet_place(again, 5_000_000)).fill.fgColor.rgb[-6:] == UPDATE_FILL.fgColor.rgb[-6:]
    assert "แก้ไข" in str(again[f"{remark}3"].value)  # what is wrong is counted there still


def sheet_place(sheet: Any, value: int) -> int:
    """The column in which ``value`` stands."""
    return int(next(cell.column for line in sheet for cell in line if cell.value == value))


def test_a_new_year_begins_with_its_own_register(desk: Desk) -> None:
    for quarter, day in ((1, date(2026, 1, 5)), (4, date(2026, 10, 5))):
        desk.today = day
        desk.run("issue-forms", f"q{quarter}", expect=0)
        desk.send_back(
            "YS", {"P001/f4.objectives": "ของปีก่อน (ตัวอย่าง)", "P002/f4.objectives": "ของปีก่อน (ตัวอย่าง)"},
            period=Period(2569, quarter),
        )  # fmt: skip
        if desk.ingest_one()["outcome"] != "accepted":
            desk.run("accept", f"q{quarter}", "YS", "--because", "เหตุ (ตัวอย่าง)", expect=0)
    settings = desk.root / "config.toml"
    settings.write_text(settings.read_text("utf-8").replace("2569", "2570"), "utf-8")
    content = tables()
    for plan in content["plans"]:
        plan["fiscal_year"] = Decimal(2570)
    row(content, "projects", "P001")["f4.objectives"] = "ของปีใหม่ (ตัวอย่าง)"
    row(content, "projects", "P001")["f5.outputs[1].output"] = "ผลผลิตใหม่ (ตัวอย่าง)"
    reload(desk, content)
    desk.today = date(2027, 1, 5)
    desk.run("issue-forms", "q1", expect=0)
    issued = desk.newest_form("YS", Period(2570, 1)).values
    assert issued["P001"]["f4.objectives"] == "ของปีใหม่ (ตัวอย่าง)"
    assert issued["P002"]["f4.objectives"] == "ของปีก่อน (ตัวอย่าง)"  # this register leaves it blank
    assert issued["P001"]["f6.summary"]
    assert "f5.outputs[1].unit" not in issued["P001"]  # of another output
    assert "f8.planned_q1" not in issued["P001"]
    last = desk.answers("YS", Period(2569, 4))
    said: Typed = {
        "P001/f11.result_quarter": last["P001/f11.result_quarter"],
        "P001/f14.progress_percent": 1,
        "P001/f9.recurrent.budget": 4_500_000,
        "P001/f9.recurrent.disbursed": 1,
    }
    desk.send_back("YS", said, period=Period(2570, 1))
    found = {(code, field) for code, project, field in codes(desk.ingest_one()) if project == "P001"}
    assert {("FELL", "f14.progress_percent"), ("SAME-TEXT", "f11.result_quarter")} <= found
    assert ("FELL", "f9.recurrent.disbursed") not in found  # the money of a year begins with it


def moved_alone() -> Tables:
    """P002 has moved to ETDA."""
    content = tables()
    row(content, "projects", "P002")["unit"] = "ETDA"
    return content


@pytest.mark.parametrize("content", [moved_alone, renamed_and_moved])
def test_a_new_form_to_the_unit_that_took_over_is_enough(desk: Desk, content: Any) -> None:
    """The form that the other unit still has asks for it no more: its answer there counts where it is asked for now."""
    code = next(str(one["code"]) for one in content()["projects"] if one["name"] == "จัดทำแผน (ตัวอย่าง)")
    send_part(desk, "YS.xlsx", COVER, "P001", "P002")
    desk.run("ingest", expect=1)
    reload(desk, content())
    assert [form["unit"] for form in desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)["forms"]] == ["ETDA"]
    told = {line["unit"]: line for line in desk.run("status", "q1", expect=0)["units"]}
    states = {unit: {one["project"]: one["state"] for one in line["answers"]} for unit, line in told.items()}
    assert states == {
        "YS": {"P001": "clean", "K01": "missing", COVER: "clean"},
        "ETDA": {code: "clean", "P003": "missing", "K02": "missing"},
    }
    [found] = desk.run("trace", "q1", "ops", "progress", expect=0)["totals"][0]["figures"]
    assert {(part["code"], part["unit"]) for part in found["parts"]} == {("P001", "YS"), (code, "ETDA")}
    typed = {key: value for key, value in desk.answers("YS").items() if key.startswith("K01")}
    desk.send_back("YS", typed, form=desk.form_path("YS"))
    file = desk.ingest_one()
    assert (file["outcome"], codes(file)) == ("accepted", set())


def test_a_new_form_to_the_unit_that_gave_it_away_goes_to_the_other_as_well(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    reload(desk, moved_alone())
    issued = desk.run("issue-forms", "q1", "--unit", "YS", expect=0)
    assert ([form["unit"] for form in issued["forms"]], issued["taking_over"]) == (["YS", "ETDA"], ["ETDA"])
    assert "P002" in desk.newest_form("ETDA").projects
    again = desk.run("issue-forms", "q1", "--unit", "YS", expect=0)
    assert ([form["unit"] for form in again["forms"]], again["taking_over"]) == (["YS"], [])


def said(letter: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(letter)).paragraphs)


def test_what_was_waived_is_told_under_the_new_code_and_unit(desk: Desk) -> None:
    desk.send_back("YS", {"P002/f14.progress_percent": 900})
    desk.run("ingest", expect=1)
    desk.run("accept", "q1", "YS", "--because", "ระบบขัดข้อง (ตัวอย่าง)", expect=0)
    reload(desk, renamed_and_moved())
    desk.run("issue-forms", "q1", expect=0)
    desk.today = date(2026, 1, 20)
    assert "ETDA: ยกเว้นให้ 1 รายการ" in desk.invoke("status", "q1").output
    desk.run("circulate", "q1", "--order", "ทราบ (ตัวอย่าง)", "--date", "2569-01-20", expect=0)
    [letter] = (desk.root / "outbox" / "2569-q1" / "letters").glob("*-ETDA-L4*")
    assert "ควรจัดส่งข้อมูลส่วนที่ยังไม่ได้รับโดยเร็ว" in said(letter)
    typed = {key: value for key, value in desk.answers("ETDA").items() if not key.startswith("P102")}
    desk.send_back("ETDA", typed, form=desk.form_path("ETDA"))
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.run("circulate", "q1", "--order", "ทราบ (ตัวอย่าง)", "--date", "2569-01-20", expect=0)
    assert re.search(r"จัดทำแผน.*ข้อ \(๑๔\)", said(letter).replace("\xa0", " "))


@pytest.mark.parametrize("code", ["P102", "P002"])
def test_what_was_answered_before_a_new_form_went_out_counts_under_the_new_code_and_unit(desk: Desk, code: str) -> None:
    desk.send_back("YS", PROBLEM)
    assert desk.ingest_one()["outcome"] == "accepted"
    content = renamed_and_moved()
    if code == "P002":
        row(content, "projects", "P102").update(code="P002", former_code="")
    reload(desk, content)
    desk.run("issue-forms", "q1", expect=0)
    told = {line["unit"]: line for line in desk.run("status", "q1", expect=0)["units"]}
    assert {one["project"]: one["state"] for one in told["YS"]["answers"]} == {
        "P001": "clean",
        "K01": "clean",
        COVER: "clean",
    }
    states = {one["project"]: one["state"] for one in told["ETDA"]["answers"]}
    assert states == {code: "clean", "P003": "missing", "K02": "missing"}
    traced = desk.run("trace", "q1", code, "f14.stage", expect=0)
    assert (traced["project"], traced["file"], len(traced["values"])) == (code, "YS.xlsx", 1)
    [reported] = desk.run("trace", "q1", "ops", "progress", expect=0)["totals"][0]["figures"]
    assert code in {part["code"] for part in reported["parts"]}
    assert [one["project"] for one in desk.run("problems", "q1", expect=0)["problems"]] == [code]
    typed = {key: value for key, value in desk.answers("ETDA").items() if not key.startswith(code)}
    desk.send_back("ETDA", typed, form=desk.form_path("ETDA"))
    file = desk.ingest_one()
    assert (file["outcome"], codes(file, "notice")) == ("accepted", {("PART", code, "")})
    desk.send_back("ETDA", name="ใหม่.xlsx")
    assert desk.ingest_one()["outcome"] == "accepted"
    assert desk.run("trace", "q1", code, "f14.stage", expect=0)["file"] == "ใหม่.xlsx"


def test_what_was_merged_has_to_answer_anew(desk: Desk) -> None:
    desk.send_back("YS")
    assert desk.ingest_one()["outcome"] == "accepted"
    reload(desk, merged())
    desk.run("issue-forms", "q1", expect=0)
    [told] = [line for line in desk.run("status", "q1", expect=0)["units"] if line["unit"] == "YS"]
    assert {one["project"]: one["state"] for one in told["answers"]} == {
        "P100": "missing",
        "K01": "clean",
        COVER: "clean",
    }
