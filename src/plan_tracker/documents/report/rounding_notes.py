"""Whether rounded parts add up to their total as printed; where they don't, the report says why (R9)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from plan_tracker.analysis.figures.money import Money
from plan_tracker.analysis.figures.plans import PlanFigures, Summary
from plan_tracker.documents.wording import MILLION, MILLION_PLACES
from plan_tracker.rounding import half_up, per_cent, rounded_percent


def stages_apart(found: Summary) -> bool:
    """Of the stages' per cents, whose total is 100.00."""
    whole = Decimal(found.total)
    counts = [*map(found.in_stage, {stage for stage, _schedule in found.stages}), found.missing]
    parts = [part for count in counts if (part := per_cent(Decimal(count), whole)) is not None]
    return bool(parts) and sum(map(rounded_percent, parts)) != 100


def kinds_apart(found: Summary) -> bool:
    """Of recurrent and investment money, and of the budget's parts, in million baht as printed."""
    spending = found.spending
    columns = (spending.recurrent, spending.investment, spending.overall)
    across = _apart((spending.recurrent, spending.investment), spending.overall)
    return across or any(_million(one.remaining) != _million(one.budget) - _million(one.disbursed) for one in columns)


def units_apart(figures: PlanFigures) -> bool:
    """Of the units' money, in million baht as printed."""
    return _apart((unit.summary.spending.overall for unit in figures.units), figures.summary.spending.overall)


def _apart(parts: Iterable[Money], total: Money) -> bool:
    listed = [_amounts(part) for part in parts]
    sums = tuple(sum(column, Decimal(0)) for column in zip(*listed, strict=True))
    return bool(listed) and sums != _amounts(total)


def _amounts(money: Money) -> tuple[Decimal, ...]:
    return tuple(map(_million, (money.budget, money.disbursed, money.committed, money.remaining)))


def _million(baht: Decimal) -> Decimal:
    return half_up(baht / MILLION, MILLION_PLACES)
