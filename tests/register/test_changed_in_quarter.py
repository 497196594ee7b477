"""The register changes while the quarter's forms are out, and nothing is back: whose a project is, what is planned."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from plan_tracker.analysis.basis.returns import AnswerState
from plan_tracker.forms.definition import choices as c
from plan_tracker.merging.datasets import QuarterData, take_basis
from plan_tracker.merging.reports.provenance import data_digest
from plan_tracker.register import Computation
from plan_tracker.store import Store, StoredReturn
from plan_tracker.store.register_json import register_to_json
from plan_tracker.values import Answer, Entry, Value
from plan_tracker.workspace.folders import Workspace
from tests.desk import Q1, Desk
from tests.register.test_lineage import figures
from tests.register.test_register_changes import reload, row, tables


def units_of(desk: Desk) -> dict[str, str]:
    return {one.code: one.source.unit.code for one in figures(desk, Q1)["ops"].now.projects}


def plan_of(desk: Desk, code: str) -> tuple[dict[str, Any], list[tuple[str, str, str]]]:
    found = desk.run("plan", "show", "q1", code, expect=0)
    return found["plan"], [(one["field"], one["before"], one["after"]) for one in found["revisions"]]


def test_what_changed_hands_is_of_the_unit_that_was_asked_for_it_last(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P002")["unit"] = "ETDA"
    reload(desk, content)
    assert units_of(desk) == {"P001": "YS", "P002": "YS"}  # no form has asked ETDA for it
    desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)
    assert units_of(desk) == {"P001": "YS", "P002": "ETDA"}


def test_a_unit_that_came_since_takes_nothing_that_others_were_asked_for(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P002")["unit"] = "TS"
    reload(desk, content)
    assert units_of(desk) == {"P001": "YS", "P002": "YS"}


def test_what_a_quarter_stands_on_is_told_with_its_newest_load(place: Workspace, opened: Store, desk: Desk) -> None:
    kept = StoredReturn(
        *(0, "YS", Q1, 1, opened.newest_form_ids(Q1)["YS"], "a", "YS.xlsx", "x", "2026-01-05T09:00", "accepted", 0, 0)
    )
    said = {"P001": Entry("P001", {"f14.stage": Answer(c.UNDER_WAY, "D9")})}
    opened.add_return(kept, said, dict.fromkeys(("P001", "P002", "K01"), AnswerState.CLEAN), [])
    content = tables()
    row(content, "kpis", "K01")["computed"] = "completed-share-unit"
    row(content, "kpis", "K01")["measure"] = "ร้อยละ"
    reload(desk, content)
    opened.close()
    store = Store(place.database)
    now = QuarterData(store, take_basis(store, place.config, Q1, place.today))
    assert (now.newest_load, dict(now.entries)) == (2, said)
    said_of = [["2569-q1", "YS", code, "a", ""] for code in ("K01", "P001", "P002")]
    loads = [["2569-q1", register_to_json(register)] for version in (1,) if (register := store.register(version))]
    digest = hashlib.sha256(json.dumps([*said_of, *loads], ensure_ascii=False).encode()).hexdigest()
    assert data_digest(store, [now.basis]) == digest
    before = QuarterData(store, replace(now.basis, plans=None))  # on the record of a release that knew of no plans
    assert before.newest_load == 1
    told = [data.dataset(data.register.plans[0]).kpis[0].kpi.computed for data in (now, before)]
    assert told == [Computation.COMPLETED_SHARE_UNIT, None]
    store.close()


def test_the_plan_of_what_was_renamed_goes_on_with_what_the_load_changed(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P001").update(code="P101", former_code="P001", **{"f8.end_date": date(2026, 12, 31)})
    reload(desk, content)
    plan, revisions = plan_of(desk, "P101")
    assert (plan["f8.end_date"], plan["f9.recurrent.budget"]) == ("2026-12-31", "4500000.00")
    assert revisions == [("f8.end_date", "2026-09-30", "2026-12-31")]


def test_the_plan_of_what_took_in_another_begins_with_its_own(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P002")["f9.recurrent.budget"] = Decimal(300_000)
    reload(desk, content)
    desk.run("issue-forms", "q1", "--unit", "YS", expect=0)
    over: dict[str, Value] = {"state": "merged", "state_date": date(2026, 1, 5), "state_reason": "รวม (ตัวอย่าง)"}
    row(content, "projects", "P002").update(over)
    row(content, "projects", "P001")["former_code"] = "P002"
    reload(desk, content)
    plan, revisions = plan_of(desk, "P001")
    assert (plan["f9.recurrent.budget"], revisions) == ("4500000.00", [])


def test_the_plan_of_what_was_merged_begins_with_what_its_parts_had_together(desk: Desk) -> None:
    content = tables()
    row(content, "projects", "P002").update(
        {"f9.recurrent.budget": Decimal(300_000), "f8.end_date": date(2026, 10, 31)}
    )
    reload(desk, content)
    desk.run("issue-forms", "q1", "--unit", "YS", expect=0)
    row(content, "projects", "P001").update(code="P010", former_code="P001, P002")
    content["projects"].remove(row(content, "projects", "P002"))
    reload(desk, content)
    plan, revisions = plan_of(desk, "P010")
    assert (plan["f8.end_date"], plan["f9.recurrent.budget"]) == (
        "2026-09-30",
        "4500000.00",
    )  # as the register says now
    assert revisions == [
        ("f8.end_date", "2026-10-31", "2026-09-30"),
        ("f9.recurrent.budget", "4800000.00", "4500000.00"),
    ]
