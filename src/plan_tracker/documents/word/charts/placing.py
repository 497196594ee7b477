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
from xlsxwriter.utility import xl_rowcol_to_cell

from plan_tracker.documents.tables import CREATED
from plan_tracker.documents.word.charts.chart import Chart
from plan_tracker.documents.word.charts.columns import Role, parts_of, series_of
from plan_tracker.documents.word.charts.drawing import NAMESPACES, WORKBOOK_ID, chart_data, chart_xml
from plan_tracker.documents.word.charts.sizes import WIDTH_CM, height_of
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
    """A chart's workbook, the same bytes for the same data; what follows from a bar's value does so there, too."""

    def __init__(self, data: CategoryChartData, chart: Chart) -> None:
        super().__init__(data)
        self._chart = chart

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        workbook.set_properties({"created": CREATED})
        super()._populate_worksheet(workbook, worksheet)
        for column, laid in enumerate(series_of(self._chart), 1):
            for row, value in enumerate(laid.values, 1):
                if laid.role is Role.FIGURE:
                    worksheet.write_formula(row, column, f"={xl_rowcol_to_cell(row, column - 1)}", None, value or 0)
                elif laid.role is Role.ROOM and laid.width:
                    bar = xl_rowcol_to_cell(row, column - 2)
                    worksheet.write_formula(row, column, f"={laid.width}-2*{bar}", None, value)


def drawings_of(charts: Mapping[str, Chart], thai_digits: bool) -> dict[str, str]:
    """By the charts' names the XML that shows each, to stand in a ``w:t``; several of one name flow like words."""
    drawn = dict.fromkeys(charts, "")
    for number, name, chart in _numbered(charts):
        drawn[name] += _drawing(chart, number, thai_digits)
    return drawn


def add_charts(document: DocumentPart, charts: Mapping[str, Chart], thai_digits: bool) -> None:
    """Adds to the document's package what ``drawings_of`` shows."""
    for number, _name, chart in _numbered(charts):
        _add(document, chart, number, thai_digits)


def _numbered(charts: Mapping[str, Chart]) -> Iterator[tuple[int, str, Chart]]:
    """Every chart of the document, parts by themselves, with its number and the name that it goes by."""
    every = [(name, part) for name, chart in charts.items() for part in parts_of(chart)]
    for number, (name, part) in enumerate(every):
        yield number, name, part


def _drawing(chart: Chart, number: int, thai_digits: bool) -> str:
    return _DRAWING.format(
        width=int(WIDTH_CM * _EMU_PER_CM),
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
        _Workbook(data, chart).xlsx_blob,
        package,
    )
    xml = chart_xml(chart, data, thai_digits)
    part = Part(package.next_partname("/word/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, xml, package)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, workbook, WORKBOOK_ID)
    document.load_rel(RELATIONSHIP_TYPE.CHART, part, _LINK.format(number))
