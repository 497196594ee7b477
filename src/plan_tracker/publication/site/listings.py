"""Which columns the tables of the web site have. One macro draws them all; nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Generic, TypeVar

T = TypeVar("T")


class ListingKind(StrEnum):
    """How a cell is shown."""

    TEXT = "text"
    LONG = "long"  # in lines of its own
    NUMBER = "n"
    SHORT = "short"  # words that stay on one line while there is room


@dataclass(frozen=True, slots=True)
class ListingRow(Generic[T]):
    """A row: its texts, and whose they are, by the codes of the pages that it links to."""

    texts: T
    unit: str
    unit_code: str
    code: str = ""
    quarter: str = ""


@dataclass(frozen=True, slots=True)
class ListingColumn:
    """``key`` names the row's text (a dot leads into texts in it), ``head`` a word of the frame.

    ``page`` is the folder of the page that the cell links to, by the row's ``code`` or ``unit_code``. ``optional``: see
    ``Listing.fitting``.
    """

    key: str
    head: str
    kind: ListingKind = ListingKind.TEXT
    page: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: the word of its caption, its columns, which of them names the row, and which can be filtered by."""

    caption: str
    columns: tuple[ListingColumn, ...]
    names: str
    filters: tuple[str, ...] = ()
    anchor: str = ""  # begins each row's permanent address, which its code ends

    @property
    def width(self) -> str:
        """Its class: narrow tables stay tables on a phone, others become cards, wide ones earlier."""
        many = len(self.columns)
        return "wide" if many > 6 else "stack" if many > 2 else ""

    def without(self, *keys: str) -> Listing:
        """The same without some columns, and without filters."""
        kept = tuple(c for c in self.columns if c.key not in keys)
        return Listing(self.caption, kept, self.names, anchor=self.anchor)

    def fitting(self, rows: Iterable[object]) -> Listing:
        """The same without a column that may be blank, where it is so in all ``rows``."""
        listed = list(rows)
        blank = [c.key for c in self.columns if c.optional and not any(text_of(row, c.key) for row in listed)]
        return replace(self, columns=tuple(c for c in self.columns if c.key not in blank))


def text_of(row: object, key: str) -> str:
    """The text under ``key``: the row's own, else that of its texts."""
    first, *inner = key.split(".")
    found = getattr(row.texts if isinstance(row, ListingRow) and not hasattr(row, first) else row, first)
    for part in inner:
        found = getattr(found, part)
    assert isinstance(found, str), f"{key} names no text of {type(row).__name__}"
    return found


_PROJECT = ListingColumn("project", "project", page="projects")
_UNIT = ListingColumn("unit", "unit", page="units")
_STAGE, _SCHEDULE = (
    ListingColumn("stage", "stage", ListingKind.SHORT),
    ListingColumn("schedule", "schedule", ListingKind.SHORT),
)
_PROGRESS = (
    ListingColumn("planned", "planned", ListingKind.NUMBER),
    ListingColumn("actual", "actual", ListingKind.NUMBER),
)
_BUDGET = ListingColumn("money.budget", "budget", ListingKind.NUMBER)
_SPENT = ListingColumn("money.percent", "disbursed_percent", ListingKind.NUMBER)
_QUARTERS = ("q1", "q2", "q3", "q4")
_COUNTED = (
    ListingColumn("completed", "completed", ListingKind.NUMBER),
    ListingColumn("late", "late", ListingKind.NUMBER),
)

