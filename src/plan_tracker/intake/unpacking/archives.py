"""What is inside archives: zip by the standard library, others by a program where one is installed.

Programs unpack into a folder of their own. They are ended when that grows over what may be taken out, or when they have
spent their processor time: that a machine is busy is no fault of an archive. They are told what kind of archive it is:
one that doesn't know that kind, or goes by a file's end, would open a zip that lies in it unpacked, and give what is in
there for the whole.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import IO

from plan_tracker.intake.files import is_no_return, readable, safe_name
from plan_tracker.intake.unpacking.members import Budget, Member, UnpackError

_NAMES_ARE_UTF8, _HAS_PASSWORD, _DEFLATE64 = 0x800, 0x1, 9
_APPLE_DOUBLE = (b"\x00\x05\x16\x07", b"\x00\x05\x16\x00")  # a Mac's remarks on a file
_MOST_SECONDS = 120.0  # of a program's processor time
_TURN, _IDLE_TURNS = 0.02, 15_000  # seconds between looks at a program; looks without its doing anything: it is ended
_RAR = b"Rar!\x1a\x07"
_KINDS = ((_RAR + b"\x01\x00", "rar5"), (_RAR + b"\x00", "rar"), (b"7z\xbc\xaf\x27\x1c", "7z"))
_PROGRAMS = (
    ("7zz", "x", "-y", "-p", "-o{folder}", "{file}", "-t{kind}"),
    ("7z", "x", "-y", "-p", "-o{folder}", "{file}", "-t{kind}"),
    ("bsdtar", "-x", "-f", "{stream}", "-C", "{folder}"),
    ("unrar", "x", "-y", "-p-", "{file}", "{folder}/"),
    ("unar", "-f", "-p", "", "-o", "{folder}", "{file}"),
)


def is_apple_remark(content: bytes) -> bool:
    """Whether these are what a Mac notes about a file, beside the file itself."""
    return content.startswith(_APPLE_DOUBLE)


# --- zip --------------------------------------------------------------------------------------------------------------


def zipped(content: bytes, budget: Budget) -> Iterator[Member]:
    """The files of a zip archive. Raises ``UnpackError``."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except Exception as error:  # the library names no end of errors for damaged archives
        raise UnpackError("FILE-UNREADABLE") from error
    with archive:
        for item in archive.infolist():
            name = safe_name(_name_of(item))
            if not item.is_dir() and not is_no_return(PurePath(name)) and "__MACOSX" not in item.filename:
                budget.spend(item.file_size)
                member = _read_member(archive, content, item, name)
                if not is_apple_remark(member.content):
                    yield member


def _read_member(archive: zipfile.ZipFile, content: bytes, item: zipfile.ZipInfo, name: str) -> Member:
    if item.flag_bits & _HAS_PASSWORD:
        return Member(name, code="FILE-ENCRYPTED", params={"case": "archive"})
    try:
        if item.compress_type == _DEFLATE64:
            return Member(name, _inflate64(content, item))
        return Member(name, archive.read(item))
    except Exception:  # a trap for each member
        return Member(name, code="FILE-UNREADABLE")


def _inflate64(content: bytes, item: zipfile.ZipInfo) -> bytes:
    """A member that Windows packed by Deflate64, which the standard library doesn't know.

    Raises ``ValueError`` where it is not what the archive says of it.
    """
    from stream_inflate import stream_inflate64  # seldom needed

    lengths = content[item.header_offset + 26 : item.header_offset + 30]
    start = item.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    inflate, _is_done, _unused = stream_inflate64()
    found = bytearray()
    for piece in inflate([content[start : start + item.compress_size]]):
        found += piece
        if len(found) > item.file_size:
            break
    if len(found) != item.file_size or zlib.crc32(found) != item.CRC:
        raise ValueError(item.filename)
    return bytes(found)


