"""R12: the quarterly report, reopened as Word would open it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from lxml import etree
from pypdf import PageObject, PdfReader

from plan_tracker.analysis.basis.dataset import Dataset, KpiResult, PlanYear, ProjectResult, Source, UnitReturn, alone
from plan_tracker.analysis.basis.returns import State
from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.analysis.report import ReportFigures, report_figures
from plan_tracker.config import Config, Report
from plan_tracker.documents.report import terms
from plan_tracker.documents.report.context import build_context, write_report
from plan_tracker.documents.report.rows.projects import next_step_rows
from plan_tracker.documents.report.template_fields import report_fields
from plan_tracker.documents.word.libreoffice import write_pdf
from plan_tracker.documents.word.render import render_document
from plan_tracker.documents.wording import localise
from plan_tracker.errors import ConfigError
from plan_tracker.fiscal import QUARTERS, YEAR_END, Period, thai_digits
from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.i18n import THAI
from plan_tracker.register import Kpi, Plan, Project, Unit
from plan_tracker.store import Volume
from plan_tracker.values import Answer, Entry, Value
from plan_tracker.workspace.folders import Workspace
from tests.office import need_office

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLAN = Plan("ops", "แผนปฏิบัติราชการ (ตัวอย่าง)", "สำนักงาน (ตัวอย่าง)")
IN = Unit("U1", "หน่วยที่ส่ง (ตัวอย่าง)", "นส.", "memo", "")
OUT = Unit("U2", "หน่วยที่ยังไม่ส่ง (ตัวอย่าง)", "ยส.", "memo", "")
WAIVED = Unit("U3", "หน่วยผ่อนผัน (ตัวอย่าง)", "ผผ.", "memo", "")
CLEAN = Source(1, "u1.xlsx", "0" * 64)
EXCUSED = Source(2, "u3.xlsx", "1" * 64, "ระบบการเงินขัดข้อง (ตัวอย่าง)")
NASTY = "{{ 1+1 }} {% raise %} {_{ <b>หนา</b> & \x00\x07\x0bต่อ\r\nบรรทัดใหม่"

ANSWERS: dict[str, Value] = {
    "f2.contact_name": "นางสาวลับ เฉพาะ",
    "f2.contact_phone": "0 2999 9999",
    "f2.contact_email": "secret@example.go.th",
    "f3.source[1]": c.ANNUAL_BUDGET,
    "f4.objectives": "เพื่อทดสอบ\nสองบรรทัด",
    "f8.planned_q1": Decimal(30),
    "f8.planned_q2": Decimal(60),
    "f9.recurrent.act_budget": Decimal(3_000_000),
    "f9.recurrent.budget": Decimal(3_000_000),
    "f9.recurrent.disbursed": Decimal(1_000_000),
    "f11.result_quarter": NASTY,
    "f13.problems[1].problem": "งานล่าช้า",
    "f13.problems[1].cause": "ขาดอุปกรณ์",
    "f13.problems[1].recommendation": "เร่งรัด",
    "f14.stage": c.UNDER_WAY,
    "f14.schedule": c.LATE,
    "f14.progress_percent": Decimal("12.5"),
    "f14.next_steps": "ตรวจรับงวดที่ 2",
    "f14.note": "หมายเหตุถึงเจ้าหน้าที่",
}


def entry(answers: dict[str, Value]) -> Entry:
    return Entry("sheet", {key: Answer(value, "D1") for key, value in answers.items()})


def project(code: str, unit: Unit, answers: dict[str, Value] | None, source: Source | None) -> ProjectResult:
    made = Project(code, f"โครงการ {code} (ตัวอย่าง)", ("ops",), unit.code, {"f4.objectives": "ตามทะเบียน"})
    return ProjectResult(made, unit, entry(answers) if answers else None, source)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    kpi = Kpi("K1", "ตัวชี้วัดที่วัดผล (ตัวอย่าง)", "ops", "U1", "ร้อยละ", c.HIGHER, Decimal(80))
    return Dataset(
        Period(2569, 1),
        PLAN,
        date(2026, 1, 15),
        (
            UnitReturn(IN, State.ACCEPTED, (CLEAN,)),
            UnitReturn(OUT, State.INCOMPLETE),
            UnitReturn(WAIVED, State.WAIVED, (EXCUSED,)),
        ),
        (
            project("P1", IN, ANSWERS, CLEAN),
            project("P2", OUT, None, None),
            project("P3", WAIVED, {"f14.stage": c.COMPLETED}, EXCUSED),
        ),
        (
            KpiResult(kpi, IN, entry({"k.result": Decimal(100), "k.details": "สำรวจแล้ว"}), CLEAN),
            KpiResult(replace(kpi, code="K2", unit="U2"), OUT, None, None),
        ),
    )


def workspace(root: Path, thai_digits: bool = True) -> Workspace:
    return Workspace(root, Config(2569, report=Report(thai_digits=thai_digits)), date(2026, 1, 20))


def figures_of(dataset: Dataset) -> ReportFigures:
    return report_figures(alone(dataset), Config(2569))


@pytest.fixture(scope="module")
def report(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.docx"
    write_report(figures_of(dataset), workspace(path.parent), path)
    return path


@pytest.fixture(scope="module")
def sheets(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheets") / "sheets.docx"
    write_report(figures_of(dataset), workspace(path.parent), path, volume=Volume.SHEETS)
    return path


def body_text(path: Path) -> str:
    """Every paragraph in and outside tables, a line each; line breaks as newlines."""
    body = Document(str(path)).element.body
    lines = (
        "".join("\n" if t.tag == f"{W}br" else t.text or "" for t in p.iter(f"{W}t", f"{W}br"))
        for p in body.iter(f"{W}p")
    )
    return "\n".join(lines)


def test_money_that_the_sums_lack_is_named_with_its_unit_and_below_its_tables(dataset: Dataset, tmp_path: Path) -> None:
    """P1 tells no commitment that can be read; its unit has another project."""
    answers = dict(entry(ANSWERS).answers)
    answers["f9.recurrent.committed"] = Answer(None, "D1", "สิบบาท")
    first = replace(dataset.projects[0], entry=Entry("sheet", answers))
    lacking = replace(dataset, projects=(first, project("P4", IN, ANSWERS, CLEAN), *dataset.projects[1:]))
    write_report(figures_of(lacking), workspace(tmp_path), tmp_path / "r.docx")
    paragraphs = [" ".join(paragraph.text.split()) for paragraph in Document(str(tmp_path / "r.docx")).paragraphs]
    notes = [text for text in paragraphs if "จำนวนเงินไม่รวม ๑ โครงการที่ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนหรือไม่ถูกต้อง" in text]
    assert len(notes) == 2
    (lead,) = [text for text in paragraphs if text.startswith("รับผิดชอบ ๒ โครงการ")]
    assert "(ร้อยละ ๓๓.๓๓) โดยไม่รวม ๑ โครงการที่ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนหรือไม่ถูกต้อง" in lead


def test_every_chapter_is_there_as_a_real_heading(report: Path) -> None:
    found = [p.text for p in Document(str(report)).paragraphs if p.style and p.style.name == "Heading 1"]
    wanted = [
        "คำนำ",
        "บทสรุป",
        "สิ่งที่ขอให้พิจารณา",
        "แผนในหนึ่งหน้า",
        "บทนำ",
        "ภาพรวม",
        "ผลการดำเนินงานตามตัวชี้วัด",
        "ผลการดำเนินงานรายหน่วยงาน",
        "ปัญหา",
    ]
    wanted += ["การดำเนินงาน", "หน่วยงานที่ขาด"]
    assert len(found) == len(wanted)
    assert all(text.startswith(start) for text, start in zip(found, wanted, strict=True))


def test_chapters_are_numbered_by_word_and_the_contents_count_as_it_does(report: Path) -> None:
    lines = contents(report)
    starts = (
        "คำนำ",
        "บทสรุปผู้บริหาร",
        "บทที่ ๑ บทนำ",
        "๑.๑ แผน",
        "๑.๒ ",
        "บทที่ ๒ ",
        "๒.๑ ",
        "บทที่ ๖",
        "ภาคผนวก ก ",
    )
    positions = [next(i for i, line in enumerate(lines) if line.startswith(start)) for start in starts]
    assert positions == sorted(positions)
    assert any(line.startswith("ตารางที่ ๑ ") for line in lines)
    assert any(line.startswith("แผนภูมิที่ ๑ ") for line in lines)


def contents(path: Path) -> list[str]:
    """The lines of the contents."""
    links = Document(str(path)).element.body.iter(f"{W}hyperlink")
    return [
        "".join("\t" if t.tag == f"{W}tab" else t.text or "" for t in link.iter(f"{W}t", f"{W}tab")) for link in links
    ]


def test_captions_count_by_fields_that_show_their_number_already(report: Path) -> None:
    captions = [p for p in Document(str(report)).paragraphs if p.style and p.style.name == "Caption"]
    codes = [[code.text or "" for code in p._p.iter(f"{W}instrText")] for p in captions]
    assert all(len(found) == 1 and found[0].split()[0].upper() == "SEQ" for found in codes)
    tables = [p.text for p in captions if p.text.startswith("ตารางที่")]
    assert [text.split()[1] for text in tables] == [thai_digits(str(number)) for number in range(1, len(tables) + 1)]


@pytest.mark.office
def test_the_contents_name_the_pages_that_libreoffice_prints(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_office()
    monkeypatch.delenv("PLANTRACK_SOFFICE", raising=False)
    write_report(figures_of(dataset), workspace(tmp_path), tmp_path / "r.docx")
    pages = dict(line.rsplit("\t", 1) for line in contents(tmp_path / "r.docx"))
    assert "F9" not in body_text(tmp_path / "r.docx")
    pdf = write_pdf(tmp_path / "r.docx", tmp_path)
    assert pdf is not None
    reader = PdfReader(pdf)
    places = list(reader.named_destinations.values())
    found = [reader.get_destination_page_number(place) for place in places]
    first = next(
        i
        for i, page in enumerate(reader.pages)
        if "แผนที่ติดตาม" in squeezed(page) and i > 2 and "........" not in squeezed(page)
    )
    assert pages["บทที่ ๑ บทนำ"] == "๑"
    assert pages["คำนำ"] == "ก"
    last = next(page for line, page in pages.items() if line.startswith("ภาคผนวก ก"))
    assert int(last) == max(page for page in found if page is not None) - first + 1


def squeezed(page: PageObject) -> str:
    return "".join(page.extract_text().split())


def test_the_contents_is_a_field_filled_with_links_to_the_headings(report: Path) -> None:
    body = Document(str(report)).element.body
    assert any("TOC" in (code.text or "") for code in body.iter(f"{W}instrText"))
    links = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    codes = [" ".join(code.text or "" for code in link.iter(f"{W}instrText")) for link in body.iter(f"{W}hyperlink")]
    assert all(f"PAGEREF {link}" in code for link, code in zip(links, codes, strict=True))  # Word fills them in
    assert len(links) > 15
    assert set(links) <= marks


def test_the_data_date_is_on_the_cover_and_in_the_header_and_no_line_breaks_it(report: Path) -> None:
    document = Document(str(report))
    stamp = "ข้อมูล ณ วันที่ ๑๕ มกราคม ๒๕๖๙".replace(" ม", "\u00a0ม").replace("ม ๒", "ม\u00a0๒")
    assert stamp in "\n".join(p.text for p in document.paragraphs[:10])
    assert stamp in document.sections[-1].header.paragraphs[0].text
    assert not document.sections[0].header.paragraphs or not document.sections[0].header.paragraphs[0].text


def test_figures_stand_in_the_report(report: Path) -> None:
    text = body_text(report)
    assert "๓๓.๓๓" in text  # disbursed per cent
    assert "๑๒๕.๐๐" in text  # the KPI's achievement
    assert "๑๒.๕๐" in text  # progress
    assert "พ.ศ. ๒๕๔๖ และ (ฉบับที่ ๒) พ.ศ. ๒๕๖๒" in text


def test_missing_and_waived_returns_are_said_to_be_so(report: Path) -> None:
    text = body_text(report)
    assert text.count("ยังไม่ได้รับรายงาน") > 5
    document = Document(str(report))
    (listed,) = [t for t in document.tables if t.rows[0].cells[-1].text == "เหตุผล"]
    last = [[cell.text for cell in row.cells] for row in listed.rows]
    assert last[1][1:3] == [OUT.name, "อยู่ระหว่างแก้ไขรายงาน"]
    assert "อยู่ระหว่างหน่วยงานแก้ไข" in last[1][5]
    assert last[2][1] == WAIVED.name
    assert last[2][5] == EXCUSED.waived_because
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    (line,) = [row for row in rows if len(row) == 8 and row[1].startswith("P2 โครงการ P2")]
    assert line[2:] == ["ยังไม่ได้รับรายงาน", "–", "–", "–", "–", "–"]


def test_nothing_private_and_nothing_empty_is_printed(report: Path, sheets: Path) -> None:
    text = body_text(report) + body_text(sheets)
    for word in ("นางสาวลับ", "๒๙๙๙", "2999", "secret", "หมายเหตุถึงเจ้าหน้าที่", "None", "nan", "Decimal"):
        assert word not in text


def test_what_a_unit_types_is_neither_tag_nor_markup(report: Path) -> None:
    text = body_text(report)
    assert "{{ ๑+๑ }} {% raise %} {_{ <b>หนา</b> & ต่อ\nบรรทัดใหม่" in text


def test_the_second_volume_has_the_forms_fourteen_headings_of_each_project(sheets: Path, report: Path) -> None:
    lines = body_text(sheets).splitlines()
    for section in CURRENT.form1.sections:
        heading = localise(section.heading, True)
        assert sum(line.startswith(heading) for line in lines) == 3  # a sheet per project
        assert heading not in body_text(report)


def test_charts_are_native_with_a_workbook_and_a_text_in_their_place(report: Path) -> None:
    with zipfile.ZipFile(report) as package:
        names = package.namelist()
        charts = [name for name in names if name.startswith("word/charts/chart")]
        assert len(charts) == 4
        types = package.read("[Content_Types].xml").decode()
        relations = package.read("word/_rels/document.xml.rels").decode()
        for name in charts:
            assert f'PartName="/{name}"' in types
            assert name.removeprefix("word/") in relations
            chart = etree.fromstring(package.read(name))
            assert chart.find("{*}externalData") is not None
            assert {e.get("typeface") for e in chart.iter("{*}cs")} == {"TH SarabunPSK"}
        books = [name for name in names if name.startswith("word/embeddings/")]
        assert len(books) == len(charts)
        sheet = openpyxl.load_workbook(io.BytesIO(package.read(books[0]))).active
        assert sheet is not None
        assert [row[2] for row in sheet.values if str(row[2]).isdigit()] == [1]
        document = package.read("word/document.xml").decode()
    drawings = re.findall(r'<wp:docPr id="(\d+)" name="[^"]+" descr="[^"]+"', document)
    assert len(drawings) == len(set(drawings)) == len(charts)


def test_tables_repeat_their_head_and_keep_rows_whole(report: Path) -> None:
    for table in Document(str(report)).tables:
        head, *rows = table._tbl.tr_lst
        assert head.find(f".//{W}tblHeader") is not None
        assert all(row.find(f".//{W}cantSplit") is not None for row in rows)


def test_the_language_and_the_font_are_thai_for_complex_script(report: Path) -> None:
    styles = Document(str(report)).styles.element
    defaults = styles.find(f"{W}docDefaults")
    assert defaults is not None
    (language,), (fonts,), (size,) = (list(defaults.iter(f"{W}{tag}")) for tag in ("lang", "rFonts", "szCs"))
    assert language.get(f"{W}bidi") == "th-TH"
    assert fonts.get(f"{W}cs") == fonts.get(f"{W}ascii") == "TH SarabunPSK"
    assert size.get(f"{W}val") == "32"


def test_arabic_digits_where_the_office_wants_them(dataset: Dataset, tmp_path: Path) -> None:
    write_report(figures_of(dataset), workspace(tmp_path, thai_digits=False), tmp_path / "r.docx")
    assert not re.search("[๐-๙]", body_text(tmp_path / "r.docx"))
    with zipfile.ZipFile(tmp_path / "r.docx") as package:
        assert b"thaiNumbers" not in package.read("word/document.xml")
        assert b"D00041E" not in package.read("word/charts/chart1.xml")


def test_a_quarter_without_any_return(dataset: Dataset, tmp_path: Path) -> None:
    empty = replace(
        dataset,
        units=tuple(replace(unit, state=State.ISSUED, sources=()) for unit in dataset.units),
        projects=tuple(replace(found, entry=None, source=None) for found in dataset.projects),
        kpis=tuple(replace(found, entry=None, source=None) for found in dataset.kpis),
    )
    write_report(figures_of(empty), workspace(tmp_path), tmp_path / "r.docx")
    text = body_text(tmp_path / "r.docx")
    assert "ยังไม่ได้รับรายงานของไตรมาสนี้" in text


def test_what_is_closed_is_listed_for_the_next_quarter_only_with_what_is_left_to_do(dataset: Dataset) -> None:
    left: dict[str, Value] = {"f14.stage": c.CANCELLED, "f14.next_steps": "คืนเงินงบประมาณ", "f8.planned_q2": Decimal(60)}
    projects = (*dataset.projects, project("P4", IN, left, CLEAN))
    found = figures_of(replace(dataset, projects=projects)).now.projects
    assert [(row.planned, row.text) for row in next_step_rows(found, THAI)] == [
        ("60.00", "ตรวจรับงวดที่ 2"),
        ("–", "ยังไม่ได้รับรายงาน"),
        ("–", "(ยกเลิก) คืนเงินงบประมาณ"),
    ]


def test_the_cover_begins_a_line_with_whose_plan_it_is() -> None:
    assert (
        terms.plan_on_two_lines(replace(PLAN, name=f"แผนปฏิบัติราชการ ของ{PLAN.owner}"), THAI)
        == f"แผนปฏิบัติราชการ\nของ{PLAN.owner}"
    )
    for name in ("แผนปฏิบัติราชการ", f"ของ{PLAN.owner}", f"แผนของ{PLAN.owner} ระยะที่ 2"):
        assert terms.plan_on_two_lines(replace(PLAN, name=name), THAI) == name


def test_a_plan_to_which_nothing_belongs_says_so(dataset: Dataset, tmp_path: Path) -> None:
    write_report(figures_of(replace(dataset, units=(), projects=(), kpis=())), workspace(tmp_path), tmp_path / "r.docx")
    text = body_text(tmp_path / "r.docx")
    for said in ("ยังไม่มีข้อมูลที่ต้องรายงานตามแผนนี้", "แผนนี้ไม่มีโครงการและตัวชี้วัดในทะเบียน", "แผนนี้ยังไม่มีหน่วยงานที่ต้องรายงาน"):
        assert said in text
    assert "ครบทุกหน่วยงาน" not in text
    assert "สารบัญแผนภูมิ" not in text


def test_a_kpi_that_missed_its_target_by_less_than_is_printed_says_so() -> None:
    first, last = Period(2569, 1), Period(2569, 4)
    said = [terms.outcome_of(Outcome.NOT_MET, Decimal(percent), last) for percent in ("99.994", "99.995")]
    assert said == ["ไม่บรรลุเป้าหมาย", "ไม่บรรลุเป้าหมาย (ใกล้เคียงเป้าหมายมาก)"]
    assert terms.outcome_of(Outcome.NOT_MET, Decimal("99.999"), first) == "ยังไม่บรรลุเป้าหมาย (ใกล้เคียงเป้าหมายมาก)"
    assert terms.outcome_of(Outcome.NOT_MET, None, last) == "ไม่บรรลุเป้าหมาย"
    assert terms.outcome_of(Outcome.MET, Decimal(100), last) == "บรรลุเป้าหมาย"


def test_codes_and_addresses_keep_their_digits() -> None:
    assert localise("ด้วย plantrack 0.6.0 จากข้อ 1.2.3", True) == "ด้วย plantrack 0.6.0 จากข้อ ๑.๒.๓"
    assert localise("YS-01 ปี 2569 (5G) a1@example.go.th https://x.go.th/2 50%", True) == (
        "YS-01 ปี ๒๕๖๙ (5G) a1@example.go.th https://x.go.th/2 ๕๐%"
    )


def test_a_tag_that_names_nothing_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{ no_such_thing }}")
    document.save(str(tmp_path / "letter.docx"))
    with pytest.raises(ConfigError, match="no_such_thing"):
        render_document(tmp_path / "letter.docx", {}, tmp_path / "out.docx", thai_digits=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.docx"]


def test_a_template_that_is_no_document_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_text("nothing", encoding="utf-8")
    with pytest.raises(ConfigError):
        render_document(tmp_path / "letter.docx", {}, tmp_path / "out.docx", thai_digits=True)


def test_the_year_end_has_its_trends_and_lessons(dataset: Dataset, tmp_path: Path) -> None:
    """R13: four quarters side by side; a quarter without a return is a dash, not 0."""
    quarters = tuple(replace(dataset, period=Period(2569, quarter)) for quarter in QUARTERS)
    year = report_figures(PlanYear(Period(2569, YEAR_END), quarters), Config(2569))
    write_report(year, workspace(tmp_path), tmp_path / "r.docx")
    text = body_text(tmp_path / "r.docx")
    for heading in ("แนวโน้มสี่ไตรมาส", "แนวโน้มรายโครงการ", "แนวโน้มรายตัวชี้วัด", "ผลสำเร็จของปี", "บทเรียนที่ได้รับ"):
        assert heading in text
    rows = [
        [cell.text for cell in row.cells] for table in Document(str(tmp_path / "r.docx")).tables for row in table.rows
    ]
    (missing,) = [row for row in rows if len(row) == 9 and row[0].startswith("P2 โครงการ P2")]
    assert missing[1:] == ["–"] * 8
    (stated,) = [row for row in rows if len(row) == 9 and row[0].startswith("P1 โครงการ P1")]
    assert stated[1:] == ["๑๒.๕๐"] * 4 + ["๓๓.๓๓"] * 4
    assert any(row[0].startswith("นส. โครงการ P1") and "ปัญหาที่ยังคงอยู่" in row for row in rows)


def test_the_year_end_names_what_each_quarter_lacked(dataset: Dataset, tmp_path: Path) -> None:
    """R13: a quarter that was missed, taken late or waived is named, though the last one came."""
    returned = tuple(replace(unit, sources=(CLEAN,), state=State.ACCEPTED) for unit in dataset.units)
    early = tuple(replace(dataset, period=Period(2569, quarter)) for quarter in (1, 2))
    late = tuple(
        replace(dataset, period=Period(2569, quarter), units=returned, projects=dataset.projects[:1], kpis=())
        for quarter in (3, 4)
    )
    year = report_figures(PlanYear(Period(2569, YEAR_END), (*early, *late)), Config(2569))
    told = build_context(year, workspace(tmp_path)).exceptions
    assert [(row.quarter, row.unit, row.kind) for row in told] == [
        (quarter, unit.name, kind)
        for quarter in ("1", "2")
        for unit, kind in ((OUT, "ไม่ได้รับรายงาน"), (WAIVED, "รับรายงานโดยผ่อนผัน"))
    ]
    assert "ไม่ได้รับฉบับที่แก้ไข" in told[0].reason


def paths(value: object, above: str = "") -> set[str]:
    """Every path of a context, ``[]`` for the items of lists."""
    if is_dataclass(value):
        names = {one.name: getattr(value, one.name) for one in fields(value)}
        return {path for name, inner in names.items() for path in paths(inner, f"{above}.{name}" if above else name)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return {path for inner in value for path in paths(inner, f"{above}[]")}
    return {above}


def test_the_documented_fields_are_those_of_the_context(dataset: Dataset, tmp_path: Path) -> None:
    """R12: the page on templates and the check of templates can't go stale."""
    context = build_context(figures_of(dataset), workspace(tmp_path))
    documented = set(report_fields())
    assert paths(context) <= documented
    groups = {path.split(".")[0].split("[")[0] for path in documented}
    assert groups == {*context.by_tag(), "charts"}


def test_the_context_is_made_of_texts(dataset: Dataset, tmp_path: Path) -> None:
    """So that a template never has to compute or to round."""
    context = build_context(figures_of(dataset), workspace(tmp_path))

    def check(value: object) -> None:
        if is_dataclass(value):
            for one in fields(value):
                check(getattr(value, one.name))
        elif isinstance(value, Sequence) and not isinstance(value, str):
            for inner in value:
                check(inner)
        else:
            assert isinstance(value, str | bool) or callable(value), value

    check(context)
