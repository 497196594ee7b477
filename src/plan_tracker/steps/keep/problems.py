"""The register of problems across quarters (R22): cause, remedy, owner, and whether each goes on. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from plan_tracker.analysis.problems import ProblemHistory, stated_in, tell_stories
from plan_tracker.fiscal import Period
from plan_tracker.register import Project
from plan_tracker.store import Store
from plan_tracker.values import Entry


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem of a project; ``story`` has its newest wording, its quarters and how it stands now."""

    project: Project
    story: ProblemHistory


def problem_register(store: Store, period: Period, *, everything: bool = False) -> list[ProblemLine]:
    """The problems of the year up to ``period``, by project; those long over only where ``everything`` is asked for.

    Each quarter speaks by its units' newest clean returns.
    """
    register = store.register_for(period)
    last = period.quarters[-1].quarter
    quarters = [Period(period.fiscal_year, number) for number in range(1, last + 1)]
    entries = {quarter: _entries(store, quarter) for quarter in quarters}
    return [
        ProblemLine(project, story)
        for project in register.projects
        for story in tell_stories([(quarter, stated_in(entries[quarter].get(project.code))) for quarter in quarters])
        if everything or story.standing
    ]


def _entries(store: Store, period: Period) -> dict[str, Entry]:
    """What counts in the quarter, by project or KPI."""
    found: dict[str, Entry] = {}
    for kept in store.newest_clean(period).values():
        found |= store.entries(kept.id)
    return found
