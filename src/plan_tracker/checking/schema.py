"""What of a table of answers fails: by the pandera schemas built from the form's definition, and by the rules.

pandera has the columns of answers whose choices, range or length are bounded. Beside them stands a row of truths,
``CODE@field``, for each answer that is due and each rule. So every failure is one code at one field in one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from plan_tracker.checking.rules import Params, Rule, breaches
from plan_tracker.checking.table import CLOSED, UNREAD, Table, Unreadable, is_due
from plan_tracker.forms.definition.spec import Field, FieldKind, Form

if TYPE_CHECKING:  # they take a second to load, and who writes forms asks ``failing`` alone
    import pandas as pd
    import pandera.pandas as pa

MONEY_SECTION = "f9."


@dataclass(frozen=True, slots=True)
class Failure:
    """``code`` at ``field`` in the table's row ``row``; ``params`` fill the finding's words."""

    row: int
    code: str
    field: str
    params: Params


def validate(form: Form, rules: Sequence[Rule], table: Table) -> list[Failure]:
    """Every failure of ``table`` (see ``table.build_table``) against the form's schema and ``rules``.

    Of a project that ended in an earlier quarter only its money is due.
    """
    checked, truths, params = _prepared(form, rules, table)
    found = [(row, name, _named(name)[0]) for row, name in _broken(truths)]
    if checked:
        found += _failures(_schema(form, checked), checked, table)
    return [
        Failure(row, code, column.rpartition("@")[2], params.get((column, row), {}))
        for row, column, code in sorted(found)
    ]


def failing(form: Form, rules: Sequence[Rule], table: Table) -> set[tuple[int, str, str]]:
    """(row, code, field) of all that ``validate`` finds, without pandera's report, which takes most of its time.

    For forms as they are written: who fills them in is told in their own words.
    """
    checked, truths, _params = _prepared(form, rules, table)
    found = {(row, *_named(name)) for row, name in _broken(truths)}
    for key in checked:
        for code, holds in _bounds(form.fields[key]):
            found |= {(row, code, key) for row, value in enumerate(table[key]) if not _passes(holds, value)}
    return found


def _broken(truths: Mapping[str, Sequence[bool]]) -> Iterator[tuple[int, str]]:
    """Row and name of what is not so."""
    return ((row, name) for name, truth in truths.items() for row, holds in enumerate(truth) if not holds)


def _named(name: str) -> tuple[str, str]:
    """Code and field of a column of truths."""
    code, _at, key = name.partition("@")
    return code, key


def _prepared(
    form: Form, rules: Sequence[Rule], table: Table
) -> tuple[list[str], dict[str, list[bool]], dict[tuple[str, int], Params]]:
    """The columns with bounds, what is not so everywhere (``CODE@field``), and the words for where a rule is broken.

    Without pandas, whose price is by the column: there are hundreds, of a few rows.
    """
    params: dict[tuple[str, int], Params] = {}
    truths: dict[str, list[bool]] = {}
    due = {when: is_due(table, when) for when in {field.due for field in form.fields.values() if field.due}}
    in_course = [not ended for ended in table[CLOSED]]
    always = [True] * len(in_course)
    for field in form.fields.values():
        if field.due is not None:
            asked = zip(due[field.due], always if field.key.startswith(MONEY_SECTION) else in_course, strict=True)
            truths[f"{field.due_code}@{field.key}"] = [
                value is not None or not all(both) for value, both in zip(table[field.key], asked, strict=True)
            ]
    sound = _without_outliers(form, table)
    for rule in rules:
        name = f"{rule.code}@{rule.field}"
        broken = breaches(rule, sound)
        truths[name] = [row not in broken for row in range(len(always))]
        params |= {(name, row): said for row, said in broken.items()}
    truths = {name: truth for name, truth in truths.items() if not all(truth)}
    checked = [
        key for key, field in form.inputs.items() if any(_bounds(field)) and any(v is not None for v in table[key])
    ]
    return checked, truths, params


def _without_outliers(form: Form, table: Table) -> Table:
    """``table`` as rules see it: a value outside its field's range is a finding by itself; nothing follows from it."""
    bounded = [f for f in form.inputs.values() if f.low is not None or f.high is not None]
    inside = {
        f.key: [UNREAD if isinstance(v, Decimal) and not _within(f, v) else v for v in table[f.key]] for f in bounded
    }
    return {**table, **inside}


def _failures(schema: pa.DataFrameSchema, checked: Sequence[str], table: Table) -> list[tuple[int, str, str]]:
    """(row, column, check) of every value of the ``checked`` columns that fails."""
    import pandas as pd
    import pandera.pandas as pa

    try:
        schema.validate(pd.DataFrame({key: table[key] for key in checked}, dtype=object), lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return [
            (int(row), str(column), str(check))
            for row, column, check in zip(cases["index"], cases["column"], cases["check"], strict=True)
        ]
    return []


def _schema(form: Form, checked: Sequence[str]) -> pa.DataFrameSchema:
    """Of the columns that hold anything: pandera's cost is by the column, whatever it holds."""
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            key: pa.Column(object, [_check(*bound) for bound in _bounds(form.fields[key])], nullable=True)
            for key in checked
        }
    )


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
    import pandas as pd
    import pandera.pandas as pa

    def column_holds(column: pd.Series[Any]) -> pd.Series[bool]:
        return pd.Series([_passes(holds, value) for value in column], index=column.index)

    return pa.Check(column_holds, name=code, error=code, ignore_na=False)


def _within(field: Field, value: Decimal) -> bool:
    return (field.low is None or value >= field.low) and (field.high is None or value <= field.high)
