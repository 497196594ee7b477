"""Rows of the database that are kept packed until they are written: of thousands of forms a third."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

_LEVEL = 1  # of 9: the quickest

as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class PackedRows:
    """Rows of what JSON has. They may be gone through any number of times, and are in memory one by one."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []

    def append(self, row: Sequence[object]) -> None:
        self._packed.append(zlib.compress(as_json(row).encode(), _LEVEL))

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return (tuple(json.loads(text)) for text in self.texts())

    def texts(self) -> Iterator[str]:
        """Each as JSON."""
        return (zlib.decompress(row).decode() for row in self._packed)
