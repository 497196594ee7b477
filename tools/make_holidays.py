"""Writes down Thailand's public and government holidays, year by year, from the library that keeps them.

The library takes over a second to load, and a due date must not move when it is upgraded: so its days are written into
``src/plan_tracker/due/holidays.txt``, and are taken up anew by ``make holidays``.
"""

from __future__ import annotations

from pathlib import Path

YEARS = range(2024, 2041)
TABLE = Path(__file__).parents[1] / "src" / "plan_tracker" / "due" / "holidays.txt"


def holidays_text() -> str:
    """A line for each day: the day, a space, and what it is called in Thai."""
    from holidays.countries.thailand import Thailand

    known = Thailand(years=YEARS, categories=("public", "government"), language="th")  # type: ignore[no-untyped-call]
    return "".join(f"{day.isoformat()} {known[day]}\n" for day in sorted(known))


if __name__ == "__main__":
    TABLE.write_text(holidays_text(), encoding="utf-8")
