"""Step 5 of the manual: the quarterly report, one per plan (R12). Reads the store, writes ``outbox/…/reports``."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plan_tracker.analysis.dataset import Dataset, KpiResult, ProjectResult, Source, UnitReturn
from plan_tracker.documents.report import write_report
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.register import Plan, Register
from plan_tracker.store import Kept, Store, unit_state
from plan_tracker.values import Entry
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Written:
    """A report, by its path in the workspace, and the units whose figures are not in it, by code."""

    plan: str
    path: str
    missing: Sequence[str]


def write_reports(workspace: Workspace, store: Store, period: Period, *, dry_run: bool = False) -> list[Written]:
    """Writes one DOCX per plan of the register; one that an officer has edited is never overwritten."""
    register = store.register_for(period)
    if not store.newest_form_ids(period):
        raise OrderError(
            _("No forms have been issued for {period}.").format(period=period.title),
            _("Issue them with: plantrack issue-forms q{quarter}").format(quarter=period.quarter),
        )
    merged = Merged(workspace, store, register, period)
    folder = workspace.root / "outbox" / str(period) / "reports"
    written = []
    for plan in register.plans:
        path = _free_path(workspace, store, folder / f"{period}-{plan.code}.docx")
        dataset = merged.dataset(plan)
        missing = [item.unit.code for item in dataset.units if not item.state.counts]
        written.append(Written(plan.code, workspace.relative(path), missing))
        if not dry_run:
            workspace.outbox(period, "reports")
            write_report(dataset, workspace, path)
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


class Merged:
    """The quarter's clean returns, merged with the register; ``counted`` names other returns to merge, by id."""

    def __init__(
        self,
        workspace: Workspace,
        store: Store,
        register: Register,
        period: Period,
        counted: Collection[int] | None = None,
    ) -> None:
        self.workspace, self.register, self.period = workspace, register, period
        self.issued = store.newest_form_ids(period)
        self.returns: dict[str, list[Kept]] = {}
        self.clean = store.newest_clean(period)
        if counted is not None:
            self.clean = {kept.unit: kept for kept in store.returns(period) if kept.id in counted}
        last = max(counted or (), default=None)
        for kept in store.returns(period):
            if last is None or kept.id <= last:
                self.returns.setdefault(kept.unit, []).append(kept)
        self.entries: dict[str, dict[str, Entry]] = {unit: store.entries(kept.id) for unit, kept in self.clean.items()}

    def dataset(self, plan: Plan) -> Dataset:
        """What one plan's report is made from."""
        register = self.register
        projects = [p for p in register.projects if plan.code in p.plans]
        kpis = [k for k in register.kpis if k.plan == plan.code]
        units = {p.unit for p in projects} | {k.unit for k in kpis}
        by_code = register.unit_by_code
        return Dataset(
            self.period,
            plan,
            max(
                (datetime.fromisoformat(k.received_at).date() for k in self.clean.values()),
                default=self.workspace.today,
            ),
            tuple(self._unit_return(unit.code) for unit in register.units if unit.code in units),
            tuple(
                ProjectResult(p, by_code[p.unit], self._entry(p.unit, p.code), self._source(p.unit)) for p in projects
            ),
            tuple(KpiResult(k, by_code[k.unit], self._entry(k.unit, k.code), self._source(k.unit)) for k in kpis),
        )

    def _unit_return(self, code: str) -> UnitReturn:
        state = unit_state(code in self.issued, self.returns.get(code, []))
        return UnitReturn(self.register.unit_by_code[code], state, self._source(code))

    def _entry(self, unit: str, code: str) -> Entry | None:
        return self.entries.get(unit, {}).get(code)

    def _source(self, unit: str) -> Source | None:
        kept = self.clean.get(unit)
        return Source(kept.version, kept.file, kept.sha256, kept.waived_because) if kept else None
