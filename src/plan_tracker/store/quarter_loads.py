"""Which loads of the register belong to a quarter: a quarter that is past stands on the register of its time.

Nothing is read but through what it is made with, nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from plan_tracker.fiscal import QUARTERS, Period
from plan_tracker.store.reporting.reports import Reports


class QuarterLoads:
    """``made_from`` gives, of each unit, the register's version that its newest form of a quarter was made from."""

    def __init__(self, reports: Reports, made_from: Callable[[Period], Mapping[str, int]]) -> None:
        self._reports, self._made_from = reports, made_from

    def last(self, period: Period) -> int | None:
        """The last load that belongs to a quarter that is past; None for the current one, to which all do.

        Once the next quarter's forms are out, only loads that the quarter's last report has told still belong to it,
        or, without one, those of its own forms: what was loaded since is told by the next.
        """
        later = (Period(period.fiscal_year, number) for number in QUARTERS if number > period.quarter)
        issued = next((versions for quarter in later if (versions := self._made_from(quarter))), None)
        if issued is None:
            return None
        own, report = self._made_from(period), self._reports.newest(period)
        told = report.bases[-1].plans if report else None
        by_report = told.register_version if told else max(own.values(), default=0)
        return min(by_report, *issued.values())
