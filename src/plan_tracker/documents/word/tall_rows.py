"""Table rows that are too tall to stay on one page: they may break, so that nothing of them is cut off.

A template keeps the rows of its tables whole (``w:cantSplit``). A row that does not fit a page is then cut off by
LibreOffice, and leaves the page before it empty in Word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from docx.oxml.ns import nsmap, qn
from lxml import etree

from plan_tracker.documents.word.contents_fields import remove

_LINES = 14  # of text that stay together: a good half of a wide page
_CHARACTER = 125  # of table text at 14 points on average, in twentieths of a point, rather too wide than too narrow
_SHORT = 100  # characters that fit so many lines in any column
_ROOMLESS = re.compile("[ัิ-ฺ็-๎]")  # Thai vowels and tones above and below
_ROW, _PARAGRAPH, _TEXT, _BREAK = map(qn, ("w:tr", "w:p", "w:t", "w:br"))
_WIDTH = f"{qn('w:tcPr')}/{qn('w:tcW')}"
# Compiled, since python-docx's own texts of runs and paragraphs are slow to ask for.
_KEPT_WHOLE = etree.XPath(".//w:tr/w:trPr/w:cantSplit", namespaces=nsmap)
_LONG_CELLS = etree.XPath(f"w:tc[string-length() > {_SHORT} or .//w:br]", namespaces=nsmap)


def let_tall_rows_break(body: etree._Element) -> None:
    """Takes ``w:cantSplit`` from every row of the document of ``body`` that takes more than about half a page."""
    for kept in cast("list[etree._Element]", _KEPT_WHOLE(body)):
        row = next(kept.iterancestors(_ROW))
        if any(sum(_lines_in(cell)) > _LINES for cell in cast("list[etree._Element]", _LONG_CELLS(row))):
            remove([kept])


def _lines_in(cell: etree._Element) -> Iterator[int]:
    width = cell.find(_WIDTH)
    twips = int(width.get(qn("w:w"), "0")) if width is not None and width.get(qn("w:type")) == "dxa" else 0
    fit = max(1, twips // _CHARACTER)
    for paragraph in cell.iter(_PARAGRAPH):
        pieces = (piece.text or "" if piece.tag == _TEXT else "\n" for piece in paragraph.iter(_TEXT, _BREAK))
        for line in _ROOMLESS.sub("", "".join(pieces)).split("\n"):
            yield 1 + max(0, len(line) - 1) // fit
