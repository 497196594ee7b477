"""What each quarter and year-end that is under way wants next, by the manual's steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from plan_tracker.agenda.office import SOON, unread
from plan_tracker.agenda.tasks import Task, days_late
from plan_tracker.due import return_due, step_due
from plan_tracker.fiscal import QUARTERS, YEAR_END, Period
from plan_tracker.i18n import N_, _
from plan_tracker.merging.progress.milestones import MILESTONES, MilestoneStatus, Progress, milestones
from plan_tracker.merging.progress.reminding import days_to_remind, to_remind, was_reminded
from plan_tracker.merging.reports.published import published_on
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace

_CHAIN: Final = ("monitoring", "strategy", "executives")
_WHAT: Final[Mapping[str, str]] = {
    "issue": N_("Issue the forms of {period}"),
    "circulation": N_("Circulate the results of {period}"),
    "report": N_("Write the reports on {period}"),
    "monitoring": N_("Bring the report on {period} before ผอ.กตจ."),
    "strategy": N_("Bring the report on {period} before ผอ.ยศ."),
    "executives": N_("Bring the report on {period} before the executives"),
    "publication": N_("Publish {period}"),
}
Steps = Mapping[str, Progress]  # by the setting of [due] that each has


def periods_under_way(store: Store) -> list[Period]:
    """The quarters that have forms and the year-ends of years that have had their fourth, but for what is published."""
    years = sorted({load.fiscal_year for load in store.register_loads()})
    quarters = [Period(year, quarter) for year in years for quarter in QUARTERS]
    issued = [period for period in quarters if store.form_register_versions(period)]
    ends = [Period(one.fiscal_year, YEAR_END) for one in issued if one.quarter == QUARTERS[-1]]
    return [one for one in sorted([*issued, *ends]) if published_on(store, one) is None]


def period_tasks(workspace: Workspace, store: Store, period: Period) -> Iterator[Task]:
    """What is to be done in ``period`` today."""
    found = milestones(workspace, store, period)
    steps = {milestone.due: step for milestone, step in zip(MILESTONES, found, strict=True) if milestone.due}
    yield from _reminders(workspace, store, period)
    for name in _ready(workspace, steps, period, store):
        yield _task(workspace, store, period, name, steps[name])


def _ready(workspace: Workspace, steps: Steps, period: Period, store: Store) -> Iterator[str]:
    """Which of the steps can be taken now, and are not done."""
    done = {name for name, step in steps.items() if step.standing in (MilestoneStatus.DONE, MilestoneStatus.NOT_ASKED)}
    pressing = {name for name, step in steps.items() if step.due and step.due <= workspace.today + SOON}
    if "issue" not in done and not store.is_closed(period):
        yield "issue"
    if "report" not in done and ("report" in pressing or _has_returns(steps, store, period)):
        yield "report"
    if "report" in done:
        yield from [name for name in _CHAIN if name not in done][:1]
    if "circulation" not in done and "report" in done and "circulation" in pressing:
        yield "circulation"
    if "executives" in done and "publication" not in done:
        yield "publication"


def _has_returns(steps: Steps, store: Store, period: Period) -> bool:
    """Whether all that a report is made from has come."""
    if not period.is_year_end:
        return steps["returns"].standing is MilestoneStatus.DONE
    standings = store.answers.standings(period.quarters[-1])
    return bool(standings) and all(standing.state.counts for standing in standings.values())


def _task(workspace: Workspace, store: Store, period: Period, name: str, step: Progress) -> Task:
    what = _(_WHAT[name]).format(period=period.spoken)
    command, why = step.command, step.detail
    if name in _CHAIN:
        review = store.reviews.review(period)
        command, why = review.next_commands[0], review.stands
    return Task(what, why, command, step.due, step.days_late(workspace.today))


def _reminders(workspace: Workspace, store: Store, period: Period) -> Iterator[Task]:
    """What lies in the inbox may be what is late: it is read before anybody is reminded."""
    if period.is_year_end or store.is_closed(period) or unread(workspace):
        return
    late = [line for line in to_remind(workspace, store, period) if not was_reminded(workspace, store, period, line)]
    if late:
        what = _("Remind the late units of {period}").format(period=period.spoken)
        why = _("{count} units have not sent all that was asked.").format(count=len(late))
        most = max(line.days_late for line in late)
        yield Task(what, why, f"plantrack remind {period.typed}", return_due(workspace.config, period), most)


def next_to_issue(workspace: Workspace, store: Store) -> Task | None:
    """The newest quarter of the configured year whose issue day has come, and that has no forms yet."""
    year = workspace.config.fiscal_year
    newest = store.newest_issued_period(fiscal_year=year)
    open_ = [Period(year, quarter) for quarter in QUARTERS if newest is None or quarter > newest.quarter]
    come = [period for period in open_ if step_due(workspace.config, period, "issue") <= workspace.today]
    if not come or store.register(fiscal_year=year) is None:
        return None
    return _issue(workspace, come[-1])


def coming_task(workspace: Workspace, store: Store, periods: Sequence[Period]) -> Task | None:
    """What comes next, where nothing is to be done today."""
    year = workspace.config.fiscal_year
    newest = store.newest_issued_period(fiscal_year=year)
    unissued = [Period(year, quarter) for quarter in QUARTERS if newest is None or quarter > newest.quarter]
    tasks = [_issue(workspace, period) for period in unissued]
    for period in periods:
        tasks.extend(_coming(workspace, store, period))
    return min((task for task in tasks if _day(task) > workspace.today), key=_day, default=None)


def _coming(workspace: Workspace, store: Store, period: Period) -> Iterator[Task]:
    """What a period under way waits for: its returns, the day to remind those again whose time is over, its steps."""
    if not period.is_year_end and not store.is_closed(period):
        yield _awaited(workspace, period)
        for day in days_to_remind(workspace, store, period):
            what = _("Remind the late units of {period}").format(period=period.spoken)
            yield Task(what, "", f"plantrack remind {period.typed}", day)
    for milestone, step in zip(MILESTONES, milestones(workspace, store, period), strict=True):
        if milestone.due in _WHAT and milestone.due != "issue" and step.command:
            yield _task(workspace, store, period, milestone.due, step)


def _day(task: Task) -> date:
    return task.due or date.min


def _issue(workspace: Workspace, period: Period) -> Task:
    due = step_due(workspace.config, period, "issue")
    early = " --early" if workspace.today < period.first_day else ""
    said = _WHAT["issue"]
    what = _(said).format(period=period.spoken)
    why = _("Its issue day is a setting: [due] in config.toml.")
    return Task(what, why, f"plantrack issue-forms {period.typed}{early}", due, days_late(due, workspace.today))


def _awaited(workspace: Workspace, period: Period) -> Task:
    due = return_due(workspace.config, period)
    return Task(_("Returns of {period} are due").format(period=period.spoken), "", "plantrack ingest", due)
