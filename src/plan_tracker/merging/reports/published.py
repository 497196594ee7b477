"""Whether a period's reports are published. By itself, since whoever asks needs no datasets. Reads the store."""

from __future__ import annotations

from datetime import date, datetime

from plan_tracker.fiscal import Period
from plan_tracker.store import Store
from plan_tracker.store.event_names import EventName


def published_on(store: Store, period: Period) -> date | None:
    """The day on which what may be published now was last published; None where it has not been."""
    permitted, published = store.reviews.permitted(period), store.last_event(EventName.PUBLISH, period)
    if permitted is None or permitted.permitted is None or published is None:
        return None
    meant = {"sha256": permitted.sha256, "reference": permitted.permitted.reference}
    return datetime.fromisoformat(published.at).date() if meant.items() <= published.details.items() else None
