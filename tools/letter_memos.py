"""The words of the letters upwards: to the directors (L5), to the executives (L6), and the KPIs at year end (L8)."""

from __future__ import annotations

from collections.abc import Sequence

from tools.letter_words import PLAN_AND_DAYS, TITLE, Letter

_CONSIDERED = (
    "=3. ข้อพิจารณา",
    (
        "3.1 การติดตามและรายงานผลดังกล่าวเป็นไปตามพระราชกฤษฎีกาว่าด้วยหลักเกณฑ์และวิธีการบริหารกิจการบ้านเมืองที่ดี "
        "พ.ศ. 2546 และ (ฉบับที่ 2) พ.ศ. 2562 ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการบริหารงานเชิงยุทธศาสตร์ พ.ศ. 2561 "
        "และพระราชบัญญัติวินัยการเงินการคลังของรัฐ พ.ศ. 2561"
    ),
)
_RETURNED = (
    "{% if not plan.units %}ไม่มีหน่วยงานที่ต้องรายงาน"
    "{% elif not plan.received %}ยังไม่ได้รับรายงานจากหน่วยงานใด จากทั้งหมด {{ plan.units }} หน่วยงาน"
    "{% elif plan.outstanding %}ได้รับรายงานจาก {{ plan.returned }} หน่วยงาน จากทั้งหมด {{ plan.units }} หน่วยงาน"
    "{% if plan.missing %} โดยยังไม่ได้รับจาก{{ plan.missing }}{% endif %}"
    "{% else %}ได้รับรายงานครบทั้ง {{ plan.units }} หน่วยงาน{% endif %}"
)
_PROJECTS = (
    "{% if plan.has_projects %} แผนดังกล่าวมีโครงการ จำนวน {{ plan.projects }} โครงการ "
    "{% if plan.unreported %}ได้รับรายงานแล้ว {{ plan.reported }} โครงการ ในจำนวนนี้{% endif %}"
    "{% if plan.completed %}ดำเนินการแล้วเสร็จ {{ plan.completed }} โครงการ"
    "{% elif not plan.completed_before %}ยังไม่มีโครงการที่ดำเนินการแล้วเสร็จ{% endif %} "
    "{% if plan.completed_before %}แล้วเสร็จตามรายงานของไตรมาสก่อน {{ plan.completed_before }} โครงการ {% endif %}"
    "{% if plan.late %}และมีโครงการที่ล่าช้ากว่าแผน {{ plan.late }} โครงการ"
    "{% else %}และไม่มีโครงการที่รายงานว่าล่าช้ากว่าแผน{% endif %}"
    "{% if plan.cancelled %} ยกเลิกแล้ว {{ plan.cancelled }} โครงการ{% endif %}"
    "{% if plan.percent %} เบิกจ่ายแล้ว {{ plan.disbursed }} ล้านบาท "
    "จากงบประมาณ{% if plan.unreported %}ของโครงการที่ได้รับรายงาน{% endif %} {{ plan.budget }} ล้านบาท "
    "คิดเป็นร้อยละ {{ plan.percent }}{% endif %}"
    "{% if plan.coverage %} โดยรายงานที่ได้รับ{{ plan.coverage }}{% endif %}"
    # Said of both plans in the same words: once, with the last of them
    "{% if plan.shared and plan.shared not in plans[loop.index:]|map(attribute='shared')|list %} "
    "ในจำนวนนี้{{ plan.shared }}{% endif %}"
    "{% if plan.spent_before %} ทั้งนี้ รวมเงินที่โครงการซึ่งยกเลิกแล้ว {{ plan.have_spent }} โครงการ "
    "เบิกจ่ายไว้ก่อนยกเลิก {{ plan.spent_before }} ล้านบาท{% endif %}"
    "{% if plan.unstated %} ทั้งนี้ {% if plan.percent %}จำนวนเงินดังกล่าวไม่รวม{% else %}มี{% endif %}"
    "โครงการที่ระบุข้อมูลการเบิกจ่ายไม่ครบถ้วนหรือไม่ถูกต้อง {{ plan.unstated }} โครงการ{% endif %}{% endif %}"
)
_KPIS = (
    "{% if plan.kpis %} แผนดังกล่าวมีตัวชี้วัด จำนวน {{ plan.kpis }} ตัว "
    "{% if plan.kpis_met %}บรรลุเป้าหมายแล้ว {{ plan.kpis_met }} ตัว"
    "{% else %}ยังไม่มีตัวชี้วัดที่บรรลุเป้าหมาย{% endif %}"
    "{% if plan.kpis_not_met %} {% if not period.ends_year %}ยัง{% endif %}ไม่บรรลุเป้าหมาย "
    "{{ plan.kpis_not_met }} ตัว{% endif %}"
    "{% if plan.kpis_on_way %} อยู่ระหว่างดำเนินการตามเป้าหมายทั้งปี {{ plan.kpis_on_way }} ตัว{% endif %}"
    "{% if plan.kpis_not_due %} ยังไม่ถึงรอบการวัดผล {{ plan.kpis_not_due }} ตัว{% endif %}"
    "{% if plan.kpis_without %} ยังไม่มีผล {{ plan.kpis_without }} ตัว{% endif %}"
    "{% if plan.kpis_not_rated %} ไม่คำนวณผลสำเร็จ {{ plan.kpis_not_rated }} ตัว{% endif %}"
    "{% if plan.kpis_cancelled %} ยกเลิก {{ plan.kpis_cancelled }} ตัว{% endif %}{% endif %}"
)


