"""The answers of a period that count, merged with the register that their forms were made from.

A ``QuarterSnapshot`` says which answers and which loads of the register a report stands on, so that the same can be
merged again after newer ones came. Reads the store, writes nothing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TypeVar

from plan_tracker.analysis.basis.approved_plan import ApprovedPlan
from plan_tracker.analysis.basis.dataset import Dataset, KpiResult, LastAnswer, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.basis.merged_answers import merge_entries
from plan_tracker.analysis.basis.returns import AnswerPart, AnswerState, State, UnitStanding
from plan_tracker.config import Config
from plan_tracker.due import return_due
from plan_tracker.errors import OrderError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.lineage import NOTHING_RENAMED, Lineage
from plan_tracker.merging.approved_plans import ApprovedPlans, plan_basis
from plan_tracker.merging.standing import registered, units_asked
from plan_tracker.register import Kpi, Plan, Project, Register, Unit
from plan_tracker.store import Store
from plan_tracker.store.reporting.snapshots import CountedAnswer, CountedPart, QuarterSnapshot, UnitSnapshot
from plan_tracker.values import Entry, Value

T = TypeVar("T", Project, Kpi)


def take_bases(store: Store, config: Config, period: Period, today: date) -> tuple[QuarterSnapshot, ...]:
    """What a report on ``period`` stands on as of now: each quarter of the year so far, its own the last.

    ``OrderError`` where no form has been issued for the period (for the year-end: for none of its quarters).
    """
    bases = year_bases(store, config, period, today)
    if not any(basis.was_issued for basis in bases if basis.period in period.quarters):
        raise OrderError(
            _("No forms have been issued for {period}.").format(period=period.spoken),
            _("Issue them with: plantrack issue-forms {period}").format(period=period.quarters[-1].typed),
        )
    return bases


def year_bases(store: Store, config: Config, period: Period, today: date) -> tuple[QuarterSnapshot, ...]:
    """What counts in each quarter of the year up to the end of ``period``, as of now."""
    quarters = [Period(period.fiscal_year, number) for number in range(1, period.quarters[-1].quarter + 1)]
    return tuple(take_basis(store, config, quarter, today) for quarter in quarters)


def take_basis(store: Store, config: Config, period: Period, today: date) -> QuarterSnapshot:
    """What counts in the quarter ``period`` as of now."""
    versions, standings = store.form_register_versions(period), store.answers.standings(period)
    base = max(versions.values(), default=store.register_for(period).version)
    forms = store.form_registers(period)
    made_from = {kept.id: forms[kept.form_id] for kept in store.returns(period)}
    due, until = return_due(config, period), store.reviews.closed_on(period) or today
    return QuarterSnapshot(
        period,
        today,
        base,
        {
            unit: _unit_snapshot(version, standings.get(unit), due, until, made_from)
            for unit, version in units_asked(store, period).items()
        },
        plans=plan_basis(store, period),
    )


def _unit_snapshot(
    version: int, standing: UnitStanding | None, due: date, until: date, made_from: Mapping[int, int]
) -> UnitSnapshot:
    if standing is None:
        return UnitSnapshot(version, State.NONE)
    return UnitSnapshot(
        version,
        standing.state,
        standing.days_late(due, until),
        {
            code: CountedAnswer(
                one.return_id, one.waived_because, made_from[one.return_id], tuple(map(_part, one.parts))
            )
            for code, one in standing.counting.items()
        },
        tuple(code for code, answer in standing.answers.items() if answer.state is AnswerState.WAITING),
    )


def _part(part: AnswerPart) -> CountedPart:
    return CountedPart(part.code, part.unit, part.received.return_id, part.received.waived_because)


def counted_answers(store: Store, bases: Iterable[QuarterSnapshot]) -> set[tuple[Period, str, str, int, str]]:
    """What the figures of ``bases`` stand on: quarter, unit, code and return of each answer, and why it was waived.

    The same answers are the same, whichever release recorded them.
    """
    return {
        (basis.period, *counted)
        for basis in bases
        for unit, snapshot in basis.units.items()
        for code, answer in _answers_of(store, snapshot).items()
        for counted in (
            (unit, code, answer.return_id, answer.waived_because),
            *((part.unit, part.code, part.return_id, part.waived_because) for part in answer.parts),
        )
    }


def _answers_of(store: Store, unit: UnitSnapshot) -> Mapping[str, CountedAnswer]:
    """A unit's answers that count; of a return that was taken as a whole, those that were waived in it are."""
    if unit.whole is None:
        return unit.answers
    number, because = unit.whole.return_id, unit.whole.waived_because
    return {
        code: CountedAnswer(number, because if state is AnswerState.WAIVED else "")
        for code, state in store.answers.states(number).items()
        if state is not AnswerState.MISSING
    }


