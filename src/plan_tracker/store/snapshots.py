"""What a report stands on: which returns and which loads of the register, so that the same can be merged again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plan_tracker.analysis.dataset import State
from plan_tracker.fiscal import Period


@dataclass(frozen=True, slots=True)
class UnitSnapshot:
    """How one unit stands in a quarter: the register's version that its form was made from, and the return that counts.

    ``return_id`` is None where none counts. ``waived_because`` is what stood on record when the basis was taken.
    """

    register_version: int
    state: State
    return_id: int | None = None
    waived_because: str = ""
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class QuarterSnapshot:
    """What one quarter's figures stand on. ``register_version`` serves units that were issued no form."""

    period: Period
    taken_on: date
    register_version: int
    units: Mapping[str, UnitSnapshot]

    @property
    def was_issued(self) -> bool:
        """Whether any unit was given a form."""
        return any(unit.state is not State.NONE for unit in self.units.values())

    @property
    def return_ids(self) -> tuple[int, ...]:
        return tuple(unit.return_id for unit in self.units.values() if unit.return_id is not None)


def bases_to_json(bases: Sequence[QuarterSnapshot]) -> str:
    return json.dumps([_coded(basis) for basis in bases], ensure_ascii=False, separators=(",", ":"))


def bases_from_json(text: str) -> tuple[QuarterSnapshot, ...]:
    """The bases that ``bases_to_json`` wrote."""
    return tuple(_decoded(coded) for coded in json.loads(text))


def _coded(basis: QuarterSnapshot) -> dict[str, Any]:
    return {
        "period": [basis.period.fiscal_year, basis.period.quarter],
        "taken_on": basis.taken_on.isoformat(),
        "register": basis.register_version,
        "units": {
            code: [unit.register_version, str(unit.state), unit.return_id, unit.waived_because, unit.days_late]
            for code, unit in basis.units.items()
        },
    }


def _decoded(coded: dict[str, Any]) -> QuarterSnapshot:
    units = {
        code: UnitSnapshot(version, State(state), return_id, because, late)
        for code, (version, state, return_id, because, late) in coded["units"].items()
    }
    return QuarterSnapshot(Period(*coded["period"]), date.fromisoformat(coded["taken_on"]), coded["register"], units)
