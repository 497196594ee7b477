"""Tidy tables: what a column is, and the tables made of columns; one record a row, one kind of value a column.

A column is one entry that says all of it: key, heading, how a record's value is got, kind of value, width. Whoever
writes a table (``workbooks.sheets``, the publication's open data) asks the entries. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from plan_tracker.i18n import THAI, Message, Words

Cell = str | int | Decimal | date | None
R = TypeVar("R")
Of = TypeVar("Of", contravariant=True)
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # what a spreadsheet program may calculate
CREATED: Final = datetime(2000, 1, 1)  # what files say of themselves, so that the same data gives the same bytes


class ColumnType(StrEnum):
    """What a column holds: it decides number format, usual width, and the type that data packages declare."""

    CODE = "code"
    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"  # baht
    PERCENT = "percent"  # 50 means 50 %
    DATE = "date"


WIDTHS = {
    ColumnType.CODE: 12,
    ColumnType.TEXT: 24,
    ColumnType.LONG: 44,
    ColumnType.WHOLE: 9,
    ColumnType.MONEY: 16,
    ColumnType.DATE: 13,
}
USUAL_WIDTH = 11
_ENGLISH = Words("en")
UNITS = {
    ColumnType.MONEY: Message("unit of measure", "baht"),
    ColumnType.PERCENT: Message("unit of measure", "per cent"),
}


@dataclass(frozen=True, slots=True)
class Column(Generic[Of]):
    """``key`` for programs: English, without blanks, used once in a table. ``value`` gives a record's cell.

    ``title`` and ``about`` say what it is called and means, in any language; the title is the form's own label where
    the column holds its answers. ``field``: the form's field that the column holds, whose cell the row names.
    ``is_detail``: stands behind what is used first, and is not printed. ``width`` in characters; None: as the type has
    it.
    """

    key: str
    title: Message | Callable[[Words], str]
    value: Callable[[Of], Cell]
    type: ColumnType = ColumnType.TEXT
    about: Message | None = None
    field: str = ""
    is_detail: bool = False
    width: float | None = None

    def title_in(self, words: Words) -> str:
        return words.of(self.title) if isinstance(self.title, Message) else self.title(words)

    def about_in(self, words: Words) -> str:
        return words.of(self.about) if self.about else ""

    @property
    def characters(self) -> float:
        """The width that it is shown with."""
        return WIDTHS.get(self.type, USUAL_WIDTH) if self.width is None else self.width


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """A table of ``records``, the columns that are no details first.

    ``name`` is for programs. The first ``frozen`` columns
    stay in sight. ``identity``: the keys of the columns that tell a row from all others; none where there are none.
    """

    name: str
    title: Message
    columns: Sequence[Column[R]]
    records: Sequence[R]
    frozen: int = 0
    identity: tuple[str, ...] = ()

    @property
    def rows(self) -> Iterator[list[Cell]]:
        """A value for each column, record by record."""
        return ([column.value(record) for column in self.columns] for record in self.records)


@dataclass(frozen=True, slots=True)
class Defined:
    """A column and the table that it stands in."""

    table: Table[Any]
    column: Column[Any]


def dictionary_of(tables: Sequence[Table[Any]]) -> Table[Defined]:
    """What every column of ``tables`` means, as a table of its own."""
    return Table(
        "dictionary",
        Message("table", "Data dictionary"),
        DICTIONARY,
        [Defined(table, column) for table in tables for column in table.columns],
        identity=("table", "column"),
    )


DICTIONARY: tuple[Column[Defined], ...] = (
    Column("table", Message("column", "Table"), lambda one: one.table.name, ColumnType.CODE),
    Column("column", Message("column", "Column"), lambda one: one.column.key, width=30),
    Column("title_th", Message("column", "Title in Thai"), lambda one: one.column.title_in(THAI), width=40),
    Column("title_en", Message("column", "Title in English"), lambda one: one.column.title_in(_ENGLISH), width=40),
    Column("type", Message("column", "Type of the values"), lambda one: type_of(one.column.type), ColumnType.CODE),
    Column("unit_th", Message("column", "Unit in Thai"), lambda one: unit_of(one.column, THAI), ColumnType.CODE),
    Column("unit_en", Message("column", "Unit in English"), lambda one: unit_of(one.column, _ENGLISH), ColumnType.CODE),
    Column(
        "about_th",
        Message("column", "Explanation in Thai"),
        lambda one: one.column.about_in(THAI),
        ColumnType.LONG,
        width=60,
    ),
    Column(
        "about_en",
        Message("column", "Explanation in English"),
        lambda one: one.column.about_in(_ENGLISH),
        ColumnType.LONG,
        width=60,
    ),
)


def type_of(type_: ColumnType) -> str:
    """The name that Table Schema has for the values."""
    return _TYPES.get(type_, "string")


_TYPES = {
    ColumnType.WHOLE: "integer",
    ColumnType.NUMBER: "number",
    ColumnType.MONEY: "number",
    ColumnType.PERCENT: "number",
    ColumnType.DATE: "date",
}


def unit_of(column: Column[Any], words: Words) -> str:
    """What its numbers are counted in; blank where they are counts, or no numbers."""
    unit = UNITS.get(column.type)
    return words.of(unit) if unit else ""
