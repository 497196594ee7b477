"""Table rows that are too tall to stay on one page: they may break, so that nothing of them is cut off.

A template keeps the rows of its tables whole (``w:cantSplit``). A row that does not fit a page is then cut off by
LibreOffice, and leaves the page before it empty in Word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

_LINES = 14  # of text that stay together: a good half of a wide page
_CHARACTER = 125  # of table text at 14 points on average, in twentieths of a point, rather too wide than too narrow
_SHORT = 100  # characters that fit so many lines in any column


def let_tall_rows_break(document: Document) -> None:
    """Takes ``w:cantSplit`` from every row of ``document`` that takes more than about half a page."""
    for kept in document.element.body.xpath(".//w:tr/w:trPr/w:cantSplit"):
        row = next(kept.iterancestors(qn("w:tr")))
        text = "".join(row.itertext())
        if (len(text) > _SHORT or row.find(f".//{qn('w:br')}") is not None) and _lines_of(row) > _LINES:
            kept.getparent().remove(kept)


def _lines_of(row: _Element) -> int:
    """How many lines the tallest cell of ``row`` takes."""
    return max((sum(_lines_in(cell)) for cell in row.iterchildren(qn("w:tc"))), default=0)


def _lines_in(cell: _Element) -> Iterator[int]:
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    twips = int(width.get(qn("w:w"), "0")) if width is not None and width.get(qn("w:type")) == "dxa" else 0
    fit = max(1, twips // _CHARACTER)
    for paragraph in cell.iter(qn("w:p")):
        for line in _text(paragraph).split("\n"):
            yield 1 + (len(line) - 1) // fit if line else 1


def _text(paragraph: _Element) -> str:
    """The letters that take room, which Thai vowels and tones above and below do not; newlines for line breaks."""
    pieces = (piece.text or "" if piece.tag == qn("w:t") else "\n" for piece in paragraph.iter(qn("w:t"), qn("w:br")))
    return "".join(letter for letter in "".join(pieces) if unicodedata.category(letter) != "Mn")
