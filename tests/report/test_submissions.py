"""R15–R19: which files are submitted, and what is told to have changed since, by records and files made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from plan_tracker.analysis.basis.returns import AnswerState
from plan_tracker.config import ReportSettings
from plan_tracker.errors import OrderError
from plan_tracker.merging.datasets import take_bases
from plan_tracker.merging.reports.published import published_on
from plan_tracker.merging.reports.submissions import (
    SubmissionChange,
    changes_since,
    check_copies,
    empty_reports,
    freeze,
    reports_now,
    stale_reports,
)
from plan_tracker.review import Act
from plan_tracker.store import Recorded, ReportRecord, Store, StoredReturn, Submitted, SubmittedReport, Volume
from plan_tracker.store.event_names import EventName
from plan_tracker.store.reporting.reports import Document
from plan_tracker.values import Answer, Entry
from plan_tracker.workspace.folders import Workspace, file_sha256
from tests.desk import Q1, Q2

REPORTS = "outbox/2569-q1/reports"
PLANS = ("ops", "ministry")


def path_of(plan: str, volume: str = "") -> str:
    return f"{REPORTS}/2569-q1-{plan}{volume}.docx"


def report(place: Workspace, store: Store, *volumes: str) -> ReportRecord:
    """A report of both plans on what counts now; each file holds its own name and the report's number."""
    number = len(store.reports.all(Q1)) + 1
    made: dict[str, dict[str, Document]] = {}
    for volume in volumes:
        for plan in PLANS:
            path = place.root / path_of(plan, volume)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{path.name} {number}", "utf-8")
            made.setdefault(volume, {})[plan] = Document(place.relative(path), file_sha256(path))
    bases = take_bases(store, place.config, Q1, place.today)
    settings = ReportSettings.of(place.config)
    return store.reports.add(
        ReportRecord(Q1, 0, place.timestamp(), made[""], bases, settings, sheets=made.get("-sheets", {}))
    )


def answer(store: Store, unit: str, code: str) -> None:
    """A return of the ``unit`` with an answer that counts."""
    version = store.next_version(unit, Q1)
    kept = StoredReturn(
        *(0, unit, Q1, version, store.newest_form_ids(Q1)[unit], f"{unit}{version}", f"{unit}.xlsx", "x"),
        *("2026-01-05T09:00", "accepted", 0, 0),
    )
    said = {code: Entry(code, {"f14.progress_percent": Answer(Decimal(20 + version), "D30")})}
    store.add_return(kept, said, {code: AnswerState.CLEAN}, [])


def told(changes: list[SubmissionChange]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.plan, one.path) for one in changes]


def submit(place: Workspace, store: Store) -> Submitted:
    with store.transaction():
        frozen = freeze(place, store, "1-1", Q1, reports_now(place, store, Q1))
        store.reviews.add(Q1, Recorded(Act.SUBMIT, place.timestamp(), reports=frozen))
    submitted = store.reviews.submitted(Q1)
    assert submitted is not None
    return submitted


def test_the_newest_report_of_each_plan_is_submitted_volume_by_volume(place: Workspace, opened: Store) -> None:
    report(place, opened, "", "-sheets")
    report(place, opened, "", "-sheets")
    found = reports_now(place, opened, Q1)
    assert found == tuple(
        SubmittedReport(plan, path_of(plan, name), "", file_sha256(place.root / path_of(plan, name)), 2, volume)
        for plan in PLANS
        for name, volume in (("", Volume.REPORT), ("-sheets", Volume.SHEETS))
    )
    frozen = submit(place, opened).reports
    copies = [f"data/submitted/2569-q1/1-1/2569-q1-{plan}{name}.docx" for plan in PLANS for name in ("", "-sheets")]
    assert [one.frozen for one in frozen] == copies
    for before, after in zip(found, frozen, strict=True):
        assert (place.root / after.frozen).read_bytes() == (place.root / before.path).read_bytes()
        assert (after.sha256, after.plan, after.path) == (before.sha256, before.plan, before.path)


