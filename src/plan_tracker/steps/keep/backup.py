"""``backup`` and ``restore``: a workspace as one file with the digest of each of its files, and back from it (R27).

Reads the workspace, writes ``backups/`` unless told otherwise; restores into a folder that is new or empty.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from plan_tracker import __version__, atomic
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.i18n import _
from plan_tracker.progress import counted
from plan_tracker.store.database.placing import STAGED
from plan_tracker.workspace.folders import Workspace, close_to_others, file_sha256
from plan_tracker.workspace.root import CONFIG

MANIFEST = "plantrack-backup.json"
_KEPT = (CONFIG, "register*.xlsx", "templates/**/*", "inbox/**/*", "outbox/**/*", "data/**/*")
_NOT_KEPT = ("data/plantrack.lock", f"data/{STAGED}/")  # begin the paths of what is of one run
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: the file, how many files are in it and how large they are together; ``faults``: what is not whole."""

    path: Path
    files: int
    size: int
    faults: Sequence[str] = ()


def back_up(workspace: Workspace, file: Path | None = None, *, dry_run: bool = False) -> Backup:
    """Writes the whole workspace into ``file``, which must be new, for its owner alone; looks whether it is whole."""
    target = file or workspace.root / "backups" / f"plantrack-backup-{workspace.today.isoformat()}.zip"
    if file is None:
        target = _free(target)
    if target.exists():
        raise UsageError(
            _("{path} is there already.").format(path=target), _("Name another file: backups are never written over.")
        )
    paths = list(_files(workspace.root))
    size = sum((workspace.root / path).stat().st_size for path in paths)
    if dry_run:
        return Backup(target, len(paths), size)
    with atomic.replacing_file(target) as unfinished:
        unfinished.touch(mode=0o600)
        _write(workspace, paths, unfinished)
    return Backup(target, len(paths), size, check_backup(target))


def _free(path: Path) -> Path:
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_stem(f"{path.stem}-{number}")
    return candidate


def _files(root: Path) -> Iterator[str]:
    for pattern in _KEPT:
        for path in sorted(root.glob(pattern)):
            relative = path.relative_to(root).as_posix()
            if path.is_file() and not relative.startswith(_NOT_KEPT) and not path.name.endswith(atomic.UNFINISHED):
                yield relative


def _write(workspace: Workspace, paths: Sequence[str], target: Path) -> None:
    digests: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in counted(_("Files put into the backup"), paths):
            digest = hashlib.sha256()
            item = zipfile.ZipInfo.from_file(workspace.root / path, path, strict_timestamps=False)
            item.compress_type = zipfile.ZIP_DEFLATED
            with (workspace.root / path).open("rb") as source, archive.open(item, "w") as kept:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    kept.write(chunk)
            digests[path] = digest.hexdigest()
        said = {"release": __version__, "made_at": workspace.timestamp(), "files": digests}
        archive.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))


def check_backup(file: Path) -> list[str]:
    """The files of a backup that are missing, changed or not its own. ``OrderError`` for what is none."""
    with _opened(file) as archive:
        digests = _digests(archive, file)
        names = {item.filename for item in archive.infolist()} - {MANIFEST}
        strange = sorted(names - digests.keys())
        return strange + [
            path
            for path, digest in counted(_("Files looked at"), digests.items())
            if not _is_whole(archive, path, digest)
        ]


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise _no_backup(file) from None


def _no_backup(file: Path) -> OrderError:
    return OrderError(
        _("{path} is no backup of a workspace, or is damaged.").format(path=file),
        _("Take another one: plantrack backup writes backups/plantrack-backup-DATE.zip"),
    )


def _digests(archive: zipfile.ZipFile, file: Path) -> Mapping[str, str]:
    try:
        said: Any = json.loads(archive.read(MANIFEST))
        digests: dict[str, str] = {str(path): str(digest) for path, digest in said["files"].items()}
    except Exception:  # the library names no end of errors for what is damaged
        raise _no_backup(file) from None
    return digests


def _is_whole(archive: zipfile.ZipFile, path: str, digest: str) -> bool:
    found = hashlib.sha256()
    try:
        with archive.open(path) as kept:
            while chunk := kept.read(_CHUNK):
                found.update(chunk)
    except Exception:  # the library names no end of errors for what is damaged
        return False
    return found.hexdigest() == digest


def restore(file: Path, folder: Path | None = None, *, dry_run: bool = False) -> Backup:
    """Puts a backup back into ``folder``, which must be new or empty; by default one called like the backup.

    Nothing is put anywhere unless all of it is whole.
    """
    target = folder or Path(file.stem)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            _("{path} is in use: a backup is only put back into a new or empty folder.").format(path=target),
            _("Name another folder, and look at both before you delete the old one."),
        )
    faults = check_backup(file)
    if faults:
        raise OrderError(
            _("The backup is damaged: {paths}. Nothing was put back.").format(paths=", ".join(faults[:5])),
            _("Take another backup; see what is wrong in this one with: plantrack verify {file}").format(file=file),
        )
    with _opened(file) as archive:
        paths = list(_digests(archive, file))
        size = sum(archive.getinfo(path).file_size for path in paths)
        if not dry_run:
            _lay_out(archive, paths, target)
    return Backup(target, len(paths), size)


def _lay_out(archive: zipfile.ZipFile, paths: Sequence[str], target: Path) -> None:
    """Into a folder beside ``target`` first, which then gets its name in one move."""
    fresh = target.absolute().with_name(f".{target.absolute().name}-new")
    shutil.rmtree(fresh, ignore_errors=True)
    close_to_others(fresh / "data")
    for path in counted(_("Files put back"), paths):
        place = fresh / path
        if not _is_inside(path):
            raise OrderError(_("The backup is damaged: {paths}. Nothing was put back.").format(paths=path))
        place.parent.mkdir(parents=True, exist_ok=True)
        with atomic.replacing_file(place) as unfinished:
            unfinished.touch(mode=0o600 if path.startswith("data/") else 0o666)
            with archive.open(path) as kept, unfinished.open("wb") as written:
                shutil.copyfileobj(kept, written)
        _date(place, archive.getinfo(path))
    for name in ("inbox", "outbox"):
        (fresh / name).mkdir(exist_ok=True)
    if target.exists():
        target.rmdir()
    fresh.rename(target)
    atomic.sync_folder(target.absolute().parent)


def _is_inside(path: str) -> bool:
    named = PurePosixPath(path)
    return not named.is_absolute() and ".." not in named.parts and "\\" not in path and ":" not in named.parts[0]


def _date(place: Path, item: zipfile.ZipInfo) -> None:
    """Files keep their times, by which returns in the inbox are told apart."""
    from datetime import datetime

    moment = datetime(*item.date_time).timestamp()
    os.utime(place, (moment, moment))


def is_as_recorded(path: Path, sha256: str) -> bool:
    """Whether a file is there with the bytes on record."""
    return path.is_file() and file_sha256(path) == sha256
