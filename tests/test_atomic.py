"""Files are whole or not there: a writer that fails leaves what was there, and nothing beside it (R27)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plan_tracker import atomic


def test_the_file_takes_its_place_only_when_it_is_done(tmp_path: Path) -> None:
    target = tmp_path / "รายงาน.docx"
    target.write_bytes(b"before")
    with atomic.replacing_file(target) as unfinished:
        unfinished.write_bytes(b"after")
        assert target.read_bytes() == b"before"
    assert target.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [target]


def test_a_writer_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"before")

    def fail(unfinished: Path) -> None:
        unfinished.write_bytes(b"half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), atomic.replacing_file(target) as unfinished:
        fail(unfinished)
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_run_left_is_written_over(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    atomic.unfinished_name(target).write_bytes(b"half of an earlier run, and longer")
    atomic.write_text(target, "ครบ")
    assert target.read_text(encoding="utf-8") == "ครบ"
    assert list(tmp_path.iterdir()) == [target]


def test_a_name_as_long_as_a_file_system_takes_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("ก" * 85)  # 255 bytes
    atomic.write_bytes(target, b"x")
    assert target.read_bytes() == b"x"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
    atomic.write_text(tmp_path / "key", "secret", private=True)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs folders by itself")
@pytest.mark.parametrize(
    "write",
    [
        lambda folder: atomic.write_bytes(folder / "new" / "a", b"1"),
        lambda folder: atomic.copy_file(folder / "source", folder / "new" / "a"),
        lambda folder: atomic.move_file(folder / "source", folder / "new" / "a"),
    ],
    ids=["write", "copy", "move"],
)
def test_the_file_is_synced_before_the_move_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path], None]
) -> None:
    (tmp_path / "source").write_bytes(b"1")
    synced = []
    real = os.fsync

    def watch(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", watch)
    write(tmp_path)
    assert (tmp_path / "new" / "a").read_bytes() == b"1"
    assert synced[-1] == "new"


def test_a_move_to_another_drive_copies_whole_and_then_takes_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a"
    source.write_bytes(b"content")

    def other_drive(self: Path, target: Path) -> Path:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "rename", other_drive)
    atomic.move_file(source, tmp_path / "away" / "a")
    assert (tmp_path / "away" / "a").read_bytes() == b"content"
    assert not source.exists()
