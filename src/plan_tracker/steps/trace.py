"""From a figure back to the file that it came from: name, SHA-256, sheet and cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.intake.files import has_bytes
from plan_tracker.store import Kept, Store
from plan_tracker.values import plain
from plan_tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TracedValue:
    """A stored value as plain text, and the sheet and cell that it was read from."""

    field: str
    value: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The values of one project or KPI, and the return that they came with.

    ``original_is_whole``: the kept file still has the bytes that came back.
    """

    code: str
    kept: Kept
    values: Sequence[TracedValue]
    original_is_whole: bool


def trace(workspace: Workspace, store: Store, period: Period, code: str, field: str = "") -> Trace:
    """What counts for ``code`` in the quarter, or one ``field`` of it, with where it came from."""
    register = store.register_for(period)
    owner = register.project_by_code.get(code) or register.kpi_by_code.get(code)
    if owner is None:
        raise UsageError(
            _("No project or KPI in the register has the code {code}.").format(code=code),
            _("See the codes in the register workbook."),
        )
    kept = store.newest_clean(period).get(owner.unit)
    entry = store.entries(kept.id).get(code) if kept else None
    if kept is None or entry is None:
        raise OrderError(
            _("No return that counts has come from {unit} for {period}.").format(unit=owner.unit, period=period.title),
            _("See who has returned with: plantrack status q{quarter}").format(quarter=period.quarter),
        )
    values = [
        TracedValue(key, answer.typed if answer.value is None else plain(answer.value), entry.sheet, answer.cell)
        for key, answer in entry.answers.items()
        if field in ("", key)
    ]
    if not values:
        raise UsageError(
            _("{code} has no answer at {field} in this return.").format(code=code, field=field),
            _("Leave the field out to see all of them."),
        )
    return Trace(code, kept, values, has_bytes(workspace.root / kept.original, kept.sha256))
