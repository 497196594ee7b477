"""A chart's XML by python-pptx. Series differ by pattern, marker and dash, so that they can be read without colour."""

# mypy: disable-error-code="no-untyped-call"
# (python-pptx is typed in part)

from __future__ import annotations

from itertools import cycle
from typing import Any, Final

from lxml import etree
from pptx.chart.chart import Chart as Drawing
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from plan_tracker.documents.word.charts.chart import Chart, Look, Shape
from plan_tracker.documents.word.charts.columns import Role, series_of, width_of_all
from plan_tracker.documents.word.charts.sizes import bars_from, font_size_of, height_of, legend_cm
from plan_tracker.documents.wording import clean, localise

FONT: Final = "TH SarabunPSK"
WORKBOOK_ID: Final = "rId1"
NAMESPACES: Final = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_A, _C, _R = NAMESPACES["a"], NAMESPACES["c"], NAMESPACES["r"]
_THAI = "[$-D00041E]"  # number format: Thai digits
_INK, _WHITE = RGBColor(0x1F, 0x38, 0x64), RGBColor(0xFF, 0xFF, 0xFF)
_SOLID = {Look.ACCENT: _INK, Look.LIGHT: RGBColor(0xC8, 0xCD, 0xD6), Look.GREY: RGBColor(0x8C, 0x93, 0xA0)}
_PATTERNS = {
    Look.STRIPES: MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL,
    Look.DOTS: MSO_PATTERN_TYPE.PERCENT_20,
    Look.GRID: MSO_PATTERN_TYPE.SMALL_GRID,
    Look.CROSSES: MSO_PATTERN_TYPE.DIAGONAL_CROSS,
    Look.LINES: MSO_PATTERN_TYPE.DARK_HORIZONTAL,
}
_LINES = (
    (RGBColor(0x8C, 0x93, 0xA0), XL_MARKER_STYLE.DIAMOND, MSO_LINE_DASH_STYLE.DASH, True),
    (_INK, XL_MARKER_STYLE.CIRCLE, MSO_LINE_DASH_STYLE.SOLID, True),
    (RGBColor(0x59, 0x59, 0x59), XL_MARKER_STYLE.TRIANGLE, MSO_LINE_DASH_STYLE.ROUND_DOT, True),
    (_INK, XL_MARKER_STYLE.CIRCLE, MSO_LINE_DASH_STYLE.LONG_DASH, False),  # hollow: as the two above, of part of them
    (RGBColor(0x59, 0x59, 0x59), XL_MARKER_STYLE.TRIANGLE, MSO_LINE_DASH_STYLE.DASH_DOT, False),
)
_GRID, _FRAME = RGBColor(0xD9, 0xD9, 0xD9), RGBColor(0x26, 0x26, 0x26)
_TYPES = {
    Shape.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Shape.COLUMNS: XL_CHART_TYPE.BAR_STACKED,
    Shape.LINES: XL_CHART_TYPE.LINE_MARKERS,
}
_LAYOUT = (
    '<c:layout xmlns:c="{c}"><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    '<c:x val="{x:.4f}"/><c:y val="{y:.4f}"/><c:w val="{w:.4f}"/><c:h val="{h:.4f}"/></c:manualLayout></c:layout>'
)
_NO_ENTRY = '<c:legendEntry xmlns:c="{c}"><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'


def chart_data(chart: Chart, thai_digits: bool) -> CategoryChartData:
    """What the chart's workbook holds."""
    data = CategoryChartData(number_format=_plain_format(chart))
    # A leading "=" would make a formula in the workbook
    data.categories = [localise(clean(label), thai_digits).lstrip("=") for label in chart.labels]
    for laid in series_of(chart):
        values = [None if value is None else float(value) for value in laid.values]
        data.add_series(localise(laid.name, thai_digits), values)
    return data


def chart_xml(chart: Chart, data: CategoryChartData, thai_digits: bool) -> bytes:
    """The chart's part, which refers to its workbook as ``WORKBOOK_ID``."""
    space = parse_xml(data.xml_bytes(_TYPES[chart.shape]))
    drawing = Drawing(space, None)
    number_format = (_THAI if thai_digits else "") + _plain_format(chart)
    drawing.has_title = False
    drawing.font.size, drawing.font.name = Pt(font_size_of(chart)), FONT
    _draw_legend(drawing, chart)
    _DRAW[chart.shape](drawing, chart, number_format)
    for properties in space.iter(f"{{{_A}}}defRPr", f"{{{_A}}}endParaRPr"):
        _set_fonts(properties)
    _number_axes(space)
    external = etree.SubElement(space, f"{{{_C}}}externalData", {f"{{{_R}}}id": WORKBOOK_ID})
    etree.SubElement(external, f"{{{_C}}}autoUpdate", {"val": "0"})
    xml: bytes = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def _plain_format(chart: Chart) -> str:
    return "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")


