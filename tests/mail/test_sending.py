"""Sending by a real SMTP server: each mail once, whatever breaks on the way."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from plan_tracker.mailing import sending as sending_module
from tests.desk import Desk
from tests.mail.conftest import set_mail
from tests.mail.servers import PASSWORD, USER, PostOffice
from tests.mail.test_drafts import attached, text_of
from tests.register.test_register_changes import reload, tables


def received(post: PostOffice) -> list[EmailMessage]:
    found = []
    for envelope in post.got:
        assert isinstance(envelope.content, bytes)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        found.append(message)
    return found


def number_all(desk: Desk) -> None:
    for unit in ("YS", "ETDA"):
        desk.run("letters", "number", "L1", unit, "ดศ 0205/ว 1", "--date", "2569-01-05", expect=0)


def states(desk: Desk) -> dict[tuple[str, str], str]:
    return {(mail["unit"], mail["part"]): mail["state"] for mail in desk.run("mail", "list")["mails"]}


def test_a_numbered_letter_goes_out_once_with_its_form(sending: Desk, post: PostOffice) -> None:
    number_all(sending)
    set_mail(sending, smtp_host="localhost", smtp_port=post.port, user=USER, copies="boss@office.go.th")
    dry = sending.run("mail", "send", "q1", "--dry-run", expect=0)
    assert [mail["state"] for mail in dry["mails"]] == ["due", "due"]
    assert post.got == []
    sent = sending.run("mail", "send", "q1", expect=0)
    assert [(mail["unit"], mail["state"], mail["part"]) for mail in sent["mails"]] == [
        ("YS", "sent", "whole"),
        ("ETDA", "sent", "whole"),
    ]
    assert [envelope.rcpt_tos for envelope in post.got] == [
        ["ys@unit.go.th", "boss@office.go.th"],
        ["etda@unit.go.th", "boss@office.go.th"],
    ]
    assert {envelope.mail_from for envelope in post.got} == {"plan@office.go.th"}
    first = received(post)[0]
    assert "X-Unsent" not in first
    assert set(attached(first)) == {"2569-q1-YS-L1.docx", "2569-q1-YS.xlsx"}
    kept = sending.root / sent["mails"][0]["path"]
    assert post.got[0].content == kept.read_bytes()
    assert sending.run("mail", "send", "q1", expect=0)["mails"] == []
    assert len(post.got) == 2
    told = [event for event in sending.run("log")["events"] if event["what"] == "mail: sent"]
    assert [(event["unit"], event["message_id"]) for event in told] == [
        ("YS", first["Message-ID"]),
        ("ETDA", received(post)[1]["Message-ID"]),
    ]


def test_forms_go_at_once_and_the_letter_follows_with_its_number(sending: Desk, post: PostOffice) -> None:
    draft = sending.root / sending.run("mail", "draft", "--unit", "YS", expect=0)["mails"][0]["path"]
    sent = sending.run("mail", "send", "q1", "--unit", "YS", expect=0)["mails"]
    assert [(mail["part"], mail["attachments"]) for mail in sent] == [
        ("files", ["outbox/2569-q1/forms/2569-q1-YS.xlsx"])
    ]
    assert "หนังสือของเรื่องนี้จะจัดส่งตามมา" in text_of(received(post)[0])
    assert not draft.exists()
    assert sending.run("mail", "send", "q1", "--unit", "YS", expect=0)["mails"] == []
    number_all(sending)
    sent = sending.run("mail", "send", "q1", "--unit", "YS", expect=0)["mails"]
    assert [(mail["part"], mail["attachments"]) for mail in sent] == [
        ("letter", ["outbox/2569-q1/letters/2569-q1-YS-L1.docx"])
    ]
    assert sending.run("mail", "send", "q1", "--unit", "YS", expect=0)["mails"] == []
    assert len({message["Message-ID"] for message in received(post)}) == 2


def test_a_letter_alone_waits_for_its_number_unless_the_settings_say_otherwise(sending: Desk, post: PostOffice) -> None:
    sending.run("circulate", "q1", "--order", "ทราบ", "--date", "2569-01-05", expect=0)
    held = sending.run("mail", "send", "q1", "--kind", "circulation", "--unit", "YS", expect=1)["mails"]
    assert [(mail["state"], mail["waits_for"]) for mail in held] == [("waiting", "number")]
    assert post.got == []
    set_mail(sending, smtp_host="localhost", smtp_port=post.port, user=USER, unnumbered=True)
    sending.run("mail", "send", "q1", "--kind", "L4", "--unit", "YS", expect=0)
    assert list(attached(received(post)[0])) == ["2569-q1-YS-L4.docx"]


def test_what_breaks_after_the_body_is_uncertain_and_never_sent_again_by_itself(
    sending: Desk, post: PostOffice
) -> None:
    number_all(sending)
    post.breaks = "body"
    sent = sending.run("mail", "send", "q1", expect=1)
    assert [mail["state"] for mail in sent["mails"]] == ["uncertain", "sent"]
    assert [mail["unit"] for mail in sent["uncertain"]] == ["YS"]
    assert "plantrack mail list q1" in sending.invoke().output
    again = sending.run("mail", "send", "q1", expect=1)  # told once more
    assert (again["mails"], [mail["unit"] for mail in again["uncertain"]]) == ([], ["YS"])
    assert len(post.got) == 2
    name = Path(again["uncertain"][0]["path"]).name
    sending.run("mail", "settle", name, "--unsent", expect=0)
    assert states(sending)["YS", "whole"] == "failed"
    sending.run("mail", "send", "q1", expect=0)
    first, _second, once_more = received(post)
    assert first["Message-ID"] == once_more["Message-ID"]  # so that a mailbox may tell that it has it
    sending.run("mail", "settle", name, "--unsent", expect=2)


def test_an_uncertain_mail_that_has_arrived_is_settled(sending: Desk, post: PostOffice) -> None:
    number_all(sending)
    post.breaks = "body"
    sending.run("mail", "send", "q1", "--unit", "YS", expect=1)
    sending.run("mail", "settle", "2569-q1-YS-L1.eml", "--sent", expect=0)
    assert sending.run("mail", "send", "q1", "--unit", "YS", expect=0)["mails"] == []
    assert len(post.got) == 1


@pytest.mark.parametrize("breaks", ["recipient", "refused"])
def test_what_the_server_has_not_taken_is_sent_by_the_next_run(breaks: str, sending: Desk, post: PostOffice) -> None:
    number_all(sending)
    post.breaks = breaks
    sent = sending.run("mail", "send", "q1", expect=1)
    assert [mail["state"] for mail in sent["mails"]] == ["failed", "sent"]
    assert sent["mails"][0]["because"]
    sending.run("mail", "send", "q1", expect=0)
    assert [envelope.rcpt_tos for envelope in post.got] == [["etda@unit.go.th"], ["ys@unit.go.th"]]
    assert set(states(sending).values()) == {"sent"}


def test_a_recipient_that_is_not_known_holds_up_no_other(sending: Desk, post: PostOffice) -> None:
    post.refuses = {"ys@unit.go.th"}
    sent = sending.run("mail", "send", "q1", expect=1)
    assert [(mail["unit"], mail["state"]) for mail in sent["mails"]] == [("YS", "failed"), ("ETDA", "sent")]
    assert "No such user" in sent["mails"][0]["because"]


def test_a_run_that_is_killed_over_a_mail_leaves_it_uncertain(
    sending: Desk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:

        def kill(*_words: object) -> None:
            raise KeyboardInterrupt

        killed.setattr(sending_module, "_handed_over", kill)
        sending.run("mail", "send", "q1", "--unit", "YS", expect=130)
    assert states(sending) == {("YS", "files"): "sending"}
    sent = sending.run("mail", "send", "q1", "--unit", "YS", expect=1)
    assert (sent["mails"], sent["uncertain"][0]["state"]) == ([], "uncertain")
    assert post.got == []


def test_a_wrong_password_is_told_and_nothing_is_noted(
    sending: Desk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTRACK_MAIL_PASSWORD", "ผิด")
    said = sending.run("mail", "send", "q1", expect=2)
    assert USER in said["error"]
    assert states(sending) == {}
    monkeypatch.delenv("PLANTRACK_MAIL_PASSWORD")
    monkeypatch.setattr("plan_tracker.mailing.smtp.secret", lambda *_names: "")
    assert "keyring set plantrack mail" in sending.run("mail", "send", "q1", expect=2)["advice"]


def test_the_password_may_stand_in_the_keyring_and_is_kept_nowhere_else(
    sending: Desk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLANTRACK_MAIL_PASSWORD")
    monkeypatch.setattr("keyring.get_password", lambda *entry: {("plantrack", "mail"): PASSWORD}[entry])
    sending.run("mail", "send", "q1", expect=0)
    written = b"".join(path.read_bytes() for path in sending.root.rglob("*") if path.is_file())
    assert PASSWORD.encode() not in written


def test_a_server_that_nobody_vouches_for_gets_nothing(
    sending: Desk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "certificate" in sending.run("mail", "send", "q1", expect=2)["error"].lower()
    assert post.got == []


def test_without_a_server_drafts_are_advised(office: Desk) -> None:
    assert "plantrack mail draft" in office.run("mail", "send", "q1", expect=2)["advice"]


def test_sample_contacts_and_demos_never_send(sending: Desk, post: PostOffice) -> None:
    config = sending.root / "config.toml"
    own = config.read_text(encoding="utf-8")
    config.write_text("demo = true\n" + own, encoding="utf-8")
    assert sending.run("mail", "send", "q1", "--dry-run", expect=2)["error"]
    sample = own.replace("0 2141 6000", "0 2000 0000 (ตัวอย่าง)").replace("plan@office.go.th", "plan@example.go.th")
    config.write_text(sample, encoding="utf-8")
    said = sending.run("mail", "send", "q1", expect=2)["error"]
    assert "office.phone, office.email" in said
    drafting = sending.invoke("mail", "draft", "q1")
    assert drafting.exit_code == 0
    assert "office.phone, office.email" in drafting.stderr
    assert "office.phone" in sending.invoke("circulate", "q1", "--order", "ทราบ", "--date", "2569-01-05").stderr
    assert post.got == []


def test_invented_addresses_in_the_register_get_nothing(sending: Desk, post: PostOffice) -> None:
    content = tables()
    for unit in content["units"]:
        unit["email"] = "unit@example.go.th"
    reload(sending, content)
    assert "ETDA" in sending.run("mail", "send", "q1", expect=2)["error"]
    assert post.got == []


def test_a_draft_that_somebody_has_edited_is_left_to_be_sent_by_hand(sending: Desk, post: PostOffice) -> None:
    number_all(sending)
    [draft] = sending.run("mail", "draft", "--unit", "YS", expect=0)["mails"]
    path = sending.root / draft["path"]
    path.write_bytes(path.read_bytes() + b"\r\n")
    [held] = sending.run("mail", "send", "q1", "--unit", "YS", expect=1)["mails"]
    assert (held["state"], held["waits_for"]) == ("waiting", "edited")
    sending.run("mail", "settle", path.name, "--sent", expect=0)
    assert path.exists()
    assert sending.run("mail", "send", "q1", "--unit", "YS", expect=0)["mails"] == []
    assert post.got == []


def test_a_form_that_is_issued_anew_goes_out_anew(sending: Desk, post: PostOffice) -> None:
    sending.run("mail", "send", "q1", "--unit", "YS", expect=0)
    sending.run("issue-forms", "q1", "--unit", "YS", expect=0)
    sending.run("mail", "send", "q1", "--unit", "YS", expect=0)
    assert len({message["Message-ID"] for message in received(post)}) == 2
