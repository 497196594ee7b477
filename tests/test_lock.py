"""Two runs never write in one workspace at the same time; a reader waits for nobody (R6)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import TODAY, Desk

_HOLDER = """
import sys, time
from plan_tracker.workspace.lock import locked
from plan_tracker.workspace.folders import open_workspace
with locked(open_workspace(), "ingest"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(desk: Desk) -> Iterator[subprocess.Popen[str]]:
    """Another process that is at work in the workspace, until its standard input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER],
        env=_environment(desk),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def _environment(desk: Desk) -> dict[str, str]:
    return os.environ | {"PLANTRACK_WORKSPACE": str(desk.root), "PLANTRACK_TODAY": TODAY.isoformat()}


def test_who_writes_waits_and_is_told_who_is_at_work(desk: Desk, holder: subprocess.Popen[str]) -> None:
    dropped = desk.send_back("YS")
    for words in (("ingest",), ("report", "q1"), ("issue-forms", "q1")):
        said = desk.run(*words, expect=2)["error"]
        assert "plantrack ingest" in said
        assert "2026-01-05" in said
    assert dropped.exists()


def test_who_only_reads_waits_for_nobody(desk: Desk, holder: subprocess.Popen[str]) -> None:
    desk.run("status", "q1", expect=0)
    desk.run("log", expect=0)
    desk.run("ingest", "--dry-run", expect=0)
    desk.run("register", "show", expect=0)


def test_the_doctor_tells_that_somebody_is_at_work(desk: Desk, holder: subprocess.Popen[str]) -> None:
    faults = {fault["what"] for fault in desk.run("doctor", expect=1)["faults"]}
    holder.kill()
    holder.wait()
    (told,) = faults - {fault["what"] for fault in desk.run("doctor")["faults"]}
    assert "กำลังทำงาน" in told or "at work" in told


def test_who_ends_meanwhile_lets_the_next_go_on(desk: Desk, holder: subprocess.Popen[str]) -> None:
    assert holder.stdin
    holder.stdin.close()
    assert desk.run("ingest", expect=0)["files"] == []
    assert not (desk.root / "data" / "plantrack.lock.txt").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_killed_holder_blocks_nobody(desk: Desk, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (desk.root / "data" / "plantrack.lock.txt").exists()
    desk.run("ingest", expect=0)


@pytest.mark.parametrize("left", [b"4711\nPC-17\n", bytes(4096)], ids=["a note of its holder", "zeros"])
def test_a_lock_that_is_none_of_ours_blocks_nobody(desk: Desk, left: bytes) -> None:
    """Where a drive knows no locks, a killed run leaves its number; a power cut may leave zeros."""
    (desk.root / "data" / "plantrack.lock").write_bytes(left)
    desk.run("doctor", expect=0)
    desk.run("ingest", expect=0)


def test_two_ingests_at_once_take_each_file_once(desk: Desk) -> None:
    desk.send_back("YS")
    desk.send_back("ETDA")
    words = [sys.executable, "-m", "plan_tracker", "ingest", "--json"]
    runs = [
        subprocess.Popen(words, env=_environment(desk), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _run in range(2)
    ]
    assert sorted(run.wait(timeout=600) for run in runs)[0] == 0
    assert {run.returncode for run in runs} <= {0, 2}
    versions = {unit["unit"]: unit["version"] for unit in desk.run("status", "q1")["units"]}
    assert versions == {"YS": 1, "ETDA": 1}
    assert len(list(Path(desk.root / "data" / "originals" / "2569-q1").iterdir())) == 2
