"""What a review speaks of: the reports as they were submitted, and what has changed since (R15–R19).

Reads ``outbox/…/reports`` and the store; writes copies to ``data/submitted``, which are never written over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plan_tracker import atomic
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.merging.datasets import counted_answers, take_bases
from plan_tracker.store import ReportRecord, Store, Submitted, SubmittedReport, Volume
from plan_tracker.workspace.folders import Workspace, file_sha256


class SubmissionChangeKind(StrEnum):
    """What is not as it was submitted."""

    EDITED = "edited"  # the officer's DOCX has other bytes
    GONE = "gone"  # there is no DOCX any more
    DATA = "data"  # other answers count now than those that it was made from
    COPY = "copy"  # the frozen copy itself is missing or damaged
    EMPTY = "empty"  # no answer for the period counts in it


@dataclass(frozen=True, slots=True)
class SubmissionChange:
    """Something that differs from what was submitted, with the path that it is about."""

    kind: SubmissionChangeKind
    plan: str
    path: str


def reports_now(workspace: Workspace, store: Store, period: Period) -> tuple[SubmittedReport, ...]:
    """The plans' newest reports as they lie in the outbox, with the officer's changes; ``frozen`` is blank.

    All volumes that the making has, each plan's one after the other.
    """
    records = store.reports.all(period)
    found = []
    for plan in store.register_for(period).plans:
        record = next((r for r in reversed(records) if plan.code in r.documents), None)
        volumes = {volume: record.volume(volume).get(plan.code) for volume in Volume} if record else {}
        paths = {volume: workspace.root / made.path for volume, made in volumes.items() if made}
        if record is None or not all(path.is_file() for path in paths.values()):
            raise OrderError(
                _("There is no report of {plan} for {period} to submit.").format(plan=plan.code, period=period.spoken),
                _("Write it with: plantrack report {period}").format(period=period.typed),
            )
        found += [
            SubmittedReport(plan.code, workspace.relative(path), "", file_sha256(path), record.number, volume)
            for volume, path in paths.items()
        ]
    return tuple(found)


def freeze(
    workspace: Workspace, store: Store, submission: str, period: Period, reports: tuple[SubmittedReport, ...]
) -> tuple[SubmittedReport, ...]:
    """Copies the reports' bytes to ``data/submitted/2569-q2/SUBMISSION``; gives them with the copies' paths.

    In a transaction: the copies are there once it is committed.
    """
    folder = workspace.data / "submitted" / str(period) / submission
    frozen = []
    for report in reports:
        copy = folder / f"{period}-{report.plan}{'-sheets' if report.volume is Volume.SHEETS else ''}.docx"
        relative = workspace.relative(copy)
        aside = store.placing.aside(relative)
        atomic.copy_file(workspace.root / report.path, aside)
        store.placing.place(relative)
        frozen.append(replace(report, frozen=relative, sha256=file_sha256(aside)))
    return tuple(frozen)


def stale_reports(workspace: Workspace, store: Store, period: Period) -> list[SubmissionChange]:
    """The reports that lie in the outbox and were made from other answers than those that count now."""
    now = counted_answers(store, take_bases(store, workspace.config, period, workspace.today))
    return [
        SubmissionChange(SubmissionChangeKind.DATA, report.plan, report.path)
        for report in reports_now(workspace, store, period)
        if report.volume is Volume.REPORT and counted_answers(store, record_of(store, period, report).bases) != now
    ]


def empty_reports(store: Store, period: Period, reports: Sequence[SubmittedReport]) -> list[SubmissionChange]:
    """Those of ``reports`` in which no answer for the period counts."""
    return [
        SubmissionChange(SubmissionChangeKind.EMPTY, report.plan, report.path)
        for report in reports
        if report.volume is Volume.REPORT
        and not any(
            basis.return_ids for basis in record_of(store, period, report).bases if basis.period in period.quarters
        )
    ]


def check_copies(workspace: Workspace, submitted: Submitted, command: str) -> None:
    """``OrderError`` where a copy of what was submitted is missing or damaged; ``command`` is what helps then."""
    lost = [report.frozen for report in submitted.reports if _is_damaged(workspace, report)]
    if lost:
        raise OrderError(
            _("The copy of what was submitted is missing or damaged: {path}").format(path=" ".join(lost)),
            _("Put it back from a backup, or: {command}").format(command=command),
        )


def _is_damaged(workspace: Workspace, report: SubmittedReport) -> bool:
    copy = workspace.root / report.frozen
    return not copy.is_file() or file_sha256(copy) != report.sha256


def changes_since(workspace: Workspace, store: Store, submitted: Submitted) -> list[SubmissionChange]:
    """What is not any more as it was submitted; nothing of it changes what was submitted."""
    return [change for report in submitted.reports for change in _changes(workspace, store, submitted.period, report)]


def _changes(workspace: Workspace, store: Store, period: Period, report: SubmittedReport) -> Iterator[SubmissionChange]:
    path = workspace.root / report.path
    if not path.is_file():
        yield SubmissionChange(SubmissionChangeKind.GONE, report.plan, report.path)
    elif file_sha256(path) != report.sha256:
        yield SubmissionChange(SubmissionChangeKind.EDITED, report.plan, report.path)
    now = take_bases(store, workspace.config, period, workspace.today)
    made_from = record_of(store, period, report).bases
    if report.volume is Volume.REPORT and counted_answers(store, now) != counted_answers(store, made_from):
        yield SubmissionChange(SubmissionChangeKind.DATA, report.plan, report.path)
    if _is_damaged(workspace, report):
        yield SubmissionChange(SubmissionChangeKind.COPY, report.plan, report.frozen)


def record_of(store: Store, period: Period, report: SubmittedReport) -> ReportRecord:
    """The record of a submitted report: what it was made from."""
    record = store.reports.find(period, report.record)
    assert record is not None, "what is submitted is on record"
    return record
