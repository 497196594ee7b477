"""A new workspace: settings, templates, folders and a sample register. What is there already is left alone."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.registerbook import write_register
from plan_tracker.sample import sample_tables
from plan_tracker.workspace import CONFIG, bundled_templates

_IGNORED = "# What plantrack makes or receives is not for version control\n/data/\n/inbox/\n/outbox/\n"


def init_workspace(root: Path) -> list[str]:
    """Makes ``root`` a workspace; gives the paths written, relative to it, in the order of their writing."""
    root.mkdir(parents=True, exist_ok=True)
    written = []
    if not (root / CONFIG).exists():
        sample = files("plan_tracker.sample") / CONFIG
        atomic.write_bytes(root / CONFIG, sample.read_bytes())
        written.append(CONFIG)
    for source in sorted(bundled_templates().rglob("*.*")):
        target = root / "templates" / source.relative_to(bundled_templates())
        if source.is_file() and not target.exists():
            atomic.copy_file(source, target)
            written.append(target.relative_to(root).as_posix())
    for folder in ("inbox", "outbox"):
        (root / folder).mkdir(exist_ok=True)
    if not (root / "register.xlsx").exists():
        write_register(root / "register.xlsx", sample_tables())
        written.append("register.xlsx")
    if not (root / ".gitignore").exists():
        atomic.write_text(root / ".gitignore", _IGNORED)
        written.append(".gitignore")
    return written
