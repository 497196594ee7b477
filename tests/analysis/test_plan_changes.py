"""What is approved of a plan, and which changes of it a quarter tells, by loads, answers and decisions made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from plan_tracker.analysis.basis.approved_plan import (
    ApprovedPlan,
    Approver,
    Plan,
    PlanDecision,
    PlanLoad,
    Revision,
    approved_plan,
    stated_plan,
)
from plan_tracker.analysis.basis.dataset import KpiResult, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.basis.plan_changes import plan_changes
from plan_tracker.analysis.basis.returns import AnswerState, State
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.lineage import NOTHING_RENAMED, Lineage
from plan_tracker.register import Kpi, Lifecycle, LifecycleState, Project, Unit
from plan_tracker.values import Answer, Entry, Value
from tests.desk import Q1, Q2

Q3 = Period(2569, 3)
UNIT = Unit("YS", "กองยุทธศาสตร์ (ตัวอย่าง)", "ยศ.", "memo", "")
SOURCE = Source(1, "YS.xlsx", "0" * 64)
START, END, BUDGET, PLANNED = "f8.start_date", "f8.end_date", "f9.recurrent.budget", "f8.planned_q2"
FIRST, LATER, LAST = date(2026, 9, 30), date(2026, 12, 31), date(2027, 3, 31)


def load(version: int, **plan: Value) -> PlanLoad:
    """The ``version``-th load, of that day of January."""
    said = {key.replace("__", "."): value for key, value in plan.items()}
    return PlanLoad(version, date(2026, 1, version), f"โหลดครั้งที่ {version}", said)


def decision(number: int, newest_load: int, after: Value | None, *, before: Value | None = FIRST) -> PlanDecision:
    """An officer's of the last day, made for Q2 while ``newest_load`` was the newest."""
    return PlanDecision(number, Q2, "P001", END, before, after, date(2026, 2, number), f"มติ {number}", newest_load)


def told(plan: ApprovedPlan) -> list[tuple[object, ...]]:
    return [
        (one.field, one.before, one.after, one.approver, one.day, one.because, one.period) for one in plan.revisions
    ]


def test_what_can_not_be_read_and_what_was_not_asked_is_no_part_of_the_plan() -> None:
    answers = {END: Answer(FIRST, "D9"), PLANNED: Answer(None, "D10", "ครึ่ง"), "f6.summary": Answer("สรุป", "D8")}
    assert stated_plan(Entry("P001", answers), (END, PLANNED, START, "f6.summary")) == {START: None, END: FIRST}


def test_the_first_answer_fills_what_the_register_leaves_open_but_the_budget() -> None:
    answered: Plan = {END: LATER, PLANNED: Decimal(40), BUDGET: Decimal(900), START: None}
    plan = approved_plan([load(1, f8__end_date=FIRST)], answered, ())
    assert plan == ApprovedPlan({END: FIRST, PLANNED: Decimal(40), START: None})
    assert (plan.number(PLANNED), plan.number(END), plan.day(END), plan.day(PLANNED)) == (
        Decimal(40),
        None,
        FIRST,
        None,
    )
    assert approved_plan((), answered, [decision(1, 1, LATER)]) == ApprovedPlan()


def test_loads_and_decisions_follow_each_other_as_they_were_made() -> None:
    loads = [load(1, f8__end_date=FIRST), load(2, f8__end_date=FIRST), load(3, f8__end_date=LAST)]
    decided = [decision(5, 2, date(2027, 6, 30), before=LATER), decision(4, 2, LATER), decision(6, 3, LATER)]
    plan = approved_plan(loads, {PLANNED: Decimal(40)}, decided)
    assert plan.values == {END: LATER, PLANNED: Decimal(40)}
    assert told(plan) == [
        (END, FIRST, LATER, "officer", date(2026, 2, 4), "มติ 4", Q2),
        (END, LATER, date(2027, 6, 30), "officer", date(2026, 2, 5), "มติ 5", Q2),
        (END, FIRST, LAST, "register", date(2026, 1, 3), "โหลดครั้งที่ 3", None),
        (END, FIRST, LATER, "officer", date(2026, 2, 6), "มติ 6", Q2),
    ]
    both = approved_plan([load(1), load(2, f8__end_date=LATER, f8__start_date=FIRST)], None, ())
    assert [one[:3] for one in told(both)] == [(END, None, LATER), (START, None, FIRST)]


def test_what_a_load_repeats_or_leaves_out_is_no_revision() -> None:
    again = [load(1, f8__end_date=FIRST), load(2, f8__planned_q2=Decimal(50)), load(3, f8__planned_q2=Decimal(50))]
    plan = approved_plan(again, {PLANNED: Decimal(50)}, [decision(1, 3, FIRST)])
    assert plan == ApprovedPlan({END: FIRST, PLANNED: Decimal(50)})


