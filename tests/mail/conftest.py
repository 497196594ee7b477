"""An office that mails: units with addresses, and servers on loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.mail.servers import (
    DOVECOT,
    PASSWORD,
    USER,
    Certificate,
    Postbox,
    PostOffice,
    imap_server,
    make_certificate,
    smtp_server,
)
from tests.register.test_register_changes import reload, tables

ADDRESSES = {"YS": "ys@unit.go.th", "ETDA": "etda@unit.go.th"}


def set_mail(desk: Desk, **settings: object) -> None:
    """Sets what stands under ``[mail]``."""
    path = desk.root / "config.toml"
    head, _mail, rest = path.read_text(encoding="utf-8").partition("[mail]\n")
    rest = rest.partition("\n[")[2]
    said = "".join(f"{name} = {_toml(value)}\n" for name, value in settings.items())
    path.write_text(f"{head}[mail]\n{said}\n[{rest}", encoding="utf-8")


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool | int) else f'"{value}"'


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def mailing_root(issued_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issued workspace, with addresses of two of its units."""
    root = tmp_path_factory.mktemp("mailing") / "งาน"
    shutil.copytree(issued_root, root)
    content = tables()
    for unit in content["units"]:
        if unit["code"] in ADDRESSES:
            unit["email"] = ADDRESSES[str(unit["code"])]
    reload(Desk(root), content)
    return root


@pytest.fixture
def post(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.certificate))
    monkeypatch.setenv("PLANTRACK_MAIL_PASSWORD", PASSWORD)
    with smtp_server(certificate) as office:
        yield office


@pytest.fixture
def office(mailing_root: Path, tmp_path: Path) -> Desk:
    """A desk after ``issue-forms q1`` that could mail, if it were told a server."""
    root = tmp_path / "สำนักงาน"
    shutil.copytree(mailing_root, root)
    return Desk(root)


@pytest.fixture
def sending(office: Desk, post: PostOffice) -> Desk:
    set_mail(office, smtp_host="localhost", smtp_port=post.port, user=USER)
    return office


@pytest.fixture(scope="session")
def postbox(certificate: Certificate) -> Iterator[Postbox]:
    if DOVECOT is None or (os.name != "posix"):
        pytest.skip("Dovecot is not installed")
    with imap_server(certificate) as box:
        yield box
