"""R9, R12: what the report's charts show, what their titles say is to be seen, and how both are drawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

from plan_tracker.analysis.basis.dataset import Dataset, ProjectResult, Source, UnitReturn
from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.config import Config, Report
from plan_tracker.documents.report.charts.build import build_charts
from plan_tracker.documents.report.context import write_report
from plan_tracker.documents.word.charts.chart import Chart, Look
from plan_tracker.documents.word.charts.placing import add_charts
from plan_tracker.documents.word.charts.sizes import height_of
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import Words
from plan_tracker.register import Project, Unit
from plan_tracker.values import Value
from plan_tracker.workspace.folders import Workspace
from tests.report.test_summary import ALL_UNITS, GOOD, TARGETS, entry, figures, quarter

NAMES = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
BEHIND: dict[str, Value] = GOOD | {"f14.progress_percent": Decimal(5), "f14.schedule": c.LATE}


def drawn(chart: Chart) -> etree._Element:
    """The chart's XML, as it stands in a document."""
    (only,) = all_drawn(chart)
    return only


def all_drawn(chart: Chart) -> list[etree._Element]:
    """The same of all that ``chart`` is drawn as."""
    document = docx.Document()
    add_charts(document.part, {"one": chart}, thai_digits=True)
    parts = [part for part in document.part.package.iter_parts() if str(part.partname).startswith("/word/charts/")]
    return [etree.fromstring(part.blob) for part in parts]


def found(xml: etree._Element, path: str) -> list[object]:
    many = xml.xpath(path, namespaces=NAMES)
    assert isinstance(many, list)
    return list(many)


def of_kpis(*kpis: tuple[str, Decimal | str, Value | None], number: int = 4) -> ReportFigures:
    """A plan of KPIs alone: the direction, the year's target and the result of each."""
    made = quarter([], results=[result for _direction, _target, result in kpis], number=number)
    changed = [
        replace(one, kpi=replace(one.kpi, name=f"ตัวชี้วัด {i}", direction=direction, target=target))
        for i, (one, (direction, target, _result)) in enumerate(zip(made.kpis, kpis, strict=True))
    ]
    return figures(replace(made, kpis=tuple(changed)))


def test_projects_of_each_unit_are_counted_by_stage_and_what_is_late_has_the_accent() -> None:
    """Units 0 and 1 have a project each, unit 2 none that came."""
    states = (*ALL_UNITS[:2], State.ISSUED)
    chart = build_charts(figures(quarter([GOOD, BEHIND, GOOD], states)))["stages"]
    assert chart.labels == ["กองกฎหมาย", "กองการสื่อสาร", "กองกลาง"]  # behind plan, then without a report
    assert chart.series == {
        "ล่าช้ากว่าแผน": [1, None, None],
        "อยู่ระหว่างดำเนินการ": [None, None, 1],
        "ยังไม่ได้รับรายงาน": [None, 1, None],
    }
    assert [name for name, look in chart.looks.items() if look is Look.ACCENT] == ["ล่าช้ากว่าแผน"]
    assert chart.title == "ล่าช้ากว่าแผน 1 จาก 3 โครงการ และยังไม่มีรายงานที่ใช้ได้ 1 โครงการ"


def test_every_unit_has_a_row_and_every_stage_a_column_with_figures_on_one_scale() -> None:
    xml = drawn(build_charts(figures(_of_many_units(quarter([BEHIND, GOOD, GOOD]), 23)))["stages"])
    assert len(found(xml, "//c:ser[1]/c:cat//c:pt")) == 26
    names = [str(name) for name in found(xml, "//c:ser/c:tx//c:v/text()")]
    late, going = "ล่าช้ากว่าแผน", "อยู่ระหว่างดำเนินการ"
    assert names == [name for one in (late, going) for name in (f"{one} (ช่องว่าง)", one, f"{one} (ตัวเลข)")]
    stands = [[float(str(v)) for v in found(xml, f"//c:ser[{n}]/c:val//c:v/text()")] for n in range(1, 7)]
    bases = {sum(column) for column in zip(*([*map(list, (_all(xml, n) for n in (1, 2, 3, 4)))]), strict=True)}
    assert len(bases) == 1, "the second column has one base in every row"
    assert (stands[1], stands[2], stands[4], stands[5]) == ([1], [1], [1] * 25, [1] * 25)
    shown = [bool(found(xml, f"//c:ser[{n}]/c:dLbls/c:showVal[@val='1']")) for n in range(1, 7)]
    assert shown == [False, False, True] * 2
    assert [bool(found(xml, f"//c:ser[{n}]/c:spPr/a:noFill")) for n in range(1, 7)] == [True, False, True] * 2
    assert found(xml, "//c:legendEntry[c:delete/@val='1']/c:idx/@val") == ["0", "2", "3", "5"]


