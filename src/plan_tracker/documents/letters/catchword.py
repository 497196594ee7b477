"""The first words of a letter's second page at the foot of its first (คำต่อ), where LibreOffice can lay it out.

Paragraphs stay whole, and the one that begins the second page is made to, so that Word breaks the page there as well.
Without LibreOffice, and in a letter of one page, there are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

from plan_tracker.documents.word.pages import measure_pages

FOOT = "Letter Catchword"  # the paragraph style at the foot of the page
_BOOKMARK, _FIRST_ID = "_letter{}", 9000
_LONGEST = 28  # characters
_LEADS_ON = re.compile(r"(การ|ความ|และ|ได้|ของ|ที่|จาก|ตาม|จึง|มี)$")
_WORD_BEGINS = re.compile(r"(?<!^)(?=[เแโใไ]|การ|ความ|และ|ได้|ของ|ที่|จาก|ตาม|จึง|มี)")


def lead_over(document: Document, *, thai_digits: bool) -> None:
    """Puts the first words of the second page at the foot of the first, if ``document`` has one."""
    if FOOT not in (style.name for style in document.styles):
        return  # a template of before
    foot = _foot(document)
    foot.text = "/..."  # it takes the room that it will need
    paragraphs = dict(_paragraphs(document))
    for paragraph in paragraphs.values():
        Paragraph(paragraph, document._body).paragraph_format.keep_together = True
    marks = [mark for number, (name, one) in enumerate(paragraphs.items()) for mark in _mark(one, name, number)]
    pages = measure_pages(document, paragraphs, thai_digits)
    for mark in marks:
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
    first = next(iter(pages.values()), "")
    begins = next((paragraphs[name] for name, page in pages.items() if page != first), None)
    foot.text = "" if begins is None else f"/{first_words(Paragraph(begins, document._body).text)} ..."
    if begins is not None:
        Paragraph(begins, document._body).paragraph_format.page_break_before = True


def _foot(document: Document) -> Paragraph:
    footer = document.sections[0].first_page_footer
    footer.is_linked_to_previous = False
    foot: Paragraph = footer.paragraphs[0]
    foot.style = document.styles[FOOT]
    return foot


def _paragraphs(document: Document) -> Iterator[tuple[str, CT_P]]:
    """The letter's own, with the bookmarks that they get; the last is that of the signature or what stands below."""
    for number, paragraph in enumerate(document.element.body.iterchildren(qn("w:p"))):
        if "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip():
            yield _BOOKMARK.format(number), paragraph
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            return


def _mark(paragraph: CT_P, name: str, number: int) -> Iterator[_Element]:
    """A bookmark at the beginning of ``paragraph``."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(_FIRST_ID + number))
    start.set(qn("w:name"), name)
    run = next(paragraph.iterchildren(qn("w:r")))
    run.addprevious(start)
    run.addprevious(end)
    yield start
    yield end


def first_words(text: str) -> str:
    """The beginning of ``text``, up to a space, else to where a word is sure to begin."""
    words = text.split()
    said = words[0]
    for word in words[1:]:
        if len(said) + 1 + len(word) > _LONGEST:
            break
        said += f" {word}"
    if len(said) <= _LONGEST:
        if len(words) == 1 or len(said) > len(words[0]) or not re.fullmatch(r"[\d๐-๙.()]+", said):
            return said
        said = f"{said} {words[1]}"  # a number says nothing alone
    ends = [found.start() for found in _WORD_BEGINS.finditer(said) if found.start() <= _LONGEST]
    return _LEADS_ON.sub("", said[: ends[-1]]) if ends else said[:_LONGEST]
