"""Disbursement against the targets that the configuration sets, with their source.

They speak of projects funded by the annual budget alone; other projects' money, and that of projects with
another source beside it, is left out. Where the configuration sets no target there is no comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.analysis.figures.money import Money, Spending
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.config import Targets
from plan_tracker.forms.definition import choices as c

OVERALL, RECURRENT, INVESTMENT = "overall", "recurrent", "investment"
KINDS = (OVERALL, RECURRENT, INVESTMENT)


@dataclass(frozen=True, slots=True)
class TargetComparison:
    """Disbursement of one kind against its target, both in per cent of the budget, unrounded.

    ``money`` is that of the ``projects`` that have any of the kind; ``source`` says who set the target.
    """

    kind: str
    target: Decimal
    money: Money
    projects: int
    source: str

    @property
    def actual(self) -> Decimal | None:
        """None where there is no budget."""
        return self.money.disbursed_percent

    @property
    def gap(self) -> Decimal | None:
        """Points above the target, negative below it."""
        return None if self.actual is None else self.actual - self.target

    @property
    def met(self) -> bool | None:
        return None if self.gap is None else self.gap >= 0


def compare_with_targets(
    projects: Iterable[ProjectFigures], targets: Targets, quarter: int
) -> tuple[TargetComparison, ...]:
    """A comparison per kind that has a target in ``quarter`` (1–4)."""
    counted = [project.spending for project in held_to_targets(projects) if project.spending]
    return tuple(_comparisons(counted, targets, quarter))


def held_to_targets(projects: Iterable[ProjectFigures]) -> list[ProjectFigures]:
    """The projects whose money is held against the targets."""
    return [project for project in projects if project.money is not None and is_of_annual_budget(project)]


def is_of_annual_budget(project: ProjectFigures) -> bool:
    """Whether the annual budget is the one source that the project names."""
    entries = [told.entry for told in project.source.money_told]
    return {entry.text(f"f3.source[{i}]") for entry in entries for i in (1, 2, 3)} - {""} == {c.ANNUAL_BUDGET}


def _comparisons(counted: Sequence[Spending], targets: Targets, quarter: int) -> Iterator[TargetComparison]:
    for kind in KINDS:
        target = targets.of(kind, quarter)
        if target is not None:
            amounts = [money for spending in counted if (money := _of_kind(spending, kind)) != Money()]
            yield TargetComparison(kind, target, sum(amounts, Money()), len(amounts), targets.source)


def _of_kind(spending: Spending, kind: str) -> Money:
    return {OVERALL: spending.overall, RECURRENT: spending.recurrent, INVESTMENT: spending.investment}[kind]
