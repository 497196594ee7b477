"""Drafts of mails: what a mail program opens, ready to be sent."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from docx import Document

from plan_tracker.documents.letters.kinds import KINDS, Kind
from plan_tracker.drafting.drafts import LetterDrafts
from plan_tracker.fiscal import Period
from plan_tracker.store import Store
from plan_tracker.workspace.folders import open_workspace
from tests.desk import Desk, Typed, issue_small_workspace
from tests.mail.conftest import set_mail

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(path: Path) -> EmailMessage:
    content = path.read_bytes()
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def text_of(message: EmailMessage) -> str:
    body = message.get_body()
    assert body is not None
    return str(body.get_content())


def attached(message: EmailMessage) -> dict[str | None, str]:
    return {part.get_filename(): part.get_content_type() for part in message.iter_attachments()}


def test_a_request_is_drafted_with_its_letter_and_its_form(office: Desk) -> None:
    made = office.run("mail", "draft", "q1", expect=0)["mails"]
    assert [(mail["kind"], mail["unit"], mail["state"], mail["to"]) for mail in made] == [
        ("L1", "YS", "draft", ["ys@unit.go.th"]),
        ("L1", "ETDA", "draft", ["etda@unit.go.th"]),
    ]
    assert made[0]["path"] == "outbox/2569-q1/mails/2569-q1-YS-L1.eml"
    message = read(office.root / made[0]["path"])
    assert message["X-Unsent"] == "1"
    assert message["To"] == "ys@unit.go.th"
    assert message["From"].addresses[0].addr_spec == "plan@office.go.th"
    assert "Message-ID" not in message
    assert message["Subject"] == ("ขอให้รายงานผลการดำเนินงานตามแผนปฏิบัติราชการประจำปี ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2569 (ยศ.)")
    text = text_of(message)
    assert "เรียน ผู้อำนวยการกอง" in text
    assert "plan@office.go.th ภายในวันที่ 15 มกราคม 2569" in text
    assert attached(message) == {"2569-q1-YS-L1.docx": DOCX, "2569-q1-YS.xlsx": XLSX}
    form = next(part for part in message.iter_attachments() if part.get_content_type() == XLSX)
    assert form.get_content() == office.form_path("YS").read_bytes()
    agency = text_of(read(office.root / made[1]["path"]))
    assert "ขอความอนุเคราะห์" in agency
    assert "ขอให้" not in agency


def test_before_any_letter_there_is_no_mail_and_nothing_is_lost(tmp_path: Path) -> None:
    issue_small_workspace(tmp_path / "งาน", forms=False)
    (tmp_path / "งาน" / "data" / "signing.key").unlink(missing_ok=True)
    assert Desk(tmp_path / "งาน").run("mail", "draft", "q1", expect=0)["mails"] == []


def test_the_number_stands_in_the_mail_once_the_letter_has_it(office: Desk) -> None:
    office.run("mail", "draft", "q1", "--unit", "YS", expect=0)
    office.run("letters", "number", "L1", "YS", "ดศ 0205/9", "--date", "2569-01-05", expect=0)
    [mail] = office.run("mail", "draft", "q1", "--unit", "YS", expect=0)["mails"]
    assert (mail["edited"], mail["number"]) == (False, "ดศ 0205/9")
    assert "(ที่ ดศ 0205/9 ลงวันที่ 5 มกราคม 2569)" in text_of(read(office.root / mail["path"]))


@pytest.mark.parametrize(
    ("kind", "words", "about", "due"),
    [
        ("L3", (), ["2569-q1-YS-v1-L3.docx", "2569-q1-YS-v1-form.xlsx", "2569-q1-YS-v1-list.xlsx"], "12 มกราคม 2569"),
        ("L4", ("circulate", "q1", "--order", "ทราบ", "--date", "2569-01-05"), ["2569-q1-YS-L4.docx"], ""),
        (
            "L7",
            ("orders", "add", "เร่ง", "--date", "2569-01-05", "--due", "2569-02-20", "--unit", "YS"),
            ["2569-q1-YS-O01-L7.docx"],
            "20 กุมภาพันธ์ 2569",
        ),
    ],
)
def test_other_letters_are_drafted_with_what_goes_with_them(
    kind: str, words: tuple[str, ...], about: list[str], due: str, office: Desk
) -> None:
    office.send_back("YS", {"P001/f14.stage": "ไม่รู้"})
    office.run("ingest", expect=1)
    if words:
        office.run(*words, expect=0)
    if kind == "L7":
        office.run("orders", "letters", expect=0)
    [mail] = office.run("mail", "draft", "--kind", kind, "--unit", "ys", expect=0)["mails"]
    message = read(office.root / mail["path"])
    assert sorted(map(str, attached(message))) == sorted(about)
    assert due in text_of(message)


def remind(office: Desk) -> None:
    office.today = date(2026, 1, 20)
    office.run("remind", "q1", expect=0)


def reject(office: Desk) -> None:
    (office.inbox / "YS.xlsx").write_bytes(office.form_path("YS").read_bytes())  # as it went out
    office.run("ingest", expect=1)


def comment(office: Desk) -> None:
    office.report("q1")
    office.run("review", "submit", "q1")
    office.run("review", "comment", "q1", "ขอให้ชี้แจง (ตัวอย่าง)", "--unit", "YS")


@pytest.mark.parametrize(
    ("kind", "come_to", "about", "due"),
    [
        ("L2", remind, ["2569-q1-YS-L2.docx", "2569-q1-YS.xlsx"], "26 มกราคม 2569"),
        ("L10", reject, ["2569-q1-YS-FORM-BLANK-L10.docx", "2569-q1-YS.xlsx"], "15 มกราคม 2569"),
        ("L9", comment, ["2569-q1-YS-L9.docx"], "12 มกราคม 2569"),
    ],
    ids=["reminder", "rejection", "comments"],
)
def test_reminders_rejections_and_comments_are_drafted(
    kind: str, come_to: Callable[[Desk], None], about: list[str], due: str, office: Desk
) -> None:
    come_to(office)
    [mail] = office.run("mail", "draft", "--kind", kind, "--unit", "YS", expect=0)["mails"]
    message = read(office.root / mail["path"])
    assert (message["X-Unsent"], message["To"]) == ("1", "ys@unit.go.th")
    assert sorted(map(str, attached(message))) == sorted(about)
    assert due in text_of(message)


def test_whoever_has_answered_is_asked_no_more(office: Desk) -> None:
    office.send_back("YS")
    office.run("ingest", expect=0)
    made = office.run("mail", "draft", "q1", expect=0)["mails"]
    assert [mail["unit"] for mail in made] == ["ETDA"]


def test_a_draft_that_somebody_has_edited_stays_and_is_told(office: Desk) -> None:
    [mail] = office.run("mail", "draft", "--unit", "YS", expect=0)["mails"]
    path = office.root / mail["path"]
    path.write_bytes(path.read_bytes().replace(b"X-Unsent: 1", b"X-Unsent: 1\r\nCc: boss@office.go.th"))
    edited = path.read_bytes()
    [again] = office.run("mail", "draft", "--unit", "YS", expect=1)["mails"]
    assert again["edited"]
    assert path.read_bytes() == edited


def test_a_unit_without_an_address_is_told_and_drafted_all_the_same(desk: Desk) -> None:
    [mail] = desk.run("mail", "draft", "q1", "--unit", "YS", expect=1)["mails"]
    assert mail["to"] == []
    assert "To" not in read(desk.root / mail["path"])


def test_a_form_that_is_gone_is_told(office: Desk) -> None:
    office.form_path("YS").unlink()
    made = office.run("mail", "draft", "q1", "--unit", "YS", expect=1)
    assert made["mails"] == []
    assert made["lacking"][0]["waits_for"] == "file"


def test_an_unknown_kind_is_refused(office: Desk) -> None:
    assert "request (L1)" in office.run("mail", "draft", "--kind", "L5", expect=2)["advice"]


def test_copies_are_set(office: Desk, answers: Typed) -> None:
    set_mail(office, sender="plan2@office.go.th", copies="a@office.go.th, b@office.go.th")
    [mail] = office.run("mail", "draft", "--unit", "YS", expect=0)["mails"]
    message = read(office.root / mail["path"])
    assert message["From"].addresses[0].addr_spec == "plan2@office.go.th"
    assert [one.addr_spec for one in message["Cc"].addresses] == ["a@office.go.th", "b@office.go.th"]


def test_a_kind_of_letter_more_is_mailed_by_its_entry(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    more = {**KINDS, "L11": Kind("L11", "แจ้งเรื่องใหม่ (ตัวอย่าง)", "news")}
    for module in ("outgoing", "texts"):
        monkeypatch.setattr(f"plan_tracker.mailing.{module}.KINDS", more)
    workspace = open_workspace(office.root)
    store = Store(workspace.database)
    LetterDrafts(workspace, store, Period(2569, 1)).write("L11", "YS", lambda path: Document().save(str(path)))
    store.close()
    [mail] = office.run("mail", "draft", "q1", "--kind", "News", expect=0)["mails"]
    message = read(office.root / mail["path"])
    assert message["Subject"].startswith("แจ้งเรื่องใหม่ (ตัวอย่าง)ตาม")
    assert attached(message) == {"2569-q1-YS-L11.docx": DOCX}
    assert "news (L11)" in office.run("mail", "draft", "--kind", "L5", expect=2)["advice"]
