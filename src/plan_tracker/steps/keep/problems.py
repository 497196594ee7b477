"""The register of problems across quarters (R22): cause, remedy, owner, and whether each goes on. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.analysis.problems import ProblemHistory, problem_histories, stated_in
from plan_tracker.fiscal import Period
from plan_tracker.merging.standing import current_period, registered
from plan_tracker.register import Project
from plan_tracker.store import Store
from plan_tracker.values import Entry
from plan_tracker.workspace import Workspace


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

    Those long over are among them only where ``everything`` is asked for.

    Each quarter speaks by its newest answers that count.
    """
    period = period or current_period(workspace, store, year)
    last = period.quarters[-1].quarter
    quarters = [Period(period.fiscal_year, number) for number in range(1, last + 1)]
    entries = {quarter: _entries(store, quarter) for quarter in quarters}
    lines = [
        ProblemLine(project, history)
        for project in _projects(store, quarters)
        for history in problem_histories(
            [(quarter, stated_in(entries[quarter].get(project.code))) for quarter in quarters]
        )
        if everything or history.standing
    ]
    return ProblemRegister(period, lines)


def _projects(store: Store, quarters: Sequence[Period]) -> list[Project]:
    """Every project of the year so far as last known, those that the newest load still has first."""
    newest = store.register_for(quarters[-1])
    versions = {version for quarter in quarters for version in store.form_register_versions(quarter).values()}
    loads = [newest, *(registered(store, version) for version in sorted(versions, reverse=True))]
    found: dict[str, Project] = {}
    for load in loads:
        found = found | {code: project for code, project in load.project_by_code.items() if code not in found}
    return list(found.values())


def _entries(store: Store, period: Period) -> dict[str, Entry]:
    """What counts in the quarter, by project or KPI."""
    found: dict[str, Entry] = {}
    for standing in store.answers.standings(period).values():
        found |= store.answers.counting_entries(standing)
    return found
