"""What directors and executives decide: the review, the publication, their orders (steps 6 to 9 of the manual)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from plan_tracker.cli import completing
from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.json_of import decide as json_of
from plan_tracker.cli.json_of import shared
from plan_tracker.cli.options import (
    BecauseOption,
    DateOption,
    DueOption,
    PeriodArgument,
    ProjectArgument,
    ProjectsArgument,
    QuarterArgument,
    RequiredDateOption,
)
from plan_tracker.cli.running import CommandResult, Run, command, needs_a_person
from plan_tracker.cli.screens import decide as screen
from plan_tracker.cli.screens.letters import show_written
from plan_tracker.i18n import N_

if TYPE_CHECKING:
    from plan_tracker.steps.decide.orders import OrderLine
    from plan_tracker.steps.decide.review import ReviewResult

commands = new_commands()
reviews = new_group(commands, "review")
orders = new_group(commands, "orders")
plans = new_group(commands, "plan")


@command(reviews, "submit", N_("Freeze the reports and write the memo to whoever is next."), by_year=True, writes=True)
def submit(run: Run, period: PeriodArgument) -> CommandResult:
    from plan_tracker.steps.decide import review as step

    return _acted(run, step.submit(run.workspace, run.store, run.period(period), dry_run=run.dry_run))


@command(
    reviews,
    "comment",
    N_("Record a remark of whoever has the report; one on a unit goes to it."),
    by_year=True,
    writes=True,
)
def comment(
    run: Run,
    period: PeriodArgument,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("The remark, in quotes."))],
    unit: Annotated[
        str,
        typer.Option("--unit", metavar=N_("CODE"), autocompletion=completing.units, help=N_("The unit that it is on.")),
    ] = "",
    project: Annotated[
        str,
        typer.Option(
            "--project",
            metavar=N_("CODE"),
            autocompletion=completing.projects,
            help=N_("The project or KPI that it is on."),
        ),
    ] = "",
    field: Annotated[
        str, typer.Option("--field", metavar=N_("KEY"), help=N_("The project's field, such as f14.stage."))
    ] = "",
) -> CommandResult:
    from plan_tracker.steps.decide import review as step

    about = run.period(period)
    on = {"unit": run.unit(unit, about), "project": run.project(project, about), "field": field}
    return _acted(run, step.comment(run.workspace, run.store, about, text, **on, dry_run=run.dry_run))


@command(reviews, "resolve", N_("Close a comment with a reason."), by_year=True, writes=True)
def resolve(
    run: Run,
    period: PeriodArgument,
    number: Annotated[int, typer.Argument(metavar=N_("N"), help=N_("The comment's number."))],
    because: BecauseOption,
) -> CommandResult:
    from plan_tracker.steps.decide import review as step

    about = run.period(period)
    return _acted(run, step.resolve(run.workspace, run.store, about, number, because, dry_run=run.dry_run))


@command(reviews, "approve", N_("Record the approval of the director who has the report."), by_year=True, writes=True)
def approve(run: Run, period: PeriodArgument, date: DateOption = "") -> CommandResult:
    from plan_tracker.steps.decide import review as step

    day = run.day_if(date)
    return _acted(run, step.approve(run.workspace, run.store, run.period(period), day, dry_run=run.dry_run))


@command(
    reviews,
    "permit",
    N_("Record the executives' permission to publish; it closes the period."),
    by_year=True,
    writes=True,
)
def permit(
    run: Run,
    period: PeriodArgument,
    reference: Annotated[
        str, typer.Option("--reference", metavar=N_("NUMBER"), help=N_("The number of the permission."))
    ],
    date: RequiredDateOption,
) -> CommandResult:
    from plan_tracker.steps.decide import review as step

    day = run.day(date)
    return _acted(run, step.permit(run.workspace, run.store, run.period(period), reference, day, dry_run=run.dry_run))


@command(
    reviews, "refuse", N_("Record that the executives do not permit publication, and why."), by_year=True, writes=True
)
def refuse(run: Run, period: PeriodArgument, because: BecauseOption, date: DateOption = "") -> CommandResult:
    from plan_tracker.steps.decide import review as step

    day = run.day_if(date)
    return _acted(run, step.refuse(run.workspace, run.store, run.period(period), because, day, dry_run=run.dry_run))


@command(reviews, "reopen", N_("Begin a new round: returns and reports are taken anew."), by_year=True, writes=True)
def reopen(run: Run, period: PeriodArgument, because: BecauseOption) -> CommandResult:
    from plan_tracker.steps.decide import review as step

    return _acted(run, step.reopen(run.workspace, run.store, run.period(period), because, dry_run=run.dry_run))


@command(reviews, "show", N_("Show where the report stands, comments, and changes since."), by_year=True)
def show_review(run: Run, period: PeriodArgument) -> CommandResult:
    from plan_tracker.steps.decide import review as step

    outcome = step.show(run.workspace, run.store, run.period(period))
    show = partial(screen.show_review, outcome)
    return CommandResult(show, lambda: json_of.review(outcome), needs_a_person(outcome.changes), leads_on=True)


def _acted(run: Run, outcome: ReviewResult) -> CommandResult:
    """What an act has led to; what has changed since the submission needs a person."""
    show = partial(screen.show_act, outcome, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.review(outcome), needs_a_person(outcome.changes), leads_on=True)


@command(commands, "publish", by_year=True, writes=True)
def publish(run: Run, period: PeriodArgument) -> CommandResult:
    from plan_tracker.steps.decide.publish import publish as step

    about = run.period(period)
    published = step(run.workspace, run.store, about, dry_run=run.dry_run)
    show = partial(screen.show_published, published, about, dry_run=run.dry_run)
    is_needed = published.authors or published.not_relisted or published.report_key
    return CommandResult(show, lambda: json_of.published(published), needs_a_person(is_needed))


@command(plans, "approve", N_("Make a revision the approved plan of its project."), by_year=True, writes=True)
def approve_plan(
    run: Run,
    period: QuarterArgument,
    because: BecauseOption,
    projects: ProjectsArgument = None,
    everything: Annotated[bool, typer.Option("--all", help=N_("Every project that has changed its plan."))] = False,
) -> CommandResult:
    from plan_tracker.steps.decide.plan import approve_plans as step

    about = run.quarter(period)
    codes = [run.project(code, about) for code in projects or ()]
    made = step(run.workspace, run.store, about, codes, because, everything=everything, dry_run=run.dry_run)
    show = partial(screen.show_approved, made, dry_run=run.dry_run)
    return CommandResult(show, lambda: {"approved": [json_of.approved_revision(one) for one in made]})


@command(
    plans, "list", N_("Show a quarter's changes of plan: what, before, after, why, approved or not."), by_year=True
)
def list_plan_changes(run: Run, period: PeriodArgument, projects: ProjectsArgument = None) -> CommandResult:
    from plan_tracker.steps.decide.plan import list_changes, list_waiting

    about = run.period(period)
    named = [run.project(code, about) for code in projects or ()]
    found = list_changes(run.workspace, run.store, about, named)
    waiting = list_waiting(run.store, about, named)
    return CommandResult(
        partial(screen.show_plan_changes, found, waiting),
        lambda: {
            "changes": [json_of.plan_change(one) for one in found],
            "waiting": [json_of.waiting_change(one) for one in waiting],
        },
    )


@command(plans, "show", N_("Show what is approved of a project, and every revision of it."), by_year=True)
def show_approved_plan(run: Run, period: QuarterArgument, project: ProjectArgument) -> CommandResult:
    from plan_tracker.steps.decide.plan import show_plan as step

    about = run.quarter(period)
    code = run.project(project, about)
    found = step(run.store, about, code)
    show = partial(screen.show_plan, code, found)
    return CommandResult(show, lambda: {"project": code} | json_of.approved_plan(found))


@command(orders, "add", N_("Record an order of the executives to units."), by_year=True, writes=True)
def add_order(
    run: Run,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("The order, in quotes."))],
    date: RequiredDateOption,
    due: DueOption,
    unit: Annotated[
        list[str],
        typer.Option(
            "--unit", metavar=N_("CODE"), autocompletion=completing.units, help=N_("A unit that it is for; repeatable.")
        ),
    ],
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="q1|…|year-end",
            autocompletion=completing.periods,
            help=N_("The report that led to it; else the executives' newest."),
        ),
    ] = None,
) -> CommandResult:
    from plan_tracker.steps.decide.orders import add_order as step

    days, about = (run.day(date), run.day(due)), run.period_if(period)
    units = [run.unit(name, about) for name in unit]
    return _ordered(step(run.workspace, run.store, text, *days, units, period=about, dry_run=run.dry_run))


@command(orders, "list", N_("Show every order: open, late or done, and what units say they did."))
def list_orders(run: Run) -> CommandResult:
    from plan_tracker.steps.decide.orders import list_orders as step

    lines = step(run.workspace, run.store)
    show = partial(screen.show_orders, lines)
    return CommandResult(show, lambda: {"orders": [json_of.order(line) for line in lines]})


@command(orders, "letters", N_("Write the open orders to their units."), writes=True)
def order_letters(
    run: Run,
    numbers: Annotated[list[str] | None, typer.Argument(metavar=N_("N"), help=N_("These orders only."))] = None,
    executive: Annotated[
        str,
        typer.Option("--executive", metavar=N_("TEXT"), help=N_("Whose order it is; the Permanent Secretary's else.")),
    ] = "",
) -> CommandResult:
    from plan_tracker.steps.decide.orders import write_order_letters

    dry_run = run.dry_run
    written = write_order_letters(run.workspace, run.store, numbers or (), executive=executive, dry_run=dry_run)
    show = partial(show_written, written, dry_run=dry_run)
    return CommandResult(show, lambda: {"letters": [shared.letter(letter) for letter in written]})


@command(orders, "done", N_("Record that an order is done, and how."), writes=True)
def order_done(
    run: Run,
    order: Annotated[str, typer.Argument(metavar=N_("N"), help=N_("The order's number or code, such as O01."))],
    because: BecauseOption,
) -> CommandResult:
    from plan_tracker.steps.decide.orders import close_order

    return _ordered(close_order(run.workspace, run.store, order, because, dry_run=run.dry_run))


def _ordered(line: OrderLine) -> CommandResult:
    return CommandResult(partial(screen.show_orders, [line]), lambda: {"order": json_of.order(line)})