def _facts(heading: str, more: Sequence[str] = ()) -> Sequence[str]:
    """A paragraph per plan, numbered where there is anything else to number."""
    return (
        heading,
        "%p for plan in plans",
        (
            "{% if plans|length != 1 %}2.{{ plan.number }} {% endif %}{{ plan.name }} "
            f"{_RETURNED}{{% if plan.received or not plan.units %}}{_PROJECTS}{_KPIS}{{% endif %}}"
        ),
        "%p endfor",
        *more,
    )


def _named(many: str, what: str, noun: str, after: str = "", *, absent: bool = False) -> Sequence[str]:
    """The first of ``many.all`` by name: in the sentence where it is alone, else as a list below it.

    Numbered on from the plans' paragraphs, where these are, and from that on ``after``. ``absent``: besides those named
    there may be projects whose report has not come; then both are counted.
    """
    first = f"{many}.first"
    before = f" + (1 if {after}.first else 0)" if after else ""
    both = f"มี {{{{ {many}.all }}}} {noun}"
    apart = (
        f" เป็นโครงการที่ยังไม่ได้รับรายงาน {{{{ {many}.absent }}}} {noun} "
        f"และโครงการที่รายงานแล้ว {{{{ {many}.reported }}}} {noun}"
    )
    alone, several, of_them = "", both, ""
    if absent:
        alone = f"{{% if {many}.absent %}}{both}{apart}{{% endif %}}"
        several = f"{both}{{% if {many}.absent %}}{apart}{{% endif %}}"
        of_them = f"{{% if {many}.absent %}}ของโครงการที่รายงานแล้ว{{% endif %}}"
    what = f"{{% if plans|length != 1 %}}2.{{{{ plans|length + 1{before} }}}} {{% endif %}}{what}"
    return (
        f"%p if {first}|length == 1",
        f"{what}{alone} ได้แก่ {{{{ {first}[0].text }}}}",
        f"%p elif {first}",
        (f":{what}{several}{{% if {many}.more %}} โดย {{{{ {many}.more }}}} ลำดับแรก{of_them}{{% endif %}} ได้แก่"),
        f"%p for point in {first}",
        "-{{ point.number }})\t{{ point.text }}",
        "%p endfor",
        "%p endif",
    )


def _background(*more: str, alone: str = "not round") -> Sequence[str]:
    """What was before, numbered unless it is ``alone``; ``more`` follows."""
    gathered = f"{{{{ office.division }}}}ได้รวบรวม ตรวจสอบ และวิเคราะห์ผลการดำเนินงานตาม{PLAN_AND_DAYS} จากหน่วยงานที่เกี่ยวข้อง"
    return (
        "=1. เรื่องเดิม",
        f"{{% if not ({alone}) %}}1.1 {{% endif %}}{gathered}",
        "%p if round",
        "1.2 รายงานฉบับนี้เสนอเป็นครั้งที่ {{ round }} เนื่องจาก{{ because }}",
        "%p endif",
        *more,
    )


_AGREED = (
    "1.{% if round %}3{% else %}2{% endif %} "
    "{% if reference %}ตาม{{ reference }} {{ office.division }}ได้เสนอรายงานต่อ "
    "{{ letters.monitoring_director }} เพื่อพิจารณา และ {% endif %}"
    "{{ letters.monitoring_director }} พิจารณาเห็นชอบรายงานแล้ว"
    "{% if approved %}เมื่อวันที่ {{ approved }}{% endif %} "
    "{% if comments %}โดยได้ดำเนินการตามข้อเสนอแนะของ {{ letters.monitoring_director }} "
    "ครบ {{ comments }} รายการแล้ว{% else %}โดยไม่มีข้อเสนอแนะเพิ่มเติม{% endif %}"
    "{% if amended %} ทั้งนี้ ได้ปรับปรุงรายงานตามข้อเสนอแนะของท่าน "
    "ภายหลังจากที่ {{ letters.monitoring_director }} เห็นชอบ{% endif %}"
)
_REPORTS = (
    "รายงานผลการดำเนินงาน{% if reports|length != 1 %} จำนวน {{ reports|length }} ฉบับ {% endif %}ตามเอกสารแนบ "
    "(ไฟล์ {{ reports|join(' และ ', attribute='name') }})"
)
_MADE = f"{{{{ office.division }}}}ได้จัดทำ{_REPORTS} พร้อมปัญหาและอุปสรรคของการดำเนินงานเรียบร้อยแล้ว"

