"""The executive orders on a unit's cover (R20), a row per open order: what was ordered, and what was done.

The cover's columns: A keys (hidden), B–G what units see, then those of its ``Columns``.
"""

from __future__ import annotations

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

TITLE = "ข้อสั่งการของผู้บริหารที่ยังไม่แล้วเสร็จ"
DONE = "o.done"
LOCKED = Prefill.LOCKED

_ORDERS = Block(
    key="orders",
    rows=(FieldRow("o"),),
    columns=(
        FieldColumn(".code", "B", Field("", "รหัส", prefill=LOCKED)),
        FieldColumn(".date", "C", Field("", "สั่งเมื่อวันที่", FieldKind.DATE, LOCKED)),
        FieldColumn(".text", "D", Field("", "ข้อสั่งการ", prefill=LOCKED)),
        FieldColumn(".due", "E", Field("", "กำหนดแล้วเสร็จ", FieldKind.DATE, LOCKED)),
        FieldColumn(
            ".done",
            "F",
            Field(
                "",
                "ผลการดำเนินการตามข้อสั่งการ",
                due=ALWAYS,
                max_length=3000,
                hint="สิ่งที่ได้ดำเนินการตามข้อสั่งการนี้จนถึงปัจจุบัน หากยังไม่ได้ดำเนินการ ให้ระบุเหตุผลและกำหนดเวลา",
                example="จัดประชุมหน่วยงานที่เกี่ยวข้องแล้ว อยู่ระหว่างจัดทำแผนปฏิบัติการ แล้วเสร็จภายในเดือนมีนาคม",
            ),
        ),
    ),
)


def build_orders(columns: Columns) -> Form:
    """What one version's cover asks of each open order."""
    return Form("orders", TITLE, (Section(0, TITLE, (_ORDERS,)),), columns)