def test_what_was_merged_begins_with_what_its_parts_had_been_approved() -> None:
    loads = [load(1, f8__end_date=FIRST, f9__recurrent__budget=Decimal(5)), load(2, f9__recurrent__budget=Decimal(7))]
    plan = approved_plan(loads, {PLANNED: Decimal(30)}, (), {END: LATER, BUDGET: Decimal(6)})
    assert plan.values == {END: LATER, BUDGET: Decimal(7), PLANNED: Decimal(30)}
    assert told(plan) == [(BUDGET, 5, 7, "register", date(2026, 1, 2), "โหลดครั้งที่ 2", None)]


# Changes of a quarter


def revised(before: Value | None, after: Value | None, day: int, field: str = END) -> Revision:
    return Revision(field, before, after, Approver.OFFICER, date(2026, 4, day), f"มติ {day}", Q2)


def project(
    said: Mapping[str, Value] | None, values: Mapping[str, Value | None], *revisions: Revision, code: str = "P001"
) -> ProjectResult:
    """What ``said`` answers of a project, of which ``values`` are approved; None: no answer counts."""
    entry = None if said is None else Entry(code, {key: Answer(value, "D1") for key, value in said.items()})
    known = Project(code, f"โครงการ {code} (ตัวอย่าง)", ("ops",), "YS")
    return ProjectResult(known, UNIT, entry, SOURCE if entry else None, plan=ApprovedPlan(values, revisions))


def changes(
    *quarters: tuple[Period, list[ProjectResult]], lineage: Lineage = NOTHING_RENAMED
) -> list[tuple[object, ...]]:
    return [
        (
            one.period,
            one.project.project.code,
            one.field,
            one.before,
            one.after,
            one.reason,
            one.approval.because if one.approval else "",
        )
        for one in plan_changes(quarters, lineage)
    ]


def test_a_change_is_of_the_quarter_in_which_it_was_first_stated() -> None:
    """The end is put off and explained in Q2, put off once more in Q3; what is as approved is none."""
    plan: dict[str, Value | None] = {END: FIRST, PLANNED: Decimal(50), BUDGET: Decimal(900)}
    as_planned: dict[str, Value] = {END: FIRST, PLANNED: Decimal(50), BUDGET: Decimal(900)}
    second = as_planned | {END: LATER, BUDGET: Decimal(950), "f8.note": "เลื่อน", "f9.note": "โอน"}
    assert changes(
        (Q1, [project(as_planned, plan)]), (Q2, [project(second, plan)]), (Q3, [project(second | {END: LAST}, plan)])
    ) == [
        (Q2, "P001", END, FIRST, LATER, "เลื่อน", ""),
        (Q2, "P001", BUDGET, Decimal(900), Decimal(950), "โอน", ""),
        (Q3, "P001", END, FIRST, LAST, "เลื่อน", ""),
    ]


def test_a_revision_is_told_once_from_what_was_approved_to_what_is() -> None:
    steps = revised(FIRST, LATER, 1), revised(LATER, LAST, 2)
    said: dict[str, Value] = {END: LAST, "f8.note": "เลื่อน"}
    second, third = project(said, {END: LAST}, *steps), project(said, {END: LAST}, *steps)
    first = project({END: FIRST}, {END: FIRST})
    assert changes((Q1, [first]), (Q2, [second]), (Q3, [third])) == [(Q2, "P001", END, FIRST, LAST, "เลื่อน", "มติ 2")]
    back = project({END: FIRST}, {END: FIRST}, *steps, revised(LAST, FIRST, 3))
    assert changes((Q2, [second]), (Q3, [back]))[1:] == [(Q3, "P001", END, LAST, FIRST, "", "มติ 3")]
    taken_back = project({END: FIRST}, {END: FIRST}, revised(FIRST, LATER, 1), revised(LATER, FIRST, 2))
    assert changes((Q1, [first]), (Q2, [taken_back])) == []


def test_of_a_revision_that_the_unit_does_not_follow_the_revision_alone_is_told() -> None:
    """The note is about what the unit says, which is something else."""
    other = project({END: LAST, "f8.note": "เลื่อน"}, {END: LATER}, revised(FIRST, LATER, 1))
    assert changes((Q1, [project({END: FIRST}, {END: FIRST})]), (Q2, [other])) == [
        (Q2, "P001", END, FIRST, LATER, "", "มติ 1"),
        (Q2, "P001", END, LATER, LAST, "เลื่อน", ""),
    ]
    silent = project(None, {END: LATER}, revised(FIRST, LATER, 1))
    assert changes((Q1, [project({END: FIRST}, {END: FIRST})]), (Q2, [silent])) == [
        (Q2, "P001", END, FIRST, LATER, "", "มติ 1")
    ]


def test_changes_go_project_by_project_as_the_form_goes() -> None:
    plan: dict[str, Value | None] = {START: FIRST, END: LATER, PLANNED: Decimal(50), BUDGET: Decimal(900)}
    other: dict[str, Value] = {BUDGET: Decimal(1), PLANNED: Decimal(40), END: LAST, START: LATER}
    found = changes((Q1, [project(other, plan, code="P002"), project(other, plan)]))
    assert [(code, field) for _period, code, field, *_rest in found] == [
        (code, field) for code in ("P002", "P001") for field in (START, END, PLANNED, BUDGET)
    ]


