"""What a form knows before a unit opens it (R5): locked facts, and inputs carried forward. The newest fact wins.

Of a carried input that is the newest answer of this fiscal year that counts, unless the register has since been loaded
with another value for that very cell. A year begins with its own register; last year's Q4 fills definitions that
this register leaves blank. Notes are never carried, nor another unit's contact persons.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from plan_tracker.forms.definition.choices import CLOSED_STAGES
from plan_tracker.forms.definition.contact import CONTACT_KEYS
from plan_tracker.forms.definition.spec import Field, Form, Prefill
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.forms.writing.content import Update
from plan_tracker.register import Kpi, Project, Register
from plan_tracker.thai_text import is_same
from plan_tracker.values import Value

Answers = Mapping[str, Value]
STAGE_SECTION = "f14."


class Told(NamedTuple):
    """An answer that counts, and what the register said of the project when the form of that answer went out."""

    answers: Answers
    register: Answers
    same_unit: bool = True


@dataclass(frozen=True, slots=True)
class Carry:
    """By project code, whatever it went under then: this fiscal year's newest answer, and last year's Q4."""

    this_year: Mapping[str, Told] = field(default_factory=dict)
    last_year: Mapping[str, Told] = field(default_factory=dict)

    def is_closed(self, code: str) -> bool:
        """Whether the project ended in an earlier quarter of this year."""
        told = self.this_year.get(code)
        return told is not None and told.answers.get("f14.stage") in CLOSED_STAGES


class Prefilled(NamedTuple):
    """A project's sheet as it is issued, by field key, and what the register has changed in it."""

    values: dict[str, Value]
    updates: dict[str, Update]


def prefill_project(register: Register, project: Project, carry: Carry) -> Prefilled:
    """The project's sheet; blank fields are left out."""
    known: dict[str, Value] = {
        "f1.plan": " · ".join(register.plan_by_code[code].name for code in project.plans),
        "f1.project_code": project.code,
        "f1.project_name": project.name,
        "f2.unit_name": register.unit_by_code[project.unit].name,
    }
    newest = carry.this_year.get(project.code)
    if newest is None:
        source, updates = _at_the_years_start(project, carry.last_year.get(project.code)), dict[str, Update]()
    else:
        updates = _updates(newest, project.known)
        source = _carried(newest) | {key: update.after for key, update in updates.items()}
    known |= {key: source[key] for key in _CARRIED if key in source}
    if newest is not None and carry.is_closed(project.code):
        known |= {
            key: newest.answers[key]
            for key in CURRENT.form1.inputs
            if key.startswith(STAGE_SECTION) and key in newest.answers and not key.endswith(".note")
        }
    return Prefilled(spread_lists(CURRENT.form1, known), updates)


def spread_lists(form: Form, known: Mapping[str, Value], unread: Container[str] = ()) -> dict[str, Value]:
    """``known`` with what is kept as one list in the cells that add up to it; the rest in the list's own.

    Lists that are ``unread`` stay as they were typed, where they were.
    """
    parts: dict[str, list[str]] = {}
    for key, f in form.fields.items():
        if f.part_of:
            parts.setdefault(f.part_of, []).append(key)
    spread = dict(known)
    for whole, keys in parts.items():
        if whole in spread and whole not in unread and not any(key in spread for key in keys):
            names = str(spread.pop(whole)).split(", ")
            spread |= dict(zip(keys, names, strict=False))
            if len(names) > len(keys):
                spread[whole] = ", ".join(names[len(keys) :])
    return spread


def prefill_unit(unit: str, projects: Iterable[str], carry: Carry) -> dict[str, Value]:
    """What is known of the unit itself: its contact, as it was last told on a cover, else in one of ``projects``."""
    for known in (carry.this_year, carry.last_year):
        own = {code: told.answers for code, told in known.items() if told.same_unit}
        told = own.get(unit, {})
        contact = {key: told[key] for key in CONTACT_KEYS if key in told}
        for code in projects if not contact else ():
            answers = own.get(code, {})
            contact |= {key: answers[v1] for key, v1 in CONTACT_KEYS.items() if v1 in answers and key not in contact}
        if contact:
            return contact
    return {}


def _carried(told: Told) -> dict[str, Value]:
    """What may be carried of an answer: who is to be asked, another unit does not say."""
    return {key: told.answers[key] for key, f in _CARRIED.items() if key in told.answers and _may_carry(f, told)}


def _may_carry(f: Field, told: Told) -> bool:
    return told.same_unit or not f.private


def _updates(told: Told, register: Answers) -> dict[str, Update]:
    """Where the register says something else than when the answer's form went out, and than the answer."""
    return {
        key: Update(told.answers.get(key), value)
        for key, value in register.items()
        if key in _CARRIED and not is_same(value, told.register.get(key)) and not is_same(value, told.answers.get(key))
    }


def _at_the_years_start(project: Project, last: Told | None) -> dict[str, Value]:
    """The register's facts; last year's definitions fill what it leaves blank.

    Not within a row of a table that the register gives to something else than last year.
    """
    if last is None:
        return dict(project.known)
    own = {row for row, name in _NAMES.items() if _differs(name, project.known, last.answers)}
    filling = {
        key: value
        for key, value in _carried(last).items()
        if _CARRIED[key].definition and key.rpartition(".")[0] not in own
    }
    return filling | dict(project.known)


def _differs(key: str, register: Answers, last: Answers) -> bool:
    return key in register and not is_same(register[key], last.get(key))


_CARRIED = {key: f for key, f in CURRENT.form1.fields.items() if f.prefill is Prefill.CARRIED}
_NAMES = {
    row.key: row.key + block.columns[0].suffix
    for key, block in CURRENT.form1.blocks.items()
    if key in ("f5.outputs", "f7.indicators", "f8.activities")
    for row in block.rows
}  # the cell that names what a row of a table is about


def prefill_order(code: str, text: str, day: date, due: date) -> dict[str, Value]:
    """An open order's row on the cover: facts only, what was done is always asked."""
    return {"o.code": code, "o.date": day, "o.text": text, "o.due": due}


def prefill_kpi(kpi: Kpi, quarter: int) -> dict[str, Value]:
    """The KPI's row as it is issued: facts only, its answers are always asked."""
    known: dict[str, Value] = {
        "k.code": kpi.code,
        "k.name": kpi.name,
        "k.measure": kpi.measure,
        "k.direction": kpi.direction,
        "k.target": kpi.target,
    }
    if quarter in kpi.targets:
        known["k.target_quarter"] = kpi.targets[quarter]
    return known
