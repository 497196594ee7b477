"""The letters (R4, R6, R10, R11, R14–R18, R20): parts, order, words, singular and plural, and their look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plan_tracker.analysis.figures.coverage import Coverage
from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.checking.findings import Finding, Severity
from plan_tracker.config import Config, Letters, Report
from plan_tracker.documents import letters
from plan_tracker.documents.letters import (
    Approval,
    KpiLine,
    Place,
    PlanFacts,
    PlanKpis,
    ProjectLine,
    Reference,
    Remark,
    UnitResults,
    write_correction,
    write_request,
)
from plan_tracker.documents.letters.kinds import setting_of
from plan_tracker.documents.report.concerns import Concerns
from plan_tracker.documents.word.render import render_document
from plan_tracker.fiscal import YEAR_END, Period, long_date, thai_digits
from plan_tracker.register import Kpi, Plan, Project, Register, Unit
from plan_tracker.workspace.folders import Workspace
from tests.letterbox import DUE, GIVEN, OFFICE, PERIOD, SENT, Case, cases, lines, put_number, said, starts, write

NAME = "นายตัวอย่าง สมมติ"
OWN = Unit("YS", "กองยุทธศาสตร์และแผนงาน", "ยศ.", "memo", "ผู้อำนวยการกองยุทธศาสตร์และแผนงาน", unit_type="division")
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


CITED = "ที่ ดศ ๐๒๐๕/๑๒๓ ลงวันที่ ๑ เมษายน ๒๕๖๙"
OPS, MINISTRY = REGISTER.plans
KPIS = letters.KpiCounts(4, 2, 3, 1)
FACTS = PlanFacts(OPS, 12, 11, 26, 26, 3, 2, Decimal(120_000_000), Decimal(60_000_000), Decimal(50), KPIS)
HOSTILE = '{{ 7*7 }} {% raise %} <w:b/> & \x00 "x"'


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace(tmp_path_factory.mktemp("letters"), Config(2569, office=OFFICE))


def request(workspace: Workspace, unit: Unit) -> Path:
    path = workspace.root / "L1.docx"
    write_request(workspace, REGISTER, unit, PERIOD, DUE, f"2569-q2-{unit.code}.xlsx", path)
    return path


def correction(workspace: Workspace, unit: Unit, errors: int = 3, warnings: int = 2) -> Path:
    path = workspace.root / "L3.docx"
    faults = [letters.Fault("โครงการหนึ่ง", "P001", [letters.Place("(9)")] * errors, [letters.Place("(11)")] * warnings)]
    write_correction(workspace, REGISTER, unit, PERIOD, DUE, faults, ["list.xlsx", "form.xlsx"], path)
    return path


def remind(workspace: Workspace, time: int, refers: Reference, unit: Unit = AGENCY) -> str:
    path = workspace.root / "L2.docx"
    letters.write_reminder(workspace, REGISTER, unit, PERIOD, DUE, 9, date(2026, 4, 30), path, refers=refers, time=time)
    return said(path)


def consider(workspace: Workspace, plans: list[PlanFacts], approved: Approval | None = None) -> str:
    path = workspace.root / "L5.docx"
    reports = [f"{facts.plan.code}.docx" for facts in plans]
    letters.write_consideration(workspace, PERIOD, plans, reports, path, approved=approved, refers=SENT)
    return said(path)


def comment(workspace: Workspace, texts: list[str]) -> str:
    path = workspace.root / "L9.docx"
    letters.write_comments(workspace, REGISTER, OWN, PERIOD, "ผอ.กตจ.", [Remark(text) for text in texts], DUE, path)
    return said(path)


def test_a_memo_upwards_says_whose_money_its_amounts_lack(workspace: Workspace) -> None:
    assert "ไม่ครบถ้วน" not in consider(workspace, [FACTS])
    lacking = "คิดเป็นร้อยละ ๕๐.๐๐ ทั้งนี้ จำนวนเงินดังกล่าวไม่รวมโครงการที่ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนหรือไม่ถูกต้อง ๒ โครงการ"
    assert lacking in consider(workspace, [replace(FACTS, unstated=2)])
    none = replace(FACTS, unstated=2, budget=Decimal(0), disbursed=Decimal(0), disbursed_percent=None)
    assert "ทั้งนี้ มีโครงการที่ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนหรือไม่ถูกต้อง ๒ โครงการ" in consider(workspace, [none])


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
    return replace(workspace, config=workspace.config._replace(report=Report(thai_digits=False)))


def test_memo_has_its_parts_in_order_and_no_closing_word(arabic: Workspace) -> None:
    path = request(arabic, DEPARTMENT)
    assert starts(lines(path), *MEMO_PARTS) == list(MEMO_PARTS)
    assert "ขอแสดงความนับถือ" not in "".join(lines(path))
    assert "ที่ \tวันที่" in lines(path)


def test_external_letter_has_its_parts_in_order(arabic: Workspace) -> None:
    assert starts(lines(request(arabic, AGENCY)), *EXTERNAL_PARTS) == list(EXTERNAL_PARTS)


def test_correction_to_an_agency_encloses_list_and_form(arabic: Workspace) -> None:
    enclosed = [line for line in lines(correction(arabic, AGENCY)) if line.endswith("จำนวน 1 ชุด")]
    assert [("list.xlsx" in line, "form.xlsx" in line) for line in enclosed] == [(True, False), (False, True)]
    assert enclosed[0].startswith("สิ่งที่ส่งมาด้วย\t1. ")


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_every_letter_in_every_form_is_whole(workspace: Workspace, case: Case) -> None:
    """Whom it goes to, what it is about, who signs; nothing unfilled, and no office but as people are called."""
    path = workspace.root / f"{case}.docx"
    write(case, workspace, path)
    put_number(path, SENT)
    found = lines(path)
    memo = ["บันทึกข้อความ", "ส่วนราชการ", "ที่ ดศ", "เรื่อง", "เรียน", "จึงเรียนมาเพื่อ", "(...."]
    external = ["ที่\tดศ", "สำนักงานปลัด", "๑ เมษายน", "เรื่อง", "เรียน", "จึงเรียนมาเพื่อ", "ขอแสดงความนับถือ", "(...."]
    wanted = memo if case.unit.letter_type == "memo" else external
    assert starts(found, *wanted) == wanted
    text = "\n".join(found)
    for left in ("{{", "{%", "None", "ปดศ", "สป.ดศ", "  ", "๐ โครงการ", "๐ ตัวชี้วัด"):
        assert left not in text
    told = case.unit.unit_type == "division" or case.kind in ("L4", "L7")  # an order is passed on to everyone alike
    assert ("จึงขอให้" in text) <= told
    assert ("ขอบคุณ" in text) <= (case.kind not in ("L4", "L7"))


@pytest.mark.parametrize("unit", [OWN, AGENCY], ids=["memo", "external"])
def test_many_projects_are_listed_on_a_page_apart(workspace: Workspace, unit: Unit) -> None:
    """R4: the letter says how many, what it encloses lists them."""
    path = workspace.root / "L1.docx"
    write(Case("L1", replace(unit, code="U")), workspace, path, projects=20)
    found = lines(path)
    label = "เอกสารแนบ" if unit is OWN else "สิ่งที่ส่งมาด้วย ๒"
    assert found.index(label) > next(i for i, line in enumerate(found) if line.startswith("จึงเรียนมาเพื่อ"))
    assert found[found.index(label) :].count("P020") == 1
    assert f"รายการที่ต้องรายงานปรากฏตาม{label}" in "\n".join(found)
    assert ("๒. รายการที่ต้องรายงาน จำนวน ๑ ชุด" in found) == (unit is AGENCY)


@pytest.mark.parametrize("unit", [OWN, AGENCY], ids=["memo", "external"])
def test_a_reminder_knows_a_return_that_was_sent_back(workspace: Workspace, unit: Unit) -> None:
    """R6: what came and is to be mended is not called not received; the letter that said so is cited once sent."""
    path = workspace.root / "L2.docx"

    def reminder(corrected: Reference | None) -> str:
        letters.write_reminder(workspace, REGISTER, unit, PERIOD, DUE, 9, GIVEN, path, refers=SENT, corrected=corrected)
        return said(path)

    assert f"ยังไม่ได้รับแบบรายงานของ{unit.name} จำนวน" in reminder(None)
    assert "ยังไม่ได้รับการแก้ไขหรือยืนยันข้อมูลตามที่ได้แจ้งไว้" in reminder(letters.BLANK)
    later = Reference("ดศ 0205/456", date(2026, 4, 10))
    assert "ที่ ดศ ๐๒๐๕/๔๕๖ ลงวันที่ ๑๐ เมษายน ๒๕๖๙ จำนวน" in reminder(later)
    assert "ยังไม่ได้รับแบบรายงาน" not in reminder(later)
    assert "จัดส่งแบบแก้ไขข้อมูลดังกล่าว" in reminder(later)


@pytest.mark.parametrize("unit", [OWN, AGENCY], ids=["memo", "external"])
@pytest.mark.parametrize("projects", [1, 20])
def test_a_correction_names_where_the_faults_are(workspace: Workspace, unit: Unit, projects: int) -> None:
    """R10: by project and numbered field; in a memo where they are few, else on a page that the letter encloses."""
    path = workspace.root / "L3.docx"
    write(Case("L3", unit, many=True), workspace, path, projects=projects)
    found, text = lines(path), said(path)
    if unit is OWN and projects == 1:
        assert "(รหัส P001) แก้ไข ๑ รายการ ข้อ (๙)" in text
        assert "บัญชีแก้ไขโดยสรุป" not in text
        return
    assert found[found.index("บัญชีแก้ไขโดยสรุป") - 1] == ("สิ่งที่ส่งมาด้วย ๑" if unit is AGENCY else "เอกสารแนบ")
    assert found.count(f"P{projects:03}") == 1
    if projects > 1:
        assert "๔ รายการ ข้อ (๙) และข้อ (๑๔)" in found  # one of them is on the whole sheet
        assert "๑ รายการ ข้อ (๑๑)" in found


def test_faults_are_gathered_by_project_with_their_numbered_fields() -> None:
    """R10: what a return lacks, in the order of its findings; notices and other units' are not its matter."""
    error, warning = Severity.ERROR, Severity.WARNING
    found = letters.faults_of(
        [
            Finding("SHEET-MISSING", error, "P001"),
            Finding("OVER-BUDGET", error, "P001", "f9.recurrent.disbursed"),
            Finding("KPI-REQUIRED", error, "K01", "k.result"),
            Finding("SAME-TEXT", warning, "P001", "f11.result_quarter"),
            Finding("NOT-CHOICE", error, "K01", "k.not_due"),
            Finding("REQUIRED", error, "O01", "o.done"),
        ],
        {"P001": "โครงการหนึ่ง", "K01": "ตัวชี้วัดหนึ่ง"},
    )
    assert [(fault.code, fault.name) for fault in found] == [
        ("P001", "โครงการหนึ่ง"),
        ("K01", "ตัวชี้วัดหนึ่ง"),
        ("O01", "O01"),
    ]
    assert found[0].mend == [Place(), Place("(9)")]
    assert found[0].confirm == [Place("(11)")]
    assert found[1].mend == [Place("(2)"), Place(column="ยังไม่ถึงรอบวัด")]
    assert found[2].mend == [Place(column="ผลการดำเนินการตามข้อสั่งการ")]
    assert letters.places_of(found[1:2]) == "ตัวชี้วัดหนึ่ง ข้อ (2) และช่องยังไม่ถึงรอบวัด"


