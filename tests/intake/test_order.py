"""Which return came first, whatever happens meanwhile; what in the inbox is no file; an old return once more (R10)."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from plan_tracker.intake.keeping.returns import Keeper
from plan_tracker.steps.collect import ingest as step
from plan_tracker.workspace.folders import Workspace
from tests.desk import Desk, codes

RESULT = "P001/f11.result_quarter"
OLD, NEW = "ผลเก่า (ตัวอย่าง)", "ผลใหม่ (ตัวอย่าง)"


class Killed(BaseException):
    """Nothing of ours runs after it."""


def dated(path: Path, hour: int) -> Path:
    """``path``, as it was saved on that hour of one day."""
    moment = 1_767_500_000 + hour * 3600
    os.utime(path, (moment, moment))
    return path


def send_both(desk: Desk) -> None:
    """An older return in an archive, and a newer one by itself, which sorts before it by name."""
    old = desk.send_back("YS", {RESULT: OLD}, name="ก.xlsx")
    archive = desk.inbox / "mail.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(old, "returned.xlsx")
    old.unlink()
    dated(archive, 1)
    dated(desk.send_back("YS", {RESULT: NEW}, name="new.xlsx"), 2)


def counted(desk: Desk) -> tuple[str, int]:
    told = desk.run("trace", "q1", "P001", "f11.result_quarter")
    return told["values"][0]["value"], told["version"]


def test_an_older_return_does_not_come_to_count_after_a_kill(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    send_both(desk)

    def kill(*_words: object) -> None:
        raise Killed

    with monkeypatch.context() as cut_off:
        cut_off.setattr(Keeper, "conclude", kill)
        with pytest.raises(Killed):
            step.ingest(*_ground(desk))
    assert list(desk.inbox.glob("mail.zip [[]*/*.xlsx"))  # laid out, and nothing taken
    desk.run("ingest")
    assert counted(desk) == (NEW, 2)


def _ground(desk: Desk) -> Any:
    from plan_tracker.store import Store
    from plan_tracker.workspace.folders import open_workspace

    place: Workspace = open_workspace(desk.root)
    return place, Store(place.database)


def test_rejected_files_are_taken_up_again_in_the_order_in_which_they_came(desk: Desk) -> None:
    key = desk.root / "data" / "signing.key"
    whole = key.read_bytes()
    dated(desk.send_back("YS", {RESULT: OLD}, name="ข เก่า.xlsx"), 1)
    dated(desk.send_back("YS", {RESULT: NEW}, name="ก ใหม่.xlsx"), 2)
    key.write_text("11" * 32 + "\n", encoding="ascii")
    assert {file["outcome"] for file in desk.run("ingest")["files"]} == {"rejected"}
    key.write_bytes(whole)
    desk.run("inbox", "retry")
    assert counted(desk) == (NEW, 2)


def again(desk: Desk, name: str, changes: dict[str, str]) -> dict[str, Any]:
    """The same answers in other bytes, as a file is that was opened and saved once more."""
    path = desk.send_back("YS", changes, name=name)
    with zipfile.ZipFile(path, "a") as package:
        package.comment = name.encode()
    return desk.ingest_one()


def test_a_superseded_version_saved_again_is_told(desk: Desk) -> None:
    """It may be a change taken back as well: it counts, and is named as what it is."""
    assert codes(again(desk, "1.xlsx", {RESULT: OLD}), "notice") == set()
    assert codes(again(desk, "2.xlsx", {RESULT: NEW}), "notice") == set()
    assert codes(again(desk, "2 สำเนา.xlsx", {RESULT: NEW}), "notice") == set()  # says what counts
    partly = again(desk, "3.xlsx", {RESULT: OLD, "P002/f11.result_quarter": "ผลอีกอย่าง (ตัวอย่าง)"})
    assert codes(partly, "notice") == set(), "no version said all of this"
    late = again(desk, "1 สำเนา.xlsx", {RESULT: OLD})
    assert (late["outcome"], codes(late, "notice")) == ("accepted", {("FORM-SUPERSEDED", "YS", "")})
    assert any("ฉบับที่ 1 " in finding["message"] for finding in late["findings"])
    assert counted(desk) == (OLD, 5)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
def test_a_pipe_or_device_in_the_inbox_holds_nothing_up(desk: Desk) -> None:
    os.mkfifo(desk.inbox / "ท่อ.xlsx")
    (desk.inbox / "ไม่รู้จบ.xlsx").symlink_to("/dev/zero")
    desk.send_back("YS")
    files = {file["file"]: file for file in desk.run("ingest", expect=1)["files"]}
    assert files["YS.xlsx"]["outcome"] == "accepted"
    for name in ("ท่อ.xlsx", "ไม่รู้จบ.xlsx"):
        assert files[name]["outcome"] == "ignored"
        assert codes(files[name], "notice") == {("FILE-BUSY", "", "")}
        assert os.path.lexists(desk.inbox / name)


def test_a_folder_that_cannot_be_listed_is_not_taken_for_empty(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.inbox / "ล็อก").mkdir()
    locked = {str(desk.inbox / "ล็อก")}
    real = os.scandir

    def scan(path: Any = ".") -> Any:
        if str(path) in locked:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scan)
    [file] = desk.run("ingest", expect=1)["files"]
    assert (file["file"], file["outcome"]) == ("ล็อก", "ignored")
    locked.add(str(desk.inbox))
    said = desk.run("ingest", expect=2)
    assert "inbox" in said["error"]


def test_readers_that_cannot_start_make_no_return_damaged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from plan_tracker.intake import readers

    desk.send_back("YS")

    def fail(*_words: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as broken:
        broken.setattr(readers, "_read_all", fail)
        file = desk.ingest_one()
        assert (file["outcome"], codes(file, "notice")) == ("ignored", {("FILE-BUSY", "", "")})
    assert desk.ingest_one()["outcome"] == "accepted"
