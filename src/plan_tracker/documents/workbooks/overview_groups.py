"""What the master workbook's first sheet counts: plans, units, quarters; each with its totals as columns.

The figures are the report's own; a project of both plans counts once where plans are taken together. Nothing is read
or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from plan_tracker.analysis.figures.kpis import RARE, KpiFigures, Outcome, count_outcomes
from plan_tracker.analysis.figures.money import Money
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures, Summary, summarise
from plan_tracker.documents import wording as w
from plan_tracker.documents.report.terms import lacking, outcome_names
from plan_tracker.documents.tables import Column, ColumnType
from plan_tracker.documents.workbooks.master_rows import project_rows
from plan_tracker.forms.definition import choices as c
from plan_tracker.i18n import THAI, Message
from plan_tracker.rounding import stated_percent


@dataclass(frozen=True)
class OverviewGroup:
    """Projects and KPIs taken together."""

    name: str
    projects: Sequence[ProjectFigures]
    kpis: Sequence[KpiFigures]

    @cached_property
    def summary(self) -> Summary:
        return summarise(self.projects)

    @property
    def money(self) -> Money | None:
        """None where nothing came back, or nothing that states money."""
        found = self.summary.spending.overall
        return found if self.summary.has_spending and found.is_stated else None

    @property
    def disbursed_percent(self) -> Decimal | None:
        """Unrounded, of the budget; None where there is none."""
        return self.money.disbursed_percent if self.money else None

    def counted(self, number: int) -> int | None:
        """``number`` of reported projects; None where nothing came back."""
        return number if self.summary.reported else None

    @property
    def met(self) -> int | None:
        """How many KPIs met their target; None where no return speaks of any."""
        came = any(kpi.source.entry for kpi in self.kpis)
        return count_outcomes(self.kpis)[Outcome.MET] if came else None


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many there are of something."""

    name: str
    number: int


TOTALS: tuple[Column[OverviewGroup], ...] = (
    Column("projects", Message("column", "Projects"), lambda one: one.summary.total, ColumnType.WHOLE),
    Column("reported", Message("column", "Reported"), lambda one: one.summary.reported, ColumnType.WHOLE),
    Column(
        "completed",
        Message("column", "Completed"),
        lambda one: one.counted(one.summary.in_stage(c.COMPLETED)),
        ColumnType.WHOLE,
    ),
    Column(
        "late",
        Message("column", "Behind plan"),
        lambda one: one.counted(one.summary.on_schedule(c.LATE)),
        ColumnType.WHOLE,
    ),
    Column(
        "planned_percent",
        Message("column", "Mean planned progress (per cent)"),
        lambda one: stated_percent(one.summary.planned),
        ColumnType.PERCENT,
    ),
    Column(
        "progress_percent",
        Message("column", "Mean progress (per cent)"),
        lambda one: stated_percent(one.summary.actual),
        ColumnType.PERCENT,
    ),
    Column(
        "budget",
        Message("column", "Budget after transfers (baht)"),
        lambda one: one.money.budget if one.money else None,
        ColumnType.MONEY,
        width=19,
    ),
    Column(
        "committed",
        Message("column", "Committed, not yet paid (baht)"),
        lambda one: one.money.committed if one.money else None,
        ColumnType.MONEY,
        width=19,
    ),
    Column(
        "disbursed",
        Message("column", "Disbursed to date (baht)"),
        lambda one: one.money.disbursed if one.money else None,
        ColumnType.MONEY,
        width=19,
    ),
    Column(
        "disbursed_percent",
        Message("column", "Disbursed (per cent)"),
        lambda one: stated_percent(one.disbursed_percent),
        ColumnType.PERCENT,
    ),
    Column("kpis", Message("column", "KPIs"), lambda one: len(one.kpis), ColumnType.WHOLE),
    Column("kpis_met", Message("column", "KPIs met"), lambda one: one.met, ColumnType.WHOLE),
)


def of_plan(figures: PlanFigures) -> OverviewGroup:
    return OverviewGroup(figures.dataset.plan.name, figures.projects, figures.kpis)


def all_plans_of(name: str, reports: Sequence[PlanFigures]) -> OverviewGroup:
    """All plans of one quarter, their common projects once."""
    return OverviewGroup(
        name, [row.found for row in project_rows(reports)], [kpi for one in reports for kpi in one.kpis]
    )


def by_unit(reports: Sequence[PlanFigures]) -> list[OverviewGroup]:
    """The units of all plans, who has disbursed most of its budget first; those of whom it isn't known last."""
    names = {unit.source.unit.code: unit.source.unit.name for one in reports for unit in one.units}
    whole = all_plans_of("", reports)
    groups = [
        OverviewGroup(
            name,
            [project for project in whole.projects if project.source.unit.code == code],
            [kpi for kpi in whole.kpis if kpi.source.unit.code == code],
        )
        for code, name in names.items()
    ]
    return sorted(groups, key=_by_disbursement)


def _by_disbursement(group: OverviewGroup) -> tuple[bool, Decimal]:
    return group.disbursed_percent is None, -(group.disbursed_percent or Decimal(0))


def by_quarter(reports: Sequence[PlanFigures]) -> list[OverviewGroup]:
    """The quarters, the first one first."""
    periods = sorted({one.period for one in reports})
    return [all_plans_of(str(period.quarter), [one for one in reports if one.period == period]) for period in periods]


def stages(group: OverviewGroup) -> Iterator[CountRow]:
    """How many projects are in which stage; those without a return or without a stage last, where there are any."""
    yield from (CountRow(stage, group.summary.in_stage(stage)) for stage in c.STAGES)
    yield from (
        CountRow(THAI.of(name), number)
        for name, number in ((w.NOT_STATED, group.summary.in_stage("")), *lacking(group.summary))
        if number
    )


def outcomes(reports: Sequence[PlanFigures]) -> Iterator[CountRow]:
    """How many KPIs have which outcome."""
    counted = count_outcomes(kpi for one in reports for kpi in one.kpis)
    for outcome, name in outcome_names(reports[0].period).items():
        if outcome not in RARE or counted.get(outcome):
            yield CountRow(name, counted.get(outcome, 0))
