"""Wrong use, in our words: typer's own are English alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, NoReturn

from typer._click import exceptions as click

from plan_tracker.cli.help_pages import says
from plan_tracker.errors import UsageError
from plan_tracker.i18n import _

# Words that people try for what plantrack calls otherwise.
_MEANT: Mapping[str, tuple[str, ...]] = {
    "emenscr": ("export emenscr",),
    "excel": ("query --to FILE.xlsx", "report --xlsx"),
    "csv": ("query --to FILE.csv", "publish"),
    "search": ("query",),
    "find": ("query", "trace"),
    "diff": ("compare",),
    "changes": ("compare", "plan list"),
    "dashboard": ("board",),
    "page": ("board",),
    "settings": ("config check",),
    "who": ("status --outstanding",),
    "outstanding": ("status --outstanding",),
    "missing": ("status --outstanding",),
    "web": ("publish",),
    "opendata": ("publish",),
    "units": ("register show", "status"),
    "projects": ("register show",),
    "kpis": ("register show",),
    "plans": ("register show",),
    "forms": ("issue-forms",),
    "issue": ("issue-forms",),
    "send": ("issue-forms", "letters list"),
    "inbox": ("ingest",),
    "import": ("ingest",),
    "read": ("ingest",),
    "check": ("register check", "templates check"),
    "late": ("status", "remind"),
    "waive": ("accept",),
    "word": ("report",),
    "approve": ("review approve",),
    "submit": ("review submit",),
    "comment": ("review comment",),
    "permit": ("review permit",),
    "number": ("letters number",),
    "history": ("log",),
    "source": ("trace",),
    "new": ("init",),
    "setup": ("init",),
}

_WHAT_NOW = ("next", "todo", "now", "agenda")


def in_our_words(error: click.UsageError) -> UsageError:
    """What typer finds wrong, and where to look."""
    what = next((say(error) for kind, say in _SAID.items() if isinstance(error, kind)), error.format_message())
    return UsageError(what, see_help(error.ctx))


def see_help(context: Any) -> str:
    return _("See: {command} --help").format(command=context.command_path if context else "plantrack")


def refuse_extra(context: Any) -> None:
    """``UsageError`` where more was written than the command takes."""
    if context.args:
        raise UsageError(_("This is too much: {words}").format(words=" ".join(context.args)), see_help(context))


def refuse_command(name: str, known: list[str], context: Any) -> NoReturn:
    """``UsageError`` that offers what may have been meant, by its letters or by its meaning."""
    what = _("There is no command {name}.").format(name=f"{context.command_path} {name}")
    meant = () if context.parent else _MEANT.get(name.lower(), ())
    likely = [*get_close_matches(name.lower(), known, n=2), *meant]
    if name.lower() in _WHAT_NOW and not context.parent:
        raise UsageError(what, _("To see what is to be done now: {command}").format(command=context.command_path))
    if not likely:
        raise UsageError(what, see_help(context))
    offered = _(" or ").join(f"{context.command_path} {word}" for word in dict.fromkeys(likely))
    raise UsageError(what, _("Did you mean {commands}?").format(commands=offered))


def _missing(error: Any) -> str:
    return _("{name} is missing: {help}").format(name=_name(error.param), help=says(error.param))


def _no_option(error: Any) -> str:
    said = _("There is no option {name}.").format(name=error.option_name)
    likely = sorted(error.possibilities or ())
    return said + (" " + _("Did you mean {commands}?").format(commands=_(" or ").join(likely)) if likely else "")


def _bad_option(error: Any) -> str:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else ()
    flags = {name for param in params if getattr(param, "is_flag", False) for name in param.opts}
    text = _("{name} takes no value.") if error.option_name in flags else _("{name} needs a value after it.")
    return text.format(name=error.option_name)


def _no_number(error: Any) -> str:
    """All else that is typed is read by us."""
    return _("{name} must be a number.").format(name=_name(error.param))


def _name(param: Any) -> str:
    return param.opts[0] if param.param_type_name == "option" else _(param.metavar or param.name.upper())


_SAID: Mapping[type[click.UsageError], Callable[[Any], str]] = {
    click.MissingParameter: _missing,
    click.NoSuchOption: _no_option,
    click.BadOptionUsage: _bad_option,
    click.BadParameter: _no_number,
}
