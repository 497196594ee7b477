"""R9, R13, R22: targets, changes, attention, problems across quarters and trends, against cases computed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from plan_tracker.analysis.basis.dataset import Dataset, KpiResult, PlanYear
from plan_tracker.analysis.concerns.attention import FAR_APART, Reason
from plan_tracker.analysis.figures.kpis import Outcome, kpi_figures
from plan_tracker.analysis.figures.problems import Problem, ProblemStatus, problem_histories
from plan_tracker.analysis.report import LessonKind, ReportFigures, report_figures
from plan_tracker.checking import rules
from plan_tracker.config import Config, Kpis, Targets, read_config
from plan_tracker.errors import ConfigError
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Kpi
from plan_tracker.rounding import half_up
from plan_tracker.values import Answer, Entry, Value
from tests.analysis.test_figures import SOURCE, UNIT, dataset, judged, money

Q = [Period(2569, quarter) for quarter in (1, 2, 3, 4)]


def entry(answers: dict[str, Value]) -> Entry:
    return Entry("sheet", {key.replace("__", "."): Answer(value, "D1") for key, value in answers.items()})


def report(*quarters: Dataset, config: Config | None = None, year_end: bool = False) -> ReportFigures:
    period = Period(2569, YEAR_END) if year_end else quarters[-1].period
    return report_figures(PlanYear(period, quarters), config or Config(2569))


def said(problem: str, cause: str = "", row: int = 1) -> Problem:
    return Problem(problem, cause, "", "", f"f13.problems[{row}]")


def standings(*quarters: list[Problem] | None) -> list[ProblemStatus | None]:
    return [history.standing for history in problem_histories(list(zip(Q, quarters, strict=False)))]


def test_targets_are_for_projects_of_the_annual_budget_alone() -> None:
    """30 of 100 baht: 30 %, 2 points below 32. The funded project and the one of two sources stay out."""
    annual = entry({"f3.source[1]": c.ANNUAL_BUDGET, **money("recurrent", "100", None, "30")})
    fund = entry({"f3.source[1]": "งบกลาง", **money("recurrent", "900", None, "900")})
    mixed = entry({"f3.source[1]": c.ANNUAL_BUDGET, "f3.source[2]": "งบกลาง", **money("recurrent", "500", None, "500")})
    targets = Targets("มติ (ตัวอย่าง)", overall=(Decimal(32), None, None, None))
    found = report(dataset(annual, fund, mixed), config=Config(2569, targets=targets))
    (comparison,) = found.targets
    assert (comparison.kind, comparison.projects, comparison.actual, comparison.gap) == (
        "overall",
        1,
        Decimal(30),
        Decimal(-2),
    )
    assert comparison.met is False
    assert report(dataset(annual)).targets == ()


def test_each_kind_of_expenditure_has_its_own_target() -> None:
    """Recurrent 60 of 100, investment 20 of 300, overall 80 of 400: 60 %, 6.67 % and 20 %."""
    both = {**money("recurrent", "100", None, "60"), **money("investment", "300", None, "20")}
    targets = Targets(
        "มติ (ตัวอย่าง)",
        overall=(None, Decimal(52), None, None),
        recurrent=(None, Decimal(60), None, None),
        investment=(None, Decimal("6.67"), None, None),
    )
    data = dataset(entry({"f3.source[1]": c.ANNUAL_BUDGET, **both}), quarter=2)
    found = {one.kind: one for one in report(data, config=Config(2569, targets=targets)).targets}
    assert {kind: half_up(one.actual or Decimal(0)) for kind, one in found.items()} == {
        "overall": Decimal("20.00"),
        "recurrent": Decimal("60.00"),
        "investment": Decimal("6.67"),
    }
    # 6.666… is below 6.67, though both are printed as 6.67: what is judged is not rounded.
    assert {kind: one.met for kind, one in found.items()} == {"overall": False, "recurrent": True, "investment": False}
    assert report(dataset(None, quarter=2), config=Config(2569, targets=targets)).targets[0].met is None


def test_a_comparison_counts_the_projects_that_have_money_of_its_kind() -> None:
    """Two with recurrent money, one of them with investment too, and one that the annual budget gives nothing."""
    annual: dict[str, Value] = {"f3.source[1]": c.ANNUAL_BUDGET}
    recurrent = money("recurrent", "100", None, "60")
    both = {**recurrent, **money("investment", "300", None, "20")}
    data = dataset(*(entry({**annual, **amounts}) for amounts in (recurrent, both, {})))
    ten = (Decimal(10), None, None, None)
    found = report(data, config=Config(2569, targets=Targets("มติ (ตัวอย่าง)", ten, ten, ten))).targets
    assert [(one.kind, one.projects) for one in found] == [("overall", 2), ("recurrent", 2), ("investment", 1)]


def test_a_target_needs_its_source(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('fiscal_year = 2569\n[targets]\noverall = [0, "", "", ""]\n', encoding="utf-8")
    with pytest.raises(ConfigError):
        read_config(path)
    path.write_text('fiscal_year = 2569\n[targets]\nsource = "มติ"\noverall = [0, "", "", 93.5]\n', encoding="utf-8")
    assert read_config(path).targets.overall == (Decimal(0), None, None, Decimal("93.5"))
    for wrong in ('["", ""]', "[1, 2, 3, 101]", '["x", "", "", ""]', "[true, 1, 2, 3]", "[nan, 1, 2, 3]"):
        path.write_text(f'fiscal_year = 2569\n[targets]\nsource = "มติ"\noverall = {wrong}\n', encoding="utf-8")
        with pytest.raises(ConfigError, match=r"targets\.overall"):
            read_config(path)


def test_changes_compare_projects_that_reported_twice() -> None:
    """Together 30 of 200 baht, then 110 of 200: 15 % to 55 %, 40 points. P3 came once alone."""
    before = dataset(
        entry({"f14.stage": c.UNDER_WAY, "f14.schedule": c.ON_TIME, **money("recurrent", "100", None, "10")}),
        entry({"f14.stage": c.UNDER_WAY, "f14.schedule": c.LATE, **money("recurrent", "100", None, "20")}),
        None,
        quarter=1,
    )
    now = dataset(
        entry({"f14.stage": c.UNDER_WAY, "f14.schedule": c.LATE, **money("recurrent", "100", None, "50")}),
        entry({"f14.stage": c.COMPLETED, "f14.schedule": c.ON_TIME, **money("recurrent", "100", None, "60")}),
        entry({"f14.stage": c.UNDER_WAY, **money("recurrent", "900", None, "900")}),
        quarter=2,
    )
    changes = report(before, now).changes
    assert changes is not None
    assert (len(changes.compared), changes.uncompared, changes.disbursed_points) == (2, 1, Decimal(40))
    assert [change.now.code for change in changes.newly_late] == ["P1"]
    assert [change.now.code for change in changes.newly_completed] == ["P2"]
    assert [change.now.code for change in changes.stage_moves] == ["P2"]
    assert [change.now.code for change in changes.no_longer_late] == ["P2"]
    assert report(before).changes is None


def test_progress_grows_by_the_mean_of_what_each_project_gained() -> None:
    """Two projects, from 10 and 20 to 20 and 50: by 10 and by 30 points, 20 on average. The third states none."""
    before, now = ((10, 20, None), (20, 50, 90))
    first, second = (
        dataset(*(entry({} if n is None else {"f14.progress_percent": Decimal(n)}) for n in stated), quarter=quarter)
        for quarter, stated in enumerate((before, now), 1)
    )
    changes = report(first, second).changes
    assert changes is not None
    assert [change.progress_points for change in changes.compared] == [Decimal(10), Decimal(30), None]
    assert changes.progress_points == Decimal(20)


def test_a_quarter_without_returns_compares_nothing() -> None:
    changes = report(dataset(None, quarter=1), dataset(entry({"f14.stage": c.UNDER_WAY}), quarter=2)).changes
    assert changes is not None
    assert (changes.compared, changes.uncompared, changes.disbursed_points, changes.progress_points) == (
        (),
        1,
        None,
        None,
    )


def test_attention_names_the_reasons_the_worst_first() -> None:
    over = entry(
        {"f14.stage": c.COMPLETED, **money("recurrent", "10", None, "15"), **money("investment", "90", None, "1")}
    )
    behind = entry({"f14.stage": c.UNDER_WAY, "f14.schedule": c.LATE, "f8.planned_q1": Decimal(60)})
    behind = Entry("s", {**behind.answers, "f14.progress_percent": Answer(Decimal("29.99"), "D1")})
    calm = entry({"f14.stage": c.UNDER_WAY, "f14.schedule": c.ON_TIME, "f8.end_date": date(2025, 12, 31)})
    overdue = entry({"f14.stage": c.UNDER_WAY, "f8.end_date": date(2025, 12, 30)})
    found = report(dataset(calm, behind, None, over, overdue)).attention
    assert [(one.project.code, [(why.reason, why.value) for why in one.reasons]) for one in found] == [
        ("P4", [(Reason.OVER_BUDGET, Decimal(5))]),  # one kind's rest does not pay for the other
        ("P3", [(Reason.NO_RETURN, None)]),
        ("P5", [(Reason.OVERDUE, Decimal(1))]),
        ("P2", [(Reason.FAR_BEHIND, Decimal("30.01")), (Reason.LATE, None)]),
    ]


def _reasons(answers: dict[str, Value], because: str = "") -> list[tuple[Reason, Decimal | None]]:
    data = dataset(entry(answers))
    (project,) = data.projects
    source = replace(SOURCE, waived_because=because)
    found = report(replace(data, projects=(replace(project, source=source),))).attention
    return [(why.reason, why.value) for one in found for why in one.reasons]


WITHIN_A_YEAR: dict[str, Value] = {
    "f14.stage": c.UNDER_WAY,
    "f8.start_date": date(2025, 10, 1),
    "f8.end_date": date(2026, 9, 30),
    "f14.progress_percent": Decimal(10),
}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({**WITHIN_A_YEAR, **money("recurrent", "200", None, "81")}, [(Reason.SPEND_FAR, Decimal("30.5"))]),
        ({**WITHIN_A_YEAR, **money("recurrent", "200", None, "80")}, []),  # 30 points apart are not more than 30
        ({**WITHIN_A_YEAR, "f14.progress_percent": Decimal(45), **money("recurrent", "200", None, "0")}, None),
        ({**WITHIN_A_YEAR, "f8.end_date": date(2027, 9, 30), **money("recurrent", "200", None, "200")}, []),
        ({"f14.stage": c.SUSPENDED, **money("recurrent", "100", None, "1")}, [(Reason.STOPPED, None)]),
        ({"f14.stage": c.CANCELLED, "f8.end_date": date(2025, 10, 2)}, [(Reason.STOPPED, None)]),
        ({"f14.stage": c.UNDER_WAY, **money("investment", "100", None, None)}, [(Reason.UNSTATED, None)]),
        ({"f14.stage": c.COMPLETED, "f8.end_date": date(2025, 10, 2), "f14.schedule": c.LATE}, []),
        ({"f14.stage": c.UNDER_WAY, "f8.planned_q1": Decimal(40), "f14.progress_percent": Decimal(10)}, []),
    ],
)
def test_attention_reason_by_reason(answers: dict[str, Value], expected: list[object] | None) -> None:
    assert _reasons(answers) == ([(Reason.SPEND_FAR, Decimal(-45))] if expected is None else expected)


def test_a_waived_return_needs_attention_beside_its_other_reasons() -> None:
    stopped: dict[str, Value] = {"f14.stage": c.SUSPENDED}
    assert _reasons(stopped, "รอเอกสาร (ตัวอย่าง)") == [(Reason.STOPPED, None), (Reason.WAIVED, None)]


def test_of_two_with_the_same_reason_the_one_further_behind_comes_first() -> None:
    near, far = (
        entry({"f14.stage": c.UNDER_WAY, "f8.planned_q1": Decimal(60), "f14.progress_percent": Decimal(n)})
        for n in (29, 5)
    )
    assert [one.project.code for one in report(dataset(near, far)).attention] == ["P2", "P1"]


def test_attention_and_the_check_call_the_same_far_apart() -> None:
    assert FAR_APART == rules.FAR_APART


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        (([said("ส่งของช้า")],), [ProblemStatus.NEW]),
        (([said("ส่งของช้า 2 งวด")], [said(" ส่งของช้า ๒ งวด.", row=3)]), [ProblemStatus.CONTINUING]),
        (([said("ส่งของช้า")], []), [ProblemStatus.SOLVED]),
        (([said("ส่งของช้า")], None), [ProblemStatus.UNKNOWN]),
        (([said("ส่งของช้า")], None, [said("ส่งของช้า")]), [ProblemStatus.CONTINUING]),
        (([said("ส่งของช้า")], [], [said("ส่งของช้า")]), [ProblemStatus.RECURRING]),
        (([said("ส่งของช้า")], [], []), [None]),
        (
            ([said("ส่งของช้า")], [said("ขาดคน")]),
            [ProblemStatus.SOLVED, ProblemStatus.NEW],
        ),  # by row alone: no
        (([said("ส่งของช้า", "ผู้ขายขาดของ")], [said("ยังไม่ได้ของ", "ผู้ขายขาดของ")]), [ProblemStatus.CONTINUING]),
        (([said("การจัดซื้ออุปกรณ์เครือข่ายล่าช้า")], [said("การจัดซื้ออุปกรณ์เครือข่ายล่าช้ามาก")]), [ProblemStatus.CONTINUING]),
        (
            ([said("ก"), said("ข", row=2)], [said("ข"), said("ก", row=2)]),
            [ProblemStatus.CONTINUING, ProblemStatus.CONTINUING],
        ),
        ((None, None), []),
    ],
)
def test_problems_across_quarters(
    quarters: tuple[list[Problem] | None, ...], expected: list[ProblemStatus | None]
) -> None:
    assert standings(*quarters) == expected


def test_the_year_end_counts_the_fourth_quarter_and_names_the_last_that_came() -> None:
    """R13: a missing Q4 is missing; what came in Q2 is named, and not counted."""
    came = dataset(entry({"f14.stage": c.UNDER_WAY, **money("recurrent", "100", None, "10")}), quarter=2)
    quarters = [replace(came if number == 2 else dataset(None), period=Q[number - 1]) for number in (1, 2, 3, 4)]
    found = report(*quarters, year_end=True)
    assert (found.period.is_year_end, found.now.period) == (True, Q[3])
    assert found.now.summary.reported == 0
    assert found.now.summary.spending.overall.budget == 0
    (trend,) = found.outdated
    assert (trend.last_reported, trend.is_current) == (Q[1], False)
    assert [figures is not None and figures.reported for figures in trend.figures] == [False, True, False, False]


def test_what_was_completed_stays_achieved_though_no_return_came_since() -> None:
    """P1 told of its end in Q2 and has no return after it; P2 took it back in Q4; P3 never came to an end."""
    done, going = (entry({"f14.stage": stage}) for stage in (c.COMPLETED, c.UNDER_WAY))
    said = ((going, going, going), (done, done, going), (None, done, going), (None, going, going))
    quarters = [dataset(*each, quarter=i) for i, each in enumerate(said, 1)]
    (trend,) = report(*quarters, year_end=True).completed
    assert (trend.code, trend.last_reported, trend.is_current) == ("P1", Q[1], False)
    assert trend.reported is not None
    assert trend.reported.stage == c.COMPLETED


def test_a_return_without_a_word_on_problems_leaves_them_unknown() -> None:
    """Field (13) may stay blank once a project is closed: only "ไม่มี" or another problem says that one is over."""
    trouble: dict[str, Value] = {"f13.problems[1].problem": "ขาดคน", "f14.stage": c.UNDER_WAY}
    closed: dict[str, Value] = {"f14.stage": c.COMPLETED}
    left = report(dataset(entry(trouble), quarter=1), dataset(entry({"f14.stage": c.CANCELLED}), quarter=2))
    assert [told.history.standing for told in left.problems] == [ProblemStatus.DROPPED]
    silent = report(dataset(entry(trouble), quarter=1), dataset(entry(closed), quarter=2))
    assert [(told.history.standing, told.reported) for told in silent.problems] == [(ProblemStatus.UNKNOWN, True)]
    answered = entry({**closed, "f13.problems[1].problem": c.NONE})
    over = report(dataset(entry(trouble), quarter=1), dataset(answered, quarter=2))
    assert [told.history.standing for told in over.problems] == [ProblemStatus.SOLVED]
    missing = report(dataset(entry(trouble), quarter=1), dataset(None, quarter=2))
    assert [(told.history.standing, told.reported) for told in missing.problems] == [(ProblemStatus.UNKNOWN, False)]


def test_a_quarter_without_a_return_is_a_gap_in_the_trend_and_not_0() -> None:
    said = entry({"f14.stage": c.UNDER_WAY, "f14.progress_percent": Decimal(40)})
    quarters = [dataset(one, quarter=i) for i, one in enumerate((said, None, said), 1)]
    (trend,) = report(*quarters).trends.projects
    assert [found.actual if found else None for found in trend.figures] == [Decimal(40), None, Decimal(40)]
    assert trend.is_current
    (broken,) = report(*quarters[:2]).trends.projects
    assert (broken.last_reported, broken.is_current) == (Q[0], False)


def test_a_kpis_trend_has_each_quarters_own_target_and_no_result_is_not_0() -> None:
    """15 of 20 is 75 %, nothing came in Q2, Q3 is not due, and 84 of the year's 80 are 105 %. K2 came up in Q4."""
    targets: dict[int, Decimal | str] = {1: Decimal(20)}
    results = ({"k.result": Decimal(15)}, None, {"k.not_due": c.NOT_DUE}, {"k.result": Decimal(84)})
    first = [_kpi("K1", said, targets) for said in results]
    late = _kpi("K2", {"k.result": Decimal(40)}, {})
    kpis = [(one,) for one in first[:3]] + [(first[3], late)]
    found = report(*(dataset(None, kpis=each, quarter=i) for i, each in enumerate(kpis, 1)), year_end=True)
    one, two = found.trends.kpis
    assert [(kpi.outcome, kpi.percent) if kpi else None for kpi in one.figures] == [
        (Outcome.NOT_MET, Decimal(75)),
        (Outcome.MISSING, None),
        (Outcome.NOT_DUE, None),
        (Outcome.MET, Decimal(105)),
    ]
    assert [kpi.percent if kpi else None for kpi in two.figures] == [None, None, None, Decimal(50)]
    assert (two.code, two.newest.outcome, two.last_reported) == ("K2", Outcome.NOT_MET, Q[3])


