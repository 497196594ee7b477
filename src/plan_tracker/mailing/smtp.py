"""Hands mails over to the office's SMTP server, and knows what it does not know.

Until the server has been asked to take the text nothing has gone out. When the connection breaks after that, the server
may have taken the mail or not: nobody here can tell.
"""

from __future__ import annotations

import base64
import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress

from plan_tracker.config import TLS, Config
from plan_tracker.errors import ConfigError, PlantrackError
from plan_tracker.i18n import _
from plan_tracker.workspace.secrets import secret

VARIABLE, ENTRY = "PLANTRACK_MAIL_PASSWORD", "mail"  # in the environment, in the keyring
_PATIENCE = 60  # seconds without a word
_READY, _TAKEN, _LET_IN = 354, 250, 235
_DOT = re.compile(rb"(?m)^\.")


class MailError(PlantrackError):
    """The mail server can't be reached, or does not let us in."""


class RefusedError(Exception):
    """The server has not taken the mail, for certain."""


class DoubtfulError(Exception):
    """The connection broke when the text was on its way: whether the mail went out is not known."""


class Courier:
    """A connection to the SMTP server of the settings, made when it is needed, and made anew once it has broken."""

    def __init__(self, config: Config) -> None:
        self._config, self._server = config, None  # type: Config, smtplib.SMTP | None

    def __enter__(self) -> Courier:
        return self

    def __exit__(self, *_error: object) -> None:
        self._leave()

    def connect(self) -> smtplib.SMTP:
        """The connection; ``MailError`` where there is none to be had."""
        if self._server is None:
            try:
                self._server = _connected(self._config)
            except (OSError, smtplib.SMTPException) as error:
                raise _unreachable(self._config, error) from error
        return self._server

    def hand_over(self, sender: str, recipients: Sequence[str], content: bytes) -> None:
        """Has the server take a mail. ``RefusedError``, ``DoubtfulError``; ``MailError`` as ``connect``."""
        server = self.connect()
        try:
            _announce(server, sender, recipients)
        except (OSError, smtplib.SMTPException) as error:
            self._leave()
            raise RefusedError(_said(error)) from error
        try:
            server.send(_DOT.sub(b"..", content) + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, answer = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._leave()
            raise DoubtfulError(_said(error)) from error
        if code != _TAKEN:
            raise RefusedError(_text(code, answer))

    def _leave(self) -> None:
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._server.close()
        self._server = None


def _connected(config: Config) -> smtplib.SMTP:
    settings, context = config.mail, ssl.create_default_context()
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=_PATIENCE)
        server.starttls(context=context)
        server.ehlo()
    if settings.user:
        _log_in(server, settings.user, password_of(config))
    return server


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """By whatever the server offers; what isn't plain ASCII, which smtplib can't say, by PLAIN (RFC 4616)."""
    if (user + password).isascii():
        server.login(user, password)
        return
    said = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, answer = server.docmd("AUTH", f"PLAIN {said}")
    if code != _LET_IN:
        raise smtplib.SMTPAuthenticationError(code, answer)


def _announce(server: smtplib.SMTP, sender: str, recipients: Sequence[str]) -> None:
    """Who sends to whom, until the server is ready for the text."""
    for code, answer in (server.mail(sender), *map(server.rcpt, recipients), server.docmd("DATA")):
        if code not in (_TAKEN, 251, _READY):
            raise smtplib.SMTPResponseException(code, answer)


def password_of(config: Config) -> str:
    """The account's password; ``ConfigError`` where it is nowhere to be had."""
    found = secret(VARIABLE, ENTRY)
    if not found:
        raise ConfigError(
            _("There is no password for the mail account {user}.").format(user=config.mail.user),
            _("Put it into the system's keyring: keyring set plantrack mail; or into PLANTRACK_MAIL_PASSWORD."),
        )
    return found


def _unreachable(config: Config, error: Exception) -> MailError:
    settings = config.mail
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return MailError(
            _("{place} does not let {user} in: {error}").format(place=place, user=settings.user, error=_said(error)),
            _("Look at user under [mail] in config.toml, and at the password in the keyring."),
        )
    return MailError(
        _("The mail server {place} can't be reached: {error}").format(place=place, error=_said(error)),
        _("Look at smtp_host, smtp_port and smtp_security under [mail] in config.toml, and at the network."),
    )


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _text(error.smtp_code, error.smtp_error)
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _text(code: int, answer: bytes | str) -> str:
    said = answer.decode("utf-8", errors="replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(said.split())}"
