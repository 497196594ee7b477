"""What the rows of the master workbook are made of: a project, KPI or return in a quarter, each once.

Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from plan_tracker.analysis.basis.dataset import KpiResult, LastAnswer, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.basis.plan_changes import PlanChange
from plan_tracker.analysis.basis.returns import AnswerState, State
from plan_tracker.analysis.figures.kpis import KpiFigures
from plan_tracker.analysis.figures.money import Money, money_of_kind
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.spec import Block
from plan_tracker.register import Unit
from plan_tracker.values import Answer, Entry, Value

MONEY: Final = "f9.money"  # the block whose rows the cancelled have as well


class MasterRow(Protocol):
    """What every row tells: when, whose, how the unit's return stands, and the return itself."""

    @property
    def period(self) -> Period: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def state(self) -> State: ...
    @property
    def source(self) -> Source | None: ...


class AnsweredRow(MasterRow, Protocol):
    """A row with answers of a form."""

    @property
    def entry(self) -> Entry | None: ...
    def answer(self, field: str) -> Answer | None: ...


@dataclass(frozen=True, slots=True)
class MasterProjectRow:
    """A project in a quarter, or one row of a block of its form: ``row`` is that row's key, ``place`` its label.

    ``before``: what it told before it was cancelled, or one of the answers that it is put together of, where it is
    that which the row tells.
    """

    found: ProjectFigures
    period: Period
    state: State
    row: str = ""
    place: str = ""
    before: LastAnswer | None = None

    @property
    def unit(self) -> Unit:
        return self.found.source.unit

    @property
    def source(self) -> Source | None:
        return (self.before or self.found.source).source

    @property
    def entry(self) -> Entry | None:
        return (self.before or self.found.source).entry

    def answer(self, field: str) -> Answer | None:
        """The answer to ``field``, in a block's row the end of the key (``.output``)."""
        return self.entry.answers.get(self.row + field) if self.entry else None

    @property
    def money(self) -> Money | None:
        """The project's money, both kinds together; None where nothing of it is stated, or not in full."""
        money = self.found.money
        return money if money and money.is_stated else None

    @property
    def kind(self) -> Money | None:
        """The money of the row's kind of expenditure; None where it is not told in full."""
        return money_of_kind(self.entry, self.row.partition(".")[2]) if self.entry else None


@dataclass(frozen=True, slots=True)
class MasterKpiRow:
    """A KPI in a quarter."""

    found: KpiFigures
    period: Period
    state: State

    @property
    def unit(self) -> Unit:
        return self.found.source.unit

    @property
    def source(self) -> Source | None:
        return self.found.source.source

    @property
    def entry(self) -> Entry | None:
        return self.found.source.entry

    def answer(self, field: str) -> Answer | None:
        return self.entry.answers.get(field) if self.entry else None


@dataclass(frozen=True, slots=True)
class PlanChangeRow:
    """A field of a project's plan that changed in a quarter."""

    found: PlanChange
    state: State

    @property
    def period(self) -> Period:
        return self.found.period

    @property
    def unit(self) -> Unit:
        return self.found.project.unit

    @property
    def source(self) -> Source | None:
        return self.found.project.source


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return of a unit in a quarter that answers came in; ``source`` is None for a unit of which nothing counts."""

    found: UnitReturn
    period: Period
    source: Source | None

    @property
    def unit(self) -> Unit:
        return self.found.unit

    @property
    def state(self) -> State:
        return self.found.state


def project_rows(reports: Iterable[PlanFigures]) -> list[MasterProjectRow]:
    """A row per project and quarter; one of both plans stands there once."""
    rows: dict[tuple[Period, str], MasterProjectRow] = {}
    for figures in reports:
        states = _states(figures)
        for found in figures.projects:
            row = MasterProjectRow(found, figures.period, _answer_state(found.source, states))
            rows.setdefault((figures.period, found.code), row)
    return list(rows.values())


def plan_change_rows(reports: Iterable[PlanFigures], changes: Iterable[PlanChange]) -> list[PlanChangeRow]:
    """A row per field that changed in a quarter; a project of both plans has it once."""
    units = {
        (figures.period, unit.source.unit.code): unit.source.state for figures in reports for unit in figures.units
    }
    found: dict[tuple[Period, str, str, Value | None], PlanChangeRow] = {}
    for one in changes:
        state = units.get((one.period, one.project.unit.code), State.NONE)
        found.setdefault((one.period, one.project.project.code, one.field, one.after), PlanChangeRow(one, state))
    return list(found.values())


def block_rows(block: Block, projects: Sequence[MasterProjectRow]) -> Iterator[MasterProjectRow]:
    """A row for each row of the block that holds anything."""
    suffixes = [column.suffix for column in block.columns if not column.formula]
    for project in (part for one in projects for part in (_told_before(one) if block.key == MONEY else [one])):
        for row in block.rows:
            one = replace(project, row=row.key, place=row.label)
            if not row.total and any(one.answer(suffix) for suffix in suffixes):
                yield one


def _told_before(project: MasterProjectRow) -> list[MasterProjectRow]:
    """A project as its money is told: cancelled, by what it said before; having taken others in, by each answer."""
    before = project.found.source.last_told or project.found.source.parts
    return [replace(project, before=told) for told in before] or [project]


def kpi_rows(reports: Iterable[PlanFigures]) -> list[MasterKpiRow]:
    """A row per KPI and quarter."""
    return [
        MasterKpiRow(found, figures.period, _answer_state(found.source, states))
        for figures in reports
        for states in [_states(figures)]
        for found in figures.kpis
    ]


def return_rows(reports: Iterable[PlanFigures]) -> list[ReturnRow]:
    """A row for each return that answers of a unit came in, and one for a unit of which nothing counts."""
    units: dict[tuple[Period, str], UnitReturn] = {}
    sources: dict[tuple[Period, str], dict[int, Source]] = {}
    for figures in reports:
        for unit in figures.units:
            key = figures.period, unit.source.unit.code
            units.setdefault(key, unit.source)
            sources.setdefault(key, {}).update({source.version: source for source in unit.source.sources})
    rows = []
    for key, found in units.items():
        came: list[Source | None] = [sources[key][version] for version in sorted(sources[key])]
        rows += [ReturnRow(found, key[0], source) for source in came or [None]]
    return rows


def _states(figures: PlanFigures) -> dict[str, State]:
    return {unit.source.unit.code: unit.source.state for unit in figures.units}


def _answer_state(found: ProjectResult | KpiResult, units: dict[str, State]) -> State:
    """The state of one answer; of one that is missing, whether its unit was asked at all."""
    if found.state is AnswerState.MISSING:
        return State.NONE if units[found.unit.code] is State.NONE else State.ISSUED
    return _ANSWERS[found.state]


_ANSWERS = {
    AnswerState.CLEAN: State.ACCEPTED,
    AnswerState.WAIVED: State.WAIVED,
    AnswerState.WAITING: State.INCOMPLETE,
}
