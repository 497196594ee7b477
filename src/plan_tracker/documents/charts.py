"""Native Word charts: chart XML and its workbook by python-pptx, put into a Word document's package.

Word opens them for editing like its own. Bars are dark grey with their values beside them, so
that they can be read in print without colour.
"""

# mypy: disable-error-code="no-untyped-call"
# (python-pptx is typed in part)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from lxml import etree
from pptx.chart.chart import Chart as Drawing
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.util import Pt

from plan_tracker.documents.wording import clean, localise

FONT = "TH SarabunPSK"
_EMU_PER_CM = 360_000
_WIDTH_CM = 16.0
_BAR_CM = 0.75
_WORKBOOK_ID = "rId1"
_THAI = "[$-D00041E]"  # number format: Thai digits
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="1" name={name} descr={alt}/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{a}"><a:graphicData '
    'uri="{c}"><c:chart xmlns:c="{c}" xmlns:r="{r}" r:id="{rid}"/></a:graphicData></a:graphic></wp:inline>'
    '</w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of horizontal bars, the first label on top. ``decimals`` are those of the values' labels.

    ``maximum`` fixes the end of the scale (100 for per cents), unless a value lies beyond it.
    ``description`` is read out by screen readers in place of the picture.
    """

    name: str
    series: str
    labels: Sequence[str]
    values: Sequence[Decimal | int]
    description: str
    decimals: int = 0
    maximum: int | None = None


def add_chart(document: DocumentPart, chart: Chart, thai_digits: bool) -> str:
    """Adds ``chart`` and its workbook to the document's package; the XML that shows it, to stand in a ``w:t``."""
    package = document.package
    data = _data(chart, thai_digits)
    workbook = Part(
        package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        data.xlsx_blob,
        package,
    )
    xml = _chart_xml(chart, data, thai_digits)
    part = Part(package.next_partname("/word/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, xml, package)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, workbook, _WORKBOOK_ID)
    alt = localise(clean(chart.description), thai_digits)
    return _DRAWING.format(
        width=int(_WIDTH_CM * _EMU_PER_CM),
        height=int((1.6 + _BAR_CM * len(chart.labels)) * _EMU_PER_CM),
        name=quoteattr(chart.name),
        alt=quoteattr(alt),
        a=_A,
        c=_C,
        r=_R,
        rid=document.relate_to(part, RELATIONSHIP_TYPE.CHART),
    )


def _data(chart: Chart, thai_digits: bool) -> CategoryChartData:
    data = CategoryChartData(number_format=_plain_format(chart))
    # A leading "=" would make a formula in the workbook
    data.categories = [localise(clean(label), thai_digits).lstrip("=") for label in chart.labels]
    data.add_series(chart.series, [float(value) for value in chart.values])
    return data


def _plain_format(chart: Chart) -> str:
    return "#,##0" + ("." + "0" * chart.decimals if chart.decimals else "")


def _chart_xml(chart: Chart, data: CategoryChartData, thai_digits: bool) -> bytes:
    space = parse_xml(data.xml_bytes(XL_CHART_TYPE.BAR_CLUSTERED))
    drawing = Drawing(space, None)
    number_format = (_THAI if thai_digits else "") + _plain_format(chart)
    drawing.has_legend = False
    drawing.has_title = False
    drawing.font.size, drawing.font.name = Pt(14), FONT
    _draw_bars(drawing, number_format)
    _draw_axes(drawing, chart, number_format)
    for properties in space.iter(f"{{{_A}}}defRPr", f"{{{_A}}}endParaRPr"):
        _set_fonts(properties)
    external = etree.SubElement(space, f"{{{_C}}}externalData", {f"{{{_R}}}id": _WORKBOOK_ID})
    etree.SubElement(external, f"{{{_C}}}autoUpdate", {"val": "0"})
    xml: bytes = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml


def _draw_bars(drawing: Drawing, number_format: str) -> None:
    plot = drawing.plots[0]
    plot.gap_width = 45
    plot.vary_by_categories = False
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(0x59, 0x59, 0x59)
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.font.size = Pt(14)
    for body in plot._element.dLbls.iter(f"{{{_A}}}bodyPr"):
        body.set("wrap", "none")  # a figure on two lines can't be read


def _draw_axes(drawing: Drawing, chart: Chart, number_format: str) -> None:
    values, names = drawing.value_axis, drawing.category_axis
    names.reverse_order = True  # the first label on top
    names.major_tick_mark = XL_TICK_MARK.NONE
    values.minimum_scale = 0
    if chart.maximum and all(value <= chart.maximum for value in chart.values):
        values.maximum_scale = chart.maximum
    values.has_major_gridlines = False
    values.visible = False  # each bar carries its value
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = number_format, False


def _set_fonts(properties: etree._Element) -> None:
    """The Thai font for Latin and complex script alike: Thai text takes the latter."""
    for script in ("latin", "ea", "cs"):
        for old in properties.findall(f"{{{_A}}}{script}"):
            properties.remove(old)
        etree.SubElement(properties, f"{{{_A}}}{script}", {"typeface": FONT})
    properties.set("lang", "th-TH")
