"""From a total of a report back to the answers that it is made of, and the files that they came in.

Reads the store, merged as for a report, and the kept originals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plan_tracker.analysis.basis.dataset import Source
from plan_tracker.analysis.figures.plans import PlanFigures, UnitFigures, plan_figures
from plan_tracker.analysis.figures.totals import Total, totals_of
from plan_tracker.errors import UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.intake.files import has_bytes
from plan_tracker.merging.reports.provenance import report_basis
from plan_tracker.merging.years import merge_year
from plan_tracker.register import Plan
from plan_tracker.store import Store
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class TracedTotals:
    """The totals of a plan, or of one ``unit`` in it (blank: of the whole plan), as its report prints them.

    ``missing``: the units, by code, of which nothing is in any total.
    ``changed``: units whose kept original is gone, or does not have the bytes that came back.
    """

    plan: str
    unit: str
    period: Period
    totals: tuple[Total, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of one plan, or of one unit in each plan that it reports to; ``figure``: the only one asked for."""

    scopes: tuple[TracedTotals, ...]
    figure: str = ""

    @property
    def originals_are_whole(self) -> bool:
        """Whether every kept file still has the bytes that came back."""
        return not any(scope.changed for scope in self.scopes)


def has_totals(store: Store, period: Period, code: str) -> bool:
    """Whether ``code`` is a plan's or a unit's, and not that of a project or KPI."""
    register = store.register_for(period.quarters[-1])
    single = code in register.project_by_code or code in register.kpi_by_code
    return not single and (code in register.unit_by_code or any(plan.code == code for plan in register.plans))


def trace_totals(
    workspace: Workspace, store: Store, period: Period, code: str, figure: str = "", *, report: int | None = None
) -> Totals:
    """The totals of the plan ``code``, or of the unit ``code`` in each plan that it reports to; or one ``figure``.

    As of now, or as the period's reports number ``report`` state them. The year-end's are those of Q4, whose amounts
    are the year's. ``UsageError`` for a figure that there isn't.
    """
    basis = report_basis(workspace, store, period, report)
    merged = merge_year(store, basis.bases, basis.bases[-1].period)
    found = [
        _traced(workspace, plan, scope, period, figure)
        for plan in merged.plans
        for scope in _scopes(plan_figures(merged.current(plan), basis.config.kpis), plan, code)
    ]
    if not found:
        raise UsageError(
            _("{unit} has neither projects nor KPIs in {period}.").format(unit=code, period=period.spoken),
            _("See the codes in the register workbook."),
        )
    return Totals(tuple(found), figure)


def _scopes(figures: PlanFigures, plan: Plan, code: str) -> Iterator[PlanFigures | UnitFigures]:
    if plan.code == code:
        yield figures
    else:
        yield from (unit for unit in figures.units if unit.source.unit.code == code)


def _traced(
    workspace: Workspace, plan: Plan, scope: PlanFigures | UnitFigures, period: Period, figure: str
) -> TracedTotals:
    units = [scope] if isinstance(scope, UnitFigures) else list(scope.units)
    before = [(one.source.unit.code, told.source) for one in scope.projects for told in one.source.last_told]
    sources = [*((unit.source.unit.code, source) for unit in units for source in unit.source.sources), *before]
    return TracedTotals(
        plan.code,
        scope.source.unit.code if isinstance(scope, UnitFigures) else "",
        period,
        _chosen(totals_of(scope, period.quarters[-1].quarter), figure),
        tuple(unit.source.unit.code for unit in units if unit.source.asked and not unit.received),
        tuple(dict.fromkeys(code for code, source in sources if not _is_whole(workspace, source))),
    )


def _is_whole(workspace: Workspace, source: Source) -> bool:
    """Whether the kept original has the bytes that came back."""
    return has_bytes(workspace.root / source.original, source.sha256)


def _chosen(totals: tuple[Total, ...], figure: str) -> tuple[Total, ...]:
    wanted = figure.strip().lower().replace("_", "-")
    chosen = tuple(total for total in totals if wanted in ("", total.figure))
    if not chosen:
        raise UsageError(
            _("There is no figure {figure}.").format(figure=figure),
            _("Write one of: {figures}").format(figures=", ".join(total.figure for total in totals)),
        )
    return chosen
