"""The program: its own options, and the way in."""

from __future__ import annotations

import io
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from plan_tracker import __version__
from plan_tracker.cli.boundary import DONE
from plan_tracker.cli.console.terminal import say
from plan_tracker.cli.groups import new_program
from plan_tracker.cli.options import JsonOption, WorkspaceOption
from plan_tracker.errors import UsageError
from plan_tracker.i18n import N_, _
from plan_tracker.workspace.root import find_root

app = new_program(N_("Follows a year's projects and KPIs: from Excel forms to Word reports."))


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    version: Annotated[bool, typer.Option("--version", help=N_("Show the version and exit."))] = False,
) -> None:
    context.obj = workspace
    if version:
        say(f"plantrack {__version__}")
        raise typer.Exit(DONE)
    if context.invoked_subcommand is None:
        raise typer.Exit(_what_now(context, workspace, as_json=as_json))
    if as_json:
        raise UsageError(
            _("--json belongs to a command."),
            _("Write it at the end: plantrack {command} --json").format(command=context.invoked_subcommand),
        )


def _what_now(context: typer.Context, workspace: Path | None, *, as_json: bool) -> int:
    """``plantrack`` alone: what is to be done; where there is no workspace yet, how to begin."""
    if find_root(workspace) is None and not as_json:
        say(context.get_help())
    from plan_tracker.cli.commands.keep import what_now
    from plan_tracker.cli.running import run_command

    shared = {"workspace": workspace, "as_json": as_json, "dry_run": False, "year": None}
    return run_command(what_now, context, {}, shared, nullcontext())


def run() -> None:
    """Runs the command that the program was called with, and exits with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no Thai shows ? and goes on
    app()
