"""Steps 6 and 7 of the manual: two directors consider the reports, the executives permit their publication (R15–R18).

Reads the store and ``outbox/…/reports``; writes the store, ``data/submitted`` and letters. The order of things is
``plan_tracker.review``'s; here is what each act brings with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from plan_tracker.drafting import memos
from plan_tracker.drafting.dates import check_day
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.merging.reports.published import published_on
from plan_tracker.merging.reports.submissions import (
    SubmissionChange,
    SubmissionChangeKind,
    changes_since,
    check_copies,
    empty_reports,
    freeze,
    reports_now,
    stale_reports,
)
from plan_tracker.review import Act, Reader, Review
from plan_tracker.store import Comment, Letter, Recorded, Store, Submitted, SubmittedReport
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class ReviewResult:
    """Where a report stands after an act: what lies with the reader, every comment, the letters just drafted.

    ``changes``: what differs from what was submitted, and so is not what the act speaks of. ``made``: the comment
    that has just been recorded. ``published``: the day on which what is permitted was. ``closed_by``: the report by
    whose permission no returns are taken.
    """

    review: Review
    submitted: Submitted | None
    comments: Sequence[Comment]
    acts: Sequence[Recorded]
    has_report: bool
    letters: Sequence[Letter] = ()
    changes: Sequence[SubmissionChange] = ()
    made: Comment | None = None
    published: date | None = None
    closed_by: Period | None = None

    @property
    def next_command(self) -> str:
        """What can be done now: before there is a report, that it be written; once it is published, orders."""
        if not self.has_report:
            return f"plantrack report {self.review.period.typed}"
        return "plantrack orders list" if self.published else self.review.next_command


def show(workspace: Workspace, store: Store, period: Period, letters: Sequence[Letter] = ()) -> ReviewResult:
    """Where the report of ``period`` stands, and what has changed since it was submitted."""
    submitted = store.reviews.submitted(period)
    return ReviewResult(
        store.reviews.review(period),
        submitted,
        store.reviews.comments(period),
        store.reviews.acts(period),
        bool(submitted or store.reports.all(period)),
        letters,
        changes_since(workspace, store, submitted) if submitted else _stale(workspace, store, period),
        published=published_on(store, period),
        closed_by=store.reviews.closed_by(period),
    )


def _stale(workspace: Workspace, store: Store, period: Period) -> Sequence[SubmissionChange]:
    """What is to be known before a report is submitted; nothing where there is none yet."""
    try:
        return stale_reports(workspace, store, period)
    except OrderError:
        return ()


def submit(workspace: Workspace, store: Store, period: Period, *, dry_run: bool = False) -> ReviewResult:
    """Freezes the reports as they stand, unless a director has approved them already, and writes the memo."""
    review = store.reviews.review(period)
    review.check(Act.SUBMIT)
    after = review.after(Act.SUBMIT)
    assert after.stage.reader is not None
    before = store.reviews.submitted(period)
    reports = _reports(workspace, store, review, before)
    empty = empty_reports(store, period, reports)
    if dry_run:
        return _told(show(workspace, store, period, [memos.plan_memo(workspace, store, after)]), empty)
    with store.transaction():
        if not before or review.stage is after.stage:
            number = f"{review.round}-{before.number + 1 if before else 1}"
            reports = freeze(workspace, store, number, period, reports)
        shas = " ".join(report.sha256 for report in reports)
        recorded = Recorded(Act.SUBMIT, workspace.timestamp(), reports=reports)
        said = {"to": str(after.stage.reader), "files": _paths(reports), "sha256": shas}
        letter = memos.write_memo(workspace, store, after, reports)
        _record(store, period, recorded, **said, letter=letter.path)
    return _told(show(workspace, store, period, [letter]), empty)


def _told(outcome: ReviewResult, empty: Sequence[SubmissionChange]) -> ReviewResult:
    """That a report without any result has been submitted is told, each time."""
    return replace(outcome, changes=[*empty, *outcome.changes])


def _reports(
    workspace: Workspace, store: Store, review: Review, before: Submitted | None
) -> tuple[SubmittedReport, ...]:
    """What goes to the next reader: exactly what was approved, or the reports as they lie in the outbox."""
    reader = review.stage.reader
    if before and reader is None:
        check_copies(workspace, before, _reopening(review.period))
        return before.reports
    now = reports_now(workspace, store, review.period)
    if before and reader and _hashes(now) == _hashes(before.reports):
        changes = {change.kind for change in changes_since(workspace, store, before)}
        if SubmissionChangeKind.COPY not in changes:
            raise OrderError(*_nothing_new(review, reader, SubmissionChangeKind.DATA in changes))
    return now


def _hashes(reports: Sequence[SubmittedReport]) -> list[tuple[str, str]]:
    return [(report.plan, report.sha256) for report in reports]


def _nothing_new(review: Review, reader: Reader, data_changed: bool) -> tuple[str, str]:
    """What a director need not be given again, and what to do."""
    if data_changed:
        return (
            _(
                "{reader} has the report as it stands. Other returns count now, but it has not been written anew."
            ).format(reader=reader.label),
            _("Write it with: plantrack report {period}").format(period=review.period.typed),
        )
    return (
        _("What {reader} has is the report as it stands: nothing has changed since it was submitted.").format(
            reader=reader.label
        ),
        _("Next: {command}").format(command=review.next_command),
    )


def comment(
    workspace: Workspace,
    store: Store,
    period: Period,
    text: str,
    *,
    unit: str = "",
    project: str = "",
    field: str = "",
    dry_run: bool = False,
) -> ReviewResult:
    """Records a remark of whoever has the report; one on a unit goes to it by letter (L9).

    The very same once more, while it is open, is that one: a run may have been cut off once it had recorded it.
    """
    review = store.reviews.review(period)
    review.check(Act.COMMENT)
    reader = review.stage.reader
    assert reader is not None
    if not text.strip():
        raise UsageError(_("A comment needs its text."), _("Write it in quotes after the period."))
    unit, project = memos.find_subject(store.register_for(period), unit, project, field)
    if dry_run:
        planned = [memos.plan_comments_to(workspace, store, period, reader, unit)] if unit else []
        return show(workspace, store, period, planned)
    said = (review.round, reader, text.strip(), unit, project, field)
    for one in store.reviews.comments(period):
        if one.is_open and (one.round, one.reader, one.text, one.unit, one.project, one.field) == said:
            return replace(show(workspace, store, period), made=one)
    at = workspace.timestamp()
    with store.transaction():
        made = store.reviews.add_comment(review, reader, text.strip(), unit=unit, project=project, field=field, at=at)
        store.add_event(
            at,
            EventName.REVIEW_COMMENT,
            period=str(period),
            comment=str(made.number),
            reader=str(reader),
            unit=unit,
            project=project,
            field=field,
            text=text.strip(),
        )
        letters = [memos.write_comments_to(workspace, store, period, reader, unit)] if unit else []
    return replace(show(workspace, store, period, letters), made=made)


def resolve(
    workspace: Workspace, store: Store, period: Period, number: int, because: str, *, dry_run: bool = False
) -> ReviewResult:
    """Closes a comment with a reason. One on a unit is closed without it by the unit's next clean return."""
    store.reviews.review(period).check(Act.RESOLVE)
    found = next((made for made in store.reviews.comments(period) if made.number == number), None)
    if found is None:
        raise UsageError(
            _("There is no comment {number} on the report of {period}.").format(number=number, period=period.spoken),
            _("See the comments with: plantrack review show {period}").format(period=period.typed),
        )
    if not found.is_open:
        raise OrderError(
            _("Comment {number} is closed already.").format(number=number),
            _("See how with: plantrack review show {period}").format(period=period.typed),
        )
    _require(because)
    if not dry_run:
        at = workspace.timestamp()
        with store.transaction():
            store.reviews.resolve(found, because.strip(), at)
            store.add_event(
                at,
                EventName.REVIEW_RESOLVE,
                period=str(period),
                comment=str(number),
                unit=found.unit,
                because=because.strip(),
            )
    return show(workspace, store, period)