def _draw_legend(drawing: Drawing, chart: Chart) -> None:
    drawing.has_legend = legend_cm(chart) > 0
    if drawing.has_legend:
        drawing.legend.position = XL_LEGEND_POSITION.TOP
        drawing.legend.include_in_layout = False


def _draw_bars(drawing: Drawing, chart: Chart, number_format: str) -> None:
    """The series over one another; their figures stand in the labels, where no bar crosses them."""
    plot = drawing.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    plot.vary_by_categories = False
    for laid, series in zip(series_of(chart), plot.series, strict=True):
        _fill(series.format, chart.looks.get(laid.name, Look.LIGHT) if laid.role is Role.BAR else None)
    drawing.category_axis.reverse_order = True  # the first label on top
    _draw_axes(drawing, chart, number_format)
    drawing.value_axis.visible = False
    _lay_out(drawing, chart)


def _draw_columns(drawing: Drawing, chart: Chart, number_format: str) -> None:
    """Bars beside one another, each with its figure at its end; what is there for its length alone is not seen."""
    _draw_bars(drawing, chart, number_format)
    drawing.value_axis.minimum_scale, drawing.value_axis.maximum_scale = 0, float(width_of_all(chart))
    for number, (laid, series) in enumerate(zip(series_of(chart), drawing.plots[0].series, strict=True)):
        if laid.role is Role.FIGURE:
            _label(series, f"{number_format};;", drawing.font.size)
        if laid.role is not Role.BAR and drawing.has_legend:
            drawing.legend._element.overlay.addprevious(parse_xml(_NO_ENTRY.format(c=_C, number=number)))


def _lay_out(drawing: Drawing, chart: Chart) -> None:
    """Bars begin where the longest label ends, in Word as in LibreOffice; the legend keeps its line."""
    left, top = bars_from(chart), legend_cm(chart) / height_of(chart)
    layout = parse_xml(_LAYOUT.format(c=_C, x=left, y=top, w=0.985 - left, h=0.98 - top))
    area = drawing._chartSpace.chart.plotArea
    for old in area.findall(f"{{{_C}}}layout"):
        area.remove(old)
    area.insert(0, layout)


def _draw_lines(drawing: Drawing, chart: Chart, number_format: str) -> None:
    plot = drawing.plots[0]
    for series, (grey, marker, dash, filled) in zip(plot.series, cycle(_LINES), strict=False):
        series.smooth = False
        series.format.line.width, series.format.line.color.rgb = Pt(2), grey
        series.format.line.dash_style = dash
        series.marker.style, series.marker.size = marker, 9
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = grey if filled else _WHITE
        series.marker.format.line.color.rgb = grey
    _draw_axes(drawing, chart, number_format)
    drawing.value_axis.has_major_gridlines = True  # in place of figures, which would cover each other
    drawing.value_axis.major_gridlines.format.line.color.rgb = _GRID


def _fill(look: Any, drawn: Look | None) -> None:
    if drawn is None:
        look.fill.background()
        look.line.fill.background()
    elif drawn is Look.OUTLINE:
        look.fill.background()
        look.line.width, look.line.color.rgb = Pt(1.25), _FRAME
    elif drawn in _SOLID:
        look.fill.solid()
        look.fill.fore_color.rgb = _SOLID[drawn]
    else:
        look.fill.patterned()
        look.fill.pattern = _PATTERNS[drawn]
        look.fill.fore_color.rgb, look.fill.back_color.rgb = _INK, _WHITE
        look.line.color.rgb = _INK


def _label(series: Any, number_format: str, size: int) -> None:
    """Values where each bar begins: beside the one that it follows."""
    labels = series.data_labels
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.INSIDE_BASE
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.font.size = size
    for body in series._element.iter(f"{{{_A}}}bodyPr"):
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


_DRAW = {Shape.BARS: _draw_bars, Shape.COLUMNS: _draw_columns, Shape.LINES: _draw_lines}


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
