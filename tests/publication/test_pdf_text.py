"""What is taken out of a PDF by patterns is what stands on its pages; what has another shape is left to pypdf."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
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


def test_what_signs_stand_for_is_read_where_they_are_none_of_the_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A font draws ``ำ`` as two signs, of which one is no letter by itself, or as often as not ``า``."""
    drawn = f"/Span<</ActualText<FEFF0E33>>>\nBDC\n1 0 0 1 90 50 Tm\n/F1 13 Tf<F0{_numbers('า')}>Tj\nEMC\n"
    content = f"BT 10 100 Td /F1 13 Tf<{_numbers('ส')}>Tj\n{drawn}/F1 13 Tf<{_numbers('นาง')}>Tj ET"
    path = _written(tmp_path / "ก.pdf", content)
    monkeypatch.setattr(PageObject, "extract_text", None)
    assert "สำนาง" in list(texts_of_pdf(path))


@pytest.mark.parametrize(
    ("content", "digits"),
    [
        ("BT 10 100 Td /F1 13 Tf<{text}>Tj (\\001) Tj ET", 2),  # in brackets, where numbers are signs
        ("BT /F1 13 Tf ET BT 10 100 Td <{text}>Tj ET", 2),  # in a font of the block before
        ("BT 10 100 Td /F1 13 Tf<{text}>' ET", 2),  # another way to show
        ("BT 10 100 Td /F1 13 Tf<{text}>\nTj <{text}> % \nTj ET", 2),  # more of them than the pattern knows
        ("BT 10 100 Td /F1 13 Tf<{text}>Tj /F1 -9 Tf<{text}>Tj ET", 2),  # a font that the pattern doesn't know
        ("BT 10 100 Td /F1 13 Tf<{text}>Tj ET", 4),  # numbers of two bytes
    ],
)
def test_what_has_another_shape_is_left_to_pypdf(tmp_path: Path, content: str, digits: int) -> None:
    path = _written(tmp_path / "ก.pdf", content.format(text=_numbers(_SAID, digits)), digits=digits)
    texts = list(texts_of_pdf(path))[1:]
    assert texts == [PdfReader(path).pages[0].extract_text()]


def test_what_libreoffice_writes_is_in_the_plain_shape_and_no_letter_of_it_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE")
    said = ["สำนักงานของนายสำราญ", f"{_SAID} “ก–ข” 1,250.00", "มีฎีกา ปู่ ญี่ปุ่น น้ำ office, fi, fl ๑๒๓ 02-123-4567"]
    document = Document()
    cells = [cell for row in document.add_table(1, 2).rows for cell in row.cells]
    last = document.add_paragraph()
    last.add_run().add_break(WD_BREAK.PAGE)
    for text, paragraph in zip(said, (*(cell.paragraphs[0] for cell in cells), last), strict=True):
        run = paragraph.add_run(text)
        for name in ("w:ascii", "w:hAnsi", "w:cs"):
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn(name), "TH SarabunPSK")
    document.save(str(tmp_path / "ก.docx"))
    made = write_published_pdf(tmp_path / "ก.docx", tmp_path)
    assert made is not None
    monkeypatch.setattr(PageObject, "extract_text", None)
    assert len(PdfReader(made).pages) == 2
    assert _squeezed(list(texts_of_pdf(made))[1:]) == _squeezed(["".join(said[:2]), said[2]])
