"""Form 1, fields (1) to (8): what the project is, and what it is to bring; (8) stands in a module of its own."""

from __future__ import annotations

from decimal import Decimal

from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.contact import PROJECT_CONTACT, contact_fields
from plan_tracker.forms.definition.form1.schedule import schedule_section
from plan_tracker.forms.definition.form1.shapes import Form1Shape, line, numbered, section, whole_first_row
from plan_tracker.forms.definition.spec import (
    ALWAYS,
    WITH_ROW,
    Block,
    Field,
    FieldColumn,
    FieldKind,
    Prefill,
    Section,
    Test,
    When,
)

CARRIED, LOCKED = Prefill.CARRIED, Prefill.LOCKED
ZERO = Decimal(0)

_F1 = section(
    1,
    "ชื่อแผน/โครงการ",
    line(Field("f1.plan", "แผน", prefill=LOCKED)),
    line(Field("f1.project_code", "รหัสโครงการ", prefill=LOCKED)),
    line(Field("f1.project_name", "ชื่อแผน/โครงการ", prefill=LOCKED)),
)

SOURCE_KEYS = tuple(f"f3.source[{i}]" for i in (1, 2, 3))
_F3 = section(
    3,
    "แผนงาน/โครงการ เป็นการขับเคลื่อนภายใต้งบประมาณใด",
    *(
        line(
            Field(
                key,
                f"แหล่งงบประมาณที่ {i}" + ("" if i == 1 else " (ถ้ามี)"),
                FieldKind.CHOICE,
                CARRIED,
                due=ALWAYS if i == 1 else None,
                choices=c.SOURCES,
                definition=True,
                hint="เลือกจากรายการ",
                example=c.ANNUAL_BUDGET,
            )
        )
        for i, key in enumerate(SOURCE_KEYS, 1)
    ),
    line(
        Field(
            "f3.other",
            "ระบุแหล่งอื่น",
            prefill=CARRIED,
            due=When(Test.ONE_OF, SOURCE_KEYS, (c.OTHER_SOURCE,)),
            definition=True,
            hint=f"กรอกเมื่อเลือก “{c.OTHER_SOURCE}”",
            example="เงินช่วยเหลือจากองค์การระหว่างประเทศ",
        )
    ),
)

_F4 = section(
    4,
    "วัตถุประสงค์",
    line(
        Field(
            "f4.objectives",
            "วัตถุประสงค์ของโครงการ",
            prefill=CARRIED,
            due=ALWAYS,
            definition=True,
            hint="เขียนเป็นข้อ ๆ ได้ (Alt+Enter ขึ้นบรรทัดใหม่)",
            example="1. เพื่อให้ประชาชนเข้าถึงบริการดิจิทัลได้สะดวก",
        ),
    ),
)


def _outputs(count: int, at_hand: int) -> Section:
    return section(
        5,
        "เป้าหมาย/ผลผลิต ของโครงการ",
        Block(
            key="f5.outputs",
            rows=numbered("f5.outputs", count),
            at_hand=at_hand,
            due_in=whole_first_row("f5.outputs[1]", (".output", ".quantity", ".unit")),
            columns=(
                FieldColumn(
                    ".output",
                    "C",
                    Field(
                        "",
                        "เป้าหมาย/ผลผลิต",
                        prefill=CARRIED,
                        due=WITH_ROW,
                        definition=True,
                        hint="กรอกให้ครบทั้งแถว: ผลผลิต จำนวน และหน่วยนับ",
                        example="ระบบสารสนเทศที่พร้อมใช้งาน",
                    ),
                ),
                FieldColumn(
                    ".quantity",
                    "D",
                    Field(
                        "",
                        "จำนวน",
                        FieldKind.NUMBER,
                        CARRIED,
                        due=WITH_ROW,
                        low=ZERO,
                        unit="@.unit",
                        definition=True,
                        hint="ตัวเลขเท่านั้น ถ้าหน่วยนับเป็นร้อยละ พิมพ์ 85 ไม่ใช่ 85% หรือ 0.85",
                        example="1",
                    ),
                ),
                FieldColumn(
                    ".unit",
                    "E",
                    Field(
                        "",
                        "หน่วยนับ",
                        prefill=CARRIED,
                        due=WITH_ROW,
                        definition=True,
                        hint="เช่น ระบบ ครั้ง คน",
                        example="ระบบ",
                    ),
                ),
            ),
        ),
    )


