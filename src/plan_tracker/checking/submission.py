"""A return on its way through the checks: what goes in, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plan_tracker.checking.computed import ComputedFrom
from plan_tracker.checking.findings import Finding
from plan_tracker.checking.plan_changes import ApprovedValue
from plan_tracker.forms.definition.spec import Form
from plan_tracker.forms.definition.versions import CURRENT, FormVersion
from plan_tracker.forms.layout import Layout
from plan_tracker.forms.reading.loose import LooseCell
from plan_tracker.forms.reading.raw import RawEntry
from plan_tracker.values import Entry, Value

Known = Mapping[str, Mapping[str, Value]]  # by project or KPI code: field key to value


@dataclass(frozen=True, slots=True)
class Submission:
    """One return, with what it is checked against.

    ``projects``, ``kpis`` and ``orders`` are what came back, by code; ``issued`` what stood in the form as issued, for
    every code that it asked for; ``register`` what the register says of it; ``last`` the unit's answers of the quarter
    before that count. ``version`` is the form's that came back: what it did not ask is never missed. ``corrects``: it
    is a correction form, which holds what was typed before. ``loose`` stands outside its keyed cells, and is compared
    with ``layout`` and ``texts``, as they were issued; without a layout it is not looked at. ``plan``: what is settled
    of each project's plan. ``owners``: of what came that the form did not ask for, the unit's name and its own;
    ``offered``: the codes of it that are offered to that unit. ``computed``: what KPIs are worked out from.
    """

    quarter: int
    projects: Mapping[str, RawEntry]
    kpis: Mapping[str, RawEntry]
    asked_projects: Sequence[str]
    asked_kpis: Sequence[str]
    issued: Known
    register: Known = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    last: Known = field(default_factory=dict)
    orders: Mapping[str, RawEntry] = field(default_factory=dict)
    asked_orders: Sequence[str] = ()
    version: FormVersion = CURRENT
    units: Mapping[str, RawEntry] = field(default_factory=dict)
    asked_units: Sequence[str] = ()
    corrects: bool = False
    loose: Sequence[LooseCell] = ()
    layout: Layout | None = None
    texts: Sequence[str] = ()
    plan: Mapping[str, Mapping[str, ApprovedValue]] = field(default_factory=dict)
    owners: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    offered: frozenset[str] = frozenset()
    computed: Mapping[str, ComputedFrom] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[str, ...]:
        """All that the form asks for, as the workbook goes."""
        return (*self.asked_units, *self.asked_projects, *self.asked_kpis, *self.asked_orders)

    def of(self, form: Form) -> tuple[Mapping[str, RawEntry], Sequence[str]]:
        """What came back on ``form``, one of the version's, by code; and the codes that it asked for."""
        return {
            self.version.unit.name: (self.units, self.asked_units),
            self.version.form1.name: (self.projects, self.asked_projects),
            self.version.form2.name: (self.kpis, self.asked_kpis),
            self.version.orders.name: (self.orders, self.asked_orders),
        }[form.name]


@dataclass(slots=True)
class Checked:
    """What a return says, by code, and what is to be said of it.

    ``entries`` hold its answers; what nobody has touched is none, unless nothing is due there. ``touched``: where any
    input differs from what was issued. ``left``: what a correction form still holds as it was typed before.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
