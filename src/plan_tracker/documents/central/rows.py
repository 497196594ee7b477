"""What a row of a central form is made of: a project in a quarter, or one row of a table of its form.

Nothing is read or written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from plan_tracker.analysis.figures.money import Money, money_of_kind, spending_of
from plan_tracker.fiscal import Period
from plan_tracker.forms.definition.versions import CURRENT
from plan_tracker.register import Project
from plan_tracker.values import Entry, Value

MONEY: Final = "money"
_KINDS: Final = ("f9.recurrent", "f9.investment")
_BLOCKS: Final[Mapping[str, str]] = {
    MONEY: "f9.money",
    "outputs": "f5.outputs",
    "indicators": "f7.indicators",
    "activities": "f8.activities",
    "problems": "f13.problems",
}


@dataclass(frozen=True, slots=True)
class CentralRow:
    """A project in the quarter ``period``. ``entries``: its answers that count, by quarter of the fiscal year.

    ``row`` is the key of the row of the form that it tells, such as ``f7.indicators[2]``, and ``label`` what the form
    calls that row; both blank where the row is the whole project.
    """

    project: Project
    unit_name: str
    plans: str
    period: Period
    entries: Mapping[int, Entry]
    row: str = ""
    label: str = ""

    def value(self, key: str, quarter: int) -> Value | None:
        """The answer of ``quarter``; what the register knows where there is none. Nothing of a quarter to come."""
        if quarter > self.period.quarter:
            return None
        entry = self.entries.get(quarter)
        return entry.value(key) if entry else self.project.known.get(key)

    def money(self, quarter: int) -> Money | None:
        """The row's money, else the project's; None where it is not told in full, or not yet."""
        entry = self.entries.get(quarter) if quarter <= self.period.quarter else None
        if entry is None:
            return None
        if self.row.startswith("f9."):
            return money_of_kind(entry, self.row.removeprefix("f9."))
        spending = spending_of(entry)
        return None if spending.unstated else spending.overall

    def registered(self, amount: str) -> Decimal | None:
        """What the register says of the row's money called ``amount``, where no unit has told of it."""
        if self.entries.get(self.period.quarter):
            return None
        kinds = [self.row] if self.row.startswith("f9.") else _KINDS
        found = [self.project.known.get(f"{kind}.{amount}") for kind in kinds]
        told = [value for value in found if isinstance(value, Decimal)]
        return sum(told, Decimal(0)) if told else None

    def disbursed_in(self, quarter: int) -> Decimal | None:
        """What was disbursed in ``quarter`` alone; None where the quarter before is not known."""
        now, before = self.money(quarter), self.money(quarter - 1) if quarter > 1 else Money()
        return now.disbursed - before.disbursed if now and before else None


def rows_of(project: CentralRow, kind: str) -> Iterator[CentralRow]:
    """The project itself, or a row for each row of its form's table ``kind`` in which anything stands."""
    block = CURRENT.form1.blocks.get(_BLOCKS.get(kind, ""))
    if block is None:
        yield project
        return
    for row in block.rows:
        keys = [row.key + column.suffix for column in block.columns if column.suffix]
        if row.key and any(project.value(key, project.period.quarter) is not None for key in keys):
            yield replace(project, row=row.key, label=row.label)