def _kpi(code: str, said: Mapping[str, Value] | None, targets: Mapping[int, Decimal | str]) -> KpiResult:
    kpi = Kpi(code, f"ตัวชี้วัด {code} (ตัวอย่าง)", "ops", UNIT.code, "ร้อยละ", c.HIGHER, Decimal(80), targets)
    return KpiResult(kpi, UNIT, None if said is None else entry(dict(said)), SOURCE if said is not None else None)


def test_a_units_trend_is_made_of_its_own_projects() -> None:
    """U1 spends 10 then 40 of 100 baht; U2, whose return never came, has gaps and no zeros."""
    quarters = [
        dataset(entry({"f14.stage": c.UNDER_WAY, **money("recurrent", "100", None, spent)}), None, quarter=i)
        for i, spent in enumerate(("10", "40"), 1)
    ]
    own, absent = report(*quarters).trends.units
    percents = [unit.summary.spending.overall.disbursed_percent if unit else None for unit in own.figures]
    assert percents == [Decimal(10), Decimal(40)]
    assert [unit.summary.reported if unit else None for unit in absent.figures] == [0, 0]
    assert (absent.last_reported, own.last_reported) == (None, Q[1])


def test_money_that_is_left_out_is_not_counted_against_targets() -> None:
    """Of two projects one states no disbursement: the comparison is of the other alone."""
    stated = entry({"f3.source[1]": c.ANNUAL_BUDGET, **money("recurrent", "100", None, "40")})
    unstated = entry({"f3.source[1]": c.ANNUAL_BUDGET, **money("recurrent", "900", None, None)})
    config = Config(2569, targets=Targets("มติ (ตัวอย่าง)", overall=(Decimal(32), None, None, None)))
    (both,) = report(dataset(stated, unstated), config=config).targets
    assert (both.projects, both.actual) == (1, Decimal(40))
    (alone,) = report(dataset(unstated), config=config).targets
    assert (alone.projects, alone.actual) == (0, None)


