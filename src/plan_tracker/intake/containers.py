"""Returns that come inside something: an archive, an e-mail, or one of these in another.

What a file is, is told by its bytes. Names inside are only ever used as file names, never as paths.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from plan_tracker.intake.files import fitting, is_no_return, readable

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
MOST_FILES = 1000
DEEPEST = 3  # an archive in a mail in an archive
_ZIP, _OLE = (b"PK\x03\x04", b"PK\x05\x06"), bytes.fromhex("D0CF11E0A1B11AE1")
_OFFICE = frozenset(  # a workbook or document is a zip as well, also one that has lost a part
    {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "mimetype", "content.xml", "META-INF/manifest.xml"}
)
_MAIL = (b"Return-Path:", b"Received:", b"Delivered-To:", b"MIME-Version:", b"X-Mozilla-Status:", b"From: ")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
_BOUNDARY, _HEADERS = re.compile(rb"""boundary=["']?([^"'\s;]+)""", re.IGNORECASE), 100_000  # in so many bytes
_NAMES_ARE_UTF8, _HAS_PASSWORD = 0x800, 0x1


class UnpackError(Exception):
    """Why a container, or something in it, can't be taken out: a finding code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container, under a name that any system takes; ``code`` says why it can't be taken out."""

    name: str
    content: bytes = b""
    code: str = ""


@dataclass(slots=True)
class Budget:
    """How much may still be taken out of one container and all that is inside it."""

    size: int
    files: int = MOST_FILES

    def spend(self, size: int) -> None:
        self.size -= size
        self.files -= 1
        if self.size < 0 or self.files < 0:
            raise UnpackError("FILE-TOO-LARGE")


def is_container(path: Path) -> bool:
    """Whether a file is an archive or an e-mail. Raises ``OSError`` where it can't be read."""
    with path.open("rb") as file:
        head = file.read(16)
        return _is_mail(path.name, head) or _is_archive(path.name, head, file)


def is_outlook(name: str, content: bytes) -> bool:
    """Whether this is a mail in Outlook's own packing."""
    suffix = PurePath(name).suffix.lower()
    return name.lower() == "winmail.dat" or (suffix == ".msg" and content.startswith(_OLE))


def _is_mail(name: str, head: bytes) -> bool:
    return not head.startswith(_ZIP) and (name.lower().endswith(".eml") or head.startswith(_MAIL))


def is_cut_short(name: str, content: bytes) -> bool:
    """Whether a mail lacks the mark that its parts end with, as one does that is still being copied."""
    boundary = _BOUNDARY.search(content, 0, _HEADERS) if _is_mail(name, content[:16]) else None
    return boundary is not None and b"--" + boundary[1] + b"--" not in content


def _is_archive(name: str, head: bytes, file: io.BufferedIOBase) -> bool:
    if not head.startswith(_ZIP):
        return name.lower().endswith(".zip") and not head.startswith(_OLE)
    try:
        with zipfile.ZipFile(file) as archive:
            return not _OFFICE & set(archive.namelist())
    except Exception:  # damaged: by its name, it is whoever opens it that says so
        return name.lower().endswith(".zip")


def members(path: Path, limit: int) -> Iterator[Member]:
    """The files inside ``path``, one after the other; ``limit`` in bytes for all of them together.

    Raises ``UnpackError`` where the container can't be opened, or holds more than it may.
    """
    return _inside(path.name, path.read_bytes(), Budget(limit), 1)


def _inside(name: str, content: bytes, budget: Budget, depth: int) -> Iterator[Member]:
    is_archive = not _is_mail(name, content[:16])
    for found in _zipped(content, budget) if is_archive else _attached(content, budget):
        head = found.content[:16]
        if is_outlook(found.name, found.content):
            yield Member(found.name, code="FILE-OUTLOOK")
        elif _is_mail(found.name, head) or _is_archive(found.name, head, io.BytesIO(found.content)):
            yield from [found] if found.code else _nested(found, budget, depth + 1)
        else:
            yield found


def _nested(container: Member, budget: Budget, depth: int) -> Iterator[Member]:
    """What is inside a container inside; where that can't be told, the others are taken all the same."""
    if depth > DEEPEST:
        yield Member(container.name, code="FILE-TYPE")
        return
    try:
        yield from _inside(container.name, container.content, budget, depth)
    except UnpackError as error:
        if error.code == "FILE-TOO-LARGE":
            raise
        yield Member(container.name, code=error.code)


def _zipped(content: bytes, budget: Budget) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except Exception as error:  # the library names no end of errors for damaged archives
        raise UnpackError("FILE-UNREADABLE") from error
    with archive:
        for item in archive.infolist():
            name = safe_name(_name_of(item))
            if not item.is_dir() and not is_no_return(PurePath(name)) and "__MACOSX" not in item.filename:
                budget.spend(item.file_size)
                yield _read_member(archive, item, name)


def _read_member(archive: zipfile.ZipFile, item: zipfile.ZipInfo, name: str) -> Member:
    if item.flag_bits & _HAS_PASSWORD:
        return Member(name, code="FILE-ENCRYPTED")
    try:
        return Member(name, archive.read(item))
    except Exception:  # a trap for each member
        return Member(name, code="FILE-UNREADABLE")


def _name_of(item: zipfile.ZipInfo) -> str:
    """The name of a member. Without the flag for UTF-8 the library takes it for DOS; Thai programs mean otherwise."""
    if item.flag_bits & _NAMES_ARE_UTF8:
        return item.filename
    try:
        return readable(item.filename.encode("cp437"))
    except UnicodeEncodeError:
        return item.filename


def _attached(content: bytes, budget: Budget) -> Iterator[Member]:
    """An e-mail's workbooks and archives, and those of mails in it; pictures and signatures are none of ours."""
    try:
        parts = list(email.message_from_bytes(content, policy=email.policy.default).walk())
    except Exception as error:  # the library names no end of errors for damaged mails
        raise UnpackError("FILE-UNREADABLE") from error
    for part in parts:
        try:
            member = _attachment(part)
        except Exception:
            member = Member("attachment", code="FILE-UNREADABLE")
        if member:
            budget.spend(len(member.content))
            yield member


def _attachment(part: Message) -> Member | None:
    name, content = part.get_filename() or "", part.get_payload(decode=True)
    if not isinstance(content, bytes) or part.get_content_maintype() in ("text", "image", "multipart"):
        return None
    wanted = PurePath(name).suffix.lower() in WORKBOOKS | {".zip", ".eml", ".msg"} or name.lower() == "winmail.dat"
    if not wanted and not content.startswith((*_ZIP, _OLE)):
        return None
    return Member(safe_name(name or "attachment.xlsx"), content)


def safe_name(name: str) -> str:
    """The last part of a path of any system, as a name that every system takes."""
    bare = PurePosixPath(PureWindowsPath(name).as_posix()).name
    shown = "".join(
        "_" if char in '<>:"|?*' or ord(char) < 32 or "\ud800" <= char <= "\udfff" else char for char in bare
    )
    shown = shown.rstrip(". ") or "file"
    return fitting("_" + shown if shown.partition(".")[0].strip().lower() in _RESERVED else shown)


def suffix_of(path: PurePath, content: bytes) -> str:
    """A workbook's suffix: as it came, unless that says something else than its bytes."""
    if path.suffix.lower() in WORKBOOKS:
        return path.suffix.lower()
    if not content.startswith(_ZIP):
        return ".xls"
    return ".ods" if content[30:38] == b"mimetype" else ".xlsx"
