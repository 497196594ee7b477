"""Step 4 of the manual: the results and the Permanent Secretary's order go to every unit, by letter (L4, R11).

Reads the store, writes ``outbox/…/letters``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from plan_tracker.documents.letters import unit_results, write_circulation
from plan_tracker.documents.recommendations import recommendations
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.steps.figures import figures_now
from plan_tracker.steps.ledger import Drafts, cited
from plan_tracker.store import Letter, Store
from plan_tracker.workspace import Workspace


def circulate(
    workspace: Workspace, store: Store, period: Period, order: str, day: date, *, dry_run: bool = False
) -> list[Letter]:
    """Drafts L4 for every unit that reports: ``order`` of the day ``day``, the unit's results and recommendations."""
    if not order.strip():
        raise UsageError(
            _("The Permanent Secretary's order is needed."),
            _("Write its text after --order, and its date after --date."),
        )
    if not store.newest_form_ids(period):
        raise OrderError(
            _("No forms have been issued for {period}.").format(period=period.title),
            _("Issue them with: plantrack issue-forms q{quarter}").format(quarter=period.quarter),
        )
    register = store.register_for(period)
    drafts = Drafts(workspace, store, period)
    units = register.reporting_units()
    if dry_run:
        return [Letter(0, "L4", unit.code, period, "", drafts.path("L4", unit.code), "") for unit in units]
    plans, pending = figures_now(workspace, store, period), _pending(store, period)
    letters = []
    for unit in units:
        write = partial(
            write_circulation,
            workspace,
            register,
            unit,
            period,
            order.strip(),
            day,
            unit_results(plans, unit.code),
            recommendations(plans, unit.code, pending.get(unit.code, 0)),
            refers=cited(store.letters.newest_sent("L1", unit.code, period)),
        )
        letters.append(drafts.write("L4", unit.code, write))
    _log(workspace, store, period, order.strip(), day, letters)
    return letters


def _pending(store: Store, period: Period) -> dict[str, int]:
    """By unit, the findings of its newest return that are still open."""
    newest = {kept.unit: kept for kept in store.returns(period)}
    return {
        unit: sum(1 for finding in store.findings(kept.id) if finding.holds_back)
        for unit, kept in newest.items()
        if not kept.is_clean
    }


def _log(workspace: Workspace, store: Store, period: Period, order: str, day: date, letters: Sequence[Letter]) -> None:
    files = " ".join(letter.path for letter in letters)
    store.add_event(
        workspace.timestamp(), "circulate", period=str(period), order=order, date=day.isoformat(), files=files
    )
