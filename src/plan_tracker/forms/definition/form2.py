"""Form 2, a row per KPI: (๑) what was done and (๒) what came of it against the target (R3).

The sheet's columns: A keys (hidden), B–L what units see, then those of its ``Columns``.
"""

from __future__ import annotations

from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.spec import (
    Block,
    Columns,
    Field,
    FieldColumn,
    FieldKind,
    FieldRow,
    Form,
    Prefill,
    Section,
    Test,
    When,
)

TITLE = "แบบรายงานผลการดำเนินงานตามตัวชี้วัดของ สป.ดศ. และ ดศ."
LOCKED = Prefill.LOCKED

_KPIS = Block(
    key="kpis",
    rows=(FieldRow("k"),),
    columns=(
        FieldColumn(".code", "B", Field("", "รหัส", prefill=LOCKED)),
        FieldColumn(".name", "C", Field("", "ตัวชี้วัด", prefill=LOCKED)),
        FieldColumn(".measure", "D", Field("", "หน่วยวัด", prefill=LOCKED)),
        FieldColumn(".direction", "E", Field("", "ทิศทาง", prefill=LOCKED)),
        FieldColumn(".target", "F", Field("", "เป้าหมายทั้งปี", FieldKind.MEASURE, LOCKED, direction="k.direction")),
        FieldColumn(
            ".target_quarter", "G", Field("", "เป้าหมายไตรมาสนี้", FieldKind.MEASURE, LOCKED, direction="k.direction")
        ),
        FieldColumn(
            ".details",
            "H",
            Field(
                "",
                "(1) รายละเอียดผลการดำเนินการ",
                due=When(Test.FILLED, ("k.result",)),
                due_code="KPI-NO-DETAILS",
                hint="สิ่งที่ได้ดำเนินการเพื่อให้บรรลุตัวชี้วัด",
                example="สำรวจความพึงพอใจผู้ใช้บริการ 400 คน",
            ),
        ),
        FieldColumn(
            ".result",
            "I",
            Field(
                "",
                "(2) ผลลัพธ์ที่ได้ตามค่าเป้าหมาย",
                FieldKind.MEASURE,
                due=When(Test.ALWAYS, unless=("k.not_due",)),
                due_code="KPI-REQUIRED",
                direction="k.direction",
                unit="k.measure",
                hint=f"ผลถึงสิ้นไตรมาสนี้ หรือเลือก “{c.NOT_DUE}” ในช่องถัดไป อย่างใดอย่างหนึ่ง "
                "ถ้าหน่วยวัดเป็นร้อยละ พิมพ์ 85 ไม่ใช่ 85% หรือ 0.85",
                example="86.50",
            ),
        ),
        FieldColumn(
            ".not_due",
            "J",
            Field(
                "",
                c.NOT_DUE,
                FieldKind.CHOICE,
                choices=(c.NOT_DUE,),
                hint="เลือกเมื่อยังไม่ถึงรอบวัดผลของตัวชี้วัดนี้ และเว้นช่องผลลัพธ์ไว้",
                example=c.NOT_DUE,
            ),
        ),
        FieldColumn(
            ".evidence",
            "K",
            Field("", "หลักฐานอ้างอิง (ถ้ามี)", hint="ชื่อเอกสารหรือที่อยู่เว็บไซต์ของหลักฐาน", example="รายงานผลการสำรวจ"),
        ),
        FieldColumn(
            ".note",
            "L",
            Field(
                "",
                "หมายเหตุ (ถ้ามี)",
                max_length=1000,
                hint="ไม่บังคับ ใช้ยืนยันหรือชี้แจงข้อมูลที่ระบบทักท้วง",
                example="ยืนยันข้อมูลถูกต้อง เนื่องจาก…",
            ),
        ),
    ),
)


def build_form2(columns: Columns) -> Form:
    """Form 2 as one version lays it out."""
    return Form("form2", TITLE, (Section(0, TITLE, (_KPIS,)),), columns)
