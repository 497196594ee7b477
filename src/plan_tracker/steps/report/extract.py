"""A report on some units, a source of money or a stage: marked as an extract, and never submitted or published.

Reads the store, writes ``outbox/…/extracts``. No extract goes onto the record of reports, which is all that a review
takes its reports from.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from plan_tracker.analysis.report import ReportFigures, report_figures
from plan_tracker.documents.report.context import write_report
from plan_tracker.drafting.drafts import keep_edited
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.i18n import _
from plan_tracker.merging.datasets import take_bases
from plan_tracker.merging.extracts import Selection
from plan_tracker.merging.reports.report_templates import TemplateUse
from plan_tracker.merging.years import merge_year
from plan_tracker.steps.report.report import ReportRun, WrittenReport
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


def write_extracts(
    workspace: Workspace,
    store: Store,
    period: Period,
    units: Sequence[str],
    *,
    source: str = "",
    stage: str = "",
    dry_run: bool = False,
) -> ReportRun:
    """One DOCX per plan that has something of ``units`` (codes), ``source`` and ``stage``; blank: any.

    ``UsageError`` for what is no choice of the form's, ``OrderError`` where nothing is left.
    """
    chosen = Selection(tuple(units), _choice("f3.source[1]", source), _choice("f14.stage", stage))
    merged = merge_year(store, take_bases(store, workspace.config, period, workspace.today), period)
    years = [chosen.of(merged.plan_year(plan)) for plan in merged.plans]
    found = [
        report_figures(year, workspace.config) for year in years if year.quarters[-1].projects or year.quarters[-1].kpis
    ]
    if not found:
        raise OrderError(
            _("Nothing of {period} is left by that choice.").format(period=period.spoken),
            _("See what units say with: plantrack query stage source --period {period}").format(period=period.typed),
        )
    written = [_write(workspace, store, period, report, chosen, dry_run=dry_run) for report in found]
    if not dry_run:
        files = " ".join(made.path for made in written)
        store.add_event(workspace.timestamp(), EventName.REPORT_EXTRACT, period=str(period), files=files)
    return ReportRun(written, TemplateUse.TODAY)


def _write(
    workspace: Workspace, store: Store, period: Period, report: ReportFigures, chosen: Selection, *, dry_run: bool
) -> WrittenReport:
    plan = report.now.dataset.plan.code
    path = workspace.root / "outbox" / str(period) / "extracts" / f"{_stem(period, plan, chosen)}.docx"
    relative = workspace.relative(path)
    missing = [unit.source.unit.code for unit in report.now.asked_units if not unit.source.state.counts]
    kept = ""
    if not dry_run:
        workspace.outbox(period, "extracts")
        kept = keep_edited(workspace, store, path)
        write_report(report, workspace, store.placing.aside(relative))
        store.placing.place(relative)
    return WrittenReport(plan, relative, missing, report.forecast, edited=[kept] if kept else [])


def _stem(period: Period, plan: str, chosen: Selection) -> str:
    """The name of the file says that it is an extract, and of what, too."""
    return "-".join(
        [str(period), plan, "extract", *chosen.units, *filter(None, (chosen.source, chosen.stage))]
    ).replace("/", "_")[:80]


def _choice(key: str, typed: str) -> str:
    """One of the choices of the field ``key``, whole or by its beginning."""
    if not typed.strip():
        return ""
    choices = CURRENT.form1.fields[key].choices
    meant = [choice for choice in choices if choice == typed] or [one for one in choices if one.startswith(typed)]
    if len(meant) == 1:
        return meant[0]
    near = get_close_matches(typed, choices, 2) or list(choices)
    raise UsageError(
        _("'{text}' is none of the choices.").format(text=typed),
        _("Did you mean {commands}?").format(commands=_(" or ").join(near)),
    )
