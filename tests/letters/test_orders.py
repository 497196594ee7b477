"""Executive orders (R20): kept, asked about on the next form's cover, answered, and followed until they are done."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from openpyxl import load_workbook

from plan_tracker.forms.definition.orders import TITLE
from plan_tracker.forms.definition.workbook.names import CELLS_SHEET, COVER_SHEET
from plan_tracker.store.database.schema import STEPS
from tests.desk import Q1, Q2, Desk, codes
from tests.letterbox import lines

ORDER = "ให้เร่งรัดการเบิกจ่ายรายจ่ายลงทุน (ตัวอย่าง)"
ANSWER = "จัดทำแผนเร่งรัดและรายงานรายเดือนแล้ว (ตัวอย่าง)"


@pytest.fixture
def ordered(desk: Desk) -> Desk:
    """Two orders to YS, one of them to ETDA too; forms of the next quarter issued."""
    desk.today = date(2026, 2, 10)
    for text, units in ((ORDER, ("YS", "ETDA")), ("ให้รายงานความก้าวหน้าทุกเดือน (ตัวอย่าง)", ("YS",))):
        words = [word for unit in units for word in ("--unit", unit)]
        desk.run("orders", "add", text, "--date", "2569-02-10", "--due", "2569-03-31", *words, expect=0)
    desk.today = date(2026, 4, 5)
    desk.run("issue-forms", "q2", expect=0)
    return desk


def test_the_letters_of_all_orders_are_recorded_together_or_not_at_all(ordered: Desk) -> None:
    journal = ordered.root / "data" / "journal.jsonl"
    before = len(journal.read_bytes().splitlines())
    planned = ordered.run("orders", "letters", "--dry-run", expect=0)["letters"]
    assert len(journal.read_bytes().splitlines()) == before
    written = ordered.run("orders", "letters", expect=0)["letters"]
    assert sorted(one["unit"] for one in written) == sorted(one["unit"] for one in planned) == ["ETDA", "YS", "YS"]
    assert len(journal.read_bytes().splitlines()) == before + 2  # all of it, and that the files have their places


def test_the_next_form_carries_the_units_open_orders_on_its_cover(ordered: Desk) -> None:
    book = load_workbook(ordered.form_path("YS", Q2))
    asked = {
        row[0]: row[2] for row in book[CELLS_SHEET].iter_rows(min_row=2, values_only=True) if row[1] == COVER_SHEET
    }
    asked = {field: cell for field, cell in asked.items() if not str(field).startswith("YS/u.")}
    assert set(asked) == {"O01/o.done", "O02/o.done"}
    cover = book[COVER_SHEET]
    shown = [cell.value for row in cover for cell in row]
    assert ORDER in shown
    assert all(not cover[str(cell)].protection.locked for cell in asked.values())
    assert not cover.row_dimensions[cover[str(asked["O01/o.done"])].row].hidden
    assert any(f"#'{COVER_SHEET}'!" in str(value) for value in shown)  # the list leads to what is wrong there


def test_a_unit_without_orders_sees_none(desk: Desk) -> None:
    cover = load_workbook(desk.form_path("YS"))[COVER_SHEET]
    row = next(cell.row for row in cover for cell in row if cell.value == TITLE)
    assert all(cover.row_dimensions[index].hidden for index in range(row, row + 4))
    assert all(cell.protection.locked for line in cover.iter_rows(row, row + 3) for cell in line)


def test_an_answer_is_due_and_stands_in_the_list(ordered: Desk) -> None:
    ordered.send_back("YS", {"O01/o.done": ANSWER, "O02/o.done": None}, period=Q2)
    file = ordered.ingest_one()
    assert codes(file) == {("REQUIRED", "O02", "o.done")}
    assert file["findings"][-1]["sheet"] == COVER_SHEET
    form = ordered.root / "outbox/2569-q2/corrections/2569-q2-YS-v1-form.xlsx"
    asked = {
        str(row[0]) for row in load_workbook(form, read_only=True)["_cells"].iter_rows(min_row=2, values_only=True)
    }
    assert asked == {"O02/o.done"}  # what is answered counts already
    ordered.send_back("YS", {"O02/o.done": ANSWER}, form=form)
    assert ordered.ingest_one()["outcome"] == "accepted"
    first, second = ordered.run("orders", "list", expect=0)["orders"]
    assert (first["answers"], second["answers"]) == ({"YS": ANSWER}, {"YS": ANSWER})


def test_a_letter_on_an_order_that_is_done_need_not_be_sent(desk: Desk) -> None:
    """Its draft is withdrawn; one that went out stands, and so does that on another order."""
    desk.today = date(2026, 2, 10)
    for unit in ("YS", "ETDA"):
        words = ("--date", "2569-02-10", "--due", "2569-03-31", "--unit", unit, "--unit", "YS")
        desk.run("orders", "add", f"{ORDER} {unit}", *words, expect=0)
    desk.run("orders", "letters", expect=0)
    [whose] = [
        one for one in desk.run("letters", "list", expect=0)["letters"] if (one["kind"], one["unit"]) == ("L7", "ETDA")
    ]
    desk.run("letters", "number", "L7", "ETDA", "ดศ 7", "--date", "2569-02-10", expect=0)
    desk.run("orders", "done", "2", "--because", "รายงานแล้ว", expect=0)
    found = [one for one in desk.run("letters", "list", expect=0)["letters"] if one["kind"] == "L7"]
    assert {(one["unit"], one["path"].split("-")[-2], one["state"]) for one in found} == {
        ("YS", "O01", "draft"),
        ("YS", "O02", "withdrawn"),
        ("ETDA", "O02", "sent"),
    }
    assert (desk.root / whose["path"]).is_file()


def test_orders_are_open_then_late_then_done(desk: Desk) -> None:
    desk.today = date(2026, 2, 10)
    words = ("orders", "add", ORDER, "--date", "2569-02-10", "--due", "2569-03-31", "--unit", "ys")
    planned = desk.run(*words, "--dry-run", expect=0)
    added = desk.run(*words, expect=0)
    assert planned == added
    assert (added["order"]["order"], added["order"]["state"], added["order"]["units"]) == ("O01", "open", ["YS"])
    desk.today = date(2026, 4, 1)
    assert desk.run("orders", "list", expect=0)["orders"][0]["state"] == "late"
    assert desk.invoke("orders", "done", "1", "--because", " ").exit_code == 2
    desk.run("orders", "done", "O01", "--because", "เบิกจ่ายครบแล้ว", expect=0)
    [order] = desk.run("orders", "list", expect=0)["orders"]
    assert (order["state"], order["because"]) == ("done", "เบิกจ่ายครบแล้ว")
    assert desk.invoke("orders", "done", "1", "--because", "อีกครั้ง").exit_code == 2
    desk.run("issue-forms", "q2", expect=0)
    assert desk.newest_form("YS", Q2).orders == ()


@pytest.mark.parametrize(
    "words",
    [
        (ORDER, "--date", "2569-01-06", "--due", "2569-01-31", "--unit", "YS"),  # still to come
        (ORDER, "--date", "2569-01-05", "--due", "2569-01-04", "--unit", "YS"),
        (ORDER, "--date", "2569-01-05", "--due", "2569-03-31", "--unit", "NOPE"),
        (ORDER, "--date", "2569-01-05", "--due", "2569-03-31"),
        ("  ", "--date", "2569-01-05", "--due", "2569-03-31", "--unit", "YS"),
    ],
)
def test_an_order_that_makes_no_sense_is_not_kept(desk: Desk, words: tuple[str, ...]) -> None:
    assert desk.invoke("orders", "add", *words).exit_code == 2
    assert desk.run("orders", "list", expect=0)["orders"] == []


@pytest.mark.parametrize(
    ("due", "following"),
    [("2569-04-04", "7 เมษายน 2569"), ("2569-04-13", "16 เมษายน 2569"), ("2569-03-31", "")],  # a Saturday, Songkran
)
def test_an_order_that_is_due_on_a_day_off_is_kept_and_the_next_working_day_told(
    desk: Desk, due: str, following: str
) -> None:
    desk.today = date(2026, 2, 10)
    ended = desk.invoke("orders", "add", ORDER, "--date", "2569-02-10", "--due", due, "--unit", "YS", "--json")
    assert ended.exit_code == 0
    assert f"วันทำการถัดไปคือวันที่ {following}" in ended.stderr if following else "วันทำการ" not in ended.stderr
    (order,) = desk.run("orders", "list")["orders"]
    assert order["due"] == f"2026{due[4:]}"


def test_an_order_belongs_to_the_report_that_led_to_it(desk: Desk) -> None:
    """R20: the executives' newest report by its day, else the quarter that had ended; its letters lie with that one."""
    desk.today = date(2026, 2, 10)
    desk.run("letters", "number", "L1", "YS", "ดศ 1", "--date", "2569-01-05", expect=0)
    desk.run("circulate", "q1", "--order", ORDER, "--date", "2569-02-05", expect=0)
    desk.run("letters", "number", "L4", "YS", "ดศ 4", "--date", "2569-02-06", expect=0)
    words = ("--date", "2569-02-10", "--due", "2569-03-31", "--unit", "YS", "--unit", "ETDA")
    added = desk.run("orders", "add", ORDER, *words, expect=0)["order"]
    assert (added["fiscal_year"], added["period"]) == (2569, "q1")
    written = {w["unit"]: w["path"] for w in desk.run("orders", "letters", expect=0)["letters"]}
    assert written["YS"] == "outbox/2569-q1/letters/2569-q1-YS-O01-L7.docx"
    said = {unit: "\n".join(lines(desk.root / path)) for unit, path in written.items()}
    assert "ที่ ดศ ๔ ลงวันที่ ๖ กุมภาพันธ์ ๒๕๖๙" in said["YS"]
    assert "อ้างถึง" in said["ETDA"]
    assert "ลงวันที่ ......" in said["ETDA"]  # its circulation has no number yet
    assert (
        desk.invoke("letters", "number", "L7", "YS", "ดศ 7", "--date", "2569-02-09").exit_code == 2
    )  # before the order
    desk.run("letters", "number", "L7", "YS", "ดศ 7", "--date", "2569-02-10", expect=0)
    named = desk.run("orders", "add", ORDER, *words, "--period", "q2", expect=0)["order"]
    assert named["period"] == "q2"


