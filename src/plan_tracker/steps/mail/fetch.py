"""Fetches what units have mailed from an IMAP folder into ``inbox/``, each mail once; the mailbox stays as it is (R26).

Reads the mailbox and the store; writes both ``inbox/`` and the store. A mail that nothing is attached to is told, and
left where it is.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from plan_tracker import atomic
from plan_tracker.fiscal import Period
from plan_tracker.intake.files import fitting, safe_name
from plan_tracker.intake.unpacking.mails import attached
from plan_tracker.intake.unpacking.members import Budget, UnpackError
from plan_tracker.mailing.imap import BrokenOffError, Mailbox, open_mailbox
from plan_tracker.store import Store
from plan_tracker.store.correspondence.mails import Fetched
from plan_tracker.store.event_names import EventName
from plan_tracker.values import writable
from plan_tracker.workspace.folders import Workspace

_NOTHING_ATTACHED = "mail-empty"


@dataclass(frozen=True, slots=True)
class FetchedMails:
    """What was fetched, or would be; ``broken_off``: why the run ended before its end."""

    mails: Sequence[Fetched]
    broken_off: str = ""

    @property
    def laid(self) -> list[Fetched]:
        return [mail for mail in self.mails if mail.file]

    @property
    def without(self) -> list[Fetched]:
        """Those that nothing was attached to."""
        return [mail for mail in self.mails if not mail.file]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.broken_off or self.without)


def fetch_mails(workspace: Workspace, store: Store, *, dry_run: bool = False) -> FetchedMails:
    """Lays each mail of the fiscal year that has not been fetched into the inbox; a dry run only says which.

    ``ConfigError``, ``MailError`` as ``open_mailbox``.
    """
    since = Period(workspace.config.fiscal_year, 1).first_day
    found: list[Fetched] = []
    with open_mailbox(workspace.config) as box:
        known = store.mails.fetched_uids(box.place)
        try:
            for number in box.numbers(since):
                mail = None if number in known else _fetch(workspace, store, box, number, dry_run=dry_run)
                found += [mail] if mail else []
        except BrokenOffError as error:
            return FetchedMails(found, str(error))
    return FetchedMails(found)


def _fetch(workspace: Workspace, store: Store, box: Mailbox, number: int, *, dry_run: bool) -> Fetched | None:
    """One mail; None where it has gone, or where the very same was fetched from another folder."""
    content = box.read(number)
    if not content:
        return None
    sha256 = hashlib.sha256(content).hexdigest()
    sender, subject = _headed(content)
    file = fitting(safe_name(f"{sender or 'mail'} {sha256[:8]}.eml")) if _has_anything(workspace, content) else ""
    mail = Fetched(box.place, number, sha256, sender, subject, workspace.timestamp(), file)
    is_known = store.mails.has_fetched(sha256)
    if not dry_run:
        _keep(workspace, store, mail, b"" if is_known else content)
    return None if is_known else mail


def _keep(workspace: Workspace, store: Store, mail: Fetched, content: bytes) -> None:
    """The file first: a run that is cut off then fetches the mail again, into the same file."""
    if mail.file and content:
        atomic.write_bytes(workspace.inbox / mail.file, content)
    with store.transaction():
        store.mails.add_fetched(mail)
        said = {"file": mail.file, "sender": mail.sender, "subject": mail.subject, "sha256": mail.sha256}
        store.add_event(workspace.timestamp(), EventName.MAIL_FETCHED, **said)


def _headed(content: bytes) -> tuple[str, str]:
    """The sender's address and the subject, as far as they can be read."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    try:
        sender, subject = parseaddr(str(message["From"] or ""))[1], str(message["Subject"] or "")
    except Exception:  # the library names no end of errors for damaged headers
        return "", ""
    return writable(sender), writable(" ".join(subject.split()))


def _has_anything(workspace: Workspace, content: bytes) -> bool:
    """Whether a mail is to be taken up: it has something attached, or a link where something lies."""
    try:
        return any(True for _member in attached(content, Budget(workspace.config.limits.unpacked_mb * 10**6)))
    except UnpackError as error:
        return error.params.get("case") != _NOTHING_ATTACHED
