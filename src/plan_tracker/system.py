"""What the system around plantrack says: who is at work, and why something could not be read or written, in words.

Reads the environment. No word here blames a file or a unit for what the disk, the drive or the machine does.
"""

from __future__ import annotations

import errno
import getpass
import os

from plan_tracker.i18n import N_, _

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_GONE = tuple(
    getattr(errno, name)
    for name in ("EIO", "ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "ENETDOWN", "ENETUNREACH", "ETIMEDOUT")
    if hasattr(errno, name)
)
_ON_WINDOWS = os.name == "nt"
_OPEN_ELSEWHERE = (32, 33)  # what Windows says of a file that another program holds
_ACCESS_DENIED = 5  # Windows says so of what may not be written, and of what a program holds in its own way
_NAME_TOO_LONG, _NOT_THERE, _MAX_PATH = 206, (2, 3), 260  # Windows' own numbers, and the characters of a path
_FREE_SPACE = N_("Make room on that drive, then run the command again. What was done before stands.")
_DENIED = (errno.EACCES, errno.EPERM)
_DENIED_OR_OPEN = (
    N_("permission denied, or another program has it open"),
    N_(
        "Close it if it is open in Excel, Word or another program, then run the command again. If it is open nowhere, "
        "have the owner of the file or folder give you the right to read and write it."
    ),
)
_REASONS = {
    **dict.fromkeys(_FULL, (N_("the disk is full"), _FREE_SPACE)),
    **dict.fromkeys(
        _GONE,
        (
            N_("the drive does not answer"),
            N_("Connect the drive again, then run the command again. What was done before stands."),
        ),
    ),
    errno.EROFS: (
        N_("the folder can only be read"),
        N_("Have it made writable, or work in a copy of the workspace on another drive."),
    ),
    **dict.fromkeys(
        _DENIED,
        (N_("permission denied"), N_("Have the owner of the file or folder give you the right to read and write it.")),
    ),
    errno.ENOENT: (
        N_("it is not there"),
        N_("Put it back, or connect the drive that it lies on, then run the command again."),
    ),
    errno.EEXIST: (N_("something else stands there"), N_("Move it away, then run the command again.")),
    **dict.fromkeys(
        (errno.ENOTDIR, errno.EISDIR, errno.ENOTEMPTY),
        (
            N_("a file stands where a folder should be, or a folder where a file should"),
            N_("Move it away, then run the command again."),
        ),
    ),
    errno.ENAMETOOLONG: (
        N_("the path is too long for this drive"),
        N_("Move the workspace into a folder with a shorter path."),
    ),
}


def user_name() -> str:
    """Who is at work, for the record: also where the system has no name for the user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no entry for the user, as in many containers; each Python its own error
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "?"


def reason_of(error: OSError) -> str:
    """Why it could not be done, in a few words; the system's own where they are none of those known here."""
    known = _known(error)
    return _(known[0]) if known else error.strerror or str(error)


def describe_os_error(error: OSError) -> tuple[str, str] | None:
    """What could not be done and what to do; None for what is no matter of files and drives, and so a fault of ours."""
    known = _known(error)
    if known is None:
        return None
    path = error.filename2 or error.filename
    where = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else ""
    reason, advice = map(_, known)
    return (f"{where}: {reason}" if where else reason), advice


def _known(error: OSError) -> tuple[str, str] | None:
    number = getattr(error, "winerror", None)
    if number in _OPEN_ELSEWHERE:
        return N_("another program has it open"), N_("Close it there, then run the command again.")
    if number == _ACCESS_DENIED or (_ON_WINDOWS and not number and error.errno in _DENIED):
        return _DENIED_OR_OPEN
    return _REASONS.get(errno.ENAMETOOLONG if _is_too_long_for_windows(error) else error.errno or 0)


def _is_too_long_for_windows(error: OSError) -> bool:
    """Windows says of most paths that are too long that they are not there."""
    number = getattr(error, "winerror", None)
    return number == _NAME_TOO_LONG or (number in _NOT_THERE and len(os.fsdecode(error.filename or "")) >= _MAX_PATH)
