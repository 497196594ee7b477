"""Every kind of letter with content as an office has it: one of everything and several, to a division and an agency."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn

from plan_tracker.analysis.figures.kpis import Outcome
from plan_tracker.config import Config, Letters, Office
from plan_tracker.documents import letters
from plan_tracker.documents.letters import (
    Approval,
    KpiLine,
    PlanFacts,
    PlanKpis,
    ProjectLine,
    Reference,
    Remark,
    UnitResults,
)
from plan_tracker.documents.letters.kinds import KINDS
from plan_tracker.documents.letters.numbering import number_letter
from plan_tracker.documents.report.concerns import Concerns
from plan_tracker.fiscal import YEAR_END, Period
from plan_tracker.forms.definition import choices as c
from plan_tracker.register import Kpi, Plan, Project, Register, Unit
from plan_tracker.workspace.folders import Workspace

PERIOD, DUE = Period(2569, 2), date(2026, 4, 15)
GIVEN = date(2026, 4, 30)  # when an order was given
SENT = Reference("ดศ 0205/123", date(2026, 4, 1))
OFFICE = Office(phone="0 2141 6000", address="120 หมู่ 3 ถนนแจ้งวัฒนะ เขตหลักสี่ กรุงเทพฯ 10210", contact="งานติดตาม")
OPS = Plan("ops", "แผนของสำนักงาน", "สำนักงานปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม")
MINISTRY = Plan("ministry", "แผนของกระทรวง", "กระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม")
DIVISION = Unit(
    "PT", "กองป้องกันและปราบปรามการกระทำความผิดทางเทคโนโลยีสารสนเทศ", "ปท.", "memo",
    "ผู้อำนวยการกองป้องกันและปราบปรามการกระทำความผิดทางเทคโนโลยีสารสนเทศ", unit_type="division",
)  # fmt: skip
AGENCY = Unit(
    "NCSA", "สำนักงานคณะกรรมการการรักษาความมั่นคงปลอดภัยไซเบอร์แห่งชาติ", "สกมช.", "external",
    "เลขาธิการคณะกรรมการการรักษาความมั่นคงปลอดภัยไซเบอร์แห่งชาติ",
)  # fmt: skip
ORDER = "ให้หน่วยงานเร่งรัดโครงการลงทุนที่ยังไม่ลงนามในสัญญาให้แล้วเสร็จภายในไตรมาสถัดไป (ตัวอย่าง)"
PROBLEMS = (
    "โครงการพัฒนาศูนย์ข้อมูลกลาง (ตัวอย่าง) การจัดซื้อจัดจ้างล่าช้าเนื่องจากมีผู้อุทธรณ์ผลการประกวดราคา",
    "โครงการฝึกอบรมพนักงานเจ้าหน้าที่ (ตัวอย่าง) วิทยากรผู้เชี่ยวชาญมีจำนวนไม่เพียงพอ",
    "โครงการโครงข่ายสื่อสารระดับตำบล (ตัวอย่าง) ผู้รับจ้างส่งมอบงานล่าช้ากว่าสัญญา",
)
REMARKS = (
    Remark("ขอให้ระบุสาเหตุของความล่าช้าให้ชัดเจน พร้อมแนวทางเร่งรัด", "โครงการพัฒนาศูนย์ข้อมูลกลาง (ตัวอย่าง)"),
    Remark("ขอให้ตรวจสอบผลการเบิกจ่ายกับระบบ GFMIS", "โครงการฝึกอบรมพนักงานเจ้าหน้าที่ (ตัวอย่าง) ข้อ (9) โครงการใช้งบประมาณ"),
    Remark("ขอให้สรุปผลให้กระชับ"),
)
PROJECTS = (
    "จัดหาระบบรับแจ้งเหตุอาชญากรรมทางเทคโนโลยีสารสนเทศแบบเบ็ดเสร็จสำหรับประชาชน (ตัวอย่าง)",
    "ฝึกอบรมพนักงานเจ้าหน้าที่ตามกฎหมายว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ (ตัวอย่าง)",
    "พัฒนาศูนย์ข้อมูลกลาง (ตัวอย่าง)",
)
KPI = "ร้อยละความสำเร็จของการดำเนินงานด้านที่"


@dataclass(frozen=True, slots=True)
class Case:
    """A letter of ``kind`` in one of its two forms; ``many`` of everything, or one. ``second``: L2 and L5 once more."""

    kind: str
    unit: Unit
    many: bool = True
    second: bool = False

    def __str__(self) -> str:
        form = "memo" if self.unit is DIVISION else "external"
        return "-".join([self.kind, form, "many" if self.many else "one", *(["second"] if self.second else [])])


def cases() -> Iterator[Case]:
    """Every kind in every form that it has."""
    for kind, entry in KINDS.items():
        for unit in (DIVISION, AGENCY)[: len(entry.forms)]:
            for many in (False, True):
                yield Case(kind, unit, many)
            if kind in ("L2", "L5"):
                yield Case(kind, unit, second=True)


def desk(root: Path, *, emblem: str = "", urgency: str = "", signatory_name: str = "") -> Workspace:
    """A workspace whose letters have these settings."""
    settings = Letters(
        emblem=emblem, urgency=urgency, signatory_name=signatory_name, memo_signatory_name=signatory_name
    )
    own = {"signatory_name": signatory_name, "memo_signatory_name": signatory_name}
    settings = settings._replace(of_kinds=dict.fromkeys(KINDS, own))  # some have a position of their own
    return Workspace(root, Config(2569, office=OFFICE, letters=settings))


def register(unit: Unit, projects: int, kpis: int) -> Register:
    """A register in which ``unit`` has so many projects and KPIs."""
    return Register(
        2569,
        (OPS, MINISTRY),
        (unit,),
        tuple(
            Project(f"P{i:03}", f"{PROJECTS[i % 3]} {i}", ("ops", "ministry"), unit.code)
            for i in range(1, projects + 1)
        ),
        tuple(
            Kpi(f"K{i:02}", f"{KPI} {i} (ตัวอย่าง)", "ops", unit.code, "ร้อยละ", c.HIGHER, Decimal(80))
            for i in range(1, kpis + 1)
        ),
    )  # fmt: skip


def facts(plan: Plan) -> PlanFacts:
    return PlanFacts(
        plan,
        12,
        11,
        26,
        24,
        3,
        2,
        Decimal("362_400_000"),
        Decimal("120_800_000"),
        Decimal(100) / 3,
        letters.KpiCounts(4, 2, 3, 1),
    )


def project_lines(count: int) -> tuple[ProjectLine, ...]:
    percents = Decimal(50), Decimal("37.5"), Decimal("28.25")
    return tuple(ProjectLine(f"{PROJECTS[i % 3]} {i}", c.UNDER_WAY, c.LATE, *percents) for i in range(1, count + 1))


def kpi_lines(count: int) -> tuple[KpiLine, ...]:
    outcomes = list(Outcome)
    return tuple(
        KpiLine(
            f"{KPI} {i} (ตัวอย่าง)", "ปท.", "ร้อยละ", "80", Decimal(60), Decimal(75),
            outcomes[i % len(outcomes)],
        )
        for i in range(1, count + 1)
    )  # fmt: skip


def faults(count: int) -> list[letters.Fault]:
    """In the first project alone one error; in others warnings, too."""
    where = [letters.Place("(9)"), letters.Place("(9)"), letters.Place("(14)"), letters.Place()]
    return [
        letters.Fault(
            f"{PROJECTS[i % len(PROJECTS)]} {i} (ตัวอย่าง)",
            f"P{i:03}",
            where[: max(1, count - 1)],
            [letters.Place("(11)")][: i - 1],
        )
        for i in range(1, count + 1)
    ]


def write(case: Case, place: Workspace, path: Path, *, projects: int = 3) -> None:
    """Writes the letter to ``path``; ``projects``: how many the unit has where there are many."""
    unit, many = case.unit, case.many
    of = register(unit, projects if many else 1, 2 if many else 0)
    match case.kind:
        case "L1":
            letters.write_request(place, of, unit, PERIOD, DUE, f"2569-q2-{unit.code}.xlsx", path)
        case "L2":
            time = 2 if case.second else 1
            letters.write_reminder(place, of, unit, PERIOD, DUE, 9, GIVEN, path, refers=SENT, time=time)
        case "L3":
            files = [f"2569-q2-{unit.code}-v1-list.xlsx", f"2569-q2-{unit.code}-v1-form.xlsx"]
            letters.write_correction(
                place, of, unit, PERIOD, DUE, faults(projects if many else 1), files, path, refers=SENT
            )
        case "L4":
            results = UnitResults(project_lines(projects if many else 1), kpi_lines(2 if many else 0))
            advice = [f"{text} ควรเร่งรัดให้เป็นไปตามแผน" for text in (PROBLEMS if many else PROBLEMS[:1])]
            letters.write_circulation(place, of, unit, PERIOD, ORDER, GIVEN, results, DUE, advice, path, refers=SENT)
        case "L7":
            others = [replace(unit, code=name, name=name) for name in ("กองกลาง", "กองกฎหมาย")] if many else []
            letters.write_order(place, of, unit, PERIOD, "", ORDER, GIVEN, DUE, path, others=others, refers=SENT)
        case "L10":
            files = [f"แบบรายงาน {unit.short} {i}.xlsx" for i in range(1, 3 if many else 2)]
            rejected = letters.Rejected(tuple(files), GIVEN, "FORM-BLANK", {}, "ว่าง", "กรอก", DUE)
            letters.write_rejected(place, of, unit, PERIOD, rejected, path, refers=SENT)
        case "L9":
            remarks = REMARKS if many else REMARKS[:1]
            letters.write_comments(place, of, unit, PERIOD, "ผอ.กตจ.", remarks, DUE, path, refers=SENT)
        case _:
            _write_upwards(case, place, path)


def put_number(path: Path, own: Reference) -> None:
    """Puts number and date into the letter at ``path``, in Thai digits."""
    made = number_letter(path.read_bytes(), own, thai_digits=True)
    assert made.content is not None, made.stands
    path.write_bytes(made.content)


def _write_upwards(case: Case, place: Workspace, path: Path) -> None:
    plans = (OPS, MINISTRY) if case.many else (OPS,)
    found, files = [facts(plan) for plan in plans], [f"2569-q2-{plan.code}.docx" for plan in plans]
    if case.kind == "L5":
        approved = Approval(3, GIVEN) if case.second else None
        letters.write_consideration(
            place, PERIOD, found, files, path, approved=approved, refers=SENT if case.second else None
        )
    elif case.kind == "L6":
        problems = PROBLEMS if case.many else PROBLEMS[:1]
        concerns = Concerns((*PROBLEMS, *PROBLEMS) if case.many else PROBLEMS[:1], problems)
        letters.write_to_executives(place, PERIOD, found, files, path, concerns=concerns, approved=(DUE, GIVEN))
    else:
        kpis = [PlanKpis(plan, kpi_lines(10 if case.many else 1)) for plan in plans]
        form = "memo" if case.unit is DIVISION else "external"
        named = replace(
            place, config=place.config._replace(letters=place.config.letters._replace(kpi_letter_type=form))
        )
        letters.write_kpi_results(named, Period(2569, YEAR_END), kpis, path)


def lines(path: Path) -> list[str]:
    """Every paragraph's text in reading order, tables included, blank ones left out."""
    return texts_of(Document(str(path)))


def texts_of(document: DocumentObject) -> list[str]:
    found = (
        "".join(_text(part.tag, part.text, len(part)) for part in p.iter())
        for p in document.element.body.iter(qn("w:p"))
    )
    return [line.strip() for line in found if line.strip()]


def _text(tag: str, text: str | None, children: int) -> str:
    return (
        (text or "").replace("\u00a0", " ") if tag == qn("w:t") else "\t" if tag == qn("w:tab") and not children else ""
    )


def said(path: Path) -> str:
    return "\n".join(lines(path))


def starts(found: Sequence[str], *wanted: str) -> list[str]:
    """The ``wanted`` beginnings that ``found`` lines have, in their order."""
    return [start for line in found for start in wanted if line.startswith(start)]


def png(width: int, height: int) -> bytes:
    """A grey image."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
