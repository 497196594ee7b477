"""The summary's paragraphs beyond the quarter: what has changed since the last one, and what the year brought."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from plan_tracker.analysis.over_time.changes import Changes
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.i18n import Message, Words

_NAMED = 3  # projects by name in a sentence


def changes(report: ReportFigures, words: Words) -> str:
    """A quarter against the one before; the first has none, and the year-end tells all four."""
    found = report.changes
    if report.period.is_year_end or found is None or not report.now.summary.reported:
        return ""
    quarter, number = found.since.quarter, len(found.compared)
    if not number:
        return words.say(
            "summary",
            "no project reported in both quarters, so that nothing can be compared with quarter {quarter}",
            quarter=quarter,
        )
    return p.joined(
        words.say(
            "summary",
            "compared with quarter {quarter}, in the {projects} that reported in both,",
            quarter=quarter,
            projects=words.counted(p.PROJECTS, number),
        ),
        words.listed(_grown(found, words)),
        _moved(found, words),
        words.say("summary", "{projects} can't be compared", projects=words.counted(p.PROJECTS, found.uncompared))
        if found.uncompared
        else "",
    )


def _grown(found: Changes, words: Words) -> Iterator[str]:
    number = len(found.compared)
    grown: tuple[tuple[Message, Decimal | None, int], ...] = (
        (Message("change", "mean cumulative progress {change}"), found.progress_points, found.progressed),
        (Message("change", "the per cent disbursed {change}"), found.disbursed_points, found.spent),
    )
    for message, points, known in grown:
        if points is not None:
            yield words.of(message, change=p.grown_of(points, known, number, words))


def _moved(found: Changes, words: Words) -> str:
    moved = {
        words.say("change", "newly completed"): len(found.newly_completed),
        words.say("change", "no longer late"): len(found.no_longer_late),
        words.say("change", "newly late"): len(found.newly_late),
    }
    if not any(moved.values()):
        return ""
    return words.say("summary", "projects that are {moved}", moved=p.spread(moved, p.PROJECTS, words))


def year(report: ReportFigures, words: Words) -> str:
    """The year-end's: what was achieved, how the quarters went, what was learnt."""
    if not report.period.is_year_end:
        return ""
    return p.joined(
        *_achieved(report, words), *_quarters(report, words), _outdated(report, words), _lessons(report, words)
    )


def _achieved(report: ReportFigures, words: Words) -> Iterator[str]:
    done = report.completed
    if not any(trend.reported for trend in report.trends.projects):
        return
    if not done:
        yield words.say("summary", "no project was reported as completed this year")
        return
    names = p.named((p.project_name(trend.newest, words) for trend in done), p.PROJECTS, _NAMED, words)
    projects = words.counted(p.PROJECTS, len(done))
    yield words.say("summary", "{projects} were completed this year, {names}", projects=projects, names=names)
    earlier = sum(1 for trend in done if not trend.is_current)
    if earlier:
        projects = words.counted(p.PROJECTS, earlier)
        yield words.say("summary", "{projects} of these by reports before quarter 4", projects=projects)


def _quarters(report: ReportFigures, words: Words) -> Iterator[str]:
    quarters = report.quarters
    progress = p.sequence([(one.period.quarter, one.summary.actual) for one in quarters], words)
    spent = p.sequence(
        [(one.period.quarter, one.summary.spending.overall.disbursed_percent) for one in quarters], words
    )
    if progress:
        yield words.say("summary", "mean cumulative progress as reported: {quarters}", quarters=progress)
    if spent:
        yield words.say("summary", "cumulative disbursement as reported: {quarters}", quarters=spent)
    if (progress or spent) and len({one.summary.reported for one in quarters}) > 1:
        yield words.say("summary", "the number of projects that reported differs from quarter to quarter")
        yield _same(report, words)


def _same(report: ReportFigures, words: Words) -> str:
    """From the first to the last quarter in the projects that reported in all of them."""
    known = [one for one in report.trends.like_for_like if one.reported]
    if not known:
        return ""
    first, last = known[0], known[-1]
    ends = first.actual, last.actual, *(one.spending.overall.disbursed_percent for one in (first, last))
    if None in ends:
        return ""
    before, after, spent_before, spent_after = map(w.percent, ends)
    return words.say(
        "summary",
        "in the {projects} that reported in all of them, progress went from {before} to {after} per cent and "
        "disbursement from {spent_before} to {spent_after} per cent",
        projects=words.counted(p.PROJECTS, known[0].reported),
        before=before,
        after=after,
        spent_before=spent_before,
        spent_after=spent_after,
    )


def _outdated(report: ReportFigures, words: Words) -> str:
    """Projects that reported earlier in the year, and not at its end."""
    known = [trend.newest for trend in report.outdated if trend.last_reported]
    if not known:
        return ""
    return words.say(
        "summary",
        "{projects} reported earlier in the year and not for quarter 4, {names}",
        projects=words.counted(p.PROJECTS, len(known)),
        names=p.named((p.project_name(one, words) for one in known), p.PROJECTS, _NAMED, words),
    )


def _lessons(report: ReportFigures, words: Words) -> str:
    kinds = [lesson.kind for lesson in report.lessons]
    counts = {words.of(name): kinds.count(kind) for kind, name in terms.LESSONS.items()}
    found = p.spread(counts, p.PROBLEMS, words)
    return words.say("summary", "the lessons of the year come from {problems}", problems=found) if found else ""
