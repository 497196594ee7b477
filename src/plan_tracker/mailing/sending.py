"""Sends what is due, each mail once, and writes down what became of it.

What is about to be sent is written down first (``MailState.SENDING``), so that a run that is cut off leaves a mail of
which nobody knows whether it went out, and never one that goes out twice. Writes the store and ``outbox/…/mails``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.i18n import _
from plan_tracker.mailing.messages import build_message
from plan_tracker.mailing.outgoing import Outgoing, sender_of
from plan_tracker.mailing.smtp import Courier, DoubtfulError, MailError, RefusedError
from plan_tracker.progress import counted
from plan_tracker.store import Letter, Store
from plan_tracker.store.correspondence.mails import Mail, MailState
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace, file_sha256

FOLDER, SENT_FOLDER = "mails", "mails/sent"
_EVENTS = {
    MailState.SENT: EventName.MAIL_SENT,
    MailState.UNCERTAIN: EventName.MAIL_UNCERTAIN,
    MailState.FAILED: EventName.MAIL_FAILED,
}


@dataclass(frozen=True, slots=True)
class SendingResult:
    """What became of the mails that were due; ``unreachable``: why the rest was not even tried."""

    mails: Sequence[Outgoing]
    unreachable: str = ""


def send_due(workspace: Workspace, store: Store, due: Sequence[Outgoing]) -> SendingResult:
    """Sends ``due``. ``MailError`` where the server can't be reached at all; then nothing has been done."""
    sent: list[Outgoing] = []
    with Courier(workspace.config) as courier:
        courier.connect()
        for mail in counted(_("Mails sent"), due):
            try:
                courier.connect()
            except MailError as error:
                return SendingResult([*sent, *due[len(sent) :]], error.what)
            sent.append(_send(workspace, store, courier, mail))
    return SendingResult(sent)


def _send(workspace: Workspace, store: Store, courier: Courier, mail: Outgoing) -> Outgoing:
    path = workspace.outbox(mail.letter.period, SENT_FOLDER) / file_name(mail)
    content = build_message(workspace, store, mail, workspace.now(), draft=False)
    atomic.write_bytes(path, content)
    recipients = (*mail.recipients, *copies_of(workspace))
    noted = store.mails.note(
        Mail(
            mail.letter,
            mail.part,
            mail.message_id,
            recipients,
            workspace.relative(path),
            MailState.SENDING,
            workspace.timestamp(),
        )
    )
    state, because = _handed_over(courier, sender_of(workspace), recipients, content)
    return replace(mail, before=note_ended(workspace, store, noted, state, because))


def _handed_over(courier: Courier, sender: str, recipients: Sequence[str], content: bytes) -> tuple[MailState, str]:
    try:
        courier.hand_over(sender, recipients, content)
    except (RefusedError, MailError) as error:
        return MailState.FAILED, str(error)
    except DoubtfulError as error:
        return MailState.UNCERTAIN, str(error)
    return MailState.SENT, ""


def note_ended(workspace: Workspace, store: Store, mail: Mail, state: MailState, because: str = "") -> Mail:
    """Notes in the ledger and in the log how the sending of a mail has ended; of what may be gone no draft is left."""
    with store.transaction():
        if state is not MailState.FAILED:
            drop_draft(workspace, store, mail.letter)
        ended = store.mails.become(mail, state, workspace.timestamp(), because)
        store.add_event(
            workspace.timestamp(),
            _EVENTS[state],
            kind=mail.letter.kind,
            unit=mail.letter.unit,
            period=str(mail.letter.period),
            recipients=" ".join(mail.recipients),
            file=mail.path,
            message_id=mail.message_id,
            **({"because": because} if because else {}),
        )
    return ended


def settle_cut_off(workspace: Workspace, store: Store, mails: Iterable[Mail]) -> Iterator[Mail]:
    """Has those of ``mails`` that a run was cut off over told as uncertain."""
    for mail in mails:
        if mail.state is MailState.SENDING:
            because = _("plantrack was cut off while it was being sent")
            yield note_ended(workspace, store, mail, MailState.UNCERTAIN, because)
        else:
            yield mail


def copies_of(workspace: Workspace) -> tuple[str, ...]:
    """The addresses that get a copy of every mail."""
    return tuple(filter(None, (one.strip() for one in workspace.config.mail.copies.split(","))))


def file_name(mail: Outgoing) -> str:
    """``2569-q1-YS-L1.eml``: as the letter is called, and what of it the mail brings."""
    stem = mail.letter.file.rpartition(".")[0]
    return f"{stem}.eml" if mail.has_letter else f"{stem}-{mail.part}.eml"


def draft_path(workspace: Workspace, letter: Letter) -> Path:
    """Where the draft lies, of which a letter has one."""
    name = letter.file.rpartition(".")[0] + ".eml"
    return workspace.root / "outbox" / str(letter.period) / FOLDER / name


def is_edited(workspace: Workspace, store: Store, path: Path) -> bool:
    """Whether an officer has changed the draft at ``path``."""
    return path.is_file() and not store.is_as_written(workspace.relative(path), file_sha256(path))


def drop_draft(workspace: Workspace, store: Store, letter: Letter) -> None:
    """Takes away the draft of what has gone out, with the commit, unless an officer has edited it."""
    path = draft_path(workspace, letter)
    if path.is_file() and not is_edited(workspace, store, path):
        store.placing.remove(workspace.relative(path))
