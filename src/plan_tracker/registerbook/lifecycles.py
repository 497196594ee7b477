"""What the register says has happened to units, projects and KPIs: whether it can be so (R23)."""

from __future__ import annotations

from collections.abc import Mapping

from plan_tracker.i18n import _
from plan_tracker.register import LifecycleState
from plan_tracker.registerbook.codes import split_codes
from plan_tracker.registerbook.layout import KPIS, PROJECTS, UNITS, choice_of
from plan_tracker.registerbook.rows import Rows, SheetRow

_GOES_ON_ELSEWHERE = (LifecycleState.MERGED, LifecycleState.MOVED)
_CLOSED = frozenset(state for state in LifecycleState if state is not LifecycleState.ACTIVE)


def check_lifecycles(tables: Mapping[str, Rows]) -> None:
    """Adds to each table's problems what is wrong with former codes and states."""
    for name in (UNITS, PROJECTS, KPIS):
        check_former_codes(tables[name])
        for line in tables[name].lines:
            check_lifecycle(tables[name], line)
    for name in (PROJECTS, KPIS):
        check_units_are_active(tables[name], tables[UNITS])


def check_former_codes(rows: Rows) -> None:
    """A former code goes on in one row, and not beside its old row, unless that is said to be merged or moved."""
    states = {line.text("code"): line.text("state") for line in rows.lines}
    taken: dict[str, str] = {}
    for line in rows.lines:
        for code in split_codes(line.text("former_code")):
            first = taken.setdefault(code, rows.cell(line, "former_code"))
            if first != rows.cell(line, "former_code"):
                message = _("The former code {code} stands in {cell} too; it can go on in one row only.")
                rows.complain(line, "former_code", message.format(code=code, cell=first))
            if states.get(code, LifecycleState.MERGED) not in _GOES_ON_ELSEWHERE:
                message = _("The former code {code} still has a row of its own. Take that row out, or make it {state}.")
                rows.complain(
                    line, "former_code", message.format(code=code, state=choice_of("state", LifecycleState.MERGED))
                )


def check_lifecycle(rows: Rows, line: SheetRow) -> None:
    """What is no longer active says since when and why."""
    if line.text("state") in ("", LifecycleState.ACTIVE):
        return
    for key in ("state_date", "state_reason"):
        if key not in line.values:
            message = _("{label} is missing: the state is {state}. Fill it in.")
            label = rows.table.columns[key].label
            rows.complain(line, key, message.format(label=label, state=choice_of("state", line.text("state"))))


def check_units_are_active(rows: Rows, units: Rows) -> None:
    """What is still reported on belongs to a unit that still reports."""
    closed = {line.text("code").lower(): line for line in units.lines if line.text("state") in _CLOSED}
    heirs = {old.lower(): line.text("code") for line in units.lines for old in split_codes(line.text("former_code"))}
    for line in rows.lines:
        unit = line.text("unit").lower()
        if unit in closed and line.text("state") not in _CLOSED:
            message = _("The unit {unit} is {state}. Write the unit that reports now: {heir}")
            heir = heirs.get(unit, "…")
            state = choice_of("state", closed[unit].text("state"))
            rows.complain(line, "unit", message.format(unit=line.text("unit"), state=state, heir=heir))
