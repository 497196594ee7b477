"""What the machine around plantrack does is told as that: users without a name, full disks, drives, clocks."""

from __future__ import annotations

import errno
import os
import tempfile
from datetime import date
from pathlib import Path

import pytest

from plan_tracker import atomic, system
from plan_tracker.workspace import folders
from tests.desk import Desk


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such users")
def test_a_user_without_a_passwd_entry_works_and_stands_on_the_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_words: object) -> None:
        raise KeyError("getpwuid(): uid not found: 4711")

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", unknown)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    desk.send_back("YS")
    assert desk.ingest_one()["outcome"] == "accepted"
    assert desk.run("log", expect=0)["events"][-1]["who"] == "uid 4711"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "ดิสก์เต็ม"),
        (errno.EROFS, "อ่านได้อย่างเดียว"),
        (errno.EACCES, "ไม่มีสิทธิ์"),
        (errno.EIO, "ไดรฟ์"),
        (errno.ENAMETOOLONG, "ยาวเกิน"),
    ],
)
def test_what_a_disk_does_is_told_as_that(desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    def fail(*_words: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number), str(desk.root / "outbox"))

    monkeypatch.setattr(atomic, "replacing_file", fail)
    monkeypatch.setattr(atomic, "write_bytes", fail)
    told = desk.run("issue-forms", "q1", expect=2)
    assert said in told["error"]
    assert any(name in told["error"] for name in ("outbox", "2569-q1-", "วิธีกรอก.docx"))
    assert told["advice"]


@pytest.mark.parametrize("name", ["config.toml", "register.xlsx"])
@pytest.mark.parametrize(("number", "said"), [(errno.EACCES, "ไม่มีสิทธิ์"), (errno.EIO, "ไดรฟ์ไม่ตอบสนอง")])
def test_why_a_file_can_not_be_read_is_told_with_what_helps(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, number: int, said: str
) -> None:
    read = Path.read_bytes

    def fail(path: Path, *_words: object, **_more: object) -> bytes:
        if path.name == name:
            raise OSError(number, os.strerror(number), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_text", lambda path, **_more: fail(path).decode())
    monkeypatch.setattr(Path, "read_bytes", fail)
    told = desk.invoke("register", "check").output
    assert said in " ".join(told.split())
    assert os.strerror(number) not in told
    assert system.describe_os_error(OSError(number, ""))[1][:20] in " ".join(told.split())  # type: ignore[index]
    assert "ปิดไฟล์ในโปรแกรมอื่น" not in told


def test_a_drive_that_is_gone_with_its_workspace_is_told_as_that(desk: Desk) -> None:
    gone = str(desk.root / "ไม่มี" / "งาน")
    told = desk.run("status", "q1", "--workspace", gone, expect=2)
    assert gone in told["error"]
    assert "config.toml" not in told["error"]
    assert "ไดรฟ์" in told["advice"]


def test_a_full_disk_is_told_as_that_by_whatever_library_writes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", fail)
    assert "ดิสก์เต็ม" in desk.run("report", "q1", "--xlsx", expect=2)["error"]


def test_a_fault_of_ours_is_never_blamed_on_other_programs(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr("plan_tracker.merging.standing.unit_statuses", fail)
    monkeypatch.setattr("plan_tracker.steps.collect.status.unit_statuses", fail)
    told = desk.run("status", "q1", expect=3)
    Path(told["traceback"]).unlink()


def test_where_nothing_can_be_written_the_traceback_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_words: object, **_more: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    def boom(*_words: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("plan_tracker.steps.collect.status.unit_statuses", boom)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", fail)
    assert "boom" in desk.run("status", "q1", expect=3)["traceback"]


def test_what_another_program_has_open_on_windows_is_told_so() -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file", "a.docx")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    told = system.describe_os_error(error)
    assert told
    assert "โปรแกรมอื่น" in told[0]
    plain = system.describe_os_error(PermissionError(errno.EACCES, "x", "a.docx"))
    assert plain
    assert ("โปรแกรมอื่น" in plain[0]) == (os.name == "nt")


@pytest.mark.parametrize("number", [5, None])
def test_access_denied_on_windows_says_both_that_it_may_be(monkeypatch: pytest.MonkeyPatch, number: int | None) -> None:
    """Windows denies a file that Excel or Word has open in the words it has for one that is nobody's to write.

    Python's own ``open`` has no number of Windows' at all.
    """
    monkeypatch.setattr(system, "_ON_WINDOWS", number is None)
    error = PermissionError(errno.EACCES, "Access is denied", "a.xlsx")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    told = system.describe_os_error(error)
    assert told
    assert "โปรแกรมอื่น" in told[0]
    assert "ไม่มีสิทธิ์" in told[0]
    assert "Excel" in told[1]
    assert "สิทธิ์" in told[1]


def test_a_clock_that_runs_backwards_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dropped = desk.send_back("YS")

    class Behind(date):
        @classmethod
        def today(cls) -> Behind:
            return cls(1999, 1, 1)

    monkeypatch.setattr(folders, "date", Behind)
    result = desk.invoke("ingest", "--json", today="")
    assert result.exit_code == 2
    assert "1999-01-01" in result.stdout
    assert "2026-01-05" in result.stdout
    assert dropped.exists()
    desk.today = date(1999, 1, 1)  # said on purpose
    result = desk.invoke("ingest")
    assert result.exit_code == 0
    assert "2026-01-05" in result.stderr
