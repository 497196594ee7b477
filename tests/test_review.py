"""The review chain (R15–R19): in order, with no comment left open, and speaking of exactly what was submitted."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from plan_tracker.analysis.basis.returns import AnswerState
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.review import Act, Review, Stage, review_of
from plan_tracker.steps.decide import review as step
from plan_tracker.store import Recorded, Store, StoredReturn
from plan_tracker.workspace.folders import Workspace, open_workspace
from tests.desk import Q1, TODAY, Desk

PERMISSION = ("--reference", "ดศ 0200/9", "--date", "2569-01-05")
CHAIN = re.compile(r"((submit )+(approve ((submit )+(approve (submit (permit |refuse )?)?)?)?)?)?")


@pytest.fixture(scope="module")
def reported_root(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter with its returns in and its reports written; copied for each test."""
    root = tmp_path_factory.mktemp("reported") / "งาน"
    shutil.copytree(issued_root, root)
    desk = Desk(root)
    desk.send_back("YS")
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    desk.report("q1")
    return root


@pytest.fixture
def reported(reported_root: Path, tmp_path: Path) -> Desk:
    root = tmp_path / "งาน"
    shutil.copytree(reported_root, root)
    return Desk(root)


def _text(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells).replace("\u00a0", " ")


def _edit(desk: Desk, plan: str = "ops") -> Path:
    path = desk.root / "outbox" / "2569-q1" / "reports" / f"2569-q1-{plan}.docx"
    document = Document(str(path))
    document.add_paragraph("แก้ไขโดยเจ้าหน้าที่")
    document.save(str(path))
    return path


def _go(desk: Desk, *acts: str) -> None:
    for act in acts:
        desk.run("review", act, "q1", expect=0)


def test_the_whole_chain_to_permission(reported: Desk) -> None:
    """R15, R17, R18: L5 to ผอ.กตจ., L5 to ผอ.ยศ., L6 to the executives, each only after the one before."""
    written = [reported.run("review", "submit", "q1", expect=0)["letters"][0]]
    for _director in range(2):
        reported.run("review", "approve", "q1", expect=0)
        written += reported.run("review", "submit", "q1", expect=0)["letters"]
    assert [(w["kind"], w["unit"]) for w in written] == [("L5", "monitoring"), ("L5", "strategy"), ("L6", "executives")]
    assert "ผอ.กตจ." in _text(reported.root / written[0]["path"])
    assert "ผอ.ยศ." in _text(reported.root / written[1]["path"])
    permitted = reported.run("review", "permit", "q1", *PERMISSION, expect=0)
    assert (permitted["stage"], permitted["acts"][-1]["reference"]) == ("permitted", "ดศ 0200/9")
    store = Store(reported.root / "data" / "plantrack.db")
    found = store.reviews.permitted(Q1)
    store.close()
    assert found is not None
    assert found.permitted is not None
    assert found.permitted.day == date(2026, 1, 5)
    volumes = [(report.plan, str(report.volume)) for report in found.reports]
    assert volumes == [(plan, volume) for plan in ("ops", "ministry") for volume in ("report", "sheets")]


@pytest.mark.parametrize(
    ("done", "words", "said"),
    [
        ((), ("approve",), "review submit q1"),
        ((), ("permit", *PERMISSION), "review submit q1"),
        ((), ("comment", "x"), "review submit q1"),
        ((), ("reopen", "--because", "x"), "review submit q1"),
        (("submit",), ("permit", *PERMISSION), "review approve q1"),
        (("submit",), ("submit",), "review approve q1"),
        (("submit", "approve"), ("approve",), "review submit q1"),
        (("submit", "approve"), ("comment", "x"), "review submit q1"),
        (("submit", "approve", "submit", "approve"), ("refuse", "--because", "x"), "review submit q1"),
        (("submit", "approve", "submit", "approve", "submit"), ("approve",), "review permit q1"),
    ],
)
def test_out_of_order_is_refused_and_the_next_command_named(
    reported: Desk, done: tuple[str, ...], words: tuple[str, ...], said: str
) -> None:
    _go(reported, *done)
    result = reported.invoke("review", words[0], "q1", *words[1:])
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("day", ["2569-01-04", "2569-01-06"], ids=["before it was submitted", "still to come"])
def test_an_answer_is_of_a_day_from_the_submission_to_today(reported: Desk, day: str) -> None:
    """R15–R18: nobody approves, permits or refuses what was not there yet, nor tomorrow."""
    _go(reported, "submit")
    assert reported.invoke("review", "approve", "q1", "--date", day).exit_code == 2
    _go(reported, "approve", "submit", "approve", "submit")
    for words in (("permit", "--reference", "ดศ 1"), ("refuse", "--because", "x")):
        result = reported.invoke("review", words[0], "q1", *words[1:], "--date", day)
        assert result.exit_code == 2
        assert "69" in result.stderr  # the days themselves
    assert reported.run("review", "show", "q1", expect=0)["stage"] == "with executives"


