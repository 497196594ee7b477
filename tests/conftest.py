"""A small workspace that tests share: two units, three projects and two KPIs, loaded and issued for Q1."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from plan_tracker.demo.units import fill_form
from plan_tracker.i18n import use_language
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace, open_workspace
from tests.desk import Desk, Typed, issue_small_workspace
from tests.published_year import publish_year

# A test never fails since the machine is busy: hypothesis counts seconds by the clock, both for an example and for
# making it up.
settings.register_profile("plantrack", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("plantrack")


@pytest.fixture(scope="session", autouse=True)
def _without_libreoffice() -> None:
    """Reports in tests go without page numbers: to lay each out takes seconds. Tests of the layout ask for it."""
    os.environ["PLANTRACK_SOFFICE"] = "none"


@pytest.fixture(scope="session", autouse=True)
def _by_no_choice_of_whoever_runs_the_tests() -> None:
    """What plantrack is told by the environment, such as to speak English, is told by tests alone."""
    for name in ("PLANTRACK_LANG", "PLANTRACK_TODAY", "PLANTRACK_WORKSPACE"):
        os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def _in_thai() -> None:
    """Each test begins in Thai, whatever the one before it spoke, or the environment when the module was read."""
    use_language("th")


@pytest.fixture(scope="session")
def issued_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the small register loaded and Q1 issued; copied for each test."""
    root = tmp_path_factory.mktemp("issued") / "พื้นที่ทำงาน"
    issue_small_workspace(root)
    return root


@pytest.fixture
def desk(issued_root: Path, tmp_path: Path) -> Desk:
    """The workspace after ``issue-forms q1``."""
    root = tmp_path / "งาน"
    shutil.copytree(issued_root, root)
    return Desk(root)


@pytest.fixture
def place(desk: Desk) -> Workspace:
    return replace(open_workspace(desk.root), today=desk.today)


@pytest.fixture
def opened(desk: Desk) -> Iterator[Store]:
    store = Store(desk.root / "data" / "plantrack.db")
    yield store
    store.close()


@pytest.fixture(scope="session")
def answers(issued_root: Path) -> Typed:
    """What unit YS answers in Q1, by ``P001/f14.stage``."""
    return Desk(issued_root).answers("YS")


@pytest.fixture(scope="session")
def returned(issued_root: Path, answers: Typed, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The form of unit YS, filled in: two projects and a KPI."""
    path = tmp_path_factory.mktemp("returned") / "ys.xlsx"
    fill_form(Desk(issued_root).form_path("YS"), answers, path)
    return path.read_bytes()


@pytest.fixture(scope="session")
def published_year(issued_root: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A workspace in which all four quarters and the year-end have been published; to be looked at and left alone.

    It takes half a minute, so that one worker makes it for all.
    """
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    root, made = shared / "published year" / "งาน", shared / "published year" / "made"
    with FileLock(str(shared / "published-year.lock")):
        if not made.exists():
            shutil.copytree(issued_root, root)
            publish_year(Desk(root))
            made.touch()
    return root
