"""``plan approve``, ``plan list`` and ``plan show``: revisions of projects' plans (R25). Reads and writes the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from plan_tracker.analysis.basis.approved_plan import ApprovedPlan, Plan, PlanDecision, stated_plan
from plan_tracker.analysis.basis.plan_changes import PlanChange, plan_changes
from plan_tracker.analysis.basis.returns import AnswerState, Received, file_outcome
from plan_tracker.checking.findings import Finding, FindingStatus, Severity, count_open
from plan_tracker.checking.plan_changes import ApprovedValue, PlanBreach, plan_breaches
from plan_tracker.errors import OrderError, UsageError
from plan_tracker.fiscal import Period
from plan_tracker.i18n import _
from plan_tracker.merging.approved_plans import ApprovedPlans, plan_basis
from plan_tracker.merging.datasets import QuarterData, take_bases
from plan_tracker.register import Project
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName
from plan_tracker.thai_text import is_same
from plan_tracker.values import Value
from plan_tracker.workspace.folders import Workspace

_OF_THE_PLAN = ("PLAN-CHANGED", "BUDGET-NOT-REGISTER")


@dataclass(frozen=True, slots=True)
class ApprovedRevision:
    """What of one project became the approved plan: each field that differed, and what it said before."""

    project: Project
    unit: str
    breaches: Sequence[PlanBreach]
    own: Plan


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """A change of plan in an answer that doesn't count yet: its unit has still to say why, or an officer to approve."""

    period: Period
    project: Project
    unit: str
    field: str
    before: Value | None
    after: Value | None


class _Newest(NamedTuple):
    """A project's newest answer of a quarter, whether or not it counts, and whose it is."""

    unit: str
    received: Received


def approve_plans(
    workspace: Workspace,
    store: Store,
    period: Period,
    projects: Sequence[str],
    because: str,
    *,
    everything: bool = False,
    dry_run: bool = False,
) -> list[ApprovedRevision]:
    """Makes what the newest answers of ``projects`` (all, with ``everything``) say the approved plan.

    What a unit has still to confirm of that is confirmed by it. ``OrderError`` where a project that is named has
    changed nothing, and for a quarter that is closed.
    """
    if not because.strip():
        raise UsageError(_("A reason is needed."), _("Write it after --because, for the record."))
    if bool(projects) == everything:
        raise UsageError(
            _("Name the projects, or say --all."),
            _("See what was changed with: plantrack plan list {period}").format(period=period.typed),
        )
    closed_by = store.reviews.closed_by(period)
    if closed_by is not None:
        raise OrderError(
            _("{period} is closed: its report may be published.").format(period=period.spoken),
            _(
                "Approve the revision for the quarter that is open, or: plantrack review reopen {name} --because TEXT"
            ).format(name=closed_by.typed),
        )
    found = list(_revisions(store, period, projects))
    if not dry_run and found:
        _record(workspace, store, period, found, because.strip())
    return [revision for revision, _newest in found]


def list_changes(workspace: Workspace, store: Store, period: Period, projects: Sequence[str] = ()) -> list[PlanChange]:
    """The changes of plan of the quarter, at the year-end of all quarters; of ``projects``, where any is named."""
    quarters = [QuarterData(store, basis) for basis in take_bases(store, workspace.config, period, workspace.today)]
    told = plan_changes([(quarter.basis.period, quarter.projects()) for quarter in quarters], store.lineage())
    return [
        one for one in told if one.period in period.quarters and (not projects or one.project.project.code in projects)
    ]


def list_waiting(store: Store, period: Period, projects: Sequence[str] = ()) -> list[WaitingChange]:
    """What nobody has confirmed of the changes that newest answers make, as ``list_changes`` lists what counts."""
    found: list[WaitingChange] = []
    for quarter in period.quarters:
        newest = _newest_answers(store, quarter)
        waiting = [code for code, told in newest.items() if told.received.state is AnswerState.WAITING]
        for revision, told in _stated(
            store, quarter, newest, [one for one in waiting if one in projects or not projects]
        ):
            code, unit = revision.project.code, told.unit
            asked = _asked_about(store.answers.findings_on(told.received.return_id, [code]))
            found += [
                WaitingChange(quarter, revision.project, unit, one.field, one.approved, revision.own[one.field])
                for one in revision.breaches
                if one.field in asked
            ]
    return found


def _asked_about(findings: Sequence[Finding]) -> set[str]:
    return {one.field for one in findings if one.code in _OF_THE_PLAN and one.status is FindingStatus.OPEN}