def test_an_order_cites_what_the_unit_was_sent_before(workspace: Workspace) -> None:
    """R20: the circulation, else for a division the memo to the executives; without either it says so itself."""
    path = workspace.root / "L7.docx"

    def order(unit: Unit, refers: Reference | None, *, circulated: bool = True) -> str:
        letters.write_order(
            workspace, REGISTER, unit, PERIOD, "", "เร่งรัด", GIVEN, DUE, path, refers=refers, circulated=circulated
        )
        return said(path)

    assert f"อ้างถึง\tหนังสือสำนักงานปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม {CITED}" in order(AGENCY, SENT)
    assert "ได้แจ้งเวียนผลการดำเนินงาน" in order(OWN, SENT)
    assert f"ตามบันทึกข้อความกองยุทธศาสตร์และแผนงาน {CITED}" in order(OWN, SENT, circulated=False)
    assert "ต่อผู้บริหาร ความแจ้งแล้ว นั้น" in order(OWN, SENT, circulated=False)
    assert "ตามที่ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคมมีข้อสั่งการเมื่อวันที่ ๓๐ เมษายน ๒๕๖๙" in order(OWN, None)


# --- words ------------------------------------------------------------------------------------


def test_request_lists_projects_and_kpis(workspace: Workspace) -> None:
    text = "\n".join(lines(request(workspace, OWN)))
    assert "จำนวน ๒ โครงการ และ ๑ ตัวชี้วัด" in text
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
    assert not {"โครงการ", "ตัวชี้วัด"} & set(found)  # no head over a single list


