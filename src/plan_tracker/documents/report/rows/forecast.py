"""What comes of the plan at its pace: sentences, and a line for each project that ends late or shows no pace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from plan_tracker.analysis.over_time.forecast import Forecast, KpiForecast, ProjectForecast
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.documents.report.summary.forecast import expected
from plan_tracker.i18n import Words

_NAMED = 5  # KPIs by name in a sentence


@dataclass(frozen=True, slots=True)
class ForecastRowText:
    """A project that ends later than planned at its pace, or shows none; ``label``: code and name on one line."""

    number: str
    project: str
    label: str
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
        summary=w.bound(expected(found, report.now.period, words)),
        targets=w.bound(_targets(found, words)),
        error=w.bound(_error(found, words)),
        rows=tuple(_row(one, number, words) for number, one in enumerate(shown, 1)),
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
            expected=_expected(one),
            target=w.measure(one.target),
        )
    more = len(found.kpis) - _NAMED
    if more > 0:
        yield words.say("forecast", "{kpis} more", kpis=words.counted(p.KPIS, more))


def _expected(found: KpiForecast) -> str:
    """No finer than target and result are, and never rounded up to a target that is out of reach."""
    places = max(_places(found.target), _places(found.result))
    return w.number(found.expected.quantize(Decimal(1).scaleb(-places), ROUND_FLOOR))


def _places(value: Decimal) -> int:
    """The decimals of ``value``, two at the most."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return min(2, max(0, -exponent))


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
        label=terms.label_of(project.source.project),
        unit=terms.short(project.source.unit),
        planned=w.percent(project.planned),
        actual=w.percent(project.actual),
        planned_end=w.day(project.ends, words),
        expected_end=w.day(found.ends, words) if found.ends else words.say("forecast", "Can't be told"),
        days_late=w.count(found.days_late) if found.ends else w.DASH,
    )
