"""Step 5 of the manual: the quarterly report, one per plan (R12). Reads the store, writes ``outbox/…/reports``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plan_tracker.analysis.dataset import Dataset, KpiResult, ProjectResult, Source, UnitReturn
from plan_tracker.documents.report import write_report
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.register import Plan, Register
from plan_tracker.steps.issue_forms import loaded_register
from plan_tracker.steps.status import unit_state
from plan_tracker.store import Kept, Store
from plan_tracker.values import Entry
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Written:
    """A report, by its path in the workspace."""

    plan: str
    path: str


def write_reports(workspace: Workspace, store: Store, period: Period, *, dry_run: bool = False) -> list[Written]:
    """Writes one DOCX per plan of the register."""
    register = loaded_register(store, period)
    if not store.newest_form_ids(period):
        raise OrderError(
            _("No forms have been issued for {period}.").format(period=period.title),
            _("Issue them with: plantrack issue-forms q{quarter}").format(quarter=period.quarter),
        )
    merged = Merged(workspace, store, register, period)
    written = []
    for plan in register.plans:
        name = f"{period}-{plan.code}.docx"
        path = workspace.root / "outbox" / str(period) / "reports" / name
        if not dry_run:
            write_report(merged.dataset(plan), workspace, workspace.outbox(period, "reports") / name)
        written.append(Written(plan.code, workspace.relative(path)))
    if not dry_run:
        files = " ".join(item.path for item in written)
        store.add_event(workspace.timestamp(), "report", period=str(period), files=files)
    return written


class Merged:
    """The quarter's clean returns, merged with the register."""

    def __init__(self, workspace: Workspace, store: Store, register: Register, period: Period) -> None:
        self.workspace, self.register, self.period = workspace, register, period
        self.issued = store.newest_form_ids(period)
        self.returns: dict[str, list[Kept]] = {}
        for kept in store.returns(period):
            self.returns.setdefault(kept.unit, []).append(kept)
        self.clean = store.newest_clean(period)
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
