"""Packs the parts of a workbook into an .xlsx, whose texts are shared between its cells.

What can be left out is: no part says who made the file and when, and no theme where the looks name none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from plan_tracker.forms.writing.compiled.models import SharedTexts
from plan_tracker.forms.writing.packing import Piece, fixed, package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OUTWARD = ' TargetMode="External"'
_BOXES = "anysvml"  # as openpyxl names, in a sheet, the boxes of its notes


class SheetPart(NamedTuple):
    """A sheet as it is written. ``area`` is what prints (``$B$1:$I$75``), ``titles`` the rows repeated on each page.

    ``links`` are targets of hyperlinks by their ids, ``notes`` the XML of notes on cells and of their boxes.
    """

    title: str
    xml: Sequence[Piece]
    hidden: bool = False
    area: str = ""
    titles: str = ""
    links: Mapping[str, str] = MappingProxyType({})
    notes: tuple[str, str] | None = None


@dataclass(frozen=True)
class BookLooks:
    """The stylesheet of a workbook, and its theme ("" for none)."""

    stylesheet: str
    theme: str


def packed_workbook(sheets: Sequence[SheetPart], texts: SharedTexts, looks: BookLooks) -> bytes:
    """The workbook, its structure locked; programs reckon its formulas anew when they open it."""
    parts: dict[str, Sequence[Piece]] = {}
    parts["[Content_Types].xml"], parts["_rels/.rels"] = [_content_types(sheets, looks)], [_root_links()]
    parts["xl/workbook.xml"] = [_workbook(sheets)]
    parts["xl/_rels/workbook.xml.rels"] = [_workbook_links(len(sheets), looks)]
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet.xml
        if sheet.links or sheet.notes:
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = [_sheet_links(sheet, number)]
        if sheet.notes:
            notes, boxes = sheet.notes
            parts[f"xl/comments{number}.xml"], parts[f"xl/drawings/notes{number}.vml"] = [notes], [boxes]
    parts["xl/styles.xml"] = [fixed(looks.stylesheet)]
    if looks.theme:
        parts["xl/theme/theme1.xml"] = [fixed(looks.theme)]
    known = fixed(f'{_HEAD}<sst xmlns="{_MAIN}">{texts.known}')
    parts["xl/sharedStrings.xml"] = [known, f"{texts.added}</sst>"]
    return package(parts)


def sheet_xml(rows: Iterable[Piece]) -> list[Piece]:
    """A sheet that holds nothing but ``rows``."""
    return [f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>', *rows, "</sheetData></worksheet>"]


def _content_types(sheets: Sequence[SheetPart], looks: BookLooks) -> str:
    parts = {"/xl/workbook.xml": f"{_KINDS}.sheet.main+xml"}
    for number, sheet in enumerate(sheets, 1):
        parts[f"/xl/worksheets/sheet{number}.xml"] = f"{_KINDS}.worksheet+xml"
        if sheet.notes:
            parts[f"/xl/comments{number}.xml"] = f"{_KINDS}.comments+xml"
    parts |= {"/xl/styles.xml": f"{_KINDS}.styles+xml", "/xl/sharedStrings.xml": f"{_KINDS}.sharedStrings+xml"}
    if looks.theme:
        parts["/xl/theme/theme1.xml"] = "application/vnd.openxmlformats-officedocument.theme+xml"
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    if any(sheet.notes for sheet in sheets):
        rels += '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}{xml}{overrides}</Types>'


def _links(links: Mapping[str, tuple[str, str]]) -> str:
    """Relationships by their ids: kind and target. Only hyperlinks lead out of the package."""
    made = (
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}'
        f"{_OUTWARD if kind == 'hyperlink' else ''}/>"
        for name, (kind, target) in links.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(made)}</Relationships>'


def _root_links() -> str:
    return _links({"rId1": ("officeDocument", "xl/workbook.xml")})


def _workbook_links(count: int, looks: BookLooks) -> str:
    links = {f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, count + 1)}
    links |= {"rIdLooks": ("styles", "styles.xml"), "rIdTexts": ("sharedStrings", "sharedStrings.xml")}
    return _links(links | ({"rIdTheme": ("theme", "theme/theme1.xml")} if looks.theme else {}))


def _sheet_links(sheet: SheetPart, number: int) -> str:
    links = {name: ("hyperlink", target) for name, target in sheet.links.items()}
    if sheet.notes:
        links["comments"] = "comments", f"../comments{number}.xml"
        links[_BOXES] = "vmlDrawing", f"../drawings/notes{number}.vml"
    return _links(links)


def _workbook(sheets: Sequence[SheetPart]) -> str:
    listed, names = [], []
    for number, sheet in enumerate(sheets):
        state = ' state="hidden"' if sheet.hidden else ""
        listed.append(f'<sheet name={quoteattr(sheet.title)} sheetId="{number + 1}"{state} r:id="rId{number + 1}"/>')
        title = escape("'" + sheet.title.replace("'", "''") + "'")
        for name, cells in (("Print_Area", sheet.area), ("Print_Titles", sheet.titles)):
            if cells:
                names.append(f'<definedName name="_xlnm.{name}" localSheetId="{number}">{title}!{cells}</definedName>')
    defined = f"<definedNames>{''.join(names)}</definedNames>" if names else ""
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr/><workbookProtection lockStructure="1"/>'
        f'<bookViews><workbookView activeTab="0"/></bookViews><sheets>{"".join(listed)}</sheets>{defined}'
        '<calcPr calcId="124519" fullCalcOnLoad="1"/></workbook>'
    )
