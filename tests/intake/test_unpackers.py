"""What no library here opens is opened by a program that is installed, which is told what it is, and held to limits."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from plan_tracker.intake.unpacking import archives
from plan_tracker.intake.unpacking.containers import is_container, members
from plan_tracker.intake.unpacking.members import Member, UnpackError
from tests.desk import Desk

LIMIT = 1_000_000
RAR = b"Rar!\x1a\x07\x01\x00" + b"\0" * 200
SEVEN = b"7z\xbc\xaf\x27\x1c" + b"\0" * 200
KEPT = Path(__file__).parent.parent / "kept" / "archives"
Look = Callable[[str, bytes], list[Member]]


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


BOOK = zipped(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<y/>"})


@pytest.fixture
def inside(tmp_path: Path) -> Look:
    def look(name: str, content: bytes) -> list[Member]:
        path = tmp_path / name
        path.write_bytes(content)
        assert is_container(path)
        return list(members(path, LIMIT))

    return look


# --- stand-ins --------------------------------------------------------------------------------------------------------


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts stand-ins for programs on the path, and nothing else that opens archives."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(archives, "_PROGRAMS", ())
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    every = {words[0]: words for words in _PROGRAMS}

    def write(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(archives, "_PROGRAMS", (*archives._PROGRAMS, every[name]))

    return write


_PROGRAMS = archives._PROGRAMS


@pytest.fixture
def program(stand_in: Callable[[str, str], None]) -> Callable[[str], None]:
    """A stand-in for 7-Zip."""
    return lambda script: stand_in("7z", f'folder="${{4#-o}}"; file="$5"; kind="$6"\n{script}')


def test_other_archives_are_opened_by_a_program(program: Callable[[str], None], inside: Look, tmp_path: Path) -> None:
    (tmp_path / "book").write_bytes(BOOK)
    program(f'mkdir "$folder/ใน"; cp {tmp_path}/book "$folder/ใน/g.xlsx"; ln -s /etc/passwd "$folder/p.xlsx"')
    assert inside("a.rar", RAR) == [Member("g.xlsx", BOOK)]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(RAR, "-trar5"), (b"Rar!\x1a\x07\x00" + b"\0" * 99, "-trar"), (SEVEN, "-t7z"), (b"BZh" + b"\0" * 99, "-t*")],
)
def test_a_program_is_told_what_it_is_to_open(
    content: bytes, kind: str, program: Callable[[str], None], inside: Look
) -> None:
    """Else it takes a zip that lies in it unpacked for the whole."""
    program('printf "%s" "$kind" > "$folder/g.xlsx"')
    assert inside("a.bin", content) == [Member("g.xlsx", kind.encode())]


def test_a_program_that_goes_by_the_end_of_a_file_is_not_shown_it(
    stand_in: Callable[[str, str], None], inside: Look
) -> None:
    large = RAR + b"\1" * 300_000  # more than a pipe holds at once
    stand_in(
        "bsdtar",
        'folder="$5"; [ "$3" = - ] && set -- 0 0 /dev/stdin; cat "$3" | wc -c > "$folder/$(basename "$3").xlsx"',
    )
    assert [(member.name, int(member.content)) for member in inside("a.rar", large)] == [("stdin.xlsx", len(large))]
    assert [(member.name, int(member.content)) for member in inside("a.7z", SEVEN)] == [("archive.xlsx", len(SEVEN))]


def test_where_one_program_does_not_know_it_another_is_asked(
    stand_in: Callable[[str, str], None], inside: Look
) -> None:
    stand_in("7zz", ': > "${4#-o}/half.xlsx"; echo "Unsupported archive type"; exit 2')
    stand_in("bsdtar", 'printf whole > "$5/g.xlsx"')
    assert inside("a.rar", RAR) == [Member("g.xlsx", b"whole")]


@pytest.mark.parametrize("said", ["Wrong password", "Encryption is not supported", "Missing passphrase"])
def test_what_needs_a_password_is_told_as_that(said: str, program: Callable[[str], None], inside: Look) -> None:
    program(f'echo "{said}" >&2; exit 2')
    with pytest.raises(UnpackError) as raised:
        inside("a.rar", RAR)
    assert (raised.value.code, raised.value.params) == ("FILE-ENCRYPTED", {"case": "archive"})


def test_a_password_of_a_zip_is_told_as_one_that_helps_nothing_here(desk: Desk) -> None:
    locked = bytearray(zipped(**{"ยศ.xlsx": BOOK}))
    locked[6] |= 1
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    (desk.inbox / "ส่งแบบ.zip").write_bytes(locked)
    found = desk.ingest_one()["findings"][0]
    assert found["code"] == "FILE-ENCRYPTED"
    assert "คลายไฟล์ด้วยรหัสผ่าน" in found["fix"]
    assert "PLANTRACK_PASSWORD" not in found["fix"]


@pytest.mark.parametrize("script", ['echo "Cannot open the file as archive"; exit 2', "exit 0"])
def test_what_no_program_opens_is_not_called_damaged(script: str, program: Callable[[str], None], inside: Look) -> None:
    program(script)
    with pytest.raises(UnpackError) as raised:
        inside("a.rar", RAR)
    assert (raised.value.code, raised.value.params) == ("FILE-TYPE", {"case": "archive-unopened"})


@pytest.mark.parametrize(
    "script",
    [
        'head -c 3000000 /dev/zero > "$folder/big.xlsx"; sleep 30',
        'head -c 3000000 /dev/zero > "$folder/big.xlsx"',
        'i=0; while [ $i -lt 1001 ]; do : > "$folder/$i.xlsx"; i=$((i+1)); done',
    ],
)
def test_programs_are_held_to_the_limits(script: str, program: Callable[[str], None], inside: Look) -> None:
    program(script)
    with pytest.raises(UnpackError, match="FILE-TOO-LARGE"):
        inside("a.7z", SEVEN)


def test_a_program_is_ended_by_what_it_has_worked_and_not_by_how_long_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine on which it waits is busy; that is no fault of the archive."""
    monkeypatch.setattr(archives, "_MOST_SECONDS", 0.3)
    slow = [sys.executable, "-S", "-c", "import time; time.sleep(0.6)"]
    assert archives.run_within(slow, tmp_path, LIMIT) is None
    with pytest.raises(UnpackError, match="FILE-TOO-LARGE"):
        archives.run_within([sys.executable, "-S", "-c", "while True: pass"], tmp_path, LIMIT)


