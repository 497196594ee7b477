"""The register of a fiscal year as the next one begins with it (R24): rows for a workbook, plain data in and out.

What goes on is taken over with its definitions; what the new year has to say anew (budgets, planned per cents, targets
of KPIs) is left blank for the officer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import reduce

from plan_tracker.fiscal import thai_digits
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.register import Kpi, Plan, Project, Register, Unit
from plan_tracker.registerbook.layout import KPIS, PLANS, PROJECTS, TABLES, UNITS, is_own
from plan_tracker.values import Value

Row = dict[str, Value]
Answers = Mapping[str, Mapping[str, Value]]  # by project code: field key to value
Approved = Mapping[str, Value | None]  # by field key; None: that there is nothing
Plans = Mapping[str, Approved]  # by project code
_OF_THE_YEAR = ("f8.planned_q", "f9.")  # what each year says anew
FACTS_OF_THE_YEAR = tuple(key for key in TABLES[PROJECTS].columns if key.startswith(_OF_THE_YEAR))


def next_years_tables(
    register: Register, finished: Collection[str], answers: Answers, plans: Plans
) -> dict[str, list[Row]]:
    """The workbook's rows by table: active units and KPIs, and active projects but for those ``finished``.

    ``plans``: what is approved of each project. ``answers``: the newest that count, which fill the other definitions
    that the register has left blank.
    """
    going_on = [project for project in register.projects if is_carried(project, finished)]
    return {
        PLANS: [_plan(plan, register.fiscal_year) for plan in register.plans],
        UNITS: [_unit(unit) for unit in register.units if unit.lifecycle.is_active],
        PROJECTS: [_project(one, answers.get(one.code, {}), plans.get(one.code, {})) for one in going_on],
        KPIS: [_kpi(kpi) for kpi in register.kpis if kpi.lifecycle.is_active],
    }


def is_carried(project: Project, finished: Collection[str]) -> bool:
    """Whether a project goes on into the next year."""
    return project.lifecycle.is_active and project.code not in finished


def _plan(plan: Plan, year: int) -> Row:
    """A plan that names its year names the next one."""
    said = {"code": plan.code, "name": plan.name, "owner": plan.owner}
    said |= {"name_en": plan.name_en, "owner_en": plan.owner_en}
    named = {key: text if key == "code" else _following(text, year) for key, text in said.items()}
    return {**_filled(named), "fiscal_year": Decimal(year + 1)}


def _following(name: str, year: int) -> str:
    """``name`` with the next year where it names ``year`` (B.E.), in whichever digits, or the same of our era."""
    era = year - 543
    before = (str(year), thai_digits(str(year)), str(era))
    after = (str(year + 1), thai_digits(str(year + 1)), str(era + 1))
    return reduce(lambda said, pair: said.replace(*pair), zip(before, after, strict=True), name)


def _unit(unit: Unit) -> Row:
    said = {"code": unit.code, "name": unit.name, "short": unit.short, "letter_type": unit.letter_type}
    english = {"name_en": unit.name_en, "short_en": unit.short_en}
    return _filled({**said, "addressee": unit.addressee, "email": unit.email, "unit_type": unit.unit_type, **english})


def _project(project: Project, answers: Mapping[str, Value], plan: Approved) -> Row:
    owned: Row = {
        "code": project.code,
        "name": project.name,
        "plans": ", ".join(project.plans),
        "unit": project.unit,
        **_filled({"name_en": project.name_en}),
    }
    return owned | _definitions(project.known, answers, plan)


def _definitions(known: Mapping[str, Value], answers: Mapping[str, Value], plan: Approved) -> Row:
    """What defines the project: what is approved, else the register's, else, block by block, what the unit said."""
    said = {_block(key) for key in known}
    filling = {key: value for key, value in answers.items() if _block(key) not in said}
    merged: dict[str, Value | None] = {**filling, **known, **plan}
    return {key: value for key, value in merged.items() if value is not None and (is_definition(key) or is_own(key))}


def is_definition(key: str) -> bool:
    """Whether a field's answer holds for the whole project, and not for one year alone."""
    field = CURRENT.form1.fields.get(key)
    is_kept = field is not None and field.definition and key in TABLES[PROJECTS].columns
    return is_kept and key not in FACTS_OF_THE_YEAR


def _block(key: str) -> str:
    """The table that a key stands in, such as ``f5.outputs``; a single field is its own."""
    return key.partition("[")[0]


def _kpi(kpi: Kpi) -> Row:
    """Without its targets, which are the year's."""
    said = {"code": kpi.code, "name": kpi.name, "plan": kpi.plan, "unit": kpi.unit}
    english = {"name_en": kpi.name_en, "measure_en": kpi.measure_en}
    judged = {"measure": kpi.measure, "direction": kpi.direction, "computed": str(kpi.computed or "")}
    return _filled({**said, **judged, **english})


def _filled(row: Mapping[str, str]) -> Row:
    return {key: value for key, value in row.items() if value}
