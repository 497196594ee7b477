"""R12, R13: the executive summary says what the figures say, in every situation, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_tracker.analysis.basis.dataset import Dataset, KpiResult, PlanYear, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.figures.problems import ProblemStatus
from plan_tracker.analysis.report import ReportFigures, report_figures
from plan_tracker.config import Config, Targets
from plan_tracker.documents import wording as w
from plan_tracker.documents.report.charts.build import build_charts
from plan_tracker.documents.report.concerns import weightiest_problems
from plan_tracker.documents.report.context import build_context
from plan_tracker.documents.report.project_sheets import build_sheet
from plan_tracker.documents.report.recommendations import recommendations
from plan_tracker.documents.report.rows.comparisons import target_rows
from plan_tracker.documents.report.rows.kpis import kpi_row, kpi_trend_rows
from plan_tracker.documents.report.rows.outcomes import achieved_row
from plan_tracker.documents.report.rows.problems import problem_row
from plan_tracker.documents.report.rows.quarters import project_trend_rows, quarter_rows, unit_trend_rows
from plan_tracker.documents.report.summary.paragraphs import build_summary
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI
from plan_tracker.publication.site.drawn import trend
from plan_tracker.register import Kpi, Plan, Project, Unit
from plan_tracker.values import Answer, Entry, Value
from plan_tracker.workspace.folders import Workspace

PLAN = Plan("ops", "แผนปฏิบัติราชการ", "สำนักงาน")
NAMES = ("กองกลาง", "กองกฎหมาย", "กองการสื่อสาร")
UNITS = tuple(Unit(f"U{i}", name, "", "memo", "") for i, name in enumerate(NAMES))
KPI = Kpi("K1", "ความพึงพอใจ", "ops", "U0", "ร้อยละ", c.HIGHER, Decimal(80))
ALL_UNITS = (State.ACCEPTED,) * len(UNITS)
NONE_CAME = (State.ISSUED,) * len(UNITS)
TARGETS = Targets("มติคณะรัฐมนตรี", overall=(Decimal(32), Decimal(54), Decimal(76), Decimal(93)))
LATENESS = ("ล่าช้า", "หลังวันที่กำหนด", "ต่ำกว่า", "เร่งรัด", "ขาดรายงาน", "ยังไม่บรรลุ", "ปัญหาและอุปสรรค ", "เกิน")

GOOD: dict[str, Value] = {
    "f3.source[1]": c.ANNUAL_BUDGET,
    "f8.planned_q1": Decimal(20),
    "f8.planned_q2": Decimal(40),
    "f8.planned_q3": Decimal(45),
    "f8.planned_q4": Decimal(100),
    "f9.recurrent.budget": Decimal(4_000_000),
    "f9.recurrent.committed": Decimal(1_000_000),
    "f9.recurrent.disbursed": Decimal(2_000_000),
    "f13.problems[1].problem": c.NONE,
    "f14.stage": c.UNDER_WAY,
    "f14.schedule": c.ON_TIME,
    "f14.progress_percent": Decimal(50),
}


def quarter(
    answers: Sequence[dict[str, Value] | None],
    states: Sequence[State] = ALL_UNITS,
    results: Sequence[Value | None] = (),
    number: int = 1,
    days_late: int = 0,
) -> Dataset:
    """Projects, one per answers, dealt out to the units in turn; KPIs, one per result, of the first unit."""
    sources = [
        Source(1, f"{u.code}.xlsx", "0" * 64) if state.counts else None for u, state in zip(UNITS, states, strict=True)
    ]
    projects = []
    for i, said in enumerate(answers):
        unit, source = UNITS[i % len(UNITS)], sources[i % len(UNITS)]
        made = Project(f"P{i}", "โครงการ" + "กขคงจฉชซ"[i % 8], ("ops",), unit.code)
        found = entry(said) if said is not None and source else None
        projects.append(ProjectResult(made, unit, found, source if found else None, unit_came=source is not None))
    kpis = tuple(
        KpiResult(replace(KPI, code=f"K{i}"), UNITS[0], kpi_entry(result) if sources[0] else None, sources[0])
        for i, result in enumerate(results)
    )
    late = [days_late if source else 0 for source in sources]
    came = [(source,) if source else () for source in sources]
    units = tuple(UnitReturn(*one) for one in zip(UNITS, states, came, late, strict=True))
    return Dataset(Period(2569, number), PLAN, date(2026, 1, 15), units, tuple(projects), kpis)


def entry(answers: dict[str, Value]) -> Entry:
    return Entry("sheet", {key: Answer(value, "D1") for key, value in answers.items()})


def kpi_entry(result: Value | None) -> Entry:
    return entry({"k.result": result} if result is not None else {"k.not_due": c.NOT_DUE})


def figures(*quarters: Dataset, year_end: bool = False, targets: Targets = Targets()) -> ReportFigures:  # noqa: B008
    period = Period(2569, YEAR_END) if year_end else quarters[-1].period
    return report_figures(PlanYear(period, quarters), Config(2569, targets=targets))


def summary(*quarters: Dataset, year_end: bool = False, targets: Targets = Targets()) -> dict[str, str]:  # noqa: B008
    return {one.head: one.text for one in build_summary(figures(*quarters, year_end=year_end, targets=targets))}


def test_a_plan_where_all_is_well_has_no_word_of_lateness() -> None:
    said = summary(quarter([GOOD, GOOD, GOOD], results=[Decimal(90)]), targets=TARGETS)
    assert "ครบทั้ง 3 หน่วยงานแล้ว ครอบคลุมโครงการครบทั้ง 3 โครงการ" in said["การรายงานผล"]
    assert said["สถานะและความก้าวหน้า"] == (
        "โครงการที่ได้รับรายงานทั้ง 3 โครงการ อยู่ระหว่างดำเนินการ โดยหน่วยงานรายงานว่าเป็นไปตามแผนทุกโครงการ "
        "ความก้าวหน้าสะสมเฉลี่ยร้อยละ 50.00 สูงกว่าแผนซึ่งกำหนดไว้ร้อยละ 20.00"
    )
    assert "12.00 ล้านบาท เบิกจ่ายแล้ว 6.00 ล้านบาท คิดเป็นร้อยละ 50.00" in said["งบประมาณ"]
    assert "ร้อยละ 75.00" in said["งบประมาณ"]
    assert "ภาพรวมเบิกจ่ายร้อยละ 50.00 สูงกว่าเป้าหมายซึ่งกำหนดไว้ร้อยละ 32.00" in said["การเบิกจ่ายเทียบกับเป้าหมาย"]
    assert said["ตัวชี้วัด"] == "ตัวชี้วัด 1 ตัวชี้วัด บรรลุเป้าหมาย"
    assert said["ปัญหาและอุปสรรค"] == "โครงการที่ได้รับรายงานไม่ได้รายงานปัญหาหรืออุปสรรค"
    assert not [word for word in LATENESS if word in " ".join(said.values())]
    assert set(said).isdisjoint({"รายงานที่ยังขาด", "โครงการที่ควรติดตามเป็นพิเศษ", "ข้อเสนอเพื่อพิจารณา"})


def test_without_any_return_nothing_is_counted_and_everybody_is_named() -> None:
    said = summary(quarter([GOOD, GOOD, GOOD], NONE_CAME, [Decimal(90)]))
    assert set(said) == {"การรายงานผล", "รายงานที่ยังขาด", "ตัวชี้วัด", "ข้อเสนอเพื่อพิจารณา"}
    assert said["การรายงานผล"].endswith("ยังไม่ได้รับรายงานไตรมาสที่ 1 ที่นำมาประมวลผลได้จากหน่วยงานใด")
    assert all(name in said["รายงานที่ยังขาด"] for name in NAMES)
    assert "รับผิดชอบโครงการ 3 โครงการ และตัวชี้วัด 1 ตัวชี้วัด" in said["รายงานที่ยังขาด"]
    assert said["ตัวชี้วัด"] == "ตัวชี้วัด 1 ตัวชี้วัด ยังไม่ได้รับรายงาน"
    assert " 0 " not in " ".join(said.values())


def test_a_missing_return_is_named_and_one_that_is_being_mended_is_told_apart() -> None:
    states = (State.ACCEPTED, State.INCOMPLETE, State.ISSUED)
    said = summary(quarter([GOOD, GOOD, GOOD], states))
    assert "จาก 1 หน่วยงาน ครอบคลุม 1 โครงการ คิดเป็นร้อยละ 33.33 ของโครงการทั้งหมด" in said["การรายงานผล"]
    assert "2 หน่วยงาน ได้แก่ กองกฎหมาย และกองการสื่อสาร" in said["รายงานที่ยังขาด"]
    assert "อยู่ระหว่างแก้ไขให้ถูกต้องครบถ้วน 1 หน่วยงาน ได้แก่ กองกฎหมาย" in said["รายงานที่ยังขาด"]
    assert said["ข้อเสนอเพื่อพิจารณา"].startswith("เห็นควรติดตามให้หน่วยงานที่ยังขาดรายงาน 2 หน่วยงาน")


def test_a_project_that_its_units_return_lacks_is_named() -> None:
    said = summary(quarter([GOOD, None, GOOD]))
    assert "รายงานที่ได้รับไม่มีข้อมูลของ 1 โครงการ ได้แก่ โครงการข (กองกฎหมาย)" in said["รายงานที่ยังขาด"]


def test_a_return_that_came_late_is_named() -> None:
    said = summary(quarter([GOOD, GOOD, GOOD], days_late=3))
    assert "ในจำนวนนี้เป็นหน่วยงานที่ส่งรายงานที่ครบถ้วนหลังวันที่กำหนด 3 หน่วยงาน" in said["การรายงานผล"]
    states = (State.WAIVED, State.ACCEPTED, State.ACCEPTED)
    waived = quarter([GOOD, GOOD, GOOD], states, days_late=3)
    excused = replace(waived.units[0], sources=(Source(1, "U0.xlsx", "0" * 64, "ระบบขัดข้อง"),))
    both = summary(replace(waived, units=(excused, *waived.units[1:])))["การรายงานผล"]
    assert both.count("ในจำนวนนี้") == 1
    assert "และเป็นหน่วยงานที่ส่งรายงานที่ครบถ้วนหลังวันที่กำหนด" in both


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"f9.recurrent.disbursed": Decimal(0)}, "ยังไม่มีการเบิกจ่าย มีภาระผูกพันที่ยังไม่ได้เบิกจ่าย 1.00 ล้านบาท"),
        ({"f9.recurrent.disbursed": Decimal(4_000_000)}, "เบิกจ่ายแล้วครบทั้งจำนวน"),
        ({"f9.recurrent.committed": Decimal(0)}, "ไม่มีภาระผูกพันที่ยังไม่ได้เบิกจ่าย"),
        ({"f9.recurrent.disbursed": Decimal(20)}, "เบิกจ่ายแล้ว 20.00 บาท"),
    ],
)
def test_money_in_words(changes: dict[str, Value], says: str) -> None:
    assert says in summary(quarter([GOOD | changes]))["งบประมาณ"]


def test_the_money_of_a_project_that_states_half_of_it_is_named_as_left_out() -> None:
    said = summary(quarter([GOOD, GOOD | {"f9.investment.budget": Decimal(10)}]))["งบประมาณ"]
    assert "จำนวนเงินไม่รวมโครงการที่ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนหรือไม่ถูกต้อง 1 โครงการ" in said


def test_projects_without_money_and_money_that_nobody_stated_are_not_one_and_the_same() -> None:
    free: dict[str, Value] = {"f3.source[1]": c.NO_BUDGET, "f14.stage": c.UNDER_WAY}
    assert summary(quarter([free]))["งบประมาณ"] == "โครงการที่ได้รับรายงานไม่มีการใช้งบประมาณ"
    unstated = free | {"f9.recurrent.budget": Decimal(10)}
    assert "เนื่องจากโครงการ 1 โครงการ ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนหรือไม่ถูกต้อง" in summary(quarter([unstated]))["งบประมาณ"]


def test_targets_are_spoken_of_only_where_they_are_set_and_can_be_compared() -> None:
    assert "การเบิกจ่ายเทียบกับเป้าหมาย" not in summary(quarter([GOOD]))
    fund = GOOD | {"f3.source[1]": "งบกลาง"}
    assert "การเบิกจ่ายเทียบกับเป้าหมาย" not in summary(quarter([fund]), targets=TARGETS)
    low = GOOD | {"f9.recurrent.disbursed": Decimal(1_000_000)}
    said = summary(quarter([low]), targets=TARGETS)
    assert "ภาพรวมเบิกจ่ายร้อยละ 25.00 ต่ำกว่าเป้าหมายซึ่งกำหนดไว้ร้อยละ 32.00" in said["การเบิกจ่ายเทียบกับเป้าหมาย"]
    assert said["ข้อเสนอเพื่อพิจารณา"] == "เห็นควรเร่งรัดการเบิกจ่ายภาพรวมให้เป็นไปตามเป้าหมาย"


def test_what_rounds_to_the_target_and_misses_it_is_said_to_be_barely_below() -> None:
    almost = GOOD | {"f9.recurrent.disbursed": Decimal("1279999.99")}
    said = summary(quarter([almost]), targets=TARGETS)["การเบิกจ่ายเทียบกับเป้าหมาย"]
    assert said.endswith("ร้อยละ 32.00 ต่ำกว่าเป้าหมายซึ่งกำหนดไว้ร้อยละ 32.00 เพียงเล็กน้อย")


def test_kpis_that_miss_their_target_are_named() -> None:
    said = summary(_of_before(quarter([GOOD], results=[Decimal(90), Decimal(10), None])))["ตัวชี้วัด"]
    assert said.startswith("จากตัวชี้วัดทั้งหมด 3 ตัวชี้วัด บรรลุเป้าหมาย 1 ตัวชี้วัด ยังไม่บรรลุเป้าหมาย 1 ตัวชี้วัด และยังไม่ถึงรอบวัด")
    assert "ตัวชี้วัดที่ยังไม่บรรลุเป้าหมาย ได้แก่ ความพึงพอใจ" in said
    assert "ตัวชี้วัด" not in summary(quarter([GOOD]))


def test_the_first_quarter_has_no_word_of_an_earlier_one() -> None:
    late = GOOD | {"f13.problems[1].problem": "ขาดอุปกรณ์", "f14.schedule": c.LATE}
    said = summary(quarter([late, GOOD]))
    assert "การเปลี่ยนแปลงจากไตรมาสก่อน" not in said
    assert said["ปัญหาและอุปสรรค"].endswith("1 โครงการ รวม 1 ประเด็น")
    assert not re.search("ไตรมาสก่อน|ต่อเนื่อง|ปัญหาใหม่", " ".join(said.values()))


def test_the_weightiest_problems_are_one_of_each_project_before_a_second() -> None:
    two = GOOD | {"f13.problems[1].problem": "ขาดคน", "f13.problems[2].problem": "ขาดเงิน"}
    late = GOOD | {"f13.problems[1].problem": "ขาดอุปกรณ์", "f14.schedule": c.LATE}
    one = GOOD | {"f13.problems[1].problem": "ขาดที่ดิน"}
    found = weightiest_problems([figures(quarter([two, late, one]))])
    assert [told.history.problem.problem for told in found] == ["ขาดอุปกรณ์", "ขาดคน", "ขาดที่ดิน", "ขาดเงิน"]


def test_no_project_is_named_twice_in_the_summary() -> None:
    late = GOOD | {"f13.problems[1].problem": "ขาดอุปกรณ์", "f14.schedule": c.LATE}
    said = " ".join(summary(quarter([late, None, late])).values())
    assert [said.count(name) for name in ("โครงการก ", "โครงการข ", "โครงการค ")] == [1, 1, 1]


def test_results_come_first_and_money_has_two_decimals() -> None:
    said = summary(quarter([GOOD, GOOD, GOOD | {"f14.schedule": c.LATE}]))
    heads = list(said)
    assert heads.index("งบประมาณ") < heads.index("การรายงานผล") < heads.index("ข้อเสนอเพื่อพิจารณา")
    assert not re.search(r"\d\.\d{3,} ล้านบาท", " ".join(said.values()))


def test_the_summary_says_how_much_of_the_money_is_covered() -> None:
    """A project without a return counts with its budget in the register, one in two plans is told to be."""
    now = quarter([GOOD, None])
    absent = replace(
        now.projects[1].project, plans=("ops", "ministry"), known={"f9.recurrent.act_budget": Decimal(6_000_000)}
    )
    now = replace(now, projects=(now.projects[0], replace(now.projects[1], project=absent)))
    said = summary(now)["การรายงานผล"]
    assert "ครอบคลุมงบประมาณร้อยละ 40.00 (4.00 จาก 10.00 ล้านบาท)" in said
    assert "มี 1 โครงการ งบประมาณ 6.00 ล้านบาท ซึ่งบรรจุอยู่ในอีกแผนหนึ่งด้วย" in said


def test_a_kpi_that_has_a_target_of_the_year_alone_is_on_its_way_until_the_year_is_over() -> None:
    """In a bucket of its own, and not in need of hurry; with its quarter's target it is judged by that."""
    for number, expected in ((1, Outcome.ON_WAY), (3, Outcome.ON_WAY), (4, Outcome.NOT_MET)):
        found = figures(quarter([GOOD], results=[Decimal(20)], number=number))
        assert found.now.kpis[0].outcome is expected
    now = quarter([GOOD], results=[Decimal(20)])
    said = summary(now)
    assert "อยู่ระหว่างดำเนินการตามเป้าหมายทั้งปี" in said["ตัวชี้วัด"]
    assert "ตัวชี้วัด" not in said.get("ข้อเสนอเพื่อพิจารณา", "")
    assert kpi_row(figures(now).now.kpis[0], 1, now.period, THAI).outcome.endswith("(ได้ร้อยละ 25.00 ของเป้าหมาย)")
    quarterly = replace(now.kpis[0], kpi=replace(KPI, targets={1: Decimal(30)}))
    assert figures(replace(now, kpis=(quarterly,))).now.kpis[0].outcome is Outcome.NOT_MET
    assert figures(replace(now, tells_on_way=False)).now.kpis[0].outcome is Outcome.NOT_MET  # a record of before


