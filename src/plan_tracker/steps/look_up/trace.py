"""From a figure back to the file that it came from: name, SHA-256, sheet and cell.

Reads the store, merged as for a report, and the kept original.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plan_tracker.analysis.basis.dataset import ProjectResult, Source
from plan_tracker.errors import OrderError, PlantrackError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.intake.files import has_bytes
from plan_tracker.merging.datasets import QuarterData
from plan_tracker.merging.reports.provenance import report_basis
from plan_tracker.steps.look_up.trace_totals import Totals, has_totals, trace_totals
from plan_tracker.store import Store
from plan_tracker.values import plain
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class TracedValue:
    """A stored value as plain text, and the sheet and cell that it was read from."""

    field: str
    value: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The values of one project or KPI, and the return of ``unit`` that they came with.

    ``code`` is the one that it went under then; ``other_parts``: what was merged with it since, and answered by itself.
    ``originals_are_whole``: the kept file still has the bytes that came back.
    """

    code: str
    unit: str
    source: Source
    values: Sequence[TracedValue]
    originals_are_whole: bool
    other_parts: tuple[str, ...] = ()


def trace(
    workspace: Workspace, store: Store, period: Period, code: str, field: str = "", *, report: int | None = None
) -> Trace | Totals:
    """What counts for the project or KPI ``code``, or the totals of the plan or unit ``code``; or one ``field`` of it.

    As of now, or as the period's reports number ``report`` state it; of the year-end, what its last quarter says.
    """
    if has_totals(store, period, code):
        return trace_totals(workspace, store, period, code, field, report=report)
    return _answers(workspace, store, period, code, field, report)


def _answers(workspace: Workspace, store: Store, period: Period, code: str, field: str, report: int | None) -> Trace:
    basis = report_basis(workspace, store, period, report).bases[-1]
    quarter = QuarterData(store, basis)
    lineage = store.lineage()
    results = {own: result for own in lineage.whole(code) if (result := quarter.result(own))}
    parts = lineage.parts(code, results)
    asked, (code, found) = code, next(iter(results.items()), (code, None))
    if found is None:
        raise _unknown(store, basis.period, code)
    if found.cancelled:
        raise OrderError(
            _("{code} was cancelled on {day}, and no form asks for it in {period}: {reason}").format(
                code=code, day=found.cancelled.since, period=basis.period.spoken, reason=found.cancelled.reason
            ),
            _("See its life with: plantrack register history {code}").format(code=code),
        )
    source, entry, unit = found.source, found.entry, found.unit
    apart = quarter.part(asked) or quarter.part(code)
    if apart:  # each cell is that of one answer alone
        code, source, entry, unit = apart.code, apart.source, apart.entry, apart.unit or unit
        own = isinstance(found, ProjectResult) and code == found.project.code
        parts = [one.code for one in found.parts] if isinstance(found, ProjectResult) and own else []
    if source is None or entry is None:
        raise OrderError(
            _("No answer of {code} that counts has come from {unit} for {period}.").format(
                code=code, unit=found.unit.code, period=basis.period.spoken
            ),
            _("See what has come with: plantrack status {period} --unit {unit}").format(
                period=basis.period.typed, unit=found.unit.code
            ),
        )
    values = [
        TracedValue(key, answer.typed if answer.value is None else plain(answer.value), entry.sheet, answer.cell)
        for key, answer in entry.answers.items()
        if field in ("", key)
    ]
    if not values:
        raise UsageError(
            _("{code} has no answer at {field} in this return.").format(code=code, field=field),
            _("Leave the field out to see all of them."),
        )
    whole = has_bytes(workspace.root / source.original, source.sha256)
    return Trace(code, unit.code, source, values, whole, tuple(own for own in parts if own != code))


def _unknown(store: Store, period: Period, code: str) -> PlantrackError:
    """Why nothing is known of ``code``: no form has asked for it yet, or there is no such thing."""
    register = store.register_for(period)
    owned = register.project_by_code.get(code) or register.kpi_by_code.get(code)
    if owned:
        return OrderError(
            _("{code} came into the register after {unit}'s form for {period} had gone out.").format(
                code=code, unit=owned.unit, period=period.spoken
            ),
            _("Ask for it with a new form: plantrack issue-forms {period} --unit {unit}").format(
                period=period.typed, unit=owned.unit
            ),
        )
    return UsageError(
        _("No project or KPI in the register has the code {code}.").format(code=code),
        _("See the codes in the register workbook."),
    )
