"""What a rule says, once: worked out in Python for ``ingest``, and put as a formula into the form for the unit.

An expression is built from ``field`` and constants with the usual operators. ``value`` works on a row of answers,
``formula`` on the names that the workbook has for them.
Only functions that Excel 2016, LibreOffice, WPS and Google Sheets share.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from plan_tracker.checking.parsing.numbers import is_percent_unit
from plan_tracker.forms.definition.choices import PERCENT_WORDS
from plan_tracker.rounding import HALF_STEPS, is_rounding_of
from plan_tracker.values import plain

Row = Mapping[str, Any]
Names = Callable[[str], str]  # from a field's key to what stands for it in the workbook
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """``value``: of a row. ``formula``: the same for a spreadsheet program."""

    value: Callable[[Row], Any]
    formula: Callable[[Names], str]

    def __lt__(self, other: object) -> Expression:
        return _infix(operator.lt, "<", self, other)

    def __le__(self, other: object) -> Expression:
        return _infix(operator.le, "<=", self, other)

    def __gt__(self, other: object) -> Expression:
        return _infix(operator.gt, ">", self, other)

    def __ge__(self, other: object) -> Expression:
        return _infix(operator.ge, ">=", self, other)

    def __add__(self, other: object) -> Expression:
        return _infix(operator.add, "+", self, other)

    def __sub__(self, other: object) -> Expression:
        return _infix(operator.sub, "-", self, other)

    def __mul__(self, other: object) -> Expression:
        return _infix(operator.mul, "*", self, other)

    def __truediv__(self, other: object) -> Expression:
        return _infix(operator.truediv, "/", self, other)

    def is_(self, other: object) -> Expression:
        """Equality, which ``==`` can't be."""
        return _infix(operator.eq, "=", self, other)

    def is_not(self, other: object) -> Expression:
        return _infix(operator.ne, "<>", self, other)

    def __and__(self, other: Expression) -> Expression:
        return _call("AND", all, self, other)

    def __or__(self, other: Expression) -> Expression:
        return _call("OR", any, self, other)

    def __invert__(self) -> Expression:
        return Expression(lambda row: not self.value(row), lambda names: f"NOT({self.formula(names)})")


def field(key: str) -> Expression:
    """An answer that is there and can be read."""
    return Expression(lambda row: row[key], lambda names: names(key))


def amount(key: str) -> Expression:
    """A number; 0 where it is blank."""
    return Expression(lambda row: row[key] or Decimal(0), lambda names: f"N({names(key)})")


def blank(key: str) -> Expression:
    return Expression(lambda row: row[key] is None, lambda names: f'{names(key)}=""')


def in_quarter(keys: tuple[str, ...], quarter: str) -> tuple[Expression, Expression]:
    """Of four answers the one of the form's quarter, and whether it can be read."""

    def pick(names: Names) -> str:
        return names(keys[int(names(quarter)) - 1])

    return (
        Expression(lambda row: row[keys[row[quarter] - 1]], pick),
        Expression(lambda row: row[keys[row[quarter] - 1]] is not None, lambda names: f"ISNUMBER({pick(names)})"),
    )


def one_of(key: str, values: tuple[str, ...]) -> Expression:
    def formula(names: Names) -> str:
        return "OR(" + ",".join(f"{names(key)}={constant(value)}" for value in values) + ")"

    return Expression(lambda row: row[key] in values, formula)


def is_number(key: str) -> Expression:
    return Expression(lambda row: isinstance(row[key], Decimal), lambda names: f"ISNUMBER({names(key)})")


def in_per_cent(key: str) -> Expression:
    """Whether a unit of measure makes its figures per cents."""

    def formula(names: Names) -> str:
        return "OR(" + ",".join(f"ISNUMBER(SEARCH({constant(word)},{names(key)}))" for word in PERCENT_WORDS) + ")"

    return Expression(lambda row: is_percent_unit(plain(row[key])), formula)


def any_of(*parts: Expression) -> Expression:
    return _call("OR", any, *parts)


def all_of(*parts: Expression) -> Expression:
    return _call("AND", all, *parts)


def distance(left: Expression, right: Expression) -> Expression:
    difference = left - right
    return Expression(lambda row: abs(difference.value(row)), lambda names: f"ABS({difference.formula(names)})")


def same_words(key: str, other: str) -> Expression:
    """Letter for letter, but for spaces at the ends."""
    return Expression(
        lambda row: row[key] == row[other], lambda names: f"EXACT(TRIM({names(key)}),TRIM({names(other)}))"
    )


def fiscal_year(key: str) -> Expression:
    def formula(names: Names) -> str:
        return f"(YEAR({names(key)})+(MONTH({names(key)})>=10))"

    return Expression(lambda row: row[key].year + (row[key].month >= 10), formula)


def total(keys: tuple[str, ...]) -> Expression:
    """The sum of numbers, blank ones being 0."""

    def value(row: Row) -> Decimal:
        return sum((row[key] or Decimal(0) for key in keys), Decimal(0))

    return Expression(value, lambda names: "(" + "+".join(f"N({names(key)})" for key in keys) + ")")


def count_of(keys: tuple[str, ...], value: str) -> Expression:
    """How many of the answers are ``value``."""

    def formula(names: Names) -> str:
        return "(" + "+".join(f"({names(key)}={constant(value)})" for key in keys) + ")"

    return Expression(lambda row: Decimal(sum(row[key] == value for key in keys)), formula)


def rounds(said: Expression, exact: Expression) -> Expression:
    """Whether a figure is another one as far as its own decimals go (``rounding.is_rounding_of``)."""

    def formula(names: Names) -> str:
        figure, (whole, tenth, hundredth) = said.formula(names), map(constant, HALF_STEPS)
        step = f"IF({figure}=ROUND({figure},0),{whole},IF({figure}=ROUND({figure},1),{tenth},{hundredth}))"
        return f"ABS({exact.formula(names)}-{figure})<={step}"

    return Expression(lambda row: is_rounding_of(said.value(row), exact.value(row)), formula)


ALWAYS_SO = Expression(lambda _row: True, lambda _names: "TRUE")


def constant(value: object) -> str:
    """A constant as it stands in a formula."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return str((value - _EPOCH).days)
    if isinstance(value, str):
        return '"' + value.replace('"', '""') + '"'
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _infix(made: Callable[[Any, Any], Any], sign: str, left: Expression, right: object) -> Expression:
    other = right if isinstance(right, Expression) else _constant(right)
    return Expression(
        lambda row: made(left.value(row), other.value(row)),
        lambda names: f"({left.formula(names)}{sign}{other.formula(names)})",
    )


def _constant(value: object) -> Expression:
    return Expression(lambda _row: value, lambda _names: constant(value))


def _call(name: str, made: Callable[[Any], bool], *parts: Expression) -> Expression:
    def value(row: Row) -> bool:
        return made(bool(part.value(row)) for part in parts)

    return Expression(value, partial(_called, name, parts))


def _called(name: str, parts: tuple[Expression, ...], names: Names) -> str:
    return f"{name}({','.join(part.formula(names) for part in parts)})"
