"""What is taken out of a PDF by patterns is what pypdf takes out of it; what has another shape is left to pypdf."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from plan_tracker.documents.word.published_pdf import write_published_pdf
from plan_tracker.publication.pdf_text import texts_of_pdf
from tests.office import need_office

_SAID = "นางสาวสมหญิง a@b.go.th"
_MAP = """begincmap 1 begincodespacerange
<{first}> <{last}>
endcodespacerange
{number} beginbfchar
{letters}
endbfchar endcmap"""


def _written(path: Path, content: str, *, digits: int = 2) -> Path:
    """A PDF of a page with ``content``; its font F1 has the letters of ``_SAID`` from 1 on, in so many ``digits``."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    letters = "\n".join(f"<{n:0{digits}X}> <{ord(letter):04X}>" for n, letter in enumerate(_SAID, 1))
    told, shown = DecodedStreamObject(), DecodedStreamObject()
    told.set_data(
        _MAP.format(first="0" * digits, last="F" * digits, number=len(_SAID), letters=letters).encode("ascii")
    )
    shown.set_data(content.encode("latin-1"))
    font = {"/Type": "/Font", "/Subtype": "/TrueType", "/BaseFont": "/Sarabun"}
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    named[NameObject("/ToUnicode")] = writer._add_object(told)
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(shown)
    writer.write(path)
    return path


def _numbers(text: str, digits: int = 2) -> str:
    return "".join(f"{_SAID.index(letter) + 1:0{digits}X}" for letter in text)


def _squeezed(texts: list[str]) -> set[str]:
    return {"".join(text.split()) for text in texts}


def test_a_page_in_the_plain_shape_is_taken_apart_by_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, address = _numbers("นางสาวสมหญิง"), _numbers("a@b.go.th")
    content = f"BT 10 100 Td /F1 13 Tf[<{name[:8]}>4<{name[8:]}>-3]TJ ET BT 10 50 Td /F1 9.5 Tf<{address}>Tj ET"
    path = _written(tmp_path / "ก.pdf", content)
    monkeypatch.setattr(PageObject, "extract_text", None)
    texts = list(texts_of_pdf(path))[1:]
    assert texts == ["นางสาวสมหญิงa@b.go.th", "นางสาวสมหญิง a@b.go.th"]


@pytest.mark.parametrize(
    ("content", "digits"),
    [
        ("BT 10 100 Td /F1 13 Tf<{text}>Tj (\\001) Tj ET", 2),  # in brackets, where numbers are signs
        ("BT /F1 13 Tf ET BT 10 100 Td <{text}>Tj ET", 2),  # in a font of the block before
        ("BT 10 100 Td /F1 13 Tf<{text}>' ET", 2),  # another way to show
        ("BT 10 100 Td /F1 13 Tf<{text}>\nTj <{text}> % \nTj ET", 2),  # more of them than the pattern knows
        ("BT 10 100 Td /F1 13 Tf<{text}>Tj ET", 4),  # numbers of two bytes
    ],
)
def test_what_has_another_shape_is_left_to_pypdf(tmp_path: Path, content: str, digits: int) -> None:
    path = _written(tmp_path / "ก.pdf", content.format(text=_numbers(_SAID, digits)), digits=digits)
    texts = list(texts_of_pdf(path))[1:]
    assert texts == [PdfReader(path).pages[0].extract_text()]


def test_what_libreoffice_writes_is_in_the_plain_shape_and_reads_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE")
    document = Document()
    document.add_heading("บทที่ ๑ ผลการดำเนินงาน (ตัวอย่าง)")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"{_SAID} {number} “ก–ข” 1,250.00"
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("มีฎีกา ปู่ ญี่ปุ่น office, fi, fl ๑๒๓ 02-123-4567")
    document.save(str(tmp_path / "ก.docx"))
    made = write_published_pdf(tmp_path / "ก.docx", tmp_path)
    assert made is not None
    pages = PdfReader(made).pages
    texts = list(texts_of_pdf(made))[1:]
    assert len(pages) == 2
    assert len(texts) == 2 * len(pages)
    assert _squeezed(texts) == _squeezed([page.extract_text() for page in pages])