class QuarterData:
    """One quarter's answers by ``basis``, merged with the register. Reads the store, answers when they are needed."""

    def __init__(self, store: Store, basis: QuarterSnapshot) -> None:
        self._store, self.basis, self.register = store, basis, registered(store, basis.register_version)
        versions = {unit.register_version for unit in basis.units.values()}
        versions |= {one.form_register for unit in basis.units.values() for one in unit.answers.values()} - {0}
        self._registers = {version: registered(store, version) for version in versions}
        counted = set(basis.return_ids)
        self._kept = {kept.id: kept for kept in store.returns(basis.period) if kept.id in counted}
        self._forms = store.form_versions(basis.period)
        self._plans = ApprovedPlans(store, basis.period, basis.plans) if basis.plans else None
        self._newest = registered(store, basis.plans.register_version) if basis.plans else None

    def dataset(self, plan: Plan) -> Dataset:
        """What one plan's chapter on the quarter is made from."""
        projects = [project for project in self._projects if plan.code in project.plans]
        kpis = [kpi for kpi in self._kpis if kpi.plan == plan.code]
        codes: dict[str, list[str]] = {}
        for unit, code in [*((p.unit, p.code) for p in projects), *((k.unit, k.code) for k in kpis)]:
            codes.setdefault(unit, []).append(code)
        over = {one.code for one in projects if one.lifecycle.is_over}
        over |= {one.code for one in kpis if one.lifecycle.is_over}
        over -= self._answered_codes
        units = tuple(self._unit_return(u, codes[u.code], over) for u in self._units.values() if u.code in codes)
        came = {found.unit.code for found in units if found.sources}
        came_on = [source.received for found in units for source in found.sources if source.received]
        newest = max(came_on, default=self.basis.taken_on)
        return Dataset(
            self.basis.period,
            plan,
            self.basis.taken_on if self.basis.dated_by_count else newest,
            units,
            tuple(replace(self._project(p), unit_came=p.unit in came) for p in projects),
            tuple(KpiResult(k, *self._answered(k), k.unit in came) for k in kpis),
            self.basis.register_version,
            self.basis.tells_on_way,
        )

    @cached_property
    def _entries(self) -> Mapping[str, Mapping[str, Entry]]:
        return {code: _entries(self._store, unit) for code, unit in self.basis.units.items()}

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The answers that count for every project of whatever plan, by code."""
        found = ((project.code, self._project(project).entry) for project in self._projects)
        return {code: entry for code, entry in found if entry is not None}

    @property
    def newest_load(self) -> int:
        """The newest load of the register that any of it stands on."""
        plans = [self.basis.plans.register_version] if self.basis.plans else []
        return max([self.basis.register_version, *self._registers, *plans])

    def result(self, code: str) -> ProjectResult | KpiResult | None:
        """What stands for the project or KPI ``code``; None where there is none."""
        for project in self._projects:
            if project.code == code:
                return self._project(project)
        return next((KpiResult(kpi, *self._answered(kpi)) for kpi in self._kpis if kpi.code == code), None)

    def known_then(self, project: Project) -> Mapping[str, Value]:
        """What the register said of a project when the form that its answer came on went out."""
        answer = self.basis.units[project.unit].answers.get(project.code)
        then = self._registers[answer.form_register] if answer and answer.form_register else None
        found = self._lineage.find(project.code, then.project_by_code) if then else None
        return found.known if found else {}

    def known_now(self, code: str) -> Mapping[str, Value]:
        """What the last load that belongs to the quarter says of the project ``code``."""
        found = (self._newest or self.register).project_by_code.get(code)
        return found.known if found else {}

    @property
    def project_codes(self) -> set[str]:
        """What the quarter has of projects, of whatever plan."""
        return {project.code for project in self._projects}

    def projects(self) -> list[ProjectResult]:
        """Every project that was asked for, of whatever plan."""
        return [self._project(project) for project in self._projects]

    def _project(self, project: Project) -> ProjectResult:
        plan = self._plans.of(project.code) if self._plans else ApprovedPlan()
        unit, entry, source, waiting = self._answered(project)
        parts = self._parts(project)
        if parts:
            entry = merge_entries([part.entry for part in parts])
        return ProjectResult(project, unit, entry, source, waiting, plan=plan, parts=parts)

    def _parts(self, project: Project) -> tuple[LastAnswer, ...]:
        """The answers that count together as a project's: its own, and those of what it took in since; else none."""
        basis = self.basis.units.get(project.unit)
        answer = basis.answers.get(project.code) if basis else None
        if answer is None or not answer.parts:
            return ()
        own = CountedPart(project.code, project.unit, answer.return_id, answer.waived_because)
        said = self._store.answers.countable_entries({one.code: one.return_id for one in (own, *answer.parts)})
        return tuple(
            LastAnswer(
                one.code, said[one.code], self._source_of(one.return_id, one.waived_because), self._units.get(one.unit)
            )
            for one in (own, *answer.parts)
            if one.code in said
        )

    def part(self, code: str) -> LastAnswer | None:
        """What was answered as ``code`` and counts as part of what took it in, or was taken in by it."""
        return next((part for project in self._projects for part in self._parts(project) if part.code == code), None)

    def _answered(self, owned: Project | Kpi) -> tuple[Unit, Entry | None, Source | None, bool]:
        """The unit, the answer with its source, and whether one waits that does not count."""
        basis = self.basis.units.get(owned.unit)
        entry = self._entries[owned.unit].get(owned.code) if basis else None
        source = self._source(owned.unit, owned.code) if entry else None
        return self._units[owned.unit], entry, source, basis is not None and owned.code in basis.waiting

    @cached_property
    def _units(self) -> dict[str, Unit]:
        """Units in the register's order, each as the register said when its form was made."""
        known = {unit.code: unit for unit in self.register.units}
        return known | {code: self._of(code).unit_by_code[code] for code in self.basis.units}

    @cached_property
    def _projects(self) -> list[Project]:
        order = [project.code for project in self.register.projects]
        asked = self._asked_last(
            ((self._rank(b), self._of(u).projects_by_unit.get(u, ())) for u, b in self._asked), order
        )
        return self._with_cancelled([*map(self._as_it_ended, asked)], self.register.projects)

    @cached_property
    def _kpis(self) -> list[Kpi]:
        order = [kpi.code for kpi in self.register.kpis]
        asked = self._asked_last(((self._rank(b), self._of(u).kpis_by_unit.get(u, ())) for u, b in self._asked), order)
        found = self._with_cancelled([self._as_it_ended(self._as_answered(kpi)) for kpi in asked], self.register.kpis)
        known = self._newest.kpi_by_code if self._newest else {}
        return [replace(kpi, computed=known[kpi.code].computed) if kpi.code in known else kpi for kpi in found]

    def _asked_last(self, asked: Iterable[tuple[int, Iterable[T]]], order: Sequence[str]) -> list[T]:
        """What units' forms asked for, by the register's version, in ``order``; the newest has what changed hands."""
        newest: dict[str, tuple[int, T]] = {}
        for version, things in asked:
            for thing in things:
                if thing.code not in newest or newest[thing.code][0] < version:
                    newest[thing.code] = version, thing
        for code, (version, _thing) in list(newest.items()):
            for old in self._lineage.back(code)[1:]:  # asked for under another code since
                if old in newest and newest[old][0] < version:
                    del newest[old]
        place = {code: i for i, code in enumerate(order)}
        return sorted((found for _, found in newest.values()), key=lambda found: place.get(found.code, len(place)))

    def _as_answered(self, kpi: Kpi) -> Kpi:
        """A KPI with the targets of the very form that its answer came on: a newer form may set others."""
        answer = self.basis.units[kpi.unit].answers.get(kpi.code)
        known = self._registers[answer.form_register].kpi_by_code if answer and answer.form_register else {}
        said = self._lineage.find(kpi.code, known)
        if said is None:
            return kpi
        return replace(kpi, measure=said.measure, direction=said.direction, target=said.target, targets=said.targets)

    @property
    def _lineage(self) -> Lineage:
        return self._plans.lineage if self._plans else NOTHING_RENAMED

    def _with_cancelled(self, asked: Sequence[T], known: Sequence[T]) -> list[T]:
        """What was asked for, and what the register says was cancelled or ended this year, in the register's order."""
        found = {one.code: one for one in asked}
        begins = Period(self.basis.period.fiscal_year, 1).first_day
        over = {
            one.code: one
            for one in map(self._as_it_ended, known)
            if one.code not in found and one.lifecycle.is_over and (one.lifecycle.since or begins) >= begins
        }
        place = {one.code: i for i, one in enumerate(known)}
        return sorted((found | over).values(), key=lambda one: place.get(one.code, len(place)))

    def _as_it_ended(self, owned: T) -> T:
        """A project or KPI as it is over since its form went out, by the last load that belongs to the quarter."""
        over = self._newest.over if self._newest and self.basis.told_over else {}
        lifecycle = over.get(owned.code)
        return replace(owned, lifecycle=lifecycle) if lifecycle else owned

    @property
    def _asked(self) -> Iterable[tuple[str, UnitSnapshot]]:
        return self.basis.units.items()

    def _rank(self, unit: UnitSnapshot) -> int:
        """The later a form was made, the more it says; a unit that came since takes nothing that others were asked."""
        return unit.register_version if unit.register_version <= self.basis.register_version else 0

    def _of(self, unit: str) -> Register:
        return self._registers[self.basis.units[unit].register_version]

    @property
    def _answered_codes(self) -> set[str]:
        return {code for own in self._entries.values() for code in own}

    def _unit_return(self, unit: Unit, codes: Sequence[str], over: Container[str]) -> UnitReturn:
        """A unit with the returns that the answers to ``codes`` came in; what is ``over`` it was not asked for."""
        basis = self.basis.units.get(unit.code)
        if basis is None or (self.basis.cancelled_in_full and all(code in over for code in codes)):
            return UnitReturn(unit, basis.state if basis else State.NONE, asked=False)
        answers = [basis.whole] if basis.whole else [basis.answers[code] for code in codes if code in basis.answers]
        reasons: dict[int, dict[str, None]] = {}
        for answer in sorted(answers):
            reasons.setdefault(answer.return_id, {}).update({answer.waived_because: None})
        because = {number: " · ".join(filter(None, said)) for number, said in reasons.items()}
        sources = tuple(self._source_of(number, said) for number, said in because.items())
        entry = self._entries.get(unit.code, {}).get(unit.code)
        return UnitReturn(unit, basis.state, sources, basis.days_late, entry=entry)

    def _source(self, unit: str, code: str) -> Source:
        basis = self.basis.units[unit]
        answer = basis.whole or basis.answers[code]
        return self._source_of(answer.return_id, answer.waived_because)

    def _source_of(self, number: int, because: str) -> Source:
        kept = self._kept[number]
        form = self._forms[kept.form_id]
        came = kept.received_on, kept.id, kept.original
        return Source(kept.version, kept.file, kept.sha256, because, *came, form, kept.period)


def _entries(store: Store, unit: UnitSnapshot) -> Mapping[str, Entry]:
    """A unit's answers that count, by code; of a return that was taken as a whole, all that it holds, as it stands."""
    if unit.whole:
        return store.answers.entries(unit.whole.return_id)
    return store.answers.countable_entries({code: answer.return_id for code, answer in unit.answers.items()})
