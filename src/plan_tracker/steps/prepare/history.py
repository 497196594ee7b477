"""A code's whole life in the register: how it came, changed, moved, merged and ended (R23). Reads the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.errors import UsageError
from plan_tracker.i18n import _
from plan_tracker.register import Kpi, Project, Register, Unit
from plan_tracker.registerbook.changes import RegisterChange, RegisterChangeKind, register_changes
from plan_tracker.store import RegisterLoad, Store


@dataclass(frozen=True, slots=True)
class RegisterEvent:
    """What one load of the register did to a code: ``load`` says when, from which file and why."""

    load: RegisterLoad
    changes: Sequence[RegisterChange]


@dataclass(frozen=True, slots=True)
class History:
    """The life of ``code``: ``codes`` are all that it has gone under, the oldest first, ``heirs`` what each became."""

    code: str
    codes: Sequence[str]
    events: Sequence[RegisterEvent]
    heirs: Mapping[str, str]


def tell_history(store: Store, code: str) -> History:
    """Every change of a unit, project or KPI, and of those that it goes on from; ``UsageError`` for an unknown code."""
    loads = [(load, register) for load in store.register_loads() if (register := store.register(load.version))]
    spelling = {known.lower(): known for _load, register in reversed(loads) for known in _codes(register)}
    own = spelling.get(code.lower())
    if own is None:
        raise UsageError(
            _("No register that was loaded has had the code {code}.").format(code=code),
            _("See the codes with: plantrack register show"),
        )
    lineage = store.lineage()
    codes = lineage.life(own)
    return History(codes[-1], codes, list(_events(loads, set(codes))), lineage.heirs)


def _codes(register: Register) -> Iterator[str]:
    rows: Sequence[Unit | Project | Kpi] = (*register.units, *register.projects, *register.kpis)
    yield from (row.code for row in rows)


def _events(loads: Sequence[tuple[RegisterLoad, Register]], codes: set[str]) -> Iterator[RegisterEvent]:
    before: Register | None = None
    for load, register in loads:
        changes = [change for change in _changes(before, register) if change.code in codes]
        if changes:
            yield RegisterEvent(load, changes)
        before = register


def _changes(before: Register | None, register: Register) -> list[RegisterChange]:
    """What a load changed; the very first brought all that is in it."""
    nothing = Register(register.fiscal_year, (), (), (), ())
    found = register_changes(before or nothing, register)
    new_year = before is not None and before.fiscal_year != register.fiscal_year
    return [change for change in found if not (new_year and change.kind is RegisterChangeKind.REMOVED)]