def _all(xml: etree._Element, series: int) -> list[float]:
    """The values of every row, 0 where there is none."""
    by_row = {str(p.get("idx")): float(str(p.xpath("string(c:v)", namespaces=NAMES))) for p in _points(xml, series)}
    return [by_row.get(str(row), 0) for row in range(26)]


def _points(xml: etree._Element, series: int) -> list[etree._Element]:
    return [one for one in found(xml, f"//c:ser[{series}]/c:val//c:pt") if isinstance(one, etree._Element)]


def test_what_lies_beside_a_bar_follows_its_value_in_the_workbook() -> None:
    document = docx.Document()
    chart = build_charts(figures(_of_many_units(quarter([BEHIND, GOOD]), 1)))["stages"]
    add_charts(document.part, {"one": chart}, thai_digits=True)
    (blob,) = [p.blob for p in document.part.package.iter_parts() if str(p.partname).startswith("/word/embeddings/")]
    sheet = openpyxl.load_workbook(BytesIO(blob)).worksheets[0]
    assert [cell.value for cell in sheet[2]][1:5] == [0, 1, "=C2", "=2.20-2*C2"]


def test_more_units_than_a_page_holds_are_drawn_as_several_charts_on_the_same_scale() -> None:
    chart = build_charts(figures(_of_many_units(quarter([BEHIND, GOOD, GOOD]), 60)))["stages"]
    parts = all_drawn(chart)
    rows = [len(found(part, "//c:ser[1]/c:cat//c:pt")) for part in parts]
    assert rows == [21, 21, 21]
    assert len({tuple(found(part, "//c:valAx/c:scaling/c:max/@val")) for part in parts}) == 1
    assert len({tuple(found(part, "//c:ser/c:tx//c:v/text()")) for part in parts}) == 1
    assert chart.left_out == 0


@pytest.mark.parametrize(
    ("answers", "thai", "english"),
    [
        ([GOOD, GOOD], "ไม่มีโครงการที่รายงานว่าล่าช้ากว่าแผน", "No project is reported to be behind plan"),
        ([None], "ยังไม่มีโครงการที่ได้รับรายงาน", "No project has been reported"),
        (
            [BEHIND, BEHIND, GOOD, BEHIND],
            "ล่าช้ากว่าแผน 3 จาก 4 โครงการ มากที่สุดคือ กองกลาง (2 โครงการ)",
            "3 of 4 projects behind plan, most of them of กองกลาง (2)",
        ),
        ([BEHIND, BEHIND], "ล่าช้ากว่าแผน 2 จาก 2 โครงการ", "2 of 2 projects behind plan"),
    ],
)
def test_the_title_says_how_many_are_late(answers: list[dict[str, Value] | None], thai: str, english: str) -> None:
    report = figures(quarter(answers))
    assert build_charts(report)["stages"].title.startswith(thai)
    assert build_charts(report, Words("en"))["stages"].title.startswith(english)


