"""What scripts get of mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plan_tracker.cli.json_of import collect

if TYPE_CHECKING:
    from plan_tracker.mailing.outgoing import Outgoing
    from plan_tracker.steps.mail.draft import MailDrafts
    from plan_tracker.steps.mail.fetch import FetchedMails
    from plan_tracker.steps.mail.send import Sent
    from plan_tracker.steps.mail.watch import WatchRound
    from plan_tracker.store.correspondence.mails import Mail


def mail(noted: Mail) -> dict[str, Any]:
    letter = noted.letter
    return {
        "kind": letter.kind,
        "unit": letter.unit,
        "path": noted.path,
        "state": str(noted.state),
        "fiscal_year": letter.period.fiscal_year,
        "period": letter.period.name,
        "part": str(noted.part),
        "to": list(noted.recipients),
        "message_id": noted.message_id,
        "at": noted.at,
        "because": noted.because or None,
    }


def outgoing(one: Outgoing, path: str | None = None) -> dict[str, Any]:
    """A mail that is due, was sent, or waits; ``path`` is null where none has been written."""
    letter = one.letter
    return {
        "kind": letter.kind,
        "unit": letter.unit,
        "path": path or (one.before.path if one.before else None),
        "state": one.state,
        "fiscal_year": letter.period.fiscal_year,
        "period": letter.period.name,
        "part": str(one.part),
        "to": list(one.recipients),
        "attachments": list(one.attachments),
        "waits_for": str(one.waits_for) or None,
        "because": (one.before.because if one.before else "") or None,
    }


def drafts(made: MailDrafts) -> dict[str, Any]:
    """Every draft is in the state ``draft``, whatever it waits for."""
    drafted = [
        outgoing(one.mail, one.path)
        | {"state": "draft", "edited": one.edited, "number": one.mail.letter.number or None}
        for one in made.mails
    ]
    return {"mails": drafted, "lacking": [outgoing(one) for one in made.lacking]}


def sent(made: Sent) -> dict[str, Any]:
    return {
        "mails": [outgoing(one) for one in (*made.mails, *made.waiting)],
        "uncertain": [mail(one) for one in made.doubtful],
        "unreachable": made.unreachable or None,
    }


def fetched(made: FetchedMails) -> dict[str, Any]:
    mails = [
        {"sender": one.sender, "subject": one.subject, "file": one.file or None, "sha256": one.sha256}
        for one in made.mails
    ]
    return {"mails": mails, "broken_off": made.broken_off or None}


def round_of(made: WatchRound) -> dict[str, Any]:
    answers = [outgoing(one) for sending in made.sent for one in sending.mails]
    return collect.ingest(made.ingested) | {
        "fetched": fetched(made.fetched)["mails"] if made.fetched else None,
        "mails": answers,
        "troubles": list(made.troubles),
    }