def test_a_later_quarter_says_what_has_changed_and_where_problems_stand() -> None:
    trouble = GOOD | {"f13.problems[1].problem": "ขาดอุปกรณ์", "f14.progress_percent": Decimal(30)}
    done = GOOD | {"f14.stage": c.COMPLETED, "f14.progress_percent": Decimal(100)}
    said = summary(quarter([trouble, GOOD, None]), quarter([trouble, done, GOOD], number=2))
    changed = said["การเปลี่ยนแปลงจากไตรมาสก่อน"]
    assert changed.startswith("เมื่อเทียบกับไตรมาสที่ 1 เฉพาะโครงการที่ได้รับรายงานทั้งสองไตรมาส 2 โครงการ")
    assert "ความก้าวหน้าสะสมเฉลี่ยเพิ่มขึ้น 25.00 จุดร้อยละ และร้อยละการเบิกจ่ายไม่เปลี่ยนแปลง" in changed
    assert changed.endswith("โดยมีโครงการที่แล้วเสร็จเพิ่มขึ้น 1 โครงการ ทั้งนี้ มีโครงการที่เปรียบเทียบกับไตรมาสก่อนไม่ได้ 1 โครงการ")
    assert "ทั้งหมดเป็นปัญหาต่อเนื่อง" in said["ปัญหาและอุปสรรค"]


