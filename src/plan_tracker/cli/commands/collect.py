"""While returns come in: ingest, status, reminders, acceptance (step 4 of the manual)."""

from __future__ import annotations

import sys
from functools import partial
from typing import Annotated

import typer

from plan_tracker.cli import completing
from plan_tracker.cli.console.terminal import ask_hidden
from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.json_of import collect as json_of
from plan_tracker.cli.options import AnyPeriodArgument, BecauseOption, QuarterArgument, UnitArgument
from plan_tracker.cli.running import CommandResult, Run, command, needs_a_person
from plan_tracker.cli.screens import collect as screen
from plan_tracker.cli.screens.letters import show_reminders
from plan_tracker.i18n import N_, _

commands = new_commands()
inbox = new_group(commands, "inbox")


@command(commands, "ingest", writes=True)
def ingest(
    run: Run, in_full: Annotated[bool, typer.Option("--all", help=N_("Show each finding of each file, too."))] = False
) -> CommandResult:
    from plan_tracker.steps.collect.ingest import ingest as step

    ask = _ask_password if sys.stdin.isatty() and sys.stderr.isatty() else None
    ingested = step(run.workspace, run.store, dry_run=run.dry_run, ask=ask)
    show = partial(screen.show_ingest, ingested, dry_run=run.dry_run, in_full=in_full)
    return CommandResult(show, lambda: json_of.ingest(ingested), needs_a_person(ingested.needs_a_person))


@command(inbox, "decline", N_("Put aside what came on the wrong form, with the reason on record."), writes=True)
def inbox_decline(
    run: Run,
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("The file, by its name as it was dropped."))],
    because: BecauseOption,
) -> CommandResult:
    from plan_tracker.steps.collect.decline import decline as step

    made = step(run.workspace, run.store, file, because, dry_run=run.dry_run)
    return CommandResult(partial(screen.show_declined, made, dry_run=run.dry_run), lambda: json_of.declined(made))


@command(inbox, "retry", N_("Take rejected files up again."), writes=True)
def inbox_retry(
    run: Run,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("NAME"), help=N_("These files alone; else all that was rejected.")),
    ] = None,
) -> CommandResult:
    from plan_tracker.steps.collect.retry import retry as step

    ingested = step(run.workspace, run.store, names or (), dry_run=run.dry_run)
    show = partial(screen.show_retried, ingested, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.ingest(ingested), needs_a_person(ingested.needs_a_person))


def _ask_password(file: str) -> str:
    """Asks whoever is at the terminal; what is typed is not shown."""
    return ask_hidden(_("Password of {file} (blank: leave it): ").format(file=file))


@command(commands, "status", by_year=True)
def status(
    run: Run,
    period: AnyPeriodArgument = None,
    unit: Annotated[
        str,
        typer.Option(
            "--unit",
            metavar=N_("CODE"),
            autocompletion=completing.units,
            help=N_("This unit's versions, and all that was found in them."),
        ),
    ] = "",
    outstanding: Annotated[
        bool, typer.Option("--outstanding", help=N_("Only the units that have not sent all that was asked."))
    ] = False,
    in_full: Annotated[bool, typer.Option("--all", help=N_("Every unit, also of many."))] = False,
) -> CommandResult:
    from plan_tracker.steps.collect.status import status as step

    about = run.period_if(period)
    found = step(run.workspace, run.store, about, run.unit(unit, about), year=run.year_if, only_outstanding=outstanding)
    leads_on = found.versions is None and any(step.command and step.standing != "done" for step in found.steps)
    return CommandResult(
        partial(screen.show_status, found, in_full=in_full), lambda: json_of.status(found), leads_on=leads_on
    )


@command(commands, "remind", by_year=True, writes=True)
def remind(run: Run, quarter: QuarterArgument) -> CommandResult:
    from plan_tracker.steps.collect.remind import remind as step

    written = step(run.workspace, run.store, run.quarter(quarter), dry_run=run.dry_run)
    show = partial(show_reminders, written, dry_run=run.dry_run)
    return CommandResult(show, lambda: {"letters": [json_of.reminder(reminder) for reminder in written]})


@command(commands, "accept", by_year=True, writes=True)
def accept(
    run: Run,
    quarter: QuarterArgument,
    unit: UnitArgument,
    because: BecauseOption,
    project: Annotated[
        list[str] | None,
        typer.Option(
            "--project",
            metavar=N_("CODE"),
            autocompletion=completing.projects,
            help=N_("This project or KPI alone; may be given more than once."),
        ),
    ] = None,
) -> CommandResult:
    from plan_tracker.steps.collect.accept import accept as step

    about = run.quarter(quarter)
    named = run.unit(unit, about)
    codes = [run.anything(code, about) for code in project or ()]
    made = step(run.workspace, run.store, about, named, because, projects=codes, dry_run=run.dry_run)
    show = partial(screen.show_accepted, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.waiver(made), needs_a_person(made.missing))
