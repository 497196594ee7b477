"""Counts headings as Word does: the numbers that its lists put before paragraphs are nowhere in the text.

Also writes Word's Thai number formats: ``thaiNumbers`` ๑ ๒ ๓ and ``thaiLetters`` ก ข ค.
"""

from __future__ import annotations

import re

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element

from plan_tracker.fiscal import thai_digits as to_thai

_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_THAI_NUMBERS, _THAI_LETTERS = "thaiNumbers", "thaiLetters"
_PLACE = re.compile("%([1-9])")


def numbered(number: int, number_format: str) -> str:
    """``number`` in one of Word's formats; after the last letter they are doubled."""
    if number_format == _THAI_LETTERS and number > 0:
        repeats, place = divmod(number - 1, len(_LETTERS))
        return _LETTERS[place] * (repeats + 1)
    return to_thai(str(number)) if number_format == _THAI_NUMBERS else str(number)


def use_arabic_digits(document: Document) -> None:
    """Turns the lists' Thai digits into Arabic ones."""
    for found in _numbering(document).iter(qn("w:numFmt")):
        if found.get(qn("w:val")) == _THAI_NUMBERS:
            found.set(qn("w:val"), "decimal")


class Numbering:
    """Goes through a document's paragraphs in order, counting those that a list numbers."""

    def __init__(self, document: Document, thai_digits: bool) -> None:
        self._digits = _THAI_NUMBERS if thai_digits else "decimal"
        numbering = _numbering(document)
        abstract = {one.get(qn("w:abstractNumId")): one for one in numbering.iter(qn("w:abstractNum"))}
        self._lists = {
            one.get(qn("w:numId")): abstract.get(_value(one, "w:abstractNumId", ""))
            for one in numbering.iter(qn("w:num"))
        }
        self._of_style = {
            style.get(qn("w:styleId")): found
            for style in document.styles.element.iter(qn("w:style"))
            if (found := style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")) is not None
        }
        self._counts: dict[str, list[int]] = {}

    def next_of(self, paragraph: _Element, style: str) -> str:
        """The number that stands before ``paragraph``, counted; blank where its list is none."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        found = own if own is not None else self._of_style.get(style)
        if found is None:
            return ""
        name, level = _value(found, "w:numId", "0"), int(_value(found, "w:ilvl", "0"))
        levels = self._lists.get(name)
        if levels is None:
            return ""
        counts = self._counts.setdefault(name, [0] * 9)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        return self._written(levels, level, counts)

    def _written(self, levels: _Element, level: int, counts: list[int]) -> str:
        formats, text = {}, ""
        for one in levels.iter(qn("w:lvl")):
            number = int(one.get(qn("w:ilvl"), "0"))
            formats[number] = _value(one, "w:numFmt", "decimal")
            if number == level:
                text = _value(one, "w:lvlText", "")

        def count(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            kind = formats.get(at, "decimal")
            return numbered(counts[at], self._digits if kind == _THAI_NUMBERS else kind)

        return _PLACE.sub(count, text)


def _numbering(document: Document) -> _Element:
    """The lists' definitions; none in a document without lists."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return etree.Element("none")
    assert isinstance(part, XmlPart)
    element: _Element = part.element
    return element


def _value(parent: _Element, tag: str, default: str) -> str:
    found = parent.find(qn(tag))
    return default if found is None else str(found.get(qn("w:val"), default))