_F6 = section(
    6,
    "สรุปสาระสำคัญของโครงการ",
    line(
        Field(
            "f6.summary",
            "สาระสำคัญ (ไม่เกิน 3,000 ตัวอักษร)",
            prefill=CARRIED,
            due=ALWAYS,
            max_length=3000,
            definition=True,
            hint="ความเป็นมา กิจกรรมหลัก กลุ่มเป้าหมาย ไม่เกิน 3,000 ตัวอักษร",
            example="โครงการพัฒนาระบบกลางเพื่อ…",
        ),
    ),
)


def _indicators(count: int, at_hand: int) -> Section:
    return section(
        7,
        "ตัวชี้วัด/ค่าเป้าหมาย",
        Block(
            key="f7.indicators",
            rows=numbered("f7.indicators", count),
            at_hand=at_hand,
            due_in=whole_first_row("f7.indicators[1]", (".indicator", ".unit", ".direction", ".target", ".result")),
            columns=(
                FieldColumn(
                    ".indicator",
                    "C",
                    Field(
                        "",
                        "ตัวชี้วัด",
                        prefill=CARRIED,
                        due=WITH_ROW,
                        definition=True,
                        hint="ชื่อตัวชี้วัดของโครงการ",
                        example="ร้อยละความพึงพอใจของผู้ใช้บริการ",
                    ),
                ),
                FieldColumn(
                    ".unit",
                    "D",
                    Field(
                        "",
                        "หน่วยวัด",
                        prefill=CARRIED,
                        due=WITH_ROW,
                        definition=True,
                        hint="เช่น ร้อยละ คน ครั้ง",
                        example="ร้อยละ",
                    ),
                ),
                FieldColumn(
                    ".direction",
                    "E",
                    Field(
                        "",
                        "ทิศทาง",
                        FieldKind.CHOICE,
                        CARRIED,
                        due=WITH_ROW,
                        choices=c.DIRECTIONS,
                        definition=True,
                        hint="เลือกจากรายการ",
                        example=c.HIGHER,
                    ),
                ),
                FieldColumn(
                    ".target",
                    "F",
                    Field(
                        "",
                        "ค่าเป้าหมาย",
                        FieldKind.MEASURE,
                        CARRIED,
                        due=WITH_ROW,
                        direction="@.direction",
                        unit="@.unit",
                        definition=True,
                        hint="ตัวเลข (ข้อความได้เฉพาะตัวชี้วัดเชิงคุณภาพ) ถ้าหน่วยวัดเป็นร้อยละ พิมพ์ 85 ไม่ใช่ 85% หรือ 0.85",
                        example="85",
                    ),
                ),
                FieldColumn(
                    ".result",
                    "G",
                    Field(
                        "",
                        "ผลสะสมถึงปัจจุบัน",
                        FieldKind.MEASURE,
                        due=WITH_ROW,
                        direction="@.direction",
                        unit="@.unit",
                        hint="ผลสะสมถึงสิ้นไตรมาสนี้ (ระดับ 1–5 ให้กรอกระดับที่ได้) ถ้าหน่วยวัดเป็นร้อยละ พิมพ์ 85 ไม่ใช่ 85% หรือ 0.85",
                        example="42",
                    ),
                ),
            ),
        ),
    )


def plan_sections(shape: Form1Shape) -> tuple[Section, ...]:
    """Sections (1) to (8) of a form of ``shape``."""
    contacts = map(line, contact_fields(PROJECT_CONTACT)) if shape.contact_in_project else ()
    return (
        _F1,
        section(2, "ชื่อหน่วยงาน", line(Field("f2.unit_name", "หน่วยงาน", prefill=LOCKED)), *contacts),
        _F3,
        _F4,
        _outputs(shape.outputs, shape.rows_at_hand[0]),
        _F6,
        _indicators(shape.indicators, shape.rows_at_hand[1]),
        schedule_section(shape.activities, shape.rows_at_hand[2]),
    )
