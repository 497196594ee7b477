"""What a review speaks of: the reports as they were submitted, and what has changed since (R15–R19).

Reads ``outbox/…/reports`` and the store; writes copies to ``data/submitted``, which are never written over.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plan_tracker.analysis.dataset import State
from plan_tracker.analysis.figures import PlanFigures, plan_figures
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.steps.ledger import file_sha256
from plan_tracker.store import Kept, Store, Submitted, SubmittedReport
from plan_tracker.store.basis import Basis, UnitBasis
from plan_tracker.store.datasets import merge_year, take_bases, take_basis
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
    records = store.reports.all(period)
    found = []
    for plan in store.register_for(period).plans:
        record = next((r for r in reversed(records) if plan.code in r.documents), None)
        path = workspace.root / record.documents[plan.code].path if record else None
        if record is None or path is None or not path.is_file():
            raise OrderError(
                _("There is no report of {plan} for {period} to submit.").format(plan=plan.code, period=period.title),
                _("Write it with: plantrack report {period}").format(period=period.name),
            )
        returns = tuple(
            number for basis in record.bases if basis.period in period.quarters for number in basis.return_ids
        )
        data = _data_of(record.bases)
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
    if data_now(workspace, store, period) != report.data:
        yield Change(Kind.DATA, report.plan, report.path)
    if not copy.is_file() or file_sha256(copy) != report.sha256:
        yield Change(Kind.COPY, report.plan, report.frozen)


def data_now(workspace: Workspace, store: Store, period: Period) -> str:
    """Which returns a report on ``period`` would stand on now, as a SHA-256 to compare."""
    return _data_of(take_bases(store, workspace.config, period, workspace.today))


def _data_of(bases: Sequence[Basis]) -> str:
    said = [
        (str(basis.period), code, unit.return_id, unit.waived_because)
        for basis in bases
        for code, unit in sorted(basis.units.items())
        if unit.return_id is not None
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()


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
