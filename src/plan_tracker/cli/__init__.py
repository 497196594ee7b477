"""The command line: parse, call one step, print, exit. The only part that uses typer and rich."""

from __future__ import annotations

import atexit
import gc

_SELDOM = 10_000  # objects made, after which cycles are looked for: what a command reads makes none


def main() -> None:
    """The program ``plantrack``."""
    gc.set_threshold(_SELDOM)  # before the libraries are loaded, which make the most objects of a short command
    atexit.register(gc.freeze)  # what is left at the end goes with the process, and isn't looked through once more
    from plan_tracker.cli.app import run

    run()
