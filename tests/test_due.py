"""Due dates: on working days alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.config import Config, Due, read_config
from plan_tracker.due import comments_due, correction_due, reminder_due, return_due, step_due
from plan_tracker.due.working_days import is_working_day, working_day
from plan_tracker.fiscal import Period
from tests.desk import Desk
from tools.make_holidays import TABLE, holidays_text

CONFIG = Config(2569)


def test_the_table_is_what_the_library_says() -> None:
    assert TABLE.read_text(encoding="utf-8") == holidays_text()


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 1, 14), date(2026, 1, 14)),  # a Wednesday
        (date(2026, 1, 17), date(2026, 1, 19)),  # a Saturday
        (date(2026, 4, 11), date(2026, 4, 16)),  # a Saturday, before Songkran
        (date(2026, 5, 30), date(2026, 6, 2)),  # Visakha Bucha on a Sunday, made up for on the Monday
        (date(2025, 12, 31), date(2026, 1, 5)),  # New Year's, with the Friday that the cabinet added
    ],
)
def test_a_day_off_becomes_the_next_working_day(day: date, following: date) -> None:
    assert working_day(CONFIG, day) == following


def test_an_office_adds_days_as_people_write_them(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('fiscal_year = 2569\n[due]\nholidays = ["14 ม.ค. 2569", 2026-01-15, "2569-01-16"]\n', "utf-8")
    config = read_config(path)
    assert config.due.holidays == (date(2026, 1, 14), date(2026, 1, 15), date(2026, 1, 16))
    assert working_day(config, date(2026, 1, 14)) == date(2026, 1, 19)


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.integers(0, 60), st.integers(1, 4))
def test_no_deadline_falls_on_a_day_off(today: date, days: int, quarter: int) -> None:
    """And none is moved by more than a day off lasts, nor forward to before it was."""
    config = CONFIG._replace(due=Due(days, days, days, days, circulation=days))
    period = Period(today.year + 543, quarter)
    plain, after = today + timedelta(days=days), period.last_day + timedelta(days=days)
    dues = {
        correction_due(config, today): plain,
        reminder_due(config, today): plain,
        comments_due(config, today): plain,
    }
    dues |= {return_due(config, period): after, step_due(config, period, "circulation"): after}
    for due, counted in dues.items():
        assert is_working_day(config, due)
        assert timedelta() <= due - counted <= timedelta(days=9)


def test_letters_forms_and_calendar_agree(desk: Desk) -> None:
    """Q1's fifteenth day after its end is made a holiday."""
    config = desk.root / "config.toml"
    config.write_text(config.read_text("utf-8").replace("holidays = []", 'holidays = ["15 ม.ค. 2569"]'), "utf-8")
    steps = desk.run("calendar", "q1", expect=0)["steps"]
    assert "2026-01-16" in {step["due"] for step in steps}
    desk.today = date(2026, 1, 17)
    assert {line["days_late"] for line in desk.run("status", "q1")["units"]} == {1}
