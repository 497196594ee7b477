"""Problems with where they stand, lessons, and the projects that need attention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plan_tracker.analysis.concerns.attention import Attention
from plan_tracker.analysis.figures.problems import ProblemStatus
from plan_tracker.analysis.report import Lesson, ProjectProblem
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import terms
from plan_tracker.i18n import Words


@dataclass(frozen=True, slots=True)
class ProblemText:
    """A problem stated this quarter, or not any more since the last, with where it stands."""

    unit: str
    project: str
    problem: str
    cause: str
    recommendation: str
    owner: str
    standing: str
    since: str


@dataclass(frozen=True, slots=True)
class StandingsText:
    """How many problems stand where; ``open`` those that are stated in the last quarter."""

    open: str
    new: str
    continuing: str
    recurring: str
    solved: str
    unknown: str


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson: the problem with its cause, and what was recommended."""

    unit: str
    project: str
    kind: str
    text: str
    recommendation: str


@dataclass(frozen=True, slots=True)
class AttentionText:
    """A project in need of attention, and why. ``gap``: result less plan; ``at_risk``: in million baht."""

    unit: str
    project: str
    planned: str
    actual: str
    gap: str
    at_risk: str
    reasons: str


def problem_row(told: ProjectProblem, words: Words) -> ProblemText:
    problem, source = told.history.problem, told.project.source
    return ProblemText(
        unit=terms.short(source.unit),
        project=source.project.name,
        problem=problem.problem,
        cause=problem.cause or w.DASH,
        recommendation=problem.recommendation or w.DASH,
        owner=problem.owner or w.DASH,
        standing=terms.standing_of(told, words),
        since=told.history.first.quarter_in(words),
    )


def standing_counts(standings: Mapping[ProblemStatus, int]) -> StandingsText:
    return StandingsText(
        open=w.count(sum(number for standing, number in standings.items() if standing.is_open)),
        new=w.count(standings[ProblemStatus.NEW]),
        continuing=w.count(standings[ProblemStatus.CONTINUING]),
        recurring=w.count(standings[ProblemStatus.RECURRING]),
        solved=w.count(standings[ProblemStatus.SOLVED]),
        unknown=w.count(standings[ProblemStatus.UNKNOWN]),
    )


def lesson_row(found: Lesson, words: Words) -> LessonText:
    problem, source = found.history.problem, found.project.source
    text = problem.problem
    if problem.cause:
        text = words.say("lesson", "{problem} (cause: {cause})", problem=problem.problem, cause=problem.cause)
    return LessonText(
        unit=terms.short(source.unit),
        project=source.project.name,
        kind=words.of(terms.LESSONS[found.kind]),
        text=text,
        recommendation=problem.recommendation or w.DASH,
    )


def attention_row(found: Attention, words: Words) -> AttentionText:
    project, source = found.project, found.project.source
    return AttentionText(
        unit=terms.short(source.unit),
        project=source.project.name,
        planned=w.percent(project.planned),
        actual=w.percent(project.actual),
        gap=w.signed(None if project.behind is None else -project.behind),
        at_risk=w.in_million(found.at_risk),
        reasons=", ".join(terms.reasons_of(found, words)),
    )