def approve(
    workspace: Workspace, store: Store, period: Period, day: date | None = None, *, dry_run: bool = False
) -> ReviewResult:
    """Records the approval of the director who has the report."""
    recorded = Recorded(Act.APPROVE, workspace.timestamp(), day=day or workspace.today)
    return _act(workspace, store, period, recorded, dry_run=dry_run)


def permit(
    workspace: Workspace, store: Store, period: Period, reference: str, day: date, *, dry_run: bool = False
) -> ReviewResult:
    """Records the executives' permission to publish; it closes the period for returns."""
    if not reference.strip():
        raise UsageError(_("A permission needs its reference."), _("Write the letter's number after --reference."))
    recorded = Recorded(Act.PERMIT, workspace.timestamp(), day=day, reference=reference.strip())
    return _act(workspace, store, period, recorded, dry_run=dry_run)


def refuse(
    workspace: Workspace, store: Store, period: Period, because: str, day: date | None = None, *, dry_run: bool = False
) -> ReviewResult:
    """Records that the executives do not permit publication, and why."""
    _require(because)
    recorded = Recorded(Act.REFUSE, workspace.timestamp(), day=day or workspace.today, because=because.strip())
    return _act(workspace, store, period, recorded, dry_run=dry_run)


def reopen(workspace: Workspace, store: Store, period: Period, because: str, *, dry_run: bool = False) -> ReviewResult:
    """Begins a new round: returns are taken again, and the report has to be submitted anew. Earlier rounds are kept."""
    _require(because)
    recorded = Recorded(Act.REOPEN, workspace.timestamp(), because=because.strip())
    return _act(workspace, store, period, recorded, dry_run=dry_run)


def _act(workspace: Workspace, store: Store, period: Period, recorded: Recorded, *, dry_run: bool) -> ReviewResult:
    review = store.reviews.review(period)
    review.check(recorded.act)
    submitted = store.reviews.submitted(period)
    if submitted and recorded.act in (Act.APPROVE, Act.PERMIT):
        again = f"plantrack review submit {period.typed}"
        with_executives = review.stage.reader is Reader.EXECUTIVES
        check_copies(workspace, submitted, _reopening(period) if with_executives else again)
    if recorded.day and submitted:
        since = datetime.fromisoformat(submitted.at).date()
        check_day(workspace, recorded.day, since=since, event=_("on that day the report was submitted"))
    if not dry_run:
        files = _paths(submitted.reports) if submitted else ""
        _record(store, period, recorded, reader=str(review.stage.reader or ""), files=files)
    return show(workspace, store, period)


def _reopening(period: Period) -> str:
    return f"plantrack review reopen {period.typed} --because TEXT"


def _record(store: Store, period: Period, recorded: Recorded, **details: str) -> None:
    day = recorded.day.isoformat() if recorded.day else ""
    said = {"date": day, "reference": recorded.reference, "because": recorded.because}
    with store.transaction():
        store.reviews.add(period, recorded)
        store.add_event(recorded.at, EventName.of_review(recorded.act), period=str(period), **said, **details)


def _paths(reports: Sequence[SubmittedReport]) -> str:
    return " ".join(report.frozen for report in reports)


def _require(because: str) -> None:
    if not because.strip():
        raise UsageError(_("A reason is needed."), _("Write it after --because, for the record."))
