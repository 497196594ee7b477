"""What people see of what is to be done now, and of the next step after each command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plan_tracker.cli.terminal import day_text, new_console, say
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.agenda.tasks import Agenda, Task


def show_agenda(found: Agenda) -> None:
    """Every task with its reason and its command, the most urgent first."""
    console = new_console()
    for number, task in enumerate(found.tasks, 1):
        console.print(f"{number}. {_said(task)}", markup=False, style="red" if task.days_late else "", soft_wrap=True)
        if task.why:
            console.print(f"   {task.why}", markup=False, soft_wrap=True)
        console.print(f"   → {task.command}", markup=False, soft_wrap=True)
    if not found.tasks:
        say(_nothing(found))


def show_next(found: Agenda) -> None:
    """The most urgent task in two lines, for the end of what a command says."""
    if found.tasks:
        first = found.tasks[0]
        say(_("Next: {command}").format(command=first.command))
        more = len(found.tasks) - 1
        said = _("  {what}; {count} more with: plantrack") if more else "  {what}"
        say(said.format(what=_said(first), count=more))
    else:
        say(_nothing(found))


def _said(task: Task) -> str:
    if task.days_late:
        return _("{what} (days late: {days})").format(what=task.what, days=task.days_late)
    return _("{what} (by {day})").format(what=task.what, day=day_text(task.due)) if task.due else task.what


def _nothing(found: Agenda) -> str:
    if found.coming is None:
        return _("There is nothing to do now.")
    said = _("There is nothing to do now. On {day}: {what} → {command}")
    return said.format(day=day_text(found.coming.due), what=found.coming.what, command=found.coming.command)