def test_there_is_nothing_to_submit_before_a_report(desk: Desk) -> None:
    result = desk.invoke("review", "submit", "q1")
    assert (result.exit_code, "report q1" in result.stderr) == (2, True)


def test_a_comment_on_a_unit_is_a_letter_and_waits_for_its_answer(reported: Desk) -> None:
    """R16: L9 names the remark and what it is on; the new return of the unit closes it."""
    _go(reported, "submit")
    made = reported.run("review", "comment", "q1", "ขอให้ชี้แจงผล", "--project", "P003", expect=0)
    [letter] = made["letters"]
    assert (letter["kind"], letter["unit"], made["comments"][0]["state"]) == ("L9", "ETDA", "open")
    assert "2 (YS)" in reported.invoke("review", "comment", "q1", "ข้อสอง", "--unit", "YS").stdout
    reported.run("review", "resolve", "q1", "2", "--because", "ชี้แจงแล้ว", expect=0)
    said = _text(reported.root / letter["path"])
    assert "ขอให้ชี้แจงผล" in said
    assert "เอกสารอิเล็กทรอนิกส์" in said
    result = reported.invoke("review", "approve", "q1")
    assert (result.exit_code, "1" in result.stderr) == (2, True)
    reported.send_back("ETDA", {"P003/f11.result_quarter": "ชี้แจงแล้ว (ตัวอย่าง)"})
    assert reported.ingest_one()["outcome"] == "accepted"
    shown = reported.run("review", "show", "q1", expect=1)
    assert (shown["comments"][0]["state"], shown["comments"][0]["answered_by"]) == ("resolved", "q1 v2")
    assert {change["change"] for change in shown["changes"]} == {"data"}  # the new return is not in what was submitted


def test_remarks_to_one_unit_share_a_draft_until_it_is_sent(reported: Desk) -> None:
    _go(reported, "submit")
    first = reported.run("review", "comment", "q1", "ข้อแรก", "--unit", "YS")["letters"][0]["path"]
    second = reported.run("review", "comment", "q1", "ข้อสอง", "--unit", "YS")["letters"][0]["path"]
    assert first == second
    assert all(text in _text(reported.root / first) for text in ("ข้อแรก", "ข้อสอง"))
    reported.run("letters", "number", "L9", "YS", "ดศ 0205/7", "--date", "2569-01-05", expect=0)
    sent = (reported.root / first).read_bytes()
    third = reported.run("review", "comment", "q1", "ข้อสาม", "--unit", "YS")["letters"][0]["path"]
    assert third != first
    assert "ข้อแรก" not in _text(reported.root / third)
    assert (reported.root / first).read_bytes() == sent


def test_a_comment_is_closed_with_a_reason(reported: Desk) -> None:
    _go(reported, "submit")
    reported.run("review", "comment", "q1", "ปรับบทสรุป", expect=0)
    assert reported.invoke("review", "resolve", "q1", "1", "--because", " ").exit_code == 2
    told = reported.run("review", "comment", "q1", " ", expect=2)
    assert told == {"error": "ข้อเสนอแนะต้องมีข้อความ", "advice": "พิมพ์ในเครื่องหมายคำพูดต่อจากงวด"}
    assert reported.invoke("review", "resolve", "q1", "9", "--because", "x").exit_code == 2
    reported.run("review", "resolve", "q1", "1", "--because", "ปรับแล้ว", expect=0)
    assert reported.invoke("review", "resolve", "q1", "1", "--because", "อีกครั้ง").exit_code == 2
    _go(reported, "approve")


