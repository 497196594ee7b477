"""The journal beside the database: all that is ever written into it, so that it can be made again (R27).

Reads and writes ``data/journal.jsonl``, which is only ever added to: a line per transaction, synced before that is
committed, each sealed over the one before. An entry whose transaction was not committed after all is declared void by
the next. Where the database knew more than the journal has, a line holds the whole of it, as a new beginning.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from plan_tracker import atomic
from plan_tracker.store.database.packed_rows import PackedRows, as_json
from plan_tracker.values import driving_escaped

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

JOURNAL = "journal.jsonl"
_SEAL = 64  # signs of a line's seal, which stands before its entry
_TAIL = 65_536  # bytes that are read at once, from the end

_CHUNK = 1_000_000  # bytes that are written at once

Rows = list[list[Any]] | PackedRows
Done = list[tuple[str, Rows]]  # statements, each with the rows that it was run with


class JournalEntry(NamedTuple):
    """What one transaction wrote at version ``schema`` of the schema; ``is_whole``: it holds the whole database."""

    number: int
    schema: int
    done: Done
    is_whole: bool


class Journal:
    """The journal at ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._size, self._number, self._last_seal = -1, 0, ""

    def last(self) -> int:
        """The number of the newest entry; 0 where there is none."""
        self._look()
        return self._number

    def append(self, number: int, schema: int, done: Done, *, whole: bool = False) -> None:
        """Adds an entry, and has it on the disk before it returns."""
        self._add(number, lambda: _pieces(number, schema, done, whole=whole))

    def declare_void(self, number: int) -> None:
        """Adds that the entry ``number`` was not committed."""
        self._add(number, lambda: [as_json({"number": number, "void": True})])

    def _add(self, number: int, pieces: Callable[[], Iterable[str]]) -> None:
        """Adds the line of entry ``number``, what ``pieces`` are together whenever they are asked for.

        Thousands of forms are one transaction: they are gone through twice, since their seal stands before them, and
        are never in memory together, nor read again to know that they are the newest.
        """
        self._look()
        seal = _seal_after(self._last_seal)
        for chunk in _chunks(pieces()):
            seal.update(chunk)
        is_new, self._size = not self.path.exists(), -1
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "r+b", buffering=0) as file:
            before = "" if is_new or _ends_line(file) else "\n"  # what a run that was cut off did not write to its end
            for chunk in _chunks(chain((f"{before}{seal.hexdigest()} ",), pieces(), ("\n",))):
                if file.write(chunk) != len(chunk):
                    raise OSError(28, os.strerror(28), str(self.path))
            os.fsync(file.fileno())
        if is_new:
            atomic.sync_folder(self.path.parent)
        self._number, self._last_seal, self._size = number, seal.hexdigest(), self.path.stat().st_size

    def _look(self) -> None:
        """Finds the newest entry that is whole, unless the file is as it was."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size == self._size:
            return
        self._number, self._last_seal = self._newest() if size else (0, "")
        self._size = size  # last: where reading fails, the next one looks again

    def _newest(self) -> tuple[int, str]:
        """The number and the seal of the newest entry that is whole."""
        for line in _lines_from_end(self.path):
            content = _content(line)
            if content is not None:
                return content["number"], line[:_SEAL].decode()
        return 0, ""

    def entries(self) -> Iterator[JournalEntry]:
        """Every entry that was committed, the oldest first. ``ValueError`` for a journal that is damaged."""
        void = {content["number"] for content in self._contents() if "void" in content}
        for content in self._contents():
            if "void" not in content and content["number"] not in void:
                done = [(statement, rows) for statement, rows in content["done"]]
                yield JournalEntry(content["number"], content["schema"], done, content["whole"])

    def _contents(self) -> Iterator[dict[str, Any]]:
        """The lines that follow one upon the other; one that was not written to its end is passed over."""
        seal, is_broken = "", False
        with self.path.open("rb") as file:
            for line in file:
                text = line[_SEAL + 1 : -1].decode("utf-8", errors="replace")
                if line.endswith(b"\n") and _sealed(seal, text).encode() == line[:_SEAL]:
                    seal, is_broken = line[:_SEAL].decode(), False
                    yield json.loads(text)
                else:
                    is_broken = line.endswith(b"\n")
        if is_broken:
            raise ValueError(self.path.name)


def _pieces(number: int, schema: int, done: Done, *, whole: bool) -> Iterator[str]:
    """An entry as one JSON text, row by row."""
    yield f'{{"number":{number},"schema":{schema},"done":['
    for place, (statement, rows) in enumerate(done):
        yield f"{',' if place else ''}[{as_json(statement)},["
        texts = rows.texts() if isinstance(rows, PackedRows) else map(as_json, rows)
        yield from (f"{',' if at else ''}{text}" for at, text in enumerate(texts))
        yield "]]"
    yield f'],"whole":{as_json(whole)}}}'


def _chunks(pieces: Iterable[str]) -> Iterator[bytes]:
    """``pieces`` as they are written, so many bytes at once."""
    held = bytearray()
    for piece in pieces:
        held += driving_escaped(piece).encode()
        if len(held) >= _CHUNK:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _seal_after(before: str) -> Hash:
    """What seals the entry whose text it is given, over the seal ``before``."""
    return hashlib.sha256(f"{before} ".encode())


def _sealed(before: str, text: str) -> str:
    seal = _seal_after(before)
    seal.update(text.encode())
    return seal.hexdigest()


def _content(line: bytes) -> dict[str, Any] | None:
    try:
        content = json.loads(line[_SEAL + 1 :])
    except ValueError:
        return None
    return content if isinstance(content, dict) and "number" in content else None


def _ends_line(file: Any) -> bool:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 1))
    return size == 0 or bool(file.read(1) == b"\n")


def _lines_from_end(path: Path) -> Iterator[bytes]:
    """The lines of a file that were written to their end, the last first; only as much is read as is asked for."""
    with path.open("rb") as file:
        at, rest, is_last = file.seek(0, os.SEEK_END), b"", True
        while at:
            step = min(max(_TAIL, len(rest)), at)
            at -= step
            file.seek(at)
            rest = file.read(step) + rest
            first, *lines = rest.split(b"\n")
            for line in reversed(lines):
                if line and not is_last:
                    yield line
                is_last = False
            rest = first
        if rest and not is_last:
            yield rest


def whole_of(connection: sqlite3.Connection) -> Done:
    """Statements that put all that is in a database into an empty one, down to the rows' own numbers."""
    names = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT IN ('journal') ORDER BY rowid"
    found: Done = []
    for name, sql in connection.execute(names).fetchall():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        if "WITHOUT ROWID" not in sql:
            columns.insert(0, "rowid")
        listed, marks = ", ".join(columns), ", ".join("?" * len(columns))
        rows = [list(row) for row in connection.execute(f"SELECT {listed} FROM {name}")]  # noqa: S608 - names of our own
        if rows:
            found.append((f"INSERT INTO {name} ({listed}) VALUES ({marks})", rows))  # noqa: S608
    return found


def is_change(statement: str) -> bool:
    """Whether a statement writes rows."""
    return statement.lstrip()[:7].upper() in ("INSERT ", "UPDATE ", "DELETE ")


def rows_of(values: Sequence[object]) -> list[Any]:
    """The values of a statement as JSON has them."""
    return [str(value) if isinstance(value, str) else value for value in values]
