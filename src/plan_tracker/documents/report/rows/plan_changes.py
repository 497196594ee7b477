"""Changes of plan as a table: what, before, after, why, and whether approved (R25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from plan_tracker.analysis.basis.approved_plan import Approver, Revision
from plan_tracker.analysis.basis.plan_changes import PlanChange
from plan_tracker.analysis.figures import targets as t
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import terms
from plan_tracker.forms.definition.labels import field_label
from plan_tracker.forms.definition.plan_fields import PLANNED, is_budget
from plan_tracker.forms.definition.versions import field_of, section_of
from plan_tracker.i18n import Message, Words
from plan_tracker.values import Value

NOT_APPROVED: Final = Message("plan", "Not approved")
_APPROVED: Final = {
    Approver.OFFICER: Message("plan", "Approved on {day}"),
    Approver.REGISTER: Message("plan", "Approved in the register on {day}"),
}
_KINDS: Final = {"recurrent": t.RECURRENT, "investment": t.INVESTMENT}


@dataclass(frozen=True, slots=True)
class PlanChangeText:
    """A field of a project's plan that changed; ``reason`` is the unit's, ``approval`` says when and why, if at all."""

    unit: str
    project: str
    quarter: str
    what: str
    before: str
    after: str
    reason: str
    approval: str


def plan_change_row(found: PlanChange, words: Words) -> PlanChangeText:
    source = found.project
    return PlanChangeText(
        unit=terms.short(source.unit),
        project=source.project.name,
        quarter=found.period.quarter_in(words),
        what=plan_field_name(found.field, words),
        before=plan_value(found.field, found.before, words),
        after=plan_value(found.field, found.after, words),
        reason=found.reason or w.DASH,
        approval=approval_of(found.approval, words),
    )


def plan_field_name(key: str, words: Words) -> str:
    """``(8) วันสิ้นสุดโครงการ``: a field of the plan by its number in the manual, and its row where it has one."""
    section, field = section_of(key), field_of(key)
    label = field_label(field, words) if field else key
    row = key.partition("[")[2].partition("]")[0]
    if key in PLANNED:
        label = words.say("plan", "planned per cent at the end of quarter {quarter}", quarter=key[-1])
    elif is_budget(key):
        kind = words.of(terms.KINDS[_KINDS[key.split(".")[1]]])
        label = words.say("plan", "budget after transfers, {kind}", kind=kind)
    elif row:
        label = words.say("plan", "{label}, row {row}", label=label, row=row)
    return f"({section.number}) {label}" if section else label


def plan_value(key: str, value: Value | None, words: Words) -> str:
    """A value of the plan as documents have it; a dash for nothing."""
    if value is None:
        return w.DASH
    if isinstance(value, date):
        return w.day(value, words)
    if isinstance(value, Decimal):
        return w.baht(value) if is_budget(key) else w.number(value)
    return value


def approval_of(found: Revision | None, words: Words) -> str:
    """By whom a change was approved, on which day and why; or that nobody has."""
    if found is None:
        return words.of(NOT_APPROVED)
    said = words.of(_APPROVED[found.approver], day=w.day(found.day, words))
    return f"{said}: {found.because}" if found.because else said


def planned_text(planned: Decimal | None, own: Decimal | None, words: Words) -> str:
    """``50.00``, and what the unit itself says where that differs."""
    said = w.percent(planned)
    return said if own is None else words.say("plan", "{planned} (unit: {own})", planned=said, own=w.percent(own))
