"""The register of problems across quarters (R22): cause, remedy, owner, and whether each goes on. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.analysis.figures.problems import (
    Problem,
    ProblemHistory,
    problem_histories,
    stated_in,
    stated_together,
)
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.lineage import Lineage
from plan_tracker.merging.past_answers import PastAnswers
from plan_tracker.merging.standing import current_period
from plan_tracker.register import Project
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem of a project; ``history`` has its newest wording, its quarters and how it stands now."""

    project: Project
    history: ProblemHistory


@dataclass(frozen=True, slots=True)
class ProblemRegister:
    """The problems of the year up to ``period``."""

    period: Period
    lines: list[ProblemLine]


def problem_register(
    workspace: Workspace,
    store: Store,
    period: Period | None = None,
    year: int | None = None,
    *,
    everything: bool = False,
) -> ProblemRegister:
    """The problems of the year up to ``period`` (the current one, of ``year``, if none is named), by project.

    Those long over are among them only at the year-end, as in its report, and where ``everything`` is asked for.

    Each quarter speaks by its newest answers that count.
    """
    period = period or current_period(workspace, store, year)
    last = period.quarters[-1].quarter
    quarters = [Period(period.fiscal_year, number) for number in range(1, last + 1)]
    past = PastAnswers(store)
    stated = [(quarter, _stated(past, quarter)) for quarter in quarters]
    cancelled = _cancelled(store, period, past, quarters)
    lines = [
        ProblemLine(project, history)
        for code, project in _projects(store, period, past.lineage).items()
        for history in problem_histories(
            [(quarter, stated_together(said.get(code, ()))) for quarter, said in stated], cancelled.get(code)
        )
        if everything or history.standing or period.is_year_end
    ]
    return ProblemRegister(period, lines)


def _stated(past: PastAnswers, quarter: Period) -> dict[str, list[tuple[Problem, ...] | None]]:
    """What is stated of each project, by its code of now; what was merged since speaks with several voices."""
    found: dict[str, list[tuple[Problem, ...] | None]] = {}
    for code, entry in past.all_of(quarter).items():
        found.setdefault(past.lineage.now(code), []).append(stated_in(entry))
    return found


def _cancelled(store: Store, period: Period, past: PastAnswers, quarters: Sequence[Period]) -> dict[str, Period]:
    """Since which of ``quarters`` a project has been cancelled: by its unit, or, unanswered since, by the register."""
    over, found, answered = store.over_in(period.quarters[-1]), dict[str, Period](), set[str]()
    for quarter in quarters:
        told = {past.lineage.now(code): entry.text("f14.stage") for code, entry in past.all_of(quarter).items()}
        answered |= told.keys()
        for code in answered | over:
            stage = told.get(code, c.CANCELLED if code in over and code in answered else "")
            if stage == c.CANCELLED:
                found.setdefault(code, quarter)
            elif stage:
                found.pop(code, None)
    return found


def _projects(store: Store, period: Period, lineage: Lineage) -> dict[str, Project]:
    """The projects of the year by code: the register's, then those that have left it since."""
    found = dict(store.register_for(period).project_by_code)
    for load in reversed(store.register_loads()):
        register = store.register(load.version) if load.fiscal_year == period.fiscal_year else None
        for project in register.projects if register else ():
            if lineage.now(project.code) == project.code:
                found.setdefault(project.code, project)
    return found
