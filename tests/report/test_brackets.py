"""Brackets and what they hold: LibreOffice, left alone, ends lines of Thai after ``(`` and before ``)``."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from plan_tracker.documents.word.brackets import hold_brackets
from plan_tracker.documents.word.libreoffice import write_pdf
from tests.office import need_office
from tools.thai_docx import Writer, new_document, style

TEXT = "โครงการพัฒนาระบบบริหารงานพัสดุ (ตัวอย่าง) โครงการทบทวนกฎหมายดิจิทัล (ITA) ต่อ"


def narrow_columns(path: Path) -> Path:
    """The text in sixty widths, of which some would break a line at a bracket."""
    document = new_document()
    writer = Writer(document)
    for number in range(60):
        style(document, f"Width {number}", 13, paragraph=f"<w:ind w:right='{7900 - 62 * number}'/>")
        writer.text(TEXT, f"Width {number}")
    document.save(str(path))
    return path


@pytest.mark.office
def test_no_line_ends_between_a_bracket_and_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE", raising=False)
    pdf = write_pdf(narrow_columns(tmp_path / "narrow.docx"), tmp_path)
    assert pdf is not None
    text = "\n".join(page.extract_text() for page in PdfReader(pdf).pages)
    lines = [line.strip() for line in text.splitlines()]
    assert len(lines) > 150
    assert not [line for line in lines if line.startswith(")") or line.endswith("(")]
    assert "\u2060" not in text, "whoever copies from it gets what is seen"


def test_only_the_copy_is_joined(tmp_path: Path) -> None:
    path = narrow_columns(tmp_path / "narrow.docx")
    hold_brackets(path)
    said = docx.Document(str(path)).paragraphs[0].text
    assert said != TEXT
    assert said.replace("\u2060", "") == TEXT
    other = tmp_path / "other.docx"
    other.write_bytes(b"no document")
    hold_brackets(other)
    assert other.read_bytes() == b"no document"