def test_growth_is_told_of_the_projects_that_it_is_known_of() -> None:
    unread = {key: value for key, value in GOOD.items() if key != "f14.progress_percent"}
    poor = {key: value for key, value in GOOD.items() if key != "f9.recurrent.disbursed"}
    later = GOOD | {"f14.progress_percent": Decimal(60)}
    said = summary(quarter([unread, poor, GOOD]), quarter([later, later, later], number=2))
    changed = said["การเปลี่ยนแปลงจากไตรมาสก่อน"]
    assert "เพิ่มขึ้น 10.00 จุดร้อยละ (เฉพาะ 2 โครงการที่ทราบค่าทั้งสองไตรมาส)" in changed
    assert "ไม่เปลี่ยนแปลง (เฉพาะ 2 โครงการที่ทราบค่าทั้งสองไตรมาส)" in changed


def test_only_projects_that_go_on_are_to_hurry() -> None:
    late = GOOD | {"f14.schedule": c.LATE}
    done = late | {"f14.stage": c.COMPLETED, "f14.progress_percent": Decimal(100)}
    halted = late | {"f14.stage": c.SUSPENDED}
    assert "เร่งรัดโครงการ" not in summary(quarter([done])).get("ข้อเสนอเพื่อพิจารณา", "")
    said = summary(quarter([late, done, halted]))["ข้อเสนอเพื่อพิจารณา"]
    assert "เร่งรัดโครงการที่ล่าช้ากว่าแผนและยังดำเนินการอยู่ 1 โครงการ" in said
    assert "ชะลอหรือพัก 1 โครงการ" in said


