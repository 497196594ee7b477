r"""TOC fields of a Word document, as Word, LibreOffice and plantrack's own templates write them.

A field is a run of marks: ``begin``, its code, ``separate``, the entries of its last update, ``end``. They may stand in
one paragraph or in many, in a content control or not, and entries hold fields of their own. A field ``TOC \o "1-2"``
lists headings, ``TOC \c "ตาราง"`` the captions of tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

EDGE = "Contents Edge"  # the style of the lines that hold a field's marks
_LABEL = re.compile(r"\\c\s+\"?([^\"\\\s]+)")
_ENTRY_STYLE = re.compile(r"toc \d|table of figures")


@dataclass(frozen=True, slots=True)
class TocField:
    """``label``: what its captions count, blank for headings. ``separate`` and ``end``: the runs around its entries."""

    label: str
    separate: _Element
    end: _Element

    @property
    def first(self) -> _Element:
        """The paragraph that it begins in."""
        return _paragraph_of(self.separate)

    @property
    def last(self) -> _Element:
        """The paragraph that it ends in."""
        return _paragraph_of(self.end)


@dataclass(slots=True)
class _OpenField:
    code: str = ""
    separate: _Element | None = None


def toc_fields(body: _Element) -> Iterator[TocField]:
    """Each TOC field of ``body`` whose first and last paragraph are siblings or the same."""
    open_: list[_OpenField] = []
    for mark in list(body.iter(qn("w:fldChar"), qn("w:instrText"))):
        kind, run = mark.get(qn("w:fldCharType")), mark.getparent()
        assert run is not None
        if kind == "begin":
            open_.append(_OpenField())
        elif not open_:
            continue
        elif kind == "separate":
            open_[-1].separate = run
        elif kind == "end":
            yield from _toc_field(open_.pop(), run)
        else:
            open_[-1].code += mark.text or ""


def _toc_field(closed: _OpenField, end: _Element) -> Iterator[TocField]:
    if closed.code.strip().startswith("TOC") and closed.separate is not None:
        named = _LABEL.search(closed.code)
        found = TocField(named[1] if named else "", closed.separate, end)
        if found.first.getparent() is found.last.getparent():
            yield found


def clear_contents(document: Document) -> None:
    """Takes the entries of the last update out of every TOC field; each then ends in a paragraph of its own."""
    fields = list(toc_fields(document.element.body))
    if not fields:
        return  # a letter has none, and going by all styles would be a fifth of its time
    edge = next((style.style_id for style in document.styles if style.name == EDGE), "")
    entry_styles = {style.style_id for style in document.styles if _ENTRY_STYLE.fullmatch((style.name or "").lower())}
    for field in fields:
        _part(field)
        clear(field)
        for paragraph in (field.first, field.last):
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            if edge and style is not None and style.get(qn("w:val")) in entry_styles:
                style.set(qn("w:val"), edge)


def clear(field: TocField) -> None:
    """Takes out whatever stands between the marks of ``field``, which are in two paragraphs."""
    within = [*_child(field.first, field.separate).itersiblings(), *_between(field.first, field.last)]
    remove([*within, *_before(_child(field.last, field.end))])


def entry_paragraphs(body: _Element) -> set[_Element]:
    """The paragraphs that TOC fields fill, from their first to their last."""
    return {
        paragraph
        for field in toc_fields(body)
        for one in (field.first, *_between(field.first, field.last), field.last)
        for paragraph in one.iter(qn("w:p"))
    }


def counted_by(caption: _Element) -> str:
    """What a caption's SEQ field counts; blank where there is none."""
    codes = ((code.text or "none").split() for code in caption.iter(qn("w:instrText")))
    return next((words[1] for words in codes if words[0].upper() == "SEQ" and len(words) > 1), "")


def remove(elements: Iterable[_Element]) -> None:
    """Takes ``elements`` out of their parents."""
    for element in elements:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)


def _part(field: TocField) -> None:
    """Gives the end of ``field`` a paragraph of its own, like the first, if it ends where it begins."""
    first, end = field.first, _child(field.last, field.end)
    if first is not field.last:
        return
    moved = [end, *end.itersiblings()]
    last = OxmlElement("w:p")
    properties = first.find(qn("w:pPr"))
    if properties is not None:
        last.append(deepcopy(properties))
    last.extend(moved)
    first.addnext(last)


def _paragraph_of(run: _Element) -> _Element:
    return next(run.iterancestors(qn("w:p")))


def _child(paragraph: _Element, run: _Element) -> _Element:
    """What of ``paragraph`` holds ``run``: itself, or a link around it."""
    one = run
    while (parent := one.getparent()) is not paragraph:
        assert parent is not None
        one = parent
    return one


def _before(one: _Element) -> list[_Element]:
    return [sibling for sibling in one.itersiblings(preceding=True) if sibling.tag != qn("w:pPr")]


def _between(first: _Element, last: _Element) -> list[_Element]:
    if first is last:
        return []
    found = []
    for one in first.itersiblings():
        if one is last:
            break
        found.append(one)
    return found
