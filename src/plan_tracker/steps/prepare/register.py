"""Step 1 of the manual: the register of both plans (R1). Reads the officer's workbook, writes the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from plan_tracker.errors import OrderError, UsageError
from plan_tracker.i18n import _
from plan_tracker.register import Register
from plan_tracker.registerbook import RegisterProblem, read_register
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace import Workspace, file_sha256


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """What a register workbook holds; ``register`` is None where a problem stops it from being loaded.

    ``version``: the one that it has been loaded as; None where it has not been.
    """

    path: Path
    register: Register | None
    problems: list[RegisterProblem]
    version: int | None = None


def check_register(workspace: Workspace, path: Path | None = None) -> RegisterCheck:
    """Reads ``path``, else the workspace's ``register.xlsx``."""
    path = path or workspace.register_book
    if not path.is_file():
        raise UsageError(
            _("There is no register workbook at {path}.").format(path=workspace.relative(path)),
            _("Name the file, or put it there as register.xlsx."),
        )
    register, problems = read_register(path, workspace.config.fiscal_year)
    return RegisterCheck(path, register, problems)


def load_register(
    workspace: Workspace, store: Store, path: Path | None = None, *, dry_run: bool = False
) -> RegisterCheck:
    """Keeps the register, where it can be loaded. Forms issued from now on refer to it."""
    checked = check_register(workspace, path)
    if checked.register is None or dry_run:
        return checked
    at, source = workspace.timestamp(), workspace.relative(checked.path)
    sha256 = file_sha256(checked.path)
    with store.transaction():
        version = store.add_register(checked.register, loaded_at=at, source=source, sha256=sha256)
        store.add_event(at, EventName.REGISTER_LOAD, version=str(version), file=source, sha256=sha256)
    return replace(checked, version=version)


def loaded_register(store: Store) -> Register:
    """What has been loaded; ``OrderError`` where nothing has."""
    register = store.register()
    if register is None:
        raise OrderError(_("No register has been loaded."), _("Load it with: plantrack register load"))
    return register


def is_newer_than_loaded(workspace: Workspace, store: Store) -> bool:
    """Whether the workspace's ``register.xlsx`` has been changed since it was last loaded."""
    book = workspace.register_book
    return book.is_file() and not store.has_loaded(file_sha256(book))
