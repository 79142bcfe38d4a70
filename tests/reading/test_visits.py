"""How often and how many: counted apart from how long."""

import pytest

from support.charts import lasted
from support.readings import days, found, time, times, treated


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2x/wk", 2),
        ("2x/week", 2),
        ("3 times per week", 3),
        ("three times a week", 3),
        ("2 sessions per week", 2),
        ("twice a week", 2),
        ("once a week", 1),
    ],
)
def test_how_often_a_week(text: str, count: int) -> None:
    mention = time(f"PT {text}", "frequency")
    assert (mention.count, mention.duration) == (count, None)


@pytest.mark.parametrize(
    ("text", "count"), [("12 visits", 12), ("24 sessions", 24), ("ten sessions", 10), ("8 PT visits", 8)]
)
def test_how_many_visits(text: str, count: int) -> None:
    mention = time(text, "visits")
    assert (mention.count, mention.duration) == (count, None)


@pytest.mark.parametrize("text", ["2x/wk for 6 weeks", "twice a week for 6 weeks", "6 weeks at 2 times per week"])
def test_how_often_does_not_hide_how_long(text: str) -> None:
    assert {mention.kind for mention in times(text)} == {"frequency", "duration"}
    assert time(text, "duration").duration == lasted("6 weeks")


def test_visits_at_a_frequency_are_a_length() -> None:
    assert days(treated("He completed 24 sessions of physical therapy at 3 times per week.")) == (56, 56)


@pytest.mark.parametrize("text", ["24 sessions of physical therapy", "physical therapy 3 times per week"])
def test_visits_or_a_frequency_alone_are_no_length(text: str) -> None:
    assert treated(f"He completed {text}.").duration is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a dozen sessions", 12),
        ("half a dozen sessions", 6),
        ("10-12 visits", 10),
        ("8 to 10 PT visits", 8),
        ("9 of 16 visits", 9),
        ("twenty-four sessions", 24),
        ("three outpatient physical therapy sessions", 3),
    ],
)
def test_the_fewest_visits_count(text: str, count: int) -> None:
    assert time(text, "visits").count == count


@pytest.mark.parametrize(
    ("text", "count"), [("PT biw", 2), ("PT tiw", 3), ("2-3x/week", 3), ("2 to 3 times a week", 3)]
)
def test_the_most_a_week_counts(text: str, count: int) -> None:
    assert time(text, "frequency").count == count


def test_over_behind_a_count_is_not_more_than() -> None:
    assert time("10-12 visits over 6 weeks", "duration").duration == lasted("6 weeks")


def test_weeks_of_sessions_are_weeks() -> None:
    assert [mention.kind for mention in times("completed 6 weeks PT sessions")] == ["duration"]


@pytest.mark.parametrize(
    "text",
    [
        "three physical therapy sessions over the past year",
        "over the past year he had three physical therapy sessions",
        "three PT sessions in the past year",
        "3 sessions over 6 months",
        "4 visits in the last 6 weeks",
    ],
)
def test_a_few_visits_in_a_long_time_are_no_course(text: str) -> None:
    assert {mention.kind for mention in times(text)} == {"visits", "window"}


def test_many_visits_in_a_past_time_are_a_course() -> None:
    assert time("12 sessions over the past 3 months", "duration").duration == lasted("3 months")


def test_a_few_visits_give_a_treatment_no_length() -> None:
    facts = found("He had three physical therapy sessions over the past year.", "treatment.physical_therapy")
    assert {fact.duration for fact in facts} == {None}
