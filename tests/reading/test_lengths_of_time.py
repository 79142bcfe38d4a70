"""How long something lasted, in the words of clinicians."""

import pytest

from praxigen.model.amount import Duration
from support.charts import lasted, span
from support.readings import time, times


def length(text: str) -> Duration:
    duration = time(text, "duration").duration
    assert duration is not None
    return duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("physical therapy 8 wks", "8 weeks"),
        ("PT x 6 weeks", "6 weeks"),
        ("PT x6wks", "6 weeks"),
        ("PT × 6 weeks", "6 weeks"),
        ("rest for 3mo", "3 months"),
        ("for 10 yrs", "10 years"),
        ("for six weeks", "6 weeks"),
        ("for six (6) weeks", "6 weeks"),
        ("an eight-week course", "8 weeks"),
        ("a 6-week course", "6 weeks"),
        ("a couple of months", "2 months"),
        ("6 consecutive weeks", "6 weeks"),
        ("6 supervised weeks", "6 weeks"),
        ("approximately 3 months", "3 months"),
        ("~3 months", "3 months"),
        ("for the past six months", "6 months"),
        ("over the past year", "1 year"),
        ("for half a year", "6 months"),
        ("41 days", "41 days"),
        ("could not continue past day 90", "90 days"),
    ],
)
def test_a_length_is_read(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 1/2 weeks", "6.5 weeks"),
        ("6.5 weeks", "6.5 weeks"),
        ("six and a half weeks", "6.5 weeks"),
        ("a year and a half", "1.5 years"),
        ("two and a half years", "2.5 years"),
        ("five months and a half", "5.5 months"),
    ],
)
def test_a_half_is_added(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5-6 months", "5-6 months"), ("5 to 6 months", "5-6 months"), ("six to eight weeks", "6-8 weeks")],
)
def test_a_length_between_two_numbers_keeps_both(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 6 weeks", "over 6 weeks"),
        ("more than 6 weeks", "over 6 weeks"),
        (">6 weeks", "over 6 weeks"),
        ("≥ 6 weeks", "over 6 weeks"),
        ("6+ weeks", "over 6 weeks"),
        ("6 weeks or more", "over 6 weeks"),
        ("over 6 months", "over 6 months"),
        ("for years", "over 2 years"),
        ("for several months", "over 2 months"),
        ("up to 6 weeks", "under 6 weeks"),
        ("≤ 6 weeks", "under 6 weeks"),
    ],
)
def test_an_open_end_stays_open(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


@pytest.mark.parametrize(
    "text", ["less than 6 weeks", "nearly six weeks", "just under six weeks", "<6 weeks", "not quite six weeks"]
)
def test_not_quite_six_weeks_are_not_six(text: str) -> None:
    assert length(text).at_least(span("6 weeks")) is False


@pytest.mark.parametrize(("text", "enough"), [("41 days", False), ("42 days", True), ("up to 6 weeks", None)])
def test_six_weeks_are_42_days(text: str, enough: bool | None) -> None:
    assert length(text).at_least(span("6 weeks")) is enough


@pytest.mark.parametrize("text", ["half a year", "6 months"])
def test_half_a_year_is_six_months(text: str) -> None:
    assert length(text).at_least(span("6 months")) is True


def test_five_to_six_months_leave_six_months_open() -> None:
    assert length("5-6 months").at_least(span("6 months")) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two courses of ten weeks each", "20 weeks"),
        ("4 weeks in January, then 4 more weeks", "8 weeks"),
        ("4 weeks and then another 4 weeks", "8 weeks"),
    ],
)
def test_courses_add_up(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


@pytest.mark.parametrize("text", ["six weeks ago", "6 weeks prior", "two months earlier"])
def test_how_long_ago_is_not_how_long(text: str) -> None:
    assert [mention.kind for mention in times(text)] == ["ago"]


@pytest.mark.parametrize("text", ["a 62-year-old man", "a 62 year old woman", "62 y/o", "62 yo", "age 62 years old"])
def test_an_age_is_no_length(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize("text", ["L4-5 and L5-S1", "24/7", "gabapentin 300 mg", "no numbers at all", ""])
def test_what_tells_no_time_is_left_alone(text: str) -> None:
    assert times(text) == []


def test_a_mention_says_where_it_stands() -> None:
    text = "PT for six weeks without relief"
    mention = time(text, "duration")
    assert text[mention.start : mention.end] == "six weeks"


def test_mentions_come_in_the_order_of_the_text() -> None:
    text = "NSAIDs for 8 weeks, PT for 6 weeks, rest for 2 weeks"
    assert [text[mention.start : mention.end] for mention in times(text)] == ["8 weeks", "6 weeks", "2 weeks"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("for 3.5years", "3.5 years"),
        ("for 1.5wks", "1.5 weeks"),
        ("for .5 years", "0.5 years"),
        ("1/2 year", "0.5 years"),
        ("1/2 week", "0.5 weeks"),
        ("2½ months", "2.5 months"),
        ("one and one half years", "1.5 years"),
        ("one and a quarter years", "1.25 years"),
        ("one year and a quarter", "1.25 years"),
        ("a half year", "6 months"),
        ("half of the year", "6 months"),
        ("a quarter of a year", "3 months"),
        ("3 quarters of a year", "9 months"),
        ("three-quarters of a year", "9 months"),
        ("half an hour", "0.5 hours"),
    ],
)
def test_a_part_is_not_the_whole(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("seventeen weeks", "17 weeks"),
        ("nineteen months", "19 months"),
        ("twenty-six weeks", "26 weeks"),
        ("thirty six weeks", "36 weeks"),
        ("forty-two days", "42 days"),
        ("twenty and four hours", "24 hours"),
        ("ninety days", "90 days"),
        ("6 (six) weeks", "6 weeks"),
        ("two decades", "20 years"),
        ("a fortnight", "2 weeks"),
        ("PT x6 weeks", "6 weeks"),
        ("for 10d", "10 days"),
        ("x 5 d", "5 days"),
        ("PT 6w without relief", "6 weeks"),
        ("another month", "1 month"),
        ("the whole year", "1 year"),
        ("all year", "under 1 year"),
    ],
)
def test_a_length_in_words_and_in_shorthand(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


@pytest.mark.parametrize(("text", "enough"), [("forty-one days", False), ("forty-two days", True)])
def test_six_weeks_in_words_are_42_days(text: str, enough: bool) -> None:
    assert length(text).at_least(span("6 weeks")) is enough


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8 to 6 weeks", "6-8 weeks"),
        ("six (8) weeks", "6 weeks"),
        ("6 weeks and half of the sessions", "6 weeks"),
        ("less than 1 year 2 months", "under 13.99 months"),
        ("within the last 6 months", "under 6 months"),
        ("in the past year", "under 1 year"),
    ],
)
def test_in_doubt_the_shorter_length_is_read(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


def test_a_range_of_two_units_keeps_both() -> None:
    assert length("10 days to 2 weeks") == Duration(span("10 days"), span("2 weeks"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 year 2 months", "14 months"),
        ("for 1 year and 2 months.", "14 months"),
        ("one week three days", "10 days"),
        ("1 year 1 month 21 days", "414 days"),
    ],
)
def test_a_remainder_in_a_smaller_unit_is_added(text: str, expected: str) -> None:
    assert length(text) == lasted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "PT for 6 weeks and 3 months of chiropractic",
        "PT for 6 months and 3 weeks of NSAIDs",
        "PT for 4 weeks and 4 weeks of chiropractic",
    ],
)
def test_the_lengths_of_two_treatments_are_not_added(text: str) -> None:
    assert len(times(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "wears the brace all day",
        "worked a full-day shift",
        "oxycodone 5 mg q4h",
        "ibuprofen 800 mg q 8 h",
        "2 w/ food",
        "5d/week",
        "5d per week",
        "45y M",
        "45 y F",
        "3D CT",
        "seen every 6 weeks",
        "injections q 6-8 wks",
        "6/10 weeks",
        "1,000 days",
        "9" * 5000 + " weeks",
    ],
)
def test_what_only_looks_like_a_length_is_none(text: str) -> None:
    assert [mention for mention in times(text) if mention.kind == "duration"] == []
