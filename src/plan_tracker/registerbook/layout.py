"""What the register workbook is made of: its four sheets, and each sheet's columns.

A column is a ``Field`` of the form's own kind, so that a register's cell is read as an answer is. The keys in
the second row tell the columns; their order and the headings above them are the officer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.spec import ALWAYS, Block, Field, FieldKind, FieldRow, Prefill, Section
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.register import AGENCY, DIVISION, Computation, LifecycleState

PLANS, UNITS, PROJECTS, KPIS = "plans", "units", "projects", "kpis"
HEADING_ROW, KEY_ROW, FIRST_ROW = 1, 2, 3
MEMO, EXTERNAL = "memo", "external"
CODED: Mapping[str, Mapping[str, str]] = {
    "letter_type": {"บันทึกข้อความ": MEMO, "หนังสือภายนอก": EXTERNAL},
    "unit_type": {"กองในสำนักงาน": DIVISION, "หน่วยงานอื่น": AGENCY},
    "state": {
        "ดำเนินการ": LifecycleState.ACTIVE,
        "ยกเลิก": LifecycleState.CANCELLED,
        "ย้าย": LifecycleState.MOVED,
        "รวม": LifecycleState.MERGED,
        "สิ้นสุด": LifecycleState.ENDED,
    },
    "computed": {  # together at most 255 characters, as drop-downs go
        "ร้อยละเบิกจ่าย ทั้งแผน": Computation.DISBURSED_PLAN,
        "ร้อยละเบิกจ่าย หน่วยงาน": Computation.DISBURSED_UNIT,
        "ร้อยละเบิกจ่ายงบลงทุน ทั้งแผน": Computation.INVESTMENT_PLAN,
        "ร้อยละเบิกจ่ายงบลงทุน หน่วยงาน": Computation.INVESTMENT_UNIT,
        "จำนวนโครงการแล้วเสร็จ ทั้งแผน": Computation.COMPLETED_PLAN,
        "จำนวนโครงการแล้วเสร็จ หน่วยงาน": Computation.COMPLETED_UNIT,
        "ร้อยละโครงการแล้วเสร็จ ทั้งแผน": Computation.COMPLETED_SHARE_PLAN,
        "ร้อยละโครงการแล้วเสร็จ หน่วยงาน": Computation.COMPLETED_SHARE_UNIT,
    },
}  # choices as officers see them, and the codes that they stand for, which may be typed as well
PLANNED = tuple(f"f8.planned_q{quarter}" for quarter in (1, 2, 3, 4))
KPI_TARGETS = ("target", *(f"target_q{quarter}" for quarter in (1, 2, 3, 4)))
LONGEST_CODE = 20
_OWN = re.compile(r"x\.[a-z0-9_-]+")
_FAMILIES = {"f8.planned": "แผนสะสม (ร้อยละ)"}


def code_of(key: str, text: str) -> str:
    """What ``text`` in the column ``key`` stands for: a choice's code, where it is one or is typed as one."""
    codes = CODED.get(key, {})
    return codes.get(text) or (text.lower() if text.lower() in codes.values() else text)


def choice_of(key: str, code: str) -> str:
    """The choice that officers see for ``code``; anything else as it is."""
    return next((choice for choice, meant in CODED.get(key, {}).items() if meant == code), code)


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """One sheet. ``name`` is the table's name in code, ``sheet`` the Thai name that the officer sees."""

    name: str
    sheet: str
    about: str
    columns: Mapping[str, Field]

    def column(self, key: str) -> Field | None:
        """The column ``key``; of projects any that begins with ``x.`` is one, the office's own."""
        return self.columns.get(key) or (_own_column(key) if self.name == PROJECTS and is_own(key) else None)

    @property
    def required(self) -> tuple[str, ...]:
        """The keys of the columns that every row must fill."""
        return tuple(key for key, field in self.columns.items() if field.due is ALWAYS)


def is_own(key: str) -> bool:
    """Whether a project's column is one that the office has added: what central forms ask beside ours."""
    return _OWN.fullmatch(key) is not None


def _own_column(key: str) -> Field:
    return Field(key, key, FieldKind.TEXT, Prefill.LOCKED)


def _must(
    key: str, label: str, kind: FieldKind = FieldKind.TEXT, hint: str = "", choices: tuple[str, ...] = ()
) -> Field:
    return Field(key, label, kind, Prefill.LOCKED, due=ALWAYS, hint=hint, choices=choices)


