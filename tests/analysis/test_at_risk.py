"""What matters most, what became of what was asked, and how far figures can be relied on: cases computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.analysis.basis.dataset import Dataset
from plan_tracker.analysis.concerns.at_risk import money_at_risk
from plan_tracker.analysis.concerns.needs import Need
from plan_tracker.analysis.figures.plans import plan_figures
from plan_tracker.analysis.proposals import proposals_of
from plan_tracker.config import Config
from plan_tracker.config.tables import Due
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.values import Entry, Value
from tests.analysis.test_analysis import report
from tests.analysis.test_figures import dataset, entry, money


def under_way(planned: int, actual: int, budget: str = "100", disbursed: str = "20", **more: Value) -> Entry:
    values: dict[str, Value] = {
        "f8__planned_q1": Decimal(planned),
        "f8__planned_q2": Decimal(planned),
        "f14__stage": c.UNDER_WAY,
        "f14__schedule": c.LATE if actual < planned else c.ON_TIME,
        "f14__progress_percent": Decimal(actual),
        **money("recurrent", budget, None, disbursed),
    }
    return entry(**(values | more))


def with_budget(made: Dataset, index: int, baht: int) -> Dataset:
    """The register's budget for the project at ``index``."""
    projects = list(made.projects)
    known: dict[str, Value] = {"f9.investment.act_budget": Decimal(baht)}
    projects[index] = replace(projects[index], project=replace(projects[index].project, known=known))
    return replace(made, projects=tuple(projects))


def test_projects_are_sorted_by_the_money_at_risk() -> None:
    """80 baht are left of each but the last: 3/4 of it, all of it since its end is past, none; 90 where none came."""
    found = report(
        with_budget(
            dataset(under_way(40, 10), under_way(40, 40), under_way(40, 30, f8__end_date=date(2025, 12, 1)), None),
            3,
            90,
        )
    )
    assert [(one.project.code, one.at_risk, one.days_late) for one in found.glances] == [
        ("P4", Decimal(90), 0),
        ("P3", Decimal(80), 30),
        ("P1", Decimal(60), 0),
        ("P2", Decimal(0), 0),
    ]
    assert [one.project.code for one in found.attention] == ["P4", "P3", "P1"]


def test_what_is_over_the_budget_is_at_risk_and_nothing_of_what_is_closed() -> None:
    over, done, stopped = plan_figures(
        dataset(
            under_way(40, 40, disbursed="130"),
            under_way(40, 10, f14__stage=c.COMPLETED),
            under_way(40, 40, f14__stage=c.SUSPENDED),
        )
    ).projects
    assert [money_at_risk(one, date(2025, 12, 31)) for one in (over, done, stopped)] == [30, 0, 80]


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_no_more_is_at_risk_than_is_left(planned: int, actual: int, disbursed: int) -> None:
    (found,) = plan_figures(dataset(under_way(planned, actual, disbursed=str(disbursed)))).projects
    assert 0 <= money_at_risk(found, date(2025, 12, 31)) <= 100 - disbursed


def test_what_was_asked_last_quarter_is_followed_up() -> None:
    """Of three that were late one has caught up, one is late still, and of one nothing has come."""
    before = dataset(under_way(40, 10), under_way(40, 10), under_way(40, 10), under_way(40, 40))
    now = dataset(under_way(40, 40), under_way(40, 20), None, under_way(40, 10), quarter=2)
    (found,) = (one for one in report(before, now).follow_ups if one.need is not Need.MISSING_RETURNS)
    assert (found.need, found.number, found.settled, found.open, found.unknown) == (Need.LATE, 3, 1, 1, 1)
    assert report(before).follow_ups == ()


def test_what_is_asked_has_an_owner_and_a_day() -> None:
    """Missing returns at once (the data are of 15 January), all else by the next returns: 45 days after 31 March."""
    due = Due(days_for_reminder=5, days_after_quarter=45)
    found = report(dataset(under_way(40, 10), None), config=Config(2569, due=due))
    assert [(one.need, [unit.code for unit in one.units]) for one in proposals_of(found)] == [
        (Need.MISSING_RETURNS, ["U2"]),
        (Need.LATE, ["U1"]),
    ]
    assert (found.due.returns, found.due.others) == (date(2026, 1, 20), date(2026, 5, 15))


def test_money_that_is_not_told_is_asked_for_whatever_else_was_said() -> None:
    told: dict[str, Value] = {"f14__note": "ไม่มี"}
    half = money("recurrent", "100", None, None)
    found = report(
        dataset(entry(**half), entry(f14__stage=c.UNDER_WAY, **half), entry(f14__stage=c.UNDER_WAY), entry(**told))
    )
    assert [(one.need, one.number) for one in proposals_of(found) if one.need is Need.MONEY_UNSTATED] == [
        (Need.MONEY_UNSTATED, 2)
    ]


def test_what_the_figures_can_be_relied_on_is_counted() -> None:
    """One says it is late and is not, one is behind and says it is not."""
    contradicts = (
        under_way(40, 50, f14__schedule=c.LATE),
        under_way(40, 10, f14__schedule=c.ON_TIME),
        under_way(40, 10),
    )
    made = dataset(*contradicts, None)
    source = replace(made.units[0].sources[0], version=2)
    made = replace(made, units=(replace(made.units[0], sources=(source,), days_late=3), made.units[1]))
    found = report(made).trust
    assert (found.units, found.returned, found.missing) == (2, 1, 1)
    assert (found.late, found.corrected, found.doubtful, found.waived) == (1, 1, 2, 0)
    assert found.changed == 0
    assert made.period == Period(2569, 1)
