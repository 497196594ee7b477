"""R9, R12: what the report's charts show, and how what they are held against is drawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
from lxml import etree

from plan_tracker.analysis.basis.dataset import Dataset, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import Config, Report
from plan_tracker.documents.report.context import write_report
from plan_tracker.documents.report.report_charts import build_charts
from plan_tracker.documents.word.charts import Chart, add_chart
from plan_tracker.register import Project, Unit
from plan_tracker.workspace.folders import Workspace
from tests.report.test_summary import GOOD, TARGETS, entry, figures, quarter

NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def drawn(chart: Chart) -> etree._Element:
    """The chart's XML, as it stands in a document."""
    document = docx.Document()
    add_chart(document.part, chart, thai_digits=True)
    (part,) = [part for part in document.part.package.iter_parts() if str(part.partname).startswith("/word/charts/")]
    return etree.fromstring(part.blob)


def found(xml: etree._Element, path: str) -> list[object]:
    many = xml.xpath(path, namespaces=NAMES)
    assert isinstance(many, list)
    return list(many)


def test_units_and_kpis_are_drawn_against_their_target() -> None:
    charts = build_charts(figures(quarter([GOOD], results=[Decimal(68)]), targets=TARGETS))
    units, kpis = charts["units"], charts["kpis"]
    assert list(units.series.values()) == [[Decimal("50.00")], [Decimal("32.00")]]
    assert list(kpis.series) == ["ร้อยละผลสำเร็จ", "เป้าหมายร้อยละ 100.00"]
    for chart in (units, kpis):
        assert chart.outlined in chart.series
        assert chart.description.endswith(chart.outlined)
        assert chart.labels


def test_without_a_target_nothing_is_drawn_around_the_bars() -> None:
    chart = build_charts(figures(quarter([GOOD])))["units"]
    assert (chart.outlined, len(chart.series)) == ("", 1)
    assert not found(drawn(chart), "//c:overlap")


def test_a_target_is_an_outline_around_the_bar_and_only_the_bar_tells_its_value() -> None:
    xml = drawn(build_charts(figures(quarter([GOOD], results=[Decimal(68)])))["kpis"])
    assert found(xml, "//c:overlap/@val") == ["100"]
    assert found(xml, "//c:valAx/c:scaling/c:max/@val") == ["100.0"]
    result, target = "//c:ser[1]", "//c:ser[2]"
    assert found(xml, f"{result}/c:spPr/a:solidFill")
    assert found(xml, f"{result}/c:dLbls/c:dLblPos/@val") == ["inBase"]
    assert found(xml, f"{target}/c:spPr/a:noFill")
    assert found(xml, f"{target}/c:spPr/a:ln/a:prstDash/@val") == ["dash"]
    assert not found(xml, f"{target}/c:dLbls")


def test_a_bar_far_beyond_the_others_is_cut_and_still_tells_its_value() -> None:
    chart = build_charts(figures(quarter([GOOD], results=[Decimal(680), Decimal(20)])))["kpis"]
    xml = drawn(chart)
    assert found(xml, "//c:valAx/c:scaling/c:max/@val") == ["200.0"]
    assert "850.0" in found(xml, "//c:ser[1]/c:val//c:v/text()")


def test_a_note_tells_what_a_chart_leaves_out_only_where_it_does(tmp_path: Path) -> None:
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    few = figures(quarter([GOOD], results=[Decimal(160)]))  # 200 per cent of the target
    many = figures(_of_many_units(quarter([], results=[Decimal(161), *[Decimal(80)] * 24]), 26))
    assert len(build_charts(few)["units"].labels) == 1
    assert len(build_charts(many)["units"].labels) == len(build_charts(many)["kpis"].labels) == 25
    words = "25 หน่วยงานที่ต่ำที่สุด", "แท่งแสดงไม่เกินร้อยละ 200", "25 ตัวชี้วัดที่ต่ำที่สุด"
    assert [word in _notes(few, tmp_path / "few") for word in words] == [False, False, False]
    assert [word in _notes(many, tmp_path / "many") for word in words] == [True, True, False]
    more = figures(quarter([], results=[Decimal(161), *[Decimal(80)] * 25]))  # the bar beyond 200 is not among the 25
    assert [word in _notes(more, tmp_path) for word in words] == [False, False, True]


def _of_many_units(dataset: Dataset, number: int) -> Dataset:
    """With ``number`` further units that have a project each."""
    made, source = [], Source(1, "r.xlsx", "0" * 64)
    for i in range(number):
        unit = Unit(f"M{i}", f"กองที่ {i}", "", "memo", "")
        project = Project(f"M{i}", f"โครงการที่ {i}", ("ops",), unit.code)
        made.append((UnitReturn(unit, State.ACCEPTED, (source,)), ProjectResult(project, unit, entry(GOOD), source)))
    units, projects = zip(*made, strict=True)
    return replace(dataset, units=(*dataset.units, *units), projects=(*dataset.projects, *projects))


def _notes(report: ReportFigures, folder: Path) -> str:
    workspace = Workspace(folder, Config(2569, report=Report(thai_digits=False)))
    write_report(report, workspace, folder / "r.docx")
    return " ".join(
        p.text for p in docx.Document(str(folder / "r.docx")).paragraphs if p.style and p.style.name == "Note"
    )
