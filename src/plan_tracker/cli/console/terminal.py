"""The screen: tables and sentences at 80 columns. What units typed and what files are called never drives it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plan_tracker.i18n import N_, _
from plan_tracker.values import driving_escaped, inert

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

MOST_LINES = 40  # of a table, unless all are asked for
OUTCOMES = {
    "accepted": (N_("accepted"), "green"),
    "incomplete": (N_("incomplete"), "yellow"),
    "rejected": (N_("rejected"), "red"),
    "duplicate": (N_("duplicate"), "dim"),
    "ignored": (N_("ignored"), "dim"),
    "none": (N_("not issued"), "dim"),
    "issued": (N_("outstanding"), "cyan"),
    "waived": (N_("waived"), "green"),
    "draft": (N_("draft"), "yellow"),
    "sent": (N_("sent"), "green"),
    "withdrawn": (N_("withdrawn"), "dim"),
    "open": (N_("open"), "cyan"),
    "late": (N_("late"), "red"),
    "done": (N_("done"), "green"),
    "closed": (N_("closed"), "green"),
    "under way": (N_("under way"), "cyan"),
    "waiting": (N_("waiting"), "dim"),
    "due": (N_("due"), "cyan"),
    "sending": (N_("uncertain"), "red"),
    "uncertain": (N_("uncertain"), "red"),
    "failed": (N_("failed"), "red"),
    "new": (N_("new"), "cyan"),
    "continuing": (N_("continuing"), "yellow"),
    "recurring": (N_("recurring"), "red"),
    "solved": (N_("solved"), "green"),
    "unknown": (N_("unknown"), "dim"),
    "dropped": (N_("ended with its project"), "dim"),
    "earlier": (N_("earlier"), "dim"),
    "not asked": (N_("–"), "dim"),
    "": (N_("–"), "dim"),
}


def new_console() -> Console:
    """On standard output, or wherever that goes meanwhile."""
    from plan_tracker.cli.console.inert_console import InertConsole

    return InertConsole(highlight=False, emoji=False, markup=False)


def new_table(*columns: str, title: str = "", limited: bool = True, lines: int = 1) -> Table:
    """On a screen that scrolls a ``limited`` table ends after ``MOST_LINES``; in a file or a pipe it is whole.

    ``lines``: how many a row takes.
    """
    from rich import box

    from plan_tracker.cli.console.thai_table import ThaiTable

    most = MOST_LINES // lines if limited and new_console().is_terminal else None
    table = ThaiTable(most=most, box=box.SIMPLE_HEAD, title=title or None, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def state_text(name: str) -> Text:
    from rich.text import Text

    text, colour = OUTCOMES[name]
    return Text(_(text), style=colour)


def day_text(day: date | None) -> str:
    from plan_tracker.fiscal import spoken_date

    return spoken_date(day) if day else ""


def complain(what: str, advice: str = "") -> None:
    """What went wrong and what to do, on standard error."""
    sys.stderr.write(inert(what + "\n" + (f"→ {advice}\n" if advice else "")))


def ask_hidden(question: str) -> str:
    """What is typed at the terminal, which does not show it."""
    from getpass import getpass

    from plan_tracker.cli.console.progress_line import progress_set_aside

    with progress_set_aside():
        return getpass(inert(question), stream=sys.stderr)


def say(line: str) -> None:
    sys.stdout.write(inert(line) + "\n")


def in_short(names: Iterable[str], apart: str = ", ") -> str:
    """Codes or files in a sentence: on a screen that scrolls the first of many, and how many more there are."""
    listed = list(names)
    left = len(listed) - MOST_LINES if new_console().is_terminal else 0
    return (
        apart.join(listed)
        if left <= 0
        else apart.join([*listed[:MOST_LINES], _("and {count} more").format(count=left)])
    )


def say_way_into(folder: Path) -> None:
    """How to get into ``folder``, where one does not stand in it already."""
    if folder.resolve() != Path.cwd():
        say(_("Go into it first: {command}").format(command=f'cd "{folder}"'))


def say_more(count: int, option: str = "--all") -> None:
    """That ``count`` lines more were not shown, and how to see them; nothing where there are none."""
    if count > 0:
        say(_("… and {count} more; to see all: {option}").format(count=count, option=option))


def say_wrapped(text: str, begins: str = "") -> None:
    """A sentence after ``begins``, its lines ended between words, of Thai too, and set in below its beginning."""
    from plan_tracker.cli.console.thai_table import line_ends

    ends = line_ends(text, max(new_console().width - len(begins), 20))
    for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
        say((begins if not start else " " * len(begins)) + text[start:end].rstrip())


def print_json(content: dict[str, Any]) -> None:
    """One object on standard output, in UTF-8 whatever the console speaks; what would drive a terminal is escaped."""
    text = driving_escaped(_as_json(content)) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", errors="backslashreplace"))
    sys.stdout.buffer.flush()


def _as_json(content: Mapping[str, Any]) -> str:
    """``content`` as JSON, each of its keys and each item of its lists on a line of its own.

    ``json`` indents in Python alone: of thousands of units that took longer than all else.
    """
    from json import JSONEncoder

    encode = JSONEncoder(ensure_ascii=False).encode
    lines = []
    for key, value in content.items():
        items = ",\n".join(f"    {encode(item)}" for item in value) if isinstance(value, list | tuple) else ""
        lines.append(f"  {encode(key)}: " + (f"[\n{items}\n  ]" if items else encode(value)))
    return "{\n" + ",\n".join(lines) + "\n}"
