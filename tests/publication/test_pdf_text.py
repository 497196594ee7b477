"""Of what a published PDF says no letter is lost to whoever looks for something private in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from plan_tracker.documents.word.published_pdf import write_published_pdf
from plan_tracker.publication.pdf_text import texts_of_pdf
from tests.office import need_office

_SAID = "นางสาวสมหญิง a-b@c.go.th"
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
    writer.add_metadata({"/Author": "สมชาย"})
    writer.write(path)
    return path


def _numbers(text: str, digits: int = 2) -> str:
    return "".join(f"{_SAID.index(letter) + 1:0{digits}X}" for letter in text)


def _squeezed(texts: list[str]) -> set[str]:
    return {"".join(text.split()) for text in texts}


@pytest.mark.parametrize(
    "content",
    [
        "BT 10 100 Td /F1 13 Tf<{text}>Tj ET",
        "BT 10 100 Td /F1 13 Tf[<{text}>4<>-3]TJ ET",
        "BT /F1 13 Tf ET BT 10 100 Td <{text}>Tj ET",
        "BT 10 100 Td /F1 13 Tf<{text}>' ET",
        "BT 10 900 Td /F1 13 Tf<{text}>Tj ET",  # outside the page
        "BT 3 Tr 10 100 Td /F1 13 Tf<{text}>Tj ET",  # drawn without ink
    ],
)
def test_whatever_way_a_text_is_shown_it_is_found(tmp_path: Path, content: str) -> None:
    said, *texts = texts_of_pdf(_written(tmp_path / "ก.pdf", content.format(text=_numbers(_SAID))))
    assert "สมชาย" in said
    assert _squeezed(texts) == _squeezed([_SAID])


def test_what_is_broken_over_lines_is_found_as_one(tmp_path: Path) -> None:
    first, second = _numbers("นางสาว"), _numbers("สมหญิง")
    path = _written(tmp_path / "ก.pdf", f"BT 10 100 Td /F1 13 Tf<{first}>Tj 0 -20 Td <{second}>Tj ET")
    assert list(texts_of_pdf(path))[1:] == ["นางสาว\r\nสมหญิง", "นางสาวสมหญิง"]


def test_a_hyphen_at_the_end_of_a_line_stays_one(tmp_path: Path) -> None:
    first, second = _numbers("a-"), _numbers("b@c.go.th")
    path = _written(tmp_path / "ก.pdf", f"BT 10 100 Td /F1 13 Tf<{first}>Tj 0 -20 Td <{second}>Tj ET")
    assert "a-b@c.go.th" in list(texts_of_pdf(path))


def test_of_what_libreoffice_writes_no_letter_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its fonts draw ``ำ`` as two signs, of which one is no letter by itself."""
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
    assert len(PdfReader(made).pages) == 2
    assert _squeezed(list(texts_of_pdf(made))[1:]) == _squeezed(["".join(said[:2]), said[2]])
