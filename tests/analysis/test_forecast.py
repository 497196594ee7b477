"""The forecast, held against what came: the sample year's second and third quarters against its fourth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest

from plan_tracker.analysis.basis.dataset import Dataset, KpiResult, PlanYear, ProjectResult, Source
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures, plan_figures, project_figures
from plan_tracker.analysis.over_time.forecast import (
    Forecast,
    expected_end,
    expected_progress,
    expected_spending,
    forecast_of,
)
from plan_tracker.analysis.over_time.trends import trends_of
from plan_tracker.analysis.report import report_figures
from plan_tracker.config import Config, Targets
from plan_tracker.demo.answers import answer_project
from plan_tracker.documents.report.rows.forecast import forecast_text
from plan_tracker.documents.report.summary.paragraphs import build_summary
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI
from plan_tracker.register import Kpi, Plan, Project, Unit
from plan_tracker.sample import sample_tables
from plan_tracker.values import Answer, Entry, Value

Q1, Q2, Q3, Q4 = (Period(2569, quarter) for quarter in (1, 2, 3, 4))
PLAN, UNIT = Plan("ops", "แผน (ตัวอย่าง)", "สำนักงาน"), Unit("U1", "กอง (ตัวอย่าง)", "กอง", "memo", "")
CAME = Source(1, "u1.xlsx", "0" * 64)


def entry(answers: dict[str, Value]) -> Entry:
    return Entry("แผ่นงาน", {key: Answer(value, "D1") for key, value in answers.items()})


@cache
def sample_quarter(period: Period) -> PlanFigures:
    """The sample register's projects, answered as the demo answers them."""
    rows = sample_tables()["projects"]
    found = []
    for row in rows:
        known = {key: value for key, value in row.items() if "." in key}
        code = str(row["code"])
        project = Project(code, str(row["name"]), ("ops",), UNIT.code, known)
        found.append(ProjectResult(project, UNIT, entry(answer_project(code, "U1", period.quarter, known)), CAME))
    return plan_figures(Dataset(period, PLAN, period.last_day, (), tuple(found), ()))


@cache
def sample_forecast(period: Period) -> Forecast:
    quarters = [sample_quarter(Period(2569, number)) for number in range(1, period.quarter + 1)]
    return forecast_of(quarters[-1], trends_of(quarters), Targets())


@pytest.mark.parametrize(("period", "most_points", "most_money"), [(Q2, "0.5", "2"), (Q3, "0.2", "5")])
def test_the_sample_year_ends_about_as_was_forecast(period: Period, most_points: str, most_money: str) -> None:
    """R9: each project's result to some points, the plan's disbursement to some per cent of what it was."""
    end = {one.code: one for one in sample_quarter(Q4).projects}
    off, same = [], []
    for then in sample_quarter(period).projects:
        now = end[then.code]
        assert now.planned is not None
        assert now.actual is not None
        expected = expected_progress(then, now.planned)
        if expected is not None:
            off.append(abs(expected - now.actual))
            same.append(abs((then.actual or Decimal(0)) - now.actual))
    assert len(off) > 30
    assert sum(off) / len(off) <= Decimal(most_points), off
    assert sum(off) * 5 < sum(same)  # than to say that nothing changes any more
    spent, came = sample_forecast(period).spent, sample_quarter(Q4).summary.spending.overall.disbursed
    assert spent is not None
    assert abs(spent - came) / came * 100 <= Decimal(most_money), (spent, came)
    assert abs(spent - came) * 2 < abs(sample_quarter(period).summary.spending.overall.disbursed - came)


def test_how_far_last_quarter_s_forecast_was_off_is_told() -> None:
    """R9: the report checks itself; in the first quarter there is nothing to check."""
    first, second = sample_forecast(Q1), sample_forecast(Q2)
    assert (first.error, first.checked) == (None, 0)
    off = [
        abs(expected - now.actual)
        for then, now in zip(sample_quarter(Q1).projects, sample_quarter(Q2).projects, strict=True)
        if now.planned is not None and now.actual is not None
        if (expected := expected_progress(then, now.planned)) is not None
    ]
    assert second.error == sum(off) / len(off)
    assert second.checked == len(off)


def told(changes: Mapping[str, Value]) -> ProjectFigures:
    """A project from 1 October to 30 September, half of which was planned by the end of March."""
    answers: dict[str, Value] = {
        "f8.start_date": date(2025, 10, 1),
        "f8.end_date": date(2026, 9, 30),
        "f8.planned_q2": Decimal(50),
        "f9.recurrent.budget": Decimal(3650),
        "f9.recurrent.disbursed": Decimal(1820),
        "f14.stage": c.UNDER_WAY,
        "f14.progress_percent": Decimal(50),
    }
    answers |= changes
    project = Project("P1", "โครงการ (ตัวอย่าง)", ("ops",), "U1")
    return project_figures(ProjectResult(project, UNIT, entry(answers), CAME), Q2.quarter)


@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({}, date(2026, 9, 30)),  # 364 days after the start, as planned
        ({"f14.progress_percent": Decimal(25)}, date(2025, 10, 1) + timedelta(days=728)),
        ({"f14.progress_percent": Decimal(99)}, date(2026, 4, 3)),
        ({"f14.progress_percent": Decimal(0)}, None),
        ({"f14.progress_percent": Decimal("0.5")}, None),  # in a hundred years
        ({"f14.stage": c.SUSPENDED}, None),
        ({"f8.planned_q2": Decimal(0)}, None),
        ({"f8.start_date": date(2026, 4, 1)}, None),
        ({"f8.end_date": date(2026, 3, 31)}, date(2025, 10, 1) + timedelta(days=362)),  # 181 days for a half
        ({"f8.end_date": date(2026, 4, 1)}, date(2026, 4, 1)),
    ],
)
def test_a_project_ends_by_the_share_of_its_plan_that_was_done(changes: dict[str, Value], ends: date | None) -> None:
    assert expected_end(told(changes), Q2.last_day) == ends


