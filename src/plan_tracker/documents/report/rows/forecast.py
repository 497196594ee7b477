"""What comes of the plan at its pace: sentences, and a line for each project that ends late or shows no pace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plan_tracker.analysis.over_time.forecast import Forecast, ProjectForecast
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.fiscal import QUARTERS, Period, long_date
from plan_tracker.i18n import Words

_NAMED = 5  # KPIs by name in a sentence


@dataclass(frozen=True, slots=True)
class ForecastRowText:
    """A project that ends later than planned at its pace, or shows none."""

    number: str
    project: str
    unit: str
    planned: str
    actual: str
    planned_end: str
    expected_end: str
    days_late: str


@dataclass(frozen=True, slots=True)
class ForecastText:
    """Sentences, each blank where there is nothing to say; ``error``: how far last quarter's forecast was off."""

    summary: str
    targets: str
    error: str
    rows: tuple[ForecastRowText, ...]


def forecast_text(report: ReportFigures, words: Words) -> ForecastText:
    found = report.forecast
    if found is None:
        return ForecastText("", "", "", ())
    shown = (*found.late, *found.unknown)
    return ForecastText(
        summary=w.bound(p.joined(_money(found, report.now.period, words), _ends(found, words))),
        targets=w.bound(_targets(found, words)),
        error=w.bound(_error(found, words)),
        rows=tuple(_row(one, number, words) for number, one in enumerate(shown, 1)),
    )


def _money(found: Forecast, period: Period, words: Words) -> str:
    if found.spent is None or found.spent_percent is None:
        return ""
    return words.say(
        "forecast",
        "By {day} {spent} will have been disbursed, {percent} per cent of the budget of {budget}.",
        day=long_date(Period(period.fiscal_year, QUARTERS[-1]).last_day, words),
        spent=p.amount(found.spent, words),
        percent=w.percent(found.spent_percent),
        budget=p.amount(found.money.budget, words),
    )


def _ends(found: Forecast, words: Words) -> str:
    if not found.projects:
        return ""
    late, unknown = len(found.late), len(found.unknown)
    open_projects = words.counted(p.PROJECTS, len(found.projects))
    said = {"open": open_projects, "late": words.counted(p.PROJECTS, late)}
    if not late and not unknown:
        return words.say("forecast", "The {open} that go on will end as planned.", **said)
    said["unknown"] = words.counted(p.PROJECTS, unknown)
    if not unknown:
        return words.say("forecast", "Of the {open} that go on, {late} will end later than planned.", **said)
    if not late:
        return words.say("forecast", "Of the {open} that go on, {unknown} show no pace to tell an end from.", **said)
    return words.say(
        "forecast",
        "Of the {open} that go on, {late} will end later than planned, {unknown} show no pace to tell an end from.",
        **said,
    )


def _targets(found: Forecast, words: Words) -> str:
    told = list(_out_of_reach(found, words))
    return words.say("forecast", "Out of reach: {targets}", targets=words.listed(told)) if told else ""


def _out_of_reach(found: Forecast, words: Words) -> Iterator[str]:
    for target in found.targets:
        yield words.say(
            "forecast",
            "disbursement {kind} ({expected} of {target} per cent)",
            kind=words.of(terms.KINDS[target.kind]),
            expected=w.percent(target.expected),
            target=w.percent(target.target),
        )
    for one in found.kpis[:_NAMED]:
        yield words.say(
            "forecast",
            "{name} ({expected} of {target})",
            name=one.kpi.source.kpi.name,
            expected=w.rounded(one.expected),
            target=w.measure(one.target),
        )
    more = len(found.kpis) - _NAMED
    if more > 0:
        yield words.say("forecast", "{kpis} more", kpis=words.counted(p.KPIS, more))


def _error(found: Forecast, words: Words) -> str:
    if found.error is None:
        return ""
    return words.say(
        "forecast",
        "The same forecast of last quarter missed this one's results by {points} points on the average ({projects}).",
        points=w.percent(found.error),
        projects=words.counted(p.PROJECTS, found.checked),
    )


def _row(found: ProjectForecast, number: int, words: Words) -> ForecastRowText:
    project = found.project
    return ForecastRowText(
        number=str(number),
        project=project.source.project.name,
        unit=terms.short(project.source.unit),
        planned=w.percent(project.planned),
        actual=w.percent(project.actual),
        planned_end=w.day(project.ends, words),
        expected_end=w.day(found.ends, words) if found.ends else words.say("forecast", "Can't be told"),
        days_late=w.count(found.days_late) if found.ends else w.DASH,
    )
