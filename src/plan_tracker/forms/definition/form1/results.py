"""Form 1, fields (9) to (14): money, place, and what has been done."""

from __future__ import annotations

from decimal import Decimal

from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.form1.plan import SOURCE_KEYS
from plan_tracker.forms.definition.form1.shapes import Form1Shape, line, numbered, section, side_by_side
from plan_tracker.forms.definition.provinces import PROVINCES
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
    Test,
    When,
)

CARRIED = Prefill.CARRIED
ZERO, HUNDRED = Decimal(0), Decimal(100)
_PICKS_IN_A_ROW = 5
BUDGETS = ("f9.recurrent.budget", "f9.investment.budget")


def _money(suffix: str, at: str, label: str, prefill: Prefill, hint: str, due: When | None = None) -> FieldColumn:
    return FieldColumn(
        suffix,
        at,
        Field(
            "",
            label,
            FieldKind.MONEY,
            prefill,
            due=due,
            low=ZERO,
            hint=f"{hint} (บาท)",
            example="1,250,000.00",
        ),
    )


_F9 = section(
    9,
    "โครงการใช้งบประมาณ",
    Block(
        key="f9.money",
        rows=(
            FieldRow("f9.recurrent", "รายจ่ายประจำ"),
            FieldRow("f9.investment", "รายจ่ายลงทุน"),
            FieldRow("", "รวม", total=True),
        ),
        caption="เฉพาะปีงบประมาณนี้ หน่วย: บาท",
        due_in=((BUDGETS[0], When(Test.ONE_OF, SOURCE_KEYS, c.SOURCES_OF_MONEY, unless=BUDGETS[1:])),),
        columns=(
            _money(".act_budget", "C", "งบตาม พ.ร.บ.", CARRIED, "งบประมาณที่ได้รับตามพระราชบัญญัติ"),
            _money(".budget", "D", "งบหลังโอนเปลี่ยนแปลง", CARRIED, "งบประมาณหลังโอนเปลี่ยนแปลง"),
            _money(".committed", "E", "ก่อหนี้ผูกพันคงค้าง (PO)", Prefill.ASKED, "ยอดก่อหนี้ที่ยังไม่ได้เบิกจ่าย"),
            _money(
                ".disbursed",
                "F",
                "เบิกจ่ายสะสม",
                Prefill.ASKED,
                "ยอดเบิกจ่ายสะสมตั้งแต่ต้นปีงบประมาณ ถ้ายังไม่เบิกให้ใส่ 0",
                due=When(Test.POSITIVE, ("@.budget",)),
            ),
            FieldColumn("", "G", Field("", "คงเหลือ", FieldKind.MONEY), "{.budget}-{.disbursed}"),
            FieldColumn("", "H", Field("", "เบิกจ่ายร้อยละ", FieldKind.PERCENT), "{.disbursed}/{.budget}*100"),
        ),
    ),
)

PROVINCES_KEY = "f10.provinces"


def picked_keys(count: int) -> tuple[str, ...]:
    """The drop-downs that add up to ``f10.provinces``."""
    return tuple(f"{PROVINCES_KEY}[{i}]" for i in range(1, count + 1))


def _pick(key: str) -> Field:
    return Field(
        key,
        "จังหวัดที่เลือก",
        FieldKind.PROVINCES,
        CARRIED,
        choices=PROVINCES,
        part_of=PROVINCES_KEY,
        definition=True,
        hint=f"เลือกจากรายการเมื่อเลือก “{c.IN_PROVINCES}” ช่องละ 1 จังหวัด",
        example=PROVINCES[1],
    )


def _area(picked: int) -> Section:
    keys = picked_keys(picked)
    rows = (keys[i : i + _PICKS_IN_A_ROW] for i in range(0, picked, _PICKS_IN_A_ROW))
    picks = (
        side_by_side(f"f10.picked{number}", "เลือกจังหวัด" if number == 1 else "", tuple(map(_pick, some)))
        for number, some in enumerate(rows, 1)
    )
    return section(
        10,
        "พื้นที่ดำเนินการ",
        line(
            Field(
                "f10.scope",
                "พื้นที่",
                FieldKind.CHOICE,
                CARRIED,
                due=ALWAYS,
                choices=c.SCOPES,
                definition=True,
                hint="เลือกจากรายการ",
                example=c.SCOPES[0],
            )
        ),
        *picks,
        line(
            Field(
                PROVINCES_KEY,
                "จังหวัด",
                FieldKind.PROVINCES,
                CARRIED,
                due=When(Test.ONE_OF, ("f10.scope",), (c.IN_PROVINCES,), unless=keys),
                definition=True,
                hint=f"กรอกเมื่อเลือก “{c.IN_PROVINCES}” คั่นด้วยจุลภาค เช่น เชียงใหม่, ขอนแก่น",
                example="เชียงใหม่, ขอนแก่น",
            )
        ),
    )


_F11 = section(
    11,
    "สรุปผลการดำเนินงาน",
    line(
        Field(
            "f11.result_quarter",
            "ผลการดำเนินงานในไตรมาสนี้",
            due=ALWAYS,
            hint="ทำอะไรแล้ว ได้ผลอย่างไร เมื่อใด ในไตรมาสนี้",
            example="จัดอบรม 2 รุ่น ผู้เข้าอบรม 120 คน",
        ),
    ),
    line(
        Field(
            "f11.result_cumulative",
            "ผลการดำเนินงานสะสมตั้งแต่เริ่มโครงการ",
            due=ALWAYS,
            hint="ผลสะสมตั้งแต่เริ่มโครงการถึงสิ้นไตรมาสนี้",
            example="จัดอบรมแล้ว 5 รุ่น จากแผน 10 รุ่น",
        ),
    ),
)

