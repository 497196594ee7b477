"""Rejected files once more (R6): put back into the inbox, and taken in as what comes back is.

Reads ``inbox/rejected`` and the log; writes ``inbox/``, the log, and all that ``ingest`` writes. What could not be
taken out of an archive or a mail is taken up again with the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from plan_tracker import atomic
from plan_tracker.errors import UsageError
from plan_tracker.i18n import _
from plan_tracker.intake.files import fitting, free_name, in_order, shown_name
from plan_tracker.merging.progress.rejections import Rejection, rejections
from plan_tracker.steps.collect.ingest import Ingested, ingest
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.values import writable
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class _Refused:
    """A file to be taken up again: where it lies, its name as it was dropped, and what the log says was rejected."""

    path: Path
    name: str
    of: tuple[Rejection, ...]

    def is_called(self, name: str) -> bool:
        """Whether somebody means this by ``name``: as it was dropped, or as it is called now."""
        known = {self.name, shown_name(self.path), *(one.file for one in self.of)}
        return PurePath(name.replace("\\", "/")).name in known


def retry(workspace: Workspace, store: Store, names: Sequence[str] = (), *, dry_run: bool = False) -> Ingested:
    """Takes up the rejected files that are called ``names``, or all of them.

    A name that no rejected file has is a ``UsageError``, and nothing is done.
    """
    meant = _named(list(_refused(workspace, store)), names)
    if not meant:
        return Ingested(())
    paths = [one.path if dry_run else _put_back(workspace, store, one) for one in meant]
    return ingest(workspace, store, only=paths, dry_run=dry_run)


def _refused(workspace: Workspace, store: Store) -> Iterator[_Refused]:
    known = rejections(workspace, store)
    folder = workspace.rejected
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    for path in files:
        if not _is_reason(path):
            of = tuple(one for one in known if one.path == workspace.relative(path))
            yield _Refused(path, of[-1].file if of else shown_name(path), of)
    for container in dict.fromkeys(one.container for one in known if one.container):
        inside = tuple(one for one in known if one.container == container)
        kept = _kept_container(workspace, store, inside[-1])
        if kept:
            yield _Refused(kept, container, inside)


def _is_reason(path: Path) -> bool:
    """Whether it is the reason of a rejection: a text that has none beside itself."""
    return path.suffix == ".txt" and not _reason_of(path).exists()


def _reason_of(path: Path) -> Path:
    return path.with_name(path.name + ".txt")


def _kept_container(workspace: Workspace, store: Store, member: Rejection) -> Path | None:
    """Where the archive or mail lies that something could not be taken out of; it was put there right after."""
    for event in store.events_of(EventName.INGEST_UNPACKED):
        if event.number > member.number and event.details["file"] == member.container:
            path = workspace.root / event.details["kept_at"]
            return path if path.is_file() else None
    return None


def _named(every: Sequence[_Refused], names: Sequence[str]) -> list[_Refused]:
    for name in names:
        if not any(one.is_called(name) for one in every):
            advice = _("There are: {names}").format(names=", ".join(one.name for one in every))
            nothing = _("Nothing has been rejected. See where returns stand with: plantrack status")
            raise UsageError(_("No rejected file is called {name}.").format(name=name), advice if every else nothing)
    meant = {one.path: one for one in every if not names or any(one.is_called(name) for name in names)}
    return [meant[path] for path in in_order(meant)]


def _put_back(workspace: Workspace, store: Store, one: _Refused) -> Path:
    """Moves it into the inbox under its own name, and takes its reasons away."""
    target = free_name(workspace.inbox / fitting(one.name))
    atomic.move_file(one.path, target)
    for name in {one.path.name, *(fitting(found.file) for found in one.of if found.container)}:
        (workspace.rejected / f"{name}.txt").unlink(missing_ok=True)
    numbers = " ".join(str(found.number) for found in one.of)
    store.add_event(workspace.timestamp(), EventName.INBOX_RETRY, file=writable(one.name), rejections=numbers)
    return target
