"""What a finding says, with every figure and name in it: where it is, what stood there, what may stand there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from plan_tracker.checking.parsing.names import read_choice
from plan_tracker.checking.rules import rules_of
from plan_tracker.forms.definition.versions import CURRENT
from tests.desk import Desk, Typed

TOLD = {
    ("NOT-CHOICE", "f10.scope"): (
        "C57",
        "ทั่วประเทศไทย",
        "“ทั่วประเทศไทย” is not one of the choices.",
        "Choose from the list: ส่วนกลาง · ทั่วประเทศ · ระบุจังหวัด Probably meant: ทั่วประเทศ",
    ),
    ("OUT-OF-RANGE", "f14.progress_percent"): (
        "C78",
        "101",
        "“101” is outside what “ความก้าวหน้าสะสม (ร้อยละ)” can be (0–100).",
        "Check the figure and its unit.",
    ),
    ("TOO-LONG", "f14.note"): (
        "I75",
        "ย" * 1001,
        "The text has 1001 characters; at most 1000 fit.",
        "Shorten the text to 1000 characters.",
    ),
}


def test_each_names_its_cell_what_stood_there_and_what_may(desk: Desk) -> None:
    typed: Typed = {"P001/f14.progress_percent": 101, "P001/f10.scope": "ทั่วประเทศไทย", "P001/f14.note": "ย" * 1001}
    desk.send_back("YS", typed)
    [file] = desk.run("ingest")["files"]
    assert {
        (one["code"], one["field"]): (one["cell"], one["value"], one["message_en"], one["fix_en"])
        for one in file["findings"]
        if one["code"] in {code for code, _field in TOLD}
    } == TOLD
    assert {(one["project"], one["sheet"]) for one in file["findings"]} == {("P001", "P001")}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ภายใน", None),
        ("กอง", "กอง/สำนัก"),
        ("สำนัก", "กอง/สำนัก"),
        ("ตรวจสอบ (ภายใน)", "ตรวจสอบ (ภายใน)"),
        ("ตรวจสอบ", None),
    ],
)
def test_a_part_stands_for_a_choice_where_no_other_has_it(typed: str, meant: str | None) -> None:
    choices = ("กอง/สำนัก", "ตรวจสอบ (ภายใน)", "ตรวจสอบ (ภายนอก)")
    assert read_choice(choices, typed).value == meant


def test_an_amount_in_millions_is_told_beside_the_one_that_it_is_held_against() -> None:
    rules = [rule for rule in rules_of(CURRENT.form1) if rule.code == "MILLION-BAHT"]
    assert len(rules) == 8
    for rule in rules:
        row = {key: Decimal(4_500_000 if key != rule.field else 4) for key in rule.needs}
        assert rule.says(row) == {"other": "4,500,000.00"}, rule.field
