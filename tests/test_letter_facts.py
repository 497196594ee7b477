"""R11, R14, R18: what letters state of a plan or unit, drawn from the figures by hand-made cases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from plan_tracker.analysis.figures import plan_figures
from plan_tracker.analysis.kpis import Outcome
from plan_tracker.documents.letters.facts import plan_kpis, unit_results
from plan_tracker.forms import choices as c
from tests.test_figures import UNIT, dataset, entry, judged

UNDER_WAY = entry(f14__stage=c.UNDER_WAY)


def test_a_target_in_a_letter_says_of_what_it_is_one() -> None:
    """R11, R14: the circulation names the quarter or the year, the year-end both where they differ."""
    quarterly = judged(c.HIGHER, Decimal(93), Decimal(85), Decimal(20))
    yearly = judged(c.HIGHER, Decimal(93), Decimal(85))
    now = plan_figures(dataset(UNDER_WAY, kpis=(quarterly, yearly)))
    assert [line.target for line in unit_results([now], UNIT.code).kpis] == ["20\n(ไตรมาสนี้)", "93\n(ทั้งปี)"]
    targets: list[dict[int, Decimal | str]] = [{4: Decimal(80)}, {4: Decimal(93)}, {1: Decimal(20)}]
    kpis = tuple(replace(yearly, kpi=replace(yearly.kpi, targets=each)) for each in targets)
    year = plan_kpis(plan_figures(dataset(UNDER_WAY, kpis=kpis, quarter=4)))
    assert [(line.target, line.outcome) for line in year.kpis] == [
        ("93\n(ไตรมาสที่ 4: 80)", Outcome.MET),
        ("93", Outcome.NOT_MET),
        ("93", Outcome.NOT_MET),
    ]
