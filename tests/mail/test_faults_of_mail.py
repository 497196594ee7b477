"""Whatever fails while mails go out and come in, or is the last that a run does: each goes out and comes in once."""

from __future__ import annotations

import email
import os
from pathlib import Path
from typing import cast

import pytest
from aiosmtpd.smtp import Envelope

from tests.desk import Desk, issue_small_workspace
from tests.mail.conftest import ADDRESSES, set_mail
from tests.mail.servers import IMAP_PASSWORD, USER, Certificate, Postbox, PostOffice
from tests.mail.test_fetching import mail, read_from
from tests.torture import SMALL, Outside, Torture

SEND, FETCH = ("mail", "send", "q1"), ("mail", "fetch")


@pytest.fixture(scope="module")
def lettered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest workspace, whose units have addresses and whose letters have their numbers."""
    root = tmp_path_factory.mktemp("mails") / "งาน"
    units = [unit | {"email": ADDRESSES[str(unit["code"])]} for unit in SMALL["units"]]
    issue_small_workspace(root, {**SMALL, "units": units})
    Desk(root).run("letters", "number", "L1", "all", "ดศ 0205/ว 1", "--date", "2569-01-05", expect=0)
    return root


class Arrived:
    """What the server has taken, by each mail's own name."""

    def __init__(self, post: PostOffice) -> None:
        self.post, self._known = post, dict[str, Envelope]()

    def names(self) -> tuple[str, ...]:
        named = [(str(email.message_from_bytes(cast(bytes, one.content))["Message-ID"]), one) for one in self.post.got]
        self._known |= named
        return tuple(sorted(name for name, _mail in named))

    def put_back(self, names: tuple[str, ...]) -> None:
        self.post.got[:] = [self._known[name] for name in names]


@pytest.mark.skipif(os.name != "posix", reason="kills, and paths of what is open, are POSIX's")
def test_after_any_fault_of_sending_each_mail_has_gone_out_once(
    lettered: Path, post: PostOffice, tmp_path: Path
) -> None:
    """What is uncertain after it, the officer looks up, and says."""
    set_mail(Desk(lettered), smtp_host="localhost", smtp_port=post.port, user=USER)

    arrived = Arrived(post)

    def settle(desk: Desk) -> None:
        for doubtful in desk.run(*SEND)["uncertain"]:
            content = (desk.root / doubtful["path"]).read_bytes()
            has_arrived = email.message_from_bytes(content)["Message-ID"] in arrived.names()
            desk.run("mail", "settle", Path(doubtful["path"]).name, "--sent" if has_arrived else "--unsent", expect=0)
        desk.run(*SEND, expect=0)

    tortured = Torture("mail send", SEND, lettered, tmp_path, Outside(arrived.names, arrived.put_back, settle))
    assert len(arrived.names()) == 2
    print(f"\n{tortured.play()}", flush=True)  # noqa: T201


@pytest.mark.skipif(os.name != "posix", reason="kills, and paths of what is open, are POSIX's")
def test_after_any_fault_of_fetching_each_mail_has_come_in_once(
    lettered: Path,
    postbox: Postbox,
    certificate: Certificate,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    monkeypatch.setenv("PLANTRACK_MAIL_PASSWORD", IMAP_PASSWORD)
    read_from(Desk(lettered), postbox.port)
    form = Desk(lettered).form_path("YS").read_bytes()
    postbox.put(mail("ys@unit.go.th", "ส่งแบบรายงาน", ("แบบรายงาน.xlsx", form)), mail("etda@unit.go.th", "ขอขยายเวลา"))
    try:
        print(f"\n{Torture('mail fetch', FETCH, lettered, tmp_path).play()}", flush=True)  # noqa: T201
    finally:
        postbox.empty()
