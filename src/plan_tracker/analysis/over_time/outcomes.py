"""What the year brought: where, for whom, and what completed projects hold that is neither spent nor committed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.analysis.figures.money import ZERO, Money
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.analysis.over_time.trends import Trend
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.provinces import PROVINCES
from plan_tracker.values import Entry, Value

_PLACES = {name: place for place, name in enumerate(PROVINCES)}  # Thai is sorted by consonants: เชียงราย before ตาก
_ROWS = range(1, 11)  # of (5) and (7), in whatever version


@dataclass(frozen=True, slots=True)
class IdleMoney:
    """A completed project with ``idle`` baht of its budget neither disbursed nor committed."""

    project: ProjectFigures
    money: Money
    idle: Decimal


@dataclass(frozen=True, slots=True)
class Output:
    """A row of (5); ``quantity`` None where it can't be read."""

    name: str
    quantity: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of (7): numbers, or words of a qualitative one."""

    name: str
    unit: str
    target: Value | None
    result: Value | None


@dataclass(frozen=True, slots=True)
class Area:
    """A province, or the scope of projects that name none; blank where (10) is silent. A project in several provinces
    is in each of them.
    """

    name: str
    projects: int
    completed: tuple[ProjectFigures, ...]


def idle_money(projects: Iterable[ProjectFigures]) -> tuple[IdleMoney, ...]:
    """The most money first."""
    found = [
        IdleMoney(one, money, money.remaining - money.committed)
        for one in projects
        if one.stage == c.COMPLETED and (money := one.money)
    ]
    return tuple(sorted((one for one in found if one.idle > ZERO), key=lambda one: -one.idle))


def outputs_of(entry: Entry) -> list[Output]:
    """What the project set out to bring."""
    keys = [f"f5.outputs[{row}]" for row in _ROWS]
    return [
        Output(name, entry.number(f"{key}.quantity"), entry.text(f"{key}.unit").strip())
        for key in keys
        if (name := entry.text(f"{key}.output").strip())
    ]


def indicators_of(entry: Entry) -> list[Indicator]:
    """What came of it, by its own indicators."""
    keys = [f"f7.indicators[{row}]" for row in _ROWS]
    return [
        Indicator(name, entry.text(f"{key}.unit").strip(), entry.value(f"{key}.target"), entry.value(f"{key}.result"))
        for key in keys
        if (name := entry.text(f"{key}.indicator").strip())
    ]


def areas_of_project(entry: Entry) -> list[str]:
    """Its provinces, else its scope; nothing where (10) is silent."""
    scope, provinces = entry.text("f10.scope"), entry.text("f10.provinces")
    if scope == c.IN_PROVINCES and provinces:
        return provinces.split(", ")
    return [scope] if scope else []


def areas_of(projects: Sequence[Trend[ProjectFigures]]) -> tuple[Area, ...]:
    """By the last return of each project: whole scopes first, provinces by their projects, what is silent last."""
    found: dict[str, list[ProjectFigures]] = {}
    for figures in (trend.reported for trend in projects):
        if figures and figures.source.entry:
            for name in areas_of_project(figures.source.entry) or [""]:
                found.setdefault(name, []).append(figures)
    areas = (
        Area(name, len(those), tuple(one for one in those if one.stage == c.COMPLETED)) for name, those in found.items()
    )
    return tuple(sorted(areas, key=_place_of_area))


def _place_of_area(area: Area) -> tuple[bool, bool, int, int, str]:
    place = _PLACES.get(area.name, len(_PLACES))
    return area.name not in c.SCOPES, not area.name, -area.projects, place, area.name
