"""What there may be to be done about."""

from __future__ import annotations

from enum import Enum, auto


class Need(Enum):
    """What there is to be done about. In the order in which it is proposed."""

    MISSING_RETURNS = auto()
    NOT_BEGUN = auto()  # though the plan says that it should have been
    LATE = auto()
    LATE_AND_GOING_ON = auto()  # where others are late that are closed or suspended
    SUSPENDED = auto()
    BELOW_TARGET = auto()
    OVER_BUDGET = auto()
    MONEY_UNSTATED = auto()
    KPIS_NOT_MET = auto()
    IDLE_MONEY = auto()  # of completed projects, neither disbursed nor committed
    KPIS_APART = auto()  # from what follows from the projects, without a word of why
