"""What a load of the register changes against the one before it (R23): plain data in, plain data out.

A code that goes on under another one is renamed, several that go on under one are merged; one that nothing goes on
from is removed. What a row says is compared column by column, by the keys of the workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from plan_tracker.register import Kpi, Lifecycle, Plan, Project, Register, Unit
from plan_tracker.registerbook.layout import KPIS, PLANS, PROJECTS, UNITS
from plan_tracker.values import plain

Cells = Mapping[tuple[str, str, str], str]
Owned = Plan | Unit | Project | Kpi
_NO_CELLS: Final[Cells] = {}


class RegisterChangeKind(StrEnum):
    """How a row of the register differs from the load before."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"  # another code
    MOVED = "moved"  # to another unit
    MERGED = "merged"  # goes on from several codes
    CHANGED = "changed"  # any other cell


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """One difference. ``code`` is the new code, for a removed row the old one; ``field`` the column's key.

    ``before`` and ``after`` are texts as the workbook shows them, blank where there was or is nothing; ``cell`` is
    where the new value stands, such as ``โครงการ!F7``, blank for what is gone.
    """

    kind: RegisterChangeKind
    table: str
    code: str
    field: str
    before: str
    after: str
    cell: str = ""


def register_changes(before: Register | None, after: Register, cells: Cells = _NO_CELLS) -> list[RegisterChange]:
    """Every difference of ``after`` from ``before``, table by table; none where there was no load before."""
    if before is None:
        return []
    found: list[RegisterChange] = []
    for table, old, new in (
        (PLANS, before.plans, after.plans),
        (UNITS, before.units, after.units),
        (PROJECTS, before.projects, after.projects),
        (KPIS, before.kpis, after.kpis),
    ):
        found += _Comparison(table, {row.code: row for row in old}, {row.code: row for row in new}, cells).changes()
    return found


def removed_codes(changes: Sequence[RegisterChange]) -> list[str]:
    """The codes that have gone without a word."""
    return [change.code for change in changes if change.kind is RegisterChangeKind.REMOVED]


@dataclass(frozen=True, slots=True)
class _Comparison:
    """One table before and after, by code."""

    table: str
    old: Mapping[str, Owned]
    new: Mapping[str, Owned]
    cells: Cells

    def changes(self) -> Iterator[RegisterChange]:
        gone_on = {code for row in self.new.values() for code in _former(row)}
        for code, row in self.new.items():
            yield from self._of_row(code, row)
        for code in self.old:
            if code not in self.new and code not in gone_on:
                yield self._change(RegisterChangeKind.REMOVED, code, "code", code, "")

    def _of_row(self, code: str, row: Owned) -> Iterator[RegisterChange]:
        same, former = self.old.get(code), [self.old[old] for old in _former(row) if old in self.old]
        heirs_before = set(_former(same)) if same else set()
        newly = [old for old in former if old.code not in heirs_before]
        if newly:
            kind = RegisterChangeKind.MERGED if len(newly) > 1 or same else RegisterChangeKind.RENAMED
            yield self._change(kind, code, "code", " ".join(old.code for old in newly), code)
        elif same is None:
            yield self._change(RegisterChangeKind.ADDED, code, "code", "", code)
            return
        yield from self._of_cells(code, same or newly[0], row)

    def _of_cells(self, code: str, old: Owned, new: Owned) -> Iterator[RegisterChange]:
        was, now = row_texts(old), row_texts(new)
        for key in dict.fromkeys((*now, *was)):
            if was.get(key, "") != now.get(key, ""):
                moved = key == "unit" and self.table in (PROJECTS, KPIS)
                kind = RegisterChangeKind.MOVED if moved else RegisterChangeKind.CHANGED
                yield self._change(kind, code, key, was.get(key, ""), now.get(key, ""))

    def _change(self, kind: RegisterChangeKind, code: str, key: str, before: str, after: str) -> RegisterChange:
        return RegisterChange(kind, self.table, code, key, before, after, self.cells.get((self.table, code, key), ""))


def row_texts(row: Owned) -> dict[str, str]:
    """What a row says, as text by column key; neither its code nor its former codes."""
    match row:
        case Plan():
            return {"name": row.name, "owner": row.owner, **_english(row, "name_en", "owner_en")}
        case Unit():
            own = {"name": row.name, "short": row.short, "letter_type": row.letter_type, "addressee": row.addressee}
            own |= {"email": row.email, "unit_type": row.unit_type, **_english(row, "name_en", "short_en")}
            return {**own, **_lifecycle(row.lifecycle)}
        case Project():
            own = {"name": row.name, "plans": " ".join(row.plans), "unit": row.unit, **_english(row, "name_en")}
            return {**own, **_lifecycle(row.lifecycle), **{key: plain(value) for key, value in row.known.items()}}
        case Kpi():
            own = {"name": row.name, "plan": row.plan, "unit": row.unit, **_english(row, "name_en", "measure_en")}
            judged = {"measure": row.measure, "direction": row.direction, "target": plain(row.target)}
            targets = {f"target_q{quarter}": plain(target) for quarter, target in row.targets.items()}
            computed = {"computed": str(row.computed)} if row.computed else {}
            return {**own, **judged, **targets, **computed, **_lifecycle(row.lifecycle)}


def _english(row: Owned, *keys: str) -> dict[str, str]:
    """What of it the register says."""
    return {key: said for key in keys if (said := getattr(row, key))}


def _lifecycle(lifecycle: Lifecycle) -> dict[str, str]:
    if lifecycle.is_active:
        return {}
    since = plain(lifecycle.since) if lifecycle.since else ""
    return {"state": str(lifecycle.state), "state_date": since, "state_reason": lifecycle.reason}


def _former(row: Owned) -> tuple[str, ...]:
    return () if isinstance(row, Plan) else row.lifecycle.former_codes