@pytest.mark.parametrize("answer", ["permit", "refuse"])
def test_an_order_belongs_to_what_executives_have_whatever_they_say_of_it(desk: Desk, answer: str) -> None:
    """From the day on which they got it; until then to the quarter that had ended."""
    desk.report("q1")
    desk.today = date(2026, 4, 10)

    def belongs(day: str) -> str:
        words = ("--date", f"2569-04-{day}", "--due", "2569-04-30", "--unit", "YS", "--dry-run")
        return str(desk.run("orders", "add", ORDER, *words, expect=0)["order"]["period"])

    for act in ("submit", "approve", "submit", "approve"):
        desk.run("review", act, "q1")
        assert belongs("10") == "q2"
    desk.run("review", "submit", "q1")
    assert (belongs("09"), belongs("10")) == ("q2", "q1")
    said = {"permit": ("--reference", "ดศ 1", "--date", "2569-04-10"), "refuse": ("--because", "ยังไม่ครบ (ตัวอย่าง)")}
    desk.run("review", answer, "q1", *said[answer], expect=0)
    assert (belongs("09"), belongs("10")) == ("q2", "q1")


def test_orders_of_before_periods_were_kept_are_of_their_days_quarter(desk: Desk) -> None:
    path = desk.root / "data" / "plantrack.db"
    path.unlink()
    with sqlite3.connect(path) as database:
        database.executescript("".join(STEPS[:4]) + "PRAGMA user_version = 4;")
        days = ("2026-01-05", "2026-03-31", "2026-01-05T09:00:00+07:00")
        database.execute("INSERT INTO orders VALUES (1, ?, ?, ?, ?, '', '')", (ORDER, *days))
        database.execute("INSERT INTO order_units VALUES (1, 'YS')")
    assert desk.run("orders", "list", expect=0)["orders"][0]["period"] == "q2"


