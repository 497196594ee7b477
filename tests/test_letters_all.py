"""All nine letters (R4, R10, R11, R14–R18, R20): what each says, in the singular and the plural, and the templates."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan_tracker.analysis.kpis import Outcome
from plan_tracker.config import Config, LetterKind, Letters, Office
from plan_tracker.documents import letters
from plan_tracker.documents.letters import Approval, KpiLine, PlanFacts, PlanKpis, Reference, Remark, UnitResults
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.workspace import Workspace
from tests.test_letters import AGENCY, DUE, OWN, PERIOD, REGISTER, lines
from tools import make_letter_templates

REFERENCE = Reference("ที่ ดศ 0205/123", date(2026, 4, 1))
CITED = "ที่ ดศ ๐๒๐๕/๑๒๓ ลงวันที่ ๑ เมษายน ๒๕๖๙"
OPS, MINISTRY = REGISTER.plans
FACTS = PlanFacts(OPS, 12, 11, 26, 3, 2, Decimal(120_000_000), Decimal(60_000_000), Decimal(50), 10, 4)
HOSTILE = '{{ 7*7 }} {% raise %} <w:b/> & \x00 "x"'


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    office = Office(phone="0 2141 6000", address="120 หมู่ 3", contact="งานติดตาม")
    return Workspace(tmp_path_factory.mktemp("letters"), Config(2569, office=office))


def said(path: Path) -> str:
    return "\n".join(lines(Document(str(path))))


def remind(place: Workspace, time: int, refers: Reference, unit: object = AGENCY) -> str:
    path = place.root / "L2.docx"
    letters.write_reminder(place, REGISTER, unit, PERIOD, DUE, 9, date(2026, 4, 30), path, refers=refers, time=time)  # type: ignore[arg-type]
    return said(path)


def consider(place: Workspace, plans: list[PlanFacts], approved: Approval | None = None) -> str:
    path = place.root / "L5.docx"
    reports = [f"{facts.plan.code}.docx" for facts in plans]
    letters.write_consideration(place, PERIOD, plans, reports, path, approved=approved, refers=REFERENCE)
    return said(path)


def comment(place: Workspace, texts: list[str]) -> str:
    path = place.root / "L9.docx"
    letters.write_comments(place, REGISTER, OWN, PERIOD, "ผอ.กตจ.", [Remark(text) for text in texts], DUE, path)
    return said(path)


def test_committed_templates_are_what_the_tool_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run ``make templates`` after the words or the look have changed."""
    committed = make_letter_templates.FOLDER
    monkeypatch.setattr(make_letter_templates, "FOLDER", tmp_path)
    make_letter_templates.main()
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(p.name for p in committed.glob("L*.docx"))
    for made in tmp_path.iterdir():
        with zipfile.ZipFile(made) as new, zipfile.ZipFile(committed / made.name) as old:
            for part in ("word/document.xml", "word/styles.xml"):
                assert new.read(part) == old.read(part), made.name


def test_a_reminder_cites_the_letter_before_it_and_the_days(place: Workspace) -> None:
    """R6: the first cites the request, the second the first reminder, and each says for how many days."""
    first, second = remind(place, 1, REFERENCE), remind(place, 2, REFERENCE)
    for text in (first, second):
        assert f"อ้างถึง\tหนังสือสำนักงานปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม {CITED}" in text
        assert "๙ วัน" in text
        assert "หากได้จัดส่งแล้ว ขออภัยมา ณ ที่นี้" in text
    assert "ครั้งที่" not in first
    assert "(ครั้งที่ ๒)" in second
    assert "ได้ติดตามให้" in second


def test_a_memo_cites_in_its_first_sentence(place: Workspace) -> None:
    text = remind(place, 1, REFERENCE, OWN)
    assert f"ตามบันทึกข้อความกองยุทธศาสตร์และแผนงาน {CITED}" in text
    assert "อ้างถึง" not in text


def test_what_is_not_recorded_yet_is_dotted(place: Workspace) -> None:
    assert "ที่ .................... ลงวันที่ .............................." in remind(place, 1, Reference())


def test_consideration_cites_the_law_and_counts(place: Workspace) -> None:
    """R15: background, facts, and what is to be considered."""
    text = consider(place, [FACTS, replace(FACTS, plan=MINISTRY, units=3, returned=3, late=0, completed=0)])
    assert "เรียน\tผอ.กตจ." in text
    for law in ("การบริหารกิจการบ้านเมืองที่ดี พ.ศ. ๒๕๔๖", "เชิงยุทธศาสตร์ พ.ศ. ๒๕๖๑", "วินัยการเงินการคลังของรัฐ พ.ศ. ๒๕๖๑"):
        assert law in text
    assert "ได้รับรายงานจาก ๑๑ หน่วยงาน จากทั้งหมด ๑๒ หน่วยงาน" in text
    assert "ได้รับรายงานครบทั้ง ๓ หน่วยงาน" in text
    assert "คิดเป็นร้อยละ ๕๐.๐๐" in text
    assert "ไม่มีโครงการที่รายงานว่าล่าช้ากว่าแผน" in text
    assert "ขอแสดงความนับถือ" not in text


