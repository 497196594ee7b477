"""The ledger of mails: what went out with which letter, and what was fetched from whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from plan_tracker.store.correspondence.ledger import Letter
from plan_tracker.store.database.connection import Database


class MailPart(StrEnum):
    """What of a letter and its forms a mail brings: both, or the forms at once and the letter once it is numbered."""

    WHOLE = "whole"
    FILES = "files"
    LETTER = "letter"


class MailState(StrEnum):
    """What has become of a mail. ``SENDING`` is written down first: found later, nobody knows whether it went out."""

    DRAFT = "draft"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"  # it is certain that the server has not taken it


_GONE = (MailState.SENDING, MailState.SENT, MailState.UNCERTAIN)


class Mail(NamedTuple):
    """One mail to the addresses ``recipients``; ``path`` is its ``.eml``, ``because`` what a server said against it."""

    letter: Letter
    part: MailPart
    message_id: str
    recipients: tuple[str, ...]
    path: str
    state: MailState
    at: str
    because: str = ""
    id: int = 0

    @property
    def file(self) -> str:
        """The file's name alone."""
        return self.path.rpartition("/")[2]

    @property
    def may_be_gone(self) -> bool:
        """Whether it went out, or may have: it is not sent again."""
        return self.state in _GONE

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody has to find out if it went out."""
        return self.state in (MailState.SENDING, MailState.UNCERTAIN)


class Fetched(NamedTuple):
    """A mail from a mailbox: ``place`` is account, folder and its validity, ``uid`` its number there.

    ``file``: under which name it was laid into the inbox; blank where there was nothing in it to take in.
    """

    place: str
    uid: int
    sha256: str
    sender: str
    subject: str
    fetched_at: str
    file: str


class Mails:
    """The mails in the database."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self.has_noted = False  # in this run

    def note(self, mail: Mail) -> Mail:
        """Notes a mail, in place of what was noted of the same message."""
        self.has_noted = True
        letter, said = mail.letter, (" ".join(mail.recipients), mail.path, mail.state, mail.at, mail.because)
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO mails (letter, part, message_id, recipients, path, state, at, because)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (message_id) DO UPDATE SET recipients ="
                " excluded.recipients, path = excluded.path, state = excluded.state, at = excluded.at,"
                " because = excluded.because",
                (letter.id, mail.part, mail.message_id, *said),
            )
        return mail

    def become(self, mail: Mail, state: MailState, at: str, because: str = "") -> Mail:
        """Notes what has become of a mail."""
        return self.note(mail._replace(state=state, at=at, because=because))

    def of(self, letters: Sequence[Letter]) -> list[Mail]:
        """The mails of ``letters``, the oldest first."""
        by_id = {letter.id: letter for letter in letters}
        rows = self._db.execute("SELECT * FROM mails ORDER BY id")
        return [_mail(row, by_id) for row in rows if row["letter"] in by_id]

    # What was fetched

    def add_fetched(self, mail: Fetched) -> None:
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO fetched_mails (place, uid, sha256, sender, subject, fetched_at, file)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (mail.place, mail.uid, mail.sha256, mail.sender, mail.subject, mail.fetched_at, mail.file),
            )

    def fetched_uids(self, place: str) -> set[int]:
        """The numbers of the mails that have been fetched from ``place``."""
        return {uid for (uid,) in self._db.execute("SELECT uid FROM fetched_mails WHERE place = ?", (place,))}

    def has_fetched(self, sha256: str) -> bool:
        """Whether a mail of these bytes has been fetched, from wherever."""
        return bool(self._db.execute("SELECT 1 FROM fetched_mails WHERE sha256 = ?", (sha256,)).fetchone())

    def came_in(self, return_id: int, container: str) -> None:
        """Notes in which archive or mail a return came."""
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO return_containers (return_id, container) VALUES (?, ?)", (return_id, container)
            )

    def senders(self) -> dict[int, str]:
        """Who sent the returns that came in fetched mails, by the return's id."""
        rows = self._db.execute(
            "SELECT return_id, sender FROM return_containers JOIN fetched_mails ON container = file WHERE sender != ''"
        )
        return dict(rows.fetchall())


def _mail(row: sqlite3.Row, letters: Mapping[int, Letter]) -> Mail:
    return Mail(
        letters[row["letter"]],
        MailPart(row["part"]),
        row["message_id"],
        tuple(row["recipients"].split()),
        row["path"],
        MailState(row["state"]),
        row["at"],
        row["because"],
        row["id"],
    )
