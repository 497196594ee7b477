"""Damage to whole files, other names for them, and files of other kinds."""

from __future__ import annotations

import io
from collections.abc import Callable

from openpyxl.workbook import Workbook

from tests.corpus.piece import Piece

Step = Callable[[Piece], object]
__all__ = ["append", "bytes_of", "cut_at", "foreign", "issued", "named", "twice"]


def cut_at(share: float) -> Step:
    """Only the first part of the file is there."""
    return lambda piece: setattr(piece, "content", piece.content[: int(len(piece.content) * share)])


def append(more: bytes) -> Step:
    return lambda piece: setattr(piece, "content", piece.content + more)


def bytes_of(content: bytes | str) -> Step:
    """Something else altogether."""
    made = content.encode() if isinstance(content, str) else content
    return lambda piece: setattr(piece, "content", made)


def named(name: str) -> Step:
    """The name that it was dropped by; ``{stem}`` is the case's."""
    return lambda piece: setattr(piece, "name", name.replace("{stem}", piece.name.rpartition(".")[0]))


def issued() -> Step:
    """The form as it was issued."""
    return lambda piece: setattr(piece, "content", piece.form)


def foreign() -> Step:
    """A workbook of somebody else's."""

    def step(piece: Piece) -> None:
        file = io.BytesIO()
        book = Workbook()
        book.worksheets[0].append(["งบ", 1])
        book.save(file)
        piece.content = file.getvalue()

    return step


def twice(name: str) -> Step:
    """The same bytes once more, by another name."""
    return lambda piece: piece.others.__setitem__(name, piece.content)
