"""Letters to units (R4, R10): their parts, order, words and look, by what Word would read in them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from plan_tracker.config import Config, Letters, Office, Report
from plan_tracker.documents.letters import write_correction, write_request
from plan_tracker.errors import ConfigError
from plan_tracker.fiscal import Period
from plan_tracker.register import Kpi, Plan, Project, Register, Unit
from plan_tracker.workspace import Workspace

PERIOD, DUE = Period(2569, 2), date(2026, 4, 15)
OWN = Unit("YS", "กองยุทธศาสตร์และแผนงาน", "ยศ.", "memo", "ผู้อำนวยการกองยุทธศาสตร์และแผนงาน")
DEPARTMENT = Unit("TMD", "กรมอุตุนิยมวิทยา", "อต.", "memo", "อธิบดีกรมอุตุนิยมวิทยา")
AGENCY = Unit("ETDA", "สำนักงานพัฒนาธุรกรรมทางอิเล็กทรอนิกส์", "สพธอ.", "external", "ผู้อำนวยการสำนักงานพัฒนาธุรกรรมฯ")
REGISTER = Register(
    2569,
    (Plan("ops", "แผนของสำนักงาน", "สำนักงานปลัดกระทรวง"), Plan("ministry", "แผนของกระทรวง", "กระทรวงดิจิทัล")),
    (OWN, DEPARTMENT, AGENCY),
    (
        Project("P001", "โครงการหนึ่ง <&{{ x }}", ("ops", "ministry"), "YS"),
        Project("P002", "โครงการสอง", ("ops",), "YS"),
        Project("P003", "โครงการเรดาร์", ("ministry",), "TMD"),
    ),
    (
        Kpi("K01", "ตัวชี้วัดหนึ่ง", "ops", "YS", "ร้อยละ", "ยิ่งมากยิ่งดี", Decimal(80)),
        Kpi("K02", "ตัวชี้วัดสอง", "ministry", "ETDA", "ร้อยละ", "ยิ่งมากยิ่งดี", Decimal(80)),
    ),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path, Config(2569, office=Office(phone="0 2141 6000", address="120 หมู่ 3", contact="งานติดตาม")))


def request(workspace: Workspace, unit: Unit) -> DocumentObject:
    path = workspace.root / "L1.docx"
    write_request(workspace, REGISTER, unit, PERIOD, DUE, f"2569-q2-{unit.code}.xlsx", path)
    return Document(str(path))


def correction(workspace: Workspace, unit: Unit, errors: int = 3, warnings: int = 2) -> DocumentObject:
    path = workspace.root / "L3.docx"
    write_correction(workspace, REGISTER, unit, PERIOD, DUE, errors, warnings, ["list.xlsx", "form.xlsx"], path)
    return Document(str(path))


def lines(document: DocumentObject) -> list[str]:
    """Every paragraph's text in reading order, tables included, blank ones left out."""
    found = ("".join(_text(part) for part in p.iter()) for p in document.element.body.iter(qn("w:p")))
    return [line.strip() for line in found if line.strip()]


def _text(element: object) -> str:
    tag, text = getattr(element, "tag", ""), getattr(element, "text", "") or ""
    return text if tag == qn("w:t") else "\t" if tag == qn("w:tab") and not len(element) else ""  # type: ignore[arg-type]


def starts(document: DocumentObject, *wanted: str) -> list[str]:
    """The ``wanted`` beginnings that paragraphs have, in the document's order."""
    return [start for line in lines(document) for start in wanted if line.startswith(start)]


# --- parts and their order --------------------------------------------------------------------

MEMO_PARTS = ("บันทึกข้อความ", "ส่วนราชการ", "ที่", "เรื่อง", "เรียน", "จึงเรียนมาเพื่อ", "(....", "ปลัดกระทรวง")
EXTERNAL_PARTS = (
    "ที่",
    "สำนักงานปลัด",
    "120 หมู่ 3",
    "เรื่อง",
    "เรียน",
    "สิ่งที่ส่งมาด้วย",
    "จึงเรียนมาเพื่อ",
    "ขอแสดงความนับถือ",
    "(....",
    "ปลัดกระทรวง",
    "กองยุทธศาสตร์และแผนงาน",
    "โทร.",
    "ไปรษณีย์อิเล็กทรอนิกส์",
)


@pytest.fixture
def arabic(workspace: Workspace) -> Workspace:
    return replace(workspace, config=replace(workspace.config, report=Report(thai_digits=False)))


def test_memo_has_its_parts_in_order_and_no_closing_word(arabic: Workspace) -> None:
    document = request(arabic, DEPARTMENT)
    assert starts(document, *MEMO_PARTS) == list(MEMO_PARTS)
    assert "ขอแสดงความนับถือ" not in "".join(lines(document))
    assert "ที่ \tวันที่" in lines(document)


def test_external_letter_has_its_parts_in_order(arabic: Workspace) -> None:
    assert starts(request(arabic, AGENCY), *EXTERNAL_PARTS) == list(EXTERNAL_PARTS)


def test_correction_to_an_agency_encloses_list_and_form(arabic: Workspace) -> None:
    enclosed = [line for line in lines(correction(arabic, AGENCY)) if line.endswith("จำนวน 1 ชุด")]
    assert [("list.xlsx" in line, "form.xlsx" in line) for line in enclosed] == [(True, False), (False, True)]
    assert enclosed[0].startswith("สิ่งที่ส่งมาด้วย\t1. ")


# --- words ------------------------------------------------------------------------------------


