"""Disbursement against its targets, and a quarter against the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from plan_tracker.analysis.figures import targets as t
from plan_tracker.analysis.over_time.changes import Changes, ProjectChange
from plan_tracker.analysis.report import ReportFigures
from plan_tracker.documents import wording as w
from plan_tracker.documents.report import phrases as p
from plan_tracker.documents.report import terms
from plan_tracker.i18n import Words
from plan_tracker.register import Unit

_NAMED = 10  # projects in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class _ComparisonText:
    """Disbursement against a target."""

    projects: str
    budget: str
    disbursed: str
    target: str
    actual: str
    gap: str
    outcome: str

    @classmethod
    def of(cls, found: t.TargetComparison, words: Words, **more: str) -> Self:
        return cls(
            projects=w.count(found.projects),
            budget=w.million(found.money.budget if found.projects else None),
            disbursed=w.million(found.money.disbursed if found.projects else None),
            target=w.percent(found.target),
            actual=w.percent(found.actual),
            gap=w.signed(terms.printed_gap(found)),
            outcome=terms.comparison_outcome(found, words),
            **more,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetText(_ComparisonText):
    """Of one kind of expenditure."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTargetText(_ComparisonText):
    """Of one unit."""

    unit: str


@dataclass(frozen=True, slots=True)
class ChangesText:
    """What has changed since last quarter; dashes where nothing could be compared."""

    since: str = w.DASH
    compared: str = w.DASH
    uncompared: str = w.DASH
    progress_points: str = w.DASH
    disbursed_points: str = w.DASH
    newly_late: str = ""
    no_longer_late: str = ""
    newly_completed: str = ""


def target_rows(report: ReportFigures, words: Words) -> Iterator[TargetText]:
    """A row per kind that has a target."""
    for found in report.targets:
        yield TargetText.of(found, words, kind=words.of(terms.KINDS[found.kind]))


def unit_target_rows(report: ReportFigures, words: Words) -> Iterator[UnitTargetText]:
    """The same overall, a row per unit that has money to which the target applies."""
    for unit, found in against_target(report):
        yield UnitTargetText.of(found, words, unit=terms.short(unit))


def against_target(report: ReportFigures) -> Iterator[tuple[Unit, t.TargetComparison]]:
    """Units' disbursement against the overall target; none where no target is set."""
    for unit in report.now.units:
        for found in report.unit_targets[unit.source.unit.code]:
            if found.kind == t.OVERALL and found.actual is not None:
                yield unit.source.unit, found


def changes_text(found: Changes | None, words: Words) -> ChangesText:
    if found is None or not found.compared:
        return ChangesText()
    number = len(found.compared)
    return ChangesText(
        since=found.since.title_in(words),
        compared=w.count(number),
        uncompared=w.count(found.uncompared),
        progress_points=p.grown_of(found.progress_points, found.progressed, number, words),
        disbursed_points=p.grown_of(found.disbursed_points, found.spent, number, words),
        newly_late=_named(found.newly_late, words),
        no_longer_late=_named(found.no_longer_late, words),
        newly_completed=_named(found.newly_completed, words),
    )


def _named(found: Sequence[ProjectChange], words: Words) -> str:
    """``2 โครงการ ได้แก่ …``, the first ten by name; blank for none."""
    if not found:
        return ""
    names = p.named((p.project_name(change.now, words) for change in found), p.PROJECTS, _NAMED, words)
    return p.joined(words.counted(p.PROJECTS, len(found)), names)
