"""What people see of what is to be done now, and of the next step after each command."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import day_text, say, say_wrapped
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.agenda.tasks import Agenda, Task


def show_agenda(found: Agenda) -> None:
    """Every task with its reason and its command, the most urgent first."""
    show_tasks(found.tasks)
    if not found.tasks:
        _say_nothing(found)


def show_tasks(tasks: Sequence[Task]) -> None:
    """Each with its reason and its command."""
    for number, task in enumerate(tasks, 1):
        say_wrapped(_said(task), f"{number}. ")
        if task.why:
            say_wrapped(task.why, "   ")
        say(f"   → {task.command}")


def show_next(found: Agenda, typed: Collection[str] = ()) -> None:
    """The most urgent task, for the end of what a command says: not the very command whose words were ``typed``."""
    if not found.tasks:
        _say_nothing(found)
        return
    others = [task for task in found.tasks if not set(task.command.split()).issubset(typed)]
    if not others:
        return
    first, more = others[0], len(found.tasks) - 1
    say(_("Next: {command}").format(command=first.command))
    said = _said(first)
    say_wrapped(said + " · " + _("{count} more with: plantrack").format(count=more) if more else said, "  ")


def _said(task: Task) -> str:
    if task.days_late:
        return _("{what} (days late: {days})").format(what=task.what, days=task.days_late)
    return _("{what} (by {day})").format(what=task.what, day=day_text(task.due)) if task.due else task.what


def _say_nothing(found: Agenda) -> None:
    say(_("There is nothing to do now."))
    if found.coming:
        said = _("On {day}: {what}").format(day=day_text(found.coming.due), what=found.coming.what)
        say_wrapped(said, "  ")
        say(f"  → {found.coming.command}")