def _may(
    key: str, label: str, kind: FieldKind = FieldKind.TEXT, hint: str = "", choices: tuple[str, ...] = ()
) -> Field:
    return Field(key, label, kind, Prefill.LOCKED, hint=hint, choices=choices)


def _target(key: str, label: str, hint: str) -> Field:
    due = ALWAYS if key == "target" else None
    return Field(
        key, label, FieldKind.MEASURE, Prefill.LOCKED, due=due, direction="direction", unit="measure", hint=hint
    )


def _columns(*fields: Field) -> dict[str, Field]:
    return {field.key: field for field in fields}


ENGLISH = ("name_en", "owner_en", "short_en", "measure_en")
_ENGLISH_HINT = "ไม่บังคับ ใช้ในหน้าภาษาอังกฤษของเว็บไซต์ เว้นว่างไว้จะแสดงเป็นภาษาไทย"
LIFECYCLE = ("former_code", "state", "state_date", "state_reason")
_LIFECYCLE = (
    _may("former_code", "รหัสเดิม", hint="เมื่อเปลี่ยนรหัสหรือรวมรายการ ใส่รหัสเดิมไว้ที่แถวของรหัสใหม่ หลายรหัสคั่นด้วยจุลภาค"),
    _may(
        "state",
        "สถานะ",
        FieldKind.CHOICE,
        "เว้นว่าง = ดำเนินการ; ย้าย คือย้ายออกไป รวม คือรวมกับรายการอื่นซึ่งระบุรหัสนี้เป็นรหัสเดิม",
        tuple(CODED["state"]),
    ),
    _may("state_date", "วันที่มีผล", FieldKind.DATE, "วันที่สถานะมีผล เช่น 15 ม.ค. 2569"),
    _may("state_reason", "เหตุผล", hint="เหตุของการยกเลิก ย้าย รวม หรือสิ้นสุด"),
)
_CODE_HINT = "อักษรอังกฤษ ตัวเลข - หรือ _ ไม่เกิน 20 ตัว ห้ามซ้ำ"

_PLANS = _columns(
    _must("code", "รหัสแผน", hint=f"ops = แผนของสำนักงานปลัดกระทรวง, ministry = แผนของกระทรวง; {_CODE_HINT}"),
    _must("name", "ชื่อแผน", hint="ชื่อเต็มของแผน ใช้ในหนังสือและรายงาน"),
    _must("owner", "เจ้าของแผน", hint="ชื่อเต็มของส่วนราชการเจ้าของแผน"),
    _must("fiscal_year", "ปีงบประมาณ พ.ศ.", FieldKind.NUMBER, "ต้องตรงกับ fiscal_year ใน config.toml"),
    _may("name_en", "ชื่อแผน (ภาษาอังกฤษ)", hint=_ENGLISH_HINT),
    _may("owner_en", "เจ้าของแผน (ภาษาอังกฤษ)", hint=_ENGLISH_HINT),
)

_UNITS = _columns(
    _must("code", "รหัสหน่วยงาน", hint=f"{_CODE_HINT}; ใช้เป็นชื่อไฟล์แบบรายงาน"),
    _must("name", "ชื่อหน่วยงาน", hint="ชื่อเต็ม"),
    _may("short", "ชื่อย่อ", hint="ถ้าเว้นว่าง ใช้ชื่อเต็ม"),
    _must(
        "letter_type",
        "ประเภทหนังสือ",
        FieldKind.CHOICE,
        "เลือกจากรายการ บันทึกข้อความใช้ภายในกระทรวง หนังสือภายนอกใช้กับองค์การมหาชนและบริษัท",
        tuple(CODED["letter_type"]),
    ),
    _must("addressee", "เรียน", hint="ตำแหน่งของผู้รับหนังสือ ตามที่จะพิมพ์หลังคำว่า เรียน"),
    _may("email", "อีเมล", FieldKind.EMAIL, "อีเมลกลางของหน่วยงาน (ไม่บังคับ)"),
    _may(
        "unit_type",
        "ประเภทหน่วยงาน",
        FieldKind.CHOICE,
        "กองในสำนักงาน คือกอง ศูนย์ หรือกลุ่มของสำนักงานเอง (หนังสือใช้ ขอให้); เว้นว่าง = หน่วยงานอื่น (ขอความอนุเคราะห์)",
        tuple(CODED["unit_type"]),
    ),
    _may("name_en", "ชื่อหน่วยงาน (ภาษาอังกฤษ)", hint=_ENGLISH_HINT),
    _may("short_en", "ชื่อย่อ (ภาษาอังกฤษ)", hint="ไม่บังคับ ถ้าเว้นว่าง ใช้ชื่อภาษาอังกฤษ"),
    *_LIFECYCLE,
)

