"""Returns as a table: a row per project (or KPI) of each return, a column per field. What the rules work on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from plan_tracker.forms.definition.spec import Form, Test, When
from plan_tracker.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class Unreadable:
    """Stands in the table for an answer that nothing can be made of."""

    why: str


UNREAD: Final = Unreadable("there, but could not be read")
MISSING: Final = Unreadable("its cell is gone")
Cell = Value | Unreadable | None

REGISTER, LAST = "register:", "last:"  # columns with the register's facts, and with last quarter's answers
CLOSED, QUARTER = "@closed", "@quarter"
Table = Mapping[str, Sequence[Any]]  # by column, a value per row


@dataclass(frozen=True, slots=True)
class Subject:
    """One project or KPI of one return, as it goes into the table."""

    values: Mapping[str, Cell]
    quarter: int
    closed: bool = False
    register: Mapping[str, Value] = field(default_factory=dict)
    last: Mapping[str, Value] = field(default_factory=dict)


def build_table(form: Form, subjects: Sequence[Subject], compared: Sequence[str]) -> Table:
    """A row per subject, a column per field; ``compared`` fields also by the register and of last quarter.

    Money and per cents are Decimal, days are dates; None is blank, an ``Unreadable`` says why there is no value.
    """
    columns: dict[str, list[Any]] = {key: [s.values.get(key) for s in subjects] for key in form.fields}
    for key in compared:
        columns[REGISTER + key] = [s.register.get(key) for s in subjects]
        columns[LAST + key] = [s.last.get(key) for s in subjects]
    columns[CLOSED] = [s.closed for s in subjects]
    columns[QUARTER] = [s.quarter for s in subjects]
    return columns


def is_due(table: Table, when: When) -> list[bool]:
    """Where an answer is due by ``when``."""
    if not when.keys and not when.unless:
        return [True] * len(table[QUARTER])
    rows = zip(*(table[key] for key in (*when.keys, *when.unless)), strict=True)
    tested = len(when.keys)
    return [_holds(row[:tested], when) and all(v is None for v in row[tested:]) for row in rows]


def _holds(cells: Sequence[Cell], when: When) -> bool:
    """Whether ``when`` holds of the cells of its keys. What can't be read may be any of the values."""
    match when.test:
        case Test.ALWAYS:
            return True
        case Test.FILLED:
            return any(v is not None and v is not MISSING for v in cells)  # a cell that is gone fills no row
        case Test.POSITIVE:
            return any(isinstance(v, Decimal) and v > 0 for v in cells)
        case Test.ONE_OF:
            return any(v in when.values for v in cells)
        case Test.NONE_OF:
            return not any(isinstance(v, Unreadable) or v in when.values for v in cells)
        case Test.OTHER_THAN:
            known = not any(isinstance(v, Unreadable) or v in when.values for v in cells)
            return known and any(v is not None for v in cells)
