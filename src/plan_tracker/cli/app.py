"""The program: its own options, and the way in."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

from plan_tracker import __version__
from plan_tracker.cli.boundary import DONE, NOT_DONE
from plan_tracker.cli.groups import new_program
from plan_tracker.cli.options import WorkspaceOption
from plan_tracker.cli.terminal import say
from plan_tracker.i18n import N_

app = new_program(N_("Follows a year's projects and KPIs: from Excel forms to Word reports."))


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    workspace: WorkspaceOption = None,
    version: Annotated[bool, typer.Option("--version", help=N_("Show the version and exit."))] = False,
) -> None:
    context.obj = workspace
    if version:
        say(f"plantrack {__version__}")
        raise typer.Exit(DONE)
    if context.invoked_subcommand is None:
        say(context.get_help())
        raise typer.Exit(NOT_DONE)


def main() -> None:
    """The program ``plantrack``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no Thai shows ? and goes on
    app()
