"""No file, however named or packed, stops a batch, is taken wrongly or vanishes (R6)."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from plan_tracker.checking import check
from plan_tracker.checking.submission import Checked, Submission
from plan_tracker.forms.definition import choices as c
from plan_tracker.intake import batch as batch_module
from plan_tracker.intake.files import fitting, safe_name
from tests.desk import TODAY, Desk


def _zip(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def _take(path: Path) -> bytes:
    content = path.read_bytes()
    path.unlink()
    return content


@pytest.mark.parametrize("damage", ["missing", "changed"])
def test_a_duplicate_puts_a_lost_original_back(desk: Desk, damage: str) -> None:
    content = desk.send_back("YS").read_bytes()
    desk.ingest_one()
    original = desk.root / "data" / "originals" / "2569-q1" / "YS-v1.xlsx"
    original.unlink() if damage == "missing" else original.write_bytes(b"x")
    (desk.inbox / "ซ้ำ.xlsx").write_bytes(content)
    result = desk.ingest_one()
    assert (result["outcome"], [f["code"] for f in result["findings"]]) == ("duplicate", ["ORIGINAL-RESTORED"])
    assert original.read_bytes() == content
    assert not (desk.inbox / "ซ้ำ.xlsx").exists()


def test_an_original_that_stands_there_is_never_overwritten(desk: Desk) -> None:
    """As after a database was restored from an older copy than the originals."""
    other = desk.root / "data" / "originals" / "2569-q1" / "YS-v1.xlsx"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"another return")
    content = desk.send_back("YS").read_bytes()
    assert desk.ingest_one()["outcome"] == "accepted"
    assert other.read_bytes() == b"another return"
    assert other.with_name("YS-v1 (2).xlsx").read_bytes() == content


def test_odd_names_are_taken_or_rejected_and_shown_readably(desk: Desk) -> None:
    desk.send_back("YS", name=".แบบ ยศ.xlsx")
    thai = os.fsencode(desk.inbox) + b"/" + "รายงาน.xlsx".encode("cp874")
    Path(os.fsdecode(thai)).write_bytes(b"no workbook")
    (desk.inbox / ("ก" * 83 + ".xlsx")).write_bytes(b"nor this")
    files = {f["file"]: f["outcome"] for f in desk.run("ingest", expect=1)["files"]}
    assert files == {".แบบ ยศ.xlsx": "accepted", "รายงาน.xlsx": "rejected", "ก" * 83 + ".xlsx": "rejected"}
    assert len(list((desk.inbox / "rejected").glob("*.txt"))) == 2


def test_names_fit_every_file_system() -> None:
    long = fitting("ก" * 140 + ".xlsx")
    assert len(long.encode()) <= 230
    assert long.endswith("ก.xlsx")
    assert (safe_name("a\\b/CON.xlsx"), safe_name("แบบ. . "), safe_name("a?.xlsx")) == ("_CON.xlsx", "แบบ", "a_.xlsx")


def test_a_container_is_told_by_its_bytes(desk: Desk) -> None:
    ys, etda = _take(desk.send_back("YS")), _take(desk.send_back("ETDA"))
    (desk.inbox / "สมุดงาน.zip").write_bytes(ys)
    (desk.inbox / "รวม.xlsx").write_bytes(_zip({"สพธอ.xlsx": etda}))
    files = {(f["file"], f["container"], f["outcome"]) for f in desk.run("ingest", expect=0)["files"]}
    assert files == {("สมุดงาน.zip", None, "accepted"), ("สพธอ.xlsx", "รวม.xlsx", "accepted")}
    assert (desk.root / "data" / "originals" / "2569-q1" / "YS-v1.xlsx").read_bytes() == ys


def test_containers_in_containers(desk: Desk) -> None:
    ys, etda = _take(desk.send_back("YS")), _take(desk.send_back("ETDA"))
    inner, outer = EmailMessage(), EmailMessage()
    inner.set_content("ส่งต่อ")
    inner.add_attachment(
        _zip({"ใน.zip": _zip({"ยศ.xlsx": ys})}), maintype="application", subtype="zip", filename="a.zip"
    )
    outer.set_content("ส่งต่อ")
    outer.add_attachment(inner)
    outer.add_attachment(etda, maintype="application", subtype="octet-stream", filename="สพธอ.xlsx")
    outer.add_attachment(b"x", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    (desk.inbox / "จดหมาย.eml").write_bytes(outer.as_bytes())
    files = {f["file"]: (f["outcome"], [x["code"] for x in f["findings"]]) for f in desk.run("ingest")["files"]}
    assert files["winmail.dat"] == ("rejected", ["FILE-OUTLOOK"])
    assert files["ยศ.xlsx"] == files["สพธอ.xlsx"] == ("accepted", [])


def test_one_damaged_member_leaves_the_others(desk: Desk) -> None:
    ys = _take(desk.send_back("YS"))
    packed = _zip({"เสีย.xlsx": b"0123456789" * 9, "ดี.xlsx": ys})
    (desk.inbox / "รวม.zip").write_bytes(packed.replace(b"0123456789", b"X123456789", 1))
    files = {f["file"]: f["outcome"] for f in desk.run("ingest", expect=1)["files"]}
    assert files == {"เสีย.xlsx": "rejected", "ดี.xlsx": "accepted"}


def test_thai_names_of_windows_archives_are_readable(desk: Desk) -> None:
    name = "รายงาน.xlsx".encode("cp874")
    packed = _zip({"A" * len(name): _take(desk.send_back("YS"))}).replace(b"A" * len(name), name)
    (desk.inbox / "รวม.zip").write_bytes(packed)
    assert desk.ingest_one()["file"] == "รายงาน.xlsx"


def test_a_file_that_can_not_be_read_waits_and_the_others_go_on(desk: Desk) -> None:
    desk.send_back("YS")
    (desk.inbox / "วน.xlsx").symlink_to(desk.inbox / "วน.xlsx")  # as unreadable as one that Excel holds
    files = {
        f["file"]: (f["outcome"], [x["code"] for x in f["findings"]]) for f in desk.run("ingest", expect=1)["files"]
    }
    assert files == {"YS.xlsx": ("accepted", []), "วน.xlsx": ("ignored", ["FILE-BUSY"])}


def test_our_own_fault_over_one_return_stops_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_on_etda(submissions: list[Submission]) -> list[Checked]:
        if any("P003" in submission.asked_projects for submission in submissions):
            raise ZeroDivisionError
        return check.check_submissions(submissions)

    monkeypatch.setattr(batch_module, "check_submissions", break_on_etda)
    desk.send_back("YS")
    desk.send_back("ETDA")
    files = {f["file"]: f for f in desk.run("ingest", expect=1)["files"]}
    assert files["YS.xlsx"]["outcome"] == "accepted"
    assert [(f["code"], "ZeroDivisionError" in f["message"]) for f in files["ETDA.xlsx"]["findings"]] == [
        ("FILE-BUSY", True)
    ]
    assert "ZeroDivisionError" in (desk.root / "data" / "errors.log").read_text(encoding="utf-8")
    assert (desk.inbox / "ETDA.xlsx").is_file()
    monkeypatch.undo()
    assert desk.ingest_one()["outcome"] == "accepted"


_KILLED = """
import os, signal, sqlite3, sys
left, statements = int(sys.argv.pop(1)), sys.argv.pop(1) == "store"
def one_less():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
def kill(event, arguments):
    touches = event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.move")
    writes = event == "open" and isinstance(arguments[1], str) and arguments[1][0] in "wax"
    if not statements and (touches or writes):
        one_less()
