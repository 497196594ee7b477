"""The review of reports by two directors and the executives: steps 6 and 7 of the manual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from plan_tracker.cli import as_json as json_of
from plan_tracker.cli.boundary import DONE, NEEDS_A_PERSON, guarded
from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.options import (
    BecauseOption,
    DateOption,
    DryRunOption,
    JsonOption,
    PeriodArgument,
    RequiredDateOption,
    WorkspaceOption,
    YearOption,
    opened,
    print_json,
    read_period,
)
from plan_tracker.cli.screens import reviewing as screen
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.steps.decide.review import Outcome

commands = new_commands()
review_commands = new_group("review")
commands.add_typer(review_commands, name="review")


@review_commands.command("submit", help=_("Freeze the reports and write the memo to whoever is next."))
@guarded
def submit(
    context: typer.Context,
    period: PeriodArgument,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.decide import review as step

    with opened(context, workspace, writes=not dry_run) as (place, store):
        outcome = step.submit(place, store, read_period(period, place, year), dry_run=dry_run)
    return _tell(outcome, as_json=as_json, dry_run=dry_run)


@review_commands.command("comment", help=_("Record a remark of whoever has the report; one on a unit goes to it."))
@guarded
def comment(
    context: typer.Context,
    period: PeriodArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("The remark, in quotes."))],
    unit: Annotated[str, typer.Option("--unit", metavar="CODE", help=_("The unit that it is on."))] = "",
    project: Annotated[
        str, typer.Option("--project", metavar="CODE", help=_("The project or KPI that it is on."))
    ] = "",
    field: Annotated[
        str, typer.Option("--field", metavar="KEY", help=_("The project's field, such as f14.stage."))
    ] = "",
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.decide import review as step

    with opened(context, workspace, writes=not dry_run) as (place, store):
        asked = read_period(period, place, year)
        outcome = step.comment(place, store, asked, text, unit=unit, project=project, field=field, dry_run=dry_run)
    return _tell(outcome, as_json=as_json, dry_run=dry_run)


@review_commands.command("resolve", help=_("Close a comment with a reason."))
@guarded
def resolve(
    context: typer.Context,
    period: PeriodArgument,
    number: Annotated[int, typer.Argument(metavar="N", help=_("The comment's number."))],
    because: BecauseOption,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.decide import review as step

    with opened(context, workspace, writes=not dry_run) as (place, store):
        outcome = step.resolve(place, store, read_period(period, place, year), number, because, dry_run=dry_run)
    return _tell(outcome, as_json=as_json, dry_run=dry_run)


@review_commands.command("approve", help=_("Record the approval of the director who has the report."))
@guarded
def approve(
    context: typer.Context,
    period: PeriodArgument,
    date: DateOption = "",
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.fiscal import parse_date
    from plan_tracker.steps.decide import review as step

    day = parse_date(date) if date else None
    with opened(context, workspace, writes=not dry_run) as (place, store):
        outcome = step.approve(place, store, read_period(period, place, year), day, dry_run=dry_run)
    return _tell(outcome, as_json=as_json, dry_run=dry_run)


@review_commands.command("permit", help=_("Record the executives' permission to publish; it closes the period."))
@guarded
def permit(
    context: typer.Context,
    period: PeriodArgument,
    reference: Annotated[str, typer.Option("--reference", metavar="REF", help=_("The number of the permission."))],
    date: RequiredDateOption,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.fiscal import parse_date
    from plan_tracker.steps.decide import review as step

    day = parse_date(date)
    with opened(context, workspace, writes=not dry_run) as (place, store):
        outcome = step.permit(place, store, read_period(period, place, year), reference, day, dry_run=dry_run)
    return _tell(outcome, as_json=as_json, dry_run=dry_run)


@review_commands.command("refuse", help=_("Record that the executives do not permit publication, and why."))
@guarded
def refuse(
    context: typer.Context,
    period: PeriodArgument,
    because: BecauseOption,
    date: DateOption = "",
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.fiscal import parse_date
    from plan_tracker.steps.decide import review as step

    day = parse_date(date) if date else None
    with opened(context, workspace, writes=not dry_run) as (place, store):
        outcome = step.refuse(place, store, read_period(period, place, year), because, day, dry_run=dry_run)
    return _tell(outcome, as_json=as_json, dry_run=dry_run)


@review_commands.command("reopen", help=_("Begin a new round: returns and reports are taken anew."))
@guarded
def reopen(
    context: typer.Context,
    period: PeriodArgument,
    because: BecauseOption,
    year: YearOption = None,
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.decide import review as step

    with opened(context, workspace, writes=not dry_run) as (place, store):
        outcome = step.reopen(place, store, read_period(period, place, year), because, dry_run=dry_run)
    return _tell(outcome, as_json=as_json, dry_run=dry_run)


@review_commands.command("show", help=_("Show where the report stands, comments, and changes since."))
@guarded
def show(
    context: typer.Context,
    period: PeriodArgument,
    year: YearOption = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.decide import review as step

    with opened(context, workspace, writes=False) as (place, store):
        outcome = step.show(place, store, read_period(period, place, year))
    screen.show_review(outcome, to_stderr=as_json)
    if as_json:
        print_json(json_of.review(outcome))
    return NEEDS_A_PERSON if outcome.changes else DONE


def _tell(outcome: Outcome, *, as_json: bool, dry_run: bool) -> int:
    """Says what an act has led to; what has changed since the submission needs a person."""
    screen.show_act(outcome, to_stderr=as_json, dry_run=dry_run)
    if as_json:
        print_json(json_of.review(outcome))
    return NEEDS_A_PERSON if outcome.changes else DONE
