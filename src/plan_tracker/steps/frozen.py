"""What a review speaks of: the reports as they were submitted, and what has changed since (R15–R19).

Reads ``outbox/…/reports`` and the store; writes copies to ``data/submitted``, which are never written over.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from plan_tracker.analysis.dataset import State
from plan_tracker.analysis.figures import PlanFigures, plan_figures
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.steps.ledger import file_sha256
from plan_tracker.store import Kept, Store, Submitted, SubmittedReport
from plan_tracker.store.datasets import Basis, UnitBasis, merge_year, take_basis
from plan_tracker.workspace import Workspace


class Kind(StrEnum):
    """What is not as it was submitted."""

    EDITED = "edited"  # the officer's DOCX has other bytes
    GONE = "gone"  # there is no DOCX any more
    DATA = "data"  # other returns count now
    COPY = "copy"  # the frozen copy itself is missing or damaged


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differs from what was submitted, with the path that it is about."""

    kind: Kind
    plan: str
    path: str


def reports_now(workspace: Workspace, store: Store, period: Period) -> tuple[SubmittedReport, ...]:
    """Both plans' newest reports as they lie in the outbox, with the officer's changes; ``frozen`` is blank."""
    register = store.register_for(period)
    data, returns = data_now(store, period), tuple(kept.id for kept in _counting(store, period))
    found = []
    for plan in register.plans:
        path = _newest_report(workspace, period, plan.code)
        if path is None:
            raise OrderError(
                _("There is no report of {plan} for {period} to submit.").format(plan=plan.code, period=period.title),
                _("Write it with: plantrack report {period}").format(period=period.name),
            )
        found.append(SubmittedReport(plan.code, workspace.relative(path), "", file_sha256(path), data, returns))
    return tuple(found)


def freeze(
    workspace: Workspace, submission: str, period: Period, reports: tuple[SubmittedReport, ...]
) -> tuple[SubmittedReport, ...]:
    """Copies the reports' bytes to ``data/submitted/2569-q2/SUBMISSION``; gives them with the copies' paths."""
    folder = workspace.data / "submitted" / str(period) / submission
    folder.mkdir(parents=True, exist_ok=True)
    frozen = []
    for report in reports:
        copy = folder / f"{period}-{report.plan}.docx"
        shutil.copyfile(workspace.root / report.path, copy)
        relative = workspace.relative(copy)
        frozen.append(replace(report, frozen=relative, sha256=file_sha256(copy)))
    return tuple(frozen)


def changes_since(workspace: Workspace, store: Store, submitted: Submitted) -> list[Change]:
    """What is not any more as it was submitted; nothing of it changes what was submitted."""
    return [change for report in submitted.reports for change in _changes(workspace, store, submitted.period, report)]


def _changes(workspace: Workspace, store: Store, period: Period, report: SubmittedReport) -> Iterator[Change]:
    path, copy = workspace.root / report.path, workspace.root / report.frozen
    if not path.is_file():
        yield Change(Kind.GONE, report.plan, report.path)
    elif file_sha256(path) != report.sha256:
        yield Change(Kind.EDITED, report.plan, report.path)
    if data_now(store, period) != report.data:
        yield Change(Kind.DATA, report.plan, report.path)
    if not copy.is_file() or file_sha256(copy) != report.sha256:
        yield Change(Kind.COPY, report.plan, report.frozen)


def _newest_report(workspace: Workspace, period: Period, plan: str) -> Path | None:
    found = (workspace.root / "outbox" / str(period) / "reports").glob(f"{period}-{plan}*.docx")
    return max(found, key=lambda path: path.stat().st_mtime_ns, default=None)


def data_now(store: Store, period: Period) -> str:
    """The SHA-256 of which returns count now, by which it is told whether they are still the same."""
    said = [
        (kept.unit, kept.period.quarter, kept.version, kept.sha256, kept.waived_because)
        for kept in _counting(store, period)
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _counting(store: Store, period: Period) -> list[Kept]:
    clean = (store.newest_clean(quarter) for quarter in period.quarters)
    return [kept for newest in clean for _unit, kept in sorted(newest.items())]


def figures_of(
    workspace: Workspace, store: Store, period: Period, reports: Sequence[SubmittedReport] = ()
) -> list[PlanFigures]:
    """The figures of each plan in the period's last quarter, as ``reports`` were submitted; as of now without them."""
    basis = take_basis(store, workspace.config, period.quarters[-1], workspace.today)
    if reports:
        basis = as_counted(store, basis, reports[0].returns)
    merged = merge_year(store, (basis,), period)
    return [plan_figures(merged.plan_year(plan).current) for plan in merged.plans]


def as_counted(store: Store, basis: Basis, returns: Collection[int]) -> Basis:
    """``basis`` as it was when ``returns`` (ids) were what counted."""
    counted = {kept.unit: kept for kept in store.returns(basis.period) if kept.id in returns}
    return replace(basis, units={unit: _unit_as(stood, counted.get(unit)) for unit, stood in basis.units.items()})


def _unit_as(stood: UnitBasis, kept: Kept | None) -> UnitBasis:
    if kept is None:
        state = State.ISSUED if stood.state.counts else stood.state
        return replace(stood, state=state, return_id=None, waived_because="")
    state = State.WAIVED if kept.waived_because else State.ACCEPTED
    return replace(stood, state=state, return_id=kept.id, waived_because=kept.waived_because)
