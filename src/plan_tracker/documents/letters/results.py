"""Letters that tell results: the circulation (L4) and the KPIs at the end of the year (L8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from plan_tracker.analysis.kpis import Outcome
from plan_tracker.documents import wording as w
from plan_tracker.documents.letters.facts import KpiLine, PlanKpis, ProjectLine, UnitResults
from plan_tracker.documents.letters.frame import (
    MEMO,
    Recipient,
    in_full,
    plan_of,
    plan_words,
    points,
    quoted,
    recipient_of,
    write_letter,
)
from plan_tracker.documents.letters.reference import BLANK, Reference
from plan_tracker.documents.report.terms import outcome_of, waived_mark
from plan_tracker.fiscal import Period
from plan_tracker.i18n import THAI
from plan_tracker.register import Register, Unit
from plan_tracker.workspace import Workspace

_WITHOUT_RESULT = (Outcome.NOT_DUE, Outcome.UNSTATED, Outcome.MISSING)


def write_circulation(
    workspace: Workspace,
    register: Register,
    unit: Unit,
    period: Period,
    order: str,
    ordered: date,
    results: UnitResults,
    as_of: date,
    recommendations: Sequence[str],
    path: Path,
    *,
    refers: Reference | None = None,
    own: Reference = BLANK,
) -> None:
    """Writes L4 to ``path``: the Permanent Secretary's ``order`` of the day ``ordered``, and ``unit``'s own results.

    ``results``, what was known ``as_of`` a day, come as a table on a page of their own, the ``recommendations`` (one
    sentence each; none is well) numbered below. ``refers``: the unit's request, if it is to be cited. Errors as
    ``write_letter``'s.
    """
    context = {
        "plan": plan_of(workspace, register, unit),
        "order": quoted(order),
        "ordered": in_full(ordered),
        "projects": [_project(i, project) for i, project in enumerate(results.projects, 1)],
        "kpis": [_kpi(i, kpi, period) for i, kpi in enumerate(results.kpis, 1)],
        "received": results.received,
        "project_count": w.count(len(results.projects)),
        "kpi_count": w.count(len(results.kpis)),
        "as_of": in_full(as_of),
        "recommendations": points(recommendations),
    }
    write_letter("L4", workspace, recipient_of(unit), period, context, path, own, refers)


def write_kpi_results(
    workspace: Workspace, period: Period, plans: Sequence[PlanKpis], path: Path, *, own: Reference = BLANK
) -> None:
    """Writes L8 to ``path``: how many KPIs of each plan were reached, with the table of every KPI.

    It goes to ``letters.kpi_addressee`` as ``letters.kpi_letter_type``. Errors as ``write_letter``'s.
    """
    letters = workspace.config.letters
    to = Recipient(letters.kpi_addressee, letters.kpi_addressee, letters.kpi_letter_type == MEMO)
    context = {
        "plan": plan_words(workspace, [found.plan for found in plans]),
        "plans": [_plan(workspace, found, period) for found in plans],
    }
    write_letter("L8", workspace, to, period, context, path, own, None)


def _plan(workspace: Workspace, found: PlanKpis, period: Period) -> dict[str, object]:
    """Its counts, as texts and, to be left out where 0, as numbers."""
    return {
        "name": plan_words(workspace, [found.plan]),
        "count": w.count(len(found.kpis)),
        "met": found.count(Outcome.MET),
        "not_met": found.count(Outcome.NOT_MET),
        "without": found.count(*_WITHOUT_RESULT),
        "not_rated": found.count(Outcome.NOT_RATED),
        "rows": [_kpi(i, kpi, period) for i, kpi in enumerate(found.kpis, 1)],
    }


def _project(number: int, found: ProjectLine) -> dict[str, str]:
    status = "\n".join(filter(None, (found.stage, found.schedule)))
    return {
        "number": w.count(number),
        "name": found.name,
        "status": status or THAI.of(w.NOT_RECEIVED),
        "planned": w.percent(found.planned),
        "actual": w.percent(found.actual),
        "disbursed": w.percent(found.disbursed_percent),
    }


def _kpi(number: int, found: KpiLine, period: Period) -> dict[str, str]:
    return {
        "number": w.count(number),
        "name": found.name,
        "unit": found.unit,
        "measure": found.measure,
        "target": found.target,
        "result": w.measure(found.result),
        "percent": w.percent(found.percent),
        "outcome": outcome_of(found.outcome, found.percent, period) + waived_mark(found.waived_because),
    }
