"""Sends the mails that are due by the office's SMTP server, each once, with an entry in the ledger and the log (R26).

Reads the store and ``outbox``; writes both. A demo, and an office whose contacts are still the sample's, never sends.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from plan_tracker.config import check_contacts, is_sample_address
from plan_tracker.errors import ConfigError, OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.mailing.outgoing import HoldReason, Outgoing, kinds_named, outgoing
from plan_tracker.mailing.sending import draft_path, is_edited, send_due, settle_cut_off
from plan_tracker.merging.standing import current_period
from plan_tracker.store import Store
from plan_tracker.store.correspondence.mails import Mail, MailState
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out in this run, or would, in ``mails``; ``waiting``: what can't go yet.

    ``doubtful``: mails, of this run or before, of which nobody knows whether they went out. ``unreachable``: why the
    run ended before its end.
    """

    mails: Sequence[Outgoing]
    waiting: Sequence[Outgoing] = ()
    doubtful: Sequence[Mail] = ()
    unreachable: str = ""

    @property
    def failed(self) -> list[Outgoing]:
        return [one for one in self.mails if one.before and one.before.state is MailState.FAILED]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.waiting or self.doubtful or self.unreachable or self.failed)


def send_mails(
    workspace: Workspace,
    store: Store,
    period: Period | None = None,
    units: Collection[str] = (),
    kinds: Collection[str] = (),
    *,
    year: int | None = None,
    dry_run: bool = False,
) -> Sent:
    """Sends what of ``period`` (the current one, where none is named) is due, to all units or ``units``.

    A dry run only says what that is. ``OrderError`` in a demo or for sample contacts, ``ConfigError`` without a server,
    ``MailError`` where it can't be reached.
    """
    check_may_send(workspace)
    period = period or current_period(workspace, store, year)
    found = _found(workspace, store, period, units, kinds)
    due = [one for one in found if one.is_due]
    _check_addresses(due)
    waiting = [one for one in found if one.state == "waiting"]
    doubtful = [mail for mail in store.mails.of([one.letter for one in found]) if mail.is_doubtful]
    if dry_run:
        return Sent(due, waiting, doubtful)
    doubtful = list(settle_cut_off(workspace, store, doubtful))
    if not due:
        return Sent([], waiting, doubtful)
    handed = send_due(workspace, store, due)
    doubtful += [one.before for one in handed.mails if one.before and one.before.state is MailState.UNCERTAIN]
    return Sent(handed.mails, waiting, doubtful, handed.unreachable)


def _found(
    workspace: Workspace, store: Store, period: Period, units: Collection[str], kinds: Collection[str]
) -> list[Outgoing]:
    """What there is; what an officer has edited the draft of is left to the officer."""
    found = outgoing(workspace, store, period, units, kinds_named(kinds), unnumbered=workspace.config.mail.unnumbered)
    return [
        replace(one, waits_for=HoldReason.EDITED)
        if one.is_due and is_edited(workspace, store, draft_path(workspace, one.letter))
        else one
        for one in found
    ]


def check_may_send(workspace: Workspace) -> None:
    """Whether anything may be sent at all, and could be. Errors as ``send_mails``'s."""
    if workspace.config.demo:
        raise OrderError(
            _("This workspace is a demo: nothing is ever sent from it."),
            _("Look at what would be sent with: plantrack mail draft"),
        )
    check_contacts(workspace.config)
    if not workspace.config.mail.smtp_host:
        raise ConfigError(
            _("The settings name no mail server: smtp_host under [mail] is blank."),
            _("Ask your IT staff for it, or open the drafts in your mail program: plantrack mail draft"),
        )


def _check_addresses(due: Sequence[Outgoing]) -> None:
    samples = dict.fromkeys(one.unit.code for one in due if any(map(is_sample_address, one.recipients)))
    if samples:
        raise OrderError(
            _("The register has invented e-mail addresses of these units: {units}").format(units=" ".join(samples)),
            _("Put the right ones into register.xlsx, then run: plantrack register load"),
        )
