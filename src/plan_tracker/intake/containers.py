"""Returns that come inside something: a .zip archive, or an e-mail saved as .eml.

What is inside is laid into the inbox and read like any other file; the container itself is kept in ``data/containers``.
Names inside are only ever used as file names, never as paths.
"""

from __future__ import annotations

import email
import email.policy
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from plan_tracker.intake.files import free_name, is_no_return

CONTAINERS = frozenset({".zip", ".eml"})
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
MOST_FILES = 1000


class UnpackError(Exception):
    """Why nothing can be taken out of a container: a finding code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_container(path: Path) -> bool:
    return path.suffix.lower() in CONTAINERS


def unpack(path: Path, folder: Path, limit: int) -> list[Path]:
    """Lays the files inside ``path`` into ``folder``; ``limit`` in bytes for all of them together.

    Raises ``UnpackError`` where there is nothing to be taken out, before anything is written.
    """
    inside = list(_zipped(path, limit) if path.suffix.lower() == ".zip" else _attached(path))
    if not inside:
        raise UnpackError("FILE-TYPE")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in inside:
        target = free_name(folder / name)
        target.write_bytes(content)
        written.append(target)
    return written


def _zipped(path: Path, limit: int) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            items = [item for item in archive.infolist() if not item.is_dir()]
            if sum(item.file_size for item in items) > limit or len(items) > MOST_FILES:
                raise UnpackError("FILE-TOO-LARGE")
            for item in items:
                name = _bare_name(item.filename)
                if not is_no_return(Path(name)) and "__MACOSX" not in item.filename:
                    yield name, archive.read(item)
    except RuntimeError as error:  # the standard library's word for a password
        raise UnpackError("FILE-ENCRYPTED") from error
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError, ValueError) as error:
        raise UnpackError("FILE-UNREADABLE") from error


def _attached(path: Path) -> Iterator[tuple[str, bytes]]:
    """An e-mail's workbooks; pictures and signatures are none of ours."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    for part in message.walk():
        name = _bare_name(part.get_filename() or "")
        content = part.get_payload(decode=True)
        if Path(name).suffix.lower() in WORKBOOKS and isinstance(content, bytes):
            yield name, content


def _bare_name(name: str) -> str:
    """The last part of a path of any system, without what no file name may hold."""
    bare = PurePosixPath(PureWindowsPath(name).as_posix()).name
    return "".join("_" if char in '<>:"|?*' or ord(char) < 32 else char for char in bare)[-150:] or "file"
