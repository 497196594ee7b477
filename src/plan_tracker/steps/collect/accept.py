"""Step 4: an officer takes a faulty return as it is, with the reason on record. The report marks it."""

from __future__ import annotations

from plan_tracker.checking.findings import Finding
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.store import Store, StoredReturn
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace import Workspace


def accept(
    workspace: Workspace, store: Store, period: Period, unit: str, because: str, *, dry_run: bool = False
) -> tuple[StoredReturn, list[Finding]]:
    """Waives what is open in the unit's newest return; gives that return and what was waived."""
    if not because.strip():
        raise UsageError(_("A reason is needed."), _("Write it after --because, for the record."))
    returns = [kept for kept in store.returns(period) if kept.unit == unit]
    if not returns:
        raise OrderError(
            _("Nothing usable has come back from {unit} for {period}.").format(unit=unit, period=period.spoken),
            _("See who has returned with: plantrack status q{quarter}").format(quarter=period.quarter),
        )
    newest = returns[-1]
    pending = [finding for finding in store.findings(newest.id) if finding.holds_back]
    if newest.is_clean:
        raise OrderError(
            _("Version {version} of {unit} counts already.").format(version=newest.version, unit=unit),
            _("There is nothing to waive."),
        )
    if not dry_run:
        with store.transaction():
            store.waive(newest, because.strip())
            store.add_event(
                workspace.timestamp(),
                EventName.ACCEPT,
                period=str(period),
                unit=unit,
                version=str(newest.version),
                because=because.strip(),
            )
    return newest, pending
