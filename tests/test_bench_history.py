"""The history of measurements: a regression of more than 15 % is marked."""

from __future__ import annotations

from pathlib import Path

from bench.history import Row, last_ratios, note

ABOUT = {"day": "2026-11-29", "version": "0.5.0"}


def test_the_newest_run_of_as_many_units_is_compared_with(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    assert last_ratios(path, 100) == {}
    note(path, [Row("a form", "openpyxl", 2, 4, "<= 1")], {**ABOUT, "units": 100})
    note(path, [Row("a form", "openpyxl", 3, 4, "<= 1")], {**ABOUT, "units": 100})
    note(path, [Row("a form", "openpyxl", 4, 4, "<= 1")], {**ABOUT, "units": 7})
    assert last_ratios(path, 100) == {"a form": 0.75}
    assert len(path.read_text("utf-8").splitlines()) == 4


def test_what_is_a_good_deal_slower_is_marked() -> None:
    row = Row("a form", "openpyxl", 1.16, 1, "<= 1")
    assert "+16% !" in row.line(1.0)
    assert "!" not in row.line(1.01)
    assert "-42%" in row.line(2.0)
    assert "%" not in row.line(None)
