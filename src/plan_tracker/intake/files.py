"""Files in and out of the inbox: what waits, what is none of ours, where each goes. Nothing is ever overwritten."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from plan_tracker import atomic
from plan_tracker.checking.findings import Finding
from plan_tracker.i18n import _
from plan_tracker.system import reason_of
from plan_tracker.values import inert
from plan_tracker.workspace.folders import file_sha256

_NOT_RETURNS = frozenset({"thumbs.db", "desktop.ini", ".ds_store", ".gitkeep"})
_DOWNLOADS = frozenset({".crdownload", ".part", ".partial", ".tmp", ".download"})
_MISREAD = re.compile("[\u1000-\u1fff]")  # what "แ" and two more letters of Thai Windows make in UTF-8
_LOCKS = ("~$", "._", ".~lock.")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_NOT_HERE_ON_WINDOWS = 0x1000 | 0x40000 | 0x400000  # offline, recalled when opened, recalled when read
_NOT_HERE_ON_MACOS = 0x40000000  # dataless
_ENDS = dict.fromkeys(map(ord, "\t\n"), "\ufffd")  # no part of what is one line
_LONGEST_NAME = 230  # bytes; file systems take 255, and a number or .txt may come behind
SETTLED = 2.0  # seconds without a change, after which a file is taken to be whole
LAYING_DOWN = "~$"  # begins the name of a folder that is still being filled from a container


class InboxFiles(NamedTuple):
    """What lies in the inbox: ``files`` to be taken up, the oldest first, and what can't be, each with the reason."""

    files: Sequence[Path]
    left: Sequence[tuple[Path, str]] = ()


def waiting(inbox: Path, rejected: Path) -> InboxFiles:
    """The files in the inbox and its folders, but for what was rejected before.

    A file that vanishes meanwhile is not there; one that can't be looked at comes first. What is no file (a pipe, a
    device, whose reading would never end) and folders that can't be listed are left. ``OSError`` where the inbox
    itself can't be listed.
    """
    left: list[tuple[Path, str]] = []

    def note(error: OSError) -> None:
        if Path(error.filename) == inbox and not isinstance(error, FileNotFoundError):
            raise error
        left.append((Path(error.filename), reason_of(error)))

    found = list(_files(inbox, rejected, note) if inbox.exists() else ())
    strange = {path for path in found if _is_strange(path)}
    left += [(path, _("it is no file, but a pipe, a device or the like")) for path in sorted(strange)]
    return InboxFiles(in_order(path for path in found if path not in strange), left)


def in_order(paths: Iterable[Path]) -> list[Path]:
    """``paths`` as they came: by their times, what came in one container by its name there.

    The same before and after a container has been laid out, since its members bear its time.
    """
    found = []
    for path in paths:
        try:
            found.append((path.stat().st_mtime_ns, container_of(path) or path.name, path.name, path))
        except FileNotFoundError:
            continue
        except OSError:
            found.append((0, "", path.name, path))
    return [path for *_order, path in sorted(found)]


def _files(inbox: Path, rejected: Path, note: Callable[[OSError], None]) -> Iterator[Path]:
    for folder, folders, names in os.walk(inbox, onerror=note):
        here = Path(folder)
        folders[:] = [name for name in folders if here / name != rejected and not name.startswith(LAYING_DOWN)]
        yield from (here / name for name in names)