PROJECTS: Final = Listing(
    "projects",
    (
        ListingColumn("code", "code", ListingKind.SHORT),
        ListingColumn("name", "project", page="projects"),
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
        ListingColumn("label", "unit", page="units"),
        ListingColumn("projects", "projects", ListingKind.NUMBER),
        *_COUNTED,
        *_PROGRESS,
        _BUDGET,
        ListingColumn("money.disbursed", "disbursed", ListingKind.NUMBER),
        _SPENT,
        ListingColumn("state", "state", ListingKind.SHORT),
    ),
    names="label",
    filters=("state",),
)
KPIS: Final = Listing(
    "kpis",
    (
        ListingColumn("code", "code", ListingKind.SHORT),
        ListingColumn("name", "kpi"),
        _UNIT,
        ListingColumn("measure", "measure", ListingKind.SHORT),
        ListingColumn("target", "target", ListingKind.NUMBER),
        ListingColumn("quarter_target", "quarter_target", ListingKind.NUMBER),
        ListingColumn("result", "result", ListingKind.NUMBER),
        ListingColumn("percent", "achievement", ListingKind.NUMBER),
        ListingColumn("outcome", "outcome", ListingKind.SHORT),
        ListingColumn("computed", "computed", ListingKind.LONG, optional=True),
        ListingColumn("details", "details", ListingKind.LONG),
    ),
    names="name",
    filters=("unit", "outcome"),
    anchor="kpi",
)
PROBLEMS: Final = Listing(
    "problems",
    (
        _PROJECT,
        _UNIT,
        ListingColumn("problem", "problem", ListingKind.LONG),
        ListingColumn("cause", "cause", ListingKind.LONG),
        ListingColumn("recommendation", "remedy", ListingKind.LONG),
        ListingColumn("standing", "standing", ListingKind.SHORT),
        ListingColumn("since", "since", ListingKind.SHORT),
    ),
    names="project",
    filters=("unit", "standing", "since"),
)
ATTENTION: Final = Listing("attention", (_PROJECT, _UNIT, ListingColumn("reasons", "reasons")), names="project")
PLAN_CHANGES: Final = Listing(
    "plan_changes",
    (
        _PROJECT,
        _UNIT,
        ListingColumn("quarter", "quarter", ListingKind.SHORT),
        ListingColumn("what", "what_changed"),
        ListingColumn("before", "before"),
        ListingColumn("after", "after"),
        ListingColumn("reason", "reason", ListingKind.LONG),
        ListingColumn("approval", "approval", ListingKind.SHORT),
    ),
    names="project",
)
_EXCEPTION = (
    ListingColumn("unit", "unit"),
    ListingColumn("kind", "state"),
    ListingColumn("reason", "reason"),
)
EXCEPTIONS: Final = Listing("missing", _EXCEPTION, names="unit")
EXCEPTIONS_OF_YEAR: Final = Listing(
    "missing", (ListingColumn("quarter", "quarter", ListingKind.NUMBER), *_EXCEPTION), names="unit"
)
MONEY: Final = Listing(
    "money",
    (
        ListingColumn("kind", "kind"),
        ListingColumn("budget", "budget", ListingKind.NUMBER),
        ListingColumn("committed", "committed", ListingKind.NUMBER),
        ListingColumn("disbursed", "disbursed", ListingKind.NUMBER),
        ListingColumn("remaining", "remaining", ListingKind.NUMBER),
        ListingColumn("percent", "disbursed_percent", ListingKind.NUMBER),
    ),
    names="kind",
)
TARGETS: Final = Listing(
    "against_targets",
    (
        ListingColumn("kind", "kind"),
        ListingColumn("target", "target", ListingKind.NUMBER),
        ListingColumn("actual", "actual", ListingKind.NUMBER),
        ListingColumn("gap", "gap", ListingKind.NUMBER),
        ListingColumn("outcome", "outcome", ListingKind.SHORT),
    ),
    names="kind",
)
QUARTERS: Final = Listing(
    "trend",
    (
        ListingColumn("name", "quarter", ListingKind.SHORT),
        ListingColumn("received", "returns", ListingKind.NUMBER),
        *_COUNTED,
        *_PROGRESS,
        ListingColumn("same_actual", "actual_of_same", ListingKind.NUMBER),
        ListingColumn("percent", "disbursed_percent", ListingKind.NUMBER),
        ListingColumn("same_percent", "disbursed_of_same", ListingKind.NUMBER),
        ListingColumn("met", "kpis_met", ListingKind.NUMBER),
    ),
    names="name",
)
PROJECT_QUARTERS: Final = Listing(
    "by_quarter",
    (ListingColumn("quarter", "quarter", ListingKind.SHORT), _STAGE, _SCHEDULE, *_PROGRESS, _SPENT),
    names="quarter",
)
UNIT_PROGRESS: Final = Listing(
    "progress_by_quarter",
    (_UNIT, *(ListingColumn(f"actual_{quarter}", quarter, ListingKind.NUMBER) for quarter in _QUARTERS)),
    names="unit",
)
UNIT_MONEY: Final = Listing(
    "money_by_quarter",
    (_UNIT, *(ListingColumn(f"percent_{quarter}", quarter, ListingKind.NUMBER) for quarter in _QUARTERS)),
    names="unit",
)
KPI_QUARTERS: Final = Listing(
    "kpis_by_quarter",
    (
        ListingColumn("name", "kpi"),
        _UNIT,
        ListingColumn("measure", "measure", ListingKind.SHORT),
        ListingColumn("target", "target", ListingKind.NUMBER),
        *(ListingColumn(quarter, quarter, ListingKind.NUMBER) for quarter in _QUARTERS),
        ListingColumn("outcome", "outcome", ListingKind.SHORT),
    ),
    names="name",
)
ACHIEVED: Final = Listing(
    "achieved", (_PROJECT, _UNIT, ListingColumn("benefits", "benefits", ListingKind.LONG)), names="project"
)
LESSONS: Final = Listing(
    "lessons",
    (
        _PROJECT,
        _UNIT,
        ListingColumn("kind", "lesson_kind"),
        ListingColumn("text", "lesson", ListingKind.LONG),
        ListingColumn("cause", "cause", ListingKind.LONG),
        ListingColumn("recommendation", "recommendation", ListingKind.LONG),
    ),
    names="project",
)
STAGES: Final = Listing(
    "stages",
    (ListingColumn("label", "stage"), ListingColumn("text", "count", ListingKind.NUMBER)),
    "label",
)
KPI_OUTCOMES: Final = Listing(
    "kpi_outcomes",
    (ListingColumn("label", "outcome"), ListingColumn("text", "count", ListingKind.NUMBER)),
    "label",
)
UNIT_BARS: Final = Listing(
    "disbursed_by_unit",
    (ListingColumn("label", "unit"), ListingColumn("text", "disbursed_percent", ListingKind.NUMBER)),
    "label",
)
DICTIONARY: Final = Listing(
    "dictionary",
    (
        ListingColumn("key", "column", ListingKind.SHORT),
        ListingColumn("title", "title"),
        ListingColumn("type", "type", ListingKind.SHORT),
        ListingColumn("unit", "unit_of_measure", ListingKind.SHORT),
        ListingColumn("about", "meaning"),
    ),
    names="key",
)
EDITIONS: Final = Listing(
    "revisions",
    (
        ListingColumn("number", "edition", ListingKind.NUMBER),
        ListingColumn("day", "published_on", ListingKind.SHORT),
        ListingColumn("changed", "what_changed"),
    ),
    names="number",
)
UNIT_PROJECTS: Final = PROJECTS.without("unit")
UNIT_KPIS: Final = KPIS.without("unit")
UNIT_PROBLEMS: Final = PROBLEMS.without("unit")
