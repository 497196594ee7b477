"""What projects that have been merged say together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from plan_tracker.analysis.basis.merged_answers import merge_values
from plan_tracker.forms.definition import choices as c
from plan_tracker.values import Value

ONE: dict[str, Value] = {
    "f3.source[1]": c.ANNUAL_BUDGET,
    "f4.objectives": "หนึ่ง",
    "f5.outputs[1].output": "ระบบ",
    "f5.outputs[1].quantity": Decimal(1),
    "f8.start_date": date(2025, 10, 1),
    "f8.end_date": date(2026, 9, 30),
    "f8.planned_q1": Decimal(25),
    "f8.planned_q2": Decimal(50),
    "f9.recurrent.budget": Decimal(1000),
    "f9.recurrent.disbursed": Decimal(400),
    "f14.stage": c.COMPLETED,
    "f14.progress_percent": Decimal(100),
    "f14.note": "หมายเหตุ",
}
OTHER: dict[str, Value] = {
    "f3.source[1]": "งบกลาง",
    "f4.objectives": "สอง",
    "f5.outputs[1].output": "คู่มือ",
    "f8.start_date": date(2025, 1, 1),
    "f8.end_date": date(2026, 3, 31),
    "f8.planned_q1": Decimal(25),
    "f8.planned_q2": Decimal(60),
    "f9.recurrent.budget": Decimal(500),
    "f9.investment.budget": Decimal(70),
    "f14.stage": c.UNDER_WAY,
    "f14.progress_percent": Decimal(40),
}


def test_money_is_summed_and_the_work_lasts_from_the_first_day_to_the_last() -> None:
    merged = merge_values([ONE, OTHER])
    assert [merged[f"f9.{key}"] for key in ("recurrent.budget", "investment.budget", "recurrent.disbursed")] == [
        1500,
        70,
        400,
    ]
    assert (merged["f8.start_date"], merged["f8.end_date"]) == (date(2025, 1, 1), date(2026, 9, 30))


def test_tables_sources_and_texts_have_those_of_all() -> None:
    merged = merge_values([ONE, OTHER, ONE])
    assert [merged.get(f"f5.outputs[{i}].output") for i in (1, 2, 3)] == ["ระบบ", "คู่มือ", None]
    assert merged["f5.outputs[1].quantity"] == 1
    assert "f5.outputs[2].quantity" not in merged
    assert [merged.get(f"f3.source[{i}]") for i in (1, 2, 3)] == [c.ANNUAL_BUDGET, "งบกลาง", None]
    assert merged["f4.objectives"] == "หนึ่ง\nสอง"


def test_what_differs_and_can_not_be_put_together_nobody_has_said() -> None:
    merged = merge_values([ONE, OTHER])
    assert merged["f8.planned_q1"] == 25
    assert "f8.planned_q2" not in merged
    assert "f8.planned_q1" not in merge_values([ONE, {"f4.objectives": "สอง"}])


def test_it_goes_on_while_a_part_does_and_is_as_far_as_the_last() -> None:
    merged = merge_values([ONE, OTHER])
    assert (merged["f14.stage"], merged["f14.progress_percent"]) == (c.UNDER_WAY, Decimal(40))
    assert merge_values([ONE, ONE])["f14.stage"] == c.COMPLETED


@pytest.mark.parametrize("said", [ONE, OTHER, {}])
def test_one_alone_says_what_it_said(said: dict[str, Value]) -> None:
    assert merge_values([said]) == said


def test_a_source_of_money_is_named_where_a_part_has_one() -> None:
    assert merge_values([{"f3.source[1]": c.NO_BUDGET}, ONE])["f3.source[1]"] == c.ANNUAL_BUDGET
    assert merge_values([{"f3.source[1]": c.NO_BUDGET}] * 2)["f3.source[1]"] == c.NO_BUDGET


def test_texts_that_are_too_long_together_are_the_first_ones() -> None:
    long: list[dict[str, Value]] = [{"f6.summary": "ก" * 2000}, {"f6.summary": "ข" * 2000}]
    assert merge_values(long)["f6.summary"] == "ก" * 2000
