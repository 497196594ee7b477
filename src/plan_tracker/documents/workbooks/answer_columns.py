"""Columns for the answers of a form, from the form's own definition; none for contact persons.

A target or result in words stands in a column of its own, beside that of numbers. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from plan_tracker.documents.tables import Cell, Column, ColumnType
from plan_tracker.documents.workbooks.master_rows import AnsweredRow
from plan_tracker.forms.definition.labels import column_label, field_label, row_label
from plan_tracker.forms.definition.spec import Block, Field, FieldColumn, FieldKind, FieldRow
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.i18n import Message, Words

Title = Callable[[Words], str]
_TYPES = {
    FieldKind.NUMBER: ColumnType.NUMBER,
    FieldKind.MEASURE: ColumnType.NUMBER,
    FieldKind.MONEY: ColumnType.MONEY,
    FieldKind.PERCENT: ColumnType.PERCENT,
    FieldKind.DATE: ColumnType.DATE,
}
_IN_WORDS = Message("column", "{heading} (in words)")


def single_answers(blocks: Iterable[str]) -> list[Column[AnsweredRow]]:
    """A column for each answer that Form 1 holds once: those of all its blocks but for ``blocks``."""
    single = [block for block in CURRENT.form1.blocks.values() if block.key not in blocks]
    placed = [(block, *cell) for block in single for cell in block.fields()]
    return [
        made
        for block, row, column, field in placed
        for made in _columns(field, field.key, _single(block, row, column, field))
    ]


def block_answers(block: Block) -> list[Column[AnsweredRow]]:
    """A column for each of the block's, keyed by the end of its keys: ``output`` of ``f5.outputs[1].output``."""
    asked = [column for column in block.columns if not column.formula]
    return [
        made for column in asked for made in _columns(column.field, column.suffix, partial(column_label, block, column))
    ]


def kpi_answers() -> list[Column[AnsweredRow]]:
    """A column for each answer of Form 2."""
    (block,) = CURRENT.form2.blocks.values()
    placed = [(column, field) for _row, column, field in block.fields()]
    return [
        made for column, field in placed for made in _columns(field, field.key, partial(column_label, block, column))
    ]


def cells_of(columns: Sequence[Column[Any]]) -> Callable[[AnsweredRow], Cell]:
    """The cell of each answer in the file, by the key of its column: ``f14.stage C133; …``."""
    return lambda row: "; ".join(
        f"{c.key} {found.cell}" for c in columns if c.field and (found := row.answer(c.field)) and found.cell
    )


def unread_of(columns: Sequence[Column[Any]]) -> Callable[[AnsweredRow], Cell]:
    """The text of each answer that can't be read as the number, date or choice that it should be."""
    return lambda row: "; ".join(
        f"{c.key}: {found.typed}" for c in columns if c.field and (found := row.answer(c.field)) and found.value is None
    )


def _columns(field: Field, end: str, title: Title) -> Iterator[Column[AnsweredRow]]:
    if field.private or field.part_of or not field.is_input:
        return
    key, type_ = end.removeprefix("."), _TYPES.get(field.kind, ColumnType.TEXT)
    if field.kind is not FieldKind.MEASURE:
        yield Column(key, title, _value(end, object), type_, field=end)
        return
    yield Column(key, title, _value(end, Decimal), type_, field=end)
    yield Column(f"{key}_text", lambda words: words.of(_IN_WORDS, heading=title(words)), _value(end, str))


def _value(end: str, kind: type) -> Callable[[AnsweredRow], Cell]:
    """What a row answers, where it is of the ``kind``."""

    def value(row: AnsweredRow) -> Cell:
        found = row.answer(end)
        return found.value if found and isinstance(found.value, kind) else None

    return value


def _single(block: Block, row: FieldRow, column: FieldColumn, field: Field) -> Title:
    """The label with the number that the manual gives its section."""
    mark = f"({CURRENT.section_of[field.key].number})"

    def title(words: Words) -> str:
        if not block.header:
            label = field_label(field, words)
        else:
            label = column_label(block, column, words) or row_label(row, words)
        return label if mark in label else f"{mark} {label}"

    return title
