"""R11, R14, R18: what letters state of a plan or unit, drawn from the figures by hand-made cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from plan_tracker.analysis.basis.dataset import alone
from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.figures.plans import plan_figures
from plan_tracker.analysis.report import report_figures
from plan_tracker.config import Config
from plan_tracker.documents.letters.facts import KpiLine, plan_kpis, unit_results
from plan_tracker.documents.letters.words import Setting, worded
from plan_tracker.documents.report.concerns import concerns_of
from plan_tracker.documents.wording import clipped
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition import choices as c
from tests.analysis.test_figures import UNIT, dataset, entry, judged

UNDER_WAY = entry(f14__stage=c.UNDER_WAY)


def test_a_target_in_a_letter_says_of_what_it_is_one() -> None:
    """R11, R14: the circulation names the quarter or the year, the year-end both where they differ."""
    quarterly = judged(c.HIGHER, Decimal(93), Decimal(85), Decimal(20))
    yearly = judged(c.HIGHER, Decimal(93), Decimal(85))
    now = plan_figures(dataset(UNDER_WAY, kpis=(quarterly, yearly)))
    assert _targets(unit_results([now], UNIT.code).kpis) == ["20\n(ไตรมาสนี้)", "93\n(ทั้งปี)"]
    targets: list[dict[int, Decimal | str]] = [{4: Decimal(80)}, {4: Decimal(93)}, {1: Decimal(20)}]
    kpis = tuple(replace(yearly, kpi=replace(yearly.kpi, targets=each)) for each in targets)
    year = plan_kpis(plan_figures(dataset(UNDER_WAY, kpis=kpis, quarter=4)))
    assert list(zip(_targets(year.kpis), [line.outcome for line in year.kpis], strict=True)) == [
        ("93\n(ไตรมาสที่ 4: 80)", Outcome.MET),
        ("93", Outcome.NOT_MET),
        ("93", Outcome.NOT_MET),
    ]


def _targets(lines: Sequence[KpiLine]) -> list[str]:
    """As the letter's table prints them."""
    rows = worded(tuple(lines), Setting(Config(2569), Period(2569, 1), memo=True))
    assert isinstance(rows, list)
    return [row["target"] for row in rows]


def test_executives_hear_of_one_problem_of_each_project_before_a_second() -> None:
    """P1 tells of two, P2 of one; P3's report has not come, and counts among those in need."""
    two = entry(f14__stage=c.SUSPENDED, **{f"f13__problems[{row}]__problem": f"ก{row}" for row in (1, 2)})
    one = entry(f14__stage=c.UNDER_WAY, **{"f13__problems[1]__problem": "ข"})
    found = concerns_of([report_figures(alone(dataset(two, one, None)), Config(2569))])
    assert [text.rpartition(" ")[2] for text in found.problems] == ["ก1", "ข", "ก2"]
    assert (len(found.attention), found.absent) == (1, 1)


def test_a_clipped_text_ends_with_a_whole_phrase() -> None:
    assert clipped("ผู้รับจ้างส่งงาน ล่าช้ากว่ากำหนด", 24) == "ผู้รับจ้างส่งงาน…"
    assert clipped("ผู้รับจ้างส่งงาน ล่าช้า", 40) == "ผู้รับจ้างส่งงาน ล่าช้า"
    assert clipped("ก " + "ข" * 50, 20) == "ก " + "ข" * 17 + "…"  # a short beginning is no more than a word
