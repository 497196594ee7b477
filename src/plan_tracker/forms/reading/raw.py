"""A returned cell's content before anything is made of it, and the two kinds that need a second look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class PercentCell(float):
    """A number from a cell that is formatted as per cent: 0.5 means 50 %."""


class FaultyCell(str):
    """What a cell shows that holds an error (``#REF!``), or a formula without a stored result."""

    __slots__ = ()


class RawCell(NamedTuple):
    """A cell's content as the reader gives it (str, float, int, date, bool; ``""`` where blank), and its place.

    ``shown``: what the cell shows of a number or a day where words are asked for, by its number format.
    """

    value: Any
    sheet: str
    address: str
    shown: str = ""


@dataclass(slots=True)
class RawEntry:
    """One project's or KPI's keyed cells, by field key, and the sheet that most of them stand on.

    ``twice`` holds fields found again: key, sheet and address, in the order of the workbook.
    """

    sheet: str
    cells: dict[str, RawCell] = field(default_factory=dict)
    twice: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not usable as a return: a finding code, with what its words need."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)
