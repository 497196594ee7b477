"""What is kept and looked up: letters, the calendar, problems, where a figure comes from, the log."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.json_of import keep as json_of
from plan_tracker.cli.json_of import shared
from plan_tracker.cli.options import (
    AnyPeriodArgument,
    BecauseOption,
    PeriodArgument,
    PeriodOption,
    PeriodsArgument,
    RequiredDateOption,
)
from plan_tracker.cli.running import Ended, Run, command, needs_a_person
from plan_tracker.cli.screens import keep as screen
from plan_tracker.cli.screens.letters import show_letters, show_numbered
from plan_tracker.cli.screens.now import show_agenda
from plan_tracker.i18n import N_

commands = new_commands()
letters = new_group(commands, "letters")
key = new_group(commands, "key")


def what_now(run: Run) -> Ended:
    """What ``plantrack`` alone does."""
    from plan_tracker.steps.keep.now import what_now as step

    found = step(run.workspace, run.store)
    return Ended(partial(show_agenda, found), lambda: json_of.agenda(found), leads_on=True)


@command(commands, "board", writes=True)
def board(run: Run) -> Ended:
    from plan_tracker.steps.keep.board import make_board as step

    path = step(run.workspace, run.store, dry_run=run.dry_run)
    show = partial(screen.show_board, path, dry_run=run.dry_run)
    return Ended(show, lambda: {"path": path})


@command(letters, "list", N_("Show every letter: to whom, its number and date, and where it lies."), by_year=True)
def list_letters(run: Run, period: AnyPeriodArgument = None) -> Ended:
    from plan_tracker.steps.keep.letters import list_letters as step

    found = step(run.store, run.period_if(period), run.year_if)
    return Ended(partial(show_letters, found), lambda: {"letters": [shared.letter(letter) for letter in found]})


@command(
    letters, "number", N_("Record the number and date of a letter, and print them into it."), by_year=True, writes=True
)
def number(
    run: Run,
    kind: Annotated[str, typer.Argument(metavar=N_("KIND"), help=N_("The kind of letter, such as L1."))],
    unit: Annotated[
        str, typer.Argument(metavar=N_("UNIT"), help=N_("The unit's code; monitoring, strategy, executives."))
    ],
    number: Annotated[str, typer.Argument(metavar=N_("NUMBER"), help=N_("Its number: 'ดศ 0205/123', or 123 alone."))],
    date: RequiredDateOption,
    period: PeriodOption = None,
    file: Annotated[
        str, typer.Option("--file", metavar=N_("NAME"), help=N_("The draft's file, where several could be meant."))
    ] = "",
) -> Ended:
    from plan_tracker.steps.keep.letters import number_letter as step

    day, about = run.day(date), run.period_if(period)
    to = run.addressee(unit, about)
    numbered = step(run.workspace, run.store, kind, to, number, day, about, file=file, dry_run=run.dry_run)
    show = partial(show_numbered, numbered, dry_run=run.dry_run)
    return Ended(show, lambda: json_of.numbered(numbered), needs_a_person(numbered.needs_a_person))


@command(commands, "calendar", by_year=True)
def calendar(run: Run, periods: PeriodsArgument = None) -> Ended:
    from plan_tracker.steps.keep.calendar import calendar as step

    asked = [run.period(text) for text in periods or ("q1", "q2", "q3", "q4", "year-end")]
    found = step(run.workspace, run.store, asked)
    return Ended(partial(screen.show_calendar, found), lambda: json_of.calendar(found))


@command(commands, "problems", by_year=True)
def problems(
    run: Run,
    period: AnyPeriodArgument = None,
    everything: Annotated[
        bool, typer.Option("--all", help=N_("Include what was over before the last quarter."))
    ] = False,
) -> Ended:
    from plan_tracker.steps.keep.problems import problem_register

    found = problem_register(run.workspace, run.store, run.period_if(period), run.year_if, everything=everything)
    show = partial(screen.show_problems, found)
    return Ended(show, lambda: json_of.problems(found))


@command(commands, "trace", by_year=True)
def trace(
    run: Run,
    period: PeriodArgument,
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("A project's, KPI's, unit's or plan's code."))],
    field: Annotated[
        str,
        typer.Argument(
            metavar=N_("FIELD"),
            help=N_("A field's key, such as f14.stage; of a unit or plan a total, such as disbursed."),
        ),
    ] = "",
    report: Annotated[
        int | None,
        typer.Option("--report", metavar=N_("N"), help=N_("As the reports number N have it, and not as of now.")),
    ] = None,
) -> Ended:
    from plan_tracker.steps.keep.trace import trace as step

    about = run.period(period)
    found = step(run.workspace, run.store, about, run.anything(code, about), field, report=report)
    show = partial(screen.show_trace, found)
    return Ended(show, lambda: json_of.trace(found), needs_a_person(not found.originals_are_whole))


@command(
    key,
    "renew",
    N_("Make a new key for the forms to come; those that are out stay good."),
    writes=True,
    follows_release=False,
)
def renew_key(
    run: Run,
    because: BecauseOption,
    lost: Annotated[
        bool, typer.Option("--lost", help=N_("The key is gone for good: forms that are out must be issued anew."))
    ] = False,
) -> Ended:
    from plan_tracker.steps.keep.keys import renew as step

    renewed = step(run.workspace, run.store, because, lost=lost, dry_run=run.dry_run)
    show = partial(screen.show_renewed, renewed, dry_run=run.dry_run)
    return Ended(show, lambda: {"known": renewed.known, "lost": renewed.lost}, needs_a_person(renewed.lost))


@command(commands, "log")
def log(run: Run) -> Ended:
    from plan_tracker.steps.keep.log import read_log

    found = read_log(run.store)
    return Ended(partial(screen.show_log, found), lambda: json_of.log(found), needs_a_person(found.broken_at))
