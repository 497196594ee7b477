"""Native Word charts: chart XML and its workbook by python-pptx, put into a Word document's package.

Word opens them for editing like its own. Series and slices differ by pattern, marker and dash, and carry
their values, so that they can be read in print without colour.
"""

# mypy: disable-error-code="no-untyped-call"
# (python-pptx is typed in part)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import cycle
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from lxml import etree
from pptx.chart.chart import Chart as Drawing
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from plan_tracker.documents.tables import CREATED
from plan_tracker.documents.wording import clean, localise

FONT = "TH SarabunPSK"
_EMU_PER_CM = 360_000
_WIDTH_CM = 16.0
_BAR_CM, _PAIRED_BAR_CM, _LONG_BAR_CM = 0.65, 0.5, 1.1
_PICTURE_CM, _PAGE_CM = 8.0, 21.0
_FEW = 12  # labels, beside which there is room for large ones
_LONG = 25  # characters of a label that takes two lines, and small letters
_FIRST_DRAWING = 1000  # above the numbers of pictures that a template may have
_WORKBOOK_ID = "rId1"
_THAI = "[$-D00041E]"  # number format: Thai digits
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WHITE = f'<c:spPr xmlns:c="{_C}" xmlns:a="{_A}"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>'
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name={name} descr={alt}/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{a}"><a:graphicData '
    'uri="{c}"><c:chart xmlns:c="{c}" xmlns:r="{r}" r:id="{rid}"/></a:graphicData></a:graphic></wp:inline>'
    '</w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


_FILLS = (
    (None, RGBColor(0x40, 0x40, 0x40)),
    (MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL, RGBColor(0x7F, 0x7F, 0x7F)),
    (None, RGBColor(0xBF, 0xBF, 0xBF)),
    (MSO_PATTERN_TYPE.SMALL_GRID, RGBColor(0x40, 0x40, 0x40)),
    (MSO_PATTERN_TYPE.PERCENT_20, RGBColor(0x59, 0x59, 0x59)),
    (MSO_PATTERN_TYPE.DARK_HORIZONTAL, RGBColor(0x40, 0x40, 0x40)),
    (MSO_PATTERN_TYPE.DIAGONAL_CROSS, RGBColor(0x7F, 0x7F, 0x7F)),
)
_LINES = (
    (RGBColor(0x7F, 0x7F, 0x7F), XL_MARKER_STYLE.DIAMOND, MSO_LINE_DASH_STYLE.DASH),
    (RGBColor(0x26, 0x26, 0x26), XL_MARKER_STYLE.CIRCLE, MSO_LINE_DASH_STYLE.SOLID),
    (RGBColor(0x59, 0x59, 0x59), XL_MARKER_STYLE.TRIANGLE, MSO_LINE_DASH_STYLE.ROUND_DOT),
)
_GRID, _EDGE = RGBColor(0xD9, 0xD9, 0xD9), RGBColor(0x40, 0x40, 0x40)
_LIGHT, _OUTLINE = RGBColor(0xBF, 0xBF, 0xBF), RGBColor(0x26, 0x26, 0x26)


