"""Forms written and returns read on a cluster of two processes, one of which is killed in the middle."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from bench import data
from tests.desk import Desk

UNITS = 6


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


@pytest.fixture
def large(tmp_path: Path, cluster: LocalCluster) -> Desk:
    """A workspace of some units whose settings name the cluster."""
    data.make_workspace(tmp_path, UNITS)
    desk = Desk(tmp_path)
    use_cluster(desk, cluster.scheduler_address)
    return desk


def use_cluster(desk: Desk, address: str) -> None:
    settings = desk.root / "config.toml"
    text = settings.read_text(encoding="utf-8")
    assert 'cluster = ""' in text
    settings.write_text(text.replace('cluster = ""', f'cluster = "{address}"'), encoding="utf-8")


@contextmanager
def one_killed_at_work(cluster: LocalCluster) -> Iterator[None]:
    """Kills the first of the workers that is seen at work meanwhile."""
    ended = threading.Event()
    killed: list[int] = []

    def wait_and_kill() -> None:
        while not (killed or ended.wait(0.01)):
            for worker, tasks in client.processing().items():
                if tasks and not killed:
                    os.kill(numbers[worker], signal.SIGKILL)
                    killed.append(numbers[worker])

    with Client(cluster, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(2)
        numbers = client.run(os.getpid)
        killer = threading.Thread(target=wait_and_kill)
        killer.start()
        try:
            yield
        finally:
            ended.set()
            killer.join()
    assert killed


def test_nothing_is_lost_with_a_worker(large: Desk, cluster: LocalCluster) -> None:
    with one_killed_at_work(cluster):
        issued = large.run("issue-forms", "q1", expect=0)
    assert len(issued["forms"]) == UNITS
    data.fill_inbox(large.root)
    with one_killed_at_work(cluster):
        taken = large.run("ingest", expect=0)
    assert [file["outcome"] for file in taken["files"]] == ["accepted"] * UNITS


def test_a_cluster_that_is_not_there_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plan_tracker.workers._PATIENCE", 1)
    use_cluster(desk, "tcp://127.0.0.1:9")
    said = desk.run("issue-forms", "q2", "--early", expect=2)
    assert "127.0.0.1:9" in str(said)
    assert "work.cluster" in str(said)
