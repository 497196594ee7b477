"""What projects that have been merged say together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from plan_tracker.analysis.basis.merged_answers import merge_entries, merge_values
from plan_tracker.forms.definition import choices as c
from plan_tracker.values import Answer, Entry, Value

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


def answered(sheet: str, said: dict[str, Value], unread: dict[str, str] | None = None) -> Entry:
    """``said`` in cells of column D, and what ``unread`` has there that can't be read."""
    found = {key: Answer(value, f"D{row}") for row, (key, value) in enumerate(said.items(), 1)}
    return Entry(sheet, found | {key: Answer(None, "E1", typed) for key, typed in (unread or {}).items()})


def test_a_merged_answer_stands_in_the_cell_of_the_first_where_it_is_what_that_says() -> None:
    merged = merge_entries([answered("P001", ONE), answered("P002", OTHER)])
    assert merged.sheet == "P001"
    stands = {key: answer.cell for key, answer in merged.answers.items()}
    kept = (
        "f3.source[1]",
        "f5.outputs[1].output",
        "f8.end_date",
        "f8.planned_q1",
        "f9.recurrent.disbursed",
        "f14.note",
    )
    assert {key: stands[key] for key in kept} == {key: f"D{list(ONE).index(key) + 1}" for key in kept}
    assert {
        stands[key] for key in ("f4.objectives", "f8.start_date", "f9.recurrent.budget", "f9.investment.budget")
    } == {""}
    assert {key: answer.value for key, answer in merged.answers.items()} == merge_values([ONE, OTHER])


def test_what_can_not_be_read_of_one_part_nobody_knows_of_the_whole() -> None:
    unread = {"f9.recurrent.budget": "ห้าแสน", "f5.outputs[2].output": "?", "f3.source[2]": "?", "f6.summary": "?"}
    merged = merge_entries([answered("P001", ONE), answered("P002", OTHER, unread)]).answers
    assert merged["f9.recurrent.budget"] == Answer(None, "", "ห้าแสน")
    assert merged["f6.summary"] == Answer(None, "", "?")
    assert (merged["f5.outputs[2].output"].value, "f3.source[3]" in merged) == ("คู่มือ", False)
    assert merged["f3.source[2]"].value == "งบกลาง"


D1, D2 = date(2026, 1, 1), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("keys", "one", "other", "merged", "alone"),
    [
        *(((f"f8.planned_q{quarter}",), Decimal(40), Decimal(50), None, None) for quarter in (1, 2, 3, 4)),
        (("f10.scope", "f14.schedule"), "หนึ่ง", "สอง", None, None),
        (("f10.provinces",), "ภูเก็ต", "กระบี่", None, "ภูเก็ต"),
        (("f14.stage",), c.COMPLETED, c.NOT_STARTED, c.UNDER_WAY, None),
        (("f8.start_date",), D2, D1, D1, D2),
        (("f8.end_date",), D1, D2, D2, D1),
        (("f14.actual_end_date",), D1, D2, D2, None),
        (("f14.progress_percent",), Decimal(40), Decimal(30), Decimal(30), Decimal(40)),
        (
            ("f9.recurrent.act_budget", "f9.recurrent.committed", "f9.investment.disbursed"),
            *(Decimal(1), Decimal(2), Decimal(3), Decimal(1)),
        ),
        (
            ("f3.other", "f4.objectives", "f6.summary", "f11.result_quarter", "f11.result_cumulative", "f12.benefits"),
            *("หนึ่ง", "สอง", "หนึ่ง\nสอง", "หนึ่ง"),
        ),
        (("f9.note", "f13.note", "f14.next_steps"), "หนึ่ง", "สอง", "หนึ่ง", "หนึ่ง"),
    ],
)
def test_what_two_say_of_a_field(
    keys: Sequence[str], one: Value, other: Value, merged: Value | None, alone: Value | None
) -> None:
    """``alone``: where the other says nothing of it."""
    for key in keys:
        assert merge_values([{key: one}, {key: other}]).get(key) == merged
        assert merge_values([{}, {key: one}]).get(key) == alone


@pytest.mark.parametrize(
    ("table", "columns", "rows"),
    [
        ("f5.outputs", "output quantity unit", 10),
        ("f7.indicators", "indicator unit direction target result", 10),
        ("f8.activities", "activity start end", 15),
        ("f13.problems", "problem cause recommendation owner", 10),
    ],
)
def test_rows_of_a_table_stand_one_below_the_other_as_far_as_there_is_room(table: str, columns: str, rows: int) -> None:
    def rows_of(name: str, numbers: Sequence[int]) -> dict[str, Value]:
        return {f"{table}[{i}].{column}": f"{name} {i} {column}" for i in numbers for column in columns.split()}

    merged = merge_values([rows_of("ก", [1, 3]), rows_of("ข", [2]) | rows_of("ก", [1])])
    told = [[merged.get(f"{table}[{i}].{column}") for column in columns.split()] for i in (1, 2, 3, 4)]
    assert told == [
        *([f"{row} {column}" for column in columns.split()] for row in ("ก 1", "ก 3", "ข 2")),
        [None] * len(columns.split()),
    ]
    many = [rows_of(name, range(1, rows)) for name in "กข"]
    assert len(merge_values(many)) == rows * len(columns.split())


def test_texts_are_joined_while_a_unit_could_write_as_much() -> None:
    parts: list[dict[str, Value]] = [{"f6.summary": "ก" * 1499}, {"f6.summary": "ข" * 1500}]
    assert merge_values(parts)["f6.summary"] == "ก" * 1499 + "\n" + "ข" * 1500
    parts[1] = {"f6.summary": "ข" * 1501}
    assert merge_values(parts)["f6.summary"] == "ก" * 1499


def test_sources_of_money_of_all_are_named_as_far_as_there_is_room() -> None:
    named: list[dict[str, Value]] = [
        {f"f3.source[{i}]": source for i, source in enumerate(sources, 1)} for sources in ("กข", "ขค", "ง")
    ]
    merged = merge_values(named)
    assert merged == {"f3.source[1]": "ก", "f3.source[2]": "ข", "f3.source[3]": "ค"}
