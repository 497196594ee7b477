"""Units: the state of each one's return, its figures and its projects; what returns want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.analysis.concerns.exceptions import return_exceptions
from plan_tracker.analysis.figures.plans import PlanFigures, UnitFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.documents.report.rows.figures import SummaryText
from plan_tracker.documents.report.rows.projects import ProjectText, project_row
from plan_tracker.i18n import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitText(SummaryText):
    """A unit, the state of its return, its figures, and its projects; ``spending`` of them in a sentence."""

    name: str
    label: str
    received: bool
    state: str
    reason: str
    waived_because: str
    kpis: str
    spending: str
    rows: tuple[ProjectText, ...]


@dataclass(frozen=True, slots=True)
class ExceptionText:
    """What a unit's return wants, and why."""

    quarter: str
    unit: str
    kind: str
    projects: str
    kpis: str
    reason: str


def unit_row(found: UnitFigures, words: Words) -> UnitText:
    return UnitText.of(
        found.summary,
        name=found.source.unit.name,
        label=terms.full_and_short(found.source.unit, words),
        received=found.received or not found.source.asked,
        state=terms.state_of(found, words),
        reason=terms.lack_of(found, words),
        waived_because=found.waived_because,
        kpis=w.count(len(found.kpis)),
        spending=w.bound(_spending(found, words)),
        rows=tuple(project_row(one, number, words) for number, one in enumerate(found.projects, 1)),
    )


def _spending(found: UnitFigures, words: Words) -> str:
    spending = found.summary.spending
    return p.spent_of(spending.overall if found.summary.has_spending else None, words)


def exception_rows(quarters: Sequence[PlanFigures], words: Words) -> list[ExceptionText]:
    return [
        ExceptionText(
            quarter=w.count(found.period.quarter),
            unit=found.unit.source.unit.name,
            kind=terms.exception_kind(found, words),
            projects=w.count(len(found.unit.projects)),
            kpis=w.count(len(found.unit.kpis)),
            reason=terms.exception_reason(found, words),
        )
        for found in return_exceptions(quarters)
    ]
