"""Mails to the units: drafts, sending, fetching, and the inbox being watched."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.json_of import mail as json_of
from plan_tracker.cli.options import AnyPeriodArgument, UnitsOption
from plan_tracker.cli.running import CommandResult, Run, command, needs_a_person
from plan_tracker.cli.screens import mail as screen
from plan_tracker.i18n import N_

commands = new_commands()
mail = new_group(commands, "mail")
KindsOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar=N_("KIND"), help=N_("Only with this kind of letter, such as L1; repeatable.")),
]


@command(
    mail, "draft", N_("Write a mail per letter, for your mail program to open and send."), by_year=True, writes=True
)
def draft(
    run: Run, period: AnyPeriodArgument = None, unit: UnitsOption = None, kind: KindsOption = None
) -> CommandResult:
    from plan_tracker.steps.mail.draft import draft_mails as step

    about = run.period_if(period)
    units = [run.unit(one, about) for one in unit or ()]
    made = step(run.workspace, run.store, about, units, kind or (), year=run.year_if, dry_run=run.dry_run)
    show = partial(screen.show_drafts, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.drafts(made), needs_a_person(made.needs_a_person))


@command(mail, "send", N_("Send what has not gone out yet, each mail once."), by_year=True, writes=True)
def send(
    run: Run, period: AnyPeriodArgument = None, unit: UnitsOption = None, kind: KindsOption = None
) -> CommandResult:
    from plan_tracker.steps.mail.send import send_mails as step

    about = run.period_if(period)
    units = [run.unit(one, about) for one in unit or ()]
    made = step(run.workspace, run.store, about, units, kind or (), year=run.year_if, dry_run=run.dry_run)
    show = partial(screen.show_sent, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.sent(made), needs_a_person(made.needs_a_person))


@command(mail, "list", N_("Show every mail: to whom, with which letter, and whether it went out."), by_year=True)
def list_mails(run: Run, period: AnyPeriodArgument = None) -> CommandResult:
    from plan_tracker.steps.mail.settle import list_mails as step

    found = step(run.store, run.period_if(period), run.year_if)
    return CommandResult(partial(screen.show_mails, found), lambda: {"mails": [json_of.mail(one) for one in found]})


@command(mail, "settle", N_("Note what became of a mail that was sent by hand, or is uncertain."), writes=True)
def settle(
    run: Run,
    files: Annotated[list[str], typer.Argument(metavar=N_("FILE"), help=N_("The mails, by their files' names."))],
    sent: Annotated[bool, typer.Option("--sent/--unsent", help=N_("It went out; or not, and is to be sent again."))],
) -> CommandResult:
    from plan_tracker.steps.mail.settle import settle_mails as step

    made = step(run.workspace, run.store, files, went_out=sent, dry_run=run.dry_run)
    show = partial(screen.show_mails, made)
    return CommandResult(show, lambda: {"mails": [json_of.mail(one) for one in made]})


@command(mail, "fetch", N_("Fetch what units have mailed into the inbox, each mail once."), writes=True)
def fetch(run: Run) -> CommandResult:
    from plan_tracker.steps.mail.fetch import fetch_mails as step

    made = step(run.workspace, run.store, dry_run=run.dry_run)
    show = partial(screen.show_fetched, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.fetched(made), needs_a_person(made.needs_a_person))


@command(commands, "watch", writes=True, by_turns=True, tells_by_itself=True)
def watch(
    run: Run,
    fetch: Annotated[bool, typer.Option("--fetch", help=N_("Fetch mails, too."))] = False,
    answer: Annotated[bool, typer.Option("--answer", help=N_("Send each correction at once."))] = False,
    once: Annotated[bool, typer.Option("--once", help=N_("Look once, and end."))] = False,
) -> CommandResult:
    from plan_tracker.steps.mail.watch import Watcher
    from plan_tracker.steps.mail.watch import watch as step

    watcher = Watcher(fetch, answer, run.dry_run)
    if not (once or run.dry_run):
        screen.show_watching(run.workspace.inbox)
        step(run.turn, watcher, screen.show_round)
    with run.turn() as (workspace, store):
        watcher.check(workspace)
        made = watcher.take_round(workspace, store)
    show = partial(screen.show_round, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.round_of(made), needs_a_person(made.needs_a_person))
