"""A KPI's result beside what follows from projects' answers (KPI-DIFFERS): one expression for ``ingest`` and the form.

What a project says is named ``P001/f14.stage`` here. Nothing is said while any of it is blank or can't be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from plan_tracker.checking.expressions import (
    Expression,
    all_of,
    amount,
    blank,
    count_of,
    rounds,
    total,
)
from plan_tracker.checking.expressions import field as answer
from plan_tracker.checking.table import UNREAD, Cell, Unreadable
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Computation
from plan_tracker.values import Value

RESULT = "k.result"
_KINDS = ("f9.recurrent", "f9.investment")
_MOST_LIVE = 20  # projects in one formula, which may have 8,192 characters


@dataclass(frozen=True, slots=True)
class ComputedFrom:
    """What a KPI is worked out from: the ``projects``, and what of them counts already (``known``), by code."""

    computation: Computation
    projects: tuple[str, ...]
    known: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """What is taken of each project."""
        if not self.computation.of_money:
            return ("f14.stage",)
        return tuple(f"{kind}.{name}" for kind in self._kinds for name in ("budget", "disbursed"))

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is worked out from."""
        return self._all(*self.fields)

    @property
    def is_known(self) -> Expression:
        """Whether every project has said what is needed, and there is something to divide by."""
        if not self.computation.of_money:
            return all_of(*(~blank(name) for name in self.names))
        half = (_is_half_known(f"{code}/{kind}") for code in self.projects for kind in self._kinds)
        return all_of(*(~one for one in half), self._budget > 0)

    @property
    def value(self) -> Expression:
        """The figure itself; asked only where it ``is_known``."""
        if self.computation.of_money:
            return total(self._all(*(f"{kind}.disbursed" for kind in self._kinds))) * 100 / self._budget
        completed = count_of(self.names, c.COMPLETED)
        return completed * 100 / len(self.projects) if self.computation.is_share else completed

    @property
    def differs(self) -> Expression:
        return ~rounds(answer(RESULT), self.value)

    @property
    def _kinds(self) -> tuple[str, ...]:
        return _KINDS[1:] if self.computation.of_investment else _KINDS

    @property
    def _budget(self) -> Expression:
        return total(self._all(*(f"{kind}.budget" for kind in self._kinds)))

    def _all(self, *fields: str) -> tuple[str, ...]:
        return tuple(f"{code}/{key}" for code in self.projects for key in fields)

    def is_live(self, present: Sequence[str]) -> bool:
        """Whether a form with the projects ``present`` can say it of itself: those that are not there are known."""
        return len(self.projects) <= _MOST_LIVE and all(code in present or code in self.known for code in self.projects)


def computed_breach(source: ComputedFrom, result: Cell, said: Mapping[str, Mapping[str, Cell]]) -> Decimal | None:
    """What follows from projects' answers where ``result`` is another figure, else None.

    ``said``: the answers of projects by code; of others what counts already.
    """
    row = dict(_row(source, said))
    if not isinstance(result, Decimal) or any(isinstance(value, Unreadable) for value in row.values()):
        return None
    if not source.is_known.value(row) or not source.differs.value({**row, RESULT: result}):
        return None
    value = source.value.value(row)
    assert isinstance(value, Decimal | int)
    return Decimal(value)


def _row(source: ComputedFrom, said: Mapping[str, Mapping[str, Cell]]) -> Iterator[tuple[str, Cell]]:
    for code in source.projects:
        values: Mapping[str, Cell] | None = said.get(code, source.known.get(code))
        for key in source.fields:
            yield f"{code}/{key}", UNREAD if values is None else values.get(key)


def _is_half_known(kind: str) -> Expression:
    """Whether there is a budget without a word on what is disbursed, or the other way about."""
    budget, disbursed = f"{kind}.budget", f"{kind}.disbursed"
    return (amount(budget).is_not(0) & blank(disbursed)) | (amount(budget).is_(0) & amount(disbursed).is_not(0))
