"""Charts in a Word document's package, each with its workbook: Word opens them for editing like its own."""

# mypy: disable-error-code="no-untyped-call"
# (python-pptx is typed in part)

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.parts.document import DocumentPart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter

from plan_tracker.documents.tables import CREATED
from plan_tracker.documents.word.charts.chart import Chart
from plan_tracker.documents.word.charts.drawing import NAMESPACES, WORKBOOK_ID, chart_data, chart_xml
from plan_tracker.documents.word.charts.panels import panels_of
from plan_tracker.documents.word.charts.sizes import height_of, width_of
from plan_tracker.documents.wording import clean, localise

_EMU_PER_CM = 360_000
_LINK = "rIdChart{}"
_FIRST_DRAWING = 1000  # above the numbers of pictures that a template may have
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="{number}" name={name} descr={alt}/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{a}"><a:graphicData '
    'uri="{c}"><c:chart xmlns:c="{c}" xmlns:r="{r}" r:id="{rid}"/></a:graphicData></a:graphic></wp:inline>'
    '</w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


class _Workbook(CategoryWorkbookWriter):
    """A chart's workbook, the same bytes for the same data."""

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        workbook.set_properties({"created": CREATED})
        super()._populate_worksheet(workbook, worksheet)


def drawings_of(charts: Mapping[str, Chart], thai_digits: bool) -> dict[str, str]:
    """By the charts' names the XML that shows each, to stand in a ``w:t``; small multiples flow like words."""
    drawn = dict.fromkeys(charts, "")
    for number, name, chart in _numbered(charts):
        drawn[name] += _drawing(chart, number, thai_digits)
    return drawn


def add_charts(document: DocumentPart, charts: Mapping[str, Chart], thai_digits: bool) -> None:
    """Adds to the document's package what ``drawings_of`` shows."""
    for number, _name, chart in _numbered(charts):
        _add(document, chart, number, thai_digits)


def _numbered(charts: Mapping[str, Chart]) -> Iterator[tuple[int, str, Chart]]:
    """Every chart of the document, small ones too, with its number and the name that it goes by."""
    every = [(name, panel) for name, chart in charts.items() for panel in panels_of(chart)]
    for number, (name, panel) in enumerate(every):
        yield number, name, panel


def _drawing(chart: Chart, number: int, thai_digits: bool) -> str:
    return _DRAWING.format(
        width=int(width_of(chart) * _EMU_PER_CM),
        height=int(height_of(chart) * _EMU_PER_CM),
        number=_FIRST_DRAWING + number,
        name=quoteattr(localise(chart.name, thai_digits)),
        alt=quoteattr(localise(clean(chart.description), thai_digits)),
        rid=_LINK.format(number),
        **NAMESPACES,
    )


def _add(document: DocumentPart, chart: Chart, number: int, thai_digits: bool) -> None:
    """``chart`` and its workbook."""
    package = document.package
    data: CategoryChartData = chart_data(chart, thai_digits)
    workbook = Part(
        package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _Workbook(data).xlsx_blob,
        package,
    )
    xml = chart_xml(chart, data, thai_digits)
    part = Part(package.next_partname("/word/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, xml, package)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, workbook, WORKBOOK_ID)
    document.load_rel(RELATIONSHIP_TYPE.CHART, part, _LINK.format(number))
