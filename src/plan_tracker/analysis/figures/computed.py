"""What a KPI comes to by the answers of projects, where the register says that it follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.analysis.figures.money import Spending
from plan_tracker.register import Computation
from plan_tracker.rounding import per_cent


@dataclass(frozen=True, slots=True)
class Computed:
    """``value`` is unrounded, None where nothing has been told; made of ``counted`` projects of the ``asked``."""

    value: Decimal | None
    counted: int
    asked: int

    @property
    def is_whole(self) -> bool:
        return self.counted == self.asked


def computed_of(computation: Computation, spending: Spending, completed: int, counted: int, asked: int) -> Computed:
    """From the ``spending`` of projects, or from how many of the ``counted`` are ``completed``."""
    number = Decimal(completed)
    if computation.of_money:
        money = spending.investment if computation.of_investment else spending.overall
        value = money.disbursed_percent
    else:
        value = per_cent(number, Decimal(counted)) if computation.is_share else number
    return Computed(value if counted else None, counted, asked)
