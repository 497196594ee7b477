"""A letter's number and date, as the ledger knows them, and how other letters speak of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plan_tracker.config import Office
from plan_tracker.documents import wording as w
from plan_tracker.fiscal import long_date

_NUMBER_BLANK, _DAY_BLANK = "." * 20, "." * 30


@dataclass(frozen=True, slots=True)
class Reference:
    """``number`` as the registry gave it (``ดศ 0205/123``) and the day of the letter; blank and None until recorded."""

    number: str = ""
    day: date | None = None

    @property
    def clean_number(self) -> str:
        """The number without a ที่ of its own, since letters print one before it."""
        return self.number.strip().removeprefix("ที่").strip()

    def cited(self, office: Office, *, memo: bool) -> str:
        """``บันทึกข้อความ… ที่ … ลงวันที่ …`` or ``หนังสือ… ที่ … ลงวันที่ …``; dots for what is not recorded yet."""
        source = f"บันทึกข้อความ{office.division}" if memo else f"หนังสือ{office.name}"
        day = w.bound(long_date(self.day)) if self.day else _DAY_BLANK
        return f"{source} ที่ {self.clean_number or _NUMBER_BLANK} ลงวันที่ {day}"


BLANK = Reference()
