"""The register of problems across quarters (R22), by the command line."""

from __future__ import annotations

from datetime import date

from tests.desk import Q1, Q2, Desk, Typed

SLOW, SHORT, NONE = "ผู้รับจ้างส่งงานช้า (ตัวอย่าง)", "บุคลากรไม่เพียงพอ (ตัวอย่าง)", "ไม่มี"


def _told(*problems: str) -> dict[str, str | None]:
    typed: dict[str, str | None] = {}
    for row in range(1, 6):
        said = problems[row - 1] if row <= len(problems) else None
        told = said if said != NONE else None
        typed |= {
            f"P001/f13.problems[{row}].problem": said,
            f"P001/f13.problems[{row}].cause": told and f"เพราะ{told}",
            f"P001/f13.problems[{row}].recommendation": told and "เร่งรัด",
            f"P001/f13.problems[{row}].owner": told and "กลุ่มแผน",
        }
    return typed


def test_problems_are_new_then_continue_then_are_solved(desk: Desk) -> None:
    quiet: Typed = {"P002/f13.problems[1].problem": NONE}
    desk.send_back("YS", {**_told(SLOW, SHORT), **quiet}, period=Q1)
    assert desk.ingest_one()["outcome"] == "accepted"
    first = [p for p in desk.run("problems", "q1", expect=0)["problems"] if p["project"] == "P001"]
    assert [(p["problem"], p["state"]) for p in first] == [(SLOW, "new"), (SHORT, "new")]
    assert (first[0]["cause"], first[0]["recommendation"], first[0]["owner"]) == (f"เพราะ{SLOW}", "เร่งรัด", "กลุ่มแผน")
    desk.today = date(2026, 4, 5)
    desk.run("issue-forms", "q2", expect=0)
    desk.send_back("YS", {**_told(SLOW), **quiet}, period=Q2)
    assert desk.ingest_one()["outcome"] in ("accepted", "incomplete")
    if desk.run("status", "q2")["units"][0]["state"] == "incomplete":
        desk.run("accept", "q2", "YS", "--because", "ข้อความเดิม", expect=0)
    second = {p["problem"]: p for p in desk.run("problems", "q2", expect=0)["problems"] if p["project"] == "P001"}
    assert {text: p["state"] for text, p in second.items()} == {SLOW: "continuing", SHORT: "solved"}
    assert second[SLOW]["quarters"] == ["q1", "q2"]


def test_a_year_without_returns_has_no_problems(desk: Desk) -> None:
    assert desk.run("problems", expect=0)["problems"] == []