def test_a_comment_that_is_given_once_more_is_one_and_any_other_is_another(reported: Desk) -> None:
    """A run that was cut off is given again; the same words on something else are a remark of their own."""
    _go(reported, "submit")
    on = [
        (),
        ("--unit", "YS"),
        ("--project", "P001"),
        ("--project", "P002"),
        ("--project", "P001", "--field", "f14.stage"),
    ]
    for count, words in enumerate(on, 1):
        for _time in range(2):
            assert len(reported.run("review", "comment", "q1", "ชี้แจง", *words, expect=0)["comments"]) == count
    reported.run("review", "comment", "q1", "ชี้แจงอีกข้อ", expect=0)
    reported.run("review", "resolve", "q1", "1", "--because", "ชี้แจงแล้ว", expect=0)
    assert len(reported.run("review", "comment", "q1", "ชี้แจง", expect=0)["comments"]) == len(on) + 2


@pytest.mark.parametrize("act", ["refuse", "reopen"])
def test_what_goes_back_has_a_reason(reported: Desk, act: str) -> None:
    _go(reported, "submit", "approve", "submit", "approve", "submit")
    assert reported.invoke("review", act, "q1", "--because", " ").exit_code == 2
    assert reported.run("review", "show", "q1", expect=0)["stage"] == "with executives"


@pytest.mark.parametrize(
    "words",
    [("--unit", "NOPE"), ("--project", "NOPE"), ("--project", "P003", "--unit", "YS"), ("--field", "f14.stage")],
)
def test_a_comment_on_what_does_not_exist_is_refused(reported: Desk, words: tuple[str, ...]) -> None:
    _go(reported, "submit")
    assert reported.invoke("review", "comment", "q1", "x", *words).exit_code == 2
    assert reported.run("review", "show", "q1", expect=0)["comments"] == []


def test_what_was_submitted_is_the_docx_as_the_officer_left_it(reported: Desk) -> None:
    """R15: its bytes and their SHA-256; a later edit changes nothing of it, and is told at every later step."""
    edited = _edit(reported).read_bytes()
    submitted = reported.run("review", "submit", "q1", expect=0)["submitted"]["reports"][0]
    frozen = reported.root / submitted["frozen"]
    assert frozen.read_bytes() == edited
    assert submitted["sha256"] == hashlib.sha256(edited).hexdigest()
    _edit(reported)
    for words in (("comment", "q1", "ขอให้ชี้แจง"), ("resolve", "q1", "1", "--because", "ชี้แจงแล้ว")):
        assert [c["change"] for c in reported.run("review", *words, expect=1)["changes"]] == ["edited"]
    approved = reported.run("review", "approve", "q1", expect=1)
    assert [(c["change"], c["plan"]) for c in approved["changes"]] == [("edited", "ops")]
    assert frozen.read_bytes() == edited
    forwarded = reported.run("review", "submit", "q1", expect=1)
    assert forwarded["submitted"]["reports"][0]["sha256"] == submitted["sha256"]


def test_the_same_report_is_not_put_before_a_director_twice(reported: Desk) -> None:
    """R15: what has come in since is in no report until it is written anew."""
    _go(reported, "submit")
    reported.send_back("ETDA", {"P003/f11.result_quarter": "ปรับปรุงแล้ว (ตัวอย่าง)"})
    assert reported.ingest_one()["outcome"] == "accepted"
    result = reported.invoke("review", "submit", "q1")
    assert (result.exit_code, "plantrack report q1" in result.stderr) == (2, True)
    reported.report("q1")
    assert reported.run("review", "submit", "q1", expect=0)["submitted"]["number"] == 2


def test_a_mended_report_goes_back_to_the_same_director(reported: Desk) -> None:
    _go(reported, "submit")
    edited = _edit(reported).read_bytes()
    again = reported.run("review", "submit", "q1", expect=0)
    assert (again["reader"], again["submitted"]["number"]) == ("monitoring", 2)
    assert (reported.root / again["submitted"]["reports"][0]["frozen"]).read_bytes() == edited
    assert (reported.root / "data/submitted/2569-q1/1-1/2569-q1-ops.docx").read_bytes() != edited


