"""R9: what changed, what needs attention, targets and trends, against cases computed by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from plan_tracker.analysis.attention import Reason, projects_in_need
from plan_tracker.analysis.changes import changes_between
from plan_tracker.analysis.figures import plan_figures
from plan_tracker.analysis.targets import compare_with_targets
from plan_tracker.analysis.trends import trends_of
from plan_tracker.config import Targets
from plan_tracker.forms import choices as c
from plan_tracker.values import Value
from tests.test_figures import dataset, entry, money

OPEN: dict[str, Value] = {"f14__stage": c.UNDER_WAY, "f14__schedule": c.ON_TIME}


def test_changes_compare_projects_that_reported_both_times_and_no_others() -> None:
    """Progress grows by 10 and by 30: 20 on average. 20 of 100 baht were spent, then 70: 50 points."""
    first = entry(**OPEN, f14__progress_percent=Decimal(10), **money("recurrent", "50", None, "10"))
    second = entry(**OPEN, f14__progress_percent=Decimal(20), **money("recurrent", "50", None, "10"))
    late = entry(
        f14__stage=c.UNDER_WAY,
        f14__schedule=c.LATE,
        f14__progress_percent=Decimal(20),
        **money("recurrent", "50", None, "20"),
    )
    done = entry(f14__stage=c.COMPLETED, f14__progress_percent=Decimal(50), **money("recurrent", "50", None, "50"))
    before = plan_figures(dataset(first, second, None, first))
    changes = changes_between(before, plan_figures(dataset(late, done, first, None, quarter=2)))
    assert [change.now.code for change in changes.compared] == ["P1", "P2"]
    assert changes.uncompared == 2
    assert (changes.progress_points, changes.disbursed_points) == (Decimal(20), Decimal(50))
    assert [change.now.code for change in changes.newly_late] == ["P1"]
    assert [change.now.code for change in changes.newly_completed] == ["P2"]


def test_attention_puts_the_heaviest_reason_first() -> None:
    """51 points behind is far behind; 30 is not, and a project that is done can't be late any more."""
    over = entry(**OPEN, **money("recurrent", "100", None, "130"))
    late = entry(f14__stage=c.UNDER_WAY, f14__schedule=c.LATE)
    far = entry(**OPEN, f8__planned_q1=Decimal(60), f14__progress_percent=Decimal(9))
    near = entry(**OPEN, f8__planned_q1=Decimal(60), f14__progress_percent=Decimal(30))
    overdue = entry(**OPEN, f8__end_date=date(2025, 12, 21))
    done = entry(f14__stage=c.COMPLETED, f14__schedule=c.LATE, f8__end_date=date(2025, 11, 1))
    figures = plan_figures(dataset(late, near, far, done, overdue, None, over))
    found = projects_in_need(figures.projects, date(2025, 12, 31))
    assert [(one.project.code, [(why.reason, why.value) for why in one.reasons]) for one in found] == [
        ("P7", [(Reason.OVER_BUDGET, Decimal(30))]),
        ("P6", [(Reason.NO_RETURN, None)]),
        ("P5", [(Reason.OVERDUE, Decimal(10))]),
        ("P3", [(Reason.FAR_BEHIND, Decimal(51))]),
        ("P1", [(Reason.LATE, None)]),
    ]


def test_targets_hold_only_projects_of_the_annual_budget_alone() -> None:
    """30 of 100 baht against 32 %: 2 points below. Neither the fund's 90 nor the mixed project's count."""
    annual = entry(**{"f3__source[1]": c.ANNUAL_BUDGET}, **money("recurrent", "100", None, "30"))
    fund = entry(**{"f3__source[1]": "งบกลาง"}, **money("recurrent", "100", None, "90"))
    both = {"f3__source[1]": c.ANNUAL_BUDGET, "f3__source[2]": "งบกลาง"}
    mixed = entry(**both, **money("recurrent", "100", None, "90"))
    projects = plan_figures(dataset(annual, fund, mixed, None)).projects
    targets = Targets("มติ (ตัวอย่าง)", overall=(Decimal(32), None, None, None))
    (found,) = compare_with_targets(projects, targets, 1)
    assert (found.projects, found.actual, found.gap, found.met) == (1, Decimal(30), Decimal(-2), False)
    assert compare_with_targets(projects, targets, 2) == ()


def test_a_quarter_without_a_return_is_a_gap_in_the_trend_and_not_0() -> None:
    said = entry(**OPEN, f14__progress_percent=Decimal(40))
    quarters = [plan_figures(dataset(one, quarter=i)) for i, one in enumerate((said, None, said), 1)]
    (trend,) = trends_of(quarters).projects
    assert [found.actual if found else None for found in trend.figures] == [Decimal(40), None, Decimal(40)]
    assert trend.is_current
    (broken,) = trends_of(quarters[:2]).projects
    assert broken.last_reported == quarters[0].period
