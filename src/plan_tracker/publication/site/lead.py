"""What the front page says first of a plan: what happened, what changed since last quarter, what is to be expected.

Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.analysis.figures.plans import PlanFigures, Summary
from plan_tracker.analysis.over_time.changes import Changes
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report.rows.forecast import forecast_text
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import Words
from plan_tracker.rounding import rounded_percent


@dataclass(frozen=True, slots=True)
class LeadText:
    """Sentences; each is blank where there is nothing to say. ``forecast`` says that it is one."""

    results: str
    news: str
    forecast: str


def lead_of(report: ReportFigures, words: Words) -> LeadText:
    told, summary = forecast_text(report, words), report.now.summary
    return LeadText(
        results=_joined(_reported(summary, words), _progress(summary, words), _money(summary, words)),
        news=_joined(_year(report, words) if report.period.is_year_end else _news(report, words)),
        forecast=_joined(told.summary, _ended(told.targets, words), told.error),
    )


def _ended(text: str, words: Words) -> str:
    """With the sign that ends a sentence, where the language has one."""
    return words.say("lead", "{sentence}.", sentence=text) if text else ""


def _joined(*sentences: str) -> str:
    return w.bound(p.joined(*sentences))


def _reported(summary: Summary, words: Words) -> str:
    if not summary.reported:
        return words.say("lead", "None of the {total} has reported.", total=words.counted(p.PROJECTS, summary.total))
    completed, late = summary.in_stage(c.COMPLETED), summary.on_schedule(c.LATE)
    return words.say(
        "lead",
        "{reported} of {total} have reported: {completed}, {late}.",
        reported=w.count(summary.reported),
        total=words.counted(p.PROJECTS, summary.total),
        completed=words.say("lead", "{number} completed", number=w.count(completed))
        if completed
        else words.say("lead", "none is completed yet"),
        late=words.say("lead", "{number} behind plan", number=w.count(late))
        if late
        else words.say("lead", "none is behind plan"),
    )


def _progress(summary: Summary, words: Words) -> str:
    if summary.actual is None or summary.planned is None:
        return ""
    compared = p.against(summary.actual, summary.planned, p.PLAN, words)
    return words.say("lead", "Mean progress is {compared}.", compared=compared)


def _money(summary: Summary, words: Words) -> str:
    money = summary.spending.overall
    if not summary.has_spending or money.disbursed_percent is None:
        return ""
    return words.say(
        "lead",
        "Of {budget}, {disbursed} have been disbursed, {percent} per cent.",
        budget=p.amount(money.budget, words),
        disbursed=p.amount(money.disbursed, words),
        percent=w.percent(money.disbursed_percent),
    )


def _news(report: ReportFigures, words: Words) -> str:
    found = report.changes
    if found is None:
        return words.say("lead", "This is the first quarter of the year: there is none to compare it with.")
    quarter = found.since.quarter
    if not found.compared:
        return words.say(
            "lead", "No project reported in quarter {quarter}, too, so that nothing can be compared.", quarter=quarter
        )
    return words.say(
        "lead",
        "Since quarter {quarter}, in the {projects} that reported in both: {changes}.",
        quarter=quarter,
        projects=words.counted(p.PROJECTS, len(found.compared)),
        changes=words.listed(_changes(found, words)),
    )


def _changes(found: Changes, words: Words) -> Iterator[str]:
    known = len(found.compared)
    if found.progress_points is not None:
        grown = p.grown_of(found.progress_points, found.progressed, known, words)
        yield words.say("lead", "mean progress {change}", change=grown)
    if found.disbursed_points is not None:
        grown = p.grown_of(found.disbursed_points, found.spent, known, words)
        yield words.say("lead", "the per cent disbursed {change}", change=grown)
    moved = {
        words.say("change", "newly completed"): len(found.newly_completed),
        words.say("change", "no longer late"): len(found.no_longer_late),
        words.say("change", "newly late"): len(found.newly_late),
    }
    for name, number in moved.items():
        if number:
            yield words.say("lead", "{projects} {moved}", projects=words.counted(p.PROJECTS, number), moved=name)


def _year(report: ReportFigures, words: Words) -> str:
    """From the first quarter that told to the last."""
    done = words.counted(p.PROJECTS, len(report.completed))
    parts = [
        words.say("lead", "{projects} completed", projects=done)
        if report.completed
        else words.say("lead", "no project was completed")
    ]
    progress = _from_to(
        report.quarters, [one.summary.actual for one in report.quarters], words.say("lead", "mean progress"), words
    )
    spent = [one.summary.spending.overall.disbursed_percent for one in report.quarters]
    money = _from_to(report.quarters, spent, words.say("lead", "the per cent disbursed"), words)
    return words.say("lead", "In the course of the year: {changes}.", changes=words.listed([*parts, *progress, *money]))


def _from_to(quarters: tuple[PlanFigures, ...], values: list[Decimal | None], name: str, words: Words) -> Iterator[str]:
    known = [(one.period.quarter, value) for one, value in zip(quarters, values, strict=True) if value is not None]
    if len(known) < 2 or rounded_percent(known[0][1]) == rounded_percent(known[-1][1]):
        return
    yield words.say(
        "lead",
        "{name} from {before} per cent in quarter {first} to {after} per cent in quarter {last}",
        name=name,
        before=w.percent(known[0][1]),
        first=known[0][0],
        after=w.percent(known[-1][1]),
        last=known[-1][0],
    )
