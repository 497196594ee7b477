"""How letters look (domain §6): sizes, spacing, the emblem, what never parts; and the templates that are committed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from plan_tracker.config import Letters
from plan_tracker.errors import ConfigError
from plan_tracker.register import Unit
from plan_tracker.workspace.folders import Workspace
from tests.letterbox import AGENCY, DIVISION, Case, desk, png, write


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return desk(tmp_path)


def request(workspace: Workspace, unit: Unit) -> DocumentObject:
    path = workspace.root / "L1.docx"
    write(Case("L1", unit, many=False), workspace, path)
    return Document(str(path))


@pytest.mark.parametrize("unit", [DIVISION, AGENCY], ids=["memo", "external"])
def test_page_and_type_are_the_regulations(workspace: Workspace, unit: Unit) -> None:
    document = request(workspace, unit)
    page = document.sections[0]
    assert [round(side.cm, 1) for side in (page.page_width, page.left_margin, page.right_margin) if side] == [21, 3, 2]
    normal = document.styles["Normal"].element
    assert _values(normal, "w:szCs") == _values(normal, "w:sz") == ["32"]
    assert normal.find(f".//{qn('w:rFonts')}").get(qn("w:cs")) == "TH SarabunPSK"
    body = document.styles["Body Text"].element
    assert _values(body, "w:jc") == ["thaiDistribute"]
    assert body.find(f".//{qn('w:ind')}").get(qn("w:firstLine")) == "1418"
    assert body.find(f".//{qn('w:spacing')}").get(qn("w:before")) == "120"


def _values(element: BaseOxmlElement, name: str) -> list[str]:
    return [str(found.get(qn("w:val"))) for found in element.iter(qn(name))]


def test_the_signature_keeps_to_its_closing_and_further_pages_are_numbered(workspace: Workspace) -> None:
    for unit in (DIVISION, AGENCY):
        document = request(workspace, unit)
        paragraphs = [p for p in document.paragraphs if p.text.strip()]
        end = next(i for i, p in enumerate(paragraphs) if p.text.startswith("จึงเรียนมาเพื่อ"))
        signed = next(i for i, p in enumerate(paragraphs) if p.text.startswith("(...."))
        for paragraph in paragraphs[end : signed + 1]:
            assert paragraph.style is not None
            assert paragraph.style.paragraph_format.keep_with_next, paragraph.text
        section = document.sections[0]
        assert section.different_first_page_header_footer
        assert section.header.paragraphs[0].text == "- ๒ -"
        (numbers,) = section._sectPr.iter(qn("w:pgNumType"))
        assert numbers.get(qn("w:fmt")) == "thaiNumbers"


def test_a_date_is_never_torn(workspace: Workspace) -> None:
    text = "".join(paragraph.text for paragraph in request(workspace, DIVISION).paragraphs)
    for held in ("๑๕\u00a0เมษายน\u00a0๒๕๖๙", "พ.ศ.\u00a0๒๕๖๙", "โทร.\u00a0๐\u00a0๒๑๔๑\u00a0๖๐๐๐"):
        assert held in text


def test_memo_heading_sizes(workspace: Workspace) -> None:
    document = request(workspace, DIVISION)
    title = document.styles["Memo Title"].element
    assert _values(title, "w:szCs") == ["58"]
    spacing = title.find(f".//{qn('w:spacing')}")
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("700", "exact")
    labels = [p for p in document.element.body.iter(qn("w:p")) if p.find(f".//{qn('w:bCs')}") is not None]
    assert [_values(label, "w:szCs")[0] for label in labels] == ["40", "40", "40"]


@pytest.mark.parametrize(("unit", "height"), [(DIVISION, 1.5), (AGENCY, 3.0)], ids=["memo", "external"])
def test_room_for_the_emblem_or_the_emblem_itself(workspace: Workspace, unit: Unit, height: float) -> None:
    document = request(workspace, unit)
    assert not document.inline_shapes
    spacing = document.styles["Emblem"].element.find(f".//{qn('w:spacing')}")
    assert round(int(spacing.get(qn("w:line"))) / 567, 1) == height
    (workspace.root / "emblem.png").write_bytes(png(90, 100))
    named = replace(workspace, config=workspace.config._replace(letters=Letters(emblem="emblem.png")))
    (shape,) = request(named, unit).inline_shapes
    assert (round(shape.height.cm, 1), round(shape.width.cm, 2)) == (height, round(height * 0.9, 2))


def test_emblem_that_is_missing_or_no_image(workspace: Workspace) -> None:
    named = replace(workspace, config=workspace.config._replace(letters=Letters(emblem="none.png")))
    with pytest.raises(ConfigError, match=r"none\.png"):
        request(named, DIVISION)
    (workspace.root / "none.png").write_bytes(b"no image")
    with pytest.raises(ConfigError, match=r"none\.png"):
        request(named, DIVISION)
