"""What a report stands on: which answers and which loads of the register, so that the same can be merged again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from plan_tracker.analysis.basis.returns import State
from plan_tracker.fiscal import Period


class CountedPart(NamedTuple):
    """An answer that counts as part of another: under which code and of which unit it came, and in which return."""

    code: str
    unit: str
    return_id: int
    waived_because: str = ""


class CountedAnswer(NamedTuple):
    """The return whose answer counts; ``waived_because`` is what stood on record when the snapshot was taken.

    ``form_register``: the register's version that the returned form was made from; 0 on older records, where it is
    taken to be that of the unit's newest form. ``parts``: the answers of what was merged into it since, which count
    together with it.
    """

    return_id: int
    waived_because: str = ""
    form_register: int = 0
    parts: tuple[CountedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitSnapshot:
    """How one unit stands in a quarter: the register's version that its form was made from, and the answers that count.

    ``answers`` are by the code of project, KPI or order, ``waiting`` the codes whose answer came and does not count.
    ``whole``: on the record of a release that took returns as a whole, the return all of whose answers count, just as
    they came; ``answers`` is empty then.
    """

    register_version: int
    state: State
    days_late: int = 0
    answers: Mapping[str, CountedAnswer] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    whole: CountedAnswer | None = None

    @property
    def return_ids(self) -> tuple[int, ...]:
        """The returns that answers are taken from, the oldest first."""
        counted = [self.whole] if self.whole else list(self.answers.values())
        parts = {part.return_id for answer in counted for part in answer.parts}
        return tuple(sorted({answer.return_id for answer in counted} | parts))


class PlanBasis(NamedTuple):
    """How far approved plans are known: by the newest load of the register, decision and return that they stand on."""

    register_version: int
    decision: int
    return_id: int


@dataclass(frozen=True, slots=True)
class QuarterSnapshot:
    """What one quarter's figures stand on. ``register_version`` serves units that were issued no form.

    ``dated_by_count``: the data are as of the day that they were taken; older records gave that of the newest return.
    ``plans`` is None on the record of a release that knew no approved plans. ``told_over``: what is over since its form
    went out is told as cancelled; older records have it as missing. ``cancelled_in_full``: what the cancelled had
    spent stands in the sums of their year, and nobody waits for a unit that has nothing else in a plan; not so in older
    records.
    ``tells_on_way``: a KPI that has not come to its target of the year yet is on its way; older records have it as
    not met.
    """

    period: Period
    taken_on: date
    register_version: int
    units: Mapping[str, UnitSnapshot]
    dated_by_count: bool = True
    plans: PlanBasis | None = None
    told_over: bool = True
    cancelled_in_full: bool = True
    tells_on_way: bool = True

    @property
    def was_issued(self) -> bool:
        """Whether any unit was given a form."""
        return any(unit.state is not State.NONE for unit in self.units.values())

    @property
    def return_ids(self) -> tuple[int, ...]:
        return tuple(number for unit in self.units.values() for number in unit.return_ids)


def bases_to_json(bases: Sequence[QuarterSnapshot]) -> str:
    return json.dumps([_coded(basis) for basis in bases], ensure_ascii=False, separators=(",", ":"))


def bases_from_json(text: str) -> tuple[QuarterSnapshot, ...]:
    """The bases that ``bases_to_json`` wrote, of this release or of one that took returns as a whole."""
    return tuple(_decoded(coded) for coded in json.loads(text))


def _coded(basis: QuarterSnapshot) -> dict[str, Any]:
    return {
        "period": [basis.period.fiscal_year, basis.period.quarter],
        "taken_on": basis.taken_on.isoformat(),
        "register": basis.register_version,
        "units": {code: _coded_unit(unit) for code, unit in basis.units.items()},
        "dated_by_count": basis.dated_by_count,
        "plans": list(basis.plans) if basis.plans else None,
        "told_over": basis.told_over,
        "cancelled_in_full": basis.cancelled_in_full,
        "on_way": basis.tells_on_way,
    }


def _coded_unit(unit: UnitSnapshot) -> dict[str, Any] | list[Any]:
    if unit.whole:
        return [unit.register_version, str(unit.state), unit.whole.return_id, unit.whole.waived_because, unit.days_late]
    return {
        "register": unit.register_version,
        "state": str(unit.state),
        "late": unit.days_late,
        "answers": {code: list(answer) for code, answer in unit.answers.items()},
        "waiting": list(unit.waiting),
    }


def _decoded(coded: dict[str, Any]) -> QuarterSnapshot:
    units = {code: _decoded_unit(unit) for code, unit in coded["units"].items()}
    taken_on, dated_by_count = date.fromisoformat(coded["taken_on"]), coded.get("dated_by_count", False)
    plans = coded.get("plans")
    basis = PlanBasis(*plans) if plans else None
    told_over, in_full = coded.get("told_over", False), coded.get("cancelled_in_full", False)
    period, register, on_way = Period(*coded["period"]), coded["register"], coded.get("on_way", False)
    return QuarterSnapshot(period, taken_on, register, units, dated_by_count, basis, told_over, in_full, on_way)


def _decoded_unit(coded: dict[str, Any] | list[Any]) -> UnitSnapshot:
    if isinstance(coded, list):  # of a release that took returns as a whole
        version, state, return_id, because, late = coded
        whole = None if return_id is None else CountedAnswer(return_id, because)
        return UnitSnapshot(version, State(state), late, whole=whole)
    answers = {code: _decoded_answer(*answer) for code, answer in coded["answers"].items()}
    return UnitSnapshot(coded["register"], State(coded["state"]), coded["late"], answers, tuple(coded["waiting"]))


def _decoded_answer(
    number: int, because: str = "", form: int = 0, parts: Sequence[Sequence[Any]] = ()
) -> CountedAnswer:
    return CountedAnswer(number, because, form, tuple(CountedPart(*part) for part in parts))