def test_own_divisions_are_told_and_others_are_asked(workspace: Workspace) -> None:
    for draft in (request, correction):
        own, department, agency = ("".join(lines(draft(workspace, unit))) for unit in (OWN, DEPARTMENT, AGENCY))
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
        for draft in (request, correction):
            text = "".join(lines(draft(workspace, unit)))
            for left in ("ปดศ", "สป.ดศ", "{{", "{%", "None"):
                assert left not in text


def test_arabic_digits_where_configured(arabic: Workspace) -> None:
    text = "".join(lines(request(arabic, OWN)))
    assert "15 เมษายน 2569" in text
    assert not any(digit in text for digit in "๐๑๒๓๔๕๖๗๘๙")


def test_office_without_phone_and_address(workspace: Workspace) -> None:
    bare = replace(workspace, config=Config(2569, letters=Letters(signatory_name=NAME, memo_signatory_name=NAME)))
    for unit in (OWN, AGENCY):
        text = "\n".join(lines(request(bare, unit)))
        assert "โทร." not in text
        assert "โปรดประสาน" not in text
        assert f"({NAME})" in text


def test_the_head_of_an_external_letter_has_the_offices_name_in_lines_of_its_own(workspace: Workspace) -> None:
    head = "สำนักงานปลัดกระทรวงดิจิทัล\nเพื่อเศรษฐกิจและสังคม"
    office = OFFICE._replace(letterhead=head)
    told = replace(workspace, config=workspace.config._replace(office=office))
    found = lines(request(told, AGENCY))
    assert head.replace("\n", "") in [line.replace("\n", "") for line in found]
    assert OFFICE.name in [line.strip() for line in lines(request(workspace, AGENCY))]
    assert f"ด้วย{OFFICE.name}" in "".join(found)  # within sentences it is on one line


