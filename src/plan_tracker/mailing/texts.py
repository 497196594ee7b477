"""What mails say to a unit: a subject, and the letter's gist in short. Plain Thai text; nothing is read or written.

A kind of letter that has no words of its own here goes out under its title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plan_tracker.config import Config
from plan_tracker.documents.letters.kinds import KINDS
from plan_tracker.documents.letters.words import plan_words
from plan_tracker.fiscal import Period, long_date
from plan_tracker.register import DIVISION, Plan, Unit
from plan_tracker.store import Letter
from plan_tracker.store.correspondence.mails import MailPart

_SUBJECTS: Mapping[str, str] = {
    "L1": "{ask}รายงานผลการดำเนินงานตาม{title}",
    "L2": "ขอติดตามแบบรายงานผลการดำเนินงานตาม{title}",
    "L3": "{ask}แก้ไขหรือยืนยันข้อมูลในแบบรายงานผลการดำเนินงานตาม{title}",
    "L4": "แจ้งเวียนผลการดำเนินงานตาม{title}",
    "L7": "ข้อสั่งการเกี่ยวกับผลการดำเนินงานตาม{title}",
    "L9": "{ask}ดำเนินการตามข้อเสนอแนะต่อรายงานผลการดำเนินงานตาม{title}",
    "L10": "{ask}จัดส่งแบบรายงานผลการดำเนินงานตาม{title} อีกครั้ง",
}
_BACK = "แล้วส่งไฟล์กลับทาง {email} ภายในวันที่ {due}"
_BODIES: Mapping[str, str] = {
    "L1": (
        "ด้วย{sender}อยู่ระหว่างรวบรวมผลการดำเนินงานตาม{plan} จึง{ask}{unit}กรอกแบบรายงานที่แนบให้ครบถ้วน "
        f"โดยไม่แก้ไขโครงสร้างของแบบ {_BACK}"
    ),
    "L2": (
        "ตามที่ได้{ask}รายงานผลการดำเนินงานตาม{plan} นั้น ขณะนี้ยังไม่ได้รับข้อมูลที่ครบถ้วนของ{unit} "
        "จึงขอความร่วมมือจัดส่งทาง {email} ภายในวันที่ {due} หากได้จัดส่งแล้ว ขออภัยมา ณ ที่นี้"
    ),
    "L3": (
        "{division}ได้ตรวจสอบแบบรายงานผลการดำเนินงานตาม{plan} ของ{unit}แล้ว มีรายการที่ต้องแก้ไขหรือยืนยันตามบัญชีแก้ไขที่แนบ "
        f"จึง{{ask}}ดำเนินการในแบบแก้ไขที่แนบ ซึ่งทำเครื่องหมายช่องที่ต้องดำเนินการไว้แล้ว {_BACK}"
    ),
    "L4": "ขอแจ้งเวียนผลการดำเนินงานตาม{plan} รายละเอียดปรากฏตามหนังสือที่แนบ",
    "L7": (
        "ขอแจ้งข้อสั่งการเกี่ยวกับผลการดำเนินงานตาม{plan} ตามหนังสือที่แนบ และขอให้{unit}ดำเนินการ แล้วแจ้งผลทาง {email} ภายในวันที่ {due}"
    ),
    "L9": (
        "ขอแจ้งข้อเสนอแนะต่อรายงานผลการดำเนินงานตาม{plan} ตามหนังสือที่แนบ จึง{ask}{unit}แก้ไขข้อมูลหรือชี้แจง "
        "แล้วแจ้งกลับทาง {email} ภายในวันที่ {due}"
    ),
    "L10": (f"ไฟล์ที่{{unit}}จัดส่งเพื่อรายงานผลการดำเนินงานตาม{{plan}} ไม่สามารถนำเข้าได้ จึง{{ask}}กรอกแบบรายงานที่แนบ {_BACK}"),
}
_USUAL = "ขอจัดส่งหนังสือเกี่ยวกับผลการดำเนินงานตาม{plan} รายละเอียดปรากฏตามหนังสือที่แนบ"
_FOLLOWS = "หนังสือของเรื่องนี้จะจัดส่งตามมาเมื่อลงเลขที่แล้ว"
_LETTER_ONLY = "ตามที่ได้จัดส่งไฟล์ทางจดหมายอิเล็กทรอนิกส์ไปก่อนแล้ว นั้น ขอจัดส่งหนังสือของเรื่องดังกล่าวมาพร้อมนี้"
_ENCLOSED = "สิ่งที่ส่งมาด้วย"


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What a mail tells of: its letter to ``unit`` on ``plans``, to be answered by ``due`` where there is a day."""

    letter: Letter
    part: MailPart
    unit: Unit
    plans: tuple[Plan, ...]
    due: date | None
    attached: tuple[str, ...]  # names of files


def subject_of(config: Config, told: MailFacts) -> str:
    usual = KINDS[told.letter.kind].title + "ตาม{title}"
    return _SUBJECTS.get(told.letter.kind, usual).format(**_named(config, told))


def body_of(config: Config, told: MailFacts) -> str:
    """The text, in paragraphs with a blank line between them."""
    names = _named(config, told)
    gist = [_LETTER_ONLY] if told.part is MailPart.LETTER else [_BODIES.get(told.letter.kind, _USUAL).format(**names)]
    follows = [_FOLLOWS] if told.part is MailPart.FILES else []
    paragraphs = [f"เรียน {told.unit.addressee}", *gist, *follows, _enclosed(told), "จึงเรียนมาเพื่อโปรดดำเนินการต่อไป"]
    if told.letter.kind == "L4" or told.part is MailPart.LETTER:
        paragraphs[-1] = "จึงเรียนมาเพื่อโปรดทราบ"
    return "\n\n".join([*paragraphs, _signature(config)]) + "\n"


def _enclosed(told: MailFacts) -> str:
    letter, lines = told.letter, []
    for number, name in enumerate(told.attached, 1):
        numbered = letter.number and letter.day and name == letter.file
        about = f" (ที่ {letter.number} ลงวันที่ {long_date(letter.day)})" if numbered and letter.day else ""
        lines.append(f"{number}. {name}{about}")
    return "\n".join([_ENCLOSED, *lines])


def _signature(config: Config) -> str:
    office = config.office
    phone = f"โทร. {office.phone}" if office.phone else ""
    return "\n".join(filter(None, (office.contact, office.division, office.name, phone, office.email)))


def _named(config: Config, told: MailFacts) -> Mapping[str, str]:
    period: Period = told.letter.period
    return {
        "ask": "ขอให้" if told.unit.unit_type == DIVISION else "ขอความอนุเคราะห์",
        "title": f"{config.report.plan_title} {period.title} ({told.unit.short or told.unit.name})",
        "plan": f"{plan_words(config, told.plans)} {period.title}",
        "sender": config.office.division,
        "division": config.office.division,
        "unit": told.unit.name,
        "email": config.office.email,
        "due": long_date(told.due) if told.due else "",
    }
