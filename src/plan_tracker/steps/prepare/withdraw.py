"""Takes back forms that nobody has returned, with the letters that asked for them.

Reads and writes the store; what lies in ``outbox`` and has not been sent goes to ``outbox/…/withdrawn``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.drafting.withdrawing import put_aside
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.store import IssuedForm, Letter, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace

_ASKING = ("L1", "L2")  # the letters that ask for a return: the request and its reminders


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What one unit's forms and letters were, by their paths before."""

    unit: str
    forms: Sequence[IssuedForm]
    letters: Sequence[Letter]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken back; ``returned``: the units that have returned theirs, which stand."""

    units: Sequence[Withdrawal]
    returned: Sequence[str]


def withdraw_forms(
    workspace: Workspace, store: Store, period: Period, units: Sequence[str] = (), *, dry_run: bool = False
) -> Withdrawn:
    """Takes back the quarter's forms from ``units`` (all, where empty), but for those that have come back.

    ``OrderError`` where there is nothing to take back.
    """
    issued, wanted = store.form_register_versions(period), {unit.upper() for unit in units}
    meant = [unit for unit in issued if not wanted or unit.upper() in wanted]
    came = {kept.unit for kept in store.returns(period)}
    returned = [unit for unit in meant if unit in came]
    found = [_withdrawal(store, unit, period) for unit in meant if unit not in came]
    if not found:
        raise _nothing(period, returned)
    if not dry_run:
        _take_back(workspace, store, period, found)
    return Withdrawn(found, returned)


def _nothing(period: Period, returned: Sequence[str]) -> OrderError:
    if returned:
        return OrderError(
            _("All of these have returned theirs: {units}").format(units=" ".join(returned)),
            _("See who has with: plantrack status {period}").format(period=period.typed),
        )
    return OrderError(
        _("No forms of {period} are out to take back.").format(period=period.spoken),
        _("See who has been issued one with: plantrack status {period}").format(period=period.typed),
    )


def _withdrawal(store: Store, unit: str, period: Period) -> Withdrawal:
    letters = [letter for kind in _ASKING for letter in store.letters.to(kind, unit, period)]
    return Withdrawal(unit, store.forms_of(unit, period), letters)


def _take_back(workspace: Workspace, store: Store, period: Period, found: Sequence[Withdrawal]) -> None:
    at = workspace.timestamp()
    forms = [form for one in found for form in one.forms]
    drafts = [letter for one in found for letter in one.letters if not letter.is_sent]
    paths = dict.fromkeys([*(form.path for form in forms), *(letter.path for letter in drafts)])
    with store.transaction():
        moved = {path: put_aside(workspace, store, path) for path in paths}
        store.withdraw_forms([form.identity.form_id for form in forms], at, moved)
        for letter in (letter for one in found for letter in one.letters):
            store.letters.withdraw(letter, moved.get(letter.path, letter.path), at)
        units = " ".join(one.unit for one in found)
        store.add_event(at, EventName.WITHDRAW_FORMS, period=str(period), units=units)