@pytest.mark.parametrize("volumes", [("",), ("", "-sheets")])
def test_a_plan_without_all_volumes_of_its_newest_report_is_named(
    volumes: tuple[str, ...], place: Workspace, opened: Store
) -> None:
    def refused() -> str:
        with pytest.raises(OrderError) as error:
            reports_now(place, opened, Q1)
        assert "plantrack report q1" in error.value.advice
        return error.value.what

    assert "ops" in refused()
    report(place, opened, *volumes)
    for volume in volumes:
        whole = (place.root / path_of("ministry", volume)).read_bytes()
        (place.root / path_of("ministry", volume)).unlink()
        assert "ministry" in refused()
        (place.root / path_of("ministry", volume)).write_bytes(whole)
    assert len(reports_now(place, opened, Q1)) == 2 * len(volumes)


def test_a_report_without_any_answer_is_empty_and_one_without_the_newest_is_stale(
    place: Workspace, opened: Store
) -> None:
    report(place, opened, "", "-sheets")
    assert told(empty_reports(opened, Q1, reports_now(place, opened, Q1))) == [
        ("empty", plan, path_of(plan)) for plan in PLANS
    ]
    assert stale_reports(place, opened, Q1) == []
    answer(opened, "YS", "P001")
    assert told(stale_reports(place, opened, Q1)) == [("data", plan, path_of(plan)) for plan in PLANS]
    report(place, opened, "", "-sheets")
    assert empty_reports(opened, Q1, reports_now(place, opened, Q1)) == stale_reports(place, opened, Q1) == []


def test_what_has_changed_since_is_told_of_the_volume_that_it_is_about(place: Workspace, opened: Store) -> None:
    report(place, opened, "", "-sheets")
    submitted = submit(place, opened)
    assert changes_since(place, opened, submitted) == []
    check_copies(place, submitted, "plantrack review submit q1")
    answer(opened, "ETDA", "P003")
    (place.root / path_of("ops", "-sheets")).write_text("แก้ไข", "utf-8")
    (place.root / path_of("ministry")).unlink()
    ops, sheets, _ministry, last = (one.frozen for one in submitted.reports)
    (place.root / ops).write_text("เสีย", "utf-8")
    (place.root / last).unlink()
    assert told(changes_since(place, opened, submitted)) == [
        ("data", "ops", path_of("ops")),
        ("copy", "ops", ops),
        ("edited", "ops", path_of("ops", "-sheets")),
        ("gone", "ministry", path_of("ministry")),
        ("data", "ministry", path_of("ministry")),
        ("copy", "ministry", last),
    ]
    with pytest.raises(OrderError) as error:
        check_copies(place, submitted, "plantrack review submit q1")
    assert f": {ops} {last}" in error.value.what
    assert sheets not in error.value.what
    assert error.value.advice.endswith("plantrack review submit q1")


def test_published_is_what_was_permitted_last(place: Workspace, opened: Store) -> None:
    report(place, opened, "")
    submitted = submit(place, opened)
    said = {"sha256": submitted.sha256, "reference": "ดศ 1"}

    def publish(day: int, **details: str) -> date | None:
        opened.add_event(f"2026-03-{day:02}T09:00", EventName.PUBLISH, period=str(Q1), files="x", **details)
        return published_on(opened, Q1)

    assert publish(1, **said) is None  # nobody has permitted it
    opened.reviews.add(Q1, Recorded(Act.PERMIT, place.timestamp(), day=date(2026, 2, 27), reference="ดศ 1"))
    assert publish(2, **said) == date(2026, 3, 2)
    assert publish(3, **said | {"reference": "ดศ 2"}) is None
    assert publish(4, **said | {"sha256": "0"}) is None
    assert publish(5, **said) == date(2026, 3, 5)
    assert published_on(opened, Q2) is None
