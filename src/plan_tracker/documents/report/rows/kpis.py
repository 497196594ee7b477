"""KPIs: each with its targets, result and outcome, how many there are of each outcome, and each by quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.analysis.figures.kpis import RARE, KpiFigures, Outcome
from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import terms
from plan_tracker.fiscal import QUARTERS, Period
from plan_tracker.forms.definition.labels import choice_label
from plan_tracker.i18n import Words
from plan_tracker.rounding import half_up


@dataclass(frozen=True, slots=True)
class KpiText:
    """A KPI with its targets, its result, and what came of it."""

    number: str
    code: str
    name: str
    unit: str
    measure: str
    direction: str
    target: str
    quarter_target: str
    result: str
    percent: str
    outcome: str
    waived: str
    reported: bool
    details: str
    computed: str  # what follows from the projects, and how the result stands to it; blank where nothing does


@dataclass(frozen=True, slots=True)
class OutcomeText:
    """How many KPIs have an outcome."""

    name: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomesText:
    """How many KPIs there are, and how many of each outcome."""

    total: str
    met: str
    not_met: str
    on_way: str
    not_due: str
    not_rated: str
    unstated: str
    missing: str
    rows: tuple[OutcomeText, ...]


@dataclass(frozen=True, slots=True)
class KpiTrendText:
    """A KPI's results by quarter, and what came of it in the end."""

    name: str
    unit: str
    measure: str
    target: str
    q1: str
    q2: str
    q3: str
    q4: str
    outcome: str
    waived: str


def kpi_row(found: KpiFigures, number: int, of: Period, words: Words) -> KpiText:
    """In the period ``of``."""
    source, entry = found.source, found.source.entry
    return KpiText(
        number=str(number),
        code=source.kpi.code,
        name=source.kpi.name,
        unit=terms.short(source.unit),
        measure=source.kpi.measure,
        direction=choice_label(source.kpi.direction, words),
        target=w.measure(source.kpi.target),
        quarter_target=w.measure(found.target) if found.quarterly else w.DASH,
        result=w.measure(found.result),
        percent=w.percent(found.percent),
        outcome=terms.outcome_of(found.outcome, found.percent, of, words),
        waived=terms.waived_mark(found.waived_because, words),
        reported=entry is not None,
        details=(entry.text("k.details").strip() if entry else terms.cancelled(source.cancelled, words)) or w.DASH,
        computed=computed_text(found, words),
    )


def computed_text(found: KpiFigures, words: Words) -> str:
    """What follows from the projects, of how many, and how the result stands to it; blank where nothing follows."""
    computed = found.computed
    if computed is None:
        return ""
    if computed.value is None:
        return words.say("computed", "Not known, since no project has reported yet")
    figure = words.say(
        "computed",
        "{value} (from {counted} of {asked} projects)",
        value=w.number(half_up(computed.value)),
        counted=computed.counted,
        asked=computed.asked,
    )
    if found.difference is None:
        return figure
    if not found.differs:
        return words.say("computed", "{figure}, as the unit reports", figure=figure)
    points = w.number(half_up(abs(found.difference)))
    if found.difference > 0:
        said = words.say("computed", "{figure}; the unit reports {points} more", figure=figure, points=points)
    else:
        said = words.say("computed", "{figure}; the unit reports {points} less", figure=figure, points=points)
    if not found.explained:
        return words.say("computed", "{said}, and is asked to explain", said=said)
    return words.say("computed", "{said}, and explains: {note}", said=said, note=found.explained)


def outcome_counts(figures: PlanFigures, words: Words) -> OutcomesText:
    counted = {outcome: w.count(figures.outcomes.get(outcome, 0)) for outcome in Outcome}
    names = terms.outcome_names(figures.dataset.period, words)
    shown = {outcome for outcome in names if outcome not in RARE or figures.outcomes.get(outcome)}
    return OutcomesText(
        total=w.count(len(figures.kpis)),
        met=counted[Outcome.MET],
        not_met=counted[Outcome.NOT_MET],
        on_way=counted[Outcome.ON_WAY],
        not_due=counted[Outcome.NOT_DUE],
        not_rated=counted[Outcome.NOT_RATED],
        unstated=counted[Outcome.UNSTATED],
        missing=w.count(figures.outcomes.get(Outcome.MISSING, 0) + figures.outcomes.get(Outcome.WAITING, 0)),
        rows=tuple(OutcomeText(name, counted[outcome]) for outcome, name in names.items() if outcome in shown),
    )


def kpi_trend_rows(report: ReportFigures, words: Words) -> Iterator[KpiTrendText]:
    names = terms.outcome_names(report.period, words)
    for trend in report.trends.kpis:
        q1, q2, q3, q4 = [_results(parts, names) for parts in _of_all_quarters(trend.parts)]
        newest, kpi = trend.newest, trend.newest.source.kpi
        last = trend.figures[-1] if report.period.is_year_end else None
        yield KpiTrendText(
            name=kpi.name,
            unit=terms.short(newest.source.unit),
            measure=kpi.measure,
            target=terms.year_target(kpi.target, last, words),
            q1=q1,
            q2=q2,
            q3=q3,
            q4=q4,
            outcome=terms.outcome_of(newest.outcome, newest.percent, report.period, words),
            waived=terms.waived_mark(newest.waived_because, words),
        )


def _of_all_quarters(parts: Sequence[Sequence[KpiFigures]]) -> list[Sequence[KpiFigures]]:
    """Those of each quarter of the year; none of those to come."""
    return [*parts, *[()] * (len(QUARTERS) - len(parts))]


def _results(parts: Sequence[KpiFigures], names: Mapping[Outcome, str]) -> str:
    """The result of a quarter, or why there is none; of KPIs that have been merged since, that of each."""
    told = [names[one.outcome] if one.result is None else w.measure(one.result) for one in parts]
    return " · ".join(dict.fromkeys(told)) or w.DASH
