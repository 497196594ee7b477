"""What a form knows before a unit opens it (R5): locked facts, and inputs carried forward.

Carried inputs come from the unit's newest clean answer of this fiscal year, else from last year's Q4
(definitions only), else from the register. Notes are never carried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plan_tracker.forms.definition.choices import CLOSED_STAGES
from plan_tracker.forms.definition.spec import Prefill
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.register import Kpi, Project, Register
from plan_tracker.values import Value

Answers = Mapping[str, Value]
STAGE_SECTION = "f14."


@dataclass(frozen=True, slots=True)
class Carry:
    """Clean answers by project code: of this fiscal year's newest return, and of last year's Q4."""

    this_year: Mapping[str, Answers] = field(default_factory=dict)
    last_year: Mapping[str, Answers] = field(default_factory=dict)

    def is_closed(self, code: str) -> bool:
        """Whether the project ended in an earlier quarter of this year."""
        return self.this_year.get(code, {}).get("f14.stage") in CLOSED_STAGES


def prefill_project(register: Register, project: Project, carry: Carry) -> dict[str, Value]:
    """The project's sheet as it is issued, by field key; blank fields are left out."""
    known: dict[str, Value] = {
        "f1.plan": " · ".join(register.plan_by_code[code].name for code in project.plans),
        "f1.project_code": project.code,
        "f1.project_name": project.name,
        "f2.unit_name": register.unit_by_code[project.unit].name,
    }
    newest = carry.this_year.get(project.code)
    source = newest if newest is not None else _before_first_return(project, carry)
    known |= {
        key: source[key] for key, f in CURRENT.form1.fields.items() if f.prefill is Prefill.CARRIED and key in source
    }
    if newest is not None and carry.is_closed(project.code):
        known |= {
            key: newest[key]
            for key in CURRENT.form1.inputs
            if key.startswith(STAGE_SECTION) and key in newest and not key.endswith(".note")
        }
    return known


def _before_first_return(project: Project, carry: Carry) -> dict[str, Value]:
    """The register's facts, under last year's definitions where there are any."""
    last = carry.last_year.get(project.code, {})
    return dict(project.known) | {
        key: value
        for key, value in last.items()
        if key in CURRENT.form1.fields and CURRENT.form1.fields[key].definition
    }


def prefill_order(code: str, text: str, day: date, due: date) -> dict[str, Value]:
    """An open order's row on the cover: facts only, what was done is always asked."""
    return {"o.code": code, "o.date": day, "o.text": text, "o.due": due}


def prefill_kpi(kpi: Kpi, quarter: int) -> dict[str, Value]:
    """The KPI's row as it is issued: facts only, its answers are always asked."""
    known: dict[str, Value] = {
        "k.code": kpi.code,
        "k.name": kpi.name,
        "k.measure": kpi.measure,
        "k.direction": kpi.direction,
        "k.target": kpi.target,
    }
    if quarter in kpi.targets:
        known["k.target_quarter"] = kpi.targets[quarter]
    return known
