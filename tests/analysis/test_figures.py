"""R9: figures against cases computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from plan_tracker.analysis.basis.approved_plan import ApprovedPlan
from plan_tracker.analysis.basis.dataset import Dataset, KpiResult, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.figures.kpis import Outcome, kpi_figures, merged_kpis
from plan_tracker.analysis.figures.money import ZERO as Z
from plan_tracker.analysis.figures.money import Money
from plan_tracker.analysis.figures.plans import OwnPlan, merged_figures, plan_figures, project_figures
from plan_tracker.analysis.figures.totals import totals_of
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Computation, Kpi, Lifecycle, LifecycleState, Plan, Project, Unit
from plan_tracker.rounding import half_up
from plan_tracker.values import Answer, Entry, Value

PLAN = Plan("ops", "แผน (ตัวอย่าง)", "สำนักงาน (ตัวอย่าง)")
UNIT = Unit("U1", "หน่วยหนึ่ง (ตัวอย่าง)", "นห.", "memo", "")
ABSENT = Unit("U2", "หน่วยสอง (ตัวอย่าง)", "นส.", "memo", "")
SOURCE = Source(1, "u1.xlsx", "0" * 64)


def entry(**values: Value) -> Entry:
    """Answers by field key, with ``__`` for the dot: ``f14__stage``."""
    return Entry("sheet", {key.replace("__", "."): Answer(value, "D1") for key, value in values.items()})


def money(kind: str, budget: str, committed: str | None, disbursed: str | None) -> dict[str, Value]:
    amounts = {"budget": budget, "committed": committed, "disbursed": disbursed}
    return {f"f9__{kind}__{name}": Decimal(text) for name, text in amounts.items() if text is not None}


def dataset(*entries: Entry | None, kpis: tuple[KpiResult, ...] = (), quarter: int = 1) -> Dataset:
    """A project per entry: ``UNIT``'s, or ``ABSENT``'s where there is none."""
    projects = tuple(
        ProjectResult(
            Project(f"P{i}", f"โครงการ {i} (ตัวอย่าง)", ("ops",), unit.code), unit, found, SOURCE if found else None
        )
        for i, found in enumerate(entries, 1)
        for unit in [UNIT if found else ABSENT]
    )
    units = (UnitReturn(UNIT, State.ACCEPTED, (SOURCE,)), UnitReturn(ABSENT, State.ISSUED))
    return Dataset(Period(2569, quarter), PLAN, date(2026, 1, 15), units, projects, kpis)


def test_a_missing_return_is_counted_as_missing_and_never_as_zero() -> None:
    under_way = entry(
        f14__stage=c.UNDER_WAY,
        f14__schedule=c.LATE,
        f8__planned_q1=Decimal(30),
        f14__progress_percent=Decimal(20),
        **money("recurrent", "300", "60", "100"),
    )
    figures = plan_figures(dataset(under_way, None))
    summary = figures.summary
    assert (summary.total, summary.reported, summary.missing) == (2, 1, 1)
    assert (summary.planned, summary.actual) == (Decimal(30), Decimal(20))
    assert summary.spending.overall.budget == 300
    assert half_up(summary.spending.overall.disbursed_percent or Decimal(0)) == Decimal("33.33")
    assert [unit.source.unit.code for unit in figures.missing_units] == ["U2"]
    absent = figures.units[1].summary
    assert (absent.reported, absent.planned, absent.spending.overall.disbursed_percent) == (0, None, None)


def test_stages_and_schedules_are_counted_together() -> None:
    done = entry(f14__stage=c.COMPLETED, f14__schedule=c.AHEAD)
    late = entry(f14__stage=c.UNDER_WAY, f14__schedule=c.LATE)
    cancelled = entry(f14__stage=c.CANCELLED)
    summary = plan_figures(dataset(done, late, late, cancelled, entry(f14__stage="อื่น ๆ"), None)).summary
    assert summary.stages[c.UNDER_WAY, c.LATE] == 2
    assert summary.in_stage(c.COMPLETED) == 1
    assert summary.stages[c.CANCELLED, ""] == 1
    assert summary.in_stage("") == 1  # said something that is no stage
    assert summary.on_schedule(c.LATE) == 2


def test_per_cents_come_from_unrounded_sums() -> None:
    """1 of 3 and 1 of 3 baht are 33.33 % each, and together 2 of 6; with 2 of 3 more, 4 of 9: 44.44 %."""
    third = entry(**money("recurrent", "3", None, "1"))
    rest = entry(**money("investment", "3", "1", "2"))
    spending = plan_figures(dataset(third, third, rest)).summary.spending
    assert half_up(spending.overall.disbursed_percent or Decimal(0)) == Decimal("44.44")
    assert half_up(spending.recurrent.disbursed_percent or Decimal(0)) == Decimal("33.33")
    assert spending.investment.used_percent == 100
    assert spending.overall.remaining == 5


def test_a_per_cent_is_rounded_half_up() -> None:
    spending = plan_figures(dataset(entry(**money("recurrent", "20000", None, "1")))).summary.spending
    assert half_up(spending.overall.disbursed_percent or Decimal(0)) == Decimal("0.01")  # 0.005 exactly


def test_no_budget_gives_no_per_cent() -> None:
    spending = plan_figures(dataset(entry(f3__source="x"))).summary.spending
    assert spending.overall.disbursed_percent is None
    assert spending.unstated == 0


def test_a_budget_whose_disbursement_is_unstated_stays_out_of_the_sums() -> None:
    """As an officer may have waived it: unknown is not 0."""
    unknown = entry(**money("recurrent", "900", None, None))
    known = entry(**money("recurrent", "100", "0", "50"))
    spending = plan_figures(dataset(unknown, known)).summary.spending
    assert spending.overall.disbursed_percent == 50
    assert spending.unstated == 1


@pytest.mark.parametrize(
    ("answers", "is_told"),
    [
        ({"budget": "100", "disbursed": "0"}, True),
        ({"budget": "0"}, True),
        ({}, True),
        ({"budget": "100", "disbursed": "ประมาณ 50"}, False),
        ({"budget": "100", "disbursed": "50", "committed": "สิบบาท"}, False),
        ({"budget": "ร้อยบาท", "disbursed": "50"}, False),  # of what budget?
        ({"disbursed": "50"}, False),
        ({"committed": "50"}, False),
        ({"act_budget": "100"}, False),
        ({"committed": "0", "disbursed": "0"}, True),
    ],
)
def test_money_is_summed_only_where_it_is_told_in_full(answers: dict[str, str], is_told: bool) -> None:
    """As waived returns may have it; words stand for what could not be read."""
    cells = {
        f"f9.recurrent.{name}": Answer(Decimal(text), "D1") if text.isdecimal() else Answer(None, "D1", text)
        for name, text in answers.items()
    }
    spending = plan_figures(dataset(Entry("sheet", cells))).summary.spending
    assert spending.unstated == (not is_told)
    if not is_told:
        assert spending.overall == Money()


def test_a_project_that_states_half_of_its_money_stays_out_of_the_sums_with_all_of_it() -> None:
    """Its line in the report shows no amounts, and a total is the sum of the lines printed above it."""
    half = entry(**money("recurrent", "100", "0", "70"), **money("investment", "900", None, None))
    known = entry(**money("recurrent", "100", "0", "50"), **money("investment", "300", "10", "0"))
    figures = plan_figures(dataset(half, known))
    shown = [project.money for project in figures.projects if project.money]
    assert figures.summary.spending.overall == sum(shown, Money()) == Money(Z, Decimal(400), Decimal(10), Decimal(50))
    assert figures.summary.spending.recurrent.budget == 100
    assert figures.summary.spending.unstated == 1


def test_means_take_only_projects_that_state_plan_and_progress() -> None:
    both = entry(f8__planned_q1=Decimal(40), f14__progress_percent=Decimal(10))
    other = entry(f8__planned_q1=Decimal(20), f14__progress_percent=Decimal(20))
    half = entry(f8__planned_q1=Decimal(99))
    summary = plan_figures(dataset(both, other, half)).summary
    assert (summary.compared, summary.planned, summary.actual) == (2, Decimal(30), Decimal(15))


def test_the_planned_per_cent_is_that_of_the_quarter() -> None:
    said = entry(f8__planned_q3=Decimal(70), f8__planned_q4=Decimal(100))
    third = plan_figures(dataset(said, quarter=3)).projects[0]
    assert (third.planned, third.planned_next) == (Decimal(70), Decimal(100))
    assert plan_figures(dataset(said, quarter=4)).projects[0].planned_next is None


@pytest.mark.parametrize("approved", [Decimal(30), Decimal(40), None])
def test_a_plan_of_the_units_own_is_told_where_it_is_not_the_approved_one(approved: Decimal | None) -> None:
    day, own = date(2026, 9, 30), Decimal(40)
    said = entry(f8__planned_q1=own, f8__planned_q2=own, f8__end_date=day)
    settled = {
        "f8.planned_q1": approved,
        "f8.planned_q2": approved,
        "f8.end_date": approved and date(2026, 8, 31) if approved != own else day,
    }
    result = replace(dataset(said).projects[0], plan=ApprovedPlan(settled))
    found = project_figures(result, 1)
    counts = own if approved is None else approved
    assert (found.planned, found.planned_next) == (counts, counts)
    assert found.ends == (date(2026, 8, 31) if approved == 30 else day)
    assert found.own == (OwnPlan(own, own, day) if approved == 30 else OwnPlan())
    assert project_figures(result, 4).planned_next is None


def test_problems_leave_out_none_and_blanks() -> None:
    answers = {
        "f13.problems[1].problem": "ไม่มี",
        "f13.problems[3].problem": "ส่งมอบล่าช้า",
        "f13.problems[3].cause": "ขาดอุปกรณ์",
    }
    said = Entry("sheet", {key: Answer(value, "C1") for key, value in answers.items()})
    (problem,) = plan_figures(dataset(said)).projects[0].problems
    assert (problem.problem, problem.cause, problem.recommendation) == ("ส่งมอบล่าช้า", "ขาดอุปกรณ์", "")


def judged(direction: str, target: object, result: object, quarterly: object = None, **more: Value) -> KpiResult:
    answers = entry(**({"k__result": result} if result is not None else {}), **more)  # type: ignore[arg-type]
    targets = {1: quarterly} if quarterly is not None else {}
    kpi = Kpi("K1", "ตัวชี้วัด (ตัวอย่าง)", "ops", "U1", "ร้อยละ", direction, target, targets)  # type: ignore[arg-type]
    return KpiResult(kpi, UNIT, answers, SOURCE)


@pytest.mark.parametrize(
    ("source", "outcome", "percent"),
    [
        (judged(c.HIGHER, Decimal(80), Decimal(100)), Outcome.MET, Decimal(125)),  # uncapped
        (judged(c.HIGHER, Decimal(80), Decimal(60)), Outcome.ON_WAY, Decimal(75)),  # of the year's target
        (judged(c.HIGHER, Decimal(80), Decimal(15), Decimal(20)), Outcome.NOT_MET, Decimal(75)),
        (judged(c.HIGHER, Decimal(80), Decimal(30), Decimal(20)), Outcome.MET, Decimal(150)),  # the quarter's target
        (judged(c.HIGHER, Decimal(0), Decimal(5)), Outcome.NOT_RATED, None),
        (judged(c.HIGHER, Decimal(80), Decimal(5), Decimal(0)), Outcome.NOT_RATED, None),
        (
            judged(c.HIGHER, Decimal(80), Decimal(0), Decimal(20)),
            Outcome.NOT_MET,
            Decimal(0),
        ),  # a result of 0 is a result
        (judged(c.LOWER, Decimal(60), Decimal(60)), Outcome.MET, None),
        (judged(c.LOWER, Decimal(60), Decimal(61), Decimal(60)), Outcome.NOT_MET, None),
        (judged(c.LOWER, Decimal(60), Decimal(61)), Outcome.ON_WAY, None),
        (judged(c.LEVELS, Decimal(5), Decimal(4), Decimal(5)), Outcome.NOT_MET, None),
        (judged(c.LEVELS, Decimal(5), Decimal(4)), Outcome.ON_WAY, None),
        (judged(c.LEVELS, Decimal(4), Decimal(4)), Outcome.MET, None),
        (judged(c.QUALITATIVE, "มีแผน", "จัดทำแล้ว"), Outcome.NOT_RATED, None),
        (judged(c.HIGHER, Decimal(80), None, k__not_due=c.NOT_DUE), Outcome.NOT_DUE, None),
        (judged(c.HIGHER, Decimal(80), None), Outcome.UNSTATED, None),
    ],
)
def test_kpi_achievement(source: KpiResult, outcome: Outcome, percent: Decimal | None) -> None:
    figures = kpi_figures(source, 1)
    assert (figures.outcome, figures.percent) == (outcome, percent)


def test_a_kpi_without_a_return_is_missing() -> None:
    kpi = Kpi("K1", "ตัวชี้วัด (ตัวอย่าง)", "ops", "U2", "ร้อยละ", c.HIGHER, Decimal(80))
    figures = plan_figures(dataset(kpis=(KpiResult(kpi, ABSENT, None, None),)))
    assert figures.kpis[0].outcome is Outcome.MISSING
    assert figures.outcomes[Outcome.MISSING] == 1
    assert figures.outcomes[Outcome.NOT_MET] == 0


def test_a_kpi_without_an_answer_waits_is_missing_or_was_cancelled() -> None:
    kpi = Kpi("K1", "ตัวชี้วัด (ตัวอย่าง)", "ops", "U2", "ร้อยละ", c.HIGHER, Decimal(80))
    over = replace(kpi, lifecycle=Lifecycle((), LifecycleState.CANCELLED))
    found = [
        KpiResult(kpi, ABSENT, None, None, waiting=True),
        KpiResult(kpi, ABSENT, None, None),
        KpiResult(over, ABSENT, None, None),
        KpiResult(over, ABSENT, None, None, waiting=True),
    ]
    told = [kpi_figures(one, 1).outcome for one in found]
    assert told == [Outcome.WAITING, Outcome.MISSING, Outcome.CANCELLED, Outcome.CANCELLED]


def test_of_kpis_that_were_merged_the_one_that_did_worst_is_told() -> None:
    worst_first = [
        *(Outcome.NOT_MET, Outcome.MISSING, Outcome.WAITING, Outcome.UNSTATED, Outcome.ON_WAY, Outcome.NOT_RATED),
        *(Outcome.NOT_DUE, Outcome.MET, Outcome.CANCELLED),
    ]
    assert sorted(worst_first) == sorted(Outcome)
    one = kpi_figures(judged(c.HIGHER, Decimal(80), Decimal(80)), 1)
    for worse, better in pairwise(worst_first):
        parts = [replace(one, outcome=better), replace(one, outcome=worse)]
        assert merged_kpis(parts).outcome is merged_kpis(parts[::-1]).outcome is worse


def test_a_total_has_the_cells_of_both_kinds_of_its_amount() -> None:
    said = entry(**money("recurrent", "100", "20", "50"), **money("investment", "400", "30", "100"))
    told = {one.figure: one for one in totals_of(plan_figures(dataset(said)), 1)}
    for amount, both in (("budget", (100, 400)), ("committed", (20, 30)), ("disbursed", (50, 100))):
        for kinds, name in (((0, 1), amount), ((0,), f"{amount}-recurrent"), ((1,), f"{amount}-investment")):
            found = [(part.field, part.value) for part in told[name].parts]
            fields = [f"f9.{('recurrent', 'investment')[kind]}.{amount}" for kind in kinds]
            assert found == [(field, Decimal(both[kind])) for field, kind in zip(fields, kinds, strict=True)]
            assert told[name].value == sum(both[kind] for kind in kinds)


def test_of_projects_that_were_merged_those_count_of_which_something_came() -> None:
    late = entry(f14__stage=c.UNDER_WAY, f14__schedule=c.LATE, **money("recurrent", "100", None, "50"))
    came, _other, missing, _none = plan_figures(dataset(late, late, None, None)).projects
    whole = merged_figures([missing, came])
    assert (whole.code, whole.stage, whole.schedule) == ("P1", c.UNDER_WAY, c.LATE)
    assert whole.spending is not None
    assert whole.spending.unstated == 1  # what the other has spent nobody knows
    assert merged_figures([missing, missing]).stage == ""
    assert merged_figures([came]) is came


def test_money_is_summed_amount_by_amount() -> None:
    one, other = Money(Z + 1, Z + 2, Z + 3, Z + 4), Money(Z + 10, Z + 20, Z + 30, Z + 40)
    assert one + other == Money(Z + 11, Z + 22, Z + 33, Z + 44)
    assert [(one + Money(typed=typed)).typed for typed in (False, True)] == [False, True]


@pytest.mark.parametrize(
    ("computation", "value", "counted"),
    [
        (Computation.COMPLETED_PLAN, 2, (4, 5)),  # of one project nothing has come
        (Computation.COMPLETED_UNIT, 2, (4, 4)),
        (Computation.COMPLETED_SHARE_PLAN, 50, (4, 5)),
        (Computation.COMPLETED_SHARE_UNIT, 50, (4, 4)),
        (Computation.DISBURSED_UNIT, Decimal("33.33"), (4, 4)),
        (Computation.INVESTMENT_UNIT, 25, (4, 4)),
    ],
)
def test_what_follows_for_a_kpi_is_worked_out_of_the_projects(
    computation: Computation, value: Decimal | int, counted: tuple[int, int]
) -> None:
    done = entry(f14__stage=c.COMPLETED, **money("recurrent", "100", None, "50"))
    going_on = entry(f14__stage=c.UNDER_WAY, **money("investment", "400", None, "100"))
    none = entry(f14__stage=c.NOT_STARTED)
    kpi = judged(c.HIGHER, Decimal(80), Decimal(10))
    kpi = replace(kpi, kpi=replace(kpi.kpi, computed=computation))
    (found,) = plan_figures(dataset(done, going_on, none, done, None, kpis=(kpi,))).kpis
    assert found.computed is not None
    assert found.computed.value is not None
    assert half_up(Decimal(found.computed.value)) == value
    assert (found.computed.counted, found.computed.asked) == counted
