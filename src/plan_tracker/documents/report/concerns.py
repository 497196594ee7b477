"""What executives should know of beside the figures: projects that need attention, and the problems told of.

From the figures of reports, plain data; nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.analysis.concerns.attention import Attention
from plan_tracker.analysis.figures.problems import ProblemStatus
from plan_tracker.analysis.report import ProjectProblem, ReportFigures
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.documents.wording import clipped
from plan_tracker.i18n import THAI, Words

_LONGEST = 160  # characters of a problem; the report has all of it
_LASTING_FIRST = (ProblemStatus.CONTINUING, ProblemStatus.RECURRING, ProblemStatus.NEW)


@dataclass(frozen=True, slots=True)
class Concerns:
    """A sentence each, the weightiest first; of the problems, one of each project before the second of any.

    ``absent`` counts the projects whose report has not come, which need attention beside those of ``attention``.
    """

    attention: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    absent: int = 0


NO_CONCERNS = Concerns()


def concerns_of(reports: Sequence[ReportFigures], words: Words = THAI) -> Concerns:
    """Of all ``reports`` together; a project that stands in two plans counts once."""
    found = _in_need(reports)
    needy = _reported(found)
    problems = weightiest_problems(reports)
    return Concerns(
        tuple(_attention(one, words) for one in needy),
        tuple(_problem(one, words) for one in problems),
        len(found) - len(needy),
    )


def weightiest_problems(reports: Sequence[ReportFigures]) -> list[ProjectProblem]:
    """The problems that are open, those of projects in need first, then what has lasted; one of each project first."""
    rank = {one.project.source.project.code: i for i, one in enumerate(_reported(_in_need(reports)))}
    told = {
        (one.project.source.project.code, one.history.problem.problem): one
        for report in reports
        for one in report.problems
        if one.history.standing and one.history.standing.is_open
    }
    return _spread(sorted(told.values(), key=lambda one: _weight(one, rank.get(one.project.source.project.code))))


def _in_need(reports: Sequence[ReportFigures]) -> dict[str, Attention]:
    return {one.project.source.project.code: one for report in reports for one in report.attention}


def _reported(found: Mapping[str, Attention]) -> list[Attention]:
    """The worst first."""
    return sorted((one for one in found.values() if one.project.reported), key=lambda one: one.order)


def _spread(found: Iterable[ProjectProblem]) -> list[ProjectProblem]:
    """The first of each project, then the others, in their order."""
    told: set[str] = set()
    first: list[ProjectProblem] = []
    later: list[ProjectProblem] = []
    for one in found:
        code = one.project.source.project.code
        (later if code in told else first).append(one)
        told.add(code)
    return first + later


def _weight(told: ProjectProblem, rank: int | None) -> tuple[bool, int, int]:
    """Problems of projects in need first, then what has lasted."""
    assert told.history.standing is not None
    return rank is None, _LASTING_FIRST.index(told.history.standing), rank or 0


def _attention(found: Attention, words: Words) -> str:
    return f"{p.project_name(found.project, words)} {', '.join(terms.reasons_of(found, words))}"


def _problem(told: ProjectProblem, words: Words) -> str:
    problem = told.history.problem
    said = f"{p.project_name(told.project, words)} {clipped(problem.problem, _LONGEST)}"
    if not problem.recommendation:
        return said
    remedy = clipped(problem.recommendation, _LONGEST)
    return words.say("problem", "{problem}; proposed remedy: {remedy}", problem=said, remedy=remedy)
