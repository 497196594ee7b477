"""Step 4 of the manual: the results and the Permanent Secretary's order go to every unit, by letter (L4, R11).

Reads the store, writes ``outbox/…/letters``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from plan_tracker.analysis.figures.plans import PlanFigures
from plan_tracker.checking.findings import FindingStatus
from plan_tracker.documents.letters import faults_of, places_of, unit_results, write_circulation
from plan_tracker.documents.report.recommendations import recommendations
from plan_tracker.drafting.citing import cited, precedent
from plan_tracker.drafting.dates import check_day
from plan_tracker.drafting.drafts import LetterDrafts
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.merging.reports.plan_figures import figures_now, figures_on_record
from plan_tracker.merging.reports.submissions import record_of
from plan_tracker.merging.standing import UnitStatus, unit_statuses
from plan_tracker.progress import counted
from plan_tracker.register import Register, Unit
from plan_tracker.store import Letter, ReportRecord, Store
from plan_tracker.store.event_names import EventName
from plan_tracker.workspace.folders import Workspace


@dataclass(frozen=True, slots=True)
class Circulated:
    """The letters, and which report's figures they tell: its ``number``, None for those of now."""

    letters: Sequence[Letter]
    report: int | None


def circulate(
    workspace: Workspace, store: Store, period: Period, order: str, day: date, *, dry_run: bool = False
) -> Circulated:
    """Drafts L4 for every unit that reports: ``order`` of the day ``day``, the unit's results and recommendations.

    The results are those of the report that was submitted, else of the newest one, else what counts now.
    """
    _check(workspace, store, period, order, day)
    register, record = store.register_for(period), _record(store, period)
    standing = {line.unit.code: line for line in unit_statuses(workspace, store, period)}
    number, units = record.number if record else None, [line.unit for line in standing.values()]
    drafts = LetterDrafts(workspace, store, period)
    if dry_run:
        return Circulated([drafts.plan("L4", unit.code) for unit in units], number)
    plans = _figures(workspace, store, period, record)
    as_of = max((figures.dataset.data_date for figures in plans), default=workspace.today)
    closed = store.is_closed(period)

    def draft(unit: Unit) -> Letter:
        now = standing[unit.code]
        write = partial(
            write_circulation,
            workspace,
            register,
            unit,
            period,
            order.strip(),
            day,
            unit_results(plans, unit.code),
            as_of,
            recommendations(
                plans,
                unit.code,
                now.state,
                now.errors + now.warnings,
                waived=_waived(store, register, period, now),
                closed=closed,
            ),
            refers=cited(precedent(store, "L4", unit.code, period)),
        )
        return drafts.write("L4", unit.code, write)

    with store.transaction():
        letters = [draft(unit) for unit in counted(_("Letters written"), units)]
        _log(workspace, store, period, order.strip(), day, letters)
    return Circulated(letters, number)


def _waived(store: Store, register: Register, period: Period, now: UnitStatus) -> str:
    """What was taken as it is of what counts: each project and KPI by name, with the places."""
    if not now.waived:
        return ""
    counting = store.answers.standing(now.unit.code, period).counting_apart
    found = [
        finding
        for number in sorted({part.received.return_id for part in counting})
        for finding in store.answers.findings_on(
            number, [part.code for part in counting if part.received.return_id == number]
        )
        if finding.status is FindingStatus.WAIVED
    ]
    names = {code: project.name for code, project in register.project_by_code.items()}
    names |= {code: kpi.name for code, kpi in register.kpi_by_code.items()}
    return places_of(faults_of(found, names))


def _check(workspace: Workspace, store: Store, period: Period, order: str, day: date) -> None:
    if not order.strip():
        raise UsageError(
            _("The Permanent Secretary's order is needed."),
            _("Write its text after --order, and its date after --date."),
        )
    if not store.newest_form_ids(period):
        raise OrderError(
            _("No forms have been issued for {period}.").format(period=period.spoken),
            _("Issue them with: plantrack issue-forms {period}").format(period=period.typed),
        )
    check_day(workspace, day, since=period.first_day, event=_("on that day the quarter begins"))


def _figures(workspace: Workspace, store: Store, period: Period, record: ReportRecord | None) -> list[PlanFigures]:
    """What the report of ``record`` states of the quarter, else what counts now."""
    if record is None:
        return figures_now(workspace, store, period)
    return [found.now for found in figures_on_record(store, record)]


def _record(store: Store, period: Period) -> ReportRecord | None:
    """What was submitted, else the newest report of ``period``; None before there is one."""
    submitted = store.reviews.submitted(period)
    if submitted:
        return record_of(store, period, submitted.reports[0])
    return next(reversed(store.reports.all(period)), None)


def _log(workspace: Workspace, store: Store, period: Period, order: str, day: date, letters: Sequence[Letter]) -> None:
    files = " ".join(letter.path for letter in letters)
    store.add_event(
        workspace.timestamp(), EventName.CIRCULATE, period=str(period), order=order, date=day.isoformat(), files=files
    )
