"""How much of a plan's money the projects that reported stand for, and what two plans would count twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.analysis.basis.dataset import ProjectResult
from plan_tracker.analysis.figures.money import ZERO, Money
from plan_tracker.forms.definition.plan_fields import plan_of
from plan_tracker.rounding import per_cent

_BUDGETS = ("f9.recurrent.budget", "f9.investment.budget")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Budgets in baht: ``reported`` of the projects whose money is told, ``whole`` of all that were to report.

    What has not been told is taken from the register; ``unknown`` counts the projects that it has no budget of.
    ``shared`` counts the projects that stand in another plan too, whose ``shared_budget`` both plans have.
    """

    reported: Decimal = ZERO
    whole: Decimal = ZERO
    unknown: int = 0
    shared: int = 0
    shared_budget: Decimal = ZERO

    @property
    def percent(self) -> Decimal | None:
        """Unrounded; None where there is no budget."""
        return per_cent(self.reported, self.whole)


def coverage_of(projects: Iterable[tuple[ProjectResult, Money | None]]) -> Coverage:
    """Over projects, each with its money as it is told, None where it isn't; cancelled ones are left out."""
    asked = [(result, money) for result, money in projects if result.cancelled is None]
    budgets = [(result, money, budget_of(result, money)) for result, money in asked]
    shared = [(result, budget) for result, _money, budget in budgets if len(result.project.plans) > 1]
    return Coverage(
        reported=sum((money.budget for _, money in asked if money), ZERO),
        whole=sum((budget or ZERO for _, _, budget in budgets), ZERO),
        unknown=sum(1 for _, _, budget in budgets if budget is None),
        shared=len(shared),
        shared_budget=sum((budget or ZERO for _, budget in shared), ZERO),
    )


def budget_of(result: ProjectResult, money: Money | None) -> Decimal | None:
    """A project's budget of the fiscal year, in baht, as told, else as the register has it; None where it has none."""
    if money is not None:
        return money.budget
    plan = plan_of(result.project.known)
    known = [value for key in _BUDGETS if isinstance(value := plan.get(key), Decimal)]
    return sum(known, ZERO) if known else None
