"""A cell's number or day as it is seen, for a field of some kind: as per cent, as words, or in disguise."""

from __future__ import annotations

from datetime import date
from typing import Any

from plan_tracker.forms.definition.spec import FieldKind
from plan_tracker.forms.reading.raw import PercentCell
from plan_tracker.forms.reading.spreadsheets.disguise import read_disguise, seen, shows_percent
from plan_tracker.forms.reading.spreadsheets.grid import CellDisplay

_FIGURES = (FieldKind.NUMBER, FieldKind.MONEY, FieldKind.PERCENT)


def as_seen(kind: FieldKind, value: Any, look: CellDisplay) -> tuple[Any, str]:
    """What is to be read in the stead of ``value``, and what the cell shows where words are asked for, else nothing."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is FieldKind.DATE or not (is_number or isinstance(value, date)):
        return value, ""
    if is_number and kind in (*_FIGURES, FieldKind.MEASURE):
        disguise = read_disguise(look, value)
        if disguise is not None:
            return disguise, ""
    told = PercentCell(value) if is_number and shows_percent(look, value) else value
    return told, "" if kind in _FIGURES else seen(look, value)
