"""What people see of a report's way through its review, of its publication, and of orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import in_short, new_console, new_table, say, say_wrapped, state_text
from plan_tracker.fiscal import spoken_date
from plan_tracker.i18n import N_, Words, _, current_language
from plan_tracker.review import readers_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from plan_tracker.analysis.basis.approved_plan import ApprovedPlan
    from plan_tracker.analysis.basis.plan_changes import PlanChange
    from plan_tracker.fiscal import Period
    from plan_tracker.merging.reports.submissions import SubmissionChange
    from plan_tracker.steps.decide.orders import OrderLine
    from plan_tracker.steps.decide.plan import ApprovedRevision, WaitingChange
    from plan_tracker.steps.decide.publish import Published
    from plan_tracker.steps.decide.review import ReviewResult
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
    "empty": N_("{path} has no results: no return for the period counts in it."),
    "gone": N_("{path} is not there any more; what was submitted is the copy in {frozen}."),
    "data": N_("Other returns count now than those that the report of {plan} was made from."),
    "copy": N_("The copy of what was submitted is missing or damaged: {path}"),
}


_PAGES = ".html"


def show_act(outcome: ReviewResult, *, dry_run: bool) -> None:
    """Where an act has led: the letters it has brought, what has changed, what comes next."""
    console = new_console()
    if dry_run:
        console.print(_("Nothing was recorded or written: this was a dry run. It is in order."))
    elif outcome.made:
        on = f" ({_about(outcome.made)})" if outcome.made.unit else ""
        console.print(_("Recorded: comment {number}{on}.").format(number=outcome.made.number, on=on))
    written = _("Would write: {path}") if dry_run else _("Written: {path}")
    for letter in outcome.letters:
        console.print(written.format(path=letter.path), soft_wrap=True)
    _show_where(console, outcome)


def show_review(outcome: ReviewResult) -> None:
    """The whole story: acts, what was submitted, comments."""
    console = new_console()
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


def _show_where(console: Console, outcome: ReviewResult) -> None:
    review = outcome.review
    for change in outcome.changes:
        console.print("! " + _change_text(outcome, change), style="yellow")
    if outcome.changes:
        console.print(_what_to_do(outcome))
    said = _("The report of {period}: {stands}.").format(period=review.period.spoken, stands=review.stands)
    if review.round > 1:
        said += " " + _("This is round {round}.").format(round=review.round)
    if outcome.published:
        said += " " + _("It was published on {day}.").format(day=spoken_date(outcome.published))
    if outcome.closed_by and outcome.closed_by != review.period:
        said += " " + _(
            "Returns for it are taken again once the year-end report is reopened:"
            " plantrack review reopen {period} --because TEXT"
        ).format(period=outcome.closed_by.typed)
    console.print(said)
    console.print(_("Next: {command}").format(command=outcome.next_command))


def _change_text(outcome: ReviewResult, change: SubmissionChange) -> str:
    reports = outcome.submitted.reports if outcome.submitted else ()
    frozen = next((report.frozen for report in reports if change.path in (report.path, report.frozen)), "")
    return _(_CHANGES[change.kind]).format(path=change.path, plan=change.plan, frozen=frozen)


def _what_to_do(outcome: ReviewResult) -> str:
    period = outcome.review.period.typed
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


def show_published(published: Published, period: Period, *, dry_run: bool) -> None:
    """The folder, how many pages, and every file that is no page."""
    console = new_console()
    console.print(_("Would write:") if dry_run else _("Written:"))
    pages = [path for path in published.written if path.endswith(_PAGES)]
    files = [path for path in published.written if not path.endswith(_PAGES)]
    console.print(f"  {published.folder}/index.html")
    console.print("  " + _("{n} pages in all, and:").format(n=len(pages)))
    for path in files:
        console.print(f"  {path}")
    _show_paths(_("Pages of other periods that now name this one; copy them too:"), published.relisted)
    not_written = _("Pages of other periods that could not be written; publish once more when they can be:")
    _show_paths(not_written, published.not_relisted)
    if published.kept:
        said = _("Not as it was written, so it may have been edited; kept beside the new one: {path}")
        say(said.format(path=published.kept))
    if published.report_key:
        _show_report_key(published.report_key, period)
    if published.without_pdf:
        console.print(_("No PDF: LibreOffice is not installed here, or could not convert the report."))
    if published.authors:
        named = ", ".join(published.authors)
        console.print(_("The reports' properties name who saved them: {names}").format(names=named))
        console.print(_("If they should not: take the names out in Word, and go through the review again."))
    console.print(_("Copy the whole folder to the web site; it needs nothing else."))


def _show_paths(heading: str, paths: Sequence[str]) -> None:
    console = new_console()
    for line in [heading, *(f"  {path}" for path in paths)] if paths else ():
        console.print(line)


def _show_report_key(fingerprint: str, period: Period) -> None:
    said = _("The reports bear the fingerprint of a former key, {fingerprint}: the package is signed with the new one.")
    say_wrapped(said.format(fingerprint=fingerprint), "! ")
    again = _("To have them bear the new one, take them through the review again: {command}")
    say_wrapped(again.format(command=f"plantrack review reopen {period.typed} --because TEXT"))


def show_orders(lines: Sequence[OrderLine]) -> None:
    from rich.text import Text

    console = new_console()
    if not lines:
        console.print(_("There are no orders."))
        return
    table = new_table(_("Order"), _("State"), _("Given"), _("Due"), _("Text"), _("What was done"))
    for line in lines:
        order = line.order
        said = [f"{unit}: {line.answers.get(unit, '–')}" for unit in order.units]
        closed = [order.because] if order.because else []
        days = spoken_date(order.day), spoken_date(order.due)
        table.add_row(
            f"{order.code} {order.period.name}",
            state_text(line.state),
            *days,
            Text(order.text),
            Text("\n".join(said + closed)),
        )
    console.print(table)
    still = [line.order.code for line in lines if not line.order.done_at]
    if still:
        say(_("When it is done: {command}").format(command=f"plantrack orders done {still[0]} --because TEXT"))


def show_approved(made: Sequence[ApprovedRevision], *, dry_run: bool) -> None:
    """What has become the approved plan, field by field."""
    from plan_tracker.documents.report.rows.plan_changes import plan_field_name, plan_value

    console, words = new_console(), Words(current_language())
    if not made:
        console.print(_("No project has changed its plan."))
    said = _("Would approve: {project} of {unit}") if dry_run else _("Approved: {project} of {unit}")
    for one in made:
        console.print(said.format(project=one.project.code, unit=one.unit))
        for breach in one.breaches:
            key = breach.field
            before, after = (plan_value(key, value, words) for value in (breach.approved, one.own[key]))
            console.print(f"  {plan_field_name(key, words)}: {before} → {after}")


def show_plan_changes(changes: Sequence[PlanChange], waiting: Sequence[WaitingChange]) -> None:
    """What counts, then what waits for a reason of its unit, or for approval."""
    if changes:
        _show_changes(changes)
    elif not waiting:
        new_console().print(_("No project has changed its plan."))
    if waiting:
        _show_waiting(waiting)


def _show_waiting(waiting: Sequence[WaitingChange]) -> None:
    from rich.text import Text

    from plan_tracker.documents.report.rows.plan_changes import plan_field_name, plan_value

    console, words = new_console(), Words(current_language())
    title = _("Waiting for the unit's reason, or for approval")
    table = new_table(_("Project"), _("Unit"), _("What"), _("Before"), _("After"), title=title)
    for one in waiting:
        before, after = (plan_value(one.field, value, words) for value in (one.before, one.after))
        code = f"{one.project.code} {one.period.name}"
        table.add_row(*map(Text, (code, one.unit, plan_field_name(one.field, words), before, after)))
    console.print(table)
    for period in dict.fromkeys(one.period for one in waiting):
        codes = in_short(dict.fromkeys(one.project.code for one in waiting if one.period == period), " ")
        command = f"plantrack plan approve {period.typed} {codes} --because TEXT"
        console.print(_("To approve: {command}").format(command=command), soft_wrap=True)


def _show_changes(changes: Sequence[PlanChange]) -> None:
    from rich.text import Text

    from plan_tracker.documents.report.rows.plan_changes import plan_change_row

    console, words = new_console(), Words(current_language())
    table = new_table(_("Project"), _("What"), _("Before"), _("After"), _("Reason"), _("Approval"))
    for change in changes:
        row = plan_change_row(change, words)
        code = f"{change.project.project.code} {change.period.name}"
        table.add_row(*map(Text, (code, row.what, row.before, row.after, row.reason, row.approval)))
    console.print(table)


def show_plan(code: str, plan: ApprovedPlan) -> None:
    """What is approved, then how it came to be so."""
    from rich.text import Text

    from plan_tracker.documents.report.rows.plan_changes import approval_of, plan_field_name, plan_value
    from plan_tracker.forms.definition.plan_fields import PLAN_FIELDS

    console, words = new_console(), Words(current_language())
    table = new_table(_("What"), _("Approved"), title=code)
    for key in PLAN_FIELDS:
        value = plan.values.get(key)
        if value is not None:
            table.add_row(Text(plan_field_name(key, words)), Text(plan_value(key, value, words)))
    console.print(table)
    for one in plan.revisions:
        before, after = (plan_value(one.field, value, words) for value in (one.before, one.after))
        console.print(f"{plan_field_name(one.field, words)}: {before} → {after} · {approval_of(one, words)}")
