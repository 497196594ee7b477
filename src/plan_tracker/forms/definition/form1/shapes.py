"""The shapes that Form 1's sections are built from: a labelled answer, a text, a table's rows, a numbered section."""

from __future__ import annotations

from dataclasses import dataclass

from plan_tracker.forms.definition.spec import ALWAYS, Block, Field, FieldColumn, FieldRow, Section, When


@dataclass(frozen=True, slots=True)
class Shape:
    """What tells the versions of Form 1 apart: how many rows its tables have, and where a unit's contact is asked."""

    outputs: int
    indicators: int
    activities: int
    problems: int
    contact_in_project: bool


def line(field: Field, lines: int = 1, tall: bool = False) -> Block:
    """A labelled answer across the page."""
    return Block(
        key=field.key,
        rows=(FieldRow(field.key, field.label),),
        columns=(FieldColumn("", "D:I", field),),
        label_span="B:C",
        header=False,
        lines=lines,
        tall=tall,
    )


def text(field: Field, lines: int, tall: bool = False) -> Block:
    """An answer over the page's whole width, its label above it."""
    return Block(
        key=field.key,
        rows=(FieldRow(field.key),),
        columns=(FieldColumn("", "B:I", field),),
        caption=field.label,
        header=False,
        lines=lines,
        tall=tall,
    )


def numbered(key: str, count: int) -> tuple[FieldRow, ...]:
    return tuple(FieldRow(f"{key}[{i}]", str(i)) for i in range(1, count + 1))


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


def whole_first_row(row: str, suffixes: tuple[str, ...]) -> tuple[tuple[str, When], ...]:
    """The first row of a table is due whatever else stands in it."""
    return tuple((row + suffix, ALWAYS) for suffix in suffixes)
