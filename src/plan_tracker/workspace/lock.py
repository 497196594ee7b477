"""One run at a time writes in a workspace.

Takes ``data/plantrack.lock``, an empty database in which a transaction is begun: SQLite has it locked on every system
on which the store works, and the system lets it go when its holder ends, be it killed. Who holds it stands in
``data/plantrack.lock.txt`` beside it, for whoever has to wait.
"""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plan_tracker.errors import PlantrackError
from plan_tracker.i18n import _
from plan_tracker.system import user_name
from plan_tracker.workspace.folders import Workspace, close_to_others

PATIENCE = 2  # seconds
_LOCK = "plantrack.lock"


class BusyError(PlantrackError):
    """Another run is writing in the workspace."""


@contextmanager
def locked(workspace: Workspace, command: str) -> Iterator[None]:
    """Nobody else writes in the workspace meanwhile; ``BusyError`` where somebody does, and goes on doing so."""
    close_to_others(workspace.data)
    note = workspace.data / f"{_LOCK}.txt"
    lock = _take(workspace.data, PATIENCE)
    if lock is None:
        raise _busy(note)
    try:
        holder = {
            "who": f"{user_name()}@{platform.node()}",
            "since": workspace.timestamp(),
            "command": command,
        }
        note.write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")
        yield
        note.unlink(missing_ok=True)
    finally:
        lock.close()


def is_locked(workspace: Workspace) -> bool:
    """Whether somebody is writing in the workspace."""
    if not (workspace.data / _LOCK).exists():
        return False
    lock = _take(workspace.data, 0)
    if lock:
        lock.close()
    return lock is None


def _take(data: Path, patience: float) -> sqlite3.Connection | None:
    """The lock, held until it is closed; None where another holds it for longer than ``patience`` seconds.

    What is no database is emptied first: releases up to 0.7.0 wrote into it on drives without locks.
    """
    path = data / _LOCK
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return None
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            os.truncate(path, 0)
            return _take(data, patience)
        raise
    return connection


def _busy(note: Path) -> BusyError:
    advice = _("Nothing was done. Wait until that has ended, then run the command again.")
    try:
        holder = json.loads(note.read_text(encoding="utf-8"))
        since = str(holder["since"])[:16].replace("T", " ")
        who, command = holder["who"], holder["command"]
    except (OSError, ValueError, KeyError, TypeError):  # its holder has only just begun, or is about to end
        return BusyError(_("Another run is at work in this workspace."), advice)
    said = _("{who} has been at work in this workspace since {since}, with: plantrack {command}")
    return BusyError(said.format(who=who, since=since, command=command), advice)
