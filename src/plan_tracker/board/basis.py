"""What the board is made from, as one short mark: as long as that stays the same, so does the board.

Reads the store, the settings, and which files lie in the inbox.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from plan_tracker import __version__
from plan_tracker.i18n import current_language
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace
from plan_tracker.workspace.root import CONFIG


def mark_tag(mark: str) -> str:
    """The line of a page that bears the mark of what it is made from."""
    return f'<meta name="plantrack-basis" content="{mark}">'


def basis_mark(workspace: Workspace, store: Store) -> str:
    """Of all that a board of today would say: what is stored, the day, the settings, the register, the inbox."""
    parts = [__version__, current_language(), workspace.today.isoformat(), str(store.log.last_change())]
    return hashlib.sha256("\0".join([*parts, *_files(workspace)]).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _files(workspace: Workspace) -> Iterator[str]:
    for path in (workspace.root / CONFIG, workspace.register_book):
        found = path.stat() if path.is_file() else None
        yield f"{path.name} {found.st_size} {found.st_mtime_ns}" if found else path.name
    if workspace.inbox.is_dir():
        yield from sorted(path.relative_to(workspace.inbox).as_posix() for path in workspace.inbox.rglob("*"))
