"""R13: the year-end's outcomes: against what was set out for, by province; and money that lies idle."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from plan_tracker.analysis.basis.dataset import Dataset, PlanYear, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.concerns.needs import Need
from plan_tracker.analysis.over_time.follow_up import FollowUp
from plan_tracker.analysis.proposals import proposals_of
from plan_tracker.analysis.report import ReportFigures, report_figures
from plan_tracker.config import Config, Targets
from plan_tracker.documents.report.rows.outcomes import achieved_row, area_rows, idle_rows, idle_total
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI
from plan_tracker.register import Plan, Project, Unit
from plan_tracker.values import Answer, Entry, Value

Q3, Q4, END = Period(2569, 3), Period(2569, 4), Period(2569, YEAR_END)
PLAN, UNIT = Plan("ops", "แผน (ตัวอย่าง)", "สำนักงาน"), Unit("U1", "กอง (ตัวอย่าง)", "กอง", "memo", "")
CAME = Source(1, "u1.xlsx", "0" * 64)
DONE: dict[str, Value] = {"f14.stage": c.COMPLETED, "f12.benefits": "ประชาชนได้ใช้บริการเร็วขึ้น (ตัวอย่าง)"}


def spent(budget: int, disbursed: int, committed: int = 0) -> dict[str, Value]:
    amounts = {"budget": budget, "disbursed": disbursed, "committed": committed}
    return {f"f9.recurrent.{name}": Decimal(amount) for name, amount in amounts.items()}


def quarter(period: Period, projects: Mapping[str, Mapping[str, Value] | None]) -> Dataset:
    found = tuple(
        ProjectResult(
            Project(code, f"โครงการ {code}", ("ops",), "U1"),
            UNIT,
            Entry("แผ่นงาน", {key: Answer(value, "D1") for key, value in answers.items()}) if answers else None,
            CAME if answers else None,
        )
        for code, answers in projects.items()
    )
    came = (CAME,) if any(projects.values()) else ()
    return Dataset(period, PLAN, period.last_day, (UnitReturn(UNIT, State.ACCEPTED, came),), found, ())


def year_end(*quarters: Dataset, settings: Config | None = None) -> ReportFigures:
    return report_figures(PlanYear(END, quarters), settings or Config(2569))


def test_completed_projects_that_hold_money_are_named_with_it() -> None:
    """Neither disbursed nor committed, the most first; to the baht, and not of projects that go on."""
    report = year_end(
        quarter(
            Q4,
            {
                "P1": DONE | spent(1_000_000, 900_000, 50_000),
                "P2": DONE | spent(1_000_000, 900_000, 100_000),
                "P3": DONE | spent(9_000_000, 1_000_000),
                "P4": {"f14.stage": c.UNDER_WAY} | spent(1_000_000, 0),
                "P5": DONE,
            },
        )
    )
    rows = list(idle_rows(report, THAI))
    assert [(row.number, row.project, row.idle) for row in rows] == [
        ("1", "โครงการ P3", "8.00"),
        ("2", "โครงการ P1", "0.05"),
        ("", "รวม", "8.05"),
    ]
    assert idle_total(report, THAI) == "มี 2 โครงการ รวม 8.05 ล้านบาท"
    assert next(one.number for one in proposals_of(report) if one.need is Need.IDLE_MONEY) == 2
    assert idle_total(year_end(quarter(Q4, {"P2": DONE | spent(10, 9, 1)})), THAI) == ""


def test_outcomes_stand_against_what_was_set_out_for() -> None:
    report = year_end(
        quarter(
            Q4,
            {
                "P1": DONE
                | {
                    "f5.outputs[1].output": "ศูนย์บริการ",
                    "f5.outputs[1].quantity": Decimal(12),
                    "f5.outputs[1].unit": "แห่ง",
                    "f5.outputs[10].output": "คู่มือ",
                    "f7.indicators[1].indicator": "ความพึงพอใจ",
                    "f7.indicators[1].unit": "ร้อยละ",
                    "f7.indicators[1].target": Decimal(85),
                    "f7.indicators[1].result": Decimal("88.5"),
                    "f10.scope": c.IN_PROVINCES,
                    "f10.provinces": "เชียงใหม่, ตรัง",
                }
            },
        )
    )
    (row,) = (achieved_row(trend, THAI) for trend in report.completed)
    assert row.outputs == "ศูนย์บริการ 12 แห่ง\nคู่มือ –"
    assert row.indicators == "ความพึงพอใจ: ผล 88.5 เป้าหมาย 85 (ร้อยละ)"
    assert (row.area, row.benefits) == ("เชียงใหม่ และตรัง", DONE["f12.benefits"])


def test_projects_are_counted_in_each_of_their_provinces() -> None:
    """Whole scopes first, then where most projects are; one that says nothing of (10) is there, too."""

    def at(places: str) -> dict[str, Value]:
        return {"f10.scope": c.IN_PROVINCES, "f10.provinces": places}

    report = year_end(
        quarter(
            Q4,
            {
                "P1": DONE | at("น่าน, ตรัง, เชียงใหม่, เชียงราย"),
                "P2": {"f14.stage": c.UNDER_WAY} | at("เชียงใหม่, ภูเก็ต, กระบี่"),
                "P3": DONE | {"f10.scope": c.SCOPES[1]},
                "P4": {"f14.stage": c.UNDER_WAY},
                "P5": None,
            },
        )
    )
    assert [(row.name, row.projects, row.completed, row.names) for row in area_rows(report, THAI)] == [
        ("ทั่วประเทศ", "1", "1", "โครงการ P3"),
        ("เชียงใหม่", "2", "1", "โครงการ P1"),
        ("เชียงราย", "1", "1", "โครงการ P1"),  # before ตรัง, as in a dictionary: by consonants
        ("ตรัง", "1", "1", "โครงการ P1"),
        ("น่าน", "1", "1", "โครงการ P1"),
        ("กระบี่ และภูเก็ต", "1", "0", "–"),  # as many in each of them
        ("ไม่ได้ระบุ", "1", "0", "–"),
    ]


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        (None, DONE, FollowUp(Need.MISSING_RETURNS, 1, 1, 0)),
        (None, None, FollowUp(Need.MISSING_RETURNS, 1, 0, 1)),
        (spent(10, 12), spent(12, 12), FollowUp(Need.OVER_BUDGET, 1, 1, 0)),
        (spent(10, 12), spent(10, 11), FollowUp(Need.OVER_BUDGET, 1, 0, 1)),
        (spent(10, 5) | {"f9.recurrent.disbursed": ""}, spent(10, 6), FollowUp(Need.MONEY_UNSTATED, 1, 1, 0)),
    ],
)
def test_every_need_of_last_quarter_is_followed_up(
    before: dict[str, Value] | None, now: dict[str, Value] | None, found: FollowUp
) -> None:
    """R12: what was asked of a reader is told of again."""
    goes_on: dict[str, Value] = {"f14.stage": c.UNDER_WAY}
    told = [answers and goes_on | answers for answers in (before, now)]
    report = year_end(quarter(Q3, {"P1": told[0]}), quarter(Q4, {"P1": told[1]}))
    assert found in report.follow_ups


@pytest.mark.parametrize(("target", "settled"), [("60", 1), ("60.01", 0)])
def test_disbursement_below_its_target_is_followed_up_by_the_target_of_now(target: str, settled: int) -> None:
    annual: dict[str, Value] = {"f14.stage": c.UNDER_WAY, "f3.source[1]": c.ANNUAL_BUDGET}
    targets = Targets(overall=(None, None, Decimal(50), Decimal(target)))
    before, now = ({"P1": annual | spent(10, disbursed)} for disbursed in (4, 6))
    report = year_end(quarter(Q3, before), quarter(Q4, now), settings=Config(2569, targets=targets))
    assert FollowUp(Need.BELOW_TARGET, 1, settled, 1 - settled) in report.follow_ups


def test_what_is_followed_up_stands_in_the_order_of_the_recommendations() -> None:
    under_way: dict[str, Value] = {"f14.stage": c.UNDER_WAY, "f3.source[1]": c.ANNUAL_BUDGET}
    answers: dict[str, dict[str, Value] | None] = {
        "P2": {"f14.stage": c.SUSPENDED},
        "P3": {"f14.stage": c.UNDER_WAY, "f14.schedule": c.LATE},
        "P4": under_way | spent(10, 4),
        "P5": under_way | spent(1, 2),
    }
    targets = Targets(overall=(None, None, Decimal(60), Decimal(60)))
    report = year_end(quarter(Q3, answers), quarter(Q4, answers), settings=Config(2569, targets=targets))
    assert [one.need for one in report.follow_ups] == [
        Need.LATE,
        Need.SUSPENDED,
        Need.BELOW_TARGET,
        Need.OVER_BUDGET,
    ]
