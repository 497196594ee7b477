"""The 14-field sheet of a project for the appendix, headed by the form's own definition.

Each section holds blocks: ``line`` (label, text) or a table named by its key in the form
(``heads``, and ``rows`` of texts). Private answers and notes to the officer are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from plan_tracker.analysis.figures import ProjectFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report.rows import untold
from plan_tracker.fiscal import per_cent
from plan_tracker.forms.definition.spec import ALWAYS, Block, FieldKind, Form, Section
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.values import Entry, Value

_INSTRUCTION = re.compile(r" *\((?:ถ้ามี|ต้อง|ไม่เกิน|0–100)[^)]*\)$|^ถ้า.*")  # to whoever fills the form in
Said = Callable[[str], Value | None]


def build_sheet(project: ProjectFigures, plan_name: str) -> dict[str, object]:
    """The sheet's sections. Without a return it shows what the register knows, and says so."""
    said = _sayings(project, plan_name)
    return {
        "title": f"{project.source.project.code} {project.source.project.name}",
        "unit": project.source.unit.name,
        "reported": project.reported,
        "untold": "" if project.reported else untold(project),
        "waived_because": project.waived_because,
        "sections": [
            {"heading": section.heading, "blocks": list(_blocks(section, said, project))}
            for section in _form(project).sections
        ],
    }


def _form(project: ProjectFigures) -> Form:
    """The form that the unit filled in; without a return the current one."""
    source = project.source.source
    return (source.form if source else CURRENT).form1


def _sayings(project: ProjectFigures, plan_name: str) -> Said:
    """What is answered under each key: the unit's answers, else the register's knowledge.

    What could not be read is the text that stands there.
    """
    source = project.source
    locked: dict[str, Value] = {
        "f1.plan": plan_name,
        "f1.project_code": source.project.code,
        "f1.project_name": source.project.name,
        "f2.unit_name": source.unit.name,
    }
    answered = partial(_answer, source.entry) if source.entry else source.project.known.get
    return lambda key: locked.get(key) or answered(key)


def _answer(entry: Entry, key: str) -> Value | None:
    unread = entry.value(key) is None and entry.is_answered(key)
    return entry.answers[key].typed if unread else entry.value(key)


def _blocks(section: Section, said: Said, project: ProjectFigures) -> Iterator[dict[str, object]]:
    shown = [block for block in section.blocks if not block.key.endswith(".note")]
    made = [made for block in shown for made in _block(block, said, project, alone=len(shown) == 1)]
    yield from made or [_line("", w.DASH if project.reported else untold(project))]


def _block(block: Block, said: Said, project: ProjectFigures, alone: bool) -> Iterator[dict[str, object]]:
    if block.key == "f9.money":
        yield from _money(block, said)
    elif block.header:
        yield from _table(block, said)
    else:
        (field,) = (field for _row, _column, field in block.fields())
        text = _text(said(field.key), field.kind)
        if not field.private and (text or (project.reported and field.due == ALWAYS)):
            label = "" if alone else _INSTRUCTION.sub("", field.label)
            yield _line(label, text or w.NOT_STATED)


def _line(label: str, text: str) -> dict[str, object]:
    return {"kind": "line", "label": f"{label}: " if label else "", "text": text}


def _table(block: Block, said: Said) -> Iterator[dict[str, object]]:
    """The rows that hold anything: the row's label, then a text per column."""
    rows = []
    for row in block.rows:
        texts = [_cell(said(row.key + column.suffix), column.field.kind) for column in block.columns]
        if any(texts):
            rows.append([_INSTRUCTION.sub("", row.label), *(text or w.DASH for text in texts)])
    if rows:
        yield {**_titled(block), "heads": [column.field.label for column in block.columns], "rows": rows}


def _titled(block: Block) -> dict[str, object]:
    return {"kind": block.key, "caption": _INSTRUCTION.sub("", block.caption)}


def _money(block: Block, said: Said) -> Iterator[dict[str, object]]:
    """Field (9) turned on its side, so that long amounts fit: a row per amount, a column per kind.

    Remaining, per cent and totals are computed as the form does; a dash for what nobody stated.
    """
    columns = [column for column in block.columns if not column.formula]
    keys = [[row.key + column.suffix for column in columns] for row in block.rows if not row.total]
    stated = [[_amount(said(key)) for key in row] for row in keys]
    if not any(any(amounts) for amounts in stated):
        return
    sums = [_sum(map(said, at)) for at in zip(*keys, strict=True)]
    if any(budget and disbursed is None for _act, budget, _committed, disbursed in stated):
        sums[-1] = None  # a part is unknown, and so is the whole
    kinds = [_money_texts(amounts) for amounts in (*stated, sums)]
    labels = [column.field.label for column in block.columns]
    yield {
        **_titled(block),
        "heads": [row.label for row in block.rows],
        "rows": [[label, *texts] for label, *texts in zip(labels, *kinds, strict=True)],
    }


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


def _cell(value: Value | None, kind: FieldKind) -> str:
    """An answer as it stands in a table: dates are short there."""
    return w.day(value) if isinstance(value, date) else _text(value, kind)


def _text(value: Value | None, kind: FieldKind) -> str:
    """An answer as text; blank for none. What is not of its kind stands as it is."""
    if not isinstance(value, Decimal):
        return "" if value is None else w.plain_text(value)
    if kind is FieldKind.MONEY:
        return w.baht(value)
    return w.percent(value) if kind is FieldKind.PERCENT else w.number(value)