def test_a_target_missed_by_less_than_is_printed_is_barely_missed() -> None:
    spent = GOOD | {"f9.recurrent.budget": Decimal(1_000_000), "f9.recurrent.disbursed": Decimal(319_960)}
    (row,) = target_rows(figures(quarter([spent]), targets=TARGETS), THAI)
    assert (row.actual, row.gap) == ("32.00", "0.00")
    assert row.outcome == "ต่ำกว่าเป้าหมาย (ใกล้เคียงเป้าหมายมาก)"


def test_a_project_that_left_the_plan_is_said_to_have_left() -> None:
    report = figures(quarter([GOOD, GOOD]), quarter([GOOD], number=2), year_end=True)
    stages = {row.project: row.stage for row in project_trend_rows(report, THAI)}
    assert stages == {
        "โครงการก": c.UNDER_WAY,
        "โครงการข": f"ไม่อยู่ในแผนแล้ว (ไตรมาสที่ 1: {c.UNDER_WAY})",
    }
    labels = [row.label for row in project_trend_rows(report, THAI)]
    assert [said.partition("\n")[2] for said in labels] == ["", stages["โครงการข"]]


def test_the_result_of_a_waived_return_is_marked() -> None:
    report = figures(quarter([GOOD], results=[Decimal(90)]))
    (kpi,) = report.now.kpis
    assert kpi.source.source
    waived = replace(kpi, source=replace(kpi.source, source=replace(kpi.source.source, waived_because="ด่วน")))
    assert (kpi_row(kpi, 1, report.period, THAI).waived, kpi_row(waived, 1, report.period, THAI).waived) == (
        "",
        " (ผ่อนผัน)",
    )


