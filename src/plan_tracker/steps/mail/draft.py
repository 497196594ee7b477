"""Drafts of mails that any mail program opens to be sent: recipients, subject, text, letter and form (R26).

Reads the store and ``outbox``; writes ``outbox/…/mails``. A draft that an officer has edited stays, and is told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from plan_tracker import atomic
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.mailing.messages import build_message
from plan_tracker.mailing.outgoing import HoldReason, Outgoing, kinds_named, outgoing
from plan_tracker.mailing.sending import copies_of, draft_path, is_edited
from plan_tracker.merging.standing import current_period
from plan_tracker.progress import counted
from plan_tracker.store import Store
from plan_tracker.store.correspondence.mails import Mail, MailState
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Drafted:
    """A mail's draft at ``path``; ``edited``: somebody has changed it since, and it was left as it is."""

    mail: Outgoing
    path: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class MailDrafts:
    """What was drafted; ``lacking``: mails that can't be, since a file is gone."""

    mails: Sequence[Drafted]
    lacking: Sequence[Outgoing]

    @property
    def without_address(self) -> list[str]:
        """The units that the register has no address of."""
        return list(dict.fromkeys(one.mail.unit.code for one in self.mails if not one.mail.recipients))

    @property
    def without_number(self) -> list[Drafted]:
        return [one for one in self.mails if one.mail.has_letter and not one.mail.letter.number]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.lacking or self.without_address or any(one.edited for one in self.mails))


def draft_mails(
    workspace: Workspace,
    store: Store,
    period: Period | None = None,
    units: Collection[str] = (),
    kinds: Collection[str] = (),
    *,
    year: int | None = None,
    dry_run: bool = False,
) -> MailDrafts:
    """Drafts a mail with each letter of ``period`` (the current one, where none is named) that has not gone out."""
    period = period or current_period(workspace, store, year)
    found = outgoing(workspace, store, period, units, kinds_named(kinds), unnumbered=True)
    left = [mail for mail in found if not (mail.before and mail.before.may_be_gone)]
    lacking = [mail for mail in left if mail.waits_for is HoldReason.FILE]
    return MailDrafts(
        [
            _draft(workspace, store, mail, dry_run=dry_run)
            for mail in counted(_("Mails drafted"), [mail for mail in left if mail not in lacking])
        ],
        lacking,
    )


def _draft(workspace: Workspace, store: Store, mail: Outgoing, *, dry_run: bool) -> Drafted:
    path = draft_path(workspace, mail.letter)
    relative = workspace.relative(path)
    if is_edited(workspace, store, path):
        return Drafted(mail, relative, edited=True)
    if dry_run:
        return Drafted(mail, relative)
    aside = store.placing.aside(relative)
    atomic.write_bytes(aside, build_message(workspace, store, mail, workspace.now(), draft=True))
    with store.transaction():
        store.placing.place(relative)
        recipients = (*mail.recipients, *copies_of(workspace))
        draft = Mail(
            mail.letter, mail.part, mail.message_id, recipients, relative, MailState.DRAFT, workspace.timestamp()
        )
        return Drafted(replace(mail, before=store.mails.note(draft)), relative)