def test_the_memos_tell_the_figures_that_were_submitted(desk: Desk) -> None:
    """A return that comes after the submission is in none of its memos."""
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.report("q1")
    first = _text(desk.root / desk.run("review", "submit", "q1", expect=0)["letters"][0]["path"])
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    desk.run("review", "approve", "q1", expect=1)
    second = _text(desk.root / desk.run("review", "submit", "q1", expect=1)["letters"][0]["path"])
    facts = [line for line in first.splitlines() if line.startswith("๒.")]
    assert any("ได้รับรายงาน" in line for line in facts)
    assert set(facts) <= set(second.splitlines())


def test_the_executives_are_told_what_needs_their_attention(desk: Desk) -> None:
    """R18: by the report that was submitted: the projects and why, the problems and what their units propose."""
    problem = {
        "P001/f14.schedule": "ล่าช้ากว่าแผน",
        "P001/f13.problems[1].problem": "ผู้รับจ้างส่งงานช้า",
        "P001/f13.problems[1].cause": "ขาดบุคลากร",
        "P001/f13.problems[1].recommendation": "เพิ่มบุคลากร",
        "P001/f14.note": "งานในช่วงถัดไปเริ่มช้า (ตัวอย่าง)",
    }
    desk.send_back("YS", problem)
    desk.run("ingest", expect=0)
    desk.report("q1")
    _go(desk, "submit", "approve", "submit", "approve")
    desk.send_back("YS", problem | {"P001/f13.problems[1].problem": "ปัญหาที่มาทีหลัง"})
    desk.ingest_one()
    said = _text(desk.root / desk.run("review", "submit", "q1", expect=1)["letters"][0]["path"])
    project = "ระบบติดตามแผนงาน (ตัวอย่าง) (ยศ.)"
    counted = "มี ๒ โครงการ เป็นโครงการที่ยังไม่ได้รับรายงาน ๑ โครงการ และโครงการที่รายงานแล้ว ๑ โครงการ"
    # in two plans, told once; ETDA's report has not come
    assert f"โครงการที่ควรเร่งรัดและติดตามเป็นพิเศษ{counted} ได้แก่ {project} ล่าช้ากว่าแผน" in said
    assert f"ปัญหาและอุปสรรคที่สำคัญ ได้แก่ {project} ผู้รับจ้างส่งงานช้า เสนอแนวทางแก้ไขคือ เพิ่มบุคลากร" in said
    assert "ปัญหาที่มาทีหลัง" not in said


def test_a_new_rounds_memos_cite_those_of_the_round(reported: Desk) -> None:
    """R17: what was sent in the round before is not what the director of this one has considered."""
    _go(reported, "submit")
    reported.run("letters", "number", "L5", "ผอ.กตจ.", "ดศ 0205/1", "--date", "2569-01-05", expect=0)
    reported.run("review", "reopen", "q1", "--because", "แก้ไข", expect=0)
    _go(reported, "submit", "approve")
    written = reported.run("review", "submit", "q1", expect=0)
    said = _text(reported.root / written["letters"][0]["path"])
    assert "ดศ ๐๒๐๕/๑" not in said
    assert "ลงวันที่ ......" in said
    readers = [act["reader"] for act in written["acts"]]
    assert readers == ["monitoring", None, "monitoring", "monitoring", "strategy"]


def test_a_comments_letter_cites_the_request(reported: Desk) -> None:
    """R16."""
    reported.run("letters", "number", "L1", "ETDA", "ดศ 0205/3", "--date", "2568-12-20", expect=0)
    _go(reported, "submit")
    made = reported.run("review", "comment", "q1", "ขอให้ชี้แจง", "--unit", "ETDA", expect=0)
    said = _text(reported.root / made["letters"][0]["path"])
    assert "ที่ ดศ ๐๒๐๕/๓ ลงวันที่ ๒๐ ธันวาคม ๒๕๖๘" in said


def test_a_damaged_copy_is_told(reported: Desk) -> None:
    frozen = reported.run("review", "submit", "q1", expect=0)["submitted"]["reports"][0]["frozen"]
    (reported.root / frozen).write_bytes(b"x")
    [told] = reported.run("review", "show", "q1", expect=1)["changes"]
    assert (told["change"], told["plan"]) == ("copy", "ops")
    assert told["path"].startswith("data/submitted/2569-q1/")


