"""Which projects matter most: the money at risk of each, by one rule, and a line of each for the plan at a glance.

The rule weighs money, gap and time. At risk is what is not disbursed of the year's budget,

- all of it where no report came, the project is suspended, or its end has passed;
- else the share of it by which progress lags the plan: (plan - result) ÷ plan;
- and whatever is disbursed beyond the budget.

Of a project that is completed or cancelled nothing is. The rule is printed in the report and in docs/reports.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plan_tracker.analysis.figures.coverage import budget_of
from plan_tracker.analysis.figures.money import ZERO
from plan_tracker.analysis.figures.plans import ProjectFigures
from plan_tracker.forms.definition import choices as c


@dataclass(frozen=True, slots=True)
class Glance:
    """A project on the page that has all. ``at_risk`` in baht; ``budget`` is None where it is not known.

    ``days_late``: from its end to the period's, 0 where it has not passed. ``progress_points``: how far progress has
    come since last quarter, None where it can't be compared.
    """

    project: ProjectFigures
    budget: Decimal | None
    at_risk: Decimal
    days_late: int = 0
    progress_points: Decimal | None = None

    @property
    def order(self) -> tuple[Decimal, Decimal, int, Decimal]:
        """Sorts the most money at risk first, then the widest gap, the longest delay and the largest budget."""
        return -self.at_risk, -(self.project.behind or ZERO), -self.days_late, -(self.budget or ZERO)


def glances(
    projects: Iterable[ProjectFigures], last_day: date, grown: Mapping[str, Decimal | None]
) -> tuple[Glance, ...]:
    """Every project, the most important first; ``grown`` has the points since last quarter by code."""
    found = [
        Glance(
            project,
            budget_of(project.source, project.money),
            money_at_risk(project, last_day),
            days_late(project, last_day),
            grown.get(project.code),
        )
        for project in projects
    ]
    return tuple(sorted(found, key=lambda one: one.order))


def money_at_risk(project: ProjectFigures, last_day: date) -> Decimal:
    """In baht, unrounded, by the rule above."""
    if project.stage in c.CLOSED_STAGES:
        return ZERO
    money, budget = project.money, budget_of(project.source, project.money) or ZERO
    left = budget - (money.disbursed if money else ZERO)
    if left < 0:
        return -left
    return left * _share(project, last_day)


def days_late(project: ProjectFigures, last_day: date) -> int:
    """How many days an open project's end lies before ``last_day``."""
    is_over = project.stage in c.CLOSED_STAGES or project.ends is None or project.ends >= last_day
    return 0 if is_over or project.ends is None else (last_day - project.ends).days


def _share(project: ProjectFigures, last_day: date) -> Decimal:
    """The share of what is not disbursed that is at risk: 0 to 1."""
    if project.is_lacking or project.stage == c.SUSPENDED or days_late(project, last_day):
        return Decimal(1)
    if not project.behind or project.behind < 0 or not project.planned:
        return ZERO
    return min(Decimal(1), project.behind / project.planned)