def test_second_consideration_says_what_was_carried_out(place: Workspace) -> None:
    """R17."""
    text = consider(place, [FACTS], Approval(3, date(2026, 5, 3)))
    assert "เรียน\tผอ.ยศ." in text
    assert "ตามข้อเสนอแนะของ ผอ.กตจ. ครบ ๓ รายการแล้ว" in text
    assert CITED in text
    assert "๒.๑" not in text  # one plan is not numbered
    assert "โดยไม่มีข้อเสนอแนะเพิ่มเติม" in consider(place, [FACTS], Approval(0))


def test_executives_are_asked_for_both(place: Workspace) -> None:
    """R18: for information, and for permission to publish."""
    path = place.root / "L6.docx"
    letters.write_to_executives(place, PERIOD, [FACTS], ["a.docx"], path, problems=["จัดซื้อล่าช้า"])
    text = said(path)
    assert "๑)\tทราบผลการดำเนินงาน" in text
    assert "๒)\tอนุญาตให้เผยแพร่" in text
    assert "ได้แก่ จัดซื้อล่าช้า" in text


@pytest.mark.parametrize("unit", [OWN, AGENCY], ids=["memo", "external"])
def test_circulation_and_order_quote_what_was_said(place: Workspace, unit: object) -> None:
    """R11, R20. Nothing that was typed acts as a tag or as markup."""
    path = place.root / "L.docx"
    order = f"“{HOSTILE}”"
    letters.write_circulation(place, REGISTER, unit, PERIOD, order, DUE, UnitResults(), ["เร่งรัด", "ทบทวน"], path)  # type: ignore[arg-type]
    text = said(path)
    assert "ข้อเสนอแนะ จำนวน ๒ ข้อ" in text
    assert "ตามบัญชาปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม" in text
    letters.write_order(place, REGISTER, unit, PERIOD, "", order, DUE, DUE, path)  # type: ignore[arg-type]
    for found in (text, said(path)):
        assert "“{{ ๗*๗ }} {% raise %} <w:b/> &" in found


def test_kpis_are_counted_and_listed(place: Workspace) -> None:
    """R14."""
    kpis = [KpiLine(f"ตัวชี้วัด {o}", "ก.", "ร้อยละ", Decimal(80), None, None, o) for o in Outcome]
    path = place.root / "L8.docx"
    letters.write_kpi_results(place, Period(2569, YEAR_END), [PlanKpis(OPS, tuple(kpis))], path)
    text = said(path)
    assert "จำนวน ๖ ตัว บรรลุเป้าหมาย ๑ ตัว ไม่บรรลุเป้าหมาย ๑ ตัว ยังไม่มีผล ๓ ตัว ไม่คำนวณผลสำเร็จ ๑ ตัว" in text
    assert all(f"ตัวชี้วัด {outcome}" in text for outcome in Outcome)
    letters.write_kpi_results(place, Period(2569, YEAR_END), [PlanKpis(OPS, tuple(kpis[:1]))], path)
    assert "จำนวน ๑ ตัว บรรลุเป้าหมาย ๑ ตัว" in said(path)
    assert "ไม่บรรลุ" not in said(path)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("กขคงท{}<>&% 5", min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_comments_are_numbered_where_there_are_several(place: Workspace, texts: list[str]) -> None:
    """R16."""
    found = comment(place, texts)
    assert ("ทุกข้อ" in found) == (len(texts) > 1)
    assert ("๑.\t" in found) == (len(texts) > 1)
    digits = str.maketrans("5", "๕")
    for text in texts:
        assert " ".join(text.split()).translate(digits) in found


def test_number_date_urgency_and_copies_are_printed(place: Workspace) -> None:
    kind = LetterKind(signatory_position="รองปลัด (ตัวอย่าง)", urgency="ด่วนที่สุด", copies="กองกลาง")
    config = replace(place.config, letters=Letters(signatory_name="นายปลัด", L1=kind))
    path = place.root / "L1.docx"
    for unit in (OWN, AGENCY):
        letters.write_request(replace(place, config=config), REGISTER, unit, PERIOD, DUE, "a.xlsx", path, own=REFERENCE)
        text = said(path)
        for wanted in ("ด่วนที่สุด", "ดศ ๐๒๐๕/๑๒๓", "๑ เมษายน ๒๕๖๙", "รองปลัด (ตัวอย่าง)", "สำเนาส่ง\tกองกลาง"):
            assert wanted in text
        assert "นายปลัด" not in text  # a position of its own takes no other's name
