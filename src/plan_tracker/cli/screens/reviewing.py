"""What people see of a report's way through its review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from plan_tracker.cli.terminal import console_on, new_table, state_text
from plan_tracker.fiscal import spoken_date
from plan_tracker.i18n import N_, _
from plan_tracker.review import readers_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from plan_tracker.merging.submissions import SubmissionChange
    from plan_tracker.steps.decide.review import Outcome
    from plan_tracker.store import Comment

_ACTS = {
    "submit": N_("submitted"),
    "approve": N_("approved"),
    "permit": N_("permitted"),
    "refuse": N_("refused"),
    "reopen": N_("reopened"),
}
_CHANGES = {
    "edited": N_("{path} has been edited since it was submitted; what was submitted is the copy in {frozen}."),
    "gone": N_("{path} is not there any more; what was submitted is the copy in {frozen}."),
    "data": N_("Other returns count now than those that the report of {plan} was made from."),
    "copy": N_("The copy of what was submitted is missing or damaged: {path}"),
}


def show_act(outcome: Outcome, *, to_stderr: bool, dry_run: bool) -> None:
    """Where an act has led: the letters it has brought, what has changed, what comes next."""
    console = console_on(to_stderr=to_stderr)
    if dry_run:
        console.print(_("Nothing was recorded or written: this was a dry run. It is in order."))
    elif outcome.made:
        on = f" ({_about(outcome.made)})" if outcome.made.unit else ""
        console.print(_("Recorded: comment {number}{on}.").format(number=outcome.made.number, on=on), markup=False)
    written = _("Would write: {path}") if dry_run else _("Written: {path}")
    for letter in outcome.letters:
        console.print(written.format(path=letter.path), markup=False, soft_wrap=True)
    _show_where(console, outcome)


def show_review(outcome: Outcome, *, to_stderr: bool) -> None:
    """The whole story: acts, what was submitted, comments."""
    console = console_on(to_stderr=to_stderr)
    if outcome.acts:
        table = new_table(_("When"), _("Who"), _("What"), _("Date"), _("Reference or reason"))
        readers = readers_of(outcome.review.period, [act.act for act in outcome.acts])
        for act, reader in zip(outcome.acts, readers, strict=True):
            day = spoken_date(act.day) if act.day else ""
            at = spoken_date(datetime.fromisoformat(act.at).date())
            what = " ".join(filter(None, (_(_ACTS[act.act]), reader.label if reader else "")))
            table.add_row(at, _plain(act.who), what, day, _plain(act.reference or act.because))
        console.print(table)
    if outcome.submitted:
        files = new_table(_("Plan"), _("Submitted"), "SHA-256")
        for report in outcome.submitted.reports:
            files.add_row(report.plan, _plain(report.frozen), report.sha256[:12])
        console.print(files)
    if outcome.comments:
        _show_comments(console, outcome.comments)
    _show_where(console, outcome)


def _show_comments(console: Console, comments: Sequence[Comment]) -> None:
    table = new_table("#", _("Whose"), _("On"), _("Comment"), _("State"), _("How"))
    for made in comments:
        state = state_text("open" if made.is_open else "closed")
        how = made.because or (_("new return {version}").format(version=made.answered_by) if made.answered_by else "")
        table.add_row(str(made.number), made.reader.label, _about(made), _plain(made.text), state, _plain(how))
    console.print(table)


def _about(made: Comment) -> str:
    return " ".join(part for part in (made.unit, made.project, made.field) if part)


def _show_where(console: Console, outcome: Outcome) -> None:
    review = outcome.review
    for change in outcome.changes:
        console.print("! " + _change_text(outcome, change), markup=False, style="yellow")
    if outcome.changes:
        console.print(_what_to_do(outcome), markup=False)
    said = _("The report of {period}: {stands}.").format(period=review.period.spoken, stands=review.stands)
    if review.round > 1:
        said += " " + _("This is round {round}.").format(round=review.round)
    if outcome.published:
        said += " " + _("It was published on {day}.").format(day=spoken_date(outcome.published))
    if outcome.closed_by and outcome.closed_by != review.period:
        said += " " + _(
            "Returns for it are taken again once the year-end report is reopened: plantrack review reopen year-end"
        )
    console.print(said, markup=False)
    console.print(_("Next: {command}").format(command=outcome.next_command), markup=False)


def _change_text(outcome: Outcome, change: SubmissionChange) -> str:
    reports = outcome.submitted.reports if outcome.submitted else ()
    frozen = next((report.frozen for report in reports if report.plan == change.plan), "")
    return _(_CHANGES[change.kind]).format(path=change.path, plan=change.plan, frozen=frozen)


def _what_to_do(outcome: Outcome) -> str:
    period = outcome.review.period.name
    if outcome.submitted is None:
        return _("To take them up, write the report anew: plantrack report {period}").format(period=period)
    if outcome.review.stage in ("with monitoring", "with strategy"):
        return _(
            "To put the changed report before the reader: plantrack report {period}, review submit {period}"
        ).format(period=period)
    return _("To take the changes up, begin anew: plantrack review reopen {period} --because TEXT").format(
        period=period
    )


def _plain(text: str) -> Text:
    from rich.text import Text

    return Text(text)
