"""Whom to ask about a unit's answers: of each project in version 1, of the unit in those since. Never published."""

from __future__ import annotations

from plan_tracker.forms.definition.spec import ALWAYS, Field, FieldKind, Prefill

UNIT_CONTACT, PROJECT_CONTACT = "u.contact", "f2.contact"  # what the keys begin with
CARRIED = Prefill.CARRIED


def contact_fields(prefix: str) -> tuple[Field, ...]:
    """Name, telephone and e-mail, under keys such as ``u.contact_name``."""
    return (
        Field(
            f"{prefix}_name",
            "ผู้ประสานงาน (ชื่อ–สกุล)",
            prefill=CARRIED,
            due=ALWAYS,
            definition=True,
            private=True,
            hint="ชื่อและนามสกุลของผู้ที่สอบถามข้อมูลได้",
            example="นางสาวสมใจ ตั้งใจงาน (ตัวอย่าง)",
        ),
        Field(
            f"{prefix}_phone",
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
            f"{prefix}_email",
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


CONTACT_KEYS = {  # today's, each with that of version 1
    now.key: then.key for now, then in zip(contact_fields(UNIT_CONTACT), contact_fields(PROJECT_CONTACT), strict=True)
}
