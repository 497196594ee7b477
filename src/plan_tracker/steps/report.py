"""Step 5 of the manual: the report on a quarter or the year-end, one per plan (R12, R13).

Reads the store, writes ``outbox/…/reports``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plan_tracker.analysis.report import report_figures
from plan_tracker.config import parse_config
from plan_tracker.documents.report import write_report
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.store import Document, ReportRecord, Store
from plan_tracker.store.basis import Basis
from plan_tracker.store.datasets import merge_year, take_bases
from plan_tracker.workspace import CONFIG, Workspace, file_sha256


@dataclass(frozen=True, slots=True)
class Written:
    """A report, by its path in the workspace, and the units whose figures are not in it, by code."""

    plan: str
    path: str
    missing: Sequence[str]


def write_reports(
    workspace: Workspace, store: Store, period: Period, *, again: int | None = None, dry_run: bool = False
) -> list[Written]:
    """Writes one DOCX per plan of the register; one that an officer has edited is never overwritten.

    ``again``: the number of an earlier making, which is made anew beside it, from the very same data and settings.
    """
    if again is None:
        bases, stem, made_with = take_bases(store, workspace.config, period, workspace.today), "", workspace
    else:
        record = find_record(store, period, again)
        config = parse_config(record.settings, CONFIG)
        bases, stem, made_with = record.bases, f"-made-{again}-again", replace(workspace, config=config)
    merged = merge_year(store, bases, period)
    folder = workspace.root / "outbox" / str(period) / "reports"
    written = []
    for plan in merged.plans:
        path = _free_path(workspace, store, folder / f"{period}-{plan.code}{stem}.docx")
        data = merged.plan_year(plan)
        missing = [item.unit.code for item in data.current.units if not item.state.counts]
        written.append(Written(plan.code, workspace.relative(path), missing))
        if not dry_run:
            workspace.outbox(period, "reports")
            write_report(report_figures(data, made_with.config), made_with, path)
            store.set_written(workspace.relative(path), file_sha256(path))
    if not dry_run:
        _record(workspace, store, period, written, None if again else bases)
    return written


def find_record(store: Store, period: Period, number: int) -> ReportRecord:
    """The making ``number`` of the period's reports; ``UsageError`` where there is none."""
    record = store.reports.find(period, number)
    if record is None:
        raise UsageError(
            _("No reports number {number} have been made for {period}.").format(number=number, period=period.title),
            _("See which have: plantrack report {period} --list").format(period=period.name),
        )
    return record


def _record(
    workspace: Workspace, store: Store, period: Period, written: Sequence[Written], bases: Sequence[Basis] | None
) -> None:
    """Notes what has been written; without ``bases`` it is an earlier making once more, and no new one."""
    documents = {made.plan: Document(made.path, file_sha256(workspace.root / made.path)) for made in written}
    with store.transaction():
        if bases is not None:
            settings = (workspace.root / CONFIG).read_text(encoding="utf-8-sig")
            store.reports.add(period, workspace.timestamp(), documents, bases, settings)
        store.add_event(
            workspace.timestamp(),
            "report again" if bases is None else "report",
            period=str(period),
            files=" ".join(made.path for made in documents.values()),
        )


def _free_path(workspace: Workspace, store: Store, path: Path) -> Path:
    """``path``, unless an officer has edited the report there: that one stays, and the new one gets a number."""
    number, candidate = 1, path
    while candidate.exists() and not store.is_as_written(workspace.relative(candidate), file_sha256(candidate)):
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}.docx")
    return candidate
