"""What went wrong in plantrack itself over one file or unit: writes the traceback to ``data/errors.log``."""

from __future__ import annotations

import traceback

from plan_tracker.values import inert
from plan_tracker.workspace.folders import Workspace


def note_fault(workspace: Workspace, about: str) -> str:
    """Appends the exception being handled to the log of errors; gives the log's path in the workspace."""
    log = workspace.data / "errors.log"
    with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(inert(f"{workspace.timestamp()}  {about}\n{traceback.format_exc()}\n"))
    return workspace.relative(log)
