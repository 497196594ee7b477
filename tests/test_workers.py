"""Work given to other processes: what comes of it is the same whoever does it, and nothing is lost with a worker."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from plan_tracker import workers as crews
from plan_tracker.forms.writing.build import FormTask, made_form
from plan_tracker.steps.prepare import issue_forms
from plan_tracker.steps.report import report
from plan_tracker.workers import Here, Workers, workers
from tests.desk import Desk


def doubled(number: int) -> int:
    return 2 * number


def deadly(number: int) -> int:
    """Takes the worker with it that is given 3."""
    if number == 3 and multiprocessing.parent_process() is not None:
        os._exit(9)
    return -number


def failing(number: int) -> int:
    raise ValueError(str(number))


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(crews, "FEW", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with workers(10) as crew:
        yield crew


def test_results_come_in_the_order_of_their_tasks(many: Workers) -> None:
    assert many.count == 2
    assert list(many.each(doubled, range(20))) == [(number, 2 * number) for number in range(20)]


def test_what_a_killed_worker_leaves_undone_is_done_here(many: Workers) -> None:
    assert list(many.each(deadly, range(20))) == [(number, -number) for number in range(20)]
    assert list(many.each(doubled, [7])) == [(7, 14)]  # without any worker left
    assert list(many.each(deadly, [3, 4], instead=doubled)) == [(3, 6), (4, 8)]


def test_an_error_is_the_tasks_own() -> None:
    with workers(2) as crew, pytest.raises(ValueError, match="5"):
        list(crew.each(failing, [5]))


def slow(number: int) -> int:
    time.sleep(0.7)
    return number


def test_meanwhile_there_is_time_to_tell_how_far_it_is(many: Workers) -> None:
    told: list[int] = []
    assert list(many.each(slow, [1, 2], meanwhile=lambda: told.append(1))) == [(1, 1), (2, 2)]
    assert told


def test_few_tasks_are_done_here_and_many_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with workers(39) as crew:
        assert isinstance(crew.executor, Here)
    with workers(40) as crew:
        assert not isinstance(crew.executor, Here)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with workers(40) as crew:
        assert isinstance(crew.executor, Here)


def test_tasks_are_asked_for_as_they_are_needed() -> None:
    """Thousands of forms are not held in memory at once."""
    asked: list[int] = []

    class Idle(Here):
        def submit(self, fn, /, *args, **kwargs) -> Future:  # type: ignore[no-untyped-def,type-arg]
            asked.append(args[0])
            return super().submit(fn, *args, **kwargs)

    done = Workers(Idle(), 2).each(doubled, iter(range(1000)))
    assert next(done) == (0, 0)
    assert len(asked) == 9  # four for each of two workers, and the one that was waited for


@pytest.fixture
def tasks(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[FormTask]:
    """What the forms of the small workspace are made from."""
    given: list[FormTask] = []

    @contextmanager
    def watched(count: int, cluster: str) -> Iterator[Workers]:
        class Watching(Here):
            def submit(self, fn, /, *args, **kwargs) -> Future:  # type: ignore[no-untyped-def,type-arg]
                given.extend(args)
                return super().submit(fn, *args, **kwargs)

        yield Workers(Watching(), count)

    monkeypatch.setattr(issue_forms, "workers", watched)
    desk.run("issue-forms", "q1", expect=0)
    assert len(given) == 2
    return given


def test_forms_are_the_same_whoever_makes_them(tasks: list[FormTask], many: Workers) -> None:
    once = [cells_of(made_form(task)) for task in tasks]
    assert once[0] != once[1]
    assert [cells_of(made_form(task)) for task in reversed(tasks)] == once[::-1]
    assert [cells_of(made) for _task, made in many.each(made_form, tasks)] == once


def test_reports_are_the_same_whoever_writes_them(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = desk.root / "outbox" / "2569-q1" / "reports"
    monkeypatch.setenv("PLANTRACK_SOFFICE", "none")
    desk.run("report", "q1")
    once = {path.name: path.read_bytes() for path in folder.glob("*.docx")}
    assert len(once) == 4, "two volumes for each of two plans"
    monkeypatch.setattr(crews, "FEW", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(report, "write_report", None)  # here; in the workers it is what it was
    desk.run("report", "q1")
    assert {path.name: path.read_bytes() for path in folder.glob("*.docx")} == once


def marked(place: Path) -> int:
    place.touch()
    return os.getpid()


def test_whoever_asks_may_work_beside_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "FEW", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    place = tmp_path / "begun"
    with workers(10, beside=True) as crew:
        assert crew.count == 1
        begun = crew.each(marked, [place])
        until = time.monotonic() + 60
        while not place.exists() and time.monotonic() < until:  # before what it makes is asked for
            time.sleep(0.05)
        assert place.exists()
        ((_place, number),) = begun
    assert number != os.getpid()


def cells_of(form: bytes) -> dict[str, str]:
    """By sheet, what its cells hold: formulas as they stand, and their results."""
    found: dict[str, str] = {}
    for results in (False, True):
        for sheet in load_workbook(BytesIO(form), data_only=results):
            cells = [(cell.coordinate, cell.value) for row in sheet for cell in row if cell.value]
            found[f"{sheet.title} {results}"] = hashlib.sha256(repr(cells).encode()).hexdigest()
    return found
