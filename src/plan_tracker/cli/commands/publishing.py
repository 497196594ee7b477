"""Publication: step 8 of the manual."""

from __future__ import annotations

import typer

from plan_tracker.cli.boundary import DONE, NEEDS_A_PERSON, guarded
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.cli.groups import new_commands
from plan_tracker.cli.options import (
    DryRunOption,
    JsonOption,
    PeriodArgument,
    WorkspaceOption,
    YearOption,
    opened,
    print_json,
    read_period,
)
from plan_tracker.cli.screens import publishing as screen

commands = new_commands()


@commands.command("publish", help=COMMANDS["publish"].help)
@guarded
def publish(
    context: typer.Context,
    period: PeriodArgument,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.decide import publish as step

    with opened(context, workspace, writes=not dry_run) as (place, store):
        published = step.publish(place, store, read_period(period, place, year), dry_run=dry_run)
    screen.show_published(published, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json(
            {
                "written": list(published.written),
                "relisted": list(published.relisted),
                "not_relisted": list(published.not_relisted),
            }
        )
    return NEEDS_A_PERSON if published.authors or published.not_relisted else DONE
