"""Ends of tables: no row alone on the page after the others, and no note without the last row that it is on.

What belongs together in a table, such as a project and its result below it, its template keeps together already
(``w:keepNext``) and counts as one here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

_TOGETHER = 2  # entries at the end of a table that stay on one page
_NOTE = "Note"  # the style of what is said below a table
_PARAGRAPH, _PROPERTIES, _STYLE, _KEPT = map(qn, ("w:p", "w:pPr", "w:pStyle", "w:keepNext"))
_HEAD = f"{qn('w:trPr')}/{qn('w:tblHeader')}"


def keep_table_ends(body: _Element) -> None:
    """Keeps the last entries of every table of ``body`` that has a head on one page, with the note below it."""
    for table in body.iterchildren(qn("w:tbl")):
        rows = list(table.iterchildren(qn("w:tr")))
        if not rows or rows[0].find(_HEAD) is None:
            continue
        last = list(_last_entries([row for row in rows if row.find(_HEAD) is None]))
        for row in last if _has_note(table) else last[1:]:
            _keep(row)


def _last_entries(rows: Sequence[_Element]) -> Iterator[_Element]:
    """The rows of the last entries, from the end on."""
    entries = 0
    for row in reversed(rows):
        entries += not _is_kept(row)
        if entries > _TOGETHER:
            return
        yield row


def _is_kept(row: _Element) -> bool:
    paragraph = next(row.iter(_PARAGRAPH), None)
    return paragraph is not None and paragraph.find(f"{_PROPERTIES}/{_KEPT}") is not None


def _has_note(table: _Element) -> bool:
    below = table.getnext()
    style = below.find(f"{_PROPERTIES}/{_STYLE}") if below is not None else None
    return style is not None and style.get(qn("w:val")) == _NOTE


def _keep(row: _Element) -> None:
    for paragraph in row.iter(_PARAGRAPH):
        properties = paragraph.find(_PROPERTIES)
        if properties is None or properties.find(_KEPT) is not None:
            continue
        style = properties.find(_STYLE)
        properties.insert(0 if style is None else 1, OxmlElement("w:keepNext"))
