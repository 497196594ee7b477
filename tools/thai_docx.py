"""Builds Thai office documents with python-docx for the template scripts: styles, tables, fields, sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Cm

from plan_tracker.documents.wording import CLASSIFIERS
from tools.parts import write_if_changed

FONT = "TH SarabunPSK"
TEXT_WIDTH = 16.0  # cm between the margins
WIDE_WIDTH = 26.7  # the same on a page on its side
NARROW_WIDTH = 17.0  # the same on a page with narrow margins
GREY = "E7E6E6"
_BREAK = "</w:t><w:br/><w:t xml:space='preserve'>"
_TAB = "</w:t><w:tab/><w:t xml:space='preserve'>"
_BESIDE = {
    "Table": 85,
    "Dense": 57,
    "Close": 50,
    "Sheet": 45,
    "Glance": 40,
}  # twips between a cell's text and the rules beside it
_NUMBER_OF = re.compile(r"\}\} (?=" + CLASSIFIERS + ")")
_TWIPS = 567  # per cm, near enough for Word


def xml(text: str) -> BaseOxmlElement:
    """An element from XML with the prefixes ``w`` and ``r``."""
    head, rest = re.match(r"<[\w:]+", text), re.sub(r"^<[\w:]+", "", text)
    assert head
    return parse_xml(f"{head[0]} {nsdecls('w', 'r')}{rest}")


def new_document() -> DocumentObject:
    """An empty A4 document in Thai: 3 cm left, 2 cm right, 16-point Thai font for every script."""
    document = Document()
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is not None:
        styles.remove(defaults)
    styles.insert(
        0,
        xml(
            f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts()}<w:sz w:val='32'/><w:szCs w:val='32'/>"
            "<w:lang w:val='th-TH' w:eastAsia='th-TH' w:bidi='th-TH'/></w:rPr></w:rPrDefault>"
            "<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after='0' w:line='240' w:lineRule='auto'/></w:pPr>"
            "</w:pPrDefault>"
            "</w:docDefaults>"
        ),
    )
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.attrib.clear()
        language.set(qn("w:val"), "th-TH")
        language.set(qn("w:bidi"), "th-TH")
    document.core_properties.language = "th-TH"
    set_page(document.sections[0])
    return document


def save_document(document: DocumentObject, path: Path, title: str) -> None:
    """Writes ``document`` to ``path`` if it has changed, with properties that are the same each time."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "plantrack", ""
    properties.last_modified_by = "plantrack"
    properties.created = properties.modified = datetime(2025, 10, 1)
    made = BytesIO()
    document.save(made)
    write_if_changed(made, path)


def set_page(section: Section, *, narrow: bool = False, landscape: bool = False) -> None:
    """A4 upright, with margins to bind it, or ``narrow`` ones; or on its side."""
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(1.5)
        section.top_margin, section.bottom_margin = Cm(2.1), Cm(1.4)
        section.header_distance, section.footer_distance = Cm(1.25), Cm(0.8)
        return
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = (Cm(2.5), Cm(1.5)) if narrow else (Cm(3), Cm(2))
    section.top_margin, section.bottom_margin = (Cm(2.0), Cm(1.4)) if narrow else (Cm(2.5), Cm(2))
    section.header_distance, section.footer_distance = Cm(1.25), Cm(1)


def _fonts() -> str:
    return f"<w:rFonts w:ascii='{FONT}' w:hAnsi='{FONT}' w:eastAsia='{FONT}' w:cs='{FONT}'/>"


