"""R21: the PDF that is published is tagged, and says so where LibreOffice may run no macros, too."""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from plan_tracker.config import Config, Report
from plan_tracker.documents.report.context import write_report
from plan_tracker.documents.word.published_pdf import (
    _lay_macro,
    chart_descriptions,
    counts_in_thai,
    write_published_pdf,
)
from plan_tracker.workspace.folders import Workspace
from tests.office import need_office
from tests.report.test_summary import GOOD, figures, quarter


def stand_in(folder: Path, does: str) -> Path:
    """A program in LibreOffice's place, which notes what it was asked for."""
    program = folder / "soffice"
    noted = folder / "asked"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{noted}"\n{does}\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def written(folder: Path, *, thai_digits: bool) -> Path:
    workspace = Workspace(folder, Config(2569, report=Report(thai_digits=thai_digits)))
    write_report(figures(quarter([GOOD])), workspace, folder / "r.docx")
    return folder / "r.docx"


@pytest.mark.parametrize("thai_digits", [True, False])
def test_a_report_tells_whether_it_counts_in_thai(tmp_path: Path, thai_digits: bool) -> None:
    assert counts_in_thai(written(tmp_path, thai_digits=thai_digits)) is thai_digits


def test_every_chart_s_words_are_handed_to_the_macro(tmp_path: Path) -> None:
    """An inner quote would end the macro's text."""
    document = written(tmp_path, thai_digits=False)
    said = chart_descriptions(document)
    assert [text.partition(" ")[0] for text in said] == ["แผนภูมิแท่ง"] * 3
    _lay_macro(tmp_path, ['ว่า "ก"\nข', *said])
    macro = (tmp_path / "user" / "basic" / "Standard" / "Paper.xba").read_text(encoding="utf-8")
    assert 'texts(0) = "ว่า ""ก"" ข"' in html.unescape(macro)
    assert chart_descriptions(tmp_path / "none.docx") == []


@pytest.mark.office
def test_no_figure_of_the_pdf_is_without_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_office()
    monkeypatch.setenv("PLANTRACK_SOFFICE", "none")
    document = written(tmp_path, thai_digits=True)
    monkeypatch.delenv("PLANTRACK_SOFFICE")
    made = write_published_pdf(document, tmp_path)
    assert made is not None
    root: Any = PdfReader(made).trailer["/Root"]
    figures_of_pdf = list(_figures(root["/StructTreeRoot"]))
    assert len(figures_of_pdf) == len(chart_descriptions(document))
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures_of_pdf)


def _figures(structure: Any) -> Iterator[Any]:
    element = structure.get_object()
    if isinstance(element, list):
        for one in element:
            yield from _figures(one)
    elif hasattr(element, "get"):
        if element.get("/S") == "/Figure":
            yield element
        if (kids := element.get("/K")) is not None:
            yield from _figures(kids)


def test_a_document_without_lists_does_not_count_in_thai(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "d.docx"))
    assert not counts_in_thai(tmp_path / "d.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of the shell")
def test_where_no_macro_runs_the_pdf_is_tagged_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = written(tmp_path, thai_digits=True)
    convert = """for last; do :; done
case "$*" in *--convert-to*)
  printf %%PDF > "${last%.docx}.pdf"
  printf ,user,computer > "$(dirname "$last")/.~lock.r.docx#";;
esac"""
    monkeypatch.setenv("PLANTRACK_SOFFICE", str(stand_in(tmp_path, convert)))
    (tmp_path / "out").mkdir()
    assert write_published_pdf(document, tmp_path / "out") == tmp_path / "out" / "r.pdf"
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["r.pdf"]
    assert not list(tmp_path.glob(".~lock*"))  # it names user and computer, and the folder is published
    asked = (tmp_path / "asked").read_text(encoding="utf-8")
    assert re.search(r'Export\("file:///[^"]+/r\.docx","file:///[^"]+/r\.pdf",1\)', asked)
    assert document.as_uri() not in asked
    assert '"UseTaggedPDF": {"type": "boolean", "value": "true"}' in asked
    assert '"PDFUACompliance": {"type": "boolean", "value": "true"}' in asked


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script of the shell")
def test_where_libreoffice_gives_nothing_there_is_no_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = written(tmp_path, thai_digits=False)
    monkeypatch.setenv("PLANTRACK_SOFFICE", str(stand_in(tmp_path, "exit 1")))
    assert write_published_pdf(document, tmp_path) is None
    assert ",0)" in (tmp_path / "asked").read_text(encoding="utf-8")
