"""A report's figures with what the register calls its plans, units, projects and KPIs in English.

Whatever is made of the figures then names them so, pages, charts and sentences alike. Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import is_not
from typing import Any

from plan_tracker.analysis.report import ReportFigures
from plan_tracker.register import Kpi, Plan, Project, Unit
from plan_tracker.values import Entry

_NAMELESS = (str, int, Decimal, date, Enum, Entry, type(None))


def in_english(report: ReportFigures) -> ReportFigures:
    """``report`` with English names; what has none keeps its Thai one."""
    named = _Named().of(report)
    assert isinstance(named, ReportFigures)
    return named


class _Named:
    """Names whatever it is given, deep down, once; what has no name in it stays the very thing that it is."""

    def __init__(self) -> None:
        self._done: dict[int, tuple[object, Any]] = {}  # by identity; what is kept here can't give its own to another

    def of(self, found: Any) -> Any:
        if isinstance(found, _NAMELESS):
            return found
        if id(found) not in self._done:
            self._done[id(found)] = (found, self._named(found))
        return self._done[id(found)][1]

    def _named(self, found: Any) -> Any:
        match found:
            case Plan() if found.name_en or found.owner_en:
                return replace(found, name=found.name_en or found.name, owner=found.owner_en or found.owner)
            case Unit() if found.name_en or found.short_en:
                short = found.short_en or found.name_en or found.short
                return replace(found, name=found.name_en or found.name, short=short)
            case Project() if found.name_en:
                return replace(found, name=found.name_en)
            case Kpi() if found.name_en or found.measure_en:
                return replace(found, name=found.name_en or found.name, measure=found.measure_en or found.measure)
            case Mapping():
                values = {key: self.of(value) for key, value in found.items()}
                return values if any(values[key] is not value for key, value in found.items()) else found
            case tuple() | list() if type(found) in (tuple, list):
                parts = [self.of(one) for one in found]
                return type(found)(parts) if any(map(is_not, parts, found)) else found
        return self._of_fields(found) if is_dataclass(found) and not isinstance(found, type) else found

    def _of_fields(self, found: Any) -> Any:
        told = {one.name: getattr(found, one.name) for one in fields(found) if one.init}
        named = {name: new for name, value in told.items() if (new := self.of(value)) is not value}
        return replace(found, **named) if named else found
