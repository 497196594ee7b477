"""Contents: entries put into the template's TOC fields, each linked to its heading or caption, with its page.

Headings of the first two levels are listed, or captions. Headings' numbers are Word's own, so they are counted here as
Word counts them. Pages come from LibreOffice's layout where it is installed; without it, and in reports too large to
wait for, pages are blank and a line tells how to let Word fill them in (F9). The layouts differ little; Word's own
count replaces ours when the field is updated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from plan_tracker.documents.word.contents_fields import TocField, clear, counted_by, remove, toc_fields
from plan_tracker.documents.word.numbering import Numbering
from plan_tracker.documents.word.pages import measure_pages

HINT = "Contents Hint"  # the style of the line about F9
_HEADINGS = {"heading 1": 1, "heading 2": 2}
_CAPTION, _LIST_ENTRY, _CONTENTS_ENTRY = "caption", "table of figures", "toc {}"
_PARAGRAPH, _STYLE, _VALUE = qn("w:p"), f"{qn('w:pPr')}/{qn('w:pStyle')}", qn("w:val")
_FIRST_ID = 10_000  # above the bookmarks that a template may have


@dataclass(slots=True)
class Target:
    """What an entry leads to: a heading of ``level`` 1 or 2, or a caption whose field counts ``label``s.

    Its paragraph is known by its bookmark: whoever holds on to an element has all of its document in memory.
    """

    text: str
    level: int
    label: str = ""
    bookmark: str = ""


class Contents:
    """The contents of a document whose bodies it is given to ``note`` in their order, before it fills them.

    ``listed``: the labels of the fields that the template has, as ``TocField`` has them.
    """

    def __init__(self, document: Document, listed: Collection[str], thai_digits: bool) -> None:
        self._listed, self._thai_digits = listed, thai_digits
        self._numbering, self._names = Numbering(document, thai_digits), _style_names(document)
        self._keys = {name: key for key, name in self._names.items()}
        self._fields: list[TocField] = []
        self._targets: list[Target] = []

    def note(self, body: _Element) -> None:
        """Takes in the headings and captions of ``body``, and gives each that is listed a bookmark."""
        self._fields += toc_fields(body)
        for paragraph, target in self._targets_in(body):
            if target.label in self._listed:
                number = _FIRST_ID + len(self._targets)
                target.bookmark = f"_Toc{number}"
                _bookmark(paragraph, target.bookmark, number)
                self._targets.append(target)

    def fill(self, document: Document | None) -> None:
        """Fills every TOC field. ``document``: what has been noted, in one piece; without it there are no pages."""
        _write_entries(self._fields, self._targets, self._keys, {})  # their lines take room, and so move the pages
        if document is None or not self._fields:
            return
        pages = measure_pages(document, self._places_in(document.element.body), self._thai_digits)
        if pages:
            _write_entries(self._fields, self._targets, self._keys, pages)
            _drop_hints(document, self._keys.get(HINT.lower(), ""))

    def _places_in(self, body: _Element) -> dict[str, _Element]:
        """The paragraphs of what is listed, by their bookmarks."""
        named = {target.bookmark for target in self._targets}
        marks = ((mark.get(qn("w:name"), ""), mark.getparent()) for mark in body.iter(qn("w:bookmarkStart")))
        return {name: paragraph for name, paragraph in marks if name in named and paragraph is not None}

    def _targets_in(self, body: _Element) -> Iterator[tuple[_Element, Target]]:
        for paragraph in body.iterchildren(_PARAGRAPH):
            style = paragraph.find(_STYLE)
            key = style.get(_VALUE, "") if style is not None else ""
            name = self._names.get(key, "")
            number = self._numbering.next_of(paragraph, key)
            if name in _HEADINGS and (text := _text(paragraph)):
                yield paragraph, Target(f"{number} {text}".strip(), _HEADINGS[name])
            elif name == _CAPTION and (label := counted_by(paragraph)):
                yield paragraph, Target(_text(paragraph), 1, label)


def _style_names(document: Document) -> dict[str, str]:
    """Styles' names in lower case by their keys: a Thai Word gives its own keys, but keeps the names."""
    styles = document.styles.element.iter(qn("w:style"))
    return {
        style.get(qn("w:styleId")): name.get(qn("w:val")).lower()
        for style in styles
        if (name := style.find(qn("w:name"))) is not None
    }


def _text(paragraph: _Element) -> str:
    """Its words in one line."""
    return " ".join("".join(piece.text or "" for piece in paragraph.iter(qn("w:t"))).split())


def _bookmark(target: _Element, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = target.find(qn("w:pPr"))
    assert properties is not None  # where its style stands
    properties.addnext(start)
    target.append(end)


def _write_entries(
    fields: Sequence[TocField],
    targets: list[Target],
    keys: Mapping[str, str],
    pages: Mapping[str, str],
) -> None:
    """``keys`` are those of the styles by their names."""
    for field in fields:
        clear(field)
        for target in targets:
            if target.label == field.label:
                name = _LIST_ENTRY if field.label else _CONTENTS_ENTRY.format(target.level)
                field.last.addprevious(_entry(target, keys.get(name, ""), pages.get(target.bookmark, "")))


def _entry(target: Target, key: str, page: str) -> _Element:
    """A line of the contents: the text, and after a tab its page, blank or not, in a field that Word can update."""
    paragraph, properties, style = OxmlElement("w:p"), OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    link = OxmlElement("w:hyperlink")
    style.set(qn("w:val"), key)
    link.set(qn("w:anchor"), target.bookmark)
    link.set(qn("w:history"), "1")
    properties.append(style)
    paragraph.append(properties)
    paragraph.append(link)
    link.append(_run("w:t", target.text))
    link.append(_run("w:tab"))
    link.append(_mark("begin"))
    link.append(_run("w:instrText", f" PAGEREF {target.bookmark} \\h "))
    link.append(_mark("separate"))
    link.append(_run("w:t", page))
    link.append(_mark("end"))
    return paragraph


def _run(tag: str, text: str = "") -> _Element:
    run, inside = OxmlElement("w:r"), OxmlElement(tag)
    if text:
        inside.text = text
        inside.set(qn("xml:space"), "preserve")
    run.append(inside)
    return run


def _mark(kind: str) -> _Element:
    run = _run("w:fldChar")
    run[0].set(qn("w:fldCharType"), kind)
    return run


def _drop_hints(document: Document, key: str) -> None:
    styles = document.element.body.iter(qn("w:pStyle"))
    remove([next(style.iterancestors(qn("w:p"))) for style in styles if style.get(qn("w:val")) == key])
