"""What a form is made of. ``form1`` and ``form2`` say what is in ours.

The same definition builds the sheets' layout, finds the answers when a form comes back,
drives the pandera schemas, and heads the appendix of the Word report.

A form is a list of ``Section`` (a numbered field of the manual). A section holds ``Block`` s:
rows crossed with columns, so that a single answer is a block of one row and one column.
A field's key is its row's key followed by its column's: ``f5.outputs[2]`` + ``.unit``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from plan_tracker.values import plain


class FieldKind(StrEnum):
    """How an answer is read and written."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # baht, two decimals
    PERCENT = "percent"  # 0–100; 50 means 50 %
    DATE = "date"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    PROVINCES = "provinces"  # names of provinces, separated by commas
    MEASURE = "measure"  # a number, or text where the row's direction is qualitative


class Prefill(StrEnum):
    """Where a field's first content comes from."""

    LOCKED = "locked"  # from the register; not an input
    CARRIED = "carried"  # an input, prefilled with what is known
    ASKED = "asked"  # an input, always blank at first


class Test(StrEnum):
    """What a ``When`` asks of the fields that it names."""

    ALWAYS = "always"
    FILLED = "filled"  # any of them holds something
    POSITIVE = "positive"  # any of them is a number above 0
    ONE_OF = "one of"  # any of them holds one of the values
    NONE_OF = "none of"  # none of them holds one of the values; blank ones neither
    OTHER_THAN = "other than"  # any of them is filled, with something else than the values


@dataclass(frozen=True, slots=True)
class When:
    """When an answer is due, but not where any of the fields ``unless`` is filled.

    The form's live formulas (``checking.live``) and the checks (``checking.table.is_due``) both come from this.
    ``@`` in a key stands for the key of the field's own row.
    """

    test: Test
    keys: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


ALWAYS = When(Test.ALWAYS)
WITH_ROW = When(Test.FILLED, ("@",))  # due where anything else stands in the row


@dataclass(frozen=True, slots=True)
class Field:
    """One cell that has a key.

    ``due`` says when an answer is required (None: never), ``due_code`` which finding a blank one is.
    ``definition`` fields are carried over from last year's Q4; ``private`` ones never reach a report or a publication.
    ``direction`` names the field that decides whether a MEASURE is a number, ``unit`` the one with its unit of measure.
    ``part_of`` names the list that what stands here is kept in, and never by itself.
    """

    key: str
    label: str = ""
    kind: FieldKind = FieldKind.TEXT
    prefill: Prefill = Prefill.ASKED
    due: When | None = None
    due_code: str = "REQUIRED"
    choices: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    max_length: int | None = None
    none_is_answer: bool = False
    definition: bool = False
    private: bool = False
    direction: str = ""
    unit: str = ""
    part_of: str = ""
    hint: str = ""
    example: str = ""

    @property
    def is_input(self) -> bool:
        return self.prefill is not Prefill.LOCKED

    @property
    def bounds(self) -> str:
        """What a number may be, as it is told: ``0–100``, ``≥ 0``; empty where it may be anything."""
        low, high = (plain(bound) if bound is not None else "" for bound in (self.low, self.high))
        return f"{low}–{high}" if high else f"≥ {low}" if low else ""


def joined(row: str, suffix: str) -> str:
    """The key of the field in ``row`` and the column ``suffix``, which may name a whole key: ``:f10.provinces[6]``."""
    return suffix[1:] if suffix.startswith(":") else row + suffix


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column of a block: a field prototype, and the sheet's column that it stands ``at``.

    ``formula`` makes a computed column; ``{.budget}`` in it is that column's cell in the same row.
    """

    suffix: str
    at: str
    field: Field
    formula: str = ""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of a block. ``total`` rows sum the rows above and have no key."""

    key: str
    label: str = ""
    total: bool = False


@dataclass(frozen=True)
class Block:
    """Rows × columns under one hidden key row, which names the columns.

    ``due_in`` overrides when single fields of the block are due. Blocks may share the key row ``key_row``. Of many
    rows the first ``at_hand`` stand in their place, the others further down, where they print only when they are used
    (0: all in their place).
    """

    key: str
    rows: tuple[FieldRow, ...]
    columns: tuple[FieldColumn, ...]
    caption: str = ""
    header: bool = True
    due_in: tuple[tuple[str, When], ...] = ()
    key_row: str = ""
    at_hand: int = 0

    def fields(self) -> Iterator[tuple[FieldRow, FieldColumn, Field]]:
        """Every keyed cell of the block: its row, its column and the field that it holds."""
        return iter(self._cells)

    @cached_property
    def _cells(self) -> tuple[tuple[FieldRow, FieldColumn, Field], ...]:
        """Placed once: reports and pages ask for them project by project."""
        return tuple(
            (row, column, self._placed(row, column))
            for row in self.rows
            for column in self.columns
            if not row.total and not column.formula
        )

    def _placed(self, row: FieldRow, column: FieldColumn) -> Field:
        """The column's field prototype as it stands in ``row``."""
        key = joined(row.key, column.suffix)
        prototype = column.field
        due = dict(self.due_in).get(key, prototype.due)
        due_code = prototype.due_code
        if due == WITH_ROW:
            due_code = "ROW-INCOMPLETE"
            others = (other.suffix for other in self.columns if other.suffix != column.suffix and not other.formula)
            due = replace(WITH_ROW, keys=tuple(f"@{suffix}" for suffix in others))
        if due is not None:
            due = replace(due, keys=tuple(name.replace("@", row.key) for name in due.keys))
        return replace(
            prototype,
            key=key,
            label=prototype.label or row.label,
            due=due,
            due_code=due_code,
            direction=prototype.direction.replace("@", row.key),
            unit=prototype.unit.replace("@", row.key),
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered field of the manual; ``number`` 0 for what stands outside the numbering."""

    number: int
    title: str
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> str:
        return f"({self.number}) {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet beside its answers, by letter. Column A holds its keys.

    ``last`` is the last that is printed; ``before`` last quarter's answers ("" for none), ``says`` what is wrong in
    the row, live; ``remark`` what is said of it by the office, ``mirror`` the keys once more, ``marks`` the count of
    marked cells that still hold what was wrong.
    """

    last: str
    before: str
    says: str
    remark: str
    mirror: str
    marks: str


@dataclass(frozen=True, eq=False)
class Form:
    """A whole form as one version asks it (``versions``). ``title`` is the manual's wording."""

    name: str
    title: str
    sections: tuple[Section, ...]
    columns: Columns

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field by its key, in the form's order."""
        return {f.key: f for s in self.sections for b in s.blocks for _row, _column, f in b.fields()}

    @cached_property
    def inputs(self) -> dict[str, Field]:
        return {key: f for key, f in self.fields.items() if f.is_input}

    @cached_property
    def by_column(self) -> tuple[str, ...]:
        """The fields block by block, each column of a block from its first row to its last."""
        keys = []
        for block in self.blocks.values():
            columns = {id(column): place for place, column in enumerate(block.columns)}
            placed = sorted(block.fields(), key=lambda one: columns[id(one[1])])
            keys += [field.key for _row, _column, field in placed]
        return tuple(keys)

    @cached_property
    def blocks(self) -> dict[str, Block]:
        return {b.key: b for s in self.sections for b in s.blocks}

    @cached_property
    def block_of_row(self) -> dict[str, str]:
        """The key row that names the columns of a row."""
        return {r.key: b.key_row or b.key for b in self.blocks.values() for r in b.rows if not r.total}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section that each field belongs to."""
        return {f.key: s for s in self.sections for b in s.blocks for _row, _column, f in b.fields()}
