"""A document that is too large to have in memory as a whole is the same as one that is not (R12)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plan_tracker.documents.word.contents_fields import remove
from plan_tracker.documents.word.portions import PORTION, portions
from plan_tracker.documents.word.render import render_document
from tools.thai_docx import field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMED = f'xmlns:w="{W[1:-1]}"'

paragraphs = st.text("ก <>&", max_size=9).map(
    lambda text: f"<w:p><w:r><w:t>{text.replace('&', '&amp;').replace('<', '&lt;')}</w:t></w:r></w:p>"
)
blocks = st.recursive(
    paragraphs,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda cells: f"<w:tbl><w:tr><w:tc>{''.join(cells)}</w:tc></w:tr></w:tbl>"),
        st.lists(inner, max_size=3).map(lambda held: f"<w:sdt><w:sdtContent>{''.join(held)}</w:sdtContent></w:sdt>"),
        st.lists(inner, max_size=3).map(
            lambda held: f'<w:p w:x="1"><w:r><w:txbxContent>{"".join(held)}</w:txbxContent></w:r></w:p>'
        ),
    ),
    max_leaves=12,
)


@given(st.lists(blocks, max_size=12).map("".join), st.integers(1, 400), st.integers(1, 40))
def test_portions_are_whole_paragraphs_and_tables_and_together_the_text(text: str, size: int, step: int) -> None:
    made = list(portions((text[at : at + step] for at in range(0, len(text), step)), size))
    assert "".join(made) == text
    for portion in made:
        etree.fromstring(f"<w:body {NAMED}>{portion}</w:body>")  # whole elements alone
    assert all(portion.endswith("</w:p>") for portion in made[:-1]), "a note stands with its table"


def test_paragraphs_alone_come_in_many_portions() -> None:
    paragraph = "<w:p><w:r><w:t>ข้อความ</w:t></w:r></w:p>"
    made = list(portions([paragraph] * 100, 10 * len(paragraph)))
    assert [len(portion) // len(paragraph) for portion in made] == [10] * 10 + [0]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Contents, then a heading and a table for each item."""
    document = docx.Document()
    first, last = document.add_paragraph(), document.add_paragraph()
    begin, code, separate, _shown, end = field(' TOC \\o "1-1" \\h ', "")
    for run in (begin, code, separate):
        first._p.append(run)
    last._p.append(end)
    document.add_paragraph("{%p for item in items %}")
    document.add_heading("{{ item.title }}", 1)
    table = document.add_table(2, 2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(table._cells, ("ที่", "ข้อความ", "1", "{{ item.text }}"), strict=True):
        cell.text = text
    document.add_paragraph("หมายเหตุ {{ item.title }}")
    document.add_paragraph("{%p endfor %}")
    path = tmp_path_factory.mktemp("large") / "template.docx"
    document.save(str(path))
    return path


def made(template: Path, count: int, length: int) -> etree._Element:
    """The XML of the document of ``count`` items with texts of ``length`` characters."""
    items = [{"title": f"เรื่องที่ {number}", "text": f"บรรทัดหนึ่ง\n{'ก' * length}"} for number in range(1, count + 1)]
    path = template.with_name("made.docx")
    render_document(template, {"items": items}, path, thai_digits=True, title="เล่มใหญ่")
    docx.Document(str(path))  # python-docx opens it
    return etree.fromstring(ZipFile(BytesIO(path.read_bytes())).read("word/document.xml"))


def headings(root: etree._Element) -> list[str]:
    found = root.iter(f"{W}p")
    return [_text(one) for one in found if any(s.get(f"{W}val") == "Heading1" for s in one.iter(f"{W}pStyle"))]


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def test_a_large_document_differs_from_a_small_one_in_its_texts_alone(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANTRACK_SOFFICE", "none")  # pages are told of a small one alone
    length = PORTION // 5
    large, small = made(template, 6, length), made(template, 6, 300)
    titles = [f"เรื่องที่ {number}" for number in "๑๒๓๔๕๖"]
    assert headings(large) == titles
    links = list(large.iter(f"{W}hyperlink"))
    assert [_text(link) for link in links] == titles, "each heading once, in its order"
    marks = [mark.get(f"{W}name") for mark in large.iter(f"{W}bookmarkStart")]
    assert [link.get(f"{W}anchor") for link in links] == marks
    assert len(set(marks)) == len(titles)
    long_texts = [text for text in large.iter(f"{W}t") if set(text.text or "") == {"ก"}]
    assert [len(text.text or "") for text in long_texts] == [length] * len(titles)
    for root in (large, small):
        for text in root.iter(f"{W}t"):
            text.text = (text.text or "")[:40]
        for kept in [*root.iter(f"{W}cantSplit")]:
            remove([kept])
    assert etree.tostring(large, method="c14n") == etree.tostring(small, method="c14n")
