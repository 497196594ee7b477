"""The parts of the store, by what is kept in them: each is loaded when it is asked for, since no command needs all."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from plan_tracker.store.database.connection import Database
from plan_tracker.store.log import Log

if TYPE_CHECKING:
    from datetime import date

    from plan_tracker.fiscal import Period
    from plan_tracker.store.correspondence.ledger import Ledger
    from plan_tracker.store.correspondence.mails import Mails
    from plan_tracker.store.correspondence.orders import Orders
    from plan_tracker.store.database.placing import Placing
    from plan_tracker.store.event_names import EventName
    from plan_tracker.store.layouts import Layouts
    from plan_tracker.store.plan_decisions import PlanDecisions
    from plan_tracker.store.records import Event
    from plan_tracker.store.reporting.reports import Reports
    from plan_tracker.store.reporting.reviews import Reviews


class Parts:
    """Those that stand on the database at ``path`` alone, and what is asked of its log."""

    def __init__(self, path: Path) -> None:
        self._db = Database(path)
        self._folder = path.parent
        self.log = Log(self._db, self._folder)  # at once: it seals what is older than its seals

    @cached_property
    def placing(self) -> Placing:
        from plan_tracker.store.database.placing import Placing

        return Placing(self._db, self._folder)

    @cached_property
    def layouts(self) -> Layouts:
        from plan_tracker.store.layouts import Layouts

        return Layouts(self._db)

    @cached_property
    def letters(self) -> Ledger:
        from plan_tracker.store.correspondence.ledger import Ledger

        return Ledger(self._db)

    @cached_property
    def mails(self) -> Mails:
        from plan_tracker.store.correspondence.mails import Mails

        return Mails(self._db)

    @cached_property
    def reviews(self) -> Reviews:
        from plan_tracker.store.reporting.reviews import Reviews

        return Reviews(self._db)

    @cached_property
    def orders(self) -> Orders:
        from plan_tracker.store.correspondence.orders import Orders

        return Orders(self._db)

    @cached_property
    def plans(self) -> PlanDecisions:
        from plan_tracker.store.plan_decisions import PlanDecisions

        return PlanDecisions(self._db)

    @cached_property
    def reports(self) -> Reports:
        from plan_tracker.store.reporting.reports import Reports

        return Reports(self._db)

    def add_event(self, at: str, what: EventName, **details: str) -> None:
        """Appends to the log who did what."""
        self.log.add(at, what, details)

    def events(self) -> list[Event]:
        """The whole log, the oldest first."""
        return self.log.events()

    def events_of(self, *names: EventName) -> list[Event]:
        """The entries of the log of some kinds, the oldest first."""
        return self.log.of(*names)

    def last_event(self, what: EventName, period: Period) -> Event | None:
        """The newest entry of the log of the kind ``what`` about ``period``."""
        return self.log.last(what, period)

    def days_of(self, period: Period) -> dict[str, date]:
        """The last day on which each thing was done for ``period``: by the word before the colon, as in the log."""
        return self.log.days_of(period)

    def first_broken_event(self) -> int | None:
        """The first entry of the log that is missing or not as it was written; None where the log is whole."""
        return self.log.first_broken()
