"""What the board tells: the current quarter's units, money, stages, problems and orders, and the year's calendar.

Reads the store, writes nothing. What a unit wrote is told without its contact persons' names, numbers and addresses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plan_tracker.agenda.tasks import Agenda
from plan_tracker.analysis.figures.problems import problems_of
from plan_tracker.analysis.figures.schedules import schedule_held
from plan_tracker.fiscal import QUARTERS, YEAR_END, Period
from plan_tracker.forms.definition.versions import private_fields
from plan_tracker.merging.progress.milestones import Progress, milestones
from plan_tracker.merging.standing import UnitStatus, current_period, unit_statuses, units_asked
from plan_tracker.register import Project, Register
from plan_tracker.store import Order, Store
from plan_tracker.values import Entry
from plan_tracker.workspace.folders import Workspace

_KINDS = ("recurrent", "investment")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d(?:[\s().-]*\d){7,}")
_SHORTEST = 4  # characters of a name that can be told from another word


@dataclass(frozen=True, slots=True)
class UnitMoney:
    """Baht of a unit's projects: budget by the register, that of projects whose answers count, and what those spent."""

    budget: Decimal
    covered: Decimal
    reported: Decimal
    disbursed: Decimal


@dataclass(frozen=True, slots=True)
class BoardProblem:
    """A problem that counts this quarter."""

    unit: str
    project: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the board shows; ``calendar`` is of the year of ``period``. Empty where no register has been loaded."""

    office: str
    period: Period
    at: str
    agenda: Agenda
    units: Sequence[UnitStatus]
    money: Mapping[str, UnitMoney]
    stages: Mapping[str, int]
    schedules: Mapping[str, int]
    problems: Sequence[BoardProblem]
    orders: Sequence[Order]
    calendar: Sequence[tuple[Period, Sequence[Progress]]]

    @property
    def today(self) -> date:
        return self.agenda.today

    @property
    def total(self) -> UnitMoney:
        """All units together."""
        parts = list(self.money.values())
        return UnitMoney(
            sum((one.budget for one in parts), Decimal()),
            sum((one.covered for one in parts), Decimal()),
            sum((one.reported for one in parts), Decimal()),
            sum((one.disbursed for one in parts), Decimal()),
        )


def read_facts(workspace: Workspace, store: Store, agenda: Agenda) -> Facts:
    """How the office stands, in the quarter that forms were last issued for."""
    period, year = current_period(workspace, store), workspace.config.fiscal_year
    register = store.register(fiscal_year=period.fiscal_year)
    asked = units_asked(store, period) if register else {}
    entries = dict(_entries(store, period)) if asked else {}
    projects = {code: entry for found in entries.values() for code, entry in found.items()}
    return Facts(
        workspace.config.office.name,
        period,
        workspace.now().strftime("%H:%M"),
        agenda,
        unit_statuses(workspace, store, period) if asked else [],
        _money(register, asked, projects) if register else {},
        _counted(projects, "f14.stage"),
        _counted_schedules(projects),
        list(_problems(entries)),
        [order for order in store.orders.all() if not order.done_at],
        [(one, milestones(workspace, store, one)) for one in _periods(period.fiscal_year or year)] if register else [],
    )


def _periods(year: int) -> list[Period]:
    return [Period(year, number) for number in (*QUARTERS, YEAR_END)]


def _entries(store: Store, period: Period) -> Iterator[tuple[str, Mapping[str, Entry]]]:
    """Each unit's answers that count."""
    for unit, standing in store.answers.standings(period).items():
        yield unit, store.answers.counting_entries(standing)


def _money(register: Register, asked: Iterable[str], entries: Mapping[str, Entry]) -> dict[str, UnitMoney]:
    return {unit: _money_of(register.projects_by_unit.get(unit, ()), entries) for unit in asked}


def _money_of(projects: Sequence[Project], entries: Mapping[str, Entry]) -> UnitMoney:
    known = {project.code: _registered(project) for project in projects}
    told = [entries[code] for code in known if code in entries]
    covered = sum((amount for code, amount in known.items() if code in entries), Decimal())
    reported, disbursed = _sum(told, "budget"), _sum(told, "disbursed")
    return UnitMoney(sum(known.values(), Decimal()), covered, reported, disbursed)


def _registered(project: Project) -> Decimal:
    """A project's budget as the register has it; before transfers where it says no more."""
    found = (project.known.get(f"f9.{k}.budget") or project.known.get(f"f9.{k}.act_budget") for k in _KINDS)
    return sum((amount for amount in found if isinstance(amount, Decimal)), Decimal())


def _sum(entries: Iterable[Entry], amount: str) -> Decimal:
    return sum((entry.number(f"f9.{kind}.{amount}") or Decimal() for entry in entries for kind in _KINDS), Decimal())


def _counted(entries: Mapping[str, Entry], field: str) -> Counter[str]:
    return Counter(text for entry in entries.values() if (text := entry.text(field)))


def _counted_schedules(entries: Mapping[str, Entry]) -> Counter[str]:
    """As reports and letters count them."""
    said = ((entry.text("f14.stage"), entry.text("f14.schedule")) for entry in entries.values())
    return Counter(schedule for one in said if (schedule := schedule_held(*one)))


def _problems(entries: Mapping[str, Mapping[str, Entry]]) -> Iterator[BoardProblem]:
    names = [entry.text(key) for found in entries.values() for entry in found.values() for key in private_fields()]
    private = [name for name in dict.fromkeys(names) if len(name) >= _SHORTEST]
    for unit, found in entries.items():
        for code, entry in found.items():
            yield from (BoardProblem(unit, code, _without(private, one.problem)) for one in problems_of(entry))


def _without(private: Sequence[str], text: str) -> str:
    """``text`` with ``…`` for whom to call."""
    for name in private:
        text = text.replace(name, "…")
    return _ADDRESS.sub("…", text)
