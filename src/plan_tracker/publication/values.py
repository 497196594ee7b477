"""The published values one by one: which row and column of which table of the open data each stands in.

Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from plan_tracker.documents.tables import Table
from plan_tracker.publication.opendata.files import plain_cell


class ValuePlace(NamedTuple):
    """Where a value stands. ``row``: the codes that tell the row, with ``/`` between several; else its number."""

    table: str
    row: str
    column: str


Values = Mapping[ValuePlace, str]  # as they stand in the CSV, but for the apostrophe before what could be a formula


def values_of(tables: Sequence[Table[Any]]) -> dict[ValuePlace, str]:
    """All but what is blank, in the order of the tables."""
    return dict(found for table in tables for found in _of_table(table))


def _of_table(table: Table[Any]) -> Iterator[tuple[ValuePlace, str]]:
    keys = [column.key for column in table.columns]
    at = [keys.index(key) for key in table.identity]
    for number, cells in enumerate(table.rows, 1):
        texts = [plain_cell(cell) for cell in cells]
        row = "/".join(texts[i] for i in at) or str(number)
        for key, text in zip(keys, texts, strict=True):
            if text:
                yield ValuePlace(table.name, row, key), text
