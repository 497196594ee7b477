"""What is merged under one of its own codes while the quarter's forms are out goes on from all its answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.desk import Q2, Desk, Typed, codes
from tests.register.test_lineage import APART, PROBLEM, taken_in
from tests.register.test_register_changes import reload

WHOLE: Typed = {
    "P001/f9.recurrent.disbursed": 1_300_000,
    "P001/f9.recurrent.budget": 5_000_000,
    "P001/f8.planned_q1": 25,
}


def totals(desk: Desk) -> dict[str, Decimal]:
    [told] = desk.run("trace", "q1", "ops", expect=0)["totals"]
    return {one["figure"]: Decimal(one["total"]) for one in told["figures"]}


def answers_of(desk: Desk, unit: str) -> dict[str, dict[str, Any]]:
    lines = desk.run("status", "q1", expect=0)["units"]
    return {one["project"]: one for line in lines if line["unit"] == unit for one in line["answers"]}


@pytest.fixture
def merging(desk: Desk) -> Desk:
    """YS has answered P001 and P002 in Q1; P002 has been merged into P001 since, and the forms issued anew."""
    desk.send_back("YS", {**APART, **PROBLEM})
    assert desk.ingest_one()["outcome"] == "accepted"
    reload(desk, taken_in())
    desk.run("issue-forms", "q1", expect=0)
    return desk


def test_both_answers_count_together_until_the_merged_project_answers(merging: Desk) -> None:
    told = totals(merging)
    assert [told[one] for one in ("budget", "disbursed", "under-way")] == [5_000_000, 1_200_000, 1]
    standing = answers_of(merging, "YS")
    assert (standing["P001"]["state"], standing["P001"]["parts"]) == ("clean", ["P002"])
    assert "P002" not in standing
    assert "YS: P001 นับรวมกับคำตอบของ P002" in merging.invoke("status", "q1").output
    assert [one["project"] for one in merging.run("problems", "q1", expect=0)["problems"]] == ["P001"]
    merging.send_back("YS", WHOLE)
    assert merging.ingest_one()["outcome"] == "accepted", codes(merging.ingest_one())
    assert totals(merging)["disbursed"] == 1_300_000
    assert answers_of(merging, "YS")["P001"]["parts"] == []


def test_each_answer_of_a_merged_project_is_traced_to_its_own_cells(merging: Desk) -> None:
    [found] = merging.run("trace", "q1", "ops", "disbursed", expect=0)["totals"][0]["figures"]
    assert {(one["code"], Decimal(one["value"])) for one in found["parts"]} >= {("P001", 1_000_000), ("P002", 200_000)}
    assert all(one["cell"] for one in found["parts"])
    for code, paid, others in (("P001", "1000000", ["P002"]), ("P002", "200000", [])):
        traced = merging.run("trace", "q1", code, "f9.recurrent.disbursed", expect=0)
        assert (traced["project"], traced["other_parts"]) == (code, others)
        [value] = traced["values"]
        assert (Decimal(value["value"]), value["cell"] != "") == (Decimal(paid), True)


def test_reports_say_of_which_answers_a_merged_project_is_told(merging: Desk) -> None:
    made = merging.report("q1", "--xlsx")
    [ops] = [one for one in made["reports"] if one["plan"] == "ops"]
    rows = [cell.text for table in Document(str(merging.root / ops["path"])).tables for cell in table._cells]
    assert any("P001 + P002" in text for text in rows)
    book = load_workbook(merging.root / made["workbook"], read_only=True)
    [one] = [line for line in book["โครงการ"].values if "P001" in line]
    assert 1_200_000 in one
    again = merging.run("trace", "q1", "ops", "--report", "1", expect=0)["totals"][0]["figures"]
    assert {Decimal(one["total"]) for one in again if one["figure"] == "disbursed"} == {Decimal(1_200_000)}


def test_the_next_quarter_goes_on_from_both(merging: Desk) -> None:
    merging.run("issue-forms", "q2", "--early", expect=0)
    merging.send_back("YS", {**WHOLE, "P001/f9.recurrent.disbursed": 1_100_000}, period=Q2)
    assert ("FELL", "P001", "f9.recurrent.disbursed") in codes(merging.ingest_one())
