"""Whether a return leaves the approved plan (R25): PLAN-CHANGED and BUDGET-NOT-REGISTER, each at its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from plan_tracker.checking.table import Cell, Unreadable
from plan_tracker.forms.definition.plan_fields import is_budget, naming_field
from plan_tracker.thai_text import is_same
from plan_tracker.values import Value


class ApprovedValue(NamedTuple):
    """What is approved of one field, None for nothing; ``also``: what has been confirmed, or was so on that form."""

    approved: Value | None
    also: tuple[Value | None, ...] = ()


class PlanBreach(NamedTuple):
    """A field that says something else than what is approved."""

    code: str
    field: str
    approved: Value | None


def plan_code(key: str) -> str:
    """What is told of a field that leaves the approved plan."""
    return "BUDGET-NOT-REGISTER" if is_budget(key) else "PLAN-CHANGED"


def plan_breaches(values: Mapping[str, Cell], plan: Mapping[str, ApprovedValue]) -> Iterator[PlanBreach]:
    """Where ``values`` leave ``plan``. A row of a table that came or went is told once, by the cell that names it."""
    for key, settled in plan.items():
        value = values.get(key)
        if isinstance(value, Unreadable) or any(is_same(value, one) for one in (settled.approved, *settled.also)):
            continue
        if naming_field(key) != key and (value is None or settled.approved is None):
            continue
        yield PlanBreach(plan_code(key), key, settled.approved)
