"""Returns that come inside something: an archive, a mail, a signature, or one of these in another.

What a file is, is told by its bytes. Names inside are only ever used as file names, never as paths.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from plan_tracker.forms.reading.spreadsheets.file_kinds import OLE, ZIP, file_kind, is_apple_numbers, is_signed_message
from plan_tracker.intake.unpacking.archives import has_unpacker, unpacked, zipped
from plan_tracker.intake.unpacking.mails import (
    WORKBOOKS,
    attached,
    can_open_outlook,
    is_mail,
    is_outlook,
    is_wanted,
    unpacked_by_outlook,
)
from plan_tracker.intake.unpacking.members import BESIDE, Budget, Member, UnpackError
from plan_tracker.intake.unpacking.signed import can_open_signed, signed_content

DEEPEST = 3  # an archive in a mail in an archive
_OFFICE = frozenset(  # a workbook or document is a zip as well, also one that has lost a part
    {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "mimetype", "content.xml", "META-INF/manifest.xml"}
)
_BOUNDARY, _HEADERS = re.compile(rb"""boundary=["']?([^"'\s;]+)""", re.IGNORECASE), 100_000  # in so many bytes
Opener = Callable[[str, bytes, Budget], Iterator[Member]]


def is_container(path: Path) -> bool:
    """Whether a file is one that others are taken out of. Raises ``OSError`` where it can't be read."""
    return _opener(path.name, path.read_bytes()) is not None


def is_cut_short(name: str, content: bytes) -> bool:
    """Whether a mail lacks the mark that its parts end with, as one does that is still being copied."""
    boundary = _BOUNDARY.search(content, 0, _HEADERS) if is_mail(name, content) else None
    return boundary is not None and b"--" + boundary[1] + b"--" not in content


def members(path: Path, limit: int) -> Iterator[Member]:
    """The files inside ``path``, one after the other; ``limit`` in bytes for all of them together.

    Raises ``UnpackError`` where the container can't be opened, or holds more than it may.
    """
    yield from _inside(path.name, path.read_bytes(), Budget(limit), 1)


def _inside(name: str, content: bytes, budget: Budget, depth: int) -> Iterator[Member]:
    opener = _opener(name, content)
    assert opener is not None
    for found in opener(name, content, budget):
        if found.code:
            yield found
        elif _opener(found.name, found.content) is not None:
            yield from _nested(found, budget, depth + 1)
        elif is_outlook(found.content):
            yield Member(found.name, code="FILE-OUTLOOK")
        else:
            yield found


def _nested(container: Member, budget: Budget, depth: int) -> Iterator[Member]:
    """What is inside a container inside; where that can't be told, the others are taken all the same."""
    if depth > DEEPEST:
        yield Member(container.name, code="FILE-TYPE", params={"case": "too-deep"})
        return
    try:
        yield from _inside(container.name, container.content, budget, depth)
    except UnpackError as error:
        if error.code == "FILE-TOO-LARGE":
            raise
        yield Member(container.name, code=error.code, params=error.params)


def _opener(name: str, content: bytes) -> Opener | None:
    """What takes a file's members out; None where it is no container, or no program for it is installed."""
    if content.startswith(ZIP):
        return _open_zip if _is_archive(name, content) else None
    if is_outlook(content):
        return _open_outlook if can_open_outlook() else None
    if is_signed_message(content):
        return _open_signed if can_open_signed() else None
    if file_kind(content) == "archive":
        return _open_archive if has_unpacker() else None
    if is_mail(name, content):
        return _open_mail
    is_called_zip = name.lower().endswith(".zip") and not content.startswith(OLE)
    return _open_zip if is_called_zip else None


def _open_zip(_name: str, content: bytes, budget: Budget) -> Iterator[Member]:
    return _forms_first(zipped(content, budget))


def _forms_first(found: Iterator[Member]) -> Iterator[Member]:
    """An archive's workbooks, and what may hold some; what else lies there is only named beside them.

    Where there are none, all of it is given, so that each file is told by what it is.
    """
    others: list[Member] = []
    has_forms = False
    for member in found:
        if is_wanted(member):
            has_forms = True
            yield member
        else:
            others.append(member)
    yield from (Member(member.name, code=BESIDE) if has_forms else member for member in others)


def _open_mail(_name: str, content: bytes, budget: Budget) -> Iterator[Member]:
    return attached(content, budget)


def _open_outlook(_name: str, content: bytes, budget: Budget) -> Iterator[Member]:
    return unpacked_by_outlook(content, budget)


def _open_archive(_name: str, content: bytes, budget: Budget) -> Iterator[Member]:
    return _forms_first(unpacked(content, budget))


def _open_signed(name: str, content: bytes, budget: Budget) -> Iterator[Member]:
    yield signed_content(name, content, budget)


def _is_archive(name: str, content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except Exception:  # damaged: by its name, it is whoever opens it that says so
        return name.lower().endswith(".zip")
    has_workbook = any(PurePath(inside).suffix.lower() in WORKBOOKS for inside in names)
    return not _OFFICE & set(names) and (has_workbook or not is_apple_numbers(names))


def suffix_of(path: PurePath, content: bytes) -> str:
    """A workbook's suffix: as it came, unless that says something else than its bytes."""
    if path.suffix.lower() in WORKBOOKS:
        return path.suffix.lower()
    if not content.startswith(ZIP):
        return ".xls" if content.startswith(OLE) else ".fods"
    return ".ods" if content[30:38] == b"mimetype" else ".xlsx"
