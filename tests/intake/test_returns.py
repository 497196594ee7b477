"""Which answer counts, as pure functions over what is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.analysis.basis.returns import (
    IMPOSSIBLE,
    AnswerState,
    Received,
    State,
    answer_standing,
    countable,
    file_outcome,
    judge_return,
    settle,
    unit_standing,
)
from plan_tracker.checking.catalogue import CATALOGUE
from plan_tracker.checking.findings import Finding, FindingStatus, Severity
from plan_tracker.checking.rules import rules_of
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.store import Store, StoredReturn
from plan_tracker.store.database.schema import STEPS
from plan_tracker.values import Answer, Entry, Value, plain
from plan_tracker.workspace.folders import Workspace
from tests.desk import Q1, Desk

DUE = date(2026, 1, 15)
STANDS = {"LATE-NO-PROBLEM", "STOPPED-NO-REASON"}  # errors whose own value is true; something beside it is lacking
states = st.lists(st.sampled_from(AnswerState), max_size=8)


def received(found: Sequence[AnswerState]) -> list[Received]:
    """A return a day, from the due day on, each saying this of a code."""
    return [Received(i, i, DUE + timedelta(days=i), state) for i, state in enumerate(found, 1)]


@given(states)
def test_the_newest_that_counts_is_never_pushed_out(found: list[AnswerState]) -> None:
    standing = answer_standing("P1", received(found))
    counting = [i for i, state in enumerate(found, 1) if state.counts]
    came = [i for i, state in enumerate(found, 1) if state not in (AnswerState.MISSING, AnswerState.DECLINED)]
    assert (standing.counting.version if standing.counting else None) == (counting[-1] if counting else None)
    assert standing.state.counts == bool(counting)
    newest_is_faulty = bool(came) and not found[came[-1] - 1].counts
    assert (standing.waiting is not None) == newest_is_faulty
    assert standing.is_open == (newest_is_faulty or not counting)
    assert standing.counts_since == (DUE + timedelta(days=counting[0]) if counting else None)
    assert (standing.state is AnswerState.MISSING) == (not came)


@given(st.dictionaries(st.sampled_from(["P1", "P2", "K1", "O1", "U"]), states))
def test_a_unit_is_complete_when_all_that_it_was_asked_for_counts(found: dict[str, list[AnswerState]]) -> None:
    said = {code: received(one) for code, one in found.items()}
    unit = unit_standing("U", ["P1", "P2", "K1"], said, came=bool(found))
    asked = ["P1", "P2", "K1", *(["U"] if "U" in found else [])]
    counts = [any(state.counts for state in found.get(code, ())) for code in asked]
    assert list(unit.answers) == asked
    assert unit.state.counts == all(counts)
    assert unit.missing == [code for code, does in zip(asked, counts, strict=True) if not does]
    assert (unit.complete_since is not None) == all(counts)
    assert unit.state is not State.NONE


def test_a_unit_is_late_until_the_last_of_its_answers_came() -> None:
    clean, none = AnswerState.CLEAN, AnswerState.MISSING
    halves = {"P1": received([clean, none]), "P2": received([none, none, clean, clean])}
    unit, until = unit_standing("U", ["P1", "P2"], halves, came=True), DUE + timedelta(days=30)
    assert (unit.days_late(DUE, until), unit.answers["P1"].days_late(DUE, until)) == (3, 1)
    half = unit_standing("U", ["P1", "P2"], {"P1": halves["P1"]}, came=True)
    assert (half.days_late(DUE, until), half.state, half.state_of(["P1"])) == (30, State.INCOMPLETE, State.ACCEPTED)
    unasked = unit_standing("U", None, {}, came=False)
    assert (unasked.days_late(DUE, until), unasked.state) == (0, State.NONE)


def test_what_is_said_of_the_cover_or_the_whole_file_holds_back_no_project() -> None:
    open_, told = Severity.WARNING, [Finding("LOCKED-CHANGED", Severity.WARNING, "P2", "f1.plan")]
    judged = judge_return("U", ["P1", "P2", "P3"], {"P1", "P2"}, [*told, Finding("REQUIRED", open_, "U", "u.reporter")])
    assert judged == {"P1": "clean", "P2": "waiting", "P3": "missing", "U": "waiting"}
    assert judge_return("U", ["P1"], {"P1"}, [Finding("STRAY", open_)]) == {"P1": "clean", "U": "waiting"}
    settled = [Finding("FELL", open_, "P1", status=FindingStatus.CONFIRMED), Finding("READ-AS", Severity.NOTICE, "P1")]
    assert (judge_return("U", ["P1"], {"P1"}, settled), file_outcome(settled)) == ({"P1": "clean"}, "accepted")


def test_only_what_is_untouched_and_counts_from_elsewhere_is_settled() -> None:
    error = Severity.ERROR
    findings = [
        Finding("PART", error, "P1"),
        Finding("PART", error, "P2"),
        Finding("REQUIRED", error, "O1", "o.done", cell="D9"),
        Finding("REQUIRED", error, "P3", "f4.objectives"),
        Finding("SHEET-MISSING", error, "P4"),
    ]
    after = settle(findings, {"P1", "P2", "O1", "P4"}, {"P1", "O1", "P3", "P4"}, "U")
    assert [(f.code, f.severity) for f in after] == [
        ("PART", Severity.NOTICE),
        ("PART", error),
        ("PART", Severity.NOTICE),
        ("REQUIRED", error),
        ("SHEET-MISSING", error),
    ]


def test_every_error_between_fields_says_whether_its_value_can_stand() -> None:
    rules = [rule for form in CURRENT.forms for rule in rules_of(form)]
    errors = {rule.code for rule in rules if CATALOGUE[rule.code].severity is Severity.ERROR}
    assert errors == (set(IMPOSSIBLE) - {"OUT-OF-RANGE"}) | STANDS


def test_what_came_otherwise_since_is_settled_though_nothing_comes(place: Workspace, opened: Store, desk: Desk) -> None:
    """P002 was untouched in the one return, and counts from the other."""
    form = opened.newest_form_ids(Q1)["YS"]
    states = ({"P001": AnswerState.CLEAN, "P002": AnswerState.MISSING}, {"P002": AnswerState.CLEAN})
    found: tuple[list[Finding], ...] = ([Finding("PART", Severity.ERROR, "P002")], [])
    for number, (said, findings) in enumerate(zip(states, found, strict=True), 1):
        outcome = "incomplete" if findings else "accepted"
        kept = (0, "YS", Q1, number, form, f"{number}", f"{number}.xlsx", "x", "2026-01-05T09:00", outcome)
        entries = {code: Entry(code, {}) for code, state in said.items() if state is AnswerState.CLEAN}
        opened.add_return(StoredReturn(*kept, len(findings), 0), entries, said, findings)
    assert [one.file for one in opened.to_correct()] == ["1.xlsx"]
    opened.close()
    assert desk.run("ingest", expect=0)["corrections"] == []
    store = Store(place.database)
    assert [one.outcome for one in store.returns(Q1)] == ["accepted", "accepted"]
    assert [one.severity for one in store.answers.findings(1)] == [Severity.NOTICE]
    store.close()
    last = desk.run("log")["events"][-1]
    assert (last["what"], last["file"], last["version"]) == ("ingest: accepted", "1.xlsx", "1")


_WRITTEN: dict[str, Value] = {
    "f8.end_date": date(2026, 9, 30),
    **{
        f"f9.{kind}.{amount}": Decimal(100)
        for kind in ("recurrent", "investment")
        for amount in ("act_budget", "budget", "committed", "disbursed")
    },
    "f9.note": "ตามนี้ (ตัวอย่าง)",
    "f14.stage": "แล้วเสร็จ",
    "f14.progress_percent": Decimal(90),
    "k.result": Decimal(4),
    "k.not_due": "ยังไม่ถึงรอบวัด",
}
_MONEY = {key for key in _WRITTEN if key.startswith("f9.")} - {"f9.note"}


@pytest.mark.parametrize(
    ("code", "field", "left_out"),
    [
        ("DATES-ORDER", "f8.end_date", {"f8.end_date"}),
        ("OVER-BUDGET", "f9.investment.disbursed", {"f9.investment.disbursed"}),
        ("NO-BUDGET-SPENT", "f9.recurrent.disbursed", _MONEY),
        ("DONE-NOT-100", "f14.progress_percent", {"f14.progress_percent"}),
        ("KPI-BOTH", "k.not_due", {"k.result", "k.not_due"}),
        ("KPI-LEVEL", "k.result", {"k.result"}),
        ("LATE-NO-PROBLEM", "f14.stage", set()),
    ],
)
def test_what_was_waived_counts_without_what_can_not_be(code: str, field: str, left_out: set[str]) -> None:
    said = Entry("P1", {key: Answer(value, f"D{row}") for row, (key, value) in enumerate(_WRITTEN.items())})
    found = Finding(code, Severity.ERROR, "P1", field, value="ตามที่พิมพ์")
    counted = countable(said, [found], "P1").answers
    assert {key for key, answer in counted.items() if answer.value is None} == left_out
    for key, answer in counted.items():
        assert answer.cell == said.answers[key].cell
        written = "ตามที่พิมพ์" if key == field else plain(_WRITTEN[key])
        assert answer == said.answers[key] if key not in left_out else answer.typed == written
    for other in (replace(found, severity=Severity.WARNING), replace(found, project="P2")):
        assert countable(said, [other], "P1") == said


# --- rows of the release before ---------------------------------------------------------------------------------------

_BEFORE = STEPS[:6]
_FORM = (
    "('f1', 'issue', 0, '1', 'YS', 2569, 1, '', 1, '', '{\"projects\": [\"P1\", \"P2\", \"P3\"], \"kpis\": [\"K1\"]}')"
)


@pytest.mark.parametrize(
    ("outcome", "waived", "status", "expected"),
    [
        ("accepted", "", "confirmed", {"P1": "clean", "P2": "clean", "P3": "missing", "K1": "clean"}),
        ("incomplete", "", "open", {"P1": "clean", "P2": "waiting", "P3": "missing", "K1": "clean"}),
        ("incomplete", "ด่วน", "waived", {"P1": "clean", "P2": "waived", "P3": "missing", "K1": "clean"}),
    ],
)
def test_returns_of_the_release_before_are_judged_answer_by_answer(
    tmp_path: Path, outcome: str, waived: str, status: str, expected: dict[str, str]
) -> None:
    path = tmp_path / "plantrack.db"
    with sqlite3.connect(path) as db:
        db.executescript("".join(_BEFORE) + f"PRAGMA user_version = {len(_BEFORE)};")
        db.execute(f"INSERT INTO forms VALUES {_FORM}")
        db.execute(
            "INSERT INTO returns VALUES (1, 'YS', 2569, 1, 1, 'f1', 'abc', 'a.xlsx', 'x', '2026-01-05T09:00',"
            " ?, 1, 1, ?, 0)",
            (outcome, waived),
        )
        db.executemany("INSERT INTO answers VALUES (1, ?, 's', '{}')", [("P1",), ("P2",), ("K1",)])
        found = [(0, "OVER-COMMITTED", "warning", "P2", status), (1, "READ-AS", "notice", "P1", "open")]
        if outcome == "incomplete":
            found.append((2, "SHEET-MISSING", "error", "P3", status))
        db.executemany("INSERT INTO findings VALUES (1, ?, ?, ?, ?, '', 's', '', '', ?, '{}')", found)
    store = Store(path)
    standing = store.answers.standing("YS", Period(2569, 1))
    assert {code: str(answer.state) for code, answer in standing.answers.items()} == expected
    because = standing.answers["P2"].counting
    assert (because.waived_because if because else None) == (None if expected["P2"] == "waiting" else waived)
    assert [kept.file for kept in store.returns(Period(2569, 1))] == ["a.xlsx"]
    store.close()
