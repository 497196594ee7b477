"""The hidden key column: how a sheet says what each of its cells is, wherever the cells have moved.

Column A of a sheet holds, per row, one of
- ``#f5.outputs``: a key row. Its other cells name the columns: ``.output``, ``.unit``, or ``=`` for a single answer.
- ``P001/f5.outputs[2]``: a row of that block, for project P001. With the column's name it makes the field's key.
- ``~period``: a slot, for a text that plantrack fills in; never read back.
In a template, rows have no project yet: ``f5.outputs[2]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plan_tracker.forms.spec import Form

BLOCK, SLOT, SINGLE = "#", "~", "="


# A keyed cell: the project's or KPI's code (empty in a template), the field, its row and its column (from 0).
# A bare tuple, because there are a thousand in each return.
Place = tuple[str, str, int, int]


def key_column(rows: Sequence[Sequence[object]]) -> int | None:
    """The column, from 0, in which the key rows stand; None where a sheet has no keys."""
    for row in rows:
        for column, value in enumerate(row):
            if isinstance(value, str) and value.startswith(BLOCK) and len(value) > 1 and _names_columns(row):
                return column
    return None


def _names_columns(row: Sequence[object]) -> bool:
    return any(isinstance(value, str) and (value == SINGLE or value.startswith(".")) for value in row)


def find_places(rows: Sequence[Sequence[object]], form: Form) -> Iterator[Place]:
    """Every keyed cell of a sheet, by its own keys and nothing else.

    Key rows serve the whole sheet, so that rows keep their meaning when they are moved.
    """
    at = key_column(rows)
    if at is None:
        return
    columns: dict[str, list[tuple[int, str]]] = {}
    keyed: list[tuple[int, str]] = []
    for index, row in enumerate(rows):
        key = row[at] if at < len(row) else None
        if not isinstance(key, str) or not key:
            continue
        if key.startswith(BLOCK):
            columns[key[1:]] = [(c, v) for c, v in enumerate(row) if c != at and isinstance(v, str) and v]
        elif not key.startswith(SLOT):
            keyed.append((index, key))
    for index, key in keyed:
        code, _slash, row_key = key.rpartition("/")
        for column, suffix in columns.get(form.block_of_row.get(row_key, ""), ()):
            yield code, row_key if suffix == SINGLE else row_key + suffix, index, column


def find_slots(rows: Sequence[Sequence[object]]) -> dict[str, int]:
    """The rows, from 0, of a template's slots by name."""
    at = key_column(rows)
    keys = ((index, row[at or 0]) for index, row in enumerate(rows) if row)
    return {key[1:]: index for index, key in keys if isinstance(key, str) and key.startswith(SLOT)}
