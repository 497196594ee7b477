"""Following the year: the calendar of the manual's nine steps, and the register of problems."""

from __future__ import annotations

from typing import Annotated

import typer

from plan_tracker.cli import as_json as json_of
from plan_tracker.cli.boundary import DONE, guarded
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.cli.groups import new_commands
from plan_tracker.cli.options import JsonOption, WorkspaceOption, YearOption, opened, print_json, read_period
from plan_tracker.cli.screens import following as screen
from plan_tracker.i18n import _

commands = new_commands()


@commands.command("calendar", help=COMMANDS["calendar"].help)
@guarded
def calendar(
    context: typer.Context,
    periods: Annotated[
        list[str] | None,
        typer.Argument(metavar="[q1|q2|q3|q4|year-end]…", help=_("These periods; else the whole year.")),
    ] = None,
    year: YearOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.merging.progress import milestones

    with opened(context, workspace, writes=False) as (place, store):
        asked = [read_period(text, place, year) for text in periods or ("q1", "q2", "q3", "q4", "year-end")]
        found = [(period, milestones(place, store, period)) for period in asked]
        today = place.today
    screen.show_calendar(found, today, to_stderr=as_json)
    if as_json:
        print_json({"steps": [json_of.progress(one, today, period) for period, steps in found for one in steps]})
    return DONE


@commands.command("problems", help=COMMANDS["problems"].help)
@guarded
def problems(
    context: typer.Context,
    period: Annotated[str | None, typer.Argument(metavar="[q1|q2|q3|q4|year-end]", help=_("The period."))] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=_("Include what was over before the last quarter."))
    ] = False,
    year: YearOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.merging.standing import current_period
    from plan_tracker.steps.keep.problems import problem_register

    with opened(context, workspace, writes=False) as (place, store):
        asked = read_period(period, place, year) if period else current_period(place, store)
        found = problem_register(store, asked, everything=everything)
    screen.show_problems(asked, found, to_stderr=as_json)
    if as_json:
        print_json({"problems": [json_of.told_problem(line) for line in found]})
    return DONE
