"""Which columns the tables of the web site have. One macro draws them all; nothing is read or written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from plan_tracker.documents.rows import Row


class Kind(StrEnum):
    """How a cell is shown."""

    TEXT = "text"  # what a unit or the register says
    LONG = "long"  # the same, in lines of its own
    WORD = "word"  # a choice, a state or a date: it has an English
    WORDS = "words"  # several of them, with a comma between
    NUMBER = "n"


@dataclass(frozen=True, slots=True)
class Column:
    """``key`` names the row's text (a dot leads into a row in it), ``head`` a word of the frame.

    ``page`` is the folder of the page that the cell links to, by the row's ``code`` or ``unit_code``.
    """

    key: str
    head: str
    kind: Kind = Kind.TEXT
    page: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: the word of its caption, its columns, which of them names the row, and which can be filtered by."""

    caption: str
    columns: tuple[Column, ...]
    names: str
    filters: tuple[str, ...] = ()

    @property
    def width(self) -> str:
        """Its class: narrow tables stay tables on a phone, others become cards, wide ones earlier."""
        many = len(self.columns)
        return "wide" if many > 6 else "stack" if many > 2 else ""

    def without(self, *keys: str) -> Listing:
        """The same without some columns, and without filters."""
        return Listing(self.caption, tuple(c for c in self.columns if c.key not in keys), self.names)


def text_of(row: Row, key: str) -> str:
    """The row's text under ``key``."""
    found: object = row
    for part in key.split("."):
        assert isinstance(found, Mapping)
        found = found[part]
    return str(found)


_PROJECT = Column("project", "project", page="projects")
_UNIT = Column("unit", "unit", page="units")
_STAGE, _SCHEDULE = Column("stage", "stage", Kind.WORD), Column("schedule", "schedule", Kind.WORD)
_PROGRESS = (Column("planned", "planned", Kind.NUMBER), Column("actual", "actual", Kind.NUMBER))
_BUDGET = Column("money.budget", "budget", Kind.NUMBER)
_SPENT = Column("money.percent", "disbursed_percent", Kind.NUMBER)
_QUARTERS = ("q1", "q2", "q3", "q4")
_COUNTED = (Column("completed", "completed", Kind.NUMBER), Column("late", "late", Kind.NUMBER))

