"""What ``--help`` says, whole in the language in use.

Help texts and placeholders are declared in English and translated here, when they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plan_tracker.i18n import N_, _

WIDTH = 79  # columns
_NAMES = 26  # columns that the names of options may take before their text goes onto a line of its own
_OPTIONS, _COMMAND = N_("[OPTIONS]"), N_("COMMAND …")
Lines = Sequence[tuple[str, str]]


class HelpAsked(Exception):  # noqa: N818  # nothing is wrong
    """Raised by ``--help``: the page is all there is to say."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


def usage(command: Any, context: Any) -> str:
    """``Usage: plantrack trace [OPTIONS] q1|q2|q3|q4|year-end CODE [FIELD]``."""
    arguments = [_placeholder(param) for param in command.params if _is_argument(param)]
    words = [_(_OPTIONS), *arguments, *([_(_COMMAND)] if hasattr(command, "commands") else [])]
    return _("Usage: {command}").format(command=" ".join([context.command_path, *words]))


def help_page(command: Any, context: Any, commands: Mapping[str, Lines]) -> str:
    """What the command does, what it takes, and ``commands`` under their headings."""
    params = command.get_params(context)
    helping = command.get_help_option(context)
    words = {
        _("Arguments"): [(_placeholder(param), says(param)) for param in params if _is_argument(param)],
        _("Options"): [_option(param, is_help=param is helping) for param in params if not _is_argument(param)],
    }
    parts = [usage(command, context), "\n".join(f"  {line}" for line in _wrapped(says(command), WIDTH - 2))]
    return "\n\n".join([*parts, *_sections(words), *_sections(commands)])


def _sections(sections: Mapping[str, Lines]) -> Iterator[str]:
    """Each under its heading, the names of all in a column."""
    width = min(_NAMES, max((_cells(name) for lines in sections.values() for name, _text in lines), default=0))
    for heading, lines in sections.items():
        if lines:
            yield "\n".join([f"{heading}:", *(line for item in lines for line in _item(*item, width))])


def says(item: Any) -> str:
    """The help text of a command, an argument or an option."""
    return _(item.help) if item.help else ""


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _placeholder(param: Any) -> str:
    name = _(param.metavar or param.name.upper())
    text = name if param.required else f"[{name}]"
    return text + "…" if param.nargs == -1 else text


def _option(param: Any, *, is_help: bool) -> tuple[str, str]:
    names = ", ".join(sorted(param.opts, key=len))
    if is_help:
        return names, _("Show this help and exit.")
    value = "" if param.is_flag else " " + _(param.metavar or param.name.upper())
    required = " " + _("(required)") if param.required else ""
    return names + value, says(param) + required


def _item(name: str, text: str, width: int) -> Iterator[str]:
    """A name with its text beside it, or below where the name is too long."""
    lines = _wrapped(text, WIDTH - width - 4)
    if _cells(name) > width:
        yield f"  {name}"
    else:
        first, *lines = lines
        yield f"  {name}{' ' * (width - _cells(name))}  {first}".rstrip()
    yield from (f"{' ' * (width + 4)}{line}" for line in lines)


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells that end between words, of Thai too."""
    if _cells(text) <= width:
        return [text]
    from plan_tracker.cli.console.thai_table import line_ends

    ends = line_ends(text, width)
    return [text[start:end].rstrip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