def test_units_are_drawn_within_their_plan_the_farthest_behind_first() -> None:
    chart = build_charts(figures(quarter([GOOD, BEHIND])))["progress"]
    assert chart.labels == ["กองกฎหมาย  5.00 / 20.00", "กองกลาง  50.00 / 20.00"]
    assert chart.series == {
        "ต่ำกว่าแผน": [Decimal("5.00"), None],
        "เป็นไปตามแผนหรือสูงกว่า": [None, Decimal("50.00")],
        "แผนสะสมเฉลี่ย": [Decimal("20.00"), Decimal("20.00")],
    }
    assert chart.title == "ต่ำกว่าแผน 1 จาก 2 หน่วยงาน คือ กองกฎหมาย ต่ำกว่า 15.00 จุดร้อยละ"
    assert build_charts(figures(quarter([GOOD, GOOD])))["progress"].title == "ทุกหน่วยงานมีผลไม่ต่ำกว่าแผน"


def test_disbursement_is_held_against_the_target_where_there_is_one_else_against_the_whole_plan() -> None:
    """Unit 0 has disbursed 50, unit 1 10 per cent of the same budget; the target is 32, the whole 30."""
    little = GOOD | {"f9.recurrent.disbursed": Decimal(400_000)}
    held = build_charts(figures(quarter([GOOD, little]), targets=TARGETS))["units"]
    assert held.labels == ["กองกฎหมาย  10.00 / 32.00", "กองกลาง  50.00 / 32.00"]
    assert list(held.series) == ["ต่ำกว่าเป้าหมาย", "ถึงเป้าหมาย", "เป้าหมายร้อยละ 32.00"]
    assert held.title == "เบิกจ่ายต่ำกว่าเป้าหมายร้อยละ 32.00 จำนวน 1 จาก 2 หน่วยงาน ต่ำที่สุดร้อยละ 10.00 (กองกฎหมาย)"
    alone = build_charts(figures(quarter([GOOD, little])))["units"]
    assert list(alone.series) == ["ต่ำกว่าผลของทั้งแผน", "ไม่ต่ำกว่าผลของทั้งแผน", "ทั้งแผนร้อยละ 30.00"]
    assert alone.title == "หน่วยงานเบิกจ่ายตั้งแต่ร้อยละ 10.00 (กองกฎหมาย) จนถึงร้อยละ 50.00 (กองกลาง)"


def test_every_kpi_with_numbers_has_a_bar_whichever_way_it_is_measured() -> None:
    report = of_kpis(
        (c.HIGHER, Decimal(80), Decimal(88)),
        (c.LEVELS, Decimal(5), Decimal(4)),
        (c.LOWER, Decimal(60), Decimal(90)),
        (c.QUALITATIVE, "รับรองแล้ว", "อยู่ระหว่างเจรจา"),
        (c.HIGHER, Decimal(80), None),
    )
    chart = build_charts(report)["kpis"]
    assert chart.labels == [
        "ตัวชี้วัด 2\nผล 90 เป้าหมายไม่เกิน 60 ร้อยละ",
        "ตัวชี้วัด 1\nผล 4 เป้าหมาย 5 ร้อยละ",
        "ตัวชี้วัด 0\nผล 88 เป้าหมาย 80 ร้อยละ",
    ]
    assert chart.series == {
        "ไม่บรรลุเป้าหมาย": [Decimal("150.00"), Decimal("80.00"), None],
        "บรรลุเป้าหมาย": [None, None, Decimal("110.00")],
        "เป้าหมาย": [100, 100, 100],
    }
    assert chart.title == "ไม่บรรลุเป้าหมาย 2 ตัวชี้วัด บรรลุเป้าหมาย 1 ตัวชี้วัด และยังไม่มีผลให้ประเมิน 2 ตัวชี้วัด"
    english = build_charts(report, Words("en"))["kpis"].title
    assert english == "2 KPIs not met, 1 KPI met and 2 KPIs without an outcome"


def test_a_kpi_on_its_way_is_drawn_apart_from_one_that_is_not_met() -> None:
    report = of_kpis((c.HIGHER, Decimal(80), Decimal(20)), number=2)
    chart = build_charts(report)["kpis"]
    assert [chart.looks[name] for name in chart.series] == [Look.STRIPES, Look.OUTLINE]
    assert chart.title == "อยู่ระหว่างดำเนินการตามเป้าหมายทั้งปี 1 ตัวชี้วัด"
    both = of_kpis(*[(c.HIGHER, Decimal(80), Decimal(20))] * 2, number=2)
    assert build_charts(both)["kpis"].title == "อยู่ระหว่างดำเนินการตามเป้าหมายทั้งปี ทั้ง 2 ตัวชี้วัด"
    assert build_charts(both, Words("en"))["kpis"].title == "On the way to the year's target: all 2 KPIs"


