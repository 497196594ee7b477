"""What a form's headings, labels and choices are called in other languages than the manual's Thai.

A catalogue has them by key (``f11.result_quarter``), a choice by the choice itself, which is the value that is stored;
where it has none, the form's own words stand. Nothing is read or written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.spec import Block, Field, FieldColumn, FieldKind, FieldRow, Form, Section
from plan_tracker.i18n import Words

SECTION, CAPTION, ROW, COLUMN, FIELD, CHOICE = "section", "caption", "row", "column", "field", "choice"
_INSTRUCTION = re.compile(r" *\((?:ถ้ามี|ต้อง|ไม่เกิน|0–100)[^)]*\)$|^ถ้า.*")  # to whoever fills the form in


def section_heading(section: Section, words: Words) -> str:
    """``(11) สรุปผลการดำเนินงาน``."""
    title = words.by_key(SECTION, _section_key(section), section.title)
    return f"({section.number}) {title}" if section.number else title


def shown_blocks(section: Section) -> list[Block]:
    """All but the note, which the unit writes to the officer, and what is kept as part of a list."""
    blocks = (block for block in section.blocks if not block.key.endswith(".note"))
    return [block for block in blocks if not any(column.field.part_of for column in block.columns)]


def block_caption(block: Block, words: Words) -> str:
    """Blank where there is none, or nothing but an instruction."""
    return _said(CAPTION, block.key, block.caption, words)


def row_label(row: FieldRow, words: Words) -> str:
    return _said(ROW, row.key or "total", row.label, words)


def column_label(block: Block, column: FieldColumn, words: Words) -> str:
    return _said(COLUMN, _column_key(block, column), column.field.label, words)


def field_label(field: Field, words: Words) -> str:
    return _said(FIELD, field.key, field.label, words)


def choice_label(choice: str, words: Words) -> str:
    """A choice that a unit picked; what is none stays as it is."""
    return words.by_key(CHOICE, choice, choice)


def is_choice(field: Field, answer: str) -> bool:
    """Whether ``answer`` is one that the form offers, and not the unit's own words."""
    offered = field.choices if field.kind is FieldKind.CHOICE else ()
    return answer in offered or (field.none_is_answer and answer == c.NONE)


def keyed_labels(form: Form) -> Iterator[tuple[str, str, str]]:
    """Context, key and the form's own words of all that a document or a page may show."""
    for section in form.sections:
        yield SECTION, _section_key(section), section.title
        for block in shown_blocks(section):
            said = ((context, key, _own(label)) for context, key, label in _labels(block))
            yield from (one for one in said if one[2] and not one[2].isdigit())
    offered = [choice for field in form.fields.values() if field.kind is FieldKind.CHOICE for choice in field.choices]
    yield from ((CHOICE, choice, choice) for choice in dict.fromkeys([*offered, c.NONE]))


def _labels(block: Block) -> Iterator[tuple[str, str, str]]:
    if block.header:
        yield CAPTION, block.key, block.caption
        yield from ((ROW, row.key or "total", row.label) for row in block.rows)
        yield from ((COLUMN, _column_key(block, column), column.field.label) for column in block.columns)
    else:
        yield from ((FIELD, field.key, field.label) for _row, _column, field in block.fields() if not field.private)


def _column_key(block: Block, column: FieldColumn) -> str:
    """A computed column has no suffix to tell it by."""
    return f"{block.key}{column.suffix or f' = {column.formula}'}"


def _said(context: str, key: str, label: str, words: Words) -> str:
    own = _own(label)
    return own if own.isdigit() else words.by_key(context, key, own) if own else ""


@cache  # the same labels head every project's sheet
def _own(label: str) -> str:
    """Without what it tells whoever fills the form in."""
    return _INSTRUCTION.sub("", label)


def _section_key(section: Section) -> str:
    return f"({section.number})"
