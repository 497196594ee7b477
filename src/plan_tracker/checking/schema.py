"""The pandera schemas, built from the form's definition.

The validated table has the columns of answers whose choices, range or length are bounded, and a column
of truths, ``CODE@field``, for each answer that is due and missing and each rule that is broken somewhere.
So every failure is one code at one field in one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd
import pandera.pandas as pa

from plan_tracker.checking.rules import Params, Rule, breaches
from plan_tracker.checking.table import CLOSED, UNREAD, Unreadable, is_due
from plan_tracker.forms.definition.spec import Field, FieldKind, Form

MONEY_SECTION = "f9."


@dataclass(frozen=True, slots=True)
class Failure:
    """``code`` at ``field`` in the table's row ``row``; ``params`` fill the finding's words."""

    row: int
    code: str
    field: str
    params: Params


def validate(form: Form, rules: Sequence[Rule], table: pd.DataFrame) -> list[Failure]:
    """Every failure of ``table`` (see ``table.build_table``) against the form's schema and ``rules``.

    Of a project that ended in an earlier quarter only its money is due.
    """
    checked, truths, params = _prepared(form, rules, table)
    whole = pd.concat([table[checked], pd.DataFrame(truths, index=table.index)], axis=1)
    return [
        Failure(row, check, column.rpartition("@")[2], params.get((column, row), {}))
        for row, column, check in _failures(_schema(form, checked, truths), whole)
    ]


def failing(form: Form, rules: Sequence[Rule], table: pd.DataFrame) -> set[tuple[int, str, str]]:
    """(row, code, field) of all that ``validate`` finds, without pandera's report, which takes most of its time.

    For forms as they are written: who fills them in is told in their own words.
    """
    checked, truths, _params = _prepared(form, rules, table)
    found = set()
    for name, truth in truths.items():
        code, _at, key = name.partition("@")
        found |= {(row, code, key) for row, holds in enumerate(truth) if not holds}
    for key in checked:
        for code, holds in _bounds(form.fields[key]):
            found |= {(row, code, key) for row, value in enumerate(table[key]) if not _passes(holds, value)}
    return found


def _prepared(
    form: Form, rules: Sequence[Rule], table: pd.DataFrame
) -> tuple[list[str], dict[str, pd.Series[bool]], dict[tuple[str, int], Params]]:
    """The columns with bounds, what is not so everywhere (``CODE@field``), and the words for where a rule is broken."""
    ended = table[CLOSED].astype(bool)
    params: dict[tuple[str, int], Params] = {}
    truths: dict[str, pd.Series[bool]] = {}
    due = {when: is_due(table, when) for when in {field.due for field in form.fields.values() if field.due}}
    for field in form.fields.values():
        if field.due is not None:
            asked = due[field.due] if field.key.startswith(MONEY_SECTION) else due[field.due] & ~ended
            truths[f"{field.due_code}@{field.key}"] = ~(asked & table[field.key].isna())
    sound = _without_outliers(form, table)
    for rule in rules:
        name = f"{rule.code}@{rule.field}"
        broken = breaches(rule, sound)
        truths[name] = pd.Series([row not in broken for row in range(len(table))], index=table.index)
        params |= {(name, row): said for row, said in broken.items()}
    truths = {name: truth for name, truth in truths.items() if not truth.all()}
    checked = [key for key, field in form.inputs.items() if any(_bounds(field)) and table[key].notna().any()]
    return checked, truths, params


def _without_outliers(form: Form, table: pd.DataFrame) -> pd.DataFrame:
    """``table`` as rules see it: a value outside its field's range is a finding by itself; nothing follows from it."""
    bounded = [f for f in form.inputs.values() if f.low is not None or f.high is not None]
    columns = {
        f.key: [UNREAD if isinstance(v, Decimal) and not _within(f, v) else v for v in table[f.key]] for f in bounded
    }
    return table.assign(**{key: pd.Series(cells, table.index, dtype=object) for key, cells in columns.items()})


def _failures(schema: pa.DataFrameSchema, table: pd.DataFrame) -> list[tuple[int, str, str]]:
    """(row, column, check) of every value that fails."""
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return sorted(
            (int(row), str(column), str(check))
            for row, column, check in zip(cases["index"], cases["column"], cases["check"], strict=True)
        )
    return []


def _schema(form: Form, checked: Sequence[str], truths: Iterable[str]) -> pa.DataFrameSchema:
    """Of the columns that can fail: pandera's cost is by the column, whatever it holds."""
    columns = {
        key: pa.Column(object, [_check(*bound) for bound in _bounds(form.fields[key])], nullable=True)
        for key in checked
    }
    for name in truths:
        code = name.partition("@")[0]
        columns[name] = pa.Column(bool, pa.Check(lambda truth: truth, name=code, error=code))
    return pa.DataFrameSchema(columns)


def _bounds(field: Field) -> Iterator[tuple[str, Callable[..., bool]]]:
    """How a value of the field's type can still be wrong, by its definition; reading has seen to the type."""
    if field.choices and field.kind is FieldKind.CHOICE:
        yield "NOT-CHOICE", lambda value: value in field.choices
    if field.low is not None or field.high is not None:
        yield "OUT-OF-RANGE", lambda value: _within(field, value)
    if field.max_length is not None:
        limit = field.max_length
        yield "TOO-LONG", lambda value: len(value) <= limit


def _passes(holds: Callable[..., bool], value: Any) -> bool:
    """Blank and unreadable values are not its business."""
    return value is None or isinstance(value, Unreadable) or holds(value)


def _check(code: str, holds: Callable[..., bool]) -> pa.Check:
    def column_holds(column: pd.Series[Any]) -> pd.Series[bool]:
        return pd.Series([_passes(holds, value) for value in column], index=column.index)

    return pa.Check(column_holds, name=code, error=code, ignore_na=False)


def _within(field: Field, value: Decimal) -> bool:
    return (field.low is None or value >= field.low) and (field.high is None or value <= field.high)