def test_labels_of_many_kpis_take_one_line_each_and_all_stand_on_a_page() -> None:
    many = build_charts(of_kpis(*[(c.LOWER, Decimal(60), Decimal(i + 1)) for i in range(24)]))["kpis"]
    assert len(many.labels) == 24
    assert many.labels[0] == "ตัวชี้วัด 23  24 / ≤60"
    assert not [label for label in many.labels if "\n" in label]
    assert height_of(many) / len(many.labels) > 0.6
    assert height_of(many) <= 18.5


def test_a_target_is_a_frame_around_the_bars_which_lie_over_one_another() -> None:
    xml = drawn(build_charts(figures(quarter([GOOD], results=[Decimal(68)])))["kpis"])
    assert found(xml, "//c:overlap/@val") == ["100"]
    result, target = "//c:ser[1]", "//c:ser[2]"
    assert found(xml, f"{result}/c:spPr/a:pattFill/@prst") == ["wdUpDiag"]
    assert found(xml, f"{target}/c:spPr/a:noFill")
    assert found(xml, f"{target}/c:spPr/a:ln/a:solidFill")
    assert not found(xml, "//c:dLbls[c:showVal/@val='1']")


def test_a_bar_far_beyond_the_others_is_cut_and_its_label_tells_its_value() -> None:
    chart = build_charts(figures(quarter([GOOD], results=[Decimal(680), Decimal(20)])))["kpis"]
    assert found(drawn(chart), "//c:valAx/c:scaling/c:max/@val") == ["200.0"]
    assert "ผล 680" in chart.labels[1]


def test_the_trend_says_where_the_plan_stands() -> None:
    chart = build_charts(figures(quarter([GOOD]), quarter([GOOD], number=2)))["trend"]
    assert chart.title == "สิ้นไตรมาสที่ 2 ความก้าวหน้าสะสมเฉลี่ยร้อยละ 50.00 สูงกว่าแผนซึ่งกำหนดไว้ร้อยละ 40.00"


def test_the_trend_s_lines_have_room_however_many_the_legend_names() -> None:
    three = build_charts(figures(quarter([GOOD]), quarter([GOOD], number=2)))["trend"]
    assert len(three.series) == 3
    five = replace(three, series={**three.series, "ผล (1 โครงการเดียวกัน)": [None], "เบิกจ่าย (1 โครงการเดียวกัน)": [None]})
    assert [height_of(three), height_of(five)] == pytest.approx([4.2, 6.8])


def test_a_note_tells_what_a_chart_leaves_out_only_where_it_does(tmp_path: Path) -> None:
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    few = figures(quarter([GOOD], results=[Decimal(160)]))  # 200 per cent of the target
    many = figures(_of_many_units(quarter([], results=[Decimal(161), *[Decimal(80)] * 31]), 33))
    assert len(build_charts(few)["units"].labels) == 1
    assert len(build_charts(many)["units"].labels) == len(build_charts(many)["kpis"].labels) == 32
    words = "32 หน่วยงานที่ต่ำที่สุด", "แท่งแสดงไม่เกินร้อยละ 200", "32 ตัวชี้วัดที่ห่างจากเป้าหมายที่สุด"
    assert [word in _notes(few, tmp_path / "few") for word in words] == [False, False, False]
    assert [word in _notes(many, tmp_path / "many") for word in words] == [True, True, False]
    more = figures(quarter([], results=[Decimal(161), *[Decimal(80)] * 32]))  # the bar beyond 200 is not among the 32
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
        p.text for p in docx.Document(str(folder / "r.docx")).paragraphs if p.style and p.style.name == "Chart Note"
    )
