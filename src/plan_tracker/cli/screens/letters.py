"""What people see of letters and orders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.terminal import console_on, new_table, state_text
from plan_tracker.fiscal import spoken_date
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.steps.collect.remind import Reminder
    from plan_tracker.steps.decide.orders import OrderLine
    from plan_tracker.steps.report.circulate import Circulated
    from plan_tracker.store import Letter


def show_reminders(written: Sequence[Reminder], *, to_stderr: bool, dry_run: bool) -> None:
    console = console_on(to_stderr=to_stderr)
    if not written:
        console.print(_("No unit is late: there is nobody to remind."))
        return
    table = new_table(_("Unit"), _("Days late"), _("Reminder"), _("Letter"))
    for reminder in written:
        table.add_row(reminder.unit, str(reminder.days_late), str(reminder.time), reminder.path.rpartition("/")[2])
    console.print(table)
    _show_folders([reminder.path for reminder in written], to_stderr=to_stderr, dry_run=dry_run)


def show_written(written: Sequence[Letter], *, to_stderr: bool, dry_run: bool) -> None:
    console = console_on(to_stderr=to_stderr)
    if not written:
        console.print(_("There is no letter to write."))
        return
    table = new_table(_("Kind"), _("To"), _("Letter"))
    for letter in written:
        table.add_row(letter.kind, letter.unit, letter.path.rpartition("/")[2])
    console.print(table)
    _show_folders([letter.path for letter in written], to_stderr=to_stderr, dry_run=dry_run)


def show_circulated(circulated: Circulated, *, to_stderr: bool, dry_run: bool) -> None:
    show_written(circulated.letters, to_stderr=to_stderr, dry_run=dry_run)
    said = (
        _("The figures are those of what counts now; no report has been made yet.")
        if circulated.report is None
        else _("The figures are those of the report number {number}.").format(number=circulated.report)
    )
    console_on(to_stderr=to_stderr).print(said)


def _show_folders(paths: Sequence[str], *, to_stderr: bool, dry_run: bool) -> None:
    text = _("Would write {count} letters in {folder}") if dry_run else _("{count} letters are in {folder}")
    for folder, count in Counter(path.rpartition("/")[0] for path in paths).items():
        console_on(to_stderr=to_stderr).print(text.format(count=count, folder=folder), markup=False, soft_wrap=True)


def show_letters(letters: Sequence[Letter], *, to_stderr: bool) -> None:
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    if not letters:
        console.print(_("No letter has been written yet."))
        return
    table = new_table(_("Period"), _("Kind"), _("To"), _("State"), _("Number"), _("Date"), _("Letter"))
    for letter in letters:
        day = spoken_date(letter.day) if letter.day else ""
        name = Text(letter.path.rpartition("/")[2])
        table.add_row(
            letter.period.name, letter.kind, letter.unit, state_text(letter.state), Text(letter.number), day, name
        )
    console.print(table)


def show_numbered(letter: Letter, twins: Sequence[Letter], *, to_stderr: bool, dry_run: bool) -> None:
    """What was recorded, and which other letters have the same number."""
    text = (
        _("Would record: {kind} to {unit} is number {number} of {date}: {path}")
        if dry_run
        else _("Recorded: {kind} to {unit} is number {number} of {date}: {path}")
    )
    day = spoken_date(letter.day) if letter.day else ""
    console = console_on(to_stderr=to_stderr)
    console.print(
        text.format(kind=letter.kind, unit=letter.unit, number=letter.number, date=day, path=letter.path),
        markup=False,
    )
    if twins:
        named = ", ".join(f"{twin.kind} {twin.unit}" for twin in twins)
        console.print(
            "! " + _("{number} is also the number of: {letters}").format(number=letter.number, letters=named),
            markup=False,
            style="yellow",
        )


def show_orders(lines: Sequence[OrderLine], *, to_stderr: bool) -> None:
    from rich.text import Text

    console = console_on(to_stderr=to_stderr)
    if not lines:
        console.print(_("There are no orders."))
        return
    table = new_table(_("Order"), _("State"), _("Given"), _("Due"), _("Text"), _("What was done"))
    for line in lines:
        order = line.order
        said = [f"{unit}: {line.answers.get(unit, '–')}" for unit in order.units]
        closed = [order.because] if order.because else []
        days = spoken_date(order.day), spoken_date(order.due)
        table.add_row(
            f"{order.code} {order.period.name}",
            state_text(line.state),
            *days,
            Text(order.text),
            Text("\n".join(said + closed)),
        )
    console.print(table)