def test_the_sheet_tells_what_could_not_be_read_and_adds_nothing_up_with_it() -> None:
    dataset = quarter([GOOD | {"f9.investment.budget": Decimal(500_000), "f9.investment.disbursed": Decimal(100_000)}])
    project = dataset.projects[0]
    assert project.entry
    unread = {"f9.recurrent.budget": Answer(None, "D1", "ล้านกว่า"), "f14.stage": Answer(None, "D2", "ทำอยู่")}
    told = project.entry._replace(answers={**project.entry.answers, **unread})
    (found,) = figures(replace(dataset, projects=(replace(project, entry=told),))).now.projects
    blocks = [block for section in build_sheet(found, "แผน").sections for block in section.blocks]
    (money,) = [block for block in blocks if block.kind == "f9.money"]
    totals = {label: texts[-1] for label, *texts in money.rows}
    assert [text for label, text in totals.items() if label.startswith("งบหลัง")] == ["–"]
    assert [text for label, text in totals.items() if label.startswith("เบิกจ่ายสะสม")] == ["2,100,000.00"]
    assert "ทำอยู่" in [block.text for block in blocks]


def test_a_quarter_after_one_without_returns_says_that_nothing_can_be_compared() -> None:
    said = summary(quarter([GOOD], NONE_CAME), quarter([GOOD], number=2))
    assert said["การเปลี่ยนแปลงจากไตรมาสก่อน"] == ("ไม่มีโครงการที่ได้รับรายงานทั้งสองไตรมาส จึงเปรียบเทียบกับไตรมาสที่ 1 ไม่ได้")


def test_the_year_end_tells_of_the_whole_year_and_of_quarters_without_data() -> None:
    done = GOOD | {"f14.stage": c.COMPLETED, "f12.benefits": "ประชาชนเข้าถึงบริการ", "f14.progress_percent": Decimal(100)}
    quarters = [
        quarter([GOOD, GOOD]),
        quarter([GOOD, GOOD], NONE_CAME, number=2),
        quarter([GOOD, GOOD], number=3),
        quarter([done, GOOD], (State.ACCEPTED, State.ISSUED, State.ISSUED), number=4),
    ]
    said = summary(*quarters, year_end=True)
    assert "การเปลี่ยนแปลงจากไตรมาสก่อน" not in said
    year = said["ผลสำเร็จและแนวโน้มของปี"]
    assert "แล้วเสร็จ 1 โครงการ ได้แก่ โครงการก (กองกลาง)" in year
    assert "ไตรมาสที่ 3 ร้อยละ 50.00 และไตรมาสที่ 4 ร้อยละ 100.00 โดยไม่มีข้อมูลของไตรมาสที่ 2" in year
    assert "ไม่มีรายงานไตรมาสที่ 4 มี 1 โครงการ ได้แก่ โครงการข (กองกฎหมาย)" in year


def test_the_year_end_names_what_was_completed_before_the_last_return_that_is_missing() -> None:
    done = GOOD | {"f14.stage": c.COMPLETED, "f12.benefits": "ประชาชนเข้าถึงบริการ", "f14.progress_percent": Decimal(100)}
    absent = (State.ACCEPTED, State.ISSUED, State.ISSUED)
    quarters = [quarter([done, done], number=i) for i in (1, 2, 3)] + [quarter([done, done], absent, number=4)]
    report = figures(*quarters, year_end=True)
    year = {one.head: one.text for one in build_summary(report)}["ผลสำเร็จและแนวโน้มของปี"]
    assert "แล้วเสร็จ 2 โครงการ ได้แก่ (1) โครงการก (กองกลาง) และ (2) โครงการข (กองกฎหมาย)" in year
    assert "ซึ่งรวมโครงการที่แล้วเสร็จตามรายงานก่อนไตรมาสที่ 4 1 โครงการ" in year
    assert [achieved_row(trend, THAI).benefits for trend in report.completed] == [
        "ประชาชนเข้าถึงบริการ",
        "ประชาชนเข้าถึงบริการ (ตามรายงานไตรมาสที่ 3)",
    ]


def test_an_unknown_problem_is_said_to_be_so_for_its_reason() -> None:
    """One project closed without a word on it, the other's return has not come."""
    trouble = GOOD | {"f13.problems[1].problem": "ขาดอุปกรณ์"}
    closed = {key: value for key, value in GOOD.items() if "f13" not in key} | {"f14.stage": c.COMPLETED}
    states = (State.ACCEPTED, State.ISSUED, State.ACCEPTED)
    report = figures(quarter([trouble, trouble, GOOD]), quarter([closed, GOOD, GOOD], states, number=2))
    said = {one.head: one.text for one in build_summary(report)}["ปัญหาและอุปสรรค"]
    assert said.endswith(
        "ปัญหาที่เคยรายงานไว้ซึ่งยังไม่ทราบสถานะมี 1 ประเด็น เนื่องจากยังไม่ได้รับรายงาน และอีก 1 ประเด็น เนื่องจากรายงานที่ได้รับไม่ได้กล่าวถึง"
    )
    assert "แก้ไขแล้ว" not in said
    assert [problem_row(told, THAI).standing for told in report.shown_problems] == [
        "ไม่ทราบ (รายงานไม่ได้กล่าวถึง)",
        "ไม่ทราบ (ยังไม่ได้รับรายงาน)",
    ]


def test_a_quarter_in_which_no_kpi_came_has_none_met_and_not_0() -> None:
    first = quarter([GOOD], NONE_CAME, [Decimal(90)])
    found = figures(first, quarter([GOOD], results=[Decimal(10)], number=2))
    assert [row.met for row in quarter_rows(found)] == ["–", "0/1"]


