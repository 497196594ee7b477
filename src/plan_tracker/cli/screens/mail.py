"""What people see of mails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import in_short, new_console, new_table, say, state_text
from plan_tracker.cli.screens.collect import show_ingest
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from plan_tracker.mailing.outgoing import Outgoing
    from plan_tracker.steps.mail.draft import MailDrafts
    from plan_tracker.steps.mail.fetch import FetchedMails
    from plan_tracker.steps.mail.send import Sent
    from plan_tracker.steps.mail.watch import WatchRound
    from plan_tracker.store.correspondence.mails import Mail

_WAITS = {
    "number": N_("The letter has no number yet: {mails}"),
    "address": N_("The register has no e-mail address: {mails}"),
    "file": N_("What is to be attached is not there any more: {mails}"),
    "edited": N_("The draft has been edited; send it in your mail program, then use plantrack mail settle: {mails}"),
}


def show_drafts(made: MailDrafts, *, dry_run: bool) -> None:
    if not made.mails and not made.lacking:
        say(_("There is no mail to draft: every letter has gone out."))
        return
    table = new_table(_("Kind"), _("Unit"), _("To"), _("Mail, and what is attached"), lines=3)
    for one in made.mails:
        names = (path.rpartition("/")[2] for path in (one.path, *one.mail.attachments))
        to = ", ".join(one.mail.recipients)
        table.add_row(one.mail.letter.kind, one.mail.unit.code, to, "\n+ ".join(names))
    new_console().print(table)
    text = _("Would write {count} mails in {folder}") if dry_run else _("{count} mails are in {folder}")
    for folder, count in Counter(one.path.rpartition("/")[0] for one in made.mails).items():
        say(text.format(count=count, folder=folder))
    if made.without_number:
        _warn(
            _("Number these letters before you send them: {mails}").format(
                mails=_named(one.mail for one in made.without_number)
            )
        )
    if made.without_address:
        _warn(_said("address").format(mails=in_short(made.without_address, " ")))
    edited = [one.path.rpartition("/")[2] for one in made.mails if one.edited]
    if edited:
        _warn(_("You have edited these drafts, and they are left as they are: {names}").format(names=in_short(edited)))
    if made.lacking:
        _warn(_said("file").format(mails=_named(made.lacking)))


def show_sent(made: Sent, *, dry_run: bool) -> None:
    if not made.mails:
        say(_("There is no mail to send."))
    else:
        table = new_table(_("Kind"), _("Unit"), _("To"), _("Attached"), _("State"))
        for one in made.mails:
            names = "\n".join(path.rpartition("/")[2] for path in one.attachments)
            state = state_text("due" if dry_run else one.state)
            table.add_row(one.letter.kind, one.unit.code, ", ".join(one.recipients), names, state)
        new_console().print(table)
        _show_count(made, dry_run=dry_run)
    _show_trouble(made)


def _show_count(made: Sent, *, dry_run: bool) -> None:
    if dry_run:
        say(_("Would send {count} mails; nothing has been sent.").format(count=len(made.mails)))
        return
    gone = sum(1 for one in made.mails if one.state == "sent")
    say(_("{count} of {all} mails have been sent.").format(count=gone, all=len(made.mails)))


def _show_trouble(made: Sent) -> None:
    """What a person has to see to."""
    for reason in _WAITS:
        held = [one for one in made.waiting if one.waits_for == reason]
        if held:
            _warn(_said(reason).format(mails=_named(held)))
    for failed in made.failed:
        because = failed.before.because if failed.before else ""
        _warn(
            _("{mail} was not taken ({because}); the next plantrack mail send tries again.").format(
                mail=_named([failed]), because=because
            )
        )
    for doubtful in made.doubtful:
        _warn(
            _(
                "Nobody knows whether {name} went out ({because}). Ask the unit, then:\n"
                "  plantrack mail settle {name} --sent, or --unsent to send it again."
            ).format(name=doubtful.file, because=doubtful.because)
        )
    if made.unreachable:
        _warn(_("{reason} The rest has not been sent; run it again.").format(reason=made.unreachable))


def show_mails(mails: Sequence[Mail]) -> None:
    if not mails:
        say(_("No mail has been drafted or sent yet."))
        return
    table = new_table(_("Period"), _("Kind"), _("Unit"), _("To"), _("State"), _("Mail"))
    for one in mails:
        letter = one.letter
        table.add_row(
            str(letter.period), letter.kind, letter.unit, ", ".join(one.recipients), state_text(one.state), one.file
        )
    new_console().print(table)


def show_fetched(made: FetchedMails, *, dry_run: bool) -> None:
    if not made.mails and not made.broken_off:
        say(_("There is no new mail."))
        return
    if made.mails:
        table = new_table(_("From"), _("Subject"), _("File"))
        for one in made.mails:
            table.add_row(one.sender, one.subject, one.file or _("nothing attached"))
        new_console().print(table)
    text = _("Would lay {count} mails into the inbox") if dry_run else _("{count} mails lie in the inbox")
    say(text.format(count=len(made.laid)))
    if made.without:
        _warn(
            _("Nothing is attached to {count} mails: read them in your mail program.").format(count=len(made.without))
        )
    if made.broken_off:
        _warn(
            _("The connection broke off ({reason}). What has come is whole; run it again for the rest.").format(
                reason=made.broken_off
            )
        )


def show_watching(inbox: Path) -> None:
    say(_("Watching {folder}. Stop with Ctrl+C.").format(folder=inbox))


def show_round(made: WatchRound, *, dry_run: bool = False) -> None:
    if made.fetched:
        show_fetched(made.fetched, dry_run=dry_run)
    show_ingest(made.ingested, dry_run=dry_run)
    for one in made.sent:
        show_sent(one, dry_run=dry_run)
    for trouble in made.troubles:
        _warn(trouble)


def _said(waits_for: str) -> str:
    return _(_WAITS[waits_for])


def _named(mails: Iterable[Outgoing]) -> str:
    return in_short(f"{one.letter.kind} {one.unit.code}" for one in mails)


def _warn(text: str) -> None:
    new_console().print(f"! {text}", style="yellow")