def show_plan(store: Store, period: Period, project: str) -> ApprovedPlan:
    """What is approved of a project as of the quarter, and how it came to be."""
    found = ApprovedPlans(store, period, plan_basis(store, period)).of(project)
    if not found.values:
        raise OrderError(
            _("No form of fiscal year {year} has asked for {code} yet.").format(year=period.fiscal_year, code=project),
            _("A project's approved plan begins with its first form: plantrack issue-forms {period}").format(
                period=period.typed
            ),
        )
    return found


def _revisions(store: Store, period: Period, named: Sequence[str]) -> Iterator[tuple[ApprovedRevision, _Newest]]:
    newest = _newest_answers(store, period)
    found = list(_stated(store, period, newest, named or list(newest)))
    changed = {revision.project.code for revision, _told in found}
    for code in named:
        if code not in changed:
            raise OrderError(
                _("{code} has no change of plan in {period} that could be approved.").format(
                    code=code, period=period.spoken
                ),
                _("See what was changed with: plantrack plan list {period}").format(period=period.typed),
            )
    yield from found


def _stated(
    store: Store, period: Period, newest: Mapping[str, _Newest], codes: Sequence[str]
) -> Iterator[tuple[ApprovedRevision, _Newest]]:
    """What the newest answers of ``codes`` say otherwise than is approved, project by project that does."""
    if not codes:
        return
    plans, register = ApprovedPlans(store, period, plan_basis(store, period)), store.register_for(period)
    for code in codes:
        project, told = register.project_by_code.get(code), newest.get(code)
        revision = _revision(store, plans.of(code), project, told) if project and told else None
        if revision and told and revision.breaches:
            yield revision, told


def _newest_answers(store: Store, period: Period) -> dict[str, _Newest]:
    """The newest answer of each project that came, clean or not; register order is the forms'."""
    found: dict[str, _Newest] = {}
    for unit, standing in store.answers.standings(period).items():
        for code, answer in standing.answers.items():
            one = answer.waiting or answer.counting
            if one and (code not in found or found[code].received.return_id < one.return_id):
                found[code] = _Newest(unit, one)
    return found


def _revision(store: Store, plan: ApprovedPlan, project: Project, told: _Newest) -> ApprovedRevision:
    """What the answer says otherwise; a value with an error of its own is nothing to approve."""
    number, code = told.received.return_id, project.code
    entry = store.answers.entry(number, code)
    own = stated_plan(entry, plan.values) if entry else {}
    faulty = {
        finding.field for finding in store.answers.findings_on(number, [code]) if finding.severity is Severity.ERROR
    }
    own = {key: value for key, value in own.items() if key not in faulty}
    settled = {key: ApprovedValue(value) for key, value in plan.values.items() if key in own}
    return ApprovedRevision(project, told.unit, list(plan_breaches(own, settled)), own)


def _record(
    workspace: Workspace,
    store: Store,
    period: Period,
    found: Sequence[tuple[ApprovedRevision, _Newest]],
    because: str,
) -> None:
    at, load = workspace.timestamp(), store.register_for(period).version
    plans = ApprovedPlans(store, period, plan_basis(store, period))
    with store.transaction():
        for revision, newest in found:
            code, approved = revision.project.code, plans.of(revision.project.code).values
            store.plans.add(
                [
                    PlanDecision(0, period, code, key, approved[key], value, workspace.today, because, load)
                    for key, value in revision.own.items()
                    if not is_same(value, approved[key])
                ],
                at,
            )
            _confirm(store, newest, code, because)
        store.add_event(
            at,
            EventName.PLAN_APPROVE,
            period=str(period),
            projects=" ".join(revision.project.code for revision, _newest in found),
            because=because,
        )


def _confirm(store: Store, newest: _Newest, code: str, because: str) -> None:
    """What the unit was still to confirm of the plan is confirmed; an answer that lacks nothing more counts."""
    number = newest.received.return_id
    kept = store.kept(number)
    findings = [_confirmed(one, because) if one.project == code else one for one in store.answers.findings(number)]
    store.set_settled(
        kept._replace(
            outcome=file_outcome(findings),
            errors=count_open(findings, Severity.ERROR),
            warnings=count_open(findings, Severity.WARNING),
        ),
        findings,
    )
    if not any(finding.holds_back for finding in findings if finding.project == code):
        store.answers.set_clean(number, code)


def _confirmed(finding: Finding, because: str) -> Finding:
    if finding.code not in _OF_THE_PLAN or finding.status is not FindingStatus.OPEN:
        return finding
    return replace(finding, status=FindingStatus.CONFIRMED, params={**finding.params, "note": because})
