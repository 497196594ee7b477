"""What the pages say of the open data: what each column means, and what each edition changed.

Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plan_tracker.documents import wording as w
from plan_tracker.documents.tables import Column, Table, type_of, unit_of
from plan_tracker.fiscal import long_date
from plan_tracker.i18n import Words
from plan_tracker.publication.revisions import Edition

_ROWS = 20  # rows of tables that are named


@dataclass(frozen=True, slots=True)
class ColumnText:
    """A column by its key, and what it is called, holds and means."""

    key: str
    title: str
    type: str
    unit: str
    about: str


@dataclass(frozen=True, slots=True)
class TableText:
    """A table of the open data."""

    name: str
    title: str
    columns: list[ColumnText]


@dataclass(frozen=True, slots=True)
class EditionText:
    """An edition, when it came, and what it changed."""

    number: str
    day: str
    changed: str


def dictionary_tables(tables: Sequence[Table[Any]], words: Words) -> list[TableText]:
    return [
        TableText(table.name, words.of(table.title), [_column(one, words) for one in table.columns]) for table in tables
    ]


def _column(found: Column[Any], words: Words) -> ColumnText:
    return ColumnText(
        found.key,
        found.title_in(words),
        type_of(found.type),
        unit_of(found, words) or w.DASH,
        found.about_in(words) or w.DASH,
    )


def edition_rows(editions: Sequence[Edition], words: Words) -> list[EditionText]:
    """The newest first."""
    return [EditionText(str(one.number), long_date(one.day, words), _changed(one, words)) for one in reversed(editions)]


def _changed(found: Edition, words: Words) -> str:
    if found.number == 1:
        return words.say("edition", "First published")
    if found.changed is None:
        return words.say("edition", "The reports were replaced; which values changed is not known")
    if not found.changed:
        return words.say("edition", "The reports were replaced; no value of the data changed")
    rows = list(dict.fromkeys(f"{place.table} {place.row}" for place in found.places))
    named = ", ".join(rows[:_ROWS])
    more = len(rows) - _ROWS
    said = words.say("edition", "{number} values changed, in: {rows}", number=w.count(found.changed), rows=named)
    return said + words.say("edition", " and {number} more rows", number=w.count(more)) if more > 0 else said
