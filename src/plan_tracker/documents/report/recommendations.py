"""What a unit is recommended to do (R11): sentences for its circulation letter, drawn from its own figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.figures.kpis import KpiFigures, Outcome
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI, Message, Words
from plan_tracker.rounding import half_up

FAR_BEHIND = Decimal(10)  # points behind plan that are worth a sentence, whatever the unit says of its schedule


def recommendations(
    plans: Sequence[PlanFigures],
    code: str,
    state: State,
    pending: int,
    *,
    waived: str = "",
    closed: bool = False,
    words: Words = THAI,
) -> list[str]:
    """For the unit ``code``: what its return lacks as it stands now, then its projects and KPIs as in ``plans``.

    ``state`` is the return's, ``pending`` its findings that are still open, ``waived`` the places in it that were taken
    as they are; ``closed``: returns are not taken any more.
    """
    units = [unit for figures in plans for unit in figures.units if unit.source.unit.code == code]
    projects = {one.source.project.code: one for unit in units for one in unit.projects}
    kpis = {one.source.kpi.code: one for unit in units for one in unit.kpis}
    ended = _ended_year(plans)
    return [
        *(_of_closed(state, waived, words) if closed else _of_return(state, pending, waived, words)),
        *(said for project in projects.values() for said in _of_project(project, ended, words)),
        *_of_kpis(kpis.values(), ended, words),
    ]


def _ended_year(plans: Sequence[PlanFigures]) -> int:
    """The fiscal year of the figures where that is over; else 0."""
    last = max((figures.dataset.period for figures in plans), default=None)
    return last.fiscal_year if last and last.ends_year else 0


def _of_return(state: State, pending: int, waived: str, words: Words) -> Iterator[str]:
    if state is State.INCOMPLETE and not pending:  # what counts was handed over from another unit
        yield words.say("recommendation", "send soon what of the return has not come yet")
    elif state is State.INCOMPLETE:
        entries = words.counted(p.ENTRIES, pending)
        yield words.say("recommendation", "mend or confirm {entries} more of the list of corrections", entries=entries)
    elif state is State.WAIVED and waived:
        yield words.say(
            "recommendation", "mend in the next return what was taken with reservations, namely {places}", places=waived
        )
    elif state is State.WAIVED:
        yield words.say("recommendation", "mend in the next return what was taken with reservations")
    elif state is State.ISSUED:
        yield words.say("recommendation", "send the return, which has not come yet, soon")


def _of_closed(state: State, waived: str, words: Words) -> Iterator[str]:
    if state is State.INCOMPLETE:
        yield words.say(
            "recommendation", "the return is incomplete or faulty, and has not been counted; send the next one whole"
        )
    elif state is State.ISSUED:
        yield words.say("recommendation", "no return was sent; send the next one whole, within its time")
    else:
        yield from _of_return(state, 0, waived, words)


def _of_project(project: ProjectFigures, ended: int, words: Words) -> Iterator[str]:
    name = words.say(
        "recommendation", "project {name}", name=_without(project.source.project.name, p.ALL_PROJECTS, words)
    )
    if project.stage == c.SUSPENDED:
        yield words.say(
            "recommendation", "{project} is slowed down or suspended; decide how and when it goes on", project=name
        )
    elif _is_late(project):
        yield _lateness(name, project, ended, words)
    for problem in project.problems:
        parts = {"project": name, "problem": problem.problem, "remedy": problem.recommendation}
        if problem.recommendation:
            yield words.say(
                "recommendation", "{project} has a problem: {problem}; follow the remedy: {remedy}", **parts
            )
        else:
            yield words.say("recommendation", "{project} has a problem: {problem}", **parts)


def _without(name: str, what: Message, words: Words) -> str:
    """A name without the word that says what it is the name of, which stands before it."""
    return name.removeprefix(words.of(what))


def _is_late(project: ProjectFigures) -> bool:
    if project.stage in c.CLOSED_STAGES:
        return False
    far = project.planned is not None and project.actual is not None and project.planned - project.actual >= FAR_BEHIND
    return project.is_late or far


def _lateness(name: str, project: ProjectFigures, ended: int, words: Words) -> str:
    """How late it is; where its figures say otherwise, that first they are to be looked at."""
    if project.planned is None or project.actual is None:
        late = words.say("recommendation", "{project} is behind plan", project=name)
    else:
        parts = {"project": name, "planned": w.percent(project.planned), "actual": w.percent(project.actual)}
        if project.actual == project.planned:
            late = words.say(
                "recommendation",
                "{project} says it is late, but has reached its plan (plan {planned}, result {actual} per cent)",
                **parts,
            )
        elif project.actual > project.planned:
            late = words.say(
                "recommendation",
                "{project} says it is late, but is ahead of its plan (plan {planned}, result {actual} per cent)",
                **parts,
            )
        else:
            late = words.say(
                "recommendation",
                "{project} is behind plan (plan {planned}, result {actual} per cent)",
                **parts,
            )
    is_doubtful = project.behind is not None and project.behind <= 0
    if is_doubtful and ended:
        return words.say(
            "recommendation", "{late}; check the figures, and if it is late, hurry it to completion", late=late
        )
    if is_doubtful:
        return words.say(
            "recommendation", "{late}; check the figures, and if it is late, hurry it back to its plan", late=late
        )
    if ended:
        return words.say("recommendation", "{late}; hurry it to completion", late=late)
    return words.say("recommendation", "{late}; hurry it back to its plan", late=late)


def _of_kpis(kpis: Iterable[KpiFigures], ended: int, words: Words) -> Iterator[str]:
    for kpi in kpis:
        yield from _of_difference(kpi, words)
        if kpi.outcome is not Outcome.NOT_MET:
            continue
        parts = {
            "name": _without(kpi.source.kpi.name, p.ALL_KPIS, words),
            "target": w.measure(kpi.target),
            "result": w.measure(kpi.result),
            "year": ended + 1,
        }
        if ended:
            yield words.say(
                "recommendation",
                "KPI {name} was not met (target {target}, result {result}); find out why, for fiscal year {year}",
                **parts,
            )
        else:
            yield words.say(
                "recommendation",
                "KPI {name} is not met yet (target {target}, result {result}); hurry to meet it within the year",
                **parts,
            )


def _of_difference(kpi: KpiFigures, words: Words) -> Iterator[str]:
    if kpi.differs and not kpi.explained and kpi.computed and kpi.computed.value is not None:
        yield words.say(
            "recommendation",
            "KPI {name}: the result of {result} is not the {computed} that follows from the projects' reports;"
            " check it, or explain the difference",
            name=_without(kpi.source.kpi.name, p.ALL_KPIS, words),
            result=w.measure(kpi.result),
            computed=w.number(half_up(kpi.computed.value)),
        )
