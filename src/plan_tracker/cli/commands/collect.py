"""Forms out, returns in: steps 2 to 4 of the manual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from plan_tracker.cli import as_json as json_of
from plan_tracker.cli.boundary import DONE, NEEDS_A_PERSON, guarded
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.cli.groups import new_commands
from plan_tracker.cli.options import (
    DryRunOption,
    JsonOption,
    PeriodArgument,
    QuarterArgument,
    UnitsOption,
    WorkspaceOption,
    YearOption,
    opened,
    print_json,
    read_period,
    read_quarter,
)
from plan_tracker.cli.screens import collect as screen
from plan_tracker.cli.terminal import complain
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.drafting.corrections import Correction, Unwritten
    from plan_tracker.store import Store
    from plan_tracker.workspace import Workspace

commands = new_commands()


@commands.command("issue-forms", help=COMMANDS["issue-forms"].help)
@guarded
def issue_forms(
    context: typer.Context,
    quarter: QuarterArgument,
    unit: UnitsOption = None,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.prepare import issue_forms as step
    from plan_tracker.steps.prepare.register import is_newer_than_loaded

    with opened(context, workspace, writes=not dry_run) as (place, store):
        issued = step.issue_forms(place, store, read_quarter(quarter, place, year), unit or (), dry_run=dry_run)
        stale = is_newer_than_loaded(place, store)
    if stale:
        complain(
            _("register.xlsx has been changed since it was loaded; the forms are made from what was loaded."),
            _("To take up the changes: plantrack register load, then issue the forms again."),
        )
    screen.show_issued(issued, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json({"forms": [{"unit": i.unit, "path": i.path, "letter": i.letter} for i in issued]})
    return DONE


@commands.command("ingest", help=COMMANDS["ingest"].help)
@guarded
def ingest(
    context: typer.Context,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.collect.ingest import ingest as step

    with opened(context, workspace, writes=not dry_run) as (place, store):
        results = step(place, store, dry_run=dry_run)
        corrections, unwritten = _correct(place, store) if not dry_run and store.to_correct() else ([], [])
    screen.show_ingest(results, corrections, to_stderr=as_json, dry_run=dry_run)
    screen.show_unwritten(unwritten, to_stderr=as_json)
    if as_json:
        print_json(json_of.ingest(results, corrections, unwritten))
    return NEEDS_A_PERSON if unwritten or any(r.needs_a_person for r in results) else DONE


def _correct(place: Workspace, store: Store) -> tuple[list[Correction], list[Unwritten]]:
    """Loads what writes corrections only where there are some to write."""
    from plan_tracker.drafting.corrections import write_corrections

    return write_corrections(place, store)


@commands.command("status", help=COMMANDS["status"].help)
@guarded
def status(
    context: typer.Context,
    quarter: Annotated[str | None, typer.Argument(metavar="[q1|q2|q3|q4|year-end]", help=_("The period."))] = None,
    unit: Annotated[
        str, typer.Option("--unit", metavar="CODE", help=_("This unit's versions, and all that was found in them."))
    ] = "",
    year: YearOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.cli.screens.following import show_steps
    from plan_tracker.merging.progress import milestones, nine_steps
    from plan_tracker.merging.standing import current_period, unit_statuses, unit_versions

    with opened(context, workspace, writes=False) as (place, store):
        period = read_period(quarter, place, year) if quarter else current_period(place, store)
        every = [] if period.is_year_end else unit_statuses(place, store, period)
        lines = [line for line in every if not unit or line.unit.code == unit]
        versions = unit_versions(store, period, unit) if unit else []
        steps = nine_steps(milestones(place, store, period))
        today = place.today
    if lines:
        screen.show_status(period, lines, to_stderr=as_json)
    if unit:
        screen.show_versions(versions, to_stderr=as_json)
    else:
        show_steps(steps, to_stderr=as_json)
    if as_json:
        told = {"versions": [json_of.version(version) for version in versions]} if unit else {}
        units = [json_of.status(line) for line in lines]
        print_json({"units": units, "steps": [json_of.progress(step, today) for step in steps]} | told)
    return DONE


@commands.command("accept", help=COMMANDS["accept"].help)
@guarded
def accept(
    context: typer.Context,
    quarter: QuarterArgument,
    unit: Annotated[str, typer.Argument(metavar="UNIT", help=_("The unit's code."))],
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help=_("The reason, for the record."))],
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.collect.accept import accept as step

    with opened(context, workspace, writes=not dry_run) as (place, store):
        kept, waived = step(place, store, read_quarter(quarter, place, year), unit, because, dry_run=dry_run)
    screen.show_accepted(kept, waived, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json({"unit": kept.unit, "version": kept.version, "waived": [json_of.finding(f) for f in waived]})
    return DONE


@commands.command("trace", help=COMMANDS["trace"].help)
@guarded
def trace(
    context: typer.Context,
    period: PeriodArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("A project's, KPI's, unit's or plan's code."))],
    field: Annotated[
        str,
        typer.Argument(
            metavar="[FIELD]", help=_("A field's key, such as f14.stage; of a unit or plan a total, such as disbursed.")
        ),
    ] = "",
    report: Annotated[
        int | None,
        typer.Option("--report", metavar="N", help=_("As the reports number N have it, and not as of now.")),
    ] = None,
    year: YearOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.keep.trace import trace as step
    from plan_tracker.steps.keep.trace_totals import has_totals, trace_totals

    with opened(context, workspace, writes=False) as (place, store):
        asked = read_period(period, place, year)
        if has_totals(store, asked, code):
            totals = trace_totals(place, store, asked, code, field, report=report)
            screen.show_totals(totals, in_full=bool(field), to_stderr=as_json)
            if as_json:
                print_json(json_of.totals(totals))
            return NEEDS_A_PERSON if any(found.changed for found in totals) else DONE
        found = step(place, store, asked, code, field, report=report)
    screen.show_trace(found, to_stderr=as_json)
    if as_json:
        print_json(json_of.trace(found))
    return DONE if found.original_is_whole else NEEDS_A_PERSON


@commands.command("log", help=COMMANDS["log"].help)
@guarded
def log(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> int:
    with opened(context, workspace, writes=False) as (_place, store):
        events, broken = store.events(), store.first_broken_event()
    screen.show_events(events, broken, to_stderr=as_json)
    if as_json:
        print_json({"events": [json_of.event(event) for event in events], "tampered_from": broken})
    return NEEDS_A_PERSON if broken else DONE
