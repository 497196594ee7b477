"""What a form asks once of the whole unit, on its cover: whom to ask, who reports and who vouches for it.

None of it ever stands in a report or a publication. Keyed by the unit's code: ``YS/u.contact_name``.
"""

from __future__ import annotations

from plan_tracker.forms.definition.form1.shapes import LINES
from plan_tracker.forms.definition.spec import (
    ALWAYS,
    Block,
    Columns,
    Field,
    FieldColumn,
    FieldKind,
    FieldRow,
    Form,
    Prefill,
    Section,
)

CONTACT, CERTIFICATION = "ผู้ประสานงานของหน่วยงาน", "ผู้รายงานและผู้รับรองข้อมูล"
CARRIED = Prefill.CARRIED
CONTACT_KEYS = {f"u.contact_{name}": f"f2.contact_{name}" for name in ("name", "phone", "email")}  # and version 1's


def _line(field: Field) -> Block:
    return Block(
        field.key, (FieldRow(field.key, field.label),), (FieldColumn("", "D", field),), header=False, key_row=LINES
    )


_CONTACT = (
    Field(
        "u.contact_name",
        "ผู้ประสานงาน (ชื่อ–สกุล)",
        prefill=CARRIED,
        due=ALWAYS,
        definition=True,
        private=True,
        hint="ชื่อและนามสกุลของผู้ที่สอบถามข้อมูลได้",
        example="นางสาวสมใจ ตั้งใจงาน (ตัวอย่าง)",
    ),
    Field(
        "u.contact_phone",
        "โทรศัพท์",
        FieldKind.PHONE,
        CARRIED,
        due=ALWAYS,
        definition=True,
        private=True,
        hint="หมายเลขที่ติดต่อได้ในเวลาราชการ",
        example="0 2141 0000 ต่อ 1234",
    ),
    Field(
        "u.contact_email",
        "อีเมล",
        FieldKind.EMAIL,
        CARRIED,
        due=ALWAYS,
        definition=True,
        private=True,
        hint="อีเมลของผู้ประสานงาน เช่น name@example.go.th",
        example="name@example.go.th",
    ),
)
_CERTIFICATION = (
    Field(
        "u.reporter",
        "ผู้รายงาน (ชื่อ–สกุล)",
        due=ALWAYS,
        private=True,
        hint="ผู้ที่กรอกแบบรายงานนี้",
        example="นายสมชาย ตั้งใจ (ตัวอย่าง)",
    ),
    Field(
        "u.certifier",
        "ผู้รับรองข้อมูล (ชื่อ–สกุล)",
        due=ALWAYS,
        private=True,
        hint="ผู้บังคับบัญชาที่รับรองความถูกต้องของข้อมูล",
        example="นางมาลี รักงาน (ตัวอย่าง)",
    ),
    Field(
        "u.certifier_position",
        "ตำแหน่งผู้รับรอง",
        due=ALWAYS,
        private=True,
        hint="ตำแหน่งของผู้รับรองข้อมูล",
        example="ผู้อำนวยการกอง",
    ),
    Field(
        "u.certified_date",
        "วันที่รับรอง (ถ้ามี)",
        FieldKind.DATE,
        private=True,
        hint="เช่น 15 ม.ค. 2569",
        example="15 ม.ค. 2569",
    ),
)


def build_unit(columns: Columns) -> Form:
    """What the cover asks of the unit itself."""
    sections = ((CONTACT, _CONTACT), (CERTIFICATION, _CERTIFICATION))
    made = (Section(0, title, tuple(map(_line, asked))) for title, asked in sections)
    return Form("unit", CONTACT, tuple(made), columns)


def build_nothing_of_unit(columns: Columns) -> Form:
    """Of a version that asks nothing of the unit itself."""
    return Form("unit", "", (), columns)
