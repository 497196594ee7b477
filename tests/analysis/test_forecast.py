"""The forecast, held against what came: the sample year's second and third quarters against its fourth."""

from __future__ import annotations

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
from plan_tracker.demo.answers import answer_kpi, answer_project
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Kpi, Plan, Project, Register, Unit
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


@pytest.mark.parametrize(("period", "most_points", "most_money"), [(Q2, "1.5", "12"), (Q3, "1", "12")])
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