def test_a_damaged_copy_goes_no_further(reported: Desk) -> None:
    """R15: what can't be shown any more to be what was submitted is neither approved nor passed on nor permitted."""
    frozen = reported.run("review", "submit", "q1", expect=0)["submitted"]["reports"][0]["frozen"]
    kept = (reported.root / frozen).read_bytes()

    def refused(*words: str) -> str:
        (reported.root / frozen).unlink()
        result = reported.invoke("review", *words)
        (reported.root / frozen).write_bytes(kept)
        assert result.exit_code == 2
        return str(result.stderr)

    assert "plantrack review submit q1" in refused("approve", "q1")
    _go(reported, "approve")
    assert "plantrack review reopen q1" in refused("submit", "q1")
    _go(reported, "submit", "approve", "submit")
    assert "plantrack review reopen q1" in refused("permit", "q1", *PERMISSION)
    reported.run("review", "permit", "q1", *PERMISSION, expect=0)


def test_a_report_that_newer_returns_have_overtaken_is_told_before_it_is_submitted(reported: Desk) -> None:
    reported.send_back("ETDA", {"P003/f11.result_quarter": "ปรับปรุงแล้ว (ตัวอย่าง)"})
    assert reported.ingest_one()["outcome"] == "accepted"
    for words in (("show", "q1"), ("submit", "q1", "--dry-run")):
        told = reported.run("review", *words, expect=1)
        assert {change["change"] for change in told["changes"]} == {"data"}
    assert "plantrack report q1" in reported.invoke("review", "show", "q1").stdout
    reported.report("q1")
    assert reported.run("review", "show", "q1", expect=0)["changes"] == []


def test_later_memos_tell_of_a_report_that_was_mended_after_an_approval(reported: Desk) -> None:
    """R17: ผอ.กตจ. is not said to have approved what only ผอ.ยศ. has seen."""
    _go(reported, "submit", "approve")
    second = _text(reported.root / reported.run("review", "submit", "q1", expect=0)["letters"][0]["path"])
    _edit(reported)
    mended = _text(reported.root / reported.run("review", "submit", "q1", expect=0)["letters"][0]["path"])
    _go(reported, "approve")
    third = _text(reported.root / reported.run("review", "submit", "q1", expect=0)["letters"][0]["path"])
    assert "ได้ปรับปรุง" not in second
    assert "ได้ปรับปรุงรายงานตามข้อเสนอแนะของท่าน ภายหลังจากที่ ผอ.กตจ. เห็นชอบ" in mended
    assert "รายงานที่เสนอได้ปรับปรุงตามข้อเสนอแนะของ ผอ.ยศ. ภายหลังจากที่ ผอ.กตจ. เห็นชอบ" in third
    submissions = [act["reports"] for act in reported.run("review", "show", "q1")["acts"] if act["act"] == "submit"]
    assert submissions[0] == submissions[1] != submissions[2] == submissions[3]


def test_memos_name_the_file_that_was_submitted(reported: Desk) -> None:
    """The officer's edited report stays; the one written beside it is what the memo encloses."""
    _edit(reported)
    written = reported.invoke("report", "q1")
    assert "2569-q1-ops.docx ถูกแก้ไขใน Word จึงคงไว้ตามเดิม" in written.stdout
    memo = reported.run("review", "submit", "q1", expect=0)["letters"][0]
    assert "(ไฟล์ 2569-q1-ops-2.docx และ 2569-q1-ministry.docx)" in _text(reported.root / memo["path"])


def test_a_new_rounds_memo_says_why_there_is_one(reported: Desk) -> None:
    first = _text(reported.root / reported.run("review", "submit", "q1", expect=0)["letters"][0]["path"])
    reported.run("review", "reopen", "q1", "--because", "ผู้บริหารให้ปรับถ้อยคำ", expect=0)
    again = _text(reported.root / reported.run("review", "submit", "q1", expect=0)["letters"][0]["path"])
    assert "รายงานฉบับนี้เสนอเป็นครั้งที่" not in first
    assert "๑.๒ รายงานฉบับนี้เสนอเป็นครั้งที่ ๒ เนื่องจากผู้บริหารให้ปรับถ้อยคำ" in again


def test_before_there_is_a_report_it_is_to_be_written(desk: Desk) -> None:
    assert desk.run("review", "show", "q1", expect=0)["next"] == "plantrack report q1"


