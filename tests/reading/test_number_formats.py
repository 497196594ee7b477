"""R6: what a cell shows of its number or day, by its number format."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.forms.reading.spreadsheets.number_formats import is_faithful, is_percent, shown


@pytest.mark.parametrize(
    ("code", "number", "seen"),
    [
        ("0000000000", 812345678, "0812345678"),
        ("0##-###-####", 812345678, "081-234-5678"),
        ("[<=9999999]000-0000;(000) 000-0000", 21410000, "(002) 141-0000"),
        ("0%", 0.8, "80%"),
        ("0.00%", 0.3125, "31.25%"),
        ("[<=1]0%;0", 0.5, "50%"),
        ("[<=1]0%;0", 20, "20"),
        ("#,##0.00", 1234567.891, "1,234,567.89"),
        ("#,##0", 999, "999"),
        ("0.0", 2.25, "2.3"),
        ("0.00##", 3.1, "3.10"),
        ("0.0", -2.25, "-2.3"),
        ("#,##0;(#,##0)", -1200, "(1,200)"),
        ('"ฉบับที่ "0', 3, "ฉบับที่ 3"),
        ('0" คน"', 28, "28 คน"),
        ("[$-D00041E]0", 28, "28"),
        ("General", 5, ""),
        ("@", 5, ""),
        ("0.00E+00", 12000, ""),  # not followed here: the number itself then stands
        ("# ?/?", 0.5, ""),
        ("0,", 12000, "12"),
        ("0", float("nan"), ""),
        ("0.00%", 1e300, ""),
    ],
)
def test_what_a_number_shows(code: str, number: float, seen: str) -> None:
    assert shown(code, number) == seen


@pytest.mark.parametrize(
    ("code", "day", "seen"),
    [
        ("mmm\\-yy", datetime(2569, 1, 1), "ม.ค.-69"),  # typed as 1/2569
        ("d-mmm", date(2026, 2, 1), "1-ก.พ."),  # typed as 1-2
        ("d/m/bbbb", date(2025, 10, 2), "2/10/2568"),
        ("[$-107041E]d mmmm yyyy;@", date(2025, 10, 2), "2 ตุลาคม 2568"),
        ("dd/mm/yyyy h:mm", datetime(2025, 10, 2, 8, 30), "02/10/2025"),
        ("yyyy\\-mm\\-dd", date(2025, 1, 2), "2025-01-02"),
        ("General", date(2025, 1, 2), ""),
    ],
)
def test_what_a_day_shows(code: str, day: date, seen: str) -> None:
    assert shown(code, day) == seen


@pytest.mark.parametrize(
    ("code", "number", "percent"),
    [
        ("0%", 0.5, True),
        ("[<=1]0%;0", 0.5, True),
        ("[<=1]0%;0", 20, False),
        ("0;-0%", -0.5, True),
        ("0;-0%", 0.5, False),
        ('0"%"', 0.5, False),
        ("0\\%", 0.5, False),
        ('0";%"', 0.5, False),
    ],
)
def test_a_per_cent_is_told_by_the_section_that_shows_the_number(code: str, number: float, percent: bool) -> None:
    assert is_percent(code, number) is percent


@given(st.integers(0, 10**12))
def test_zeros_in_front_are_kept_and_groups_are_the_number(number: int) -> None:
    assert shown("0000000000", number) == f"{number:010}"
    assert shown("#,##0", number) == f"{number:,}"


@given(st.integers(-(10**12), 10**12), st.sampled_from(["0", "#,##0", "0.0", "0.00", "#,##0.00", "#,##0.0000"]))
def test_a_faithful_format_shows_the_number_to_its_decimals(thousandths: int, code: str) -> None:
    number = Decimal(thousandths).scaleb(-3)
    told = Decimal(shown(code, float(number)).replace(",", ""))
    assert is_faithful(code)
    assert abs(told - number) <= Decimal("0.5").scaleb(told.as_tuple().exponent)  # type: ignore[arg-type]  # finite


@pytest.mark.parametrize(
    "code", ["General", "0,", "0.0,", "0%", '0" ล้าน"', "#", "0.##", "#,##0;(0)", "[<5]0", "00", "0.00 ", "d", "", "@"]
)
def test_what_is_not_known_to_be_faithful_by_its_shape_is_looked_at(code: str) -> None:
    assert not is_faithful(code)


@given(st.text(max_size=20), st.floats() | st.dates())
def test_no_format_stops_the_reading(code: str, value: object) -> None:
    assert isinstance(shown(code, value), str)
