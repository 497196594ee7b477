"""A sheet of the template being filled: the cells that differ from it, and the heights that they need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from plan_tracker.forms.writing import style
from plan_tracker.forms.writing.models import BLANK, Formula, ModelRow, SheetModel, Texts
from plan_tracker.values import Value, plain, writable

_EPOCH = date(1899, 12, 30)


class FilledSheet:
    """One sheet of a form. ``area`` is what prints; the column of remarks opens ``with_remarks``."""

    def __init__(self, model: SheetModel, title: str, texts: Texts) -> None:
        self.model, self.title, self._texts = model, title, texts
        self.area, self.with_remarks = model.area, False
        self._cells: dict[int, dict[str, tuple[int | None, str]]] = {}
        self._shown: dict[int, dict[str, str]] = {}
        self._wrapped: set[tuple[int, str]] = set()
        self._fitted: set[int] = set()

    def put(
        self, row: int, letter: str, value: Value | int | None, look: int | None = None, *, wraps: bool = False
    ) -> None:
        """Sets a value that is data: text stays text, even where it begins with ``=``.

        ``look`` stands for the cell's own; one that ``wraps`` breaks lines where the cell's own does not.
        """
        text = writable(value) if isinstance(value, str) else ""
        self._set(row, letter, look, self._content(text or value))
        self._shown.setdefault(row, {})[letter] = text
        if wraps:
            self._wrapped.add((row, letter))

    def compute(self, row: int, letter: str, formula: Formula, look: int | None = None) -> None:
        """Sets a formula with its result."""
        self._set(row, letter, look, formula.content)

    def settle(self, row: int, letter: str, result: str | Decimal) -> None:
        """Gives the template's own formula in a cell its result."""
        element, _end, _rest = self.model.rows[row].cells[letter].content.partition("</c>")
        formula = element.removeprefix(">")
        self._set(row, letter, None, Formula("", result).content.replace("<f></f>", formula, 1))

    def look_of(self, row: int, letter: str) -> int:
        """The look that a cell has in the template."""
        return self.model.rows[row].cells[letter].look

    def fit(self, rows: Iterable[int]) -> None:
        """Makes rows high enough for what stands in them."""
        self._fitted.update(rows)

    def _set(self, row: int, letter: str, look: int | None, content: str) -> None:
        self._cells.setdefault(row, {})[letter] = look, content

    def _content(self, value: Value | int | None) -> str:
        if isinstance(value, str):
            return self._texts.content(value) if value else BLANK
        if value is None:
            return BLANK
        if isinstance(value, date):
            return f"><v>{(value - _EPOCH).days}</v></c>"
        return f"><v>{plain(value) if isinstance(value, Decimal) else value}</v></c>"

    def xml(self) -> str:
        """The sheet as it is written."""
        model = self.model
        columns = model.columns_with_remarks if self.with_remarks else model.columns
        rows = "".join(self._row(row) for row in model.rows.values())
        return f"{model.head.replace('{columns}', columns)}<sheetData>{rows}</sheetData>{model.tail}"

    def _row(self, row: ModelRow) -> str:
        changed = self._cells.get(row.number)
        if changed is None and row.number not in self._fitted:
            return row.xml
        made = row.pieces
        if changed:
            made = dict(made)
            for letter, (look, content) in changed.items():
                number = row.cells[letter].look if look is None else look
                made[letter] = f'{row.starts[letter]} s="{number}"{content}' if number else row.starts[letter] + content
        return f"{row.start(self._height(row))}{''.join(made.values())}</row>"

    def _height(self, row: ModelRow) -> float | None:
        if row.number not in self._fitted:
            return row.height
        shown, lines = self._shown.get(row.number, {}), 1
        for letter, cell in row.cells.items():
            text = shown.get(letter, cell.text)
            if text and (cell.wraps or (row.number, letter) in self._wrapped) and self._is_seen(letter):
                lines = max(lines, style.cell_lines(text, self.model.widths[letter]))
        return style.row_height(lines)

    def _is_seen(self, letter: str) -> bool:
        return self.with_remarks if letter == self.model.remarks else letter not in self.model.hidden
