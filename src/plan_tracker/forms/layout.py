"""What the sheets of an issued form say by themselves, as its template had them that day: an officer may reword them.

It is recorded with the form, so that what comes back is compared with what was issued. Pure data; nothing is read or
written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from plan_tracker.forms.definition.workbook.keys import BLOCK
from plan_tracker.forms.reading.loose import LooseCell
from plan_tracker.thai_text import fold

REMARK_SIGN = "◀"  # begins each remark of a correction form
_HIGHEST_ROW_NUMBER = 99


@dataclass(frozen=True)
class Layout:
    """The texts of a template's sheets; the columns in which rows are numbered; and where formulas stand.

    ``live``: the anchor of a row (see ``LooseCell``) with a column, from 0. ``labels``: what each key is headed by;
    none for forms that were issued before that was recorded.
    """

    texts: frozenset[str]
    numbered: frozenset[int]
    live: frozenset[tuple[str, int]]
    labels: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def id(self) -> str:
        """The same for the same layout."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        content = [sorted(self.texts), sorted(self.numbered), sorted(self.live), sorted(self.labels)]
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Layout:
        texts, numbered, live, *labels = json.loads(text)
        pairs = (frozenset((name, place) for name, place in part) for part in (live, *labels))
        return cls(frozenset(texts), frozenset(numbered), *pairs)

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(map(fold, self.texts))

    @cached_property
    def _headed(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for heads, text in self.labels:
            found.setdefault(text, set()).add(heads)
        return found

    def is_in_place(self, cell: LooseCell) -> bool:
        """Whether a text is the form's and heads nothing, or what it was issued to head: nearly all do."""
        if cell.heads:
            return (cell.heads, cell.value) in self.labels
        return cell.value in self.texts

    def heads_another(self, cell: LooseCell) -> bool:
        """Whether a label stands at other keys than it was issued at: the keys were changed, or the label moved."""
        meant = self._headed.get(cell.value, ()) if isinstance(cell.value, str) else ()
        of_block = [heads for heads in meant if _block(heads) == _block(cell.heads)]
        return bool(cell.heads and of_block) and cell.heads not in of_block

    def has(self, cell: LooseCell, own: frozenset[str]) -> bool:
        """Whether a loose cell that came back is one of the form's; ``own``: texts of this one form, folded."""
        text = cell.value if isinstance(cell.value, str) else ""
        if text in self.texts:
            return True
        columns = range(cell.column - max(0, cell.moved), cell.column - min(0, cell.moved) + 1)
        if any((cell.anchor, column) in self.live for column in columns):
            return True
        if any(column in self.numbered for column in columns) and _is_row_number(cell.value):
            return True
        return bool(text) and self._is_known(text, own)

    def _is_known(self, text: str, own: frozenset[str]) -> bool:
        """Whether each part of ``text`` is ours: a remark may hold several, anything else is one."""
        parts = [fold(part) for part in text.split(REMARK_SIGN)]
        return all(not part or part in self._folded or part in own for part in parts)


def layout_of(cells: Iterable[LooseCell], live: Iterable[tuple[str, int]]) -> Layout:
    """The layout of a template's sheets by their loose cells, formulas as such; ``live``: where writing puts others."""
    texts, numbered, formulas, labels = set(), set(), set(live), set()
    for cell in cells:
        if isinstance(cell.value, str) and cell.value.startswith("="):
            formulas.add((cell.anchor, cell.column))
        elif _is_row_number(cell.value):
            numbered.add(cell.column)
        else:
            texts.add(str(cell.value))
            if cell.heads:
                labels.add((cell.heads, str(cell.value)))
    return Layout(frozenset(texts), frozenset(numbered), frozenset(formulas), frozenset(labels))


def _block(heads: str) -> str:
    """The key row of a column; empty for what heads a row."""
    return heads.rpartition(".")[0] if heads.startswith(BLOCK) else ""


def _is_row_number(value: Any) -> bool:
    if isinstance(value, str):
        return value.isdecimal() and len(value) <= len(str(_HIGHEST_ROW_NUMBER))
    is_whole = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    return is_whole and 0 < value <= _HIGHEST_ROW_NUMBER
