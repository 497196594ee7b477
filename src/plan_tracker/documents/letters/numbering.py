"""Number and date in a letter that has been drafted: its dotted blanks are filled where they stand.

Whatever an officer has edited stays: of the package one part is written anew, and in that the blanks alone. They are
known by the character styles that the templates give them, else, in a letter of another template, by their place:
after ``ที่`` and ``วันที่`` in a memo, and in an external letter after ``ที่`` and on the line of its date. Reads and
gives bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from plan_tracker.documents.letters.reference import Reference
from plan_tracker.documents.letters.words import in_full
from plan_tracker.documents.word.parts import part_of
from plan_tracker.documents.wording import localise

NUMBER_BLANK, DATE_BLANK = "Number Blank", "Date Blank"  # filled, they are gone
NUMBER_LINE, DATE_LINE = "Number Line", "Date Line"  # drawn on after what is filled in
_DATE_PARAGRAPH = "Letter Date"
_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_MEMO_LINE = re.compile(r"^\s*ที่[ \u00a0]*(?P<number>.*?)วันที่[ \u00a0]*(?P<date>.*)$", re.DOTALL)
_NUMBER_ONLY = re.compile(r"^\s*ที่[ \t\u00a0]+(?P<number>.*)$", re.DOTALL)
_PLACES = {"number": (NUMBER_BLANK, NUMBER_LINE), "date": (DATE_BLANK, DATE_LINE)}


class UnreadableLetterError(ValueError):
    """The letter can't be read as a Word document."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """``content`` with number and date in it; None where they could not be put there: ``stands`` says what does.

    ``stands`` is empty where there is no blank, else the text that stands in its place.
    """

    content: bytes | None
    stands: str = ""


@dataclass(frozen=True, slots=True)
class _Blank:
    """A stretch of ``leaves``, the texts and tabs of a paragraph; ``line``: its last tab stays after what is filled."""

    leaves: Sequence[etree._Element]
    start: int
    end: int
    line: bool

    @property
    def text(self) -> str:
        return _text(self.leaves)[self.start : self.end]

    def fill(self, text: str) -> None:
        at, placed = 0, False
        for leaf in self.leaves:
            size = len(_of(leaf))
            first, last = max(self.start - at, 0), min(self.end - at, size)
            if first < last or (first == last and self.start == self.end and not placed):
                _replace(leaf, first, last, "" if placed else text, keep_tab=self.line and at + size >= self.end)
                placed = True
            at += size


def number_letter(
    content: bytes, own: Reference, *, thai_digits: bool, prefix: str = "", before: Reference | None = None
) -> Numbered:
    """Fills the blanks of the letter ``content`` with ``own`` number and date, which are both known.

    What stands there already may be ``prefix``, what ``before`` recorded, or ``own`` itself.
    ``UnreadableLetterError`` for what is no Word document.
    """
    assert own.day is not None
    with _opened(content) as package:
        body = part_of(package, _BODY)
        styles = _style_ids(part_of(package, _STYLES))
    wanted = {"number": localise(own.number, thai_digits), "date": localise(in_full(own.day), thai_digits)}
    may_stand = {
        "number": {prefix, own.number, *([before.number] if before else [])},
        "date": {in_full(day) for day in (own.day, before.day if before else None) if day},
    }
    blanks = {name: _find(body, styles, name) for name in wanted}
    for name, blank in blanks.items():
        if blank is None:
            return Numbered(None)
        if not _may_go(blank.text, may_stand[name]):
            return Numbered(None, _plain(blank.text))
    if all(blank and _plain(blank.text) == _plain(wanted[name]) for name, blank in blanks.items()):
        return Numbered(content)
    for name, blank in blanks.items():
        assert blank is not None
        blank.fill(wanted[name])
    return Numbered(_with_body(content, etree.tostring(body, encoding="UTF-8", xml_declaration=True, standalone=True)))


def _opened(content: bytes) -> ZipFile:
    try:
        package = ZipFile(BytesIO(content))
        if {_BODY, _STYLES} <= set(package.namelist()):
            return package
    except BadZipFile as error:
        raise UnreadableLetterError(str(error)) from error
    raise UnreadableLetterError(_BODY)


def _with_body(content: bytes, body: bytes) -> bytes:
    """The package anew, every other part as it is."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(made, "w") as target:
        for item in package.infolist():
            target.writestr(item, body if item.filename == _BODY else package.read(item), item.compress_type)
    return made.getvalue()