def test_permission_closes_the_quarter_until_it_is_reopened(reported: Desk) -> None:
    _go(reported, "submit", "approve", "submit", "approve", "submit")
    reported.run("review", "permit", "q1", *PERMISSION, expect=0)
    returned = reported.send_back("YS", {"P001/f11.result_quarter": "ส่งช้า (ตัวอย่าง)"}).read_bytes()
    file = reported.ingest_one()
    assert (file["outcome"], file["findings"][0]["code"]) == ("rejected", "FORM-PERIOD")
    assert "review reopen q1" in file["findings"][0]["fix"]
    reopened = reported.run("review", "reopen", "q1", "--because", "แก้ไขข้อมูลสำคัญ", expect=0)
    assert (reopened["stage"], reopened["round"], reopened["submitted"]) == ("new", 2, None)
    (reported.inbox / "YS.xlsx").write_bytes(returned)
    assert reported.ingest_one()["outcome"] == "accepted"
    reported.report("q1")
    again = reported.run("review", "submit", "q1", expect=0)["submitted"]
    assert again["reports"][0]["frozen"].startswith("data/submitted/2569-q1/2-1/")
    assert (reported.root / "data/submitted/2569-q1/1-1/2569-q1-ops.docx").is_file()


def test_the_year_end_goes_the_same_way_and_closes_its_quarters(reported: Desk) -> None:
    reported.report("year-end")
    for act in ("submit", "approve", "submit"):
        reported.run("review", act, "year-end", expect=0)
    made = reported.run("review", "comment", "year-end", "ชี้แจง", "--unit", "YS", expect=0)
    assert made["letters"][0]["path"] == "outbox/2569-year-end/letters/2569-year-end-YS-strategy-L9.docx"
    reported.run("review", "resolve", "year-end", "1", "--because", "ชี้แจงแล้ว", expect=0)
    for act in ("approve", "submit"):
        reported.run("review", act, "year-end", expect=0)
    reported.run("review", "permit", "year-end", *PERMISSION, expect=0)
    assert reported.run("review", "show", "q1", expect=0)["stage"] == "new"
    reported.send_back("YS", {"P001/f11.result_quarter": "ส่งช้า (ตัวอย่าง)"})
    file = reported.ingest_one()
    assert (file["outcome"], "review reopen year-end" in file["findings"][0]["fix"]) == ("rejected", True)
    assert "plantrack review reopen year-end" in reported.invoke("review", "show", "q1").output.replace("\n", " ")


def test_a_refusal_is_recorded_with_its_reason(reported: Desk) -> None:
    _go(reported, "submit", "approve", "submit", "approve", "submit")
    refused = reported.run("review", "refuse", "q1", "--because", "ให้ปรับถ้อยคำ", expect=0)
    assert (refused["stage"], refused["acts"][-1]["because"]) == ("refused", "ให้ปรับถ้อยคำ")
    assert reported.invoke("review", "permit", "q1", *PERMISSION).exit_code == 2


def test_a_dry_run_does_nothing(reported: Desk) -> None:
    before = sorted(reported.root.rglob("*.docx"))
    planned = reported.run("review", "submit", "q1", "--dry-run", expect=0)["letters"]
    assert reported.run("review", "show", "q1", expect=0)["stage"] == "new"
    assert sorted(reported.root.rglob("*.docx")) == before
    drafted = reported.run("review", "submit", "q1", expect=0)["letters"]
    assert planned == [letter | {"drafted_at": None} for letter in drafted]
    about = ("review", "comment", "q1", "ชี้แจง", "--unit", "YS")
    told = reported.run(*about, "--dry-run", expect=0)
    asked = reported.run(*about, expect=0)["letters"]
    assert (told["comments"], told["letters"]) == ([], [letter | {"drafted_at": None} for letter in asked])


def test_a_report_is_stale_once_other_answers_count(reported: Desk) -> None:
    store = Store(reported.root / "data" / "plantrack.db")
    form = store.newest_form_ids(Q1)["YS"]
    again = StoredReturn(0, "YS", Q1, 2, form, "YS2", "x.xlsx", "x", "2026-01-05T09:00", "accepted", 0, 0)
    store.add_return(again, {}, dict.fromkeys(("P001", "P002", "K01"), AnswerState.CLEAN), [])
    store.close()
    told = reported.run("review", "show", "q1")["changes"]
    assert [(one["change"], one["plan"], one["path"]) for one in told] == [
        ("data", plan, f"outbox/2569-q1/reports/2569-q1-{plan}.docx") for plan in ("ops", "ministry")
    ]


