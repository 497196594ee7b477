"""The totals that a report prints of a plan or unit, each with the answers that it is made of, by file and cell.

A total is the one of ``figures``, never added up anew, or what ``targets`` holds against the targets; its parts are
those answers that ``figures`` counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from plan_tracker.analysis.basis.dataset import KpiResult, LastAnswer, ProjectResult, Source
from plan_tracker.analysis.figures.kpis import Outcome, count_outcomes
from plan_tracker.analysis.figures.money import Spending, total
from plan_tracker.analysis.figures.plans import PlanFigures, ProjectFigures, UnitFigures
from plan_tracker.analysis.figures.targets import held_to_targets, is_of_annual_budget
from plan_tracker.forms.definition import choices as c
from plan_tracker.values import Value

AMOUNTS = ("budget", "committed", "disbursed")
KINDS = ("recurrent", "investment")
STAGES = {
    "not-started": c.NOT_STARTED,
    "under-way": c.UNDER_WAY,
    "suspended": c.SUSPENDED,
    "completed": c.COMPLETED,
    "cancelled": c.CANCELLED,
}
SCHEDULES = {"ahead": c.AHEAD, "on-time": c.ON_TIME, "late": c.LATE}
OUTCOMES = {
    "kpis-met": Outcome.MET,
    "kpis-not-met": Outcome.NOT_MET,
    "kpis-on-way": Outcome.ON_WAY,
    "kpis-not-due": Outcome.NOT_DUE,
    "kpis-not-rated": Outcome.NOT_RATED,
}


class Derivation(StrEnum):
    """How a total comes from its parts."""

    SUM = "sum"
    COUNT = "count"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class TotalPart:
    """One answer of a project or KPI (``code``) that counts in a total, and where it was read."""

    code: str
    unit: str
    field: str
    value: Value
    sheet: str
    cell: str
    source: Source


@dataclass(frozen=True, slots=True)
class Total:
    """A figure by its name on the command line. ``value`` is None where no return came: unknown, not 0.

    ``left_out``: codes of projects or KPIs that a return came for and that are not in it, since an answer that it
    takes is missing or can't be read. ``from_register``: those counted since the register has them as cancelled, so
    that no answer tells it. ``told_before``: those of a sum that have been cancelled, with what they told last.
    """

    figure: str
    how: Derivation
    value: Decimal | None
    parts: tuple[TotalPart, ...]
    left_out: tuple[str, ...] = ()
    from_register: tuple[str, ...] = ()
    told_before: tuple[str, ...] = ()


def totals_of(found: PlanFigures | UnitFigures, quarter: int) -> tuple[Total, ...]:
    """Every total of a plan or unit in ``quarter`` (1–4): money in baht, counts, and mean progress in per cent."""
    return (*_money(found), *_progress(found, quarter), *_counts(found), *_kpis(found))


def _money(found: PlanFigures | UnitFigures) -> Iterator[Total]:
    """Of all projects, then of those of the annual budget alone, which are held against the targets."""
    unstated = [one for one in found.projects if one.money is None]
    stated = [one for one in found.projects if one.money is not None]
    yield from _sums(found, "", stated, found.summary.spending, unstated)
    held = held_to_targets(stated)
    annual = total(one.spending for one in held if one.spending)
    yield from _sums(found, "-annual", held, annual, [one for one in unstated if is_of_annual_budget(one)])


def _sums(
    found: PlanFigures | UnitFigures,
    of: str,
    projects: Sequence[ProjectFigures],
    spending: Spending,
    unstated: Iterable[ProjectFigures],
) -> Iterator[Total]:
    left_out = tuple(one.code for one in unstated if one.source.money_told)
    told_before = tuple(one.code for one in projects if one.source.cancelled and one.source.last_told)
    sums = {"": spending.overall, "recurrent": spending.recurrent, "investment": spending.investment}
    for amount in AMOUNTS:
        for kind, money in sums.items():
            parts = [
                part
                for project in projects
                for each in KINDS
                if kind in ("", each)
                for told in project.source.money_told
                for part in _part_of(told, (told.unit or project.source.unit).code, f"f9.{each}.{amount}")
                if isinstance(part.value, Decimal)
            ]
            name = f"{amount}{of}-{kind}" if kind else f"{amount}{of}"
            value = Decimal(getattr(money, amount)) if found.summary.has_spending else None
            yield Total(name, Derivation.SUM, value, tuple(parts), left_out, told_before=told_before)


def _progress(found: PlanFigures | UnitFigures, quarter: int) -> Iterator[Total]:
    compared = [one for one in found.projects if one.planned is not None and one.actual is not None]
    left_out = _left_out([one for one in found.projects if one.planned is None or one.actual is None])
    planned = tuple(part for one in compared for part in _planned(one, f"f8.planned_q{quarter}"))
    yield Total("planned", Derivation.MEAN, found.summary.planned, planned, left_out)
    actual = _parts(compared, "f14.progress_percent")
    yield Total("progress", Derivation.MEAN, found.summary.actual, actual, left_out)


def _planned(found: ProjectFigures, field: str) -> Iterator[TotalPart]:
    """What is approved counts; it stands in no cell where the unit says something else."""
    result = found.source
    if found.planned is None or result.entry is None or result.source is None:
        return
    own = result.entry.answers.get(field)
    cell = own.cell if own and own.value == found.planned else ""
    yield TotalPart(found.code, result.unit.code, field, found.planned, result.entry.sheet, cell, result.source)


def _counts(found: PlanFigures | UnitFigures) -> Iterator[Total]:
    projects, summary = found.projects, found.summary
    left_out = _left_out([one for one in projects if not one.stage])
    for name, stage in STAGES.items():
        those = [one for one in projects if one.stage == stage]
        cancelled = tuple(one.code for one in those if one.source.cancelled)
        number = _known(found, summary.in_stage(stage))
        number = Decimal(len(those)) if cancelled else number
        yield Total(name, Derivation.COUNT, number, _parts(those, "f14.stage"), left_out, cancelled)
    for name, schedule in SCHEDULES.items():
        those = [one for one in projects if one.schedule_held == schedule]
        yield Total(name, Derivation.COUNT, _known(found, summary.on_schedule(schedule)), _parts(those, "f14.schedule"))
    stated = [(one, problem.row) for one in projects for problem in one.problems]
    parts = [part for one, row in stated for part in _part(one.source, one.code, f"{row}.problem")]
    yield Total("problems", Derivation.COUNT, _known(found, len(stated)), tuple(parts))


def _kpis(found: PlanFigures | UnitFigures) -> Iterator[Total]:
    counts = count_outcomes(found.kpis)
    known = any(kpi.source.entry for kpi in found.kpis)
    left_out = tuple(kpi.source.kpi.code for kpi in found.kpis if kpi.outcome is Outcome.UNSTATED)
    for name, outcome in OUTCOMES.items():
        field = "k.not_due" if outcome is Outcome.NOT_DUE else "k.result"
        those = [kpi.source for kpi in found.kpis if kpi.outcome is outcome]
        parts = tuple(part for one in those for part in _part(one, one.kpi.code, field))
        yield Total(name, Derivation.COUNT, Decimal(counts[outcome]) if known else None, parts, left_out)


def _known(found: PlanFigures | UnitFigures, value: Decimal | int) -> Decimal | None:
    return Decimal(value) if found.summary.reported else None


def _left_out(lacking: Iterable[ProjectFigures]) -> tuple[str, ...]:
    return tuple(one.code for one in lacking if one.reported)


def _parts(projects: Iterable[ProjectFigures], field: str) -> tuple[TotalPart, ...]:
    return tuple(part for one in projects for part in _part(one.source, one.code, field))


def _part(result: ProjectResult | KpiResult, code: str, field: str) -> Iterator[TotalPart]:
    entry, source = result.entry, result.source
    if entry and source:
        yield from _part_of(LastAnswer(code, entry, source), result.unit.code, field)


def _part_of(told: LastAnswer, unit: str, field: str) -> Iterator[TotalPart]:
    answer = told.entry.answers.get(field)
    if answer and answer.value is not None:
        yield TotalPart(told.code, unit, field, answer.value, told.entry.sheet, answer.cell, told.source)
