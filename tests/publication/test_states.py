"""What is said of an answer that waits to be mended: the same in report, letter, web site, open data and charts."""

from __future__ import annotations

import pytest

from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents.letters import unit_results
from plan_tracker.documents.letters.facts import count_kpis
from plan_tracker.documents.report.rows.figures import stage_rows
from plan_tracker.documents.report.rows.units import unit_row
from plan_tracker.documents.report.terms import outcome_names
from plan_tracker.documents.workbooks import overview_groups
from plan_tracker.i18n import THAI
from plan_tracker.publication.opendata.table_rows import project_rows
from plan_tracker.publication.opendata.tables import PROJECTS
from plan_tracker.publication.site.content import build_content
from tests.desk import Q1, Desk
from tests.register.test_lineage import figures

MENDING, NOT_RECEIVED = "อยู่ระหว่างแก้ไขรายงาน", "ยังไม่ได้รับรายงาน"


@pytest.fixture
def report(desk: Desk) -> ReportFigures:
    """Of YS P001 and K01 came and are faulty, P002 counts."""
    desk.send_back("YS", {"P001/f14.progress_percent": 900, "K01/k.details": None, "K01/k.result": 5})
    desk.run("ingest", expect=1)
    return figures(desk, Q1)["ops"]


def test_it_is_being_corrected_wherever_it_is_told(report: ReportFigures) -> None:
    [stage] = [column for column in PROJECTS if column.key == "stage"]
    said = [stage.value(row) for row in project_rows([report]) if row.found.code == "P001"]
    said += [row.status for row in unit_row(report.now.units[0], THAI).rows if row.code == "P001"]
    content = build_content([report], THAI)
    said += [one.listed.texts.stage for one in content.projects if one.listed.code == "P001"]
    said += [row.texts.outcome for row in content.plans[0].kpis]
    assert said == [MENDING] * 4
    [line] = [one for one in unit_results([report.now], "YS").projects if one.name.startswith("ระบบติดตาม")]
    assert (line.being_mended, line.unit_came) == (True, True)


def test_it_is_counted_apart_from_what_has_not_come(report: ReportFigures) -> None:
    counted = {
        "table": {row.name: row.total for row in stage_rows(report.now.summary, THAI)},
        "site": {bar.label: bar.text for bar in build_content([report], THAI).plans[0].stage_bars},
        "workbook": {one.name: str(one.number) for one in overview_groups.stages(overview_groups.of_plan(report.now))},
    }
    assert {where: (found.get(MENDING), found.get(NOT_RECEIVED)) for where, found in counted.items()} == dict.fromkeys(
        counted, ("1", None)
    )
    assert report.now.outcomes[Outcome.WAITING] == 1
    assert outcome_names(Q1)[Outcome.WAITING] == MENDING
    assert count_kpis(kpi.outcome for kpi in report.now.kpis).without == 1
