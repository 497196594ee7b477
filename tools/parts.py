"""Office documents as the parts of their archives: two that hold the same differ by the times written beside them."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile


def read_parts(file: Path | BytesIO) -> dict[str, bytes]:
    """What the archive holds, by name."""
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_if_changed(made: BytesIO, path: Path, dated: Collection[str] = ()) -> None:
    """Writes ``made`` to ``path``, unless the file there has the same parts, but for those that are ``dated``."""
    if path.exists():
        before, after = read_parts(path), read_parts(made)
        if {**before, **dict.fromkeys(dated)} == {**after, **dict.fromkeys(dated)}:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.getvalue())