@pytest.mark.parametrize("volume", ["", "-sheets"])
def test_a_report_of_which_a_volume_is_gone_is_not_submitted(volume: str, reported: Desk) -> None:
    (reported.root / "outbox" / "2569-q1" / "reports" / f"2569-q1-ministry{volume}.docx").unlink()
    refused = reported.invoke("review", "submit", "q1")
    assert (refused.exit_code, "ministry" in refused.stderr, "report q1" in refused.stderr) == (2, True, True)
    assert reported.run("review", "show", "q1", expect=0)["stage"] == "new"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("act", Act)
def test_an_open_comment_stops_whatever_goes_up(stage: Stage, act: Act) -> None:
    held = Review(Period(2569, YEAR_END), stage, 1, (3,))
    if act in (Act.SUBMIT, Act.APPROVE, Act.PERMIT):
        assert not held.may(act)
        with pytest.raises(OrderError):
            held.check(act)
    else:
        assert held.may(act) == replace(held, open_comments=()).may(act)


def test_an_act_is_recorded_and_one_that_is_only_tried_is_not(place: Workspace, opened: Store) -> None:
    acts: dict[Act, Callable[..., step.ReviewResult]] = {
        Act.APPROVE: partial(step.approve, place, opened, Q1),
        Act.PERMIT: partial(step.permit, place, opened, Q1, "ดศ 1", TODAY),
        Act.REFUSE: partial(step.refuse, place, opened, Q1, "ไม่อนุญาต"),
        Act.REOPEN: partial(step.reopen, place, opened, Q1, "แก้ไข"),
    }
    for act in (Act.APPROVE, Act.APPROVE, Act.PERMIT, Act.REOPEN, Act.APPROVE, Act.APPROVE, Act.REFUSE, Act.REOPEN):
        if act is not Act.REOPEN:
            opened.reviews.add(Q1, Recorded(Act.SUBMIT, place.timestamp()))
        before = len(opened.reviews.acts(Q1))
        assert len(acts[act](dry_run=True).acts) == before
        assert [one.act for one in acts[act]().acts[before:]] == [act]
    opened.reviews.add(Q1, Recorded(Act.SUBMIT, place.timestamp()))
    comment = partial(step.comment, place, opened, Q1, "ชี้แจง")
    assert [[one.is_open for one in said.comments] for said in (comment(dry_run=True), comment())] == [[], [True]]
    resolve = partial(step.resolve, place, opened, Q1, 1, "แก้แล้ว")
    assert [[one.is_open for one in said.comments] for said in (resolve(dry_run=True), resolve())] == [[True], [False]]


