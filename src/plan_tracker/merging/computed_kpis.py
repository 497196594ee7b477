"""What the KPIs of a form are worked out from: the register's computations, with the answers that count already.

Reads the store, writes nothing.
"""

from __future__ import annotations

from plan_tracker.checking.computed import ComputedFrom
from plan_tracker.merging.past_answers import PastAnswers
from plan_tracker.register import Kpi, Project, Register
from plan_tracker.store import IssuedForm, Store


def computed_kpis(store: Store, past: PastAnswers, form: IssuedForm) -> dict[str, ComputedFrom]:
    """By KPI, as the register of ``form`` has it; none that can't be told from the quarter's answers alone."""
    register = store.register(form.register_version)
    if register is None:
        return {}
    found = {}
    for code in form.kpis:
        kpi = register.kpi_by_code.get(code)
        projects = _projects(register, kpi) if kpi else []
        if kpi is None or kpi.computed is None or not projects:
            continue
        if kpi.computed.of_money and any(project.lifecycle.is_over for project in projects):
            continue  # what they had spent before goes into the year's figure
        asked = tuple(project.code for project in projects if project.lifecycle.is_active)
        known = {own: answer.values for own, answer in past.of(asked, form.identity.period).items()}
        found[code] = ComputedFrom(kpi.computed, asked, known)
    return found


def _projects(register: Register, kpi: Kpi) -> list[Project]:
    """Those of the KPI's plan, or of them those of its own unit."""
    of_unit = kpi.computed is not None and kpi.computed.of_unit
    return [p for p in register.projects if kpi.plan in p.plans and (not of_unit or p.unit == kpi.unit)]
