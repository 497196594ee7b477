"""Before a quarter: the workspace, the demo, the register, templates, forms (steps 1 to 3 of the manual)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from plan_tracker.cli import completing
from plan_tracker.cli.boundary import NOT_DONE
from plan_tracker.cli.console.terminal import say
from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.json_of import prepare as json_of
from plan_tracker.cli.json_of import shared
from plan_tracker.cli.options import FileArgument, QuarterArgument, UnitsOption
from plan_tracker.cli.running import CommandResult, Run, command, needs_a_person
from plan_tracker.cli.screens import prepare as screen
from plan_tracker.i18n import N_

commands = new_commands()
register = new_group(commands, "register")
templates = new_group(commands, "templates")
settings = new_group(commands, "config")


@command(commands, "init", writes=True, anywhere=True)
def init(
    run: Run,
    folder: Annotated[
        Path, typer.Argument(metavar=N_("DIR"), help=N_("The folder; the current one by default."))
    ] = Path(),
) -> CommandResult:
    from plan_tracker.steps.prepare.init import init_workspace

    written = init_workspace(folder, dry_run=run.dry_run)
    show = partial(screen.show_init, folder, written, dry_run=run.dry_run)
    return CommandResult(show, lambda: {"workspace": str(folder), "written": written})


@command(commands, "demo", writes=True, anywhere=True, tells_by_itself=True)
def demo(
    run: Run,
    folder: Annotated[Path, typer.Argument(metavar=N_("DIR"), help=N_("The folder; ./demo by default."))] = Path(
        "demo"
    ),
    whole_year: Annotated[
        bool, typer.Option("--year", help=N_("All four quarters and the year-end, with reviews and publications."))
    ] = False,
) -> CommandResult:
    from plan_tracker.demo.quarter import play_demo

    played = play_demo(folder, say, whole_year=whole_year, dry_run=run.dry_run)
    return CommandResult(partial(screen.show_demo, folder, played), lambda: json_of.demo(folder, played))


@command(register, "check", N_("Name every problem in the register workbook."))
def register_check(run: Run, file: FileArgument = None) -> CommandResult:
    from plan_tracker.steps.prepare.register import check_register

    checked = check_register(run.workspace, run.store, file)
    show = partial(screen.show_register_check, checked)
    needed = needs_a_person(checked.problems or checked.removed)
    return CommandResult(show, lambda: json_of.register_check(checked), needed, leads_on=checked.register is None)


@command(register, "load", N_("Take up the register workbook."), writes=True)
def register_load(
    run: Run,
    file: FileArgument = None,
    because: Annotated[
        str, typer.Option("--because", metavar=N_("TEXT"), help=N_("Why codes that have disappeared are let go."))
    ] = "",
) -> CommandResult:
    from plan_tracker.steps.prepare.register import load_register

    loaded = load_register(run.workspace, run.store, file, because, dry_run=run.dry_run)
    code = NOT_DONE if loaded.register is None else needs_a_person(loaded.problems)
    show = partial(screen.show_register_check, loaded)
    return CommandResult(show, lambda: json_of.register_load(loaded), code, leads_on=loaded.register is None)


@command(register, "show", N_("Show what the loaded register holds."))
def register_show(run: Run) -> CommandResult:
    from plan_tracker.steps.prepare.register import loaded_register

    found = loaded_register(run.store)
    return CommandResult(partial(screen.show_register, found, in_full=True), lambda: json_of.register(found))


@command(register, "history", N_("Tell the whole life of a project, unit or KPI."))
def register_history(
    run: Run,
    code: Annotated[
        str,
        typer.Argument(
            metavar=N_("CODE"), autocompletion=completing.anything, help=N_("Its code, or one that it had before.")
        ),
    ],
) -> CommandResult:
    from plan_tracker.steps.prepare.history import tell_history

    found = tell_history(run.store, run.anything(code))
    return CommandResult(partial(screen.show_history, found), lambda: shared.history(found))


@command(templates, "check", N_("Say what is wrong in the workspace's templates, by paragraph."))
def templates_check(run: Run) -> CommandResult:
    from plan_tracker.steps.prepare.templates import check_templates

    checked = check_templates(run.workspace)
    is_needed = any(flaw.is_error for flaw in checked.flaws)
    return CommandResult(
        partial(screen.show_flaws, checked), lambda: json_of.templates(checked), needs_a_person(is_needed)
    )


@command(
    templates,
    "update",
    N_("Take this release's templates, but for those that you edited: say what these lack."),
    writes=True,
    follows_release=False,
)
def templates_update(run: Run) -> CommandResult:
    from plan_tracker.steps.prepare.upgrade import update_templates

    made = update_templates(run.workspace, run.store, dry_run=run.dry_run)
    show = partial(screen.show_update, made, dry_run=run.dry_run)
    is_needed = any(edited.lacks != [] for edited in made.edited)
    return CommandResult(show, lambda: json_of.template_update(made), needs_a_person(is_needed))


@command(
    templates,
    "restore",
    N_("Put plantrack's own template back; an edited one is kept beside it."),
    writes=True,
    follows_release=False,
)
def templates_restore(
    run: Run,
    names: Annotated[
        list[str], typer.Argument(metavar=N_("NAME"), help=N_("The template, such as L3-memo; repeatable."))
    ],
) -> CommandResult:
    from plan_tracker.steps.prepare.upgrade import restore_templates

    restored = restore_templates(run.workspace, run.store, names, dry_run=run.dry_run)
    show = partial(screen.show_restored, restored, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.templates_restored(restored))


@command(settings, "check", N_("Name what is wrong in the settings, and what is not your own yet."))
def config_check(run: Run) -> CommandResult:
    from plan_tracker.steps.prepare.settings import check_settings

    notes = check_settings(run.workspace, run.store)
    show = partial(screen.show_settings, notes)
    return CommandResult(show, lambda: json_of.settings(notes), needs_a_person(notes))


@command(commands, "new-year", writes=True)
def new_year(
    run: Run, following: Annotated[str, typer.Argument(metavar=N_("YEAR"), help=N_("The next fiscal year (B.E.)."))]
) -> CommandResult:
    from plan_tracker.steps.prepare.new_year import begin_year

    begun = begin_year(run.workspace, run.store, run.year(following), dry_run=run.dry_run)
    show = partial(screen.show_new_year, begun, dry_run=run.dry_run)
    return CommandResult(
        show, lambda: json_of.new_year(begun), needs_a_person([*begun.open, *begun.tasks]), leads_on=True
    )


@command(commands, "issue-forms", by_year=True, writes=True)
def issue_forms(
    run: Run,
    quarter: QuarterArgument,
    unit: UnitsOption = None,
    early: Annotated[bool, typer.Option("--early", help=N_("Also for a quarter that has not begun."))] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help=N_("Take back what nobody has returned."))] = False,
) -> CommandResult:
    from plan_tracker.steps.prepare.issue_forms import issue_forms as step
    from plan_tracker.steps.prepare.settings import check_settings
    from plan_tracker.steps.prepare.withdraw import withdraw_forms

    about = run.quarter(quarter)
    units = [run.unit(text, about) for text in unit or ()]
    if withdraw:
        taken = withdraw_forms(run.workspace, run.store, about, units, dry_run=run.dry_run)
        show = partial(screen.show_withdrawn, taken, dry_run=run.dry_run)
        return CommandResult(show, lambda: json_of.withdrawn(taken), needs_a_person(taken.returned and units))
    notes = check_settings(run.workspace, run.store)
    issued = step(run.workspace, run.store, about, units, early=early, dry_run=run.dry_run)
    show = partial(screen.show_issued, issued, notes, dry_run=run.dry_run)
    return CommandResult(show, lambda: json_of.issued(issued))