def test_a_reminder_cites_the_letter_before_it_and_the_days(workspace: Workspace) -> None:
    """R6: the first cites the request, the second the first reminder, and each says for how many days."""
    first, second = remind(workspace, 1, SENT), remind(workspace, 2, SENT)
    for text in (first, second):
        assert f"อ้างถึง\tหนังสือสำนักงานปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม {CITED}" in text
        assert "๙ วัน" in text
        assert "หากได้จัดส่งแล้ว ขออภัยมา ณ ที่นี้" in text
    assert "ครั้งที่" not in first
    assert "(ครั้งที่ ๒)" in second
    assert "ได้ติดตามให้" in second


def test_a_memo_cites_in_its_first_sentence(workspace: Workspace) -> None:
    text = remind(workspace, 1, SENT, OWN)
    assert f"ตามบันทึกข้อความกองยุทธศาสตร์และแผนงาน {CITED}" in text
    assert "อ้างถึง" not in text


def test_what_is_not_recorded_yet_is_dotted(workspace: Workspace) -> None:
    assert "ที่ .................... ลงวันที่ .............................." in remind(workspace, 1, Reference())


def test_consideration_cites_the_law_and_counts(workspace: Workspace) -> None:
    """R15: background, facts, and what is to be considered."""
    text = consider(workspace, [FACTS, replace(FACTS, plan=MINISTRY, units=3, returned=3, late=0, completed=0)])
    assert "เรียน\tผอ.กตจ." in text
    for law in ("การบริหารกิจการบ้านเมืองที่ดี พ.ศ. ๒๕๔๖", "เชิงยุทธศาสตร์ พ.ศ. ๒๕๖๑", "วินัยการเงินการคลังของรัฐ พ.ศ. ๒๕๖๑"):
        assert law in text
    assert "ได้รับรายงานจาก ๑๑ หน่วยงาน จากทั้งหมด ๑๒ หน่วยงาน" in text
    assert "ได้รับรายงานครบทั้ง ๓ หน่วยงาน" in text
    assert "เบิกจ่ายแล้ว ๖๐.๐๐ ล้านบาท จากงบประมาณ ๑๒๐.๐๐ ล้านบาท คิดเป็นร้อยละ ๕๐.๐๐" in text.replace("\xa0", " ")
    assert "ไม่มีโครงการที่รายงานว่าล่าช้ากว่าแผน" in text
    assert "ขอแสดงความนับถือ" not in text


