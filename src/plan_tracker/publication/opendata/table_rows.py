"""What the rows of the open data are made of: plans, units, projects, KPIs and problems of one period.

Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from plan_tracker.analysis.figures.kpis import KpiFigures
from plan_tracker.analysis.figures.money import Money
from plan_tracker.analysis.figures.plans import ProjectFigures, Summary, UnitFigures
from plan_tracker.analysis.report import ProjectProblem, ReportFigures
from plan_tracker.documents.report.terms import standing_of
from plan_tracker.fiscal import Period
from plan_tracker.i18n import THAI
from plan_tracker.register import Unit


class DataRow(Protocol):
    """What every row tells: of which plan's report, and so of which period, it is."""

    @property
    def report(self) -> ReportFigures: ...
    @property
    def period(self) -> Period: ...


class MoneyRow(DataRow, Protocol):
    """A row with money; None where it is not stated, or not in full."""

    @property
    def money(self) -> Money | None: ...


class SumRow(MoneyRow, Protocol):
    """A group of projects."""

    @property
    def summary(self) -> Summary: ...


class UnitsRow(DataRow, Protocol):
    """A row of one unit."""

    @property
    def unit(self) -> Unit: ...


class _Reported:
    """A row of ``report``."""

    __slots__ = ()
    report: ReportFigures

    @property
    def period(self) -> Period:
        return self.report.period


@dataclass(frozen=True, slots=True)
class PlanRow(_Reported):
    """A plan as a whole."""

    report: ReportFigures

    @property
    def summary(self) -> Summary:
        return self.report.now.summary

    @property
    def money(self) -> Money | None:
        return _sum(self.summary)


@dataclass(frozen=True, slots=True)
class UnitRow(_Reported):
    """A unit in one plan."""

    report: ReportFigures
    found: UnitFigures

    @property
    def unit(self) -> Unit:
        return self.found.source.unit

    @property
    def summary(self) -> Summary:
        return self.found.summary

    @property
    def money(self) -> Money | None:
        return _sum(self.summary)


@dataclass(frozen=True, slots=True)
class ProjectRow(_Reported):
    """A project, once, with the codes of all its plans."""

    report: ReportFigures
    found: ProjectFigures
    plans: Sequence[str]

    @property
    def unit(self) -> Unit:
        return self.found.source.unit

    @property
    def money(self) -> Money | None:
        found = self.found.money
        return found if found and found.is_stated else None

    def text(self, field: str) -> str:
        entry = self.found.source.entry
        return entry.text(field).strip() if entry else ""


@dataclass(frozen=True, slots=True)
class KpiRow(_Reported):
    """A KPI."""

    report: ReportFigures
    found: KpiFigures

    @property
    def unit(self) -> Unit:
        return self.found.source.unit

    @property
    def details(self) -> str:
        entry = self.found.source.entry
        return entry.text("k.details").strip() if entry else ""


@dataclass(frozen=True, slots=True)
class ProblemRow(_Reported):
    """A problem, and where it stands in words."""

    report: ReportFigures
    told: ProjectProblem
    standing: str

    @property
    def unit(self) -> Unit:
        return self.told.project.source.unit


def unit_rows(reports: Sequence[ReportFigures]) -> list[UnitRow]:
    return [UnitRow(report, unit) for report in reports for unit in report.now.units]


def project_rows(reports: Sequence[ReportFigures]) -> list[ProjectRow]:
    """A project of both plans stands here once."""
    found: dict[str, tuple[ReportFigures, ProjectFigures, list[str]]] = {}
    for report in reports:
        for project in report.now.projects:
            found.setdefault(project.code, (report, project, []))[2].append(report.now.dataset.plan.code)
    return [ProjectRow(report, project, plans) for report, project, plans in found.values()]


def kpi_rows(reports: Sequence[ReportFigures]) -> list[KpiRow]:
    return [KpiRow(report, kpi) for report in reports for kpi in report.now.kpis]


def problem_rows(reports: Sequence[ReportFigures]) -> list[ProblemRow]:
    return [row for report in reports for row in _problems(report)]


def _problems(report: ReportFigures) -> Iterator[ProblemRow]:
    for told in report.shown_problems:
        yield ProblemRow(report, told, standing_of(told, THAI))


def _sum(summary: Summary) -> Money | None:
    found = summary.spending.overall
    return found if summary.has_spending and found.is_stated else None
