"""A letter's number and date, as the ledger knows them, by which other letters speak of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reference:
    """``number`` as the registry gave it (``ดศ 0205/123``) and the day of the letter; blank and None until recorded."""

    number: str = ""
    day: date | None = None


BLANK = Reference()
