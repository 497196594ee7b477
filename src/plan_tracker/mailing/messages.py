"""Mails as bytes: headers, text and what is attached. Reads what is attached; writes ``.eml``.

All of it is plain ASCII on the way, so that no server has to know of more; the same mail is the same bytes.
"""

from __future__ import annotations

import email.policy
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path

from plan_tracker.documents.letters.frame import plans_of
from plan_tracker.due import answer_due
from plan_tracker.mailing.outgoing import Outgoing, sender_of
from plan_tracker.mailing.texts import MailFacts, body_of, subject_of
from plan_tracker.store import Store
from plan_tracker.values import inert
from plan_tracker.workspace.folders import Workspace

_TYPES = {
    ".docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def build_message(workspace: Workspace, store: Store, mail: Outgoing, at: datetime, *, draft: bool) -> bytes:
    """The mail as it goes out, or as a ``draft`` that mail programs open to be sent: that has no day and no number."""
    message = _framed(workspace, mail, at, draft=draft)
    told = _facts(workspace, store, mail)
    message["Subject"] = _one_line(subject_of(workspace.config, told))
    message.set_content(body_of(workspace.config, told), cte="base64")
    for name in mail.attachments:
        path = workspace.root / name
        message.add_attachment(
            path.read_bytes(),
            maintype="application",
            subtype=_TYPES.get(path.suffix, "octet-stream"),
            filename=path.name,
        )
    if message.is_multipart():
        message.set_boundary("=_" + mail.message_id.rpartition("@")[0].rpartition(".")[2])
    return message.as_bytes()


def _framed(workspace: Workspace, mail: Outgoing, at: datetime, *, draft: bool) -> EmailMessage:
    """Who, to whom, when."""
    message, settings = EmailMessage(email.policy.SMTP), workspace.config.mail
    if draft:
        message["X-Unsent"] = "1"
    else:
        message["Message-ID"] = mail.message_id
        message["Date"] = format_datetime(at)
    message["From"] = formataddr((_one_line(workspace.config.office.division), sender_of(workspace)))
    if mail.recipients:
        message["To"] = ", ".join(mail.recipients)
    if settings.copies:
        message["Cc"] = settings.copies
    return message


def _one_line(text: str) -> str:
    """``text`` as a header may bear it: no line ends, nothing that drives a terminal, and no encoded word."""
    return " ".join(inert(text, " ").replace("=?", "= ?").split())


def _facts(workspace: Workspace, store: Store, mail: Outgoing) -> MailFacts:
    letter, unit = mail.letter, mail.unit
    plans = plans_of(store.register_for(letter.period), unit)
    order = next((one for one in store.orders.all() if one.code == letter.about), None)
    drafted = datetime.fromisoformat(letter.drafted_at).date()
    due = (
        order.due
        if letter.kind == "L7" and order
        else answer_due(workspace.config, letter.kind, letter.period, drafted)
    )
    return MailFacts(letter, mail.part, unit, plans, due, tuple(Path(name).name for name in mail.attachments))
