"""Executive orders (R20): what was ordered, when, by when, of whom, and how it ended."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plan_tracker.fiscal import Period, quarter_of
from plan_tracker.store.database.connection import Database


@dataclass(frozen=True, slots=True)
class Order:
    """One order, given upon the report of ``period``. ``because`` says how it was done, once ``done_at`` is set."""

    number: int
    text: str
    day: date
    due: date
    units: tuple[str, ...]
    period: Period
    done_at: str = ""
    because: str = ""
    added_at: str = ""

    @property
    def code(self) -> str:
        """``O01``: as forms and letters know it."""
        return order_code(self.number)

    def state(self, today: date) -> str:
        """``open``, ``late`` or ``done``."""
        return "done" if self.done_at else "late" if today > self.due else "open"


def _order(row: sqlite3.Row, units: Mapping[int, Sequence[str]]) -> Order:
    day, due = date.fromisoformat(row["day"]), date.fromisoformat(row["due"])
    # Those of before periods were kept have none.
    period = Period(row["fiscal_year"], row["quarter"]) if row["fiscal_year"] else quarter_of(day)
    of_whom = tuple(units[row["number"]])
    return Order(row["number"], row["text"], day, due, of_whom, period, row["done_at"], row["because"], row["added_at"])


def order_code(number: int) -> str:
    return f"O{number:02d}"


class Orders:
    """The orders in the database."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(
        self,
        text: str,
        day: date,
        due: date,
        units: Sequence[str],
        period: Period,
        at: str,
        *,
        taken: Collection[str] = (),
    ) -> Order:
        """Keeps an order; its code is none of ``taken``, which projects and KPIs go by."""
        with self._db.transaction():
            number = self.next_number(taken)
            self._db.execute(
                "INSERT INTO orders (number, text, day, due, added_at, fiscal_year, quarter)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, text, day.isoformat(), due.isoformat(), at, period.fiscal_year, period.quarter),
            )
            self._db.executemany(
                "INSERT INTO order_units (number, unit) VALUES (?, ?)", [(number, unit) for unit in units]
            )
        return Order(number, text, day, due, tuple(units), period, added_at=at)

    def next_number(self, taken: Collection[str] = ()) -> int:
        """The number that the next order will have; its code is none of ``taken``."""
        number: int = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM orders").fetchone()[0]
        while order_code(number) in taken:
            number += 1
        return number

    def all(self) -> list[Order]:
        units: dict[int, list[str]] = {}
        for number, unit in self._db.execute("SELECT number, unit FROM order_units ORDER BY number, unit"):
            units.setdefault(number, []).append(unit)
        rows = self._db.execute(
            "SELECT number, text, day, due, done_at, because, added_at, fiscal_year, quarter FROM orders"
            " ORDER BY number"
        )
        return [_order(row, units) for row in rows]

    def open_of(self, units: Collection[str]) -> list[Order]:
        """The orders to any of ``units`` that are not done: to all that a unit is called or was."""
        return [order for order in self.all() if not order.done_at and not set(units).isdisjoint(order.units)]

    def close(self, order: Order, because: str, at: str) -> None:
        with self._db.transaction():
            self._db.execute("UPDATE orders SET done_at = ?, because = ? WHERE number = ?", (at, because, order.number))