def test_what_both_plans_share_is_said_once(workspace: Workspace) -> None:
    """Each plan is told in figures of its own; that projects stand in both, with the last."""
    facts = replace(FACTS, coverage=Coverage(Decimal(3), Decimal(4), shared=2, shared_budget=Decimal(5_000_000)))
    both = consider(workspace, [facts, replace(facts, plan=MINISTRY)]).replace("\xa0", " ")
    assert both.count("ซึ่งบรรจุอยู่ในอีกแผนหนึ่งด้วย") == 1
    assert both.index("๒.๒") < both.index("มี ๒ โครงการ งบประมาณ ๕.๐๐ ล้านบาท ซึ่งบรรจุอยู่ในอีกแผนหนึ่งด้วย")
    other = replace(facts, plan=MINISTRY, coverage=replace(facts.coverage, shared=1))
    assert consider(workspace, [facts, other]).count("ซึ่งบรรจุอยู่ในอีกแผนหนึ่งด้วย") == 2


def test_second_consideration_says_what_was_carried_out(workspace: Workspace) -> None:
    """R17."""
    text = consider(workspace, [FACTS], Approval(3, date(2026, 5, 3)))
    assert "เรียน\tผอ.ยศ." in text
    assert "ตามข้อเสนอแนะของ ผอ.กตจ. ครบ ๓ รายการแล้ว" in text
    assert CITED in text
    assert "๒.๑" not in text  # one plan is not numbered
    assert "โดยไม่มีข้อเสนอแนะเพิ่มเติม" in consider(workspace, [FACTS], Approval(0))


def test_executives_are_asked_for_both(workspace: Workspace) -> None:
    """R18: for information, and for permission to publish."""
    path = workspace.root / "L6.docx"
    concerns = Concerns(tuple(f"โครงการที่ {number}" for number in range(1, 6)), ("จัดซื้อล่าช้า",))
    letters.write_to_executives(
        workspace, PERIOD, [FACTS], ["a.docx"], path, concerns=concerns, approved=(GIVEN, date(2026, 5, 4))
    )
    text = said(path)
    assert "๑)\tทราบผลการดำเนินงาน" in text
    assert "๒)\tอนุญาตให้เผยแพร่" in text
    assert "ปัญหาและอุปสรรคที่สำคัญ ได้แก่ จัดซื้อล่าช้า" in text  # one alone is no list
    assert "โครงการที่ควรเร่งรัดและติดตามเป็นพิเศษมี ๕ โครงการ โดย ๓ ลำดับแรก ได้แก่" in text
    letters.write_to_executives(workspace, PERIOD, [FACTS], ["a.docx"], path, concerns=replace(concerns, absent=2))
    counted = "มี ๗ โครงการ เป็นโครงการที่ยังไม่ได้รับรายงาน ๒ โครงการ และโครงการที่รายงานแล้ว ๕ โครงการ"
    assert f"{counted} โดย ๓ ลำดับแรกของโครงการที่รายงานแล้ว ได้แก่" in said(path)
    facts = [replace(FACTS, missing=("กองกลาง", "กองกฎหมาย")), FACTS]
    for named, numbers in ((concerns, ("๒.๓ โครงการ", "๒.๔ ปัญหา")), (replace(concerns, attention=()), ("๒.๓ ปัญหา",))):
        letters.write_to_executives(workspace, PERIOD, facts, ["a.docx"], path, concerns=named)
        assert all(number in said(path) for number in numbers)
    assert "โดยยังไม่ได้รับจากกองกลาง และกองกฎหมาย แผนดังกล่าวมีโครงการ" in said(path)
    assert "๓)\tโครงการที่ ๓" in text
    assert "๔)\tโครงการที่ ๔" not in text
    assert "ผอ.กตจ. เมื่อวันที่ ๓๐ เมษายน ๒๕๖๙ และ ผอ.ยศ. เมื่อวันที่ ๔ พฤษภาคม ๒๕๖๙" in text


