"""Form 1, a sheet per project: the manual's 14 numbered fields (R2), their keys, types and rules.

The sheet's columns: A keys (hidden), B–I what units see, J remarks (correction forms), K counts (hidden).
"""

from __future__ import annotations

from decimal import Decimal

from plan_tracker.forms import choices as c
from plan_tracker.forms.spec import (
    ALWAYS,
    WITH_ROW,
    Block,
    Column,
    Field,
    Form,
    Kind,
    Prefill,
    Row,
    Section,
    Test,
    When,
)

TITLE = "แบบรายงานผลการดำเนินงานประจำปีงบประมาณของ สป.ดศ. และ ดศ."
CARRIED, LOCKED = Prefill.CARRIED, Prefill.LOCKED
ZERO, HUNDRED = Decimal(0), Decimal(100)
BUDGETS = ("f9.recurrent.budget", "f9.investment.budget")


def _line(field: Field, lines: int = 1, tall: bool = False) -> Block:
    """A labelled answer across the page."""
    return Block(
        key=field.key,
        rows=(Row(field.key, field.label),),
        columns=(Column("", "D:I", field),),
        label_span="B:C",
        header=False,
        lines=lines,
        tall=tall,
    )


def _text(field: Field, lines: int, tall: bool = False) -> Block:
    """An answer over the page's whole width, its label above it."""
    return Block(
        key=field.key,
        rows=(Row(field.key),),
        columns=(Column("", "B:I", field),),
        caption=field.label,
        header=False,
        lines=lines,
        tall=tall,
    )


def _numbered(key: str, count: int) -> tuple[Row, ...]:
    return tuple(Row(f"{key}[{i}]", str(i)) for i in range(1, count + 1))


def _section(number: int, title: str, *blocks: Block) -> Section:
    """A numbered field, closed by the note that confirms the warnings put on it."""
    note = Field(
        key=f"f{number}.note",
        label=f"หมายเหตุข้อ ({number})",
        max_length=1000,
        hint="ไม่บังคับ ใช้ยืนยันหรือชี้แจงข้อมูลของข้อนี้ที่ระบบทักท้วง",
        example="ยืนยันข้อมูลถูกต้อง เนื่องจาก…",
    )
    return Section(number, title, (*blocks, _line(note)))


def _whole_first_row(row: str, suffixes: tuple[str, ...]) -> tuple[tuple[str, When], ...]:
    """The first row of a table is due whatever else stands in it."""
    return tuple((row + suffix, ALWAYS) for suffix in suffixes)


_F1 = _section(
    1,
    "ชื่อแผน/โครงการ",
    _line(Field("f1.plan", "แผน", prefill=LOCKED)),
    _line(Field("f1.project_code", "รหัสโครงการ", prefill=LOCKED)),
    _line(Field("f1.project_name", "ชื่อแผน/โครงการ", prefill=LOCKED)),
)

_F2 = _section(
    2,
    "ชื่อหน่วยงาน",
    _line(Field("f2.unit_name", "หน่วยงาน", prefill=LOCKED)),
    _line(
        Field(
            "f2.contact_name",
            "ผู้ประสานงาน (ชื่อ–สกุล)",
            prefill=CARRIED,
            due=ALWAYS,
            definition=True,
            private=True,
            hint="ชื่อและนามสกุลของผู้ที่สอบถามข้อมูลได้",
            example="นางสาวสมใจ ตั้งใจงาน (ตัวอย่าง)",
        )
    ),
    _line(
        Field(
            "f2.contact_phone",
            "โทรศัพท์",
            prefill=CARRIED,
            due=ALWAYS,
            definition=True,
            private=True,
            hint="หมายเลขที่ติดต่อได้ในเวลาราชการ",
            example="0 2141 0000 ต่อ 1234",
        )
    ),
    _line(
        Field(
            "f2.contact_email",
            "อีเมล",
            Kind.EMAIL,
            CARRIED,
            due=ALWAYS,
            definition=True,
            private=True,
            hint="อีเมลของผู้ประสานงาน เช่น name@example.go.th",
            example="name@example.go.th",
        )
    ),
)

