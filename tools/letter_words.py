"""The words of the letters to units (L1–L4, L7, L9, L10): paragraphs with Jinja tags, as memo and external letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from string import Template


@dataclass(frozen=True, slots=True)
class Letter:
    """What one kind of letter says.

    A paragraph that begins with ``%`` is logic, with ``:`` what leads to a list, with ``=`` its head, with ``-`` an
    entry. ``$name`` stands
    for what ``memo`` or ``external`` has under that name, since the two forms refer to enclosures in different ways.
    ``contact``: memos name whom to ask; external letters have that below the signature.
    ``enclosed`` is listed by external letters only. ``end`` is the last paragraph.
    """

    kind: str
    subject: str
    body: Sequence[str]
    end: Sequence[str]
    memo: Mapping[str, str] = field(default_factory=dict)
    external: Mapping[str, str] = field(default_factory=dict)
    enclosed: Sequence[str] = ()
    contact: bool = True

    def words(self, texts: Sequence[str], *, memo: bool) -> list[str]:
        """``texts`` as one of the two forms says them."""
        common = _MEMO if memo else _EXTERNAL
        return [Template(text).substitute(common, **self._own(memo=memo)) for text in texts]

    def page(self, *, memo: bool) -> str:
        """What the page that the letter encloses is called; blank where it encloses none."""
        return self._own(memo=memo).get("page", "")

    def _own(self, *, memo: bool) -> Mapping[str, str]:
        return self.memo if memo else self.external


_MEMO = {"ask": "{{ ask }}", "following": "ตาม{{ reference }}", "sender": "{{ office.division }}"}
_EXTERNAL = {"ask": "ขอความอนุเคราะห์", "following": "ตามหนังสือที่อ้างถึง", "sender": "{{ office.name }}"}
CONTACT = (
    "%p if contact",
    "ทั้งนี้ หากมีข้อขัดข้องหรือต้องการข้อมูลเพิ่มเติม โปรดประสาน{{ contact }}",
    "%p endif",
)
PLAN = "{{ plan }} {{ period.title }}"
PLAN_AND_DAYS = f"{PLAN} ({{{{ period.span }}}})"
TITLE = "{{ plan_title }} {{ period.title }}"
_MAIL = "ทางไปรษณีย์อิเล็กทรอนิกส์ {{ office.email }} ภายในวันที่ {{ due }}"
_AMOUNT = (
    "{% if projects %}จำนวน {{ project_count }} โครงการ{% if kpis %} และ {{ kpi_count }} ตัวชี้วัด{% endif %}"
    "{% elif kpis %}จำนวน {{ kpi_count }} ตัวชี้วัด{% endif %}"
)
_KINDLY = "จึงเรียนมาเพื่อโปรดพิจารณาให้ความอนุเคราะห์ต่อไปด้วย จะขอบคุณยิ่ง"


def _end(told: str, asked: str = _KINDLY) -> str:
    return "{% if own %}" + told + "{% else %}" + asked + "{% endif %}"


def listed(many: str, one: str, text: str) -> Sequence[str]:
    """Entries, numbered where there are several."""
    count = f"{{% if {many}|length != 1 %}}{{{{ {one}.number }}}}.\t{{% endif %}}"
    return (f"%p for {one} in {many}", f"-{count}{text}", "%p endfor")


def _entries(head: str, one: str, many: str) -> Sequence[str]:
    entry = f"{{{{ {one}.name }}}} (รหัส {{{{ {one}.code }}}})"
    headed = ("%p if projects and kpis", f"={head}", "%p endif")  # alone, the sentence above says what they are
    return (f"%p if {many}", *headed, *listed(many, one, entry), "%p endif")


_ASKED = (
    "%p if not apart",
    *_entries("โครงการ", "project", "projects"),
    *_entries("ตัวชี้วัด", "kpi", "kpis"),
    "%p endif",
)
_WHERE = "{% if apart %}ปรากฏตาม$page{% else %}มีดังนี้{% endif %}"  # what is asked for: in the letter, or on a page apart

REQUEST = Letter(
    "L1",
    f"$askรายงานผลการดำเนินงานตาม{TITLE}",
    (
        (
            f"ด้วย{{{{ office.name }}}} โดย{{{{ office.division }}}} อยู่ระหว่างรวบรวมผลการดำเนินงานตาม{PLAN_AND_DAYS} "
            "เพื่อวิเคราะห์และจัดทำรายงานเสนอผู้บริหาร"
        ),
        (
            f":ในการนี้ จึง$ask{{{{ to.name }}}}รายงานผลการดำเนินงาน {_AMOUNT} โดยกรอกข้อมูลลงใน$form "
            "ให้ครบถ้วน โดยไม่แก้ไขโครงสร้างของแบบ "
            f"แล้วส่งไฟล์กลับ{_MAIL} โดยรายการที่ต้องรายงาน{_WHERE}"
        ),
        *_ASKED,
    ),
    ("$end",),
    {
        "form": "แบบรายงานที่แนบ (ไฟล์ {{ attachments[0] }})",
        "page": "เอกสารแนบ",
        "end": _end("จึงเรียนมาเพื่อโปรดดำเนินการภายในกำหนดเวลาดังกล่าวต่อไป"),
    },
    {
        "form": "แบบรายงานตามสิ่งที่ส่งมาด้วย{% if apart %} 1{% endif %}",
        "page": "สิ่งที่ส่งมาด้วย 2",
        "end": _KINDLY,
    },
    (
        "{% if apart %}1. {% endif %}แบบรายงานผลการดำเนินงาน (ไฟล์ {{ attachments[0] }})",
        "%p if apart",
        "2. รายการที่ต้องรายงาน",
        "%p endif",
    ),
)

# Why a file was rejected and what to do, as the letter says it; a code that is not here has the words of the finding.
_REASONS = {
    "FORM-BLANK": ("แบบรายงานยังไม่ได้กรอกข้อมูล", "กรอกข้อมูลลงในแบบรายงานให้ครบถ้วน"),
    "FORM-FORGED": (
        "ข้อมูลระบุตัวแบบรายงานซึ่งซ่อนอยู่ในไฟล์ถูกแก้ไขจากที่ได้จัดส่งให้",
        "กรอกข้อมูลลงในแบบรายงานฉบับที่ได้จัดส่งให้ โดยไม่แก้ไขโครงสร้างของแบบ",
    ),
    "FORM-UNKNOWN": (
        "เป็นสมุดงานที่คัดลอกแบบรายงานไปวางไว้ จึงไม่มีข้อมูลระบุตัวแบบรายงานซึ่งซ่อนอยู่ในไฟล์ที่ได้จัดส่งให้",
        (
            "{% if attachments %}ตรวจสอบ แก้ไข และเพิ่มเติมข้อมูลในแบบรายงานที่ส่งมาพร้อมนี้ (ไฟล์ {{ attachments[0] }}) "
            "ซึ่งได้กรอกไว้ตามที่อ่านได้จากไฟล์ดังกล่าว"
            "{% else %}คัดลอกคำตอบลงในแบบรายงานฉบับที่ได้จัดส่งให้{% endif %}"
        ),
    ),
    "FORM-VERSION": (
        "เป็นแบบรายงานรุ่นที่ไม่ได้ใช้แล้ว",
        "กรอกข้อมูลลงในแบบรายงานฉบับล่าสุดที่{{ office.division }}จัดส่งให้",
    ),
    "FORM-PERIOD": (
        (
            "{% if details.closed_by %}ได้ปิดรับรายงาน{{ period.title }} แล้ว"
            "{% else %}ไม่ได้ออกแบบรายงาน{{ period.title }} ฉบับนี้ให้หน่วยงาน{% endif %}"
        ),
        "ใช้แบบรายงานของไตรมาสที่ขอให้รายงาน",
    ),
}


def _because(which: int, otherwise: str, of: str = "") -> str:
    """What is said of each code, first its reason (0), then what to do (1); ``of``: what has the code, with a dot."""
    cases = [f"if {of}code == '{code}' %}}{said[which]}" for code, said in _REASONS.items()]
    told = "{% " + "{% el".join(cases) + f"{{% else %}}{{{{ {of}{otherwise} }}}}{{% endif %}}"
    return told.replace("details.", f"{of}details.")


def _quoted(files: str) -> str:
    """The names of ``files``; within a tag Word's quotes would be taken for a programmer's."""
    return f"{{% for file in {files} %}}“{{{{ file }}}}”{{% if not loop.last %}} และ {{% endif %}}{{% endfor %}}"


_HELP = "จึงเรียนมาเพื่อโปรดให้ความร่วมมือดำเนินการต่อไปด้วย จะขอบคุณยิ่ง"
REMINDER = Letter(
    "L2",
    f"ขอติดตามแบบรายงานผลการดำเนินงานตาม{TITLE}{{% if time != 1 %}} (ครั้งที่ {{{{ time }}}}){{% endif %}}",
    (
        (
            "$following $sender{% if time != 1 %}ได้ติดตามให้{% else %}ได้$ask{% endif %}"
            f"รายงานผลการดำเนินงานตาม{PLAN} "
            "{% if time != 1 %}ซึ่งครบกำหนดส่งเมื่อวันที่{% else %}ภายในวันที่{% endif %} {{ was_due }} นั้น"
        ),
        (
            ":ขณะนี้ล่วงเลยกำหนดมาแล้ว {{ days_late }} วัน {{ office.division }}"
            "{% if sent_back %}ได้รับแบบรายงานของ{{ to.name }}แล้ว แต่ยังไม่ครบถ้วน โดยยังไม่ได้รับการแก้ไขหรือยืนยันข้อมูล"
            "{% if corrected %}ตาม{{ corrected }}{% else %}ตามที่ได้แจ้งไว้{% endif %}"
            f"{{% elif refused %}}ได้รับไฟล์ {_quoted('refused.files')} เมื่อวันที่ {{{{ refused.received }}}} แล้ว "
            f"แต่ไม่สามารถนำเข้าได้ เนื่องจาก{_because(0, 'reason', 'refused.')} "
            "จึงยังไม่มีแบบรายงานของ{{ to.name }}ที่ใช้ได้"
            "{% else %}ยังไม่ได้รับแบบรายงานของ{{ to.name }}{% endif %} "
            f"{_AMOUNT}{{% if projects or kpis %}} {_WHERE}{{% endif %}}"
        ),
        *_ASKED,
        (
            "ในการนี้ จึงขอความร่วมมือจัดส่ง{% if sent_back %}แบบแก้ไขข้อมูล{% else %}แบบรายงาน{% endif %}ดังกล่าว"
            f"{_MAIL} หากได้จัดส่งแล้ว ขออภัยมา ณ ที่นี้"
        ),
    ),
    ("$end",),
    {"page": "เอกสารแนบ", "end": _end("จึงเรียนมาเพื่อโปรดเร่งดำเนินการต่อไป", _HELP)},
    {"page": "สิ่งที่ส่งมาด้วย", "end": _HELP},
    (
        "%p if apart",
        "{% if sent_back %}รายการที่ต้องแก้ไขหรือยืนยัน{% else %}รายการที่ยังไม่ได้รับรายงาน{% endif %}",
        "%p endif",
    ),
)

_FAULTS = (
    "{% if has_errors %}ข้อมูลที่ต้องแก้ไขหรือเพิ่มเติม จำนวน {{ errors }} รายการ{% endif %}"
    "{% if has_errors and has_warnings %} และ{% endif %}"
    "{% if has_warnings %}ข้อมูลที่ต้องทบทวนและยืนยัน จำนวน {{ warnings }} รายการ{% endif %}"
)
_MEND = (
    "{% if has_errors %}แก้ไข{% endif %}{% if has_errors and has_warnings %}และ{% endif %}"
    "{% if has_warnings %}ยืนยัน{% endif %}ข้อมูล"
)
_WHAT_FAULT = (
    "{{ fault.name }}{% if fault.code %} (รหัส {{ fault.code }}){% endif %}"
    "{% if fault.mend %} แก้ไข {{ fault.mend }}{% endif %}{% if fault.confirm %} ยืนยัน {{ fault.confirm }}{% endif %}"
)
CORRECTION = Letter(
    "L3",
    f"$ask{_MEND}ในแบบรายงานผลการดำเนินงานตาม{TITLE}",
    (
        (
            "{% if reference %}$following $senderได้$ask"
            f"รายงานผลการดำเนินงานตาม{PLAN}"
            f"{{% else %}}ตามที่{{{{ to.name }}}}ได้ส่งแบบรายงานผลการดำเนินงานตาม{PLAN}{{% endif %}} นั้น"
        ),
        (
            f":{{{{ office.division }}}}ได้ตรวจสอบแบบรายงานที่ได้รับแล้ว พบ{_FAULTS} "
            "ตาม$faults{% if not apart %} ดังนี้{% endif %}"
        ),
        "%p if not apart",
        *listed("faults", "fault", _WHAT_FAULT),
        "%p endif",
        (
            f"ในการนี้ จึง$ask{{{{ to.name }}}}{_MEND}ใน$form "
            "ซึ่งทำเครื่องหมายช่องที่ต้องดำเนินการไว้แล้ว"
            "{% if has_warnings %} หากข้อมูลที่ให้ทบทวนถูกต้องแล้ว โปรดชี้แจงเหตุผลในช่องหมายเหตุของข้อนั้น{% endif %} "
            f"แล้วส่งไฟล์กลับ{_MAIL}"
        ),
    ),
    ("$end",),
    {
        "faults": "บัญชีแก้ไขที่แนบ (ไฟล์ {{ attachments[0] }})",
        "form": "แบบแก้ไขข้อมูลที่แนบ (ไฟล์ {{ attachments[1] }})",
        "page": "เอกสารแนบ",
        "end": _end("จึงเรียนมาเพื่อโปรดดำเนินการภายในกำหนดเวลาดังกล่าวต่อไป"),
    },
    {
        "faults": "สิ่งที่ส่งมาด้วย 1",
        "form": "แบบแก้ไขข้อมูลตามสิ่งที่ส่งมาด้วย 2",
        "page": "สิ่งที่ส่งมาด้วย 1",
        "end": _KINDLY,
    },
    (
        "1. บัญชีแก้ไขและสรุป (ไฟล์ {{ attachments[0] }})",
        "2. แบบแก้ไขข้อมูล (ไฟล์ {{ attachments[1] }})",
    ),
)

_AND_ADVICE = "{% if recommendations %}และข้อเสนอแนะ{% endif %}"
CIRCULATION = Letter(
    "L4",
    f"แจ้งเวียนผลการดำเนินงานตาม{TITLE}",
    (
        "%p if reference",
        f"$following $senderได้$askรายงานผลการดำเนินงานตาม{PLAN} ความแจ้งแล้ว นั้น",
        "%p else",
        f"ตามที่$senderได้รวบรวมและวิเคราะห์ผลการดำเนินงานตาม{PLAN} นั้น",
        "%p endif",
        "บัดนี้ {{ letters.permanent_secretary }}มีบัญชาเมื่อวันที่ {{ ordered }} ว่า “{{ order }}”",
        (
            "ในการนี้ {% if not received %}ณ วันที่ {{ as_of }} ยังไม่ได้รับแบบรายงานที่นำมาประมวลผลได้ของหน่วยงาน {% endif %}จึง"
            f"{{% if received and (projects or kpis) %}}ขอแจ้งผลการดำเนินงานของหน่วยงาน {_AMOUNT} และ{{% endif %}}"
            "ขอให้{{ to.name }}ดำเนินการ"
            "{{ letters.by_order }}"
            "{% if recommendations %} พร้อมข้อเสนอแนะ จำนวน {{ recommendations|length }} ข้อ{% endif %}"
            "{% if projects or kpis or recommendations %} รายละเอียดปรากฏตาม$page{% endif %}"
        ),
    ),
    (f"จึงเรียนมาเพื่อโปรดทราบ และดำเนินการตามบัญชา{_AND_ADVICE}ต่อไป",),
    {"page": "เอกสารแนบ"},
    {"page": "สิ่งที่ส่งมาด้วย"},
    (f"ผลการดำเนินงาน{_AND_ADVICE}",),
)

ORDER = Letter(
    "L7",
    "ขอให้ดำเนินการตามข้อสั่งการของ{{ executive }}",
    (
        "%p if reference",
        (
            f"$following $senderได้{{% if circulated %}}แจ้งเวียนผลการดำเนินงานตาม{PLAN}"
            f"{{% else %}}รายงานผลการดำเนินงานตาม{PLAN} ต่อผู้บริหาร{{% endif %}} ความแจ้งแล้ว นั้น"
        ),
        "บัดนี้ {{ executive }}มีข้อสั่งการเมื่อวันที่ {{ ordered }} เกี่ยวกับผลการดำเนินงานดังกล่าวว่า “{{ order }}”",
        "%p else",
        (
            "ตามที่{{ executive }}มีข้อสั่งการเมื่อวันที่ {{ ordered }} "
            f"เกี่ยวกับผลการดำเนินงานตาม{PLAN} ว่า “{{{{ order }}}}” นั้น"
        ),
        "%p endif",
        (
            "ในการนี้ จึงขอให้{{ to.name }}ดำเนินการตามข้อสั่งการดังกล่าว "
            f"และแจ้งผลการดำเนินการให้{{{{ office.division }}}}ทราบ{_MAIL} "
            "เพื่อรวบรวมรายงานต่อไป"
            "{% if others %} ทั้งนี้ ได้แจ้ง{{ others }}ดำเนินการตามข้อสั่งการเดียวกันนี้แล้ว{% endif %}"
        ),
    ),
    ("จึงเรียนมาเพื่อโปรดดำเนินการ และแจ้งผลภายในกำหนดเวลาดังกล่าวต่อไป",),
)

_MANY = "comments|length != 1"
COMMENTS = Letter(
    "L9",
    f"$askดำเนินการตามข้อเสนอแนะต่อรายงานผลการดำเนินงานตาม{TITLE}",
    (
        (
            f"{{% if reference %}}$following $senderได้$askรายงานผลการดำเนินงานตาม{TITLE} ความแจ้งแล้ว นั้น"
            f"{{% else %}}ตามที่$senderได้จัดทำรายงานผลการดำเนินงานตาม{TITLE} นั้น{{% endif %}}"
        ),
        (
            ":บัดนี้ $senderได้พิจารณารายงานดังกล่าวแล้ว มีข้อเสนอแนะในส่วนของ{{ to.name }}"
            f"{{% if {_MANY} %}} จำนวน {{{{ comments|length }}}} ข้อ{{% endif %}} ดังนี้"
        ),
        *listed("comments", "comment", "{{ comment.text }}"),
        (
            "ในการนี้ จึง$ask{{ to.name }}แก้ไขข้อมูลหรือชี้แจงตามข้อเสนอแนะดังกล่าว"
            f"{{% if {_MANY} %}}ทุกข้อ{{% endif %}} แล้วแจ้งกลับ{_MAIL}"
        ),
    ),
    ("$end",),
    {"end": _end("จึงเรียนมาเพื่อโปรดดำเนินการภายในกำหนดเวลาดังกล่าวต่อไป")},
    {"end": _KINDLY},
)

REJECTED = Letter(
    "L10",
    f"$askจัดส่งแบบรายงานผลการดำเนินงานตาม{TITLE} อีกครั้ง",
    (
        (
            f"ตามที่ได้จัดส่งไฟล์ {_quoted('files')} "
            "{% if reference %}$following {% endif %}"
            "เพื่อรายงานผลการดำเนินงาน"
            f"ตาม{PLAN} ซึ่ง{{{{ office.division }}}}ได้รับเมื่อวันที่ {{{{ received }}}} นั้น"
        ),
        (f"{{{{ office.division }}}}ได้ตรวจสอบแล้ว ไฟล์ดังกล่าวไม่สามารถนำเข้าได้ เนื่องจาก{_because(0, 'reason')}"),
        f"ในการนี้ จึง$ask{{{{ to.name }}}}{_because(1, 'fix')} และส่งอีกครั้ง{_MAIL}",
    ),
    ("$end",),
    {"end": _end("จึงเรียนมาเพื่อโปรดดำเนินการภายในกำหนดเวลาดังกล่าวต่อไป")},
    {"end": _KINDLY},
    ("%p if attachments", "แบบรายงานที่กรอกไว้ตามที่อ่านได้ (ไฟล์ {{ attachments[0] }})", "%p endif"),
)

TO_UNITS = (REQUEST, REMINDER, CORRECTION, CIRCULATION, ORDER, COMMENTS, REJECTED)
