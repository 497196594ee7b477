"""R9: each total of a report leads back to the answers that it is made of, by file and cell."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_tracker.analysis.figures.plans import PlanFigures, UnitFigures, plan_figures
from plan_tracker.analysis.figures.totals import AMOUNTS, totals_of
from plan_tracker.values import plain
from tests.desk import Desk, Typed
from tests.report.test_summary import NONE_CAME, answers, per_cents, quarter

DISBURSED: Typed = {
    "P001/f9.recurrent.disbursed": 900_000,
    "P001/f9.recurrent.budget": 4_000_000,
    "P001/f9.note": "โอนเปลี่ยนแปลง (ตัวอย่าง)",
}


@pytest.fixture
def returned(desk: Desk) -> Desk:
    """One unit has returned; the others have not."""
    desk.send_back("YS", DISBURSED, name="ส่งแล้ว.xlsx")
    desk.ingest_one()
    return desk


def figure(found: dict[str, Any], name: str) -> dict[str, Any]:
    (one,) = [each for each in found["figures"] if each["figure"] == name]
    assert isinstance(one, dict)
    return one


def test_a_plans_total_is_the_sum_of_cells_that_hold_just_that(returned: Desk) -> None:
    (found,) = returned.run("trace", "q1", "ops", "disbursed", expect=0)["totals"]
    assert (found["plan"], found["unit"], found["period"]) == ("ops", None, "2569-q1")
    total = figure(found, "disbursed")
    assert total["total"] == "900000.00"
    assert sum(Decimal(part["value"]) for part in total["parts"]) == 900_000
    part = next(part for part in total["parts"] if Decimal(part["value"]))
    assert (part["code"], part["file"], part["field"]) == ("P001", "ส่งแล้ว.xlsx", "f9.recurrent.disbursed")
    original = returned.root / part["original"]
    assert hashlib.sha256(original.read_bytes()).hexdigest() == part["sha256"]
    assert openpyxl.load_workbook(original)[part["sheet"]][part["cell"]].value == 900_000


def test_a_report_on_record_is_traced_to_the_returns_that_it_was_made_from(returned: Desk) -> None:
    """Newer returns, and newer settings, change what counts now, and not what that report states."""
    returned.report("q1")
    returned.send_back("YS", {"P001/f9.recurrent.disbursed": 950_000}, name="ใหม่.xlsx")
    returned.ingest_one()
    for words, amount, file in ((("--report", "1"), "900000.00", "ส่งแล้ว.xlsx"), ((), "950000.00", "ใหม่.xlsx")):
        single = returned.run("trace", "q1", "P001", "f9.recurrent.disbursed", *words, expect=0)
        assert (single["values"][0]["value"], single["file"]) == (amount, file)
        total = figure(returned.run("trace", "q1", "ops", "disbursed", *words, expect=0)["totals"][0], "disbursed")
        assert (total["total"], {part["file"] for part in total["parts"]}) == (amount, {file})
    assert "--list" in returned.invoke("trace", "q1", "P001", "--report", "7").output


def test_units_without_a_return_are_named_and_their_totals_unknown(returned: Desk) -> None:
    (found,) = returned.run("trace", "q1", "ETDA", expect=0)["totals"]
    assert (found["plan"], found["unit"], found["missing"]) == ("ministry", "ETDA", ["ETDA"])
    assert all(one["total"] is None and one["parts"] == [] for one in found["figures"])
    ministry = returned.run("trace", "q1", "ministry", expect=0)["totals"][0]
    assert ministry["missing"] == ["ETDA"]
    assert figure(ministry, "disbursed")["total"] == "900000.00"
    assert "ETDA" in returned.invoke("trace", "q1", "ministry").stdout


def test_a_units_totals_are_told_for_each_of_its_plans(returned: Desk) -> None:
    found = returned.run("trace", "q1", "YS", "under_way", expect=0)["totals"]
    assert [(one["plan"], [part["code"] for part in one["figures"][0]["parts"]]) for one in found] == [
        ("ops", ["P001", "P002"]),
        ("ministry", ["P001"]),
    ]


def test_what_is_held_against_the_targets_is_traced_apart(returned: Desk) -> None:
    """Of projects of the annual budget alone: P002 uses no budget."""
    (found,) = returned.run("trace", "q1", "ops", expect=0)["totals"]
    annual = figure(found, "disbursed-annual")
    assert annual["total"] == figure(found, "disbursed")["total"] == "900000.00"
    assert {part["code"] for part in annual["parts"]} == {"P001"}


def test_a_figure_that_there_is_not_is_answered_with_those_there_are(returned: Desk) -> None:
    result = returned.invoke("trace", "q1", "ops", "spent")
    assert result.exit_code == 2
    assert "disbursed" in result.output
    assert returned.invoke("trace", "q1", "TS").exit_code == 2


def test_a_changed_original_is_told(returned: Desk) -> None:
    (returned.root / "data" / "originals" / "2569-q1" / "YS-v1.xlsx").write_bytes(b"changed")
    assert returned.run("trace", "q1", "ops", expect=1)["totals"][0]["originals_changed"] == ["YS"]


def test_the_year_end_has_the_totals_of_its_last_quarter(returned: Desk) -> None:
    """Q4 has no return, so its totals are unknown, whatever Q1 said."""
    (found,) = returned.run("trace", "year-end", "ops", "disbursed", expect=0)["totals"]
    assert (found["period"], figure(found, "disbursed")["total"]) == ("2569-year-end", None)


def test_what_a_total_lacks_for_want_of_a_readable_answer_is_named(desk: Desk) -> None:
    """A waived return with one amount in words: the project's money is in no sum, its progress is in the mean."""
    desk.send_back("YS", {**DISBURSED, "P001/f9.recurrent.committed": "สิบบาท"})
    desk.ingest_one()
    desk.run("accept", "q1", "YS", "--because", "รอเอกสาร (ตัวอย่าง)", expect=0)
    figures = desk.run("trace", "q1", "ops", expect=0)["totals"][0]["figures"]
    lacking = {one["figure"]: one["left_out"] for one in figures if one["left_out"]}
    assert set(lacking) == {
        f"{a}{k}" for a in AMOUNTS for of in ("", "-annual") for k in (of, f"{of}-recurrent", f"{of}-investment")
    }
    assert all(codes == ["P001"] for codes in lacking.values())
    assert "P001" in desk.invoke("trace", "q1", "ops").stdout
    assert "P001" in desk.invoke("trace", "q1", "ops", "disbursed").stdout


def test_parts_fit_80_columns(returned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = returned.invoke("trace", "q1", "ops", "disbursed").stdout
    assert "900000.00" in shown
    assert max(map(len, shown.splitlines())) <= 80


@settings(max_examples=100, deadline=None)
@given(st.lists(st.none() | answers, max_size=7), st.lists(per_cents, max_size=3), st.booleans())
def test_the_parts_of_any_total_give_what_the_report_prints(
    said: list[Any], results: list[Decimal | None], came: bool
) -> None:
    made = quarter(said, results=results) if came else quarter(said, NONE_CAME, results)
    figures = plan_figures(made)
    scopes: list[PlanFigures | UnitFigures] = [figures, *figures.units]
    for found in scopes:
        for total in totals_of(found, 1):
            values = [part.value for part in total.parts]
            if total.how == "count":
                assert (total.value or 0) == len(values), total
                continue
            numbers = [Decimal(plain(value)) for value in values]
            added = sum(numbers, Decimal(0))
            expected = added if total.how == "sum" else added / len(numbers) if numbers else None
            assert total.value == expected or (total.value is None and not numbers), total