def test_quarters_are_told_of_the_same_projects_too() -> None:
    """โครงการข reports in Q2 alone, at 90 %: the mean leaps by it, and not that of what reported in both."""
    far = {**GOOD, "f14.progress_percent": Decimal(90), "f9.recurrent.disbursed": Decimal(4_000_000)}
    later = {**GOOD, "f14.progress_percent": Decimal(60), "f9.recurrent.disbursed": Decimal(3_000_000)}
    found = figures(quarter([GOOD, None]), quarter([later, far], number=2))
    told = [(row.actual, row.same_actual, row.percent, row.same_percent) for row in quarter_rows(found)]
    assert told == [("50.00", "50.00", "50.00", "50.00"), ("75.00", "60.00", "87.50", "75.00")]
    assert found.trends.same_projects == 1
    chart = build_charts(found)["trend"]
    assert [chart.series[name] for name in chart.series if "1 โครงการเดียวกัน" in name] == [[50, 60], [50, 75]]


def test_the_web_site_s_lines_hold_the_projects_constant_too() -> None:
    far = {**GOOD, "f14.progress_percent": Decimal(90), "f9.recurrent.disbursed": Decimal(4_000_000)}
    lines = trend(figures(quarter([GOOD, None]), quarter([GOOD, far], number=2)), THAI)
    assert [list(map(float, filter(None, line.values))) for line in lines[1:]] == [
        [50, 70],
        [50, 75],
        [50, 50],
        [50, 50],
    ]
    assert lines[3].name == "ผล (1 โครงการเดียวกัน)"
    assert len(trend(figures(quarter([GOOD]), quarter([GOOD], number=2)), THAI)) == 3


def test_a_unit_s_quarters_are_told_of_the_same_projects_too() -> None:
    """Projects 0 and 3 are of the first unit, which reports the latter in Q2 alone; the second its own in both."""
    far = {**GOOD, "f14.progress_percent": Decimal(90)}
    found = figures(quarter([GOOD, GOOD, GOOD, None]), quarter([GOOD, GOOD, GOOD, far], number=2), year_end=True)
    rows = [(row.name, row.actual_q1, row.actual_q2, row.actual_q3) for row in unit_trend_rows(found, THAI)]
    assert rows == [
        ("กองกลาง", "50.00", "70.00", "–"),
        ("กองกลาง เฉพาะ 1 โครงการที่รายงานครบทุกไตรมาส", "50.00", "50.00", "–"),
        ("กองกฎหมาย", "50.00", "50.00", "–"),
        ("กองการสื่อสาร", "50.00", "50.00", "–"),
    ]


def test_a_quarter_without_returns_leaves_the_set_of_projects_as_it_is() -> None:
    found = figures(quarter([GOOD]), quarter([GOOD], NONE_CAME, number=2), quarter([GOOD], number=3))
    assert [row.same_actual for row in quarter_rows(found)] == ["50.00", "–", "50.00"]
    assert len(build_charts(found)["trend"].series) == 3  # nothing that the others don't say


def test_where_no_project_reported_in_all_quarters_none_is_told_as_the_same() -> None:
    found = figures(quarter([GOOD, None]), quarter([None, GOOD], number=2))
    assert [(row.actual, row.same_actual) for row in quarter_rows(found)] == [("50.00", "–")] * 2
    assert found.trends.same_projects == 0


def test_the_year_end_names_the_target_that_a_kpi_was_judged_by() -> None:
    def with_last(target: int, number: int) -> Dataset:
        made = quarter([GOOD], results=[Decimal(85)], number=number)
        return replace(
            made, kpis=tuple(replace(k, kpi=replace(k.kpi, targets={4: Decimal(target)})) for k in made.kpis)
        )

    for target, shown in ((70, "80\n(ไตรมาสที่ 4: 70)"), (80, "80")):
        quarters_of_it = [with_last(target, number) for number in (1, 2, 3, 4)]
        (row,) = kpi_trend_rows(figures(*quarters_of_it, year_end=True), THAI)
        assert (row.target, row.outcome) == (shown, "บรรลุเป้าหมาย")


def test_the_worst_projects_are_named_with_their_reasons() -> None:
    stopped = GOOD | {"f14.stage": c.SUSPENDED}
    late = GOOD | {"f14.schedule": c.LATE}
    known, behind = "f14.progress_percent", late | {"f8.planned_q1": Decimal(60), "f14.progress_percent": Decimal(25)}
    said = summary(quarter([behind, stopped | {known: Decimal(20)}, late | {known: Decimal(19)}, late]))
    assert said["โครงการที่ควรติดตามเป็นพิเศษ"] == (
        "มี 4 โครงการ โดย 3 ลำดับแรก ได้แก่ "
        "(1) โครงการข (กองกฎหมาย) ซึ่งชะลอ/พักโครงการ (แผนร้อยละ 20.00 ผลร้อยละ 20.00) "
        "(2) โครงการก (กองกลาง) ซึ่งผลต่ำกว่าแผน 35.00 จุดร้อยละ และล่าช้ากว่าแผน (แผนร้อยละ 60.00 ผลร้อยละ 25.00) "
        "และ (3) โครงการค (กองการสื่อสาร) ซึ่งล่าช้ากว่าแผน (แผนร้อยละ 20.00 ผลร้อยละ 19.00 ต่ำกว่าแผน 1.00 จุด)"
    )
    assert said["ข้อเสนอเพื่อพิจารณา"] == (
        "เห็นควร (1) เร่งรัดโครงการที่ล่าช้ากว่าแผน 3 โครงการ ให้เป็นไปตามแผน "
        "และ (2) พิจารณาแนวทางดำเนินการของโครงการที่ชะลอหรือพัก 1 โครงการ"
    )


