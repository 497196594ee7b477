"""R27: a workspace is put back from its journal, from a backup, in another place; what isn't whole is told."""

from __future__ import annotations

import os
import re
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from plan_tracker.forms.definition.workbook.signing import KEY
from plan_tracker.publication.proof.keys import KEY as PUBLISHING_KEY
from plan_tracker.publication.proof.statement import PROOF
from plan_tracker.store.database.journal import Journal
from plan_tracker.store.database.schema import STEPS
from plan_tracker.workspace.folders import file_sha256
from tests.desk import Desk
from tests.test_journal import rows_of

ORIGINAL = "data/originals/2569-q1/YS-v1.xlsx"


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """YS has returned its form; its report lies with the first director."""
    desk.send_back("YS")
    desk.run("ingest", expect=0)
    desk.run("report", "q1")
    desk.run("review", "submit", "q1", expect=0)
    return desk


def contents(root: Path) -> dict[str, str]:
    left_out = ("data/plantrack.lock", "backups/", ".gitignore")
    files = (path for path in root.rglob("*") if path.is_file())
    found = {path.relative_to(root).as_posix(): file_sha256(path) for path in files}
    return {path: digest for path, digest in found.items() if not path.startswith(left_out)}


@pytest.mark.parametrize("harm", ["gone", "empty", "garbage"])
def test_a_lost_database_is_made_again_and_the_office_goes_on(kept: Desk, harm: str) -> None:
    database = kept.root / "data" / "plantrack.db"
    before = rows_of(database)
    if harm == "gone":
        database.unlink()
    else:
        database.write_bytes(b"" if harm == "empty" else b"x" * 5000)
    assert "rebuild" in kept.run("status", expect=2)["advice"]
    made = kept.run("rebuild", expect=0)
    assert (made["returns"], made["originals_changed"]) == (1, [])
    assert (made["before"] is None) == (harm == "gone")
    after = rows_of(database)
    assert after["events"][: len(before["events"])] == before["events"]
    assert after["events"][-1][4] == "rebuild"
    same = set(before) - {"events", "journal"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert kept.run("log", expect=0)["tampered_from"] is None
    shutil.copy(kept.root / ORIGINAL, kept.inbox / "อีกครั้ง.xlsx")
    assert kept.ingest_one()["outcome"] == "duplicate"
    kept.send_back("ETDA")
    assert kept.ingest_one()["outcome"] == "accepted"
    assert kept.run("doctor", expect=0)["faults"] == []


def test_rebuild_names_originals_that_are_not_as_they_were(kept: Desk) -> None:
    (kept.root / ORIGINAL).write_bytes(b"other")
    assert kept.run("rebuild", expect=1)["originals_changed"] == [ORIGINAL]


def test_without_a_journal_nothing_is_made_and_nothing_changed(kept: Desk) -> None:
    (kept.root / "data" / "journal.jsonl").unlink()
    before = contents(kept.root)
    assert "restore" in kept.run("rebuild", expect=2)["advice"]
    assert contents(kept.root) == before


def test_a_journal_of_a_newer_plantrack_is_left_to_that(kept: Desk) -> None:
    journal = Journal(kept.root / "data" / "journal.jsonl")
    journal.append(journal.last() + 1, len(STEPS) + 1, [("DELETE FROM returns", [[]])])
    before = contents(kept.root)
    assert "journal.jsonl" in kept.run("rebuild", expect=2)["error"]
    assert contents(kept.root) == before


def test_a_backup_put_back_elsewhere_is_the_same_office(kept: Desk, tmp_path: Path) -> None:
    waits = kept.send_back("ETDA")
    os.utime(waits, (1_767_500_000, 1_767_500_000))
    made = kept.run("backup", expect=0)
    file = Path(made["path"])
    assert file == kept.root / "backups" / "plantrack-backup-2026-01-05.zip"
    assert made["faults"] == []
    assert kept.run("verify", str(file), expect=0)["faults"] == []
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    target = tmp_path / "ที่ใหม่"
    assert kept.run("restore", str(file), str(target), expect=0)["files"] == made["files"]
    assert contents(target) == contents(kept.root)
    said = kept.invoke("restore", str(file), str(tmp_path / "อีกที่")).stdout.splitlines()
    assert [line.endswith(f'cd "{tmp_path / "อีกที่"}"') for line in said[1:]] == [True, False]
    assert said[-1].endswith("plantrack verify")
    if os.name != "nt":
        assert stat.S_IMODE((target / "data").stat().st_mode) == 0o700
        assert stat.S_IMODE((target / "data" / "signing.key").stat().st_mode) == 0o600
    assert abs((target / "inbox" / waits.name).stat().st_mtime - 1_767_500_000) <= 2
    moved = Desk(target)
    assert moved.ingest_one()["outcome"] == "accepted"
    assert moved.run("doctor", expect=0)["faults"] == []
    again = Path(kept.run("backup", expect=0)["path"])
    assert again.name == "plantrack-backup-2026-01-05-2.zip"


def test_a_backup_is_put_into_no_folder_in_use_and_over_no_other_backup(kept: Desk, tmp_path: Path) -> None:
    file = kept.run("backup", str(tmp_path / "สำรอง.zip"), expect=0)["path"]
    before = contents(kept.root)
    kept.run("restore", file, str(kept.root), expect=2)
    kept.run("backup", file, expect=2)
    assert contents(kept.root) == before


def test_a_damaged_backup_is_told_and_nothing_of_it_put_back(kept: Desk, tmp_path: Path) -> None:
    file = Path(kept.run("backup", str(tmp_path / "สำรอง.zip"), expect=0)["path"])
    changed = tmp_path / "แก้แล้ว.zip"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(changed, "w") as other:
        for item in whole.infolist():
            other.writestr(item, b"other" if item.filename == ORIGINAL else whole.read(item))
        other.writestr("../หลุด.txt", b"x")
    target = tmp_path / "ที่ใหม่"
    said = kept.run("verify", str(changed), expect=1)["faults"]
    assert [fault["what"].split(" ")[0] for fault in said if ORIGINAL in fault["what"] or "หลุด" in fault["what"]]
    assert ORIGINAL in kept.run("restore", str(changed), str(target), expect=2)["error"]
    for harm in (b"", b"no zip", file.read_bytes()[:-2000]):
        changed.write_bytes(harm)
        kept.run("restore", str(changed), str(target), expect=2)
        kept.run("verify", str(changed), expect=2)
    assert not target.exists()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["งาน"]


def test_the_doctor_names_all_that_is_wrong(kept: Desk) -> None:
    data = kept.root / "data"
    assert kept.run("verify", expect=0)["faults"] == []
    assert kept.run("doctor", expect=0)["faults"] == []
    (kept.root / ORIGINAL).write_bytes(b"other")
    [frozen] = (data / "submitted").rglob("*ops.docx")
    frozen.unlink()
    (data / "journal.jsonl").write_bytes((data / "journal.jsonl").read_bytes().replace(b"YS", b"XX"))
    assert len(kept.run("verify", expect=1)["faults"]) == 3
    (data / "signing.key").write_text("", encoding="ascii")
    said = "\n".join(fault["what"] for fault in kept.run("doctor", expect=1)["faults"])
    for name in (ORIGINAL, frozen.name, "journal.jsonl", "signing.key"):
        assert name in said
    (data / "plantrack.db").unlink()
    assert "plantrack.db" in kept.run("doctor", expect=1)["faults"][0]["what"]


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_what_others_may_read_is_told_from_the_folder_on(desk: Desk) -> None:
    data = desk.root / "data"
    opened = [data, data / KEY, data / PUBLISHING_KEY]
    opened[-1].touch()
    for path in opened:
        path.chmod(0o755)
    told = "\n".join(fault["advice"] for fault in desk.run("doctor", expect=1)["faults"])
    assert re.findall(r"chmod o-rwx (.+)", told) == [str(path) for path in opened]


def test_a_publication_without_the_key_that_signed_it_is_told(kept: Desk) -> None:
    key = kept.root / "data" / PUBLISHING_KEY
    key.unlink(missing_ok=True)
    assert kept.run("doctor", expect=0)["faults"] == []
    proof = kept.root / "outbox" / "2569-q1" / "publication" / "data" / PROOF
    proof.parent.mkdir(parents=True)
    proof.write_text("{}", "utf-8")
    [fault] = kept.run("doctor", expect=1)["faults"]
    assert PUBLISHING_KEY in fault["what"] + fault["advice"]


def test_a_workspace_copied_elsewhere_goes_on(kept: Desk, tmp_path: Path) -> None:
    shutil.copytree(kept.root, tmp_path / "สำเนา")
    moved = Desk(tmp_path / "สำเนา")
    moved.send_back("ETDA")
    assert moved.ingest_one()["outcome"] == "accepted"
    assert moved.run("doctor", expect=0)["faults"] == []
