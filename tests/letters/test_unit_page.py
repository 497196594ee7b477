"""The unit's page lies beside the forms, says what they say, and stays an officer's once it has been edited."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from plan_tracker.documents.unit_page import TEMPLATE
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.definition.workbook.names import COVER_SHEET, FORM2_SHEET
from plan_tracker.workspace.folders import bundled_templates
from tests.desk import Desk
from tests.office import need_office
from tools.make_unit_page import main as write_template
from tools.parts import read_parts

PAGE, PDF = "outbox/2569-q1/forms/วิธีกรอก.docx", "outbox/2569-q1/forms/วิธีกรอก.pdf"


def _text(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


def test_it_lies_beside_the_forms_and_says_when_and_where_to_send_them(desk: Desk) -> None:
    assert desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)["how_to"] == [PAGE]
    text = _text(desk.root / PAGE)
    for told in ("ไตรมาสที่ 1 ปีงบประมาณ พ.ศ. 2569", "15 มกราคม 2569", "plan@office.go.th", "0 2141 6000"):
        assert told in text
    assert "{" not in text


def test_it_calls_things_what_the_form_calls_them(desk: Desk) -> None:
    book, text = load_workbook(desk.form_path("YS")), _text(desk.root / PAGE)
    shown = {str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None}
    headings = [section.title for section in CURRENT.unit.sections]
    for name in ("ข้อที่ควรตรวจ", "ต้องแก้", "ควรชี้แจง", "ครบ", COVER_SHEET, FORM2_SHEET, *headings):
        assert name in text
        assert any(name in said for said in shown), name
    pictures = Document(str(desk.root / PAGE)).inline_shapes
    assert [bool(picture._inline.docPr.get("descr")) for picture in pictures] == [True, True]


def test_it_is_written_anew_only_where_it_would_say_something_else(desk: Desk) -> None:
    page = desk.root / PAGE
    before = page.stat().st_mtime_ns
    desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)
    assert page.stat().st_mtime_ns == before

    config = desk.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace("plan@office.go.th", "new@office.go.th"), "utf-8")
    desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)
    assert "new@office.go.th" in _text(page)


def test_an_edited_page_stays(desk: Desk) -> None:
    page = desk.root / PAGE
    document = Document(str(page))
    document.paragraphs[0].text = "ของเราเอง"
    document.save(str(page))
    edited = page.read_bytes()
    config = desk.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace("plan@office.go.th", "new@office.go.th"), "utf-8")
    assert desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)["kept"] == []
    assert page.read_bytes() == edited


def test_an_office_words_it_in_its_template(desk: Desk) -> None:
    template = desk.root / "templates" / "docx" / TEMPLATE
    document = Document(str(template))
    document.paragraphs[0].text = "คู่มือย่อของ{{ office.division }}"
    document.save(str(template))
    assert desk.invoke("templates", "check").exit_code == 0
    desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)
    assert "คู่มือย่อของกองยุทธศาสตร์และแผนงาน" in _text(desk.root / PAGE)

    document.paragraphs[0].text = "{{ unit.name }}"
    document.save(str(template))
    assert desk.invoke("templates", "check").exit_code == 1
    refused = desk.invoke("issue-forms", "q1")
    assert (refused.exit_code, TEMPLATE in refused.stderr) == (2, True)


def test_the_committed_template_is_what_its_maker_makes(tmp_path: Path) -> None:
    """Run ``make templates`` after its words, its pictures or the form's names have changed."""
    made = tmp_path / TEMPLATE
    write_template(made)
    assert read_parts(made) == read_parts(bundled_templates() / "docx" / TEMPLATE)


def test_a_dry_run_names_it_and_writes_nothing(desk: Desk) -> None:
    (desk.root / PAGE).unlink()
    assert desk.run("issue-forms", "q1", "--dry-run", expect=0)["how_to"] == [PAGE]
    assert not (desk.root / PAGE).exists()


@pytest.mark.office
def test_it_is_one_page_of_a4_as_pdf_and_the_pdf_follows_an_edited_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE")
    assert desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)["how_to"] == [PAGE, PDF]
    [page] = PdfReader(desk.root / PDF).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    assert len(page.images) == 2

    document = Document(str(desk.root / PAGE))
    document.paragraphs[0].text = "ABC 123"
    document.save(str(desk.root / PAGE))
    desk.run("issue-forms", "q1", "--unit", "ETDA", expect=0)
    assert "ABC 123" in PdfReader(desk.root / PDF).pages[0].extract_text()
