"""Step 5 of the manual: the report on a quarter or the year-end, one per plan (R12, R13).

Reads the store, writes ``outbox/…/reports``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plan_tracker.analysis.report import report_figures
from plan_tracker.config import ReportSettings
from plan_tracker.documents.report.context import template_name, write_report
from plan_tracker.documents.report.template_check import check_report_template
from plan_tracker.documents.word.files import check_closed
from plan_tracker.documents.workbooks.master import write_master
from plan_tracker.drafting.kpi_letter import write_kpi_letter
from plan_tracker.errors import ConfigError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.merging.datasets import merge_year
from plan_tracker.merging.provenance import ground_of
from plan_tracker.merging.report_templates import (
    ReportTemplate,
    TemplateUse,
    keep_template,
    template_then,
    template_today,
)
from plan_tracker.store import Document, Letter, ReportRecord, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.store.snapshots import QuarterSnapshot
from plan_tracker.workspace.folders import Workspace, file_sha256
from plan_tracker.workspace.template_history import is_as_brought


@dataclass(frozen=True, slots=True)
class Written:
    """A report, by its path in the workspace, and the units whose figures are not in it, by code.

    ``edited``: the report of before that stands where this one would, since an officer has edited it; else blank.
    """

    plan: str
    path: str
    missing: Sequence[str]
    edited: str = ""


@dataclass(frozen=True, slots=True)
class ReportRun:
    """The reports of one making, which template they got, and the master workbook's path, blank where not asked for.

    ``letters``: the year-end's on every KPI (L8), drafted with a new making.
    """

    reports: Sequence[Written]
    template: TemplateUse
    workbook: str = ""
    letters: Sequence[Letter] = ()

    @property
    def needs_a_person(self) -> bool:
        """Whether a unit is missing, or the template of then: what was made is not all that it should be."""
        return self.template == "lost" or any(report.missing for report in self.reports)


def write_reports(
    workspace: Workspace,
    store: Store,
    period: Period,
    *,
    again: int | None = None,
    workbook: bool = False,
    dry_run: bool = False,
) -> ReportRun:
    """Writes one DOCX per plan of the register; one that an officer has edited is never overwritten.

    ``again``: the number of an earlier making, which is made anew beside it, from the very same data, settings and
    template. ``workbook``: the same data as a master workbook, too.
    """
    ground = ground_of(workspace, store, period, again)
    stem, then = f"-made-{again}-again" if again else "", replace(workspace, config=ground.config)
    template = _template(workspace, period, ground.template, is_new=again is None, dry_run=dry_run)
    merged = merge_year(store, ground.bases, period)
    figures = [report_figures(merged.plan_year(plan), then.config) for plan in merged.plans]
    folder = workspace.root / "outbox" / str(period) / "reports"
    wanted_paths = [folder / f"{period}-{found.now.dataset.plan.code}{stem}.docx" for found in figures]
    taken = set(wanted_paths)  # each plan's own, whichever plan's report needs another path
    written = []
    for found, wanted in zip(figures, wanted_paths, strict=True):
        path = _free_path(workspace, store, wanted, taken)
        taken.add(path)
        missing = [unit.source.unit.code for unit in found.now.asked_units if not unit.source.state.counts]
        edited = "" if path == wanted else workspace.relative(wanted)
        written.append(Written(found.now.dataset.plan.code, workspace.relative(path), missing, edited))
        if not dry_run:
            check_closed(path)
            write_report(found, then, store.placing.aside(workspace.relative(path)), template.path)
    book = _free_path(workspace, store, folder / f"{period}-data{stem}.xlsx") if workbook else None
    if book and not dry_run:
        quarters = [quarter for found in figures for quarter in found.quarters if quarter.period in period.quarters]
        aside = store.placing.aside(workspace.relative(book))
        write_master(quarters, period, then.config, aside, [one for found in figures for one in found.plan_changes])
    letters: list[Letter] = []
    if not dry_run:
        with store.transaction():
            if book:
                store.placing.place(workspace.relative(book))
            _record(workspace, store, period, written, None if again else ground.bases, template.sha256)
            if period.is_year_end and again is None:
                letters.append(write_kpi_letter(workspace, store, period))
    return ReportRun(written, template.use, workspace.relative(book) if book else "", letters)


def list_reports(store: Store, period: Period) -> list[ReportRecord]:
    """What has been made for ``period``, and when."""
    return store.reports.all(period)


def _template(workspace: Workspace, period: Period, then: str, *, is_new: bool, dry_run: bool) -> ReportTemplate:
    """The template to make reports with, kept for a new making; ``then``: the SHA-256 of an earlier one's."""
    if not is_new:
        return template_then(workspace, period, then)
    _refuse_faulty(workspace.template("docx", template_name(period)), period)
    return template_today(workspace, period) if dry_run else keep_template(workspace, period)


def _refuse_faulty(template: Path, period: Period) -> None:
    """What a template lacks would be missing in the report without a word. Tests look through plantrack's own."""
    if is_as_brought(template):
        return
    faults = [flaw for flaw in check_report_template(template, year_end=period.is_year_end) if flaw.is_error]
    if faults:
        raise ConfigError(
            _("The template {name} has {count} faults, the first: {fault}").format(
                name=template.name, count=len(faults), fault=faults[0].message
            ),
            _("See them all with: plantrack templates check"),
        )


def _record(
    workspace: Workspace,
    store: Store,
    period: Period,
    written: Sequence[Written],
    bases: Sequence[QuarterSnapshot] | None,
    template: str,
) -> None:
    """Notes what has been written; without ``bases`` it is an earlier making once more, and no new one."""
    documents = {made.plan: Document(made.path, file_sha256(store.placing.aside(made.path))) for made in written}
    with store.transaction():
        for made in written:
            store.placing.place(made.path)
        if bases is not None:
            settings = ReportSettings.of(workspace.config)
            store.reports.add(period, workspace.timestamp(), documents, bases, settings, template)
        store.add_event(
            workspace.timestamp(),
            EventName.REPORT_AGAIN if bases is None else EventName.REPORT,
            period=str(period),
            files=" ".join(made.path for made in documents.values()),
        )


def _free_path(workspace: Workspace, store: Store, path: Path, taken: Collection[Path] = ()) -> Path:
    """``path``, unless an officer has edited the file there: that one stays, and the new one gets a number.

    ``taken``: what the number must not lead to.
    """
    number, candidate = 1, path
    while (number > 1 and candidate in taken) or _is_edited(workspace, store, candidate):
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def _is_edited(workspace: Workspace, store: Store, path: Path) -> bool:
    return path.exists() and not store.is_as_written(workspace.relative(path), file_sha256(path))