def test_an_order_to_a_unit_that_is_gone_is_told_before_any_letter_is_written(desk: Desk) -> None:
    for unit in ("YS", "ETDA"):
        desk.run("orders", "add", ORDER, "--date", "2569-01-05", "--due", "2569-03-31", "--unit", unit, expect=0)
    book = load_workbook(desk.root / "register.xlsx")
    for sheet in book.worksheets:
        for row in range(sheet.max_row, 2, -1):
            if "ETDA" in [cell.value for cell in sheet[row]]:
                sheet.delete_rows(row)
    book.save(desk.root / "register.xlsx")
    desk.run("register", "load", "--because", "ยุบเลิก (ตัวอย่าง)", expect=0)
    refused = desk.invoke("orders", "letters")
    assert refused.exit_code == 2
    assert "O02" in refused.output
    assert "ETDA" in refused.output
    assert not list((desk.root / "outbox").rglob("*L7.docx"))
    assert [letter["unit"] for letter in desk.run("orders", "letters", "O01", expect=0)["letters"]] == ["YS"]


def test_where_one_letter_can_not_be_written_none_is_drafted(desk: Desk) -> None:
    words = ("--date", "2569-01-05", "--due", "2569-03-31", "--unit", "YS", "--unit", "ETDA")
    desk.run("orders", "add", ORDER, *words, expect=0)
    (desk.root / "templates" / "docx" / "L7-memo.docx").write_bytes(b"no document")  # of the second one
    desk.run("orders", "letters", expect=2)
    assert [one for one in desk.run("letters", "list", expect=0)["letters"] if one["kind"] == "L7"] == []
    assert not list((desk.root / "outbox").rglob("*L7.docx"))


