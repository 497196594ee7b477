"""Step 5 of the manual: the report on a quarter or the year-end, one per plan (R12, R13).

Reads the store, writes ``outbox/…/reports``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plan_tracker.analysis.report import report_figures
from plan_tracker.documents.report import write_report
from plan_tracker.fiscal import Period
from plan_tracker.store import Store
from plan_tracker.store.datasets import merge_year, take_bases
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Written:
    """A report, by its path in the workspace, and the units whose figures are not in it, by code."""

    plan: str
    path: str
    missing: Sequence[str]


def write_reports(workspace: Workspace, store: Store, period: Period, *, dry_run: bool = False) -> list[Written]:
    """Writes one DOCX per plan of the register; one that an officer has edited is never overwritten."""
    bases = take_bases(store, workspace.config, period, workspace.today)
    merged = merge_year(store, bases, period)
    folder = workspace.root / "outbox" / str(period) / "reports"
    written = []
    for plan in merged.plans:
        path = _free_path(workspace, store, folder / f"{period}-{plan.code}.docx")
        data = merged.plan_year(plan)
        missing = [item.unit.code for item in data.current.units if not item.state.counts]
        written.append(Written(plan.code, workspace.relative(path), missing))
        if not dry_run:
            workspace.outbox(period, "reports")
            write_report(report_figures(data, workspace.config), workspace, path)
            store.set_written(workspace.relative(path), _sha256(path))
    if not dry_run:
        files = " ".join(item.path for item in written)
        store.add_event(workspace.timestamp(), "report", period=str(period), files=files)
    return written


def _free_path(workspace: Workspace, store: Store, path: Path) -> Path:
    """``path``, unless an officer has edited the report there: that one stays, and the new one gets a number."""
    number, candidate = 1, path
    while candidate.exists() and not store.is_as_written(workspace.relative(candidate), _sha256(candidate)):
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}.docx")
    return candidate


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
