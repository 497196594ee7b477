"""Setting up: a workspace, the demo, the register (step 1 of the manual)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plan_tracker.cli import as_json as json_of
from plan_tracker.cli.boundary import DONE, NEEDS_A_PERSON, NOT_DONE, guarded
from plan_tracker.cli.command_table import COMMANDS
from plan_tracker.cli.groups import new_commands, new_group
from plan_tracker.cli.options import DryRunOption, JsonOption, WorkspaceOption, opened, print_json
from plan_tracker.cli.screens import setup as screen
from plan_tracker.cli.terminal import say
from plan_tracker.i18n import _

commands = new_commands()
register_commands = new_group("register")
commands.add_typer(register_commands, name="register")


@commands.command("init", help=COMMANDS["init"].help)
@guarded
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help=_("The folder; the current one by default."))
    ] = Path(),
    as_json: JsonOption = False,
) -> int:
    from plan_tracker.steps.prepare.init import init_workspace

    written = init_workspace(folder)
    screen.show_init(folder, written, to_stderr=as_json)
    if as_json:
        print_json({"workspace": str(folder), "written": written})
    return DONE


@commands.command("demo", help=COMMANDS["demo"].help)
@guarded
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=_("The folder; ./demo by default."))] = Path("demo"),
    whole_year: Annotated[
        bool, typer.Option("--year", help=_("All four quarters and the year-end, with their reviews and publications."))
    ] = False,
    as_json: JsonOption = False,
) -> int:
    from plan_tracker.demo.quarter import play_demo

    played = play_demo(folder, lambda line: say(line, to_stderr=as_json), whole_year=whole_year)
    screen.show_demo(played, to_stderr=as_json)
    if as_json:
        print_json({"workspace": str(folder), "written": [path for _title, paths in played.written for path in paths]})
    return DONE


@register_commands.command("check", help=_("Name every problem in the register workbook."))
@guarded
def register_check(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=_("The workbook; register.xlsx by default."))] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.prepare.register import check_register

    with opened(context, workspace, writes=False) as (place, store):
        checked = check_register(place, store, file)
    screen.show_register_check(checked, to_stderr=as_json)
    if as_json:
        print_json(json_of.register_check(checked))
    return NEEDS_A_PERSON if checked.problems or checked.removed else DONE


@register_commands.command("load", help=_("Take up the register workbook."))
@guarded
def register_load(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=_("The workbook; register.xlsx by default."))] = None,
    because: Annotated[
        str, typer.Option("--because", metavar="TEXT", help=_("Why codes that have disappeared are let go."))
    ] = "",
    as_json: JsonOption = False,
    dry_run: DryRunOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.prepare.register import load_register

    with opened(context, workspace, writes=not dry_run) as (place, store):
        checked, version = load_register(place, store, file, because, dry_run=dry_run)
    screen.show_register_check(checked, to_stderr=as_json, version=version)
    if as_json:
        print_json({"version": version} | json_of.register_check(checked))
    return NOT_DONE if checked.register is None else NEEDS_A_PERSON if checked.problems else DONE


@register_commands.command("show", help=_("Show what the loaded register holds."))
@guarded
def register_show(context: typer.Context, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> int:
    from plan_tracker.errors import OrderError

    with opened(context, workspace, writes=False) as (_place, store):
        register = store.register()
    if register is None:
        raise OrderError(_("No register has been loaded."), _("Load it with: plantrack register load"))
    screen.show_register(register, to_stderr=as_json, in_full=True)
    if as_json:
        print_json(json_of.register(register))
    return DONE


@register_commands.command("history", help=_("Tell the whole life of a project, unit or KPI."))
@guarded
def register_history(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help=_("Its code, or one that it had before."))],
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> int:
    from plan_tracker.steps.prepare.history import tell_history

    with opened(context, workspace, writes=False) as (_place, store):
        history = tell_history(store, code)
    screen.show_history(history, to_stderr=as_json)
    if as_json:
        print_json(json_of.history(history))
    return DONE
