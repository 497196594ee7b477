"""The key or the database is missing, empty or damaged: noticed, and nothing made anew in silence (R27)."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from plan_tracker.forms.definition.workbook.signing import RETIRED
from plan_tracker.store.database import soundness
from plan_tracker.workspace.folders import file_sha256
from tests.desk import Desk, codes

Harm = Callable[[Path], object]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")


def contents(root: Path) -> dict[str, str]:
    """Every file of the workspace but the lock, by its bytes."""
    files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith("plantrack.lock"))
    return {path.relative_to(root).as_posix(): file_sha256(path) for path in files}


@pytest.mark.parametrize("text", [None, "", "\n", "00", "geheim", "\udcff" * 64], ids=str)
def test_without_its_key_no_return_is_called_forged_and_no_form_goes_out(desk: Desk, text: str | None) -> None:
    desk.send_back("YS")
    key = desk.root / "data" / "signing.key"
    if text is None:
        key.unlink()
    else:
        key.write_bytes(text.encode("utf-8", "surrogateescape"))
    before = contents(desk.root)
    for words in (
        ("ingest",),
        ("issue-forms", "q2", "--early"),
        ("remind", "q1"),
        ("circulate", "q1", "--order", "ก", "--date", "2026-01-05"),
    ):
        if words[0] in ("ingest", "issue-forms"):
            said = desk.run(*words, expect=2)
            assert "signing.key" in said["error"]
            assert "key renew --lost" in said["advice"]
    assert contents(desk.root) == before


def test_a_strangers_form_signed_with_an_empty_key_is_none_of_ours(desk: Desk) -> None:
    (desk.root / "data" / RETIRED).write_text("\n\n0\n", encoding="ascii")
    from plan_tracker.forms.definition.workbook.identity import is_signed
    from plan_tracker.forms.definition.workbook.signing import known_keys

    assert len(known_keys(desk.root / "data")) == 1
    assert not is_signed({"form_id": "1"}, known_keys(desk.root / "data"))


def test_a_renewed_key_leaves_the_forms_that_are_out_good(desk: Desk) -> None:
    old = (desk.root / "data" / "signing.key").read_text(encoding="ascii")
    desk.run("key", "renew", "--because", "ครบหนึ่งปี", expect=0)
    assert (desk.root / "data" / "signing.key").read_text(encoding="ascii") != old
    desk.send_back("YS")
    assert desk.ingest_one()["outcome"] == "accepted"
    desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)
    desk.send_back("ETDA")
    assert desk.ingest_one()["outcome"] == "accepted"
    log = desk.run("log", expect=0)
    assert ("key renew", "ครบหนึ่งปี") in [(event["what"], event.get("because")) for event in log["events"]]
    assert log["tampered_from"] is None


def test_a_lost_key_is_replaced_only_when_that_is_said_and_the_log_tells_of_it(desk: Desk) -> None:
    desk.run("key", "renew", "--lost", "--because", "ยังอยู่", expect=2)
    (desk.root / "data" / "signing.key").unlink()
    desk.run("key", "renew", "--because", "หาย", expect=2)
    assert not (desk.root / "data" / "signing.key").exists()
    desk.run("key", "renew", "--lost", "--because", "ดิสก์เสีย", expect=1)
    assert desk.run("log", expect=1)["tampered_from"]
    desk.send_back("YS")
    assert codes(desk.ingest_one()) == {("FORM-FORGED", "", "")}
    desk.run("issue-forms", "q1", expect=0)
    desk.send_back("YS")
    assert desk.ingest_one()["outcome"] == "accepted"


@POSIX
def test_keys_and_data_are_their_owners_alone(desk: Desk) -> None:
    desk.run("key", "renew", "--because", "ทดสอบ", expect=0)
    for name in ("signing.key", RETIRED):
        assert stat.S_IMODE((desk.root / "data" / name).stat().st_mode) == 0o600, name
    data = desk.root / "data"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    data.chmod(0o755)  # as earlier releases made it
    desk.run("ingest", expect=0)
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    data.chmod(0o2775)  # shared by a group on purpose
    desk.run("ingest", expect=0)
    assert stat.S_IMODE(data.stat().st_mode) == 0o2770


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def _scribble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8192] = os.urandom(8192)
    path.write_bytes(content)


HARM: dict[str, Harm] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut in half": _cut,
    "cut in its header": lambda path: os.truncate(path, 50),
    "not a database": lambda path: path.write_bytes(b"<html>" * 2000),
    "garbage in the middle": _scribble,
}
WORDS = (("status",), ("ingest",), ("issue-forms", "q1"), ("report", "q1"), ("register", "load"), ("log",))


@pytest.mark.parametrize("harm", HARM)
def test_a_database_that_is_lost_beside_originals_is_told_and_not_made_anew(desk: Desk, harm: str) -> None:
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.send_back("ETDA")
    HARM[harm](desk.root / "data" / "plantrack.db")
    before = contents(desk.root)
    for words in WORDS:
        said = desk.run(*words, expect=2)
        assert "data/plantrack.db" in said["error"], (words, said)
        assert said["advice"]
        assert contents(desk.root) == before, words


@pytest.mark.parametrize("left", ["signing.key", "log.seal", "originals", "outbox"])
def test_any_trace_of_what_was_tells_that_a_database_is_missing(desk: Desk, left: str, tmp_path: Path) -> None:
    root = tmp_path / "ใหม่"
    desk.run("init", str(root), expect=0)
    trace = {"originals": "data/originals/2569-q1/YS-v1.xlsx", "outbox": "outbox/2569-q1/forms/2569-q1-YS.xlsx"}
    path = root / trace.get(left, f"data/{left}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    said = Desk(root).run("status", expect=2)
    assert path.relative_to(root).as_posix() in said["error"]
    assert not (root / "data" / "plantrack.db").exists()


def test_a_new_workspace_needs_no_database(desk: Desk, tmp_path: Path) -> None:
    root = tmp_path / "ใหม่"
    desk.run("init", str(root), expect=0)
    Desk(root).run("register", "load", expect=0)


def test_a_database_that_another_program_holds_is_told_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", lambda *a, real=sqlite3.connect, **more: real(*a, timeout=0, **more))
    dropped = desk.send_back("YS")
    other = sqlite3.connect(desk.root / "data" / "plantrack.db")
    other.execute("BEGIN EXCLUSIVE")
    said = desk.run("ingest", expect=2)
    other.close()
    assert "data/plantrack.db" in said["error"]
    assert dropped.exists()
    assert desk.ingest_one()["outcome"] == "accepted"


def test_every_fault_of_a_disk_has_its_words_and_none_of_ours_is_blamed_on_one() -> None:
    def fault(code: int) -> sqlite3.Error:
        error = sqlite3.OperationalError()
        error.sqlite_errorcode = code
        return error

    full, extended = (
        soundness.describe_fault(fault(sqlite3.SQLITE_FULL)),
        soundness.describe_fault(fault(sqlite3.SQLITE_IOERR_FSYNC)),
    )
    assert full
    assert extended
    assert full != extended
    assert soundness.describe_fault(fault(sqlite3.SQLITE_CONSTRAINT)) is None
    assert soundness.describe_fault(sqlite3.OperationalError("no such table")) is None
