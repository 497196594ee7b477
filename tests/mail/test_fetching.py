"""Fetching by a real IMAP server: each mail once, its sender told, the mailbox left as it is."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from plan_tracker.fiscal import Period
from tests.desk import Desk
from tests.mail.conftest import set_mail
from tests.mail.servers import IMAP_PASSWORD, USER, Certificate, Postbox, cut_off


def mail(sender: str, subject: str, *attached: tuple[str, bytes], text: str = "เรียนมาเพื่อทราบ") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "plan@office.go.th", subject
    message["Date"] = "Mon, 05 Jan 2026 09:00:00 +0700"
    message.set_content(text)
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.fixture
def fetching(
    office: Desk, postbox: Postbox, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """The office reads an inbox that is empty."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    monkeypatch.setenv("PLANTRACK_MAIL_PASSWORD", IMAP_PASSWORD)
    read_from(office, postbox.port)
    yield office
    postbox.empty()


def read_from(desk: Desk, port: int, folder: str = "INBOX") -> None:
    set_mail(desk, imap_host="localhost", imap_port=port, user=USER, imap_folder=folder)


def test_mails_are_fetched_once_and_their_senders_told(fetching: Desk, postbox: Postbox) -> None:
    form = fetching.send_back("YS")
    returned = form.read_bytes()
    form.unlink()
    postbox.put(
        mail("สมชาย <somchai@unit.go.th>", "ส่งแบบรายงาน", ("แบบรายงาน.xlsx", returned)),
        mail("ETDA <office@etda.go.th>", "ขอขยายเวลา"),
    )
    would = fetching.run("mail", "fetch", "--dry-run", expect=1)["mails"]
    assert len(would) == 2
    assert list(fetching.inbox.iterdir()) == []
    got = fetching.run("mail", "fetch", expect=1)["mails"]
    assert [(one["sender"], one["subject"], bool(one["file"])) for one in got] == [
        ("somchai@unit.go.th", "ส่งแบบรายงาน", True),
        ("office@etda.go.th", "ขอขยายเวลา", False),
    ]
    assert [path.name for path in fetching.inbox.iterdir()] == [got[0]["file"]]
    logged = [event for event in fetching.run("log")["events"] if event["what"] == "mail: fetched"]
    assert [(one["file"] or None, one["sender"], one["subject"]) for one in logged] == [
        (one["file"], one["sender"], one["subject"]) for one in got
    ]
    assert all(b"Seen" not in flags for flags in postbox.flags())
    [file] = fetching.run("ingest", expect=0)["files"]
    assert (file["unit"], file["outcome"]) == ("YS", "accepted")
    assert fetching.run("mail", "fetch", expect=0)["mails"] == []
    units = {line["unit"]: line["sender"] for line in fetching.run("status", "q1")["units"]}
    assert units == {"YS": "somchai@unit.go.th", "ETDA": None}
    assert fetching.run("status", "q1", "--unit", "YS")["versions"][0]["sender"] == "somchai@unit.go.th"
    assert "somchai@unit.go.th" in fetching.invoke("status", "q1").output


def test_a_connection_that_breaks_in_the_middle_loses_nothing(fetching: Desk, postbox: Postbox) -> None:
    big = bytes(range(256)) * 1500
    postbox.put(*(mail(f"u{n}@unit.go.th", f"ฉบับที่ {n}", (f"{n}.xlsx", big + bytes([n]))) for n in range(3)))
    with cut_off(postbox.port, 900_000) as port:
        read_from(fetching, port)
        first = fetching.run("mail", "fetch", expect=1)
    assert first["broken_off"]
    assert 0 < len(first["mails"]) < 3
    read_from(fetching, postbox.port)
    second = fetching.run("mail", "fetch", expect=0)
    senders = [one["sender"] for one in (*first["mails"], *second["mails"])]
    assert senders == ["u0@unit.go.th", "u1@unit.go.th", "u2@unit.go.th"]
    files = sorted(fetching.inbox.iterdir())
    assert len(files) == 3
    assert all(path.stat().st_size > 500_000 and path.read_bytes().endswith(b"--\r\n") for path in files)


def test_the_same_mail_in_another_folder_is_the_same(fetching: Desk, postbox: Postbox) -> None:
    sent = mail("ys@unit.go.th", "ส่ง", ("a.xlsx", b"PK\x03\x04 not a workbook"))
    postbox.put(sent)
    fetching.run("mail", "fetch", expect=0)
    postbox.put(sent, folder="&DhcOFA4qDi0OGg-")
    read_from(fetching, postbox.port, "ทดสอบ")
    assert fetching.run("mail", "fetch", expect=0)["mails"] == []
    assert len(list(fetching.inbox.iterdir())) == 1


def test_a_folder_that_is_not_there_is_told(fetching: Desk, postbox: Postbox) -> None:
    read_from(fetching, postbox.port, "ไม่มี")
    said = fetching.run("mail", "fetch", expect=2)
    assert "ไม่มี" in said["error"]
    assert "imap_folder" in said["advice"]


def test_without_a_mailbox_the_settings_are_named(office: Desk) -> None:
    assert "imap_host" in office.run("mail", "fetch", expect=2)["error"]


def test_mails_of_years_before_are_left(fetching: Desk, postbox: Postbox) -> None:
    postbox.put(mail("ys@unit.go.th", "ใหม่", ("a.xlsx", b"PK\x03\x04")))
    with postbox.opened() as client:
        old = mail("ys@unit.go.th", "เก่า", ("b.xlsx", b"PK\x03\x04 old"))
        client.append("INBOX", "", '"30-Sep-2025 09:00:00 +0700"', old)
    got = fetching.run("mail", "fetch", expect=0)["mails"]
    assert [one["subject"] for one in got] == ["ใหม่"]
    assert Period(2569, 1).first_day.isoformat() == "2025-10-01"


def test_what_is_fetched_lies_under_a_name_that_every_system_takes(fetching: Desk, postbox: Postbox) -> None:
    postbox.put(mail('"../x" <../../ys@unit.go.th>', "ส่ง", ("a.xlsx", b"PK\x03\x04 again")))
    [one] = fetching.run("mail", "fetch", expect=0)["mails"]
    assert (fetching.inbox / Path(one["file"]).name).is_file()
    assert "/" not in one["file"]