def test_a_program_that_does_nothing_any_more_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_IDLE_TURNS", 5)
    waiting = [sys.executable, "-S", "-c", "import signal; print('so far', flush=True); signal.pause()"]
    assert archives.run_within(waiting, tmp_path, LIMIT) is not None


# --- the programs themselves ------------------------------------------------------------------------------------------


_HERE = [words[0] for words in _PROGRAMS if shutil.which(words[0])]


@pytest.fixture(params=_HERE or ["none"])
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The one program that is there, each of those that are installed."""
    name = str(request.param)
    if name == "none":
        pytest.skip("no program that unpacks archives is here")
    monkeypatch.setattr(archives, "_PROGRAMS", tuple(words for words in _PROGRAMS if words[0] == name))
    return name


def rar(**files: bytes) -> bytes:
    """A RAR 5 archive of files as they are, not made smaller."""

    def number(value: int) -> bytes:
        low, high = value & 0x7F, value >> 7
        return bytes([low | 0x80]) + number(high) if high else bytes([low])

    def block(head: bytes, content: bytes = b"") -> bytes:
        sized = number(len(head)) + head
        return zlib.crc32(sized).to_bytes(4, "little") + sized + content

    def file(name: str, content: bytes) -> bytes:
        size, check = number(len(content)), zlib.crc32(content).to_bytes(4, "little")
        told = b"\x04" + size + b"\x20" + check + b"\0\0" + number(len(name.encode())) + name.encode()
        return block(b"\x02\x02" + size + told, content)

    inside = b"".join(file(name.replace("__", "."), content) for name, content in files.items())
    return RAR[:8] + block(b"\x01\0\0") + inside + block(b"\x05\0\0")


def taken(inside: Look, content: bytes, program: str) -> dict[str, bytes] | None:
    """What is taken out; None where this build of the program doesn't know the format, and it is told so."""
    try:
        return {member.name: member.content for member in inside("a.rar", content)}
    except UnpackError as error:
        if error.params != {"case": "archive-unopened"} or program in ("unar", "unrar"):
            raise
        return None


@pytest.mark.parametrize(
    ("archive", "sizes"),
    [("rar5.rar", {"stest1.txt": 2048, "stest2.txt": 2048}), ("rar4.rar", {"уииоотивл.txt": 2, "𝐀𝐁𝐁𝐂.txt": 2})],
)
def test_archives_of_winrar_are_opened(archive: str, sizes: dict[str, int], inside: Look, installed: str) -> None:
    found = taken(inside, (KEPT / archive).read_bytes(), installed)
    assert found is None or {name: len(content) for name, content in found.items()} == sizes


def test_a_zip_that_lies_in_an_archive_as_it_is_is_not_taken_for_the_whole(inside: Look, installed: str) -> None:
    """With a file before it: that one would be lost without a word."""
    found = taken(inside, rar(กก__xlsx=BOOK, ยศ__zip=zipped(**{"ยศ.xlsx": BOOK})), installed)
    assert found in (None, {"กก.xlsx": BOOK, "ยศ.xlsx": BOOK})


def test_a_return_in_an_archive_of_winrar_counts(desk: Desk, installed: str) -> None:
    made = desk.send_back("YS")
    packed = rar(**{"ยศ.xlsx": made.read_bytes(), "หนังสือนำ.pdf": b"%PDF-1.7\n"})
    made.unlink()
    (desk.inbox / "ส่งแบบ.rar").write_bytes(packed)
    told = {file["file"]: file for file in desk.run("ingest")["files"]}
    if "ยศ.xlsx" not in told:
        assert [(file["outcome"], file["findings"][0]["code"]) for file in told.values()] == [("rejected", "FILE-TYPE")]
        assert installed not in ("unar", "unrar")
        return
    assert {name: file["outcome"] for name, file in told.items()} == {"ยศ.xlsx": "accepted", "หนังสือนำ.pdf": "ignored"}
