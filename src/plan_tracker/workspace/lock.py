"""One run at a time writes in a workspace.

Takes ``data/plantrack.lock``, which the system lets go when its holder ends, be it killed; who holds it stands in
``data/plantrack.lock.txt`` beside it, for whoever has to wait.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from plan_tracker.errors import PlantrackError
from plan_tracker.i18n import _
from plan_tracker.system import user_name
from plan_tracker.workspace.folders import Workspace, close_to_others

PATIENCE = 2  # seconds


class BusyError(PlantrackError):
    """Another run is writing in the workspace."""


@contextmanager
def locked(workspace: Workspace, command: str) -> Iterator[None]:
    """Nobody else writes in the workspace meanwhile; ``BusyError`` where somebody does, and goes on doing so."""
    close_to_others(workspace.data)
    path = workspace.data / "plantrack.lock"
    note = path.with_name(path.name + ".txt")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout as error:
        raise _busy(note) from error
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
        lock.release()


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
