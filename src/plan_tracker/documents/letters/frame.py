"""What all letters have in common: heading, addressee, signature, contact, and the writing itself.

Reads ``templates/docx/L*-memo.docx`` or ``L*-external.docx``, which hold the letters' words; writes one ``.docx``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.catchword import lead_over
from plan_tracker.documents.letters.kinds import EXTERNAL, KINDS, MEMO, To, setting_of
from plan_tracker.documents.letters.reference import Reference
from plan_tracker.documents.letters.words import Setting, cited, contact_line, named, phone_line, plan_words
from plan_tracker.documents.word.emblem import with_emblem
from plan_tracker.documents.word.render import render_document
from plan_tracker.fiscal import Period
from plan_tracker.register import DIVISION, Plan, Register, Unit
from plan_tracker.review import Reader
from plan_tracker.workspace.folders import Workspace

_LEADER = "\t"  # a dotted line up to the tab stop of the template
_NAME_BLANK = "." * 50


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter goes to. ``own``: a division of the Office, which is told (ขอให้), not asked (ขอความอนุเคราะห์)."""

    addressee: str
    name: str
    memo: bool = True
    own: bool = True


def recipient_of(unit: Unit) -> Recipient:
    return Recipient(unit.addressee, unit.name, unit.letter_type == MEMO, unit.unit_type == DIVISION)


def recipient_at(workspace: Workspace, to: Reader | To) -> Recipient:
    """Whom the settings name: a reader of the reports, or whom the KPIs of the year go to."""
    letters = workspace.config.letters
    by_ledger = {
        str(Reader.MONITORING): letters.monitoring_director,
        str(Reader.STRATEGY): letters.strategy_director,
        str(Reader.EXECUTIVES): letters.executives,
        str(To.KPI): letters.kpi_addressee,
    }
    name = by_ledger[str(to)]
    return Recipient(name, name, to != To.KPI or letters.kpi_letter_type == MEMO)


def plans_of(register: Register, unit: Unit) -> tuple[Plan, ...]:
    """The plans that ``unit`` reports on, all of them where it reports on none."""
    projects, kpis = register.projects_by_unit.get(unit.code, []), register.kpis_by_unit.get(unit.code, [])
    codes = {code for project in projects for code in project.plans} | {kpi.plan for kpi in kpis}
    return tuple(plan for plan in register.plans if plan.code in codes) or register.plans


def write_letter(
    kind: str,
    workspace: Workspace,
    to: Recipient,
    period: Period,
    plans: Sequence[Plan],
    content: object,
    path: Path,
    refers: Reference | None = None,
) -> None:
    """Writes the letter of ``kind`` on ``plans`` to ``path``; its number and date are dotted blanks.

    ``content``: a dataclass, what the letter says. ``refers``: the letter that it follows, the last one of the
    correspondence alone, as the regulation has it. Errors as ``render_document``'s, and ``ConfigError`` for an emblem
    that can't be used.
    """
    template = workspace.template("docx", KINDS[kind].template(MEMO if to.memo else EXTERNAL))
    render_document(
        with_emblem(template, workspace),
        {
            **_frame(kind, workspace, to, period, refers),
            "plan": plan_words(workspace.config, plans),
            **named(content, Setting(workspace.config, period, to.memo)),
        },
        path,
        thai_digits=workspace.config.report.thai_digits,
        title=f"{KINDS[kind].title} {period.title} {to.name}",
        finish=partial(lead_over, thai_digits=workspace.config.report.thai_digits) if KINDS[kind].goes_on else None,
    )


def _frame(
    kind: str, workspace: Workspace, to: Recipient, period: Period, refers: Reference | None
) -> Mapping[str, object]:
    """What every letter's tags name. A memo's heading draws its dotted lines itself."""
    config, setting = workspace.config, setting_of(workspace.config.letters, kind, memo=to.memo and to.own)
    blank = "" if to.memo else _LEADER
    return {
        "number": setting.number_prefix + blank,
        "date": blank,
        "urgency": setting.urgency,
        "copies": setting.copies,
        "reference": cited(refers, config.office, memo=to.memo) if refers else "",
        "to": to,
        "own": to.own,
        "ask": "ขอให้" if to.own else "ขอความอนุเคราะห์",
        "office": {
            **config.office._asdict(),
            "letterhead": config.office.letterhead or config.office.name,
            "phone": phone_line(config.office).removeprefix("โทร.\u00a0"),
            "email": w.whole(config.office.email),
        },
        "owner": config.letters.owner or config.office.division,
        "contact": contact_line(config.office),
        "signatory": {"name": setting.signatory_name or _NAME_BLANK, "position": setting.signatory_position},
        "letters": config.letters,
        "period": {"title": w.bound(period.title), "span": w.bound(period.span), "ends_year": period.ends_year},
        "plan_title": config.report.plan_title,
    }
