"""Step 5 of the manual: the report on a quarter or the year-end, of two volumes per plan (R12, R13).

Reads the store, writes ``outbox/…/reports``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from plan_tracker import __version__
from plan_tracker.analysis.over_time.forecast import Forecast
from plan_tracker.analysis.report import ReportFigures, report_figures
from plan_tracker.config import Imprint, ReportSettings
from plan_tracker.documents.report.context import template_name, write_report
from plan_tracker.documents.report.template_check import check_report_template
from plan_tracker.documents.word.files import check_closed
from plan_tracker.drafting.kpi_letter import write_kpi_letter
from plan_tracker.errors import ConfigError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.merging.reports.orders_told import orders_told
from plan_tracker.merging.reports.provenance import data_digest, report_basis
from plan_tracker.merging.reports.report_templates import (
    ReportTemplate,
    TemplateUse,
    keep_template,
    template_then,
    template_today,
)
from plan_tracker.merging.years import merge_year
from plan_tracker.progress import counted
from plan_tracker.publication.proof.keys import fingerprint
from plan_tracker.steps.keep.keys import office_key
from plan_tracker.store import Document, Letter, ReportRecord, Store, Volume
from plan_tracker.store.event_names import EventName
from plan_tracker.store.reporting.snapshots import QuarterSnapshot
from plan_tracker.workers import workers
from plan_tracker.workspace.folders import Workspace, file_sha256
from plan_tracker.workspace.template_history import is_as_brought

_PROJECTS_A_TASK = 10  # handing figures on takes a while: workers are worth it from 400 projects


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """A report, by its path in the workspace, and the units whose figures are not in it, by code.

    ``forecast``: what it forecasts. ``sheets``: its second volume, blank where an earlier making once more has none.
    ``edited``: files of before that stand where these would, since an officer has edited them.
    """

    plan: str
    path: str
    missing: Sequence[str]
    forecast: Forecast | None
    sheets: str = ""
    edited: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ReportRun:
    """The reports of one making, which template they got, and the master workbook's path, blank where not asked for.

    ``letters``: the year-end's on every KPI (L8), drafted with a new making.
    """

    reports: Sequence[WrittenReport]
    template: TemplateUse
    workbook: str = ""
    letters: Sequence[Letter] = ()

    @property
    def volumes(self) -> list[str]:
        """The paths of each report's volumes."""
        return [path for report in self.reports for path in (report.path, report.sheets) if path]

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
    """Writes the two volumes of each plan of the register; a file that an officer has edited is never overwritten.

    ``again``: the number of an earlier making, which is made anew beside it, from the very same data, settings and
    templates. ``workbook``: the same data as a master workbook, too.
    """
    basis = report_basis(workspace, store, period, again)
    stem, then = f"-made-{again}-again" if again else "", replace(workspace, config=basis.config)
    templates = _templates(workspace, period, basis.templates, is_new=again is None, dry_run=dry_run)
    merged = merge_year(store, basis.bases, period)
    orders = orders_told(store, merged.quarters[-1].register, basis.made_at)
    figures = [report_figures(merged.plan_year(plan), then.config, orders) for plan in merged.plans]
    folder = workspace.root / "outbox" / str(period) / "reports"
    paths = _paths(workspace, store, folder, period, [one.now.dataset.plan.code for one in figures], templates, stem)
    imprint = basis.imprint if again else _imprint(workspace, store, basis.bases, dry_run=dry_run)
    if not dry_run:
        tasks = []
        for found in figures:
            for volume, template in templates.items():
                path = paths[found.now.dataset.plan.code, volume].path
                check_closed(path)
                aside = store.placing.aside(workspace.relative(path))
                tasks.append(_Task(found, then, aside, template.path, volume, imprint))
        _write_all(tasks)
    written = [_written(workspace, found, paths) for found in figures]
    book = _free_path(workspace, store, folder / f"{period}-data{stem}.xlsx") if workbook else None
    if book and not dry_run:
        from plan_tracker.documents.workbooks.master import write_master  # openpyxl takes half a second to load

        quarters = [quarter for found in figures for quarter in found.quarters if quarter.period in period.quarters]
        aside = store.placing.aside(workspace.relative(book))
        write_master(quarters, period, then.config, aside, [one for found in figures for one in found.plan_changes])
    letters: list[Letter] = []
    if not dry_run:
        with store.transaction():
            if book:
                store.placing.place(workspace.relative(book))
            _record(workspace, store, period, written, None if again else basis.bases, templates, imprint)
            if period.is_year_end and again is None:
                letters.append(write_kpi_letter(workspace, store, period))
    use = max((template.use for template in templates.values()), key=list(TemplateUse).index)
    return ReportRun(written, use, workspace.relative(book) if book else "", letters)


def _imprint(workspace: Workspace, store: Store, bases: Sequence[QuarterSnapshot], *, dry_run: bool) -> Imprint:
    """What a new making says of itself; the key is made with the first."""
    key = None if dry_run else office_key(workspace, store)
    return Imprint(f"plantrack {__version__}", data_digest(store, bases), fingerprint(key.public) if key else "")


