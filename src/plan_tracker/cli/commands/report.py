"""The reports of a period, and the circulation of its results (steps 4 and 5 of the manual)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from plan_tracker.cli.groups import new_commands
from plan_tracker.cli.json_of import report as json_of
from plan_tracker.cli.json_of import shared
from plan_tracker.cli.options import (
    LayoutArgument,
    NewFileOption,
    OptionalQuarterArgument,
    PeriodArgument,
    QuarterArgument,
    RequiredDateOption,
    UnitsOption,
)
from plan_tracker.cli.running import CommandResult, Run, command, needs_a_person
from plan_tracker.cli.screens import report as screen
from plan_tracker.cli.screens.letters import show_circulated
from plan_tracker.errors import UsageError
from plan_tracker.i18n import N_, _

if TYPE_CHECKING:
    from plan_tracker.fiscal import Period

commands = new_commands()


@command(commands, "report", by_year=True, writes=True)
def report(
    run: Run,
    period: PeriodArgument,
    again: Annotated[
        int | None,
        typer.Option("--again", metavar=N_("N"), help=N_("An earlier report once more, from its own data.")),
    ] = None,
    workbook: Annotated[bool, typer.Option("--xlsx", help=N_("The merged data as a workbook, too."))] = False,
    listed: Annotated[bool, typer.Option("--list", help=N_("Only show what has been made, and when."))] = False,
    unit: UnitsOption = None,
    source: Annotated[
        str, typer.Option("--source", metavar=N_("TEXT"), help=N_("An extract: projects of this source of money."))
    ] = "",
    stage: Annotated[
        str, typer.Option("--stage", metavar=N_("TEXT"), help=N_("An extract: projects in this stage."))
    ] = "",
) -> CommandResult:
    from plan_tracker.steps.report.report import list_reports, write_reports

    about = run.period(period)
    if unit or source or stage:
        if again or workbook or listed:
            raise UsageError(
                _("An extract is made by itself."),
                _("Leave out --again, --xlsx and --list, or --unit, --source, --stage."),
            )
        return _extract(run, about, [run.unit(name, about) for name in unit or ()], source, stage)
    if listed:
        records = list_reports(run.store, about)
        show_list = partial(screen.show_records, records)
        return CommandResult(show_list, lambda: {"records": [json_of.report_record(record) for record in records]})
    made = write_reports(run.workspace, run.store, about, again=again, workbook=workbook, dry_run=run.dry_run)
    show = partial(screen.show_reports, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.report_run(made), needs_a_person(made.needs_a_person))


def _extract(run: Run, period: Period, units: Sequence[str], source: str, stage: str) -> CommandResult:
    from plan_tracker.steps.report.extract import write_extracts as step

    made = step(run.workspace, run.store, period, units, source=source, stage=stage, dry_run=run.dry_run)
    show = partial(screen.show_extracts, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.report_run(made), needs_a_person(made.needs_a_person))


@command(commands, "circulate", by_year=True, writes=True)
def circulate(
    run: Run,
    quarter: QuarterArgument,
    order: Annotated[str, typer.Option("--order", metavar=N_("TEXT"), help=N_("The Permanent Secretary's order."))],
    date: RequiredDateOption,
) -> CommandResult:
    from plan_tracker.steps.report.circulate import circulate as step

    day = run.day(date)
    circulated = step(run.workspace, run.store, run.quarter(quarter), order, day, dry_run=run.dry_run)
    return CommandResult(
        partial(show_circulated, circulated, dry_run=run.dry_run),
        lambda: {"letters": [shared.letter(letter) for letter in circulated.letters], "report": circulated.report},
    )


@command(commands, "export", by_year=True, writes=True)
def export(
    run: Run,
    form: LayoutArgument = None,
    quarter: OptionalQuarterArgument = None,
    unit: UnitsOption = None,
    to: NewFileOption = None,
) -> CommandResult:
    from plan_tracker.steps.report import export as step

    if form is None:
        names = ", ".join(layout.name for layout in step.layouts(run.workspace))
        raise UsageError(
            _("Which central form? {kinds}").format(kinds=names),
            _(
                "For instance: plantrack export emenscr q1. For a table of any fields: plantrack query; for open data:"
                " plantrack publish; for all data merged: plantrack report --xlsx."
            ),
        )
    if quarter is None:
        layout = step.layout(run.workspace, form)
        return CommandResult(partial(screen.show_layout, layout), lambda: json_of.layout(layout))
    about = run.quarter(quarter)
    units = [run.unit(name, about) for name in unit or ()]
    made = step.export(run.workspace, run.store, form, about, units=units, to=to, dry_run=run.dry_run)
    show = partial(screen.show_export, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.export(made), needs_a_person(made.lacking))
