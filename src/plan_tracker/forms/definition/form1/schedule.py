"""Form 1, field (8): when the project runs, its activities, and what it plans to have done by each quarter's end."""

from __future__ import annotations

from decimal import Decimal

from plan_tracker.forms.definition.form1.shapes import line, numbered, section
from plan_tracker.forms.definition.spec import (
    ALWAYS,
    WITH_ROW,
    Block,
    Field,
    FieldColumn,
    FieldKind,
    FieldRow,
    Prefill,
    Section,
)

CARRIED = Prefill.CARRIED
ZERO, HUNDRED = Decimal(0), Decimal(100)


def schedule_section(activities: int, at_hand: int) -> Section:
    """Section (8) with room for so many activities, ``at_hand`` of them in their place (0: all)."""
    return section(
        8,
        "แผนระยะเวลาดำเนินงานทั้งโครงการ",
        line(
            Field(
                "f8.start_date",
                "วันเริ่มต้นโครงการ",
                FieldKind.DATE,
                CARRIED,
                due=ALWAYS,
                definition=True,
                hint="วัน/เดือน/ปี พ.ศ. หรือ ค.ศ. เช่น 1 ต.ค. 2568",
                example="1 ต.ค. 2568",
            )
        ),
        line(
            Field(
                "f8.end_date",
                "วันสิ้นสุดโครงการ",
                FieldKind.DATE,
                CARRIED,
                due=ALWAYS,
                definition=True,
                hint="วัน/เดือน/ปี พ.ศ. หรือ ค.ศ. เช่น 30 ก.ย. 2569",
                example="30 ก.ย. 2569",
            )
        ),
        Block(
            key="f8.planned",
            rows=(FieldRow("f8", "ร้อยละ (0–100)"),),
            caption="แผนความก้าวหน้าสะสมของทั้งโครงการ ณ สิ้นแต่ละไตรมาสของปีงบประมาณนี้ (ต้องไม่ลดลง)",
            columns=tuple(
                FieldColumn(
                    f".planned_q{q}",
                    at,
                    Field(
                        "",
                        f"สิ้นไตรมาสที่ {q}",
                        FieldKind.PERCENT,
                        CARRIED,
                        due=ALWAYS,
                        low=ZERO,
                        high=HUNDRED,
                        hint="ร้อยละสะสม 0–100 พิมพ์ 25 ไม่ใช่ 25% หรือ 0.25",
                        example="25",
                    ),
                )
                for q, at in zip((1, 2, 3, 4), "DEFG", strict=True)
            ),
        ),
        Block(
            key="f8.activities",
            rows=numbered("f8.activities", activities),
            at_hand=at_hand,
            caption="กิจกรรมหลัก (ถ้ามี)",
            columns=(
                FieldColumn(
                    ".activity",
                    "C",
                    Field(
                        "",
                        "กิจกรรม",
                        prefill=CARRIED,
                        due=WITH_ROW,
                        definition=True,
                        hint="กรอกให้ครบทั้งแถว: กิจกรรม วันเริ่มต้น และวันสิ้นสุด",
                        example="จัดหาผู้รับจ้าง",
                    ),
                ),
                FieldColumn(
                    ".start",
                    "D",
                    Field(
                        "",
                        "เริ่มต้น",
                        FieldKind.DATE,
                        CARRIED,
                        due=WITH_ROW,
                        definition=True,
                        hint="เช่น 1 ต.ค. 2568",
                        example="1 ต.ค. 2568",
                    ),
                ),
                FieldColumn(
                    ".end",
                    "E",
                    Field(
                        "",
                        "สิ้นสุด",
                        FieldKind.DATE,
                        CARRIED,
                        due=WITH_ROW,
                        definition=True,
                        hint="เช่น 31 ธ.ค. 2568",
                        example="31 ธ.ค. 2568",
                    ),
                ),
            ),
        ),
    )
