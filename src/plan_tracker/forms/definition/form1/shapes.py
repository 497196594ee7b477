"""The shapes that Form 1's sections are built from: a labelled answer, a text, a table's rows, a numbered section."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plan_tracker.forms.definition.spec import ALWAYS, Block, Field, FieldColumn, FieldRow, Section, When

ANSWER, BESIDE = "C", "I"  # the sheet's columns for single answers, and for notes
LINES, NOTES = "lines", "notes"  # the key rows that single answers, and notes, share


@dataclass(frozen=True, slots=True)
class Form1Shape:
    """What tells the versions of Form 1 apart.

    How many rows its tables have, and of them at hand (0: all); whether a unit's contact is asked of each project; how
    many provinces are picked from drop-downs; whether single answers and notes each share one key row.
    """

    outputs: int
    indicators: int
    activities: int
    problems: int
    contact_in_project: bool = False
    picked_provinces: int = 0
    rows_at_hand: tuple[int, int, int, int] = (0, 0, 0, 0)  # outputs, indicators, activities, problems
    shared_key_rows: bool = True


def line(field: Field) -> Block:
    """A labelled answer."""
    return Block(field.key, (FieldRow(field.key, field.label),), (FieldColumn("", ANSWER, field),), header=False)


def numbered(key: str, count: int) -> tuple[FieldRow, ...]:
    return tuple(FieldRow(f"{key}[{i}]", str(i)) for i in range(1, count + 1))


def side_by_side(row: str, label: str, fields: tuple[Field, ...]) -> Block:
    """A row of single answers of one kind, each with a key of its own."""
    columns = (FieldColumn(f":{f.key}", at, f) for at, f in zip("CDEFG", fields, strict=False))
    return Block(row, (FieldRow(row, label),), tuple(columns), header=False)


def section(number: int, title: str, *blocks: Block) -> Section:
    """A numbered field, closed by the note that confirms the warnings put on it."""
    note = Field(
        key=f"f{number}.note",
        label=f"หมายเหตุข้อ ({number})",
        max_length=1000,
        hint="ไม่บังคับ ใช้ยืนยันหรือชี้แจงข้อมูลของข้อนี้ที่ระบบทักท้วง",
        example="ยืนยันข้อมูลถูกต้อง เนื่องจาก…",
    )
    return Section(number, title, (*blocks, line(note)))


def shared(section: Section) -> Section:
    """``section`` with its single answers under one key row of the sheet, and its note beside it under another."""
    return replace(section, blocks=tuple(map(_shared, section.blocks)))


def _shared(block: Block) -> Block:
    if block.header or len(block.columns) > 1:
        return block
    if not block.key.endswith(".note"):
        return replace(block, key_row=LINES)
    return replace(block, key_row=NOTES, columns=(replace(block.columns[0], at=BESIDE),))


def whole_first_row(row: str, suffixes: tuple[str, ...]) -> tuple[tuple[str, When], ...]:
    """The first row of a table is due whatever else stands in it."""
    return tuple((row + suffix, ALWAYS) for suffix in suffixes)
