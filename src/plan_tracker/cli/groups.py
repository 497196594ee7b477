"""How commands are gathered: their help in whole lines, and their modules loaded only when they are called."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_group

from plan_tracker.cli.command_table import COMMANDS


class Group(TyperGroup):
    """Commands that ``--help`` lists a line each, whole: what wraps English at its spaces cuts Thai short."""

    def lines(self) -> dict[str, str]:
        """The commands by name, and what help says of each."""
        return {name: command.help or "" for name, command in self.commands.items()}

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        del ctx
        width = max(map(len, self.lines()))
        with formatter.section("Commands"):
            for name, said in self.lines().items():
                formatter.write(f"  {name:<{width}}  {said}\n")


class Program(Group):
    """Every command, loaded when it is called: loading all of them takes longer than most of them do."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast("dict[str, Any]", dict.fromkeys(COMMANDS))  # their names alone, for what is mistyped

    def lines(self) -> dict[str, str]:
        return {name: listed.help for name, listed in COMMANDS.items()}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"plan_tracker.cli.commands.{COMMANDS[cmd_name].module}")
        return get_group(module.commands).commands[cmd_name]


def new_program(says: str) -> typer.Typer:
    """The program, which says of itself what ``says``."""
    return typer.Typer(
        name="plantrack",
        help=says,
        cls=Program,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )


def new_commands() -> typer.Typer:
    """A module's commands."""
    return typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)


def new_group(name: str) -> typer.Typer:
    """The commands that follow the word ``name``."""
    return typer.Typer(
        help=COMMANDS[name].help,
        cls=Group,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