@pytest.mark.parametrize(
    ("changes", "spent"),
    [
        ({}, "3650"),  # 10 a day
        ({"f9.recurrent.disbursed": Decimal(910)}, "1825"),
        ({"f9.recurrent.disbursed": Decimal(910), "f9.recurrent.committed": Decimal(1000)}, "1910"),
        ({"f9.recurrent.disbursed": Decimal(1820), "f8.start_date": date(2025, 12, 31)}, "3650"),  # the budget
        ({"f9.recurrent.disbursed": Decimal(910), "f8.end_date": date(2026, 5, 31)}, "1215"),  # 243 days
        ({"f9.recurrent.disbursed": Decimal(910), "f14.stage": c.SUSPENDED}, "910"),
        ({"f14.stage": c.COMPLETED, "f9.recurrent.committed": Decimal(30)}, "1850"),
        ({"f9.recurrent.disbursed": Decimal(4000)}, "4000"),
    ],
)
def test_money_goes_on_by_the_day(changes: dict[str, Value], spent: str) -> None:
    assert expected_spending(told(changes), Q2) == Decimal(spent)


@pytest.mark.parametrize(
    ("target", "quarterly", "result", "expected"),
    [
        ("80", {}, "39", "78"),
        ("80", {}, "40", None),
        ("93", {2: Decimal(52)}, "52", None),
        ("93", {2: Decimal(52)}, "26", "46.5"),
        ("93", {2: Decimal(0)}, "26", None),
    ],
)
def test_targets_that_are_out_of_reach_are_named(
    target: str, quarterly: dict[int, Decimal | str], result: str, expected: str | None
) -> None:
    kpi = Kpi("K1", "ตัวชี้วัด (ตัวอย่าง)", "ops", "U1", "คน", c.HIGHER, Decimal(target), quarterly)
    found = KpiResult(kpi, UNIT, entry({"k.result": Decimal(result)}), CAME)
    dataset = Dataset(Q2, PLAN, Q2.last_day, (), (told({}).source,), (found,))
    told_of = forecast_of(plan_figures(dataset), trends_of([plan_figures(dataset)]), Targets())
    assert [one.expected for one in told_of.kpis] == ([Decimal(expected)] if expected else [])
    year = replace(dataset, period=Q4)
    ended = forecast_of(plan_figures(year), trends_of([plan_figures(year)]), Targets())
    assert (ended.spent, ended.kpis) == (None, ())


@pytest.mark.parametrize(
    ("target", "result", "said"),
    [
        ("300", "148", "ตัวชี้วัด (ตัวอย่าง) (คาดว่าได้ 296 จากเป้าหมาย 300)"),
        ("300", "149.9", "ตัวชี้วัด (ตัวอย่าง) (คาดว่าได้ 299.8 จากเป้าหมาย 300)"),
        ("3", "1", "ตัวชี้วัด (ตัวอย่าง) (คาดว่าได้ 2 จากเป้าหมาย 3)"),
        ("12.5", "6.24", "ตัวชี้วัด (ตัวอย่าง) (คาดว่าได้ 12.48 จากเป้าหมาย 12.5)"),
        ("100000", "33333.337", "ตัวชี้วัด (ตัวอย่าง) (คาดว่าได้ 66,666.67 จากเป้าหมาย 100,000)"),
    ],
)
def test_a_count_is_forecast_as_a_whole_number_and_never_as_the_target_that_is_missed(
    target: str, result: str, said: str
) -> None:
    kpi = Kpi("K1", "ตัวชี้วัด (ตัวอย่าง)", "ops", "U1", "คน", c.HIGHER, Decimal(target))
    found = KpiResult(kpi, UNIT, entry({"k.result": Decimal(result)}), CAME)
    dataset = Dataset(Q2, PLAN, Q2.last_day, (), (told({}).source,), (found,))
    report = report_figures(PlanYear(Q2, (dataset,)), Config(2569))
    assert forecast_text(report, THAI).targets.replace("\u00a0", " ").endswith(said)
    summary = {one.head: one.text for one in build_summary(report)}
    assert "เป้าหมายทั้งปีที่คาดว่าจะไม่บรรลุมี 1 เป้าหมาย" in summary["การคาดการณ์ตามอัตราการดำเนินงานที่ผ่านมา"]


@pytest.mark.parametrize(("target", "is_out"), [("50.01", True), ("50", False)])
def test_a_target_of_disbursement_is_out_of_reach_by_a_hair(target: str, is_out: bool) -> None:
    """1,825 of 3,650 baht by the year's end; the fourth quarter's target is the year's."""
    project = told({"f9.recurrent.disbursed": Decimal(910), "f3.source[1]": c.ANNUAL_BUDGET})
    figures = plan_figures(Dataset(Q2, PLAN, Q2.last_day, (), (project.source,), ()))
    targets = Targets(overall=(None, Decimal(99), None, Decimal(target)))
    found = forecast_of(figures, trends_of([figures]), targets).targets
    assert [(one.kind, one.expected) for one in found] == ([("overall", Decimal(50))] if is_out else [])
