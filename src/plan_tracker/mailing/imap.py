"""The office's mailbox: which mails lie in a folder, and their very bytes. Nothing in the mailbox is changed."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from plan_tracker.config import TLS, Config
from plan_tracker.errors import ConfigError
from plan_tracker.i18n import _
from plan_tracker.mailing.smtp import MailError, password_of

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_PATIENCE = 60  # seconds without a word


class BrokenOffError(Exception):
    """The connection broke: what has been read is whole, and the rest has not come."""


class Mailbox:
    """A folder of the mailbox, open for reading. ``place`` tells its numbers from those of any other."""

    def __init__(self, box: BaseMailBox, place: str) -> None:
        self._box, self.place = box, place

    def numbers(self, since: date) -> list[int]:
        """The numbers of the mails that came on or after a day, the oldest first."""
        from imap_tools import AND

        with _told():
            return sorted(int(number) for number in self._box.uids(AND(date_gte=since)))

    def read(self, number: int) -> bytes:
        """A mail's bytes; empty where it has gone meanwhile. It stays unread."""
        with _told():
            _answer, parts = self._box.client.uid("FETCH", str(number), "(BODY.PEEK[])")
            return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), b"")


@contextmanager
def open_mailbox(config: Config) -> Iterator[Mailbox]:
    """The folder of the settings; ``ConfigError`` where they name none, ``MailError`` where it can't be opened."""
    settings = config.mail
    if not settings.imap_host:
        raise ConfigError(
            _("The settings name no mailbox: imap_host under [mail] is blank."),
            _("Ask your IT staff for it, or drop what came into inbox yourself."),
        )
    password = password_of(config)
    box, place = _opened(config, password)
    try:
        yield Mailbox(box, place)
    finally:
        _leave(box)


def _opened(config: Config, password: str) -> tuple[BaseMailBox, str]:
    from imap_tools import ImapToolsError, MailBox, MailBoxStartTls

    settings, context = config.mail, ssl.create_default_context()
    kind = MailBox if settings.imap_security == TLS else MailBoxStartTls
    try:
        box = kind(settings.imap_host, settings.imap_port, timeout=_PATIENCE, ssl_context=context)
        box.login(settings.user, password, initial_folder=None)
        box.folder.set(settings.imap_folder, readonly=True)
        validity = box.folder.status(settings.imap_folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        place = f"{settings.imap_host}:{settings.imap_port}"
        raise MailError(
            _("The folder {folder} of {user} at {place} can't be opened: {error}").format(
                folder=settings.imap_folder, user=settings.user, place=place, error=_said(error)
            ),
            _("Look at imap_host, imap_port, imap_security, imap_folder and user under [mail], and at the password."),
        ) from error
    return box, f"{settings.user}@{settings.imap_host}/{settings.imap_folder}/{validity}"


@contextmanager
def _told() -> Iterator[None]:
    from imap_tools import ImapToolsError

    try:
        yield
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
        raise BrokenOffError(_said(error)) from error


def _leave(box: BaseMailBox) -> None:
    from imap_tools import ImapToolsError

    try:
        box.logout()
    except (OSError, imaplib.IMAP4.error, ImapToolsError):
        box.client.shutdown()


def _said(error: Exception) -> str:
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())