PROJECTS: Final = Listing(
    "projects",
    (
        Column("code", "code"),
        Column("name", "project", page="projects"),
        _UNIT,
        _STAGE,
        _SCHEDULE,
        *_PROGRESS,
        _BUDGET,
        _SPENT,
    ),
    names="name",
    filters=("unit", "stage", "schedule"),
)
UNITS: Final = Listing(
    "units",
    (
        Column("label", "unit", page="units"),
        Column("projects", "projects", Kind.NUMBER),
        *_COUNTED,
        *_PROGRESS,
        _BUDGET,
        Column("money.disbursed", "disbursed", Kind.NUMBER),
        _SPENT,
        Column("state", "state", Kind.WORD),
    ),
    names="label",
    filters=("state",),
)
KPIS: Final = Listing(
    "kpis",
    (
        Column("code", "code"),
        Column("name", "kpi"),
        _UNIT,
        Column("measure", "measure"),
        Column("target", "target", Kind.NUMBER),
        Column("quarter_target", "quarter_target", Kind.NUMBER),
        Column("result", "result", Kind.NUMBER),
        Column("percent", "achievement", Kind.NUMBER),
        Column("outcome", "outcome", Kind.WORD),
        Column("details", "details", Kind.LONG),
    ),
    names="name",
    filters=("unit", "outcome"),
)
PROBLEMS: Final = Listing(
    "problems",
    (
        _PROJECT,
        _UNIT,
        Column("problem", "problem", Kind.LONG),
        Column("cause", "cause", Kind.LONG),
        Column("recommendation", "remedy", Kind.LONG),
        Column("standing", "standing", Kind.WORD),
        Column("since", "since", Kind.WORD),
    ),
    names="project",
    filters=("unit", "standing", "since"),
)
ATTENTION: Final = Listing("attention", (_PROJECT, _UNIT, Column("reasons", "reasons", Kind.WORDS)), names="project")
_EXCEPTION = (Column("unit", "unit"), Column("kind", "state", Kind.WORD), Column("reason", "reason", Kind.WORD))
EXCEPTIONS: Final = Listing("missing", _EXCEPTION, names="unit")
EXCEPTIONS_OF_YEAR: Final = Listing("missing", (Column("quarter", "quarter", Kind.NUMBER), *_EXCEPTION), names="unit")
MONEY: Final = Listing(
    "money",
    (
        Column("kind", "kind", Kind.WORD),
        Column("budget", "budget", Kind.NUMBER),
        Column("committed", "committed", Kind.NUMBER),
        Column("disbursed", "disbursed", Kind.NUMBER),
        Column("remaining", "remaining", Kind.NUMBER),
        Column("percent", "disbursed_percent", Kind.NUMBER),
    ),
    names="kind",
)
TARGETS: Final = Listing(
    "against_targets",
    (
        Column("kind", "kind", Kind.WORD),
        Column("target", "target", Kind.NUMBER),
        Column("actual", "actual", Kind.NUMBER),
        Column("gap", "gap", Kind.NUMBER),
        Column("outcome", "outcome", Kind.WORD),
    ),
    names="kind",
)
QUARTERS: Final = Listing(
    "trend",
    (
        Column("name", "quarter"),
        Column("received", "returns", Kind.NUMBER),
        *_COUNTED,
        *_PROGRESS,
        Column("percent", "disbursed_percent", Kind.NUMBER),
        Column("met", "kpis_met", Kind.NUMBER),
    ),
    names="name",
)
PROJECT_QUARTERS: Final = Listing(
    "by_quarter", (Column("quarter", "quarter"), _STAGE, _SCHEDULE, *_PROGRESS, _SPENT), names="quarter"
)
UNIT_PROGRESS: Final = Listing(
    "progress_by_quarter",
    (_UNIT, *(Column(f"actual_{quarter}", quarter, Kind.NUMBER) for quarter in _QUARTERS)),
    names="unit",
)
UNIT_MONEY: Final = Listing(
    "money_by_quarter",
    (_UNIT, *(Column(f"percent_{quarter}", quarter, Kind.NUMBER) for quarter in _QUARTERS)),
    names="unit",
)
KPI_QUARTERS: Final = Listing(
    "kpis_by_quarter",
    (
        Column("name", "kpi"),
        _UNIT,
        Column("measure", "measure"),
        Column("target", "target", Kind.NUMBER),
        *(Column(quarter, quarter, Kind.NUMBER) for quarter in _QUARTERS),
        Column("outcome", "outcome", Kind.WORD),
    ),
    names="name",
)
ACHIEVED: Final = Listing("achieved", (_PROJECT, _UNIT, Column("benefits", "benefits", Kind.LONG)), names="project")
LESSONS: Final = Listing(
    "lessons",
    (
        _PROJECT,
        _UNIT,
        Column("kind", "lesson_kind", Kind.WORD),
        Column("text", "lesson", Kind.LONG),
        Column("cause", "cause", Kind.LONG),
        Column("recommendation", "recommendation", Kind.LONG),
    ),
    names="project",
)
STAGES: Final = Listing("stages", (Column("label", "stage", Kind.WORD), Column("text", "count", Kind.NUMBER)), "label")
KPI_OUTCOMES: Final = Listing(
    "kpi_outcomes", (Column("label", "outcome", Kind.WORD), Column("text", "count", Kind.NUMBER)), "label"
)
UNIT_BARS: Final = Listing(
    "disbursed_by_unit", (Column("label", "unit"), Column("text", "disbursed_percent", Kind.NUMBER)), "label"
)
UNIT_PROJECTS: Final = PROJECTS.without("unit")
UNIT_KPIS: Final = KPIS.without("unit")
UNIT_PROBLEMS: Final = PROBLEMS.without("unit")
