"""Writing a file so that it is whole or not there: beside its place first, synced, then moved there.

The folder is synced after the move, so that a lost power supply can't take the name back. Everything that plantrack
writes for good is written through here; only scratch copies in the system's temporary folder are not.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".part"  # ends the name of a file that is still being written


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """A path in ``path``'s folder to write to; what is there when the block ends takes the place of ``path``.

    When the block fails, ``path`` stays as it was and the unfinished file goes. ``OSError`` as writing has it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = unfinished_name(path)
    try:
        yield unfinished
        _sync_file(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def unfinished_name(path: Path) -> Path:
    """Where ``path`` is written first: the same place each time, so that what a killed run left is written over.

    Short whatever the name, since a name may already be as long as the file system takes.
    """
    mark = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    return path.with_name(f".{mark}{UNFINISHED}")


def write_bytes(path: Path, content: bytes, *, private: bool = False) -> None:
    """Writes ``content`` to ``path``; a ``private`` file is its owner's alone from its first byte."""
    with replacing_file(path) as unfinished:
        if private:
            unfinished.touch(mode=0o600)
        unfinished.write_bytes(content)


def write_text(path: Path, text: str, *, private: bool = False) -> None:
    """Writes ``text`` to ``path`` in UTF-8, its line ends as they are."""
    write_bytes(path, text.encode("utf-8"), private=private)


def copy_file(source: Path, target: Path) -> None:
    """Copies the bytes of ``source`` to ``target``."""
    with replacing_file(target) as unfinished:
        shutil.copyfile(source, unfinished)


def move_file(source: Path, target: Path) -> None:
    """Moves ``source`` to ``target``, which must be free; also onto another drive."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.rename(target)
    except OSError:
        if not source.is_file():
            raise
        copy_file(source, target)  # another drive
        dated = source.stat()  # when a return came is told by its time
        os.utime(target, ns=(dated.st_atime_ns, dated.st_mtime_ns))
        source.unlink()
    sync_folder(target.parent)


def replace_file(source: Path, target: Path) -> None:
    """Moves ``source``, which has been synced, over ``target``; also onto another drive."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy_file(source, target)
        source.unlink()
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Has the system write down which names are in ``folder``, where it can do that (Windows does by itself)."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # a folder that may not be read; its file has been synced
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network drives don't sync folders
    finally:
        os.close(handle)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
