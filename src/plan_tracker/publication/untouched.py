"""Whether a published folder is still as it was written: the SHA-256 of all its files together, but for the list of
the year's periods, which later publications bring up to date. Reads the folder.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from plan_tracker.publication.site.periods import PAGE, without_list

_LEFT_ABOUT = re.compile(r"\..*|~\$.*|Thumbs\.db|desktop\.ini", re.IGNORECASE)  # by systems and office programs


def folder_digest(folder: Path) -> str:
    """The hexadecimal SHA-256 of every file's path and bytes, in the order of their paths."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not _LEFT_ABOUT.fullmatch(path.name)):
        name, content = path.relative_to(folder).as_posix(), path.read_bytes()
        if path.name == PAGE:
            content = without_list(content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        whole.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
