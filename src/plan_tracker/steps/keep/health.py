"""``verify`` and ``doctor``: whether all that is kept is whole, and what to do where it isn't (R27).

Reads everything in the workspace, and changes nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plan_tracker.errors import PlantrackError
from plan_tracker.forms.definition.workbook.signing import KEY, has_key, signing_key
from plan_tracker.i18n import _
from plan_tracker.progress import counted
from plan_tracker.publication.proof import keys as publishing
from plan_tracker.publication.proof.statement import PROOF
from plan_tracker.steps.keep.backup import check_backup, is_as_recorded
from plan_tracker.store import Store
from plan_tracker.store.database.journal import JOURNAL, Journal
from plan_tracker.store.database.soundness import PUT_BACK, check_file
from plan_tracker.workspace.folders import Workspace
from plan_tracker.workspace.template_history import TemplateStatus, templates_in

_LEAST_FREE = 500_000_000  # bytes


@dataclass(frozen=True, slots=True)
class HealthFault:
    """Something that isn't as it should be: what, and what to do."""

    what: str
    advice: str


def verify(workspace: Workspace) -> list[HealthFault]:
    """What of the database, its journal, the log, originals and submitted reports is missing, damaged or changed."""
    return [*_of_store(workspace), *_of_journal(workspace)]


def verify_backup(file: Path) -> list[HealthFault]:
    """What of a backup is missing or damaged."""
    advice = _("Take another backup, and make a new one: plantrack backup")
    return [
        HealthFault(_("{path} is missing or damaged in it.").format(path=path), advice) for path in check_backup(file)
    ]


def examine(workspace: Workspace) -> list[HealthFault]:
    """The same, and what is wrong around it: key, rights, templates, locks, free space."""
    return [
        *verify(workspace),
        *_of_key(workspace),
        *_of_publishing_key(workspace),
        *_of_rights(workspace),
        *_of_templates(workspace),
        *_of_lock(workspace),
        *_of_space(workspace),
    ]


def _of_store(workspace: Workspace) -> Iterator[HealthFault]:
    try:
        check_file(workspace.database)
        if not workspace.database.exists():
            return
        store = Store(workspace.database)
    except PlantrackError as error:
        yield HealthFault(error.what, error.advice)
        return
    try:
        yield from _of_content(workspace)
        broken = store.first_broken_event()
        if broken is not None:
            what = _("The log is not as it was written from entry {number} on.").format(number=broken)
            yield HealthFault(what, _("See it with: plantrack log. Compare it with a backup."))
    except PlantrackError as error:
        yield HealthFault(error.what, error.advice)
    finally:
        store.close()


def _of_content(workspace: Workspace) -> Iterator[HealthFault]:
    """The database as a whole, and the files whose digests it has."""
    connection = sqlite3.connect(workspace.database)
    try:
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            yield HealthFault(_("data/plantrack.db is damaged."), _(PUT_BACK))
        originals = connection.execute("SELECT original, sha256 FROM returns").fetchall()
        content = connection.execute("SELECT content FROM review_acts WHERE act = 'submit'").fetchall()
    finally:
        connection.close()
    reports = [(report["frozen"], report["sha256"]) for (text,) in content if text for report in json.loads(text)]
    for path, digest in counted(_("Files looked at"), dict.fromkeys([*originals, *reports])):
        if not is_as_recorded(workspace.root / path, digest):
            yield HealthFault(
                _("{path} is missing, or has other bytes than it was kept with.").format(path=path),
                _("Put it back from a backup; a return may also be put into the inbox once more."),
            )


def _of_journal(workspace: Workspace) -> Iterator[HealthFault]:
    path = workspace.data / JOURNAL
    if not path.exists():
        return
    try:
        for _entry in Journal(path).entries():
            pass
    except (ValueError, OSError):
        yield HealthFault(
            _("data/{name} is damaged: the database could not be made again from it.").format(name=JOURNAL),
            _("Make a backup now: plantrack backup. Then move it away: the next command that writes begins a new one."),
        )


def _of_key(workspace: Workspace) -> Iterator[HealthFault]:
    if has_key(workspace.data) or any(workspace.root.glob("outbox/*/forms/*.xlsx")):
        try:
            signing_key(workspace.data)
        except PlantrackError as error:
            yield HealthFault(error.what, error.advice)


def _of_publishing_key(workspace: Workspace) -> Iterator[HealthFault]:
    """Where something has been published, or a key is there."""
    if publishing.has_key(workspace.data) or any(workspace.root.glob(f"outbox/*/publication/data/{PROOF}")):
        try:
            publishing.publishing_key(workspace.data)
        except PlantrackError as error:
            yield HealthFault(error.what, error.advice)


def _of_rights(workspace: Workspace) -> Iterator[HealthFault]:
    if os.name == "nt":
        return
    for path in (workspace.data, workspace.data / KEY, workspace.data / publishing.KEY):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o007:
            yield HealthFault(
                _("{path} can be read by every user of this computer.").format(path=workspace.relative(path)),
                _("The next command that writes closes data/; else: chmod o-rwx {path}").format(path=path),
            )


def _of_templates(workspace: Workspace) -> Iterator[HealthFault]:
    older = [one.name for one in templates_in(workspace.root) if one.standing is TemplateStatus.OLDER]
    if older:
        what = _("{count} templates are of another release: {names}").format(count=len(older), names=", ".join(older))
        yield HealthFault(what, _("Take this release's: plantrack templates update"))


def _of_lock(workspace: Workspace) -> Iterator[HealthFault]:
    from filelock import FileLock, Timeout

    path = workspace.data / "plantrack.lock"
    if not path.exists():
        return
    try:
        with FileLock(path, timeout=0):
            return
    except Timeout:
        yield HealthFault(
            _("Another run is at work in this workspace."),
            _("Wait until it has ended. If none is at work, restart the computer that holds the lock."),
        )


def _of_space(workspace: Workspace) -> Iterator[HealthFault]:
    free = shutil.disk_usage(_existing(workspace.data)).free
    if free < _LEAST_FREE:
        yield HealthFault(
            _("Only {size} MB are free on the workspace's drive.").format(size=free // 10**6),
            _("Make room on it before the next ingest or report."),
        )


def _existing(path: Path) -> Path:
    return path if path.exists() else path.parent
