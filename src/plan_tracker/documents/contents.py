"""The table of contents: entries put into the template's TOC field, each linked to its heading.

Only Word knows the pages: it adds their numbers when the field is updated (F9). Until then each
entry is a working link.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

_LEVELS = {"Heading1": 1, "Heading2": 2}
_FIRST_ID = 10_000  # above the bookmarks that a template may have


def fill_contents(body: _Element) -> None:
    """Puts an entry per heading of level 1 and 2 before the end of the TOC field in ``body``, if any."""
    end = _end_of_toc(body)
    if end is None:
        return
    for number, (level, heading) in enumerate(_headings(body)):
        name = f"_Toc{_FIRST_ID + number}"
        _bookmark(heading, name, _FIRST_ID + number)
        end.addprevious(_entry(_text(heading), level, name))


def _end_of_toc(body: _Element) -> _Element | None:
    """The paragraph that closes the TOC field."""
    inside = False
    for paragraph in body.iterchildren(qn("w:p")):
        inside = inside or any("TOC" in (code.text or "") for code in paragraph.iter(qn("w:instrText")))
        if inside and any(c.get(qn("w:fldCharType")) == "end" for c in paragraph.iter(qn("w:fldChar"))):
            return paragraph
    return None


def _headings(body: _Element) -> Iterator[tuple[int, _Element]]:
    for paragraph in body.iterchildren(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = _LEVELS.get(style.get(qn("w:val"), "")) if style is not None else None
        if level and _text(paragraph):
            yield level, paragraph


def _text(paragraph: _Element) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(qn("w:t"))).strip()


def _bookmark(heading: _Element, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = heading.find(qn("w:pPr"))
    assert properties is not None  # where its style stands
    properties.addnext(start)
    heading.append(end)


def _entry(text: str, level: int, bookmark: str) -> _Element:
    """A line of the contents: the heading's text, leading to it."""
    paragraph, properties, style = OxmlElement("w:p"), OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    link, run, shown = OxmlElement("w:hyperlink"), OxmlElement("w:r"), OxmlElement("w:t")
    style.set(qn("w:val"), f"TOC{level}")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    shown.text = text
    for parent, child in ((properties, style), (paragraph, properties), (run, shown), (link, run), (paragraph, link)):
        parent.append(child)
    return paragraph
