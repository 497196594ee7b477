"""The approved plan of a project (R25): what the register said at first, and every revision since. Pure data.

It begins with what the register said when the year's first form went out; where that was silent, with the first clean
answer. Later loads of the register that change a definition, and revisions that an officer approves, make it anew.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.plan_fields import PLAN_FIELDS, is_budget
from plan_tracker.thai_text import is_same
from plan_tracker.values import Entry, Value

Plan = Mapping[str, Value | None]  # by field key; None: settled that there is nothing


class Approver(StrEnum):
    """What makes a revision of the plan the approved one."""

    REGISTER = "register"  # a load that changes a definition
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of one field that was approved: by whom, on which day, why; ``period`` is blank for the register's."""

    field: str
    before: Value | None
    after: Value | None
    approver: Approver
    day: date
    because: str
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class PlanLoad:
    """What a load of the register says of a project's plan, and what the officer said of that load."""

    version: int
    day: date
    because: str
    plan: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class PlanDecision:
    """A revision that an officer approved for a quarter; ``register_version`` was the newest load then."""

    number: int
    period: Period
    project: str
    field: str
    before: Value | None
    after: Value | None
    day: date
    because: str
    register_version: int


@dataclass(frozen=True, slots=True)
class ApprovedPlan:
    """``values``: what is approved, None where that is nothing; what is not in it, nobody has said yet."""

    values: Plan = field(default_factory=dict)
    revisions: tuple[Revision, ...] = ()

    def number(self, key: str) -> Decimal | None:
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        return value if isinstance(value, date) else None


def stated_plan(entry: Entry, asked: Container[str]) -> dict[str, Value | None]:
    """What an answer says of the plan, None where it is blank; without what was not ``asked`` or can't be read."""
    found = ((key, entry.answers.get(key)) for key in PLAN_FIELDS if key in asked)
    return {
        key: answer.value if answer else None for key, answer in found if answer is None or answer.value is not None
    }


def approved_plan(
    loads: Sequence[PlanLoad],
    first_answer: Plan | None,
    decisions: Iterable[PlanDecision],
    merged: Plan | None = None,
) -> ApprovedPlan:
    """The plan by ``loads``, that of the first form first; ``first_answer`` has all that its form asked.

    ``merged``: what had been approved of the projects that were merged into this one; the first of ``loads`` then is
    what the register said of those.
    """
    if not loads:
        return ApprovedPlan()
    values: dict[str, Value | None] = dict(loads[0].plan if merged is None else merged)
    for key, value in (first_answer or {}).items():
        if not is_budget(key):
            values.setdefault(key, value)
    revisions: list[Revision] = []
    for revision in _in_order(loads, decisions):
        before = values.get(revision.field)
        values[revision.field] = revision.after
        if not is_same(before, revision.after):
            revisions.append(revision)
    return ApprovedPlan(values, tuple(revisions))


def _in_order(loads: Sequence[PlanLoad], decisions: Iterable[PlanDecision]) -> list[Revision]:
    """All revisions as they were made: a decision stands after the load that was the newest then."""
    found = [
        (load.version, 0, Revision(key, before.plan.get(key), value, Approver.REGISTER, load.day, load.because))
        for before, load in pairwise(loads)
        if load.plan != before.plan
        for key, value in load.plan.items()
        if not is_same(value, before.plan.get(key))
    ]
    found += [
        (
            one.register_version,
            one.number,
            Revision(one.field, one.before, one.after, Approver.OFFICER, one.day, one.because, one.period),
        )
        for one in decisions
    ]
    return [revision for _version, _number, revision in sorted(found, key=lambda one: one[:2])]
