"""Step 4: an officer takes faulty answers as they are, with the reason on record. The report marks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.analysis.basis.returns import Received, UnitStanding, owner_of
from plan_tracker.checking.findings import Finding
from plan_tracker.drafting.withdrawing import withdraw_settled
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Waiver:
    """What was taken as it is: the ``version`` of each answer by code, and the findings that were waived.

    ``missing``: what was to be taken, or is all that the unit was asked for, and has never come.
    """

    unit: str
    versions: Mapping[str, int]
    waived: Sequence[Finding]
    missing: Sequence[str]


def accept(
    workspace: Workspace,
    store: Store,
    period: Period,
    unit: str,
    because: str,
    *,
    projects: Sequence[str] = (),
    dry_run: bool = False,
) -> Waiver:
    """Waives what is open in the newest faulty answer of each project and KPI, or of those named."""
    if not because.strip():
        raise UsageError(_("A reason is needed."), _("Write it after --because, for the record."))
    standing = store.answers.standing(unit, period)
    if not standing.came:
        raise OrderError(
            _("Nothing usable has come back from {unit} for {period}.").format(unit=unit, period=period.spoken),
            _("See who has returned with: plantrack status {period}").format(period=period.typed),
        )
    codes = _codes(standing, projects)
    taken = {code: answer.waiting for code in codes if (answer := standing.answers[code]).waiting}
    missing = [code for code in codes if code in standing.missing and code not in taken]
    if not taken and not missing:
        if not dry_run:
            withdraw_settled(workspace, store)  # of a run that was cut off once it had accepted
        raise _nothing_to_waive(standing, codes)
    waived = [found for found in store.answers.open_findings(standing) if owner_of(found, unit) in taken]
    if taken and not dry_run:
        _record(workspace, store, period, unit, taken, because.strip())
    return Waiver(unit, {code: one.version for code, one in taken.items()}, waived, missing)


def _codes(standing: UnitStanding, named: Sequence[str]) -> list[str]:
    """The codes of ``named``, however they are written, else all that the unit was asked for."""
    known = {code.upper(): code for code in standing.answers}
    for code in named:
        if code.upper() not in known:
            raise UsageError(
                _("{unit} was not asked for {code}.").format(unit=standing.unit, code=code),
                _("It was asked for: {codes}").format(codes=" ".join(known.values())),
            )
    return list(dict.fromkeys(known[code.upper()] for code in named)) or list(standing.answers)


def _nothing_to_waive(standing: UnitStanding, codes: Sequence[str]) -> OrderError:
    counting = standing.counting
    said = ", ".join(f"{code} v{counting[code].version}" for code in codes)
    return OrderError(_("All of that counts already: {answers}").format(answers=said), _("There is nothing to waive."))


def _record(
    workspace: Workspace, store: Store, period: Period, unit: str, taken: Mapping[str, Received], because: str
) -> None:
    with store.transaction():
        store.answers.waive(unit, taken, because)
        store.add_event(
            workspace.timestamp(),
            EventName.ACCEPT,
            period=str(period),
            unit=unit,
            projects=" ".join(taken),
            version=" ".join(str(version) for version in sorted({one.version for one in taken.values()})),
            because=because,
        )
    withdraw_settled(workspace, store)