class _Task(NamedTuple):
    """A volume to be written, as ``write_report`` takes it."""

    figures: ReportFigures
    workspace: Workspace
    path: Path
    template: Path
    volume: Volume
    imprint: Imprint


def _write_all(tasks: Sequence[_Task]) -> None:
    """Writes each volume; those of several large plans on all processors."""
    has_others = len(tasks) > len(Volume)  # of one plan nearly all is in the second volume
    projects = sum(len(task.figures.now.projects) for task in tasks) // len(Volume)
    with workers(projects // _PROJECTS_A_TASK if has_others else 0) as crew:
        for _done in counted(_("Documents written"), crew.each(_write, tasks), len(tasks)):
            pass


def _write(task: _Task) -> None:
    figures, workspace, path, template, volume, imprint = task
    write_report(figures, workspace, path, template, volume=volume, imprint=imprint)


class _Place(NamedTuple):
    """Where a volume goes, and where it would go if an officer had not edited what lies there."""

    path: Path
    wanted: Path


def _paths(
    workspace: Workspace,
    store: Store,
    folder: Path,
    period: Period,
    plans: Sequence[str],
    volumes: Collection[Volume],
    stem: str,
) -> Mapping[tuple[str, Volume], _Place]:
    """Each plan's own for each volume, whichever other plan's needs another path."""
    wanted = {
        (plan, volume): folder / f"{period}-{plan}{'-sheets' if volume is Volume.SHEETS else ''}{stem}.docx"
        for plan in plans
        for volume in volumes
    }
    taken, places = set(wanted.values()), {}
    for key, path in wanted.items():
        places[key] = _Place(_free_path(workspace, store, path, taken), path)
        taken.add(places[key].path)
    return places


def _written(workspace: Workspace, found: ReportFigures, paths: Mapping[tuple[str, Volume], _Place]) -> WrittenReport:
    plan = found.now.dataset.plan.code
    own = [(volume, place) for (owner, volume), place in paths.items() if owner == plan]
    sheets = [workspace.relative(place.path) for volume, place in own if volume is Volume.SHEETS]
    return WrittenReport(
        plan,
        workspace.relative(paths[plan, Volume.REPORT].path),
        [unit.source.unit.code for unit in found.now.asked_units if not unit.source.state.counts],
        found.forecast,
        sheets[0] if sheets else "",
        [workspace.relative(place.wanted) for _volume, place in own if place.path != place.wanted],
    )


def list_reports(store: Store, period: Period) -> list[ReportRecord]:
    """What has been made for ``period``, and when."""
    return store.reports.all(period)


def _templates(
    workspace: Workspace, period: Period, then: Mapping[Volume, str], *, is_new: bool, dry_run: bool
) -> Mapping[Volume, ReportTemplate]:
    """The templates to make reports with, kept for a new making; ``then``: the SHA-256 of an earlier one's."""
    names = {volume: template_name(period, volume) for volume in then}
    if not is_new:
        return {volume: template_then(workspace, name, then[volume]) for volume, name in names.items()}
    for volume, name in names.items():
        _refuse_faulty(workspace.template("docx", name), period, volume)
    take = template_today if dry_run else keep_template
    return {volume: take(workspace, name) for volume, name in names.items()}


def _refuse_faulty(template: Path, period: Period, volume: Volume) -> None:
    """What a template lacks would be missing in the report without a word. Tests look through plantrack's own."""
    if is_as_brought(template):
        return
    found = check_report_template(template, volume, year_end=period.is_year_end)
    faults = [flaw for flaw in found if flaw.is_error]
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
    written: Sequence[WrittenReport],
    bases: Sequence[QuarterSnapshot] | None,
    templates: Mapping[Volume, ReportTemplate],
    imprint: Imprint,
) -> None:
    """Notes what has been written; without ``bases`` it is an earlier making once more, and no new one."""
    paths = {
        Volume.REPORT: {made.plan: made.path for made in written},
        Volume.SHEETS: {made.plan: made.sheets for made in written if made.sheets},
    }
    documents = {
        volume: {plan: Document(path, file_sha256(store.placing.aside(path))) for plan, path in of_plans.items()}
        for volume, of_plans in paths.items()
    }
    with store.transaction():
        for path in [path for of_plans in paths.values() for path in of_plans.values()]:
            store.placing.place(path)
        if bases is not None:
            record = ReportRecord(
                period,
                0,
                workspace.timestamp(),
                documents[Volume.REPORT],
                tuple(bases),
                ReportSettings.of(workspace.config, imprint),
                templates[Volume.REPORT].sha256,
                documents[Volume.SHEETS],
                templates[Volume.SHEETS].sha256,
            )
            store.reports.add(record)
        store.add_event(
            workspace.timestamp(),
            EventName.REPORT_AGAIN if bases is None else EventName.REPORT,
            period=str(period),
            files=" ".join(path for of_plans in paths.values() for path in of_plans.values()),
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
