"""How a unit stands by what came of it, told answer by answer: states, days, and what is still to be asked for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pytest

from plan_tracker.analysis.basis.returns import (
    AnswerPart,
    AnswerState,
    Received,
    State,
    answer_standing,
    is_undecided,
    still_asked,
    unit_standing,
)

CLEAN, WAIVED, WAITING = AnswerState.CLEAN, AnswerState.WAIVED, AnswerState.WAITING
MISSING, DECLINED = AnswerState.MISSING, AnswerState.DECLINED
DUE, TODAY = date(2026, 1, 15), date(2026, 1, 31)


def came(version: int, state: AnswerState, because: str = "") -> Received:
    """The unit's ``version``-th return, of that day of January; the office's 100th and so on."""
    return Received(100 + version, version, date(2026, 1, version), state, because)


@pytest.mark.parametrize(
    ("states", "state", "version", "is_open", "told_by", "since", "late"),
    [
        ((), MISSING, None, True, None, None, 16),
        (((12, MISSING),), MISSING, None, True, 12, None, 16),
        (((12, DECLINED),), MISSING, None, True, 12, None, 16),
        (((12, WAITING),), WAITING, 12, True, 12, None, 16),
        (((12, WAITING), (13, DECLINED)), WAITING, 12, True, 12, None, 16),
        (((12, WAITING), (18, CLEAN)), CLEAN, 18, False, None, 18, 3),
        (((12, CLEAN), (18, WAIVED)), WAIVED, 18, False, None, 12, 0),
        (((16, CLEAN), (18, WAITING), (19, MISSING)), CLEAN, 16, True, 18, 16, 1),
        (((16, WAIVED), (18, WAITING), (19, CLEAN), (20, MISSING)), CLEAN, 19, False, None, 16, 1),
    ],
)
def test_an_answer_stands_by_the_newest_that_counts_and_what_waits_beside_it(
    states: Collection[tuple[int, AnswerState]],
    state: AnswerState,
    version: int | None,
    is_open: bool,
    told_by: int | None,
    since: int | None,
    late: int,
) -> None:
    found = answer_standing("P001", [came(*one) for one in states])
    assert (found.code, found.state, found.version, found.is_open) == ("P001", state, version, is_open)
    assert (found.told_by.version if found.told_by else None) == told_by
    assert found.counts_since == (date(2026, 1, since) if since else None)
    assert found.days_late(DUE, TODAY) == late


@pytest.mark.parametrize(
    ("states", "is_come", "state", "since"),
    [
        ({}, False, State.ISSUED, None),
        ({}, True, State.INCOMPLETE, None),  # a file came that answers nothing
        ({"P001": [came(12, CLEAN)]}, True, State.INCOMPLETE, None),
        ({"P001": [came(12, CLEAN)], "K01": [came(14, WAITING)]}, True, State.INCOMPLETE, None),
        ({"P001": [came(18, CLEAN)], "K01": [came(14, CLEAN)]}, True, State.ACCEPTED, 18),
        ({"P001": [came(14, CLEAN)], "K01": [came(18, WAIVED)]}, True, State.WAIVED, 18),
        (
            {"P001": [came(14, CLEAN)], "K01": [came(16, CLEAN)], "YS": [came(14, WAITING)]},
            *(True, State.INCOMPLETE, None),
        ),
        ({"P001": [came(14, CLEAN)], "K01": [came(16, CLEAN)], "YS": [came(20, CLEAN)]}, True, State.ACCEPTED, 20),
        ({"P001": [came(14, CLEAN)], "K01": [came(16, CLEAN)]}, False, State.ACCEPTED, 16),  # at another unit, before
    ],
)
def test_a_unit_stands_by_all_that_it_was_asked_for(
    states: dict[str, list[Received]], is_come: bool, state: State, since: int | None
) -> None:
    found = unit_standing("YS", ["P001", "K01"], states, came=is_come)
    assert (found.unit, found.issued, found.state) == ("YS", True, state)
    assert found.complete_since == (date(2026, 1, since) if since else None)
    assert found.state.counts == (since is not None)
    assert found.days_late(DUE, TODAY) == (since - 15 if since else 16)
    assert list(found.answers) == ["P001", "K01", *(["YS"] if "YS" in states else [])]


def test_of_a_part_of_what_was_asked_nothing_has_come_or_all_counts_or_something_is_lacking() -> None:
    said = {"P001": [came(12, CLEAN)], "P002": [came(12, WAIVED)], "K01": [came(12, WAITING)]}
    unit = unit_standing("YS", ["P001", "P002", "P003", "K01"], said, came=True)
    parts: tuple[list[str], ...] = (["P001"], ["P001", "P002"], ["P001", "P003"], ["P003"], ["K01"], ["P009"], [])
    assert [str(unit.state_of(codes)) for codes in parts] == [
        *("accepted", "waived", "incomplete", "issued", "incomplete", "issued", "issued")
    ]
    assert {code: one.version for code, one in unit.counting.items()} == {"P001": 12, "P002": 12}
    assert [one.code for one in unit.open] == unit.missing == ["P003", "K01"]
    beside = unit_standing("YS", ["P001"], {"P001": [came(12, CLEAN), came(13, WAITING)]}, came=True)
    assert ([one.code for one in beside.open], beside.missing) == (["P001"], [])
    unasked = unit_standing("YS", None, {}, came=False)
    assert (unasked.issued, unasked.state, unasked.days_late(DUE, TODAY)) == (False, State.NONE, 0)


def test_what_counts_together_is_waived_where_a_part_is_and_each_reason_is_told_once() -> None:
    unit = unit_standing("YS", ["P001", "K01"], {"P001": [came(14, CLEAN)], "K01": [came(14, CLEAN)]}, came=True)
    parts = [
        AnswerPart(code, owner, came(version, state, because))
        for code, owner, version, state, because in (
            ("P002", "YS", 11, WAIVED, "ก"),
            ("P003", "ETDA", 12, WAIVED, "ก"),
            ("P004", "ETDA", 13, CLEAN, ""),
            ("P005", "TS", 10, WAIVED, "ข"),
        )
    ]
    clean = unit.with_parts({"P001": parts[2:3], "P009": parts})
    assert (clean.state, clean.counting["P001"].waived_because) == (State.ACCEPTED, "")
    together = unit.with_parts({"P001": parts})
    assert (together.state, together.answers["P001"].state, together.answers["K01"].state) == (
        *(State.WAIVED, WAIVED, CLEAN),
    )
    own = together.counting["P001"]
    assert (own.version, own.waived_because, own.parts) == (14, "ก · ข", tuple(parts))
    assert [(code, owner, one.version) for code, owner, one in together.counting_apart] == [
        *(("P001", "YS", 14), ("P002", "YS", 11), ("P003", "ETDA", 12), ("P004", "ETDA", 13), ("P005", "TS", 10)),
        ("K01", "YS", 14),
    ]
    waiting = unit_standing("YS", ["P001"], {"P001": [came(14, WAITING)]}, came=True)
    assert waiting.with_parts({"P001": parts}) == waiting


def test_an_officer_decides_of_the_newest_answer_alone_and_only_while_it_waits() -> None:
    both = [came(12, WAITING), came(13, WAITING)]
    assert [is_undecided(number, "P001", both) for number in (112, 113, 13)] == [False, True, False]
    assert not is_undecided(113, "P001", [*both, came(14, CLEAN)])
    assert not is_undecided(114, "P001", [*both, came(14, CLEAN)])


def test_what_is_over_is_asked_no_more_unless_it_was_answered() -> None:
    said = {"P001": [came(12, CLEAN), came(13, WAITING)], "P002": [came(12, WAITING)], "P003": []}
    assert still_asked(["P001", "P002", "P003", "P004"], {"P001", "P002", "P003"}, said) == ["P001", "P004"]