_KPIS = _columns(
    _must("code", "รหัสตัวชี้วัด", hint=f"{_CODE_HINT} กับทั้งตัวชี้วัดและโครงการ"),
    _must("name", "ชื่อตัวชี้วัด"),
    _must("plan", "แผน", hint="รหัสแผน 1 แผน"),
    _must("unit", "หน่วยงานที่รายงาน", hint="รหัสหน่วยงาน"),
    _must("measure", "หน่วยวัด", hint="เช่น ร้อยละ คน ชุดข้อมูล"),
    _must("direction", "ทิศทาง", FieldKind.CHOICE, "เลือกจากรายการ", c.DIRECTIONS),
    _target("target", "ค่าเป้าหมายทั้งปี", f"ตัวเลข (ข้อความได้เฉพาะ “{c.QUALITATIVE}”; “{c.LEVELS}” ใช้ 1 ถึง 5)"),
    *(_target(key, f"เป้าหมายไตรมาสที่ {key[-1]}", "ถ้ามี เป็นค่าสะสมถึงสิ้นไตรมาส") for key in KPI_TARGETS[1:]),
    _may(
        "computed",
        "ระบบคำนวณเทียบ",
        FieldKind.CHOICE,
        "ไม่บังคับ เลือกเมื่อผลของตัวชี้วัดคำนวณได้จากรายงานโครงการ ระบบจะแสดงค่าที่คำนวณได้ข้างผลที่รายงาน และขอให้ชี้แจงหากต่างกัน",
        tuple(CODED["computed"]),
    ),
    _may("name_en", "ชื่อตัวชี้วัด (ภาษาอังกฤษ)", hint=_ENGLISH_HINT),
    _may("measure_en", "หน่วยวัด (ภาษาอังกฤษ)", hint=_ENGLISH_HINT),
    *_LIFECYCLE,
)


def _heading(section: Section, block: Block, row: FieldRow, field: Field) -> str:
    """A project column's heading, such as ``(5) จำนวน 2`` or ``(9) รายจ่ายลงทุน งบตาม พ.ร.บ.``."""
    if row.label.isdigit():
        return f"({section.number}) {field.label} {row.label}"
    family = _FAMILIES.get(block.key, row.label if row.label != field.label else "")
    return " ".join(part for part in (f"({section.number})", family, field.label) if part)


def _from_form() -> Iterator[Field]:
    """What the form takes from the register: everything carried that is not a contact person's."""
    for section in CURRENT.form1.sections:
        for block in section.blocks:
            for row, _column, field in block.fields():
                if field.prefill is Prefill.CARRIED and not field.private and not field.part_of:
                    yield replace(field, label=_heading(section, block, row, field), due=None)


_PROJECTS = _columns(
    _must("code", "รหัสโครงการ", hint=f"{_CODE_HINT} กับทั้งโครงการและตัวชี้วัด; ใช้เป็นชื่อแผ่นงานในแบบรายงาน"),
    _must("name", "ชื่อแผน/โครงการ"),
    _must("plans", "แผน", hint="รหัสแผน ถ้าอยู่ทั้งสองแผน คั่นด้วยจุลภาค เช่น ops, ministry"),
    _must("unit", "หน่วยงาน", hint="รหัสหน่วยงานที่รายงาน"),
    _may("name_en", "ชื่อแผน/โครงการ (ภาษาอังกฤษ)", hint=_ENGLISH_HINT),
    *_LIFECYCLE,
    *_from_form(),
)

TABLES = {
    table.name: table
    for table in (
        RegisterSheet(PLANS, "แผน", "แผนที่ติดตาม แถวละ 1 แผน", _PLANS),
        RegisterSheet(UNITS, "หน่วยงาน", "หน่วยงานทั้งหมดในสังกัด แถวละ 1 หน่วยงาน ทั้งที่มีและไม่มีโครงการ", _UNITS),
        RegisterSheet(
            PROJECTS, "โครงการ", "โครงการของทุกหน่วยงาน แถวละ 1 โครงการ พร้อมข้อมูลที่ทราบก่อนเริ่มไตรมาสแรก", _PROJECTS
        ),
        RegisterSheet(KPIS, "ตัวชี้วัด", "ตัวชี้วัดระดับแผน แถวละ 1 ตัวชี้วัด", _KPIS),
    )
}
LEVEL_LOW, LEVEL_HIGH = Decimal(1), Decimal(5)