class Chain(RuleBasedStateMachine):
    """Officers, directors, units and executives acting in any order on one quarter's reports."""

    source: Path

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        root = Path(self.folder.name) / "งาน"
        shutil.copytree(self.source, root)
        self.place: Workspace = replace(open_workspace(root), today=TODAY)
        self.store = Store(self.place.database)
        self.frozen: dict[str, str] = {}
        self.edits = 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def _try(self, act: Act, do: Callable[[], step.ReviewResult]) -> None:
        """Does it; it is refused exactly where the rules say so, or where nothing has changed."""
        allowed = self.store.reviews.review(Q1).may(act)
        acts, comments = self.store.reviews.acts(Q1), self.store.reviews.comments(Q1)
        try:
            outcome = do()
        except OrderError:
            assert not allowed or act is Act.SUBMIT
            return
        assert allowed
        if act is Act.COMMENT:
            assert outcome.made
            assert len(outcome.comments) == len(comments) + (outcome.made.number not in {c.number for c in comments})
        else:
            assert [recorded.act for recorded in outcome.acts] == [*(recorded.act for recorded in acts), act]
        if outcome.submitted:
            self.frozen |= {report.frozen: report.sha256 for report in outcome.submitted.reports}

    @rule()
    def submit(self) -> None:
        self._try(Act.SUBMIT, lambda: step.submit(self.place, self.store, Q1))

    @rule(unit=st.sampled_from(["", "YS", "ETDA"]))
    def comment(self, unit: str) -> None:
        self._try(Act.COMMENT, lambda: step.comment(self.place, self.store, Q1, "แก้ไข", unit=unit))

    @rule()
    def resolve(self) -> None:
        for number in self.store.reviews.review(Q1).open_comments[:1]:
            step.resolve(self.place, self.store, Q1, number, "แก้แล้ว")

    @rule()
    def approve(self) -> None:
        self._try(Act.APPROVE, lambda: step.approve(self.place, self.store, Q1))

    @rule()
    def permit(self) -> None:
        self._try(Act.PERMIT, lambda: step.permit(self.place, self.store, Q1, "ดศ 1", TODAY))

    @rule()
    def refuse(self) -> None:
        self._try(Act.REFUSE, lambda: step.refuse(self.place, self.store, Q1, "ไม่อนุญาต"))

    @rule()
    def reopen(self) -> None:
        self._try(Act.REOPEN, lambda: step.reopen(self.place, self.store, Q1, "แก้ไข"))

    @rule(plan=st.sampled_from(["ops", "ministry"]))
    def edit(self, plan: str) -> None:
        self.edits += 1
        path = self.place.root / "outbox" / "2569-q1" / "reports" / f"2569-q1-{plan}.docx"
        path.write_bytes(path.read_bytes() + str(self.edits).encode())

    @rule(unit=st.sampled_from(["YS", "ETDA"]), outcome=st.sampled_from(["accepted", "incomplete"]))
    def a_return_comes(self, unit: str, outcome: str) -> None:
        version = self.store.next_version(unit, Q1)
        form = self.store.newest_form_ids(Q1)[unit]
        kept = StoredReturn(
            0, unit, Q1, version, form, f"{unit}{version}", "x.xlsx", "x", "2026-01-05T09:00", outcome, 0, 0
        )
        state = AnswerState.CLEAN if outcome == "accepted" else AnswerState.WAITING
        self.store.add_return(
            kept, {}, dict.fromkeys(("P001", "P002", "K01") if unit == "YS" else ("P003", "K02"), state), []
        )

    @invariant()
    def the_chain_was_kept(self) -> None:
        if not hasattr(self, "store"):
            return
        acts = [recorded.act for recorded in self.store.reviews.acts(Q1)]
        rounds = "".join(f"{act} " for act in acts).split("reopen ")
        assert all(CHAIN.fullmatch(done) for done in rounds), rounds
        review = self.store.reviews.review(Q1)
        assert review.stage is review_of(Q1, acts).stage
        if review.stage is Stage.PERMITTED:
            assert not review.open_comments
        assert self.store.is_closed(Q1) == (review.stage is Stage.PERMITTED)
        assert (self.store.reviews.permitted(Q1) is not None) == (review.stage is Stage.PERMITTED)

    @invariant()
    def nothing_submitted_has_changed(self) -> None:
        for path, sha256 in getattr(self, "frozen", {}).items():
            assert hashlib.sha256((self.place.root / path).read_bytes()).hexdigest() == sha256


def test_no_path_leads_past_an_open_comment_and_nothing_submitted_changes(reported: Desk) -> None:
    """R15–R19, whatever is done in whatever order."""
    machine = type("ReportedChain", (Chain,), {"source": reported.root})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_calendar_follows_the_review_act_by_act(reported: Desk) -> None:
    def standing() -> list[str]:
        steps = reported.run("calendar", "q1", expect=0)["steps"]
        return [step["state"] for step in steps if step["step"] in (6, 7)]

    told = [standing()]
    for act in ("submit", "approve", "submit", "approve", "submit"):
        reported.run("review", act, "q1", expect=0)
        told.append(standing())
    reported.run("review", "permit", "q1", "--reference", "ดศ 0200/9", "--date", "2569-01-05", expect=0)
    told.append(standing())
    assert told == [
        ["waiting", "waiting", "waiting"],
        ["under way", "waiting", "waiting"],
        ["done", "waiting", "waiting"],
        ["done", "under way", "waiting"],
        ["done", "done", "waiting"],
        ["done", "done", "under way"],
        ["done", "done", "done"],
    ]