def _may_go(text: str, may_stand: Iterable[str]) -> bool:
    plain = _plain(text)
    return not plain or plain in {_plain(known) for known in may_stand}


def _plain(text: str) -> str:
    """``text`` without dots, blanks, and the kind of its digits."""
    return " ".join(text.translate(_ARABIC).replace("…", " ").replace("\u00a0", " ").strip(" \t\r\n._").split())


_ARABIC = {ord("๐") + digit: str(digit) for digit in range(10)}


def _style_ids(styles: etree._Element) -> dict[str, str]:
    """The id of each style by its name."""
    found = {}
    for style in styles.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if name is not None:
            found[name.get(qn("w:val"), "")] = style.get(qn("w:styleId"), "")
    return found


def _find(body: etree._Element, styles: dict[str, str], name: str) -> _Blank | None:
    blank, line = (styles.get(style) for style in _PLACES[name])
    for paragraph in body.iter(qn("w:p")):
        for style, is_line in ((blank, False), (line, True)):
            marked = [leaf for leaf in _leaves(paragraph) if style and _run_style(leaf) == style]
            if marked:
                return _Blank(marked, 0, len(_text(marked)), is_line)
    return next(_by_place(body, styles, name), None)


def _by_place(body: etree._Element, styles: dict[str, str], name: str) -> Iterator[_Blank]:
    for paragraph in body.iter(qn("w:p")):
        leaves = list(_leaves(paragraph))
        text = _text(leaves)
        memo, alone = _MEMO_LINE.match(text), _NUMBER_ONLY.match(text)
        if memo:
            yield _Blank(leaves, *memo.span(name), True)
        elif alone and name == "number":
            yield _Blank(leaves, *alone.span(name), False)
        elif name == "date" and _paragraph_style(paragraph) == styles.get(_DATE_PARAGRAPH, _DATE_PARAGRAPH):
            yield _Blank(leaves, 0, len(text), False)


def _leaves(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The texts and tabs that are read in a paragraph: neither tab stops, nor what was deleted or is in a box."""
    for leaf in paragraph.iter(qn("w:t"), qn("w:tab")):
        if _run_of(leaf).tag == qn("w:r") and next(leaf.iterancestors(qn("w:p"))) is paragraph:
            yield leaf


def _run_of(leaf: etree._Element) -> etree._Element:
    run = leaf.getparent()
    assert run is not None
    return run


def _run_style(leaf: etree._Element) -> str:
    style = _run_of(leaf).find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
    return "" if style is None else str(style.get(qn("w:val"), ""))


def _paragraph_style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val"), ""))


def _of(leaf: etree._Element) -> str:
    return "\t" if leaf.tag == qn("w:tab") else str(leaf.text or "")


def _text(leaves: Iterable[etree._Element]) -> str:
    return "".join(map(_of, leaves))


def _replace(leaf: etree._Element, first: int, last: int, text: str, *, keep_tab: bool) -> None:
    """Puts ``text`` in place of a part of ``leaf``, in the same run."""
    if leaf.tag == qn("w:t"):
        leaf.text = _of(leaf)[:first] + text + _of(leaf)[last:]
        leaf.set(_SPACE, "preserve")
        return
    if text:
        made = OxmlElement("w:t")
        made.text = text
        made.set(_SPACE, "preserve")
        leaf.addprevious(made)
    if not keep_tab:
        _run_of(leaf).remove(leaf)


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
