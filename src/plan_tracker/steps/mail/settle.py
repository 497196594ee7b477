"""What an officer knows of mails and plantrack does not: one sent by hand, or one whose sending broke off.

Reads and writes the store.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePath

from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.mailing.sending import drop_draft
from plan_tracker.store import Store
from plan_tracker.store.correspondence.mails import Mail, MailState
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


def list_mails(store: Store, period: Period | None = None, year: int | None = None) -> list[Mail]:
    """Every mail that has been drafted or sent, or those of ``period``, or of the fiscal ``year``."""
    letters = [letter for letter in store.letters.all(period) if year in (None, letter.period.fiscal_year)]
    return store.mails.of(letters)


def settle_mails(
    workspace: Workspace, store: Store, names: Collection[str], *, went_out: bool, dry_run: bool = False
) -> list[Mail]:
    """Notes that the mails of these files went out, or that they did not, so that the next run sends them.

    ``UsageError`` for a file that is no mail, or whose sending is not in doubt.
    """
    wanted = [PurePath(name).name for name in names]
    found = [_named(store, name, went_out=went_out) for name in wanted]
    if dry_run:
        return found
    return [_settle(workspace, store, mail, MailState.SENT if went_out else MailState.FAILED) for mail in found]


def _named(store: Store, name: str, *, went_out: bool) -> Mail:
    mails: Sequence[Mail] = [mail for mail in list_mails(store) if mail.file == name]
    if not mails:
        raise UsageError(
            _("There is no mail {name}.").format(name=name), _("See what there is with: plantrack mail list")
        )
    mail = mails[-1]
    if mail.state is MailState.SENT or (not went_out and not mail.is_doubtful):
        raise UsageError(
            _("There is no doubt about {name}: it is {state}.").format(name=name, state=_(str(mail.state))),
            _("See what there is with: plantrack mail list"),
        )
    return mail


def _settle(workspace: Workspace, store: Store, mail: Mail, state: MailState) -> Mail:
    with store.transaction():
        if state is MailState.SENT:
            drop_draft(workspace, store, mail.letter)
        settled = store.mails.become(mail, state, workspace.timestamp(), _("settled by hand"))
        about = {"kind": mail.letter.kind, "unit": mail.letter.unit, "period": str(mail.letter.period)}
        store.add_event(workspace.timestamp(), EventName.MAIL_SETTLED, **about, file=mail.path, state=str(state))
    return settled