@pytest.mark.parametrize("unit", [OWN, AGENCY], ids=["memo", "external"])
def test_a_circulation_without_a_return_announces_no_results(workspace: Workspace, unit: Unit) -> None:
    """R11: the order and what to do, and that no report has come."""
    path = workspace.root / "L.docx"
    lines_of = tuple(ProjectLine(name, "", "", None, None, None) for name in ("โครงการหนึ่ง", "โครงการสอง"))
    for received in (False, True):
        results = UnitResults(lines_of, received=received)
        letters.write_circulation(workspace, REGISTER, unit, PERIOD, "เร่งรัด", DUE, results, GIVEN, ["ส่งโดยเร็ว"], path)
        text = said(path)
        assert ("ขอแจ้งผลการดำเนินงานของหน่วยงาน จำนวน ๒ โครงการ" in text) == received
        lacking = f"ในการนี้ ณ วันที่ {thai_digits(long_date(GIVEN))} ยังไม่ได้รับแบบรายงานที่นำมาประมวลผลได้ของหน่วยงาน จึง"
        assert (lacking in text.replace("\xa0", " ")) == (not received)


@pytest.mark.parametrize("unit", [OWN, AGENCY], ids=["memo", "external"])
def test_circulation_and_order_quote_what_was_said(workspace: Workspace, unit: Unit) -> None:
    """R11, R20. Nothing that was typed acts as a tag or as markup."""
    path = workspace.root / "L.docx"
    order = f"“{HOSTILE}”"
    letters.write_circulation(
        workspace, REGISTER, unit, PERIOD, order, DUE, UnitResults(), GIVEN, ["เร่งรัด", "ทบทวน"], path
    )
    text = said(path)
    assert "ข้อเสนอแนะ จำนวน ๒ ข้อ" in text
    assert "ตามบัญชาปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม" in text
    letters.write_order(workspace, REGISTER, unit, PERIOD, "", order, DUE, DUE, path)
    for found in (text, said(path)):
        assert "“{{ ๗*๗ }} {% raise %} <w:b/> &" in found


