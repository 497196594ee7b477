"""Step 1 of the manual: the register of both plans (R1), and what each load of it changes (R23).

Reads the officer's workbook and the loads before; writes the store. Nothing leaves without a word: a code that is
simply gone is refused, unless a reason goes on record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from plan_tracker.errors import OrderError, UsageError
from plan_tracker.i18n import _
from plan_tracker.register import Kpi, Project, Register, Unit
from plan_tracker.registerbook import ERROR, RegisterProblem, read_register
from plan_tracker.registerbook.changes import Cells, RegisterChange, register_changes, removed_codes
from plan_tracker.registerbook.layout import KPIS, PROJECTS, UNITS
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace, file_sha256

_NAMED = 40  # codes that a refusal names


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """What a register workbook holds; ``register`` is None where a problem stops it from being loaded.

    ``changes`` are its differences from the load before it, ``removed`` the codes that would go without a word.
    ``version``: the one that it has been loaded as; None where it has not been.
    """

    path: Path
    register: Register | None
    problems: Sequence[RegisterProblem]
    changes: Sequence[RegisterChange] = ()
    version: int | None = None

    @property
    def removed(self) -> list[str]:
        return removed_codes(self.changes)

    @property
    def refusal(self) -> OrderError | None:
        """Why it is not loaded without a reason; None where it is."""
        return _gone(self.removed) if self.removed else None


def check_register(workspace: Workspace, store: Store, path: Path | None = None) -> RegisterCheck:
    """Reads ``path``, else the workspace's ``register.xlsx``, and holds it against what has been loaded."""
    path = path or workspace.register_book
    if not path.is_file():
        raise UsageError(
            _("There is no register workbook at {path}.").format(path=workspace.relative(path)),
            _("Name the file, or put it there as register.xlsx."),
        )
    year = workspace.config.fiscal_year
    register, problems, cells = read_register(path, year)
    if register is None:
        return RegisterCheck(path, None, problems)
    problems += _unknown_former_codes(store, register, cells)
    if any(problem.level == ERROR for problem in problems):
        return RegisterCheck(path, None, problems)
    return RegisterCheck(path, register, problems, register_changes(store.register(fiscal_year=year), register, cells))


def load_register(
    workspace: Workspace, store: Store, path: Path | None = None, because: str = "", *, dry_run: bool = False
) -> RegisterCheck:
    """Keeps the register, where it can be loaded. Forms issued from now on refer to it.

    ``OrderError`` where codes have disappeared and no reason is given.
    """
    checked = check_register(workspace, store, path)
    if checked.register is None:
        return checked
    if checked.refusal and not because.strip():
        raise checked.refusal
    if dry_run:
        return checked
    return replace(checked, version=_keep(workspace, store, checked, checked.register, because.strip()))


def loaded_register(store: Store) -> Register:
    """What has been loaded; ``OrderError`` where nothing has."""
    register = store.register()
    if register is None:
        raise OrderError(_("No register has been loaded."), _("Load it with: plantrack register load"))
    return register


def _gone(codes: Sequence[str]) -> OrderError:
    return OrderError(
        _("These codes are in the register that was loaded before, and not in this one: {codes}").format(
            codes=" ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else "")
        ),
        _(
            "Say in the workbook what happened: put the row back with its state (cancelled, moved, merged, ended), day"
            " and reason, or write the old code as former_code of the row that goes on. If they are to go all the"
            " same: plantrack register load --because TEXT"
        ),
    )


def _keep(workspace: Workspace, store: Store, checked: RegisterCheck, register: Register, because: str) -> int:
    at, source, sha256 = workspace.timestamp(), workspace.relative(checked.path), file_sha256(checked.path)
    with store.transaction():
        version = store.add_register(register, loaded_at=at, source=source, sha256=sha256, because=because)
        said = {"version": str(version), "file": source, "sha256": sha256}
        gone = {"removed": " ".join(checked.removed), "because": because} if checked.removed else {}
        store.add_event(at, EventName.REGISTER_LOAD, **said, **gone)
    return version


def is_newer_than_loaded(workspace: Workspace, store: Store) -> bool:
    """Whether the workspace's ``register.xlsx`` has been changed since it was last loaded."""
    book = workspace.register_book
    return book.is_file() and not store.has_loaded(file_sha256(book))


def _unknown_former_codes(store: Store, register: Register, cells: Cells) -> list[RegisterProblem]:
    """Former codes that no load has ever had: a slip of the hand would begin a new history in silence."""
    known = _codes_of_all_loads(store)
    if not any(known.values()):
        return []
    tables: Mapping[str, Sequence[Unit | Project | Kpi]] = {
        UNITS: register.units,
        PROJECTS: register.projects,
        KPIS: register.kpis,
    }
    return [
        _unknown(code, known[table], cells.get((table, row.code, "former_code"), ""))
        for table, rows in tables.items()
        for row in rows
        for code in row.lifecycle.former_codes
        if code not in known[table]
    ]


def _unknown(code: str, known: Sequence[str], place: str) -> RegisterProblem:
    sheet, _separator, cell = place.partition("!")
    by_upper = {other.upper(): other for other in known}
    like = [by_upper[found] for found in get_close_matches(code.upper(), by_upper, 1, 0.5)]
    message = _("No register that was loaded has had the code {code}.").format(code=code)
    if like:
        message += " " + _("Did you mean {like}?").format(like=like[0])
    return RegisterProblem(sheet, cell, code, message)


def _codes_of_all_loads(store: Store) -> dict[str, list[str]]:
    """Every code that was ever loaded, by table, the newest load's first."""
    found: dict[str, dict[str, None]] = {UNITS: {}, PROJECTS: {}, KPIS: {}}
    for load in reversed(store.register_loads()):
        register = store.register(load.version)
        assert register is not None
        for table, rows in ((UNITS, register.units), (PROJECTS, register.projects), (KPIS, register.kpis)):
            found[table] |= {row.code: None for row in rows}
    return {table: list(codes) for table, codes in found.items()}
