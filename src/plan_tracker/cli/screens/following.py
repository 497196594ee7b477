"""What people see of the nine steps and the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from plan_tracker.cli.terminal import console_on, new_table, state_text
from plan_tracker.fiscal import spoken_date
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.fiscal import Period
    from plan_tracker.merging.progress import Progress
    from plan_tracker.steps.keep.problems import ProblemLine


def show_steps(steps: Sequence[Progress], *, to_stderr: bool) -> None:
    """The nine steps of the manual, and the command that is next."""
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    table = new_table("#", _("Step"), _("State"), _("Due"), _("Detail"))
    for step in steps:
        table.add_row(str(step.step), step.name, state_text(step.standing), _day(step.due), Text(step.detail))
    console.print(table)
    following = next((step for step in steps if step.command and step.standing != "done"), None)
    if following:
        console.print(_("Next: {command}").format(command=following.command), markup=False)


def show_calendar(found: Sequence[tuple[Period, Sequence[Progress]]], today: date, *, to_stderr: bool) -> None:
    """Per period: by when, what, and how it stands."""
    console = console_on(to_stderr=to_stderr)
    for period, steps in found:
        table = new_table(_("Due"), "#", _("Step"), _("State"), _("Done on"), _("Days late"), title=period.spoken)
        for step in steps:
            if step.standing == "not asked":
                continue
            late = str(step.days_late(today) or "")
            table.add_row(
                _day(step.due), str(step.step), step.name, state_text(step.standing), _day(step.done_on), late
            )
        console.print(table)
    behind = [step for _period, steps in found for step in steps if step.standing == "late"]
    console.print(
        _("{count} are late as of {today}. Due dates are settings: [due] in config.toml.").format(
            count=len(behind), today=spoken_date(today)
        ),
        markup=False,
    )


def _day(day: date | None) -> str:
    return spoken_date(day) if day else ""


def show_problems(period: Period, found: Sequence[ProblemLine], *, to_stderr: bool) -> None:
    """Each problem: since when, how it stands, its cause and remedy, whose it is."""
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    if not found:
        console.print(_("No problem has been told yet."))
        return
    table = new_table(_("Project"), _("State"), _("Since"), _("Problem"), title=period.spoken)
    for line in found:
        story, problem = line.story, line.story.problem
        details = ((_("Cause"), problem.cause), (_("Remedy"), problem.recommendation), (_("Owner"), problem.owner))
        said = "\n".join([problem.problem, *(f"{name}: {text}" for name, text in details if text)])
        place = f"{line.project.code} {line.project.unit}"
        table.add_row(place, state_text(story.standing or "earlier"), story.first.name, Text(said))
    console.print(table)
