"""``rebuild``: the database made again from the journal beside it, and held against the originals (R27).

Reads ``data/journal.jsonl`` and ``data/originals``; writes the database. The one that is there is kept beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.errors import OrderError
from plan_tracker.i18n import _
from plan_tracker.intake.files import free_name
from plan_tracker.progress import counted
from plan_tracker.steps.keep.backup import is_as_recorded
from plan_tracker.store import Store
from plan_tracker.store.database.connection import replayed
from plan_tracker.store.database.journal import JOURNAL, Journal
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many transactions were replayed, where the database of before lies, which originals are not as kept."""

    entries: int
    before: str
    returns: int
    faults: Sequence[str]


def rebuild(workspace: Workspace, *, dry_run: bool = False) -> Rebuilt:
    """Makes the database again. ``OrderError`` where the journal is missing or damaged; then nothing is changed."""
    fresh = workspace.data / f".rebuilt{atomic.UNFINISHED}"
    fresh.unlink(missing_ok=True)
    try:
        entries = _replay(workspace, fresh)
        originals = _originals(fresh)
        faults = [
            path
            for path, digest in counted(_("Files looked at"), originals)
            if not is_as_recorded(workspace.root / path, digest)
        ]
        before = "" if dry_run else _put_in_place(workspace, fresh)
    finally:
        fresh.unlink(missing_ok=True)
    if not dry_run:
        store = Store(workspace.database)
        store.add_event(workspace.timestamp(), EventName.REBUILD, entries=str(entries), before=before)
        store.close()
    return Rebuilt(entries, before, len(originals), faults)


def _replay(workspace: Workspace, target: Path) -> int:
    journal = Journal(workspace.data / JOURNAL)
    if journal.last() == 0:
        raise OrderError(
            _("There is no data/{name} to make the database from.").format(name=JOURNAL),
            _("Put the workspace back from a backup: plantrack restore FILE"),
        )
    try:
        return replayed(journal, target)
    except (ValueError, sqlite3.Error) as error:
        raise OrderError(
            _("data/{name} is damaged; nothing was changed.").format(name=JOURNAL),
            _("Put the workspace back from a backup: plantrack restore FILE"),
        ) from error


def _originals(path: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT original, sha256 FROM returns ORDER BY id").fetchall()
    finally:
        connection.close()


def _put_in_place(workspace: Workspace, fresh: Path) -> str:
    """Puts the new database into its place; gives where the one of before lies now, blank where there was none."""
    before = ""
    database = workspace.database
    if database.exists():
        kept = free_name(database.with_name("plantrack-before-rebuild.db"))
        database.rename(kept)
        before = workspace.relative(kept)
    database.with_name(database.name + "-journal").unlink(missing_ok=True)  # of the one of before
    atomic.replace_file(fresh, database)
    return before
