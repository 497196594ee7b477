"""Domain §5: the Thai fiscal year, its quarters, and how dates, digits, money and per cents are written."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.errors import UsageError
from plan_tracker.fiscal import (
    MONTHS,
    QUARTERS,
    SHORT_MONTHS,
    YEAR_END,
    Period,
    arabic_digits,
    long_date,
    parse_date,
    parse_period,
    parse_quarter,
    parse_year,
    short_date,
    spoken_date,
    thai_digits,
)
from plan_tracker.i18n import use_language
from plan_tracker.rounding import half_up, per_cent

years = st.integers(2400, 2999)


@pytest.mark.parametrize(
    ("period", "first", "last", "text", "span"),
    [
        (Period(2569, 1), date(2025, 10, 1), date(2025, 12, 31), "2569-q1", "1 ตุลาคม 2568 – 31 ธันวาคม 2568"),
        (Period(2569, 2), date(2026, 1, 1), date(2026, 3, 31), "2569-q2", "1 มกราคม 2569 – 31 มีนาคม 2569"),
        (Period(2569, 3), date(2026, 4, 1), date(2026, 6, 30), "2569-q3", "1 เมษายน 2569 – 30 มิถุนายน 2569"),
        (Period(2569, 4), date(2026, 7, 1), date(2026, 9, 30), "2569-q4", "1 กรกฎาคม 2569 – 30 กันยายน 2569"),
        (Period(2567, 2), date(2024, 1, 1), date(2024, 3, 31), "2567-q2", "1 มกราคม 2567 – 31 มีนาคม 2567"),
        (Period(2570, 1), date(2026, 10, 1), date(2026, 12, 31), "2570-q1", "1 ตุลาคม 2569 – 31 ธันวาคม 2569"),
    ],
)
def test_a_quarter_has_its_days(period: Period, first: date, last: date, text: str, span: str) -> None:
    assert (period.first_day, period.last_day, str(period), period.span) == (first, last, text, span)
    assert period.title == f"ไตรมาสที่ {period.quarter} ปีงบประมาณ พ.ศ. {period.fiscal_year}"


@given(years)
def test_the_quarters_of_a_year_follow_each_other_without_a_gap(year: int) -> None:
    periods = [Period(year, quarter) for quarter in QUARTERS]
    following = [*periods[1:], Period(year + 1, 1)]
    assert periods == sorted(periods)
    assert all(a.last_day + timedelta(days=1) == b.first_day for a, b in zip(periods, following, strict=True))
    assert periods[0].first_day == date(year - 544, 10, 1)
    assert periods[3].last_day == date(year - 543, 9, 30)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("q1", Period(2569, 1)),
        ("Q4", Period(2569, 4)),
        (" q2 ", Period(2569, 2)),
        ("2570-q3", Period(2570, 3)),
        ("2570-Q3", Period(2570, 3)),
        *((text, Period(2569, 2)) for text in ("2", "๒", "ไตรมาส 2", "ไตรมาสที่ ๒", "ไตรมาส2", "Quarter 2", "q 2")),
        *(
            (text, Period(2570, 1))
            for text in ("70-q1", "2570q1", "2570-1", "q1-2570", "1/2570", "1/70", "๑/๒๕๗๐", "1/2027")
        ),
        ("ไตรมาสที่ 3 ปีงบประมาณ พ.ศ. 2570", Period(2570, 3)),
        ("Q3 of fiscal year 2570", Period(2570, 3)),
        *((str(Period(2568, quarter)), Period(2568, quarter)) for quarter in QUARTERS),
    ],
)
def test_a_quarter_is_read(text: str, period: Period) -> None:
    assert parse_quarter(text, 2569) == parse_period(text, 2569) == period


@pytest.mark.parametrize(
    "text", ["", "q0", "q5", "5", "12", "269", "q", "q1 q2", "ไตรมาสหนึ่ง", "ไตรมาส", "1/2", "../q1", "2569", "1/569"]
)
def test_what_is_no_quarter_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_quarter(text, 2569)
    assert text in refused.value.what
    assert "q1" in refused.value.advice


@pytest.mark.parametrize(
    "text", ["year-end", " YEAR-END ", "2569-year-end", "สิ้นปี", "สิ้นปีงบประมาณ พ.ศ. 2569", "year end 69"]
)
def test_the_year_end_is_a_period_and_no_quarter(text: str) -> None:
    year_end = parse_period(text, 2569)
    assert year_end == Period(2569, YEAR_END)
    assert str(year_end) == "2569-year-end"
    assert year_end.quarters == tuple(Period(2569, quarter) for quarter in QUARTERS)
    assert (year_end.first_day, year_end.last_day) == (date(2025, 10, 1), date(2026, 9, 30))
    assert Period(2569, 4) < year_end < Period(2570, 1)
    with pytest.raises(UsageError):
        parse_quarter(text, 2569)


@pytest.mark.parametrize("text", ["", "year", "end", "สิ้น", "q5"])
def test_what_is_no_period_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_period(text, 2569)
    assert text in refused.value.what
    assert "year-end" in refused.value.advice


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("2569-01-31", date(2026, 1, 31)),
        ("2026-1-5", date(2026, 1, 5)),
        (" 2026-01-05 ", date(2026, 1, 5)),
        ("2567-02-29", date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29)),
        ("31/1/2569", date(2026, 1, 31)),
        ("31-01-2026", date(2026, 1, 31)),
        ("๓๑.๑.๒๕๖๙", date(2026, 1, 31)),
        *((text, date(2025, 12, 16)) for text in ("16 ธ.ค. 2568", "16 ธ.ค. 68", "16 ธค 2568", "16ธันวาคม2568")),
        *((text, date(2025, 12, 16)) for text in ("วันที่ 16 ธันวาคม พ.ศ. 2568", "๑๖  ธันวาคม ๒๕๖๘", "16 ธันวาคม 2025")),
    ],
)
def test_a_date_of_the_command_line_is_read_in_either_era(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "2569-02-29",
        "2568-02-29",
        "2026-02-30",
        "2026-13-01",
        "2026-00-01",
        "2026/01/31",
        "31/1/69",
        "31/1-2569",
        "16 ธันวา 2568",
        "31 ก.พ. 2569",
        "ธ.ค. 2568",
        "26-01-31",
    ],
)
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_date(text)
    assert text in refused.value.what
    assert "2569-01-31" in refused.value.advice


@given(st.dates(date(1900, 1, 1), date(2399, 12, 31)))
def test_any_date_reads_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    if day.year + 543 >= 2500:
        assert parse_date(f"{day.year + 543}-{day.month}-{day.day}") == day
        assert parse_date(f"{day.day}/{day.month}/{day.year + 543}") == day
        assert parse_date(long_date(day)) == parse_date(thai_digits(long_date(day))) == day


@given(st.dates(date(1957, 1, 1), date(2056, 12, 31)))
def test_a_short_date_reads_back_for_a_hundred_years(day: date) -> None:
    assert parse_date(short_date(day)) == day


@given(years, st.sampled_from([*QUARTERS, YEAR_END]), st.sampled_from(["th", "en"]))
def test_a_period_reads_back_however_plantrack_tells_it(year: int, quarter: int, language: str) -> None:
    period = Period(year, quarter)
    use_language(language)
    try:
        told = [str(period), period.title, thai_digits(period.title), period.spoken]
    finally:
        use_language("th")
    assert [parse_period(text, 2569) for text in told] == [period] * 4
    assert parse_period(period.name, year) == period


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_period_or_refused(text: str) -> None:
    for parse in (lambda words: parse_period(words, 2569), parse_date, parse_year):
        with suppress(UsageError):
            parse(text)


@pytest.mark.parametrize(
    "text", ["2569", "69", "๒๕๖๙", "2026", " ๖๙ ", "ปี 2569", "ปีงบประมาณ พ.ศ. 2569", "fiscal year 2569"]
)
def test_a_year_is_read_as_people_write_it(text: str) -> None:
    assert parse_year(text) == 2569


@pytest.mark.parametrize("text", ["", "9", "569", "25690", "q1", "ปี", "หกสิบเก้า"])
def test_what_is_no_year_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_year(text)
    assert text in refused.value.what


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2025, 10, 1), "1 ตุลาคม 2568", "1 ต.ค. 68"),
        (date(2026, 2, 28), "28 กุมภาพันธ์ 2569", "28 ก.พ. 69"),
        (date(2024, 2, 29), "29 กุมภาพันธ์ 2567", "29 ก.พ. 67"),
        (date(2057, 1, 1), "1 มกราคม 2600", "1 ม.ค. 00"),
        (date(2062, 6, 5), "5 มิถุนายน 2605", "5 มิ.ย. 05"),
    ],
)
def test_dates_are_written_long_and_short(day: date, long: str, short: str) -> None:
    assert (long_date(day), short_date(day)) == (long, short)


def test_there_are_twelve_months_and_short_ones_abbreviate_them() -> None:
    assert len(set(MONTHS)) == len(set(SHORT_MONTHS)) == 12
    assert all(short[0] in long[:2] for long, short in zip(MONTHS, SHORT_MONTHS, strict=True))


@pytest.mark.parametrize(
    ("arabic", "thai"),
    [("0123456789", "๐๑๒๓๔๕๖๗๘๙"), ("1 ตุลาคม 2568", "๑ ตุลาคม ๒๕๖๘"), ("1,250.50", "๑,๒๕๐.๕๐"), ("", ""), ("ก", "ก")],
)
def test_digits(arabic: str, thai: str) -> None:
    assert (thai_digits(arabic), arabic_digits(thai)) == (thai, arabic)


@given(st.text())
def test_digits_come_back(text: str) -> None:
    assert arabic_digits(thai_digits(text)) == arabic_digits(text)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("0.005", 2, "0.01"),
        ("0.015", 2, "0.02"),
        ("2.675", 2, "2.68"),
        ("0.0049999", 2, "0.00"),
        ("-0.005", 2, "-0.01"),
        ("33.333333", 2, "33.33"),
        ("66.666666", 2, "66.67"),
        ("5", 2, "5.00"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("1.23456", 4, "1.2346"),
    ],
)
def test_half_is_rounded_up(value: str, places: int, rounded: str) -> None:
    assert str(half_up(Decimal(value), places)) == rounded


@given(st.decimals(-(10**13), 10**13, allow_nan=False, places=6))
def test_rounding_moves_by_at_most_half_a_satang(value: Decimal) -> None:
    rounded = half_up(value)
    assert abs(rounded - value) <= Decimal("0.005")
    assert half_up(rounded) == rounded


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [("1", "4", "25"), ("0", "4", "0"), ("5", "4", "125"), ("0", "0", None), ("5", "0", None), ("5", "0.00", None)],
)
def test_per_cent(part: str, whole: str, share: str | None) -> None:
    assert per_cent(Decimal(part), Decimal(whole)) == (None if share is None else Decimal(share))


def test_per_cent_is_not_rounded_before_its_time() -> None:
    third = per_cent(Decimal(1), Decimal(3))
    assert third is not None
    assert third != half_up(third) == Decimal("33.33")


def test_the_screen_names_periods_and_days_in_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANTRACK_LANG", raising=False)
    said = {}
    for language in ("en", "th"):
        use_language(language)
        day = date(2025, 10, 1)
        said[language] = Period(2569, 2).spoken, Period(2569, YEAR_END).spoken, spoken_date(day)
    assert said == {
        "en": ("Q2 of fiscal year 2569", "year-end of fiscal year 2569", "2025-10-01"),
        "th": (Period(2569, 2).title, Period(2569, YEAR_END).title, "1 ต.ค. 68"),
    }
