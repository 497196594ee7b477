"""What there may be to be done about."""

from __future__ import annotations

from enum import StrEnum


class Need(StrEnum):
    """What there is to be done about. In the order in which it is proposed."""

    MISSING_RETURNS = "missing returns"
    NOT_BEGUN = "not begun"  # though the plan says that it should have been
    LATE = "late"
    LATE_AND_GOING_ON = "late and going on"  # where others are late that are closed or suspended
    SUSPENDED = "suspended"
    BELOW_TARGET = "below target"
    OVER_BUDGET = "over budget"
    MONEY_UNSTATED = "money unstated"
    KPIS_NOT_MET = "KPIs not met"
    IDLE_MONEY = "idle money"  # of completed projects, neither disbursed nor committed
    KPIS_APART = "KPIs apart"  # from what follows from the projects, without a word of why