def style(
    document: DocumentObject,
    name: str,
    size: float = 16,
    bold: bool = False,
    paragraph: str = "",
    based_on: str = "Normal",
) -> None:
    """Defines or redefines a paragraph style; ``paragraph`` is the inside of its ``w:pPr``."""
    styles = document.styles
    made = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    element = made.element
    for link in element.findall(qn("w:link")):
        for twin in [other for other in styles.element if other.get(qn("w:styleId")) == link.get(qn("w:val"))]:
            styles.element.remove(twin)
    for tag in ("w:pPr", "w:rPr", "w:basedOn", "w:link", "w:next", "w:semiHidden", "w:unhideWhenUsed"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    if name != "Normal":
        element.find(qn("w:name")).addnext(xml(f"<w:basedOn w:val='{styles[based_on].style_id}'/>"))
    weight = "<w:b/><w:bCs/>" if bold else "<w:b w:val='0'/><w:bCs w:val='0'/>"
    half = round(size * 2)
    element.append(xml(f"<w:pPr>{paragraph}</w:pPr>"))
    element.append(
        xml(
            f"<w:rPr>{_fonts()}{weight}<w:i w:val='0'/><w:iCs w:val='0'/><w:color w:val='auto'/>"
            f"<w:sz w:val='{half}'/><w:szCs w:val='{half}'/></w:rPr>"
        )
    )


def style_id(document: DocumentObject, name: str) -> str:
    return str(document.styles[name].style_id)


@dataclass(frozen=True)
class Across:
    """A row of one cell, across the whole table; ``style`` is its paragraph's. ``keep``: on one page with the next."""

    text: str
    style: str
    keep: bool = False


@dataclass(frozen=True)
class Kept:
    """A row that stays on one page with the next."""

    cells: Sequence[str]


@dataclass(frozen=True)
class Styled:
    """A row whose paragraph styles are of another kind than the table's."""

    cells: Sequence[str]
    kind: str


class Writer:
    """Appends to a document, in reading order. Texts may hold Jinja tags and ``**bold**``."""

    def __init__(self, document: DocumentObject) -> None:
        self.document = document

    def section(self, *, narrow: bool = False, landscape: bool = False) -> Section:
        """A new section from the next page on, with its own header and footer."""
        made: Section = self.document.add_section(WD_SECTION.NEW_PAGE)
        for end in self.document.element.body.iterchildren(qn("w:p")):
            properties = end.find(qn("w:pPr"))
            if properties is not None and len(properties) == 1 and properties[0].tag == qn("w:sectPr"):
                # So low that it never needs a page of its own
                properties.insert(0, xml("<w:spacing w:before='0' w:after='0' w:line='20' w:lineRule='exact'/>"))
        set_page(made, narrow=narrow, landscape=landscape)
        made.header.is_linked_to_previous = made.footer.is_linked_to_previous = False
        return made

    def add(self, *elements: BaseOxmlElement) -> None:
        end = self.document.element.body.sectPr
        for element in elements:
            end.addprevious(element)

    def text(self, text: str, style_name: str = "Body Text") -> None:
        self.add(self.paragraph(text, style_name))

    def heading(
        self, text: str, level: int = 1, numbering: int | None = None, *, new_page: bool = False, tight: bool = False
    ) -> None:
        """A heading; ``numbering`` is the list that numbers it in place of its style's, 0 for none.

        ``new_page``: it begins a page. ``tight``: little room around it.
        """
        made = self.paragraph(text, f"Heading {level}")
        before = "<w:pageBreakBefore/>" if new_page else ""
        listed = f"<w:numPr><w:ilvl w:val='{level - 1}'/><w:numId w:val='{numbering}'/></w:numPr>"
        around = "<w:spacing w:before='0' w:after='60'/>" if tight else ""
        own = xml(f"<w:pPr>{before}{'' if numbering is None else listed}{around}</w:pPr>")
        next(made.iter(qn("w:pPr"))).extend(list(own))
        self.add(made)

    def tag(self, *codes: str) -> None:
        """Paragraphs that hold a Jinja tag and vanish: ``for unit in units``."""
        for code in codes:
            self.text(f"{{%p {code} %}}", "Normal")

    def paragraph(self, text: str, style_name: str) -> BaseOxmlElement:
        return xml(f"<w:p><w:pPr><w:pStyle w:val='{style_id(self.document, style_name)}'/></w:pPr>{runs(text)}</w:p>")

    def caption(self, label: str, counter: str, text: str) -> None:
        """``ตารางที่ 1 …``, numbered by a field; ``counter`` is the tag that counts until the field is updated.

        The field's name is in small letters, which are the same to Word; LibreOffice knows no Thai digits and counts
        ``SEQ`` anew in Arabic ones, but leaves what it doesn't recognise as it stands.
        """
        made = self.paragraph(f"**{label}ที่ **", "Caption")
        bold = "<w:rPr><w:b/><w:bCs/></w:rPr>"
        for run in field(f" seq {label} \\* THAIARABIC ", f"{{{{ {counter} }}}}"):
            run.insert(0, xml(bold))
            made.append(run)
        made.extend(list(xml(f"<w:p>{runs(f' {text}')}</w:p>")))
        self.add(made)

    def table(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        rows: Sequence[Sequence[str] | str | Across | Kept | Styled],
        numeric: Sequence[int] = (),
        centred: Sequence[int] = (),
        kind: str = "Table",
        keep: bool = False,
    ) -> None:
        """A ruled table, its head repeated on every page. A row that is a text is a ``{%tr %}`` tag.

        ``kind`` begins the names of its paragraph styles: ``Table``, ``Dense``, ``Close`` …
        Units in brackets get a line of their own in the head. ``keep`` holds the whole table, and what
        follows it, on one page.
        """

        def styles_of(kind: str) -> list[str]:
            return [
                f"{kind} Number" if i in numeric else f"{kind} Centre" if i in centred else f"{kind} Text"
                for i in range(len(widths))
            ]

        styles = styles_of(kind)
        lines = [
            self._row([head.replace(" (", "\n(") for head in heads], widths, [f"{kind} Head"] * len(widths), head=True)
        ]
        for row in rows:
            if isinstance(row, Across):
                lines.append(self._across(row, sum(widths), len(widths)))
            elif isinstance(row, Styled):
                lines.append(self._row(row.cells, widths, styles_of(row.kind), keep=keep))
            elif isinstance(row, Kept):
                lines.append(self._row(row.cells, widths, styles, keep=True))
            elif isinstance(row, str):
                cells = [f"{{%tr {row} %}}"] + [""] * (len(widths) - 1)
                lines.append(self._row(cells, widths, [f"{kind} Text"] * len(widths), keep=keep))
            else:
                lines.append(self._row(row, widths, styles, keep=keep))
        grid = "".join(f"<w:gridCol w:w='{round(width * _TWIPS)}'/>" for width in widths)
        borders = "".join(
            f"<w:{side} w:val='single' w:sz='4' w:space='0' w:color='7F7F7F'/>"
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        total, beside = round(sum(widths) * _TWIPS), _BESIDE[kind]
        self.add(
            xml(
                f"<w:tbl><w:tblPr><w:tblW w:w='{total}' w:type='dxa'/><w:tblBorders>{borders}</w:tblBorders>"
                f"<w:tblLayout w:type='fixed'/><w:tblCellMar><w:left w:w='{beside}' w:type='dxa'/>"
                f"<w:right w:w='{beside}' w:type='dxa'/></w:tblCellMar></w:tblPr>"
                f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
            )
        )

    def _across(self, row: Across, width: float, columns: int) -> str:
        kept = "<w:keepNext/>" if row.keep else ""
        return (
            f"<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w='{round(width * _TWIPS)}' w:type='dxa'/>"
            f"<w:gridSpan w:val='{columns}'/></w:tcPr>"
            f"<w:p><w:pPr><w:pStyle w:val='{style_id(self.document, row.style)}'/>{kept}</w:pPr>{runs(row.text)}</w:p>"
            "</w:tc></w:tr>"
        )

    def _row(
        self,
        cells: Sequence[str],
        widths: Sequence[float],
        styles: Sequence[str],
        head: bool = False,
        keep: bool = False,
    ) -> str:
        shade = f"<w:shd w:val='clear' w:color='auto' w:fill='{GREY}'/>" if head else ""
        next_too = "<w:keepNext/>" if keep else ""
        made = "".join(
            f"<w:tc><w:tcPr><w:tcW w:w='{round(width * _TWIPS)}' w:type='dxa'/>{shade}</w:tcPr>"
            f"<w:p><w:pPr><w:pStyle w:val='{style_id(self.document, name)}'/>{next_too}</w:pPr>"
            f"{runs(cell)}</w:p></w:tc>"
            for cell, width, name in zip(cells, widths, styles, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{made}</w:tr>"


def runs(text: str) -> str:
    """``text`` as runs; ``**this**`` in bold, for complex script too; newlines as line breaks, tabs as Word's own."""
    made = []
    for position, part in enumerate(counted(text).split("**")):
        bold = "<w:rPr><w:b/><w:bCs/></w:rPr>" if position % 2 else ""
        if part:
            shown = escape(part).replace("\n", _BREAK).replace("\t", _TAB)
            made.append(f"<w:r>{bold}<w:t xml:space='preserve'>{shown}</w:t></w:r>")
    return "".join(made)


def counted(text: str) -> str:
    """``text`` with no line ending between a tag and what it is the number of."""
    return _NUMBER_OF.sub("}}\u00a0", text)


def field(code: str, shown: str) -> list[BaseOxmlElement]:
    """A field as runs: its code, and what it shows until it is updated."""
    return [
        xml("<w:r><w:fldChar w:fldCharType='begin'/></w:r>"),
        xml(f"<w:r><w:instrText xml:space='preserve'>{escape(code)}</w:instrText></w:r>"),
        xml("<w:r><w:fldChar w:fldCharType='separate'/></w:r>"),
        xml(f"<w:r><w:t xml:space='preserve'>{escape(shown)}</w:t></w:r>"),
        xml("<w:r><w:fldChar w:fldCharType='end'/></w:r>"),
    ]


def number_headings(document: DocumentObject, lists: Sequence[Sequence[tuple[str, str]]]) -> None:
    """Replaces the document's lists: each has, for its levels, Word's number format and the text, such as ``%1.%2``.

    Lists are known by their number, from 1. The styles ``Heading 1`` … have to name the list that numbers them.
    """
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    for number, levels in enumerate(lists, 1):
        made = "".join(
            f"<w:lvl w:ilvl='{i}'><w:start w:val='1'/><w:numFmt w:val='{number_format}'/>"
            + (f"<w:pStyle w:val='Heading{i + 1}'/>" if number == 1 else "")
            + f"<w:suff w:val='space'/><w:lvlText w:val='{text}'/><w:lvlJc w:val='left'/>"
            "<w:pPr><w:ind w:left='0' w:firstLine='0'/></w:pPr></w:lvl>"
            for i, (number_format, text) in enumerate(levels)
        )
        numbering.append(
            xml(
                f"<w:abstractNum w:abstractNumId='{number}'><w:multiLevelType w:val='multilevel'/>{made}"
                "</w:abstractNum>"
            )
        )
    for number in range(1, len(lists) + 1):
        numbering.append(xml(f"<w:num w:numId='{number}'><w:abstractNumId w:val='{number}'/></w:num>"))


def number_pages(section: Section, number_format: str, *, anew: bool = True) -> None:
    """Pages in ``number_format``: ``thaiLetters`` or ``thaiNumbers``; counted from 1, else on from the last section."""
    element = section._sectPr
    for old in element.findall(qn("w:pgNumType")):
        element.remove(old)
    margins = element.find(qn("w:pgMar"))
    assert margins is not None
    start = " w:start='1'" if anew else ""
    margins.addnext(xml(f"<w:pgNumType w:fmt='{number_format}'{start}/>"))
