"""What a return's plan is held against (R25): the approved plan, and what has been confirmed already.

Reads the store, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plan_tracker.analysis.basis.approved_plan import ApprovedPlan, Plan, stated_plan
from plan_tracker.checking.plan_changes import ApprovedValue
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.plan_fields import plan_of
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.merging.approved_plans import ApprovedPlans
from plan_tracker.merging.past_answers import PastAnswer, PastAnswers
from plan_tracker.store import IssuedForm, Store
from plan_tracker.store.reporting.snapshots import PlanBasis
from plan_tracker.thai_text import is_same
from plan_tracker.values import Value


class ReturnPlans:
    """The plans of returned forms, each quarter's by each load made once.

    An older form is right by what it said when it went out.
    """

    def __init__(self, store: Store, past: PastAnswers) -> None:
        self._store, self._past = store, past
        self._plans: dict[tuple[Period, int], ApprovedPlans] = {}

    def of(self, form: IssuedForm) -> dict[str, dict[str, ApprovedValue]]:
        """For each project of ``form`` what is settled, by field key; what nobody has said yet is not in it.

        ``form`` may be one that is about to be issued.
        """
        period = form.identity.period
        newest = self._store.register_for(period).version
        now, then = self._as_of(period, newest), self._as_of(period, form.register_version)
        quarters = [Period(period.fiscal_year, number) for number in range(1, period.quarter)]
        earlier, here = self._past.newest(form.projects, quarters), self._past.of(form.projects, period)
        asked = form.version.form1.inputs
        found: dict[str, dict[str, ApprovedValue]] = {}
        for code in form.projects:
            told = [answers[code] for answers in (earlier, here) if code in answers]
            asked_by = form.register_version
            plan, is_then = now.of(code, asked_by), then.of(code, asked_by).values
            confirmed = list(self._confirmed(plan, self._known(newest, code), told))
            found[code] = {
                key: ApprovedValue(value, (is_then[key], *(plan[key] for plan in confirmed if key in plan)))
                for key, value in plan.values.items()
                if key in is_then and key in asked
            }
        return found

    def _confirmed(
        self, plan: ApprovedPlan, register: Mapping[str, Value], told: Sequence[PastAnswer]
    ) -> Iterator[Plan]:
        """What answers that count say: confirmed, or accepted; but for what has been revised since."""
        for answer in told:
            then = plan_of(self._past.register_then(answer))
            own = stated_plan(answer.entry, CURRENT.form1.inputs)
            revised = {
                one.field for one in plan.revisions if one.period and one.period.quarter >= answer.period.quarter
            }
            yield {
                key: value
                for key, value in own.items()
                if key not in revised and is_same(then.get(key), register.get(key))
            }

    def _known(self, version: int, code: str) -> Mapping[str, Value]:
        register = self._store.register(version)
        project = self._past.lineage.find(code, register.project_by_code) if register else None
        return plan_of(project.known) if project else {}

    def _as_of(self, period: Period, load: int) -> ApprovedPlans:
        if (period, load) not in self._plans:
            basis = PlanBasis(load, self._store.plans.newest(), self._store.answers.newest_return())
            self._plans[period, load] = ApprovedPlans(self._store, period, basis)
        return self._plans[period, load]
