"""The command line: parse, call one step, print, exit. The only part that uses typer and rich."""

from plan_tracker.cli.app import main

__all__ = ["main"]