def _name_of(item: zipfile.ZipInfo) -> str:
    """The name of a member. Without the flag for UTF-8 the library takes it for DOS; Thai programs mean otherwise."""
    if item.flag_bits & _NAMES_ARE_UTF8:
        return item.filename
    try:
        return readable(item.filename.encode("cp437"))
    except UnicodeEncodeError:
        return item.filename


# --- by a program -----------------------------------------------------------------------------------------------------


def has_unpacker() -> bool:
    """Whether a program is installed that opens archives of other kinds."""
    return any(shutil.which(program) for program, *_words in _PROGRAMS)


def unpacked(content: bytes, budget: Budget) -> Iterator[Member]:
    """The files of an archive of any kind that an installed program opens. Raises ``UnpackError``."""
    with tempfile.TemporaryDirectory() as aside:
        file = Path(aside) / "archive"
        file.write_bytes(content)
        for number, words in enumerate(_PROGRAMS):
            program = shutil.which(words[0])
            folder = Path(aside) / str(number)
            if program and _unpack([program, *words[1:]], file, folder, budget):
                yield from _files(folder, budget)
                return
    raise UnpackError("FILE-TYPE", case="archive-unopened")


def _unpack(words: Sequence[str], file: Path, folder: Path, budget: Budget) -> bool:
    folder.mkdir()
    content = file.read_bytes()
    kind = next((kind for start, kind in _KINDS if content.startswith(start)), "*")
    is_streamed = "{stream}" in words and content.startswith(_RAR)  # where it can't seek it looks for no zip at the end
    places = {"file": file, "folder": folder, "kind": kind, "stream": "-" if is_streamed else file}
    said = run_within([word.format(**places) for word in words], folder, budget.size, content if is_streamed else b"")
    if said is None:
        return any(folder.iterdir())
    if any(word in said.lower() for word in (b"password", b"passphrase", b"encrypt")):
        raise UnpackError("FILE-ENCRYPTED", case="archive")
    return False


def run_within(words: Sequence[str], folder: Path, size: int, given: bytes = b"") -> bytes | None:
    """Runs a program that writes into ``folder`` at most ``size`` bytes; what it said where it failed, else None.

    ``given`` it reads from its standard input, a pipe.

    Raises ``UnpackError`` where it writes more, or takes more processor time than it may. One that does nothing any
    more, such as one that has been stopped, is ended, and has failed.
    """
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(  # noqa: S603 - our own words, and names of our own
            words, stdin=subprocess.PIPE if given else subprocess.DEVNULL, stdout=said, stderr=said, cwd=folder
        )
        if running.stdin is not None:
            threading.Thread(target=_give, args=(running.stdin, given), daemon=True).start()
        used, idle = 0.0, 0
        try:
            while running.poll() is None and idle < _IDLE_TURNS:
                time.sleep(_TURN)
                before, used = used, _seconds_of(running.pid) or used
                idle = idle + 1 if used == before else 0
                if _weight(folder) > size or used > _MOST_SECONDS:
                    raise UnpackError("FILE-TOO-LARGE")
        finally:
            running.kill()
            running.wait()
        said.seek(0)
        return said.read(10_000) if running.returncode else None


def _give(pipe: IO[bytes], content: bytes) -> None:
    with suppress(OSError), pipe:  # the program may have ended, or been ended, before it has read all
        pipe.write(content)


def _seconds_of(program: int) -> float:
    """The processor time that a program has used so far; 0 once it has ended."""
    import psutil  # slow to load, and seldom needed

    try:
        times = psutil.Process(program).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _weight(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.exists())


def _files(folder: Path, budget: Budget) -> Iterator[Member]:
    for path in sorted(folder.rglob("*")):
        name = safe_name(readable(path.name.encode("utf-8", "surrogateescape")))
        if path.is_symlink() or not path.is_file() or is_no_return(path) or "__MACOSX" in path.parts:
            continue
        budget.spend(path.stat().st_size)
        content = path.read_bytes()
        if not is_apple_remark(content):
            yield Member(name, content)
