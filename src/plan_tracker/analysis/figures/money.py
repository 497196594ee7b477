"""Budget, commitment and disbursement: sums in exact baht, and per cents from those sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from plan_tracker.rounding import per_cent
from plan_tracker.values import Entry

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts in baht of one kind of expenditure, or of all kinds together, in this fiscal year.

    ``typed``: somebody typed an amount, be it 0. Money that nobody typed is equal to one of zeros that somebody did.
    """

    act_budget: Decimal = ZERO
    budget: Decimal = ZERO
    committed: Decimal = ZERO
    disbursed: Decimal = ZERO
    typed: bool = field(default=False, compare=False)

    def __add__(self, other: Money) -> Money:
        return Money(
            self.act_budget + other.act_budget,
            self.budget + other.budget,
            self.committed + other.committed,
            self.disbursed + other.disbursed,
            self.typed or other.typed,
        )

    @property
    def is_stated(self) -> bool:
        """Whether there is anything to print: a stated 0 is 0, and blank rows of field (9) are no figure."""
        return self.typed or self != Money()

    @property
    def remaining(self) -> Decimal:
        """Budget not yet disbursed, in baht."""
        return self.budget - self.disbursed

    @property
    def disbursed_percent(self) -> Decimal | None:
        """Disbursed per cent of the budget, unrounded; None where the budget is 0."""
        return per_cent(self.disbursed, self.budget)

    @property
    def used_percent(self) -> Decimal | None:
        """Disbursed and committed per cent of the budget, unrounded; None where the budget is 0."""
        return per_cent(self.disbursed + self.committed, self.budget)


@dataclass(frozen=True, slots=True)
class Spending:
    """Money by kind. ``unstated`` counts projects whose field (9) does not tell all that sums need (``money_of_kind``).

    Such a project is left out of the sums altogether, since what it has or spent is unknown and not 0.
    """

    recurrent: Money = Money()
    investment: Money = Money()
    unstated: int = 0

    def __add__(self, other: Spending) -> Spending:
        return Spending(
            self.recurrent + other.recurrent,
            self.investment + other.investment,
            self.unstated + other.unstated,
        )

    @property
    def overall(self) -> Money:
        return self.recurrent + self.investment


def spending_of(entry: Entry) -> Spending:
    """What one project's Form 1 answers say of its money."""
    recurrent, investment = money_of_kind(entry, "recurrent"), money_of_kind(entry, "investment")
    if recurrent is None or investment is None:
        return Spending(unstated=1)
    return Spending(recurrent, investment)


def total(parts: Iterable[Spending]) -> Spending:
    return sum(parts, Spending())


def money_of_kind(entry: Entry, kind: str) -> Money | None:
    """One row of field (9); a row that stays blank is no money.

    None where it is not told in full: an amount that can't be read, a budget without its disbursement, or money that
    was granted, committed or spent of a budget that is not stated. Only a waived return has such a row.
    """
    fields = [f"f9.{kind}.{column}" for column in ("act_budget", "budget", "committed", "disbursed")]
    act, budget, committed, disbursed = amounts = [entry.number(field) for field in fields]
    unreadable = any(amount is None and entry.is_answered(field) for field, amount in zip(fields, amounts, strict=True))
    if unreadable or (budget and disbursed is None) or (budget is None and (act or committed or disbursed)):
        return None
    typed = any(amount is not None for amount in amounts)
    return Money(act or ZERO, budget or ZERO, committed or ZERO, disbursed or ZERO, typed)
