"""A reader that is ended from outside says nothing about its file: no honest return is refused for it (R6)."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from multiprocessing import active_children
from types import SimpleNamespace

import pytest

from plan_tracker.forms.reading.raw import Refusal
from plan_tracker.forms.reading.read import RawBook
from plan_tracker.forms.reading.spreadsheets.grid import SheetLimits
from plan_tracker.intake.readers import readers
from tests.desk import Desk

LIMITS = SheetLimits(10**8, 10**6, memory=10**9, seconds=60)
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGKILL")


@contextmanager
def killing(times: int) -> Iterator[list[int]]:
    """Kills every reader that comes up, until that many have been killed; gives those."""
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while not over.is_set() and len(killed) < times:
            for child in active_children():
                if child.pid and child.pid not in killed and child.is_alive() and len(killed) < times:
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        over.set()
        killer.join()


@needs_signals
def test_what_a_killed_reader_was_at_is_read_again(returned: bytes) -> None:
    with readers(1, LIMITS) as read, killing(1) as killed:
        (book,) = read([returned], LIMITS)
    assert killed
    assert isinstance(book, RawBook)


@needs_signals
def test_where_readers_are_killed_all_along_the_file_is_busy_and_not_bad(returned: bytes) -> None:
    with readers(1, LIMITS) as read, killing(1000):
        (book,) = read([returned], LIMITS)
    assert isinstance(book, Refusal)
    assert book.code == "FILE-BUSY"


@contextmanager
def stopping() -> Iterator[None]:
    """Stops every reader that comes up, as a debugger or a scanner may: it is there, and does nothing."""
    over = threading.Event()

    def stop() -> None:
        while not over.is_set():
            for child in active_children():
                if child.pid and child.is_alive():
                    os.kill(child.pid, signal.SIGSTOP)
            time.sleep(0.01)

    stopper = threading.Thread(target=stop)
    stopper.start()
    try:
        yield
    finally:
        over.set()
        stopper.join()


@needs_signals
def test_a_reader_that_does_nothing_is_ended_and_its_file_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from plan_tracker.intake import readers as module

    monkeypatch.setattr(module, "_TURN", 0.2)
    assert module._IDLE_TURNS == 300 / 5.0
    monkeypatch.setattr(module, "_IDLE_TURNS", 5)
    desk.send_back("YS")
    with stopping():
        told = desk.ingest_one()
    assert (told["outcome"], told["findings"][0]["code"]) == ("ignored", "FILE-BUSY")
    assert "ห้านาที" in told["findings"][0]["message"]
    monkeypatch.undo()
    assert desk.ingest_one()["outcome"] == "accepted"


def test_a_fault_of_the_system_while_a_file_is_read_refuses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from plan_tracker.forms.reading import read as module

    def too_many(*_words: object) -> None:
        raise OSError(24, "Too many open files")

    def damaged(*_words: object) -> None:
        raise OSError("Invalid data stream")

    for broken, code in ((too_many, "FILE-BUSY"), (damaged, "FILE-UNREADABLE")):
        monkeypatch.setattr(module, "open_workbook", broken)
        refusal = module.read_book(b"PK\x03\x04", LIMITS)
        assert isinstance(refusal, Refusal)
        assert refusal.code == code


@needs_signals
def test_returns_wait_in_the_inbox_while_readers_are_killed_and_count_afterwards(desk: Desk) -> None:
    for unit in ("YS", "ETDA"):
        desk.send_back(unit)
    with killing(1000):
        told = desk.run("ingest", expect=1)["files"]
    assert {(file["outcome"], file["findings"][0]["code"]) for file in told} == {("ignored", "FILE-BUSY")}
    assert sorted(path.name for path in desk.inbox.glob("*.xlsx")) == ["ETDA.xlsx", "YS.xlsx"]
    assert not list(desk.inbox.glob("rejected/*"))
    assert {file["outcome"] for file in desk.run("ingest", expect=0)["files"]} == {"accepted"}


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Has something happen while ``ingest`` waits for a file to settle; the readers' own threads sleep as ever."""
    clock = SimpleNamespace(time=lambda: 0.0, sleep=lambda _seconds: happens())  # every file is brand new
    monkeypatch.setattr("plan_tracker.intake.files.time", clock)


def test_a_half_copied_file_that_goes_on_growing_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.send_back("YS")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    def goes_on() -> None:
        path.write_bytes(whole[: 2 * len(whole) // 3])

    meanwhile(monkeypatch, goes_on)
    file = desk.ingest_one()
    assert (file["outcome"], [f["code"] for f in file["findings"]]) == ("ignored", ["FILE-BUSY"])
    path.write_bytes(whole)
    monkeypatch.undo()
    assert desk.ingest_one()["outcome"] == "accepted"


def _mail(workbook: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "unit@example.go.th", "ส่งแบบรายงาน (ตัวอย่าง)"
    mail.set_content("ตามแนบ")
    mail.add_attachment(workbook, maintype="application", subtype="octet-stream", filename="ยศ.xlsx")
    return mail.as_bytes()


def _archive(workbook: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ยศ.xlsx", workbook)
    return packed.getvalue()


@pytest.mark.parametrize(("name", "pack"), [("จดหมาย.eml", _mail), ("รวม.zip", _archive)])
def test_a_half_copied_container_waits_and_one_that_stays_so_is_taken_as_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, pack: Callable[[bytes], bytes]
) -> None:
    made = desk.send_back("YS")
    whole, path = pack(made.read_bytes()), desk.inbox / name
    made.unlink()
    path.write_bytes(whole[: len(whole) // 2])
    meanwhile(monkeypatch, lambda: path.write_bytes(whole[: 2 * len(whole) // 3]))
    file = desk.ingest_one()
    assert (file["file"], file["outcome"], file["findings"][0]["code"]) == (name, "ignored", "FILE-BUSY")
    monkeypatch.undo()
    path.write_bytes(whole[: len(whole) // 2])
    assert desk.ingest_one()["outcome"] == "rejected"
    path.write_bytes(whole)
    assert desk.ingest_one()["outcome"] == "accepted"


def test_a_damaged_file_that_stays_as_it_is_is_refused(desk: Desk) -> None:
    path = desk.send_back("YS")
    path.write_bytes(path.read_bytes()[:5000])
    assert desk.ingest_one()["outcome"] == "rejected"
    assert (desk.inbox / "rejected" / "YS.xlsx").is_file()


def test_without_readers_nothing_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """That no process can be started is the machine's fault."""
    from plan_tracker.intake import readers as module

    def no_process(*_args: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    desk.send_back("YS")
    with monkeypatch.context() as patched:
        patched.setattr(module, "_pool", no_process)
        desk.run("ingest")
    assert (desk.inbox / "YS.xlsx").is_file()
    assert not list(desk.inbox.glob("rejected/*"))
    assert desk.ingest_one()["outcome"] == "accepted"