def test_the_table_of_projects_in_need_has_as_many_rows_as_the_summary_says() -> None:
    late = GOOD | {"f14.schedule": c.LATE}
    said = summary(quarter([late, GOOD, GOOD], (State.ACCEPTED, State.ISSUED, State.ISSUED)))
    assert said["โครงการที่ควรติดตามเป็นพิเศษ"] == (
        "มี 3 โครงการ เป็นโครงการที่ยังไม่ได้รับรายงาน 2 โครงการ และโครงการที่รายงานแล้ว 1 โครงการ "
        "ได้แก่ โครงการก (กองกลาง) ซึ่งล่าช้ากว่าแผน (แผนร้อยละ 20.00 ผลร้อยละ 50.00 สูงกว่าแผน 30.00 จุด)"
    )


def test_a_project_told_late_with_figures_ahead_of_its_plan_is_to_be_looked_at() -> None:
    """R11: a recommendation never says what its own figures contradict."""
    ahead = GOOD | {"f14.schedule": c.LATE, "f8.planned_q1": Decimal(10), "f14.progress_percent": Decimal(11)}
    behind = ahead | {"f14.progress_percent": Decimal(9)}
    for answers, contradicts in ((ahead, True), (behind, False)):
        now = figures(quarter([answers])).now
        (advice,) = recommendations([now], now.units[0].source.unit.code, State.ACCEPTED, 0)
        assert ("ควรตรวจสอบข้อมูลให้สอดคล้องกัน" in advice, "ผลการดำเนินงานสูงกว่าแผน" in advice) == (contradicts,) * 2


def test_a_year_that_is_over_is_not_to_be_caught_up_with() -> None:
    late = GOOD | {"f14.schedule": c.LATE}
    said = summary(quarter([late], results=[Decimal(10)], number=4))
    assert said["ข้อเสนอเพื่อพิจารณา"] == (
        "เห็นควร (1) เร่งรัดโครงการที่ล่าช้ากว่าแผน 1 โครงการ ให้แล้วเสร็จโดยเร็ว "
        "และ (2) วิเคราะห์สาเหตุของตัวชี้วัดที่ไม่บรรลุเป้าหมาย 1 ตัวชี้วัด เพื่อกำหนดแนวทางในปีงบประมาณ พ.ศ. 2570"
    )


def test_the_year_end_counts_what_was_solved_at_any_time() -> None:
    """As many as the table below has rows: one solved in Q2, one in Q4, one that goes on."""

    def with_problems(*stated: str) -> dict[str, Value]:
        return GOOD | {f"f13.problems[{i}].problem": problem for i, problem in enumerate(stated, 1)}

    said = summary(
        quarter([with_problems("ก", "ข", "ค")]),
        quarter([with_problems("ข", "ค")], number=2),
        quarter([with_problems("ข", "ค")], number=3),
        quarter([with_problems("ค")], number=4),
        year_end=True,
    )
    assert said["ปัญหาและอุปสรรค"] == (
        "มีโครงการที่รายงานปัญหาและอุปสรรค 1 โครงการ รวม 1 ประเด็น ทั้งหมดเป็นปัญหาต่อเนื่อง ส่วนปัญหาในระหว่างปีที่แก้ไขแล้วมี 2 ประเด็น"
    )


def test_when_the_year_is_over_a_target_is_no_longer_missed_so_far() -> None:
    said = summary(quarter([GOOD], results=[Decimal(90), Decimal(10)], number=4))["ตัวชี้วัด"]
    assert "ยังไม่บรรลุ" not in said
    assert said.endswith("โดยตัวชี้วัดที่ไม่บรรลุเป้าหมาย ได้แก่ ความพึงพอใจ")


def _of_before(dataset: Dataset) -> Dataset:
    """As on the record of a release that told what was on its way as not met."""
    return replace(dataset, tells_on_way=False)


def test_all_kpis_that_miss_their_target_are_named_too() -> None:
    said = summary(_of_before(quarter([GOOD], results=[Decimal(10), Decimal(20)])))["ตัวชี้วัด"]
    assert said.startswith("ตัวชี้วัดทั้ง 2 ตัวชี้วัด ยังไม่บรรลุเป้าหมาย ได้แก่ (1) ความพึงพอใจ และ (2) ความพึงพอใจ")


def test_kpis_without_a_target_for_the_quarter_are_said_to_be_held_against_the_years() -> None:
    """The year's target is not due yet; when it is, there is nothing to say."""
    yearly = "ทั้งนี้ เป็นการเทียบกับเป้าหมายทั้งปีเนื่องจากไม่มีเป้าหมายรายไตรมาส 1 ตัวชี้วัด"
    now = _of_before(quarter([GOOD], results=[Decimal(10), Decimal(90)]))
    assert summary(now)["ตัวชี้วัด"].endswith(yearly)
    quarterly = [replace(one, kpi=replace(one.kpi, targets={1: Decimal(80)})) for one in now.kpis]
    assert yearly not in summary(replace(now, kpis=tuple(quarterly)))["ตัวชี้วัด"]
    assert yearly not in summary(quarter([GOOD], results=[Decimal(10)], number=4))["ตัวชี้วัด"]


