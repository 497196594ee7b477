"""What people see of letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from plan_tracker.cli.console.terminal import (
    MOST_LINES,
    day_text,
    in_short,
    new_console,
    new_table,
    say,
    say_more,
    state_text,
)
from plan_tracker.fiscal import spoken_date
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.steps.collect.remind import WrittenReminder
    from plan_tracker.steps.keep.letter_batches import NumberBatch
    from plan_tracker.steps.keep.letters import NumberedLetter
    from plan_tracker.steps.report.circulate import Circulated
    from plan_tracker.store import Letter


def show_reminders(written: Sequence[WrittenReminder], *, dry_run: bool) -> None:
    console = new_console()
    if not written:
        console.print(_("No unit is late: there is nobody to remind."))
        return
    table = new_table(_("Unit"), _("Days late"), _("Reminder"), _("Letter"))
    for reminder in written:
        table.add_row(reminder.unit, str(reminder.days_late), str(reminder.time), reminder.path.rpartition("/")[2])
    console.print(table)
    _show_folders([reminder.path for reminder in written], dry_run=dry_run)


def show_written(written: Sequence[Letter], *, dry_run: bool) -> None:
    console = new_console()
    if not written:
        console.print(_("There is no letter to write."))
        return
    table = new_table(_("Kind"), _("To"), _("Letter"))
    for letter in written:
        table.add_row(letter.kind, letter.unit, letter.path.rpartition("/")[2])
    console.print(table)
    _show_folders([letter.path for letter in written], dry_run=dry_run)


def show_circulated(circulated: Circulated, *, dry_run: bool) -> None:
    show_written(circulated.letters, dry_run=dry_run)
    said = (
        _("The figures are those of what counts now; no report has been made yet.")
        if circulated.report is None
        else _("The figures are those of the report number {number}.").format(number=circulated.report)
    )
    new_console().print(said)


def _show_folders(paths: Sequence[str], *, dry_run: bool) -> None:
    text = _("Would write {count} letters in {folder}") if dry_run else _("{count} letters are in {folder}")
    for folder, count in Counter(path.rpartition("/")[0] for path in paths).items():
        new_console().print(text.format(count=count, folder=folder), soft_wrap=True)


def show_letters(letters: Sequence[Letter]) -> None:
    from rich.text import Text

    console = new_console()
    if not letters:
        console.print(_("No letter has been written yet."))
        return
    shown = sorted(letters, key=lambda letter: not letter.is_draft)[: MOST_LINES if console.is_terminal else None]
    for period in sorted({letter.period for letter in shown}):
        table = new_table(_("Kind"), _("To"), _("State"), _("Number and date"), _("Letter"), title=period.spoken)
        for letter in (one for one in shown if one.period == period):
            numbered = f"{letter.number} {day_text(letter.day)}".strip()
            name = Text(letter.path.rpartition("/")[2])
            table.add_row(letter.kind, letter.unit, state_text(letter.state), Text(numbered), name)
        console.print(table)
    say_more(len(letters) - len(shown), "> FILE.txt")
    _show_how_to_number([letter for letter in letters if letter.is_draft])


def _show_how_to_number(drafts: Sequence[Letter]) -> None:
    """What to type for the first of them, and for all of its kind."""
    if not drafts:
        return
    first = drafts[0]
    alike = {draft.unit for draft in drafts if (draft.kind, draft.period) == (first.kind, first.period)}
    command = f"plantrack letters number {first.kind} {{to}} NUMBER --date D --period {first.period.typed}"
    say(_("Once it has its number: {command}").format(command=command.format(to=first.unit)))
    if len(alike) > 1:
        say(_("One circular number for all {count}:").format(count=len(alike)))
        say(f"  {command.format(to='all')}")


def show_batch(made: NumberBatch, *, dry_run: bool) -> None:
    """What was recorded, letter by letter; what could not be printed, and what is left."""
    table = new_table(_("Kind"), _("To"), _("Number"), _("Date"), _("Letter"))
    for one in made.letters:
        letter = one.letter
        table.add_row(letter.kind, letter.unit, letter.number, day_text(letter.day), letter.file)
    console = new_console()
    console.print(table)
    text = _("Would record {count} numbers.") if dry_run else _("{count} numbers are recorded.")
    console.print(text.format(count=len(made.letters)))
    for one in made.letters:
        _show_doubts(one)
    if made.left:
        units = in_short((letter.unit for letter in made.left), " ")
        console.print("! " + _("Still without a number: {units}").format(units=units), style="yellow")


def show_numbered(numbered: NumberedLetter, *, dry_run: bool) -> None:
    """What was recorded, whether the letter's own file says so, and which other letters have the same number."""
    letter = numbered.letter
    text = (
        _("Would record: {kind} to {unit} is number {number} of {date}: {path}")
        if dry_run
        else _("Recorded: {kind} to {unit} is number {number} of {date}: {path}")
    )
    day = spoken_date(letter.day) if letter.day else ""
    console = new_console()
    console.print(
        text.format(kind=letter.kind, unit=letter.unit, number=letter.number, date=day, path=letter.path),
    )
    _show_doubts(numbered)


def _show_doubts(numbered: NumberedLetter) -> None:
    """What a person has to look at."""
    letter, console = numbered.letter, new_console()
    if not numbered.printed:
        console.print(f"! {numbered.why_not} {numbered.advice}", style="yellow")
    if numbered.same_number:
        named = in_short(f"{twin.kind} {twin.unit}" for twin in numbered.same_number)
        console.print(
            "! " + _("{number} is also the number of: {letters}").format(number=letter.number, letters=named),
            style="yellow",
        )
