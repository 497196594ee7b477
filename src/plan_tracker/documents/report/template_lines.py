"""The paragraphs of a Word template as ``templates check`` reads them: their text, their place, the tags in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from lxml import etree

from plan_tracker.documents.word.contents_fields import entry_paragraphs
from plan_tracker.i18n import _

TAG = re.compile(r"{{(?P<shown>.*?)}}|{%(?P<where>p|tr|tc|r)?(?=[\s-])-?(?P<code>.*?)-?%}|{#.*?#}", re.DOTALL)
_TAKEN = {"p": "w:p", "tr": "w:tr", "tc": "w:tc"}


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and where it stands; whether it holds tracked changes.

    ``beside``: what else stands in the paragraph, row or cell that a ``{%p %}``, ``{%tr %}`` or ``{%tc %}`` takes away.
    """

    part: str
    number: int
    place: str
    text: str
    tracked: bool = False
    beside: str = ""


def parts_of(document: DocumentObject) -> Iterator[tuple[str, etree._Element]]:
    yield "body", document.element.body
    for section in document.sections:
        headers = (section.header, section.first_page_header, section.even_page_header)
        footers = (section.footer, section.first_page_footer, section.even_page_footer)
        for part, stories in (("header", headers), ("footer", footers)):
            yield from ((part, story._element) for story in stories if not story.is_linked_to_previous)


def lines_of(part: str, element: etree._Element) -> Iterator[Line]:
    tables = {table: number for number, table in enumerate(element.iter(qn("w:tbl")), 1)}
    contents = entry_paragraphs(element)  # made anew in each report
    for number, paragraph in enumerate(element.iter(qn("w:p")), 1):
        if paragraph in contents:
            continue
        text = _text(paragraph)
        tracked = next(paragraph.iter(qn("w:ins"), qn("w:del")), None) is not None
        yield Line(part, number, _place(paragraph, tables), text, tracked, _beside(paragraph, text).strip())


def _text(element: etree._Element) -> str:
    pieces = element.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:delText"))
    return "".join(piece.text or "" if piece.tag in (qn("w:t"), qn("w:delText")) else " " for piece in pieces)


def _beside(paragraph: etree._Element, text: str) -> str:
    """What goes with the first tag of ``paragraph`` that takes away all that it stands in."""
    taking = next((tag for tag in TAG.finditer(text) if tag["where"] in _TAKEN), None)
    if taking is None:
        return ""
    kind = qn(_TAKEN[taking["where"]])
    taken = paragraph if paragraph.tag == kind else next(paragraph.iterancestors(kind), paragraph)
    return _text(taken).replace(taking[0], "", 1)


def _place(paragraph: etree._Element, tables: Mapping[etree._Element, int]) -> str:
    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    if cell is None:
        return ""
    row = next(cell.iterancestors(qn("w:tr")))
    table = next(row.iterancestors(qn("w:tbl")))
    return _("table {table}, row {row}, cell {cell}").format(
        table=tables[table], row=_position(row, table), cell=_position(cell, row)
    )


def _position(child: etree._Element, parent: etree._Element) -> int:
    return list(parent.iter(child.tag)).index(child) + 1