def test_request_lists_projects_and_kpis(workspace: Workspace) -> None:
    text = "\n".join(lines(request(workspace, OWN)))
    assert "จำนวน ๒ โครงการ และจำนวน ๑ ตัวชี้วัด" in text
    assert "๑.\tโครงการหนึ่ง <&{{ x }} (รหัส P001)" in text
    assert "๒.\tโครงการสอง (รหัส P002)" in text
    assert "\nตัวชี้วัดหนึ่ง (รหัส K01)" in text  # a single one is not numbered
    assert "ภายในวันที่ ๑๕ เมษายน ๒๕๖๙" in text
    assert "ไตรมาสที่ ๒ ปีงบประมาณ พ.ศ. ๒๕๖๙ (๑ มกราคม ๒๕๖๙ – ๓๑ มีนาคม ๒๕๖๙)" in text
    assert "แผนปฏิบัติราชการประจำปีของสำนักงานปลัดกระทรวง และกระทรวงดิจิทัล" in text
    assert "(ไฟล์ 2569-q2-YS.xlsx)" in text
    assert "plan@example.go.th" in text


@pytest.mark.parametrize(
    ("unit", "amount"), [(DEPARTMENT, "จำนวน ๑ โครงการ โดย"), (AGENCY, "จำนวน ๑ ตัวชี้วัด โดย")], ids=["projects", "KPIs"]
)
def test_request_names_only_what_applies(workspace: Workspace, unit: Unit, amount: str) -> None:
    found = lines(request(workspace, unit))
    assert any(amount in line for line in found)
    assert ("โครงการ" in found) != ("ตัวชี้วัด" in found)


def test_own_divisions_are_told_and_others_are_asked(workspace: Workspace) -> None:
    for write in (request, correction):
        own, department, agency = ("".join(lines(write(workspace, unit))) for unit in (OWN, DEPARTMENT, AGENCY))
        assert "จึงขอให้กองยุทธศาสตร์และแผนงาน" in own
        assert "ความอนุเคราะห์" not in own
        assert "จึงขอความอนุเคราะห์กรมอุตุนิยมวิทยา" in department
        assert "จึงขอความอนุเคราะห์สำนักงานพัฒนาธุรกรรม" in agency


@pytest.mark.parametrize(("errors", "warnings"), [(12, 3), (12, 0), (0, 3)])
def test_correction_counts_what_applies(workspace: Workspace, errors: int, warnings: int) -> None:
    for unit in (OWN, AGENCY):
        text = "".join(lines(correction(workspace, unit, errors, warnings)))
        assert ("แก้ไขหรือเพิ่มเติม จำนวน ๑๒ รายการ" in text) == bool(errors)
        assert ("ทบทวนและยืนยัน จำนวน ๓ รายการ" in text) == bool(warnings)
        assert ("ช่องหมายเหตุ" in text) == bool(warnings)


def test_no_abbreviated_offices_and_no_tags_left(workspace: Workspace) -> None:
    for unit in (DEPARTMENT, AGENCY):
        for write in (request, correction):
            text = "".join(lines(write(workspace, unit)))
            for left in ("ปดศ", "สป.ดศ", "{{", "{%", "None"):
                assert left not in text


def test_arabic_digits_where_configured(arabic: Workspace) -> None:
    text = "".join(lines(request(arabic, OWN)))
    assert "15 เมษายน 2569" in text
    assert not any(digit in text for digit in "๐๑๒๓๔๕๖๗๘๙")


def test_office_without_phone_and_address(workspace: Workspace) -> None:
    bare = replace(workspace, config=Config(2569, letters=Letters(signatory_name="นายตัวอย่าง สมมติ")))
    for unit in (OWN, AGENCY):
        text = "\n".join(lines(request(bare, unit)))
        assert "โทร." not in text
        assert "โปรดประสาน" not in text
        assert "(นายตัวอย่าง สมมติ)" in text


# --- look -------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", [OWN, AGENCY], ids=["memo", "external"])
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


def _values(element: object, name: str) -> list[str]:
    return [found.get(qn("w:val")) for found in element.iter(qn(name))]  # type: ignore[attr-defined]


def test_memo_heading_sizes(workspace: Workspace) -> None:
    document = request(workspace, OWN)
    title = document.styles["Memo Title"].element
    assert _values(title, "w:szCs") == ["58"]
    spacing = title.find(f".//{qn('w:spacing')}")
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("700", "exact")
    labels = [p for p in document.element.body.iter(qn("w:p")) if p.find(f".//{qn('w:bCs')}") is not None]
    assert [_values(label, "w:szCs")[0] for label in labels] == ["40", "40", "40"]


@pytest.mark.parametrize(("unit", "height"), [(OWN, 1.5), (AGENCY, 3.0)], ids=["memo", "external"])
def test_room_for_the_emblem_or_the_emblem_itself(workspace: Workspace, unit: Unit, height: float) -> None:
    document = request(workspace, unit)
    assert not document.inline_shapes
    spacing = document.styles["Emblem"].element.find(f".//{qn('w:spacing')}")
    assert round(int(spacing.get(qn("w:line"))) / 567, 1) == height
    (workspace.root / "emblem.png").write_bytes(_png(90, 100))
    named = replace(workspace, config=replace(workspace.config, letters=Letters(emblem="emblem.png")))
    (shape,) = request(named, unit).inline_shapes
    assert (round(shape.height.cm, 1), round(shape.width.cm, 2)) == (height, round(height * 0.9, 2))


def test_emblem_that_is_missing_or_no_image(workspace: Workspace) -> None:
    named = replace(workspace, config=replace(workspace.config, letters=Letters(emblem="emblem.png")))
    with pytest.raises(ConfigError, match=r"emblem\.png"):
        request(named, OWN)
    (workspace.root / "emblem.png").write_bytes(b"no image")
    with pytest.raises(ConfigError, match=r"emblem\.png"):
        request(named, OWN)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
