"""Forms that are taken back, forms that were issued anew, and boards of quarters that are past."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.desk import Q1, Q2, Desk, codes
from tests.register.test_register_changes import reload, row, tables

AFTER = date(2026, 4, 2)


def test_what_nobody_has_returned_is_taken_back_with_its_letters(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.run("letters", "number", "L1", "ETDA", "ดศ 0200/1", "--date", "2569-01-05", expect=0)
    planned = desk.run("issue-forms", "q1", "--withdraw", "--dry-run", expect=0)
    assert desk.form_path("ETDA").is_file()
    taken = desk.run("issue-forms", "q1", "--withdraw", expect=0)
    assert taken == planned
    assert ([one["unit"] for one in taken["withdrawn"]], taken["returned"]) == (["ETDA"], ["YS"])
    assert not desk.form_path("ETDA").exists()
    assert (desk.root / "outbox" / "2569-q1" / "withdrawn" / "2569-q1-ETDA.xlsx").is_file()
    letters = {one["unit"]: one for one in desk.run("letters", "list", expect=0)["letters"]}
    assert (letters["ETDA"]["state"], letters["ETDA"]["number"]) == ("withdrawn", "ดศ 0200/1")
    assert (desk.root / letters["ETDA"]["path"]).is_file()  # it had gone out, and stays what it was
    assert letters["YS"]["state"] == "draft"
    states = {line["unit"]: line["state"] for line in desk.run("status", "q1")["units"]}
    assert states == {"YS": "accepted", "ETDA": "none"}


def test_a_later_return_of_it_is_told_clearly_and_a_new_form_is_taken(desk: Desk) -> None:
    desk.send_back("ETDA")
    kept = (desk.inbox / "ETDA.xlsx").read_bytes()
    (desk.inbox / "ETDA.xlsx").unlink()
    desk.run("issue-forms", "q1", "--withdraw", expect=0)
    assert desk.run("remind", "q1", expect=2)["error"]
    (desk.inbox / "ETDA.xlsx").write_bytes(kept)
    file = desk.ingest_one()
    assert (file["outcome"], codes(file)) == ("rejected", {("FORM-PERIOD", "", "")})
    assert "ถูกเรียกคืน" in file["findings"][0]["message"]
    desk.run("issue-forms", "q1", expect=0)
    desk.send_back("ETDA", name="ใหม่.xlsx")
    assert desk.ingest_one()["outcome"] == "accepted"


def test_where_there_is_nothing_to_take_back_it_says_so(desk: Desk) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    assert "YS" in desk.run("issue-forms", "q1", "--withdraw", "--unit", "YS", expect=2)["error"]
    desk.run("issue-forms", "q1", "--withdraw", expect=0)
    assert desk.run("issue-forms", "q2", "--withdraw", expect=2)["error"]


def test_a_quarter_taken_back_as_a_whole_is_not_the_running_one(desk: Desk) -> None:
    desk.run("issue-forms", "q2", "--early", expect=0)
    desk.run("issue-forms", "q2", "--withdraw", expect=0)
    desk.send_back("YS")
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.send_back("YS", {"P001/f11.result_quarter": "แก้ไขแล้ว (ตัวอย่าง)"}, name="b.xlsx")
    assert desk.ingest_one()["outcome"] == "accepted"  # no later form is out


def test_an_answer_on_an_older_form_is_held_against_its_own_target(desk: Desk) -> None:
    """K01 came on the form that asked for 20; the form that was issued since asks for 25."""
    older = desk.form_path("YS").read_bytes()
    good = desk.answers("YS")
    content = tables()
    row(content, "kpis", "K01")["target_q1"] = Decimal(25)
    reload(desk, content)
    desk.run("issue-forms", "q1", expect=0)
    form = desk.root / "ฉบับเดิม.xlsx"
    form.write_bytes(older)
    desk.send_back("YS", good | {"K01/k.result": 22, "K01/k.not_due": None}, form=form)
    desk.run("ingest", expect=0)
    [totals] = desk.run("trace", "q1", "ops", "kpis-met", expect=0)["totals"]
    assert totals["figures"][0]["total"] == "1"
    desk.send_back("YS", {"K01/k.result": 22, "K01/k.not_due": None}, name="b.xlsx")
    desk.run("ingest", expect=0)
    [totals] = desk.run("trace", "q1", "ops", "kpis-met", expect=0)["totals"]
    assert totals["figures"][0]["total"] == "0"


def test_the_board_of_a_past_quarter_stands_on_the_register_of_its_time(desk: Desk) -> None:
    desk.send_back("ETDA")
    desk.run("ingest", expect=0)
    desk.today = AFTER
    desk.run("issue-forms", "q2", expect=0)
    before = desk.run("status", "q1", expect=0)
    content = tables()
    content["projects"].append({"code": "P009", "name": "โครงการใหม่ (ตัวอย่าง)", "plans": "ops", "unit": "TS"})
    row(content, "projects", "P003")["unit"] = "YS"
    row(content, "kpis", "K02").update(state="cancelled", state_date=date(2026, 4, 1), state_reason="ยกเลิก (ตัวอย่าง)")
    row(content, "projects", "P002")["unit"] = "TS"
    reload(desk, content)
    assert desk.run("status", "q1", expect=0) == before
    assert [line["unit"] for line in before["units"]] == ["YS", "ETDA"]
    running = {line["unit"]: line["state"] for line in desk.run("status", "q2", expect=0)["units"]}
    assert running == {"YS": "issued", "ETDA": "issued", "TS": "none"}
    desk.run("issue-forms", "q2", expect=0)
    assert desk.run("status", "q1", expect=0) == before
    assert {letter["unit"] for letter in desk.run("remind", "q1", expect=0)["letters"]} == {"YS"}
    told = desk.run("circulate", "q1", "--order", "ทราบ", "--date", "2569-04-01", expect=0)
    assert {letter["unit"] for letter in told["letters"]} == {"YS", "ETDA"}
    assert desk.form_path("TS", Q2).is_file()
    assert not desk.form_path("TS", Q1).exists()
