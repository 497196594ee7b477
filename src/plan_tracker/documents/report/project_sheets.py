"""The 14-field sheet of a project for the appendix, headed by the form's own definition.

Each section holds blocks, lines or tables. Private answers and notes to the officer are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import overload

from plan_tracker.analysis.basis.dataset import ProjectResult
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.checking.parsing.none_words import says_none
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import terms
from plan_tracker.forms.definition import labels
from plan_tracker.forms.definition.spec import ALWAYS, Block, Field, FieldKind, Form, Section
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.i18n import THAI, Words
from plan_tracker.rounding import per_cent
from plan_tracker.values import Value

Said = Mapping[str, Value]
_MONEY = "f9."
_PROBLEMS = "f13.problems"


@dataclass(frozen=True, slots=True)
class BlockText:
    """A line (``label`` and ``text``), or a table: ``kind``, its key in the form, ``heads``, and ``rows`` of texts."""

    kind: str
    label: str = ""
    text: str = ""
    caption: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionText:
    """A numbered field of the manual."""

    heading: str
    blocks: tuple[BlockText, ...]


@dataclass(frozen=True, slots=True)
class SheetText:
    """A project's sheet. Without a return it shows what the register knows, and says so in ``untold``."""

    title: str
    unit: str
    reported: bool
    untold: str
    waived_because: str
    sections: tuple[SectionText, ...]


class Sheets(Sequence[SheetText]):
    """A plan's sheets in its projects' order, each built when it is asked for: thousands of them take a gigabyte."""

    def __init__(self, projects: Sequence[ProjectFigures], plan_name: str, words: Words) -> None:
        self._projects, self._plan_name, self._words = projects, plan_name, words

    def __len__(self) -> int:
        return len(self._projects)

    @overload
    def __getitem__(self, at: int) -> SheetText: ...

    @overload
    def __getitem__(self, at: slice) -> Sheets: ...

    def __getitem__(self, at: int | slice) -> SheetText | Sheets:
        if isinstance(at, slice):
            return Sheets(self._projects[at], self._plan_name, self._words)
        return build_sheet(self._projects[at], self._plan_name, self._words)


def build_sheet(project: ProjectFigures, plan_name: str, words: Words = THAI) -> SheetText:
    sheet = _Sheet(project, _sayings(project, plan_name), words)
    return SheetText(
        title=f"{project.source.project.code} {project.source.project.name}",
        unit=project.source.unit.name,
        reported=project.reported,
        untold="" if project.reported else terms.unreported(project, words),
        waived_because=project.waived_because,
        sections=tuple(
            SectionText(labels.section_heading(section, words), tuple(sheet.blocks(section)))
            for section in _form(project).sections
        ),
    )


def _form(project: ProjectFigures) -> Form:
    """The form that the unit filled in; without a return the current one."""
    source = project.source.source
    return (source.form if source else CURRENT).form1


def _sayings(project: ProjectFigures, plan_name: str) -> Said:
    """What is answered, by its key: the unit's answers, else the register's knowledge.

    What could not be read is the text that stands there.
    """
    source = project.source
    locked = {
        "f1.plan": plan_name,
        "f1.project_code": source.project.code,
        "f1.project_name": source.project.name,
        "f2.unit_name": source.unit.name,
    }
    answered = source.entry.said if source.entry else _known(source)
    return {**answered, **{key: text for key, text in locked.items() if text}}