def test_what_was_said_under_another_code_is_no_change_under_the_new_one() -> None:
    """P001 goes on as P101, and with P002 as P102; each says in Q2 what was said in Q1."""
    plan: dict[str, Value | None] = {BUDGET: Decimal(900)}
    first = (Q1, [project({BUDGET: Decimal(950)}, plan), project({BUDGET: Decimal(50)}, plan, code="P002")])
    renamed = Lineage({"P101": ("P001",)}, {"P001": "P101"})
    of_first = [(Q1, "P001", BUDGET, 900, 950, "", ""), (Q1, "P002", BUDGET, 900, 50, "", "")]
    assert changes(first, (Q2, [project({BUDGET: Decimal(950)}, plan, code="P101")]), lineage=renamed) == of_first
    merged = Lineage({"P102": ("P001", "P002")}, {"P001": "P102", "P002": "P102"})
    both = project({BUDGET: Decimal(1000)}, plan, code="P102")
    assert changes(first, (Q2, [both]), lineage=merged) == of_first
    revision = revised(Decimal(800), Decimal(900), 1, BUDGET)
    known = [project({BUDGET: Decimal(950)}, plan, revision, code=code) for code in ("P001", "P101")]
    assert [one[:2] for one in changes((Q1, known[:1]), (Q2, known[1:]), lineage=renamed)] == [(Q1, "P001")] * 2


def test_what_took_another_in_is_held_against_what_both_said_until_it_speaks_for_both() -> None:
    """P002 was taken into P001; a quarter without an answer forgets nothing."""
    plan: dict[str, Value | None] = {BUDGET: Decimal(900)}
    absorbed = Lineage({"P001": ("P002",)}, {"P002": "P001"}, frozenset(("P002",)))
    first = (Q1, [project({BUDGET: Decimal(950)}, plan), project({BUDGET: Decimal(50)}, plan, code="P002")])
    whole, silent = project({BUDGET: Decimal(1000)}, plan), project(None, plan)
    told_in = [(period, code, after) for period, code, _field, _before, after, *_rest in changes(
        first, (Q2, [whole]), (Q3, [whole]), lineage=absorbed
    )]  # fmt: skip
    assert told_in == [(Q1, "P001", 950), (Q1, "P002", 50)]
    assert len(changes(first, (Q2, [silent]), (Q3, [project({BUDGET: Decimal(950)}, plan)]))) == 2


# How an answer stands


def test_an_answer_is_clean_waived_waiting_or_missing() -> None:
    entry = Entry("P001", {"f14.stage": Answer(c.COMPLETED, "D30")})
    waived = Source(1, "YS.xlsx", "0" * 64, "ระบบขัดข้อง")
    over = Lifecycle((), LifecycleState.CANCELLED)
    stands = [
        (entry, SOURCE, False, AnswerState.CLEAN),
        (entry, SOURCE, True, AnswerState.CLEAN),  # a newer one waits beside it
        (entry, waived, False, AnswerState.WAIVED),
        (None, None, True, AnswerState.WAITING),
        (None, None, False, AnswerState.MISSING),
    ]
    for said, source, waiting, state in stands:
        for lifecycle in (Lifecycle(), over):
            known = Project("P001", "โครงการ", ("ops",), "YS", lifecycle=lifecycle)
            asked = Kpi("K01", "ตัวชี้วัด", "ops", "YS", "ร้อยละ", c.HIGHER, Decimal(80), lifecycle=lifecycle)
            for found in (
                ProjectResult(known, UNIT, said, source, waiting),
                KpiResult(asked, UNIT, said, source, waiting),
            ):
                assert (found.state, found.cancelled) == (state, over if lifecycle is over and said is None else None)


def test_money_is_known_from_the_answer_from_its_parts_or_from_what_was_told_before() -> None:
    known, entry = Project("P001", "โครงการ", ("ops",), "YS"), Entry("P001", {})
    own, [part] = ProjectResult(known, UNIT, entry, SOURCE), project({}, {}, code="P002").money_told
    assert [(one.code, one.entry, one.source, one.unit) for one in own.money_told] == [("P001", entry, SOURCE, None)]
    assert ProjectResult(known, UNIT, entry, SOURCE, parts=(part, part)).money_told == (part, part)
    assert ProjectResult(known, UNIT, None, None, last_told=(part,)).money_told == (part,)
    assert (own.waiting, own.unit_came) == (False, False)


def test_a_unit_has_the_reasons_of_all_that_was_waived_each_once() -> None:
    waived = [Source(number, "YS.xlsx", "0" * 64, because) for number, because in enumerate(("ก", "", "ข", "ก"), 1)]
    found = UnitReturn(UNIT, State.WAIVED, tuple(waived))
    assert (found.waived_because, found.asked, found.days_late) == ("ก · ข", True, 0)
