"""What a shell completes: commands and options by typer, periods and the register's codes from here.

Whatever goes wrong while somebody presses the tabulator key, nothing is offered, and nothing is said.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plan_tracker.errors import UsageError
from plan_tracker.i18n import _

if TYPE_CHECKING:
    from plan_tracker.register import Register

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_PLANTRACK_COMPLETE"
Offered = list[tuple[str, str]]  # what is typed, and what it is


def completion_script(shell: str) -> str:
    """What ``shell`` runs at its start to complete plantrack; ``UsageError`` for a shell that is not known."""
    name = shell.lower().replace("pwsh", "powershell")
    if name not in SHELLS:
        raise UsageError(
            _("'{shell}' is no shell that plantrack knows.").format(shell=shell),
            _("There are: {kinds}").format(kinds=", ".join(SHELLS)),
        )
    from typer._completion_shared import get_completion_script

    return str(get_completion_script(prog_name="plantrack", complete_var=VARIABLE, shell=name))


def completion_init() -> None:
    """Makes typer's ways of answering the shells known."""
    from typer._completion_classes import completion_init as init

    init()


def periods(incomplete: str) -> list[str]:
    """``q1`` … ``year-end``."""
    return [name for name in ("q1", "q2", "q3", "q4", "year-end") if name.startswith(incomplete.lower())]


def central_forms(incomplete: str) -> Offered:
    """The central forms that come with plantrack."""
    from plan_tracker.documents.central.layouts import BUNDLED

    return [(name, form.title) for name, form in BUNDLED.items() if name.startswith(incomplete.lower())]


def units(incomplete: str) -> Offered:
    """The register's units by their codes."""
    return _offered(incomplete, lambda register: ((one.code, one.short or one.name) for one in register.units))


def projects(incomplete: str) -> Offered:
    """The register's projects and KPIs by their codes."""

    def named(register: Register) -> Iterable[tuple[str, str]]:
        yield from ((one.code, one.name) for one in register.projects)
        yield from ((one.code, one.name) for one in register.kpis)

    return _offered(incomplete, named)


def anything(incomplete: str) -> Offered:
    """Whatever has a code."""
    return [*projects(incomplete), *units(incomplete)]


def _offered(incomplete: str, of: Callable[[Register], Iterable[tuple[str, str]]]) -> Offered:
    try:
        register = _register()
    except Exception:
        return []
    found = of(register) if register else ()
    return [(code, name) for code, name in found if code.lower().startswith(incomplete.lower())]


def _register() -> Any:
    """The newest register of the workspace here; the database is never made for this."""
    from plan_tracker.store import Store
    from plan_tracker.workspace.root import find_root

    root = find_root(Path(os.environ["PLANTRACK_WORKSPACE"]) if os.environ.get("PLANTRACK_WORKSPACE") else None)
    database = root / "data" / "plantrack.db" if root else None
    if database is None or not database.is_file():
        return None
    store = Store(database)
    try:
        return store.register()
    finally:
        store.close()
