"""Templates that Word or LibreOffice have saved: contents updated, section breaks moved (R12)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from plan_tracker.analysis.basis.dataset import Dataset
from plan_tracker.documents.report.context import write_report
from plan_tracker.documents.report.template_check import Flaw, check_template
from plan_tracker.documents.report.template_fields import report_fields
from plan_tracker.documents.word.contents_fields import TocField, remove, toc_fields
from plan_tracker.workspace.folders import bundled_templates
from tests.office import need_office
from tests.report.test_report import body_text, dataset, figures_of, report, workspace

__all__ = ["dataset", "report"]  # fixtures
TEMPLATE = bundled_templates() / "docx" / "report.docx"
KNOWN = report_fields()
ENTRY = f"""<w:hyperlink {nsdecls("w")} w:anchor="_Toc1">
  <w:r><w:t>{{{{ u.heading }}}}</w:t></w:r><w:r><w:tab/></w:r>
  <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF _Toc1 \\h </w:instrText></w:r>
  <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
</w:hyperlink>"""


def _style(paragraph: object, name: str) -> None:
    paragraph.find(qn("w:pPr")).find(qn("w:pStyle")).set(qn("w:val"), name)  # type: ignore[attr-defined]


def as_word_updates_it(field: TocField) -> None:
    """Entries begin in the field's own first paragraph and hold fields of their own; all in a content control."""
    first, last = field.first, field.last
    first.append(parse_xml(ENTRY))
    _style(first, "TOC1")
    second = OxmlElement("w:p")
    second.append(parse_xml(ENTRY))
    first.addnext(second)
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    first.addprevious(control)
    control.append(content)
    content.extend([first, second, last])


def as_libreoffice_saves_it(field: TocField) -> None:
    """An empty field begins and ends in one paragraph."""
    last = field.last
    field.first.append(field.end)
    remove([last])


def edited(tmp_path: Path, edit: Callable[[DocumentObject], None]) -> Path:
    document = Document(str(TEMPLATE))
    edit(document)
    document.save(str(tmp_path / "report.docx"))
    return tmp_path / "report.docx"


def flaws_of(template: Path) -> list[Flaw]:
    return check_template(template, KNOWN, {}, strict=True)


def landscape_sections(path: Path) -> int:
    return sum(section.orientation == WD_ORIENT.LANDSCAPE for section in Document(str(path)).sections)


@pytest.mark.parametrize("change", [as_word_updates_it, as_libreoffice_saves_it])
def test_contents_that_were_updated_in_a_template_are_made_anew(
    dataset: Dataset, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[TocField], None]
) -> None:
    def edit(document: DocumentObject) -> None:
        fields = list(toc_fields(document.element.body))
        assert [field.label for field in fields] == ["", "ตาราง", "แผนภูมิ"]
        for field in fields:
            change(field)

    monkeypatch.setenv("PLANTRACK_SOFFICE", "none")
    template = edited(tmp_path, edit)
    assert flaws_of(template) == []
    (tmp_path / "made").mkdir()
    write_report(figures_of(dataset), workspace(tmp_path), tmp_path / "made" / "a.docx", template)
    write_report(figures_of(dataset), workspace(tmp_path), tmp_path / "made" / "b.docx")
    assert body_text(tmp_path / "made" / "a.docx") == body_text(tmp_path / "made" / "b.docx")


def test_a_section_break_beside_a_tag_stays(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def edit(document: DocumentObject) -> None:
        for section in list(document.element.body.iter(qn("w:sectPr")))[:-1]:
            paragraph = next(section.iterancestors(qn("w:p")))
            before = paragraph.getprevious()
            while before is not None and before.tag != qn("w:p"):
                before = before.getprevious()
            if "{%p" in "".join(text.text or "" for text in before.iter(qn("w:t"))):
                before.find(qn("w:pPr")).append(section)
                moved.append(section)
                paragraph.getparent().remove(paragraph)

    moved: list[object] = []
    monkeypatch.setenv("PLANTRACK_SOFFICE", "none")
    template = edited(tmp_path, edit)
    assert moved
    (tmp_path / "made").mkdir()
    write_report(figures_of(dataset), workspace(tmp_path), tmp_path / "made" / "a.docx", template)
    write_report(figures_of(dataset), workspace(tmp_path), tmp_path / "made" / "b.docx")
    assert landscape_sections(tmp_path / "made" / "a.docx") == landscape_sections(tmp_path / "made" / "b.docx") == 1


@pytest.mark.office
def test_a_template_that_libreoffice_has_saved_makes_the_whole_report(
    dataset: Dataset, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It drops the Thai names of captions' sequences; the check says so, and only that."""
    need_office()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    soffice = shutil.which("soffice") or ""
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path), str(TEMPLATE)],
        check=True,
        capture_output=True,
    )
    saved = tmp_path / "report.docx"
    flaws = flaws_of(saved)
    assert [("ไม่มีคำบรรยาย" in flaw.message, flaw.is_error) for flaw in flaws] == [(True, False)] * 2
    monkeypatch.setenv("PLANTRACK_SOFFICE", "none")
    (tmp_path / "made").mkdir()
    write_report(figures_of(dataset), workspace(tmp_path), tmp_path / "made" / "a.docx", saved)

    def headings(path: Path) -> list[str]:
        return [p.text for p in Document(str(path)).paragraphs if p.style and p.style.name == "Heading 1"]

    assert headings(tmp_path / "made" / "a.docx") == headings(report)
    assert landscape_sections(tmp_path / "made" / "a.docx") == landscape_sections(report)


@pytest.mark.parametrize(
    ("text", "lost"),
    [("ก่อนหน้า {%p if has_missing %}", "ก่อนหน้า"), ("{%p if has_missing %}{%p endif %}", "{%p endif %}")],
)
def test_what_goes_with_a_tag_is_told(tmp_path: Path, text: str, lost: str) -> None:
    def edit(document: DocumentObject) -> None:
        document.add_paragraph(text)
        if "endif" not in text:
            document.add_paragraph("{%p endif %}")

    (flaw,) = flaws_of(edited(tmp_path, edit))
    assert lost in flaw.message


def test_what_stands_in_the_row_of_a_tag_is_told(tmp_path: Path) -> None:
    def edit(document: DocumentObject) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "{%tr for u in units %}", "หัวตาราง"
        table.cell(1, 0).text = "{%tr endfor %}"

    (flaw,) = flaws_of(edited(tmp_path, edit))
    assert "หัวตาราง" in flaw.message
