"""What is to be done now, in the whole office: over all quarters and years, the most urgent first.

Reads the store and looks into the inbox; writes nothing. ``office`` finds what belongs to no quarter, ``periods`` what
each quarter and year-end wants, ``tasks`` says what a task is.
"""

from __future__ import annotations

from plan_tracker.agenda.office import office_tasks
from plan_tracker.agenda.periods import coming_task, next_to_issue, period_tasks, periods_under_way
from plan_tracker.agenda.tasks import Agenda, by_urgency
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


def agenda(workspace: Workspace, store: Store) -> Agenda:
    """All that waits for the officer today."""
    periods, tasks = periods_under_way(store), list(office_tasks(workspace, store))
    issue = next_to_issue(workspace, store)
    tasks += [issue] if issue else []
    for period in periods:
        tasks.extend(period_tasks(workspace, store, period))
    ordered = by_urgency(tasks)
    return Agenda(ordered, None if ordered else coming_task(workspace, store, periods), workspace.today)
