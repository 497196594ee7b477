"""R7: "none" in its many words is none, and whatever else is not there is a problem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.checking.parsing.none_words import says_none
from plan_tracker.checking.parsing.normalise import read_value
from plan_tracker.forms.definition.versions import CURRENT

PROBLEM = CURRENT.fields["f13.problems[1].problem"]

denials = st.sampled_from(["ไม่มี", "ไม่พบ", "ยังไม่มี", "ยังไม่พบ", "ไม่ได้พบ"])
nouns = st.sampled_from(["ปัญหา", "อุปสรรค", "ปัญหา/อุปสรรค", "ปัญหาและอุปสรรค", "ปัญหา อุปสรรค และข้อเสนอแนะ", "ข้อขัดข้อง"])
afterwards = st.sampled_from(["", "ใด ๆ", "แต่อย่างใด", "ในไตรมาสนี้", "ในการดำเนินงาน", " ในขณะนี้", "ของโครงการ"])
manners = st.sampled_from(["", "ครับ", "ค่ะ", ".", " นะคะ"])
dress = st.sampled_from(["{}", "- {} -", "({})", "1. {}", "“{}”", "• {}", " {}\u200b", "{}\n"])
lacking = st.sampled_from(
    ["งบประมาณ", "งบประมาณเพียงพอ", "บุคลากร", "ผู้เสนอราคา", "ผู้รับจ้าง", "แผน", "พื้นที่ดำเนินการ", "ข้อมูล", "ความพร้อม", "เวลา"]
)


@given(denials, nouns, afterwards, manners, dress)
def test_any_way_of_denying_problems_is_none(denial: str, noun: str, after: str, manner: str, form: str) -> None:
    text = form.format(f"{denial}{noun}{after}{manner}")
    reading = read_value(PROBLEM, text)
    assert (reading.value, reading.problem, reading.note) == ("ไม่มี", "", "ไม่มี"), text


@given(st.sampled_from(["ไม่มี", "ยังไม่มี", "ไม่พบ"]), manners, dress)
def test_none_alone_is_none_however_it_is_dressed(denial: str, manner: str, form: str) -> None:
    assert read_value(PROBLEM, form.format(f"{denial}{manner}")).value == "ไม่มี"


@given(denials, lacking, st.sampled_from(["", "ปัญหา", "โครงการ"]), afterwards, manners, dress)
def test_whatever_else_is_lacking_is_a_problem(
    denial: str, thing: str, before: str, after: str, manner: str, form: str
) -> None:
    text = form.format(f"{before}{denial}{thing}{after}{manner}")
    reading = read_value(PROBLEM, text)
    assert reading.value not in ("ไม่มี", None), text


@given(denials, nouns, lacking)
def test_a_denied_problem_with_another_one_beside_it_is_a_problem(denial: str, noun: str, thing: str) -> None:
    for text in (f"{denial}{noun} แต่ขาด{thing}", f"ขาด{thing} {denial}{noun}อื่น", f"{denial}{noun}เรื่อง{thing}"):
        assert read_value(PROBLEM, text).value == text


@pytest.mark.parametrize(
    "text",
    [
        "ปัญหา/อุปสรรค: ไม่มี",
        "ในไตรมาสที่ ๑ ไม่มีปัญหา",
        "เป็นไปตามแผน ไม่มีปัญหา",
        "ดำเนินการตามแผน ไม่พบปัญหาอุปสรรค",
        "None",
        "no problem",
        "ไม่ปรากฏปัญหา",
        "การดำเนินงานไม่มีปัญหา",
    ],
)
def test_sentences_that_say_none(text: str) -> None:
    assert says_none(text, of_problems=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ไม่",
        "ปัญหา",
        "ไม่เกิด",
        "ไม่ได้รับ",
        "ไม่มีโครงการ",
        "ไม่มีกิจกรรมในไตรมาสนี้",
        "ไม่มีการดำเนินงาน",
        "ไม่มีแนวทางแก้ไขปัญหา",
        "ไม่เป็นไปตามแผน ไม่มีปัญหา",
        "ไม่ใช่ไม่มีปัญหา",
        "ไม่มีปัญหาไม่ได้",
        "ไม่มีในแผนงาน",
        "ไม่มี" * 100,
    ],
)
def test_sentences_that_do_not(text: str) -> None:
    assert not says_none(text, of_problems=True)
