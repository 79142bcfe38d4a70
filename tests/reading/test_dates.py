"""Dates and what lies between them. What is impossible is no date, and no length is overstated."""

from datetime import date
from fractions import Fraction

import pytest

from praxigen.model.amount import Span, Unit
from praxigen.reading.times import find_times, read_date
from support.charts import lasted
from support.readings import time, times


@pytest.mark.parametrize(
    "text",
    [
        "3/14/25",
        "3/14/2025",
        "03-14-2025",
        "2025-03-14",
        "March 14, 2025",
        "Mar. 14 2025",
        "14 March 2025",
        "March 14th, 2025",
    ],
)
def test_a_date_is_read_in_us_order(text: str) -> None:
    assert read_date(text) == date(2025, 3, 14)
    assert time(f"seen on {text} in clinic", "date").began == date(2025, 3, 14)


@pytest.mark.parametrize("text", ["March 2025", "3/2025", "Mar. 2025", "early March 2025", "March of 2025"])
def test_a_month_is_its_first_day_or_its_last(text: str) -> None:
    assert (read_date(text), read_date(text, last=True)) == (date(2025, 3, 1), date(2025, 3, 31))


@pytest.mark.parametrize(("text", "day"), [("February 2024", 29), ("February 2025", 28), ("4/2025", 30)])
def test_the_last_day_of_a_short_month(text: str, day: int) -> None:
    last = read_date(text, last=True)
    assert last is not None
    assert last.day == day


@pytest.mark.parametrize(("text", "year"), [("1/2/49", 2049), ("1/2/50", 1950), ("1/2/99", 1999)])
def test_a_year_of_two_digits_is_a_near_one(text: str, year: int) -> None:
    assert read_date(text) == date(year, 1, 2)


@pytest.mark.parametrize(
    "text", ["13/45/2025", "2/30/2025", "2/29/2025", "31 June 2025", "13/2025", "0/1/2025", "1/1/1850", "2025-13-01"]
)
def test_an_impossible_date_is_no_date(text: str) -> None:
    assert read_date(text) is None
    assert times(f"seen on {text}.") == []


def test_a_leap_day_is_a_date() -> None:
    assert read_date("2/29/2024") == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text", ["VAS 8/10", "VAS 8/10 today", "pain 7/10 at rest, 9/10 with walking", "strength 5/5", "10/10"]
)
def test_a_score_is_not_a_date(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "PT 3/14/25-9/20/25",
        "PT 3/14/25–9/20/25",
        "3/14/25 to 9/20/25",
        "from 3/14 - 9/20/25",
        "2025-03-14 through 2025-09-20",
        "March 14 until September 20, 2025",
        "3-14-25 to 9-20-25",
    ],
)
def test_a_range_has_both_days_and_the_days_between(text: str) -> None:
    mention = time(text, "range")
    assert (mention.began, mention.ended) == (date(2025, 3, 14), date(2025, 9, 20))
    assert mention.duration == lasted("190 days")


def test_from_the_same_day_to_the_same_day_are_calendar_months() -> None:
    assert time("3/14/25 to 9/14/25", "range").duration == lasted("6 months")


def test_the_first_day_of_a_range_may_lie_in_the_year_before() -> None:
    assert time("11/14 - 2/20/25", "range").began == date(2024, 11, 14)


def test_from_month_to_month_may_be_a_month_less() -> None:
    assert time("January to June 2025", "range").duration == lasted("5-6 months")


def test_days_without_a_year_are_counted_in_a_common_one() -> None:
    mention = time("July 7 to September 15", "range")
    assert (mention.duration, mention.began) == (lasted("70 days"), None)


def test_days_without_a_year_may_run_over_its_turn() -> None:
    assert time("December 1 to January 12", "range").duration == lasted("42 days")


def test_a_range_that_runs_back_is_none() -> None:
    assert {mention.kind for mention in times("from 9/20/25 to 3/14/25")} == {"date"}


def test_an_impossible_end_makes_no_range() -> None:
    assert [mention.duration for mention in times("PT 3/14/25 - 13/45/25")] == [None]


@pytest.mark.parametrize(
    ("text", "began", "length"),
    [
        ("since 3/1/2025", date(2025, 3, 1), "over 245 days"),
        ("since March 2025", date(2025, 3, 31), "over 215 days"),
        ("beginning in March 2025", date(2025, 3, 31), "over 215 days"),
        ("since mid-June 2025", date(2025, 6, 30), "over 124 days"),
        ("since 2023", date(2023, 12, 31), "over 671 days"),
        ("3/1/2025 to present", date(2025, 3, 1), "over 245 days"),
        ("2024 to present", date(2024, 12, 31), "over 305 days"),
    ],
)
def test_since_counts_from_the_last_possible_day(text: str, began: date, length: str) -> None:
    mention = time(text, "since")
    assert (mention.began, mention.ended, mention.duration) == (began, None, lasted(length))


def test_since_has_no_length_where_the_note_has_no_date() -> None:
    (mention,) = find_times("PT since March 2025", None)
    assert (mention.kind, mention.duration) == ("since", None)


def test_since_a_day_to_come_has_no_length() -> None:
    assert time("since January 2026", "since").duration is None


def test_what_began_then_and_goes_on_lasted_since() -> None:
    text = "started ten months ago and has continued without interruption"
    assert time(text, "since").duration == lasted("over 10 months")


def test_since_some_weeks_ago_is_not_yet_a_week_more() -> None:
    found = time("since about six weeks ago", "since").duration
    assert found is not None
    assert found.at_least(Span(Fraction(6), Unit.WEEK)) is True
    assert found.at_least(Span(Fraction(7), Unit.WEEK)) is False


@pytest.mark.parametrize(
    ("text", "fewest", "most"),
    [
        ("late March to early April 2022", 1, 20),
        ("early March to late April 2022", 42, 60),
        ("mid March to mid May 2022", 52, 70),
        ("late February to early March 2024", 1, 18),
    ],
)
def test_parts_of_months_bound_a_length(text: str, fewest: int, most: int) -> None:
    found = time(text, "range").duration
    assert found is not None
    assert found.low == Span(Fraction(fewest), Unit.DAY)
    assert found.high == Span(Fraction(most), Unit.DAY)


def test_what_began_then_may_have_ended_since() -> None:
    assert [mention.kind for mention in times("started ten months ago")] == ["ago"]


@pytest.mark.parametrize(
    ("text", "length"), [("November to February", "3-4 months"), ("from January through March", "2-3 months")]
)
def test_months_need_no_digit(text: str, length: str) -> None:
    assert time(text, "range").duration == lasted(length)


@pytest.mark.parametrize("text", ["she may to december", "Dr. May to decide", "use margin to mark"])
def test_words_that_begin_as_months_are_none(text: str) -> None:
    assert [mention for mention in times(text) if mention.kind == "range"] == []


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("July 20 to September", "43-72 days"),
        ("March 2025 to 9/20/25", "173-203 days"),
        ("3/14/25 to September 2025", "171-200 days"),
    ],
)
def test_a_month_beside_a_day_may_be_any_of_its_days(text: str, length: str) -> None:
    assert time(text, "range").duration == lasted(length)