def test_lessons_come_from_problems() -> None:
    first = entry({"f13.problems[1].problem": "ขาดคน", "f13.problems[2].problem": "ส่งของช้า"})
    last = entry(
        {"f13.problems[1].problem": "ส่งของช้า", "f14.stage": c.COMPLETED, "f12.benefits": "ประชาชนได้ใช้บริการ (ตัวอย่าง)"}
    )
    found = report(dataset(first, quarter=3), dataset(last, quarter=4), year_end=True)
    assert [(lesson.kind, lesson.history.problem.problem) for lesson in found.lessons] == [
        (LessonKind.SOLVED, "ขาดคน"),
        (LessonKind.CONTINUED, "ส่งของช้า"),
    ]
    assert [trend.code for trend in found.completed] == ["P1"]
    assert report(dataset(last, quarter=4)).lessons == ()


def test_a_kpi_gets_a_per_cent_where_less_is_better_only_if_configured() -> None:
    source = judged(c.LOWER, Decimal(60), Decimal(45))
    assert kpi_figures(source, 1).percent is None
    assert half_up(kpi_figures(source, 1, Kpis(lower_proportional=True)).percent or Decimal(0)) == Decimal("133.33")
    level = judged(c.LEVELS, Decimal(5), Decimal(4))
    assert kpi_figures(level, 1, Kpis(levels_proportional=True)).percent == 80
