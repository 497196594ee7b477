"""Letters: reminders, the circulation, executive orders, and the ledger of them all."""

from __future__ import annotations

from typing import Annotated

import typer

from plan_tracker.cli import as_json as json_of
from plan_tracker.cli.boundary import DONE, NEEDS_A_PERSON, guarded
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.options import (
    BecauseOption,
    DryRunOption,
    JsonOption,
    QuarterArgument,
    RequiredDateOption,
    WorkspaceOption,
    YearOption,
    opened,
    print_json,
    read_period,
    read_quarter,
)
from plan_tracker.cli.screens import letters as screen
from plan_tracker.i18n import _

commands = new_commands()
ledger_commands = new_group("letters")
order_commands = new_group("orders")
commands.add_typer(ledger_commands, name="letters")
commands.add_typer(order_commands, name="orders")
DueOption = Annotated[str, typer.Option("--due", metavar="DATE", help=_("The day by which it is to be done."))]
OrderArgument = Annotated[str, typer.Argument(metavar="N", help=_("The order's number or code, such as O01."))]


@commands.command("remind", help=COMMANDS["remind"].help)
@guarded
def remind(
    context: typer.Context,
    quarter: QuarterArgument,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.collect.remind import remind as step

    with opened(context, workspace, writes=not dry_run) as (place, store):
        written = step(place, store, read_quarter(quarter, place, year), dry_run=dry_run)
    screen.show_reminders(written, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json({"letters": [json_of.reminder(reminder) for reminder in written]})
    return DONE


@commands.command("circulate", help=COMMANDS["circulate"].help)
@guarded
def circulate(
    context: typer.Context,
    quarter: QuarterArgument,
    order: Annotated[str, typer.Option("--order", metavar="TEXT", help=_("The Permanent Secretary's order."))],
    date: RequiredDateOption,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.fiscal import parse_date
    from plan_tracker.steps.report.circulate import circulate as step

    day = parse_date(date)
    with opened(context, workspace, writes=not dry_run) as (place, store):
        circulated = step(place, store, read_quarter(quarter, place, year), order, day, dry_run=dry_run)
    screen.show_circulated(circulated, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        letters = [json_of.letter(letter) for letter in circulated.letters]
        print_json({"letters": letters, "report": circulated.report})
    return DONE


@ledger_commands.command("list", help=_("Show every letter: to whom, its number and date, and where it lies."))
@guarded
def list_letters(
    context: typer.Context,
    period: Annotated[str | None, typer.Argument(metavar="[q1|q2|q3|q4|year-end]", help=_("One period only."))] = None,
    year: YearOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    with opened(context, workspace, writes=False) as (place, store):
        found = store.letters.all(read_period(period, place, year) if period else None)
    screen.show_letters(found, to_stderr=as_json)
    if as_json:
        print_json({"letters": [json_of.letter(letter) for letter in found]})
    return DONE


@ledger_commands.command("number", help=_("Record the number and date that a letter was sent under."))
@guarded
def number(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=_("L1 to L9."))],
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=_("The unit's code; monitoring, strategy, executives."))],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=_("The letter's number, such as 'ดศ 0205/123'."))],
    date: RequiredDateOption,
    period: Annotated[
        str | None, typer.Option("--period", metavar="q1|…|year-end", help=_("Which period's; else the newest."))
    ] = None,
    file: Annotated[
        str, typer.Option("--file", metavar="NAME", help=_("The draft's file, where several could be meant."))
    ] = "",
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.fiscal import parse_date
    from plan_tracker.steps.keep.letters import namesakes, number_letter

    day = parse_date(date)
    with opened(context, workspace, writes=not dry_run) as (place, store):
        asked = read_period(period, place, year) if period else None
        letter = number_letter(place, store, kind, unit, number, day, asked, file=file, dry_run=dry_run)
        twins = namesakes(store, letter)
    screen.show_numbered(letter, twins, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json({"letter": json_of.letter(letter), "same_number": [json_of.letter(twin) for twin in twins]})
    return NEEDS_A_PERSON if twins else DONE


@order_commands.command("add", help=_("Record an order of the executives to units."))
@guarded
def add_order(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("The order, in quotes."))],
    date: RequiredDateOption,
    due: DueOption,
    unit: Annotated[list[str], typer.Option("--unit", metavar="CODE", help=_("A unit that it is for; repeatable."))],
    period: Annotated[
        str | None,
        typer.Option(
            "--period", metavar="q1|…|year-end", help=_("The report that led to it; else the executives' newest.")
        ),
    ] = None,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.fiscal import parse_date
    from plan_tracker.steps.decide.orders import add_order as step

    days = parse_date(date), parse_date(due)
    with opened(context, workspace, writes=not dry_run) as (place, store):
        about = read_period(period, place, year) if period else None
        line = step(place, store, text, *days, unit, period=about, dry_run=dry_run)
    screen.show_orders([line], to_stderr=as_json)
    if as_json:
        print_json({"order": json_of.order(line)})
    return DONE


@order_commands.command("list", help=_("Show every order: open, late or done, and what units say they did."))
@guarded
def list_orders(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> int:
    from plan_tracker.steps.decide.orders import list_orders as step

    with opened(context, workspace, writes=False) as (place, store):
        lines = step(place, store)
    screen.show_orders(lines, to_stderr=as_json)
    if as_json:
        print_json({"orders": [json_of.order(line) for line in lines]})
    return DONE


@order_commands.command("letters", help=_("Write the open orders to their units."))
@guarded
def order_letters(
    context: typer.Context,
    orders: Annotated[list[str] | None, typer.Argument(metavar="[N]…", help=_("These orders only."))] = None,
    executive: Annotated[
        str, typer.Option("--executive", metavar="TEXT", help=_("Whose order it is; the Permanent Secretary's else."))
    ] = "",
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.decide.orders import write_order_letters

    with opened(context, workspace, writes=not dry_run) as (place, store):
        written = write_order_letters(place, store, orders or (), executive=executive, dry_run=dry_run)
    screen.show_written(written, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json({"letters": [json_of.letter(letter) for letter in written]})
    return DONE


@order_commands.command("done", help=_("Record that an order is done, and how."))
@guarded
def order_done(
    context: typer.Context,
    order: OrderArgument,
    because: BecauseOption,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.decide.orders import close_order

    with opened(context, workspace, writes=not dry_run) as (place, store):
        line = close_order(place, store, order, because, dry_run=dry_run)
    screen.show_orders([line], to_stderr=as_json)
    if as_json:
        print_json({"order": json_of.order(line)})
    return DONE
