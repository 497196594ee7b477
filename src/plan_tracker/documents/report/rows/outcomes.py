"""What the year brought, in words: by project against what it set out for, by area; and money that lies idle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from plan_tracker.analysis.figures.money import ZERO, Money
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.analysis.over_time.outcomes import (
    Area,
    Indicator,
    areas_of,
    areas_of_project,
    idle_money,
    indicators_of,
    outputs_of,
)
from plan_tracker.analysis.over_time.trends import Trend
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import Words
from plan_tracker.values import Value

_NAMED = 3  # projects of an area by name
_AREAS = 5  # of a project by name


@dataclass(frozen=True, slots=True)
class AchievedText:
    """A completed project and what it brought, against what it set out for."""

    unit: str
    project: str
    benefits: str
    area: str
    outputs: str
    indicators: str


@dataclass(frozen=True, slots=True)
class AreaText:
    """An area, how many projects it has, and which of them are completed; areas with as many and none completed."""

    name: str
    projects: str
    completed: str
    names: str


@dataclass(frozen=True, slots=True)
class IdleText:
    """A completed project's money in million baht: ``idle`` is neither disbursed nor committed.

    The last of several is their sum, without a number. ``label``: code and name on one line.
    """

    number: str
    project: str
    label: str
    unit: str
    budget: str
    disbursed: str
    committed: str
    idle: str


def achieved_row(found: Trend[ProjectFigures], words: Words) -> AchievedText:
    """That an earlier quarter's return says so, where the last lacks one."""
    project, period = found.reported, found.last_reported
    assert project
    assert project.source.entry
    assert period
    entry = project.source.entry
    benefits = project.benefits or words.of(w.NOT_STATED)
    if not found.is_current:
        benefits = words.say(
            "project", "{benefits} (as reported for quarter {quarter})", benefits=benefits, quarter=period.quarter
        )
    outputs = (p.joined(one.name, w.measure(one.quantity), one.unit) for one in outputs_of(entry))
    areas = [_area(name, words) for name in areas_of_project(entry)]
    more = len(areas) - _AREAS
    if more > 1:
        areas = [*areas[:_AREAS], words.say("area", "{number} provinces more", number=more)]
    return AchievedText(
        unit=terms.short(project.source.unit),
        project=project.source.project.name,
        benefits=benefits,
        area=words.listed(areas) or w.DASH,
        outputs="\n".join(outputs) or w.DASH,
        indicators="\n".join(_indicator(one, words) for one in indicators_of(entry)) or w.DASH,
    )


def _indicator(found: Indicator, words: Words) -> str:
    return words.say(
        "outcome of project",
        "{name}: {result} of {target} {unit}",
        name=found.name,
        result=_figure(found.result),
        target=_figure(found.target),
        unit=f"({found.unit})" if found.unit else "",
    ).rstrip()


def _figure(value: Value | None) -> str:
    return w.DASH if value is None else w.plain_text(value)


def area_rows(report: ReportFigures, words: Words) -> Iterator[AreaText]:
    areas = areas_of(report.trends.projects)
    for found in (one for one in areas if one.completed):
        names = [one.source.project.name for one in found.completed]
        told = p.first_names(names, p.PROJECTS, _NAMED, words)
        yield AreaText(_area_name(found, words), w.count(found.projects), w.count(len(names)), told)
    others = (one for one in areas if not one.completed)
    for (_stated, number), alike in groupby(others, lambda one: (bool(one.name), one.projects)):
        name = words.listed(_area_name(one, words) for one in alike)
        yield AreaText(name, w.count(number), w.count(0), w.DASH)


def _area_name(found: Area, words: Words) -> str:
    return _area(found.name, words) if found.name else words.of(w.NOT_STATED)


def _area(name: str, words: Words) -> str:
    return choice_label(name, words) if name in c.SCOPES else name


def idle_rows(report: ReportFigures, words: Words) -> Iterator[IdleText]:
    all_idle = idle_money(report.now.projects)
    for number, found in enumerate(all_idle, 1):
        project, unit = found.project.source.project, found.project.source.unit
        names = (project.name, terms.label_of(project), terms.short(unit))
        yield _idle(found.money, found.idle, str(number), names)
    if len(all_idle) > 1:
        whole = sum((found.money for found in all_idle), Money())
        total = words.of(terms.TOTAL)
        yield _idle(whole, sum((found.idle for found in all_idle), ZERO), "", (total, total, ""))


def _idle(money: Money, idle: Decimal, number: str, names: tuple[str, str, str]) -> IdleText:
    """``names``: of the project, the same with its code on a line, and of its unit."""
    project, label, unit = names
    return IdleText(
        number=number,
        project=project,
        label=label,
        unit=unit,
        budget=w.in_million(money.budget),
        disbursed=w.in_million(money.disbursed),
        committed=w.in_million(money.committed),
        idle=w.in_million(idle),
    )


def idle_total(report: ReportFigures, words: Words) -> str:
    """How much it is together; blank where nothing lies idle."""
    found = idle_money(report.now.projects)
    if not found:
        return ""
    return words.say(
        "idle money",
        "{projects} hold {amount} together",
        projects=words.counted(p.PROJECTS, len(found)),
        amount=p.amount(sum((one.idle for one in found), ZERO), words),
    )
