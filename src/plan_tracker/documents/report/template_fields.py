"""The fields that a report's template may name, for the check and for docs/templates.md.

They are those of ``context.ReportContext``: ``[]`` marks a list, ``units[].name`` is ``u.name`` inside
``{% for u in units %}``. What each says stands in the catalogue, by its path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from functools import cache
from typing import Final, get_args, get_origin, get_type_hints

from plan_tracker.documents.report.charts.build import CHARTS
from plan_tracker.documents.report.context import ReportContext
from plan_tracker.i18n import Message, Words
from plan_tracker.store.reporting.reports import Volume

CONTEXT: Final = "template field"  # of the descriptions in the catalogues
# Without these a report hides what it has to tell, as said here; any other field may be left out
REQUIRED: Final[Mapping[str, Message]] = {
    "data_date": Message("template", "readers don't know of which day the data are"),
    "period.title": Message("template", "readers don't know on which period the report is"),
    "plan.name": Message("template", "readers don't know on which plan the report is"),
    "summary[]": Message("template", "there is no summary, which also says whose returns the figures lack"),
    "stages[]": Message("template", "projects that are late, suspended, cancelled or missing are not seen as a whole"),
    "units[]": Message("template", "results of units and projects are not seen"),
    "kpis[]": Message("template", "results of KPIs are not seen"),
    "problems[]": Message("template", "problems and obstacles are not seen"),
    "steps[]": Message("template", "what is done next is not seen"),
    "exceptions[]": Message("template", "whose returns are missing, late or waived is not seen"),
}
REQUIRED_AT_YEAR_END: Final[Mapping[str, Message]] = {
    "quarters[]": Message("template", "the plan's four quarters are not seen"),
    "trends.units[]": Message("template", "the trend of each unit is not seen"),
    "trends.projects[]": Message("template", "the trend of each project is not seen"),
    "trends.kpis[]": Message("template", "the trend of each KPI is not seen"),
    "achieved[]": Message("template", "what the year achieved is not seen"),
    "lessons[]": Message("template", "the lessons of the year are not seen"),
}
REQUIRED_OF_SHEETS: Final[Mapping[str, Message]] = {
    **{path: REQUIRED[path] for path in ("data_date", "period.title", "plan.name")},
    "sheets[]": Message("template", "the 14 fields of each project are not there"),
}


@cache
def report_fields() -> tuple[str, ...]:
    """Every field's path, in their order in the context."""
    return (*_paths(ReportContext, ""), *(f"charts.{name}" for name in CHARTS))


def described(words: Words) -> Iterator[tuple[str, str]]:
    """Every field's path with what it says."""
    for path in report_fields():
        yield path, words.by_key(CONTEXT, path, path)


def required_fields(words: Words, volume: Volume = Volume.REPORT, *, year_end: bool = False) -> dict[str, str]:
    """The fields that a volume's template must have, each with what is hidden without it."""
    of_report = {**REQUIRED, **(REQUIRED_AT_YEAR_END if year_end else {})}
    wanted = REQUIRED_OF_SHEETS if volume is Volume.SHEETS else of_report
    return {path: words.of(why) for path, why in wanted.items()}


def _paths(kind: object, path: str) -> Iterator[str]:
    if isinstance(kind, type) and is_dataclass(kind):
        for name, inner in get_type_hints(kind).items():
            yield from _paths(inner, f"{path}.{name}" if path else name)
    elif get_origin(kind) in (tuple, Sequence):
        yield from _paths(get_args(kind)[0], f"{path}[]")
    else:
        yield path
