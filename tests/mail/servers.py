"""Mail servers on loopback, which speak TLS and want a login: aiosmtpd, and Dovecot where it is installed."""

from __future__ import annotations

import getpass
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "plan", "ลับ-secret"
IMAP_PASSWORD = "imap-secret"


@dataclass(frozen=True)
class Certificate:
    """A certificate of ``localhost``, which vouches for itself, and its key."""

    certificate: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "localhost.pem", folder / "localhost.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private.write_bytes(key.private_bytes(*kinds))
    return Certificate(pem, private)


@dataclass
class PostOffice:
    """What the SMTP server does and has got. ``breaks`` says where the next conversation is broken off.

    ``refuses``: recipients that it does not know.
    """

    port: int = 0
    breaks: str = ""
    refuses: set[str] = field(default_factory=set)
    got: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.breaks == "recipient":
            self.breaks = ""
            server.transport.abort()
        if address in self.refuses:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.breaks == "refused":
            self.breaks = ""
            return "554 5.7.1 Too large"
        self.got.append(envelope)
        if self.breaks == "body":  # it has taken the mail, and nobody hears of that
            self.breaks = ""
            server.transport.abort()
        return "250 OK"


def _login(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
    wanted = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == wanted, handled=False)


@contextmanager
def smtp_server(certificate: Certificate) -> Iterator[PostOffice]:
    """A server for STARTTLS that takes mails of whoever has logged in."""
    office = PostOffice()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.certificate, certificate.key)
    controller = Controller(
        office,
        hostname="localhost",
        port=_free_port(),
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=_login,
    )
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return int(found.getsockname()[1])


DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
_SETTINGS = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{root}/mail/%u
mail_uid = {mail}
mail_gid = {mail_gid}
first_valid_uid = 1
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_gid} home={root}/mail/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True)
class Postbox:
    """A mailbox of Dovecot's at ``port``."""

    port: int
    certificate: Certificate

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4_SSL]:
        context = ssl.create_default_context(cafile=str(self.certificate.certificate))
        with imaplib.IMAP4_SSL("localhost", self.port, ssl_context=context) as client:
            client.login(USER, IMAP_PASSWORD)
            yield client

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Has mails arrive in a folder, which is made where there is none."""
        with self.opened() as client:
            client.create(folder)
            for mail in mails:
                assert client.append(folder, "", "", mail)[0] == "OK"

    def empty(self) -> None:
        with self.opened() as client:
            if int(client.select()[1][0] or b"0"):
                client.store("1:*", "+FLAGS", "\\Deleted")
                client.expunge()

    def flags(self) -> list[bytes]:
        """The marks of every mail."""
        with self.opened() as client:
            client.select("INBOX", readonly=True)
            return [line for line in client.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes)]


@contextmanager
def imap_server(certificate: Certificate) -> Iterator[Postbox]:
    """Dovecot with an empty mailbox, as whoever runs the tests, or as Debian has it.

    Its files lie in a folder of their own: pytest takes the right to enter its own from all others at each start.
    """
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:
        yield from _dovecot(Path(folder), certificate)


def _dovecot(root: Path, certificate: Certificate) -> Iterator[Postbox]:
    assert DOVECOT
    is_root = os.getuid() == 0
    me = getpass.getuser()
    mail, internal, login = ("mail", "dovecot", "dovenull") if is_root else (me, me, me)
    account = pwd.getpwnam(mail)
    for name in ("run", "state", "mail"):
        (root / name).mkdir(parents=True)
    if is_root:
        shutil.chown(root / "mail", mail)
        root.chmod(root.stat().st_mode | 0o011)
    port = _free_port()
    settings = root / "dovecot.conf"
    settings.write_text(
        _SETTINGS.format(
            root=root,
            certificate=certificate.certificate,
            key=certificate.key,
            mail=account.pw_uid,
            mail_gid=account.pw_gid,
            internal=internal,
            internal_group=internal,
            login=login,
            password=IMAP_PASSWORD,
            port=port,
        )
    )
    server = subprocess.Popen([DOVECOT, "-F", "-c", str(settings)])
    try:
        _wait_for(port, root / "log")
        yield Postbox(port, certificate)
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int, log: Path) -> None:
    for _try in range(200):
        with suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8") if log.exists() else "no server")


@contextmanager
def cut_off(port: int, after: int) -> Iterator[int]:
    """A port that leads to ``port``, and is cut off once the server has said so many bytes."""
    listener = socket.create_server(("localhost", 0))
    threading.Thread(target=_lead, args=(listener, port, after), daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()


def _lead(listener: socket.socket, port: int, after: int) -> None:
    with suppress(OSError):
        client, _address = listener.accept()
        server = socket.create_connection(("localhost", port))
        threading.Thread(target=_pour, args=(client, server, 10**9), daemon=True).start()
        _pour(server, client, after)
        for end in (client, server):
            end.close()


def _pour(source: socket.socket, target: socket.socket, left: int) -> None:
    with suppress(OSError):
        while left > 0 and (content := source.recv(min(left, 65536))):
            target.sendall(content)
            left -= len(content)
        for end in (source, target):
            end.shutdown(socket.SHUT_RDWR)