SOURCE_KEYS = tuple(f"f3.source[{i}]" for i in (1, 2, 3))
_F3 = _section(
    3,
    "แผนงาน/โครงการ เป็นการขับเคลื่อนภายใต้งบประมาณใด",
    *(
        _line(
            Field(
                key,
                f"แหล่งงบประมาณที่ {i}" + ("" if i == 1 else " (ถ้ามี)"),
                Kind.CHOICE,
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
    _line(
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

_F4 = _section(
    4,
    "วัตถุประสงค์",
    _text(
        Field(
            "f4.objectives",
            "วัตถุประสงค์ของโครงการ",
            prefill=CARRIED,
            due=ALWAYS,
            definition=True,
            hint="เขียนเป็นข้อ ๆ ได้ (Alt+Enter ขึ้นบรรทัดใหม่)",
            example="1. เพื่อให้ประชาชนเข้าถึงบริการดิจิทัลได้สะดวก",
        ),
        lines=3,
    ),
)

_F5 = _section(
    5,
    "เป้าหมาย/ผลผลิต ของโครงการ",
    Block(
        key="f5.outputs",
        rows=_numbered("f5.outputs", 5),
        label_span="B:B",
        due_in=_whole_first_row("f5.outputs[1]", (".output", ".quantity", ".unit")),
        columns=(
            Column(
                ".output",
                "C:F",
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
            Column(
                ".quantity",
                "G:G",
                Field(
                    "",
                    "จำนวน",
                    Kind.NUMBER,
                    CARRIED,
                    due=WITH_ROW,
                    low=ZERO,
                    definition=True,
                    hint="ตัวเลขเท่านั้น",
                    example="1",
                ),
            ),
            Column(
                ".unit",
                "H:I",
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

_F6 = _section(
    6,
    "สรุปสาระสำคัญของโครงการ",
    _text(
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
        lines=6,
        tall=True,
    ),
)

_F7 = _section(
    7,
    "ตัวชี้วัด/ค่าเป้าหมาย",
    Block(
        key="f7.indicators",
        rows=_numbered("f7.indicators", 5),
        label_span="B:B",
        due_in=_whole_first_row("f7.indicators[1]", (".indicator", ".unit", ".direction", ".target", ".result")),
        columns=(
            Column(
                ".indicator",
                "C:D",
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
            Column(
                ".unit",
                "E:E",
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
            Column(
                ".direction",
                "F:F",
                Field(
                    "",
                    "ทิศทาง",
                    Kind.CHOICE,
                    CARRIED,
                    due=WITH_ROW,
                    choices=c.DIRECTIONS,
                    definition=True,
                    hint="เลือกจากรายการ",
                    example=c.HIGHER,
                ),
            ),
            Column(
                ".target",
                "G:G",
                Field(
                    "",
                    "ค่าเป้าหมาย",
                    Kind.MEASURE,
                    CARRIED,
                    due=WITH_ROW,
                    direction="@.direction",
                    definition=True,
                    hint="ตัวเลข (ข้อความได้เฉพาะตัวชี้วัดเชิงคุณภาพ)",
                    example="85",
                ),
            ),
            Column(
                ".result",
                "H:I",
                Field(
                    "",
                    "ผลสะสมถึงปัจจุบัน",
                    Kind.MEASURE,
                    due=WITH_ROW,
                    direction="@.direction",
                    hint="ผลสะสมถึงสิ้นไตรมาสนี้ ถ้ายังไม่มีผลให้ใส่ 0",
                    example="42",
                ),
            ),
        ),
    ),
)

_F8 = _section(
    8,
    "แผนระยะเวลาดำเนินงานทั้งโครงการ",
    _line(
        Field(
            "f8.start_date",
            "วันเริ่มต้นโครงการ",
            Kind.DATE,
            CARRIED,
            due=ALWAYS,
            definition=True,
            hint="วัน/เดือน/ปี พ.ศ. หรือ ค.ศ. เช่น 1 ต.ค. 2568",
            example="1 ต.ค. 2568",
        )
    ),
    _line(
        Field(
            "f8.end_date",
            "วันสิ้นสุดโครงการ",
            Kind.DATE,
            CARRIED,
            due=ALWAYS,
            definition=True,
            hint="วัน/เดือน/ปี พ.ศ. หรือ ค.ศ. เช่น 30 ก.ย. 2569",
            example="30 ก.ย. 2569",
        )
    ),
    Block(
        key="f8.planned",
        rows=(Row("f8", "ร้อยละ (0–100)"),),
        label_span="B:C",
        caption="แผนความก้าวหน้าสะสมของทั้งโครงการ ณ สิ้นแต่ละไตรมาสของปีงบประมาณนี้ (ต้องไม่ลดลง)",
        columns=tuple(
            Column(
                f".planned_q{q}",
                span,
                Field(
                    "",
                    f"สิ้นไตรมาสที่ {q}",
                    Kind.PERCENT,
                    CARRIED,
                    due=ALWAYS,
                    low=ZERO,
                    high=HUNDRED,
                    hint="ร้อยละสะสม 0–100 เช่น 25",
                    example="25",
                ),
            )
            for q, span in zip((1, 2, 3, 4), ("D:D", "E:E", "F:F", "G:G"), strict=True)
        ),
    ),
    Block(
        key="f8.activities",
        rows=_numbered("f8.activities", 8),
        label_span="B:B",
        caption="กิจกรรมหลัก (ถ้ามี)",
        columns=(
            Column(
                ".activity",
                "C:F",
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
            Column(
                ".start",
                "G:G",
                Field(
                    "",
                    "เริ่มต้น",
                    Kind.DATE,
                    CARRIED,
                    due=WITH_ROW,
                    definition=True,
                    hint="เช่น 1 ต.ค. 2568",
                    example="1 ต.ค. 2568",
                ),
            ),
            Column(
                ".end",
                "H:I",
                Field(
                    "",
                    "สิ้นสุด",
                    Kind.DATE,
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


def _money(suffix: str, span: str, label: str, prefill: Prefill, hint: str, due: When | None = None) -> Column:
    return Column(
        suffix,
        span,
        Field(
            "",
            label,
            Kind.MONEY,
            prefill,
            due=due,
            low=ZERO,
            hint=f"{hint} (บาท)",
            example="1,250,000.00",
        ),
    )


_F9 = _section(
    9,
    "โครงการใช้งบประมาณ",
    Block(
        key="f9.money",
        rows=(
            Row("f9.recurrent", "รายจ่ายประจำ"),
            Row("f9.investment", "รายจ่ายลงทุน"),
            Row("", "รวม", total=True),
        ),
        label_span="B:C",
        caption="เฉพาะปีงบประมาณนี้ หน่วย: บาท",
        due_in=((BUDGETS[0], When(Test.ONE_OF, SOURCE_KEYS, c.SOURCES_OF_MONEY, unless=BUDGETS[1:])),),
        columns=(
            _money(".act_budget", "D:D", "งบตาม พ.ร.บ.", CARRIED, "งบประมาณที่ได้รับตามพระราชบัญญัติ"),
            _money(".budget", "E:E", "งบหลังโอนเปลี่ยนแปลง", CARRIED, "งบประมาณหลังโอนเปลี่ยนแปลง"),
            _money(".committed", "F:F", "ก่อหนี้ผูกพันคงค้าง (PO)", Prefill.ASKED, "ยอดก่อหนี้ที่ยังไม่ได้เบิกจ่าย"),
            _money(
                ".disbursed",
                "G:G",
                "เบิกจ่ายสะสม",
                Prefill.ASKED,
                "ยอดเบิกจ่ายสะสมตั้งแต่ต้นปีงบประมาณ ถ้ายังไม่เบิกให้ใส่ 0",
                due=When(Test.POSITIVE, ("@.budget",)),
            ),
            Column("", "H:H", Field("", "คงเหลือ", Kind.MONEY), "{.budget}-{.disbursed}"),
            Column("", "I:I", Field("", "เบิกจ่ายร้อยละ", Kind.PERCENT), "{.disbursed}/{.budget}*100"),
        ),
    ),
)

_F10 = _section(
    10,
    "พื้นที่ดำเนินการ",
    _line(
        Field(
            "f10.scope",
            "พื้นที่",
            Kind.CHOICE,
            CARRIED,
            due=ALWAYS,
            choices=c.SCOPES,
            definition=True,
            hint="เลือกจากรายการ",
            example=c.SCOPES[0],
        )
    ),
    _line(
        Field(
            "f10.provinces",
            "จังหวัด",
            Kind.PROVINCES,
            CARRIED,
            due=When(Test.ONE_OF, ("f10.scope",), (c.IN_PROVINCES,)),
            definition=True,
            hint=f"กรอกเมื่อเลือก “{c.IN_PROVINCES}” คั่นด้วยจุลภาค เช่น เชียงใหม่, ขอนแก่น",
            example="เชียงใหม่, ขอนแก่น",
        )
    ),
)

_F11 = _section(
    11,
    "สรุปผลการดำเนินงาน",
    _text(
        Field(
            "f11.result_quarter",
            "ผลการดำเนินงานในไตรมาสนี้",
            due=ALWAYS,
            hint="ทำอะไรแล้ว ได้ผลอย่างไร เมื่อใด ในไตรมาสนี้",
            example="จัดอบรม 2 รุ่น ผู้เข้าอบรม 120 คน",
        ),
        lines=5,
    ),
    _text(
        Field(
            "f11.result_cumulative",
            "ผลการดำเนินงานสะสมตั้งแต่เริ่มโครงการ",
            due=ALWAYS,
            hint="ผลสะสมตั้งแต่เริ่มโครงการถึงสิ้นไตรมาสนี้",
            example="จัดอบรมแล้ว 5 รุ่น จากแผน 10 รุ่น",
        ),
        lines=5,
    ),
)

_F12 = _section(
    12,
    "ประโยชน์ที่ได้รับ/ผลลัพธ์ของโครงการ",
    _text(
        Field(
            "f12.benefits",
            f"ประโยชน์หรือผลลัพธ์ (ต้องกรอกเมื่อ{c.COMPLETED})",
            due=When(Test.ONE_OF, ("f14.stage",), (c.COMPLETED,)),
            due_code="DONE-NO-BENEFIT",
            hint="ใครได้ประโยชน์อะไร เปลี่ยนแปลงอย่างไร",
            example="ประชาชน 3,000 คนมีทักษะดิจิทัลขั้นพื้นฐาน",
        ),
        lines=3,
    ),
)


_WITH_PROBLEM = When(Test.OTHER_THAN, ("@.problem",), (c.NONE,))

_F13 = _section(
    13,
    "ปัญหา/อุปสรรค และข้อเสนอแนะของการดำเนินงาน",
    Block(
        key="f13.problems",
        rows=_numbered("f13.problems", 5),
        label_span="B:B",
        due_in=(("f13.problems[1].problem", ALWAYS),),
        caption=f"ถ้าไม่มีปัญหา ให้พิมพ์ “{c.NONE}” ในแถวแรก",
        columns=(
            Column(
                ".problem",
                "C:D",
                Field(
                    "",
                    "ปัญหา/อุปสรรค",
                    due=WITH_ROW,
                    none_is_answer=True,
                    hint=f"ถ้าไม่มีปัญหา ให้พิมพ์ “{c.NONE}” ในแถวแรก",
                    example="ผู้รับจ้างส่งมอบงานล่าช้า",
                ),
            ),
            Column(
                ".cause",
                "E:F",
                Field("", "สาเหตุ", due=_WITH_PROBLEM, hint="สาเหตุของปัญหา", example="ขาดแคลนอุปกรณ์"),
            ),
            Column(
                ".recommendation",
                "G:H",
                Field(
                    "",
                    "ข้อเสนอแนะ/แนวทางแก้ไข",
                    due=_WITH_PROBLEM,
                    hint="สิ่งที่จะทำหรือขอให้ช่วย",
                    example="เร่งรัดและปรับแผนส่งมอบ",
                ),
            ),
            Column(".owner", "I:I", Field("", "ผู้รับผิดชอบ", hint="หน่วยงานหรือผู้แก้ไข", example="ผู้รับจ้าง")),
        ),
    ),
)

_F14 = _section(
    14,
    "ความก้าวหน้าของการดำเนินการ",
    _line(
        Field(
            "f14.stage",
            "ขั้นการดำเนินการ",
            Kind.CHOICE,
            due=ALWAYS,
            choices=c.STAGES,
            hint="เลือกจากรายการ",
            example=c.UNDER_WAY,
        )
    ),
    _line(
        Field(
            "f14.schedule",
            "เทียบกับแผน",
            Kind.CHOICE,
            due=When(Test.NONE_OF, ("f14.stage",), (c.CANCELLED,)),
            choices=c.SCHEDULES,
            hint="เลือกจากรายการ (ไม่ต้องกรอกเมื่อยกเลิกโครงการ)",
            example=c.ON_TIME,
        )
    ),
    _line(
        Field(
            "f14.progress_percent",
            "ความก้าวหน้าสะสม (ร้อยละ)",
            Kind.PERCENT,
            due=ALWAYS,
            low=ZERO,
            high=HUNDRED,
            hint="ร้อยละสะสมของทั้งโครงการ 0–100 เช่น 45",
            example="45",
        )
    ),
    _line(
        Field(
            "f14.actual_end_date",
            "วันที่แล้วเสร็จจริง",
            Kind.DATE,
            due=When(Test.ONE_OF, ("f14.stage",), (c.COMPLETED,)),
            due_code="DONE-NO-DATE",
            hint=f"กรอกเมื่อ{c.COMPLETED} เช่น 15 ธ.ค. 2568",
            example="15 ธ.ค. 2568",
        )
    ),
    _text(
        Field(
            "f14.next_steps",
            "สิ่งที่จะดำเนินการต่อไป",
            due=When(Test.NONE_OF, ("f14.stage",), c.CLOSED_STAGES),
            hint="งานในไตรมาสถัดไป (ไม่ต้องกรอกเมื่อแล้วเสร็จหรือยกเลิก)",
            example="ตรวจรับงานงวดที่ 2 และจัดอบรมผู้ใช้งาน",
        ),
        lines=3,
    ),
)

FORM1 = Form("form1", TITLE, (_F1, _F2, _F3, _F4, _F5, _F6, _F7, _F8, _F9, _F10, _F11, _F12, _F13, _F14))
