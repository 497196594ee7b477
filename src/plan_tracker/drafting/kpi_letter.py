"""Step 5.2 of the manual: the letter on every KPI at the end of the year (R14). Reads the store, writes a letter."""

from __future__ import annotations

from functools import partial

from plan_tracker.documents.letters import plan_kpis, write_kpi_results
from plan_tracker.documents.letters.kinds import To
from plan_tracker.drafting.drafts import LetterDrafts
from plan_tracker.fiscal import Period
from plan_tracker.merging.reports.plan_figures import figures_now
from plan_tracker.store import Letter, Store
from plan_tracker.workspace.folders import Workspace


def write_kpi_letter(workspace: Workspace, store: Store, period: Period) -> Letter:
    """Drafts L8 on the year-end ``period``, from the same figures as its reports."""
    kpis = [found for found in map(plan_kpis, figures_now(workspace, store, period)) if found.kpis]
    write = partial(write_kpi_results, workspace, period, kpis)
    return LetterDrafts(workspace, store, period).write("L8", To.KPI, write)