class Killed(sqlite3.Connection):
    def execute(self, sql, *arguments):
        counts = statements and sql.split()[0] in ("BEGIN", "INSERT", "UPDATE", "COMMIT")
        if counts:
            one_less()
        done = super().execute(sql, *arguments)
        if counts:
            one_less()
        return done
connect = sqlite3.connect
sqlite3.connect = lambda *words, **named: connect(*words, **named, factory=Killed)
sys.addaudithook(kill)
from plan_tracker.cli import main
main()
"""
_KILLS = [("files", after) for after in (1, 2, 4, 6, 8, 11, 13, 15, 17, 19, 22, 25, 28, 32)]
_KILLS += [("store", after) for after in (1, 2, 5, 8, 9, 10, 13, 16, 19, 20, 23, 26, 29)]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("where", "after"), _KILLS)
def test_a_run_killed_at_any_moment_loses_and_doubles_nothing(desk: Desk, where: str, after: int) -> None:
    """One return is clean and in an archive, the other faulty: its correction is written, and written once."""
    faulty = {"P003/f14.stage": ""}
    contents = {_take(desk.send_back("YS")), desk.send_back("ETDA", faulty).read_bytes()}
    ys = next(content for content in contents if content != (desk.inbox / "ETDA.xlsx").read_bytes())
    (desk.inbox / "รวม.zip").write_bytes(_zip({"ยศ.xlsx": ys, "อื่น.xlsx": b"other"}))
    environment = os.environ | {"PLANTRACK_WORKSPACE": str(desk.root), "PLANTRACK_TODAY": TODAY.isoformat()}
    words = [sys.executable, "-c", _KILLED, str(after), where, "ingest", "--json"]
    killed = subprocess.run(words, env=environment, capture_output=True, timeout=600, check=False)
    assert killed.returncode in (-signal.SIGKILL, 1), killed.stderr
    desk.run("ingest")
    originals = [path.read_bytes() for path in (desk.root / "data" / "originals").rglob("*") if path.is_file()]
    assert sorted(originals) == sorted(contents)
    assert {u["unit"]: (u["state"], u["version"]) for u in desk.run("status", "q1")["units"]} == {
        "YS": ("accepted", 1),
        "ETDA": ("incomplete", 1),
    }
    assert [path.name for path in (desk.root / "data" / "containers").iterdir()] == ["รวม.zip"]
    left = sorted(path.relative_to(desk.inbox).as_posix() for path in desk.inbox.rglob("*") if path.is_file())
    assert [name for name in left if not name.startswith(".")] == ["rejected/อื่น.xlsx", "rejected/อื่น.xlsx.txt"]
    assert [path.name for path in desk.inbox.iterdir() if path.is_dir()] == ["rejected"]
    assert sum(1 for event in desk.run("log")["events"] if event["what"] == "correction") == 1
    base = desk.root / "outbox" / "2569-q1" / "corrections"
    kinds = ["L3.docx", "form.xlsx", "list.xlsx"]
    assert sorted(path.name for path in base.iterdir()) == [f"2569-q1-ETDA-v1-{kind}" for kind in kinds]
    desk.send_back("ETDA", {"P003/f14.stage": c.UNDER_WAY}, form=base / "2569-q1-ETDA-v1-form.xlsx")
    assert (desk.ingest_one()["outcome"], desk.run("log")["tampered_from"]) == ("accepted", None)


_BUSY_READERS = """
import os, signal, sys, time
from multiprocessing import active_children
from plan_tracker.forms.reading.spreadsheets.grid import SheetLimits
from plan_tracker.intake.readers import _pool, readers
if __name__ == "__main__":
    with readers(20, SheetLimits(10**8, 10**6, memory=10**9, seconds=300)):
        pool = _pool(os.cpu_count() or 1, 10**9)
        for _ in range(os.cpu_count() or 1):
            pool.schedule(time.sleep, args=[300])
        time.sleep(2)
        print(*(child.pid for child in active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
def test_a_killed_run_leaves_no_reader_behind(tmp_path: Path) -> None:
    script = tmp_path / "busy.py"
    script.write_text(_BUSY_READERS, encoding="utf-8")
    done = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, timeout=600, check=False)
    readers = done.stdout.split()
    assert readers
    until = time.monotonic() + 300  # gives up waiting; what passes takes no time
    while any(map(_runs, readers)):
        assert time.monotonic() < until, readers
        time.sleep(0.1)


def _runs(number: bytes) -> bool:
    stat = Path(f"/proc/{int(number)}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