def _known(source: ProjectResult) -> Said:
    """What the register knows; of the money of a project that has been cancelled, what was told before."""
    if not source.last_told:
        return source.project.known
    entries = [one.entry for one in source.last_told]
    money = dict.fromkeys(key for entry in entries for key in entry.answers if key.startswith(_MONEY))
    told = {key: [amount for entry in entries if (amount := entry.number(key)) is not None] for key in money}
    return {
        **{key: value for key, value in source.project.known.items() if not key.startswith(_MONEY)},
        **{key: sum(amounts, Decimal(0)) for key, amounts in told.items() if amounts},
    }


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Puts what ``said`` answers of ``project`` into ``words``."""

    project: ProjectFigures
    said: Said
    words: Words

    def blocks(self, section: Section) -> Iterator[BlockText]:
        shown = labels.shown_blocks(section)
        made = [made for block in shown for made in self._block(block, alone=len(shown) == 1)]
        nothing = w.DASH if self.project.reported else terms.unreported(self.project, self.words)
        yield from made or [_line("", nothing)]

    def _block(self, block: Block, *, alone: bool) -> Iterator[BlockText]:
        if block.key == "f9.money":
            yield from self._money(block)
        elif block.header:
            yield from self._table(block)
        else:
            (field,) = (field for _row, _column, field in block.fields())
            text = self._text(field)
            if not field.private and (text or (self.project.reported and field.due == ALWAYS)):
                label = "" if alone else labels.field_label(field, self.words)
                yield _line(label, text or self.words.of(w.NOT_STATED))

    def _table(self, block: Block) -> Iterator[BlockText]:
        """The rows that hold anything: the row's label, then a text per column."""
        rows, fields = [], block.fields()
        for row in block.rows:
            placed = islice(fields, len(block.columns))
            texts = [self._text(field, in_table=True) for _row, _column, field in placed]
            if any(texts):
                rows.append((labels.row_label(row, self.words), *(text or w.DASH for text in texts)))
        if block.key == _PROBLEMS and len(rows) == 1 and _is_none(rows[0][1:]):
            yield _line("", rows[0][1])  # no table to say that there is nothing
        elif rows:
            heads = tuple(labels.column_label(block, column, self.words) for column in block.columns)
            yield self._titled(block, heads, rows)

    def _titled(self, block: Block, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> BlockText:
        caption = labels.block_caption(block, self.words)
        return BlockText(block.key, caption=caption, heads=heads, rows=tuple(rows))

    def _money(self, block: Block) -> Iterator[BlockText]:
        """Field (9) turned on its side, so that long amounts fit: a row per amount, a column per kind.

        Remaining, per cent and totals are computed as the form does; a dash for what nobody stated.
        """
        columns = [column for column in block.columns if not column.formula]
        keys = [[row.key + column.suffix for column in columns] for row in block.rows if not row.total]
        stated = [[_amount(self.said.get(key)) for key in row] for row in keys]
        if not any(any(amounts) for amounts in stated):
            return
        sums = [_sum(map(self.said.get, at)) for at in zip(*keys, strict=True)]
        if any(budget and disbursed is None for _act, budget, _committed, disbursed in stated):
            sums[-1] = None  # a part is unknown, and so is the whole
        kinds = [_money_texts(amounts) for amounts in (*stated, sums)]
        names = [labels.column_label(block, column, self.words) for column in block.columns]
        heads = tuple(labels.row_label(row, self.words) for row in block.rows)
        yield self._titled(block, heads, zip(names, *kinds, strict=True))

    def _text(self, field: Field, *, in_table: bool = False) -> str:
        """An answer as text; blank for none. What is not of its kind stands as it is. Dates are short in tables."""
        value = self.said.get(field.key)
        if value is None:
            return ""
        if isinstance(value, Decimal):
            return _number(value, field.kind)
        if isinstance(value, date):
            return w.day(value, self.words) if in_table else w.plain_text(value, self.words)
        text = w.plain_text(value, self.words)
        return labels.choice_label(text, self.words) if labels.is_choice(field, text) else text


def _line(label: str, text: str) -> BlockText:
    return BlockText("line", label=f"{label}: " if label else "", text=text)


def _is_none(texts: Sequence[str]) -> bool:
    """Whether a row of problems says that there is none, and no more."""
    problem, *more = texts
    return says_none(problem, of_problems=True) and all(text == w.DASH for text in more)


def _number(value: Decimal, kind: FieldKind) -> str:
    if kind is FieldKind.MONEY:
        return w.baht(value)
    return w.percent(value) if kind is FieldKind.PERCENT else w.number(value)


def _amount(value: Value | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _sum(values: Iterable[Value | None]) -> Decimal | None:
    """None where nothing is stated, or something that can't be read."""
    stated = [value for value in values if value is not None]
    amounts = [value for value in stated if isinstance(value, Decimal)]
    return sum(amounts, Decimal(0)) if amounts and amounts == stated else None


def _money_texts(amounts: list[Decimal | None]) -> list[str]:
    """The four amounts of a row as texts, then remaining and per cent disbursed."""
    _act, budget, _committed, disbursed = amounts
    texts = list(map(w.baht, amounts))
    if budget is None or disbursed is None:
        return [*texts, w.DASH, w.DASH]
    return [*texts, w.baht(budget - disbursed), w.percent(per_cent(disbursed, budget))]
