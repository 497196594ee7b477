"""The executive orders that a report tells of, as they stood when it was made. Reads the store."""

from __future__ import annotations

from datetime import datetime

from plan_tracker.analysis.report import OrderStanding
from plan_tracker.register import Register
from plan_tracker.store import Order, Store


def orders_told(store: Store, register: Register, made_at: str = "") -> tuple[OrderStanding, ...]:
    """All orders that had been given by ``made_at``, a report's own moment; blank is now."""
    until = datetime.fromisoformat(made_at) if made_at else None
    known = [order for order in store.orders.all() if _came(order.added_at, until)]
    return tuple(_standing(order, register, is_done=_came(order.done_at, until)) for order in known)


def _standing(order: Order, register: Register, *, is_done: bool) -> OrderStanding:
    units = tuple(register.unit_by_code[code] for code in order.units if code in register.unit_by_code)
    return OrderStanding(order.text, order.day, order.due, units, is_done, order.because if is_done else "")


def _came(at: str, until: datetime | None) -> bool:
    return bool(at) and (until is None or datetime.fromisoformat(at) <= until)