def test_projects_that_should_have_begun_by_the_plan_are_urged() -> None:
    """What units say of their schedule is told as theirs, beside figures that speak against it."""
    idle = GOOD | {"f14.stage": c.NOT_STARTED, "f14.progress_percent": Decimal(0), "f9.recurrent.disbursed": Decimal(0)}
    said = summary(quarter([idle, idle]))
    assert "ยังไม่เริ่มดำเนินการ โดยหน่วยงานรายงานว่าเป็นไปตามแผนทุกโครงการ" in said["สถานะและความก้าวหน้า"]
    assert said["ข้อเสนอเพื่อพิจารณา"] == "เห็นควรเร่งรัดโครงการที่ยังไม่เริ่มดำเนินการแม้ถึงกำหนดตามแผนแล้ว 2 โครงการ"
    later = idle | {"f8.planned_q1": Decimal(0)}
    assert "ข้อเสนอเพื่อพิจารณา" not in summary(quarter([later]))


def test_a_plan_without_anything_says_so() -> None:
    assert summary(quarter([])) == {
        "การรายงานผล": f"{PLAN.name} ยังไม่มีโครงการและตัวชี้วัดที่ต้องรายงานในไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2569"
    }


per_cents = st.none() | st.integers(0, 100).map(Decimal)
baht = st.none() | st.integers(0, 10**9).map(lambda satang: Decimal(satang) / 100)
answers = st.fixed_dictionaries(
    {},
    optional={
        "f3.source[1]": st.sampled_from(c.SOURCES),
        "f8.planned_q1": per_cents,
        "f8.planned_q2": per_cents,
        "f8.planned_q4": per_cents,
        "f8.end_date": st.dates(date(2025, 10, 1), date(2026, 9, 30)),
        **{f"f9.{k}.{a}": baht for k in ("recurrent", "investment") for a in ("budget", "committed", "disbursed")},
        "f13.problems[1].problem": st.sampled_from(["ไม่มี", "ขาดอุปกรณ์", "ผู้รับจ้างทิ้งงาน"]),
        "f14.stage": st.sampled_from([*c.STAGES, "อื่น"]),
        "f14.schedule": st.sampled_from([*c.SCHEDULES, ""]),
        "f14.progress_percent": per_cents,
    },
).map(lambda said: {key: value for key, value in said.items() if value is not None})
one_quarter = st.tuples(
    st.lists(st.none() | answers, max_size=7),
    st.tuples(*[st.sampled_from(State)] * len(UNITS)),
    st.lists(per_cents, max_size=3),
    st.sampled_from([0, 9]),
)


@st.composite
def reports(draw: st.DrawFn) -> ReportFigures:
    year_end = draw(st.booleans())
    number = 4 if year_end else draw(st.integers(1, 4))
    drawn = [draw(one_quarter) for _ in range(number)]
    quarters = [quarter(said, states, kpis, i, late) for i, (said, states, kpis, late) in enumerate(drawn, 1)]
    return figures(*quarters, year_end=year_end, targets=draw(st.sampled_from([Targets(), TARGETS])))


def numbers_in(value: object) -> set[str]:
    """Every number in the texts of a context, and how long each of its lists is."""
    if is_dataclass(value):
        return {number for one in fields(value) for number in numbers_in(getattr(value, one.name))}
    if isinstance(value, str):
        return set(re.findall(r"\d[\d,]*(?:\.\d+)?", value))
    if isinstance(value, Sequence):
        return {str(len(value))} | {number for inner in value for number in numbers_in(inner)}
    return set()


@settings(max_examples=150, deadline=None)
@given(reports())
def test_whatever_the_figures_every_number_is_one_of_them_and_every_paragraph_reads(report: ReportFigures) -> None:
    workspace = Workspace(Path(), Config(2569), date(2026, 1, 20))
    context = replace(build_context(report, workspace), summary=())
    paragraphs = build_summary(report)
    known = numbers_in(context) | counts_of(report)
    assert "การรายงานผล" in {one.head for one in paragraphs}
    for one in paragraphs:
        assert one.head
        assert one.text == one.text.strip() != ""
        assert not re.search(
            r"  |None|nan|Decimal|\n|–|ได้แก่$|ได้แก่ *ได้แก่|(?<![\d.,])0 (โครงการ|หน่วยงาน|ตัวชี้วัด|ประเด็น)", one.text
        ), one
        assert numbers_in(one.text) <= known, (one, numbers_in(one.text) - known)


def counts_of(report: ReportFigures) -> set[str]:
    """What no table of the report states, counted anew; and 1 to 7, which number the proposals."""
    now = report.now
    came = [unit for unit in now.units if unit.received]
    absent = [unit for unit in now.units if not unit.received]
    small = [
        sum(1 for trend in report.completed if not trend.is_current),
        sum(1 for told in report.problems if told.is_unmentioned),
        sum(1 for told in report.problems if told.history.standing is ProblemStatus.UNKNOWN and not told.reported),
        sum(1 for unit in came if unit.source.days_late),
        sum(1 for unit in absent if unit.source.state is State.INCOMPLETE),
        *(sum(len(getattr(unit, kind)) for unit in absent) for kind in ("projects", "kpis")),
        sum(1 for project in now.projects if project.stage == c.NOT_STARTED and project.planned),
    ]
    return {str(number) for number in [*small, *range(1, 8)]} | tiny_amounts(report)


def tiny_amounts(report: ReportFigures) -> set[str]:
    """Sums that two decimals of a million baht round to nothing, in baht; and the others with two decimals."""
    money = report.now.summary.spending.overall
    amounts = (money.budget, money.committed, money.disbursed, report.now.summary.coverage.shared_budget)
    return {w.baht(amount) if amount < 5000 else w.in_million(amount) for amount in amounts}


@settings(max_examples=60, deadline=None)
@given(reports())
def test_whatever_is_missing_is_named(report: ReportFigures) -> None:
    text = " ".join(one.text for one in build_summary(report) if one.head == "รายงานที่ยังขาด")
    for unit in report.now.units:
        assert (unit.source.unit.name in text) >= (not unit.received)
    if report.now.summary.missing:
        assert "ไม่นับส่วนที่ยังขาดเป็นศูนย์" in text
