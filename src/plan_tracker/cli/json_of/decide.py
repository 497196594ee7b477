"""What scripts get of decisions: plans, reviews, orders, publication."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from plan_tracker.cli.json_of import shared
from plan_tracker.values import plain

if TYPE_CHECKING:
    from plan_tracker.analysis.basis.approved_plan import ApprovedPlan, Revision
    from plan_tracker.analysis.basis.plan_changes import PlanChange
    from plan_tracker.steps.decide.orders import OrderLine
    from plan_tracker.steps.decide.plan import ApprovedRevision, WaitingChange
    from plan_tracker.steps.decide.publish import Published
    from plan_tracker.steps.decide.review import ReviewResult
    from plan_tracker.store import Comment, Submitted, SubmittedReport
    from plan_tracker.values import Value


def plan_change(change: PlanChange) -> dict[str, Any]:
    """``approver`` is ``register`` or ``officer``, null for what nobody has approved; ``reason`` is the unit's own."""
    source, approval = change.project, change.approval
    return {
        "period": change.period.name,
        "project": source.project.code,
        "unit": source.unit.code,
        "field": change.field,
        "before": _value(change.before),
        "after": _value(change.after),
        "reason": change.reason,
        "approved": approval is not None,
        **_approval(approval),
    }


def waiting_change(change: WaitingChange) -> dict[str, Any]:
    """A change that nobody has confirmed or approved; the answer doesn't count until then."""
    return {
        "period": change.period.name,
        "project": change.project.code,
        "unit": change.unit,
        "field": change.field,
        "before": _value(change.before),
        "after": _value(change.after),
    }


def approved_plan(found: ApprovedPlan) -> dict[str, Any]:
    return {
        "plan": {key: _value(value) for key, value in found.values.items() if value is not None},
        "revisions": [
            {"field": one.field, "before": _value(one.before), "after": _value(one.after), **_approval(one)}
            for one in found.revisions
        ],
    }


def approved_revision(made: ApprovedRevision) -> dict[str, Any]:
    return {
        "project": made.project.code,
        "unit": made.unit,
        "changes": [
            {"field": one.field, "before": _value(one.approved), "after": _value(made.own[one.field])}
            for one in made.breaches
        ],
    }


def _approval(found: Revision | None) -> dict[str, Any]:
    return {
        "approver": str(found.approver) if found else None,
        "date": found.day.isoformat() if found else None,
        "because": found.because if found else None,
    }


def _value(value: Value | None) -> str | None:
    return None if value is None else plain(value)


def order(line: OrderLine) -> dict[str, Any]:
    found = line.order
    return {
        "order": found.code,
        "fiscal_year": found.period.fiscal_year,
        "period": found.period.name,
        "text": found.text,
        "date": found.day.isoformat(),
        "due": found.due.isoformat(),
        "units": list(found.units),
        "state": line.state,
        "answers": dict(line.answers),
        "because": found.because or None,
    }


def review(outcome: ReviewResult) -> dict[str, Any]:
    from plan_tracker.review import readers_of

    found = outcome.review
    return {
        "fiscal_year": found.period.fiscal_year,
        "period": found.period.name,
        "stage": str(found.stage),
        "reader": str(found.stage.reader) if found.stage.reader else None,
        "round": found.round,
        "next": outcome.next_command,
        "published": outcome.published.isoformat() if outcome.published else None,
        "submitted": submitted(outcome.submitted) if outcome.submitted else None,
        "comments": [comment(made) for made in outcome.comments],
        "letters": [shared.letter(drafted) for drafted in outcome.letters],
        "changes": [{"change": str(c.kind), "plan": c.plan, "path": c.path} for c in outcome.changes],
        "acts": [
            {
                "act": str(done.act),
                "reader": str(reader) if reader else None,
                "at": done.at,
                "who": done.who,
                "date": done.day.isoformat() if done.day else None,
                "reference": done.reference or None,
                "because": done.because or None,
                "reports": _by_plan(done.reports, ("frozen", "sha256")),
            }
            for done, reader in zip(outcome.acts, readers_of(found.period, [a.act for a in outcome.acts]), strict=True)
        ],
    }


def submitted(found: Submitted) -> dict[str, Any]:
    return {
        "round": found.round,
        "number": found.number,
        "at": found.at,
        "reports": _by_plan(found.reports, ("path", "frozen", "sha256", "record")),
    }


def _by_plan(reports: Sequence[SubmittedReport], told: Sequence[str]) -> list[dict[str, Any]]:
    """A report each, its second volume under ``sheets``, None where it has none."""
    sheets = {
        one.plan: {name: getattr(one, name) for name in told if name != "record"}
        for one in reports
        if one.volume == "sheets"
    }
    return [
        {"plan": one.plan, **{name: getattr(one, name) for name in told}, "sheets": sheets.get(one.plan)}
        for one in reports
        if one.volume == "report"
    ]


def comment(made: Comment) -> dict[str, Any]:
    return {
        "number": made.number,
        "round": made.round,
        "reader": str(made.reader),
        "text": made.text,
        "unit": made.unit or None,
        "project": made.project or None,
        "field": made.field or None,
        "at": made.at,
        "state": "open" if made.is_open else "resolved",
        "answered_by": made.answered_by or None,
        "because": made.because or None,
    }


def published(found: Published) -> dict[str, Any]:
    return {
        "written": list(found.written),
        "relisted": list(found.relisted),
        "not_relisted": list(found.not_relisted),
        "kept": found.kept or None,
        "report_key": found.report_key or None,
    }
