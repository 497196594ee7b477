"""What several projects that have been merged into one say together: of answers, of the register, of approved plans.

Money is summed, the work begins with the first and ends with the last, tables have the rows of all. What can't be put
together, such as planned per cents that differ, nobody has said of the whole. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from plan_tracker.forms.definition import choices as c
from plan_tracker.forms.definition.plan_fields import PLANNED
from plan_tracker.forms.definition.spec import Block
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.values import Answer, Entry, Value

Values = Mapping[str, Value]
_Together = Callable[[Sequence[Value]], Value | None]  # of what the parts say that say anything
_TABLES = {key: CURRENT.form1.blocks[key] for key in ("f5.outputs", "f7.indicators", "f8.activities", "f13.problems")}
_SOURCES = tuple(f"f3.source[{i}]" for i in (1, 2, 3))
_LONGEST = 3000  # characters, of a text that units may write


def merge_values(parts: Sequence[Values]) -> dict[str, Value]:
    """What ``parts`` say together, by field key; of one alone just that."""
    if len(parts) < 2:
        return dict(parts[0]) if parts else {}
    keys = dict.fromkeys(key for part in parts for key in part)
    merged: dict[str, Value] = {}
    for key in keys:
        if key not in _SOURCES and key.partition("[")[0] not in _TABLES:
            value = _merge(key, [part.get(key) for part in parts])
            if value is not None:
                merged[key] = value
    for block in _TABLES.values():
        merged |= _rows(block, parts)
    sources = dict.fromkeys(part[key] for part in parts for key in _SOURCES if key in part)
    used = [source for source in sources if source != c.NO_BUDGET] or list(sources)
    return merged | dict(zip(_SOURCES, used, strict=False))


def merge_entries(parts: Sequence[Entry]) -> Entry:
    """What the answers of ``parts`` say together; what is not as the first has it stands in no cell.

    What can't be read of one part, nobody knows of the whole.
    """
    first = parts[0]
    merged = merge_values([_read(part) for part in parts])
    answers = {
        key: own if (own := first.answers.get(key)) and own.value == value else Answer(value, "")
        for key, value in merged.items()
    }
    unread = {
        key: Answer(None, "", said.typed)
        for part in parts
        for key, said in part.answers.items()
        if said.value is None and key not in _SOURCES and key.partition("[")[0] not in _TABLES
    }
    return Entry(first.sheet, answers | unread)


def _read(part: Entry) -> Values:
    return {key: said.value for key, said in part.answers.items() if said.value is not None}


def _merge(key: str, said: Sequence[Value | None]) -> Value | None:
    stated = [value for value in said if value is not None]
    if key in _AGREED and len(stated) < len(said):
        return None
    return _RULES.get(key, _sum if key.startswith("f9.") and not key.endswith(".note") else _first)(stated)


def _first(said: Sequence[Value]) -> Value | None:
    return said[0]


def _sum(said: Sequence[Value]) -> Value | None:
    return sum((value for value in said if isinstance(value, Decimal)), Decimal(0))


def _lowest(said: Sequence[Value]) -> Value | None:
    return min((value for value in said if isinstance(value, Decimal)), default=None)


def _earliest(said: Sequence[Value]) -> Value | None:
    return min((value for value in said if isinstance(value, date)), default=None)


def _latest(said: Sequence[Value]) -> Value | None:
    return max((value for value in said if isinstance(value, date)), default=None)


def _same(said: Sequence[Value]) -> Value | None:
    return said[0] if all(value == said[0] for value in said) else None


def _stage(said: Sequence[Value]) -> Value | None:
    """What goes on in one part goes on as a whole."""
    return _same(said) or c.UNDER_WAY


def _all_texts(said: Sequence[Value]) -> Value | None:
    """One below the other; the first alone where all are too long to be one answer."""
    joined = "\n".join(dict.fromkeys(str(value) for value in said))
    return joined if len(joined) <= _LONGEST else said[0]


_AGREED: Final = (*PLANNED, "f10.scope", "f14.schedule", "f14.stage", "f14.actual_end_date")
_RULES: Final[Mapping[str, _Together]] = {
    "f8.start_date": _earliest,
    "f8.end_date": _latest,
    "f14.actual_end_date": _latest,
    "f14.progress_percent": _lowest,
    "f14.stage": _stage,
    "f14.schedule": _same,
    "f10.scope": _same,
    "f10.provinces": _same,
    **dict.fromkeys(PLANNED, _same),
    **dict.fromkeys(
        ("f3.other", "f4.objectives", "f6.summary", "f11.result_quarter", "f11.result_cumulative", "f12.benefits"),
        _all_texts,
    ),
}


def _rows(block: Block, parts: Sequence[Values]) -> dict[str, Value]:
    """The rows of all parts, one below the other, the same row once, as far as there is room."""
    suffixes = [column.suffix for column in block.columns]
    found = [
        {suffix: part[row.key + suffix] for suffix in suffixes if row.key + suffix in part}
        for part in parts
        for row in block.rows
    ]
    rows = [row for i, row in enumerate(found) if row and row not in found[:i]]
    return {
        place.key + suffix: value for place, row in zip(block.rows, rows, strict=False) for suffix, value in row.items()
    }
