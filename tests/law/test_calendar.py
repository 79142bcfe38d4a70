"""Counting time: month ends, leap days, the change of the clocks, weekends and holidays, and that later stays later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxigen.law import Length, Unit
from praxigen.law.calendar import add, add_business_days, add_months, business_day_before, closed

NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(["America/New_York", "America/Los_Angeles", "America/Phoenix", "UTC", "Australia/Lord_Howe"])
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
LENGTHS = st.builds(Length, st.integers(1, 200), st.sampled_from(list(Unit)))


@given(DAYS, st.integers(0, 400), LENGTHS, ZONES)
def test_a_later_start_never_ends_earlier(day: date, after: int, length: Length, name: str) -> None:
    zone = ZoneInfo(name)
    assert add(length, day, None, zone) <= add(length, day + timedelta(days=after), None, zone)


@given(DAYS, st.integers(1, 199), st.sampled_from(list(Unit)))
def test_a_longer_clock_never_ends_earlier(day: date, number: int, unit: Unit) -> None:
    assert add(Length(number, unit), day, None, NEW_YORK) <= add(Length(number + 1, unit), day, None, NEW_YORK)


@given(DAYS, LENGTHS, ZONES)
def test_days_and_months_end_at_the_last_minute_of_a_day(day: date, length: Length, name: str) -> None:
    end = add(length, day, None, ZoneInfo(name))
    if length.unit is not Unit.HOURS:
        assert (end.hour, end.minute) == (23, 59)
    assert end.date() > day


@given(st.integers(0, 40 * 365 * 24 * 60), st.integers(1, 200), ZONES)
def test_hours_are_hours_that_have_passed(minutes: int, hours: int, name: str) -> None:
    zone = ZoneInfo(name)
    begun = (datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(zone)
    end = add(Length(hours, Unit.HOURS), begun.date(), begun, zone)
    assert end.astimezone(UTC) - begun.astimezone(UTC) == timedelta(hours=hours)
    assert end.tzinfo is zone


@given(DAYS, st.integers(1, 48))
def test_a_month_ends_on_the_same_day_or_on_the_last_of_a_shorter_one(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 60))
def test_a_business_day_is_never_a_closed_one(day: date, number: int) -> None:
    end = add_business_days(day, number)
    passed = [day + timedelta(days=each) for each in range(1, (end - day).days + 1)]
    assert closed(end) == ""
    assert sum(closed(each) == "" for each in passed) == number


@given(DAYS)
def test_the_business_day_before_is_before_and_open(day: date) -> None:
    before = business_day_before(day)
    assert before < day
    assert closed(before) == ""
    assert all(closed(before + timedelta(days=each)) for each in range(1, (day - before).days))


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2027, 10, 30), 4, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 9, 15), 4, date(2027, 1, 15)),
    ],
)
def test_month_ends_and_leap_days(day: date, months: int, end: date) -> None:
    assert add_months(day, months) == end


def test_calendar_days_pass_over_a_leap_day() -> None:
    two = Length(2, Unit.CALENDAR_DAYS)
    assert add(two, date(2028, 2, 28), None, NEW_YORK).date() == date(2028, 3, 1)
    assert add(two, date(2027, 2, 28), None, NEW_YORK).date() == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("at", "end"),
    [
        # Clocks go forward on 2026-03-08 and back on 2026-11-01.
        ("2026-03-06T10:00-05:00", "2026-03-09T11:00-04:00"),
        ("2026-10-30T10:00-04:00", "2026-11-02T09:00-05:00"),
        ("2026-06-01T10:00-04:00", "2026-06-04T10:00-04:00"),
    ],
)
def test_seventy_two_hours_over_a_change_of_the_clocks(at: str, end: str) -> None:
    begun = datetime.fromisoformat(at)
    assert add(Length(72, Unit.HOURS), begun.date(), begun, NEW_YORK).isoformat("T", "minutes") == end


def test_hours_without_a_time_count_from_the_end_of_the_day() -> None:
    end = add(Length(72, Unit.HOURS), date(2026, 6, 1), None, NEW_YORK)
    assert end.isoformat() == "2026-06-05T00:00:00-04:00"


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-07-03", "Independence Day"),  # the 4th is a Saturday
        ("2026-07-04", "a Saturday"),
        ("2027-07-05", "Independence Day"),  # the 4th is a Sunday
        ("2027-12-31", "New Year's Day"),  # of 2028, which begins on a Saturday
        ("2026-01-19", "Martin Luther King Jr. Day"),
        ("2026-02-16", "Washington's Birthday"),
        ("2026-05-25", "Memorial Day"),
        ("2027-05-31", "Memorial Day"),
        ("2026-06-19", "Juneteenth"),
        ("2026-09-07", "Labor Day"),
        ("2026-10-12", "Columbus Day"),
        ("2026-11-11", "Veterans Day"),
        ("2026-11-26", "Thanksgiving Day"),
        ("2026-12-25", "Christmas Day"),
        ("2026-11-27", ""),
    ],
)
def test_federal_holidays(day: str, why: str) -> None:
    assert closed(date.fromisoformat(day)) == why


@pytest.mark.parametrize("year", range(2024, 2041))
def test_a_year_has_eleven_holidays_give_or_take_the_new_year(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=each) for each in range(366)]
    kept = {day for day in days if day.year == year and closed(day) not in {"", "a Saturday", "a Sunday"}}
    assert 10 <= len(kept) <= 12
