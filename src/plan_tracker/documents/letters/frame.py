"""What all letters have in common: heading, addressee, signature, contact, and the writing itself.

Reads ``templates/docx/L*-memo.docx`` or ``L*-external.docx``, which hold the letters' words; writes one ``.docx``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from plan_tracker.config import Office
from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.reference import Reference
from plan_tracker.documents.word.emblem import with_emblem
from plan_tracker.documents.word.render import render_document
from plan_tracker.fiscal import Period, long_date
from plan_tracker.register import DIVISION, Kpi, Plan, Project, Register, Unit
from plan_tracker.workspace import Workspace

MEMO, EXTERNAL = "memo", "external"
_LEADER = "\t"  # a dotted line up to the tab stop of the template
_NAME_BLANK = "." * 50
_QUOTES = "\"'“”‘’"
_TITLES = {
    "L1": "แจ้งรายงานผลการดำเนินงาน",
    "L2": "ติดตามแบบรายงานผลการดำเนินงาน",
    "L3": "แจ้งแก้ไขข้อมูลในแบบรายงานผลการดำเนินงาน",
    "L4": "แจ้งเวียนผลการดำเนินงาน",
    "L5": "เสนอรายงานผลการดำเนินงานเพื่อพิจารณา",
    "L6": "รายงานผลการดำเนินงานและขออนุญาตเผยแพร่",
    "L7": "แจ้งดำเนินการตามข้อสั่งการ",
    "L8": "รายงานผลตัวชี้วัด",
    "L9": "แจ้งข้อเสนอแนะต่อรายงานผลการดำเนินงาน",
}  # in the file's properties


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to. ``own``: a division of the Office, which is told (ขอให้), not asked (ขอความอนุเคราะห์)."""

    addressee: str
    name: str
    memo: bool = True
    own: bool = True


def recipient_of(unit: Unit) -> Recipient:
    return Recipient(unit.addressee, unit.name, unit.letter_type == MEMO, unit.unit_type == DIVISION)


def plan_of(workspace: Workspace, register: Register, unit: Unit) -> str:
    """``แผนปฏิบัติราชการประจำปีของ…``: the plans that ``unit`` reports on, all of them where it reports on none."""
    return plan_words(workspace, _plans(register, unit) or register.plans)


def plan_words(workspace: Workspace, plans: Sequence[Plan]) -> str:
    owners = w.listed([plan.owner for plan in plans])
    return workspace.config.report.plan_title + (f"ของ{owners}" if owners else "")


def _plans(register: Register, unit: Unit) -> list[Plan]:
    projects, kpis = register.projects_by_unit.get(unit.code, []), register.kpis_by_unit.get(unit.code, [])
    codes = {code for project in projects for code in project.plans} | {kpi.plan for kpi in kpis}
    return [plan for plan in register.plans if plan.code in codes]


def write_letter(
    kind: str,
    workspace: Workspace,
    to: Recipient,
    period: Period,
    context: Mapping[str, object],
    path: Path,
    own: Reference,
    refers: Reference | None,
) -> None:
    """Writes the letter of ``kind`` (``L1`` … ``L9``) to ``path``.

    ``own`` is its number and date; ``refers`` the letter that it follows, the last one of the correspondence
    alone, as the regulation has it. Errors as ``render_document``'s, and ``ConfigError`` for an emblem that
    can't be used.
    """
    template = workspace.template("docx", f"{kind}-{MEMO if to.memo else EXTERNAL}.docx")
    render_document(
        with_emblem(template, workspace),
        {**build_frame(kind, workspace, to, period, own, refers), **context},
        path,
        thai_digits=workspace.config.report.thai_digits,
        title=f"{_TITLES[kind]} {period.title} {to.name}",
    )


def build_frame(
    kind: str, workspace: Workspace, to: Recipient, period: Period, own: Reference, refers: Reference | None
) -> dict[str, object]:
    """What every letter's tags name. What is not recorded yet is a dotted line: drawn in a memo's heading anyway."""
    config, setting = workspace.config, workspace.config.letters.of(kind, memo=to.memo and to.own)
    blank = "" if to.memo else _LEADER
    return {
        "number": own.clean_number or blank,
        "date": in_full(own.day) if own.day else blank,
        "urgency": setting.urgency,
        "copies": setting.copies,
        "reference": refers.cited(config.office, memo=to.memo) if refers else "",
        "to": to,
        "own": to.own,
        "ask": "ขอให้" if to.own else "ขอความอนุเคราะห์",
        "office": {
            **asdict(config.office),
            "letterhead": config.office.letterhead or config.office.name,
            "phone": w.bound(config.office.phone),
        },
        "owner": config.letters.owner or config.office.division,
        "contact": contact_line(config.office),
        "signatory": {"name": setting.signatory_name or _NAME_BLANK, "position": setting.signatory_position},
        "letters": config.letters,
        "period": {"title": w.bound(period.title), "span": w.bound(period.span)},
        "plan_title": config.report.plan_title,
    }


def contact_line(office: Office) -> str:
    """Whom to ask and where, as ``นางสาว… โทร. …``; empty where the configuration names neither."""
    if not office.contact and not office.phone:
        return ""
    who = office.contact or office.division
    return w.bound(f"{who} โทร. {office.phone}") if office.phone else who


def in_full(day: date) -> str:
    """``1 ตุลาคม 2568``, held together on one line."""
    return w.bound(long_date(day))


def numbered(items: Sequence[Project | Kpi]) -> list[dict[str, str]]:
    return [{"number": w.count(i), "name": item.name, "code": item.code} for i, item in enumerate(items, 1)]


def one_line(text: str) -> str:
    """``text`` as it runs on within a paragraph, whose lines are spread over its whole width."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """``text`` on one line, without the quotation marks around it, since letters print their own."""
    line = one_line(text)
    return line[1:-1].strip() if len(line) > 1 and line[0] in _QUOTES and line[-1] in _QUOTES else line


def points(texts: Sequence[str]) -> list[dict[str, str]]:
    """Numbered points; blank ones are left out."""
    kept = [line for line in map(one_line, texts) if line]
    return [{"number": w.count(i), "text": text} for i, text in enumerate(kept, 1)]
