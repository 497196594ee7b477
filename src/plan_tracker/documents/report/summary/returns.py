"""The summary's paragraphs on the returns: what the plan holds, who reported of it, who is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.figures.plans import UnitFigures
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents.report import phrases as p
from plan_tracker.fiscal import long_date
from plan_tracker.i18n import Message, Plural, Words

_UNITS_NAMED, _PROJECTS_NAMED = 15, 3


def returns(report: ReportFigures, words: Words) -> str:
    """What the plan holds, and who reported of it."""
    figures = report.now
    name = figures.dataset.plan.name
    if not figures.projects and not figures.kpis:
        period = report.period.title_in(words)
        return p.joined(
            words.say(
                "summary", "{plan} has no projects or KPIs to report on in {period} yet", plan=name, period=period
            )
        )
    return p.joined(
        words.say("summary", "{plan} comprises {contents}", plan=name, contents=_contents(report, words)),
        words.say(
            "summary", "in the responsibility of {units}", units=words.counted(p.UNITS, len(figures.asked_units))
        ),
        *_none_of(report, words),
        words.say("summary", "as of {day}", day=long_date(figures.dataset.data_date, words)),
        *_received(report, words),
    )


def _held(report: ReportFigures) -> tuple[tuple[int, Plural, Message], ...]:
    return (
        (len(report.now.projects), p.PROJECTS, p.ALL_PROJECTS),
        (len(report.now.kpis), p.KPIS, p.ALL_KPIS),
    )


def _contents(report: ReportFigures, words: Words) -> str:
    return words.listed(
        words.say("summary", "{what}: {counted}", what=words.of(what), counted=words.counted(things, number))
        for number, things, what in _held(report)
        if number
    )


def _none_of(report: ReportFigures, words: Words) -> Iterator[str]:
    for number, _things, what in _held(report):
        if not number:
            yield words.say("summary", "without any {what}", what=words.of(what))


def _received(report: ReportFigures, words: Words) -> Iterator[str]:
    figures, summary = report.now, report.now.summary
    came = [unit for unit in figures.units if unit.received]
    quarter, counted = figures.dataset.period.quarter, words.counted(p.UNITS, len(came))
    if not came:
        yield words.say("summary", "no usable return of quarter {quarter} has come from any unit", quarter=quarter)
        return
    if len(came) == len(figures.asked_units):
        everyone = p.complete(len(came), p.UNITS, words)
        yield words.say(
            "summary", "usable returns of quarter {quarter} have come from {units}", quarter=quarter, units=everyone
        )
    else:
        yield words.say(
            "summary",
            "usable returns of quarter {quarter} have come from {units} alone",
            quarter=quarter,
            units=counted,
        )
    if summary.reported and summary.missing:
        yield words.say(
            "summary",
            "covering {projects} {share} of all projects",
            projects=words.counted(p.PROJECTS, summary.reported),
            share=p.share(summary.reported, summary.asked, words),
        )
    elif summary.reported:
        everything = p.complete(summary.reported, p.PROJECTS, words)
        yield words.say("summary", "covering {projects}", projects=everything)
    yield p.coverage(summary.coverage, words)
    yield p.shared(summary.coverage, words)
    yield from _of_note(came, words)


def _of_note(came: Sequence[UnitFigures], words: Words) -> Iterator[str]:
    """Those whose return was waived, and those whose came late."""
    waived = [unit for unit in came if unit.waived_because]
    late = [unit for unit in came if unit.source.days_late and unit.source.state.counts]
    if waived:
        yield words.say("summary", "of which {units} by a recorded decision, {names}", **_units(waived, words))
    if late and waived:
        yield words.say("summary", "and {units} whole only after the deadline, {names}", **_units(late, words))
    elif late:
        yield words.say("summary", "of which {units} whole only after the deadline, {names}", **_units(late, words))


def _units(units: Sequence[UnitFigures], words: Words) -> dict[str, str]:
    return {"units": words.counted(p.UNITS, len(units)), "names": _names(units, words)}


def _names(units: Sequence[UnitFigures], words: Words) -> str:
    """All of them, but for those beyond what two pages hold: the appendix has a row for each."""
    names, more = [unit.source.unit.name for unit in units[:_UNITS_NAMED]], len(units) - _UNITS_NAMED
    if more <= 0:
        return words.say("summary", "namely {names}", names=words.listed(names))
    return words.say(
        "summary",
        "namely {names} and {units} more that appendix A names",
        names=" ".join(names),
        units=words.counted(p.UNITS, more),
    )


def missing(report: ReportFigures, words: Words) -> str:
    """The units whose return is missing, all by name, and projects that a return lacks."""
    figures = report.now
    units = figures.missing_units
    lacking = [project for project in figures.projects if project.is_lacking and project.source.unit_came]
    if not units and not lacking:
        return ""
    return p.joined(
        *(_missing(units, words) if units else ()),
        words.say("summary", "the returns that came lack {projects}", projects=words.counted(p.PROJECTS, len(lacking)))
        if lacking
        else "",
        p.named((p.project_name(one, words) for one in lacking), p.PROJECTS, _PROJECTS_NAMED, words),
        _consequence(report, words),
    )


def _missing(units: Sequence[UnitFigures], words: Words) -> Iterator[str]:
    projects = sum(unit.summary.asked for unit in units)
    kpis = sum(1 for unit in units for kpi in unit.kpis if kpi.outcome is not Outcome.CANCELLED)
    yield words.say("summary", "the returns of {units} are missing, {names}", **_units(units, words))
    responsible = (
        words.say("count", "{name}: {counted}", name=words.of(name), counted=words.counted(things, number))
        for name, things, number in ((p.ALL_PROJECTS, p.PROJECTS, projects), (p.ALL_KPIS, p.KPIS, kpis))
        if number
    )
    yield words.say("summary", "which are responsible for {these}", these=words.listed(responsible))
    being_mended = [unit for unit in units if unit.source.state is State.INCOMPLETE]
    if len(being_mended) == len(units):
        yield words.say("summary", "they have sent them, and are mending them")
    elif being_mended:
        yield words.say(
            "summary", "of which {units} have sent them and are mending them, {names}", **_units(being_mended, words)
        )


def _consequence(report: ReportFigures, words: Words) -> str:
    if any(unit.received for unit in report.now.units):
        return words.say(
            "summary",
            "so that the figures of this report are those of what came alone; what is missing counts as nothing",
        )
    return words.say("summary", "so that this report has no results to show yet; what is missing does not count as 0")
