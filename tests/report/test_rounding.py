"""R9: totals equal the sum of what is printed, or the report says why not."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.analysis.figures.plans import PlanFigures, Summary, plan_figures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import rounding_notes
from plan_tracker.documents.report.rows.figures import money_rows, stage_rows
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI
from tests.analysis.test_figures import dataset, entry, money


def _figures(*stated: tuple[str, str]) -> PlanFigures:
    """A project per pair of a recurrent and an investment budget, in baht."""
    return plan_figures(
        dataset(
            *(entry(**money("recurrent", one, None, "0"), **money("investment", two, None, "0")) for one, two in stated)
        )
    )


def _in_stages(*counts: int) -> Summary:
    found = [entry(f14__stage=stage) for stage, number in zip(c.STAGES, counts, strict=False) for _ in range(number)]
    return plan_figures(dataset(*found)).summary


def test_per_cents_of_stages() -> None:
    assert rounding_notes.stages_apart(_in_stages(1, 1, 1))  # 33.33 three times
    assert not rounding_notes.stages_apart(_in_stages(1, 1))
    assert not rounding_notes.stages_apart(_in_stages(2, 1))  # 66.67 + 33.33
    assert not rounding_notes.stages_apart(_in_stages())


def test_money_by_kind() -> None:
    """49 baht round to nothing in million baht, twice that to 0.0001."""
    assert rounding_notes.kinds_apart(_figures(("49", "49")).summary)
    assert not rounding_notes.kinds_apart(_figures(("100", "100")).summary)


def test_money_by_unit() -> None:
    assert not rounding_notes.units_apart(_figures(("49", "0"), ("49", "0")))  # of one unit
    assert not rounding_notes.units_apart(plan_figures(dataset()))


def test_what_is_little_is_not_printed_as_nothing() -> None:
    assert [w.million(Decimal(text)) for text in ("49.99", "50", "0", "-49.99", "38200000")] == [
        "<0.0001",
        "0.0001",
        "0.0000",
        ">-0.0001",
        "38.2000",
    ]


def test_a_stated_zero_is_zero_and_what_nobody_stated_is_a_dash() -> None:
    """A budget of 0 that a unit typed is printed; a project that needs no money leaves field (9) blank."""
    assert [row.disbursed for row in money_rows(_figures(("0", "0")).summary, THAI)] == ["0.0000"] * 3
    assert [row.percent for row in money_rows(_figures(("0", "0")).summary, THAI)] == [w.DASH] * 3
    blank = plan_figures(dataset(entry(f14__stage=c.UNDER_WAY)))
    assert [row.disbursed for row in money_rows(blank.summary, THAI)] == [w.DASH] * 3


@given(st.lists(st.tuples(*[st.integers(0, 10**9)] * 2), min_size=1, max_size=4))
def test_without_the_note_what_is_printed_adds_up(stated: list[tuple[int, int]]) -> None:
    found = _figures(*((str(one), str(two)) for one, two in stated)).summary
    recurrent, investment, overall = (
        Decimal(row.budget.replace(w.DASH, "0").replace("<0.0001", "0").replace(",", ""))
        for row in money_rows(found, THAI)
    )
    if not rounding_notes.kinds_apart(found):
        assert recurrent + investment == overall


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5))
def test_without_the_note_per_cents_add_up(counts: list[int]) -> None:
    found = _in_stages(*counts)
    *rows, _total = stage_rows(found, THAI)
    if found.total and not rounding_notes.stages_apart(found):
        assert sum(Decimal(row.percent) for row in rows) == 100
