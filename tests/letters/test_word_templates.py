"""Documents put together from a template that was taken apart once: each is whole, and none has a trace of another."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document

from plan_tracker.documents.word.render import render_document


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """Tags in the body, in a header, in a footer and in a property."""
    document = docx.Document()
    document.add_paragraph("เรียน {{ to }}")
    for text in ("{%p if more %}", "อีกครั้ง 2 ครั้ง {{ more }}", "{%p endif %}"):
        document.add_paragraph(text)
    section = document.sections[0]
    section.header.paragraphs[0].text = "หัว {{ to }} 1"
    section.footer.paragraphs[0].text = "ท้าย {{ more }} 2"
    document.core_properties.subject = "ถึง {{ to }}"
    path = tmp_path / "template.docx"
    document.save(str(path))
    return path


def made(template: Path, to: str, more: str = "", title: str = "") -> Path:
    path = template.with_name("made.docx")
    render_document(template, {"to": to, "more": more}, path, thai_digits=True, title=title)
    return path


def said(path: Path) -> tuple[str, str, str]:
    """The words of the body, of the header and of the footer."""
    document: Document = docx.Document(str(path))
    section = document.sections[0]
    return tuple(  # type: ignore[return-value]
        "|".join(paragraph.text for paragraph in story.paragraphs)
        for story in (document, section.header, section.footer)
    )


def test_every_part_that_holds_tags_is_filled_anew(template: Path) -> None:
    assert said(made(template, "กองหนึ่ง", "ด่วน")) == ("เรียน กองหนึ่ง|อีกครั้ง ๒ ครั้ง ด่วน", "หัว กองหนึ่ง ๑", "ท้าย ด่วน ๒")
    assert said(made(template, "กองสอง & <สาม>")) == ("เรียน กองสอง & <สาม>", "หัว กองสอง & <สาม> ๑", "ท้าย  ๒")


def test_properties_are_those_of_the_document_alone(template: Path) -> None:
    first = docx.Document(str(made(template, "กอง & ฝ่าย", title="ปี 2569"))).core_properties
    assert (first.subject, first.title) == ("ถึง กอง & ฝ่าย", "ปี ๒๕๖๙")
    second = docx.Document(str(made(template, "อีกกอง"))).core_properties
    assert (second.subject, second.title) == ("ถึง อีกกอง", "")


def test_the_same_content_gives_the_same_bytes_whatever_came_between(template: Path) -> None:
    once = made(template, "กองหนึ่ง", "ด่วน").read_bytes()
    assert made(template, "กองสอง").read_bytes() != once
    assert made(template, "กองหนึ่ง", "ด่วน").read_bytes() == once


def test_a_template_that_has_changed_meanwhile_is_read_anew(template: Path) -> None:
    made(template, "กองหนึ่ง")
    document = docx.Document(str(template))
    document.paragraphs[0].text = "กราบเรียน {{ to }}"
    document.save(str(template))
    assert said(made(template, "กองหนึ่ง"))[0] == "กราบเรียน กองหนึ่ง"


def test_no_part_of_the_package_stands_twice(template: Path) -> None:
    with ZipFile(made(template, "กองหนึ่ง")) as package:
        names = package.namelist()
    assert len(names) == len(set(names))
    assert names[0] == "[Content_Types].xml"  # where programs look first
