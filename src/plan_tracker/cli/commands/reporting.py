"""Reports: step 5 of the manual."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from plan_tracker.cli import as_json as as_object
from plan_tracker.cli.boundary import DONE, NEEDS_A_PERSON, guarded
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.cli.groups import new_commands, new_group
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
from plan_tracker.cli.screens import reporting as screen
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.store import ReportRecord

commands = new_commands()
templates = new_group("templates")
commands.add_typer(templates, name="templates")


@commands.command("report", help=COMMANDS["report"].help)
@guarded
def report(
    context: typer.Context,
    period: PeriodArgument,
    again: Annotated[
        int | None, typer.Option("--again", metavar="N", help=_("An earlier report once more, from its own data."))
    ] = None,
    workbook: Annotated[bool, typer.Option("--xlsx", help=_("The merged data as a workbook, too."))] = False,
    listed: Annotated[bool, typer.Option("--list", help=_("Only show what has been made, and when."))] = False,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.drafting.kpi_letter import write_kpi_letter
    from plan_tracker.steps.report.report import write_reports

    with opened(context, workspace, writes=not dry_run and not listed) as (place, store):
        on = read_period(period, place, year)
        if listed:
            return _show_records(store.reports.all(on), as_json=as_json)
        made = write_reports(place, store, on, again=again, workbook=workbook, dry_run=dry_run)
        is_new = on.is_year_end and again is None and not dry_run
        letters = [write_kpi_letter(place, store, on)] if is_new else []
    screen.show_reports(made, letters, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json(as_object.making(made) | {"letters": [as_object.letter(letter) for letter in letters]})
    return NEEDS_A_PERSON if made.template == "lost" else DONE


def _show_records(records: Sequence[ReportRecord], *, as_json: bool) -> int:
    screen.show_records(records, to_stderr=as_json)
    if as_json:
        print_json({"records": [as_object.report_record(record) for record in records]})
    return DONE


@templates.command("check", help=_("Say what is wrong in the workspace's templates, by paragraph."))
@guarded
def check(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> int:
    from plan_tracker.steps.prepare.templates import check_templates
    from plan_tracker.workspace import open_workspace

    checked, flaws = check_templates(open_workspace(workspace or context.obj))
    screen.show_flaws(checked, flaws, to_stderr=as_json)
    if as_json:
        print_json({"templates": checked, "flaws": [as_object.flaw(flaw) for flaw in flaws]})
    return NEEDS_A_PERSON if any(flaw.is_error for flaw in flaws) else DONE