class Shape(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"  # horizontal, the first label on top
    LINES = "lines"
    DOUGHNUT = "doughnut"


_TYPES = {
    Shape.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Shape.LINES: XL_CHART_TYPE.LINE_MARKERS,
    Shape.DOUGHNUT: XL_CHART_TYPE.DOUGHNUT,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: ``series`` of values by name, one value per label; None leaves a gap, which is not 0.

    ``decimals`` are those of the values' labels. ``maximum`` fixes the end of the scale, unless a value lies
    beyond it; bars beyond ``limit`` are cut off there. Bars of the series ``outlined`` are drawn as outlines around
    the others, and without their values, which its name tells. ``description`` is read out by screen readers in place
    of the picture.
    """

    name: str
    labels: Sequence[str]
    series: Mapping[str, Sequence[Decimal | int | None]]
    description: str
    decimals: int = 0
    maximum: int | None = None
    limit: int | None = None
    shape: Shape = Shape.BARS
    outlined: str = ""

    @property
    def values(self) -> list[Decimal | int]:
        """All that is known, of every series."""
        return [value for values in self.series.values() for value in values if value is not None]

    @property
    def has_long_labels(self) -> bool:
        return any(len(label) > _LONG for label in self.labels)


class _Workbook(CategoryWorkbookWriter):
    """A chart's workbook, the same bytes for the same data."""

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        workbook.set_properties({"created": CREATED})
        super()._populate_worksheet(workbook, worksheet)


def add_chart(document: DocumentPart, chart: Chart, thai_digits: bool) -> str:
    """Adds ``chart`` and its workbook to the document's package; the XML that shows it, to stand in a ``w:t``."""
    package = document.package
    data = _data(chart, thai_digits)
    workbook = Part(
        package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _Workbook(data).xlsx_blob,
        package,
    )
    xml = _chart_xml(chart, data, thai_digits)
    part = Part(package.next_partname("/word/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, xml, package)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, workbook, _WORKBOOK_ID)
    alt = localise(clean(chart.description), thai_digits)
    return _DRAWING.format(
        width=int(_WIDTH_CM * _EMU_PER_CM),
        height=int(_height(chart) * _EMU_PER_CM),
        number=_FIRST_DRAWING + part.partname.idx,
        name=quoteattr(chart.name),
        alt=quoteattr(alt),
        a=_A,
        c=_C,
        r=_R,
        rid=document.relate_to(part, RELATIONSHIP_TYPE.CHART),
    )


def _height(chart: Chart) -> float:
    """In cm: what the bars need, else a third of a page."""
    if chart.shape is not Shape.BARS:
        return _PICTURE_CM
    side_by_side = 1 if chart.outlined else len(chart.series)
    thick = _BAR_CM if side_by_side == 1 else _PAIRED_BAR_CM * side_by_side
    thick = max(thick, _LONG_BAR_CM if chart.has_long_labels else 0)
    return min(_PAGE_CM, 1.6 + thick * len(chart.labels) + (0.9 if len(chart.series) > 1 else 0))


def _data(chart: Chart, thai_digits: bool) -> CategoryChartData:
    data = CategoryChartData(number_format=_plain_format(chart))
    # A leading "=" would make a formula in the workbook
    data.categories = [localise(clean(label), thai_digits).lstrip("=") for label in chart.labels]
    for name, values in chart.series.items():
        data.add_series(localise(name, thai_digits), [None if value is None else float(value) for value in values])
    return data


def _plain_format(chart: Chart) -> str:
    return "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")


def _chart_xml(chart: Chart, data: CategoryChartData, thai_digits: bool) -> bytes:
    space = parse_xml(data.xml_bytes(_TYPES[chart.shape]))
    drawing = Drawing(space, None)
    number_format = (_THAI if thai_digits else "") + _plain_format(chart)
    drawing.has_title = False
    few = len(chart.labels) <= _FEW and not chart.has_long_labels
    drawing.font.size, drawing.font.name = Pt(14 if few else 11), FONT
    _draw_legend(drawing, chart)
    _DRAW[chart.shape](drawing, chart, number_format)
    for properties in space.iter(f"{{{_A}}}defRPr", f"{{{_A}}}endParaRPr"):
        _set_fonts(properties)
    _number_axes(space)
    external = etree.SubElement(space, f"{{{_C}}}externalData", {f"{{{_R}}}id": _WORKBOOK_ID})
    etree.SubElement(external, f"{{{_C}}}autoUpdate", {"val": "0"})
    xml: bytes = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def _draw_legend(drawing: Drawing, chart: Chart) -> None:
    round_one = chart.shape is Shape.DOUGHNUT
    drawing.has_legend = round_one or len(chart.series) > 1
    if drawing.has_legend:
        drawing.legend.position = XL_LEGEND_POSITION.RIGHT if round_one else XL_LEGEND_POSITION.BOTTOM
        drawing.legend.include_in_layout = False


def _draw_bars(drawing: Drawing, chart: Chart, number_format: str) -> None:
    plot = drawing.plots[0]
    plot.gap_width, plot.overlap = 45, 100 if chart.outlined else 0
    plot.vary_by_categories = False
    if chart.outlined:
        _draw_outlined(plot, chart, number_format, drawing.font.size)
    else:
        for number, series in enumerate(plot.series):
            _fill(series.format, number)
        _label(plot, number_format, XL_LABEL_POSITION.OUTSIDE_END, drawing.font.size)
    drawing.category_axis.reverse_order = True  # the first label on top
    _draw_axes(drawing, chart, number_format)
    drawing.value_axis.visible = False  # each bar carries its value


def _draw_outlined(plot: Any, chart: Chart, number_format: str, size: int) -> None:
    """Light bars with their values at the foot, where no outline crosses them."""
    for name, series in zip(chart.series, plot.series, strict=True):
        if name == chart.outlined:
            series.format.fill.background()
            series.format.line.width, series.format.line.color.rgb = Pt(1.25), _OUTLINE
            series.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _LIGHT
            _label(series, number_format, XL_LABEL_POSITION.INSIDE_BASE, size)


def _draw_lines(drawing: Drawing, chart: Chart, number_format: str) -> None:
    plot = drawing.plots[0]
    for series, (grey, marker, dash) in zip(plot.series, cycle(_LINES), strict=False):
        series.smooth = False
        series.format.line.width, series.format.line.color.rgb = Pt(2), grey
        series.format.line.dash_style = dash
        series.marker.style, series.marker.size = marker, 9
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = grey
        series.marker.format.line.color.rgb = grey
    _draw_axes(drawing, chart, number_format)
    drawing.value_axis.has_major_gridlines = True  # in place of figures, which would cover each other
    drawing.value_axis.major_gridlines.format.line.color.rgb = _GRID


def _draw_doughnut(drawing: Drawing, chart: Chart, number_format: str) -> None:
    plot = drawing.plots[0]
    for number, _label_text in enumerate(chart.labels):
        point = plot.series[0].points[number]
        _fill(point.format, number)
        point.format.line.width, point.format.line.color.rgb = Pt(1), _EDGE
    _label(plot, number_format, None, drawing.font.size)
    for labels in plot._element.iter(f"{{{_C}}}dLbls"):
        labels.find(f"{{{_C}}}txPr").addprevious(parse_xml(_WHITE))  # legible on every slice


def _fill(look: Any, number: int) -> None:
    """Solid dark, then patterns that differ from it and from each other in print."""
    pattern, grey = _FILLS[number % len(_FILLS)]
    if pattern is None:
        look.fill.solid()
        look.fill.fore_color.rgb = grey
    else:
        look.fill.patterned()
        look.fill.pattern = pattern
        look.fill.fore_color.rgb, look.fill.back_color.rgb = grey, RGBColor(255, 255, 255)
        look.line.color.rgb = grey


def _label(owner: Any, number_format: str, place: Any, size: int) -> None:
    """Values beside what ``owner`` (a plot or a series) draws."""
    if hasattr(owner, "has_data_labels"):
        owner.has_data_labels = True
    labels = owner.data_labels
    labels.show_value = True
    if place is not None:
        labels.position = place
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.font.size = size
    for body in owner._element.iter(f"{{{_A}}}bodyPr"):
        body.set("wrap", "none")  # a figure on two lines can't be read


def _draw_axes(drawing: Drawing, chart: Chart, number_format: str) -> None:
    values, names = drawing.value_axis, drawing.category_axis
    names.major_tick_mark = XL_TICK_MARK.NONE
    for last in names._element.iter(f"{{{_C}}}noMultiLvlLbl"):
        last.addprevious(parse_xml(f'<c:tickLblSkip xmlns:c="{_C}" val="1"/>'))  # every bar has its name
    values.minimum_scale = min([0, *(float(value) for value in chart.values)])
    highest = max(chart.values, default=0)
    if chart.maximum and highest <= chart.maximum:
        values.maximum_scale = chart.maximum
    elif chart.limit and highest > chart.limit:
        values.maximum_scale = chart.limit
    values.has_major_gridlines = False
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = number_format, False


_DRAW = {Shape.BARS: _draw_bars, Shape.LINES: _draw_lines, Shape.DOUGHNUT: _draw_doughnut}


def _number_axes(space: etree._Element) -> None:
    """From 1: python-pptx numbers axes below 0, which the format doesn't know."""
    numbers: dict[str, str] = {}
    for axis in space.iter(f"{{{_C}}}axId", f"{{{_C}}}crossAx"):
        axis.set("val", numbers.setdefault(axis.get("val", ""), str(len(numbers) + 1)))


def _set_fonts(properties: etree._Element) -> None:
    """The Thai font for Latin and complex script alike: Thai text takes the latter."""
    for script in ("latin", "ea", "cs"):
        for old in properties.findall(f"{{{_A}}}{script}"):
            properties.remove(old)
        etree.SubElement(properties, f"{{{_A}}}{script}", {"typeface": FONT})
    properties.set("lang", "th-TH")
