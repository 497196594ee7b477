"""The summary's paragraphs on problems, and on the projects that are to be followed closely."""

from __future__ import annotations

from collections.abc import Mapping

from plan_tracker.analysis.concerns.attention import Attention, Reason
from plan_tracker.analysis.figures.problems import ProblemStatus
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.i18n import THAI, Words

_WORST = 3  # projects in need of attention that the summary names


def problems(report: ReportFigures, words: Words = THAI) -> str:
    """Where problems stand; by standing only where there is a quarter to look back on."""
    if not report.now.summary.reported:
        return _unknown(report, words)
    standings = report.standings
    stated = sum(number for standing, number in standings.items() if standing.is_open)
    looks_back = any(one.summary.reported for one in report.quarters[:-1])
    return p.joined(
        _stated(report, stated, words),
        _split(standings, words) if stated and looks_back else "",
        _solved(report, words),
        _unknown(report, words),
        _dropped(report, words),
    )


def _dropped(report: ReportFigures, words: Words) -> str:
    number = report.standings[ProblemStatus.DROPPED]
    problems = words.counted(p.PROBLEMS, number)
    return (
        words.say("summary", "{problems} stood when their projects were cancelled", problems=problems) if number else ""
    )


def _stated(report: ReportFigures, stated: int, words: Words) -> str:
    if not stated:
        return words.say("summary", "the reported projects report no problem or obstacle")
    projects = sum(1 for project in report.now.projects if project.problems)
    return words.say(
        "summary",
        "{projects} report problems and obstacles, {problems} in all",
        projects=words.counted(p.PROJECTS, projects),
        problems=words.counted(p.PROBLEMS, stated),
    )


def _split(standings: Mapping[ProblemStatus, int], words: Words) -> str:
    """New, continuing and recurring; all of one kind in one word."""
    counts = {
        words.say("summary", "new"): standings[ProblemStatus.NEW],
        words.say("summary", "continuing"): standings[ProblemStatus.CONTINUING],
        words.say("summary", "recurring"): standings[ProblemStatus.RECURRING],
    }
    sole = p.only(counts)
    if sole:
        return words.say("summary", "all of them {standing}", standing=sole)
    return words.say("summary", "these are {standings}", standings=p.spread(counts, p.PROBLEMS, words))


def _solved(report: ReportFigures, words: Words) -> str:
    if report.period.is_year_end:
        number = sum(1 for told in report.problems if told.history.standing in (None, ProblemStatus.SOLVED))
        solved = words.counted(p.PROBLEMS, number)
        return words.say("summary", "{problems} of the year have been solved", problems=solved) if number else ""
    number = report.standings[ProblemStatus.SOLVED]
    solved = words.counted(p.PROBLEMS, number)
    return words.say("summary", "{problems} of last quarter have been solved", problems=solved) if number else ""


def _unknown(report: ReportFigures, words: Words) -> str:
    unmentioned = sum(1 for told in report.problems if told.is_unmentioned)
    unreported = report.standings[ProblemStatus.UNKNOWN] - unmentioned
    said = []
    if unreported:
        problems = words.counted(p.PROBLEMS, unreported)
        said.append(words.say("summary", "{problems} since no report has come", problems=problems))
    if unmentioned:
        problems = words.counted(p.PROBLEMS, unmentioned)
        said.append(words.say("summary", "{problems} since the report does not mention them", problems=problems))
    if not said:
        return ""
    if said[1:]:
        both = words.say("summary", "{some} and another {others}", some=said[0], others=said[1])
        return words.say(
            "summary", "of problems reported earlier it is unknown how they stand: {problems}", problems=both
        )
    return words.say(
        "summary", "of problems reported earlier it is unknown how they stand: {problems}", problems=said[0]
    )


def attention(report: ReportFigures, words: Words) -> str:
    """How many there are, and the worst with their reasons. Missing returns have a paragraph of their own."""
    found = [one for one in report.attention if one.project.reported]
    if not found:
        return ""
    absent = len(report.attention) - len(found)
    counted = words.say("summary", "there are {projects}", projects=words.counted(p.PROJECTS, len(report.attention)))
    worst = [_named(one, words) for one in found[:_WORST]]
    return p.joined(
        counted,
        _absent(absent, len(found), words) if absent else "",
        _first(len(found), absent, words),
        words.say("summary", "namely"),
        *p.enumerated(worst, words),
    )


def _named(found: Attention, words: Words) -> str:
    """``โครงการก (กองกลาง) ซึ่งล่าช้ากว่าแผน (แผนร้อยละ 60.00 ผลร้อยละ 35.00 ต่ำกว่าแผน 25.00 จุด)``."""
    reasons = words.listed(terms.reasons_of(found, words))
    named = words.say("summary", "{project}, {reasons}", project=p.project_name(found.project, words), reasons=reasons)
    figures = _plan_and_result(found, words)
    return words.say("summary", "{project} ({figures})", project=named, figures=figures) if figures else named


def _plan_and_result(found: Attention, words: Words) -> str:
    """With the gap, unless a reason tells it; blank where one of them is unknown."""
    project, behind = found.project, found.project.behind
    if behind is None:
        return ""
    told = {"planned": w.percent(project.planned), "actual": w.percent(project.actual)}
    if not behind or any(why.reason is Reason.FAR_BEHIND for why in found.reasons):
        return words.say("summary", "plan {planned}, result {actual} per cent", **told)
    gap = w.percent(abs(behind))
    if behind > 0:
        return words.say("summary", "plan {planned}, result {actual} per cent, {gap} points below", gap=gap, **told)
    return words.say("summary", "plan {planned}, result {actual} per cent, {gap} points above", gap=gap, **told)


def _absent(absent: int, reported: int, words: Words) -> str:
    groups = {
        words.say("summary", "projects that have not reported"): absent,
        words.say("summary", "projects that have reported"): reported,
    }
    return words.say("summary", "which are {groups}", groups=p.spread(groups, p.PROJECTS, words))


def _first(reported: int, absent: int, words: Words) -> str:
    if reported <= _WORST:
        return ""
    if absent:
        return words.say("summary", "the first {number} of those that have reported", number=_WORST)
    return words.say("summary", "the first {number}", number=_WORST)