_F12 = section(
    12,
    "ประโยชน์ที่ได้รับ/ผลลัพธ์ของโครงการ",
    line(
        Field(
            "f12.benefits",
            f"ประโยชน์หรือผลลัพธ์ (ต้องกรอกเมื่อ{c.COMPLETED})",
            due=When(Test.ONE_OF, ("f14.stage",), (c.COMPLETED,)),
            due_code="DONE-NO-BENEFIT",
            hint="ใครได้ประโยชน์อะไร เปลี่ยนแปลงอย่างไร",
            example="ประชาชน 3,000 คนมีทักษะดิจิทัลขั้นพื้นฐาน",
        ),
    ),
)


_WITH_PROBLEM = When(Test.OTHER_THAN, ("@.problem",), (c.NONE,))


def _problems(count: int, at_hand: int) -> Section:
    return section(
        13,
        "ปัญหา/อุปสรรค และข้อเสนอแนะของการดำเนินงาน",
        Block(
            key="f13.problems",
            rows=numbered("f13.problems", count),
            at_hand=at_hand,
            due_in=(("f13.problems[1].problem", ALWAYS),),
            caption=f"ถ้าไม่มีปัญหา ให้พิมพ์ “{c.NONE}” ในแถวแรก",
            columns=(
                FieldColumn(
                    ".problem",
                    "C",
                    Field(
                        "",
                        "ปัญหา/อุปสรรค",
                        due=WITH_ROW,
                        none_is_answer=True,
                        hint=f"ถ้าไม่มีปัญหา ให้พิมพ์ “{c.NONE}” ในแถวแรก",
                        example="ผู้รับจ้างส่งมอบงานล่าช้า",
                    ),
                ),
                FieldColumn(
                    ".cause",
                    "D",
                    Field("", "สาเหตุ", due=_WITH_PROBLEM, hint="สาเหตุของปัญหา", example="ขาดแคลนอุปกรณ์"),
                ),
                FieldColumn(
                    ".recommendation",
                    "E",
                    Field(
                        "",
                        "ข้อเสนอแนะ/แนวทางแก้ไข",
                        due=_WITH_PROBLEM,
                        hint="สิ่งที่จะทำหรือขอให้ช่วย",
                        example="เร่งรัดและปรับแผนส่งมอบ",
                    ),
                ),
                FieldColumn(".owner", "F", Field("", "ผู้รับผิดชอบ", hint="หน่วยงานหรือผู้แก้ไข", example="ผู้รับจ้าง")),
            ),
        ),
    )


_F14 = section(
    14,
    "ความก้าวหน้าของการดำเนินการ",
    line(
        Field(
            "f14.stage",
            "ขั้นการดำเนินการ",
            FieldKind.CHOICE,
            due=ALWAYS,
            choices=c.STAGES,
            hint="เลือกจากรายการ",
            example=c.UNDER_WAY,
        )
    ),
    line(
        Field(
            "f14.schedule",
            "เทียบกับแผน",
            FieldKind.CHOICE,
            due=When(Test.NONE_OF, ("f14.stage",), (c.CANCELLED,)),
            choices=c.SCHEDULES,
            hint="เลือกจากรายการ (ไม่ต้องกรอกเมื่อยกเลิกโครงการ)",
            example=c.ON_TIME,
        )
    ),
    line(
        Field(
            "f14.progress_percent",
            "ความก้าวหน้าสะสม (ร้อยละ)",
            FieldKind.PERCENT,
            due=ALWAYS,
            low=ZERO,
            high=HUNDRED,
            hint="ร้อยละสะสมของทั้งโครงการ 0–100 พิมพ์ 45 ไม่ใช่ 45% หรือ 0.45",
            example="45",
        )
    ),
    line(
        Field(
            "f14.actual_end_date",
            "วันที่แล้วเสร็จจริง",
            FieldKind.DATE,
            due=When(Test.ONE_OF, ("f14.stage",), (c.COMPLETED,)),
            due_code="DONE-NO-DATE",
            hint=f"กรอกเมื่อ{c.COMPLETED} เช่น 15 ธ.ค. 2568",
            example="15 ธ.ค. 2568",
        )
    ),
    line(
        Field(
            "f14.next_steps",
            "สิ่งที่จะดำเนินการต่อไป",
            due=When(Test.NONE_OF, ("f14.stage",), c.CLOSED_STAGES),
            hint="งานในไตรมาสถัดไป (ไม่ต้องกรอกเมื่อแล้วเสร็จหรือยกเลิก)",
            example="ตรวจรับงานงวดที่ 2 และจัดอบรมผู้ใช้งาน",
        ),
    ),
)


def result_sections(shape: Form1Shape) -> tuple[Section, ...]:
    """Sections (9) to (14) of a form of ``shape``."""
    return (_F9, _area(shape.picked_provinces), _F11, _F12, _problems(shape.problems, shape.rows_at_hand[3]), _F14)
