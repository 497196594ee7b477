"""A quarter's changes of plan (R25): what, before, after, why, and whether approved. Nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.analysis.basis.approved_plan import ApprovedPlan, Plan, Revision, stated_plan
from plan_tracker.analysis.basis.dataset import ProjectResult
from plan_tracker.analysis.basis.merged_answers import merge_values
from plan_tracker.checking.catalogue import note_of
from plan_tracker.checking.plan_changes import ApprovedValue, plan_breaches
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.plan_fields import PLAN_FIELDS
from plan_tracker.lineage import Lineage
from plan_tracker.thai_text import is_same
from plan_tracker.values import Value

_PLACE = {key: place for place, key in enumerate(PLAN_FIELDS)}


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One field of a project's plan that changed in ``period``, from what was approved before.

    ``reason`` is the unit's own, from the note of the numbered field; ``approval`` is None for what nobody approved.
    """

    period: Period
    project: ProjectResult
    field: str
    before: Value | None
    after: Value | None
    reason: str = ""
    approval: Revision | None = None


Quarter = tuple[Period, Sequence[ProjectResult]]


def plan_changes(quarters: Sequence[Quarter], lineage: Lineage) -> list[PlanChange]:
    """The changes of each of ``quarters``, the first one first, project by project as the form goes.

    A change is of the quarter in which it was first stated or approved; none is known of quarters without plans.
    """
    found: list[PlanChange] = []
    plans: dict[str, ApprovedPlan] = {}
    said: dict[str, Plan] = {}
    for period, projects in quarters:
        here = {one.project.code: one for one in projects}
        for code, one in here.items():
            before = lineage.past(code, plans, here)
            plan = plans[before] if before else ApprovedPlan()
            stated = _together([said[own] for own in lineage.parts(code, said, here)])
            changes = _changes(period, one, plan, stated)
            found += sorted(changes, key=lambda change: _PLACE[change.field])
        plans |= {code: one.plan for code, one in here.items()}
        said = {code: one for code, one in said.items() if code in here or lineage.now(code) not in here}
        said |= {code: own_plan(one) for code, one in here.items() if one.entry}
    return found


def _together(said: Sequence[Plan]) -> Plan:
    """What was last said of a project; of what was merged, of all its parts."""
    if len(said) == 1:
        return said[0]
    return merge_values([{key: value for key, value in one.items() if value is not None} for one in said])


def _changes(period: Period, now: ProjectResult, before: ApprovedPlan, stated: Plan) -> Iterator[PlanChange]:
    """``before``: what was approved in the quarter before; ``stated``: what the unit last said."""
    plan, own = now.plan, own_plan(now)
    fresh = _fresh(plan.revisions, before.revisions)
    for key, (first, last) in fresh.items():
        reason = _reason(now, key) if key in own and is_same(own[key], last.after) else ""
        if not is_same(first.before, last.after):
            yield PlanChange(period, now, key, first.before, last.after, reason, last)
    settled = {key: ApprovedValue(value) for key, value in plan.values.items() if key in own}
    for breach in plan_breaches(own, settled):
        key = breach.field
        if key in fresh or key not in stated or not is_same(own[key], stated[key]):
            yield PlanChange(period, now, key, breach.approved, own[key], _reason(now, key))


def _fresh(now: Sequence[Revision], before: Sequence[Revision]) -> Mapping[str, tuple[Revision, Revision]]:
    """The revisions that came since, by field: the first and the last of each."""
    known = set(before)
    found: dict[str, tuple[Revision, Revision]] = {}
    for revision in now:
        if revision not in known:
            found[revision.field] = found.get(revision.field, (revision, revision))[0], revision
    return found


def own_plan(result: ProjectResult) -> Plan:
    """What the unit itself says of the plan, of all that its form asked; nothing where no answer counts."""
    if result.entry is None or result.source is None:
        return {}
    return stated_plan(result.entry, result.source.form.form1.inputs)


def _reason(result: ProjectResult, key: str) -> str:
    return result.entry.text(note_of(key)).strip() if result.entry else ""