def _is_strange(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False  # whoever takes it up says why it can't be


def is_no_return(path: PurePath) -> bool:
    """Whether a file is one that programs leave about: lock files, thumbnails, half downloads."""
    name = path.name.lower()
    return name.startswith(_LOCKS) or name in _NOT_RETURNS or path.suffix.lower() in _DOWNLOADS


def shown_name(path: PurePath) -> str:
    """A file's name as people can read it and every file can hold it, whatever its bytes are."""
    return inert(readable(os.fsencode(path.name)).translate(_ENDS))


def readable(name: bytes) -> str:
    """A name that came as bytes: UTF-8, else Thai Windows; also where those of Thai Windows happen to be UTF-8 too."""
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        return _as_thai(name) or name.decode("utf-8", errors="replace")
    return _as_thai(name) or text if _MISREAD.search(text) else text


def _as_thai(name: bytes) -> str:
    try:
        return name.decode("cp874")
    except UnicodeDecodeError:
        return ""


def safe_name(name: str) -> str:
    """The last part of a path of any system, as a name that every system takes."""
    bare = PurePosixPath(PureWindowsPath(name).as_posix()).name
    shown = "".join("_" if char in '<>:"|?*\t\n' else char for char in inert(bare, "_"))
    shown = shown.rstrip(". ") or "file"
    return fitting("_" + shown if shown.partition(".")[0].strip().lower() in _RESERVED else shown)


def placeholder(path: Path) -> bool:
    """Whether a file is only announced: its contents are still with iCloud, OneDrive or the like.

    Raises ``OSError`` where it can't be looked at.
    """
    if path.name.startswith(".") and path.suffix.lower() == ".icloud":
        return True
    state = path.stat()
    on_windows = getattr(state, "st_file_attributes", 0) & _NOT_HERE_ON_WINDOWS
    return bool(on_windows or getattr(state, "st_flags", 0) & _NOT_HERE_ON_MACOS)


def fitting(name: str) -> str:
    """``name``, cut where it takes more bytes than a file's name may; its suffix stays."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    if len(os.fsencode(suffix)) > _LONGEST_NAME // 4:
        stem, suffix = name, ""
    while len(os.fsencode(stem + suffix)) > _LONGEST_NAME:
        stem = stem[:-1]
    return stem + suffix


def keep_container(containers: Path, path: Path) -> Path:
    """Moves an archive or e-mail, whose contents are in the inbox now, to ``containers``."""
    target = free_name(containers / fitting(path.name))
    atomic.move_file(path, target)
    return target


def keep_original(target: Path, content: bytes) -> Path:
    """Writes the bytes of a return, as they were read, to ``target``, or beside it where another file stands there."""
    if has_bytes(target, hashlib.sha256(content).hexdigest()):
        return target  # of a run that was cut off
    target = free_name(target)
    atomic.write_bytes(target, content)
    return target


def restore_original(target: Path, content: bytes) -> None:
    """Puts the bytes of a return back to ``target``; what stands there instead is moved aside, and kept."""
    if target.exists():
        target.replace(free_name(target.with_stem(target.stem + "-changed")))
    keep_original(target, content)


def is_being_written(path: Path, content: bytes) -> bool:
    """Whether a file that could not be used is one that is still being copied: it changes, or has only just changed.

    Waits until it has been left alone for ``SETTLED`` seconds, for no longer than that.
    """
    try:
        age = time.time() - path.stat().st_mtime
        if age < SETTLED:
            time.sleep(min(SETTLED, SETTLED - max(age, 0)))
        return path.read_bytes() != content
    except OSError:
        return True


def being_written() -> str:
    """Why a file waits that is still being copied."""
    return _("it is being written at this moment")


def has_bytes(path: Path, sha256: str) -> bool:
    """Whether ``path`` is a file with these bytes."""
    try:
        return file_sha256(path) == sha256
    except OSError:
        return False


def reject(path: Path, rejected: Path, finding: Finding) -> Path:
    """Moves a file that can't be used to ``rejected``, its reason in Thai and English beside it.

    The reason comes first: a run that is cut off leaves no rejected file without one.
    """
    rejected.mkdir(parents=True, exist_ok=True)
    target = free_name(rejected / fitting(path.name))
    reason = say_why(target, finding)
    try:
        atomic.move_file(path, target)
    except OSError:
        reason.unlink(missing_ok=True)
        raise
    return target


def say_why(target: Path, finding: Finding) -> Path:
    """Writes the reason of a rejection beside ``target``, unless that stands there already; gives its path."""
    from plan_tracker.checking.catalogue import words

    said = [words(finding, language) for language in ("th", "en")]
    lines = [f"{finding.code}", *(f"{text.message}\n→ {text.fix}" for text in said)]
    text = (inert("\n\n".join(lines)) + "\n").encode("utf-8-sig")
    reason = target.with_name(target.name + ".txt")
    if has_bytes(reason, hashlib.sha256(text).hexdigest()):
        return reason  # of a run that was cut off
    reason = free_name(reason)
    atomic.write_bytes(reason, text)
    return reason


def free_name(path: Path) -> Path:
    """``path``, or the same name with a number that is not taken."""
    candidate, number = path, 1
    while os.path.lexists(candidate):
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return candidate


_LAID = re.compile(r"(.+) \[[0-9a-f]{8}\]")


def container_of(path: Path) -> str:
    """The name of the container that a file was taken out of; empty where it came by itself."""
    laid = _LAID.fullmatch(shown_name(path.parent))
    return laid[1] if laid else ""
