"""A returned cell's content before anything is made of it, and the kinds of it that are no plain value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple


class PercentCell(float):
    """A number from a cell that is formatted as per cent: 0.5 means 50 %."""


class FaultyCell(str):
    """What a cell shows that holds an error (``#REF!``), or a formula without a stored result.

    ``case``: which of the finding's other words are meant.
    """

    __slots__ = ()
    case: ClassVar[str] = ""


class DoubledCell(FaultyCell):
    """The different contents of a cell that stands in its file more than once."""

    __slots__ = ()
    case: ClassVar[str] = "twice"


class BrokenCell(FaultyCell):
    """What is left of a content that no program can have written."""

    __slots__ = ()
    case: ClassVar[str] = "broken"


class DisguisedCell(FaultyCell):
    """What a cell shows by its number format that is another number than it holds, or none; and what it holds."""

    __slots__ = ()
    case: ClassVar[str] = "disguised"


class RawCell(NamedTuple):
    """A cell's content as the reader gives it (str, float, date, time, bool; ``""`` where blank), and its place.

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