def test_kpis_are_counted_and_listed(workspace: Workspace) -> None:
    """R14."""
    kpis = [KpiLine(f"ตัวชี้วัด {o}", "ก.", "ร้อยละ", "80", None, None, o) for o in Outcome]
    path = workspace.root / "L8.docx"
    letters.write_kpi_results(workspace, Period(2569, YEAR_END), [PlanKpis(OPS, tuple(kpis))], path)
    text = said(path)
    assert "จำนวน ๙ ตัว บรรลุเป้าหมาย ๑ ตัว ไม่บรรลุเป้าหมาย ๑ ตัว ยังไม่มีผล ๔ ตัว ไม่คำนวณผลสำเร็จ ๑ ตัว ยกเลิก ๑ ตัว" in text
    assert all(f"ตัวชี้วัด {outcome}" in text for outcome in Outcome)
    letters.write_kpi_results(workspace, Period(2569, YEAR_END), [PlanKpis(OPS, tuple(kpis[:1]))], path)
    assert "จำนวน ๑ ตัว บรรลุเป้าหมาย ๑ ตัว" in said(path)
    assert "ไม่บรรลุ" not in said(path)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.text("กขคงท{}<>&% 5", min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_comments_are_numbered_where_there_are_several(workspace: Workspace, texts: list[str]) -> None:
    """R16."""
    found = comment(workspace, texts)
    assert ("ทุกข้อ" in found) == (len(texts) > 1)
    assert ("๑.\t" in found) == (len(texts) > 1)
    digits = str.maketrans("5", "๕")
    for text in texts:
        assert " ".join(text.split()).translate(digits) in found


def test_memos_are_signed_within_the_division_and_letters_for_the_office(workspace: Workspace) -> None:
    """Of an order of the Permanent Secretary's another writes."""
    director, secretary = "ผู้อำนวยการกองยุทธศาสตร์และแผนงาน", "ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
    own = Letters(
        signatory_name="นายปลัด",
        memo_signatory_name="นางสาวผู้อำนวยการ",
        of_kinds={"L2": {"memo_signatory_name": "นายรักษาการ", "memo_signatory_position": "รักษาการ"}},
    )
    signs = {
        (kind, memo): (
            setting_of(own, kind, memo=memo).signatory_name,
            setting_of(own, kind, memo=memo).signatory_position,
        )
        for kind in ("L1", "L2", "L4")
        for memo in (True, False)
    }
    assert signs == {
        ("L1", True): ("นางสาวผู้อำนวยการ", director),
        ("L1", False): ("นายปลัด", secretary),
        ("L2", True): ("นายรักษาการ", "รักษาการ"),
        ("L2", False): ("นายปลัด", secretary),
        ("L4", True): ("", director),
        ("L4", False): ("", f"รองปลัดกระทรวง ปฏิบัติราชการแทน\n{secretary}"),
    }
    signed = {unit.code: "\n".join(lines(request(workspace, unit))) for unit in (OWN, DEPARTMENT, AGENCY)}
    assert [f")\n{director}" in text for text in signed.values()] == [True, False, False]


def test_number_date_urgency_and_copies_are_printed(workspace: Workspace) -> None:
    kind = {"signatory_position": "รองปลัด (ตัวอย่าง)", "urgency": "ด่วนที่สุด", "copies": "กองกลาง"}
    config = workspace.config._replace(letters=Letters(signatory_name="นายปลัด", of_kinds={"L1": kind}))
    path = workspace.root / "L1.docx"
    for unit in (OWN, AGENCY):
        letters.write_request(replace(workspace, config=config), REGISTER, unit, PERIOD, DUE, "a.xlsx", path)
        put_number(path, SENT)
        text = said(path)
        for wanted in ("ด่วนที่สุด", "ดศ ๐๒๐๕/๑๒๓", "๑ เมษายน ๒๕๖๙", "รองปลัด (ตัวอย่าง)", "สำเนาส่ง\tกองกลาง"):
            assert wanted in text
        assert "นายปลัด" not in text  # a position of its own takes no other's name


@pytest.mark.parametrize("thai_digits", [True, False])
def test_a_tag_may_compare(tmp_path: Path, thai_digits: bool) -> None:
    """An officer may write ``>`` and ``<`` in a tag, whatever the digits of the text around it."""
    document = Document()
    document.add_paragraph("ก่อน 1 {% if n > 1 %}หลาย 2{% endif %}{% if n < 3 and n >= 2 %} ข้อ 3{% endif %} หลัง 4")
    template, path = tmp_path / "template.docx", tmp_path / "made.docx"
    document.save(str(template))
    render_document(template, {"n": 2}, path, thai_digits=thai_digits)
    assert said(path) == ("ก่อน ๑ หลาย ๒ ข้อ ๓ หลัง ๔" if thai_digits else "ก่อน 1 หลาย 2 ข้อ 3 หลัง 4")
