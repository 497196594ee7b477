"""Which fields of Form 1 say what is planned (R25): dates, planned per cents, outputs, indicators, and the budget.

They are held against the approved plan; a project's other fields may be mended at will.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from plan_tracker.forms.definition.form1.build import BUDGETS
from plan_tracker.forms.definition.versions import field_of, form1_fields
from plan_tracker.values import Value

PLANNED: Final = tuple(f"f8.planned_q{quarter}" for quarter in (1, 2, 3, 4))
END_DATE: Final = "f8.end_date"
_SINGLE = ("f8.start_date", END_DATE, *PLANNED)
_TABLES = {"f5.outputs": ".output", "f7.indicators": ".indicator"}  # with the column that names a row


def _is_planned(key: str) -> bool:
    table = key.partition("[")[0]
    return key in _SINGLE or key in BUDGETS or (table in _TABLES and not key.endswith(".result"))


PLAN_FIELDS: Final = tuple(key for key in form1_fields() if _is_planned(key))


def is_budget(key: str) -> bool:
    """Whether the register alone says what is approved: a first answer does not."""
    return key in BUDGETS


def naming_field(key: str) -> str:
    """The field that names the row of a table that ``key`` is in; ``key`` itself elsewhere."""
    row, _dot, _column = key.rpartition(".")
    name = _TABLES.get(key.partition("[")[0])
    return row + name if name else key


def plan_of(known: Mapping[str, Value]) -> dict[str, Value]:
    """What the register says of a project's plan; a budget that it leaves blank is that of the act."""
    plan = {key: known[key] for key in PLAN_FIELDS if key in known}
    for budget in BUDGETS:
        act = budget.replace(".budget", ".act_budget")
        if budget not in plan and act in known:
            plan[budget] = known[act]
    return plan


def plan_label(key: str) -> str:
    """The field's label, with the row's number where it stands in a table."""
    field = field_of(key)
    number = key.partition("[")[2].partition("]")[0]
    label = field.label if field else key
    return f"{label} {number}" if number else label
