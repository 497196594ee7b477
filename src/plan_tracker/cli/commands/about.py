"""What plantrack says of itself."""

from __future__ import annotations

from typing import Annotated

import typer

from plan_tracker import __version__
from plan_tracker.cli.completing import completion_script
from plan_tracker.cli.console.terminal import say
from plan_tracker.cli.groups import new_commands, page_of
from plan_tracker.cli.running import CommandResult, Run, command
from plan_tracker.i18n import N_

commands = new_commands()


@command(commands, "help", anywhere=True)
def show_help(
    run: Run,
    words: Annotated[
        list[str] | None, typer.Argument(metavar=N_("COMMAND"), help=N_("The command, such as: register load"))
    ] = None,
) -> CommandResult:
    page = page_of(run.context.find_root(), words or ())
    return CommandResult(lambda: say(page), lambda: {"help": page})


@command(commands, "version", anywhere=True)
def version(_run: Run) -> CommandResult:
    return CommandResult(lambda: say(f"plantrack {__version__}"), lambda: {"version": __version__})


@command(commands, "completion", anywhere=True)
def completion(
    _run: Run,
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish|powershell", help=N_("The shell that you type in."))],
) -> CommandResult:
    script = completion_script(shell)
    return CommandResult(lambda: say(script), lambda: {"script": script})
