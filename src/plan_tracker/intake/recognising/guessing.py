"""Whose form for which quarter a workbook shows that has lost its hidden sheets, by what is seen on it.

As when everything was pasted as values into a new workbook. It is a guess that is told to whoever asks for the form
itself: nothing is taken in by it. Reads the store.
"""

from __future__ import annotations

from collections.abc import Collection

from plan_tracker.fiscal import Period
from plan_tracker.register import Unit
from plan_tracker.store import Store
from plan_tracker.thai_text import fold


def guess_form(store: Store, texts: Collection[str]) -> tuple[Unit, Period] | None:
    """The one unit and the one quarter, of those that forms went out for, that ``texts`` (folded) name."""
    quarters = [period for period in store.issued_periods() if _names(texts, period.title)]
    if len(quarters) != 1:
        return None
    [period] = quarters
    known = store.register_for(period).unit_by_code
    asked = [known[code] for code in store.newest_form_ids(period) if code in known]
    on_cover = [unit for unit in asked if unit.short and fold(f"{unit.name} ({unit.short})") in texts]
    by_name = [unit for unit in asked if fold(unit.name) in texts]  # other units' names may stand in answers
    found = on_cover or by_name
    return (found[0], period) if len(found) == 1 else None


def _names(texts: Collection[str], title: str) -> bool:
    wanted = fold(title)
    return any(wanted in text for text in texts)
