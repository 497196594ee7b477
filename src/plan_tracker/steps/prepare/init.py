"""A new workspace: settings, templates, folders and a sample register. What is there already is left alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.registerbook import write_register
from plan_tracker.sample import sample_tables
from plan_tracker.steps.prepare.start_file import START_FILE, build_start_file
from plan_tracker.workspace.root import CONFIG
from plan_tracker.workspace.template_history import bundled_names, copy_templates

_IGNORED = "# What plantrack makes or receives is not for version control\n/data/\n/backups/\n/inbox/\n/outbox/\n"


def init_workspace(root: Path, *, dry_run: bool = False) -> list[str]:
    """Makes ``root`` a workspace; gives the paths written, relative to it, in the order of their writing."""
    missing = [name for name in bundled_names() if not (root / "templates" / name).exists()]
    others = {path: write for path, write in _files(on_windows=os.name == "nt").items() if not (root / path).exists()}
    if not dry_run:
        for folder in ("inbox", "outbox"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        copy_templates(root, missing)
        for path, write in others.items():
            write(root / path)
    return [*(f"templates/{name}" for name in missing), *others]


def _files(*, on_windows: bool) -> dict[str, Callable[[Path], object]]:
    """What a workspace begins with beside its templates, by its path in it: how each file is written."""
    sample = files("plan_tracker.sample") / CONFIG
    start: dict[str, Callable[[Path], object]] = {}
    if on_windows:
        start[START_FILE] = lambda target: atomic.write_bytes(target, build_start_file(Path(sys.executable).parent))
    return start | {
        CONFIG: lambda target: atomic.write_bytes(target, sample.read_bytes()),
        "register.xlsx": lambda target: write_register(target, sample_tables()),
        ".gitignore": lambda target: atomic.write_text(target, _IGNORED),
    }
