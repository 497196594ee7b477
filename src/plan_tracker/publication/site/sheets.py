"""A project's sheet as HTML: its sections, each of lines and tables. On a phone a row of a table becomes a card.

Half of a site's text stands in them: Jinja takes four times as long. Nothing is read or written.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from plan_tracker.documents.report.project_sheets import BlockText, SectionText, SheetText
from plan_tracker.publication.site.words import as_html, marked


def sheet_html(sheet: SheetText, language: str) -> Markup:
    """``sheet`` on a page in ``language``: all texts are escaped, and those in another language marked."""
    return as_html("\n".join(_section(one, language) for one in sheet.sections))


def _section(section: SectionText, language: str) -> str:
    blocks = (
        _line(block, language) if block.kind == "line" else _table(block, section.heading, language)
        for block in section.blocks
    )
    return f'<div class="sheet">\n<h3>{escape(section.heading)}</h3>\n{"".join(blocks)}</div>'


def _line(block: BlockText, language: str) -> str:
    return f'<p class="text">{escape(block.label)}{marked(block.text, language)}</p>\n'


def _table(block: BlockText, heading: str, language: str) -> str:
    heads = [escape(head) for head in block.heads]
    caption = f">{escape(block.caption)}" if block.caption else f' class="unseen">{escape(heading)}'
    columns = "".join(f'<th role="columnheader" scope="col">{head}</th>' for head in heads)
    rows = "".join(_row(label, cells, heads, language) for label, *cells in block.rows)
    return (
        f'<table role="table" class="stack">\n<caption{caption}</caption>\n'
        f'<thead role="rowgroup"><tr role="row"><td role="cell"></td>{columns}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}</tbody></table>\n'
    )


def _row(label: str, cells: list[str], heads: list[Markup], language: str) -> str:
    said = "".join(
        f'<td role="cell" data-label="{head}">{marked(cell, language)}</td>'
        for head, cell in zip(heads, cells, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{escape(label)}</th>{said}</tr>\n'
