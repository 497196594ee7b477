"""Lays what is inside a container into the inbox, so that a run that is cut off loses nothing and doubles nothing.

The members are written into a folder that is not looked at, which gets its name in one move when it is whole:
``รวม.zip [1a2b3c4d]``, by the container's bytes. Only then does the container leave the inbox.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from plan_tracker import atomic
from plan_tracker.intake.files import LAYING_DOWN, container_of, fitting, free_name
from plan_tracker.intake.unpacking.containers import members
from plan_tracker.intake.unpacking.members import BESIDE, Member, UnpackError


def lay_down(path: Path, folder: Path, limit: int) -> tuple[list[Path], list[Member]]:
    """Lays the members of the container ``path`` into a folder of their own in ``folder``.

    Gives their paths, and the members that were not taken out. Raises ``UnpackError`` where nothing could be.
    """
    with path.open("rb") as file:
        mark = hashlib.file_digest(file, "sha256").hexdigest()[:8]
    target = folder / f"{fitting(path.name)} [{mark}]"
    if target.is_dir():  # of a run that was cut off before the container was moved
        return sorted(target.iterdir()), [member for member in members(path, limit) if member.code]
    unfinished = folder / f"{LAYING_DOWN}{mark}"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(parents=True)
    try:
        refused = _write_members(path, unfinished, limit)
    except UnpackError:
        shutil.rmtree(unfinished)
        raise
    _date_as(unfinished, path)
    unfinished.rename(target)
    atomic.sync_folder(folder)
    return sorted(target.iterdir()), refused


def _date_as(folder: Path, container: Path) -> None:
    """Members came when their container did: a run that takes them up after this one was cut off goes by that."""
    came = container.stat()
    for member in folder.iterdir():
        os.utime(member, ns=(came.st_atime_ns, came.st_mtime_ns))


def _write_members(path: Path, folder: Path, limit: int) -> list[Member]:
    refused = []
    for member in members(path, limit):
        if member.code:
            refused.append(member)
        else:
            atomic.write_bytes(free_name(folder / member.name), member.content)
    if not any(folder.iterdir()):
        first = next((member for member in refused if member.code != BESIDE), None)
        raise UnpackError(first.code, **first.params) if first else UnpackError("FILE-TYPE", case="empty")
    return refused


def clear_laid(inbox: Path) -> None:
    """Takes away the folders of containers whose members have all left the inbox."""
    for folder in inbox.iterdir() if inbox.is_dir() else ():
        if container_of(folder / "-") and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
