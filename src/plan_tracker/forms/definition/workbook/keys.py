"""The hidden keys: how a sheet says what each of its cells is, wherever the cells have moved.

Column A of a sheet, and once more its last column, hold per row one of
- ``#f5.outputs``: a key row. Its other cells name the columns: ``.output``, ``.unit``, or ``=`` for a single answer.
- ``P001/f5.outputs[2]``: a row of that block, for project P001. With the column's name it makes the field's key.
- ``~period``: a slot, for a text that plantrack fills in; never read back.
In a template, rows have no project yet: ``f5.outputs[2]``. The keys stand twice so that one column may be lost, and
so that sorting one of them is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plan_tracker.forms.definition.spec import joined

BLOCK, SLOT, SINGLE = "#", "~", "="


# A keyed cell: the project's or KPI's code (empty in a template), the field, its row and its column (from 0).
# A bare tuple, because there are a thousand in each return.
Place = tuple[str, str, int, int]


def key_columns(rows: Sequence[Sequence[object]]) -> list[int]:
    """The columns, from 0, that hold keys: where the first key row names its block; none in a foreign sheet."""
    for row in rows:
        found = [column for column, value in enumerate(row) if isinstance(value, str) and value.startswith(BLOCK)]
        if found and any(isinstance(value, str) and value.startswith((SINGLE, ".", ":")) for value in row):
            return found
    return []


def find_places(rows: Sequence[Sequence[object]], block_of_row: Mapping[str, str]) -> Iterator[Place]:
    """Every keyed cell of a sheet, by its own keys and nothing else. ``block_of_row`` is the form's, or its version's.

    Key rows serve the whole sheet, so that rows keep their meaning when they are moved. A row whose keys
    contradict each other has no meaning any more, and is left out.
    """
    at = key_columns(rows)
    columns: dict[str, list[tuple[int, str]]] = {}
    keyed: list[tuple[int, str]] = []
    for index, row in enumerate(rows) if at else ():
        key = row_key(row, at) or ""
        if key.startswith(BLOCK):
            columns[key[1:]] = [(c, v) for c, v in enumerate(row) if v and c not in at and isinstance(v, str)]
        elif key and not key.startswith(SLOT):
            keyed.append((index, key))
    for index, key in keyed:
        code, _slash, within = key.rpartition("/")
        for column, suffix in columns.get(block_of_row.get(within, ""), ()):
            yield code, within if suffix == SINGLE else joined(within, suffix), index, column


def row_key(row: Sequence[object], at: Sequence[int]) -> str | None:
    """What a row's key cells agree on: empty where there is nothing, None where they contradict each other."""
    width = len(row)
    first, *others = [(row[column] if column < width else None) or "" for column in at] or [""]
    if any(other != first for other in others):
        return None
    return first if isinstance(first, str) else ""


def find_slots(rows: Sequence[Sequence[object]]) -> dict[str, int]:
    """The rows, from 0, of a template's slots by name; of a repeated one the first."""
    at = key_columns(rows)
    found: dict[str, int] = {}
    for index, row in enumerate(rows):
        key = row_key(row, at) or ""
        if key.startswith(SLOT):
            found.setdefault(key[1:], index)
    return found
