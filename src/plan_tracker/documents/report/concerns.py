"""What executives should know of beside the figures: projects that need attention, and the problems told of.

From the figures of reports, plain data; nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.analysis.attention import Attention
from plan_tracker.analysis.problems import Standing
from plan_tracker.analysis.report import ProjectProblem, ReportFigures
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import storyrows
from plan_tracker.documents.wording import clipped

_LONGEST = 160  # characters of a problem; the report has all of it
_LASTING_FIRST = (Standing.CONTINUING, Standing.RECURRING, Standing.NEW)


@dataclass(frozen=True, slots=True)
class Concerns:
    """A sentence each, the weightiest first; of the problems, one of each project before the second of any.

    ``absent`` counts the projects whose report has not come, which need attention beside those of ``attention``.
    """

    attention: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    absent: int = 0


NO_CONCERNS = Concerns()


def concerns_of(reports: Sequence[ReportFigures]) -> Concerns:
    """Of all ``reports`` together; a project that stands in two plans counts once."""
    found = _in_need(reports)
    needy = _reported(found)
    problems = weightiest_problems(reports)
    return Concerns(tuple(map(_attention, needy)), tuple(map(_problem, problems)), len(found) - len(needy))


def weightiest_problems(reports: Sequence[ReportFigures]) -> list[ProjectProblem]:
    """The problems that are open, those of projects in need first, then what has lasted; one of each project first."""
    rank = {one.project.source.project.code: i for i, one in enumerate(_reported(_in_need(reports)))}
    told = {
        (one.project.source.project.code, one.story.problem.problem): one
        for report in reports
        for one in report.problems
        if one.story.standing and one.story.standing.is_open
    }
    return _spread(sorted(told.values(), key=lambda one: _weight(one, rank.get(one.project.source.project.code))))


def _in_need(reports: Sequence[ReportFigures]) -> dict[str, Attention]:
    return {one.project.source.project.code: one for report in reports for one in report.attention}


def _reported(found: Mapping[str, Attention]) -> list[Attention]:
    """The worst first."""
    return sorted((one for one in found.values() if one.project.reported), key=lambda one: one.order)


def _spread(stories: Iterable[ProjectProblem]) -> list[ProjectProblem]:
    """The first of each project, then the others, in their order."""
    told: set[str] = set()
    first: list[ProjectProblem] = []
    later: list[ProjectProblem] = []
    for story in stories:
        code = story.project.source.project.code
        (later if code in told else first).append(story)
        told.add(code)
    return first + later


def _weight(told: ProjectProblem, rank: int | None) -> tuple[bool, int, int]:
    """Problems of projects in need first, then what has lasted."""
    assert told.story.standing is not None
    return rank is None, _LASTING_FIRST.index(told.story.standing), rank or 0


def _attention(found: Attention) -> str:
    return f"{p.project_name(found.project)} {storyrows.attention(found)['reasons']}"


def _problem(told: ProjectProblem) -> str:
    problem = told.story.problem
    remedy = f" เสนอแนวทางแก้ไขคือ {clipped(problem.recommendation, _LONGEST)}" if problem.recommendation else ""
    return f"{p.project_name(told.project)} {clipped(problem.problem, _LONGEST)}{remedy}"
