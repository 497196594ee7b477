"""How commands are gathered: their help in our words, and their modules loaded only when they are called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any, NoReturn, cast

import typer
from typer._click.exceptions import UsageError as WrongUse
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from plan_tracker.cli.boundary import ends_with
from plan_tracker.cli.command_table import COMMANDS, PARTS
from plan_tracker.cli.completing import VARIABLE, completion_init
from plan_tracker.cli.help_pages import HelpAsked, Lines, help_page, says
from plan_tracker.cli.language import language_of
from plan_tracker.cli.plain_values import take_plain_values
from plan_tracker.cli.usage import refuse_command, refuse_extra
from plan_tracker.i18n import _, use_language

_SETTINGS: dict[str, Any] = {"pretty_exceptions_enable": False, "rich_markup_mode": None, "add_completion": False}


class _TranslatedCommand:
    """A command whose help is ours."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        take_plain_values(self.params)  # type: ignore[attr-defined]

    def listed(self) -> dict[str, Lines]:
        """Sub-commands with what help says of each, by heading."""
        return {}

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As typer does; what is wrong knows the command that it is wrong for."""
        try:
            return cast("list[str]", super().parse_args(ctx, args))  # type: ignore[misc]
        except WrongUse as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help(self, ctx: Any) -> str:
        return help_page(self, ctx, self.listed())

    def get_short_help_str(self, limit: int = 45) -> str:
        """What shells show beside a command that they complete."""
        del limit
        return says(self)

    def get_help_option(self, ctx: Any) -> Any:
        """As typer makes it, but for what it does."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.callback = _ask_help
        take_plain_values([option])
        return option


def _ask_help(context: Any, _option: Any, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        raise HelpAsked(context.get_help())


class Command(_TranslatedCommand, TyperCommand):
    """A command of its own, or below a group's name."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.allow_extra_args = True  # refused below, in our words

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:
            refuse_extra(ctx)
        return rest


class CommandGroup(_TranslatedCommand, TyperGroup):
    """Commands that follow a word. Help lists a line each, whole: what wraps English at its spaces cuts Thai short."""

    def listed(self) -> dict[str, Lines]:
        return {_("Commands"): [(name, says(command)) for name, command in self.commands.items()]}

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            refuse_command(args[0], list(self.commands), ctx)
        return super().resolve_command(ctx, args)


class Program(CommandGroup):
    """Every command, loaded when it is called: loading all of them takes longer than most of them do."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast("dict[str, Any]", dict.fromkeys(COMMANDS))  # their names alone, for what is mistyped

    def listed(self) -> dict[str, Lines]:
        return {
            _(heading): [(name, _(listed.help)) for name, listed in COMMANDS.items() if listed.part == part]
            for part, heading in PARTS.items()
        }

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        return _commands_of(COMMANDS[cmd_name].part)[cmd_name] if cmd_name in COMMANDS else None

    def main(self, args: Sequence[str] | None = None, *_given: Any, **_settings: Any) -> NoReturn:
        """Runs one command and exits with its code; ``args`` are the words after ``plantrack``, else the program's."""
        words = list(sys.argv[1:] if args is None else args)
        use_language(language_of(words))
        if os.environ.get(VARIABLE):
            completion_init()
            super().main(words, prog_name="plantrack")
        sys.exit(ends_with(lambda: self._run(words), words))

    def _run(self, words: list[str]) -> int:
        with self.make_context("plantrack", words) as context:
            return int(self.invoke(context))


@cache
def _commands_of(part: str) -> dict[str, Any]:
    """The commands of a part of the work, made once: a word is looked up several times on its way."""
    return dict(get_group(import_module(f"plan_tracker.cli.commands.{part}").commands).commands)


def page_of(root: Any, words: Sequence[str]) -> str:
    """The help of the command that is called by ``words``; ``root`` is the program's context."""
    context = root
    for word in words:
        if not hasattr(context.command, "commands"):
            break
        name, command, _rest = context.command.resolve_command(context, [word])
        context = command.make_context(name, [], parent=context, resilient_parsing=True)
    return str(context.get_help())


def new_program(says: str) -> typer.Typer:
    """The program, which says of itself what ``says``."""
    names = {"help_option_names": ["-h", "--help"]}
    return typer.Typer(name="plantrack", help=says, cls=Program, context_settings=names, **_SETTINGS)


def new_commands() -> typer.Typer:
    """A module's commands."""
    return typer.Typer(**_SETTINGS)


def new_group(commands: typer.Typer, name: str) -> typer.Typer:
    """The commands that follow the word ``name``, which is itself one of ``commands``."""
    group = typer.Typer(help=COMMANDS[name].help, cls=CommandGroup, no_args_is_help=True, **_SETTINGS)
    commands.add_typer(group, name=name)
    return group