def test_an_order_comes_after_its_period_has_begun(desk: Desk) -> None:
    words = ("orders", "add", ORDER, "--date", "2569-01-05", "--due", "2569-03-31", "--unit", "YS", "--period")
    assert desk.invoke(*words, "q3").exit_code == 2
    desk.run(*words, "q1", expect=0)


def test_letters_of_several_periods_are_told_with_their_folders(desk: Desk) -> None:
    desk.today = date(2026, 2, 10)
    for period in ("q1", "q2"):
        words = ("--date", "2569-02-10", "--due", "2569-03-31", "--unit", "YS", "--period", period)
        desk.run("orders", "add", ORDER, *words, expect=0)
    shown = " ".join(desk.invoke("orders", "letters").output.split())
    assert all(f"outbox/2569-{period}/letters" in shown for period in ("q1", "q2"))


def test_an_order_never_goes_by_a_projects_code(desk: Desk) -> None:
    """Codes are keys in a return: a project O01 and an order O01 could not be told apart."""
    book = load_workbook(desk.root / "register.xlsx")
    sheet = book["โครงการ"]
    cell = next(cell for row in sheet for cell in row if cell.value == "P003")
    cell.value = "O01"
    book.save(desk.root / "register.xlsx")
    desk.run("register", "load", "--because", "รหัสผิด (ตัวอย่าง)", expect=0)
    added = desk.run("orders", "add", ORDER, "--date", "2569-01-05", "--due", "2569-03-31", "--unit", "YS", expect=0)
    assert added["order"]["order"] == "O02"


def test_a_form_issued_before_there_were_orders_is_still_taken(desk: Desk) -> None:
    desk.run("orders", "add", ORDER, "--date", "2569-01-05", "--due", "2569-03-31", "--unit", "YS", expect=0)
    desk.send_back("YS", period=Q1)
    assert desk.ingest_one()["outcome"] == "accepted"


def test_a_number_goes_to_the_letter_of_the_order_that_is_named(desk: Desk) -> None:
    """R20: a unit may have several orders' letters at a time."""
    for text in ("ให้เร่งรัดการเบิกจ่าย", "ให้ทบทวนแผน"):
        desk.run("orders", "add", text, "--date", "2569-01-03", "--due", "2569-02-01", "--unit", "YS", expect=0)
    first, second = desk.run("orders", "letters", expect=0)["letters"]
    numbered = ("letters", "number", "L7", "YS", "ดศ 78", "--date", "2569-01-05")
    refused = desk.invoke(*numbered)
    assert (refused.exit_code, "--file" in refused.stderr) == (2, True)
    name = first["path"].rpartition("/")[2]
    assert desk.run(*numbered, "--file", name, expect=0)["letter"]["about"] == "O01"
    assert desk.run(*numbered[:4], "ดศ 79", *numbered[5:], expect=0)["letter"]["about"] == "O02"
    mended = desk.run(*numbered[:4], "ดศ 80", *numbered[5:], "--file", name, expect=0)["letter"]
    assert (mended["about"], mended["path"]) == ("O01", first["path"])
    assert second["path"] != first["path"]


def test_closing_an_order_shows_what_units_said_of_it(desk: Desk) -> None:
    desk.run("orders", "add", "ให้เร่งรัด", "--date", "2569-01-03", "--due", "2569-02-01", "--unit", "YS", expect=0)
    desk.run("issue-forms", "q2", expect=0)
    desk.send_back("YS", {"O01/o.done": "จัดประชุมแล้ว (ตัวอย่าง)"}, period=Q2)
    desk.run("ingest")
    closed = desk.run("orders", "done", "1", "--because", "แล้วเสร็จ", expect=0)["order"]
    assert closed["answers"]["YS"] == "จัดประชุมแล้ว (ตัวอย่าง)"
