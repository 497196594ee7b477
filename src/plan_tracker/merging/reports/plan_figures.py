"""The figures that letters, memos and the publication state: as of now, or as a report on record states them.

Reads the store.
"""

from __future__ import annotations

from plan_tracker.analysis.figures.plans import PlanFigures, plan_figures
from plan_tracker.analysis.report import ReportFigures, report_figures
from plan_tracker.fiscal import Period
from plan_tracker.merging.datasets import year_bases
from plan_tracker.merging.reports.orders_told import orders_told
from plan_tracker.merging.years import merge_year
from plan_tracker.store import ReportRecord, Store
from plan_tracker.workspace.folders import Workspace


def figures_now(workspace: Workspace, store: Store, period: Period) -> list[PlanFigures]:
    """Each plan's figures in the period's last quarter, as of now."""
    merged = merge_year(store, year_bases(store, workspace.config, period, workspace.today), period)
    return [plan_figures(merged.current(plan), workspace.config.kpis) for plan in merged.plans]


def figures_on_record(store: Store, record: ReportRecord) -> list[ReportFigures]:
    """What each plan's report of ``record`` states, by the data and the settings that it was made from."""
    config = record.settings.config(record.period.fiscal_year)
    merged = merge_year(store, record.bases, record.period)
    orders = orders_told(store, merged.quarters[-1].register, record.made_at)
    return [report_figures(merged.plan_year(plan), config, orders) for plan in merged.plans]
