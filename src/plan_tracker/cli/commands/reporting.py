"""Reports: step 5 of the manual."""

from __future__ import annotations

import typer

from plan_tracker.cli.boundary import DONE, guarded
from plan_tracker.cli.options import (
    DryRunOption,
    JsonOption,
    QuarterArgument,
    WorkspaceOption,
    YearOption,
    opened,
    print_json,
    read_quarter,
)
from plan_tracker.cli.screens import reporting as screen
from plan_tracker.i18n import _

commands = typer.Typer()


@commands.command("report", help=_("Write the quarter's report, one for each plan."))
@guarded
def report(
    context: typer.Context,
    quarter: QuarterArgument,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.report import write_reports

    with opened(context, workspace, writes=not dry_run) as (place, store):
        written = write_reports(place, store, read_quarter(quarter, place, year), dry_run=dry_run)
    screen.show_reports(written, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json({"reports": [{"plan": w.plan, "path": w.path} for w in written]})
    return DONE
