"""The file of a workspace that an officer double-clicks on Windows: a window in which plantrack is known.

Nothing is read or written here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

START_FILE: Final = "plantrack.cmd"


def build_start_file(programs: Path | str) -> bytes:
    """Its bytes; ``programs`` is the folder that holds the program plantrack, which may be another one some day."""
    lines = (
        "@echo off",
        "rem Double-click: opens a window in this folder in which plantrack is known, and says what is to be done.",
        "chcp 65001 >nul",
        'cd /d "%~dp0"',
        f'if exist "{_literally(programs)}\\plantrack.exe" set "PATH={_literally(programs)};%PATH%"',
        "plantrack",
        "cmd /k",
        "",
    )
    return "\r\n".join(lines).encode("utf-8")


def _literally(folder: Path | str) -> str:
    """The folder's name as a batch file takes it for itself: % begins a variable."""
    return str(folder).replace("%", "%%")