CONSIDERATION = Letter(
    "L5",
    f"ขอเสนอรายงานผลการดำเนินงานตาม{TITLE} เพื่อพิจารณา",
    (
        *_background("%p if second", _AGREED, "%p endif", alone="not round and not second"),
        *_facts("=2. ข้อเท็จจริง"),
        *_CONSIDERED,
        "%p if second",
        f"3.2 เห็นควรเสนอ{_REPORTS} เพื่อโปรดพิจารณา ก่อนรายงานให้ผู้บริหารทราบและขออนุญาตเผยแพร่ต่อไป",
        "%p else",
        (
            f"3.2 {_MADE} จึงเห็นควรเสนอเพื่อโปรดพิจารณา "
            "หากมีข้อเสนอแนะเพิ่มเติม จะได้แจ้งหน่วยงานดำเนินการตามข้อเสนอแนะก่อน "
            "แล้วจึงนำเสนอ {{ letters.strategy_director }} พิจารณาต่อไป"
        ),
        "%p endif",
    ),
    ("จึงเรียนมาเพื่อโปรดพิจารณา หากเห็นชอบ จะได้ดำเนินการในส่วนที่เกี่ยวข้องต่อไป",),
    contact=False,
)

EXECUTIVES = Letter(
    "L6",
    f"รายงานผลการดำเนินงานตาม{TITLE} และขออนุญาตเผยแพร่",
    (
        *_background(),
        *_facts(
            "=2. ข้อเท็จจริง",
            (
                *_named("attention", "โครงการที่ควรเร่งรัดและติดตามเป็นพิเศษ", "โครงการ", absent=True),
                *_named("problems", "ปัญหาและอุปสรรคที่สำคัญ", "เรื่อง", after="attention"),
            ),
        ),
        *_CONSIDERED,
        (
            f"3.2 {{{{ office.division }}}}ได้จัดทำ{_REPORTS} "
            "ซึ่งผ่านการพิจารณาของ {{ letters.monitoring_director }} "
            "{% if approved.monitoring %}เมื่อวันที่ {{ approved.monitoring }} {% endif %}"
            "และ {{ letters.strategy_director }} {% if approved.strategy %}เมื่อวันที่ {{ approved.strategy }} {% endif %}"
            "ตามลำดับแล้ว "
            "{% if amended %}ทั้งนี้ รายงานที่เสนอได้ปรับปรุงตามข้อเสนอแนะของ {{ letters.strategy_director }} "
            "ภายหลังจากที่ {{ letters.monitoring_director }} เห็นชอบ {% endif %}"
            "จึงเห็นควรนำเรียนเพื่อโปรดพิจารณา"
        ),
    ),
    (
        "จึงเรียนมาเพื่อโปรด",
        "1) ทราบผลการดำเนินงาน{{ period.title }}",
        "2) อนุญาตให้เผยแพร่รายงานดังกล่าวบนเว็บไซต์{{ office.ministry }}",
    ),
    contact=False,
)

_COUNTED = (
    "{{ plan.name }} มีตัวชี้วัด จำนวน {{ plan.count }} ตัว"
    "{% if plan.met %} บรรลุเป้าหมาย {{ plan.met }} ตัว{% endif %}"
    "{% if plan.not_met %} ไม่บรรลุเป้าหมาย {{ plan.not_met }} ตัว{% endif %}"
    "{% if plan.without %} ยังไม่มีผล {{ plan.without }} ตัว{% endif %}"
    "{% if plan.not_rated %} ไม่คำนวณผลสำเร็จ {{ plan.not_rated }} ตัว{% endif %}"
    "{% if plan.cancelled %} ยกเลิก {{ plan.cancelled }} ตัว{% endif %}"
)
KPIS = Letter(
    "L8",
    f"รายงานผลการดำเนินงานตามตัวชี้วัดของ{TITLE}",
    (
        (f":ด้วย{{{{ office.division }}}}ได้รวบรวมและตรวจสอบผลการดำเนินงานตามตัวชี้วัดของ{PLAN_AND_DAYS} เรียบร้อยแล้ว สรุปได้ดังนี้"),
        "%p for plan in plans",
        f"-{{% if plans|length != 1 %}}{{{{ loop.index }}}}.\t{{% endif %}}{_COUNTED}",
        "%p endfor",
        "รายละเอียดของตัวชี้วัดแต่ละตัวปรากฏตาม$page",
    ),
    ("จึงเรียนมาเพื่อโปรดทราบ",),
    {"page": "เอกสารแนบ"},
    {"page": "สิ่งที่ส่งมาด้วย"},
    ("ตารางผลการดำเนินงานตามตัวชี้วัด",),
    contact=False,
)

UPWARDS = (CONSIDERATION, EXECUTIVES, KPIS)
