"""Writes ``templates/docx/report.docx``, ``report-year-end.docx`` and their second volume ``report-sheets.docx``.

The files are what officers edit in Word; run this only to start them anew. Tags are named in
``plan_tracker.documents.report.context``.
"""

from __future__ import annotations

from pathlib import Path

from docx.document import Document

from tools import report_beyond_quarter as beyond
from tools import report_chapters as chapters
from tools.report_decisions import decisions, glance
from tools.report_front import cover, front, introduction
from tools.report_sheets import build_sheets
from tools.report_styles import define_styles
from tools.thai_docx import Writer, new_document, save_document

FOLDER = Path(__file__).parents[1] / "templates" / "docx"


def main(folder: Path = FOLDER) -> None:
    for name, year_end in (("report.docx", False), ("report-year-end.docx", True)):
        save_document(_build(year_end=year_end), folder / name, "รายงานผลการดำเนินงาน")
    save_document(build_sheets(), folder / "report-sheets.docx", "ผลการดำเนินงานรายโครงการ")


def _build(*, year_end: bool) -> Document:
    document = new_document()
    writer = Writer(document)
    define_styles(writer)
    cover(writer)
    front(writer, year_end=year_end)
    decisions(writer)
    glance(writer)
    introduction(writer)
    chapters.overview(writer)
    chapters.money(writer)
    beyond.targets(writer)
    beyond.changes(writer)
    beyond.plan_changes(writer, year_end=year_end)
    # Charts one after the other, then tables, which may go on over a page and leave none half empty
    beyond.quarters(writer)
    chapters.comparison(writer)
    beyond.attention(writer)
    chapters.kpis(writer, year_end=year_end)
    chapters.units(writer, year_end=year_end)
    chapters.problems(writer, year_end=year_end)
    chapters.next_quarter(writer, year_end=year_end)
    if year_end:
        beyond.year(writer)
    chapters.exceptions(writer, year_end=year_end)
    return document


if __name__ == "__main__":
    main()
